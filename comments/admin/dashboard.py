"""Moderation on the first page of the staff side: what waits, for how long, and how well it goes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils import timezone

from comments.admin.desk_filters import BY_NAME, PARTS, desk_url
from comments.comments import Comment
from comments.decisions import Decision
from comments.mails import ALARM_AFTER

DAYS = 30
# The newest entries of the log that the figures are computed from.
MOST_DECISIONS = 2_000
Action, State = Decision.Action, Comment.State
# What readers have of a comment afterwards. Whoever turns one into the other reverses the decision.
SHOWN = {Action.APPROVED: True, Action.REPORT_DISMISSED: True, Action.REJECTED: False, Action.SPAM: False}


@dataclass(frozen=True)
class Moderation:
    waiting: int
    oldest: datetime | None
    flagged: int
    oldest_flagged: datetime | None
    reported: int
    objections: int
    # From posting to the first decision, half of them faster; None without decisions.
    median: timedelta | None
    decided: int
    reversed: int

    @property
    def is_alarming(self) -> bool:
        """A flag of safety has waited for more than an hour."""
        return self.oldest_flagged is not None and self.oldest_flagged < timezone.now() - ALARM_AFTER

    @property
    def percent_reversed(self) -> int:
        return round(100 * self.reversed / self.decided) if self.decided else 0

    @property
    def median_since(self) -> datetime | None:
        """When something was posted that is decided after the median time just now, for `timesince`."""
        return None if self.median is None else timezone.now() - self.median

    @property
    def urls(self) -> dict[str, str]:
        return {part.name: desk_url(show=part.name) for part in PARTS}


def moderation_of() -> Moderation:
    """Two queries, whatever there is."""
    safety = BY_NAME["safety"].condition
    queue = Comment.objects.queued().order_by()
    now = queue.aggregate(
        waiting=Count("pk"),
        oldest=Min("queued_at"),
        flagged=Count("pk", filter=safety),
        oldest_flagged=Min("queued_at", filter=safety),
        reported=Count("pk", filter=BY_NAME["reported"].condition),
        objections=Count("pk", filter=BY_NAME["objections"].condition),
    )
    return Moderation(**now, **_past())


def _past() -> dict:
    posted = Comment.objects.filter(pk=OuterRef("comment_id")).values("posted_at")[:1]
    log = Decision.objects.filter(Q(action__in=SHOWN) | Q(action=Action.UNDONE)).order_by("-pk")
    rows = log.values_list("comment_id", "action", "state_before", "recorded_at", Subquery(posted))[:MOST_DECISIONS]
    since = timezone.now() - timedelta(days=DAYS)
    by_comment = defaultdict(list)
    for comment, *entry in reversed(rows):
        by_comment[comment].append(entry)
    times, decided, turned = [], 0, 0
    for entries in by_comment.values():
        entries = [entry for entry in entries if entry[2] > since]
        decided += sum(1 for action, *_rest in entries if action in SHOWN)
        turned += _reversed(entries)
        times += _times_to_decision(entries)
    return {"median": median(times) if times else None, "decided": decided, "reversed": turned}


def _times_to_decision(entries: list) -> list[timedelta]:
    """Of a comment decided for the first time; one that is gone from the database tells no time."""
    first = next(((before, at, posted) for action, before, at, posted in entries if action in SHOWN), None)
    if first is None or first[0] != State.WAITING or first[2] is None:
        return []
    return [first[1] - first[2]]


def _reversed(entries: list) -> int:
    """How many decisions were undone, or turned into their opposite by a later one."""
    standing, turned = None, 0
    for action, *_rest in entries:
        if action == Action.UNDONE:
            turned += standing is not None
            standing = None
        else:
            turned += standing is not None and standing != SHOWN[action]
            standing = SHOWN[action]
    return turned
