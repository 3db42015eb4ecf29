"""Pages about comments that only show: all comments of a page, and the rules."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comments.addresses import of_public_page
from comments.comments import Comment
from comments.house_rules import HOUSE_RULES
from comments.moderation import EDIT_MINUTES
from comments.networks import KEPT_DAYS
from comments.openings import openness_of
from comments.sections import sections_of
from comments.showing import PER_PAGE, in_threads, place_of, shown_on
from publishing.numbers import row_number
from publishing.views import canonical


@require_safe
@of_public_page
def thread(request, page):
    """All comments of a page; `?at=` asks for the place of one of them."""
    if page.live is None or not (openness := openness_of(page.live)).shows:
        raise Http404
    at = row_number(request.GET.get("at", ""))
    number = request.GET.get("page") if at is None else place_of(at, page.pk)
    page_obj = Paginator(shown_on(page.pk), PER_PAGE).get_page(number)
    address = f"{page.get_absolute_url()}comments/"
    context = {
        "edition": page.live,
        "openness": openness,
        "number": Comment.objects.public().filter(page=page.pk).count(),
        "page_obj": page_obj,
        "threads": in_threads(page_obj.object_list, address),
        "contents": sections_of(page.live),
        "page_url": page.get_absolute_url(),
        "canonical": canonical(address) + (f"?page={page_obj.number}" if page_obj.number > 1 else ""),
    }
    response = render(request, "comments/thread.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def rules(request):
    context = {
        "house_rules": HOUSE_RULES,
        "moderators": settings.COMMENT_MODERATORS,
        "edit_minutes": EDIT_MINUTES,
        "network_days": KEPT_DAYS,
        "rejected_days": settings.COMMENT_REJECTED_DAYS,
        "canonical": canonical(reverse("comments:rules")),
    }
    return render(request, "comments/rules.html", context)
