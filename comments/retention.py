"""What is kept only for a time, and deleted then without anybody asking: `manage.py prune`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import moderation
from comments.blocks import Block
from comments.comments import Comment
from comments.decisions import Decision
from comments.filters import SpamFilter
from comments.networks import KEPT_DAYS, NetworkKey, RecentPosts, forget_networks
from comments.notes import Report
from comments.outbox import OutgoingMail, Subscription
from comments.privacy import LIMITS_OF_ADDRESS
from comments.spam.bayes import train
from comments.spam.current import store
from comments.spam.decisions import own, shipped
from publishing.history import start_of

BATCH = 500
State = Comment.State


@dataclass(frozen=True)
class Rule:
    """Which rows are due, and what is done with a batch of them."""

    name: str
    rows: models.QuerySet
    act: Callable[[models.QuerySet], object]


def prune(*, dry_run: bool = False) -> Iterator[tuple[str, int]]:
    """What was done, and to how many rows. A second run finds nothing to do."""
    for rule in _rules():
        yield rule.name, rule.rows.count() if dry_run else _in_batches(rule)


def _in_batches(rule: Rule) -> int:
    """Each in a transaction of its own, so that nobody waits long; answers come before what they answer."""
    number, rows = 0, rule.rows.order_by("-pk")
    while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rule.act(rule.rows.filter(pk__in=batch))
        number, rows = number + len(batch), rows.filter(pk__lt=batch[-1])
    return number


def _rules() -> list[Rule]:
    now = timezone.now()
    oldest_day = timezone.localdate() - timedelta(days=KEPT_DAYS)
    month_ago, hour_ago = start_of(oldest_day), now - timedelta(hours=1)
    year_ago = now - timedelta(days=365)
    unconfirmed = Comment.objects.filter(email_confirmed_at=None, posted_at__lt=month_ago).exclude(email="")
    answered = Exists(Comment.objects.filter(Q(parent=OuterRef("pk")) | Q(answers=OuterRef("pk"))))
    over = Comment.objects.alias(since=Coalesce("decided_at", "posted_at")).filter(
        state__in=[State.REJECTED, State.SPAM],
        queued_at=None,
        since__lt=now - timedelta(days=settings.COMMENT_REJECTED_DAYS),
    )
    can_be_undone = Comment.objects.filter(before__isnull=False)
    taken_back = Decision.objects.filter(action__in=[Decision.Action.WITHDRAWN, Decision.Action.ERASED])
    networks = Block.objects.filter(kind=Block.Kind.NETWORK, day__lt=oldest_day)
    return [
        Rule(_("keys of networks thrown away"), NetworkKey.objects.filter(day__lt=oldest_day), _forget_networks),
        Rule(
            _("comments freed of the hash of their network"),
            Comment.objects.filter(posted_at__lt=month_ago).exclude(network=""),
            lambda rows: rows.update(network=""),
        ),
        Rule(
            _("reports freed of the hash of their network"),
            Report.objects.filter(reported_at__lt=month_ago).exclude(network=""),
            lambda rows: rows.update(network=""),
        ),
        Rule(
            _("blocks freed of the hash of their network"),
            networks.exclude(value__startswith="gone-"),
            lambda rows: rows.update(value=Concat(models.Value("gone-"), "pk", output_field=models.CharField())),
        ),
        Rule(_("counts of recent posts deleted"), RecentPosts.objects.filter(_limits_nothing(now)), _delete),
        Rule(
            _("subscriptions deleted that were never confirmed"),
            Subscription.objects.filter(confirmed_at=None, asked_at__lt=month_ago),
            _delete,
        ),
        Rule(
            _("comments freed of an address that was never confirmed"),
            unconfirmed,
            lambda rows: rows.update(email=""),
        ),
        Rule(_("mails deleted that could not be sent"), OutgoingMail.objects.filter(due_at__lt=month_ago), _delete),
        Rule(_("rejected comments and spam deleted"), over.exclude(answered), _delete_for_good),
        Rule(_("rejected comments and spam with answers erased"), over.filter(answered), _erase_all),
        Rule(
            _("comments freed of what an undone decision would need"),
            can_be_undone.filter(Q(decided_at=None) | Q(decided_at__lt=hour_ago)),
            lambda rows: rows.update(before=None),
        ),
        Rule(
            _("marks of moderators deleted who looked at a comment"),
            Comment.objects.filter(opened_at__lt=hour_ago),
            lambda rows: rows.update(opened_by=None, opened_at=None),
        ),
        Rule(_("blocks deleted that ended a year ago"), Block.objects.filter(expires_at__lt=year_ago), _delete),
        Rule(
            _("spam filters trained anew, without what was erased since"),
            SpamFilter.objects.filter(Exists(taken_back.filter(recorded_at__gt=OuterRef("trained_at")))),
            _train_anew,
        ),
    ]


def _limits_nothing(now) -> Q:
    """Each count as soon as the time of its limit is over, and those of limits that are no more after a day."""
    over = Q(last_at__lt=now - timedelta(days=1))
    for limit in (*moderation.LIMITS_OF_NETWORK, *LIMITS_OF_ADDRESS):
        over |= Q(key__startswith=f"{limit.name}:", last_at__lt=now - timedelta(seconds=limit.seconds))
    return over


def _forget_networks(_rows: models.QuerySet) -> None:
    forget_networks()


def _delete(rows: models.QuerySet) -> None:
    rows.delete()


def _train_anew(rows: models.QuerySet) -> None:
    """A filter keeps single words that it met more than once: nothing of them may come from what is gone."""
    began, outdated = timezone.now(), list(rows.values_list("pk", flat=True))
    learnt, known = own(), shipped()
    trained = store(train({label: [*known[label], *learnt[label]] for label in known}))
    # What is erased meanwhile is later than this, and leads to another training.
    SpamFilter.objects.filter(pk=trained.pk).update(trained_at=began)
    SpamFilter.objects.filter(pk__in=outdated).delete()


def _delete_for_good(rows: models.QuerySet) -> None:
    """With an entry in the log, after which the filter forgets what it learnt from them."""
    numbers = list(rows.values_list("pk", flat=True))
    _erase_all(rows)
    Comment.objects.filter(pk__in=numbers).delete()


def _erase_all(rows: models.QuerySet) -> None:
    for comment in rows:
        moderation.erase(comment, by=_("the end of the time it is kept"))
