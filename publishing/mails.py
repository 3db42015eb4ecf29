"""What the staff are told by mail: that the review of a page falls due, that a review they took went back to the pool.

Who may be told is asked at the moment of sending. Each message is sent in the transaction that records it: it is
recorded only once the server has accepted it, and two runs at a time do not send it twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.editions import Edition
from publishing.models import Page, ReviewReminder, ReviewRequest
from publishing.workflow import REVIEWERS

# Days before a review is due.
STEPS = (60, 30, 0)


def recipients(permission: str = "publishing.view_page"):
    """The accounts that may be written to about pages now."""
    return User.objects.with_perm(permission).filter(is_staff=True).exclude(email="")


@dataclass(frozen=True)
class DueReview:
    """A live edition whose review is due soon or overdue, and the step of its reminders that it has reached."""

    edition: Edition
    days: int

    def __str__(self):
        return f"“{self.edition.title}”, review due {self.edition.review_due_on}"

    @property
    def page(self) -> Page:
        return self.edition.page

    def recipients(self) -> list[User]:
        """Owner and deputy, as far as they may be told now. Two queries."""
        page = Page.objects.filter(pk=self.page.pk, live_id=self.edition.pk).first()
        wanted = [page.owner_id, page.deputy_id] if page else []
        return list(recipients().filter(pk__in=filter(None, wanted)).order_by("pk"))

    def send(self, user: User) -> bool:
        """Whether it was sent now: once to each person. Raises OSError when the mail server refuses it."""
        with transaction.atomic():
            if user not in self.recipients():
                return False
            known = {"page_id": self.page.pk, "due_on": self.edition.review_due_on, "days": self.days}
            _reminder, is_new = ReviewReminder.objects.get_or_create(
                **known, user_id=user.pk, defaults={"user_name": user.get_username()}
            )
            if is_new:
                self._message(user).send()
            return is_new

    def was_sent(self, user: User) -> bool:
        known = {"page": self.page, "due_on": self.edition.review_due_on, "days": self.days}
        return ReviewReminder.objects.filter(**known, user_id=user.pk).exists()

    def _subject(self) -> str:
        left = (self.edition.review_due_on - timezone.localdate()).days
        if left < 0:
            return _("Review overdue: %s") % self.edition.title
        if left == 0:
            return _("Review due today: %s") % self.edition.title
        text = ngettext("Review due in %(days)d day: %(title)s", "Review due in %(days)d days: %(title)s", left)
        return text % {"days": left, "title": self.edition.title}

    def _message(self, user: User) -> EmailMessage:
        words = {
            "title": self.edition.title,
            "due": date_format(self.edition.review_due_on, "j F Y"),
            "reviewed": date_format(timezone.localtime(self.edition.reviewed_at), "j F Y"),
            "public": settings.SITE_URL + self.edition.get_absolute_url(),
            "form": settings.SITE_URL + self.page.get_admin_url(),
        }
        text = _(
            "The whole of the page “%(title)s” was last reviewed on %(reviewed)s. The next review is due on %(due)s; "
            "after that day readers are told that it is overdue.\n\n"
            "The page: %(public)s\n"
            "Its draft: %(form)s\n\n"
            "Look through the page and its sources, change what is out of date, and submit it for review. If nothing "
            "needs to change, submit it as it is.\n\n"
            "You get this message because you are the owner or the deputy of this page."
        )
        return _message(self._subject(), text % words, user)


def due_reviews() -> Iterator[DueReview]:
    """One for each live edition that has reached a step; of several steps only the last. One query."""
    today = timezone.localdate()
    found = Edition.objects.live().for_cards().select_related("page")
    for edition in found.filter(review_due_on__lte=today + timedelta(days=max(STEPS))).order_by("review_due_on", "pk"):
        left = (edition.review_due_on - today).days
        yield DueReview(edition, min(step for step in STEPS if left <= step))


@dataclass(frozen=True)
class ReturnedReview:
    """A review that somebody took and did not finish in time, so that it went back to the pool."""

    request: ReviewRequest

    def __str__(self):
        return f"“{self.request.page.title}”, review taken and not finished"

    def recipients(self) -> list[User]:
        """Whoever had it, if the account may still do such reviews."""
        return list(recipients(REVIEWERS[self.request.stage]).filter(pk=self.request.claimed_by_id))

    def send(self, user: User) -> bool:
        with transaction.atomic():
            untold = ReviewRequest.objects.open().went_back_untold().filter(pk=self.request.pk, claimed_by=user)
            if user not in self.recipients() or not untold.update(return_told_at=timezone.now()):
                return False
            self._message(user).send()
            return True

    def was_sent(self, user: User) -> bool:
        return False

    def _message(self, user: User) -> EmailMessage:
        words = {
            "title": self.request.page.title,
            "stage": self.request.get_stage_display(),
            "days": settings.REVIEW_CLAIM_DAYS,
            "queue": settings.SITE_URL + reverse("admin:publishing_queue"),
        }
        text = ngettext(
            "You took the review of “%(title)s” (%(stage)s) more than %(days)d day ago. It is free for others "
            "again.\n\nIf you still want to do it, take it again: %(queue)s",
            "You took the review of “%(title)s” (%(stage)s) more than %(days)d days ago. It is free for others "
            "again.\n\nIf you still want to do it, take it again: %(queue)s",
            settings.REVIEW_CLAIM_DAYS,
        )
        return _message(_("Review back in the pool: %s") % self.request.page.title, text % words, user)


def returned_reviews() -> Iterator[ReturnedReview]:
    for request in ReviewRequest.objects.open().went_back_untold().select_related("page").order_by("pk"):
        yield ReturnedReview(request)


def _message(subject: str, text: str, user: User) -> EmailMessage:
    # A title may have been imported with a line break, which a subject cannot hold.
    return EmailMessage(" ".join(subject.split()), text, to=[user.email])
