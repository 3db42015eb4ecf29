"""What somebody has written here, for whoever proves the address: found, given as a file, erased.

What is deleted in the course of time, without anybody asking, is in `comments.retention`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from comments import moderation
from comments.arriving import OWN_DATA, TooMany
from comments.blocks import Block
from comments.clinicians import Clinician
from comments.comments import Comment, mailbox_of, normal_email
from comments.decisions import Decision
from comments.house_rules import BY_ID
from comments.networks import Limit, RecentPosts, network_hash
from comments.outbox import OutgoingMail, Subscription
from comments.sending import CONFIRMATIONS

EXPORTS = Limit("export", most=5, seconds=3600)
LIMITS_OF_ADDRESS = (OWN_DATA, EXPORTS, CONFIRMATIONS)


# Asking


def ask_for_link(email: str, *, network: str) -> None:
    """A link goes to the address if anything is stored under it. Whether it does is found out only when it is sent, so
    that neither the answer nor the work tells. Raises TooMany for the network; for the address nothing is sent then.
    """
    with transaction.atomic():
        if not RecentPosts.allow(OWN_DATA, network):
            raise TooMany(OWN_DATA)
        if RecentPosts.allow(OWN_DATA, mailbox_of(email)):
            OutgoingMail.objects.create(kind=OutgoingMail.Kind.OWN_DATA, email=email)


@dataclass(frozen=True)
class Stored:
    """What is stored under an address: comments whose writer proved it, and others that only name it."""

    email: str

    @property
    def confirmed(self) -> models.QuerySet:
        return Comment.objects.written_by(self.email).order_by("pk")

    @property
    def unconfirmed(self) -> models.QuerySet:
        return Comment.objects.filter(email=self.email, email_confirmed_at=None).order_by("pk")

    @property
    def subscriptions(self) -> models.QuerySet:
        return Subscription.objects.filter(email=self.email).order_by("pk")

    @property
    def is_empty(self) -> bool:
        rows = (self.confirmed, self.unconfirmed, self.subscriptions, self.clinicians)
        return not any(each.exists() for each in rows)

    @property
    def clinicians(self) -> models.QuerySet:
        return Clinician.objects.filter(email=self.email)

    def of_owner(self, claimed: Collection[int]) -> models.QuerySet:
        """The confirmed ones, and of the others those that the owner of the address says are theirs."""
        return Comment.objects.filter(
            Q(email_confirmed_at__isnull=False) | Q(pk__in=claimed), email=self.email
        ).order_by("pk")


def stored_under(email: str) -> Stored:
    return Stored(normal_email(email))


# The file


def export(stored: Stored, claimed: Collection[int]) -> dict:
    """All of it, and nothing that others wrote. Logged for each comment, without a word of it. Raises TooMany."""
    with transaction.atomic():
        if not RecentPosts.allow(EXPORTS, mailbox_of(stored.email)):
            raise TooMany(EXPORTS)
        found = stored.of_owner(claimed).select_related("page", "edition", "clinician", "task__fixed_in")
        comments = list(found)
        decisions: dict[int, list] = {comment.pk: [] for comment in comments}
        for decision in Decision.objects.filter(comment_id__in=decisions).order_by("pk"):
            decisions[decision.comment_id].append(_decision(decision))
        for comment in comments:
            _log_export(comment)
    return {
        "site": settings.SITE_URL,
        "address": stored.email,
        "exported_at": timezone.now(),
        "comments": [_comment(comment) | {"decisions": decisions[comment.pk]} for comment in comments],
        "subscriptions": [
            {
                "page": _page(each.thread),
                "thread": each.thread_id,
                "asked_at": each.asked_at,
                "confirmed_at": each.confirmed_at,
            }
            for each in stored.subscriptions.select_related("thread__page", "thread__edition")
        ],
        "mails_waiting": list(OutgoingMail.objects.filter(email=stored.email).order_by("pk").values("kind", "due_at")),
        "verified_as_clinician": list(
            stored.clinicians.values("name", "credentials", "verified_how", "verified_on", "ends_on")
        ),
        "blocks_of_the_address": list(
            Block.objects.filter(kind=Block.Kind.EMAIL, value=stored.email)
            .order_by("pk")
            .values("reason", "refuses", "created_at", "expires_at")
        ),
    }


# Columns of a comment that are in the file as they stand.
AS_STORED = (
    "kind",
    "section",
    "name",
    "text",
    "how_given",
    "practical_tips",
    "unwanted_effects",
    "wish_known",
    "email",
    "email_confirmed_at",
    "consent_version",
    "is_official",
    "state",
    "proposed",
    "version",
    "posted_at",
    "edited_at",
    "decided_at",
    "queued_at",
    "queued_for",
    "priority",
    "outcome",
    "findings",
    "flags",
    "objection",
    "objected_at",
    "told_of_fix_at",
    "network",
    "fingerprint",
    "submission",
    "salt",
)


def _comment(comment: Comment) -> dict:
    task, clinician = comment.task, comment.clinician
    return {
        "number": comment.pk,
        "page": _page(comment),
        "edition": comment.edition.number,
        # Numbers only: what others wrote is theirs.
        "thread": comment.parent_id,
        "answers": comment.answers_id,
        **{name: getattr(comment, name) for name in AS_STORED},
        # What it said before a change that can still be undone.
        "earlier": comment.before and comment.before.get("written"),
        "role": clinician and {"name": clinician.name, "credentials": clinician.credentials},
        "led_to_task": task
        and {
            "opened_at": task.opened_at,
            "closed_at": task.closed_at,
            "put_right_in_edition": task.fixed_in and task.fixed_in.number,
        },
    }


def _page(comment: Comment) -> dict:
    return {"title": comment.edition.title, "address": settings.SITE_URL + comment.page.get_absolute_url()}


def _decision(decision: Decision) -> dict:
    rule = BY_ID.get(decision.rule)
    return {
        "when": decision.recorded_at,
        "what": decision.action,
        "rule": str(rule.title) if rule else decision.rule,
        "reason": decision.reason,
        "state_before": decision.state_before,
        "state_after": decision.state_after,
    }


def _log_export(comment: Comment) -> None:
    Decision.append(
        action=Decision.Action.EXPORTED,
        comment_id=comment.pk,
        page_id=comment.page_id,
        page_title=comment.page.title,
        user_name=moderation.WRITER,
        state_before=comment.state,
        state_after=comment.state,
        version=comment.version,
        text_digest=comment.text_digest(),
    )


# Erasing


def erase(stored: Stored, claimed: Collection[int]) -> int:
    """Name, address, words and hashes are gone afterwards; a thread keeps its shape. Returns how many comments.

    Comments that only name the address, and that its owner does not say are theirs, lose the address. What staff have
    noted of the address, as a block or as a clinician's, stays.
    """
    number = 0
    for comment in stored.of_owner(claimed):
        moderation.erase(comment, by=moderation.WRITER)
        number += 1
    with transaction.atomic():
        stored.unconfirmed.update(email="")
        stored.subscriptions.delete()
        mails = OutgoingMail.objects.filter(email=stored.email)
        mails.exclude(kind=OutgoingMail.Kind.ALARM).delete()
        # Yesterday's counts are kept until they are pruned.
        for day in (timezone.localdate(), timezone.localdate() - timedelta(days=1)):
            if hashed := network_hash(mailbox_of(stored.email), day):
                keys = [f"{limit.name}:{hashed}" for limit in LIMITS_OF_ADDRESS]
                RecentPosts.objects.filter(key__in=keys).delete()
    return number
