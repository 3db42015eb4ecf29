"""Tasks for the content of pages: what readers and staff want put right. Publishing closes them, or a remark does."""

from html import unescape

from django import forms
from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from publishing import richtext
from publishing.admin.door_views import field_url
from publishing.admin.watching import OpenFilter, OwnerFilter, TaskAdmin
from publishing.composition import CONTENTS
from publishing.models import ContentTask


def part_of(task: ContentTask) -> str:
    """The heading of the part it is about, in the edition in which it was noticed; empty for the page as a whole."""
    if not task.section or task.edition is None:
        return ""
    titles = {each["rows"] or each["id"]: each["title"] for each in task.edition.snapshot["sections"]}
    if title := titles.get(task.section):
        return title
    headings = {anchor: heading for anchor, heading, _rows in CONTENTS.findall(task.edition.html)}
    return unescape(richtext.text_of(headings.get(task.section, ""))).strip()


def field_address(task: ContentTask) -> str:
    """The form of the page, at the field in which the part is written."""
    page = task.page.concrete
    if not task.section:
        return page.get_admin_url()
    parts = {section.field if section.rows else section.id: section.field for section in page.sections}
    # The text of an article is one field, with headings of its own.
    own_headings = next((section.field for section in page.sections if not section.title), "")
    field = parts.get(task.section, own_headings)
    return field_url(page, field) if field else page.get_admin_url()


class CloseForm(forms.ModelForm):
    remark = forms.CharField(
        label=_("Remark"),
        max_length=300,
        help_text=_(
            "Why nothing has to be changed, or where it was dealt with. A task that an edition puts right is closed "
            "when that is published: choose it there."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OriginFilter(admin.SimpleListFilter):
    title = _("origin")
    parameter_name = "from"

    def lookups(self, request, model_admin):
        return (("readers", _("Reported by readers")), ("staff", _("Noticed by staff")))

    def queryset(self, request, queryset):
        match self.value():
            case "readers":
                return queryset.filter(is_from_reader=True)
            case "staff":
                return queryset.filter(is_from_reader=False)
        return queryset


@admin.register(ContentTask)
class ContentTaskAdmin(TaskAdmin):
    form = CloseForm
    change_form_template = "admin/publishing/content_task_change_form.html"
    list_display = ("page", "beginning", "is_from_reader", "opened_by", "owner", "opened", "closed")
    list_filter = (OpenFilter, OriginFilter, ("page__owner", OwnerFilter))
    list_select_related = ("page__owner",)
    search_fields = ("page__title", "text", "opened_by")
    told = ("text", "is_from_reader", "noticed_in", "owner", "opened_by", "opened")
    told_when_closed = ("closed", "closed_by", "put_right_in")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"task": obj, "part": part_of(obj), "field_address": field_address(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("what to put right"))
    def beginning(self, task):
        return Truncator(task.text).chars(120)

    @admin.display(description=_("noticed in"))
    def noticed_in(self, task):
        return _("edition %d") % task.edition.number if task.edition else None

    @admin.display(description=_("put right in"))
    def put_right_in(self, task):
        return _("edition %d") % task.fixed_in.number if task.fixed_in else None
