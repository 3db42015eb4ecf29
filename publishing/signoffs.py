"""Sign-offs: a reviewer vouches for exactly this content of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.editions import SIGN_OFF_LONG, Edition
from publishing.events import Event
from publishing.records import Record, RecordQuerySet


class SignOffQuerySet(RecordQuerySet):
    def light(self):
        """Without the long columns."""
        return self.defer(*SIGN_OFF_LONG)

    def covering(self, page, digest: str) -> "SignOff | None":
        """The sign-off under which this content of the page may be public. Three queries.

        Only the newest sign-off counts, none from before the page was last withdrawn, and none after which the page was
        sent back to its authors: what was replaced or taken back after a review does not return without another one.
        """
        newest = self.in_force(page)
        return newest if newest is not None and newest.content_digest == digest else None

    def in_force(self, page) -> "SignOff | None":
        """The newest sign-off, unless the page was withdrawn or sent back since: whatever is signed next adds to it."""
        newest = self.filter(page=page.pk).order_by("pk").last()
        if newest is None:
            return None
        withdrawn = page.editions.filter(change=Edition.Change.WITHDRAWAL).order_by("number").last()
        if withdrawn and newest.recorded_at <= withdrawn.recorded_at:
            return None
        returned = Event.objects.filter(
            action=Event.Action.RETURNED, subject_id=page.pk, details__sign_off=newest.digest
        )
        return None if returned.exists() else newest


class SignOff(Record):
    """Who reviewed what, on what date (`recorded_at`), with name, credentials and interests as they were then.

    The database refuses one by somebody who changed the draft (`publishing.triggers`).
    """

    class Scope(models.TextChoices):
        WHOLE = "whole", _("The whole page")
        PART = "part", _("The changed parts only")

    page = models.ForeignKey("publishing.Page", related_name="sign_offs", on_delete=models.PROTECT)
    content = models.JSONField(help_text="What was signed (`publishing.content`).")
    content_digest = models.CharField(max_length=64, db_index=True)
    scope = models.CharField(_("what was reviewed"), max_length=5, choices=Scope)
    # Of a part: which ones, in words; and the last review of the whole page, which keeps the date.
    parts = models.JSONField(default=list)
    whole_review = models.ForeignKey("self", null=True, related_name="part_reviews", on_delete=models.PROTECT)
    # The questions that only a person can answer, confirmed; and what the checks said at that moment.
    answers = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    note = models.TextField(_("note"), blank=True)
    reviewer = models.ForeignKey(
        "publishing.Person", verbose_name=_("reviewer"), related_name="sign_offs", on_delete=models.PROTECT
    )
    reviewer_name = models.CharField(max_length=200)
    reviewer_credentials = models.CharField(max_length=200)
    reviewer_role = models.CharField(max_length=200, blank=True)
    reviewer_interests = models.TextField()
    # The reviewer is a role that stands in for a clinician: on demonstration content only.
    is_demonstration = models.BooleanField(default=False)
    # Plain, not a foreign key: a record may not be touched when an account is deleted.
    signed_by_id = models.BigIntegerField(null=True)
    signed_by = models.CharField(max_length=200)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        get_latest_by = "pk"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_by_id__isnull=False) | models.Q(is_demonstration=True),
                name="publishing_sign_off_by_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewer_credentials="") & ~models.Q(reviewer_interests=""),
                name="publishing_sign_off_states_credentials_and_interests",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="whole", whole_review__isnull=True)
                | models.Q(scope="part", whole_review__isnull=False),
                name="publishing_part_sign_off_adds_to_a_whole_one",
            ),
        ]

    def __str__(self):
        return f"{self.reviewer_name}: {self.page_id}"

    @property
    def whole(self) -> "SignOff":
        """The review of the whole page that this one is or adds to."""
        return self.whole_review or self
