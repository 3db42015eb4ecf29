"""What goes into the matcher and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum


class Linking(StrEnum):
    AUTOMATIC = "automatic"  # links, unless a rule asks for evidence
    EVIDENCE = "evidence"  # links only with evidence on the page
    NEVER = "never"  # recognised, so that nothing inside it links, but never linked


@dataclass(frozen=True, slots=True)
class Term:
    """One name of one entity."""

    key: int | str
    entity: int | str
    text: str
    kind: str  # preferred abbreviation plain brand generic former plural class
    exact_case: bool = False
    linking: Linking = Linking.AUTOMATIC


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text where a name stands, and what was decided about it."""

    start: int
    end: int
    entity: int | str
    term: int | str
    how: str  # exact variant plural defined
    accepted: bool
    reason: str  # one of the codes in crosslinks.matching.deciding
