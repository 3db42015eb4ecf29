"""A court can have text removed; what is recorded of it stays, and nothing else changes."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from crosslinks import index
from publishing import doors
from publishing.models import Edition, Event, NoticeEnd, Page, Redaction, SignOff, Stamp
from publishing.redactions import REMOVED, CannotRedact, beside, redact
from publishing.verification import verify
from tests.builders import (
    make_article,
    make_caution,
    make_reference,
    make_therapy,
    make_user,
    publish,
    published,
    signed,
)
from tests.publishing.recorded import issue_notice
from therapies.models import CautionEdition

pytestmark = pytest.mark.django_db

WORD = "defamatorium"
ORDER = {"order": "District court, 1 May 2026, no. 7", "reason": "It named a person."}


@pytest.fixture
def page():
    """Its first edition holds the word; readers see the second."""
    source = make_reference(title=f"About {WORD}")
    text = f'<p>Mr {WORD} did it.<sup data-ref="{source.key}"></sup></p>'
    page = published(make_therapy(title=f"The {WORD} case", summary=f"{WORD}!", how_it_works=text))
    page.title, page.summary, page.how_it_works = "The case", "It works.", "<p>It works.</p>"
    page.save()
    return published(page)


def first(page) -> Edition:
    return page.editions.get(number=1)


def stored_of(*records) -> str:
    return " ".join(str(list(type(each).objects.filter(pk=each.pk).values())) for each in records)


def test_text_goes_from_edition_and_sign_off_and_their_digests_stay(page):
    edition = first(page)
    digests = edition.digest, edition.sign_off.digest
    assert WORD in stored_of(edition)
    assert WORD in stored_of(edition.sign_off)
    redact(edition, by="tests", parts=("text", "title", "note"), **ORDER)
    edition = first(page)
    assert WORD not in stored_of(edition, edition.sign_off)
    assert (edition.digest, edition.sign_off.digest) == digests
    assert (edition.title, edition.text, edition.snapshot["redacted"]) == (REMOVED, REMOVED, True)
    assert edition.published_by == "tests"
    assert verify().faults == []


def test_title_and_note_stay_unless_they_are_to_go(page):
    redact(first(page), by="tests", **ORDER)
    edition = first(page)
    assert edition.title == edition.snapshot["title"] == f"The {WORD} case"
    assert edition.note == "What changed"
    assert edition.summary == REMOVED


def test_order_reason_and_person_stay_on_record(page):
    user = make_user("administrator")
    edition_redaction, sign_off_redaction = redact(first(page), by=user, **ORDER)
    assert (edition_redaction.order, edition_redaction.reason) == tuple(ORDER.values())
    assert (edition_redaction.redacted_by_id, edition_redaction.redacted_by) == (user.pk, "Administrator")
    assert sign_off_redaction.record_label == "publishing.signoff"
    events = Event.objects.filter(action="redacted").order_by("pk")
    assert [event.details["redaction"] for event in events] == [edition_redaction.digest, sign_off_redaction.digest]


def test_words_of_the_edition_leave_the_index(page):
    edition = first(page)
    assert index.missing([edition.pk]) == set()
    redact(edition, by="tests", **ORDER)
    assert index.missing([edition.pk]) == {edition.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT words FROM {index.TABLE}"  # noqa: S608
            if connection.vendor == "postgresql"
            else f"SELECT block FROM {index.TABLE}_data"  # noqa: S608
        )
        assert WORD not in str(cursor.fetchall())
    assert index.missing([page.live_id]) == set()


def test_readers_are_served_anew_afterwards(page):
    before = Stamp.current().counter
    redact(first(page), by="tests", **ORDER)
    assert Stamp.current().counter > before


def refused(record, **values):
    with pytest.raises(CannotRedact) as refusal:
        redact(record, by="tests", **ORDER | values)
    assert not Redaction.objects.exists()
    return str(refusal.value)


def test_what_readers_see_now_is_replaced_first(page):
    assert "Readers see this edition now" in refused(page.live)
    assert "is public or waits to be" in refused(page.live.sign_off)
    doors.withdraw(page, by="tests", reason="By order of a court")
    redact(page.editions.get(number=2), by="tests", **ORDER)
    assert verify().faults == []


def test_sign_off_that_waits_to_be_published_stays(page):
    page.summary = "Another."
    page.save()
    signed(page)
    assert "waits to be" in refused(SignOff.objects.latest())


def test_sign_off_shared_with_the_live_edition_keeps_the_old_one_too(page):
    page.how_it_works = "<p>It helps swolllen joints.</p>"
    page.save()
    page = published(page)
    page.how_it_works = "<p>It helps swollen joints.</p>"
    page.save()
    doors.publish_spelling(page, by="tests")
    assert "is public or waits to be" in refused(page.editions.get(number=3))


def test_row_is_removed_once_readers_see_another():
    row = make_caution(description=f"Says {WORD}.")
    published(row.condition)
    therapy = published(row.therapy)
    old = row.editions.get()
    assert "Readers see this row now" in refused(old)
    row.description = "It can harm."
    row.save()
    publish(therapy)
    redact(old, by="tests", **ORDER)
    assert WORD not in stored_of(old)
    snapshot = CautionEdition.objects.get(pk=old.pk).snapshot
    assert (snapshot["description"], snapshot["references"], snapshot["condition"]) == (REMOVED, {}, row.condition_id)
    assert verify().faults == []


def test_notice_is_ended_first(page):
    notice = issue_notice(page)
    assert "Readers see this notice now" in refused(notice)
    NoticeEnd.append(notice=notice, reason="Known", ended_by="tests")
    redact(notice, by="tests", **ORDER)
    assert "Ask first" not in stored_of(notice)
    assert verify().faults == []


def test_entry_of_the_audit_trail_keeps_the_digests_it_names(page):
    event = Event.objects.filter(action="published").latest("pk")
    redact(event, by="tests", parts=("text", "title"), **ORDER)
    kept = Event.objects.get(pk=event.pk)
    assert (kept.reason, kept.subject_name) == (REMOVED, REMOVED)
    assert kept.details == event.details | {"redacted": True}
    assert kept.user_name == event.user_name
    assert verify().faults == []


def test_redaction_needs_order_and_reason(page):
    assert "Name the order" in refused(first(page), order=" ")
    assert "Say why" in refused(first(page), reason="")


def test_text_is_removed_only_once(page):
    redact(first(page), by="tests", **ORDER)
    with pytest.raises(CannotRedact, match="removed already"):
        redact(first(page), by="tests", **ORDER)


def test_redactions_hold_no_text_to_remove(page):
    redaction, *_others = redact(first(page), by="tests", **ORDER)
    with pytest.raises(CannotRedact, match="no text that could be removed"):
        redact(redaction, by="tests", **ORDER)


def test_redaction_needs_its_right(page):
    with pytest.raises(PermissionDenied):
        redact(first(page), by=make_user("editor"), **ORDER)


def test_other_records_of_the_page_are_offered(page):
    edition, sign_off = first(page), first(page).sign_off
    doors.withdraw(page, by="tests", reason="By order of a court")
    notice = issue_notice(page)
    NoticeEnd.append(notice=notice, reason="Known", ended_by="tests")
    offered = beside(edition)
    assert edition not in offered
    assert sign_off not in offered
    assert notice in offered
    assert {each.number for each in offered if isinstance(each, Edition)} == {2, 3}
    redact(edition, by="tests", also=offered, **ORDER)
    # A sign-off that goes with two of them is done once.
    assert Redaction.objects.count() == len(offered) + 2
    assert verify().faults == []


# What the database allows


@pytest.mark.parametrize(
    "change",
    [
        "html = 'something else'",
        "published_by = 'nobody'",
        "title = '[removed by legal order]'",
        "digest = 'f'",
        "previous_digest = 'f'",
        "valid_from = first_published_at, recorded_at = first_published_at, number = 9",
        "id = 99",
    ],
)
def test_database_allows_no_other_change_of_a_redacted_record(page, change):
    redact(first(page), by="tests", **ORDER)
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE publishing_edition SET {change} WHERE page_id = {page.pk} AND number = 1")  # noqa: S608


@pytest.mark.parametrize("snapshot", ['{"redacted": true, "title": "forged"}', '{"title": "back"}', "[]"])
def test_database_lets_no_text_come_back(page, snapshot):
    redact(first(page), by="tests", **ORDER)
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE publishing_edition SET snapshot = %s WHERE page_id = %s AND number = 1", [snapshot, page.pk]
        )


def test_database_refuses_to_delete_a_redacted_record(page):
    redact(first(page), by="tests", **ORDER)
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM publishing_edition WHERE page_id = %s AND number = 1", [page.pk])


def test_record_without_redaction_cannot_lose_its_text(page):
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        Edition._base_manager.filter(pk=first(page).pk).update(text=REMOVED)


# The command and the screen


def test_command_removes_the_text(page):
    edition, out = first(page), StringIO()
    by = {"by": "A. Counsel", "yes": True, "title": True}
    call_command("redact", f"publishing.edition:{edition.pk}", **ORDER, **by, stdout=out)
    assert WORD not in stored_of(edition)
    assert f"Removed from publishing.edition {edition.pk}: html, snapshot, summary, text, title" in out.getvalue()
    assert Redaction.objects.first().redacted_by == "A. Counsel"


@pytest.mark.parametrize("record", ["publishing.edition:999", "publishing.page:1", "nothing", "publishing.edition:x"])
def test_command_names_what_it_does_not_find(record):
    with pytest.raises(CommandError):
        call_command("redact", record, **ORDER, by="A. Counsel", yes=True)


def test_command_tells_why_not(page):
    with pytest.raises(CommandError, match="Readers see this edition now"):
        call_command("redact", f"publishing.edition:{page.live_id}", **ORDER, by="A. Counsel", yes=True)


def test_command_asks_first(page, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command("redact", f"publishing.edition:{first(page).pk}", **ORDER, by="A. Counsel")
    assert not Redaction.objects.exists()


@pytest.fixture
def administrator(client):
    client.force_login(make_user("administrator"))
    return client


def removing(record) -> str:
    return reverse("admin:publishing_redaction_remove", args=[record._meta.label_lower, record.pk])


def test_administrator_removes_text_on_a_screen(administrator, page):
    edition = first(page)
    screen = reverse("admin:publishing_edition_change", args=[edition.pk])
    assert removing(edition) in administrator.get(screen).content.decode()
    shown = administrator.get(removing(edition))
    assert "sign-off" in shown.content.decode()
    response = administrator.post(removing(edition), ORDER | {"parts": ["text", "title"], "is_sure": "on"})
    assert response.status_code == 302
    assert WORD not in stored_of(edition, edition.sign_off)
    assert ORDER["order"] in administrator.get(response.url).content.decode()


def test_screen_lists_what_is_missing_and_what_stands_in_the_way(administrator, page):
    response = administrator.post(removing(first(page)), {"parts": ["text"]})
    assert set(response.context["form"].errors) == {"order", "reason", "is_sure"}
    response = administrator.post(removing(page.live), ORDER | {"parts": ["text"], "is_sure": "on"})
    assert "Readers see this edition now" in response.content.decode()
    assert not Redaction.objects.exists()


def test_screen_takes_the_records_chosen_beside_it(administrator, page):
    edition, other = first(page), Page.objects.get(pk=page.pk)
    doors.withdraw(other.concrete, by="tests", reason="By order of a court")
    second = page.editions.get(number=2)
    facts = ORDER | {"parts": ["text"], "is_sure": "on", "also": [f"publishing.edition:{second.pk}"]}
    assert administrator.post(removing(edition), facts).status_code == 302
    assert Edition.objects.get(pk=second.pk).text == REMOVED
    foreign = published(make_article(is_medical=False))
    facts["also"] = [f"publishing.edition:{foreign.live_id}"]
    administrator.post(removing(page.editions.get(number=3)), facts)
    assert foreign.live.text != REMOVED
    assert not Redaction.objects.filter(record_id=foreign.live_id).exists()


@pytest.mark.parametrize("role", ["author", "editor", "reviewer", "moderator"])
def test_nobody_else_may_remove_text(client, page, role):
    client.force_login(make_user(role))
    edition = first(page)
    assert client.get(removing(edition)).status_code == 403
    assert client.post(removing(edition), ORDER | {"parts": ["text"], "is_sure": "on"}).status_code == 403
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(
    "address", ["publishing.edition/999", "publishing.page/1", "x/1", f"publishing.edition/{'9' * 30}"]
)
def test_screen_of_no_record_answers_404(administrator, address):
    assert administrator.get(f"/admin/publishing/redaction/remove/{address}/").status_code == 404
