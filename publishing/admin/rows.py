"""Rows on the form of either page: ordered by hand, taken out of the draft instead of deleted."""

from django import forms
from django.contrib import admin
from django.db.models import Max, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from publishing import doors
from publishing.admin.comparison import in_words
from publishing.contributions import touch_drafts
from publishing.pages import Page
from publishing.rows import Row


class RowForm(forms.ModelForm):
    """`here` and `partner` are the names of the row's two ends, given by the inline."""

    here: str
    partner: str

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        position = f"position_on_{self.here}"
        if position in self.fields:
            self.fields[position].required = False
        if self.instance._state.adding:
            # Empty, so that an untouched new row counts as empty whatever stands above it.
            self.initial[position] = None

    def clean(self):
        cleaned = super().clean()
        if self.instance._state.adding:
            self._take_up_removed_row(cleaned)
        elif self.partner in self.changed_data:
            self.add_error(self.partner, _("A row keeps its two pages. Remove this row and add another."))
        else:
            self._refuse_place_of_removed_row(cleaned)
        self._place(cleaned, self.here)
        return cleaned

    def _take_up_removed_row(self, cleaned) -> None:
        """A row that was removed from the draft but stays on record comes back instead of meeting its twin."""
        if twin := self._removed_twin(cleaned):
            twin.is_removed = False
            self.instance = twin

    def _refuse_place_of_removed_row(self, cleaned) -> None:
        """A row cannot become one that was removed: each has a history of its own."""
        changed = [name for name in self._telling_fields() if name in self.changed_data]
        if changed and (twin := self._removed_twin(cleaned)):
            message = _(
                "“%(row)s” (%(which)s) was removed from the draft, but stays on record. Leave this row as it was, or "
                "remove it, and if you want that one back, add it as a new row instead."
            )
            which = ", ".join(f"{self[name].label}: {in_words(self, name, cleaned[name]) or '–'}" for name in changed)
            # At a field, so that the rule that one row stands for it is not named a second time.
            self.add_error(changed[0], message % {"row": twin, "which": which})

    def _telling_fields(self) -> tuple[str, ...]:
        """The columns that no two rows have in common."""
        return next(each for each in self._meta.model._meta.constraints if isinstance(each, UniqueConstraint)).fields

    def _removed_twin(self, cleaned) -> Row | None:
        wanted = {name: cleaned.get(name) for name in self._telling_fields()}
        if any(value is None or (isinstance(value, Page) and not value.pk) for value in wanted.values()):
            return None
        return self._meta.model.objects.filter(**wanted, is_removed=True).first()

    def _place(self, cleaned, end: str) -> None:
        name = f"position_on_{end}"
        if name in self.fields and cleaned.get(name) is None and cleaned.get(end):
            cleaned[name] = last_position(self._meta.model, end, cleaned[end].pk) + 1


def last_position(model: type[Row], end: str, page_id: int | None) -> int:
    name = f"position_on_{end}"
    return model.objects.in_draft().filter(**{end: page_id}).aggregate(last=Max(name))["last"] or 0


class RowFormSet(forms.BaseInlineFormSet):
    # Whoever saves, given by the inline.
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_vanished_rows_as_new()

    def initial_form_count(self):
        """Never more than there are forms: Django bounds their number, but not this one, which comes with the form."""
        count = super().initial_form_count()
        return min(count, self.total_form_count()) if self.is_bound else count

    def _with_vanished_rows_as_new(self):
        """The posted data, where a row that somebody removed meanwhile is a new one: what was typed in it is kept."""
        present = {str(row.pk) for row in self.get_queryset()}
        known = [i for i in range(self.initial_form_count()) if self.data.get(f"{self.prefix}-{i}-id") in present]
        if len(known) == self.initial_form_count():
            return self.data
        others = [i for i in range(self.total_form_count()) if i not in known]
        data = self.data.copy()
        for new, old in enumerate([*known, *others]):
            self._copy_row(data, old, new)
            if new >= len(known):
                data[f"{self.prefix}-{new}-id"] = ""
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(known))
        self.__dict__.pop("management_form", None)
        return data

    def _copy_row(self, data, old: int, new: int) -> None:
        for key in [key for key in data if key.startswith(f"{self.prefix}-{new}-")]:
            del data[key]
        start = f"{self.prefix}-{old}-"
        for key in self.data:
            if key.startswith(start):
                data.setlist(f"{self.prefix}-{new}-{key.removeprefix(start)}", self.data.getlist(key))

    def save_new(self, form, commit=True):
        if form.instance._state.adding:
            place = last_position(self.model, form.partner, form.cleaned_data[form.partner].pk) + 1
            setattr(form.instance, f"position_on_{form.partner}", place)
        return super().save_new(form, commit=commit)

    def delete_existing(self, obj, commit=True):
        obj.remove()

    def save(self, commit=True):
        """Also counts a change of the draft of every page at the other end of a changed row, by the same account."""
        saved = super().save(commit=commit)
        changed = [*self.new_objects, *(row for row, _names in self.changed_objects), *self.deleted_objects]
        partners = {getattr(row, f"{self.form.partner}_id") for row in changed}
        touch_drafts(partners, by=self.user)
        for page in Page.objects.filter(pk__in=partners):
            doors.settle(page, by=self.user)
        return saved


class RowInline(admin.StackedInline):
    """Declares `row_fields`: its own columns, in order. The ends, the references and the place are added here."""

    form = RowForm
    formset = RowFormSet
    extra = 1
    classes = ("rows",)
    row_fields: tuple = ()

    def __init__(self, parent_model, admin_site):
        super().__init__(parent_model, admin_site)
        self.here = parent_model.kind_name()
        self.partner = next(end for end in self.model.ends if end != self.here)
        self.ordering = (f"position_on_{self.here}", "pk")

    # A row stands on two pages: who changes it needs the right to both.

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._may_change_partner(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_change_partner(request)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_change_partner(request)

    def _may_change_partner(self, request) -> bool:
        partner = self.model._meta.get_field(self.partner).related_model._meta
        return request.user.has_perm(f"{partner.app_label}.change_{partner.model_name}")

    def get_fields(self, request, obj=None):
        return ((self.partner, f"position_on_{self.here}"), *self.row_fields, "references", "is_checked")

    def get_autocomplete_fields(self, request):
        return (self.partner, "references")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == self.partner:
            # The red cross would delete the other page, not the row.
            field.widget.can_delete_related = field.widget.can_view_related = False
        elif db_field.name == "description":
            field.widget.attrs["rows"] = 3
        return field

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(is_removed=False)
        return rows.select_related(*self.model.ends).prefetch_related("references")

    def get_formset(self, request, obj=None, **kwargs):
        ends = {"here": self.here, "partner": self.partner}
        formset = super().get_formset(request, obj, form=type("RowForm", (self.form,), ends), **kwargs)
        formset.user = request.user
        # A row is taken out of the draft, not deleted: what is on record need not keep it here.
        formset.form.hand_clean_DELETE = lambda form: None
        return formset
