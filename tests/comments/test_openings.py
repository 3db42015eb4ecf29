from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from comments.models import Opening
from comments.openings import openness_of
from tests.builders import make_article, make_category, publish, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_article(category=make_category(slug="allergy")))


def mode(page):
    return openness_of(page.live).mode


def test_comments_are_open_where_nothing_is_set(page):
    assert mode(page) == "open"


def test_nearest_setting_counts(page):
    Opening.objects.create(mode="off")
    assert mode(page) == "off"
    Opening.objects.create(kind="article", shelf="allergy", mode="read-only")
    assert mode(page) == "read-only"
    Opening.objects.create(page=page, mode="open")
    assert mode(page) == "open"


def test_setting_of_another_list_does_not_count(page):
    Opening.objects.create(kind="article", shelf="other", mode="off")
    Opening.objects.create(kind="therapy", shelf="allergy", mode="off")
    assert mode(page) == "open"


@pytest.mark.parametrize(("days", "expected"), [(29, "open"), (30, "closed")])
def test_page_closes_once_its_days_are_over(page, time_machine_at, days, expected):
    Opening.objects.create(mode="open", close_after_days=30)
    time_machine_at(page.live.valid_from + timedelta(days=days))
    assert mode(page) == expected


def test_days_count_from_the_first_publication(page):
    Opening.objects.create(mode="open", close_after_days=30)
    opened = page.live.valid_from
    publish(page)
    assert openness_of(type(page).objects.get(pk=page.pk).live).closes_at == opened + timedelta(days=30)


@pytest.mark.parametrize(
    "values",
    [{"kind": "article"}, {"shelf": "allergy"}, {"close_after_days": 0}],
)
def test_database_refuses_a_setting_without_a_clear_reach(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(**values)


def test_database_refuses_a_second_setting_for_the_site():
    Opening.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create()
