"""The one way in which anything happens to a comment: it is posted, decided, edited, reported, withdrawn, erased.

Each function is one transaction: it locks the comment, refuses what rests on an earlier version, writes the log, and
raises the stamp if readers see the change. Nothing else writes `Comment.state`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from comments.arriving import EDITS, FEEDBACK, OWN_DATA, POSTS, REPORTS, TooMany, fingerprint_of, judged
from comments.blocks import AddressUnknown, Block, NetworkUnknown, block_address_of, block_network_of
from comments.clinicians import Clinician
from comments.comments import NORMAL, WRITTEN_FIELDS, Comment
from comments.decisions import Decision
from comments.networks import RecentPosts, network_hash
from comments.notes import Note, Report
from comments.outbox import OutgoingMail, Subscription
from comments.text import clean_text
from comments.verdicts import Flag, Outcome
from publishing.editions import Edition
from publishing.events import name_of
from publishing.freshness import Stamp
from publishing.tasks import ContentTask

EDIT_MINUTES = 15
# So long a decision can be undone, and mails about it wait.
UNDO_MINUTES = 10
# So long an item is marked as opened by a moderator who does nothing with it.
OPENED_MINUTES = 10
# What counts how much a network sends.
LIMITS_OF_NETWORK = (POSTS, EDITS, REPORTS, FEEDBACK, OWN_DATA)
# Whom the log names for what writers and readers do.
WRITER, READER = "its writer", "a reader"
State, QueuedFor, Action = Comment.State, Comment.QueuedFor, Decision.Action
# What a moderator decides, and can undo.
DECIDING = (
    Action.APPROVED,
    Action.REJECTED,
    Action.SPAM,
    Action.EDIT_APPROVED,
    Action.EDIT_REJECTED,
    Action.REPORT_DISMISSED,
)


class ItemChanged(Exception):
    """The comment is not any more what the moderator looked at."""


class NotPossible(Exception):
    """What was asked cannot be done with the comment as it stands; the message says why, to whoever asked."""


@dataclass(frozen=True)
class Outcomes:
    """What a decision on several comments came to."""

    done: list[Comment]
    refused: list[tuple[Comment, str]]


# Posting


def post(
    comment: Comment,
    *,
    network: str,
    follow: bool = False,
    form_age: float | None = None,
    honeypot: str = "",
    has_worked: bool | None = None,
) -> Comment:
    """Store a new comment, unseen by anybody but moderators; returns it, or what the same form has stored before.

    Five queries, a few more in a process that has not asked for some seconds. Raises TooMany when the network has sent
    too many.
    """
    if RecentPosts.is_full(POSTS, network):
        # Before the rules, which take their time; a form that was sent twice is answered as the first time.
        if known := Comment.objects.filter(submission=comment.submission).first():
            return known
        raise TooMany(POSTS)
    comment.network = network_hash(network)
    comment.fingerprint = fingerprint_of(comment)
    judged(comment, network=network, form_age=form_age, honeypot=honeypot, has_worked=has_worked)
    try:
        with transaction.atomic():
            # First, so that a form that was sent twice is known by its key before it counts against the limit.
            _store_new(comment, follow=follow)
            if not RecentPosts.allow(POSTS, network):
                raise TooMany(POSTS)
    except IntegrityError:
        known = Comment.objects.filter(submission=comment.submission).first()
        if known is None:
            raise
        return known
    return comment


def _store_new(comment: Comment, *, follow: bool) -> None:
    is_refused = comment.outcome == Outcome.REJECT
    comment.state = State.SPAM if is_refused else State.WAITING
    if not is_refused:
        comment.queued_at, comment.queued_for = comment.posted_at, QueuedFor.NEW
    comment.save(force_insert=True)
    if is_refused:
        rule = next(each["rule"] for each in comment.findings if each["outcome"] == Outcome.REJECT)
        _log(comment, Action.HELD_BACK, by=_("the rules"), was=State.WAITING, rule=rule)
    elif comment.email:
        ask_to_confirm(comment, follow=follow)


def ask_to_confirm(comment: Comment, *, follow: bool) -> None:
    if follow:
        Subscription.objects.get_or_create(thread_id=comment.parent_id or comment.pk, email=comment.email)
    OutgoingMail.objects.create(kind=OutgoingMail.Kind.CONFIRM, email=comment.email, comment=comment)


def confirm_address(comment: Comment, *, as_clinician: bool = False) -> Comment:
    """Whoever has the address followed the link that was sent to it, and, if staff vouch for it as a clinician's, says
    whether the comment is to be shown under that name and role. Confirming twice changes nothing.
    """
    with transaction.atomic():
        comment = _lock(comment.pk)
        if not comment.email or comment.email_confirmed_at:
            return comment
        now = timezone.now()
        comment.email_confirmed_at = now
        comment.clinician = clinician_of(comment) if as_clinician else None
        if comment.clinician:
            # A moderator who has it open sees another writer now.
            comment.version += 1
        comment.save(update_fields=["email_confirmed_at", "clinician", "version"])
        if comment.state == State.REJECTED:
            OutgoingMail.objects.create(
                kind=OutgoingMail.Kind.REJECTED,
                email=comment.email,
                comment=comment,
                due_at=comment.decided_at + timedelta(minutes=UNDO_MINUTES),
            )
        thread = comment.parent_id or comment.pk
        Subscription.objects.filter(thread=thread, email=comment.email, confirmed_at=None).update(confirmed_at=now)
        if comment.is_public and comment.clinician_id:
            Stamp.raise_counter()
    return comment


def clinician_of(comment: Comment) -> Clinician | None:
    """Whose address the comment names, if staff vouch for it now."""
    return Clinician.objects.current().filter(email=comment.email).first() if comment.email else None


# Deciding


def approve(comment: Comment, *, by, version: int, batch: str = "") -> Decision:
    """Readers see it from the next request on; of a changed or reported comment, as it stands. Raises ItemChanged."""
    with transaction.atomic():
        comment = _lock_to_decide(comment, by, version)
        action = Action.APPROVED
        if comment.is_public:
            action = Action.EDIT_APPROVED if comment.proposed else Action.REPORT_DISMISSED
        was = _remember(comment)
        if comment.proposed:
            for name in WRITTEN_FIELDS:
                setattr(comment, name, comment.proposed[name])
            comment.proposed, comment.fingerprint = None, fingerprint_of(comment)
        return _decide(comment, action, State.APPROVED, by=by, was=was, batch=batch)


def reject(comment: Comment, *, by, version: int, rule: str, words: str = "", batch: str = "") -> Decision:
    """`rule` is the id of a house rule, `words` what the writer is told besides. Of a change after approval only the
    change is rejected, unless readers have reported the comment. Raises ItemChanged.
    """
    with transaction.atomic():
        comment = _lock_to_decide(comment, by, version)
        is_change_only = comment.proposed is not None and not comment.reports.filter(handled_at=None).exists()
        action = Action.EDIT_REJECTED if is_change_only else Action.REJECTED
        was = _remember(comment)
        comment.proposed = None
        if is_change_only:
            # They speak of the change. What is public, a person has approved.
            comment.findings, comment.flags, comment.outcome = [], [], Outcome.PASS
        state = State.APPROVED if is_change_only else State.REJECTED
        return _decide(comment, action, state, by=by, was=was, rule=rule, reason=words, batch=batch)


def mark_spam(comment: Comment, *, by, version: int, batch: str = "") -> Decision:
    """The filter learns from it. Nobody is written to. Raises ItemChanged."""
    with transaction.atomic():
        comment = _lock_to_decide(comment, by, version)
        was = _remember(comment)
        comment.proposed = None
        return _decide(comment, Action.SPAM, State.SPAM, by=by, was=was, batch=batch)


def _decide(comment: Comment, action, state, *, by, was: str, rule="", reason="", batch="") -> Decision:
    now = timezone.now()
    comment.state, comment.decided_at = state, now
    comment.queued_at, comment.queued_for, comment.opened_by, comment.opened_at = None, "", None, None
    comment.version += 1
    # The log first: the database asks for it when a comment becomes public.
    if action == Action.EDIT_APPROVED and comment.before["reports"]:
        _log(comment, Action.REPORT_DISMISSED, by=by, was=was)
    decision = _log(comment, action, by=by, was=was, rule=rule, reason=reason, batch=batch)
    comment.save()
    comment.reports.filter(handled_at=None).update(handled_at=now)
    _tell_about(comment, action, was, at=now + timedelta(minutes=UNDO_MINUTES))
    if State.APPROVED in (was, state):
        Stamp.raise_counter()
    return decision


def _tell_about(comment: Comment, action, was: str, *, at) -> None:
    """Mails about a decision wait until it can no longer be undone."""
    mails = []
    ends_objection = comment.before["queued_for"] == QueuedFor.OBJECTION and action in (
        Action.APPROVED,
        Action.REJECTED,
    )
    is_rejected = action == Action.REJECTED and was != State.REJECTED
    if comment.email_confirmed_at and (ends_objection or is_rejected):
        kind = OutgoingMail.Kind.OBJECTION if ends_objection else OutgoingMail.Kind.REJECTED
        mails.append(OutgoingMail(kind=kind, email=comment.email, comment=comment, due_at=at))
    if action == Action.APPROVED and comment.parent_id:
        followers = Subscription.objects.filter(thread=comment.parent_id, confirmed_at__isnull=False)
        mails += [
            OutgoingMail(kind=OutgoingMail.Kind.REPLY, email=each.email, comment=comment, subscription=each, due_at=at)
            for each in followers
            if each.email != comment.email
        ]
    OutgoingMail.objects.bulk_create(mails)


def decide_all(comments: Iterable[tuple[Comment, int]], action: str, *, by, batch: str, rule="", words="") -> Outcomes:
    """Decide each of these, with the version the moderator saw; one that changed meanwhile does not keep the others."""
    done, refused = [], []
    for comment, version in comments:
        try:
            if action == "approve":
                approve(comment, by=by, version=version, batch=batch)
            elif action == "reject":
                reject(comment, by=by, version=version, rule=rule, words=words, batch=batch)
            else:
                mark_spam(comment, by=by, version=version, batch=batch)
            done.append(comment)
        except ItemChanged:
            refused.append((comment, _("It has changed since you saw it.")))
        except NotPossible as error:
            refused.append((comment, str(error)))
    return Outcomes(done, refused)


def undo(batch: str, *, by) -> Outcomes:
    """Take back everything that `by` decided together in the last ten minutes; what changed since stays as it is."""
    _require(by)
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    decisions = Decision.objects.filter(batch=batch, user_id=by.pk, recorded_at__gt=since).order_by("pk")
    done, refused = [], []
    for decision in decisions.exclude(batch=""):
        with transaction.atomic():
            comment = Comment.objects.select_for_update().filter(pk=decision.comment_id).first()
            if comment is None:
                continue
            if comment.version != decision.version or comment.before is None:
                refused.append((comment, _("It has changed since.")))
                continue
            if comment.is_official:
                # It was written with the decision, and goes with it.
                _empty(comment, State.WITHDRAWN, Action.UNDONE, by=by)
            else:
                _restore(comment, by=by)
            done.append(comment)
    return Outcomes(done, refused)


def _remember(comment: Comment) -> str:
    """Keep how it stands, so that the decision can be undone. Returns its state."""
    comment.before = {
        "state": comment.state,
        "queued_at": comment.queued_at and comment.queued_at.isoformat(),
        "queued_for": comment.queued_for,
        "priority": comment.priority,
        "decided_at": comment.decided_at and comment.decided_at.isoformat(),
        "proposed": comment.proposed,
        "written": comment.written if comment.proposed else None,
        "judged": [comment.findings, comment.flags, comment.outcome],
        "reports": list(comment.reports.filter(handled_at=None).values_list("pk", flat=True)),
    }
    return comment.state


def _restore(comment: Comment, *, by) -> None:
    before, was = comment.before, comment.state
    comment.state, comment.queued_for, comment.priority = before["state"], before["queued_for"], before["priority"]
    comment.queued_at = before["queued_at"] and parse_datetime(before["queued_at"])
    comment.decided_at = before["decided_at"] and parse_datetime(before["decided_at"])
    comment.proposed = before["proposed"]
    comment.findings, comment.flags, comment.outcome = before["judged"]
    for name, value in (before["written"] or {}).items():
        setattr(comment, name, value)
    comment.fingerprint, comment.before = fingerprint_of(comment), None
    comment.version += 1
    _log(comment, Action.UNDONE, by=by, was=was)
    comment.save()
    comment.reports.filter(pk__in=before["reports"]).update(handled_at=None)
    comment.mails.filter(kind__in=OutgoingMail.OF_DECISIONS).delete()
    if State.APPROVED in (was, comment.state):
        Stamp.raise_counter()


# What else moderators do


def open_item(comment: Comment, *, by) -> str:
    """Mark it as looked at by this moderator, for the others; returns who else has it open, or nothing."""
    _require(by)
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=["self"]).select_related("opened_by").get(pk=comment.pk)
        other = opened_by_other(comment, by)
        # One at a time: who goes on to the next has left the one before.
        Comment.objects.filter(opened_by=by).exclude(pk=comment.pk).update(opened_by=None, opened_at=None)
        if not other and comment.queued_at:
            Comment.objects.filter(pk=comment.pk).update(opened_by=by, opened_at=timezone.now())
    return other


def opened_by_other(comment: Comment, user) -> str:
    """The name of the other moderator who has it open, or nothing. `opened_by` is read."""
    since = timezone.now() - timedelta(minutes=OPENED_MINUTES)
    if comment.opened_by_id in (None, user.pk) or comment.opened_at < since:
        return ""
    return name_of(comment.opened_by)


def add_note(comment: Comment, text: str, *, by) -> Note:
    _require(by)
    return Note.objects.create(comment=comment, author=by, author_name=name_of(by), text=text)


def reply(comment: Comment, text: str, *, by, version: int, batch: str = "") -> Comment:
    """Answer as the organisation, public at once; a comment that waits is approved with it. Raises ItemChanged."""
    if not by.has_perm("comments.reply_officially"):
        raise PermissionDenied
    with transaction.atomic():
        locked = _lock_for(comment, by, version)
        if locked.state != State.APPROVED or locked.queued_at:
            approve(locked, by=by, version=version, batch=batch)
        edition = Edition.objects.live().filter(page=locked.page_id).first()
        if edition is None:
            raise NotPossible(_("The page is no longer public."))
        now = timezone.now()
        answer = Comment(
            page_id=locked.page_id,
            edition=edition,
            parent_id=locked.parent_id or locked.pk,
            answers=locked,
            kind=Comment.Kind.REPLY,
            name=settings.PUBLISHER_NAME[:60],
            text=clean_text(text),
            is_official=True,
            posted_at=now,
            queued_at=now,
            queued_for=QueuedFor.NEW,
        )
        answer.save(force_insert=True)
        was = _remember(answer)
        _decide(answer, Action.APPROVED, State.APPROVED, by=by, was=was, batch=batch)
        _log(answer, Action.REPLIED, by=by, was=State.APPROVED)
    return answer


def open_task(comment: Comment, text: str, *, by, section: str = "") -> ContentTask:
    """Turn it into a task for the page, tied to the section and edition that its writer read."""
    _require(by)
    with transaction.atomic():
        comment = _lock(comment.pk)
        if comment.task_id and comment.task.is_open:
            raise NotPossible(_("There is an open task for it already."))
        # The log first, as everywhere: who locks in another order waits for somebody who waits for them.
        _log(comment, Action.TASK_OPENED, by=by, was=comment.state)
        task = ContentTask.open_task(
            comment.page, text=text, by=by, section=section, edition=comment.edition, from_reader=True
        )
        comment.task, comment.told_of_fix_at = task, None
        comment.save(update_fields=["task", "told_of_fix_at"])
    return task


def block_writer(
    comment: Comment, kind: Block.Kind, *, by, reason: str, refuses: bool = False, until: datetime | None = None
) -> Block:
    """Block the confirmed address or the network it came from: what comes from there is held, or refused, from now on.

    `reason` stays in the log.
    """
    _require(by)
    block_it = block_address_of if kind == Block.Kind.EMAIL else block_network_of
    with transaction.atomic():
        comment = _lock(comment.pk)
        _log(comment, Action.BLOCKED, by=by, was=comment.state, reason=reason)
        try:
            block = block_it(comment, by=by, reason=reason, refuses=refuses, until=until)
        except NetworkUnknown:
            raise NotPossible(_("The network of that comment is not known, or not any more.")) from None
        except AddressUnknown:
            raise NotPossible(_("Its writer has given no address, or not confirmed it.")) from None
    return block


def put_back(comment: Comment, *, by, version: int) -> None:
    """Whatever was decided, let it be decided again: back into the queue; a public comment stays public meanwhile."""
    with transaction.atomic():
        comment = _lock_for(comment, by, version)
        if comment.is_gone or comment.queued_at:
            raise NotPossible(_("It is in the queue, or its writer has withdrawn it."))
        was = comment.state
        if comment.state != State.APPROVED:
            comment.state = State.WAITING
        _queue(comment, QueuedFor.NEW)
        _log(comment, Action.RETURNED, by=by, was=was)
        comment.save()


# What writers do


def may_edit(comment: Comment) -> bool:
    """Not what is shown under the name of a clinician, who vouched for these very words."""
    is_young = comment.posted_at > timezone.now() - timedelta(minutes=EDIT_MINUTES)
    is_readers_own = not comment.is_official and comment.clinician_id is None
    return is_young and comment.state in (State.WAITING, State.APPROVED) and is_readers_own


def edit(comment: Comment, written: dict[str, str], *, network: str) -> Comment:
    """Change what was written, within 15 minutes of posting. What is public stays until a moderator sees the change.

    Raises NotPossible afterwards, and TooMany.
    """
    if RecentPosts.is_full(EDITS, network):
        raise TooMany(EDITS)
    # Before anything is locked, as the rules take their time.
    changed = Comment(page=comment.page, kind=comment.kind, email=comment.email, **written)
    judged(changed, network=network)
    with transaction.atomic():
        comment = _lock(comment.pk)
        if not may_edit(comment):
            raise NotPossible(_("A comment can be changed for 15 minutes after it was posted."))
        if written == (comment.proposed or comment.written):
            return comment
        if not RecentPosts.allow(EDITS, network):
            raise TooMany(EDITS)
        was = comment.state
        if comment.is_public:
            comment.proposed = written
            _queue(comment, QueuedFor.REPORT if comment.queued_for == QueuedFor.REPORT else QueuedFor.EDIT)
        else:
            for name, value in written.items():
                setattr(comment, name, value)
            comment.fingerprint = fingerprint_of(comment)
            comment.version += 1
        # A change may bring a comment forward; it never makes one wait longer, nor takes a flag from it.
        comment.findings = [*changed.findings, *_flagged_before(comment, changed)]
        comment.flags = [flag for flag in Flag.values if flag in (*comment.flags, *changed.flags)]
        comment.outcome = changed.outcome
        comment.priority = min(comment.priority, changed.priority)
        comment.edited_at, comment.before = timezone.now(), None
        _log(comment, Action.EDITED, by=WRITER, was=was)
        comment.save()
    return comment


def _flagged_before(comment: Comment, changed: Comment) -> list[dict]:
    """What earned it the flags that its changed words do not have."""
    return [
        finding | {"reason": _("Before a change: %(reason)s") % {"reason": finding["reason"]}}
        for finding in comment.findings
        if finding["flag"] and finding["flag"] not in changed.flags
    ]


def object_to(comment: Comment, text: str) -> None:
    """The writer, whose address is confirmed, answers a rejection, once."""
    with transaction.atomic():
        comment = _lock(comment.pk)
        if not may_object(comment):
            raise NotPossible(_("You can object once, to a rejection, if your address is confirmed."))
        comment.objection, comment.objected_at, comment.before = clean_text(text, 2_000), timezone.now(), None
        _queue(comment, QueuedFor.OBJECTION)
        _log(comment, Action.OBJECTED, by=WRITER, was=comment.state)
        comment.save()


def may_object(comment: Comment) -> bool:
    return comment.state == State.REJECTED and bool(comment.email_confirmed_at) and comment.objected_at is None


def report(comment: Comment, *, network: str, reason: str, words: str = "") -> Report | None:
    """A reader reports a public comment, and it goes back to the queue. From its writer's own network, and a second
    time from the same, it counts for nothing and nothing is returned: readers are not told, as they would learn who
    wrote it. Raises NotPossible if it is not public any more, and TooMany.
    """
    with transaction.atomic():
        comment = _lock(comment.pk)
        if not comment.is_public:
            raise NotPossible(_("This comment is not public any more."))
        if not RecentPosts.allow(REPORTS, network):
            raise TooMany(REPORTS)
        own = network_hash(network, timezone.localdate(comment.posted_at))
        if own and own == comment.network:
            return None
        earlier = comment.reports.exclude(network="").values_list("reported_at", "network")
        if any(network_hash(network, timezone.localdate(at)) == known for at, known in earlier):
            return None
        made = Report.objects.create(comment=comment, reason=reason, words=words, network=network_hash(network))
        waits_since = comment.queued_at
        _queue(comment, QueuedFor.REPORT)
        comment.queued_at = waits_since or comment.queued_at
        if reason == Report.Reason.DANGEROUS:
            comment.priority = min(comment.priority, 2)
        comment.before = None
        _log(comment, Action.REPORTED, by=READER, was=comment.state)
        comment.save()
    return made


def withdraw(comment: Comment) -> None:
    """Its writer takes it back: nothing that was written stays anywhere."""
    with transaction.atomic():
        _empty(_lock(comment.pk), State.WITHDRAWN, Action.WITHDRAWN, by=WRITER)


def erase(comment: Comment, *, by) -> None:
    """As withdrawing, at the wish of whoever proved the address, or by staff. `by` as for the log."""
    with transaction.atomic():
        _empty(_lock(comment.pk), State.ERASED, Action.ERASED, by=by)


def _empty(comment: Comment, state, action, *, by) -> None:
    """Remove every word, address and hash of it. The row stays, so that answers keep their place."""
    if comment.is_gone:
        return
    was = comment.state
    thread = comment.parent_id or comment.pk
    _forget_counts(comment.network)
    _unsubscribe(comment, thread)
    comment.mails.all().delete()
    comment.notes.all().delete()
    comment.reports.update(words="", network="")
    # For the log only: a digest of nothing, with a salt that nobody keeps.
    digest = comment.text_digest()
    for name in (*WRITTEN_FIELDS, "email", "network", "fingerprint", "salt", "objection"):
        setattr(comment, name, "")
    comment.findings, comment.flags, comment.proposed, comment.before = [], [], None, None
    comment.email_confirmed_at = comment.clinician = comment.opened_by = comment.opened_at = None
    comment.state, comment.queued_at, comment.queued_for, comment.priority = state, None, "", NORMAL
    comment.version += 1
    _log(comment, action, by=by, was=was, digest=digest)
    comment.save()
    if was == State.APPROVED or comment.replies.filter(state=State.APPROVED).exists():
        Stamp.raise_counter()


def _unsubscribe(comment: Comment, thread: int) -> None:
    """Unless its writer wrote something else there. Where nobody has proved that the address is theirs, only what was
    asked for without proof ends.
    """
    same = Comment.objects.filter(Q(pk=thread) | Q(parent=thread), email=comment.email).exclude(pk=comment.pk)
    if not comment.email or same.exists():
        return
    asked = Subscription.objects.filter(thread=thread, email=comment.email)
    (asked if comment.email_confirmed_at else asked.filter(confirmed_at=None)).delete()


def _forget_counts(network: str) -> None:
    """Counts that limit nothing any more. The others stay until they are pruned: who takes back what they wrote may not
    write more for it.
    """
    if not network:
        return
    over = Q()
    for limit in LIMITS_OF_NETWORK:
        over |= Q(key=f"{limit.name}:{network}", last_at__lt=timezone.now() - timedelta(seconds=limit.seconds))
    RecentPosts.objects.filter(over).delete()


# Parts


def _queue(comment: Comment, why) -> None:
    comment.queued_at, comment.queued_for = timezone.now(), why
    comment.version += 1


def _require(by) -> None:
    if not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied


def _lock(number: int) -> Comment:
    """The row, locked until the commit."""
    return Comment.objects.select_for_update().get(pk=number)


def _lock_for(comment: Comment, by, version: int) -> Comment:
    _require(by)
    comment = _lock(comment.pk)
    if comment.version != version:
        raise ItemChanged
    return comment


def _lock_to_decide(comment: Comment, by, version: int) -> Comment:
    comment = _lock_for(comment, by, version)
    if comment.is_gone:
        raise NotPossible(_("Its writer has withdrawn it."))
    return comment


def _log(comment: Comment, action, *, by, was, rule="", reason="", batch="", digest="") -> Decision:
    return Decision.append(
        action=action,
        comment_id=comment.pk,
        page_id=comment.page_id,
        page_title=comment.page.title,
        user_id=None if isinstance(by, str) else by.pk,
        user_name=name_of(by),
        state_before=was,
        state_after=comment.state,
        version=comment.version,
        rule=rule,
        reason=reason,
        text_digest=digest or comment.text_digest(),
        batch=batch,
    )


def decisions_about(comment: Comment):
    return Decision.objects.filter(comment_id=comment.pk).order_by("pk")


def rejection_of(comment: Comment) -> Decision | None:
    """What the writer of a rejected comment is told."""
    return last_rejection(decisions_about(comment))


def last_rejection(log: Iterable[Decision]) -> Decision | None:
    return next((each for each in reversed(_standing(log)) if each.action == Action.REJECTED), None)


def answer_to_objection(comment: Comment) -> Decision | None:
    """The decision that ended the objection of its writer, nothing while that waits."""
    if comment.objected_at is None:
        return None
    log = list(decisions_about(comment))
    objected = next((place for place, each in enumerate(log) if each.action == Action.OBJECTED), len(log))
    return next(iter(_standing(log[objected:])), None)


def _standing(log: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody has undone. Only the last one can be."""
    standing: list[Decision] = []
    for each in log:
        if each.action in DECIDING:
            standing.append(each)
        elif each.action == Action.UNDONE and standing:
            standing.pop()
    return standing
