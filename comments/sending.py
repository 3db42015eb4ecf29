"""Sends the mails that are due (`comments.mails`). Two runs at a time do not send one twice.

A mail is claimed by putting its time off, sent, and its row deleted. No lock is held while the mail server answers: on
SQLite everybody who writes would wait for it. A run that dies in between leaves the mail to be sent again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments.comments import Comment, mailbox_of
from comments.mails import MODERATORS, message_for, waiting_alarms
from comments.networks import Limit, RecentPosts
from comments.outbox import OutgoingMail
from publishing.mails import recipients

CLAIMED_FOR = timedelta(minutes=5)
# After the first failure; then twice as long each time, half a day in all.
PATIENCE = timedelta(minutes=5)
MOST_FAILURES = 8
# So many failures in a row are the server's: the rest waits for the next run.
IN_A_ROW = 3
ALARM_EVERY = timedelta(hours=1)
# To one address, however many comments name it.
CONFIRMATIONS = Limit("confirmation", most=10, seconds=24 * 60 * 60)


@dataclass
class Tally:
    sent: int = 0
    dropped: int = 0
    failed: int = 0


def send_due(*, complain: Callable[[str], object], is_stopped: Callable[[], bool] = lambda: False) -> Tally:
    """`complain` is told which mail failed, and never to whom it was to go."""
    queue_fixed()
    queue_alarms()
    tally, in_a_row = Tally(), 0
    while in_a_row < IN_A_ROW and not is_stopped() and (row := _claim()):
        message = None if _is_superseded(row) or _is_too_many(row) else message_for(row)
        if message is None:
            row.delete()
            tally.dropped += 1
            continue
        try:
            message.send()
        except (OSError, ValueError, MessageError) as refusal:
            # What a server says may hold the address.
            complain(f"Mail {row.pk} ({row.kind}) was not sent: {type(refusal).__name__}.")
            tally.failed, in_a_row = tally.failed + 1, in_a_row + 1
            _put_off(row)
        else:
            tally.sent, in_a_row = tally.sent + 1, 0
            _sent(row)
    return tally


def _claim() -> OutgoingMail | None:
    """The next mail that is due, for this run alone. Two queries, or one if there is none."""
    rows = OutgoingMail.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    known = rows.select_related("comment__page__live", "comment__edition", "comment__task", "subscription")
    while row := known.first():
        if rows.filter(pk=row.pk, due_at=row.due_at).update(due_at=timezone.now() + CLAIMED_FOR):
            return row
    return None


def _is_superseded(row: OutgoingMail) -> bool:
    """Whether the same is to be told once more: then later."""
    if row.comment_id is None:
        return False
    same = OutgoingMail.objects.filter(kind=row.kind, email=row.email, comment=row.comment_id)
    return same.filter(pk__gt=row.pk).exists()


def _is_too_many(row: OutgoingMail) -> bool:
    """Whoever types the address of somebody else under many comments does not fill a mailbox with them."""
    is_new = row.kind == OutgoingMail.Kind.CONFIRM and row.failures == 0
    return is_new and not RecentPosts.allow(CONFIRMATIONS, mailbox_of(row.email))


def _sent(row: OutgoingMail) -> None:
    if row.kind == OutgoingMail.Kind.ALARM:
        OutgoingMail.objects.filter(pk=row.pk).update(due_at=timezone.now() + ALARM_EVERY, failures=0)
    else:
        row.delete()


def _put_off(row: OutgoingMail) -> None:
    if row.failures + 1 >= MOST_FAILURES:
        row.delete()
        return
    due_at = timezone.now() + PATIENCE * 2**row.failures
    OutgoingMail.objects.filter(pk=row.pk).update(failures=F("failures") + 1, due_at=due_at)


def queue_fixed() -> None:
    """For everybody whose comment led to a change that is public now, once each. One query if there is nobody."""
    fixed = Comment.objects.filter(task__fixed_in__isnull=False, email_confirmed_at__isnull=False, told_of_fix_at=None)
    for comment in fixed.exclude(state=Comment.State.SPAM).only("email"):
        with transaction.atomic():
            untold = Comment.objects.filter(pk=comment.pk, told_of_fix_at=None)
            if untold.update(told_of_fix_at=timezone.now()):
                OutgoingMail.objects.create(kind=OutgoingMail.Kind.FIXED, email=comment.email, comment=comment)


def queue_alarms() -> None:
    """One to each moderator with an address while safety flags wait too long. One query if none does."""
    if waiting_alarms().exists():
        for address in {user.email for user in recipients(MODERATORS)}:
            OutgoingMail.objects.get_or_create(kind=OutgoingMail.Kind.ALARM, email=address)
