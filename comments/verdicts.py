"""What a rule of moderation says of a comment: let it pass, hold it for a closer look, or refuse it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comments.phrases import Reading

if TYPE_CHECKING:
    from comments.learning.classifier import Opinion


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105 (no password)
    HOLD = "hold"
    REJECT = "reject"


class Flag(TextChoices):
    """What a comment may mean for somebody's health or privacy, the most pressing first: so they stand in the queue."""

    EMERGENCY = "emergency", _("Emergency or self-harm")
    SIDE_EFFECT = "side-effect", _("Suspected side effect")
    DOSE_ADVICE = "dose-advice", _("Advice on doses, or to stop a treatment")
    PERSONAL_DATA = "personal-data", _("Names, numbers or addresses of a person")
    ADVICE_REQUEST = "medical-advice-request", _("Asks for personal medical advice")
    MIRACLE_CURE = "miracle-cure", _("Promotes a miracle cure")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a plain sentence for moderators; `words` are those of the comment that led to it, as written."""

    outcome: Outcome
    reason: str = ""
    words: tuple[str, ...] = ()
    flag: str = ""


PASS = Verdict(Outcome.PASS)


def hold(reason, *words: str, flag: str = "") -> Verdict:
    return Verdict(Outcome.HOLD, reason, words, flag)


def reject(reason, *words: str) -> Verdict:
    return Verdict(Outcome.REJECT, reason, words)


@dataclass(frozen=True)
class Candidate:
    """What the rules judge: a comment as it was written, and how it came. Without circumstances, as in a dry run over
    stored comments, the rules about circumstances let it pass.
    """

    name: str
    text: str
    # How given, practical tips, unwanted effects, what I wish I had known: of an experience of a therapy.
    experience: tuple[str, ...] = ()
    kind: str = ""
    email: str = ""
    page_title: str = ""
    circumstances: "Circumstances | None" = None

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, *filter(None, self.experience))

    @cached_property
    def whole(self) -> str:
        """All that was written, but for the name."""
        return "\n".join(self.texts)

    # What several rules ask for is kept here, and goes with the candidate: nothing else remembers what people wrote.

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.whole)

    @cached_property
    def opinions(self) -> "list[Opinion]":
        """What the second reader says: of all of it, and of its parts."""
        from comments.learning.likeness import opinions_of  # noqa: PLC0415 (it gives verdicts itself)

        return opinions_of(self)


@dataclass(frozen=True)
class Circumstances:
    """What the database and the form know about a comment that has just come."""

    # Seconds between showing the form and sending it; None where there was no form, as for an edit.
    form_age: float | None = None
    honeypot: str = ""
    # None where no proof of work is asked for.
    has_worked: bool | None = None
    # Numbers of comments with the same words, stored within the last days.
    duplicates: int = 0
    # How many came on this page within the last hour, and on the site within the last minute; counted up to the brake.
    on_page: int = 0
    on_site: int = 0
    # What a block of staff says: its reason and whether it refuses, for the address or the network.
    blocked: tuple[str, bool] | None = None
    # Blocked phrases of staff: (phrase, reason, whether it refuses).
    blocked_phrases: tuple[tuple[str, str, bool], ...] = ()
    # Names of staff and of the site, as keys (`comments.text.name_key`).
    staff_names: frozenset[str] = frozenset()
