"""Blocks: a confirmed address, a network or a phrase whose comments are refused or always held, until a day."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BlockQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))


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

    def __str__(self):
        shown = self.value if self.kind != self.Kind.NETWORK else _("a network, of %s") % self.day
        return f"{self.get_kind_display()}: {shown}"
