"""The private page of a comment, for its writer alone: whoever has the link may look, change, withdraw and object."""

from datetime import datetime, timedelta
from functools import wraps
from math import ceil

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import moderation
from comments.comments import Comment
from comments.forms import ObjectionForm, WrittenForm
from comments.house_rules import BY_ID
from comments.networks import network_of
from comments.openings import openness_of
from comments.origins import for_readers, see_other
from comments.showing import ShownComment, address_of
from comments.tokens import BadToken, comment_of
from comments.verdicts import Flag
from comments.writing import takes_experiences, tried
from publishing.editions import Edition

State = Comment.State


def of_writer(view):
    """Gives the view the comment that the private link is about."""

    @for_readers
    @wraps(view)
    def found(request, token):
        try:
            comment = comment_of(token)
        except BadToken:
            return render(request, "comments/own_unknown.html", status=404)
        return view(request, token, comment)

    return found


@of_writer
def own(request, token, comment):
    if request.method == "POST":
        return see_other(_address("own", token))
    live = _live(comment)
    decision = moderation.rejection_of(comment) if comment.state == State.REJECTED else None
    context = {
        "standing": standing(comment),
        "is_gone": comment.is_gone,
        "public_url": address_of(comment) if comment.is_public and live else "",
        "private_url": settings.SITE_URL + _address("own", token),
        "proposed": ShownComment(_as_proposed(comment)) if comment.proposed else None,
        "minutes_left": _minutes_left(comment) if may_edit(comment, live) else 0,
        "may_object": moderation.may_object(comment),
        "objection_ended": _objection_ended(comment),
        "decision": decision,
        "house_rule": decision and BY_ID.get(decision.rule),
        "awaits_proof": bool(comment.email) and comment.email_confirmed_at is None and comment.state != State.SPAM,
        "is_emergency": Flag.EMERGENCY in comment.flags,
    }
    return _render(request, "own", token, comment, **context)


@of_writer
def own_edit(request, token, comment):
    has_experience = takes_experiences(comment.page.kind) and comment.kind == Comment.Kind.EXPERIENCE
    form = WrittenForm(
        request.POST if request.method == "POST" else None,
        initial=comment.proposed or comment.written,
        has_experience=has_experience,
    )
    can_send, status = may_edit(comment, _live(comment)), 200
    if form.is_bound and not can_send:
        form.add_error(None, _("The time for changes is over. You can copy your text from here."))
        status = 403
    elif form.is_bound and form.is_valid():
        status = tried(form, lambda: moderation.edit(comment, form.written, network=network_of(request)))
        if status == 200:
            return see_other(_address("own", token))
    context = {"form": form, "can_send": can_send, "minutes_left": _minutes_left(comment)}
    return _render(request, "own_edit", token, comment, status=status, **context)


@of_writer
def own_withdraw(request, token, comment):
    if request.method == "POST":
        moderation.withdraw(comment)
    if request.method == "POST" or comment.is_gone:
        return see_other(_address("own", token))
    return _render(request, "own_withdraw", token, comment)


@of_writer
def own_object(request, token, comment):
    if not moderation.may_object(comment):
        return see_other(_address("own", token))
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: moderation.object_to(comment, form.cleaned_data["text"]))
        if status == 200:
            return see_other(_address("own", token))
    return _render(request, "own_object", token, comment, status=status, form=form)


def standing(comment: Comment) -> tuple[str, str]:
    """How it stands with the comment, in a few words and in a sentence or two."""
    if comment.is_gone:
        return _("Removed"), _("Your comment was removed, and everything you wrote in it was deleted.")
    if comment.is_public and comment.proposed:
        return _("Public; your change waits"), _("The earlier text stays public until a moderator has read the change.")
    if comment.is_public:
        return _("Public"), _("A moderator has approved your comment. Everybody can read it.")
    if comment.state == State.REJECTED and comment.queued_at:
        return _("Rejected; looked at again"), _("It is not public. A moderator looks at it again.")
    if comment.state == State.REJECTED:
        return _("Rejected"), _("A moderator has decided not to publish your comment.")
    if comment.state == State.SPAM and comment.decided_at:
        return _("Not published"), _("A moderator has put your comment aside as advertising or spam.")
    return _("Not public yet"), _(
        "Only moderators can see your comment. It appears under the page once one of them has approved it."
    )


def _objection_ended(comment: Comment) -> tuple[str, datetime] | None:
    """In a sentence, and when; nothing while it waits, or where nobody objected."""
    decision = None if comment.is_gone else moderation.answer_to_objection(comment)
    if decision is None:
        return None
    if decision.state_after == State.APPROVED:
        said = _("A moderator has looked at it again and approved your comment after all.")
    else:
        said = _("A moderator has looked at it again. The decision stands: your comment is not shown to readers.")
    return said, decision.recorded_at


def may_edit(comment: Comment, live: Edition | None) -> bool:
    return moderation.may_edit(comment) and live is not None and openness_of(live).takes_reports


def _minutes_left(comment: Comment) -> int:
    left = comment.posted_at + timedelta(minutes=moderation.EDIT_MINUTES) - timezone.now()
    return max(0, ceil(left.total_seconds() / 60))


def _live(comment: Comment) -> Edition | None:
    return Edition.objects.live().filter(page=comment.page_id).first()


def _as_proposed(comment: Comment) -> Comment:
    """Not saved: the comment as its changed text would be."""
    return Comment(pk=comment.pk, kind=comment.kind, posted_at=comment.posted_at, **comment.proposed)


def _address(name: str, token: str) -> str:
    return reverse(f"comments:{name}", args=[token])


def _render(request, name: str, token: str, comment: Comment, *, status=200, **context):
    context |= {
        "comment": comment,
        "shown": ShownComment(comment),
        "token": token,
    }
    return render(request, f"comments/{name}.html", context, status=status)
