"""Networks: where a comment comes from, known only as a hash with the key of its day, and how often one may write.

The keys are random and are thrown away after 30 days (`manage.py prune`); what was hashed with them can no longer be
told. No full address is stored anywhere.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.networks import network_of

__all__ = [
    "KEPT_DAYS",
    "Limit",
    "NetworkKey",
    "RecentPosts",
    "forget_networks",
    "network_hash",
    "network_of",
]
KEPT_DAYS = 30


class NetworkKey(models.Model):
    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")

    def __str__(self):
        return str(self.day)

    @classmethod
    def of(cls, day: date) -> str | None:
        """The key of that day, or nothing once it was thrown away. Today's is made when it is first asked for.

        No query where this process has asked before.
        """
        name = f"comments.network-key.{day}"
        key = cache.get(name)
        if key is None and day == timezone.localdate():
            key = cls.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})[0].key
        elif key is None:
            key = cls.objects.filter(day=day).values_list("key", flat=True).first()
        if key is not None:
            cache.set(name, key, 60 * 60)
        return key


def network_hash(network: str, day: date | None = None) -> str:
    """Empty for a day whose key is gone."""
    key = NetworkKey.of(day or timezone.localdate())
    return hmac.digest(key.encode(), network.encode(), hashlib.sha256).hex() if key else ""


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds."""

    name: str
    most: int
    seconds: int

    @property
    def minutes(self) -> int:
        return self.seconds // 60


class RecentPosts(models.Model):
    """When a network last sent something, per limit: shared by all processes, and it survives a restart."""

    key = models.CharField(max_length=100, unique=True)
    # Seconds since 1970, the oldest first.
    times = models.JSONField(default=list)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("recent posts of a network")
        verbose_name_plural = _("recent posts of networks")

    def __str__(self):
        return self.key

    @classmethod
    def is_full(cls, limit: Limit, network: str) -> bool:
        """Whether this process knows that the network may send no more now, as it was refused before. No query: it
        spares the work that comes before `allow`.
        """
        return cache.get(_full(_keys_of(limit, network, timezone.now())[0]), False)

    @classmethod
    def allow(cls, limit: Limit, network: str) -> bool:
        """Whether the network may send one more now, which is counted if so. Two queries.

        Inside the transaction that stores what was sent: others of the same network wait for its end.
        """
        now = timezone.now()
        today, *_before = keys = _keys_of(limit, network, now)
        with transaction.atomic(savepoint=False):
            rows = cls.objects.filter(key__in=keys).order_by("pk").select_for_update().values_list("key", "times")
            known = dict(rows)
            if today not in known and len(_recent(limit, now, known.values())) < limit.most:
                try:
                    with transaction.atomic():
                        cls(key=today, times=[now.timestamp()], last_at=now).save(force_insert=True)
                    return True
                except IntegrityError:
                    # Another process made the row this moment.
                    known = dict(rows.all())
            counted = _recent(limit, now, known.values())
            if len(counted) >= limit.most:
                cache.set(_full(today), True, counted[-limit.most] + limit.seconds - now.timestamp())
                return False
            times = [*_recent(limit, now, [known[today]]), now.timestamp()]
            cls.objects.filter(key=today).update(times=times, last_at=now)
        return True


def _full(key: str) -> str:
    return f"comments.full.{key}"


def _keys_of(limit: Limit, network: str, now: datetime) -> list[str]:
    """Of today, and in the first minutes of a day also of yesterday, whose key was another."""
    earliest = now - timedelta(seconds=limit.seconds)
    days = {timezone.localdate(now): None, timezone.localdate(earliest): None}
    hashes = (network_hash(network, day) for day in days)
    return [f"{limit.name}:{hashed}" for hashed in hashes if hashed]


def _recent(limit: Limit, now: datetime, rows: Iterable[list[float]]) -> list[float]:
    """The moments that still count, in order."""
    return sorted(moment for times in rows for moment in times if moment > now.timestamp() - limit.seconds)


def forget_networks() -> int:
    """Throw away keys older than 30 days; returns how many. `comments.retention.prune` blanks what they hashed."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return NetworkKey.objects.filter(day__lt=oldest).delete()[0]
