"""The form on which a reader writes a comment or an answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comments import moderation
from comments.addresses import edition_read, of_public_page
from comments.arriving import TooMany
from comments.comments import Comment
from comments.forms import WritingForm
from comments.house_rules import HOUSE_RULES
from comments.networks import network_of
from comments.openings import openness_of
from comments.origins import for_readers, is_from_here, see_other
from comments.proof import has_worked
from comments.sections import sections_of
from comments.showing import ShownComment
from comments.tokens import BadToken, FormToken, form_token, own_token, read_form_token
from publishing.editions import Edition
from publishing.numbers import row_number
from publishing.pages import Page


@for_readers
@of_public_page
def write(request, page):
    if request.method == "POST":
        return _receive(request, page)
    if page.live is None or not (openness := openness_of(page.live)).shows:
        raise Http404
    answered = _answered(page, request.GET.get("answer", ""))
    form = _form(page.live, answered, initial={"kind": "question", "section": request.GET.get("section", "")})
    return _render(request, page, form, answered=answered, openness=openness)


def _receive(request, page: Page):
    """Whatever is wrong, the form comes back with all that was typed."""
    sent = request.POST
    openness = openness_of(page.live) if page.live else None
    answered = _answered(page, sent.get("answer", "")) if openness and openness.shows else None
    edition = edition_read(page, sent.get("edition", ""))
    form = _form(edition, answered, data=sent)
    token = _token_of(page, sent.get("token", ""))
    context = {"answered": answered, "openness": openness, "token": sent["token"] if token else None}
    problem, status = _what_is_in_the_way(request, openness, token, has_answer=bool(answered or not sent.get("answer")))
    if problem:
        form.add_error(None, problem)
    if not form.is_valid():
        return _render(request, page, form, status=status, **context)
    comment = _comment(form, page, edition, answered, token)
    try:
        stored = moderation.post(
            comment,
            network=network_of(request),
            follow=form.cleaned_data["follow"],
            form_age=token.age,
            honeypot=form.honeypot,
            has_worked=has_worked(sent["token"], sent.get("proof", "")),
        )
    except TooMany as error:
        form.add_error(None, said_too_much(error))
        response = _render(request, page, form, status=429, **context)
        response["Retry-After"] = str(error.limit.seconds)
        return response
    if stored is not comment and (stored.written, stored.email) != (comment.written, comment.email):
        form.add_error(None, _("This form has sent a comment already. Send this one too, if you mean it as another."))
        return _render(request, page, form, **context | {"token": None})
    return see_other(reverse("comments:own", args=[own_token(stored)]))


def _what_is_in_the_way(request, openness, token: FormToken | None, *, has_answer: bool) -> tuple[str, int]:
    """Of the page, the form or the thread, whatever the fields hold; and the status of the answer."""
    if openness is None:
        return _("This page was withdrawn while you were writing. You can copy your text from here."), 404
    if not openness.takes_comments:
        return _("Comments on this page were closed while you were writing. You can copy your text from here."), 403
    if token is None:
        said = _("The form was open for too long, or it was sent twice. Nothing is lost: please send it again.")
        return said, 200 if is_from_here(request) else 403
    if not has_answer:
        return _("The comment that you answer was removed. You can send yours as a comment of its own."), 200
    return "", 200


def tried(form, act: Callable[[], object]) -> int:
    """Returns the status of the answer: what keeps it from being done stands on the form."""
    try:
        act()
    except TooMany as error:
        form.add_error(None, said_too_much(error))
        return 429
    except moderation.NotPossible as error:
        form.add_error(None, str(error))
        return 403
    return 200


def said_too_much(error: TooMany) -> str:
    told = {"most": error.limit.most, "minutes": error.limit.minutes}
    said = _(
        "Your network has sent as much as it may for now (%(most)d within %(minutes)d minutes). "
        "Nothing you typed is lost: wait a little and send it again."
    )
    return said % told


def _form(edition: Edition, answered: Comment | None, **options) -> WritingForm:
    return WritingForm(
        sections=[] if edition.is_withdrawal else sections_of(edition),
        is_answer=answered is not None,
        has_experience=takes_experiences(edition.kind),
        **options,
    )


def takes_experiences(kind: str) -> bool:
    return kind in settings.COMMENT_EXPERIENCE_KINDS


def _answered(page: Page, number: str) -> Comment | None:
    """The public comment of this page that is to be answered."""
    if (answered := row_number(number)) is None:
        return None
    return Comment.objects.public().select_related("clinician").filter(page=page, pk=answered).first()


def _token_of(page: Page, token: str) -> FormToken | None:
    try:
        read = read_form_token(token)
    except BadToken:
        return None
    return read if read.page == page.pk else None


def _comment(form: WritingForm, page: Page, edition: Edition, answered: Comment | None, token: FormToken) -> Comment:
    cleaned = form.cleaned_data
    return Comment(
        page=page,
        edition=edition,
        section=answered.section if answered else cleaned["section"],
        parent_id=answered and (answered.parent_id or answered.pk),
        answers=answered,
        kind=Comment.Kind.REPLY if answered else cleaned["kind"],
        email=cleaned["email"],
        submission=token.key,
        **form.written,
    )


def _render(request, page: Page, form: WritingForm, *, answered, openness, token=None, status=200):
    edition = page.live or page.editions.latest()
    context = {
        "edition": edition,
        "is_withdrawn": page.live is None,
        "openness": openness,
        "form": form,
        "answered": answered and ShownComment(answered),
        "token": token or form_token(page.pk),
        "house_rules": HOUSE_RULES,
        "proof_of_work": settings.COMMENT_PROOF_OF_WORK,
    }
    return render(request, "comments/write.html", context, status=status)
