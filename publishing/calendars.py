"""What is going to happen: pages go live, notices expire, reviews fall due. As a list, and as a feed with a key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from publishing import icalendar
from publishing.models import Edition, Notice, ReviewRequest, Schedule

GO_LIVE, EXPIRY, REVIEW, REQUEST = "go-live", "expiry", "review", "request"
LABELS = {
    GO_LIVE: gettext_lazy("Goes live"),
    EXPIRY: gettext_lazy("Notice expires"),
    REVIEW: gettext_lazy("Review of the page due"),
    REQUEST: gettext_lazy("Draft to be reviewed"),
}
# How far back a feed goes.
FEED_PAST = timedelta(days=31)


@dataclass(frozen=True)
class Entry:
    """`at` is empty for what is due on a day. `subject` is the number of what it is about."""

    kind: str
    day: date
    at: datetime | None
    title: str
    detail: str
    url: str
    subject: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def is_late(self) -> bool:
        return self.kind in (REVIEW, REQUEST) and self.day < timezone.localdate()


def entries(first: date, last: date | None = None) -> list[Entry]:
    """From the first to the last day, in order; without a last day, all that is known. Four queries."""
    found = [*_go_lives(first, last), *_expiries(first, last), *_reviews(first, last), *_requests(first, last)]
    return sorted(found, key=lambda entry: (entry.day, entry.at or _midnight(entry.day), entry.title, entry.subject))


def _within(found: QuerySet, column: str, first: date, last: date | None) -> QuerySet:
    found = found.filter(**{f"{column}__gte": first})
    return found if last is None else found.filter(**{f"{column}__lte": last})


def _at_times(found: QuerySet, column: str, first: date, last: date | None) -> QuerySet:
    """The days of the site's time zone, as moments."""
    found = found.filter(**{f"{column}__gte": _midnight(first)})
    return found if last is None else found.filter(**{f"{column}__lt": _midnight(last + timedelta(days=1))})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _go_lives(first, last) -> Iterator[Entry]:
    plans = _at_times(Schedule.objects.select_related("page").defer("snapshot", "rows"), "due_at", first, last)
    for plan in plans:
        who = _("set by %s") % plan.scheduled_by
        day = timezone.localdate(plan.due_at)
        yield Entry(GO_LIVE, day, plan.due_at, plan.page.title, who, plan.page.get_admin_url(), plan.page_id)


def _expiries(first, last) -> Iterator[Entry]:
    found = Notice.objects.in_force().select_related("page")
    for notice in _at_times(found, "expires_at", first, last):
        who = _("signed by %s") % notice.signer_name
        day = timezone.localdate(notice.expires_at)
        yield Entry(EXPIRY, day, notice.expires_at, notice.subject, who, notice.get_admin_url(), notice.pk)


def _reviews(first, last) -> Iterator[Entry]:
    found = Edition.objects.live().for_cards().select_related("page__owner")
    for edition in _within(found, "review_due_on", first, last):
        page = edition.page
        owner = _("owner: %s") % page.owner if page.owner else _("no owner")
        yield Entry(REVIEW, edition.review_due_on, None, edition.title, owner, page.get_admin_url(), page.pk)


def _requests(first, last) -> Iterator[Entry]:
    found = ReviewRequest.objects.open().select_related("page", "claimed_by")
    for asked in _within(found, "due_on", first, last):
        stage = asked.get_stage_display()
        taken = _("%(stage)s, taken by %(who)s") % {"stage": stage, "who": asked.claimed_by}
        detail = taken if asked.is_claimed else stage
        yield Entry(REQUEST, asked.due_on, None, asked.page.title, detail, asked.page.get_admin_url(), asked.page_id)


@require_safe
def feed(request, key):
    """The calendar for a program that knows a key whose owner may see pages now."""
    known = User.objects.with_perm("publishing.view_page").filter(is_staff=True, calendar_key__key=key)
    if not known.exists():
        raise Http404
    events = [_event(entry) for entry in entries(timezone.localdate() - FEED_PAST)]
    text = icalendar.calendar_text(_("ImmunoPortal: reviews and dates"), events, now=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(entry: Entry) -> icalendar.Event:
    host = urlsplit(settings.SITE_URL).hostname
    return icalendar.Event(
        uid=f"{entry.kind}-{entry.subject}@{host}",
        start=entry.at or entry.day,
        summary=f"{entry.label}: {entry.title}",
        description=entry.detail,
        url=settings.SITE_URL + entry.url,
    )
