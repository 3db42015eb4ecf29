"""Interim notices: issued after a look at the pages on which they will stand, never edited, ended with a reason."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from publishing import notices
from publishing.admin.chooser import PageSelect
from publishing.admin.records import ReadOnlyAdmin
from publishing.models import Notice, Page
from publishing.notice_board import pages_reached
from publishing.numbers import row_number
from publishing.templatetags.page_admin import moment

LONGEST_LIST = 100
USUAL = timedelta(days=30)


class NoticeForm(forms.Form):
    """`seen` says for which page and reach the places were shown."""

    page = forms.ModelChoiceField(
        Page.objects.filter(address__isnull=False), label=_("About"), help_text=_("A page that is or was public.")
    )
    reach = forms.ChoiceField(label=_("Where it stands"), choices=Notice.Reach.choices, initial=Notice.Reach.MENTIONS)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Plain words: what is known, and what readers should do. It cannot be changed later."),
    )
    expires_at = forms.DateTimeField(
        label=_("Expires"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = PageSelect(self.fields["page"].choices)
        self.fields["expires_at"].help_text = (
            _(
                "Date and time in the time zone %s, at most 12 months ahead. What is to last belongs into the text of "
                "the pages."
            )
            % timezone.get_current_timezone_name()
        )

    def places(self) -> str:
        return f"{self.cleaned_data['page'].pk} {self.cleaned_data['reach']}"

    def show_places(self) -> None:
        """The form that is shown again belongs to the places that are shown with it."""
        self.data = self.data.copy()
        self.data["seen"] = self.places()

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("text", "reach", "expires_at")}


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it in the history of the page."),
    )


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("in-force", _("In force")), ("past", _("Expired or ended"))]

    def queryset(self, request, queryset):
        in_force = Notice.objects.in_force().values("pk")
        match self.value():
            case "in-force":
                return queryset.filter(pk__in=in_force)
            case "past":
                return queryset.exclude(pk__in=in_force)
        return queryset


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    change_form_template = "admin/publishing/notice_change_form.html"
    list_display = ("subject", "text", "standing", "issued", "expires", "signer_name")
    list_display_links = ("subject",)
    list_filter = (StandingFilter, "reach")
    list_select_related = ("end",)
    search_fields = ("subject", "text", "signer_name")
    ordering = ("-pk",)
    fields = (
        *("subject", "text", "reach", "standing", "issued", "expires", "signer_name", "signer_credentials"),
        *("issued_by", "digest"),
    )

    def has_add_permission(self, request):
        return request.user.has_perm("publishing.add_notice")

    def get_urls(self):
        own = path("<int:object_id>/end/", self.admin_site.admin_view(self.end_view), name="publishing_notice_end")
        return [own, *super().get_urls()]

    @admin.display(description=_("issued"), ordering="recorded_at")
    def issued(self, notice):
        return moment(notice.recorded_at)

    @admin.display(description=_("expires"), ordering="expires_at")
    def expires(self, notice):
        return moment(notice.expires_at)

    @admin.display(description=_("standing"))
    def standing(self, notice):
        if notice.ending:
            words = {"when": moment(notice.ending.recorded_at), "who": notice.ending.ended_by}
            return _("ended %(when)s by %(who)s") % words + f": {notice.ending.reason}"
        return _("in force") if notice.is_in_force else _("expired")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        notice = self.get_object(request, object_id)
        may_end = bool(notice) and notice.is_in_force and request.user.has_perm("publishing.change_notice")
        return super().change_view(request, object_id, form_url, {"may_end": may_end} | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, editions = NoticeForm(request.POST or None, initial=self._initial(request)), None
        problems = []
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["seen"] == form.places():
                problems = self._issue(request, form)
                if not problems and form.is_valid():
                    return HttpResponseRedirect(reverse("admin:publishing_notice_changelist"))
            editions = pages_reached(form.cleaned_data["page"], form.cleaned_data["reach"])
            form.show_places()
        context = {
            "title": _("Issue a notice"),
            "form": form,
            "problems": problems,
            "signer": notices.signer_of(request.user),
            "count": None if editions is None else editions.count(),
            "editions": None if editions is None else editions[:LONGEST_LIST],
        }
        return self._screen(request, "admin/publishing/notice_issue.html", context, form)

    def _initial(self, request) -> dict:
        """`?page=` names the page that the notice is about."""
        asked = request.GET.get("page", "")
        return {"page": row_number(asked), "expires_at": timezone.now() + USUAL}

    def _issue(self, request, form) -> list:
        """Returns the problems that belong to no field of the form."""
        page = form.cleaned_data["page"]
        count = pages_reached(page, form.cleaned_data["reach"]).count()
        try:
            notices.issue(page, by=request.user, **form.values())
        except notices.NoticeRefused as refusal:
            return told(form, refusal)
        text = ngettext("The notice stands on %d page.", "The notice stands on %d pages.", count) % count
        self.message_user(request, text, messages.SUCCESS)
        return []

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def end_view(self, request, object_id):
        if not request.user.has_perm("publishing.change_notice"):
            raise PermissionDenied
        notice = self.get_object(request, str(object_id))
        if notice is None:
            raise Http404
        form, problems = EndForm(request.POST or None), []
        if request.method == "POST" and form.is_valid():
            try:
                notices.end(notice, by=request.user, reason=form.cleaned_data["reason"])
            except notices.NoticeRefused as refusal:
                problems = told(form, refusal)
            else:
                self.message_user(request, _("The notice is down."), messages.SUCCESS)
                return HttpResponseRedirect(notice.get_admin_url())
        context = {"title": _("End the notice"), "form": form, "problems": problems, "notice": notice}
        return self._screen(request, "admin/publishing/notice_end.html", context, form)

    def _screen(self, request, template: str, context: dict, form) -> TemplateResponse:
        request.current_app = self.admin_site.name
        known = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media + form.media}
        return TemplateResponse(request, template, known | context)


def told(form, refusal) -> list:
    """Problems of the form's own fields go to those fields; the others are returned."""
    for problem in refusal.problems:
        if problem.field in form.fields:
            form.add_error(problem.field, problem.message)
    return [problem for problem in refusal.problems if problem.field not in form.fields]
