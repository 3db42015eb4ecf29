"""Redaction by legal order: the text of a record goes; its digest, the reason and the person stay.

A record that readers see now is replaced or withdrawn first. What its text led to goes with it: the sign-off of an
edition, which holds the same text, and the words that other rooms keep of it (`publishing.derivations`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing import events
from publishing.derivations import derivations
from publishing.editions import Edition
from publishing.events import Event, name_of
from publishing.freshness import Stamp
from publishing.notices import Notice, NoticeEnd
from publishing.pages import Page, Problem
from publishing.records import Record
from publishing.rows import RowEdition, row_models
from publishing.schedules import Schedule
from publishing.signoffs import SignOff

# What stands in the place of a text, in the language of the records.
REMOVED = "[removed by legal order]"
REMOVED_HTML = f"<p>{REMOVED}</p>"
# Of a snapshot: who, what kind and where stay; every word of the text goes.
KEPT_IN_SNAPSHOT = frozenset(
    "schema kind slug language shelf authors tags related is_short is_demonstration is_medical review_interval "
    "gone replacement".split()
)
# Of an event: the digests of what it is about.
KEPT_IN_DETAILS = frozenset({"edition", "rows", "sign_off", "redaction", "content", "notice", "end"})


class Redaction(Record):
    """Written before the text is removed; without it the database refuses to change a record."""

    record_label = models.CharField(max_length=100)
    record_id = models.BigIntegerField()
    # The digest the record has carried, and still carries.
    record_digest = models.CharField(max_length=64)
    # Those whose text is removed.
    columns = models.JSONField()
    # Of the whole record as it stands afterwards: it can be changed as little as before.
    remaining_digest = models.CharField(max_length=64)
    order = models.CharField(_("legal order"), max_length=300, help_text=_("Court or authority, date and number."))
    reason = models.TextField(_("reason"))
    redacted_by_id = models.BigIntegerField(null=True)
    redacted_by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        constraints = [
            models.UniqueConstraint(fields=["record_label", "record_id"], name="publishing_redaction_once"),
            models.CheckConstraint(condition=~Q(order="") & ~Q(reason=""), name="publishing_redaction_has_reason"),
        ]

    def __str__(self):
        return f"{self.record_label} {self.record_id}"


class CannotRedact(Exception):
    """The rules refuse; `problems` lists every reason at once."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(str(problem.message) for problem in problems))


@dataclass(frozen=True)
class Redactable:
    """What can be removed from a kind of record: columns by part, and why one is still needed, or nothing."""

    model: type[Record]
    parts: dict[str, tuple[str, ...]]
    needed: Callable[[Record], str]


def _edition_needed(edition: Edition) -> str:
    if Edition.objects.live().filter(pk=edition.pk).exists():
        return _("Readers see this edition now. Publish the page without the text, or withdraw it, then come back.")
    return ""


def _row_edition_needed(edition: RowEdition) -> str:
    if type(edition).objects.filter(pk=edition.pk, live_of__isnull=False).exists():
        return _("Readers see this row now. Change or remove it and publish one of its pages, then come back.")
    return ""


def _sign_off_needed(sign_off: SignOff) -> str:
    waits = Page.objects.filter(pk=sign_off.page_id, state=Page.State.APPROVED).exists()
    newest = sign_off.page.sign_offs.order_by("pk").last()
    live = sign_off.editions.filter(live_of__isnull=False).exists()
    if live or Schedule.objects.filter(sign_off=sign_off).exists() or (waits and newest == sign_off):
        return _(
            "What this sign-off covers is public or waits to be. Publish the page without the text under a new "
            "sign-off, or withdraw it, then come back."
        )
    return ""


def _notice_needed(notice: Notice) -> str:
    if Notice.objects.in_force().filter(pk=notice.pk).exists():
        return _("Readers see this notice now. End it, then come back.")
    return ""


def _not_needed(_record: Record) -> str:
    return ""


KINDS = (
    Redactable(
        Edition,
        {
            "text": ("snapshot", "html", "text", "summary"),
            "title": ("title",),
            "note": ("note", "override_reason"),
        },
        _edition_needed,
    ),
    Redactable(SignOff, {"text": ("content", "parts", "findings"), "note": ("note",)}, _sign_off_needed),
    Redactable(RowEdition, {"text": ("snapshot",)}, _row_edition_needed),
    Redactable(Notice, {"text": ("text",), "title": ("subject",)}, _notice_needed),
    Redactable(NoticeEnd, {"text": ("reason",)}, _not_needed),
    Redactable(Event, {"text": ("reason", "details"), "title": ("subject_name",)}, _not_needed),
)


def kind_of(model: type[models.Model]) -> Redactable | None:
    known = next((kind for kind in KINDS if issubclass(model, kind.model)), None)
    if known is None and issubclass(model, Record) and model.redactable_parts:
        return Redactable(model, model.redactable_parts, _not_needed)
    return known


def redactable_columns(model: type[Record]) -> tuple[str, ...]:
    kind = kind_of(model)
    return tuple(chain.from_iterable(kind.parts.values())) if kind else ()


def is_redacted(record: Record) -> bool:
    return Redaction.objects.filter(record_label=record._meta.label_lower, record_id=record.pk).exists()


def goes_with(record: Record) -> list[Record]:
    """The records that hold the same text and are redacted with this one."""
    if isinstance(record, Edition) and record.sign_off and not is_redacted(record.sign_off):
        return [record.sign_off]
    return []


def beside(record: Record) -> list[Record]:
    """Other records of the same page that may hold the same text: whoever redacts chooses among them."""
    page_id = record.page_id if isinstance(record, Edition | SignOff | Notice) else None
    if page_id is None:
        return []
    rows = [
        edition
        for model in row_models()
        for edition in model.live.field.related_model.objects.filter(
            _any_end(model, page_id), live_of__isnull=True, snapshot__isnull=False
        ).order_by("pk")
    ]
    found = [
        *Edition.objects.filter(page=page_id, live_of__isnull=True).order_by("pk").for_cards(),
        *SignOff.objects.filter(page=page_id).order_by("pk").light(),
        *Notice.objects.filter(page=page_id).order_by("pk"),
        *rows,
    ]
    known = set(Redaction.objects.values_list("record_label", "record_id"))
    known |= {(each._meta.label_lower, each.pk) for each in [record, *goes_with(record)]}
    return [
        each
        for each in found
        if (each._meta.label_lower, each.pk) not in known and not kind_of(type(each)).needed(each)
    ]


def _any_end(model, page_id: int) -> Q:
    here, there = model.ends
    return Q(**{f"row__{here}": page_id}) | Q(**{f"row__{there}": page_id})


def redact(
    record: Record,
    *,
    by,
    order: str,
    reason: str,
    parts: Collection[str] = ("text",),
    also: Collection[Record] = (),
) -> list[Redaction]:
    """Remove the text of a record, of what goes with it, and of `also`. Raises CannotRedact or PermissionDenied.

    `by` is the acting user, whose right is checked here, or the name of a command. There is no way back.
    """
    if not isinstance(by, str) and not by.has_perm("publishing.add_redaction"):
        raise PermissionDenied(_("Your account may not remove recorded text."))
    with transaction.atomic():
        Stamp.lock()
        chosen = [type(each).objects.get(pk=each.pk) for each in dict.fromkeys([record, *also])]
        chosen = list(dict.fromkeys(chain(chosen, chain.from_iterable(map(goes_with, chosen)))))
        if problems := _form_problems(order, reason, parts) + [
            problem for each in chosen for problem in _problems(each)
        ]:
            raise CannotRedact(problems)
        done = [_redact(each, by, order, reason, set(parts)) for each in chosen]
        Stamp.raise_counter()
    return done


def _form_problems(order: str, reason: str, parts: Collection[str]) -> list[Problem]:
    found = []
    if not order.strip():
        found.append(Problem("order", _("Name the order: court or authority, date and number.")))
    if not reason.strip():
        found.append(Problem("reason", _("Say why, without repeating the text: the reason is kept for ever.")))
    if "text" not in parts:
        # A record is redacted once, and its text holds its title too.
        found.append(Problem("parts", _("Choose the text as well: nothing can be removed from this record later.")))
    return found


def _problems(record: Record) -> list[Problem]:
    kind = kind_of(type(record))
    if kind is None:
        refusal = _("Records of this kind hold no text that could be removed.")
    elif is_redacted(record):
        refusal = _("Its text was removed already.")
    else:
        refusal = kind.needed(record)
    if not refusal:
        return []
    return [Problem("", _("%(record)s: %(refusal)s") % {"record": described(record), "refusal": refusal})]


def described(record: Record) -> str:
    return f"{record._meta.verbose_name} {record.pk} ({record})"


def _redact(one: Record, by, order: str, reason: str, parts: set[str]) -> Redaction:
    kind = kind_of(type(one))
    for derivation in derivations():
        if isinstance(one, Edition):
            derivation.forget(one)
    values = {
        column: _placeholder(one, column, parts)
        for part, columns in kind.parts.items()
        if part in parts
        for column in columns
        if getattr(one, column)
    }
    afterwards = type(one).objects.get(pk=one.pk)
    for column, value in values.items():
        setattr(afterwards, column, value)
    redaction = Redaction.append(
        record_label=one._meta.label_lower,
        record_id=one.pk,
        record_digest=one.digest,
        columns=sorted(values),
        remaining_digest=afterwards.expected_digest(),
        order=order,
        reason=reason,
        redacted_by_id=None if isinstance(by, str) else by.pk,
        redacted_by=name_of(by),
    )
    # The manager of records refuses to change any; the database allows this one change.
    type(one)._base_manager.filter(pk=one.pk).update(**values)
    events.record(Event.Action.REDACTED, afterwards, by=by, reason=reason, order=order, redaction=redaction.digest)
    return redaction


def _placeholder(record: Record, column: str, parts: set[str]):
    value = getattr(record, column)
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return _blank(record, value, parts)
    return REMOVED_HTML if column == "html" else REMOVED


def _blank(record: Record, value: dict, parts: set[str]) -> dict:
    """The same shape without its words, so that whatever shows it goes on working."""
    if isinstance(record, SignOff):
        return {"redacted": True, "page": {}, "rows": {}}
    if isinstance(record, Edition):
        kept = KEPT_IN_SNAPSHOT if "title" in parts else KEPT_IN_SNAPSHOT | {"title"}
        return {"redacted": True} | {
            name: each if name in kept else _emptied(name, each) for name, each in value.items()
        }
    if isinstance(record, RowEdition):
        return {"redacted": True} | {name: _emptied(name, each) for name, each in value.items()}
    return {"redacted": True} | {name: each for name, each in value.items() if name in KEPT_IN_DETAILS}


def _emptied(name: str, value):
    if name == "sections":
        return [section | {"html": REMOVED_HTML if section["html"] else ""} for section in value]
    if name == "facts":
        return {fact: [] if isinstance(each, list) else "" for fact, each in value.items()}
    if name in {"title", "summary", "description"}:
        return REMOVED
    return type(value)() if isinstance(value, str | list | dict) else value


def record_models() -> list[type[Record]]:
    """Every kind of record: each has a chain of its own."""
    return [model for model in apps.get_models() if issubclass(model, Record)]
