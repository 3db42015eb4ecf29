"""Where readers may write: one setting for a page, for a list of pages, or for the site."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comments.admin.settled import PublicSettingAdmin
from comments.models import Opening
from publishing.admin.chooser import PageSelect
from publishing.admin.imports import places
from publishing.events import name_of
from publishing.kinds import page_models
from publishing.templatetags.page_admin import moment


class OpeningForm(forms.ModelForm):
    place = forms.ChoiceField(
        label=_("List"),
        required=False,
        help_text=_(
            "All pages of a category or group. Without a page and a list, the setting is that of the whole site."
        ),
    )

    class Meta:
        model = Opening
        fields = ("page", "mode", "close_after_days")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["place"]
            return
        if "page" in self.fields:
            self.fields["page"].widget = PageSelect(self.fields["page"].choices)
        lists = [place for model in page_models() for place in places(model)]
        self.fields["place"].choices = [("", "---------"), *lists]

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk and "page" in cleaned and "place" in cleaned:
            self._check_reach(cleaned["page"], cleaned["place"])
        if cleaned.get("close_after_days") and cleaned.get("mode", Opening.Mode.OPEN) != Opening.Mode.OPEN:
            message = _("Only comments that are open close by themselves. Leave this empty, or choose “open”.")
            self.add_error("close_after_days", message)
        return cleaned

    def _check_reach(self, page, place: str) -> None:
        self.instance.kind, _colon, self.instance.shelf = place.partition(":")
        if page and place:
            self.add_error("place", _("Choose a page or a list, not both: a setting has one reach."))
        elif Opening.objects.filter(page=page, kind=self.instance.kind, shelf=self.instance.shelf).exists():
            field = "page" if page else "place"
            self.add_error(field, _("There is a setting for this already. Open it in the list, and change it there."))


class ReachFilter(admin.SimpleListFilter):
    title = _("reach")
    parameter_name = "reach"

    def lookups(self, request, model_admin):
        return (("page", _("One page")), ("list", _("A list of pages")), ("site", _("The whole site")))

    def queryset(self, request, queryset):
        match self.value():
            case "page":
                return queryset.filter(page__isnull=False)
            case "list":
                return queryset.exclude(kind="")
            case "site":
                return queryset.filter(page__isnull=True, kind="")
        return queryset


@admin.register(Opening)
class OpeningAdmin(PublicSettingAdmin):
    form = OpeningForm
    told = ("mode", "close_after_days")
    list_display = ("reach", "mode", "close_after_days", "changed_by", "changed")
    list_filter = ("mode", ReachFilter)
    list_select_related = ("page",)
    search_fields = ("page__title", "kind", "shelf")
    ordering = ("page__title", "kind", "shelf", "pk")

    class Media:
        # Names the search box of pages for those who hear it.
        js = ["publishing/admin.js"]

    def get_fields(self, request, obj=None):
        if obj:
            return ("reach", "mode", "close_after_days", "changed_by", "changed")
        return ("page", "place", "mode", "close_after_days")

    def get_readonly_fields(self, request, obj=None):
        # Another reach is another setting: delete this one and add that.
        return ("reach", "changed_by", "changed") if obj else ()

    def save_model(self, request, obj, form, change):
        obj.changed_by = name_of(request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("for"), ordering="page__title")
    def reach(self, opening):
        return str(opening)

    @admin.display(description=_("set"), ordering="changed_at")
    def changed(self, opening):
        return moment(opening.changed_at)
