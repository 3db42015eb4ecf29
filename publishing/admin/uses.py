"""Where something is used: on drafts and on public pages. What is used cannot be deleted."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.contributions import touch_drafts
from publishing.editions import Edition
from publishing.kinds import by_kind
from publishing.pages import Page
from publishing.rows import row_models
from publishing.schedules import Schedule
from publishing.templatetags.page_admin import moment

LONGEST_LIST = 100


@dataclass(frozen=True)
class Use:
    title: str
    url: str
    where: str


def in_drafts(pages) -> list[Use]:
    return [Use(page.title, page.get_admin_url(), _("draft")) for page in pages.order_by("title", "pk")[:LONGEST_LIST]]


def in_live_editions(editions) -> list[Use]:
    found = editions.live().for_cards().select_related("page").order_by("title", "pk")[:LONGEST_LIST]
    return [Use(each.title, each.get_absolute_url(), _("public, edition %s") % each.number) for each in found]


def in_rows(rows, where: str) -> list[Use]:
    ends = rows.model.ends
    return [
        Use(str(row), f"{getattr(row, ends[1]).get_admin_url()}#{row._meta.model_name}s-heading", where)
        for row in rows.select_related(*ends)[:LONGEST_LIST]
    ]


def uses_of_reference(reference) -> list[Use]:
    found = in_drafts(reference.citing_pages) + in_live_editions(reference.editions)
    for model in row_models():
        label = model._meta.verbose_name
        found += in_rows(model.objects.in_draft().filter(references=reference), _("%s, draft") % label)
        public = model.objects.live().filter(live__snapshot__references__has_key=reference.key)
        found += in_rows(public, _("%s, public") % label)
    return found


def uses_of_page(page: Page) -> list[Use]:
    found = in_drafts(page.related_from)
    for name in page.row_names:
        rows = getattr(page, name)
        found += in_rows(rows.in_draft(), _("%s, draft") % rows.model._meta.verbose_name)
        found += in_rows(rows.live(), _("%s, public") % rows.model._meta.verbose_name)
    if page.address:
        # Links that somebody wrote into a text.
        linking = Edition.objects.filter(html__contains=f'href="{page.get_absolute_url()}')
        found += in_live_editions(linking.exclude(page_id=page.pk))
    return found


class AnyKeyAdmin(admin.ModelAdmin):
    """A number too large for the database names no object, as any other number that names none; nor does a text with a
    NUL byte, which PostgreSQL refuses to compare with anything.
    """

    def changelist_view(self, request, extra_context=None):
        asked = [value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values]
        if any("\0" in value for value in asked):
            # Where Django sends whoever asks a list for something it does not know. What is searched for it checks.
            return HttpResponseRedirect(f"{request.path}?e=1")
        return super().changelist_view(request, extra_context)

    def get_object(self, request, object_id, from_field=None):
        try:
            return super().get_object(request, object_id, from_field)
        except OverflowError:
            return None


class UsedAdmin(AnyKeyAdmin):
    """An admin page that lists where its object is used, and refuses to delete it before that has ended."""

    change_form_template = "admin/publishing/used_change_form.html"
    # The columns that readers see of it on pages: changing one changes those pages' drafts.
    shown_fields: tuple[str, ...] = ()

    def pages_showing(self, obj) -> set[int]:
        """The pages whose drafts show it."""
        return set(obj.pages.values_list("pk", flat=True))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and set(form.changed_data) & set(self.shown_fields):
            touch_drafts(self.pages_showing(obj), by=request.user)

    def uses(self, obj) -> list[Use]:
        return in_drafts(obj.pages) + in_live_editions(obj.editions)

    def is_in(self, obj, snapshot: dict) -> bool:
        """Whether what a schedule will publish names `obj`; here, as the list that the page will stand in."""
        model = by_kind()[snapshot["kind"]]
        shelf = model._meta.get_field(model.shelf_field)
        return shelf.related_model is type(obj) and snapshot["shelf"]["slug"] == obj.slug

    def is_in_row(self, obj, snapshot: dict) -> bool:
        return False

    def in_schedules(self, obj) -> list[Use]:
        """Schedules are few, so they are read rather than searched."""
        return [
            Use(plan.page.title, plan.page.get_admin_url(), _("goes live %s") % moment(plan.due_at))
            for plan in Schedule.objects.select_related("page")
            if self.is_in(obj, plan.snapshot)
            or any(row["snapshot"] and self.is_in_row(obj, row["snapshot"]) for row in plan.rows)
        ]

    def all_uses(self, obj) -> list[Use]:
        return self.uses(obj) + self.in_schedules(obj)

    def refusal(self, obj) -> str:
        """Why the object cannot be deleted now, or nothing."""
        if refusal := self.refusal_of_uses(obj):
            return refusal
        if obj.editions.exists():
            return _("“%s” stands in earlier editions, which are kept. It can no longer be deleted.") % obj
        return ""

    def refusal_of_uses(self, obj) -> str:
        uses = len(self.all_uses(obj))
        if not uses:
            return ""
        return ngettext(
            "“%(name)s” is used in %(count)d place, listed below. Replace or remove it there first.",
            "“%(name)s” is used in %(count)d places, listed below. Replace or remove it there first.",
            uses,
        ) % {"name": obj, "count": uses}

    # One transaction for each request: a page is locked when it is read, which must last until it is saved.

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        known = {"uses": self.all_uses(obj) if obj else []}
        return super().change_view(request, object_id, form_url, known | (extra_context or {}))

    @transaction.atomic
    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        # A kind with a refusal of its own need not know about schedules.
        refusal = obj and self.has_delete_permission(request, obj) and (self.refusal(obj) or self.refusal_of_uses(obj))
        if refusal:
            self.message_user(request, refusal, messages.ERROR)
            return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[obj.pk]))
        return super().delete_view(request, object_id, extra_context)
