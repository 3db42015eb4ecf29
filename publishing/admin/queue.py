"""The review queue: drafts that wait for an editor or a medical reviewer, and who has taken which."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from publishing import workflow
from publishing.admin.worklists import FilterForm, kind_choices, staff_choices
from publishing.kinds import by_kind
from publishing.models import Page, ReviewRequest
from publishing.numbers import LARGEST

PER_PAGE = 25
ME, NOBODY = "me", "nobody"


class QueueForm(FilterForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Every stage")), *ReviewRequest.Stage.choices])
    taken_by = forms.ChoiceField(label=_("Taken by"))
    due = forms.ChoiceField(label=_("Due"), choices=[("", _("At any time")), ("overdue", _("Overdue"))])
    kind = forms.ChoiceField(label=_("Kind"))
    owner = forms.ChoiceField(label=_("Owner"))

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        staff = staff_choices()
        own = [("", _("Anyone or nobody")), (ME, _("Me")), (NOBODY, _("Nobody"))]
        self.fields["taken_by"].choices = [*own, *staff]
        self.fields["kind"].choices = [("", _("Every kind")), *kind_choices()]
        self.fields["owner"].choices = [("", _("Anyone")), *staff]

    def requests(self):
        found, chosen = ReviewRequest.objects.open(), self.chosen()
        if "due" in chosen:
            found = found.overdue()
        match chosen.get("taken_by"):
            case None:
                pass
            case "nobody":
                found = found.in_the_pool()
            case "me":
                found = found.claimed().filter(claimed_by=self.user)
            case number:
                found = found.claimed().filter(claimed_by=number)
        names = {"stage": "stage", "kind": "page__kind", "owner": "page__owner"}
        return found.filter(**{path: chosen[name] for name, path in names.items() if name in chosen})


class MoveForm(forms.Form):
    """The button that was pressed: the number of the page whose review is taken or given back."""

    take = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    give_back = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)


@require_http_methods(["GET", "HEAD", "POST"])
def queue_view(request):
    if not request.user.has_perm("publishing.view_page"):
        raise PermissionDenied
    if request.method == "POST":
        return _move(request)
    form = QueueForm(request.GET, user=request.user)
    requests = form.requests().select_related("page__owner", "claimed_by")
    page_obj = Paginator(requests, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Review queue"),
        "form": form,
        "page_obj": page_obj,
        "items": [_item(each, request.user) for each in page_obj],
        "load": _load(),
        "claim_days": settings.REVIEW_CLAIM_DAYS,
    }
    return TemplateResponse(request, "admin/publishing/queue.html", context)


def _item(asked: ReviewRequest, user) -> dict:
    may_review = user.has_perm(workflow.REVIEWERS[asked.stage])
    return {
        "request": asked,
        "page": asked.page,
        # Only who may do the review is told whose it was.
        "went_back": asked.went_back and may_review,
        "may_take": may_review and not asked.is_claimed,
        "is_mine": asked.is_claimed and asked.claimed_by_id == user.pk,
        "review_url": view_of(asked.page, "review"),
        "compare_url": view_of(asked.page, "compare"),
    }


def view_of(page: Page, name: str) -> str:
    """One of the screens below the form of a page."""
    return reverse(f"admin:{by_kind()[page.kind]._meta.app_label}_{page.kind}_{name}", args=[page.pk])


def _load() -> list[dict]:
    """How many reviews each reviewer has taken, with the address of their list. One query."""
    open_claims = ReviewRequest.objects.open().claimed()
    names = ("claimed_by", "claimed_by__username", "claimed_by__first_name", "claimed_by__last_name")
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    counted = open_claims.values(*names).annotate(count=Count("pk"), late=late)
    return [
        {
            "name": f"{each['claimed_by__first_name']} {each['claimed_by__last_name']}".strip()
            or each["claimed_by__username"],
            "count": each["count"],
            "late": each["late"],
            "url": queue_url(taken_by=each["claimed_by"]),
        }
        for each in counted.order_by("-count", "claimed_by__username")
    ]


def queue_url(**filters) -> str:
    return f"{reverse('admin:publishing_queue')}?{urlencode(filters)}"


def _move(request):
    form = MoveForm(request.POST)
    numbers = [name for name in form.fields if form.is_valid() and form.cleaned_data[name]]
    if len(numbers) == 1:
        page = get_object_or_404(Page, pk=form.cleaned_data[numbers[0]])
        try:
            if numbers == ["take"]:
                workflow.claim(page, by=request.user)
                messages.success(request, _("You have taken the review of “%s”.") % page)
            else:
                workflow.release(page, by=request.user)
                messages.success(request, _("You have given back the review of “%s”.") % page)
        except workflow.MoveRefused as refusal:
            for problem in refusal.problems:
                messages.error(request, f"{page}: {problem.message}")
    # Back to the same filters.
    return HttpResponseRedirect(request.get_full_path())
