"""Reminders: owner and deputy of a page are told before its review falls due, once each."""

import secrets

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class ReviewReminder(models.Model):
    """A reminder that was sent: so many days before this due date, to this account."""

    page = models.ForeignKey("publishing.Page", related_name="reminders", on_delete=models.CASCADE)
    due_on = models.DateField(_("review due"))
    days = models.PositiveSmallIntegerField(_("days before"))
    user_id = models.BigIntegerField()
    user_name = models.CharField(_("to"), max_length=200)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("review reminder")
        verbose_name_plural = _("review reminders")
        constraints = [
            models.UniqueConstraint(fields=["page", "due_on", "days", "user_id"], name="publishing_reminder_once")
        ]

    def __str__(self):
        return f"{self.page_id}: {self.due_on}, {self.days}"


class CalendarKey(models.Model):
    """The secret part of the address of somebody's calendar feed."""

    user = models.OneToOneField("auth.User", related_name="calendar_key", on_delete=models.CASCADE)
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("calendar key")
        verbose_name_plural = _("calendar keys")

    def __str__(self):
        return str(self.user_id)

    @classmethod
    def renew(cls, user) -> "CalendarKey":
        """A new key; the address with an earlier one leads nowhere from then on."""
        with transaction.atomic():
            cls.objects.filter(user=user).delete()
            return cls.objects.create(user=user, key=secrets.token_urlsafe(32))
