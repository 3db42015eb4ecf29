"""The spam filters that were trained here (`comments.spam`); the newest is used."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SpamFilter(models.Model):
    trained_at = models.DateTimeField(_("trained"), default=timezone.now)
    spam_count = models.PositiveIntegerField(_("spam"))
    genuine_count = models.PositiveIntegerField(_("genuine"))
    words = models.JSONField()

    class Meta:
        verbose_name = _("spam filter")
        verbose_name_plural = _("spam filters")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.trained_at:%Y-%m-%d}"
