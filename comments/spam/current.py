"""The filter in force: the newest that was trained here, or else one made of the decisions that come with the site."""

import json
from functools import lru_cache

from django.core.cache import cache

from comments.filters import SpamFilter
from comments.spam.bayes import Filter, train
from comments.spam.decisions import DATA, shipped

SHIPPED_FILTER = DATA / "filter.json"
NEWEST = "comments.newest-spam-filter"
NEWEST_SECONDS = 60
NONE_STORED = 0


def current_filter() -> Filter:
    """One small query a minute; reading a filter takes another, once in each process."""
    number = cache.get(NEWEST)
    if number is None:
        number = SpamFilter.objects.order_by("-pk").values_list("pk", flat=True).first() or NONE_STORED
        cache.set(NEWEST, number, NEWEST_SECONDS)
    return _filter(number)


def store(trained: Filter) -> SpamFilter:
    """In force at once here, and within a minute everywhere."""
    stored = SpamFilter.objects.create(
        spam_count=trained.spam_count, genuine_count=trained.genuine_count, words=dict(trained.words)
    )
    cache.delete(NEWEST)
    return stored


@lru_cache(maxsize=2)
def _filter(number: int) -> Filter:
    stored = SpamFilter.objects.filter(pk=number).first() if number else None
    # A stored one that was deleted within the minute leaves the one that comes with the site.
    return Filter(stored.spam_count, stored.genuine_count, stored.words) if stored else shipped_filter()


@lru_cache(maxsize=1)
def shipped_filter() -> Filter:
    """Kept beside the decisions it was made of: making it takes long for the first comment of a process."""
    return Filter.from_json(json.loads(SHIPPED_FILTER.read_text(encoding="utf-8")))


def make_shipped_filter() -> Filter:
    return train(shipped())


def write_shipped_filter() -> None:
    made = json.dumps(make_shipped_filter().to_json(), ensure_ascii=False, indent=0)
    SHIPPED_FILTER.write_text(f"{made}\n", encoding="utf-8")
