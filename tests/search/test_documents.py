"""The number of a document says its year of review, its group and its page, and puts documents in their order."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from search.documents import (
    FIRST_YEAR,
    GROUP_BITS,
    PAGE_BITS,
    Document,
    Group,
    IndexState,
    Word,
    first_number_of,
    group_in,
    month_of,
    number_of,
    page_in,
)

pages = st.integers(1, (1 << PAGE_BITS) - 1)
groups = st.integers(1, (1 << GROUP_BITS) - 1)
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(pages, groups, moments)
def test_number_gives_back_what_it_was_made_of(page, group, moment):
    number = number_of(page, group, moment)
    assert (page_in(number), group_in(number)) == (page, group)
    assert 0 < number < 1 << 63


@given(pages, groups, moments, pages, groups, moments)
def test_page_that_was_reviewed_later_has_the_higher_number(page, group, moment, other_page, other_group, other_moment):
    number, other = number_of(page, group, moment), number_of(other_page, other_group, other_moment)
    if moment and other_moment and moment.year > max(other_moment.year, FIRST_YEAR):
        assert number > other


@given(pages, groups, moments)
def test_documents_of_a_year_and_later_have_at_least_its_first_number(page, group, moment):
    number, year = number_of(page, group, moment), max(moment.year if moment else 0, FIRST_YEAR)
    assert first_number_of(year) <= number < first_number_of(year + 1)


def test_months_are_counted_on_over_the_end_of_a_year():
    months = [month_of(datetime(year, month, 1, tzinfo=UTC)) for year, month in ((2000, 1), (2000, 12), (2001, 1))]
    assert months == [1, 12, 13]


def test_page_that_was_never_reviewed_comes_after_all_others():
    assert month_of(None) == month_of(datetime(1999, 6, 1, tzinfo=UTC)) == 0
    assert month_of(datetime(2000, 1, 1, tzinfo=UTC)) > 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Group, {"pk": 0, "kind": "article", "language": "en"}),
        (Group, {"pk": 1 << GROUP_BITS, "kind": "article", "language": "en"}),
        (Word, {"word": "zebra", "stem": "zebra", "pages": 0}),
        (IndexState, {"pk": 2}),
    ],
)
def test_row_that_must_not_be_is_refused_by_the_database(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)
    assert model.objects.filter(pk=values.get("pk", "zebra")).count() == 0


@pytest.mark.django_db
def test_combination_of_a_group_is_stored_once():
    Group.objects.create(pk=1, kind="article", language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.create(pk=2, kind="article", language="en")
    assert Group.objects.create(pk=3, kind="article", language="de").pk == 3


def test_entry_of_a_page_keeps_nothing_that_readers_do_not_see():
    """Whatever is added here is kept of every public page: think of withdrawals and redactions."""
    columns = {model: {field.name for field in model._meta.fields} for model in (Document, Word)}
    assert columns == {
        Document: {"id", "page", "edition", "reviewed_month", "tags", "profile", "sections", "checksum"},
        Word: {"word", "stem", "pages"},
    }
