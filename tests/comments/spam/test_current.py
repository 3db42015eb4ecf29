import pytest
from django.core.cache import cache

from comments.models import SpamFilter
from comments.spam import current
from comments.spam.bayes import GENUINE, SPAM, train

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_filters():
    current._filter.cache_clear()
    yield
    current._filter.cache_clear()


def own_filter():
    return train({SPAM: ["zebra stripes", "zebra stripes"], GENUINE: ["kind nurse", "kind nurse"]})


def test_without_decisions_the_shipped_filter_is_in_force():
    assert current.current_filter() is current.shipped_filter()


def test_the_shipped_filter_is_made_of_the_shipped_decisions():
    assert current.shipped_filter() == current.make_shipped_filter()


def test_a_stored_filter_is_in_force_at_once():
    current.current_filter()
    current.store(own_filter())

    assert current.current_filter() == own_filter()


def test_the_newest_filter_is_in_force():
    current.store(own_filter())
    newer = current.store(train({}))

    assert current.current_filter().words == newer.words == {}


def test_a_filter_that_was_deleted_leaves_the_shipped_one():
    current.store(own_filter())
    current.current_filter()
    SpamFilter.objects.all().delete()
    current._filter.cache_clear()

    assert current.current_filter() is current.shipped_filter()


def test_asking_again_costs_no_query(django_assert_num_queries):
    current.store(own_filter())
    with django_assert_num_queries(2):
        current.current_filter()
    with django_assert_num_queries(0):
        current.current_filter()
    cache.clear()
    with django_assert_num_queries(1):
        current.current_filter()
