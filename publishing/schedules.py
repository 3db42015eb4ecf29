from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.editions import Edition
from publishing.pages import Page


class Schedule(models.Model):
    """What will become public at a set time: the draft as it stood when it was scheduled, rows included.

    Later changes of the draft do not get into it, so that what was approved is what appears.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="schedule")
    due_at = models.DateTimeField(_("goes live at"), db_index=True)
    snapshot = models.JSONField()
    rows = models.JSONField(default=list)
    change = models.CharField(max_length=12, choices=Edition.Change)
    note = models.TextField(blank=True)
    scheduled_by = models.CharField(_("scheduled by"), max_length=200)
    # What was signed, and the version of the draft that holds it.
    content_digest = models.CharField(max_length=64, blank=True)
    sign_off = models.ForeignKey("publishing.SignOff", null=True, related_name="+", on_delete=models.PROTECT)
    version = models.PositiveIntegerField(default=0)
    # The numbers of the tasks that it puts right.
    fixes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["due_at"]

    def __str__(self):
        return f"{self.page}: {self.due_at:%Y-%m-%d %H:%M}"
