"""What reviewing a draft needs: its place in the queue, and the comments of those who read it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.pages import Page


class ReviewRequestQuerySet(models.QuerySet):
    def open(self):
        """A change of the draft takes it out of review, and its request out of the queue."""
        return self.filter(stage=F("page__state"))

    def claimed(self):
        return self.filter(claimed_by__isnull=False, claimed_at__gt=_claims_end())

    def in_the_pool(self):
        """Nobody has it: not taken, or taken so long ago that it went back."""
        return self.filter(Q(claimed_by__isnull=True) | Q(claimed_at__lte=_claims_end()))

    def went_back_untold(self):
        """Taken and not finished, and whoever had it has not been told so since."""
        told = Q(return_told_at__isnull=False, return_told_at__gt=F("claimed_at"))
        return self.filter(~told, claimed_by__isnull=False, claimed_at__lte=_claims_end())

    def overdue(self):
        return self.filter(due_on__lt=timezone.localdate())


class ReviewRequest(models.Model):
    """A draft that waits for an editor or a medical reviewer, as long as the page is in the state of that name."""

    class Stage(models.TextChoices):
        EDITORIAL = "editorial", _("Editorial review")
        MEDICAL = "medical", _("Medical review")

    page = models.OneToOneField(Page, related_name="review_request", on_delete=models.CASCADE)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage)
    message = models.TextField(_("message"), blank=True)
    requested_by = models.CharField(_("asked by"), max_length=200)
    requested_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_on = models.DateField(_("due"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.SET_NULL,
    )
    claimed_at = models.DateTimeField(_("taken"), null=True)
    # When whoever had taken it was told that it went back to the pool.
    return_told_at = models.DateTimeField(null=True)

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("review request")
        verbose_name_plural = _("review requests")
        ordering = ["due_on", "requested_at", "pk"]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.page}"

    @property
    def is_claimed(self) -> bool:
        return self.claimed_by_id is not None and self.claimed_at > _claims_end()

    @property
    def went_back(self) -> bool:
        """It was taken and not finished, so it is free again."""
        return self.claimed_by_id is not None and not self.is_claimed

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()

    @property
    def age_in_days(self) -> int:
        return (timezone.now() - self.requested_at).days


def _claims_end():
    """Whoever took a review before this moment has it no longer."""
    return timezone.now() - timedelta(days=settings.REVIEW_CLAIM_DAYS)


class ReviewComment(models.Model):
    """What a reader of the draft asks for, at one part of the page. The audit trail keeps comment and answer."""

    page = models.ForeignKey(Page, related_name="review_comments", on_delete=models.CASCADE)
    # The key of a difference or part (`publishing.comparison`): `title`, `section:benefits`, `row:indication-12`.
    part = models.CharField(_("part"), max_length=120)
    part_label = models.CharField(_("about"), max_length=200)
    text = models.TextField(_("comment"))
    written_by_id = models.BigIntegerField()
    written_by = models.CharField(_("by"), max_length=200)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    # The content it was written about.
    content_digest = models.CharField(max_length=64)
    resolution = models.TextField(_("answer"), blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=200, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    class Meta:
        verbose_name = _("review comment")
        verbose_name_plural = _("review comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by="")
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by="")),
                name="publishing_resolved_comment_says_by_whom",
            )
        ]

    def __str__(self):
        return f"{self.part_label}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None
