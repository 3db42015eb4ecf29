"""What is stored now beside what was typed, for a form that was opened before somebody else saved."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from publishing import richtext
from publishing.editor import RichTextFormField


@dataclass(frozen=True)
class Line:
    label: str
    stored: str
    typed: str


def compare(form: forms.ModelForm, formsets) -> list[Line]:
    lines = _changed_fields(form)
    for formset in formsets:
        lines += [line for row in formset.initial_forms for line in _changed_row(row)]
        lines += [_new_row(row) for row in formset.extra_forms if row.has_changed()]
        lines += _rows_added_meanwhile(formset)
    return lines


def _changed_fields(form, prefix: str = "") -> list[Line]:
    names = [name for name in form.changed_data if not form.fields[name].widget.is_hidden]
    return [_line(form, name, f"{prefix}{form[name].label}") for name in names]


def _line(form, name: str, label: str) -> Line:
    return Line(label, in_words(form, name, form[name].initial), in_words(form, name, _typed(form, name)))


def _typed(form, name):
    return form.cleaned_data[name] if name in getattr(form, "cleaned_data", {}) else form[name].value()


def _changed_row(form) -> list[Line]:
    if form.cleaned_data.get("DELETE"):
        return [Line(_row_name(form), str(form.instance), _("you remove this row"))]
    return _changed_fields(form, f"{_row_name(form)} – ")


def _row_name(form) -> str:
    return f"{form.instance._meta.verbose_name} {form.instance}"


def _new_row(form) -> Line:
    typed = [f"{line.label}: {line.typed}" for line in _changed_fields(form)]
    return Line(_("new %s") % form.instance._meta.verbose_name, _("not there"), "\n".join(typed))


def _rows_added_meanwhile(formset) -> list[Line]:
    posted = {form.instance.pk for form in formset.forms}
    added = [row for row in formset.get_queryset() if row.pk not in posted]
    return [Line(f"{row._meta.verbose_name} {row}", _("added meanwhile, and stays"), "") for row in added]


def in_words(form, name: str, value) -> str:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        return _objects_in_words(field, value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(field, RichTextFormField):
        return richtext.text_of(value or "").strip()
    return "" if value is None else str(value)


def _objects_in_words(field, value) -> str:
    values = [] if value in (None, "") else field.prepare_value(value)
    keys = values if isinstance(values, list) else [values]
    return "\n".join(str(each) for each in field.queryset.filter(pk__in=keys))
