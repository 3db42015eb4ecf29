"""A reader says that a public comment should not stand there."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comments import moderation
from comments.comments import Comment
from comments.forms import ReportForm
from comments.networks import network_of
from comments.openings import openness_of
from comments.origins import for_readers, is_from_here, see_other
from comments.showing import ShownComment
from comments.tokens import BadToken, form_token, read_form_token
from comments.writing import tried


@for_readers
def report(request, number):
    comments = Comment.objects.public().select_related("page__live", "clinician").defer("page__live__text")
    comment = get_object_or_404(comments, pk=number)
    if not openness_of(comment.page.live).takes_reports:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not is_proved(request, comment.page_id):
        status = 403
        form.add_error(None, _("Please send it once more: the form was open for too long, or it came from elsewhere."))
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: moderation.report(comment, network=network_of(request), **form.cleaned_data))
        if status == 200:
            return see_other(reverse("comments:report", args=[number]) + "?thanks")
    context = {
        "comment": comment,
        "edition": comment.page.live,
        "shown": ShownComment(comment),
        "form": form,
        "token": form_token(comment.page_id),
        "is_done": "thanks" in request.GET,
    }
    return render(request, "comments/report.html", context, status=status)


def is_proved(request, page_id: int) -> bool:
    """Whether a page of this site sent it: the browser says so, or it carries the token of a form about the page."""
    if is_from_here(request):
        return True
    try:
        return read_form_token(request.POST.get("token", "")).page == page_id
    except BadToken:
        return False
