"""The living checklist on the form of a page: what the checks say of the draft, and of what is typed and not saved."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from publishing import richtext
from publishing.admin.door_views import problem_url
from publishing.checks import GUARANTEES, CheckedPage, Finding, Result, Severity, questions_for, run
from publishing.checks.language import reading_age_of
from publishing.content import draft_content
from publishing.models import Image, Page, Reference

# What the rules of the door know from other pages, and no check can see in the content.
RULES_ON = ("title", "slug")


@dataclass(frozen=True)
class Line:
    message: str
    excerpt: str
    # Where it is mended; empty for what concerns the whole page or the site.
    place: str
    url: str


@dataclass(frozen=True)
class Entry:
    """What one check found."""

    id: str
    title: str
    source: str
    lines: list[Line]


@dataclass(frozen=True)
class Group:
    severity: str
    heading: str
    entries: list[Entry]

    @property
    def count(self) -> int:
        return sum(len(entry.lines) for entry in self.entries)


@dataclass(frozen=True)
class Checklist:
    groups: list[Group]
    questions: list
    passed: int
    reading_age: tuple[int, int] | None
    guarantees = GUARANTEES

    @property
    def counts(self) -> str:
        """In words, also for whoever hears it and does not see it."""
        counts = [_("Nothing blocks"), *(group.heading for group in self.groups)]
        return " · ".join(counts[1:] if self.groups and self.groups[0].severity == Severity.BLOCK else counts)


def checklist(page: Page, content: dict | None = None) -> Checklist:
    """What the checks say of the draft, or of a content that is not saved. Ten to twenty queries."""
    checked = CheckedPage(type(page), content or draft_content(page))
    results = run(checked)
    found = {severity: _entries(page, results, severity) for severity in Severity}
    if rules := [problem for problem in page.problems() if problem.field in RULES_ON]:
        found[Severity.BLOCK].insert(0, Entry("", _("Title and address"), "", _lines(page, rules)))
    groups = [Group(severity, "", entries) for severity, entries in found.items() if entries]
    return Checklist(
        groups=[Group(each.severity, _in_words(each), each.entries) for each in groups],
        questions=questions_for(checked),
        passed=sum(result.passed for result in results),
        reading_age=reading_age_of(checked),
    )


def _entries(page: Page, results: list[Result], severity: Severity) -> list[Entry]:
    return [
        Entry(result.check.id, result.check.title, result.check.source, _lines(page, result.findings))
        for result in results
        if result.check.severity == severity and result.findings
    ]


def _lines(page: Page, found: Iterable) -> list[Line]:
    return [
        Line(
            str(each.message),
            each.excerpt if isinstance(each, Finding) else "",
            place_name(page, each.field),
            problem_url(page, each) if each.field else "",
        )
        for each in found
    ]


def place_name(page: Page, field: str) -> str:
    """What the form calls the field, or the section of rows."""
    if not field:
        return ""
    title = next((section.title for section in page.sections if section.field == field), "")
    if title:
        return str(title)
    column = page._meta.get_field(field)
    return capfirst(column.related_model._meta.verbose_name_plural if column.one_to_many else column.verbose_name)


def _in_words(group: Group) -> str:
    count = group.count
    words = {
        Severity.BLOCK: ngettext("%d thing blocks", "%d things block", count),
        Severity.WARN: ngettext("%d warning", "%d warnings", count),
        Severity.HINT: ngettext("%d hint", "%d hints", count),
    }
    return words[group.severity] % count


def typed_content(form) -> dict:
    """The content as a bound form of the page has it, where what it holds is valid; names and rows as they are saved.

    The form's own page has the typed columns already; people, references and pictures hang on tables, and are looked
    up here. Nothing is saved.
    """
    content = draft_content(form.instance)
    page = content["page"]
    texts = [section["html"] for section in page["sections"]]
    keys = {key for html in texts for key in richtext.citations(html)}
    names = {name for html in texts for name in richtext.images(html)}
    page["references"] = {each.key: each.snapshot() for each in Reference.objects.filter(key__in=keys)}
    page["images"] = {each.name: each.facts().__dict__ for each in Image.objects.filter(name__in=names)}
    if "authors" in form.cleaned_data:
        page["authors"] = [person.snapshot() for person in form.cleaned_data["authors"].order_by("name")]
    return content


class ChecklistViews:
    """For the admin of a kind of page: the checklist by itself, below the address of the form."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.checks_view)
        return [path("<int:object_id>/checks/", view, name=f"{self._name}_checks"), *super().get_urls()]

    def door_names(self):
        return (*super().door_names(), "checks")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def checks_view(self, request, object_id):
        """For the saved draft; or, when the form is sent, for what it holds. Answers a fragment, and saves nothing."""
        page = self._page_to_see(request, object_id)
        content = None
        if request.method == "POST":
            if not self.has_change_permission(request, page):
                raise PermissionDenied
            form = self.get_form(request, page, change=True)(request.POST, instance=page)
            # Only to fill `cleaned_data` with what is valid: a draft may be checked while it cannot be saved.
            form.full_clean()
            content = typed_content(form)
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/publishing/_checklist.html#findings", {"checklist": checklist(page, content), "page": page}
        )
