"""What moderators write to each other about a comment, and what readers report about it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.comments import Comment


class Note(models.Model):
    comment = models.ForeignKey(Comment, related_name="notes", on_delete=models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.SET_NULL)
    author_name = models.CharField(_("by"), max_length=200)
    text = models.TextField(_("note"), max_length=1_000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note between moderators")
        verbose_name_plural = _("notes between moderators")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"{self.author_name}: {self.comment_id}"


class Report(models.Model):
    """A reader says that an approved comment should not stand there: once from each network."""

    class Reason(models.TextChoices):
        DANGEROUS = "dangerous", _("It could harm somebody's health")
        ADVERTISING = "advertising", _("It is advertising")
        UNKIND = "unkind", _("It is unkind or hateful")
        PRIVATE = "private", _("It tells private things about a person")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, related_name="reports", on_delete=models.CASCADE)
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    words = models.TextField(_("in the reader's words"), blank=True)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    # Hash of the network with the key of that day.
    network = models.CharField(max_length=64, blank=True)
    handled_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("report by a reader")
        verbose_name_plural = _("reports by readers")
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "network"], condition=~models.Q(network=""), name="comments_report_once"
            )
        ]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.comment_id}"
