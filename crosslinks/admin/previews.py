"""Two steps for what changes the vocabulary: look at what public pages will show differently, then confirm it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosslinks import changes
from crosslinks.admin.forms import named
from crosslinks.changes import (
    APPEARS,
    MOVES,
    VANISHES,
    Change,
    IndexIncomplete,
    Outcome,
    OutcomeChanged,
    Shift,
)
from crosslinks.mentions import Mention
from crosslinks.names import Name, name_key
from publishing.admin.uses import AnyKeyAdmin
from publishing.freshness import Stamp

# The hidden field with the digest of the outcome that was looked at.
SEEN = "outcome"
# Stands there instead of a digest when what was looked at is no longer so.
OUTDATED = "outdated"
MOST_PAGES = 100


@dataclass(frozen=True)
class ShownPage:
    """A page with the links that the change is about, and apart from them those that make room or find it."""

    title: str
    url: str
    shifts: list[Shift]
    besides: list[Shift]


@dataclass(frozen=True)
class Preview:
    """An outcome as staff look at it."""

    outcome: Outcome
    # The addresses of the pages that the change is about.
    meant: frozenset[str]
    # Why it is shown again, after another one was confirmed.
    refusal: str = ""

    @classmethod
    def of(cls, change: Change, outcome: Outcome, refusal: str = "") -> "Preview":
        return cls(outcome, meant_by(change) if outcome else frozenset(), refusal)

    @property
    def pages(self) -> list[ShownPage]:
        return [
            ShownPage(
                page.title,
                page.url,
                [shift for shift in page.shifts if shift.target.url in self.meant],
                [shift for shift in page.shifts if shift.target.url not in self.meant],
            )
            for page in self.outcome.pages[:MOST_PAGES]
        ]

    @property
    def totals(self) -> str:
        return totals(self.outcome)

    @property
    def counts(self) -> list[str]:
        return counts(self.outcome)

    @property
    def further(self) -> str:
        """What the list leaves out."""
        rest = self.outcome.pages[MOST_PAGES:]
        if not rest:
            return ""
        links = sum(len(page.shifts) for page in rest)
        pages = ngettext("And %d more page", "And %d more pages", len(rest)) % len(rest)
        return pages + " " + ngettext("with %d link.", "with %d links.", links) % links

    @property
    def save_button(self) -> str:
        number = len(self.outcome.pages)
        return ngettext("Save and change %d page", "Save and change %d pages", number) % number

    @property
    def draft_button(self) -> str:
        """On the form of a page, where the draft is saved as well."""
        number = len(self.outcome.pages)
        return ngettext("Save draft and change %d page", "Save draft and change %d pages", number) % number

    @property
    def delete_button(self) -> str:
        number = len(self.outcome.pages)
        if not number:
            return _("Delete")
        return ngettext("Delete and change %d page", "Delete and change %d pages", number) % number


def totals(outcome: Outcome) -> str:
    number = len(outcome.pages)
    if not number:
        return _("No link on a public page changes")
    return ngettext("On %d public page links change", "On %d public pages links change", number) % number


def counts(outcome: Outcome) -> list[str]:
    appear, vanish, move = (outcome.count(kind) for kind in (APPEARS, VANISHES, MOVES))
    words = (
        (appear, ngettext("%d link appears", "%d links appear", appear)),
        (vanish, ngettext("%d link vanishes", "%d links vanish", vanish)),
        (move, ngettext("%d link moves", "%d links move", move)),
    )
    return [text % number for number, text in words if number]


def meant_by(change: Change) -> frozenset[str]:
    """The addresses of the pages whose names change or are blocked. At most two queries."""
    names = [*change.save, *change.remove]
    blocks = (*change.block, *change.unblock)
    if blocks:
        names += Name.objects.filter(named({name_key(block.text) for block in blocks})).select_related("page")
    # No link leads to a page that never was public.
    return frozenset(name.page.get_absolute_url() for name in names if name.page.address is not None)


def linked_already(name: Name) -> str:
    """On how many public pages the name stands, where what it names is linked. One query."""
    mentions = Mention.objects.leading().to_public_pages().filter(name=name.pk)
    number = mentions.aggregate(pages=Count("edition", distinct=True))["pages"]
    if not number:
        return ""
    text = ngettext(
        "It stands on %d public page that links there already.",
        "It stands on %d public pages that link there already.",
        number,
    )
    return text % number


class SeenField(forms.CharField):
    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial, data):
        return False


class Previewed:
    """A form or formset that changes the vocabulary: valid only once what it does to public pages was looked at.

    Nothing is weighed a second time when it was: `changes.apply` compares the digest itself.
    """

    wanted: Change | None = None
    digest: str | None = None
    preview: Preview | None = None

    @property
    def seen_form(self) -> forms.Form:
        """The form that holds the hidden field."""
        return self

    def change(self) -> Change | None:
        raise NotImplementedError

    def refuse(self, message: str) -> None:
        self.add_error(None, message)

    def is_valid(self):
        return super().is_valid() and self._is_looked_at()

    def _is_looked_at(self) -> bool:
        self.wanted = self.change()
        if self.wanted is None:
            return True
        seen = self.seen_form.cleaned_data[SEEN]
        if seen and seen != OUTDATED:
            self.digest = seen
            return True
        try:
            outcome = changes.preview(self.wanted)
        except IndexIncomplete as refusal:
            self.refuse(str(refusal))
            return False
        self.digest = outcome.digest
        if outcome:
            self._show(Preview.of(self.wanted, outcome, str(OutcomeChanged(outcome)) if seen else ""))
        return not outcome

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        form = self.seen_form
        form.data = form.data.copy()
        form.data[form.add_prefix(SEEN)] = preview.outcome.digest

    def apply(self, *, by) -> Outcome | None:
        return changes.apply(self.wanted, by=by, seen=self.digest) if self.wanted else None


class PreviewedAdmin:
    """For an admin page with such a form or formset: whoever saves waits until the one before has ended."""

    seen_name = SEEN

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        try:
            return self._alone(view, request, object_id, form_url, extra_context)
        except (OutcomeChanged, IndexIncomplete, IntegrityError):
            # Checked again, against what is stored now: the form then says what is in the way.
            request.POST = request.POST.copy()
            request.POST[self.seen_name] = OUTDATED
            return self._alone(view, request, object_id, form_url, extra_context)

    @transaction.atomic
    def _alone(self, view, request, *args):
        Stamp.lock()
        return view(request, *args)

    def tell(self, request, outcome: Outcome | None, name: Name | None = None) -> None:
        """What became of the links. `name` is the only one that was saved: where it links nothing new, it says why."""
        if outcome is None:
            return
        text = ", ".join([totals(outcome), *counts(outcome)]) + "."
        why = linked_already(name) if name and not outcome else ""
        self.message_user(request, f"{text} {why}".rstrip(), messages.SUCCESS)

    def warn(self, request, preview: Preview, place: str) -> None:
        """Above the form, that nothing is saved yet."""
        text = _("Nothing is saved yet. %s. Look at the list, then confirm.") % preview.totals
        link = format_html('<a href="#{}">{}</a>', place, _("To the list"))
        self.message_user(request, format_html("{} {}", text, link), messages.WARNING)


class VocabularyAdmin(PreviewedAdmin, AnyKeyAdmin):
    """Saves and deletes through `changes`. A subclass names the `removal` of an object."""

    change_form_template = "admin/crosslinks/name_change_form.html"
    delete_confirmation_template = "admin/crosslinks/name_delete_confirmation.html"
    # Deleting is previewed one by one.
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    view_on_site = False

    def removal(self, obj) -> Change:
        raise NotImplementedError

    def save_model(self, request, obj, form, change):
        outcome = form.apply(by=request.user)
        self.tell(request, outcome, form.instance if isinstance(form.instance, Name) else None)

    def get_search_results(self, request, queryset, search_term):
        if self.is_search_without_words(request, search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def is_search_without_words(self, request, search_term) -> bool:
        """Django would find everything: what lies between two quotes is empty, and a search with NUL is dropped."""
        asked = search_term or request.GET.get(SEARCH_VAR, "")
        return bool(asked.strip()) and not name_key(search_term)

    def delete_model(self, request, obj):
        self.tell(request, changes.apply(self.removal(obj), by=request.user, seen=request.POST.get(SEEN, "")))

    def get_deleted_objects(self, objs: Iterable, request):
        # Mentions are derived from names and go with them; the preview says what that means.
        return [str(obj) for obj in objs], {}, set(), []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        context["preview"] = form.preview
        if context["preview"]:
            context["title"] = _("Confirm: %s") % form.instance
            self.warn(request, context["preview"], "outcome-heading")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(self, request, object_id, extra_context=None):
        refusal = ""
        if request.method == "POST":
            try:
                return self._alone(super().delete_view, request, object_id, extra_context)
            except OutcomeChanged as changed:
                refusal = str(changed)
                # Shown again instead of confirmed.
                request.POST = QueryDict()
            except IndexIncomplete as incomplete:
                return self._not_now(request, object_id, incomplete)
        obj = self.get_object(request, unquote(object_id))
        if obj and self.has_delete_permission(request, obj):
            try:
                preview = Preview.of(self.removal(obj), changes.preview(self.removal(obj)), refusal)
            except IndexIncomplete as incomplete:
                return self._not_now(request, object_id, incomplete)
            extra_context = {"preview": preview} | (extra_context or {})
        return super().delete_view(request, object_id, extra_context)

    def _not_now(self, request, object_id: str, refusal: IndexIncomplete):
        self.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[object_id]))
