"""What readers saw of a page at any moment, and everything that changed it in public.

It is told from editions, row editions, sign-offs and notices, which never change; nothing is read from a draft.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.content import content_of
from publishing.editions import LONG_COLUMNS, SIGN_OFF_LONG, Edition
from publishing.kinds import by_kind
from publishing.notice_board import mentioned_by
from publishing.notices import Notice, NoticeEnd
from publishing.pages import Page
from publishing.redactions import REMOVED
from publishing.rows import Row, ShownRow, review_of
from publishing.tasks import ContentTask


@dataclass(frozen=True)
class PublicState:
    """A page as readers saw it at one moment: edition, rows by name, and the notices in force."""

    edition: Edition
    moment: datetime
    rows: dict[str, list[ShownRow]]
    notices: list[Notice]

    @property
    def content(self) -> dict:
        """What was shown, for comparing (`publishing.comparison`)."""
        shown = [row for rows in self.rows.values() for row in rows]
        content = content_of(self.edition.snapshot, {row.anchor: self._content(row) for row in shown})
        # No reader sees this one.
        content["page"].pop("is_medical", None)
        return content

    def _content(self, row: ShownRow) -> dict:
        elsewhere = f"position_on_{_there(row.row, self.edition.kind)}"
        facts = {name: value for name, value in row.snapshot.items() if name != elsewhere}
        return facts | {"partner": row.partner_title}


def as_it_was(page: Page, moment: datetime) -> PublicState | None:
    """What readers saw of the page at that moment; nothing where it was not public.

    Five queries, and one for each kind of row.
    """
    edition = editions_of(page).with_review().filter(valid_from__lte=moment).last()
    return None if edition is None or edition.is_withdrawal else state_with(edition, moment)


def state_with(edition: Edition, moment: datetime) -> PublicState:
    """The page in this edition, with the rows and notices of a moment at which it was public."""
    held = [_rows_held(row_model, edition, moment) for row_model in _row_models(edition.kind)]
    partners = {_partner_id(each.row, edition.kind) for rows in held for each in rows}
    public = _public_at(partners, moment)
    shown = [_shown(rows, edition.kind, public) for rows in held]
    rows = dict(zip(by_kind()[edition.kind].row_names, shown, strict=True))
    return PublicState(edition, moment, rows, _notices_on(edition, partners, moment))


def editions_of(page: Page) -> QuerySet[Edition]:
    return Edition.objects.filter(page=page.pk).order_by("number")


def _row_models(kind: str) -> list[type[Row]]:
    """Those of a kind of page, in the order of their names."""
    model = by_kind()[kind]
    return [model._meta.get_field(name).related_model for name in model.row_names]


def _row_editions(row_model: type[Row]) -> QuerySet:
    return row_model._meta.get_field("editions").related_model.objects.all()


def _there(row: Row | type[Row], kind: str) -> str:
    return next(end for end in row.ends if end != kind)


def _partner_id(row: Row, kind: str) -> int:
    return getattr(row, f"{_there(row, kind)}_id")


def _rows_held(row_model: type[Row], edition: Edition, moment: datetime) -> list:
    """The newest edition of each row of the page at that moment, but for rows taken away by then."""
    editions = _row_editions(row_model)
    newest = editions.filter(row=OuterRef("row"), valid_from__lte=moment).order_by("-number").values("pk")[:1]
    held = editions.filter(**{f"row__{edition.kind}": edition.page_id}, pk=Subquery(newest), snapshot__isnull=False)
    heavy = [f"published_with__{column}" for column in LONG_COLUMNS]
    heavy += [f"published_with__sign_off__{column}" for column in SIGN_OFF_LONG]
    return list(held.select_related("row", "published_with__sign_off").defer(*heavy).order_by("row"))


def _public_at(page_ids: Collection[int], moment: datetime) -> dict[int, Edition]:
    """By page, the edition that readers saw at that moment. One query, none without pages."""
    newest = Edition.objects.filter(page=OuterRef("page"), valid_from__lte=moment).order_by("-number").values("pk")[:1]
    found = Edition.objects.for_cards().filter(page__in=page_ids, pk=Subquery(newest)).select_related("page")
    return {edition.page_id: edition for edition in found if not edition.is_withdrawal}


def _shown(held: list, kind: str, public: dict[int, Edition]) -> list[ShownRow]:
    """In the order of the page then. The other page is called as it was; the link leads to where it is now."""
    shown = []
    for each in held:
        partner = public.get(_partner_id(each.row, kind))
        if partner is not None:
            facts = (partner.title, present_address(partner.page), partner.summary, *review_of(each.published_with))
            shown.append(each.row.shown_as(each.row, each.snapshot, *facts))
    return sorted(shown, key=lambda row: (row.group_rank, row.snapshot[f"position_on_{kind}"], row.partner_title))


def present_address(page: Page) -> str:
    """Where a page that was once public is found now: itself, or what is left of it."""
    return page.get_absolute_url() if page.live_id else f"{page.get_absolute_url()}history/"


def _notices_on(edition: Edition, partners: set[int], moment: datetime) -> list[Notice]:
    """The notices that stood on the page. One query.

    Mentions of earlier editions are not kept. So a notice for every page that mentions its subject stood here if that
    shares a row with this page, or if the text has its title.
    """
    text, mentioned = edition.text.casefold(), mentioned_by(edition)

    def is_named(notice: Notice) -> bool:
        if mentioned is not None:
            return notice.page_id in mentioned
        subject = notice.subject.casefold()
        return subject != REMOVED and re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", text) is not None

    def stood_here(notice: Notice) -> bool:
        is_mentioned = notice.page_id in partners or is_named(notice)
        return notice.page_id == edition.page_id or (notice.reach == Notice.Reach.MENTIONS and is_mentioned)

    return [notice for notice in Notice.objects.in_force(moment).select_related("page") if stood_here(notice)]


# Days


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last moment of a day in the time zone of the site; today it is now."""
    # In UTC: by the clock on the wall, a repeated hour before midnight would be cut off.
    next_day = start_of(day + timedelta(days=1)).astimezone(UTC)
    return min(next_day - timedelta(microseconds=1), timezone.now())


# The history


@dataclass(frozen=True)
class Period:
    """An edition, and until when readers saw it; or a withdrawal, and until when the page was gone."""

    edition: Edition
    before: Edition | None
    until: datetime | None
    kind = "edition"

    @property
    def moment(self) -> datetime:
        return self.edition.valid_from

    @property
    def what(self) -> str | Promise:
        if self.edition.is_withdrawal:
            return _("Withdrawn")
        if self.before is None:
            return _("First published")
        if self.before.is_withdrawal:
            return _("Published again")
        if self.edition.spelling_changes is not None:
            return _("Spelling corrected")
        return self.edition.get_change_display()

    @property
    def has_new_title(self) -> bool:
        return self.before is not None and self.before.title != self.edition.title


@dataclass(frozen=True)
class RowsChanged:
    """Rows that appeared, changed or left because the page at their other end was published or withdrawn."""

    partner: Edition
    changes: list[str]
    kind = "rows"

    @property
    def moment(self) -> datetime:
        return self.partner.valid_from


@dataclass(frozen=True)
class NoticeIssued:
    notice: Notice
    kind = "notice"

    @property
    def moment(self) -> datetime:
        return self.notice.recorded_at


@dataclass(frozen=True)
class NoticeEnded:
    end: NoticeEnd
    kind = "notice-end"

    @property
    def moment(self) -> datetime:
        return self.end.recorded_at


type Entry = Period | RowsChanged | NoticeIssued | NoticeEnded


def history_of(page: Page) -> list[Entry]:
    """All that changed the page in public, newest first. Four queries, and one for each kind of row."""
    told = editions_of(page).with_review().defer(*LONG_COLUMNS)
    editions = list(told.annotate(is_medical=F("snapshot__is_medical"), **_reports()))
    rows = _row_histories(page)
    partners = _editions_by_page({row.partner_id for row in rows})
    entries = [*periods(editions), *_rows_changed(editions, rows, partners), *_notice_entries(page, partners.keys())]
    # What happened at one moment stays in this order, turned round as everything else.
    return sorted(entries, key=lambda entry: entry.moment)[::-1]


def _reports() -> dict[str, Subquery]:
    """How many reports of readers an edition put right, and when the first of them was noted."""
    reported = ContentTask.objects.filter(fixed_in=OuterRef("pk"), is_from_reader=True).order_by().values("fixed_in")
    return {
        "reports_fixed": Subquery(reported.annotate(found=Count("pk")).values("found")),
        "first_reported_at": Subquery(reported.annotate(found=Min("opened_at")).values("found")),
    }


def periods(editions: list[Edition]) -> list[Period]:
    """In the order of their numbers."""
    around = [None, *editions, None]
    neighbours = zip(around, editions, around[2:], strict=False)
    return [Period(edition, before, after and after.valid_from) for before, edition, after in neighbours]


class _RowState(NamedTuple):
    row_id: int
    partner_id: int
    number: int
    valid_from: datetime
    is_there: bool


@dataclass(frozen=True)
class _RowHistory:
    label: str
    partner_id: int
    states: list[_RowState]

    def changes(self, partner_editions: list[Edition]) -> Iterator[tuple[datetime, str]]:
        """Each moment at which the row appeared, changed or left: it is shown while the other page is public."""
        shown = None
        for moment in sorted({each.valid_from for each in (*self.states, *partner_editions)}):
            state, partner = _at(self.states, moment), _at(partner_editions, moment)
            is_shown = state is not None and state.is_there and partner is not None and not partner.is_withdrawal
            now = state.number if is_shown else None
            if now != shown:
                yield moment, self._in_words(shown, now)
            shown = now

    def _in_words(self, before: int | None, after: int | None) -> str:
        if before is None:
            return gettext("%s added") % self.label
        return gettext("%s removed") % self.label if after is None else gettext("%s changed") % self.label


def _row_histories(page: Page) -> list[_RowHistory]:
    """One query for each kind of row."""
    found = []
    for row_model in _row_models(page.kind):
        columns = ("row", f"row__{_there(row_model, page.kind)}", "number", "valid_from", "is_there")
        editions = _row_editions(row_model).filter(**{f"row__{page.kind}": page.pk})
        states = editions.annotate(is_there=Q(snapshot__isnull=False)).order_by("row", "number").values_list(*columns)
        for _row, group in groupby(map(_RowState._make, states), key=lambda state: state.row_id):
            of_row = list(group)
            found.append(_RowHistory(str(row_model._meta.verbose_name), of_row[0].partner_id, of_row))
    return found


def _editions_by_page(page_ids: Collection[int]) -> dict[int, list[Edition]]:
    """In the order of their numbers. One query, none without pages."""
    found: dict[int, list[Edition]] = {page_id: [] for page_id in page_ids}
    editions = Edition.objects.with_review().defer(*LONG_COLUMNS).filter(page__in=page_ids)
    for edition in editions.select_related("page").order_by("number"):
        found[edition.page_id].append(edition)
    return found


def _rows_changed(
    editions: list[Edition], rows: list[_RowHistory], partners: dict[int, list[Edition]]
) -> list[RowsChanged]:
    """What an edition of the page itself published is told with that edition."""
    own = {edition.valid_from for edition in editions}
    changes: dict[int, RowsChanged] = {}
    for row in rows:
        for moment, change in row.changes(partners[row.partner_id]):
            edition, partner = _at(editions, moment), _at(partners[row.partner_id], moment)
            if moment not in own and edition is not None and not edition.is_withdrawal:
                changes.setdefault(partner.pk, RowsChanged(partner, [])).changes.append(change)
    return list(changes.values())


def _at(records: list, moment: datetime):
    """The one of these records, in the order of their numbers, that held at a moment."""
    place = bisect_right(records, moment, key=lambda record: record.valid_from)
    return records[place - 1] if place else None


def _notice_entries(page: Page, partner_ids: Collection[int]) -> list[NoticeIssued | NoticeEnded]:
    """Of this page, and those that the pages at the other ends of its rows had for every page. Two queries."""
    everywhere = Q(reach=Notice.Reach.MENTIONS, page__in=partner_ids)
    notices = Notice.objects.filter(Q(page=page.pk) | everywhere).select_related("page").order_by("pk")
    ends = NoticeEnd.objects.filter(notice__in=notices.values("pk")).select_related("notice__page").order_by("pk")
    return [*map(NoticeIssued, notices), *map(NoticeEnded, ends)]
