"""No unreviewed health information becomes public, whatever anybody does in whatever order."""

import os

import pytest

from tests.site.walk import Walk

pytestmark = pytest.mark.django_db
# The whole walk: WALK_STEPS=10000 make test-sqlite ARGS="tests/site/test_walk.py"
STEPS = int(os.environ.get("WALK_STEPS", "150"))


def test_nothing_unreviewed_is_public_after_any_step(time_machine_at):
    walk = Walk(seed=20_261_121, time_machine_at=time_machine_at)
    for _number in range(STEPS):
        walk.step()
    assert all(walk.done[name, True] for name in ("submit", "send_on", "sign_off", "publish")), walk.done
