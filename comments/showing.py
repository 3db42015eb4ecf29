"""Comments as readers see them: under a page, in threads of one level, each with the role of its writer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.comments import EXPERIENCE_FIELDS, Comment
from comments.openings import Openness, openness_of
from comments.text import MOST_LINKS, Run, paragraphs
from publishing.companions import Companion

PER_PAGE = 50
_WRITER = ("name", "is_official", "state", "clinician__name", "clinician__credentials", "clinician__ends_on")
_SHOWN = ("kind", "section", "text", *EXPERIENCE_FIELDS, "posted_at", *_WRITER)
_ANSWERED = [f"{answered}__{name}" for answered in ("parent", "answers") for name in _WRITER]
_KINDS = {
    Comment.Kind.QUESTION: _("Question"),
    Comment.Kind.EXPERIENCE: _("Experience"),
    Comment.Kind.CORRECTION: _("Correction"),
}


@dataclass(frozen=True)
class Writer:
    """Who wrote a comment, as it is told. `role` is the name of a style, `title` what readers read."""

    name: str
    role: str
    title: str
    credentials: str = ""


@dataclass(frozen=True)
class Answered:
    """What an answer answers; without an address where it stands nowhere."""

    name: str
    url: str


class ShownComment:
    """One comment, or the place of a removed one."""

    def __init__(self, comment: Comment):
        self.comment = comment
        self.number = comment.pk
        self.anchor = comment.anchor
        self.posted_at = comment.posted_at
        self.section = comment.section
        self.answered: Answered | None = None

    @property
    def is_removed(self) -> bool:
        return not self.comment.is_public

    @property
    def why_removed(self) -> str:
        return _why_removed(self.comment)

    @property
    def kind(self) -> str:
        return _KINDS.get(self.comment.kind, "")

    @cached_property
    def writer(self) -> Writer:
        return writer_of(self.comment)

    @property
    def can_be_reported(self) -> bool:
        return not self.comment.is_official

    @cached_property
    def _texts(self) -> list[list]:
        """Of the comment and its answers about a therapy; there are two links at most in all of them."""
        left, found = MOST_LINKS, []
        for value in (self.comment.text, *(value for _label, value in self.comment.experience)):
            shown, left = _with_links(paragraphs(value), left)
            found.append(shown)
        return found

    @property
    def paragraphs(self) -> list:
        return self._texts[0]

    @property
    def experience(self) -> list[tuple[str, list]]:
        labels = [label for label, _value in self.comment.experience]
        return list(zip(labels, self._texts[1:], strict=True))


def _with_links(blocks: list, left: int) -> tuple[list, int]:
    """The same paragraphs; links beyond so many are text."""
    shown = []
    for lines in blocks:
        kept = []
        for line in lines:
            runs = []
            for run in line:
                left -= bool(run.url)
                runs.append(run if left >= 0 else Run(run.text))
            kept.append(runs)
        shown.append(kept)
    return shown, max(left, 0)


def writer_of(comment: Comment) -> Writer:
    """A clinician's role is shown for as long as staff vouch for it."""
    clinician = comment.clinician
    if comment.is_official:
        return Writer(comment.name, "organisation", _("the organisation"))
    if clinician and (clinician.ends_on is None or clinician.ends_on >= timezone.localdate()):
        return Writer(clinician.name, "clinician", _("verified clinician"), clinician.credentials)
    return Writer(comment.name, "reader", _("reader"))


def _why_removed(comment: Comment) -> str:
    if comment.is_gone:
        return _("This comment was removed by its writer.")
    return _("This comment was removed by the moderators.")


@dataclass
class Thread:
    """A comment and its answers; without the comment where that stands on an earlier page."""

    first: ShownComment | None
    answers: list[ShownComment] = field(default_factory=list)


def shown_on(page_id: int):
    """What readers see of a page's comments, in order, with all that is needed to show it. One query."""
    return (
        Comment.objects.shown()
        .filter(page=page_id)
        .in_threads()
        .select_related("clinician", "parent__clinician", "answers__clinician")
        .only(*_SHOWN, *_ANSWERED)
    )


def in_threads(comments: Iterable[Comment], thread_url: str) -> list[Thread]:
    """`thread_url` is where all comments of the page stand: what is answered may not be among these."""
    comments = list(comments)
    here = {comment.pk for comment in comments}
    threads = []
    for _number, group in groupby(comments, key=lambda comment: comment.parent_id or comment.pk):
        thread = Thread(None)
        for comment in group:
            shown = ShownComment(comment)
            if comment.parent_id is None:
                thread.first = shown
            else:
                shown.answered = _answered(comment, here, thread_url)
                thread.answers.append(shown)
        threads.append(thread)
    return threads


def _answered(comment: Comment, here: set[int], thread_url: str) -> Answered:
    target = comment.answers or comment.parent
    if target.is_public:
        name = writer_of(target).name
    else:
        name = _("a comment that was removed")
    if target.pk in here:
        return Answered(name, f"#{target.anchor}")
    if target.is_public:
        return Answered(name, f"{thread_url}?at={target.pk}#{target.anchor}")
    return Answered(name, "")


def place_of(number: int, page_id: int) -> int:
    """On which page of all comments this one stands: the first, if it is not shown. Two queries."""
    comment = Comment.objects.filter(page=page_id, pk=number).only("parent_id").first()
    if comment is None:
        return 1
    thread = comment.parent_id or comment.pk
    shown = Comment.objects.shown().filter(page=page_id).in_threads()
    before = shown.filter(thread__lt=thread) | shown.filter(thread=thread, pk__lt=number)
    return before.count() // PER_PAGE + 1


def address_of(comment: Comment) -> str:
    """Where a public comment stands: under its page, or further on among all comments. Two queries."""
    if place_of(comment.pk, comment.page_id) == 1:
        return comment.get_absolute_url()
    return f"{comment.page.get_absolute_url()}comments/?at={comment.pk}#{comment.anchor}"


class Comments(Companion):
    """The first comments of a live page. Three queries, however many there are."""

    @property
    def is_here(self) -> bool:
        return self.edition.pk is not None and not self.is_preview and not self.is_past

    @cached_property
    def openness(self) -> Openness:
        return openness_of(self.edition)

    @property
    def shows(self) -> bool:
        return self.is_here and self.openness.shows

    @property
    def page_url(self) -> str:
        return self.edition.get_absolute_url()

    @property
    def thread_url(self) -> str:
        return f"{self.page_url}comments/"

    @cached_property
    def number(self) -> int:
        return Comment.objects.public().filter(page=self.edition.page_id).count()

    @cached_property
    def _first(self) -> list[Comment]:
        """One more than is shown: it says that there are more."""
        return list(shown_on(self.edition.page_id)[: PER_PAGE + 1])

    @cached_property
    def threads(self) -> list[Thread]:
        return in_threads(self._first[:PER_PAGE], self.thread_url)

    @property
    def has_more(self) -> bool:
        return len(self._first) > PER_PAGE
