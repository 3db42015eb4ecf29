"""The form of a page's draft, for every kind of page."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing import doors, evidence, previews
from publishing.admin.checklist import ChecklistViews, checklist
from publishing.admin.comparison import compare
from publishing.admin.differences import draft_differences
from publishing.admin.door_views import DoorViews
from publishing.admin.evidence import EvidenceViews
from publishing.admin.preview_links import PreviewLinkViews
from publishing.admin.review_views import ReviewViews
from publishing.admin.standing import Standing
from publishing.admin.tags import TagsField
from publishing.admin.unsaved import UnsavedViews
from publishing.admin.uses import UsedAdmin, uses_of_page
from publishing.admin.worklists import WorkListFilter
from publishing.contributions import note_change
from publishing.events import Event, record
from publishing.freshness import Stamp
from publishing.models import Page, Schedule, Tag, TaggedPage
from publishing.templatetags.page_admin import moment

# After saving, each of these buttons leads to the view of the same name.
SAVE_AND_GO = ("preview", "submit", "publish", "schedule", "spelling", "emergency")
UPKEEP = ("owner", "deputy", "review_interval", "language", "is_short", "is_demonstration")


class PageForm(forms.ModelForm):
    """Refuses to save over a draft that was saved since the form was opened: `version` says which one was seen."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    is_stale = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = str(self.instance.version)
        self.state_before = self.instance.state

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        model = self._meta.model
        if Page.objects.filter(kind=model.kind_name(), slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another page of this kind has this address. Choose another one."))
        return slug

    def clean(self):
        cleaned = super().clean()
        seen, stored = cleaned.get("version"), str(self.instance.version)
        if self.instance.pk and seen != stored:
            self._refuse_as_stale(stored)
        return cleaned

    def _refuse_as_stale(self, stored: str) -> None:
        self.is_stale = True
        # The form that is shown again has seen what is stored now, so that a second, deliberate save passes.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stored
        message = _(
            "Somebody saved this draft, or a row it shares with another page, after you opened it. Nothing of yours is "
            "lost: compare below what is stored now with what you typed, change what is needed, and save again."
        )
        self.add_error(None, forms.ValidationError(message, code="stale"))


class PageAdmin(UnsavedViews, EvidenceViews, PreviewLinkViews, ReviewViews, ChecklistViews, DoorViews, UsedAdmin):
    """Subclasses name the columns of their kind: `kind_fields`."""

    form = PageForm
    kind_fields: tuple[str, ...] = ()

    change_form_template = "admin/publishing/page_change_form.html"
    autocomplete_fields = ("authors", "related")
    search_fields = ("title", "summary", "slug")
    list_select_related = ("owner",)
    list_per_page = 50
    show_full_result_count = False
    # Its public page is named above the form, when there is one.
    view_on_site = False

    class Media:
        css = {"all": ["publishing/checklist.css", "publishing/review.css"]}
        js = ["publishing/admin.js", "publishing/checklist.js"]

    # The list

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(public_since=F("live__valid_from"))

    def get_list_display(self, request):
        return ("title", "state", self.model.shelf_field, "owner", "changed", "public")

    def get_list_filter(self, request):
        owner = ("owner", admin.RelatedOnlyFieldListFilter)
        return ("state", WorkListFilter, self.model.shelf_field, "language", "is_short", owner)

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, page):
        return moment(page.changed_at)

    @admin.display(description=_("public since"), ordering="public_since")
    def public(self, page):
        return moment(page.public_since)

    # The form

    def get_fieldsets(self, request, obj=None):
        texts = [section.field for section in self.model.sections if not section.rows]
        fieldsets = [
            (None, {"fields": ("title", "slug", "summary", *self.kind_fields)}),
            (_("People and subjects"), {"fields": ("authors", "tags", "related")}),
            (_("Text"), {"fields": texts, "classes": ("texts",)}),
            (_("Upkeep"), {"fields": (*UPKEEP, *self._choices_of_review()), "classes": ("collapse",)}),
        ]
        # Who cannot edit reads the text in the preview, where it looks as it should.
        if not self._may_edit(request, obj):
            fieldsets.pop(2)
        return fieldsets

    def _choices_of_review(self) -> tuple[str, ...]:
        return () if self.model.is_always_medical else ("is_medical",)

    def get_readonly_fields(self, request, obj=None):
        """Whether a page needs a medical review is decided by those who send it there."""
        if request.user.has_perm("publishing.send_on_page"):
            return super().get_readonly_fields(request, obj)
        return (*super().get_readonly_fields(request, obj), *self._choices_of_review())

    def _may_edit(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("title",)}

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk, **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "tags":
            return self._tags_field(request)
        if db_field.name == "summary":
            kwargs["widget"] = AdminTextareaWidget({"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _tags_field(self, request):
        tag = TaggedPage._meta.get_field("tag")
        widget = AutocompleteSelectMultiple(tag, self.admin_site)
        may_add = self.admin_site.get_model_admin(Tag).has_add_permission(request)
        return TagsField(
            Tag.objects.filter(leads_to=None),
            required=False,
            label=capfirst(_("tags")),
            help_text=_("Type the beginning of a tag. A new tag is made with the plus sign."),
            widget=RelatedFieldWidgetWrapper(widget, tag.remote_field, self.admin_site, can_add_related=may_add),
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is User:
            kwargs["queryset"] = User.objects.filter(is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # Saving

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and object_id:
            # In the transaction of the form: what is compared with `version` stays until the form is saved. Saving a
            # row reaches into another page, so forms pass one at a time, like doors.
            Stamp.lock()
        return super().get_object(request, object_id, from_field)

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        return super().history_view(request, object_id, extra_context)

    def save_model(self, request, obj, form, change):
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rows_changed = any(formset.has_changed() for formset in formsets)
        if change and not form.has_changed() and rows_changed:
            form.instance.save()
        if not change or form.has_changed() or rows_changed:
            page = form.instance
            note_change([page.pk], by=request.user, seen_states={page.pk: form.state_before} if change else None)
        doors.settle(form.instance, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return self._go_on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._go_on(request, obj) or super().response_change(request, obj)

    def _go_on(self, request, obj):
        wanted = next((name for name in SAVE_AND_GO if f"_{name}" in request.POST), None)
        return wanted and HttpResponseRedirect(self.door_url(obj, wanted))

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(obj.get_admin_url())

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(obj.get_admin_url())

    # What the form shows around its fields

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if change:
            # A form that was refused has already changed `obj`.
            stored = self.model.objects.select_related("live").get(pk=obj.pk)
            standing = Standing(stored, request.user, lambda name: self.door_url(stored, name))
            context |= self._standing(stored, standing) | self._review_of(request, stored, standing)
        if getattr(form, "is_stale", False):
            context["comparison"] = compare(form, [each.formset for each in context["inline_admin_formsets"]])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _review_of(self, request, page, standing: Standing) -> dict:
        """Where the draft stands, and what this account may do about it: by buttons that save first, and by links."""
        saves_first = SAVE_AND_GO if self.has_change_permission(request, page) else ()
        remarks = self.remarks(page, request.user) if request.user.has_perm("publishing.view_reviewcomment") else []
        return {
            "standing": standing,
            "save_and_go": [way for way in standing.ways.values() if way.name in saves_first],
            "go": [way for way in standing.ways.values() if way.name not in saves_first],
            "may": {
                "schedule": request.user.has_perm("publishing.schedule_page"),
                "share": previews.may_share(request.user),
                "export": evidence.may_export(request.user),
                "read_review": request.user.has_perm("publishing.view_reviewcomment"),
                "compare": request.user.has_perm("publishing.view_edition"),
            },
            "open_remarks": [each for each in remarks if each.comment.is_open],
            "resolved_remarks": [each for each in remarks if not each.comment.is_open],
        }

    def _standing(self, page, standing: Standing) -> dict:
        return {
            "page": page,
            "was_public": page.was_public,
            "differences": draft_differences(page, standing.snapshot, standing.rows),
            "checklist": checklist(page, standing.content),
            "plan": Schedule.objects.filter(page=page).first(),
            "door_urls": {name: self.door_url(page, name) for name in self.door_names()},
        }

    # Deleting

    def uses(self, obj):
        return uses_of_page(obj)

    def is_in(self, obj, snapshot):
        return obj.pk in snapshot["related"]

    def refusal(self, obj):
        if obj.was_public:
            return _("“%s” was public, so what it said stays on record. Withdraw it instead of deleting it.") % obj
        return super().refusal(obj)

    def delete_model(self, request, obj):
        record(Event.Action.DELETED, obj, by=request.user)
        super().delete_model(request, obj)

    def get_deleted_objects(self, objs, request):
        # Whoever may delete the page may delete its tags' ties and its codes with it.
        deleted, count, _missing, protected = super().get_deleted_objects(objs, request)
        return deleted, count, set(), protected
