"""Contributions: who changed the draft of a page since it was last published. They may not sign it off."""

from collections.abc import Collection

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.events import Event, name_of, record
from publishing.pages import IN_REVIEW, STATE_AFTER_SAVING, Page


class Contribution(models.Model):
    page = models.ForeignKey(Page, related_name="contributions", on_delete=models.CASCADE)
    # Plain, not a foreign key: deleting an account does not make its owner a stranger to the text.
    user_id = models.BigIntegerField()
    user_name = models.CharField(_("who"), max_length=200)
    # The draft's version that came of it.
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["changed_at"]
        constraints = [models.UniqueConstraint(fields=["page", "user_id"], name="publishing_contribution_once")]

    def __str__(self):
        return f"{self.user_name}: {self.page_id}"


def note_change(page_ids: Collection[int], *, by, seen_states: dict[int, str] | None = None) -> None:
    """Note that `by` changed what these drafts say, after that was stored and counted (`Page.save`, `touch_drafts`).

    `seen_states` are the states before the change: a page that was being reviewed goes back to its authors, and the
    audit trail says so. Two queries, and some for each page that was in review.
    """
    if not isinstance(by, str):
        known = {"user_name": name_of(by), "changed_at": timezone.now()}
        versions = Page.objects.filter(pk__in=page_ids).values_list("pk", "version")
        Contribution.objects.bulk_create(
            [Contribution(page_id=pk, user_id=by.pk, version=version, **known) for pk, version in versions],
            update_conflicts=True,
            unique_fields=["page", "user_id"],
            update_fields=["user_name", "version", "changed_at"],
        )
    fallen = [pk for pk, state in (seen_states or {}).items() if state in IN_REVIEW]
    for page in Page.objects.filter(pk__in=fallen).exclude(state__in=IN_REVIEW):
        record(Event.Action.CHANGED_IN_REVIEW, page, by=by, was=seen_states[page.pk])


def touch_drafts(page_ids: Collection[int], *, by) -> None:
    """Count a change of these drafts that their own columns do not show: a row, a name, a source they cite."""
    states = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "state"))
    for page_id in page_ids:
        Page(pk=page_id).touch(state=STATE_AFTER_SAVING)
    note_change(page_ids, by=by, seen_states=states)
