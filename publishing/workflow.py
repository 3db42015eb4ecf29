"""The moves of a draft through review (`publishing.moves`), up to the door: each one transaction with an audit entry.

`by` is the acting user, whose right is checked here, or the name of a command.
"""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import checks
from publishing.comparison import compare
from publishing.content import content_digest, draft_content
from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.moves import APPROVED, BY_NAME, EDITORIAL, MEDICAL
from publishing.pages import Page, Problem
from publishing.people import Person
from publishing.reviews import ReviewComment, ReviewRequest
from publishing.signoffs import SignOff

REVIEWERS = {EDITORIAL: "publishing.send_on_page", MEDICAL: "publishing.sign_off_page"}


class MoveRefused(Exception):
    """The rules refuse; `problems` lists every reason at once."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(str(problem.message) for problem in problems))


def submit(page: Page, *, by, message: str = "") -> None:
    """Hand the draft to the editors. Everything that blocks is listed at once."""
    with transaction.atomic():
        page = _start("submit", page, by)
        content = draft_content(page)
        _refuse_if(blocking_problems(page, content))
        _go(page, EDITORIAL)
        _ask(page, EDITORIAL, by, message)
        record(Event.Action.SUBMITTED, page, by=by, reason=message, content=content_digest(content))


def send_on(page: Page, *, by, message: str = "") -> None:
    with transaction.atomic():
        page = _start("send_on", page, by)
        content = draft_content(page)
        _refuse_if(sending_on_problems(page, content))
        _go(page, MEDICAL)
        _ask(page, MEDICAL, by, message)
        record(Event.Action.SENT_ON, page, by=by, reason=message, content=content_digest(content))


def approve(page: Page, *, by) -> None:
    """Let a page that is not health information through to the door. Four eyes, as with a sign-off."""
    with transaction.atomic():
        page = _start("approve", page, by)
        _refuse_if(approving_problems(page, by))
        _go(page, APPROVED)
        record(Event.Action.APPROVED, page, by=by, content=content_digest(draft_content(page)))


def sign_off(
    page: Page,
    *,
    by,
    seen: str,
    scope: str = SignOff.Scope.WHOLE,
    confirmed: Collection[str] = (),
    note: str = "",
    reviewer: Person | None = None,
) -> SignOff:
    """Vouch for exactly the content whose digest is `seen`. Raises MoveRefused or PermissionDenied.

    `confirmed` are the ids of the questions that only a person can answer. A command signs for a `reviewer` that stands
    in for a clinician on demonstration content, and confirms nothing.
    """
    with transaction.atomic():
        page = _start("sign_off", page, by)
        reviewer = reviewer if isinstance(by, str) else reviewer_of(by)
        content = draft_content(page)
        questions = [] if isinstance(by, str) else checks.human_questions(page, content)
        last = SignOff.objects.in_force(page)
        parts = _changed_parts(last, content) if last and scope == SignOff.Scope.PART else []
        problems = [
            *signing_problems(page, content, by, reviewer),
            *_seen_problems(content, seen),
            *[Problem("confirmed", question.question) for question in questions if question.id not in confirmed],
        ]
        if scope == SignOff.Scope.PART:
            problems += _part_problems(last, parts, reviewer)
        _refuse_if(problems)
        signed = SignOff.append(
            page_id=page.pk,
            content=content,
            content_digest=content_digest(content),
            scope=scope,
            parts=parts,
            whole_review=last.whole if scope == SignOff.Scope.PART else None,
            answers=[{"id": each.id, "question": str(each.question)} for each in questions],
            findings=checks.summary(page, content),
            note=note,
            reviewer=reviewer,
            reviewer_name=reviewer.name,
            reviewer_credentials=reviewer.credentials,
            reviewer_role=reviewer.role,
            reviewer_interests=reviewer.interests,
            is_demonstration=reviewer.is_demonstration,
            signed_by_id=None if isinstance(by, str) else by.pk,
            signed_by=name_of(by),
        )
        _go(page, APPROVED)
        record(Event.Action.SIGNED_OFF, page, by=by, reason=note, sign_off=signed.digest, scope=str(scope))
        return signed


def send_back(page: Page, *, by, reason: str) -> None:
    """Back to the authors: by whoever reviews at this stage, or by those who may change the draft."""
    with transaction.atomic():
        page = _start("send_back", page, by)
        rights = {"publishing.change_page", *REVIEWERS.values()}
        if not isinstance(by, str) and not any(by.has_perm(right) for right in rights):
            raise PermissionDenied(_("Your account may not send this page back."))
        if not reason.strip():
            _refuse_if([Problem("reason", _("Say why, so that the authors know what to do."))])
        covering = SignOff.objects.covering(page, content_digest(draft_content(page)))
        # A sign-off that is named here does not cover anything any more.
        taken_back = covering.digest if page.state == APPROVED and covering else ""
        record(Event.Action.RETURNED, page, by=by, reason=reason, was=page.state, sign_off=taken_back)
        _go(page, _state_when_sent_back(page))


def claim(page: Page, *, by) -> None:
    """Take the review that a page waits for; others see who has it."""
    with transaction.atomic():
        page = _lock(page)
        request = _request(page)
        _require(by, REVIEWERS[request.stage])
        _refuse_if(_taken_by_another(page, by) + (_own_work(page, by) if request.stage == MEDICAL else []))
        request.claimed_by, request.claimed_at = by, timezone.now()
        request.save()
        record(Event.Action.CLAIMED, page, by=by)


def release(page: Page, *, by) -> None:
    with transaction.atomic():
        page = _lock(page)
        request = _request(page)
        if not request.is_claimed or request.claimed_by_id != by.pk:
            _refuse_if([Problem("", _("You have not taken this review, so there is nothing to give back."))])
        request.claimed_by = request.claimed_at = None
        request.save()
        record(Event.Action.RELEASED, page, by=by)


def comment(page: Page, *, by, part: str, part_label: str, text: str) -> ReviewComment:
    """Ask for something at one part of a draft that is being reviewed."""
    with transaction.atomic():
        page = _lock(page)
        request = _request(page)
        _require(by, REVIEWERS[request.stage])
        if not text.strip():
            _refuse_if([Problem("text", _("Write what you ask for."))])
        made = ReviewComment.objects.create(
            page_id=page.pk,
            part=part,
            part_label=part_label,
            text=text,
            written_by_id=by.pk,
            written_by=name_of(by),
            content_digest=content_digest(draft_content(page)),
        )
        record(Event.Action.COMMENTED, page, by=by, reason=text, comment=made.pk, part=part_label)
        return made


def resolve(made: ReviewComment, *, by, resolution: str) -> None:
    """Say what was done about a comment. Its writer, those who may change the draft, and its reviewers may."""
    with transaction.atomic():
        page = _lock(made.page)
        rights = {"publishing.change_page", *REVIEWERS.values()}
        if not any(by.has_perm(right) for right in rights):
            raise PermissionDenied(_("Your account may not resolve comments."))
        made = ReviewComment.objects.select_for_update().get(pk=made.pk)
        if not made.is_open:
            _refuse_if([Problem("resolution", _("%s has resolved this comment already.") % made.resolved_by)])
        if not resolution.strip():
            _refuse_if([Problem("resolution", _("Say what was done about it."))])
        made.resolution, made.resolved_by, made.resolved_at = resolution, name_of(by), timezone.now()
        made.save()
        record(Event.Action.RESOLVED, page, by=by, reason=resolution, comment=made.pk)


def blocking_problems(page: Page, content: dict) -> list[Problem]:
    """Everything that keeps the draft from review: the rules of the door, and the checks that block."""
    rules = page.problems()
    known = {(problem.field, str(problem.message)) for problem in rules}
    found = checks.blocking_problems(page, content)
    return rules + [problem for problem in found if (problem.field, str(problem.message)) not in known]


def sending_on_problems(page: Page, content: dict) -> list[Problem]:
    """What keeps the draft from medical review."""
    found = _open_comments(page) + blocking_problems(page, content)
    if not page.needs_sign_off:
        found.append(Problem("is_medical", _("It is not marked as health information: approve it yourself.")))
    return found


def approving_problems(page: Page, by) -> list[Problem]:
    """What keeps `by` from approving the draft without a medical review."""
    found = _open_comments(page) + _own_work(page, by)
    if page.needs_sign_off:
        message = _("It is health information: send it on to medical review, which signs it off.")
        found.append(Problem("is_medical", message))
    return found


def signing_problems(page: Page, content: dict, by, reviewer: Person | None) -> list[Problem]:
    """What keeps `by`, who is `reviewer` to readers, from signing the draft off, whatever the form says."""
    return [
        *_own_work(page, by),
        *_taken_by_another(page, by),
        *_reviewer_problems(page, reviewer),
        *_open_comments(page),
        *blocking_problems(page, content),
    ]


def reviewer_of(by) -> Person | None:
    """Whom readers are told of when this account signs."""
    return Person.objects.filter(user=by).first()


def _start(name: str, page: Page, by) -> Page:
    """The page, locked, where this move may begin."""
    move = BY_NAME[name]
    _require(by, move.permission)
    page = _lock(page)
    if page.state not in move.sources:
        message = _("“%(move)s” is not possible now: the page is in the state “%(state)s”.")
        _refuse_if([Problem("", message % {"move": move.title, "state": page.get_state_display()})])
    return page


def _lock(page: Page) -> Page:
    Stamp.lock()
    return Page.objects.select_for_update(of=("self",)).select_related("live").get(pk=page.pk).concrete


def _require(by, permission: str) -> None:
    if not isinstance(by, str) and not by.has_perm(permission):
        raise PermissionDenied(_("Your account may not do this: it lacks the right “%s”.") % permission)


def _refuse_if(problems: list[Problem]) -> None:
    if problems:
        raise MoveRefused(problems)


def _go(page: Page, state: str) -> None:
    Page.objects.filter(pk=page.pk).update(state=state)


def _ask(page: Page, stage: str, by, message: str) -> None:
    """Put the page into the queue. Who had taken an earlier review of it has not taken this one."""
    asked = {
        "stage": stage,
        "message": message,
        "requested_by": name_of(by),
        "requested_at": timezone.now(),
        "due_on": timezone.localdate() + timedelta(days=settings.REVIEW_DUE_DAYS),
        "claimed_by": None,
        "claimed_at": None,
    }
    ReviewRequest.objects.update_or_create(page_id=page.pk, defaults=asked)


def _state_when_sent_back(page: Page) -> str:
    if page.live is None:
        return Page.State.WITHDRAWN if page.was_public else Page.State.DRAFT
    return Page.State.DRAFT if page.has_unpublished_changes() else Page.State.PUBLISHED


def _request(page: Page) -> ReviewRequest:
    request = ReviewRequest.objects.open().filter(page=page.pk).select_for_update(of=("self",)).first()
    if request is None:
        raise MoveRefused([Problem("", _("This page is not being reviewed now."))])
    return request


def _own_work(page: Page, by) -> list[Problem]:
    """Four eyes: whoever changed the draft since it was last published does not judge it, superusers included."""
    if isinstance(by, str):
        return []
    # An account that was deleted and made again belongs to the same person.
    gone = ~Exists(get_user_model().objects.filter(pk=OuterRef("user_id")))
    if not page.contributions.filter(Q(user_id=by.pk) | (Q(user_name=name_of(by)) & gone)).exists():
        return []
    message = _("You have changed this draft since it was last published, so somebody else must sign it off.")
    return [Problem("", message)]


def _taken_by_another(page: Page, by) -> list[Problem]:
    request = ReviewRequest.objects.open().filter(page=page.pk).select_related("claimed_by").first()
    if isinstance(by, str) or request is None or not request.is_claimed or request.claimed_by_id == by.pk:
        return []
    return [Problem("", _("%s has taken this review.") % name_of(request.claimed_by))]


def _reviewer_problems(page: Page, reviewer: Person | None) -> list[Problem]:
    if reviewer is None:
        message = _(
            "Your account belongs to no person in the list of people, so readers could not be told who reviewed this. "
            "Ask an administrator to add you there, with credentials and declared interests."
        )
        return [Problem("", message)]
    found = []
    if reviewer.is_role and not reviewer.is_demonstration:
        found.append(Problem("", _("“%s” is a role, not a person: readers are told of a person.") % reviewer))
    if not reviewer.is_demonstration and page.authors.filter(pk=reviewer.pk).exists():
        message = _("“%s” is an author of this page, so somebody else must sign it off.")
        found.append(Problem("authors", message % reviewer))
    if not reviewer.credentials.strip() or not reviewer.interests.strip():
        message = _("“%s” needs credentials and declared interests in the list of people: readers see both.")
        found.append(Problem("", message % reviewer))
    if reviewer.is_demonstration and not page.is_demonstration:
        found.append(Problem("", _("“%s” stands in for a clinician on demonstration content only.") % reviewer))
    return found


def _seen_problems(content: dict, seen: str) -> list[Problem]:
    if seen == content_digest(content):
        return []
    return [Problem("", _("The draft was changed since you opened this page. Look at it again, then sign it off."))]


def _part_problems(last: SignOff | None, parts: list[str], reviewer: Person | None) -> list[Problem]:
    """A review of parts adds to one of the whole page that still counts, and that was as good as this one."""
    if last is None:
        message = _("The whole page was never reviewed, or that review counts no more: all of it needs a review now.")
        return [Problem("scope", message)]
    if last.whole.is_demonstration and not (reviewer and reviewer.is_demonstration):
        return [Problem("scope", _("No clinician has reviewed the whole page, so all of it needs a review now."))]
    if not parts:
        return [Problem("scope", _("No part changed since the last review: you can only review the whole page."))]
    return []


def _open_comments(page: Page) -> list[Problem]:
    return [
        Problem("", _("The comment on “%s” is not resolved yet.") % each.part_label)
        for each in page.review_comments.filter(resolved_at=None)
    ]


def _changed_parts(last: SignOff, content: dict) -> list[str]:
    return [str(each.label) for each in compare(last.content, content).differences]
