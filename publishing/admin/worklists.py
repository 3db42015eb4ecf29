"""Work lists: pages of every kind that wait for something. Each has an address that can be shared.

`settings.WORK_LISTS` names those of all rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.events import name_of
from publishing.kinds import page_models
from publishing.models import Citation, ContentTask, EditionReference, Page, ReferenceTask, ReviewComment

SOON = 60
PER_PAGE = 50
IS_LIVE = Q(live__isnull=False)


@dataclass(frozen=True)
class WorkList:
    """`condition` is asked anew each time, because days pass. `items` names the list in the admin that shows what
    waits on one page, where that is more than the page itself.
    """

    name: str
    title: str
    advice: str
    condition: Callable[[], Q]
    items: str = ""

    @property
    def url(self) -> str:
        return work_url(list=self.name)

    def items_url(self, page: Page) -> str:
        return f"{reverse(f'admin:{self.items}_changelist')}?{urlencode({'page__id__exact': page.pk})}"


def work_url(**filters) -> str:
    return f"{reverse('admin:publishing_work')}?{urlencode(filters)}"


def is_health() -> Q:
    always = [model.kind_name() for model in page_models() if model.is_always_medical]
    return Q(is_medical=True) | Q(kind__in=always)


def due_between(first: date, last: date) -> Q:
    return Q(live__review_due_on__gte=first, live__review_due_on__lte=last)


def _overdue() -> Q:
    return Q(live__review_due_on__lt=timezone.localdate())


def _due_soon() -> Q:
    today = timezone.localdate()
    return due_between(today, today + timedelta(days=SOON))


def _unsigned() -> Q:
    return IS_LIVE & is_health() & Q(live__sign_off__isnull=True)


def _emergencies() -> Q:
    return IS_LIVE & ~Q(live__override_reason="")


def _without_review_in_date() -> Q:
    in_date = Q(live__review_due_on__isnull=False, live__review_due_on__gte=timezone.localdate())
    return IS_LIVE & is_health() & ~in_date


def _without_sources() -> Q:
    return is_health() & ~Q(state=Page.State.WITHDRAWN) & ~Exists(Citation.objects.filter(page=OuterRef("pk")))


def _sources_unseen() -> Q:
    cited = EditionReference.objects.filter(edition=OuterRef("live"), reference__is_checked=False)
    return IS_LIVE & is_health() & Exists(cited)


def _without_help() -> Q:
    says_so = Q(live__html__contains='class="help"') | Q(live__html__contains='id="when-to-get-help"')
    return IS_LIVE & is_health() & ~says_so


def _source_tasks() -> Q:
    return Q(Exists(ReferenceTask.objects.filter(page=OuterRef("pk"), closed_at=None)))


def _content_tasks() -> Q:
    return Q(Exists(ContentTask.objects.open().filter(page=OuterRef("pk"))))


def _open_comments() -> Q:
    return Q(Exists(ReviewComment.objects.filter(page=OuterRef("pk"), resolved_at=None)))


def _without_owner() -> Q:
    return Q(owner__isnull=True) | Q(owner__is_active=False)


WORK_LISTS = (
    WorkList("overdue", _("Review overdue"), _("Readers are told so. Have the page reviewed again."), _overdue),
    WorkList("due-soon", _("Review due within 60 days"), _("Look through the page and its sources."), _due_soon),
    WorkList(
        "unsigned",
        _("Public without sign-off"),
        _("Health information that readers see and no clinician has signed off."),
        _unsigned,
    ),
    WorkList("emergency", _("Published in an emergency"), _("Have it reviewed as soon as you can."), _emergencies),
    WorkList(
        "not-in-date",
        _("Public without a review in date"),
        _("Never reviewed as a whole, or too long ago."),
        _without_review_in_date,
    ),
    WorkList(
        "no-sources", _("Missing sources"), _("Health information whose draft cites no source."), _without_sources
    ),
    WorkList(
        "sources-unseen",
        _("Cites sources nobody has read"),
        _("Read the source itself and tick “text seen” on its form."),
        _sources_unseen,
    ),
    WorkList(
        "source-tasks",
        _("Something is wrong with a source"),
        _("A broken link, or a work corrected or retracted since: see the tasks on sources."),
        _source_tasks,
    ),
    WorkList(
        "content-tasks",
        _("Open tasks from readers and staff"),
        _("Put it right in the draft, and name the task when you publish it; or close the task with a remark."),
        _content_tasks,
        items="publishing_contenttask",
    ),
    WorkList("comments", _("Open review comments"), _("Answer each before the page is approved."), _open_comments),
    WorkList(
        "no-help",
        _("Does not say when to get help"),
        _("Add a help box, or fill in the section of that name."),
        _without_help,
    ),
    WorkList("no-owner", _("Nobody is responsible"), _("Reminders reach nobody: choose an owner."), _without_owner),
)


def all_work_lists() -> list[WorkList]:
    return [each for path in settings.WORK_LISTS for each in import_string(path)]


def work_list(name: str | None) -> WorkList | None:
    return next((each for each in all_work_lists() if each.name == name), None)


class WorkListFilter(admin.SimpleListFilter):
    """The same lists among the pages of one kind."""

    title = _("work")
    parameter_name = "list"

    def lookups(self, request, model_admin):
        return [(each.name, each.title) for each in all_work_lists()]

    def queryset(self, request, queryset):
        chosen = work_list(self.value())
        return queryset.filter(chosen.condition()) if chosen else queryset


class MonthField(forms.RegexField):
    """A month such as 2026-11: cleaned, its first day."""

    def __init__(self, **options):
        super().__init__(r"\A20\d\d-(0[1-9]|1[0-2])\Z", widget=forms.TextInput(attrs={"type": "month"}), **options)

    def clean(self, value):
        value = super().clean(value)
        return date(int(value[:4]), int(value[5:]), 1) if value else None


def month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def staff_choices() -> list[tuple[str, str]]:
    """One query."""
    return [(str(user.pk), name_of(user)) for user in User.objects.filter(is_staff=True).order_by("username")]


def kind_choices() -> list[tuple[str, str]]:
    return [(model.kind_name(), capfirst(model._meta.verbose_name)) for model in page_models()]


class FilterForm(forms.Form):
    """Filters in the address. One that means nothing is named on the form, and does not filter."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict:
        """The filters that are set and mean something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WorkForm(FilterForm):
    list = forms.ChoiceField(label=_("List"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Every state")), *Page.State.choices])
    kind = forms.ChoiceField(label=_("Kind"))
    owner = forms.ChoiceField(label=_("Owner"))
    month = MonthField(label=_("Review due in"), help_text=_("A month, such as 2026-11."))

    def __init__(self, data):
        super().__init__(data)
        self.fields["list"].choices = [("", _("All pages")), *((each.name, each.title) for each in all_work_lists())]
        self.fields["kind"].choices = [("", _("Every kind")), *kind_choices()]
        self.fields["owner"].choices = [("", _("Anyone")), *staff_choices()]

    def pages(self):
        found, chosen = Page.objects.all(), self.chosen()
        if "list" in chosen:
            found = found.filter(work_list(chosen["list"]).condition())
        if "month" in chosen:
            found = found.filter(due_between(chosen["month"], month_end(chosen["month"])))
        return found.filter(**{name: chosen[name] for name in ("state", "kind", "owner") if name in chosen})


@require_safe
def work_view(request):
    if not request.user.has_perm("publishing.view_page"):
        raise PermissionDenied
    form = WorkForm(request.GET)
    pages = (
        form.pages()
        .select_related("owner")
        .annotate(public_since=F("live__valid_from"), review_due_on=F("live__review_due_on"))
    )
    first_due = F("review_due_on").asc(nulls_last=True)
    page_obj = Paginator(pages.order_by(first_due, "title", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    chosen = work_list(form.chosen().get("list"))
    if chosen and chosen.items:
        for page in page_obj:
            page.items_url = chosen.items_url(page)
    context = {
        **admin.site.each_context(request),
        "title": _("Work lists"),
        "form": form,
        "chosen": chosen,
        "page_obj": page_obj,
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/publishing/work.html", context)
