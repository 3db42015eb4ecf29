"""One search: understood, asked of the index, ranked, and made ready to be shown."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from math import ceil

from django.db.models import F

from publishing.claims import Claim
from publishing.editions import Edition
from search import index
from search.documents import page_in
from search.entries import PROMINENT, TITLE
from search.index import Found, Question
from search.narrowing import Address, Narrowing, counted, facets
from search.pairs import has_indications, pairs_of
from search.queries import Query, Without, all_of, either, loosened
from search.ranking import Ranked, ranked
from search.results import Hit, Results, SectionLink
from search.snippets import marked, places, snippet
from search.suggesting import nearest
from search.understanding import Understood, understand

PER_PAGE = 10
# Fewer results than these, and pages that have only some of the words are results too.
FEW = 3
MOST_SECTIONS = 3
# A page that has most of so many wishes is near to what is asked for.
MOST_COMBINED = 6
# Of more words those in prominent places alone: there are too many ways to leave some out.
FEW_ENOUGH = 4
# Of all wishes together: beside many others, a name stands for fewer of the names of its page.
MOST_ALTERNATIVES = 60
LONG = ("html", "snapshot")
EVERYTHING = Narrowing()


def search(typed: str, *, narrowing: Narrowing = EVERYTHING, page: int = 1, exactly: bool = False) -> Results:
    """At most four queries, however many pages match; one more after the vocabulary changed."""
    understood = understand(typed, exactly=exactly)
    results = Results(typed=understood.asked.typed, corrected=understood.corrected, is_cut=understood.asked.is_cut)
    results.is_incomplete = not understood.is_complete
    if not understood.wishes:
        return results
    found, ordered = _found(understood, narrowing)
    results.is_at_least = found.is_cut
    if found.total < FEW and len(understood.needed) > 1 and not understood.entities:
        whole = frozenset(each.id for each in found.candidates if each.has_all)
        found, ordered = _found(understood, narrowing, whole=whole)
    results.total = counted(found, narrowing)
    results.pages = max(1, ceil(min(results.total, len(ordered)) / PER_PAGE))
    results.page = min(max(page, 1), results.pages)
    if results.page == results.pages and len(ordered) < results.total:
        results.listed = len(ordered)
    shown = ordered[(results.page - 1) * PER_PAGE : results.page * PER_PAGE]
    results.hits = list(_hits(understood, shown))
    has_whole = any(each.candidate.has_all for each in ordered)
    results.is_partial = not (has_whole or understood.names_all or understood.names_two)
    if results.page == 1:
        results.pairs, results.unpaired = pairs_of(understood, {page_in(each.candidate.id) for each in ordered})
    address = Address(understood.asked.typed, narrowing, exactly)
    results.facets = list(facets(found, narrowing, address))
    results.exact_url = address.of(exact="1") if understood.corrected else ""
    results.previous_url = address.of(page=results.page - 1) if results.page > 1 else ""
    results.next_url = address.of(page=results.page + 1) if results.page < results.pages else ""
    if not results.hits:
        results.nearest = nearest(understood.corrected or understood.asked.words, understood.lexicon)
    return results


def _found(
    understood: Understood, narrowing: Narrowing, *, whole: frozenset[int] | None = None
) -> tuple[Found, list[Ranked]]:
    """All matches counted, and the best of them in their order. Pages that are named count, whatever they say.

    With `whole`, the pages that have everything, those that have only some of it count too.
    """
    named = sorted({name.page for name in understood.nearly}.union(*(each.pages for each in understood.entities)))
    found = index.find(replace(_question(understood, narrowing, partly=whole is not None), pages=tuple(named)))
    for each in found.candidates:
        if not each.has_all:
            found.counts[each.id >> index.PAGE_BITS] += 1
    found.candidates = [each for each in found.candidates if narrowing.fits_document(each.id, found.groups)]
    if whole is not None:
        found.candidates = [replace(each, has_all=each.id in whole) for each in found.candidates]
    return found, ranked(understood, found)


def _question(understood: Understood, narrowing: Narrowing, *, partly: bool) -> Question:
    most = max(2, MOST_ALTERNATIVES // max(1, len(understood.needed)))
    needed = [replace(wish, alternatives=wish.alternatives[:most]) for wish in understood.needed]
    wanted = [wish.query() for wish in needed]
    in_title, prominent = ([wish.query(place) for wish in needed] for place in (TITLE, PROMINENT))
    near: tuple[Query, ...] = ()
    if partly:
        # Where some of the words are enough, those of a phrase need not stand together.
        wanted = [loosened(each) for each in wanted]
        best, whole = [_most_of(prominent), either(in_title), either(prominent), _most_of(wanted)], either(wanted)
    else:
        best, whole = [all_of(in_title), all_of([either(in_title), *wanted]), all_of(prominent)], all_of(wanted)
        if len(needed) > 2:
            rare = sorted(needed, key=lambda wish: wish.pages)[:MOST_COMBINED]
            near = (_most_of([wish.query(PROMINENT) for wish in rare]),)
            if len(needed) <= FEW_ENOUGH:
                near += (_most_of(wanted),)
        if any(wish.is_phrase for wish in needed):
            # A page of a title without the phrase itself is no match.
            best = [all_of([each, whole]) for each in best]
    without = tuple(understood.unwanted)
    return Question(
        wanted=_without(whole, without),
        best=tuple(dict.fromkeys(_without(each, without) for each in best)),
        # Near enough without the order of words, which only one database has in its index.
        near=tuple(loosened(_without(each, without)) for each in near),
        unwanted=without,
        groups=narrowing.columns,
        since=narrowing.first_number,
    )


def _without(query: Query, unwanted: tuple[Query, ...]) -> Query:
    return Without(query, unwanted) if unwanted else query


def _most_of(queries: list[Query]) -> Query:
    """Two thirds of these, whichever."""
    queries = queries[:MOST_COMBINED]
    return either(all_of(some) for some in combinations(queries, ceil(len(queries) * 2 / 3)))


def _hits(understood: Understood, shown: list[Ranked]) -> Iterable[Hit]:
    """The pages with the pieces of their text that show why they were found. One query."""
    pages = [page_in(each.candidate.id) for each in shown]
    editions = Edition.objects.live().with_review().filter(page__in=pages).defer(*LONG)
    editions = editions.annotate(sections=F("page__search_document__sections"), has_indications=has_indications())
    known = {edition.page_id: edition for edition in editions}
    for page in pages:
        if page in known:
            yield _hit(understood, known[page])


def _hit(understood: Understood, edition: Edition) -> Hit:
    found = places(edition.text, understood)
    sections = [each for each in edition.sections if each[2] >= 0]
    asked = next((_range(sections, each) for each in sections if each[0] in understood.sections), None)
    runs, at = snippet(edition.text, found, asked)
    return Hit(
        edition,
        also_called=_also_called(understood, edition),
        reviewed_on=_reviewed_on(edition),
        snippet=runs or marked(edition.summary, understood),
        sections=tuple(_section_links(understood, edition, found, at if runs else -1)),
    )


def _reviewed_on(edition: Edition) -> date | None:
    """The day a clinician reviewed its text as a whole; not that of a stand-in. Of names and rows it says nothing."""
    claim = Claim(edition)
    return claim.whole_reviewed_on if claim.is_reviewed and not claim.is_demonstration else None


def _range(sections: list[list], section: list) -> range:
    after = sections[sections.index(section) + 1 :]
    return range(section[2], after[0][2] if after else 1 << 31)


def _also_called(understood: Understood, edition: Edition) -> str:
    """The name that the query used of this page, where it is not its title."""
    used = next((name for name in understood.named() if name.page == edition.page_id), None)
    return used.text if used and not used.is_preferred and used.text.casefold() != edition.title.casefold() else ""


def _section_links(understood: Understood, edition: Edition, found, at: int) -> Iterable[SectionLink]:
    """The section of the piece that is shown, that which answers what is asked, and those that have most of it."""
    sections = [each for each in edition.sections if each[2] >= 0 or edition.has_indications]
    wishes: dict[int, set[int]] = {}
    for place in found:
        if (number := _section_at(sections, place.start)) is not None:
            wishes.setdefault(number, set()).add(place.wish)
    shown = _section_at(sections, at) if at >= 0 else None
    answering = [number for number, each in enumerate(sections) if each[0] in understood.sections]
    most = sorted(wishes, key=lambda number: (-len(wishes[number]), number))
    chosen = dict.fromkeys([*([] if shown is None else [shown]), *answering[:1], *most])
    url = edition.get_absolute_url()
    for number in list(chosen)[:MOST_SECTIONS]:
        yield SectionLink(sections[number][1], f"{url}#{sections[number][0]}")


def _section_at(sections: list[list], at: int) -> int | None:
    return max((number for number, each in enumerate(sections) if 0 <= each[2] <= at), default=None)
