"""Counts of searches: per day and query how often it was typed, found nothing, and led to a page.

The words of a query are kept only where at least three networks typed it on that day.
docs/decisions/0016-counts-of-searches.md says what is never kept, and why.
"""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.events import name_of
from publishing.tasks import ContentTask

FEWEST_SOURCES = 3
KEPT_DAYS = 400
LONGEST_QUERY = 80
# Fewer than one click for so many searches with results is as good as none.
SEARCHES_FOR_A_CLICK = 10


class SearchKey(models.Model):
    """The key of a day. With it queries and networks are hashed; the day after the next it is gone for good."""

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")

    def __str__(self):
        return str(self.day)

    @classmethod
    def of(cls, day: date) -> str | None:
        """Nothing for a day that is long over: with another key its sources would be counted twice."""
        if day < yesterday():
            return None
        return cls.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})[0].key


class SearchCountQuerySet(models.QuerySet):
    def in_words(self):
        """Those that at least three networks made."""
        return self.exclude(query="")

    def unsettled(self):
        """Without what staff have dealt with, unless it was typed again on a later day; what needs nothing stays so."""
        settled = SettledSearch.objects.filter(query=OuterRef("query"))
        return self.exclude(Exists(settled.filter(Q(how="nothing") | Q(settled_on__gte=OuterRef("day")))))


def without_lowest_bit(bits):
    return bits.bitand(bits - 1)


class SearchCount(models.Model):
    """How often one query was typed on one day."""

    day = models.DateField(_("day"))
    # The query hashed with the key of its day: nobody can tell it once the key is gone.
    digest = models.CharField(max_length=64)
    query = models.CharField(_("query"), max_length=LONGEST_QUERY, blank=True)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)
    # One bit for each network that typed it, as far as they can be told apart.
    sources = models.PositiveBigIntegerField(default=0)

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")
        constraints = [
            models.UniqueConstraint(fields=["day", "digest"], name="search_one_count_per_query_and_day"),
            # Of three bits one is left.
            models.CheckConstraint(
                condition=Q(query="") | Q(GreaterThan(without_lowest_bit(without_lowest_bit(F("sources"))), 0)),
                name="search_words_are_of_three_sources",
            ),
        ]
        indexes = [models.Index(fields=["query", "day"])]

    def __str__(self):
        return self.query or self.digest


class SettledSearch(models.Model):
    """A query that staff have dealt with: its counts up to that day are listed no more."""

    class How(models.TextChoices):
        DONE = "done", _("dealt with")
        TASK = "task", _("a task for a page")
        NOTHING = "nothing", _("nothing to do")

    query = models.CharField(_("query"), max_length=LONGEST_QUERY, unique=True)
    how = models.CharField(_("how"), max_length=10, choices=How)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    task = models.ForeignKey(ContentTask, null=True, related_name="+", on_delete=models.SET_NULL)
    settled_by = models.CharField(_("by"), max_length=200)
    settled_on = models.DateField(_("on"))

    class Meta:
        default_permissions = ()
        verbose_name = _("search dealt with")
        verbose_name_plural = _("searches dealt with")
        ordering = ["-settled_on", "query"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="nothing") | ~Q(remark=""), name="search_nothing_to_do_has_a_reason"
            )
        ]

    def __str__(self):
        return self.query


def settle(query: str, how: str, *, by, remark: str = "", task: ContentTask | None = None) -> SettledSearch:
    values = {"how": how, "remark": remark, "task": task}
    values |= {"settled_by": name_of(by), "settled_on": timezone.localdate()}
    return SettledSearch.objects.update_or_create(query=query, defaults=values)[0]


def yesterday() -> date:
    """Counts of yesterday may still wait somewhere; those of the day before are lost."""
    return timezone.localdate() - timedelta(days=1)


# What is shown, and what is deleted


def asked_for(days: int) -> models.QuerySet:
    """The queries of the last days, each once: `searched`, `missed` and `opened` say how often."""
    first = timezone.localdate() - timedelta(days=days - 1)
    counted = SearchCount.objects.in_words().unsettled().filter(day__gte=first).values("query").order_by()
    return counted.annotate(searched=Sum("searches"), missed=Sum("without_result"), opened=Sum("clicks"))


def without_result(days: int) -> models.QuerySet:
    return asked_for(days).filter(missed__gt=0).order_by("-missed", "query")


def without_click(days: int) -> models.QuerySet:
    """Something was found, and hardly anybody opened any of it."""
    found = asked_for(days).annotate(answered=F("searched") - F("missed"))
    return found.filter(answered__gt=F("opened") * SEARCHES_FOR_A_CLICK).order_by("-answered", "query")


def forget_days_before(day: date) -> None:
    """Their keys, and with them every row that too few networks made: nobody can add to it any more."""
    if SearchKey.objects.filter(day__lt=day).delete()[0]:
        SearchCount.objects.filter(day__lt=day, query="").delete()


def prune(*, dry_run: bool = False) -> Iterator[tuple[str, int]]:
    """What was deleted, and how much of it. A second run finds nothing to do."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    counted = SearchCount.objects.filter(query=OuterRef("query"), day__gte=oldest)
    due = (
        (_("keys of searches thrown away"), SearchKey.objects.filter(day__lt=yesterday())),
        (
            _("counts of searches deleted that fewer than three networks made"),
            SearchCount.objects.filter(day__lt=yesterday(), query=""),
        ),
        (_("counts of searches deleted after 400 days"), SearchCount.objects.in_words().filter(day__lt=oldest)),
        (
            _("notes on searches deleted that nobody makes any more"),
            SettledSearch.objects.filter(~Exists(counted), settled_on__lt=oldest),
        ),
    )
    for name, rows in due:
        yield str(name), rows.count() if dry_run else rows.delete()[0]
