"""A dry run of the rules over stored comments: what would be held, flagged or let pass otherwise than it was.

It compares what the rules say of the words. What was found when a comment came, such as a rush, is left out on both
sides, as it cannot be known again. No text is shown.
"""

from collections import Counter
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from comments.arriving import candidate_of, staff_names
from comments.blocks import Block
from comments.comments import Comment
from comments.rules import ABOUT_ITS_COMING, Judgement, concluded, judge
from comments.verdicts import Circumstances


class Command(BaseCommand):
    help = "Show what the rules of today would change about stored comments. Nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("--since", metavar="DATE", help="only comments posted since this day, as 2026-01-31")
        parser.add_argument("--limit", type=int, metavar="N", help="only the newest so many")

    def handle(self, *, since, limit, **options):
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more.")
        comments = Comment.objects.exclude(state=Comment.State.ERASED).filter(is_official=False).order_by("-pk")
        if since:
            comments = comments.filter(posted_at__date__gte=day(since))
        came = circumstances()
        changes: Counter[tuple[str, str]] = Counter()
        numbers = []
        for comment in comments.select_related("page")[:limit].iterator(chunk_size=500):
            change = then(comment), said(judge(candidate_of(comment, came)))
            changes[change] += 1
            if change[0] != change[1]:
                numbers.append((comment.pk, *change))
        self.stdout.write(f"{changes.total()} comments, {len(numbers)} of them would change.")
        for (before, now), count in sorted(changes.items()):
            self.stdout.write(f"{count}\t{before} → {now}")
        for number, before, now in numbers:
            self.stdout.write(f"Comment {number}: {before} → {now}")


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise CommandError(f"--since must be a day such as 2026-01-31, not “{value}”.") from error


def circumstances() -> Circumstances:
    """What can be known of any comment at any time: the names of staff, and the phrases that are blocked."""
    phrases = Block.objects.in_force().filter(kind=Block.Kind.PHRASE)
    return Circumstances(
        staff_names=staff_names(), blocked_phrases=tuple(phrases.values_list("value", "reason", "refuses"))
    )


def then(comment: Comment) -> str:
    return said(concluded([each for each in comment.findings if each["rule"] not in ABOUT_ITS_COMING]))


def said(judgement: Judgement) -> str:
    return " ".join([judgement.outcome, *judgement.flags])
