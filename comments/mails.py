"""What readers are told by mail, and moderators: made at the moment of sending, from how things stand then.

Who is not entitled any more gets nothing. No mail holds the text of a comment, and no subject what readers wrote.
"""

import unicodedata
from datetime import timedelta
from email import policy as policies
from email.headerregistry import HeaderRegistry, UnstructuredHeader

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import moderation
from comments.comments import Comment
from comments.decisions import Decision
from comments.house_rules import BY_ID
from comments.openings import openness_of
from comments.outbox import OutgoingMail, Subscription
from comments.text import seen
from comments.tokens import CONFIRM_LASTS, confirm_token, own_data_token, own_token, unsubscribe_token
from publishing.mails import recipients

MODERATORS = "comments.moderate_comment"
# So long a safety flag may wait before the moderators are called.
ALARM_AFTER = timedelta(hours=1)
LONGEST_SUBJECT = 150
# What stands for more than one address, or for a name beside it.
_NO_PLAIN_ADDRESS = set('",;:<>()[]\\ ')
_OPEN_TO = (Comment.State.WAITING, Comment.State.APPROVED, Comment.State.REJECTED)


class _Whole(UnstructuredHeader):
    """One line: the address in it would otherwise be broken into encoded words, which programs do not read."""

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Whole)


class Message(EmailMessage):
    def message(self, *, policy=policies.default):
        return super().message(policy=policy.clone(header_factory=_HEADERS))


def message_for(row: OutgoingMail) -> Message | None:
    """Nothing if what the row announces no longer holds, or its address cannot be written to as it stands."""
    return _MAKERS[row.kind](row) if is_plain_address(row.email) else None


def is_plain_address(address: str) -> bool:
    """Exactly one address, and nothing else."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isprintable() and not _NO_PLAIN_ADDRESS & set(address)


def one_line(text: str) -> str:
    """For a subject or within a sentence: no line breaks, nothing unseen, and nothing that a mail program decodes."""
    line = " ".join(seen(text).split()).replace("=?", "= ?")
    return "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cs"))


def _confirm(row: OutgoingMail) -> Message | None:
    comment = row.comment
    if comment.email != row.email or comment.email_confirmed_at or comment.state not in _OPEN_TO:
        return None
    thread = comment.parent_id or comment.pk
    follows = Subscription.objects.filter(thread=thread, email=row.email, confirmed_at=None).exists()
    parts = [
        _("Somebody, most likely you, wrote a comment on the page “%(title)s” on %(day)s and gave this address."),
        _("If it was you, follow this link within %(days)d days and press the button there:\n%(link)s"),
        _(
            "That proves that the address is yours. We can then tell you what the moderators decide, and you can ask "
            "for all your comments or have them erased. The address is never shown."
        ),
        _("It also confirms that you want a mail when somebody answers in this thread. Each has a link to stop them.")
        if follows
        else "",
        _("If it was not you, do nothing: the address will not be used, and is deleted after 30 days."),
    ]
    told = {
        "title": one_line(comment.edition.title),
        "day": _day(comment.posted_at),
        "days": CONFIRM_LASTS // 86_400,
        "link": _address("comments:confirm", confirm_token(comment)),
    }
    return _message(row, _("Confirm your address: %(title)s"), parts, told)


def _rejected(row: OutgoingMail) -> Message | None:
    comment = row.comment
    decision = moderation.rejection_of(comment)
    if not _is_still(row, comment) or comment.state != Comment.State.REJECTED or decision is None:
        return None
    rule = BY_ID.get(decision.rule)
    parts = [
        _("A moderator decided that your comment of %(day)s on the page “%(title)s” is not shown to readers."),
        _("The house rule: %(rule)s\n%(why)s") if rule else "",
        _("The moderator adds:\n%(words)s") if decision.reason.strip() else "",
        _("If you think that this is wrong, you can object once. A moderator then looks at it again:\n%(own)s")
        if moderation.may_object(comment)
        else _("Your comment, and how it stands with it:\n%(own)s"),
        _("All house rules: %(rules)s"),
        _because_confirmed(),
    ]
    told = {**_told_of(comment), **_told_why(decision)}
    return _message(row, _("Your comment was not published: %(title)s"), parts, told)


def _told_of(comment: Comment) -> dict:
    return {
        "title": one_line(comment.edition.title),
        "day": _day(comment.posted_at),
        "own": _address("comments:own", own_token(comment)),
    }


def _told_why(decision: Decision) -> dict:
    rule = BY_ID.get(decision.rule)
    return {
        "rule": rule and rule.title,
        "why": rule and rule.why_rejected,
        "words": decision.reason.strip(),
        "rules": _address("comments:rules"),
    }


def _objection(row: OutgoingMail) -> Message | None:
    comment = row.comment
    decision = moderation.answer_to_objection(comment)
    if not _is_still(row, comment) or decision is None or comment.state != decision.state_after:
        return None
    rule = BY_ID.get(decision.rule)
    objected = _("On %(objected)s you objected to a decision about your comment of %(day)s on the page “%(title)s”.")
    if comment.is_public:
        ended = [
            _("A moderator has looked at it again and approved it after all. Your objection was right; thank you.")
        ]
    else:
        ended = [
            _("A moderator has looked at it again. The decision stands: your comment is not shown to readers."),
            _("The house rule: %(rule)s\n%(why)s") if rule else "",
            _("The moderator adds:\n%(words)s") if decision.reason.strip() else "",
            _("One objection is possible, so this decision is final. All house rules: %(rules)s"),
        ]
    parts = [objected, *ended, _("Your comment, and how it stands with it:\n%(own)s"), _because_confirmed()]
    told = {"objected": _day(comment.objected_at), **_told_of(comment), **_told_why(decision)}
    return _message(row, _("Your objection: %(title)s"), parts, told)


def _reply(row: OutgoingMail) -> Message | None:
    subscription = row.subscription
    reply = Comment.objects.public().select_related("page__live", "clinician").filter(pk=row.comment_id).first()
    is_entitled = (
        reply is not None
        and subscription is not None
        and subscription.confirmed_at is not None
        and subscription.email == row.email != reply.email
        and openness_of(reply.page.live).shows
    )
    if not is_entitled:
        return None
    parts = [
        _("%(name)s answered in a thread that you follow, on the page “%(title)s”:\n%(link)s"),
        _("No more mails about this thread:\n%(stop)s"),
        _("You get this mail because you asked for answers in this thread, and confirmed it."),
    ]
    stop = _address("comments:unsubscribe", unsubscribe_token(subscription))
    told = {
        "name": one_line(reply.clinician.name if reply.clinician else reply.name),
        "title": one_line(reply.page.live.title),
        # The page of all comments that holds it, wherever it has got to.
        "link": f"{settings.SITE_URL}{reply.page.get_absolute_url()}comments/?at={reply.pk}#{reply.anchor}",
        "stop": stop,
    }
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _message(row, _("A new answer: %(title)s"), parts, told, headers)


def _fixed(row: OutgoingMail) -> Message | None:
    comment = row.comment
    live, task = comment.page.live, comment.task
    if not _is_still(row, comment) or live is None or task is None or task.fixed_in_id is None:
        return None
    parts = [
        _("On %(day)s you wrote a comment on the page “%(title)s”. The page has been put right since. Thank you."),
        _("What changed, and when:\n%(history)s"),
        _because_confirmed(),
    ]
    told = {
        "title": one_line(live.title),
        "day": _day(comment.posted_at),
        "history": f"{settings.SITE_URL}{comment.page.get_absolute_url()}history/",
    }
    return _message(row, _("The page was put right: %(title)s"), parts, told)


def _own_data(row: OutgoingMail) -> Message | None:
    is_known = Comment.objects.filter(email=row.email).exists()
    if not is_known and not Subscription.objects.filter(email=row.email).exists():
        return None
    parts = [
        _("Somebody, most likely you, asked for what we store under this address. For an hour it is here:\n%(link)s"),
        _("There you see it, can save all of it as a file, and can have it erased."),
        _("If it was not you, do nothing. Nobody sees anything without this link."),
    ]
    told = {"link": _address("comments:my_data_open", own_data_token(row.email))}
    return _message(row, _("Your comments: the link you asked for"), parts, told)


def _alarm(row: OutgoingMail) -> Message | None:
    count = waiting_alarms().count()
    if not count or not recipients(MODERATORS).filter(email=row.email).exists():
        return None
    text = ngettext(
        "%(count)d comment with a safety flag has waited for more than an hour. Please look at it now:\n%(desk)s",
        "%(count)d comments with a safety flag have waited for more than an hour. Please look at them now:\n%(desk)s",
        count,
    )
    told = {"count": count, "desk": _address("admin:comments_desk")}
    because = _("You get this mail, at most once an hour, because you are a moderator.")
    return _message(row, _("Safety flags are waiting"), [text, because], told)


_Kind = OutgoingMail.Kind
_MAKERS = {
    _Kind.CONFIRM: _confirm,
    _Kind.REJECTED: _rejected,
    _Kind.OBJECTION: _objection,
    _Kind.REPLY: _reply,
    _Kind.FIXED: _fixed,
    _Kind.OWN_DATA: _own_data,
    _Kind.ALARM: _alarm,
}


def waiting_alarms():
    """Comments with a safety flag that have waited too long."""
    return Comment.objects.flagged().filter(queued_at__lt=timezone.now() - ALARM_AFTER)


def _is_still(row: OutgoingMail, comment: Comment) -> bool:
    """Whether the comment still has the address of the row, and its owner has proved that it is theirs."""
    return comment.email == row.email and comment.email_confirmed_at is not None


def _because_confirmed() -> str:
    return _("You get this mail because you confirmed this address for a comment.")


def _message(row: OutgoingMail, subject: str, parts: list[str], told: dict, headers: dict | None = None) -> Message:
    text = "\n\n".join(part % told for part in parts if part)
    return Message(one_line(subject % told)[:LONGEST_SUBJECT], f"{text}\n", to=[row.email], headers=headers)


def _address(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
