"""The log of moderation, which is only read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comments.house_rules import BY_ID, HOUSE_RULES
from comments.models import Decision
from publishing.admin.records import RedactableAdmin
from publishing.templatetags.page_admin import moment


class RuleFilter(admin.SimpleListFilter):
    title = _("house rule")
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return [(rule.id, rule.title) for rule in HOUSE_RULES]

    def queryset(self, request, queryset):
        return queryset.filter(rule=self.value()) if self.value() in BY_ID else queryset


@admin.register(Decision)
class DecisionAdmin(RedactableAdmin):
    list_display = ("when", "user_name", "action", "comment_id", "page_title", "rule_title", "reason")
    list_display_links = ("when",)
    list_filter = ("action", RuleFilter, ("recorded_at", admin.DateFieldListFilter))
    search_fields = ("user_name", "page_title", "reason", "comment_id__exact")
    ordering = ("-pk",)
    fields = (
        "when",
        "user_name",
        "action",
        "comment_id",
        "page_title",
        "state_before",
        "state_after",
        "version",
        "rule_title",
        "reason",
        "text_digest",
        "digest",
    )

    @admin.display(description=_("when"), ordering="recorded_at")
    def when(self, decision):
        return moment(decision.recorded_at)

    @admin.display(description=_("rule"), ordering="rule")
    def rule_title(self, decision):
        return BY_ID[decision.rule].title if decision.rule in BY_ID else decision.rule
