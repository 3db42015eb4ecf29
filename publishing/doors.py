"""The door: the only functions through which anything becomes public or stops being public.

Each is one transaction. It checks the rules, writes the edition and the row editions, runs the derivations, writes the
audit entry and raises the stamp; if any of that fails, nothing has happened. Doors pass one at a time (`Stamp.lock`).

`by` is the acting user, whose permission is checked here, or the name of a command.
"""

import calendar
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from publishing import notices, richtext
from publishing.addresses import PastAddress
from publishing.comparison.spelling import changed_characters, why_not_spelling
from publishing.composition import compose
from publishing.content import content_digest, content_of, draft_content, live_content, row_contents
from publishing.derivations import derivations
from publishing.editions import Edition, EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.images import Image
from publishing.notices import Notice
from publishing.pages import SNAPSHOT_SCHEMA, Page, Problem
from publishing.people import Person
from publishing.references import Reference
from publishing.rows import Row
from publishing.schedules import Schedule
from publishing.signoffs import SignOff
from publishing.tags import Tag
from publishing.tasks import ContentTask

logger = logging.getLogger(__name__)


class CannotPublish(Exception):
    """The rules refuse; `problems` lists every reason at once."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(str(problem.message) for problem in problems))


@dataclass(frozen=True)
class Approval:
    """What lets a content through the door: a sign-off, small corrections of what was signed, or an emergency."""

    content_digest: str
    sign_off: SignOff | None = None
    spelling_changes: int | None = None
    override_reason: str = ""


# What can be wrong with a plan made some time ago. It is dropped, so that it cannot stand in the way of every request;
# a database that does not answer is not among them: the plan then waits.
UNPUBLISHABLE = (CannotPublish, ObjectDoesNotExist, IntegrityError, DataError, KeyError, TypeError)


def publish(
    page: Page,
    *,
    by,
    change: Edition.Change = Edition.Change.MAJOR,
    note: str = "",
    override_reason: str = "",
    fixes: Collection[ContentTask] = (),
) -> Edition:
    """Make the draft of `page` and of its rows public now. Raises CannotPublish or PermissionDenied.

    Health information needs a sign-off of exactly this content. In an emergency an `override_reason`, which readers
    see, stands in for it; that needs a right of its own. `fixes` are the tasks of the page that this edition puts
    right: they are closed with it.
    """
    _require(by, "publishing.publish_page")
    if override_reason:
        _require(by, "publishing.override_page")
    with transaction.atomic():
        page = _lock(page)
        snapshot, rows = page.snapshot(), page.rows()
        content = content_of(snapshot, row_contents(page, rows))
        approval = _emergency(content, override_reason) if override_reason else _approval(page, content)
        said = _change_problems(page, change, note or override_reason, approval) + _fix_problems(change, fixes)
        _check(page.problems() + said + _approval_problems(page, approval))
        _drop_schedule(page, by)
        _approve_restored(page)
        return _make_public(
            page,
            snapshot,
            _changed_rows(rows, approval),
            by=by,
            at=timezone.now(),
            change=change,
            note=note,
            approval=approval,
            version=page.version,
            fixes=[each.pk for each in fixes],
        )


def publish_spelling(page: Page, *, by, fixes: Collection[ContentTask] = ()) -> Edition:
    """Make corrections of spelling public, without a new sign-off and without moving any date.

    All of them since the last sign-off count together (`publishing.comparison.spelling`). Contributions stay, so that
    whoever corrected does not sign off next. Raises CannotPublish or PermissionDenied.
    """
    _require(by, "publishing.publish_page")
    with transaction.atomic():
        page = _lock(page)
        snapshot, rows = page.snapshot(), page.rows()
        content = content_of(snapshot, row_contents(page, rows))
        _check(page.problems() + spelling_problems(page, content))
        sign_off = page.live.sign_off
        _drop_schedule(page, by)
        return _make_public(
            page,
            snapshot,
            _changed_rows(rows),
            by=by,
            at=timezone.now(),
            change=Edition.Change.MINOR,
            note="",
            approval=Approval(content_digest(content), sign_off, changed_characters(sign_off.content, content)),
            version=page.version,
            fixes=[each.pk for each in fixes],
        )


def spelling_problems(page: Page, content: dict) -> list[Problem]:
    """Why the draft is more than a correction of the spelling of what was signed and is public."""
    if page.live is None or page.live.sign_off is None:
        return [Problem("", _("Only a page that is public under a sign-off can get a spelling correction."))]
    if page.state != Page.State.DRAFT:
        return [Problem("", _("A spelling correction starts from a draft that is not being reviewed."))]
    newest = SignOff.objects.in_force(page)
    if newest is None:
        return [Problem("", _("The sign-off was taken back. Submit the draft for review."))]
    if newest != page.live.sign_off:
        return [Problem("", _("A newer sign-off waits to be published. Publish that instead."))]
    names = import_string(settings.NAMES_OF_THE_SITE)()
    return [Problem("", reason) for reason in why_not_spelling(newest.content, content, names)]


def schedule(
    page: Page,
    *,
    by,
    at: datetime,
    change: Edition.Change = Edition.Change.MAJOR,
    note: str = "",
    fixes: Collection[ContentTask] = (),
) -> Schedule:
    """Set the draft, as it stands now, to become public at `at`. An earlier schedule of the page is replaced."""
    _require(by, "publishing.schedule_page")
    if at <= timezone.now():
        raise CannotPublish([Problem("at", _("Choose a time in the future, or publish now."))])
    with transaction.atomic():
        page = _lock(page)
        snapshot, rows = page.snapshot(), page.rows()
        approval = _approval(page, content_of(snapshot, row_contents(page, rows)))
        said = _change_problems(page, change, note, approval) + _fix_problems(change, fixes)
        _check(page.problems() + said + _approval_problems(page, approval))
        if page.state == Page.State.PUBLISHED:
            _check([Problem("", _("There is nothing to schedule: the draft is as readers see it now."))])
        _drop_schedule(page, by)
        plan = Schedule.objects.create(
            page_id=page.pk,
            due_at=at,
            snapshot=snapshot,
            rows=_changed_rows(rows, approval),
            change=change,
            note=note,
            scheduled_by=name_of(by),
            content_digest=approval.content_digest,
            sign_off=approval.sign_off,
            version=page.version,
            fixes=[each.pk for each in fixes],
        )
        _approve_restored(page)
        Page.objects.filter(pk=page.pk).update(state=Page.State.SCHEDULED)
        record(Event.Action.SCHEDULED, page, by=by, reason=note, due_at=at.isoformat())
        _note_next_due()
        return plan


def unschedule(page: Page, *, by) -> None:
    _require(by, "publishing.schedule_page")
    with transaction.atomic():
        page = _lock(page)
        _drop_schedule(page, by)
        if page.state == Page.State.SCHEDULED:
            Page.objects.filter(pk=page.pk).update(state=_state_after(page))
        _note_next_due()


def withdraw(
    page: Page,
    *,
    by,
    reason: str,
    replacement: Page | None = None,
    gone: bool = True,
    warn_until: datetime | None = None,
    signer: Person | None = None,
) -> Edition:
    """Take a public page off the site. Its address says when, why and what to read instead.

    With `gone` it answers 410, without it 200 as a marked notice. Rows it shares vanish from the partner pages too.
    With `warn_until`, every page that mentions it warns readers until then; a command names the `signer` of that.
    """
    _require(by, "publishing.withdraw_page")
    with transaction.atomic():
        page = _lock(page)
        _check(_withdrawal_problems(page, reason, replacement))
        _drop_schedule(page, by)
        if warn_until is not None:
            _warn_of_withdrawal(page, by, reason, warn_until, signer)
        last, now = page.live, timezone.now()
        snapshot = {
            "schema": SNAPSHOT_SCHEMA,
            "kind": page.kind,
            "title": last.title,
            "slug": last.slug,
            "gone": gone,
            "replacement": replacement.pk if replacement else None,
        }
        edition = Edition.append(
            page_id=page.pk,
            number=last.number + 1,
            kind=last.kind,
            title=last.title,
            slug=last.slug,
            summary=last.summary,
            language=last.language,
            shelf=last.shelf,
            snapshot=snapshot,
            html="",
            text="",
            change=Edition.Change.WITHDRAWAL,
            note=reason,
            published_by=name_of(by),
            valid_from=now,
            first_published_at=last.first_published_at,
            updated_at=last.updated_at,
        )
        Page.objects.filter(pk=page.pk).update(live=None, state=Page.State.WITHDRAWN)
        record(Event.Action.WITHDRAWN, page, by=by, reason=reason, edition=edition.digest)
        _derive(page, None)
        _note_next_due()
        return edition


def run_due(now: datetime | None = None) -> int:
    """Publish every schedule whose time has come; returns how many. One the rules refuse is dropped and recorded."""
    published = 0
    with transaction.atomic():
        now, due_at = now or timezone.now(), Stamp.lock().next_due_at
        for plan in Schedule.objects.filter(due_at__lte=now).select_related("page"):
            published += _run(plan)
        if due_at is not None and due_at <= now:
            # Also where nothing was published: a notice that has expired leaves the pages.
            Stamp.raise_counter()
        _note_next_due()
    return published


def settle(page: Page, *, by) -> None:
    """Let the page say again where its draft stands, after it was written back to what is public or was signed."""
    with transaction.atomic():
        page = _lock(page)
        if page.state == Page.State.DRAFT and (state := _state_after(page)) != Page.State.DRAFT:
            Page.objects.filter(pk=page.pk).update(state=state)
            record(Event.Action.RESTORED, page, by=by, state=str(state))


def settle_states(page_ids: Iterable[int]) -> None:
    """Each page that is live says whether its draft is what is public."""
    settled = Page.objects.live().filter(pk__in=page_ids, state__in=[Page.State.DRAFT, Page.State.PUBLISHED])
    for page in settled.select_related("live"):
        state = Page.State.DRAFT if page.has_unpublished_changes() else Page.State.PUBLISHED
        Page.objects.filter(pk=page.pk).update(state=state)


def prepare(page: Page, snapshot: dict, **values) -> Edition:
    """The edition a snapshot would make, unsaved: for the door and for the preview."""
    html = compose(snapshot)
    return Edition(
        page_id=page.pk,
        kind=snapshot["kind"],
        title=snapshot["title"],
        slug=snapshot["slug"],
        summary=snapshot["summary"],
        language=snapshot["language"],
        shelf=snapshot["shelf"]["slug"],
        snapshot=snapshot,
        html=html,
        text=richtext.text_of(html),
        **values,
    )


def prepare_preview(page: Page) -> Edition:
    """What publishing the draft now would make, with the dates it would have."""
    now, last = timezone.now(), page.editions.order_by("number").last()
    snapshot = page.snapshot()
    return prepare(
        page,
        snapshot,
        **_review_columns(_approval(page, content_of(snapshot, row_contents(page, page.rows()))), snapshot),
        number=last.number + 1 if last else 1,
        valid_from=now,
        updated_at=now,
        first_published_at=last.first_published_at if last else now,
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def problems(page: Page, content: dict) -> list[Problem]:
    """Everything that keeps the draft, whose content this is, from being published now; the note apart."""
    return page.problems() + _approval_problems(page, _approval(page, content))


def _require(by, permission: str) -> None:
    if not isinstance(by, str) and not by.has_perm(permission):
        raise PermissionDenied(_("Your account may not do this: it lacks the right “%s”.") % permission)


def _check(problems: list[Problem]) -> None:
    if problems:
        raise CannotPublish(problems)


def _lock(page: Page) -> Page:
    """The page as its own kind, freshly read, with no other door open."""
    Stamp.lock()
    return Page.objects.select_for_update(of=("self",)).select_related("live").get(pk=page.pk).concrete


def _changed_rows(rows: list[Row], approval: Approval | None = None) -> list[dict]:
    """The rows whose draft differs from what is public, as plain data that a schedule can keep.

    Under a new sign-off also those that are public without one, since an emergency: it covers them from now on.
    """
    is_signed = approval is not None and approval.sign_off is not None
    return [
        {"row": row._meta.label_lower, "id": row.pk, "seen": row.editions.count(), "snapshot": row.draft_snapshot()}
        for row in rows
        if row.has_unpublished_changes() or (is_signed and row.live and not row.live.is_signed)
    ]


def _approval(page: Page, content: dict) -> Approval:
    digest = content_digest(content)
    return Approval(digest, SignOff.objects.covering(page, digest))


def _emergency(content: dict, reason: str) -> Approval:
    return Approval(content_digest(content), override_reason=reason)


def _approval_problems(page: Page, approval: Approval) -> list[Problem]:
    if approval.override_reason:
        return []
    if page.state in (Page.State.EDITORIAL, Page.State.MEDICAL):
        return [Problem("", _("It is being reviewed. Finish the review, or send it back to the authors."))]
    if page.state == Page.State.WITHDRAWN:
        return [Problem("", _("It was withdrawn. Submit it for review: it returns with a new sign-off."))]
    if page.needs_sign_off and approval.sign_off is None:
        message = _("No medical reviewer has signed off exactly this draft. Submit it for review.")
        return [Problem("", message)]
    if not page.needs_sign_off and page.state != Page.State.APPROVED and not _is_public_already(page, approval):
        return [Problem("", _("No editor has approved this draft. Submit it for review."))]
    return []


def _is_public_already(page: Page, approval: Approval) -> bool:
    return page.live is not None and page.live.content_digest == approval.content_digest


def _change_problems(page: Page, change: Edition.Change, note: str, approval: Approval) -> list[Problem]:
    """What is said of the change is missing or untrue."""
    if change == Edition.Change.REVIEW:
        return _review_problems(page, approval)
    needs_note = change in (Edition.Change.MAJOR, Edition.Change.CORRECTION) and page.was_public
    if needs_note and not note.strip():
        message = _("Say in plain words what changed and why: readers see it in the history of the page.")
        return [Problem("note", message)]
    return []


def _fix_problems(change: Edition.Change, fixes: Collection[ContentTask]) -> list[Problem]:
    if fixes and change == Edition.Change.REVIEW:
        return [Problem("fixes", _("Nothing is changed with this edition, so it puts nothing right."))]
    return []


def _review_problems(page: Page, approval: Approval) -> list[Problem]:
    """Why it is not “reviewed again, unchanged”."""
    if page.live is None or content_digest(live_content(page)) != approval.content_digest:
        return [Problem("change", _("The draft is not what readers see now, so it is more than another review of it."))]
    if approval.sign_off is None or approval.sign_off == page.live.sign_off:
        return [Problem("change", _("Nobody has signed it off again since it was published."))]
    return []


def _approve_restored(page: Page) -> None:
    """A draft that is exactly what was signed off, or is public, passes as approved."""
    Page.objects.filter(pk=page.pk, state__in=[Page.State.DRAFT]).update(state=Page.State.APPROVED)


def _drop_schedule(page: Page, by) -> None:
    if Schedule.objects.filter(page=page).delete()[0]:
        record(Event.Action.UNSCHEDULED, page, by=by)


def _withdrawal_problems(page: Page, reason: str, replacement: Page | None) -> list[Problem]:
    problems = []
    if page.live is None:
        problems.append(Problem("", _("This page is not public, so there is nothing to withdraw.")))
    if not reason.strip():
        problems.append(Problem("reason", _("Say why: readers see the reason at the old address.")))
    if replacement and (replacement.pk == page.pk or not Page.objects.live().filter(pk=replacement.pk).exists()):
        problems.append(Problem("replacement", _("Choose another page that is public.")))
    return problems


def _warn_of_withdrawal(page: Page, by, reason: str, until: datetime, signer: Person | None) -> None:
    """A notice on every page that mentions this one. What keeps it from being issued keeps the page public."""
    day = date_format(localdate(), "j F Y")
    text = _("“%(title)s” was withdrawn on %(day)s: %(reason)s") % {
        "title": page.live.title,
        "day": day,
        "reason": reason,
    }
    try:
        notices.issue(page, by=by, text=text, reach=Notice.Reach.MENTIONS, expires_at=until, signer=signer)
    except notices.NoticeRefused as refusal:
        fields = {"expires_at": "warn_until"}
        raise CannotPublish([Problem(fields.get(each.field, ""), each.message) for each in refusal.problems]) from None


def _make_public(
    page: Page,
    snapshot: dict,
    rows: list[dict],
    *,
    by,
    at,
    change,
    note,
    approval: Approval,
    version: int,
    fixes: Collection[int],
) -> Edition:
    """`version` is that of the draft that becomes public: who contributed up to it may judge what comes next.

    What nobody has reviewed stays theirs: after an emergency or a correction of spelling they do not sign off. `fixes`
    are the numbers of tasks; one that was closed meanwhile stays as it was closed.
    """
    last = page.editions.order_by("number").last()
    moves_date = last is None or change in (Edition.Change.MAJOR, Edition.Change.CORRECTION)
    planned = prepare(
        page,
        snapshot,
        number=last.number + 1 if last else 1,
        change=change,
        note=note,
        published_by=name_of(by),
        valid_from=at,
        first_published_at=last.first_published_at if last else at,
        updated_at=at if moves_date else last.updated_at,
        **_review_columns(approval, snapshot),
    )
    edition = Edition.append(
        **{f.attname: getattr(planned, f.attname) for f in Edition._meta.concrete_fields if f.name != "id"}
    )
    _index_uses(edition)
    _keep_address(page, snapshot["slug"])
    published = _publish_rows(rows, by=name_of(by), at=at, published_with=edition)
    if not approval.override_reason and approval.spelling_changes is None:
        page.contributions.filter(version__lte=version).delete()
    Page.objects.filter(pk=page.pk).update(live=edition, address=snapshot["slug"], state=Page.State.PUBLISHED)
    settle_states({page.pk, *(getattr(row, f"{end}_id") for row in published for end in row.ends)})
    editions = [row.editions.latest("number").digest for row in published]
    record(
        Event.Action.PUBLISHED,
        page,
        by=by,
        reason=approval.override_reason or note,
        edition=edition.digest,
        rows=editions,
        **_grounds(approval),
    )
    for task in ContentTask.objects.open().filter(page=page.pk, pk__in=fixes):
        task.fix(edition, by=by)
    _derive(page, edition)
    _note_next_due()
    return edition


def _review_columns(approval: Approval, snapshot: dict) -> dict:
    whole = approval.sign_off and approval.sign_off.whole
    return {
        "content_digest": approval.content_digest,
        "sign_off": approval.sign_off,
        "override_reason": approval.override_reason,
        "spelling_changes": approval.spelling_changes,
        "reviewed_at": whole and whole.recorded_at,
        "review_due_on": whole and months_after(localdate(whole.recorded_at), snapshot["review_interval"]),
    }


def _grounds(approval: Approval) -> dict:
    """What let it through, for the audit trail."""
    if approval.override_reason:
        return {"override": True}
    if approval.spelling_changes is not None:
        return {"spelling_changes": approval.spelling_changes, "sign_off": approval.sign_off.digest}
    return {"sign_off": approval.sign_off.digest} if approval.sign_off else {}


def _index_uses(edition: Edition) -> None:
    """Tie the edition to the tags, people, references and images its snapshot names, for lists and where-used."""
    snapshot = edition.snapshot
    tags = Tag.objects.filter(slug__in=[tag["slug"] for tag in snapshot["tags"]])
    people = Person.objects.filter(slug__in=[person["slug"] for person in snapshot["authors"]])
    references = Reference.objects.filter(key__in=snapshot["references"])
    images = Image.objects.filter(name__in=snapshot["images"])
    EditionTag.objects.bulk_create(EditionTag(edition=edition, tag=tag) for tag in tags)
    EditionPerson.objects.bulk_create(EditionPerson(edition=edition, person=person) for person in people)
    EditionReference.objects.bulk_create(EditionReference(edition=edition, reference=each) for each in references)
    EditionImage.objects.bulk_create(EditionImage(edition=edition, image=image) for image in images)


def _keep_address(page: Page, slug: str) -> None:
    if page.address and page.address != slug:
        PastAddress.objects.get_or_create(kind=page.kind, slug=page.address, defaults={"page_id": page.pk})
    PastAddress.objects.filter(kind=page.kind, slug=slug, page_id=page.pk).delete()


def _publish_rows(planned: list[dict], *, by: str, at: datetime, published_with: Edition) -> list[Row]:
    """Record the row editions. A row published or deleted since it was planned is left alone: the newer fact wins."""
    published = []
    for plan in planned:
        model: type[Row] = apps.get_model(plan["row"])
        row = model.objects.select_for_update(of=("self",)).filter(pk=plan["id"]).first()
        if row is not None and row.editions.count() == plan["seen"]:
            row.publish(plan["snapshot"], by=by, at=at, published_with=published_with)
            published.append(row)
    return published


def _state_after(page: Page) -> Page.State:
    """Where a draft stands that no review and no schedule holds."""
    if page.live is not None and not page.has_unpublished_changes():
        return Page.State.PUBLISHED
    page = page.concrete
    if page.needs_sign_off and SignOff.objects.covering(page, content_digest(draft_content(page))):
        return Page.State.APPROVED
    return Page.State.WITHDRAWN if page.live is None and page.was_public else Page.State.DRAFT


def _run(plan: Schedule) -> bool:
    page = _lock(plan.page)
    try:
        with transaction.atomic():
            plan.delete()
            _check(page.address_problems(plan.snapshot["slug"]))
            _make_public(
                page,
                plan.snapshot,
                plan.rows,
                by=plan.scheduled_by,
                at=plan.due_at,
                change=Edition.Change(plan.change),
                note=plan.note,
                approval=Approval(plan.content_digest, plan.sign_off),
                version=plan.version,
                fixes=plan.fixes,
            )
    except UNPUBLISHABLE as refusal:
        logger.exception("The schedule of page %s was dropped", page.pk)
        Schedule.objects.filter(page_id=page.pk).delete()
        Page.objects.filter(pk=page.pk).update(state=_state_after(page))
        record(Event.Action.SCHEDULE_FAILED, page, by=plan.scheduled_by, reason=str(refusal))
        return False
    return True


def _derive(page: Page, edition: Edition | None) -> None:
    for derivation in derivations():
        derivation.derive({page.pk: edition})
    Stamp.raise_counter()


def _note_next_due() -> None:
    """The next schedule or the next notice to expire, whichever comes first."""
    plans = Schedule.objects.order_by("due_at").values_list("due_at", flat=True)[:1]
    expiring = Notice.objects.in_force().order_by("expires_at").values_list("expires_at", flat=True)[:1]
    Stamp.objects.filter(pk=1).update(next_due_at=min([*plans, *expiring], default=None))
