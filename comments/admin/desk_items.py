"""A comment on the desk, with everything in view that a moderator needs to decide about it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.admin.desk_blocks import blocks_of, is_of, said_of, what_can_be_blocked
from comments.admin.desk_marks import Piece, marked
from comments.comments import EXPERIENCE_FIELDS, WRITTEN_FIELDS, Comment
from comments.decisions import Decision
from comments.house_rules import BY_ID
from comments.moderation import DECIDING, last_rejection, opened_by_other
from comments.notes import Note, Report
from comments.verdicts import Flag, Outcome
from publishing.comparison import Run, compare_words, for_display
from publishing.models import Edition

# Of all the writers on the page together.
MOST_EARLIER = 1_000
LAST = 3
HELD = {
    Outcome.REJECT: gettext_lazy("spam for certain"),
    Outcome.HOLD: gettext_lazy("look closer"),
    # The second reader has set it aside.
    Outcome.PASS: gettext_lazy("does not count"),
}
State, QueuedFor, Action = Comment.State, Comment.QueuedFor, Decision.Action


@dataclass(frozen=True)
class Finding:
    """What one rule said. `held` in words: what it did."""

    rule: str
    held: str
    reason: str
    words: list[str]
    flag: str


@dataclass(frozen=True)
class Entry:
    """A line of the log."""

    decision: Decision

    @property
    def rule(self) -> str:
        """The title of the house rule it cites, or the rule of the pipeline that decided by itself."""
        rule = self.decision.rule
        is_cited = rule in BY_ID and self.decision.action != Action.HELD_BACK
        return str(BY_ID[rule].title) if is_cited else rule_in_words(rule)


@dataclass(frozen=True)
class Earlier:
    """What was decided about other comments of the same writer."""

    how_known: str
    counts: list[tuple[str, int]]
    last: list[Entry]


@dataclass
class Item:
    comment: Comment
    paragraphs: list[list[Piece]]
    name: list[Piece]
    experience: list[tuple[str, list[list[Piece]]]]
    flags: list[str]
    findings: list[Finding]
    changes: list[tuple[str, list[Run]]]
    section: str
    sections: list[tuple[str, str]]
    opened_by: str
    log: list[Entry]
    earlier: Earlier | None
    reports: list[Report]
    notes: list[Note]
    blocks: list[str]
    is_current: bool = False
    # What was typed into one of its forms and not taken, with what is wrong: {"do": …, "problem": …, field: value}.
    typed: dict = field(default_factory=dict)

    @property
    def is_pressing(self) -> bool:
        return bool(self.flags) or any(each.reason == Report.Reason.DANGEROUS for each in self.open_reports)

    @property
    def is_queued(self) -> bool:
        return self.comment.queued_at is not None

    @property
    def open_reports(self) -> list[Report]:
        return [report for report in self.reports if report.handled_at is None]

    @property
    def rejection(self) -> Entry | None:
        """What its writer objects to."""
        decision = last_rejection(each.decision for each in self.log)
        return Entry(decision) if decision else None

    @property
    def is_gone(self) -> bool:
        return self.comment.is_gone

    @property
    def may_approve(self) -> bool:
        return not self.is_gone and (self.is_queued or self.comment.state != State.APPROVED)

    @property
    def may_reject(self) -> bool:
        return not self.is_gone and (self.is_queued or self.comment.state != State.REJECTED)

    @property
    def may_mark_spam(self) -> bool:
        return not self.is_gone and self.comment.state != State.SPAM

    @property
    def may_put_back(self) -> bool:
        return not self.is_gone and not self.is_queued

    @property
    def may_answer(self) -> bool:
        return not self.is_gone and self.comment.page.live_id is not None

    @property
    def can_be_blocked(self) -> list[tuple[str, str]]:
        return what_can_be_blocked(self.comment)

    @property
    def has_open_task(self) -> bool:
        return self.comment.task is not None and self.comment.task.is_open

    @property
    def approve_label(self) -> str:
        """Approving means something else for a comment that readers see already."""
        if self.comment.proposed and self.comment.is_public:
            return _("Approve the change")
        return _("Keep it") if self.comment.is_public else _("Approve")

    @property
    def reject_label(self) -> str:
        return _("Reject the change") if self.comment.proposed and not self.open_reports else _("Reject")


def items_of(numbers: list[int], user) -> list[Item]:
    """Eight queries, however many comments; those that are gone from the database are left out."""
    long = [f"edition__{name}" for name in ("snapshot", "html", "text")]
    related = ("page", "edition", "parent", "answers", "clinician", "opened_by", "task")
    found = Comment.objects.select_related(*related).defer(*long).in_bulk(numbers)
    comments = [found[number] for number in numbers if number in found]
    sections = dict(
        Edition.objects.filter(pk__in={each.edition_id for each in comments}).values_list("pk", "snapshot__sections")
    )
    others = _others_of_the_writers(comments)
    logs = _logs([*(each.pk for each in comments), *(each["pk"] for each in others)])
    reports = _by_comment(Report.objects.filter(comment__in=numbers))
    notes = _by_comment(Note.objects.filter(comment__in=numbers))
    blocks = blocks_of(comments)
    return [
        _item(
            comment,
            sections=[(each["id"], each["title"]) for each in sections[comment.edition_id]],
            opened_by=opened_by_other(comment, user),
            log=[Entry(each) for each in logs[comment.pk]],
            earlier=_earlier(comment, others, logs),
            reports=reports[comment.pk],
            notes=notes[comment.pk],
            blocks=[said_of(each) for each in blocks if is_of(each, comment)],
        )
        for comment in comments
    ]


def _item(comment: Comment, *, sections: list[tuple[str, str]], **known) -> Item:
    words = [word for each in comment.findings for word in each.get("words", ())]
    experience = [
        (_label(name), marked(getattr(comment, name), words)) for name in EXPERIENCE_FIELDS if getattr(comment, name)
    ]
    return Item(
        comment=comment,
        paragraphs=marked(comment.text, words),
        name=marked(comment.name, words)[0],
        experience=experience,
        flags=[flag_in_words(flag) for flag in comment.flags],
        findings=[_finding(each) for each in comment.findings],
        changes=_changes(comment),
        section=dict(sections).get(comment.section, ""),
        sections=sections,
        **known,
    )


def _label(name: str) -> str:
    return capfirst(Comment._meta.get_field(name).verbose_name)


def _finding(found: dict) -> Finding:
    return Finding(
        rule=rule_in_words(found["rule"]),
        held=HELD[found["outcome"]],
        reason=found["reason"],
        words=list(found.get("words", ())),
        flag=flag_in_words(found.get("flag", "")),
    )


def flag_in_words(flag: str) -> str:
    return str(Flag(flag).label) if flag in Flag.values else flag


def rule_in_words(rule: str) -> str:
    """The name of a rule of the pipeline."""
    return capfirst(rule.replace("_", " ").replace("-", " "))


def _changes(comment: Comment) -> list[tuple[str, list[Run]]]:
    """What an edit of a public comment would change, word by word."""
    if not comment.proposed:
        return []
    before, after = comment.written, comment.proposed
    changed = [name for name in WRITTEN_FIELDS if before[name] != after[name]]
    return [(_label(name), for_display(compare_words(before[name], after[name]))) for name in changed]


# The writer


def _others_of_the_writers(comments: list[Comment]) -> list[dict]:
    """Decided comments of the same writers: of a proved address, or of the same network on the same day."""
    emails = {each.email for each in comments if each.email_confirmed_at}
    networks = {each.network for each in comments} - {""}
    # The index on networks has no empty ones: it is used only where that is said.
    same = Q(email__in=emails, email_confirmed_at__isnull=False) | (Q(network__in=networks) & ~Q(network=""))
    columns = ("pk", "email", "email_confirmed_at", "network")
    decided = Comment.objects.filter(same, decided_at__isnull=False)
    return list(decided.order_by("-pk").values(*columns)[:MOST_EARLIER])


def _earlier(comment: Comment, others: list[dict], logs: dict[int, list[Decision]]) -> Earlier | None:
    if comment.email_confirmed_at:
        how_known = _("the same confirmed address")
        same = [each["pk"] for each in others if each["email"] == comment.email and each["email_confirmed_at"]]
    else:
        how_known = _("the same network on the same day")
        same = [each["pk"] for each in others if comment.network and each["network"] == comment.network]
    entries = [each for number in same if number != comment.pk for each in logs[number] if each.action in DECIDING]
    if not entries:
        return None
    counted = Counter(each.get_action_display() for each in entries)
    last = sorted(entries, key=lambda each: each.pk, reverse=True)[:LAST]
    return Earlier(how_known, counted.most_common(), [Entry(each) for each in last])


def _logs(numbers: list[int]) -> dict[int, list[Decision]]:
    logs = defaultdict(list)
    for decision in Decision.objects.filter(comment_id__in=numbers).order_by("pk"):
        logs[decision.comment_id].append(decision)
    return logs


def _by_comment(rows) -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.comment_id].append(row)
    return grouped
