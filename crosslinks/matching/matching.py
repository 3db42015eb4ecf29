"""The matcher: reads a text, finds the names, learns the definitions, decides."""

from crosslinks.matching.deciding import Page, decide, meanings, supported_by_names
from crosslinks.matching.definitions import Definition, definitions
from crosslinks.matching.finding import Found, find
from crosslinks.matching.names import exact_form
from crosslinks.matching.reading import Reading, places, read
from crosslinks.matching.shortforms import parentheses
from crosslinks.matching.terms import Span
from crosslinks.matching.vocabulary import NOTHING, Vocabulary, blocked_keys


def match(
    text: str | Reading,
    vocabulary: Vocabulary,
    *,
    about: int | str | None = None,
    related: frozenset = frozenset(),
    blocked: frozenset[str] = frozenset(),
) -> list[Span]:
    """Every name that stands in the text, read already or not, in its order: accepted or refused, and why.

    `about` is the entity of the page (its own names are returned too), `related` are the entities related to it,
    `blocked` are texts that never link on this page. No name crosses an empty line.
    """
    reading = read(text) if isinstance(text, str) else text
    brackets = parentheses(reading)
    found = find(reading, vocabulary, brackets, blocked=blocked)
    page = Page(reading, vocabulary, blocked=vocabulary.blocked | blocked_keys(blocked))
    page.supported = supported_by_names(page, found) | related
    if about is not None:
        page.supported.add(about)
    made = definitions(reading, found, brackets)
    page.meanings = meanings(page, made)
    found += newly_defined(page, found, made)
    spans = (decide(page, each) for each in found)
    return sorted((span for span in spans if span.entity != NOTHING), key=lambda span: span.start)


def newly_defined(page: Page, found: list[Found], made: list[Definition]) -> list[Found]:
    """Short forms that only the text knows, from their definition onwards."""
    reading = page.reading
    first_places: dict[str, int] = {}
    for definition in made:
        if page.meanings[definition.short] is not None:
            first_places.setdefault(definition.short, definition.first)
    if not first_places:
        return []
    begin = {reading.words[place].removesuffix("s") for place in first_places.values()}
    begin |= {f"{word}s" for word in begin}
    longest = max(definition.last - definition.first for definition in made)
    taken = {index for each in found for index in range(each.first, each.last)}
    added: list[Found] = []
    for first in places(reading.words, begin):
        for last in range(min(first + longest, len(reading.words)), first, -1):
            short = _short_form_at(reading, first, last, first_places)
            if short and taken.isdisjoint(range(first, last)):
                taken.update(range(first, last))
                meaning = page.meanings[short]
                added += [Found(first, last, (), [meaning], defined=True)] if meaning else []
    return added


def _short_form_at(reading: Reading, first: int, last: int, first_places: dict[str, int]) -> str | None:
    """The defined short form that stands there, after its definition."""
    if not (reading.at_edge(first) and reading.at_edge(last)):
        return None
    surface = exact_form(reading.surface(first, last))
    return next(
        (form for form in (surface, surface.removesuffix("s")) if first_places.get(form, first + 1) <= first), None
    )
