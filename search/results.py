"""What a search gives: plain values, ready for the template of the results page."""

from dataclasses import dataclass, field
from datetime import date

from publishing.editions import Edition


@dataclass(frozen=True)
class Run:
    """A stretch of a snippet, and whether it is what the reader looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True)
class SectionLink:
    title: str
    url: str


@dataclass(frozen=True)
class Hit:
    edition: Edition
    # The name of this page that the query used, where it is not the title.
    also_called: str = ""
    snippet: tuple[Run, ...] = ()
    # The section from which the snippet is, then others in which the words stand.
    sections: tuple[SectionLink, ...] = ()
    # When a clinician last reviewed its whole text: never of a stand-in for one.
    reviewed_on: date | None = None

    @property
    def url(self) -> str:
        return self.edition.get_absolute_url()


@dataclass(frozen=True)
class Pair:
    """What is public of a therapy for a condition: an indication, or a caution, which has no status and no evidence."""

    therapy: str
    condition: str
    url: str
    label: str
    is_caution: bool
    description: str
    qualifier: str = ""
    status: str = ""
    status_label: str = ""
    authority: str = ""
    region: str = ""
    evidence_label: str = ""
    is_reviewed: bool = True
    is_of_stand_in: bool = False
    is_checked: bool = True


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many of the results have it, and the address of the results with it, or without."""

    label: str
    count: int
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Nearest:
    """A page whose name is near to what was typed."""

    name: str
    title: str
    url: str


@dataclass
class Results:
    # As it was typed.
    typed: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    # There may be more, also where nothing was found: not all pages were searched for a phrase.
    is_at_least: bool = False
    # No page has all words: these have some of them.
    is_partial: bool = False
    # What was looked for instead, when a word was mistyped, and the address of the results for exactly what was typed.
    corrected: str = ""
    exact_url: str = ""
    pairs: list[Pair] = field(default_factory=list)
    # A therapy and a condition were named, and no public row joins them: their titles.
    unpaired: tuple[str, str] | None = None
    facets: list[Facet] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    # On the last page: how many of more results are listed, which are the best.
    listed: int = 0
    previous_url: str = ""
    next_url: str = ""
    nearest: list[Nearest] = field(default_factory=list)
    # The index is being made anew: pages are missing.
    is_incomplete: bool = False
    # The query was cut at the limit of characters.
    is_cut: bool = False

    @property
    def narrowed_by(self) -> list[Choice]:
        """The choices that are on: leaving one off gives more."""
        return [choice for facet in self.facets for choice in facet.choices if choice.is_current]
