"""References that are watched: works known as retracted or corrected, and what that asks of each page citing them."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import unquote

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from publishing.citing import pages_citing, pages_with_draft_citing
from publishing.contributions import touch_drafts
from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.pages import Page
from publishing.references import Reference

# Closes tasks of itself.
CHECK = "check"
DOI = re.compile(r"10\.\d{4,9}/[^\s\x00-\x1f\x7f]+")
DOI_PREFIX = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
LONGEST_DOI = 200
BATCH = 500


def normal_doi(text: str) -> str:
    """The one form in which DOIs are compared; empty for what is none. They differ in nothing but their case."""
    prefix = DOI_PREFIX.match(text)
    doi = unquote(text[prefix.end() :]) if prefix else text
    doi = doi.strip().lower()
    return doi if DOI.fullmatch(doi) and len(doi) <= LONGEST_DOI else ""


class FlaggedWork(models.Model):
    """A work that a list or a register calls retracted, corrected or of concern, whether we cite it or not."""

    class State(models.TextChoices):
        CORRECTED = "corrected", _("Corrected since")
        CONCERN = "concern", _("Expression of concern")
        RETRACTED = "retracted", _("Retracted")

    doi = models.CharField(_("DOI"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State)
    source = models.CharField(_("according to"), max_length=200)
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("flagged work")
        verbose_name_plural = _("flagged works")
        ordering = ["doi"]

    def __str__(self):
        return self.doi

    @classmethod
    def of(cls, doi: str) -> "FlaggedWork | None":
        return cls.objects.filter(doi=normal_doi(doi)).first()


class ReferenceTaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class ReferenceTask(models.Model):
    """Something is wrong with a source: one task for each page that cites it."""

    class Problem(models.TextChoices):
        LINK = "link", _("The link does not lead there")
        CORRECTED = "corrected", _("Corrected since")
        CONCERN = "concern", _("Expression of concern")
        RETRACTED = "retracted", _("Retracted")

    reference = models.ForeignKey(Reference, related_name="tasks", on_delete=models.CASCADE)
    page = models.ForeignKey(Page, related_name="reference_tasks", on_delete=models.CASCADE)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem)
    finding = models.CharField(_("finding"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = ReferenceTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task on a source")
        verbose_name_plural = _("tasks on sources")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "page", "problem"],
                condition=Q(closed_at__isnull=True),
                name="publishing_one_open_task_for_each_problem",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="") | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="publishing_closed_task_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.page}: {self.reference} ({self.get_problem_display()})"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def close(self, *, by, remark: str) -> None:
        """A person has dealt with it. It is not opened again while the same problem lasts."""
        with transaction.atomic():
            self.closed_at, self.closed_by, self.remark = timezone.now(), name_of(by), remark
            self.save(update_fields=["closed_at", "closed_by", "remark"])
            page, about = self.page, {"reference": self.reference.key, "problem": self.problem}
            record(Event.Action.TASK_CLOSED, page, by=by, reason=remark, task=self.pk, **about)


def alerts(keys: Collection[str]) -> dict[str, str]:
    """The state by now of each source that an edition cites, also where it is good: a notice may have been taken back.

    One query, none for a page without sources.
    """
    return dict(Reference.objects.filter(key__in=keys).values_list("key", "state")) if keys else {}


# Retracted, corrected, of concern


def is_worse(state: str, than: str) -> bool:
    mildest_first = FlaggedWork.State.values
    return state in mildest_first and (
        than not in mildest_first or mildest_first.index(state) > mildest_first.index(than)
    )


def note_flagged(works: Iterable[FlaggedWork]) -> int:
    """Store what a list or a register says; returns how much of it was news.

    It only ever gets worse: to take a notice back needs a person.
    """
    works = {work.doi: work for work in works}
    known = FlaggedWork.objects.in_bulk(list(works), field_name="doi")
    news = [work for doi, work in works.items() if doi not in known or is_worse(work.state, known[doi].state)]
    FlaggedWork.objects.bulk_create(
        news,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["doi"],
        update_fields=["state", "source", "noted_on"],
    )
    return len(news)


def flag_references(*, by) -> list[Reference]:
    """Give each reference the state known of its DOI, if that is worse; returns those that changed.

    Called wherever a DOI or a list comes in, and by every check. It is no part of `Reference.save`, which should store
    what it is told. One query for all references, one for each 500 of them, some for each that changes.
    """
    by_doi: dict[str, list[Reference]] = {}
    for reference in Reference.objects.exclude(doi=""):
        by_doi.setdefault(normal_doi(reference.doi), []).append(reference)
    dois = list(by_doi)
    batches = [dois[start : start + BATCH] for start in range(0, len(dois), BATCH)]
    works = [work for batch in batches for work in FlaggedWork.objects.filter(doi__in=batch)]
    pairs = [(reference, work) for work in works for reference in by_doi[work.doi]]
    return [
        reference for reference, work in pairs if is_worse(work.state, reference.state) and _flag(reference, work, by)
    ]


def _flag(reference: Reference, work: FlaggedWork, by) -> bool:
    with transaction.atomic():
        Stamp.lock()
        before = Reference.objects.get(pk=reference.pk)
        reference.refresh_from_db()
        reference.state = work.state
        if not is_worse(work.state, before.state):
            return False
        Reference.objects.filter(pk=reference.pk).update(state=work.state)
        reference_changed(before, reference, by=by, reason=grounds(work))
        return True


def grounds(work: FlaggedWork) -> str:
    return f"{work.source}, {work.noted_on:%Y-%m-%d}"


def reference_changed(before: Reference, after: Reference, *, by, reason: str = "") -> None:
    """What follows when a reference is stored differently: for drafts that cite it, for readers, and for the tasks.

    Inside the transaction that stored it, after `Stamp.lock`.
    """
    if before.snapshot() != after.snapshot():
        touch_drafts(pages_with_draft_citing(after), by=by)
    if before.state == after.state:
        update_tasks(after)
        return
    # Public pages show the state as it is now.
    Stamp.raise_counter()
    record(Event.Action.SOURCE_FLAGGED, after, by=by, reason=reason, was=before.state, state=after.state)
    update_tasks(after, new={after.state})


# Tasks


def update_tasks(reference: Reference, *, new: Collection[str] = ()) -> None:
    """One open task for each problem on each page that citing brings it to; those that are settled are closed.

    A task that a person closed is not opened again, unless the problem is among the `new` ones.
    """
    pages = pages_citing(reference)
    problems = problems_of(reference)
    known = list(ReferenceTask.objects.filter(reference=reference).order_by("pk"))
    _close_settled([task for task in known if task.is_open], reference, problems, pages)
    newest = {(task.problem, task.page_id): task for task in known}
    wanted = [
        ReferenceTask(reference=reference, page_id=page, problem=problem, finding=text[:300])
        for problem, text in problems.items()
        for page in sorted(pages)
        if _is_missing(newest.get((problem, page)), is_new=problem in new)
    ]
    ReferenceTask.objects.bulk_create(wanted, ignore_conflicts=True)


def problems_of(reference: Reference) -> dict[str, str]:
    """The problems it has now, each with what is known of it."""
    found = {}
    if reference.link_state == Reference.LinkState.PROBLEM and not reference.link_is_ignored:
        found[ReferenceTask.Problem.LINK.value] = reference.link_finding
    if reference.state in FlaggedWork.State.values:
        work = FlaggedWork.of(reference.doi)
        found[reference.state] = grounds(work) if work else ""
    return found


def _is_missing(task: ReferenceTask | None, *, is_new: bool) -> bool:
    return task is None or (not task.is_open and (is_new or task.closed_by == CHECK))


def _close_settled(tasks: list[ReferenceTask], reference: Reference, problems: dict, pages: set[int]) -> None:
    for task in tasks:
        remark = _why_settled(task, reference, problems, pages)
        if remark:
            # Somebody may have closed it this moment: then it stays as that person left it.
            still_open = ReferenceTask.objects.open().filter(pk=task.pk)
            still_open.update(closed_at=timezone.now(), closed_by=CHECK, remark=remark)


def _why_settled(task: ReferenceTask, reference: Reference, problems: dict, pages: set[int]) -> str:
    if task.page_id not in pages:
        return translate("The page no longer cites it.")
    if task.problem in problems:
        return ""
    if task.problem != ReferenceTask.Problem.LINK:
        return translate("The source is called “%s” now.") % reference.get_state_display()
    if reference.link_is_ignored:
        return translate("The link is not checked any more.")
    if reference.link_state == Reference.LinkState.OK:
        return translate("The link answers.")
    # The address was changed, and nobody has asked it yet.
    return ""


def update_all_tasks() -> None:
    """Tasks follow what pages cite, anew or no longer. Some queries for each source in trouble."""
    troubled = Q(link_state=Reference.LinkState.PROBLEM) | Q(state__in=FlaggedWork.State.values)
    open_tasks = ReferenceTask.objects.open().values("reference")
    for reference in Reference.objects.filter(troubled | Q(pk__in=open_tasks)):
        with transaction.atomic():
            update_tasks(reference)
