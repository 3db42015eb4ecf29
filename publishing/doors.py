"""The door: the only functions through which anything becomes public or stops being public.

Each is one transaction. It checks the rules, writes the edition and the row editions, runs the derivations, writes the
audit entry and raises the stamp; if any of that fails, nothing has happened. Doors pass one at a time (`Stamp.lock`).

`by` is the acting user, whose permission is checked here, or the name of a command.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import richtext
from publishing.addresses import PastAddress
from publishing.composition import compose
from publishing.derivations import derivations
from publishing.editions import Edition, EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.images import Image
from publishing.pages import SNAPSHOT_SCHEMA, Page, Problem
from publishing.people import Person
from publishing.references import Reference
from publishing.rows import Row
from publishing.schedules import Schedule
from publishing.tags import Tag

logger = logging.getLogger(__name__)


class CannotPublish(Exception):
    """The rules refuse; `problems` lists every reason at once."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(str(problem.message) for problem in problems))


# What can be wrong with a plan made some time ago. It is dropped, so that it cannot stand in the way of every request;
# a database that does not answer is not among them: the plan then waits.
UNPUBLISHABLE = (CannotPublish, ObjectDoesNotExist, IntegrityError, DataError, KeyError, TypeError)


def publish(page: Page, *, by, change: Edition.Change = Edition.Change.MAJOR, note: str = "") -> Edition:
    """Make the draft of `page` and of its rows public now. Raises CannotPublish or PermissionDenied."""
    _require(by, "publishing.publish_page")
    with transaction.atomic():
        page = _lock(page)
        _check(page.problems())
        _drop_schedule(page, by)
        return _make_public(
            page, page.snapshot(), _draft_rows(page), by=by, at=timezone.now(), change=change, note=note
        )


def schedule(
    page: Page, *, by, at: datetime, change: Edition.Change = Edition.Change.MAJOR, note: str = ""
) -> Schedule:
    """Set the draft, as it stands now, to become public at `at`. An earlier schedule of the page is replaced."""
    _require(by, "publishing.schedule_page")
    if at <= timezone.now():
        raise CannotPublish([Problem("at", _("Choose a time in the future, or publish now."))])
    with transaction.atomic():
        page = _lock(page)
        _check(page.problems())
        _drop_schedule(page, by)
        plan = Schedule.objects.create(
            page_id=page.pk,
            due_at=at,
            snapshot=page.snapshot(),
            rows=_draft_rows(page),
            change=change,
            note=note,
            scheduled_by=name_of(by),
        )
        Page.objects.filter(pk=page.pk).update(state=Page.State.SCHEDULED)
        record(Event.Action.SCHEDULED, page, by=by, reason=note, due_at=at.isoformat())
        _note_next_due()
        return plan


def unschedule(page: Page, *, by) -> None:
    _require(by, "publishing.schedule_page")
    with transaction.atomic():
        page = _lock(page)
        _drop_schedule(page, by)
        Page.objects.filter(pk=page.pk).update(state=_state_after(page))
        _note_next_due()


def withdraw(page: Page, *, by, reason: str, replacement: Page | None = None, gone: bool = True) -> Edition:
    """Take a public page off the site. Its address says when, why and what to read instead.

    With `gone` it answers 410, without it 200 as a marked notice. Rows it shares vanish from the partner pages too.
    """
    _require(by, "publishing.withdraw_page")
    with transaction.atomic():
        page = _lock(page)
        _check(_withdrawal_problems(page, reason, replacement))
        _drop_schedule(page, by)
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
        Stamp.lock()
        for plan in Schedule.objects.filter(due_at__lte=now or timezone.now()).select_related("page"):
            published += _run(plan)
        _note_next_due()
    return published


def settle(page: Page) -> None:
    """Let the page say again whether its draft is what is public, after a draft was written back to what it was."""
    with transaction.atomic():
        Stamp.lock()
        _settle_states([page.pk])


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
    return prepare(
        page,
        page.snapshot(),
        number=last.number + 1 if last else 1,
        valid_from=now,
        updated_at=now,
        first_published_at=last.first_published_at if last else now,
    )


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


def _draft_rows(page: Page) -> list[dict]:
    """The rows whose draft differs from what is public, as plain data that a schedule can keep."""
    return [
        {"row": row._meta.label_lower, "id": row.pk, "seen": row.editions.count(), "snapshot": row.draft_snapshot()}
        for row in page.rows()
        if row.has_unpublished_changes()
    ]


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


def _make_public(page: Page, snapshot: dict, rows: list[dict], *, by, at, change, note) -> Edition:
    last = page.editions.order_by("number").last()
    moves_date = last is None or change != Edition.Change.MINOR
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
    )
    edition = Edition.append(
        **{f.attname: getattr(planned, f.attname) for f in Edition._meta.concrete_fields if f.name != "id"}
    )
    _index_uses(edition)
    _keep_address(page, snapshot["slug"])
    published = _publish_rows(rows, by=name_of(by), at=at)
    Page.objects.filter(pk=page.pk).update(live=edition, address=snapshot["slug"], state=Page.State.PUBLISHED)
    _settle_states({page.pk, *(getattr(row, f"{end}_id") for row in published for end in row.ends)})
    editions = [row.editions.latest("number").digest for row in published]
    record(Event.Action.PUBLISHED, page, by=by, reason=note, edition=edition.digest, rows=editions)
    _derive(page, edition)
    _note_next_due()
    return edition


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


def _publish_rows(planned: list[dict], *, by: str, at: datetime) -> list[Row]:
    """Record the row editions. A row published or deleted since it was planned is left alone: the newer fact wins."""
    published = []
    for plan in planned:
        model: type[Row] = apps.get_model(plan["row"])
        row = model.objects.select_for_update(of=("self",)).filter(pk=plan["id"]).first()
        if row is not None and row.editions.count() == plan["seen"]:
            row.publish(plan["snapshot"], by=by, at=at)
            published.append(row)
    return published


def _settle_states(page_ids: Iterable[int]) -> None:
    """Each page that is live says whether its draft is what is public."""
    for page in Page.objects.live().filter(pk__in=page_ids).select_related("live"):
        if page.state != Page.State.SCHEDULED:
            Page.objects.filter(pk=page.pk).update(state=_state_after(page))


def _state_after(page: Page) -> Page.State:
    if page.live is None:
        return Page.State.WITHDRAWN if page.was_public else Page.State.DRAFT
    return Page.State.DRAFT if page.has_unpublished_changes() else Page.State.PUBLISHED


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
    first = Schedule.objects.order_by("due_at").first()
    Stamp.objects.filter(pk=1).update(next_due_at=first and first.due_at)
