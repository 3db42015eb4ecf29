"""Verification: walk every chain of records and name the first entry of each that was altered, removed or reordered.

Whoever may do anything to the database can also rewrite a record, every digest after it and the head of its chain. Only
a head that was kept elsewhere shows that: `Kept`. See docs/audit.md.

Memory is bounded: records are read some at a time, and nothing is locked but the head of a chain at its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from publishing import triggers
from publishing.consistency import Fault, Ties, consistency_faults, described
from publishing.editions import Edition
from publishing.events import Event
from publishing.freshness import Stamp
from publishing.notices import Notice, NoticeEnd
from publishing.records import ChainHead, Record
from publishing.redactions import Redaction, record_models, redactable_columns
from publishing.rows import row_models
from publishing.signoffs import SignOff

BATCH = 100
# What the columns of a row that somebody wrote by hand can do to whoever reads it.
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
# In the details of an event: the digests of records.
NAMING = ("edition", "sign_off", "redaction", "notice", "end")


@dataclass(frozen=True)
class Kept:
    """The head of a chain as somebody kept it elsewhere: so long was the chain when it ended with this digest."""

    chain: str
    length: int
    digest: str


@dataclass
class Report:
    faults: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    heads: list[Kept] = field(default_factory=list)
    redacted: int = 0


def verify(kept: list[Kept] | None = None) -> Report:
    report = Report()
    redactions = {(each.record_label, each.record_id): each for each in Redaction.objects.iterator()}
    report.redacted = len(redactions)
    ties, witnesses = Ties(), Witnesses()
    for model in sorted(record_models(), key=lambda model: model is not Redaction):
        chain = Chain(model, redactions, [each for each in kept or [] if each.chain == model._meta.label_lower])
        for batch in chain.walk():
            # What stands behind a broken place need not have the shape it was recorded in.
            if model is Edition and chain.fault is None:
                ties.check(batch)
            elif model is Event and chain.fault is None:
                witnesses.hear(batch)
        report.counts[chain.label] = chain.length
        report.heads.append(Kept(chain.label, chain.length, chain.last.digest if chain.last else ""))
        report.faults += [chain.fault] if chain.fault else []
    report.faults += [*ties.faults.values(), *_head_faults(kept or [], report)]
    if not report.faults:
        # Where a chain is broken, what it lacks was named.
        report.faults += witnesses.faults()
    report.faults += [*_trigger_faults(), *consistency_faults(are_chains_whole=not report.faults)]
    return report


def _head_faults(kept: list[Kept], report: Report) -> Iterator[Fault]:
    for each in sorted({each.chain for each in kept} - report.counts.keys()):
        yield Fault(each, "kept head", "there is no such chain")
    for head in ChainHead.objects.exclude(chain__in=report.counts).order_by("chain"):
        yield Fault(head.chain, "head of the chain", "inserted: there is no such chain")


def _trigger_faults() -> Iterator[Fault]:
    for name in triggers.missing():
        yield Fault("triggers", name, "removed: what is recorded can be changed; run `manage.py migrate`")


class Witnesses:
    """Entries of the audit trail name the records that came of them. A chain cut with its head shows here."""

    def __init__(self):
        self.fault = None

    def hear(self, events: list[Event]) -> None:
        named = {digest: event for event in events for digest in _named(event)}
        known = set()
        for model in (
            Edition,
            SignOff,
            Redaction,
            Notice,
            NoticeEnd,
            *(row.live.field.related_model for row in row_models()),
        ):
            known |= set(model.objects.filter(digest__in=named).values_list("digest", flat=True))
        lost = [(event, digest) for digest, event in named.items() if digest not in known]
        if lost and self.fault is None:
            event, digest = lost[0]
            self.fault = Fault(
                "witnesses", described(event), f"removed: the record {digest}, which it names", event.recorded_at
            )

    def faults(self) -> Iterator[Fault]:
        if self.fault:
            yield self.fault
            return
        # Between two doors: what is published during the walk is in both counts or in none.
        with transaction.atomic():
            Stamp.lock()
            published = Event.objects.filter(action__in=(Event.Action.PUBLISHED, Event.Action.WITHDRAWN))
            named, editions = published.filter(details__has_key="edition").count(), Edition.objects.count()
        if named != editions:
            wrong = f"removed: it names {named} editions, and there are {editions}"
            yield Fault("witnesses", "the audit trail", wrong)


def _named(event: Event) -> list[str]:
    """The digests in the details of an entry."""
    return [*event.details.get("rows", []), *(event.details[name] for name in NAMING if name in event.details)]


class Chain:
    """One chain on its walk from the first record to its head."""

    def __init__(self, model: type[Record], redactions: dict, kept: list[Kept]):
        self.model, self.label = model, model._meta.label_lower
        self.redactions = redactions
        self.kept = {each.length: each for each in kept}
        self.length, self.last, self.fault = 0, None, None

    def walk(self) -> Iterator[list[Record]]:
        """All records, in the order of the chain; what is wrong is in `fault` afterwards."""
        while batch := self._read():
            yield batch
        # What was appended during the walk is read under the lock, so that the head is the head of what was read.
        with transaction.atomic():
            head = ChainHead.objects.select_for_update().filter(chain=self.label).first()
            while batch := self._read():
                yield batch
            self._check_head(head)
        for kept in self.kept.values():
            if kept.length > self.length:
                self._blame_end(f"the chain once had {kept.length} records: the newest of them were removed")

    def _read(self) -> list[Record]:
        batch = self._readable()
        for record in batch:
            if self.fault is None:
                self._check(record)
            self.length += 1
            if (kept := self.kept.get(self.length)) and kept.digest != record.digest:
                self._blame(record, f"the chain was rewritten: record {self.length} once had the digest {kept.digest}")
            self.last = record
        return batch

    def _readable(self) -> list[Record]:
        following = self.model._base_manager.order_by("pk")
        if self.last is not None:
            following = following.filter(pk__gt=self.last.pk)
        try:
            return list(following[:BATCH])
        except UNREADABLE:
            return self._one_by_one(following)

    def _one_by_one(self, following) -> list[Record]:
        found = []
        for number in list(following.values_list("pk", flat=True)[:BATCH]):
            try:
                found.append(self.model._base_manager.get(pk=number))
            except UNREADABLE:
                if self.fault is None:
                    self.fault = Fault(self.label, f"{self.model._meta.verbose_name} {number}", "altered: unreadable")
                # The walk goes on behind it.
                found.append(self.model(pk=number))
        return found

    def _check(self, record: Record) -> None:
        if not self._is_as_recorded(record):
            self._blame(record, "altered")
        elif record.previous_digest != (self.last.digest if self.last else ""):
            self._blame_order(record)

    def _is_as_recorded(self, record: Record) -> bool:
        redaction = self.redactions.get((self.label, record.pk))
        if redaction is None and record.digest == record.expected_digest():
            return True
        if redaction is None:
            # Its text may have been removed since the walk began.
            redaction = Redaction.objects.filter(record_label=self.label, record_id=record.pk).first()
        if redaction is None or redaction.digest != redaction.expected_digest():
            return False
        return (
            record.digest == redaction.record_digest
            and record.expected_digest() == redaction.remaining_digest
            and set(redaction.columns) <= set(redactable_columns(self.model))
        )

    def _blame_order(self, record: Record) -> None:
        """The record is whole, and another one stands before it than the one it followed."""
        followed = self.model._base_manager.filter(digest=record.previous_digest).order_by("pk").first()
        if followed is not None and followed.pk > record.pk:
            self._blame(record, f"reordered: it followed {described(followed)}, which stands behind it")
        elif followed is None and record.previous_digest:
            self._blame_gap(record)
        else:
            # Two say that they followed the same record, or that they began the chain.
            rival = self._first_after(followed)
            forged = record if self._is_followed(rival) else rival
            self._blame(forged, "inserted, or reordered: it does not belong between its neighbours")

    def _first_after(self, record: Record | None) -> Record:
        following = self.model._base_manager.order_by("pk")
        return following.filter(pk__gt=record.pk).first() if record else following.first()

    def _is_followed(self, record: Record) -> bool:
        return self.model._base_manager.filter(previous_digest=record.digest).exists()

    def _blame_gap(self, record: Record) -> None:
        head = ChainHead.objects.filter(chain=self.label).first()
        if self.last is None:
            self._blame(record, "removed: the records before it, with which the chain began")
        elif head and head.length == self.model._base_manager.count():
            self._blame(self.last, f"altered with its digest: {described(record)} followed another record")
        else:
            self._blame(record, f"removed: what stood between it and {described(self.last)}")

    def _check_head(self, head: ChainHead | None) -> None:
        if self.fault is not None:
            return
        if head is None:
            if self.length:
                self._blame_end("the row of the chain's head is missing")
            return
        digest = self.last.digest if self.last else ""
        if head.length > self.length:
            self._blame_end(f"removed: {head.length - self.length} records behind it, at the end of the chain")
        elif head.length < self.length:
            self._blame_behind(head)
        elif head.digest != digest:
            self._blame_end("altered with its digest, or the head of the chain was altered: the two differ")

    def _blame_behind(self, head: ChainHead) -> None:
        """Records stand behind the head: forged ones, unless the head itself was changed."""
        last_known = self.model._base_manager.filter(digest=head.digest).first() if head.digest else None
        first = self._first_after(last_known) or self.last
        self._blame(first, f"inserted behind the head of the chain, or the head was altered: it counts {head.length}")

    def _blame_end(self, wrong: str) -> None:
        if self.fault is None:
            name = described(self.last) if self.last else "the whole chain"
            self.fault = Fault(self.label, name, wrong, self.last and self.last.recorded_at)

    def _blame(self, record: Record, wrong: str) -> None:
        if self.fault is None:
            self.fault = Fault(self.label, described(record), wrong, record.recorded_at)
