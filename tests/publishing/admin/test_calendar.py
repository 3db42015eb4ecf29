"""The calendar: a month on one screen, and the feed with a private key."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from publishing import icalendar, notices
from publishing.models import CalendarKey, Notice, ReviewRequest
from tests.builders import make_article, make_condition, make_reviewer, make_user, move, published, schedule

pytestmark = pytest.mark.django_db
URL = "/admin/publishing/calendar/"
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def author(client, time_machine_at):
    time_machine_at(NOW)
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def filled(author):
    """One entry of each kind in November 2026."""
    schedule(make_article(title="Going live"), at=datetime(2026, 11, 2, 23, 30, tzinfo=UTC))
    published(make_condition(title="Reviewed", review_interval=8))
    noticed = published(make_article(title="Noticed"))
    until = datetime(2026, 11, 20, 12, tzinfo=UTC)
    notices.issue(noticed, by=make_reviewer(), text="Beware.", reach="page", expires_at=until)
    asked = make_article(title="Submitted")
    move(asked, "editorial")
    ReviewRequest.objects.create(page_id=asked.pk, stage="editorial", requested_by="Ada", due_on=date(2026, 11, 30))


def entries(client, **filters):
    days = client.get(URL, filters).context["days"]
    return [(each.date.day, entry.kind, entry.title) for each in days for entry in each.entries]


def test_month_shows_what_goes_live_expires_and_falls_due(client, filled):
    assert entries(client, month="2026-11") == [
        (2, "go-live", "Going live"),
        (10, "review", "Reviewed"),
        (20, "expiry", "Noticed"),
        (30, "request", "Submitted"),
    ]
    text = client.get(URL, {"month": "2026-11"}).text
    assert "time zone UTC" in text
    assert "23:30 UTC" in text
    assert entries(client, month="2026-10") == entries(client, month="2026-12") == []


def test_days_are_those_of_the_time_zone_of_the_site(client, filled, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    assert entries(client, month="2026-11")[0] == (3, "go-live", "Going live")


def test_what_is_no_longer_so_leaves_the_calendar(client, filled):
    notices.end(Notice.objects.get(), by=make_reviewer(), reason="Over")
    ReviewRequest.objects.get().page.concrete.save()
    assert [kind for _day, kind, _title in entries(client, month="2026-11")] == ["go-live", "review"]


def test_grid_has_whole_weeks_and_marks_today(client, author):
    context = client.get(URL).context
    assert context["month"] == date(2026, 3, 1)
    assert [len(week) for week in context["weeks"]] == [7] * 6
    assert sum(day.is_in_month for week in context["weeks"] for day in week) == 31
    assert client.get(URL).text.count('class="today"') == 1


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "1999-01", "9999-12", "\0", "2026-11-01", "２０２６-11"])
def test_month_that_means_nothing_is_this_month(client, author, month):
    assert client.get(URL, {"month": month}).context["month"] == date(2026, 3, 1)


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(client, author, items, django_assert_num_queries):
    for _ in range(items):
        schedule(make_article(), at=NOW + timedelta(days=5))
        published(make_article(review_interval=1, owner=make_user("author")))
        asked = make_article()
        move(asked, "editorial")
        taken = {"claimed_by": make_reviewer(), "claimed_at": timezone.now()}
        due_on = date(2026, 3, 20)
        ReviewRequest.objects.create(page_id=asked.pk, stage="editorial", requested_by="Ada", due_on=due_on, **taken)
        page = published(make_article())
        until = NOW + timedelta(days=9)
        notices.issue(page, by=make_reviewer(), text="Beware.", reach="page", expires_at=until)
    with django_assert_num_queries(10):
        assert len(entries(client)) == 3 * items


# The feed


def make_key(client) -> str:
    client.post(URL, {"renew": ""})
    return CalendarKey.objects.get().key


def events(text: str) -> list[dict]:
    """The events of a calendar, read as a calendar program would."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    found, current = [], None
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            current[name] = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
    return found


def test_feed_holds_every_entry_for_a_program_without_a_session(client, filled):
    key = make_key(client)
    client.logout()
    response = client.get(f"/calendar/{key}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    found = {event["SUMMARY"]: event for event in events(response.text)}
    assert found["Goes live: Going live"]["DTSTART"] == "20261102T233000Z"
    assert found["Review of the page due: Reviewed"]["DTSTART;VALUE=DATE"] == "20261110"
    assert found["Notice expires: Noticed"]["DTSTART"] == "20261120T120000Z"
    assert found["Draft to be reviewed: Submitted"]["DTSTART;VALUE=DATE"] == "20261130"
    assert {event["DTSTAMP"] for event in found.values()} == {"20260310T090000Z"}
    assert len({event["UID"] for event in found.values()}) == len(found)
    assert found["Goes live: Going live"]["URL"].startswith("http://testserver/admin/articles/article/")


def test_uid_stays_when_an_event_moves(client, author):
    page = make_article()
    schedule(page, at=NOW + timedelta(days=5))
    key = make_key(client)
    (before,) = events(client.get(f"/calendar/{key}.ics").text)
    schedule(page, at=NOW + timedelta(days=6))
    (after,) = events(client.get(f"/calendar/{key}.ics").text)
    assert before["UID"] == after["UID"]
    assert before["DTSTART"] != after["DTSTART"]


def test_wrong_key_finds_nothing(client, filled):
    key = make_key(client)
    assert len(key) >= 43
    client.logout()
    for wrong in (key[:-1], key + "a", key.swapcase(), "x", "0" * 43):
        response = client.get(f"/calendar/{wrong}.ics")
        assert response.status_code == 404
        assert "Going live" not in response.text


def test_new_key_ends_the_old_one_and_the_key_can_be_switched_off(client, author):
    first = make_key(client)
    second = make_key(client)
    assert second != first
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert f"http://testserver/calendar/{second}.ics" in client.get(URL).text
    client.post(URL, {"remove": ""})
    assert client.get(f"/calendar/{second}.ics").status_code == 404


@pytest.mark.parametrize("change", ["inactive", "no-staff", "no-rights"])
def test_rights_count_when_the_feed_is_asked_for(client, author, change):
    address = f"/calendar/{make_key(client)}.ics"
    client.logout()
    assert client.get(address).status_code == 200
    if change == "no-rights":
        author.groups.clear()
    author.is_active, author.is_staff = change != "inactive", change != "no-staff"
    author.save()
    assert client.get(address).status_code == 404


def test_key_is_shown_to_its_owner_alone(client, author):
    key = make_key(client)
    client.force_login(make_user("administrator"))
    assert key not in client.get(URL).text


@pytest.mark.parametrize(
    "title", ["Comma, semicolon; and \\n backslash\\", "Two\nlines\r\nand three", "ä" * 150, "🦠" * 60, "a" * 74]
)
def test_any_title_comes_through(title):
    start = datetime(2026, 11, 2, tzinfo=UTC)
    text = icalendar.calendar_text("Dates", [icalendar.Event("1@x", start, title, "", "http://x/")], now=start)
    (event,) = events(text)
    assert event["SUMMARY"] == "\n".join(title.splitlines())


def test_calendar_is_for_the_staff_alone(client):
    assert client.get(URL).status_code == 302
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"renew": ""}).status_code == 403
    assert not CalendarKey.objects.exists()
