"""What pages share: references, people, images."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing import pictures
from publishing.admin.uses import UsedAdmin, uses_of_reference
from publishing.admin.watching import ReferenceForm, link_standing, register_standing, tasks_of
from publishing.freshness import Stamp
from publishing.images import WIDTHS
from publishing.models import Image, Person, Reference
from publishing.rows import row_models
from publishing.watching import reference_changed

MOST_RESULTS = 20
MOST_KEYS = 200


class SearchedAdmin(UsedAdmin):
    """Has a search of its own for the editor: `?q=words`, or `?key=a&key=b` for what is already in a text."""

    search_name: str
    key: str

    def get_urls(self):
        own = path("lookup/", self.admin_site.admin_view(self.lookup_view), name=self.search_name)
        return [own, *super().get_urls()]

    def lookup_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        keys = [key.replace("\x00", "") for key in request.GET.getlist(self.key)[:MOST_KEYS]]
        words = request.GET.get("q", "").replace("\x00", "")
        found = self.model.objects.filter(**{f"{self.key}__in": keys}) if keys else self.matching(words)[:MOST_RESULTS]
        return JsonResponse({"results": [self.as_result(each) for each in found]})


@admin.register(Reference)
class ReferenceAdmin(SearchedAdmin):
    search_name, key = "publishing_reference_search", "key"
    form = ReferenceForm
    change_form_template = "admin/publishing/reference_change_form.html"
    list_display = ("key", "title", "publisher", "year", "kind", "state", "link", "is_checked")
    list_filter = ("kind", "state", "link_state", "is_checked", "link_is_ignored")
    search_fields = ("key", "title", "authors", "publisher", "year", "doi")
    ordering = ("key",)
    fieldsets = (
        (None, {"fields": ("key", "title", "authors", "publisher", "year", "kind")}),
        (_("Where to find it"), {"fields": ("doi", "pmid", "url", "archive_url", "accessed_on")}),
        (_("How far to trust it"), {"fields": ("state", "is_checked")}),
        (_("What the checks found"), {"fields": ("link", "register", "link_is_ignored")}),
    )

    def get_readonly_fields(self, request, obj=None):
        return ("key", "link", "register") if obj else ("link", "register")

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:-1]

    @admin.display(description=_("link"), ordering="link_state")
    def link(self, reference):
        return link_standing(reference)

    @admin.display(description=_("register"))
    def register(self, reference):
        return register_standing(reference)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["tasks"] = tasks_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        # Drafts that cite it change with it, so forms pass one at a time, like doors.
        Stamp.lock()
        before = Reference.objects.get(pk=obj.pk) if change else None
        if change and {"doi", "url", "archive_url"} & set(form.changed_data):
            # What was found is about the former address or the former work.
            obj.link_state, obj.link_finding, obj.link_checked_at = Reference.LinkState.UNKNOWN, "", None
            obj.register_finding, obj.register_asked_at, obj.register_checked_at = "", None, None
        super().save_model(request, obj, form, change)
        if before:
            reference_changed(before, obj, by=request.user)
        if form.was_flagged:
            message = _("“%(name)s” is known as: %(state)s. It was marked so.")
            self.message_user(request, message % {"name": obj, "state": obj.get_state_display()}, messages.WARNING)

    def uses(self, obj):
        return uses_of_reference(obj)

    def is_in(self, obj, snapshot):
        return obj.key in snapshot["references"]

    is_in_row = is_in

    def refusal(self, obj):
        on_record = any(
            model.live.field.related_model.objects.filter(snapshot__references__has_key=obj.key).exists()
            for model in row_models()
        )
        if not super().refusal(obj) and on_record:
            return _("“%s” stands in earlier editions of rows, which are kept. It can no longer be deleted.") % obj
        return super().refusal(obj)

    def matching(self, words):
        return Reference.objects.matching(words).order_by("title", "pk")

    def as_result(self, reference):
        return {"key": reference.key, "label": ". ".join(filter(None, [reference.authors, str(reference)]))}


class ImageForm(forms.ModelForm):
    """Takes a file when an image is new; afterwards the picture is what pages already show."""

    file = forms.FileField(
        label=_("file"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 10 MB. It cannot be replaced later: upload a new image instead."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    picture = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if self.instance.pk:
            return None
        if not file:
            raise forms.ValidationError(_("Choose the file of the picture."), code="required")
        if file.size > pictures.MAXIMUM_BYTES:
            message = _("The picture is larger than 10 MB. Make it smaller and try again.")
            raise forms.ValidationError(message, code="too-large")
        self.picture = pictures.decode(file.read(), WIDTHS)
        return file


@admin.register(Image)
class ImageAdmin(SearchedAdmin):
    search_name, key = "publishing_image_search", "name"
    form = ImageForm
    list_display = ("thumbnail", "alternative_text", "credit", "uploaded_at")
    list_display_links = ("thumbnail", "alternative_text")
    search_fields = ("alternative_text", "credit")
    ordering = ("-uploaded_at", "-pk")
    readonly_fields = ("thumbnail",)
    shown_fields = ("alternative_text", "credit")

    def get_fields(self, request, obj=None):
        return ("thumbnail" if obj else "file", "alternative_text", "credit")

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        address = image.file_url(image.widths[0])
        return format_html('<img class="thumbnail" src="{}" alt="{}">', address, image.alternative_text)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.keep(form.picture)

    def is_in(self, obj, snapshot):
        return obj.name in snapshot["images"]

    def delete_model(self, request, obj):
        names = [obj.file_name(width) for width in obj.widths]
        super().delete_model(request, obj)
        transaction.on_commit(lambda: [default_storage.delete(name) for name in names])

    def matching(self, words):
        return self.get_search_results(None, Image.objects.order_by("-uploaded_at", "-pk"), words)[0]

    def as_result(self, image):
        return {"name": image.name, "label": image.alternative_text, "preview": image.file_url(image.widths[0])}


@admin.register(Person)
class PersonAdmin(UsedAdmin):
    view_on_site = False
    list_display = ("name", "credentials", "role", "is_role")
    list_filter = ("is_role",)
    search_fields = ("name", "credentials", "role")
    ordering = ("name", "pk")
    fields = ("name", "slug", "credentials", "role", "is_role", "interests", "biography", "user")
    shown_fields = ("name", "credentials", "role", "is_role", "interests")

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("name",)}

    def is_in(self, obj, snapshot):
        return any(person["slug"] == obj.slug for person in snapshot["authors"])
