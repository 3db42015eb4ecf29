"""The pages that mails lead to: confirm an address; stop mails; see, save and erase what one has written.

The token of the link is the proof. Nothing else is asked for, neither a cookie nor that the form comes from this site,
since a mail program may send it. Looking at a page changes nothing, as programs that check links look too.
"""

import json
from functools import wraps

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import SignatureExpired
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import moderation, privacy
from comments.arriving import TooMany
from comments.forms import EmailInput, PlainEmail
from comments.networks import network_of
from comments.origins import for_readers, is_too_much, see_other, unkept
from comments.outbox import Subscription
from comments.reports import is_proved
from comments.showing import ShownComment
from comments.tokens import (
    BadToken,
    comment_to_confirm,
    email_of,
    form_token,
    own_token,
    subscription_of,
)
from comments.writing import said_too_much
from publishing.numbers import row_number

# Stands in the form's token in the place of a page.
NO_PAGE = 0
# Of comments that only name the address; more are not listed, and lose the address all the same.
MOST_LISTED = 500


class AddressForm(forms.Form):
    email = PlainEmail(
        label=_("Your e-mail address"),
        help_text=_("The one you gave with your comments."),
        widget=EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your address.")},
    )


def from_mail(view):
    """For a view whose address holds a token. A link that is not ours, or not any more, gets a page that says so."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request, token):
        if is_too_much(request):
            return unkept(render(request, "comments/too_much.html", status=413))
        try:
            response = view(request, token)
        except BadToken as error:
            is_ours = error.__cause__ is None or isinstance(error.__cause__, SignatureExpired)
            context = {"is_ours": is_ours, "place": request.resolver_match.url_name}
            response = render(request, "comments/mail_over.html", context, status=410 if is_ours else 404)
        return unkept(response)

    return found


@from_mail
def confirm(request, token):
    comment = comment_to_confirm(token)
    clinician = None if comment.email_confirmed_at else moderation.clinician_of(comment)
    if request.method == "POST":
        comment = moderation.confirm_address(comment, as_clinician="as_clinician" in request.POST)
    thread = comment.parent_id or comment.pk
    context = {
        "comment": comment,
        "is_done": comment.email_confirmed_at is not None,
        "follows": Subscription.objects.filter(thread=thread, email=comment.email).exists(),
        "own": reverse("comments:own", args=[own_token(comment)]),
        # Who lends a name to words sees them before.
        "clinician": clinician,
        "shown": clinician and ShownComment(comment),
    }
    return render(request, "comments/mail_confirm.html", context)


@from_mail
def unsubscribe(request, token):
    try:
        subscription = subscription_of(token)
    except BadToken as error:
        if error.__cause__ is not None:
            raise
        # It was stopped before.
        subscription = None
    edition = subscription and subscription.thread.edition
    if subscription and request.method == "POST":
        subscription.delete()
        subscription = None
    context = {"edition": edition, "is_done": subscription is None}
    return render(request, "comments/mail_unsubscribe.html", context)


@for_readers
def my_data(request):
    """Ask for the link. What is answered says nothing of whether the address is known."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not is_proved(request, NO_PAGE):
        form.add_error(None, _("Please send it once more: your browser did not say where it came from."))
        status = 403
    elif form.is_bound and form.is_valid():
        try:
            privacy.ask_for_link(form.cleaned_data["email"], network=network_of(request))
            return see_other(f"{reverse('comments:my_data')}?sent")
        except TooMany as error:
            form.add_error(None, said_too_much(error))
            status = 429
    context = {"form": form, "is_sent": "sent" in request.GET, "token": form_token(NO_PAGE)}
    return render(request, "comments/my_data.html", context, status=status)


@from_mail
def my_data_open(request, token):
    stored = privacy.stored_under(email_of(token))
    claimed = _numbers(request.POST.getlist("own"))
    asked = request.POST.get("do")
    if asked == "export":
        try:
            return _file(privacy.export(stored, claimed))
        except TooMany as error:
            return _my_data(request, token, stored, claimed, status=429, problem=said_too_much(error))
    if asked == "erase" and "sure" in request.POST:
        return render(request, "comments/my_data_erased.html", {"number": privacy.erase(stored, claimed)})
    name = "my_data_erase" if asked == "erase" else "my_data_open"
    is_unclear = request.method == "POST" and asked != "erase"
    return _my_data(request, token, stored, claimed, name=name, status=400 if is_unclear else 200)


def _my_data(request, token, stored, claimed, *, name="my_data_open", status=200, problem=""):
    context = {
        "token": token,
        "email": stored.email,
        "confirmed": stored.confirmed.select_related("page", "edition"),
        "unconfirmed": stored.unconfirmed.select_related("page", "edition")[:MOST_LISTED],
        "claimed": claimed,
        "subscription_number": stored.subscriptions.count(),
        "number": stored.of_owner(claimed).count(),
        "is_empty": stored.is_empty,
        "problem": problem,
    }
    return render(request, f"comments/{name}.html", context, status=status)


def _numbers(values: list[str]) -> set[int]:
    return set(map(row_number, values)) - {None}


def _file(content: dict) -> HttpResponse:
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-comments.json"'
    return response
