"""The names of a page on its own form. They are no part of the draft: saving them changes public pages at once."""

from functools import cached_property

from django import forms
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import ValidationError
from django.forms.formsets import ManagementForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crosslinks.admin.forms import NameForm
from crosslinks.admin.previews import SEEN, Previewed, PreviewedAdmin, SeenField
from crosslinks.changes import Change
from crosslinks.names import Name, name_key
from publishing.admin.comparison import compare
from publishing.admin.rows import RowFormSet
from publishing.records import digest_of

PREFIX = "names"


class NamesManagementForm(ManagementForm):
    outcome = SeenField()
    # Which names were there when the form was opened.
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class RowNameForm(NameForm):
    leaving: frozenset[int] = frozenset()

    def is_leaving(self, name):
        return name.pk in self.leaving


class NameFormSet(Previewed, RowFormSet):
    is_stale = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Before any form is checked, which fills in the names what was typed.
        self.stored_version = digest_of([[name.pk, name.facts()] for name in self.get_queryset()])

    @cached_property
    def management_form(self):
        form = super().management_form
        options = {"auto_id": self.auto_id, "prefix": self.prefix, "renderer": self.renderer}
        if not self.is_bound:
            return NamesManagementForm(initial=form.initial | {"version": self.stored_version}, **options)
        form = NamesManagementForm(self.data, **options)
        form.full_clean()
        return form

    @property
    def seen_form(self):
        return self.management_form

    @cached_property
    def preferred(self) -> Name | None:
        """What the page is called; none before it is public."""
        return Name.objects.filter(page=self.instance.pk, kind=Name.Kind.PREFERRED).first()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # In a table the column's heading does not name the field.
        for name, field in form.fields.items():
            if name != "meaning":
                field.widget.attrs["aria-label"] = field.label
        form.leaving = self._leaving

    @cached_property
    def _leaving(self) -> frozenset[int]:
        """The names that are ticked for deletion, known before any form is checked."""
        if not self.is_bound or not self.can_delete:
            return frozenset()
        rows = (f"{self.prefix}-{number}" for number in range(self.initial_form_count()))
        ticked = {self.data.get(f"{row}-id") for row in rows if f"{row}-DELETE" in self.data}
        return frozenset(name.pk for name in self.get_queryset() if str(name.pk) in ticked)

    def _staying(self) -> list[NameForm]:
        return [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]

    def clean(self):
        # Before Django does, which names the columns.
        self._refuse_twins()
        super().clean()
        if (
            self.instance.pk
            and self.management_form.cleaned_data.get("version") != self.stored_version
            and self.change()
        ):
            self._refuse_as_stale()

    def _refuse_twins(self) -> None:
        """Two new names that the links take for one."""
        seen = set()
        for form in self._staying():
            typed = form.cleaned_data
            if "text" not in typed:
                continue
            # The same text is the same name, whether or not it is bound to its case.
            same = {typed["text"], name_key(typed["text"], exact_case=typed.get("exact_case", False))}
            if same & seen:
                form.add_error("text", _("This name stands here twice."))
            seen |= same

    def _refuse_as_stale(self) -> None:
        self.is_stale = True
        # As with the version of the page: a second, deliberate save passes.
        self.management_form.data = self.management_form.data.copy()
        self.management_form.data[self.management_form.add_prefix("version")] = self.stored_version
        message = _(
            "Somebody changed the names of this page after you opened the form. Compare what is stored now with what "
            "you typed, change what is needed, and save again."
        )
        raise ValidationError(message, code="stale")

    def refuse(self, message):
        self._non_form_errors.append(message)

    def change(self):
        saving, settled = [], {}
        for form in self._staying():
            form.instance.page = self.instance
            saving.append(form.instance)
            settled |= {rival.pk: rival for rival in form.settled}
        leaving = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        if not saving and not leaving:
            return None
        return Change(save=(*saving, *settled.values()), remove=tuple(leaving))

    def has_changed(self):
        """Of the draft, of which names are no part."""
        return False

    def apply(self, *, by):
        self.new_objects = [form.instance for form in self._staying() if form.instance._state.adding]
        self.changed_objects = [
            (form.instance, form.changed_data) for form in self._staying() if not form.instance._state.adding
        ]
        self.deleted_objects = list(self.wanted.remove) if self.wanted else []
        return super().apply(by=by)

    def save(self, commit=True):
        raise TypeError("Names are saved by apply(by=…).")


class NameInline(admin.TabularInline):
    model = Name
    form = RowNameForm
    formset = NameFormSet
    template = "admin/crosslinks/name_inline.html"
    fields = ("text", "kind", "language", "exact_case", "linking")
    verbose_name = _("other name")
    verbose_name_plural = _("other names")
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(kind=Name.Kind.PREFERRED).select_related("page")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # Nothing protects a name: its mentions are derived, and go with it.
        formset.form.hand_clean_DELETE = lambda form: None
        return formset


class NamedPageAdmin(PreviewedAdmin):
    """For the admin of a kind of page that has names: the draft and the names are saved together, or neither."""

    seen_name = f"{PREFIX}-{SEEN}"

    def save_formset(self, request, form, formset, change):
        if isinstance(formset, NameFormSet):
            outcome = formset.apply(by=request.user)
            saved = [*formset.new_objects, *(name for name, _fields in formset.changed_objects)]
            self.tell(request, outcome, saved[0] if len(saved) == 1 and not formset.deleted_objects else None)
        else:
            super().save_formset(request, form, formset, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        formsets = [each.formset for each in context["inline_admin_formsets"]]
        for names in formsets:
            if not isinstance(names, NameFormSet):
                continue
            if names.preview:
                view, arguments = ("change", [obj.pk]) if change else ("changelist", [])
                context["leave_url"] = reverse(admin_urlname(self.opts, view), args=arguments)
                context["save_button"] = names.preview.draft_button
                self.warn(request, names.preview, "outcome-heading")
            if names.is_stale:
                context["comparison"] = compare(context["adminform"].form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)
