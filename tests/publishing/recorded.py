"""A small portal with every kind of record in it, and the ways to tamper with it."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import connection, models
from django.utils import timezone

from comments.models import Decision
from publishing import doors
from publishing.editions import EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.models import ChainHead, Edition, Event, Image, Notice, NoticeEnd, Page
from publishing.records import Record
from publishing.redactions import record_models, redact
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reference,
    make_tag,
    make_therapy,
    publish,
    published,
)

TIES = (EditionTag, EditionPerson, EditionReference, EditionImage)


def portal() -> None:
    """Pages published, changed, withdrawn and returned; rows; notices; a redaction; entries of the audit trail."""
    for number in range(3):
        source = make_reference()
        image = Image.objects.create(alternative_text="A cell", credit="Us", width=480, height=300, widths=[480])
        picture = f'<figure data-image="{image.name}"></figure>'
        condition = make_condition(overview=f'<p>It is.<sup data-ref="{source.key}"></sup></p>{picture}')
        condition.tags.add(make_tag(f"Tag {number}"), make_tag("Shared"))
        therapy = make_therapy()
        row = make_indication(condition=condition, therapy=therapy, references=[source])
        make_caution(condition=condition, therapy=therapy)
        published(condition)
        published(therapy)
        row.description = "It helps more."
        row.save()
        publish(therapy)
        NoticeEnd.append(notice=issue_notice(condition), reason="Known", ended_by="tests")
    _change(condition, "Once more")
    doors.withdraw(Page.objects.get(pk=therapy.pk).concrete, by="tests", reason="Out of date")
    article = published(make_article(is_medical=False))
    _change(article, "Another title")
    redact(article.editions.get(number=1), by="tests", order="Court, 1 May, no. 7", reason="A name")
    for number in range(3):
        log_decision(comment_id=number, page=condition)


def log_decision(*, comment_id: int, page: Page, **values) -> Decision:
    """An entry as the moderation of a comment writes it."""
    about = {"comment_id": comment_id, "page_id": page.pk, "page_title": page.title, "user_name": "Ada"}
    went = {"state_before": "waiting", "state_after": "rejected", "version": 2, "text_digest": "0" * 64}
    return Decision.append(**about | went | {"action": "rejected", "rule": "kindness", "reason": "Unkind."} | values)


def _change(page: Page, title: str) -> None:
    page = Page.objects.get(pk=page.pk).concrete
    page.title = title
    page.save()
    publish(page)


def issue_notice(page: Page) -> Notice:
    signer = make_person(interests="None")
    facts = {"signer": signer, "signer_name": signer.name, "signer_credentials": "MD", "issued_by": "tests"}
    expires = timezone.now() + timedelta(days=3)
    return Notice.append(page_id=page.pk, subject=page.title, text="Ask first.", expires_at=expires, **facts)


@dataclass(frozen=True)
class Tampering:
    """What was done, where it must be found, and the rows of which one must be named."""

    what: str
    place: str
    named: frozenset[int] = frozenset()
    # Only a head that was kept elsewhere can show it.
    is_hidden: bool = False


class Tamperer:
    """Somebody who may do anything to the database, but for the triggers, which are gone."""

    def __init__(self, seed: int):
        self.random = Random(seed)

    def tamper(self) -> Tampering:
        ways = [self.alter] * 8 + [self.erase, self.delete, self.swap, self.forge, self.cut, self.behead, self.untie]
        ways += [self.rewrite, self.tie, self.cut_with_head, self.rewrite_all]
        return self.random.choice(ways)()

    def alter(self) -> Tampering:
        record = self._record()
        field = self.random.choice([each for each in record._meta.concrete_fields if not each.primary_key])
        self._set(record, field, self._another(field, getattr(record, field.attname)))
        return self._done(f"alter {field.name}", record, {record.pk})

    def erase(self) -> Tampering:
        record = self._record()
        values = [each for each in record._meta.concrete_fields if each.null and getattr(record, each.attname)]
        field = self.random.choice(values or [record._meta.get_field("previous_digest")])
        self._set(record, field, None if field.null else "0")
        return self._done(f"erase {field.name}", record, {record.pk})

    def rewrite(self) -> Tampering:
        """The digest of the record is made to fit, and nothing behind it."""
        record = self._record()
        self._set(record, record._meta.get_field("recorded_at"), record.recorded_at + timedelta(days=1))
        self._set(record, record._meta.get_field("digest"), self._reread(record).expected_digest())
        return self._done("rewrite", record, {record.pk, self._neighbour(record, 1)})

    def rewrite_all(self) -> Tampering:
        """All digests behind it are made to fit, and the head."""
        record = self._record(Event)
        self._set(record, record._meta.get_field("reason"), f"{record.reason}x")
        self._rechain(Event)
        return Tampering("rewrite all", Event._meta.label_lower, is_hidden=True)

    def delete(self) -> Tampering:
        record = self._record()
        self._sql(f"DELETE FROM {record._meta.db_table} WHERE id = %s", [record.pk])  # noqa: S608
        return self._done("delete", record, {self._neighbour(record, 1), self._neighbour(record, -1)} - {record.pk})

    def swap(self) -> Tampering:
        records = []
        while len(records) < 2:
            records = self._records(self._model())
        one, other = self.random.sample(records, 2)
        for old, new in ((one.pk, -1), (other.pk, one.pk), (-1, other.pk)):
            self._sql(f"UPDATE {one._meta.db_table} SET id = %s WHERE id = %s", [new, old])  # noqa: S608
        return self._done("swap", one, {one.pk, other.pk})

    def forge(self) -> Tampering:
        """An entry of the trail that never was: somewhere in it, or behind its head."""
        record = self._record(Event)
        forged = Event(**{each.attname: getattr(record, each.attname) for each in Event._meta.concrete_fields})
        forged.pk, forged.user_name = self.random.choice([-5, 10**6]), "Somebody else"
        forged.previous_digest = self.random.choice(["", record.previous_digest, self._records(Event)[-1].digest])
        forged.digest = self.random.choice([forged.expected_digest(), "f" * 64])
        models.Model.save(forged, force_insert=True)
        return self._done("forge", forged, {forged.pk, self._records(Event)[1].pk})

    def cut(self) -> Tampering:
        model = self._model()
        records = self._records(model)
        kept = records[: self.random.randrange(len(records))]
        last = kept[-1].pk if kept else -1
        self._sql(f"DELETE FROM {model._meta.db_table} WHERE id > %s", [last])  # noqa: S608
        return Tampering(f"cut {model.__name__}", model._meta.label_lower, frozenset({last} if kept else ()))

    def cut_with_head(self) -> Tampering:
        done = self.cut()
        model = next(model for model in record_models() if model._meta.label_lower == done.place)
        self._rechain(model)
        return Tampering(f"{done.what} with its head", done.place, is_hidden=True)

    def behead(self) -> Tampering:
        model = self._model()
        change = self.random.choice(["digest = repeat", "length = length + 1", "length = 0", "delete", "rename"])
        chain = model._meta.label_lower
        if change == "delete":
            self._sql("DELETE FROM publishing_chainhead WHERE chain = %s", [chain])
        elif change == "rename":
            self._sql("UPDATE publishing_chainhead SET chain = 'x' WHERE chain = %s", [chain])
        else:
            change = change.replace("repeat", f"'{'0' * 64}'")
            self._sql(f"UPDATE publishing_chainhead SET {change} WHERE chain = %s", [chain])  # noqa: S608
        return Tampering(f"head: {change}", chain)

    def untie(self) -> Tampering:
        tie = self.random.choice([each for model in TIES for each in model.objects.all()])
        self._sql(f"DELETE FROM {tie._meta.db_table} WHERE id = %s", [tie.pk])  # noqa: S608
        return self._done("untie", tie, {tie.edition_id})

    def tie(self) -> Tampering:
        """An edition is tied to one thing more, or to another one."""
        model = self.random.choice(TIES)
        other = model._meta.get_fields()[-1]
        edition = self.random.choice(Edition.objects.exclude(snapshot__has_key="redacted").order_by("pk"))
        known = model.objects.filter(edition=edition).values_list(other.attname, flat=True)
        new = other.related_model.objects.exclude(pk__in=known).order_by("pk").first()
        columns = f"edition_id, {other.column}"
        self._sql(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES (%s, %s)", [edition.pk, new.pk])  # noqa: S608
        return Tampering("tie", model._meta.label_lower, frozenset({edition.pk}))

    def _model(self) -> type[Record]:
        return self.random.choice(sorted(record_models(), key=lambda model: model._meta.label))

    def _records(self, model) -> list[Record]:
        return list(model.objects.order_by("pk"))

    def _record(self, model=None) -> Record:
        return self.random.choice(self._records(model or self._model()))

    def _reread(self, record: Record) -> Record:
        return type(record).objects.get(pk=record.pk)

    def _neighbour(self, record: Record, step: int) -> int:
        records = type(record).objects.order_by("pk" if step > 0 else "-pk")
        found = records.filter(**{"pk__gt" if step > 0 else "pk__lt": record.pk}).first()
        return found.pk if found else record.pk

    def _rechain(self, model) -> None:
        """Every digest, and the head, as if nothing had been done."""
        digest, records = "", self._records(model)
        for record in records:
            self._set(record, model._meta.get_field("previous_digest"), digest)
            digest = self._reread(record).expected_digest()
            self._set(record, model._meta.get_field("digest"), digest)
        ChainHead.objects.filter(chain=model._meta.label_lower).update(digest=digest, length=len(records))

    def _another(self, field, value):
        """Something else of the same type."""
        match value:
            case None:
                # SQLite keeps any number in a column of moments, and reads it as nothing.
                others = {
                    "DateField": date(2030, 1, 1),
                    "DateTimeField": datetime(2030, 1, 1, tzinfo=UTC),
                    "JSONField": {},
                }
                return others.get(field.get_internal_type(), 7)
            case bool():
                return not value
            case int():
                return value + self.random.randint(1, 9)
            case str():
                return f"{value[:-1]}#" if value else "#"
            case datetime():
                return value + timedelta(seconds=self.random.randint(1, 10**6))
            case date():
                return value + timedelta(days=self.random.randint(1, 99))
            case _:
                return self._another_json(value)

    def _another_json(self, value):
        if isinstance(value, dict) and value and self.random.random() < 0.9:
            name = self.random.choice(sorted(value))
            return value | {name: self._another_json(value[name])}
        if isinstance(value, dict):
            return value | {"new": True}
        if isinstance(value, list):
            return [*value[:-1], self._another_json(value[-1])] if value else [0]
        return 0 if value is None else self._another(None, value)

    def _set(self, record: Record, field, value) -> None:
        if field.get_internal_type() == "JSONField" and value is not None:
            value = json.dumps(value)
        if isinstance(value, datetime) and connection.vendor == "sqlite":
            value = value.astimezone(UTC).replace(tzinfo=None)
        if isinstance(value, date) and connection.vendor == "sqlite":
            value = str(value)
        self._sql(f'UPDATE {record._meta.db_table} SET "{field.column}" = %s WHERE id = %s', [value, record.pk])  # noqa: S608

    def _sql(self, statement: str, values: list) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    def _done(self, what: str, row, named: set[int]) -> Tampering:
        return Tampering(f"{what} {type(row).__name__} {row.pk}", row._meta.label_lower, frozenset(named))
