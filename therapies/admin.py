from django import forms
from django.contrib import admin

from crosslinks.admin.inlines import NamedPageAdmin, NameInline
from crosslinks.admin.pages import LinkedPageAdmin
from publishing.admin.rows import RowInline
from therapies.models import Caution, Code, Condition, Indication, Therapy


class IndicationInline(RowInline):
    model = Indication
    row_fields = (("role", "status", "evidence"), "description", ("authority", "region", "qualifier"))


class CautionInline(RowInline):
    model = Caution
    row_fields = (("kind", "qualifier"), "description")


class CodeFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        # In a table the column's heading does not name the field.
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label


class CodeInline(admin.TabularInline):
    model = Code
    formset = CodeFormSet
    extra = 1


@admin.register(Condition)
class ConditionAdmin(NamedPageAdmin, LinkedPageAdmin):
    kind_fields = ("plain_name", "group", "body_system")
    search_fields = (*LinkedPageAdmin.search_fields, "plain_name")
    inlines = (IndicationInline, CautionInline, NameInline, CodeInline)


@admin.register(Therapy)
class TherapyAdmin(NamedPageAdmin, LinkedPageAdmin):
    kind_fields = ("plain_name", "group", "therapy_class", "routes")
    search_fields = (*LinkedPageAdmin.search_fields, "plain_name")
    inlines = (IndicationInline, CautionInline, NameInline, CodeInline)
