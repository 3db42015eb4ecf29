"""What a moderator does on the desk: each a form of its own, so that it works without JavaScript too."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from comments import moderation
from comments.admin.desk_blocks import said_of
from comments.admin.desk_filters import LARGEST_ID, PER_PAGE
from comments.blocks import Block
from comments.comments import Comment, section_title
from comments.house_rules import HOUSE_RULES
from comments.moderation import UNDO_MINUTES
from comments.prepared import PreparedReply
from comments.text import clean_text
from publishing.numbers import row_number
from publishing.tasks import LONGEST_TASK

LONGEST_WORDS = 1_000
LONGEST_REPLY = 5_000
# Where the session keeps what was decided last: numbers only, never a word of a comment.
LAST_DECISION = "comments_desk"
# The field that a prepared text goes into: what its writer is told, or the answer of the organisation.
PURPOSE_OF_FIELD = {"words": PreparedReply.Purpose.REJECTION, "text": PreparedReply.Purpose.ANSWER}
BLOCK_DAYS = [("1", _("a day")), ("7", _("a week")), ("30", _("30 days")), ("365", _("a year")), ("", _("for good"))]
DECIDED = {
    "approve": _("Approved"),
    "reject": _("Rejected"),
    "spam": _("Marked as spam"),
    "reply": _("Answered"),
    "undo": _("Undone"),
}
# As `secrets.token_urlsafe` makes them.
_BATCH = re.compile(r"[A-Za-z0-9_-]{43}")


class PlainTextField(forms.CharField):
    """Text kept as it was typed, if it can be shown."""

    def __init__(self, *, longest: int, **options):
        super().__init__(strip=True, **options)
        self.longest = longest

    def clean(self, value):
        return clean_text(super().clean(value), self.longest)


class ItemForm(forms.Form):
    """Which comment, as the moderator saw it, and which one comes after it."""

    item = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    next = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class RejectForm(ItemForm):
    rule = forms.ChoiceField(
        choices=[(rule.id, rule.title) for rule in HOUSE_RULES],
        error_messages={"required": _("Choose the rule that the comment breaks.")},
    )
    words = PlainTextField(longest=LONGEST_WORDS, required=False)


class ReplyForm(ItemForm):
    text = PlainTextField(longest=LONGEST_REPLY, error_messages={"required": _("Write the answer.")})


class NoteForm(ItemForm):
    text = PlainTextField(longest=LONGEST_WORDS, error_messages={"required": _("Write the note.")})


class TaskForm(ItemForm):
    text = PlainTextField(longest=LONGEST_TASK, error_messages={"required": _("Write what is to be put right.")})
    section = forms.CharField(required=False, max_length=100)


class BlockForm(ItemForm):
    what = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Block.Kind.EMAIL, Block.Kind.NETWORK)],
        error_messages={"required": _("Choose what to block.")},
    )
    days = forms.TypedChoiceField(choices=BLOCK_DAYS, coerce=int, empty_value=None, required=False)
    refuses = forms.BooleanField(required=False)
    reason = PlainTextField(longest=LONGEST_WORDS, error_messages={"required": _("Write why it is blocked.")})


class InsertForm(ItemForm):
    """A prepared text is put into the field of one of the other forms."""

    into = forms.ChoiceField(choices=[(field, field) for field in PURPOSE_OF_FIELD])
    prepared = forms.ModelChoiceField(
        PreparedReply.objects.all(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a prepared text.")),
    )

    def clean(self):
        cleaned = super().clean()
        prepared = cleaned.get("prepared")
        if prepared and "into" in cleaned and prepared.purpose != PURPOSE_OF_FIELD[cleaned["into"]]:
            raise ValidationError(_("This prepared text is for something else."))
        return cleaned


class SeveralForm(forms.Form):
    """Decide what is ticked: `chosen` are numbers with the version that the moderator saw, such as 12:3."""

    action = forms.ChoiceField(choices=[("approve", "approve"), ("reject", "reject"), ("spam", "spam")])
    rule = forms.ChoiceField(required=False, choices=[("", ""), *((rule.id, rule.title) for rule in HOUSE_RULES)])
    chosen = forms.MultipleChoiceField(error_messages={"required": _("Select the comments first.")})

    def __init__(self, data):
        super().__init__(data)
        self.fields["chosen"].choices = [(value, value) for value in data.getlist("chosen")[:PER_PAGE]]

    def clean_chosen(self) -> dict[int, int]:
        found = {}
        for value in self.cleaned_data["chosen"]:
            number, _colon, version = value.partition(":")
            number, version = row_number(number), row_number(version)
            if number is None or version is None:
                raise ValidationError(_("Select the comments first."))
            found[number] = version
        return found

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") == "reject" and not cleaned.get("rule"):
            raise ValidationError(_("Choose the rule that the comments break."))
        return cleaned


class Refused(Exception):
    """It was not done. The desk says why and keeps what was typed."""

    def __init__(self, problem: str, status: int = 400, item: int | None = None):
        self.problem, self.status, self.item = problem, status, item
        super().__init__(problem)


@dataclass(frozen=True)
class Done:
    """`message` is empty after a decision: the desk then shows what the session keeps of it."""

    item: int | None
    message: str = ""


def act(request) -> Done:
    """Raises Refused."""
    do = request.POST.get("do", "")
    if do == "undo":
        return _undo(request)
    if do == "all":
        return _decide_all(request)
    if do not in ONE:
        raise Refused(translate("Choose what to do."))
    kind, action = ONE[do]
    form = kind(request.POST)
    if not form.is_valid():
        raise Refused(_first_problem(form), item=form.cleaned_data.get("item"))
    chosen = form.cleaned_data
    comment = Comment.objects.select_related("page", "edition").filter(pk=chosen["item"]).first()
    if comment is None:
        raise Refused(translate("This comment is not there any more."), 404)
    try:
        return action(request, comment, chosen)
    except moderation.ItemChanged:
        problem = translate("Nothing was done: the comment has changed since you saw it. This is how it stands now.")
        raise Refused(problem, 409, comment.pk) from None
    except moderation.NotPossible as error:
        raise Refused(str(error), 409, comment.pk) from None


def _first_problem(form: forms.Form) -> str:
    return next(str(problem) for problems in form.errors.values() for problem in problems)


# One comment


def _approve(request, comment: Comment, chosen: dict) -> Done:
    batch = secrets.token_urlsafe()
    moderation.approve(comment, by=request.user, version=chosen["version"], batch=batch)
    return _decided(request, "approve", chosen, batch)


def _reject(request, comment: Comment, chosen: dict) -> Done:
    batch, told = secrets.token_urlsafe(), {"rule": chosen["rule"], "words": chosen["words"]}
    moderation.reject(comment, by=request.user, version=chosen["version"], batch=batch, **told)
    return _decided(request, "reject", chosen, batch)


def _spam(request, comment: Comment, chosen: dict) -> Done:
    batch = secrets.token_urlsafe()
    moderation.mark_spam(comment, by=request.user, version=chosen["version"], batch=batch)
    return _decided(request, "spam", chosen, batch)


def _reply(request, comment: Comment, chosen: dict) -> Done:
    if not request.user.has_perm("comments.reply_officially"):
        raise PermissionDenied
    batch = secrets.token_urlsafe()
    moderation.reply(comment, chosen["text"], by=request.user, version=chosen["version"], batch=batch)
    return _decided(request, "reply", chosen, batch)


def _decided(request, verb: str, chosen: dict, batch: str) -> Done:
    _keep(request, verb, batch, done=[chosen["item"]], refused=[])
    return Done(chosen["next"])


def _note(request, comment: Comment, chosen: dict) -> Done:
    moderation.add_note(comment, chosen["text"], by=request.user)
    return Done(comment.pk, translate("Your note is kept with number %d.") % comment.pk)


def _block(request, comment: Comment, chosen: dict) -> Done:
    until = chosen["days"] and timezone.now() + timedelta(days=chosen["days"])
    block = moderation.block_writer(
        comment,
        chosen["what"],
        by=request.user,
        reason=chosen["reason"],
        refuses=chosen["refuses"],
        until=until,
    )
    return Done(comment.pk, translate("Number %(number)d: %(said)s") % {"number": comment.pk, "said": said_of(block)})


def _task(request, comment: Comment, chosen: dict) -> Done:
    section = chosen["section"]
    if section and not section_title(comment.edition, section):
        raise Refused(translate("The page has no such section."), item=comment.pk)
    moderation.open_task(comment, chosen["text"], by=request.user, section=section)
    return Done(comment.pk, translate("A task for “%s” is open.") % comment.page)


def _open(request, comment: Comment, chosen: dict) -> Done:
    other = moderation.open_item(comment, by=request.user)
    said = translate("%(who)s has number %(number)d open.") if other else translate("You have number %(number)d open.")
    return Done(comment.pk, said % {"who": other, "number": comment.pk})


def _put_back(request, comment: Comment, chosen: dict) -> Done:
    moderation.put_back(comment, by=request.user, version=chosen["version"])
    return Done(comment.pk, translate("Number %d is in the queue again.") % comment.pk)


ONE = {
    "approve": (ItemForm, _approve),
    "reject": (RejectForm, _reject),
    "spam": (ItemForm, _spam),
    "reply": (ReplyForm, _reply),
    "note": (NoteForm, _note),
    "block": (BlockForm, _block),
    "task": (TaskForm, _task),
    "put-back": (ItemForm, _put_back),
    "open": (ItemForm, _open),
}


# Several at once, and undo


def _decide_all(request) -> Done:
    form = SeveralForm(request.POST)
    if not form.is_valid():
        raise Refused(_first_problem(form))
    versions, action, batch = form.cleaned_data["chosen"], form.cleaned_data["action"], secrets.token_urlsafe()
    comments = Comment.objects.filter(pk__in=versions).order_by("pk")
    outcomes = moderation.decide_all(
        [(comment, versions[comment.pk]) for comment in comments],
        action,
        by=request.user,
        batch=batch,
        rule=form.cleaned_data["rule"] if action == "reject" else "",
    )
    _keep_outcomes(request, action, batch, outcomes)
    return Done(None)


def _undo(request) -> Done:
    batch = request.POST.get("batch", "")
    # Whatever else is sent was never a batch, and may be nothing that a database can be asked for.
    outcomes = moderation.undo(batch, by=request.user) if _BATCH.fullmatch(batch) else moderation.Outcomes([], [])
    if not outcomes.done and not outcomes.refused:
        raise Refused(translate("There is nothing to undo any more: that is possible once, for ten minutes."))
    _keep_outcomes(request, "undo", "", outcomes)
    return Done(outcomes.done[0].pk if outcomes.done else None)


def _keep_outcomes(request, verb: str, batch: str, outcomes: moderation.Outcomes) -> None:
    refused = [[comment.pk, why] for comment, why in outcomes.refused]
    _keep(request, verb, batch if outcomes.done else "", [comment.pk for comment in outcomes.done], refused)


def _keep(request, verb: str, batch: str, done: list[int], refused: list) -> None:
    request.session[LAST_DECISION] = {
        "verb": verb,
        "batch": batch,
        "done": done,
        "refused": refused,
        "at": timezone.now().isoformat(),
    }


@dataclass(frozen=True)
class LastDecision:
    """What was decided last from this browser, for as long as it can be undone; each with number, name and page."""

    verb: str
    batch: str
    until: datetime
    done: list[dict]
    refused: list[tuple[dict, str]]


def last_decision(request) -> LastDecision | None:
    """One query, none without a decision in the last ten minutes."""
    kept = request.session.get(LAST_DECISION)
    if not kept:
        return None
    until = parse_datetime(kept["at"]) + timedelta(minutes=UNDO_MINUTES)
    if until < timezone.now():
        return None
    numbers = [*kept["done"], *(number for number, _why in kept["refused"])]
    rows = Comment.objects.filter(pk__in=numbers).values("pk", "name", "page__title")
    named = {row["pk"]: {"number": row["pk"], "name": row["name"], "page": row["page__title"]} for row in rows}
    return LastDecision(
        verb=DECIDED[kept["verb"]],
        batch=kept["batch"],
        until=until,
        done=[named[number] for number in kept["done"] if number in named],
        refused=[(named[number], why) for number, why in kept["refused"] if number in named],
    )


# Prepared texts


def inserted(request) -> tuple[int | None, str]:
    """The comment, and what was typed for it with the prepared text at the end. Raises Refused."""
    form = InsertForm(request.POST)
    if not form.is_valid():
        raise Refused(_first_problem(form), item=form.cleaned_data.get("item"))
    chosen = form.cleaned_data
    comment = Comment.objects.select_related("page").filter(pk=chosen["item"]).first()
    if comment is None:
        raise Refused(translate("This comment is not there any more."), 404)
    filled = chosen["prepared"].filled(page=comment.page.title, site=settings.PUBLISHER_NAME)
    typed = request.POST.get(chosen["into"], "").strip()
    return comment.pk, f"{typed}\n\n{filled}" if typed else filled


def offered(flags: list[str], replies: list[PreparedReply], field: str) -> list[PreparedReply]:
    """What is prepared for this field: for the flags of the comment first, then for any comment, then the rest."""
    order = {flag: place for place, flag in enumerate([*flags, ""])}
    fitting = [reply for reply in replies if reply.purpose == PURPOSE_OF_FIELD[field]]
    return sorted(fitting, key=lambda reply: order.get(reply.flag, len(order)))
