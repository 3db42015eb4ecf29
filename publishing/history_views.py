"""The history of a page for readers: what changed, each edition, the page as of a day, and what is new since a day.

None of these pages is the present one, so search engines are told to leave them out.
"""

from datetime import date, datetime, timedelta
from functools import wraps
from typing import NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.addresses import PastAddress
from publishing.companions import companions
from publishing.comparison import compare
from publishing.editions import Edition
from publishing.history import (
    Period,
    PublicState,
    as_it_was,
    editions_of,
    end_of,
    history_of,
    periods,
    start_of,
    state_with,
)
from publishing.kinds import by_kind, page_models
from publishing.pages import Page
from publishing.reading import Reading
from publishing.views import canonical, reference_keys
from publishing.watching import alerts

PER_PAGE = 50


class PageAddress(NamedTuple):
    kind: str
    slug: str


class PageAddressConverter:
    """The address of a page of any kind, without the outer slashes: `conditions/asthma`. Nothing else fits."""

    regex = r"[^/\x00]+/[^/\x00]+"

    def to_python(self, value: str) -> PageAddress:
        try:
            found = resolve(f"/{value}/")
        except Resolver404:
            raise ValueError(value) from None
        for model in page_models():
            if model.detail_url == found.view_name:
                return PageAddress(model.kind_name(), found.kwargs["slug"])
        raise ValueError(value)

    def to_url(self, address: PageAddress) -> str:
        return reverse(by_kind()[address.kind].detail_url, args=[address.slug]).strip("/")


class DayConverter:
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, day: date) -> str:
        return day.isoformat()


def of_page(view):
    """Gives the view the page at an address. One that has moved is found by a redirect; a page that never was public,
    not at all.
    """

    @require_safe
    @wraps(view)
    def found(request, address: PageAddress, **values):
        page = Page.objects.filter(kind=address.kind, address=address.slug).first()
        if page is None:
            past = PastAddress.objects.filter(page__address__isnull=False).select_related("page")
            page = get_object_or_404(past, kind=address.kind, slug=address.slug).page
            return _redirect(request, address, page)
        response = view(request, page, **values)
        response["X-Robots-Tag"] = "noindex"
        return response

    return found


def _redirect(request, address: PageAddress, page: Page):
    here, query = PageAddressConverter().to_url(address), request.META["QUERY_STRING"]
    below = request.path_info.removeprefix(f"/{here}/")
    return HttpResponsePermanentRedirect(f"{page.get_absolute_url()}{below}" + (f"?{query}" if query else ""))


@of_page
def history(request, page):
    page_obj = Paginator(history_of(page), PER_PAGE).get_page(request.GET.get("page"))
    newest = editions_of(page).for_cards().last()
    context = {"page_obj": page_obj, "entries": page_obj.object_list, "today": localdate()}
    return _render(request, "history", newest, canonical=canonical(request.path), form=SinceForm(), **context)


@of_page
def edition(request, page, number):
    """One edition as it was when it ceased to be the present one, with the rows of that time; or as it is now."""
    told = {period.edition.number: period for period in _periods(page)}
    if number not in told:
        raise Http404
    period, newest = told[number], told[max(told)].edition
    if period.edition.is_withdrawal:
        return _render(request, "history_withdrawal", newest, period=period)
    until = period.until - timedelta(microseconds=1) if period.until else timezone.now()
    shown = editions_of(page).with_review().get(number=number)
    state = state_with(shown, max(shown.valid_from, until))
    is_past = shown.pk != page.live_id
    notices = () if is_past else state.notices
    return _render_state(request, "edition", state, newest, is_past=is_past, notices=notices, period=period)


@of_page
def as_of(request, page, day):
    """The page as it stood at the end of a day, in the time zone of the site; today, as it stands now."""
    told, today = _periods(page), localdate()
    newest, context = told[-1].edition, {"day": day, "today": today}
    if not localdate(told[0].moment) <= day <= today:
        return _render(request, "history_not_public", newest, status=404, first=told[0], **context)
    end = end_of(day)
    context["shown_that_day"] = [period for period in told if _was_shown(period, start_of(day), end)]
    state = as_it_was(page, end)
    if state is None:
        withdrawn = [period for period in told if period.moment <= end][-1]
        return _render(request, "history_not_public", newest, status=404, withdrawn=withdrawn, **context)
    context["period"] = next(period for period in told if period.edition.pk == state.edition.pk)
    return _render_state(request, "as_of", state, newest, is_past=day < today, notices=state.notices, **context)


@of_page
def changes(request, page):
    """What readers who read the page on a day have missed. The day stands in the address; nothing is kept of it."""
    told = _periods(page)
    form = SinceForm(request.GET if "since" in request.GET else None)
    context = _changes_since(page, told, form.cleaned_data["since"]) if form.is_valid() else {}
    return _render(request, "changes_since", told[-1].edition, form=form, today=localdate(), **context)


def _changes_since(page: Page, told: list[Period], day: date) -> dict:
    """Compared with the first thing that readers saw of the page on that day, so that nothing is left out."""
    context = {"day": day, "first": told[0]}
    if day < localdate(told[0].moment):
        return context | {"is_too_early": True}
    shown = [period for period in told if _was_shown(period, start_of(day), end_of(day))]
    if not shown:
        return context
    since = max(start_of(day), shown[0].moment)
    before, now = as_it_was(page, since), as_it_was(page, timezone.now())
    context |= {"since": shown[0], "entries": [entry for entry in history_of(page) if entry.moment > since]}
    if now is None:
        return context | {"withdrawn": told[-1]}
    return context | {"is_compared": True, "differences": compare(before.content, now.content)}


def _periods(page: Page) -> list[Period]:
    """One query."""
    return periods(list(editions_of(page).for_cards()))


def _was_shown(period: Period, start: datetime, end: datetime) -> bool:
    """Whether readers saw the edition at any moment from `start` to `end`."""
    is_over = period.until is not None and period.until <= start
    return not period.edition.is_withdrawal and period.moment <= end and not is_over


def _render(request, name: str, newest: Edition, *, status: int = 200, **context):
    """`newest` gives the page its present name and place: the title of the draft is not public."""
    model = by_kind()[newest.kind]
    context = {
        "newest": newest,
        "is_public": not newest.is_withdrawal,
        "canonical": canonical(newest.get_absolute_url()),
        "kind": model._meta,
        "list_url": model.get_list_url(),
        **context,
    }
    return render(request, f"publishing/{name}.html", context, status=status)


def _render_state(request, name: str, state: PublicState, newest: Edition, *, is_past: bool, notices=(), **context):
    # Not saved: its own links lead to where the page is now.
    state.edition.slug = newest.slug
    beside = companions(state.edition, is_past=is_past)
    # Sources are shown as they are known now, also where readers of that time could not know it.
    known = alerts(reference_keys(state.edition, state.rows))
    reading = Reading(state.edition, state.rows, companions=beside, notices=notices, alerts=known, moment=state.moment)
    state.edition.is_medical = state.edition.snapshot.get("is_medical")
    # Topics are ways through the site as it is now.
    reading.tags = []
    detail = f"{by_kind()[newest.kind]._meta.app_label}/{newest.kind}_detail.html"
    return _render(request, name, newest, reading=reading, detail=detail, **context)


class SinceForm(forms.Form):
    since = forms.DateField(
        label=_("The day on which you read the page"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day on which you read the page."),
            "invalid": _("Write the day as year, month and day, for example 2026-05-03."),
        },
    )

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since > localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return since
