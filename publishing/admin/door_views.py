"""The views between a draft and readers: preview, and the moves of a draft up to the door and through it.

Each move has a screen of its own, which says what would happen and what keeps it from happening, before it happens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing import doors, views, workflow
from publishing.admin.chooser import PageSelect
from publishing.admin.differences import draft_differences
from publishing.admin.uses import uses_of_page
from publishing.comparison.spelling import changed_characters
from publishing.content import content_digest, draft_content
from publishing.editions import MOST_SPELLING_CHANGES
from publishing.freshness import Stamp
from publishing.models import ContentTask, Edition, Page, Schedule, SignOff
from publishing.moves import BY_NAME
from publishing.pages import Problem

CHANGES = {
    Edition.Change.MAJOR: _("Something readers should know of. It moves the date of the last update and needs a note."),
    Edition.Change.MINOR: _("Wording or layout; readers miss nothing if they do not notice. No date moves."),
    Edition.Change.CORRECTION: _(
        "Something was wrong. It is labelled as a correction and needs a note that says what."
    ),
    Edition.Change.REVIEW: _("Nothing changed, and a reviewer has signed it off again."),
}


class SeenForm(forms.Form):
    """Knows which version of the draft its reader has seen."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, page: Page, **kwargs):
        super().__init__(*args, **kwargs)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refuse_as_stale(self, version: int) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.add_error(None, _("The draft was changed since you opened this page. Look at it again, then confirm."))


def described(task: ContentTask) -> str:
    words = {"text": task.text, "who": task.opened_by, "day": date_format(localdate(task.opened_at), "j F Y")}
    if task.is_from_reader:
        return _("%(text)s (a reader reported it; %(who)s, %(day)s)") % words
    return _("%(text)s (%(who)s, %(day)s)") % words


class FixingForm(SeenForm):
    """Asks which open tasks of the page are done with what becomes public."""

    fixes = forms.MultipleChoiceField(
        label=_("What this edition puts right"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "These tasks are closed with it. Where readers reported something, the history of the page says that they "
            "did, and they are told."
        ),
        error_messages={"invalid_choice": _("One of these tasks has been closed meanwhile. Choose again.")},
    )

    def __init__(self, *args, page: Page, **kwargs):
        super().__init__(*args, page=page, **kwargs)
        self.tasks = {str(task.pk): task for task in ContentTask.objects.open().filter(page=page.pk)}
        self.fields["fixes"].choices = [(number, described(task)) for number, task in self.tasks.items()]
        if not self.tasks:
            del self.fields["fixes"]

    def values(self) -> dict:
        return super().values() | {"fixes": [self.tasks[number] for number in self.cleaned_data.get("fixes", [])]}


class PublishForm(FixingForm):
    change = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[(change, f"{change.label}: {meaning}") for change, meaning in CHANGES.items()],
        initial=Edition.Change.MAJOR,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Public note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Readers see it in the history of the page. Say in plain words what changed and why. A major change or a "
            "correction of a public page needs it."
        ),
    )
    field_order = ["version", "change", "note", "fixes"]


class ScheduleForm(PublishForm):
    at = forms.DateTimeField(
        label=_("Goes live at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    field_order = ["version", "at", "change", "note", "fixes"]

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
    warn_until = forms.DateTimeField(
        label=_("Warn readers of other pages until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replacement"].widget = PageSelect(self.fields["replacement"].choices)
        self.fields["warn_until"].help_text = (
            _(
                "Until then (time zone %s) every page that mentions this one says that it was withdrawn, and why, "
                "signed by you. At most 12 months ahead; empty: no warning."
            )
            % get_current_timezone_name()
        )


class MessageForm(SeenForm):
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whoever reviews it: what changed, and what to look at. Readers do not see it."),
    )


class ReasonForm(SeenForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the authors are to do. It stays in the audit trail; readers do not see it."),
    )


class EmergencyForm(PublishForm):
    override_reason = forms.CharField(
        label=_("Reason for publishing without a review"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it on the page and in its history, with the words that nobody has reviewed it."),
    )
    field_order = ["version", "override_reason", "change", "note", "fixes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Readers are warned, so it is nothing minor, and nobody has reviewed it again.
        known = (Edition.Change.MAJOR, Edition.Change.CORRECTION)
        self.fields["change"].choices = [choice for choice in self.fields["change"].choices if choice[0] in known]


def problems_of_publishing(page, content, by) -> list[Problem]:
    if page.state == Page.State.PUBLISHED:
        return [Problem("", _("Readers see the draft as it stands: there is nothing to publish."))]
    return doors.problems(page, content)


def _problems_of_submitting(page, content, by) -> list[Problem]:
    return _wrong_state("submit", page) or workflow.blocking_problems(page, content)


def _problems_of_sending_on(page, content, by) -> list[Problem]:
    return _wrong_state("send_on", page) or workflow.sending_on_problems(page, content)


def _problems_of_approving(page, content, by) -> list[Problem]:
    return _wrong_state("approve", page) or workflow.approving_problems(page, by)


def _problems_of_sending_back(page, content, by) -> list[Problem]:
    return _wrong_state("send_back", page)


def _problems_of_spelling(page, content, by) -> list[Problem]:
    return page.problems() + doors.spelling_problems(page, content)


def _problems_of_emergency(page, content, by) -> list[Problem]:
    return _wrong_state("override", page) or page.problems()


def _problems_of_withdrawing(page, content, by) -> list[Problem]:
    return [] if page.live else [Problem("", _("This page is not public, so there is nothing to withdraw."))]


def _wrong_state(name: str, page) -> list[Problem]:
    move = BY_NAME[name]
    if page.state in move.sources:
        return []
    words = {"move": move.title, "state": page.get_state_display()}
    return [Problem("", _("“%(move)s” is not possible now: the page is in the state “%(state)s”.") % words)]


@dataclass(frozen=True)
class Door:
    """A move with a screen of its own. One of the rights is needed; `problems` keep it from being made."""

    rights: tuple[str, ...]
    title: str
    button: str
    done: str
    form: type[SeenForm]
    call: Callable
    problems: Callable


DOORS = {
    "submit": Door(
        ("change",),
        _("Submit for review"),
        _("Submit for review"),
        _("“%s” waits for an editor."),
        MessageForm,
        workflow.submit,
        _problems_of_submitting,
    ),
    "send_on": Door(
        ("send_on",),
        _("Send on to medical review"),
        _("Send on"),
        _("“%s” waits for a medical reviewer."),
        MessageForm,
        workflow.send_on,
        _problems_of_sending_on,
    ),
    "approve": Door(
        ("send_on",),
        _("Approve"),
        _("Approve"),
        _("“%s” is approved, and can be published."),
        SeenForm,
        workflow.approve,
        _problems_of_approving,
    ),
    "send_back": Door(
        ("change", "send_on", "sign_off"),
        _("Send back to the authors"),
        _("Send back"),
        _("“%s” is back with its authors."),
        ReasonForm,
        workflow.send_back,
        _problems_of_sending_back,
    ),
    "publish": Door(
        ("publish",),
        _("Publish"),
        _("Publish now"),
        _("“%s” is public."),
        PublishForm,
        doors.publish,
        problems_of_publishing,
    ),
    "schedule": Door(
        ("schedule",),
        _("Schedule"),
        _("Schedule"),
        _("“%s” is scheduled."),
        ScheduleForm,
        doors.schedule,
        problems_of_publishing,
    ),
    "spelling": Door(
        ("publish",),
        _("Publish as a spelling correction"),
        _("Publish the spelling correction"),
        _("The spelling of “%s” is corrected."),
        FixingForm,
        doors.publish_spelling,
        _problems_of_spelling,
    ),
    "emergency": Door(
        ("override",),
        _("Publish without a review, in an emergency"),
        _("Publish without a review"),
        _("“%s” is public without a review, and says so."),
        EmergencyForm,
        doors.publish,
        _problems_of_emergency,
    ),
    "withdraw": Door(
        ("withdraw",),
        _("Withdraw"),
        _("Withdraw"),
        _("“%s” was withdrawn."),
        WithdrawForm,
        doors.withdraw,
        _problems_of_withdrawing,
    ),
}


def may_pass(user, name: str) -> bool:
    """Whether the account has a right this move needs."""
    return any(user.has_perm(f"publishing.{right}_page") for right in DOORS[name].rights)


class DoorViews:
    """For the admin of a kind of page: the extra addresses below a page's form."""

    def get_urls(self):
        view = self.admin_site.admin_view
        own = {name: view(partial(self.door_view, name=name)) for name in DOORS}
        own["unschedule"] = view(self.unschedule_view)
        # It sets its own cache header, a stricter one.
        own["preview"] = view(self.preview_view, cacheable=True)
        return [
            path(f"<int:object_id>/{name.replace('_', '-')}/", each, name=f"{self._name}_{name}")
            for name, each in own.items()
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
        if not may_pass(request.user, "schedule"):
            raise PermissionDenied
        if Schedule.objects.filter(page=page).exists():
            doors.unschedule(page, by=request.user)
            self.message_user(request, _("The schedule of “%s” was cancelled.") % page, messages.SUCCESS)
        else:
            self.message_user(request, _("“%s” is not scheduled.") % page, messages.WARNING)
        return HttpResponseRedirect(page.get_admin_url())

    def door_view(self, request, object_id, name):
        door, page = DOORS[name], self._page_to_see(request, object_id)
        if not may_pass(request.user, name):
            raise PermissionDenied
        content = draft_content(page)
        # What is posted is bound, also where all of it is empty.
        sent = request.POST if request.method == "POST" else None
        form = door.form(sent, page=page, initial={"version": page.version})
        problems = door.problems(page, content, request.user)
        if request.method == "POST" and form.is_valid():
            problems = self._pass(request, page, form, door)
            if not problems and form.is_valid():
                self.message_user(request, door.done % page, messages.SUCCESS)
                return HttpResponseRedirect(page.get_admin_url())
        return self._confirmation(request, page, content, form, name, problems)

    def _pass(self, request, page, form, door) -> list:
        """Through the door, if the draft is still the one that was seen; returns the problems that keep it shut."""
        with transaction.atomic():
            Stamp.lock()
            stored = self.model.objects.select_related("live").get(pk=page.pk)
            if form.cleaned_data["version"] != str(stored.version):
                form.refuse_as_stale(stored.version)
                return []
            if door.call is doors.publish and stored.state == Page.State.PUBLISHED:
                return door.problems(stored, {}, request.user)
            try:
                door.call(page, by=request.user, **form.values())
            except (doors.CannotPublish, workflow.MoveRefused) as refusal:
                return self._told(form, refusal.problems)
        return []

    def _told(self, form, problems) -> list:
        """Problems of this form's own fields go to those fields; the others are returned."""
        for problem in problems:
            if problem.field in form.fields:
                form.add_error(problem.field, problem.message)
        return [problem for problem in problems if problem.field not in form.fields]

    def _confirmation(self, request, page, content, form, name, problems):
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
            **self._grounds(page, content, name, problems),
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/confirm_door.html", context)

    def _grounds(self, page, content, name, problems) -> dict:
        """What lets the draft through: shown before anybody confirms it."""
        if name in ("publish", "schedule"):
            return {"sign_off": SignOff.objects.light().covering(page, content_digest(content))}
        if name == "spelling" and not problems and page.live and page.live.sign_off:
            characters = changed_characters(page.live.sign_off.content, content)
            return {"characters": characters, "most_characters": MOST_SPELLING_CHANGES}
        return {}


def problem_url(page, problem) -> str:
    """The form, at the field where the problem is mended."""
    return field_url(page, problem.field) if problem.field else page.get_admin_url()


def field_url(page, field: str) -> str:
    """The form, at this field, or at the heading of what is edited in rows."""
    in_rows = {relation.get_accessor_name() for relation in page._meta.related_objects}
    return f"{page.get_admin_url()}#{f'{field}-heading' if field in in_rows else f'id_{field}'}"
