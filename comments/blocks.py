"""Blocks: a confirmed address, a network or a phrase whose comments are refused or always held, until a day."""

import ipaddress
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.networks import KEPT_DAYS, network_hash
from publishing.events import name_of
from publishing.freshness import Stamp

KNOWN, KNOWN_SECONDS = "comments.blocks", 5


class BlockQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))

    def known(self) -> list["Block"]:
        """Those in force; asked again after some seconds, and when this process has changed one."""
        return cache.get_or_set(KNOWN, lambda: list(self.in_force()), KNOWN_SECONDS)


class Block(models.Model):
    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail address")
        NETWORK = "network", _("network")
        PHRASE = "phrase", _("phrase")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    # An address in small letters; whole words, * at the end of a word for any ending; or the hash of a network.
    value = models.CharField(_("what is blocked"), max_length=254)
    # A network is known only by the hash of a day, as long as the key of that day is kept.
    day = models.DateField(null=True, editable=False)
    refuses = models.BooleanField(
        _("refuse"),
        default=False,
        help_text=_("Its comments go among spam. Otherwise they are held for a closer look."),
    )
    reason = models.TextField(_("reason"))
    created_by = models.CharField(_("by"), max_length=200, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="comments_block_once"),
            models.CheckConstraint(condition=~Q(value="") & ~Q(reason=""), name="comments_block_says_what_and_why"),
            models.CheckConstraint(
                condition=~Q(kind="network") | (Q(day__isnull=False) & Q(expires_at__isnull=False)),
                name="comments_block_of_network_ends",
            ),
        ]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.delete(KNOWN)

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        cache.delete(KNOWN)
        return deleted

    def __str__(self):
        # No address: this stands in the history of changes, which outlives the block.
        shown = self.value if self.kind == self.Kind.PHRASE else timezone.localdate(self.created_at).isoformat()
        return f"{self.get_kind_display()}: {shown}"

    @property
    def is_in_force(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()

    def covers(self, network: str) -> bool:
        """Whether it blocks this network (`comments.networks.network_of`), alone or, of IPv4, with its neighbours."""
        around = _around(network)
        return self.kind == self.Kind.NETWORK and (
            self.value == network_hash(network, self.day)
            or (around != "" and self.value == network_hash(around, self.day))
        )


def _around(network: str) -> str:
    try:
        address = ipaddress.IPv4Address(network)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 24), strict=False))


class NetworkUnknown(Exception):
    """It was not kept, or the key of its day is about to go."""


class AddressUnknown(Exception):
    """None was given, or nobody has proved that it is theirs."""


def block_network_of(comment, *, by, reason: str, refuses: bool = False, until: datetime | None = None) -> Block:
    """Block the network that a comment came from, for 30 days after it at most. If it is blocked already, this reason
    and this end count from now on. Raises NetworkUnknown.
    """
    _require(by)
    if not has_known_network(comment):
        raise NetworkUnknown
    day = timezone.localdate(comment.posted_at)
    latest = last_moment(day)
    end = min(until or latest, latest)
    return _blocked(Block.Kind.NETWORK, comment.network, day, by=by, reason=reason, refuses=refuses, until=end)


def has_known_network(comment) -> bool:
    return bool(comment.network) and last_moment(timezone.localdate(comment.posted_at)) > timezone.now()


def block_address_of(comment, *, by, reason: str, refuses: bool = False, until: datetime | None = None) -> Block:
    """Block the confirmed address of its writer, for good if no end is named. If it is blocked already, this reason and
    this end count from now on. Raises AddressUnknown.
    """
    _require(by)
    if not comment.email or comment.email_confirmed_at is None:
        raise AddressUnknown
    return _blocked(Block.Kind.EMAIL, comment.email, None, by=by, reason=reason, refuses=refuses, until=until)


def _require(by) -> None:
    if not by.has_perm("comments.add_block"):
        raise PermissionDenied


def _blocked(kind, value: str, day: date | None, *, by, reason: str, refuses: bool, until: datetime | None) -> Block:
    with transaction.atomic():
        # One at a time, as in the list of blocks.
        Stamp.lock()
        block = Block.objects.filter(kind=kind, value=value).first()
        if block is None:
            block = Block(kind=kind, value=value, day=day, created_by=name_of(by))
        block.reason, block.refuses, block.expires_at = reason, refuses, until
        block.save()
    return block


def last_moment(day: date) -> datetime:
    """Until when a network can be blocked that was hashed with the key of this day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=KEPT_DAYS), time.min))
