"""What the index knows of each public page, beside the words that the databases index (`search.index`)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.editions import Edition
from publishing.models import Page

# The number of a document says what results are counted by, so that counting a hundred thousand reads no other table:
# the year of the review, then the group, then the page. Months would tear the lists of the index into small pieces.
PAGE_BITS, GROUP_BITS = 31, 16
FIRST_YEAR = 2000


class Group(models.Model):
    """One combination of what results can be narrowed to. Never changed: the numbers of documents hold its own."""

    kind = models.CharField(max_length=20)
    shelf = models.CharField(max_length=60, blank=True)
    shelf_name = models.CharField(max_length=100, blank=True)
    body_system = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "shelf", "shelf_name", "body_system", "language"], name="search_group_once"
            ),
            models.CheckConstraint(
                condition=models.Q(pk__gte=1, pk__lt=1 << GROUP_BITS), name="search_group_fits_in_a_number"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.shelf_name}"


class Document(models.Model):
    """The entry of one public page."""

    id = models.BigIntegerField(primary_key=True)
    page = models.OneToOneField(Page, related_name="search_document", on_delete=models.CASCADE)
    edition = models.ForeignKey(Edition, related_name="+", on_delete=models.PROTECT)
    # Months since the first year; 0 for never.
    reviewed_month = models.PositiveIntegerField(default=0)
    # The names of its tags as they were entered: a tag can be called otherwise later, or be merged.
    tags = models.JSONField(default=list)
    profile = models.BinaryField()
    # Anchor, title and place in the plain text of each heading.
    sections = models.JSONField()
    checksum = models.BigIntegerField()

    class Meta:
        verbose_name = _("page in the search index")
        verbose_name_plural = _("pages in the search index")

    def __str__(self):
        return str(self.page_id)


class Word(models.Model):
    """A word as pages write it, its stem, and on how many pages it stands."""

    word = models.CharField(max_length=100, primary_key=True)
    stem = models.CharField(max_length=140)
    pages = models.PositiveIntegerField()

    class Meta:
        # No second one for beginnings, as `db_index` makes on PostgreSQL.
        indexes = [models.Index(fields=["stem"], name="search_word_stem")]
        constraints = [models.CheckConstraint(condition=models.Q(pages__gte=1), name="search_word_stands_somewhere")]

    def __str__(self):
        return self.word


class IndexState(models.Model):
    """A single row: by which version of the code the index was made, and whether every public page is in it."""

    version = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="search_state_is_one_row")]

    def __str__(self):
        return str(self.version)


def number_of(page: int, group: int, reviewed_at: datetime | None) -> int:
    year = reviewed_at.year if reviewed_at else 0
    return first_number_of(year) | group << PAGE_BITS | page


def month_of(moment: datetime | None) -> int:
    return max((moment.year - FIRST_YEAR) * 12 + moment.month, 0) if moment else 0


def page_in(number: int) -> int:
    return number & ((1 << PAGE_BITS) - 1)


def group_in(number: int) -> int:
    return number >> PAGE_BITS & ((1 << GROUP_BITS) - 1)


def first_number_of(year: int) -> int:
    """The least number of pages that were reviewed in this year or later; 0 for never."""
    return max(year - FIRST_YEAR, 0) << PAGE_BITS + GROUP_BITS
