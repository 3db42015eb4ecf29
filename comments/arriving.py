"""A comment that has just come: what the database knows about it, and what the rules say."""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.blocks import Block
from comments.clinicians import Clinician
from comments.comments import EXPERIENCE_FIELDS, Comment
from comments.networks import Limit
from comments.rules import PAGE_BRAKE, SITE_BRAKE, judge
from comments.text import name_key
from comments.verdicts import Candidate, Circumstances
from publishing.people import Person

POSTS = Limit("post", most=5, seconds=600)
EDITS = Limit("edit", most=10, seconds=600)
REPORTS = Limit("report", most=5, seconds=600)
FEEDBACK = Limit("feedback", most=10, seconds=600)
OWN_DATA = Limit("own-data", most=5, seconds=3600)
DUPLICATE_DAYS = 30
# Shorter texts (“Thank you!”) are written again by anybody.
SHORTEST_FINGERPRINT = 25
# What hardly changes is asked again after so many seconds.
KNOWN_SECONDS = 5
STAFF_NAMES = "comments.staff-names"
STAFF_NAMES_SECONDS = 300


class TooMany(Exception):
    """The network has sent as much as it may for now; `limit` says how much that is."""

    def __init__(self, limit: Limit):
        self.limit = limit
        super().__init__(limit.name)


def candidate_of(comment: Comment, circumstances: Circumstances | None = None) -> Candidate:
    return Candidate(
        name=comment.name,
        text=comment.text,
        experience=tuple(getattr(comment, name) for name in EXPERIENCE_FIELDS),
        kind=comment.kind,
        email=comment.email,
        page_title=comment.page.title,
        circumstances=circumstances,
    )


def judged(
    comment: Comment, *, network: str, form_age: float | None = None, honeypot: str = "", has_worked: bool | None = None
) -> None:
    """Write down on the comment what the rules say of it.

    One query; four more in a process that has not asked for some seconds.
    """
    blocked, phrases = _blocks(comment, network)
    judgement = judge(
        candidate_of(
            comment,
            Circumstances(
                form_age=form_age,
                honeypot=honeypot,
                has_worked=has_worked,
                duplicates=_duplicates(comment),
                on_page=_recent(PAGE_BRAKE, timedelta(hours=1), page=comment.page_id),
                on_site=_recent(SITE_BRAKE, timedelta(minutes=1)),
                blocked=blocked,
                blocked_phrases=phrases,
                staff_names=staff_names(),
            ),
        )
    )
    comment.outcome, comment.findings = judgement.outcome, judgement.findings
    comment.flags, comment.priority = list(judgement.flags), judgement.priority


def _duplicates(comment: Comment) -> int:
    if not comment.fingerprint:
        return 0
    since = timezone.now() - timedelta(days=DUPLICATE_DAYS)
    known = Comment.objects.filter(fingerprint=comment.fingerprint, posted_at__gt=since).order_by()
    return len(known.values_list("pk", flat=True)[:3])


def _recent(brake: int, span: timedelta, **where) -> int:
    """How many have come of late, counted up to the brake and asked again after some seconds."""

    def count() -> int:
        found = Comment.objects.filter(posted_at__gt=timezone.now() - span, **where).order_by()
        return len(found.values_list("pk", flat=True)[:brake])

    return cache.get_or_set(f"comments.recent.{span}.{where}".replace(" ", ""), count, KNOWN_SECONDS)


def _blocks(comment: Comment, network: str) -> tuple[tuple[str, bool] | None, tuple[tuple[str, str, bool], ...]]:
    """What applies to the sender, the strictest if there are several, and every phrase."""
    sender, phrases = [], []
    for block in Block.objects.known():
        if not block.is_in_force:
            continue
        if block.kind == Block.Kind.PHRASE:
            phrases.append((block.value, block.reason, block.refuses))
        elif block.covers(network) or (block.kind == Block.Kind.EMAIL and block.value == comment.email):
            sender.append((block.reason, block.refuses))
    return max(sender, key=lambda each: each[1], default=None), tuple(phrases)


def staff_names() -> frozenset[str]:
    """Keys of the names that only staff, authors, verified clinicians and the site itself carry. Three queries, every
    five minutes.
    """
    names = cache.get(STAFF_NAMES)
    if names is None:
        users = User.objects.filter(is_staff=True, is_active=True).values_list("username", "first_name", "last_name")
        found = {settings.PUBLISHER_NAME, *Person.objects.values_list("name", flat=True)}
        found.update(Clinician.objects.current().values_list("name", flat=True))
        for username, first, last in users:
            found |= {username, f"{first} {last}" if first and last else ""}
        names = frozenset(key for key in map(name_key, found) if len(key) > 2)
        cache.set(STAFF_NAMES, names, STAFF_NAMES_SECONDS)
    return names


def fingerprint_of(comment: Comment) -> str:
    """Of the words, whatever their case, spaces and punctuation; empty for a text that anybody might write again."""
    said = re.sub(r"[\W_]+", " ", " ".join(comment.written.values()).removeprefix(comment.name).casefold()).strip()
    if len(said) < SHORTEST_FINGERPRINT:
        return ""
    return salted_hmac("comments.fingerprint", said, algorithm="sha256").hexdigest()
