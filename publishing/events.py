"""The audit trail: who did what, when and why. Names are kept as text, so that they outlive accounts and pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.records import Record

LONGEST_NAME = 200


def name_of(by) -> str:
    """The name to record for a user, or for a command, which gives its name as text."""
    name = by if isinstance(by, str) else by.get_full_name() or by.get_username()
    return name[:LONGEST_NAME]


class Event(Record):
    class Action(models.TextChoices):
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("schedule cancelled")
        SCHEDULE_FAILED = "schedule-failed", _("scheduled publishing failed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CHANGED = "changed", _("changed what is public")
        SUBMITTED = "submitted", _("submitted for review")
        SENT_ON = "sent-on", _("sent on to medical review")
        RETURNED = "returned", _("returned to the authors")
        CHANGED_IN_REVIEW = "changed-in-review", _("changed while in review")
        RESTORED = "restored", _("restored to what was signed off or is public")
        SIGNED_OFF = "signed-off", _("signed off")
        APPROVED = "approved", _("approved")
        CLAIMED = "claimed", _("took the review")
        RELEASED = "released", _("gave the review back")
        COMMENTED = "commented", _("commented on the draft")
        RESOLVED = "resolved", _("resolved a comment")
        PREVIEW_SHARED = "preview-shared", _("shared a preview of the draft")
        NOTICE_ISSUED = "notice-issued", _("issued a notice")
        NOTICE_ENDED = "notice-ended", _("ended a notice")
        REDACTED = "redacted", _("redacted")
        EXPORTED = "exported", _("exported the evidence")
        RIGHTS_CHANGED = "rights-changed", _("changed rights")
        SOURCE_FLAGGED = "source-flagged", _("flagged a source")
        MERGED = "merged", _("merged into another")
        UNMERGED = "unmerged", _("undid the merge of")
        TASK_OPENED = "task-opened", _("opened a task")
        TASK_CLOSED = "task-closed", _("closed a task")
        IMPORTED = "imported", _("imported")
        DELETED = "deleted", _("deleted")

    action = models.CharField(_("action"), max_length=20, choices=Action)
    # Plain numbers, not foreign keys: a record may not be touched when an account or a draft is deleted.
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("who"), max_length=LONGEST_NAME)
    subject_label = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(_("about"), max_length=300)
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("audit trail")
        indexes = [models.Index(fields=["subject_label", "subject_id"])]

    def __str__(self):
        return f"{self.user_name} {self.get_action_display()}: {self.subject_name}"


def record(action: Event.Action, subject, *, by, reason: str = "", **details) -> Event:
    """Append one entry about a saved object. `by` is a user, or the name of the command that acts."""
    return Event.append(
        action=action,
        user_id=None if isinstance(by, str) else by.pk,
        user_name=name_of(by),
        subject_label=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:300],
        reason=reason,
        details=details,
    )
