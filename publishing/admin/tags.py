"""Tags: their list, merging one into another, and the field with which pages choose them."""

from dataclasses import astuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from publishing import tag_merges
from publishing.admin.uses import UsedAdmin, in_drafts, in_live_editions
from publishing.freshness import Stamp
from publishing.models import Page, Tag
from publishing.records import digest_of
from publishing.tag_merges import CannotMerge, Reach, reach
from publishing.tags import folded
from publishing.topics import alike, on_topic


class TagsField(forms.ModelMultipleChoiceField):
    """Takes a tag that was merged after the form was opened for the one that stands for it."""

    def clean(self, value):
        return super().clean(self._now(value))

    def has_changed(self, initial, data):
        return super().has_changed(initial, self._now(data))

    def _now(self, value):
        if not value or not isinstance(value, (list, tuple)):
            return value
        merged = Tag.objects.filter(leads_to__isnull=False).values_list("pk", "leads_to")
        now = {str(number): str(stands_for_it) for number, stands_for_it in merged}
        return list(dict.fromkeys(now.get(str(each), each) for each in value))


class MergeForm(forms.Form):
    """`seen` says of which tag, and with which pages, the outcome was shown."""

    into = forms.ModelChoiceField(Tag.objects.none(), label=_("Merge into"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, tag: Tag, **kwargs):
        super().__init__(*args, **kwargs)
        # A plain list: it works without a script.
        self.fields["into"].queryset = Tag.objects.filter(leads_to=None).exclude(pk=tag.pk)

    def is_agreed(self, outcome: str) -> bool:
        """Whether this outcome was shown with the form; the form that is shown again belongs to it."""
        is_seen = self.cleaned_data["seen"] == outcome
        self.data = self.data.copy()
        self.data["seen"] = outcome
        return is_seen


@admin.register(Tag)
class TagAdmin(UsedAdmin):
    view_on_site = False
    change_form_template = "admin/publishing/tag_change_form.html"
    list_select_related = ("leads_to",)
    search_fields = ("name",)
    ordering = ("name", "pk")

    def get_urls(self):
        merge, undo = (self.admin_site.admin_view(view) for view in (self.merge_view, self.unmerge_view))
        own = [
            path("<int:object_id>/merge/", merge, name="publishing_tag_merge"),
            path("<int:object_id>/unmerge/", undo, name="publishing_tag_unmerge"),
        ]
        return [*own, *super().get_urls()]

    # The list

    def get_list_display(self, request):
        shown = ("name", "slug", "stands_for_it")
        return (*shown, "merging") if request.user.has_perm(tag_merges.RIGHT) else shown

    @admin.display(description=_("merged into"), ordering="leads_to__name")
    def stands_for_it(self, tag):
        return tag.leads_to

    @admin.display(description=_("merging"))
    def merging(self, tag):
        if tag.leads_to:
            address = reverse("admin:publishing_tag_change", args=[tag.pk])
            return format_html('<a href="{}">{}</a>', address, _("Undo the merge …"))
        address = reverse("admin:publishing_tag_merge", args=[tag.pk])
        return format_html('<a href="{}">{}</a>', address, _("Merge into another tag …"))

    def get_search_results(self, request, queryset, search_term):
        """By folded names, the same on both databases; a merged tag finds the one that stands for it too."""
        named = Q()
        for word in folded(search_term).split():
            named &= Q(key__contains=word)
        found = Tag.objects.filter(named)
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(led_here__in=found)).distinct(), False

    # The form

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST":
            # Nobody merges it before the answer to the form.
            Stamp.lock()
        return super().get_object(request, object_id, from_field)

    def get_fields(self, request, obj=None):
        return ("name", "slug") if obj else ("name",)

    def get_readonly_fields(self, request, obj=None):
        # Under its name a merged tag is found by those who type it.
        if obj and obj.leads_to:
            return ("name", "slug")
        return ("slug",) if obj else ()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            tag_merges.note_renamed(obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["merged"] = Tag.objects.filter(merged_into=obj)
            context["may_merge"] = request.user.has_perm(tag_merges.RIGHT)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Where it is used

    def uses(self, obj):
        return in_drafts(Page.objects.filter(tagged__tag=obj)) + in_live_editions(on_topic(obj))

    def is_in(self, obj, snapshot):
        names = set(alike([obj.slug]).values_list("slug", flat=True))
        return any(tag["slug"] in names for tag in snapshot["tags"])

    def refusal(self, obj):
        if obj.leads_to:
            words = {"name": obj, "into": obj.merged_into}
            return (
                _("“%(name)s” was merged into “%(into)s”, and its address leads there. Undo that merge first.") % words
            )
        merged = Tag.objects.filter(Q(merged_into=obj) | Q(leads_to=obj))
        if merged:
            words = {"name": obj, "merged": ", ".join(f"“{tag}”" for tag in merged)}
            return _("Into “%(name)s” were merged: %(merged)s. Undo these merges first.") % words
        return super().refusal(obj)

    # Merging

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @transaction.atomic
    def merge_view(self, request, object_id):
        tag = self._tag_to_merge(request, object_id)
        if tag.leads_to:
            self.message_user(request, self.refusal(tag), messages.ERROR)
            return _back_to(tag)
        form, outcome, refusal = MergeForm(request.POST or None, tag=tag), None, ""
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            outcome = reach(tag, into)
            if form.is_agreed(_outcome(into, outcome)):
                try:
                    tag_merges.merge(tag, into, by=request.user)
                except CannotMerge as refused:
                    refusal = str(refused)
                else:
                    words = {"name": tag, "into": into, "pages": changed(outcome)}
                    message = _("“%(name)s” is merged into “%(into)s”: %(pages)s changed.") % words
                    self.message_user(request, message, messages.SUCCESS)
                    return _back_to(tag)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge into another tag"),
            "opts": self.opts,
            "media": self.media,
            "tag": tag,
            "form": form,
            "into": form.cleaned_data["into"] if outcome else None,
            "outcome": outcome,
            "changed": changed(outcome) if outcome else "",
            "refusal": refusal,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/tag_merge.html", context)

    @method_decorator(require_POST)
    @transaction.atomic
    def unmerge_view(self, request, object_id):
        tag = self._tag_to_merge(request, object_id)
        try:
            back = tag_merges.undo(tag, by=request.user)
        except CannotMerge as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            words = {"name": tag, "pages": changed(back)}
            message = _("“%(name)s” is a tag of its own again: %(pages)s changed.") % words
            self.message_user(request, message, messages.SUCCESS)
        return _back_to(tag)

    def _tag_to_merge(self, request, object_id: int) -> Tag:
        if not request.user.has_perm(tag_merges.RIGHT):
            raise PermissionDenied
        tag = self.get_object(request, str(object_id))
        if tag is None:
            raise Http404
        return tag


def _outcome(into: Tag, outcome: Reach) -> str:
    return digest_of([into.pk, *(sorted(pages) for pages in astuple(outcome))])


def _back_to(tag: Tag) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:publishing_tag_change", args=[tag.pk]))


def changed(outcome: Reach) -> str:
    """How many pages change, in words."""
    drafts = ngettext("%d draft", "%d drafts", len(outcome.drafts)) % len(outcome.drafts)
    public = ngettext("%d public page", "%d public pages", len(outcome.public)) % len(outcome.public)
    return _("%(drafts)s and %(public)s") % {"drafts": drafts, "public": public}
