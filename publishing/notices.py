"""Interim notices: a dated, signed, expiring word of safety on public pages, without an edition or a new date."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.pages import Page, Problem
from publishing.people import Person
from publishing.records import Record, RecordQuerySet

# What holds for longer belongs into the text of the pages.
LONGEST = timedelta(days=366)


class NoticeRefused(Exception):
    """The rules refuse; `problems` lists every reason at once."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(str(problem.message) for problem in problems))


class NoticeQuerySet(RecordQuerySet):
    def in_force(self, moment=None):
        moment = moment or timezone.now()
        return self.filter(recorded_at__lte=moment, expires_at__gt=moment).exclude(end__recorded_at__lte=moment)


class Notice(Record):
    """It is in force from the moment it is recorded until it expires or is ended."""

    class Reach(models.TextChoices):
        PAGE = "page", _("This page only")
        MENTIONS = "mentions", _("This page and every page that mentions it")

    page = models.ForeignKey("publishing.Page", related_name="notices", on_delete=models.PROTECT)
    reach = models.CharField(_("where it stands"), max_length=8, choices=Reach, default=Reach.PAGE)
    # The page as it was called then: the notice outlives its title.
    subject = models.CharField(max_length=200)
    text = models.TextField(_("text"), help_text=_("Plain words: what is known, and what readers should do."))
    expires_at = models.DateTimeField(_("expires"))
    signer = models.ForeignKey("publishing.Person", related_name="notices", on_delete=models.PROTECT)
    signer_name = models.CharField(max_length=200)
    signer_credentials = models.CharField(max_length=200)
    issued_by_id = models.BigIntegerField(null=True)
    issued_by = models.CharField(max_length=200)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("interim notice")
        verbose_name_plural = _("interim notices")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="publishing_notice_has_text"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("recorded_at")), name="publishing_notice_expires_later"
            ),
        ]

    def __str__(self):
        return f"{self.subject}: {self.text[:60]}"

    def get_admin_url(self):
        return reverse("admin:publishing_notice_change", args=[self.pk])

    @property
    def ending(self) -> "NoticeEnd | None":
        """How it was ended before it expired, if it was. One query, none with `select_related("end")`."""
        try:
            return self.end
        except NoticeEnd.DoesNotExist:
            return None

    @property
    def is_in_force(self) -> bool:
        return self.expires_at > timezone.now() and self.ending is None


class NoticeEnd(Record):
    """A notice is ended before it expires."""

    notice = models.OneToOneField(Notice, related_name="end", on_delete=models.PROTECT)
    reason = models.TextField(_("reason"))
    ended_by_id = models.BigIntegerField(null=True)
    ended_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("end of a notice")
        verbose_name_plural = _("ends of notices")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="publishing_notice_end_has_reason")]

    def __str__(self):
        return str(self.notice_id)


def issue(page: Page, *, by, text: str, reach: str, expires_at: datetime, signer: Person | None = None) -> Notice:
    """Put a notice up at once. Raises NoticeRefused or PermissionDenied.

    Whoever issues it signs it, as the person of their account; a command names the `signer`. A withdrawn page can have
    one on the pages that mention it.
    """
    _require(by, "publishing.add_notice")
    with transaction.atomic():
        Stamp.lock()
        page = Page.objects.select_related("live").get(pk=page.pk)
        shown = page.live or page.editions.order_by("number").last()
        signer = signer if isinstance(by, str) else signer_of(by)
        problems = _problems(page, text=text, reach=reach, expires_at=expires_at, signer=signer)
        if problems:
            raise NoticeRefused(problems)
        notice = Notice.append(
            page_id=page.pk,
            reach=reach,
            subject=shown.title,
            text=text,
            expires_at=expires_at,
            signer=signer,
            signer_name=signer.name,
            signer_credentials=signer.credentials,
            issued_by_id=None if isinstance(by, str) else by.pk,
            issued_by=name_of(by),
        )
        expires = expires_at.isoformat()
        record(Event.Action.NOTICE_ISSUED, page, by=by, reason=text, notice=notice.digest, expires_at=expires)
        Stamp.note_due(expires_at)
        Stamp.raise_counter()
        return notice


def end(notice: Notice, *, by, reason: str) -> NoticeEnd:
    """Take a notice down before it expires. What it said stays in the history of the page."""
    _require(by, "publishing.change_notice")
    with transaction.atomic():
        Stamp.lock()
        problems = []
        if not Notice.objects.in_force().filter(pk=notice.pk).exists():
            problems.append(Problem("", _("This notice is no longer in force.")))
        if not reason.strip():
            problems.append(Problem("reason", _("Say why: readers see it in the history of the page.")))
        if problems:
            raise NoticeRefused(problems)
        ended = NoticeEnd.append(
            notice=notice,
            reason=reason,
            ended_by_id=None if isinstance(by, str) else by.pk,
            ended_by=name_of(by),
        )
        record(Event.Action.NOTICE_ENDED, notice.page, by=by, reason=reason, notice=notice.digest, end=ended.digest)
        Stamp.raise_counter()
        return ended


def signer_of(user) -> Person | None:
    return Person.objects.filter(user=user).first()


def _require(by, permission: str) -> None:
    if not isinstance(by, str) and not by.has_perm(permission):
        raise PermissionDenied(_("Your account may not do this: it lacks the right “%s”.") % permission)


def _problems(page: Page, *, text: str, reach: str, expires_at: datetime, signer: Person | None) -> list[Problem]:
    found, now = [], timezone.now()
    if not page.was_public:
        found.append(Problem("page", _("This page was never public, so there is nobody to warn.")))
    elif page.live is None and reach != Notice.Reach.MENTIONS:
        message = _("This page was withdrawn. A notice can still stand on the pages that mention it: choose those.")
        found.append(Problem("reach", message))
    if not text.strip():
        found.append(Problem("text", _("Say what is known, and what readers should do.")))
    if not now < expires_at <= now + LONGEST:
        message = _("Choose a time in the future, at most 12 months ahead. What holds longer belongs into the text.")
        found.append(Problem("expires_at", message))
    return found + _signer_problems(page, signer)


def _signer_problems(page: Page, signer: Person | None) -> list[Problem]:
    if signer is None:
        message = _(
            "Your account belongs to no person in the list of people, so readers could not be told who signs this. "
            "Ask an administrator to add you there, with your credentials."
        )
        return [Problem("", message)]
    if not signer.credentials.strip():
        message = _("“%s” needs credentials in the list of people: readers see them under the notice.")
        return [Problem("", message % signer)]
    if signer.is_demonstration and not page.is_demonstration:
        return [Problem("", _("“%s” stands in for a clinician on demonstration content only.") % signer)]
    return []
