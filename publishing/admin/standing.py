"""Where a draft stands, what happens next, and what one account may do about it: shown above the form of a page."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import doors, workflow
from publishing.admin.door_views import DOORS, may_pass, problems_of_publishing
from publishing.content import content_digest, content_of, row_contents
from publishing.models import Page, ReviewRequest, SignOff
from publishing.moves import APPROVED, BY_NAME, DRAFT, EDITORIAL, IN_REVIEW, MEDICAL, PUBLISHED, SCHEDULED, WITHDRAWN

NEXT = {
    DRAFT: gettext_lazy("Its authors write, and submit it for review."),
    EDITORIAL: gettext_lazy("An editor reads it, and sends it on to medical review or back to its authors."),
    MEDICAL: gettext_lazy("A medical reviewer who has not changed it reads it, and signs it off or sends it back."),
    APPROVED: gettext_lazy("An editor publishes or schedules it."),
    SCHEDULED: gettext_lazy("Nobody: it goes live by itself."),
    PUBLISHED: gettext_lazy("Nobody: readers see the draft as it stands. For another review, submit it."),
    WITHDRAWN: gettext_lazy("Nobody, unless it is to return: then its authors submit it for review."),
}
NEXT_WITHOUT_MEDICAL = gettext_lazy("An editor who has not changed it reads it, and approves it or sends it back.")


@dataclass(frozen=True)
class Step:
    label: str
    is_current: bool
    is_done: bool


@dataclass(frozen=True)
class Way:
    """A move that the account may make now."""

    name: str
    title: str
    url: str


class Standing:
    """About twenty queries. `url` gives the address of a move."""

    def __init__(self, page: Page, user, url):
        self.page = page
        self.user = user
        self._url = url
        self.snapshot, self.rows = page.snapshot(), page.rows()
        self.content = content_of(self.snapshot, row_contents(page, self.rows))

    @cached_property
    def steps(self) -> list[Step]:
        states = [WITHDRAWN if self.page.state == WITHDRAWN else DRAFT, EDITORIAL]
        states += [MEDICAL] if self.page.needs_sign_off else []
        states += [APPROVED, *([SCHEDULED] if self.page.state == SCHEDULED else []), PUBLISHED]
        # An article may have been marked as no health information while it was in medical review.
        here = states.index(self.page.state) if self.page.state in states else 1
        return [
            Step(Page.State(state).label, is_current=place == here, is_done=place < here)
            for place, state in enumerate(states)
        ]

    @property
    def next(self) -> str:
        if self.page.state == EDITORIAL and not self.page.needs_sign_off:
            return str(NEXT_WITHOUT_MEDICAL)
        return str(NEXT[self.page.state])

    @cached_property
    def request(self) -> ReviewRequest | None:
        return ReviewRequest.objects.open().filter(page=self.page.pk).select_related("claimed_by").first()

    @cached_property
    def contributions(self) -> list:
        return list(self.page.contributions.all())

    @property
    def is_own_work(self) -> bool:
        return any(each.user_id == self.user.pk for each in self.contributions)

    @cached_property
    def sign_off(self) -> SignOff | None:
        """The one that covers the draft as it stands."""
        return SignOff.objects.light().covering(self.page, content_digest(self.content))

    @cached_property
    def last_sign_off(self) -> SignOff | None:
        return SignOff.objects.light().filter(page=self.page.pk).order_by("pk").last()

    @cached_property
    def ways(self) -> dict[str, Way]:
        names = [name for name in DOORS if may_pass(self.user, name) and self._is_open(name)]
        return {name: Way(name, str(DOORS[name].title), self._url(name)) for name in names}

    def _is_open(self, name: str) -> bool:
        page = self.page
        if name in ("publish", "schedule"):
            return not self._shut
        if name == "spelling":
            return not self._not_spelling
        if name == "withdraw":
            return page.live is not None
        if name == "emergency":
            return page.state in BY_NAME["override"].sources and bool(self._shut)
        if name in ("send_on", "approve"):
            return page.state == EDITORIAL and (name == "send_on") == page.needs_sign_off and not self._not_theirs
        return page.state in BY_NAME[name].sources

    @property
    def _not_theirs(self) -> bool:
        """Approving needs another pair of eyes; sending on does not, as the reviewer is one."""
        return not self.page.needs_sign_off and self.is_own_work

    @cached_property
    def _shut(self) -> list:
        return problems_of_publishing(self.page, self.content, self.user)

    @cached_property
    def _not_spelling(self) -> list:
        return doors.spelling_problems(self.page, self.content)

    @property
    def may_review(self) -> bool:
        """Whether this account reviews at the stage the page is at."""
        right = workflow.REVIEWERS.get(self.page.state)
        return right is not None and self.user.has_perm(right)

    @cached_property
    def reasons(self) -> list[str]:
        """Why this account cannot do what its rights would allow, a sentence for each."""
        found = []
        if self.may_review and self.is_own_work and (self.page.state == MEDICAL or not self.page.needs_sign_off):
            found.append(_("You have changed this draft since it was last published, so somebody else must judge it."))
        if may_pass(self.user, "publish") and self._shut and self.page.state != PUBLISHED:
            why = self._shut[0].message
            found.append(_("It cannot be published now: %s") % why)
        if may_pass(self.user, "spelling") and self.page.state == DRAFT and self._is_public_and_signed:
            found += [_("It is more than a spelling correction: %s") % each.message for each in self._not_spelling[:1]]
        if self.page.state in IN_REVIEW and self.user.has_perm("publishing.change_page"):
            found.append(_("If you save a change now, the review ends and the draft goes back to its authors."))
        return found

    @property
    def _is_public_and_signed(self) -> bool:
        return self.page.live is not None and self.page.live.sign_off_id is not None
