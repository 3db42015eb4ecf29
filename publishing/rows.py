"""Rows: facts that join two pages and stand on both, such as an indication.

A row is edited as a draft on either page. Publishing either page publishes the row: a *row edition* is recorded, and
both public pages show it from then on.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.editions import LONG_COLUMNS, SIGN_OFF_LONG, Edition
from publishing.records import Record, RecordQuerySet, digest_of


class RowEdition(Record):
    """One public state of a row. A subclass adds `row`, a protected foreign key to the draft."""

    number = models.PositiveIntegerField()
    # Empty when this edition takes the row away.
    snapshot = models.JSONField(null=True)
    published_by = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    # The edition of the page that published the row: its sign-off covers the row too.
    published_with = models.ForeignKey(
        "publishing.Edition", null=True, related_name="%(class)ss", on_delete=models.PROTECT
    )

    objects = RecordQuerySet.as_manager()
    added_later = {"published_with_id": None}

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.row_id}.{self.number}"

    @property
    def is_signed(self) -> bool:
        return self.published_with is not None and self.published_with.sign_off_id is not None


@dataclass
class ShownRow:
    """A row as one of its two pages shows it: what was published of it, and the other page as it is called now."""

    row: "Row"
    snapshot: dict
    partner_title: str
    partner_url: str
    partner_summary: str
    # Whether a sign-off covers it: that of the edition that published it. A draft waits for one.
    is_reviewed: bool = False
    # That sign-off is of a role that stands in for a clinician.
    is_of_stand_in: bool = False
    citations: SafeString = field(default_factory=SafeString)

    # Rows of one group stand together, groups in the order of their rank.
    group_rank = 0
    group_name = ""

    @property
    def anchor(self) -> str:
        return self.row.anchor

    @property
    def references(self) -> dict[str, dict]:
        return self.snapshot["references"]

    @property
    def description(self) -> str:
        return self.snapshot["description"]

    @property
    def qualifier(self) -> str:
        return self.snapshot["qualifier"]

    @property
    def is_checked(self) -> bool:
        return self.snapshot["is_checked"]

    def label(self, field: str) -> str:
        """The reader's word for a choice that the snapshot holds."""
        return dict(self.row._meta.get_field(field).flatchoices).get(self.snapshot[field], "")


def review_of(edition: Edition | None) -> tuple[bool, bool]:
    """Whether a sign-off covers the rows published with this edition, and whether that is of a stand-in."""
    sign_off = edition and edition.sign_off
    return sign_off is not None, sign_off is not None and sign_off.is_demonstration


class RowQuerySet(models.QuerySet):
    def in_draft(self):
        return self.filter(is_removed=False)

    def live(self):
        return self.filter(live__isnull=False)

    def with_editions(self):
        """With what is public of the row and of its two pages, but for the long columns."""
        paths = ["live__published_with", *(f"{end}__live" for end in self.model.ends)]
        return self.select_related(*paths).defer(*(f"{path}__{long}" for path in paths for long in LONG_COLUMNS))

    def shown_on(self, page, *, draft: bool = False) -> list[ShownRow]:
        """The rows of `page` whose other page is public, in the order set for this page.

        One query; with `draft`, for the preview, three.
        """
        here, there = self.model.ends if page.kind == self.model.ends[0] else reversed(self.model.ends)
        rows = self.filter(**{here: page.pk, f"{there}__live__isnull": False})
        if draft:
            rows = rows.in_draft().select_related(f"{there}__live").prefetch_related("references")
        else:
            rows = rows.live().select_related("live__published_with__sign_off", f"{there}__live")
        heavy = [f"{there}__live__{column}" for column in LONG_COLUMNS]
        if not draft:
            heavy += [f"live__published_with__{column}" for column in LONG_COLUMNS]
            heavy += [f"live__published_with__sign_off__{column}" for column in SIGN_OFF_LONG]
        shown = [self._shown(row, getattr(row, there), draft) for row in rows.defer(*heavy)]
        return sorted(
            shown, key=lambda each: (each.group_rank, each.snapshot[f"position_on_{here}"], each.partner_title)
        )

    def _shown(self, row: "Row", partner, draft: bool) -> ShownRow:
        snapshot = row.snapshot() if draft else row.live.snapshot
        signed_with = None if draft else row.live.published_with
        live = partner.live
        return self.model.shown_as(
            row, snapshot, live.title, live.get_absolute_url(), live.summary, *review_of(signed_with)
        )


class Row(models.Model):
    """The draft of a row. A subclass adds its columns, `live` (its public edition or none) and `ends`."""

    is_removed = models.BooleanField(_("removed in the draft"), default=False, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RowQuerySet.as_manager()

    # The names of the two foreign keys to pages.
    ends: tuple[str, str]
    shown_as = ShownRow

    class Meta:
        abstract = True

    def save(self, **kwargs):
        """Save the draft of the row. `live` is written by `publish` alone."""
        if not self._state.adding:
            names = [
                field.name for field in self._meta.concrete_fields if not field.primary_key and field.name != "live"
            ]
            kwargs = {"update_fields": names} | kwargs
        super().save(**kwargs)

    @property
    def anchor(self) -> str:
        """What tells the row from every other row of a page."""
        return f"{self._meta.model_name}-{self.pk}"

    def snapshot(self) -> dict:
        raise NotImplementedError

    def draft_snapshot(self) -> dict | None:
        return None if self.is_removed else self.snapshot()

    def live_snapshot(self) -> dict | None:
        return self.live.snapshot if self.live else None

    def has_unpublished_changes(self) -> bool:
        """One query for the references, unless they were prefetched."""
        return digest_of(self.draft_snapshot()) != digest_of(self.live_snapshot())

    def remove(self) -> None:
        """Take the row out of the draft. What was public leaves the site when an end is published."""
        if self.editions.exists():
            self.is_removed = True
            self.save()
        else:
            self.delete()

    def publish(self, snapshot: dict | None, *, by: str, at, published_with) -> None:
        """Record one edition and make it the live one. Only a door calls this, inside its transaction."""
        number = self.editions.count() + 1
        edition = self.editions.model.append(
            row=self, number=number, snapshot=snapshot, published_by=by, valid_from=at, published_with=published_with
        )
        type(self).objects.filter(pk=self.pk).update(live=edition if snapshot else None)
        self.live = edition if snapshot else None


def rows_left() -> ExpressionWrapper:
    """For a query of editions: whether a row left the page, after the edition was made, with nobody's sign-off."""
    left = Q(pk__in=[])
    for model in row_models():
        records = model._meta.get_field("live").related_model.objects.filter(row=OuterRef("pk")).order_by("-number")
        for end in model.ends:
            gone = model.objects.filter(live=None, **{end: OuterRef("page")}).annotate(
                left_at=Subquery(records.values("valid_from")[:1]),
                left_under=Subquery(records.values("published_with__sign_off")[:1]),
            )
            left |= Q(Exists(gone.filter(left_at__gt=OuterRef("valid_from"), left_under=None)))
    return ExpressionWrapper(left, output_field=models.BooleanField())


def row_models() -> list[type[Row]]:
    return [model for model in apps.get_models() if issubclass(model, Row)]


def partners(page_ids: Collection[int], *, ever: bool = False) -> dict[int, set[int]]:
    """The pages that share a public row with each of these; with `ever`, or a draft, or one that was public.

    One query for each kind of row.
    """
    found = defaultdict(set)
    for model in row_models():
        here, there = (f"{end}_id" for end in model.ends)
        wanted = Q(**{f"{here}__in": page_ids}) | Q(**{f"{there}__in": page_ids})
        rows = model.objects.all() if ever else model.objects.live()
        for one, other in rows.filter(wanted).values_list(here, there):
            found[one].add(other)
            found[other].add(one)
    return found
