"""Where readers may write: set for a page, a list of pages (a category, a group), or the site; the nearest counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.editions import Edition
from publishing.pages import Page


class Opening(models.Model):
    """One setting. Without page, kind and shelf it is the site's."""

    class Mode(models.TextChoices):
        OPEN = "open", _("Open: readers see comments and may write")
        CLOSED = "closed", _("Closed: nothing new; comments stay, and can be reported and edited")
        READ_ONLY = "read-only", _("Read-only: comments are shown, and nothing can be sent")
        OFF = "off", _("Off: no comments are shown")

    page = models.OneToOneField(
        Page, verbose_name=_("page"), null=True, blank=True, related_name="opening", on_delete=models.CASCADE
    )
    # A kind of page, and the slug of one of its lists: a category of articles, a group of therapies.
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    shelf = models.CharField(_("list"), max_length=100, blank=True)
    mode = models.CharField(_("comments are"), max_length=9, choices=Mode, default=Mode.OPEN)
    close_after_days = models.PositiveSmallIntegerField(
        _("close after … days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Counted from the day the page was first published. Empty: never."),
    )
    changed_by = models.CharField(_("set by"), max_length=200, editable=False)
    changed_at = models.DateTimeField(_("set"), auto_now=True)

    class Meta:
        verbose_name = _("setting for comments")
        verbose_name_plural = _("settings for comments")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "shelf"], condition=Q(page__isnull=True), name="comments_opening_once"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(kind="", shelf=""), name="comments_opening_has_one_reach"
            ),
            models.CheckConstraint(
                condition=Q(kind="", shelf="") | (~Q(kind="") & ~Q(shelf="")),
                name="comments_opening_names_list",
            ),
            models.CheckConstraint(
                condition=Q(close_after_days__isnull=True) | Q(close_after_days__gte=1),
                name="comments_opening_days_in_range",
            ),
        ]

    def __str__(self):
        if self.page_id:
            return str(self.page)
        return f"{self.kind}: {self.shelf}" if self.kind else str(_("the whole site"))


@dataclass(frozen=True)
class Openness:
    """What readers may do on a page now."""

    mode: str
    closes_at: datetime | None = None

    @property
    def shows(self) -> bool:
        return self.mode != Opening.Mode.OFF

    @property
    def takes_comments(self) -> bool:
        return self.mode == Opening.Mode.OPEN

    @property
    def takes_reports(self) -> bool:
        """Reports of comments, and edits by their writers."""
        return self.mode in (Opening.Mode.OPEN, Opening.Mode.CLOSED)


def openness_of(edition: Edition) -> Openness:
    """One query, and another where comments close by themselves."""
    shelf = edition.snapshot["shelf"]["slug"]
    reach = Q(page=edition.page_id) | Q(page=None, kind="") | Q(page=None, kind=edition.kind, shelf=shelf or "-")
    found = list(Opening.objects.filter(reach))
    # The page's own before its list's, before the site's.
    nearest = max(found, key=lambda each: (each.page_id is not None, each.kind != ""), default=None)
    if nearest is None:
        return Openness(Opening.Mode.OPEN)
    if nearest.mode != Opening.Mode.OPEN or not nearest.close_after_days:
        return Openness(nearest.mode)
    first = Edition.objects.filter(page=edition.page_id).order_by("number").values_list("valid_from", flat=True)[0]
    closes_at = first + timedelta(days=nearest.close_after_days)
    mode = Opening.Mode.OPEN if timezone.now() < closes_at else Opening.Mode.CLOSED
    return Openness(mode, closes_at)
