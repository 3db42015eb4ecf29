"""The log of moderation, which is only read."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.house_rules import BY_ID, HOUSE_RULES
from comments.models import Decision
from publishing.admin.records import RedactableAdmin
from publishing.templatetags.page_admin import moment

REASON_IN_LIST = 80


class RuleFilter(admin.SimpleListFilter):
    title = _("house rule")
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return [(rule.id, rule.title) for rule in HOUSE_RULES]

    def queryset(self, request, queryset):
        return queryset.filter(rule=self.value()) if self.value() in BY_ID else queryset


@admin.register(Decision)
class DecisionAdmin(RedactableAdmin):
    class Media:
        css = {"all": ["comments/staff.css"]}

    list_display = ("when", "what", "about", "why")
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

    # Two things in each column: the list fits a small screen.

    @admin.display(description=_("decision"), ordering="action")
    def what(self, decision):
        return format_html('{}<br><bdi class="told">{}</bdi>', decision.get_action_display(), decision.user_name)

    @admin.display(description=_("about"), ordering="comment_id")
    def about(self, decision):
        return format_html('{}<br><bdi class="told">{}</bdi>', str(decision.comment_id), decision.page_title)

    @admin.display(description=_("rule and reason"), ordering="rule")
    def why(self, decision):
        """The whole of the reason stands on the page of the entry."""
        beginning = Truncator(decision.reason).chars(REASON_IN_LIST)
        return format_html('{}<br><bdi class="told">{}</bdi>', self.rule_title(decision), beginning)

    @admin.display(description=_("rule"), ordering="rule")
    def rule_title(self, decision):
        return BY_ID[decision.rule].title if decision.rule in BY_ID else decision.rule
