"""What a public page says of its review."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.models import Name
from publishing import doors
from publishing.contributions import note_change
from publishing.models import Edition, Page
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_person,
    make_reviewer,
    make_therapy,
    make_user,
    move,
    publish,
    published,
    signed,
)

pytestmark = pytest.mark.django_db
CLAIM = "Reviewed by Rosa Signer"


def words(client, page) -> str:
    text = client.get(Page.objects.get(pk=page.pk).get_absolute_url()).text
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", text, flags=re.DOTALL))


def test_page_says_who_reviewed_it_when_and_with_what_interests(client):
    page = published(make_condition())
    text, sign_off = words(client, page), page.live.sign_off
    assert f"{CLAIM}, MD, on {timezone.localdate():%-d %B %Y}: the whole page." in text
    assert f"Declared interests of the reviewer: {sign_off.reviewer_interests}" in text


def test_credentials_are_those_of_the_day_of_the_review(client):
    page = published(make_condition())
    reviewer = page.live.sign_off.reviewer
    reviewer.credentials = "Retired"
    reviewer.save()
    assert f"{CLAIM}, MD," in words(client, page)


def test_emergency_publication_claims_nothing_and_gives_its_reason(client):
    page = published(make_condition())
    page.overview = "<p>Stop taking it today.</p>"
    page.save()
    assert CLAIM in words(client, page)
    edition = doors.publish(page, by=make_user("administrator"), override_reason="A batch was recalled.")
    text = words(client, page)
    assert (CLAIM in text, edition.sign_off, edition.reviewed_at) == (False, None, None)
    assert "Not reviewed: published in an emergency. Reason: A batch was recalled." in text
    assert "reviewedBy" not in client.get(page.get_absolute_url()).text


def test_claim_comes_back_with_the_text_that_was_signed(client):
    page = published(make_condition())
    before = page.overview
    for text, is_claimed in (("<p>Unseen.</p>", False), (before, True)):
        page = type(page).objects.get(pk=page.pk)
        page.overview = text
        page.save()
        if is_claimed:
            doors.publish(page, by="tests", note="As it was")
        else:
            doors.publish(page, by=make_user("administrator"), override_reason="A batch was recalled.")
        assert (CLAIM in words(client, page)) is is_claimed


def test_changed_names_take_the_claim_and_their_return_gives_it_back(client):
    page = published(make_condition())
    name = Name(page=page, text="odd word", kind="plain")
    changes.apply(Change(save=(name,)), by="tests")
    text = words(client, page)
    assert CLAIM not in text
    assert "The other names of this page were changed since, and wait for review." in text
    changes.apply(Change(remove=(Name.objects.get(text="odd word"),)), by="tests")
    assert CLAIM in words(client, page)


def test_names_of_the_page_are_those_of_its_edition(client):
    page = published(make_condition())
    changes.apply(Change(save=(Name(page=page, text="odd word", kind="plain"),)), by="tests")
    assert "odd word" not in words(client, page)
    publish(page)
    text = words(client, page)
    assert ("odd word" in text, CLAIM in text) == (True, True)


def test_row_published_by_its_other_page_keeps_the_claim_of_both(client):
    row = make_indication(condition=published(make_condition()), description="It helps some.")
    published(row.therapy)
    assert "It helps some." in words(client, row.condition)
    assert CLAIM in words(client, row.condition)
    assert CLAIM in words(client, row.therapy)


def test_row_published_in_an_emergency_takes_the_claim_of_its_other_page(client):
    row = make_indication(condition=published(make_condition()), therapy=published(make_therapy()))
    doors.publish(row.therapy, by=make_user("administrator"), override_reason="A batch was recalled.")
    text = words(client, row.condition)
    assert CLAIM not in text
    assert "A row of its tables was changed since without a review." in text


def test_review_of_a_part_keeps_the_date_of_the_whole_one(client, time_machine_at):
    page, first = published(make_condition()), timezone.now()
    time_machine_at(first + timedelta(days=100))
    page.overview = "<p>Another overview.</p>"
    page.save()
    edition = publish(signed(page, scope="part"))
    assert edition.reviewed_at == Edition.objects.get(number=1).reviewed_at
    assert edition.review_due_on == Edition.objects.get(number=1).review_due_on
    text = words(client, page)
    assert f"Whole page reviewed by Rosa Signer, MD, on {first:%-d %B %Y}." in text
    assert f"Parts changed since reviewed by Rosa Signer, MD, on {timezone.localdate():%-d %B %Y}" in text


def test_overdue_review_is_said_from_the_day_after_it_was_due(client, time_machine_at):
    page = published(make_condition(review_interval=1))
    due = timezone.now().replace(year=page.live.review_due_on.year, month=page.live.review_due_on.month)
    time_machine_at(due.replace(day=page.live.review_due_on.day))
    assert "overdue" not in words(client, page)
    time_machine_at(due.replace(day=page.live.review_due_on.day) + timedelta(days=1))
    text = words(client, page)
    assert f"Review overdue since {page.live.review_due_on:%-d %B %Y}" in text


@pytest.mark.parametrize(
    ("start", "months", "due"), [("2026-01-31", 1, "2026-02-28"), ("2026-11-30", 36, "2029-11-30")]
)
def test_review_falls_due_on_the_same_day_of_a_later_month(start, months, due, time_machine_at):
    time_machine_at(f"{start}T12:00:00Z")
    assert published(make_article(review_interval=months)).live.review_due_on.isoformat() == due


def test_review_again_moves_the_date_of_the_review_alone(time_machine_at):
    page, first = published(make_condition()), timezone.now()
    time_machine_at(first + timedelta(days=400))
    move(page, "draft")
    edition = publish(signed(page), change=Edition.Change.REVIEW)
    before = Edition.objects.get(number=1)
    assert (edition.updated_at, edition.first_published_at) == (before.updated_at, before.first_published_at)
    assert (edition.reviewed_at - before.reviewed_at).days == 400


def test_stand_in_for_a_clinician_is_called_that(client):
    page = make_condition(is_demonstration=True)
    stand_in = make_reviewer(is_demonstration=True, is_role=True, name="The stand-in")
    publish(signed(page, by=stand_in))
    text = words(client, page)
    assert "Signed off by The stand-in" in text
    assert "This is a role for demonstration content: no clinician has reviewed this page." in text
    assert "reviewedBy" not in client.get(page.get_absolute_url()).text


def test_page_that_is_no_health_information_needs_no_sign_off(client):
    page = published(make_article(is_medical=False))
    assert page.live.sign_off is None
    assert "Not health information: reviewed by the editors only" in words(client, page)


def test_edition_from_before_there_were_sign_offs_says_that_nobody_reviewed_it(client):
    page = published(make_condition())
    with connection.cursor() as cursor:
        for name in ("no_change", "no_update"):
            table = Edition._meta.db_table
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on_table}")
        cursor.execute("UPDATE publishing_edition SET sign_off_id = NULL, content_digest = ''")
    assert "Not yet reviewed by a clinician" in words(client, page)


def test_author_without_declared_interests_is_said_to_have_none_declared(client):
    page = make_condition()
    page.authors.set([make_person(interests="")])
    assert "Declared interests: not declared yet" in words(client, published(page))


def test_who_wrote_what_was_published_in_an_emergency_does_not_sign_it_off():
    page, editor = published(make_condition()), make_user("administrator")
    page.overview = "<p>Stop taking it today.</p>"
    page.save()
    note_change([page.pk], by=editor)
    doors.publish(page, by=editor, override_reason="A batch was recalled.")
    assert page.contributions.get().user_id == editor.pk
