"""What the desk lists: the queue and its parts, the spam folder, what was decided recently. Each has an address."""

from dataclasses import dataclass

from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from comments.comments import NORMAL, SUSPECTED_SPAM, Comment
from comments.decisions import Decision
from comments.moderation import DECIDING
from publishing.admin.worklists import FilterForm
from publishing.models import Page

PER_PAGE = 20
MOST_PAGES = 10_000
# How far back “recently decided” goes, and to how many pages words of a title may lead.
RECENT_DECISIONS = 400
MOST_TITLES = 50
LARGEST_ID = 2**63 - 1
ALL, SPAM, DECIDED = "all", "spam", "decided"


@dataclass(frozen=True)
class Part:
    """A part of the queue."""

    name: str
    label: str
    condition: Q


PARTS = (
    Part(ALL, _("All that wait"), Q()),
    Part("safety", _("Safety"), Q(priority__lt=NORMAL)),
    Part("normal", _("Normal"), Q(priority__gte=NORMAL, priority__lt=SUSPECTED_SPAM)),
    Part("suspected", _("Suspected spam"), Q(priority__gte=SUSPECTED_SPAM)),
    Part("reported", _("Reported"), Q(queued_for=Comment.QueuedFor.REPORT)),
    Part("objections", _("Objections"), Q(queued_for=Comment.QueuedFor.OBJECTION)),
    Part("changed", _("Changed"), Q(queued_for=Comment.QueuedFor.EDIT)),
)
BY_NAME = {part.name: part for part in PARTS}
FOLDERS = ((SPAM, _("Spam folder")), (DECIDED, _("Recently decided")))


class DeskForm(FilterForm):
    show = forms.ChoiceField(choices=[*((part.name, part.label) for part in PARTS), *FOLDERS], widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *Comment.Kind.choices])
    about = forms.CharField(label=_("Page"), max_length=200, help_text=_("Words of its title."))
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, widget=forms.HiddenInput)
    # The comment to begin with.
    at = forms.IntegerField(min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    @property
    def part(self) -> str:
        return self.chosen().get("show", ALL)

    @property
    def number(self) -> int:
        return self.chosen().get("page", 1)

    def address(self, **changed) -> str:
        """Of the desk with these filters; what is None is left out."""
        kept = {name: value for name, value in self.chosen().items() if name != "at"} | changed
        return desk_url(**{name: value for name, value in kept.items() if value is not None})

    def numbers(self) -> tuple[list[int], bool]:
        """Which comments this page shows, in order, and whether more follow."""
        start = (self.number - 1) * PER_PAGE
        if self.part == DECIDED:
            found = self._recently_decided()[start : start + PER_PAGE + 1]
        else:
            found = list(self._listed().values_list("pk", flat=True)[start : start + PER_PAGE + 1])
        return found[:PER_PAGE], len(found) > PER_PAGE

    def _listed(self) -> QuerySet:
        if self.part == SPAM:
            return self._narrowed(Comment.objects.filter(state=Comment.State.SPAM)).order_by("-pk")
        return self._narrowed(Comment.objects.queued().filter(BY_NAME[self.part].condition))

    def _recently_decided(self) -> list[int]:
        """The last decided first. Read from the end of the log, which is short work however many comments there are."""
        log = Decision.objects.filter(action__in=DECIDING).order_by("-pk")
        recent = list(dict.fromkeys(log.values_list("comment_id", flat=True)[:RECENT_DECISIONS]))
        there = set(self._narrowed(Comment.objects.filter(pk__in=recent)).values_list("pk", flat=True))
        return [number for number in recent if number in there]

    def _narrowed(self, comments: QuerySet) -> QuerySet:
        chosen = self.chosen()
        if "kind" in chosen:
            comments = comments.filter(kind=chosen["kind"])
        if "about" in chosen:
            comments = comments.filter(page__in=_pages_called(chosen["about"]))
        return comments


def _pages_called(words: str) -> list[int]:
    """The pages with exactly this title, or else those whose title has these words."""
    exactly = list(Page.objects.filter(title__iexact=words).values_list("pk", flat=True)[:MOST_TITLES])
    return exactly or list(Page.objects.filter(title__icontains=words).values_list("pk", flat=True)[:MOST_TITLES])


def desk_url(**filters) -> str:
    query = urlencode(filters)
    return reverse("admin:comments_desk") + (f"?{query}" if query else "")


def counts() -> dict[str, int]:
    """How many comments each part of the queue has. One query."""
    each = {part.name: Count("pk", filter=part.condition) for part in PARTS}
    return Comment.objects.queued().order_by().aggregate(**each)
