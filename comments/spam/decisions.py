"""What the filter learns from: the decisions that come with the site, and those of its moderators."""

from collections.abc import Iterator
from pathlib import Path

from comments.comments import EXPERIENCE_FIELDS, Comment
from comments.decisions import Decision
from comments.spam.bayes import GENUINE, SPAM

DATA = Path(__file__).parent.parent / "data"
SHIPPED = DATA / "decisions.tsv"
TEXTS = ("text", *EXPERIENCE_FIELDS)


def shipped() -> dict[str, list[str]]:
    """Texts by label: invented for this purpose, none of a real person."""
    texts: dict[str, list[str]] = {SPAM: [], GENUINE: []}
    for line in SHIPPED.read_text(encoding="utf-8").splitlines()[1:]:
        label, text = line.split("\t")
        texts[label].append(text)
    return texts


def own() -> dict[str, list[str]]:
    """Texts by label, of stored comments that a person called spam or approved. Two queries."""
    return {SPAM: list(_texts(Comment.State.SPAM)), GENUINE: list(_texts(Comment.State.APPROVED))}


def _texts(state: str) -> Iterator[str]:
    # What a rule put among spam and nobody looked at would only teach the filter what the rules know.
    by_people = Decision.objects.filter(user_id__isnull=False, state_after=state).values("comment_id")
    chosen = Comment.objects.filter(state=state, pk__in=by_people, is_official=False).order_by("pk")
    for comment in chosen.only(*TEXTS).iterator():
        yield "\n".join(filter(None, (getattr(comment, name) for name in TEXTS)))
