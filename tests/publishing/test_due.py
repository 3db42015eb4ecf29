"""What is scheduled appears on time, whatever the clocks do and however many processes look."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from publishing import due
from publishing.models import Edition, Page, Schedule
from tests.builders import make_article, make_category, move, schedule

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
# An hour that is skipped, one that comes twice, a leap day and the year's end: each as the local time it begins with.
NIGHTS = (
    datetime(2026, 3, 29, 1, tzinfo=BERLIN),
    datetime(2026, 10, 25, 1, tzinfo=BERLIN),
    datetime(2028, 2, 28, 23, tzinfo=BERLIN),
    datetime(2028, 12, 31, 22, tzinfo=BERLIN),
)
ITEMS = 100
MINUTE = timedelta(minutes=1)


@pytest.fixture
def plans(time_machine_at):
    """So many pages, each with a moment in one of the nights; some share it."""
    time_machine_at(datetime(2026, 1, 1, tzinfo=UTC))
    chance, category = random.Random(3), make_category()
    for number in range(ITEMS):
        page = make_article(category=category, is_medical=False, body="<p>Short.</p>")
        move(page, "editorial", "approved")
        begin = NIGHTS[number % len(NIGHTS)].astimezone(UTC)
        schedule(page, at=begin + timedelta(seconds=chance.randrange(3 * 60 * 60)))
    return dict(Schedule.objects.values_list("page", "due_at"))


def test_no_schedule_is_early_late_or_run_twice(plans, time_machine_at):
    chance, public = random.Random(4), set()
    for night in NIGHTS:
        begin = night.astimezone(UTC)
        for minute in range(3 * 60 + 2):
            now = begin + minute * MINUTE
            time_machine_at(now)
            # Two that look at the same minute, now and then one of them restarting.
            due.run_what_is_due()
            if chance.random() < 0.9:
                due.run_what_is_due()
            appeared = set(Page.objects.live().values_list("pk", flat=True)) - public
            assert all(now - MINUTE < plans[page] <= now for page in appeared), now
            public |= appeared
    assert public == plans.keys()
    assert not Schedule.objects.exists()
    assert Edition.objects.count() == ITEMS
    assert {edition.page_id: edition.valid_from for edition in Edition.objects.for_cards()} == plans
    assert timezone.now() > max(plans.values())
