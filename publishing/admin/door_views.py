"""The views between a draft and the door: preview, publish, schedule, withdraw. A change needs a second step."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing import doors, views
from publishing.admin.differences import draft_differences
from publishing.admin.uses import uses_of_page
from publishing.freshness import Stamp
from publishing.models import Edition, Page

CHANGES = [choice for choice in Edition.Change.choices if choice[0] != Edition.Change.WITHDRAWAL]


class SeenForm(forms.Form):
    """Knows which version of the draft its reader has seen."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refuse_as_stale(self, version: int) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.add_error(None, _("The draft was changed since you opened this page. Look at it again, then confirm."))


class PublishForm(SeenForm):
    change = forms.ChoiceField(
        label=_("Kind of change"),
        choices=CHANGES,
        help_text=_("A minor change leaves the date of the last update as it is."),
    )
    note = forms.CharField(
        label=_("Public note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it in the history of the page. Say what changed and why."),
    )


class ScheduleForm(PublishForm):
    at = forms.DateTimeField(
        label=_("Goes live at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    field_order = ["version", "at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = get_current_timezone_name()
        self.fields["at"].help_text = _("Date and time in the time zone %s.") % zone


class WithdrawForm(SeenForm):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Readers see it at the old address.")
    )
    replacement = forms.ModelChoiceField(
        Page.objects.live(), label=_("What to read instead"), required=False, help_text=_("Another public page.")
    )
    gone = forms.BooleanField(
        label=_("Tell search engines that it is gone"),
        required=False,
        initial=True,
        help_text=_("Otherwise the notice stays in their lists."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replacement"].widget = AutocompleteSelect(
            Page._meta.get_field("related"), admin.site, choices=self.fields["replacement"].choices
        )


@dataclass(frozen=True)
class Door:
    permission: str
    title: str
    button: str
    done: str
    form: type[SeenForm]
    call: Callable


DOORS = {
    "publish": Door("publish", _("Publish"), _("Publish now"), _("“%s” is public."), PublishForm, doors.publish),
    "schedule": Door("schedule", _("Schedule"), _("Schedule"), _("“%s” is scheduled."), ScheduleForm, doors.schedule),
    "withdraw": Door("withdraw", _("Withdraw"), _("Withdraw"), _("“%s” was withdrawn."), WithdrawForm, doors.withdraw),
}


class DoorViews:
    """For the admin of a kind of page: the extra addresses below a page's form."""

    def get_urls(self):
        view = self.admin_site.admin_view
        own = {name: view(partial(self.door_view, name=name)) for name in DOORS}
        own["unschedule"] = view(self.unschedule_view)
        # It sets its own cache header, a stricter one.
        own["preview"] = view(self.preview_view, cacheable=True)
        return [
            path(f"<int:object_id>/{name}/", each, name=f"{self._name}_{name}") for name, each in own.items()
        ] + super().get_urls()

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def door_names(self):
        return (*DOORS, "unschedule", "preview")

    def door_url(self, page, name: str) -> str:
        return reverse(f"admin:{self._name}_{name}", args=[page.pk])

    def _page_to_see(self, request, object_id):
        try:
            page = self.model.objects.select_related("live").filter(pk=object_id).first()
        except OverflowError:
            page = None
        if page is None:
            raise Http404
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return page

    def preview_view(self, request, object_id):
        response = require_safe(views.render_preview)(request, self._page_to_see(request, object_id))
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def unschedule_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page = self._page_to_see(request, object_id)
        doors.unschedule(page, by=request.user)
        self.message_user(request, _("The schedule of “%s” was cancelled.") % page, messages.SUCCESS)
        return HttpResponseRedirect(page.get_admin_url())

    def door_view(self, request, object_id, name):
        door, page = DOORS[name], self._page_to_see(request, object_id)
        if not request.user.has_perm(f"publishing.{door.permission}_page"):
            raise PermissionDenied
        form = door.form(request.POST or None, initial={"version": page.version})
        problems = page.problems() if name != "withdraw" else []
        if request.method == "POST" and form.is_valid():
            problems = self._pass(request, page, form, door)
            if not problems and form.is_valid():
                self.message_user(request, door.done % page, messages.SUCCESS)
                return HttpResponseRedirect(page.get_admin_url())
        return self._confirmation(request, page, form, name, problems)

    def _pass(self, request, page, form, door) -> list:
        """Through the door, if the draft is still the one that was seen; returns the problems that keep it shut."""
        with transaction.atomic():
            Stamp.lock()
            version = Page.objects.values_list("version", flat=True).get(pk=page.pk)
            if form.cleaned_data["version"] != str(version):
                form.refuse_as_stale(version)
                return []
            try:
                door.call(page, by=request.user, **form.values())
            except doors.CannotPublish as refusal:
                return self._told(form, refusal.problems)
        return []

    def _told(self, form, problems) -> list:
        """Problems of this form's own fields go to those fields; the others are returned."""
        for problem in problems:
            if problem.field in form.fields:
                form.add_error(problem.field, problem.message)
        return [problem for problem in problems if problem.field not in form.fields]

    def _confirmation(self, request, page, form, name, problems):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{DOORS[name].title}: {page}",
            "opts": self.opts,
            "original": page,
            "page": page,
            "form": form,
            "door": DOORS[name],
            "name": name,
            "problems": [(each, problem_url(page, each)) for each in problems],
            "differences": draft_differences(page) if name != "withdraw" else [],
            "uses": uses_of_page(page) if name == "withdraw" else [],
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/confirm_door.html", context)


def problem_url(page, problem) -> str:
    """The form, at the field where the problem is mended."""
    place = f"{problem.field}-heading" if problem.field in page.row_names else f"id_{problem.field}"
    return f"{page.get_admin_url()}#{place}" if problem.field else page.get_admin_url()
