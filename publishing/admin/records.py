"""What is only read: editions, the audit trail, past addresses."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin.uses import AnyKeyAdmin
from publishing.models import Edition, Event, PastAddress
from publishing.templatetags.page_admin import kind_label, moment


class ReadOnlyAdmin(AnyKeyAdmin):
    list_display_links = None
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("title", "number", "kind_name", "change", "public_since", "published_by")
    list_display_links = ("title",)
    list_filter = ("kind", "change")
    search_fields = ("title", "published_by", "note")
    ordering = ("-valid_from", "-pk")
    fields = (
        "title",
        "number",
        "kind_name",
        "change",
        "note",
        "published_by",
        "public_since",
        "summary",
        "text",
        "digest",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot", "html", "text")

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, edition):
        return kind_label(edition.kind)

    @admin.display(description=_("public since"), ordering="valid_from")
    def public_since(self, edition):
        return moment(edition.valid_from)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("when", "user_name", "action", "subject_name", "reason")
    list_display_links = ("when",)
    list_filter = ("action",)
    search_fields = ("user_name", "subject_name", "reason")
    ordering = ("-pk",)
    fields = (
        "when",
        "user_name",
        "action",
        "subject_name",
        "subject_label",
        "subject_id",
        "reason",
        "details",
        "digest",
    )

    @admin.display(description=_("when"), ordering="recorded_at")
    def when(self, event):
        return moment(event.recorded_at)


@admin.register(PastAddress)
class PastAddressAdmin(ReadOnlyAdmin):
    list_display = ("slug", "kind", "page", "when")
    list_select_related = ("page",)
    search_fields = ("slug", "page__title")
    ordering = ("slug",)

    @admin.display(description=_("since"), ordering="since")
    def when(self, address):
        return moment(address.since)
