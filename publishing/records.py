"""Records: rows that are written once and never changed, each carrying the digest of the one before it.

The database refuses to change or delete them (`publishing.triggers`); the chain of digests makes it visible when
someone got round that. A subclass of `WrittenOnce` is protected by being one; there is no list to keep.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone


class RecordIsImmutable(Exception):
    """Raised when code tries to change or delete what has been recorded."""


def canonical_json(value: object) -> str:
    """The one text form of a value: sorted keys, no spaces, Unicode as it is. Digests are taken of this."""
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


class ChainHead(models.Model):
    """The newest digest and the length of one chain; its row is locked while a record is appended."""

    chain = models.CharField(max_length=100, primary_key=True)
    digest = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.chain}: {self.length}"


class RecordQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise RecordIsImmutable(f"{self.model._meta.verbose_name}: recorded rows are never changed.")

    def delete(self):
        raise RecordIsImmutable(f"{self.model._meta.verbose_name}: recorded rows are never deleted.")


class WrittenOnce(models.Model):
    """A row that is never changed or deleted: refused here with a clear word, and by triggers in the database."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise RecordIsImmutable(f"{self._meta.verbose_name} {self.pk}: recorded rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise RecordIsImmutable(f"{self._meta.verbose_name} {self.pk}: recorded rows are never deleted.")


class Record(WrittenOnce):
    recorded_at = models.DateTimeField(editable=False)
    previous_digest = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    # Columns that came when there were records already, each with what it holds in those: while a column holds that,
    # the digest leaves it out, so that the old digests still fit.
    added_later: ClassVar[dict[str, object]] = {}
    # For records of other rooms: the columns whose text can be removed, by part (`publishing.redactions`).
    redactable_parts: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    @classmethod
    def append(cls, **values):
        """Write one record at the end of its chain. Three queries; the chain's head is locked until the commit."""
        record = cls(**values)
        with transaction.atomic():
            head, _ = ChainHead.objects.select_for_update().get_or_create(chain=cls._meta.label_lower)
            record.recorded_at = timezone.now()
            record.previous_digest = head.digest
            record.digest = record.expected_digest()
            record.save(force_insert=True)
            head.digest, head.length = record.digest, head.length + 1
            head.save()
        return record

    def expected_digest(self) -> str:
        """The digest this row must carry: over every column but its number and the digest itself.

        Times are taken in UTC, as both databases give them back.
        """
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        absent = {name for name, value in self.added_later.items() if values[name] == value}
        kept = {name: value for name, value in values.items() if name not in {"id", "digest"} | absent}
        return digest_of({name: _in_utc(value) for name, value in kept.items()})


def _in_utc(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value
