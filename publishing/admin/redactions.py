"""Removing recorded text by legal order: the screen, and the list of what was removed."""

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from publishing.admin.records import ReadOnlyAdmin, record_label
from publishing.models import Redaction
from publishing.records import Record
from publishing.redactions import CannotRedact, beside, described, goes_with, kind_of, redact
from publishing.templatetags.page_admin import moment

PARTS = {"text": _("Its text"), "title": _("Its title"), "note": _("Its note")}


class RedactionForm(forms.Form):
    order = forms.CharField(label=_("Legal order"), max_length=300, help_text=_("Court or authority, date and number."))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept for ever: do not repeat the text."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What is removed"),
        widget=forms.CheckboxSelectMultiple,
        initial=["text"],
        error_messages={"required": _("Choose at least one part.")},
    )
    also = forms.MultipleChoiceField(
        label=_("Other records of this page that hold the same text"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Read them first: each keeps a text of its own."),
    )
    is_sure = forms.BooleanField(
        label=_("I know that there is no way back"), error_messages={"required": _("Tick this to go on.")}
    )

    def __init__(self, *args, record: Record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part, PARTS[part]) for part in kind_of(type(record)).parts]
        self.others = {f"{each._meta.label_lower}:{each.pk}": each for each in beside(record)}
        self.fields["also"].choices = [(key, record_label(each)) for key, each in self.others.items()]
        if not self.others:
            del self.fields["also"]

    def values(self) -> dict:
        chosen = [self.others[key] for key in self.cleaned_data.get("also", [])]
        return {name: self.cleaned_data[name] for name in ("order", "reason", "parts")} | {"also": chosen}


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ("when", "record_label", "record_id", "order", "redacted_by")
    list_display_links = ("when",)
    search_fields = ("order", "reason", "redacted_by")
    ordering = ("-pk",)
    fields = (
        "when",
        "record_label",
        "record_id",
        "columns",
        "order",
        "reason",
        "redacted_by",
        "record_digest",
        "remaining_digest",
    )

    @admin.display(description=_("when"), ordering="recorded_at")
    def when(self, redaction):
        return moment(redaction.recorded_at)

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.redact_view))
        own = path("remove/<str:label>/<int:number>/", view, name="publishing_redaction_remove")
        return [own, *super().get_urls()]

    def redact_view(self, request, label, number):
        if not request.user.has_perm("publishing.add_redaction"):
            raise PermissionDenied
        record, problems = _find(label, number), []
        form = RedactionForm(request.POST if request.method == "POST" else None, record=record)
        if form.is_valid():
            try:
                done = redact(record, by=request.user, **form.values())
            except CannotRedact as refusal:
                problems = self._told(form, refusal.problems)
            else:
                message = ngettext(
                    "The text of %d record was removed.", "The text of %d records was removed.", len(done)
                )
                self.message_user(request, message % len(done), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:publishing_redaction_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove recorded text by legal order"),
            "opts": self.opts,
            "form": form,
            "problems": problems,
            "record": record_label(record),
            "with_it": [described(each) for each in goes_with(record)],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/redaction.html", context)

    def _told(self, form, problems) -> list:
        for problem in problems:
            if problem.field:
                form.add_error(problem.field, problem.message)
        return [problem for problem in problems if not problem.field]


def _find(label: str, number: int) -> Record:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if kind_of(model) is None:
        raise Http404
    try:
        found = model.objects.filter(pk=number).first()
    except OverflowError:
        found = None
    if found is None:
        raise Http404
    return found
