from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from publishing import doors
from publishing.models import Edition, Event, Page, PastAddress, Schedule, Stamp
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reference,
    make_tag,
    make_therapy,
    make_user,
    publish,
    published,
    schedule,
)
from therapies.models import Indication

pytestmark = pytest.mark.django_db
CITED = '<p>It is so.<sup data-ref="{}"></sup></p>'


def state(page):
    return Page.objects.get(pk=page.pk).state


def test_publish_writes_one_edition_an_event_and_raises_the_stamp():
    page, before = make_article(), Stamp.current().counter
    edition = publish(page, by=make_user("editor"), note="New")
    page.refresh_from_db()
    assert page.live == edition
    assert (edition.number, edition.title, edition.note, page.state) == (1, page.title, "New", "published")
    assert Event.objects.get(action="published").details["edition"] == edition.digest
    assert Stamp.current().counter > before


def test_edition_keeps_names_references_and_people_as_they_were():
    person, reference = make_person(name="Dr Old", credentials="MD"), make_reference(key="old", title="Old title")
    page = make_article(body=CITED.format("old"))
    page.authors.set([person])
    edition = published(page).live
    person.name, person.credentials = "Dr New", "PhD"
    person.save()
    reference.title = "New title"
    reference.save()
    kept = Edition.objects.get(pk=edition.pk).snapshot
    assert kept["authors"][0]["name"] == "Dr Old"
    assert kept["references"]["old"]["title"] == "Old title"


@pytest.mark.parametrize("role", ["author", "reviewer", "moderator"])
def test_only_editors_and_administrators_pass_a_door(role):
    page, user = published(make_article()), make_user(role)
    later = timezone.now() + timedelta(days=1)
    for attempt in (
        lambda: doors.publish(page, by=user),
        lambda: doors.schedule(page, by=user, at=later),
        lambda: doors.withdraw(page, by=user, reason="No"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Edition.objects.count() == 1


def test_refusal_lists_every_problem_and_writes_nothing():
    page = make_condition(summary="", symptoms="", overview=CITED.format("nowhere"))
    page.authors.clear()
    with pytest.raises(doors.CannotPublish) as refusal:
        doors.publish(page, by="tests")
    assert [problem.field for problem in refusal.value.problems] == ["summary", "authors", "symptoms", "overview", ""]
    assert not Edition.objects.exists()


def test_short_entry_needs_fewer_sections():
    page = make_condition(symptoms="", is_short=True)
    assert publish(page, by="tests").number == 1


def test_full_therapy_needs_every_section_and_an_indication():
    page = make_therapy(is_short=False, benefits="", without_treatment="<p></p>")
    assert [problem.field for problem in page.problems()] == ["benefits", "without_treatment", "indications"]


def test_saving_a_live_page_leaves_its_edition_alone():
    page = published(make_article(title="Before"))
    page.title = "After"
    page.save()
    assert state(page) == "draft"
    assert Edition.objects.live().get().title == "Before"


def test_minor_change_keeps_the_date_of_the_last_update():
    page = make_article()
    first = publish(page, by="tests")
    minor = publish(page, by="tests", change=Edition.Change.MINOR)
    major = publish(page, by="tests")
    assert minor.updated_at == first.updated_at
    assert major.updated_at == major.valid_from > first.updated_at
    assert {minor.first_published_at, major.first_published_at} == {first.first_published_at}


# Addresses


def test_new_address_keeps_the_old_one_as_a_redirect_in_one_step(client):
    page = published(make_article(slug="first"))
    for slug in ("second", "third"):
        page.slug = slug
        page.save()
        page = published(page)
    for old in ("first", "second"):
        response = client.get(f"/articles/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/articles/third/")
    assert client.get("/articles/third/").status_code == 200


def test_old_address_comes_back_to_its_page():
    page = published(make_article(slug="first"))
    for slug in ("second", "first"):
        page.slug = slug
        page.save()
        page = published(page)
    assert list(PastAddress.objects.values_list("slug", flat=True)) == ["second"]


def test_past_address_is_not_given_to_another_page():
    page = published(make_article(slug="first"))
    page.slug = "second"
    page.save()
    published(page)
    with pytest.raises(doors.CannotPublish, match="belongs to another page"):
        publish(make_article(slug="first"), by="tests")


# Rows


def live_rows(page, name="indications"):
    return [row.description for row in getattr(page, name).shown_on(page)]


def test_row_becomes_public_on_both_pages_with_whichever_end_is_published():
    row = make_indication(description="It helps.")
    published(row.condition)
    assert live_rows(row.condition) == []
    published(row.therapy)
    assert live_rows(row.therapy) == live_rows(row.condition) == ["It helps."]


def test_changed_row_stays_as_published_until_an_end_is_published_again():
    row = make_caution(description="Old")
    condition, therapy = published(row.condition), published(row.therapy)
    row.description = "New"
    row.save()
    assert live_rows(condition, "cautions") == ["Old"]
    published(condition)
    assert live_rows(therapy, "cautions") == live_rows(condition, "cautions") == ["New"]
    assert row.editions.count() == 2


def test_withdrawing_one_end_hides_the_row_on_the_other():
    row = make_indication()
    published(row.condition)
    therapy = published(row.therapy)
    doors.withdraw(therapy, by="tests", reason="Recalled")
    assert live_rows(row.condition) == []


def test_removed_row_leaves_the_site_with_the_next_publishing_and_stays_on_record():
    row = make_indication()
    condition, therapy = published(row.condition), published(row.therapy)
    row.remove()
    assert live_rows(condition) != []
    published(therapy)
    assert live_rows(condition) == live_rows(therapy) == []
    assert [edition.snapshot is None for edition in row.editions.order_by("number")] == [False, True]


def test_row_that_was_never_public_is_deleted_at_once():
    row = make_indication()
    row.remove()
    assert not Indication.objects.exists()


def test_row_shows_the_partner_by_its_present_name():
    row = make_indication()
    condition = published(row.condition)
    published(row.therapy)
    condition.title = "A better name"
    condition.save()
    published(condition)
    assert [shown.partner_title for shown in row.therapy.indications.shown_on(row.therapy)] == ["A better name"]


def test_publishing_a_row_settles_the_state_of_the_partner():
    row = make_indication()
    condition, therapy = published(row.condition), published(row.therapy)
    row.description = "New"
    row.save()
    condition.save()
    assert state(condition) == "draft"
    published(therapy)
    assert state(condition) == "published"


# Schedules


def test_scheduled_page_appears_on_time_without_a_worker(client, time_machine_at):
    page, due = make_article(slug="later"), timezone.now() + timedelta(hours=1)
    schedule(page, by="tests", at=due)
    time_machine_at(due - timedelta(seconds=1))
    assert client.get("/articles/later/").status_code == 404
    time_machine_at(due)
    assert client.get("/articles/later/").status_code == 200
    assert Edition.objects.get().valid_from == due
    assert not Schedule.objects.exists()
    assert Stamp.current().next_due_at is None


def test_schedule_keeps_the_draft_as_it_was(client, time_machine_at):
    page, due = make_article(title="Approved"), timezone.now() + timedelta(hours=1)
    schedule(page, by="tests", at=due)
    page.refresh_from_db()
    page.title = "Changed later"
    page.save()
    time_machine_at(due)
    client.get("/")
    assert Edition.objects.get().title == "Approved"
    assert state(page) == "draft"


def test_schedule_that_the_rules_refuse_is_dropped_and_recorded(client, time_machine_at):
    due = timezone.now() + timedelta(hours=1)
    schedule(make_article(slug="wanted"), by="tests", at=due)
    plan = Schedule.objects.get()
    PastAddress.objects.create(kind="article", slug="wanted", page=make_article())
    time_machine_at(due)
    assert client.get("/").status_code == 200
    assert not Schedule.objects.exists()
    assert Event.objects.get(action="schedule-failed").subject_id == plan.page_id


def test_schedule_needs_a_time_in_the_future():
    with pytest.raises(doors.CannotPublish, match="future"):
        doors.schedule(make_article(), by="tests", at=timezone.now())


def test_unscheduled_page_does_not_appear(client, time_machine_at):
    page, due = make_article(slug="later"), timezone.now() + timedelta(hours=1)
    schedule(page, by="tests", at=due)
    doors.unschedule(page, by="tests")
    time_machine_at(due)
    assert client.get("/articles/later/").status_code == 404
    assert state(page) == "approved"


def test_row_deleted_after_it_was_scheduled_does_not_stop_the_site(client, time_machine_at):
    row = make_indication(condition=published(make_condition()), therapy=published(make_therapy()))
    due = timezone.now() + timedelta(hours=1)
    schedule(row.therapy, by="tests", at=due)
    row.remove()
    time_machine_at(due)
    assert client.get("/").status_code == 200
    assert row.therapy.editions.count() == 2
    assert live_rows(row.therapy) == []


def test_row_corrected_after_it_was_scheduled_stays_corrected(client, time_machine_at):
    row = make_caution(condition=published(make_condition()), therapy=published(make_therapy()), description="Wrong")
    due = timezone.now() + timedelta(hours=1)
    schedule(row.therapy, by="tests", at=due)
    row.description = "Corrected"
    row.save()
    published(row.condition)
    time_machine_at(due)
    client.get("/")
    assert row.therapy.editions.count() == 2
    assert live_rows(row.therapy, "cautions") == live_rows(row.condition, "cautions") == ["Corrected"]


def test_row_published_and_taken_back_after_it_was_scheduled_stays_away(client, time_machine_at):
    row = make_caution(condition=published(make_condition()), therapy=published(make_therapy()))
    due = timezone.now() + timedelta(hours=1)
    schedule(row.therapy, by="tests", at=due)
    published(row.condition)
    row.remove()
    published(row.condition)
    time_machine_at(due)
    client.get("/")
    assert row.therapy.editions.count() == 2
    assert live_rows(row.therapy, "cautions") == []


def test_plan_that_cannot_be_read_any_more_is_dropped_and_does_not_stop_the_others(client, time_machine_at):
    due = timezone.now() + timedelta(hours=1)
    schedule(make_article(), by="tests", at=due)
    Schedule.objects.update(snapshot={"schema": 0})
    schedule(make_article(slug="good"), by="tests", at=due)
    time_machine_at(due)
    assert client.get("/articles/good/").status_code == 200
    assert not Schedule.objects.exists()
    assert Event.objects.filter(action="schedule-failed").count() == 1


def test_saving_a_scheduled_draft_leaves_it_scheduled():
    page = make_article()
    schedule(page, by="tests", at=timezone.now() + timedelta(hours=1))
    page.save()
    assert state(page) == "scheduled"


@pytest.mark.parametrize("door", ["publish", "schedule", "withdraw"])
def test_a_door_that_replaces_a_schedule_says_so_in_the_audit_trail(door):
    page, later = published(make_article()), timezone.now() + timedelta(hours=1)
    page.summary = "Another summary."
    page.save()
    schedule(page, by="tests", at=later)
    {
        "publish": lambda: doors.publish(page, by="tests", note="Better"),
        "schedule": lambda: doors.schedule(page, by="tests", at=later, note="Better"),
        "withdraw": lambda: doors.withdraw(page, by="tests", reason="Wrong"),
    }[door]()
    assert Event.objects.filter(action="unscheduled").count() == 1


def test_long_name_of_a_user_is_cut_and_not_refused():
    user = make_user("editor")
    user.first_name, user.last_name = "a" * 150, "b" * 150
    user.save()
    assert len(publish(make_article(), by=user).published_by) == 200


# Withdrawal


def test_withdrawn_page_says_when_why_and_what_instead(client):
    page, other = published(make_article(slug="old")), published(make_article(title="The better text"))
    doors.withdraw(page, by="tests", reason="The numbers were wrong.", replacement=other)
    response = client.get("/articles/old/")
    assert response.status_code == 410
    assert "The numbers were wrong." in response.text
    assert "The better text" in response.text
    assert page.title not in client.get("/articles/").text


def test_withdrawn_page_may_answer_as_a_notice(client):
    page = published(make_article(slug="old"))
    doors.withdraw(page, by="tests", reason="Replaced.", gone=False)
    assert client.get("/articles/old/").status_code == 200


def test_withdrawal_needs_a_public_page_and_a_reason():
    with pytest.raises(doors.CannotPublish) as refusal:
        doors.withdraw(make_article(), by="tests", reason=" ")
    assert [problem.field for problem in refusal.value.problems] == ["", "reason"]


def test_withdrawn_page_can_be_published_again(client):
    page = published(make_article(slug="back"))
    doors.withdraw(page, by="tests", reason="A pause.")
    published(page)
    assert client.get("/articles/back/").status_code == 200
    assert [edition.number for edition in Edition.objects.order_by("number")] == [1, 2, 3]


def test_tags_are_one_in_any_case():
    assert make_tag("IgE") == type(make_tag("IgE")).named("ige")
