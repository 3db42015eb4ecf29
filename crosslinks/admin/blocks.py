"""Texts that never link: everywhere, or on the one page where an editor rejected the link."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crosslinks.admin.forms import check_text
from crosslinks.admin.previews import Previewed, SeenField, VocabularyAdmin
from crosslinks.changes import Change
from crosslinks.names import Block, name_key
from publishing.events import name_of
from publishing.templatetags.page_admin import moment


class BlockForm(Previewed, forms.ModelForm):
    """Blocks a text on the whole site."""

    outcome = SeenField()

    class Meta:
        model = Block
        fields = ("text", "reason", "remark")

    def clean_text(self):
        text = check_text(self.cleaned_data["text"])
        if Block.objects.filter(page=None, key=name_key(text)).exists():
            raise forms.ValidationError(_("“%s” is blocked on the whole site already.") % text, code="twice")
        return text

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == Block.Reason.OTHER and not cleaned.get("remark"):
            self.add_error("remark", _("Say in the remark what the reason is."))
        return cleaned

    def change(self):
        return Change(block=(self.instance,))


class WhereFilter(admin.SimpleListFilter):
    title = _("where")
    parameter_name = "where"

    def lookups(self, request, model_admin):
        return (("site", _("on the whole site")), ("page", _("on one page")))

    def queryset(self, request, queryset):
        return queryset.filter(page__isnull=self.value() == "site") if self.value() else queryset


@admin.register(Block)
class BlockAdmin(VocabularyAdmin):
    form = BlockForm
    list_display = ("text", "where", "reason", "remark", "blocked_by", "when")
    list_filter = (WhereFilter, "reason")
    list_select_related = ("page",)
    search_fields = ("text", "page__title", "remark", "blocked_by")
    ordering = ("text", "pk")

    def removal(self, obj):
        return Change(unblock=(obj,))

    def get_fields(self, request, obj=None):
        return ("text", "where", "reason", "remark", "blocked_by", "when") if obj else ("text", "reason", "remark")

    def get_fieldsets(self, request, obj=None):
        about = (
            "" if obj else _("What is blocked here links on no page. To reject one link, open the form of its page.")
        )
        return [(None, {"fields": self.get_fields(request, obj), "description": about})]

    def has_change_permission(self, request, obj=None):
        # Another text or another reason is another block: remove this one and add that.
        return False

    def save_model(self, request, obj, form, change):
        obj.blocked_by = name_of(request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("where"), ordering="page__title")
    def where(self, block):
        if block.page is None:
            return _("on the whole site")
        return format_html('<a href="{}">{}</a>', block.page.get_admin_url(), block.page)

    @admin.display(description=_("on"), ordering="blocked_at")
    def when(self, block):
        return moment(block.blocked_at)
