"""The screen “Searches without an answer”: what readers typed and did not find, and what can be done about each."""

from collections import defaultdict
from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crosslinks.admin.forms import canonical_keys, named
from crosslinks.models import Name
from publishing.admin.chooser import PageSelect
from publishing.admin.worklists import FilterForm
from publishing.freshness import Stamp
from publishing.kinds import page_models
from publishing.models import ContentTask, Page
from publishing.tasks import LONGEST_TASK
from search import counts
from search.counts import LONGEST_QUERY, SearchCount, SettledSearch

LONGEST_LIST = 100
LONGEST_TIME = 90
PARTS = {
    "result": (_("Without result"), counts.without_result),
    "click": (_("Without click"), counts.without_click),
}
SETTLED = "settled"
LIST = "admin:search_searchcount_changelist"


class ListForm(FilterForm):
    """What is shown, in the address."""

    show = forms.ChoiceField(choices=[(name, label) for name, (label, _found) in PARTS.items()] + [(SETTLED, "")])
    days = forms.ChoiceField(choices=[("30", "30"), (str(LONGEST_TIME), str(LONGEST_TIME))])

    @property
    def part(self) -> str:
        return self.chosen().get("show", "result")

    @property
    def number(self) -> int:
        return int(self.chosen().get("days", 30))

    def address(self, **other) -> str:
        """Of the same list, but for what is given here."""
        return f"{reverse(LIST)}?{urlencode({'show': self.part, 'days': self.number} | other)}"


class SettleForm(forms.Form):
    query = forms.CharField(max_length=LONGEST_QUERY)
    how = forms.ChoiceField(choices=[(each.value, "") for each in SettledSearch.How if each != SettledSearch.How.TASK])
    remark = forms.CharField(max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == SettledSearch.How.NOTHING and not cleaned.get("remark"):
            self.add_error("remark", _("Say why nothing is to be done."))
        return cleaned


class TaskForm(forms.Form):
    page = forms.ModelChoiceField(Page.objects.exclude(state=Page.State.WITHDRAWN), label=_("For the page"))
    text = forms.CharField(
        label=_("What to put right"), max_length=LONGEST_TASK, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = PageSelect(self.fields["page"].choices)


@dataclass
class Miss:
    query: str
    searched: int
    missed: int
    opened: int
    # The pages of which it is a name by now.
    named: list[Page] = field(default_factory=list)
    typed_remark: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def name_url(self) -> str:
        return f"{reverse(admin_urlname(Name._meta, 'add'))}?{urlencode({'text': self.query})}"

    @property
    def task_url(self) -> str:
        return f"{reverse('admin:search_searchcount_task')}?{urlencode({'query': self.query})}"

    def as_task(self) -> str:
        if self.missed:
            text = _(
                "Readers look for “%(query)s” and find nothing (%(missed)d of %(searched)d searches in %(days)d days). "
                "If the page is about it, say it in their word."
            )
        else:
            text = _(
                "Readers look for “%(query)s” and hardly ever open a result (%(opened)d opened in %(searched)d "
                "searches, %(days)d days). If the page is about it, say so in its title or summary."
            )
        numbers = {"missed": self.missed, "searched": self.searched, "opened": self.opened, "days": LONGEST_TIME}
        return text % {"query": self.query, **numbers}


def misses(found) -> list[Miss]:
    """Three queries."""
    rows = [Miss(**row) for row in found.values("query", "searched", "missed", "opened")[:LONGEST_LIST]]
    keys = dict(zip([row.query for row in rows], canonical_keys(row.query for row in rows), strict=True))
    names = list(Name.objects.filter(named(set(keys.values()) - {""})).select_related("page"))
    pages = defaultdict(list)
    for name, key in zip(names, canonical_keys(name.text for name in names), strict=True):
        pages[key].append(name.page)
    for row in rows:
        row.named = pages[keys[row.query]]
    return rows


def listed(query: str) -> Miss | None:
    """As it stands in the list of the longest time, if it does."""
    row = counts.asked_for(LONGEST_TIME).filter(query=query).first() if "\0" not in query else None
    return Miss(**row) if row else None


@admin.register(SearchCount)
class SearchCountAdmin(admin.ModelAdmin):
    """No row is shown by itself: this list, of what several networks typed, is all there is."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="search_searchcount_changelist"),
            path("task/", view(self.task_view), name="search_searchcount_task"),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ListForm(request.GET)
        if request.method != "POST":
            return self._list(request, form)
        self._require_change(request)
        if again := request.POST.get("again"):
            return self._show_again(request, form, again)
        return self._settle(request, form)

    def _require_change(self, request) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _list(self, request, form: ListForm, refused: SettleForm | None = None):
        rows, settled = [], []
        if form.part == SETTLED:
            found = SettledSearch.objects.select_related("task")
            settled = found[:LONGEST_LIST]
        else:
            found = PARTS[form.part][1](form.number)
            rows = misses(found)
        if refused:
            _show_refusal(rows, refused)
        parts = [*((name, label) for name, (label, _found) in PARTS.items()), (SETTLED, _("Dealt with"))]
        context = {
            "title": _("Searches without an answer"),
            "part": form.part,
            "days": form.number,
            "parts": [(label, form.address(show=name), name == form.part) for name, label in parts],
            "times": [(days, form.address(days=days), days == form.number) for days in (30, LONGEST_TIME)],
            "here": form.address(),
            "total": found.count(),
            "rows": rows,
            "settled": settled,
            "most": LONGEST_LIST,
            "fewest": counts.FEWEST_SOURCES,
            "may_change": self.has_change_permission(request),
            "may_name": request.user.has_perm("crosslinks.add_name"),
        }
        return self._screen(request, "admin/search/misses.html", context)

    def _settle(self, request, form: ListForm):
        settling = SettleForm(request.POST)
        if not settling.is_valid():
            return self._list(request, form, settling)
        query = settling.cleaned_data["query"]
        with transaction.atomic():
            Stamp.lock()
            if listed(query) is None:
                return self._gone(request, form, query)
            counts.settle(**settling.cleaned_data, by=request.user)
        self.message_user(request, _("“%s” is dealt with.") % query, messages.SUCCESS)
        return HttpResponseRedirect(form.address())

    def _gone(self, request, form: ListForm, query: str):
        self.message_user(request, _("“%s” is not in the list any more.") % query, messages.WARNING)
        return HttpResponseRedirect(form.address())

    def _show_again(self, request, form: ListForm, query: str):
        if SettledSearch.objects.filter(query=query.replace("\0", "")).delete()[0]:
            self.message_user(request, _("“%s” is listed again.") % query, messages.SUCCESS)
        return HttpResponseRedirect(form.address())

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def task_view(self, request):
        self._require_change(request)
        query = request.GET.get("query", "")
        with transaction.atomic():
            if request.method == "POST":
                # Two who deal with it at once open one task: the second is told that it is dealt with.
                Stamp.lock()
            miss = listed(query)
            if miss is None:
                return self._gone(request, ListForm({}), query)
            form = TaskForm(request.POST or None, initial={"text": miss.as_task()})
            if request.method == "POST" and form.is_valid():
                task = ContentTask.open_task(**form.cleaned_data, by=request.user)
                counts.settle(query, SettledSearch.How.TASK, by=request.user, task=task)
                message = _("The task for “%(page)s” is open, and “%(query)s” is dealt with.")
                self.message_user(request, message % {"page": task.page, "query": query}, messages.SUCCESS)
                return HttpResponseRedirect(reverse(LIST))
        context = {
            "title": _("Task from a search"),
            "query": query,
            "form": form,
            "list_url": reverse(LIST),
            "drafts": _drafts(request.user, query),
            "media": self.media + form.media,
        }
        return self._screen(request, "admin/search/task.html", context)

    def _screen(self, request, template: str, context: dict) -> TemplateResponse:
        request.current_app = self.admin_site.name
        known = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, known | context)


def _show_refusal(rows: list[Miss], refused: SettleForm) -> None:
    """Beside the query it was about."""
    for row in rows:
        if row.query == refused.data.get("query"):
            row.typed_remark = refused.data.get("remark", "")
            row.problems = [str(problem) for problems in refused.errors.values() for problem in problems]


def _drafts(user, query: str) -> list[tuple[str, str]]:
    """By kind, the form of a new page with this title."""
    title = urlencode({"title": capfirst(query)})
    return [
        (model._meta.verbose_name, f"{reverse(admin_urlname(model._meta, 'add'))}?{title}")
        for model in page_models()
        if user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")
    ]
