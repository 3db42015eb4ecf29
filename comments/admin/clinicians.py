"""Verified clinicians: who they are, who verified that, and until when."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.admin.settled import PublicSettingAdmin
from comments.comments import normal_email
from comments.models import Clinician
from comments.text import clean_name
from publishing.events import name_of


class ClinicianForm(forms.ModelForm):
    class Meta:
        model = Clinician
        fields = ("email", "name", "credentials", "verified_how", "verified_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "verified_on" in self.fields:
            # Compared with what is stored, as every other field.
            self.fields["verified_on"].show_hidden_initial = False

    def clean_email(self):
        return normal_email(self.cleaned_data["email"])

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])

    def clean_verified_on(self):
        day = self.cleaned_data["verified_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return day

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("verified_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("That is before the identity was verified."))
        return cleaned


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return (("current", _("Current")), ("ended", _("Ended")))

    def queryset(self, request, queryset):
        match self.value():
            case "current":
                return queryset.current()
            case "ended":
                return queryset.filter(Q(ends_on__lt=timezone.localdate()))
        return queryset


@admin.register(Clinician)
class ClinicianAdmin(PublicSettingAdmin):
    form = ClinicianForm
    told = ("name", "credentials", "verified_on", "ends_on")
    list_display = ("name", "credentials", "verified_by", "verified_on", "ends_on")
    list_filter = (StandingFilter,)
    search_fields = ("name", "credentials", "email")
    ordering = ("name", "pk")
    fields = ("email", "name", "credentials", "verified_how", "verified_on", "verified_by", "ends_on")
    readonly_fields = ("verified_by",)

    def has_delete_permission(self, request, obj=None):
        # Who has written comments in this role is not deleted: the role is ended.
        return super().has_delete_permission(request, obj) and (obj is None or not obj.comments.exists())

    def save_model(self, request, obj, form, change):
        if not change or set(form.changed_data) - {"ends_on"}:
            obj.verified_by = name_of(request.user)
        super().save_model(request, obj, form, change)
