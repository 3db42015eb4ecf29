"""The trained spam filters: when, and from how many decisions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comments.models import SpamFilter
from publishing.admin.records import ReadOnlyAdmin
from publishing.templatetags.page_admin import moment


@admin.register(SpamFilter)
class SpamFilterAdmin(ReadOnlyAdmin):
    list_display = ("trained", "spam_count", "genuine_count")
    list_display_links = ("trained",)
    ordering = ("-pk",)
    fields = ("trained", "spam_count", "genuine_count")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("words")

    @admin.display(description=_("trained"), ordering="trained_at")
    def trained(self, spam_filter):
        return moment(spam_filter.trained_at)
