"""How good the order of results is: over queries of which people said which page should come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search.searching import search


@dataclass(frozen=True)
class Wanted:
    query: str
    # `kind/slug` of each page that is a right first result.
    pages: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Outcome:
    wanted: Wanted
    found: tuple[str, ...]

    @property
    def reciprocal_rank(self) -> float:
        ranks = (place for place, page in enumerate(self.found, start=1) if page in self.wanted.pages)
        return 1 / next(ranks, float("inf"))


def read_queries(path: Path) -> list[Wanted]:
    """Lines of query, pages and kind of query, with tabs between them, under a line of headings."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return [Wanted(query, tuple(pages.split()), kind) for query, pages, kind in rows]


def evaluate(queries: Iterable[Wanted]) -> list[Outcome]:
    return [Outcome(each, first_pages(each.query)) for each in queries]


def first_pages(query: str) -> tuple[str, ...]:
    return tuple(f"{hit.edition.kind}/{hit.edition.slug}" for hit in search(query).hits)


def mean_reciprocal_rank(outcomes: list[Outcome]) -> float:
    return sum(each.reciprocal_rank for each in outcomes) / len(outcomes)
