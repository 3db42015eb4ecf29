"""The calendar: a month of what goes live, expires and falls due; and the address of its feed."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from publishing.admin.worklists import FilterForm, MonthField, month_end
from publishing.calendars import Entry, entries
from publishing.models import CalendarKey

MONDAY = 0


class CalendarForm(FilterForm):
    month = MonthField(label=_("Month"), help_text=_("Such as 2026-11."))


@dataclass(frozen=True)
class Day:
    date: date
    is_in_month: bool
    entries: list[Entry]


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_view(request):
    if not request.user.has_perm("publishing.view_page"):
        raise PermissionDenied
    if request.method == "POST":
        return _change_key(request)
    form, today = CalendarForm(request.GET), timezone.localdate()
    first = form.chosen().get("month") or today.replace(day=1)
    found = entries(first, month_end(first))
    if not form.errors:
        # The form says which month is shown, also where the address does not.
        form = CalendarForm({"month": f"{first:%Y-%m}"})
    by_day = {day: list(each) for day, each in groupby(found, key=lambda entry: entry.day)}
    key = CalendarKey.objects.filter(user=request.user).first()
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar: %s") % date_format(first, "F Y"),
        "form": form,
        "month": first,
        "previous": first - timedelta(days=1),
        "next": month_end(first) + timedelta(days=1),
        "weeks": _weeks(first, by_day),
        "weekdays": [first + timedelta(days=n) for n in range(-first.weekday(), 7 - first.weekday())],
        "days": [Day(day, True, each) for day, each in by_day.items()],
        "today": today,
        "zone": timezone.get_current_timezone_name(),
        "feed_url": key and settings.SITE_URL + reverse("publishing:calendar_feed", args=[key.key]),
    }
    return TemplateResponse(request, "admin/publishing/calendar.html", context)


def _weeks(first: date, by_day: dict[date, list[Entry]]) -> list[list[Day]]:
    weeks = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    return [[Day(day, day.month == first.month, by_day.get(day, [])) for day in week] for week in weeks]


def _change_key(request):
    if "renew" in request.POST:
        CalendarKey.renew(request.user)
        messages.success(request, _("The calendar has a new address. An earlier one leads nowhere any more."))
    elif "remove" in request.POST:
        CalendarKey.objects.filter(user=request.user).delete()
        messages.success(request, _("Your calendar address leads nowhere any more."))
    return HttpResponseRedirect(request.get_full_path())
