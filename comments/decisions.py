"""The log of moderation: who decided what about a comment, when and why. It outlives comment, account and page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.events import LONGEST_NAME
from publishing.records import Record


class Decision(Record):
    """One entry. Of the text it keeps a digest mixed with the comment's salt; when that is erased, nobody can tell any
    more what the text was.
    """

    class Action(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("marked as spam")
        HELD_BACK = "held-back", _("put among spam by a rule")
        UNDONE = "undone", _("undone")
        RETURNED = "returned", _("put back into the queue")
        EDIT_APPROVED = "edit-approved", _("approved the change")
        EDIT_REJECTED = "edit-rejected", _("rejected the change")
        REPORT_DISMISSED = "kept", _("kept it after a report")
        REPLIED = "replied", _("answered as the organisation")
        TASK_OPENED = "task-opened", _("opened a task for the page")
        BLOCKED = "blocked", _("blocked its writer")
        EDITED = "edited", _("edited by its writer")
        REPORTED = "reported", _("reported by a reader")
        OBJECTED = "objected", _("its writer objected")
        WITHDRAWN = "withdrawn", _("withdrawn by its writer")
        ERASED = "erased", _("erased")
        EXPORTED = "exported", _("exported for its writer")

    action = models.CharField(_("action"), max_length=13, choices=Action)
    # Plain numbers, not foreign keys: an entry stays as it is when a comment, an account or a page is deleted.
    comment_id = models.BigIntegerField(_("comment"), db_index=True)
    page_id = models.BigIntegerField()
    page_title = models.CharField(_("page"), max_length=200)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("who"), max_length=LONGEST_NAME)
    state_before = models.CharField(max_length=10)
    state_after = models.CharField(max_length=10)
    # The version of the comment that this decision made.
    version = models.PositiveIntegerField()
    # The house rule it refers to (`comments.house_rules`), or the name of the rule of the pipeline.
    rule = models.CharField(_("rule"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    text_digest = models.CharField(_("digest of the text"), max_length=64)
    # Decisions made together, and undone together.
    batch = models.CharField(max_length=43, blank=True, db_index=True)

    redactable_parts = {"text": ("reason",), "title": ("page_title",)}

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return f"{self.user_name} {self.get_action_display()}: {self.comment_id}"
