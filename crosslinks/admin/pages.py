"""The links that readers will get from a page, on its form; and the screen on which editors reject one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crosslinks import changes
from crosslinks.changes import Change, IndexIncomplete, Outcome
from crosslinks.explaining import DraftLinks, Line
from crosslinks.models import Block
from publishing import doors
from publishing.admin.pages import PageAdmin
from publishing.events import name_of
from publishing.freshness import Stamp

# Of the mentions that do not link, so many are shown.
LONGEST_LIST = 200
NOT_THERE = _("This link is no longer there: the draft or the vocabulary was changed meanwhile. Nothing was done.")


def links_of_page(page) -> DraftLinks:
    return DraftLinks(doors.prepare_preview(page))


class RejectionForm(forms.ModelForm):
    """Why one link is wrong. `name` says which link, `start` in which of several places it was pressed."""

    name = forms.IntegerField(widget=forms.HiddenInput)
    start = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Block
        fields = ("reason", "remark")
        help_texts = {"remark": _("Needed for another reason. Whoever looks after the names reads it.")}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == Block.Reason.OTHER and not cleaned.get("remark"):
            self.add_error("remark", _("Say what the reason is."))
        if "name" not in cleaned or "start" not in cleaned:
            self.add_error(None, NOT_THERE)
        return cleaned

    @classmethod
    def of_line(cls, line: Line) -> "RejectionForm":
        initial = {"name": line.name.pk, "start": line.mention.start}
        return cls(initial=initial, auto_id=f"link-{line.mention.start}-%s")

    @classmethod
    def sent(cls, data) -> "RejectionForm":
        start = data.get("start", "")
        return cls(data, auto_id=f"link-{start}-%s" if start.isdecimal() else "link-%s")

    def is_about(self, line: Line) -> bool:
        """Whether this form, sent back, was the one beside `line`."""
        sent = self["name"].value(), self["start"].value()
        return sent == (str(line.name.pk), str(line.mention.start))


class LinkedPageAdmin(PageAdmin):
    """The admin of a kind of page whose texts are linked automatically."""

    change_form_template = "admin/crosslinks/links_change_form.html"
    review_template = "admin/crosslinks/links_review.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.links_view)
        return [path("<int:object_id>/links/", view, name=f"{self._name}_links"), *super().get_urls()]

    def door_names(self):
        return (*super().door_names(), "links")

    def _standing(self, page, standing):
        return super()._standing(page, standing) | self._shown(links_of_page(page))

    def _links_for_review(self, page):
        return self._shown(links_of_page(page))

    def _shown(self, found: DraftLinks) -> dict:
        return {"draft_links": found, "unlinked": found.lines(found.unlinked[:LONGEST_LIST])}

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def links_view(self, request, object_id):
        page = self._page_to_see(request, object_id)
        form = None
        if request.method == "POST":
            form = self._allow_again(request, page) if "allow" in request.POST else self._reject(request, page)
            if form is None:
                return HttpResponseRedirect(self.door_url(page, "links"))
        return self._links_page(request, page, form)

    def _links_page(self, request, page, sent: RejectionForm | None):
        found = links_of_page(page)
        may_reject = request.user.has_perm("crosslinks.add_block")
        context = {
            **self.admin_site.each_context(request),
            **self._shown(found),
            "title": _("Links of %s") % page,
            "door": {"title": _("Links")},
            "opts": self.opts,
            "page": page,
            "original": page,
            "forms": _forms(found.links, sent) if may_reject else [],
            "lost": sent if sent is not None and not any(map(sent.is_about, found.links)) else None,
            "blocks": page.blocks.order_by("-blocked_at", "-pk"),
            "may_allow": request.user.has_perm("crosslinks.delete_block"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/crosslinks/links.html", context)

    @transaction.atomic
    def _reject(self, request, page) -> RejectionForm | None:
        """Reject the link the form is about; returns the form where that was not possible."""
        if not request.user.has_perm("crosslinks.add_block"):
            raise PermissionDenied
        # Sent twice, the second form finds what the first has done.
        Stamp.lock()
        form = RejectionForm.sent(request.POST)
        if not form.is_valid():
            return form
        found = links_of_page(page)
        line = next((line for line in found.links if line.name.pk == form.cleaned_data["name"]), None)
        if line is None:
            form.add_error(None, _why_not_there(found, form.cleaned_data["name"]))
            return form
        block = form.save(commit=False)
        block.page, block.text, block.blocked_by = page, line.name.text, name_of(request.user)
        try:
            outcome = changes.apply(Change(block=(block,)), by=request.user)
        except IndexIncomplete as refusal:
            form.add_error(None, str(refusal))
            return form
        self.message_user(request, _("“%s” does not link on this page any more.") % line.name, messages.SUCCESS)
        self._tell(request, page, outcome, expected=changes.VANISHES)
        for other in links_of_page(page).links if page.live is None else ():
            if other.target == line.target:
                self.message_user(request, _still_linked(other), messages.WARNING)
        return None

    @transaction.atomic
    def _allow_again(self, request, page) -> None:
        if not request.user.has_perm("crosslinks.delete_block"):
            raise PermissionDenied
        Stamp.lock()
        block = next((each for each in page.blocks.all() if str(each.pk) == request.POST["allow"]), None)
        if block is None:
            self.message_user(request, _("It was allowed again already."), messages.WARNING)
            return
        try:
            outcome = changes.apply(Change(unblock=(block,)), by=request.user)
        except IndexIncomplete as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        self.message_user(request, _("“%s” may link on this page again.") % block, messages.SUCCESS)
        self._tell(request, page, outcome, expected=changes.APPEARS)

    def _tell(self, request, page, outcome: Outcome, *, expected: str) -> None:
        """What the change did to the public page. What was not asked for stands out."""
        if page.live is None:
            self.message_user(request, _("The page is not public, so readers see no change now."), messages.INFO)
        elif not outcome:
            self.message_user(request, _("Readers see no change: the public page had no such link."), messages.INFO)
        for each in outcome.pages:
            for shift in each.shifts:
                level = messages.INFO if shift.kind == expected else messages.WARNING
                self.message_user(request, _in_words(shift), level)


def _forms(lines: list[Line], sent: RejectionForm | None) -> list[tuple[Line, RejectionForm]]:
    """The links, each with its form; the one that was sent and refused keeps what was typed into it."""
    return [(line, sent if sent is not None and sent.is_about(line) else RejectionForm.of_line(line)) for line in lines]


def _why_not_there(found: DraftLinks, name: int) -> str:
    if any(mention.name_id == name and mention.reason == "blocked" for mention in found.unlinked):
        return _("This link is rejected already. Nothing more was done.")
    return NOT_THERE


SHIFTS = {
    changes.VANISHES: _("On the public page, the link to “%(title)s” is gone from: %(sentence)s"),
    changes.MOVES: _(
        "On the public page, the link to “%(title)s” now stands at “%(words)s”: %(sentence)s "
        "If that is wrong too, reject it as well."
    ),
    changes.APPEARS: _("On the public page, a link to “%(title)s” now stands at “%(words)s”: %(sentence)s"),
}


def _in_words(shift) -> str:
    return SHIFTS[shift.kind] % _words_of(shift.target.title, shift.sentence)


def _still_linked(line: Line) -> str:
    message = _(
        "The draft still links “%(title)s”, at “%(words)s”: %(sentence)s If that is wrong too, reject it as well."
    )
    return message % _words_of(line.target.title, line.sentence)


def _words_of(title: str, sentence) -> dict[str, str]:
    whole = f"{sentence.before}{sentence.mention}{sentence.after}"
    return {"title": title, "words": sentence.mention, "sentence": f"“{whole}”"}
