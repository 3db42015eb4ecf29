"""“Was this page useful?”: one question under each page, and room for a remark. Nothing says who answered."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from comments.addresses import edition_read, of_public_page
from comments.arriving import FEEDBACK, TooMany
from comments.feedback import Feedback
from comments.forms import RemarkForm
from comments.networks import RecentPosts, network_of
from comments.origins import for_readers, see_other
from comments.reports import is_proved
from comments.sections import sections_of
from comments.tokens import BadToken, feedback_of, form_token, remark_token
from comments.writing import said_too_much


@for_readers
@of_public_page
def useful(request, page):
    if page.live is None:
        raise Http404
    context = {"edition": page.live, "is_done": "thanks" in request.GET, "token": form_token(page.pk)}
    status = 200
    if request.method == "POST":
        answer = {"yes": True, "no": False}.get(request.POST.get("useful", ""))
        if answer is None or not is_proved(request, page.pk):
            context["is_unproved"], status = answer is not None, 403 if answer is not None else 400
        else:
            try:
                return see_other(reverse("comments:remark", args=[remark_token(_keep(page, answer, request))]))
            except TooMany as error:
                context["problem"], status = said_too_much(error), 429
    return render(request, "comments/useful.html", context, status=status)


def _keep(page, answer: bool, request) -> Feedback:
    """Raises TooMany."""
    with transaction.atomic():
        if not RecentPosts.allow(FEEDBACK, network_of(request)):
            raise TooMany(FEEDBACK)
        edition = edition_read(page, request.POST.get("edition", ""))
        return Feedback.objects.create(page=page, edition=edition, is_useful=answer)


@for_readers
def remark(request, token):
    """The link is good for one remark within an hour."""
    try:
        feedback = feedback_of(token)
    except BadToken:
        return render(request, "comments/remark_over.html", status=404)
    edition = feedback.edition
    form = RemarkForm(request.POST if request.method == "POST" else None, sections=sections_of(edition))
    if form.is_bound and form.is_valid():
        # Sent twice, the first counts.
        Feedback.objects.filter(pk=feedback.pk, remark="").update(**form.cleaned_data)
        return see_other(f"{edition.get_absolute_url()}useful/?thanks")
    return render(request, "comments/remark.html", {"feedback": feedback, "edition": edition, "form": form})
