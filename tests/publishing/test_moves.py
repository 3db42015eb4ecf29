"""The one table of moves: every cell of it through the real screens, and every pair of states in the database."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from publishing import doors
from publishing.models import Event, Page
from publishing.moves import BY_NAME, MOVES, pairs
from tests.builders import make_article, make_reviewer, make_user, move, published, signed
from tests.publishing.admin.forms import address
from tests.publishing.admin.test_review_views import answers, ready

pytestmark = pytest.mark.django_db
ROLES = ("author", "editor", "reviewer", "moderator", "administrator")
STATES = Page.State.values

# Move: the screen, the roles that may make it, and the entry that the audit trail gets.
SCREENS = {
    "submit": ("submit", {"author", "editor", "administrator"}, "submitted"),
    "send_on": ("send-on", {"editor", "administrator"}, "sent-on"),
    "approve": ("approve", {"editor", "administrator"}, "approved"),
    "sign_off": ("sign-off", {"reviewer"}, "signed-off"),
    "send_back": ("send-back", {"author", "editor", "reviewer", "administrator"}, "returned"),
    "publish": ("publish", {"editor", "administrator"}, "published"),
    "schedule": ("schedule", {"editor", "administrator"}, "scheduled"),
    "unschedule": ("unschedule", {"editor", "administrator"}, "unscheduled"),
    "withdraw": ("withdraw", {"editor", "administrator"}, "withdrawn"),
    "correct_spelling": ("spelling", {"editor", "administrator"}, "published"),
    "override": ("emergency", {"administrator"}, "published"),
}
BY_THEMSELVES = {"change", "restore", "go_live"}
# Where a move leads whose table names several states, from the pages of these tests.
LEADS_TO = {"send_back": "draft", "unschedule": "approved"}


def in_state(state: str, name: str) -> Page:
    """A page in this state, public before so that every move makes sense, and signed where that is what it takes."""
    page = ready(summary="It lines the tisue.", is_medical=name != "approve")
    if state == "withdrawn":
        page = published(page)
        doors.withdraw(page, by="tests", reason="Outdated.")
        return again(page)
    page = published(page)
    if state == "published":
        return page
    page.summary = "It lines the tissue."
    page.save()
    if state in ("approved", "scheduled"):
        page = signed(page)
    if state == "scheduled":
        doors.schedule(page, by="tests", at=timezone.now() + timedelta(days=2), note="Better.")
    if state in ("editorial", "medical"):
        move(page, *("editorial", "medical")[: 1 + (state == "medical")])
    return again(page)


def again(page):
    return type(page).objects.get(pk=page.pk)


def sent(page, name: str) -> dict:
    if name == "sign_off":
        return answers(page)
    at = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    said = {"change": "major", "note": "Better.", "reason": "Look again.", "override_reason": "Recall.", "at": at}
    return said | {"version": page.version, "message": "", "gone": "on"}


def account(role: str):
    return make_reviewer() if role == "reviewer" else make_user(role)


def test_every_move_of_the_table_has_a_screen_or_follows_by_itself():
    assert {each.name for each in MOVES} == set(SCREENS) | BY_THEMSELVES


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_every_cell_of_the_table(client, state, name):
    """All five roles on one page: those who may not change nothing, and the one who may comes last."""
    screen, holders, action = SCREENS[name]
    is_possible = state in BY_NAME[name].sources
    page = in_state(state, name)
    for role in sorted(ROLES, key=lambda role: role in holders):
        client.force_login(account(role))
        events, last = Event.objects.count(), Event.objects.order_by("pk").last()
        response = client.post(address(page, screen.replace("-", "_")), sent(page, name))
        if role not in holders:
            assert response.status_code == 403, role
        if role in holders and is_possible:
            assert response.status_code == 302, response.content.decode()
            moved = again(page)
            (target, *others) = BY_NAME[name].targets
            assert moved.state == (LEADS_TO[name] if others else target)
            assert Event.objects.filter(pk__gt=last.pk if last else 0, action=action).count() == 1
            return
        assert (again(page).state, again(page).version) == (state, page.version), role
        assert Event.objects.count() == events, role
    assert not is_possible


# How a public page gets into each state.
WAYS = {
    "published": (),
    "draft": ("draft",),
    "editorial": ("draft", "editorial"),
    "medical": ("draft", "editorial", "medical"),
    "approved": ("draft", "editorial", "medical", "approved"),
    "scheduled": ("draft", "editorial", "medical", "approved", "scheduled"),
    "withdrawn": ("withdrawn",),
}


@pytest.mark.parametrize(("source", "target"), list(product(STATES, STATES)))
def test_database_refuses_every_step_that_no_move_makes(source, target):
    page = published(make_article())

    def put(state):
        """In SQL alone. Only the live edition follows, as the constraints want it."""
        live = None if state == "withdrawn" else page.live_id
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE publishing_page SET state = %s, live_id = %s WHERE id = %s", [state, live, page.pk])

    for state in WAYS[source]:
        put(state)
    if source == target or (source, target) in pairs():
        put(target)
        assert again(page).state == target
    else:
        with pytest.raises(IntegrityError, match="no such move"):
            put(target)
        assert again(page).state == source
