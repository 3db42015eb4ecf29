"""The first page of the staff side: what is late, what waits for me or for anybody, and how the site stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.queue import queue_url
from publishing.admin.worklists import IS_LIVE, all_work_lists, is_health, work_url
from publishing.kinds import page_models
from publishing.models import (
    ContentTask,
    Contribution,
    Edition,
    Event,
    Page,
    ReferenceTask,
    ReviewComment,
    ReviewRequest,
    Schedule,
)

LENGTH = 10
MONTHS = 12
# What tells where a draft came from last.
MOVES = [
    Event.Action.SUBMITTED,
    Event.Action.SENT_ON,
    Event.Action.RETURNED,
    Event.Action.CHANGED_IN_REVIEW,
    Event.Action.PUBLISHED,
    Event.Action.WITHDRAWN,
]
# The parts of the site that are well, by the work list of those that are not.
COVERAGE = {
    "unsigned": gettext_lazy("Signed off"),
    "not-in-date": gettext_lazy("Whole review in date"),
    "sources-unseen": gettext_lazy("Every source read"),
    "no-help": gettext_lazy("Says when to get help"),
}


@dataclass(frozen=True)
class Bar:
    """One line of a chart: so many of so many, and the list of them."""

    label: str
    count: int
    of: int
    url: str
    text: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0


@dataclass(frozen=True)
class Chart:
    id: str
    title: str
    bars: list[Bar]
    # What the columns hold, for those who do not see the bars.
    unit: str


def work_of(user) -> dict:
    """Everything the dashboard shows: twelve queries, whatever there is."""
    counts = _counts()
    mine = Q(owner=user) | Q(deputy=user) | Exists(Contribution.objects.filter(page=OuterRef("pk"), user_id=user.pk))
    own = Page.objects.filter(mine)
    tasks = ReferenceTask.objects.filter(closed_at=None, page__in=own).select_related("page", "reference")
    return {
        "overdue": _overdue(),
        "overdue_count": counts["overdue"],
        "overdue_url": work_url(list="overdue"),
        **_drafts_of(own),
        "taken": ReviewRequest.objects.open().claimed().filter(claimed_by=user).select_related("page"),
        "comments": ReviewComment.objects.filter(resolved_at=None, page__in=own).select_related("page")[:LENGTH],
        "tasks": tasks[:LENGTH],
        "content_tasks": ContentTask.objects.open().filter(page__in=own).select_related("page")[:LENGTH],
        "queue": _queue(),
        "work_lists": [(each, counts[each.name]) for each in all_work_lists()],
        "charts": [_states(counts), _due_by_month(counts), _coverage(counts)],
        "scheduled": Schedule.objects.select_related("page").defer("snapshot", "rows")[:LENGTH],
        "published": _published(),
    }


def _counts() -> dict[str, int]:
    """How long each work list is, and how many pages are in each state. One query."""
    filters = {each.name: each.condition() for each in all_work_lists()}
    filters |= {f"state-{state}": Q(state=state) for state in Page.State.values}
    filters["health"] = IS_LIVE & is_health()
    return Page.objects.aggregate(**{name: Count("pk", filter=condition) for name, condition in filters.items()})


def _overdue() -> list[Edition]:
    found = Edition.objects.live().overdue().for_cards().select_related("page__owner", "page__deputy")
    return list(found.order_by("review_due_on", "title")[:LENGTH])


def _drafts_of(own) -> dict:
    """Drafts, those that were sent back first, with what was said. One query."""
    labels = ["publishing.page", *(model._meta.label_lower for model in page_models())]
    moves = Event.objects.filter(subject_label__in=labels, subject_id=OuterRef("pk"), action__in=MOVES)
    last = {name: Subquery(moves.order_by("-pk").values(name)[:1]) for name in ("action", "reason", "user_name")}
    drafts = own.filter(state=Page.State.DRAFT).annotate(
        public_since=F("live__valid_from"), **{f"last_{name}": value for name, value in last.items()}
    )
    sent_back, drafts_of_mine = [], []
    for page in drafts.order_by("-changed_at", "pk")[: 2 * LENGTH]:
        (sent_back if page.last_action == Event.Action.RETURNED else drafts_of_mine).append(page)
    return {"sent_back": sent_back, "drafts": drafts_of_mine[:LENGTH]}


def _queue() -> list[tuple[str, int, str]]:
    """Label, number and address of each part of the review queue. One query."""
    today = timezone.localdate()
    filters = {
        "all": Q(),
        **{stage: Q(stage=stage) for stage in ReviewRequest.Stage.values},
        "free": Q(pk__in=ReviewRequest.objects.in_the_pool().values("pk")),
        "late": Q(due_on__lt=today),
    }
    found = ReviewRequest.objects.open().aggregate(**{name: Count("pk", filter=q) for name, q in filters.items()})
    stages = [(label, found[stage], queue_url(stage=stage)) for stage, label in ReviewRequest.Stage.choices]
    return [
        (_("All that wait"), found["all"], queue_url()),
        *stages,
        (_("Taken by nobody"), found["free"], queue_url(taken_by="nobody")),
        (_("Overdue"), found["late"], queue_url(due="overdue")),
    ]


def _published() -> list[Edition]:
    found = Edition.objects.live().for_cards().select_related("page")
    return list(found.order_by("-valid_from", "-pk")[: LENGTH // 2])


def _states(counts: dict[str, int]) -> Chart:
    most = max(counts[f"state-{state}"] for state in Page.State.values)
    bars = [Bar(label, counts[f"state-{state}"], most, work_url(state=state)) for state, label in Page.State.choices]
    return Chart("states", _("Pages by state"), bars, _("Pages"))


def _due_by_month(counts: dict[str, int]) -> Chart:
    """This month and the eleven after it, what is overdue before them. One query."""
    first = timezone.localdate().replace(day=1)
    months = [first]
    while len(months) < MONTHS:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    after = (months[-1] + timedelta(days=31)).replace(day=1)
    live = Edition.objects.live().filter(review_due_on__gte=timezone.localdate(), review_due_on__lt=after)
    found = live.annotate(month=TruncMonth("review_due_on")).values("month").annotate(count=Count("pk")).order_by()
    by_month = {each["month"]: each["count"] for each in found}
    most = max([counts["overdue"], *by_month.values()])
    bars = [Bar(_("Overdue"), counts["overdue"], most, work_url(list="overdue"))]
    bars += [Bar(_name(month), by_month.get(month, 0), most, work_url(month=f"{month:%Y-%m}")) for month in months]
    return Chart("due", _("Reviews due by month"), bars, _("Pages"))


def _name(month: date) -> str:
    return date_format(month, "F Y")


def _coverage(counts: dict[str, int]) -> Chart:
    """The share of public health pages that are well in each way; the lists are of the others."""
    total, bars = counts["health"], []
    for name, label in COVERAGE.items():
        well = total - counts[name]
        text = _("%(well)d of %(total)d") % {"well": well, "total": total}
        bars.append(Bar(label, well, total, work_url(list=name), text))
    title = _("Public health pages: what is well")
    return Chart("coverage", title, bars, _("Pages that are well, linked to the others"))
