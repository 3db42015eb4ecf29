"""What is only read: editions, sign-offs, the audit trail, past addresses."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.admin.uses import AnyKeyAdmin
from publishing.editions import LONG_COLUMNS
from publishing.models import Edition, Event, PastAddress, SignOff
from publishing.records import Record
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


def record_label(record: Record) -> str:
    """Which record, and of what day."""
    return f"{record._meta.verbose_name} {record}, {moment(record.recorded_at)}"


class RedactableAdmin(ReadOnlyAdmin):
    """A record whose text can be removed by legal order, by those who have that right."""

    change_form_template = "admin/publishing/redaction_button.html"

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and request.user.has_perm("publishing.add_redaction"):
            context["redaction_url"] = reverse(
                "admin:publishing_redaction_remove", args=[self.opts.label_lower, obj.pk]
            )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Edition)
class EditionAdmin(RedactableAdmin):
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
        "override_reason",
        "sign_off",
        "spelling_changes",
        "reviewed",
        "review_due_on",
        "summary",
        "text",
        "digest",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*LONG_COLUMNS)

    @admin.display(description=_("reviewed"), ordering="reviewed_at")
    def reviewed(self, edition):
        return moment(edition.reviewed_at)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, edition):
        return kind_label(edition.kind)

    @admin.display(description=_("public since"), ordering="valid_from")
    def public_since(self, edition):
        return moment(edition.valid_from)


@admin.register(SignOff)
class SignOffAdmin(RedactableAdmin):
    list_display = ("when", "page", "reviewer_name", "scope", "is_demonstration")
    list_display_links = ("when",)
    list_select_related = ("page",)
    list_filter = ("scope", "is_demonstration")
    search_fields = ("reviewer_name", "page__title", "note")
    ordering = ("-pk",)
    fields = (
        "when",
        "page",
        "scope",
        "parts",
        "whole_review",
        "reviewer_name",
        "reviewer_credentials",
        "reviewer_role",
        "reviewer_interests",
        "is_demonstration",
        "signed_by",
        "answers",
        "findings",
        "note",
        "content_digest",
        "digest",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).light()

    @admin.display(description=_("signed off"), ordering="recorded_at")
    def when(self, sign_off):
        return moment(sign_off.recorded_at)


@admin.register(Event)
class EventAdmin(RedactableAdmin):
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
