"""One search: understood, asked of the index, ranked, and made ready to be shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.editions import Edition
from publishing.kinds import by_kind
from search import index
from search.documents import first_number_of, group_in, month_of, page_in
from search.entries import PROMINENT, TITLE
from search.index import Found, Narrowed, Question
from search.pairs import pairs_of
from search.queries import Query, Without, all_of, either
from search.ranking import Ranked, ranked
from search.results import Choice, Facet, Hit, Results, SectionLink
from search.snippets import marked, places, snippet
from search.suggesting import nearest
from search.understanding import Understood, understand

PER_PAGE = 10
YEARS = (1, 2, 3)
# Fewer results than these, and pages that have only some of the words are results too.
FEW = 3
MOST_SECTIONS = 3
# A page that has most of so many wishes is near to what is asked for.
MOST_COMBINED = 6
LONG = ("html", "snapshot")


@dataclass(frozen=True)
class Narrowing:
    """What the results are narrowed to, as the address says. A value that means nothing narrows to nothing."""

    kind: str = ""
    category: str = ""
    system: str = ""
    since: str = ""

    def parameters(self) -> dict[str, str]:
        return {name: value for name, value in self.__dict__.items() if value}


def search(typed: str, *, narrowing: Narrowing = Narrowing(), page: int = 1, exactly: bool = False) -> Results:
    """At most four queries, however many pages match; some more once after the vocabulary changed."""
    understood = understand(typed, exactly=exactly)
    results = Results(typed=understood.asked.typed, corrected=understood.corrected, is_cut=understood.asked.is_cut)
    results.is_incomplete = not understood.is_complete
    if not understood.wishes:
        return results
    found, ordered = _found(understood, narrowing)
    if found.total < FEW and len(understood.needed) > 1 and not understood.entities:
        whole = frozenset(each.id for each in found.candidates if each.has_all)
        found, ordered = _found(understood, narrowing, whole=whole)
        results.is_partial = found.total > len(whole)
    groups = found.groups
    matching = Counter({number: count for number, count in found.counts.items() if _fits(number, narrowing, groups)})
    results.total = matching.total()
    results.pages = max(1, ceil(min(results.total, len(ordered)) / PER_PAGE))
    results.page = min(max(page, 1), results.pages)
    shown = ordered[(results.page - 1) * PER_PAGE : results.page * PER_PAGE]
    results.hits = list(_hits(understood, shown))
    if results.page == 1:
        results.pairs, results.unpaired = pairs_of(understood, {page_in(each.candidate.id) for each in ordered})
    if not results.hits:
        results.nearest = nearest(understood.corrected or understood.asked.words, understood.lexicon)
    address = _Address(understood, narrowing, exactly)
    results.facets = list(_facets(found.counts, groups, narrowing, address))
    results.exact_url = address.of(exact="1") if understood.corrected else ""
    results.previous_url = address.of(page=results.page - 1) if results.page > 1 else ""
    results.next_url = address.of(page=results.page + 1) if results.page < results.pages else ""
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
    if whole is not None:
        found.candidates = [replace(each, has_all=each.id in whole) for each in found.candidates]
    return found, ranked(understood, found)


def _question(understood: Understood, narrowing: Narrowing, *, partly: bool) -> Question:
    needed = understood.needed
    wanted = [wish.query() for wish in needed]
    in_title, prominent = ([wish.query(place) for wish in needed] for place in (TITLE, PROMINENT))
    near: tuple[Query, ...] = ()
    if partly:
        best, whole = [_most_of(prominent), either(in_title), either(prominent), _most_of(wanted)], either(wanted)
    else:
        best, whole = [all_of(in_title), all_of([either(in_title), *wanted]), all_of(prominent)], all_of(wanted)
        if len(needed) > 2:
            rare = sorted(needed, key=lambda wish: wish.pages)[:MOST_COMBINED]
            near = (_most_of([wish.query(PROMINENT) for wish in rare]), _most_of([wish.query() for wish in rare]))
    without = tuple(understood.unwanted)
    # A page of a title without the phrase itself is no match.
    best = [all_of([each, whole]) if any(wish.is_phrase for wish in needed) else each for each in best]
    return Question(
        wanted=_without(whole, without),
        best=tuple(dict.fromkeys(_without(each, without) for each in best)),
        near=tuple(_without(each, without) for each in near),
        groups=_groups_of(narrowing),
        since=_since(narrowing),
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
    editions = Edition.objects.live().filter(page__in=pages).defer(*LONG)
    known = {edition.page_id: edition for edition in editions.annotate(sections=F("page__search_document__sections"))}
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
        snippet=runs or marked(edition.summary, understood),
        sections=tuple(_section_links(understood, edition, found, at if runs else -1)),
    )


def _range(sections: list[list], section: list) -> range:
    after = sections[sections.index(section) + 1 :]
    return range(section[2], after[0][2] if after else 1 << 31)


def _also_called(understood: Understood, edition: Edition) -> str:
    """The name that the query used of this page, where it is not its title."""
    used = next((name for name in understood.named() if name.page == edition.page_id), None)
    return used.text if used and not used.is_preferred and used.text.casefold() != edition.title.casefold() else ""


def _section_links(understood: Understood, edition: Edition, found, at: int) -> Iterable[SectionLink]:
    """The section of the piece that is shown, that which answers what is asked, and those that have most of it."""
    sections = edition.sections
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


def _fits(number: int, narrowing: Narrowing, groups: dict[int, Narrowed], *, apart_from: str = "") -> bool:
    """Whether documents counted under this number are among the narrowed results, one facet left out."""
    group = groups[group_in(number << index.PAGE_BITS)]
    return (
        (apart_from == "kind" or narrowing.kind in ("", group.kind))
        and (apart_from == "category" or narrowing.category in ("", group.shelf))
        and (apart_from == "system" or narrowing.system in ("", group.body_system))
        and (apart_from == "since" or number << index.PAGE_BITS >= _since(narrowing))
    )


def _since(narrowing: Narrowing) -> int:
    return _first_number(int(narrowing.since)) if narrowing.since in map(str, YEARS) else 0


def _first_number(years: int) -> int:
    return first_number_of(month_of(timezone.now()) - 12 * years)


def _groups_of(narrowing: Narrowing) -> dict[str, str]:
    columns = {"kind": narrowing.kind, "shelf": narrowing.category, "body_system": narrowing.system}
    return {column: value for column, value in columns.items() if value}


@dataclass(frozen=True)
class _Address:
    """Of the same search, narrowed otherwise, on another page, or exactly as typed."""

    understood: Understood
    narrowing: Narrowing
    exactly: bool

    def of(self, **changed) -> str:
        kept = {"exact": "1"} if self.exactly else {}
        parameters = {"q": self.understood.asked.typed} | self.narrowing.parameters() | kept | changed
        return f"{reverse('search:results')}?{urlencode({name: value for name, value in parameters.items() if value})}"


def _facets(
    counts: Counter[int], groups: dict[int, Narrowed], narrowing: Narrowing, address: _Address
) -> Iterable[Facet]:
    """What the results can be narrowed to: each facet counts what the others leave."""
    labels = {
        "kind": (
            _("Kind of page"),
            lambda group: (group.kind, capfirst(by_kind()[group.kind]._meta.verbose_name_plural)),
        ),
        "category": (_("Category"), lambda group: (group.shelf, group.shelf_name)),
        "system": (_("Body system"), lambda group: (group.body_system, group.body_system)),
    }
    for name, (label, value_of) in labels.items():
        left: Counter[tuple[str, str]] = Counter()
        for number, count in counts.items():
            if _fits(number, narrowing, groups, apart_from=name):
                left[value_of(groups[group_in(number << index.PAGE_BITS)])] += count
        yield from _facet(name, label, {value: count for value, count in left.items() if value[0]}, narrowing, address)
    since: Counter[tuple[str, str]] = Counter()
    for years in YEARS:
        least = _first_number(years)
        text = ngettext("In the last year", "In the last %(number)s years", years) % {"number": years}
        since[str(years), text] = sum(
            count
            for number, count in counts.items()
            if number << index.PAGE_BITS >= least and _fits(number, narrowing, groups, apart_from="since")
        )
    yield from _facet("since", _("Reviewed"), since, narrowing, address, in_order=True)


def _facet(
    name: str, label: str, counts, narrowing: Narrowing, address: _Address, *, in_order=False
) -> Iterable[Facet]:
    current = getattr(narrowing, name)
    values = list(counts) if in_order else sorted(counts, key=lambda value: (-counts[value], value[1]))
    choices = tuple(
        Choice(text, counts[value, text], address.of(**{name: "" if value == current else value}), value == current)
        for value, text in values
        if counts[value, text] or value == current
    )
    if choices:
        yield Facet(name, label, choices)
