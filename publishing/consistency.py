"""Consistency: what belongs together agrees, beside the chains of records that `publishing.verification` walks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from publishing.content import NOT_REVIEWED, content_digest
from publishing.editions import Edition, EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.kinds import page_models
from publishing.pages import Page
from publishing.records import Record, digest_of
from publishing.rows import RowEdition, row_models
from publishing.signoffs import SignOff

BATCH = 100
# Each kind of tie: how the edition's snapshot names what it leads to, and how the tie does.
TIES = (
    (EditionTag, "tag__slug", lambda snapshot: [tag["slug"] for tag in snapshot.get("tags", [])]),
    (EditionPerson, "person__slug", lambda snapshot: [person["slug"] for person in snapshot.get("authors", [])]),
    (EditionReference, "reference__key", lambda snapshot: snapshot.get("references", {})),
    (EditionImage, "image__name", lambda snapshot: snapshot.get("images", {})),
)


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong in a chain or table: which record, what happened to it, when it was recorded."""

    place: str
    record: str
    wrong: str
    recorded_at: datetime | None = None

    def __str__(self):
        when = f", recorded {self.recorded_at:%Y-%m-%d %H:%M:%S} UTC" if self.recorded_at else ""
        return f"{self.place}: {self.record}{when}: {self.wrong}"


def described(record: Record) -> str:
    """Which record, and of what."""
    name = f"{record._meta.verbose_name} {record.pk}"
    label = "" if isinstance(record, RowEdition) else str(record)[:100]
    about = _subject(record)
    if about and about not in label:
        label = f"{label}, {about}" if label else about
    return f"{name} ({label})" if label else name


def _subject(record: Record) -> str:
    """What the record is about, as it is called now; somebody may have made it point to nothing."""
    for link in ("page", "row", "notice"):
        if link in {each.name for each in record._meta.concrete_fields}:
            model = record._meta.get_field(link).related_model
            subject = model._base_manager.filter(pk=getattr(record, f"{link}_id")).first()
            return f"{model._meta.verbose_name} “{subject}”" if subject else f"no {model._meta.verbose_name}"
    return ""


class Ties:
    """What editions are tied to, against what their snapshots name; the first fault of each kind of tie."""

    def __init__(self):
        self.faults: dict[str, Fault] = {}

    def check(self, editions: list[Edition]) -> None:
        for model, name, named in TIES:
            stored = {edition.pk: [] for edition in editions}
            for number, key in model.objects.filter(edition__in=stored).values_list("edition_id", name):
                stored[number].append(key)
            for edition in editions:
                self._compare(model, edition, Counter(stored[edition.pk]), Counter(list(named(edition.snapshot))))

    def _compare(self, model, edition: Edition, stored: Counter, named: Counter) -> None:
        if edition.snapshot.get("redacted") and model in (EditionReference, EditionImage):
            # Which ones it named went with its text.
            return
        for problem, keys in (("removed", named - stored), ("inserted", stored - named)):
            if keys and model._meta.label_lower not in self.faults:
                wrong = f"{problem}: its tie to “{min(map(str, keys))}”"
                place = model._meta.label_lower
                self.faults[place] = Fault(place, described(edition), wrong, edition.recorded_at)


def consistency_faults(*, are_chains_whole: bool) -> Iterator[Fault]:
    """The first fault of each kind. Contents are compared only where they are what was recorded."""
    contents = (_sign_off_contents, _live_contents) if are_chains_whole else ()
    for check in (_live_pages, _live_rows, _row_ends, _unsigned, *contents):
        if fault := next(check(), None):
            yield fault


def _live_pages() -> Iterator[Fault]:
    """Each page shows its newest edition, or none once that withdraws it."""
    newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-number")
    shown = newest.values(shown=Case(When(~Q(change=Edition.Change.WITHDRAWAL), then=F("pk"))))[:1]
    pages = Page.objects.alias(shown=_or_none("live_id")).annotate(newest=_or_none(Subquery(shown)))
    for page in pages.exclude(shown=F("newest")).order_by("pk"):
        wrong = f"altered: it shows edition {page.live_id or '–'}, and its newest is {page.newest or '–'}"
        yield Fault("pages", f"page {page.pk} ({page})", wrong)


def _live_rows() -> Iterator[Fault]:
    """So does each row; its newest edition may take it away."""
    for model in row_models():
        newest = model.live.field.related_model.objects.filter(row=OuterRef("pk")).order_by("-number")
        shown = newest.values(shown=Case(When(snapshot__isnull=False, then=F("pk"))))[:1]
        rows = model.objects.alias(shown=_or_none("live_id")).annotate(newest=_or_none(Subquery(shown)))
        for row in rows.exclude(shown=F("newest")).order_by("pk"):
            wrong = f"altered: it shows edition {row.live_id or '–'}, and its newest is {row.newest or '–'}"
            yield Fault("rows", f"{model._meta.verbose_name} {row.pk} ({row})", wrong)


def _row_ends() -> Iterator[Fault]:
    """Which two pages a row joins stands in its draft: they are those with which each of its editions was recorded."""
    for model in row_models():
        editions = model.live.field.related_model.objects.filter(snapshot__isnull=False).select_related("row")
        for edition in editions.order_by("pk").iterator(chunk_size=BATCH):
            joined = {end: getattr(edition.row, f"{end}_id") for end in model.ends}
            if any(edition.snapshot.get(end, page_id) != page_id for end, page_id in joined.items()):
                wrong = "altered: it joins other pages than when it was published"
                yield Fault("rows", f"{model._meta.verbose_name} {edition.row_id} ({edition.row})", wrong)


def _or_none(number):
    """Nothing can be compared with NULL, and everything with 0, which is no number of a row."""
    return Coalesce(number, Value(0), output_field=BigIntegerField())


def _unsigned() -> Iterator[Fault]:
    """Health information that is public without a sign-off and without an emergency."""
    always = [model.kind_name() for model in page_models() if model.is_always_medical]
    health = Q(kind__in=always) | Q(snapshot__is_medical=True)
    for edition in Edition.objects.live().for_cards().filter(health, sign_off=None, override_reason="").order_by("pk"):
        wrong = "health information is public without a sign-off"
        yield Fault("pages", described(edition), wrong, edition.recorded_at)


def _sign_off_contents() -> Iterator[Fault]:
    for sign_off in SignOff.objects.order_by("pk").iterator(chunk_size=BATCH):
        if not sign_off.content.get("redacted") and content_digest(sign_off.content) != sign_off.content_digest:
            wrong = "what it holds is not what its digest was taken of"
            yield Fault("sign-offs", described(sign_off), wrong, sign_off.recorded_at)


def _live_contents() -> Iterator[Fault]:
    """What readers see of a page is what was signed, but for spelling corrected since."""
    live = Edition.objects.live().filter(sign_off__isnull=False, spelling_changes__isnull=True)
    for edition in live.select_related("sign_off").defer("html", "text").order_by("pk").iterator(chunk_size=BATCH):
        signed = edition.sign_off.content
        shown = {name: value for name, value in edition.snapshot.items() if name not in NOT_REVIEWED}
        is_same = digest_of(shown) == digest_of(signed.get("page")) and edition.page_id == edition.sign_off.page_id
        if edition.content_digest != edition.sign_off.content_digest or not is_same:
            yield Fault("pages", described(edition), "it is not what its sign-off covers", edition.recorded_at)
