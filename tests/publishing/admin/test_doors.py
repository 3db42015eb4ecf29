"""The views between a draft and the door: who may pass, and what they show before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Edition, Page, Schedule
from tests.builders import make_article, make_condition, make_indication, make_user, published, signed
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
ROLES = ("author", "editor", "reviewer", "moderator", "administrator")
DOORKEEPERS = {"editor", "administrator"}


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def again(page):
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["publish", "schedule", "withdraw"])
def test_only_doorkeepers_see_and_pass_a_door(client, role, name):
    page = published(make_article())
    if name != "withdraw":
        page.title = "Better"
        page.save()
        page = signed(page)
    client.force_login(make_user(role))
    data = {"version": page.version, "change": "major", "note": "Better.", "reason": "Outdated.", "gone": "on"}
    data["at"] = "2999-01-01T10:00"
    answers = client.get(address(page, name)).status_code, client.post(address(page, name), data).status_code
    assert answers == ((200, 302) if role in DOORKEEPERS else (403, 403))
    assert Edition.objects.count() + Schedule.objects.count() == (2 if role in DOORKEEPERS else 1)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_preview(client, role):
    page = make_article(title="Not for readers")
    client.force_login(make_user(role))
    response = client.get(address(page, "preview"))
    assert "Not for readers" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_preview_needs_an_account_and_changes_nothing(client):
    page = make_article()
    assert "/admin/login/" in client.get(address(page, "preview")).url
    client.force_login(make_user("editor"))
    assert client.post(address(page, "preview")).status_code == 405
    client.get(address(page, "preview"))
    assert again(page).version == page.version


def test_looking_at_a_door_publishes_nothing(editor):
    page = make_article()
    for name in ("publish", "schedule", "withdraw"):
        editor.get(address(page, name))
    assert again(page).live is None


def test_publishing_writes_who_why_and_what(editor):
    page = signed(make_article())
    data = {"version": page.version, "change": "minor", "note": "First words."}
    assert editor.post(address(page, "publish"), data).url == address(page)
    live = again(page).live
    assert (live.published_by, live.note, live.change) == ("Editor", "First words.", "minor")


def test_confirmation_names_what_differs_and_which_rows(editor):
    row = make_indication()
    therapy = published(row.therapy)
    therapy.harms = "<p>New harms.</p>"
    therapy.save()
    row.refresh_from_db()
    row.description = "Another sentence."
    row.save()
    differences = editor.get(address(therapy, "publish")).context["differences"]
    assert [each.label for each in differences] == ["Harms", f"indication: {row.condition}"]
    assert "New harms." in differences[0].after
    assert "Another sentence." in differences[1].after


def test_problems_lead_to_their_fields(editor):
    page = signed(make_condition(summary="", overview=""))
    response = editor.post(address(page, "publish"), {"version": page.version, "change": "major"})
    places = [url.partition("#")[2] for _problem, url in response.context["problems"]]
    assert places == ["id_summary", "id_overview"]
    assert again(page).live is None


def test_draft_changed_between_look_and_confirmation_is_not_published(editor):
    page = make_article()
    seen = page.version
    page.title = "Changed meanwhile"
    page.save()
    response = editor.post(address(page, "publish"), {"version": seen, "change": "major"})
    assert "was changed since you opened this page" in response.content.decode()
    assert again(page).live is None
    assert response.context["form"]["version"].value() == str(again(page).version)


def test_buttons_of_the_form_save_first_and_lead_on(editor):
    page = make_article()
    for name in ("preview", "publish", "schedule"):
        data = opened(editor, page) | {"title": f"Saved before {name}", f"_{name}": "1"}
        assert editor.post(address(page), data).url == address(page, name)
        assert again(page).title == f"Saved before {name}"
    assert again(page).live is None


def test_schedule_in_the_past_is_explained_at_the_field(editor):
    page = make_article()
    data = {"version": page.version, "change": "major", "at": "2001-01-01T10:00"}
    response = editor.post(address(page, "schedule"), data)
    assert "at" in response.context["form"].errors
    assert not Schedule.objects.exists()


def test_schedule_names_its_time_zone_and_can_be_cancelled(editor):
    page = signed(make_article())
    at = timezone.now() + timedelta(days=2)
    data = {"version": page.version, "change": "major", "at": at.strftime("%Y-%m-%dT%H:%M")}
    editor.post(address(page, "schedule"), data)
    assert again(page).state == "scheduled"
    assert f"{at:%H:%M} UTC" in editor.get(address(page)).content.decode()
    assert editor.get(address(page, "unschedule")).status_code == 405
    editor.post(address(page, "unschedule"))
    assert (again(page).state, Schedule.objects.count()) == ("approved", 0)


def test_author_cannot_cancel_a_schedule(client, editor):
    page = signed(make_article())
    editor.post(address(page, "schedule"), {"version": page.version, "change": "major", "at": "2999-01-01T10:00"})
    client.force_login(make_user("author"))
    assert client.post(address(page, "unschedule")).status_code == 403
    assert Schedule.objects.count() == 1


def test_withdrawing_needs_a_reason_and_offers_another_page(editor):
    page, other = published(make_article()), published(make_article())
    assert "reason" in editor.post(address(page, "withdraw"), {"version": page.version}).context["form"].errors
    data = {"version": page.version, "reason": "Outdated.", "replacement": other.pk}
    editor.post(address(page, "withdraw"), data)
    assert (again(page).state, again(page).live) == ("withdrawn", None)
    assert page.editions.get(number=2).snapshot["replacement"] == other.pk


def test_form_tells_what_is_live_and_what_the_draft_changes(editor):
    page = published(make_article(title="Live title"))
    page.title = "Draft title"
    page.save()
    shown = editor.get(address(page))
    assert [each.label for each in shown.context["differences"]] == ["title"]
    assert "published by tests" in shown.content.decode()


def test_unknown_page_is_not_found(editor):
    page = make_article()
    Page.objects.filter(pk=page.pk).delete()
    assert editor.get(address(page, "publish")).status_code == 404
