"""A door is passed as a whole or not at all, wherever it breaks."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import connection, transaction

from publishing import doors
from publishing.models import Page
from publishing.verification import verify
from tests.builders import make_indication, make_reference, make_tag, make_therapy, published, signed

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


class Broken(Exception):
    pass


def stored() -> dict:
    """Everything in every table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


class Breaking:
    """Raises after as many statements that write; counts them."""

    def __init__(self, writes: int = -1):
        self.left, self.seen = writes, 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not sql.lstrip().upper().startswith(READING):
            self.seen += 1
            if self.seen == self.left:
                raise Broken
        return result


@pytest.fixture
def page(db):
    """It has all that publishing moves: an address that changes, tags, sources, rows, a page beside it."""
    source = make_reference()
    page = make_therapy(how_it_works=f'<p>It binds.<sup data-ref="{source.key}"></sup></p>')
    page.tags.add(make_tag("Biologics"))
    row = make_indication(therapy=page, references=[source])
    published(row.condition)
    page = published(page)
    page.slug, page.title = "another-address", "Another title"
    page.save()
    row.description = "It helps more."
    row.save()
    return signed(page)


DOORS = {
    "publish": lambda page: doors.publish(page, by="tests", note="Why"),
    "withdraw": lambda page: doors.withdraw(page, by="tests", reason="Why"),
}


@pytest.mark.parametrize("door", DOORS)
def test_door_that_breaks_at_any_statement_leaves_nothing_behind(page, door):
    counting = Breaking()
    with transaction.atomic():
        with connection.execute_wrapper(counting):
            DOORS[door](page)
        transaction.set_rollback(True)
    assert counting.seen > 8
    before = stored()
    for write in range(1, counting.seen + 1):
        with pytest.raises(Broken), connection.execute_wrapper(Breaking(write)):
            DOORS[door](page)
        assert stored() == before, f"after {write} of {counting.seen} statements"
    DOORS[door](Page.objects.get(pk=page.pk).concrete)
    assert stored() != before
    assert verify().faults == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file is the database that is left behind")
def test_killed_processes_leave_whole_pages_behind(tmp_path):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.publishing.killed"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.strip() == "10 died, 0 faults, True", done.stderr[-3000:]
