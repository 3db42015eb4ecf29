"""Tasks for the content of a page, from opening to the edition that puts it right, which the history cites."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing import doors
from publishing.doors import CannotPublish
from publishing.models import ContentTask, Event, Page, Schedule
from tests.builders import make_article, make_therapy, make_user, publish, published, schedule, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_therapy())


def task_for(page, **values):
    return ContentTask.open_task(page, **{"text": "The dose is wrong", "by": "Ada"} | values)


def changed(page, text="<p>Put right.</p>"):
    page = type(page).objects.get(pk=page.pk)
    page.how_it_works = text
    page.save()
    return page


def again(task):
    return ContentTask.objects.get(pk=task.pk)


def history_text(client, page):
    return " ".join(client.get(f"{page.get_absolute_url()}history/").text.split())


def test_task_keeps_where_it_was_noticed_and_is_on_record(page):
    task = task_for(page, by=make_user("moderator"), section="how-it-works", from_reader=True)
    assert (task.edition, task.section, task.is_from_reader, task.opened_by) == (
        page.live, "how-it-works", True, "Moderator",
    )  # fmt: skip
    event = Event.objects.get(action="task-opened")
    assert (event.subject_id, event.reason, event.details) == (page.pk, "The dose is wrong", {"content_task": task.pk})


def test_closing_keeps_who_and_why_and_the_first_counts(page):
    task = task_for(page)
    other = again(task)
    task.close(by="Ada", remark="It is right")
    other.close(by="Berta", remark="It is wrong")
    assert (other.closed_by, other.remark, other.fixed_in) == ("Ada", "It is right", None)
    assert Event.objects.filter(action="task-closed").count() == 1


def test_publishing_closes_the_tasks_that_it_puts_right(page):
    fixed, left = task_for(page), task_for(page)
    edition = publish(changed(page), by=make_user("editor"), fixes=[fixed])
    assert (again(fixed).fixed_in, again(fixed).closed_by) == (edition, "Editor")
    assert again(left).is_open
    event = Event.objects.get(action="task-closed")
    assert event.details == {"content_task": fixed.pk, "edition": edition.digest}


def test_an_emergency_puts_right_too(page):
    task = task_for(page)
    edition = doors.publish(changed(page), by="tests", override_reason="A recall", fixes=[task])
    assert again(task).fixed_in == edition


def test_a_correction_of_spelling_puts_right_too():
    page = published(make_therapy(how_it_works="<p>It helps swolllen joints.</p>"))
    task = task_for(page)
    edition = doors.publish_spelling(changed(page, "<p>It helps swollen joints.</p>"), by="tests", fixes=[task])
    assert again(task).fixed_in == edition


def test_a_schedule_puts_right_when_it_comes_due(page, time_machine_at):
    fixed, meanwhile = task_for(page), task_for(page)
    at = timezone.now() + timedelta(days=1)
    schedule(changed(page), at=at, fixes=[fixed, meanwhile])
    assert again(fixed).is_open
    meanwhile.close(by="Ada", remark="Nothing to do")
    time_machine_at(at + timedelta(hours=1))
    assert doors.run_due() == 1
    assert again(fixed).fixed_in == Page.objects.get(pk=page.pk).live
    assert (again(meanwhile).fixed_in, again(meanwhile).remark) == (None, "Nothing to do")


def test_a_cancelled_schedule_leaves_its_tasks_open(page):
    task = task_for(page)
    schedule(changed(page), at=timezone.now() + timedelta(days=1), fixes=[task])
    doors.unschedule(page, by="tests")
    assert again(task).is_open
    assert not Schedule.objects.exists()


def test_a_door_that_stays_shut_closes_no_task(page):
    task = task_for(page)
    with pytest.raises(CannotPublish):
        doors.publish(changed(page), by="tests", note="Better", fixes=[task])
    assert again(task).is_open


def test_the_tasks_of_another_page_are_not_closed(page):
    other = task_for(published(make_article()))
    publish(changed(page), fixes=[other])
    assert again(other).is_open


@pytest.mark.parametrize("door", [publish, schedule])
def test_what_was_only_reviewed_again_puts_nothing_right(page, door):
    task = task_for(page)
    values = {"at": timezone.now() + timedelta(days=1)} if door is schedule else {}
    with pytest.raises(CannotPublish, match="Nothing is changed with this edition"):
        door(signed(page), change="review", fixes=[task], **values)


def test_the_history_cites_what_readers_reported_and_nothing_they_wrote(client, page, time_machine_at):
    start = timezone.now()
    tasks = [task_for(page, text="Mrs Secret says so", by="Mona Moderator", from_reader=True)]
    time_machine_at(start + timedelta(days=3))
    tasks += [task_for(page, from_reader=True), task_for(page, text="Seen by staff")]
    publish(changed(page), fixes=tasks)
    text = history_text(client, page)
    assert f"Puts right what 2 readers reported (the first noted on {start:%-d %B %Y})." in text
    assert [word for word in ("Secret", "Mona", "Seen by staff", "The dose is wrong") if word in text] == []


def test_the_history_cites_one_reader(client, page):
    publish(changed(page), fixes=[task_for(page, from_reader=True)])
    assert f"Puts right what a reader reported (noted on {timezone.now():%-d %B %Y})." in history_text(client, page)


def test_the_history_cites_no_task_of_the_staff_and_none_that_is_open(client, page):
    task_for(page, from_reader=True).close(by="Ada", remark="Nothing to do")
    task_for(page, from_reader=True)
    publish(changed(page), fixes=[task_for(page)])
    assert "Puts right" not in history_text(client, page)


@pytest.mark.parametrize("count", [1, 3])
def test_citing_costs_the_history_no_query(client, django_assert_num_queries, page, count):
    for number in range(count):
        publish(changed(page, f"<p>Put right {number}.</p>"), fixes=[task_for(page, from_reader=True)])
    client.get("/")
    with django_assert_num_queries(8):
        text = client.get(f"{page.get_absolute_url()}history/").text
    assert text.count("what a reader reported") == count


@pytest.mark.parametrize("values", [{"text": ""}, {"closed_at": timezone.now()}, {"closed_by": "Ada"}])
def test_the_database_refuses_half_a_task(page, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentTask.objects.create(**{"page_id": page.pk, "text": "x", "opened_by": "Ada"} | values)


def test_the_database_refuses_an_open_task_that_is_put_right(page):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentTask.objects.create(page_id=page.pk, text="x", opened_by="Ada", fixed_in=page.live)
