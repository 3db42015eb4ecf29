"""“Was this page useful?”: an answer with the edition it is about, and nothing about who gave it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.editions import Edition
from publishing.pages import Page

LONGEST_REMARK = 1_000


class FeedbackQuerySet(models.QuerySet):
    def unread(self):
        """Remarks that nobody on the staff has dealt with."""
        return self.filter(read_at__isnull=True).exclude(remark="")


class Feedback(models.Model):
    page = models.ForeignKey(Page, verbose_name=_("page"), related_name="feedback", on_delete=models.CASCADE)
    edition = models.ForeignKey(Edition, verbose_name=_("edition"), related_name="+", on_delete=models.PROTECT)
    section = models.CharField(_("section"), max_length=100, blank=True)
    is_useful = models.BooleanField(_("useful"))
    remark = models.TextField(_("remark"), blank=True)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    read_at = models.DateTimeField(_("dealt with"), null=True)
    read_by = models.CharField(_("by"), max_length=200, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer about a page")
        verbose_name_plural = _("answers about pages")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["page"], condition=Q(read_at__isnull=True), name="comments_unread_feedback")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
