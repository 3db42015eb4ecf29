"""The matcher: reads a text, finds the names, learns the definitions, decides."""

from crosslinks.matching.deciding import Page, decide, meanings, supported_by_names
from crosslinks.matching.definitions import Definition, definitions
from crosslinks.matching.finding import Found, find
from crosslinks.matching.names import exact_form
from crosslinks.matching.reading import Reading, read
from crosslinks.matching.terms import Span, Term
from crosslinks.matching.vocabulary import Vocabulary, blocked_keys


def match(
    text: str,
    vocabulary: Vocabulary,
    *,
    about: int | str | None = None,
    related: frozenset = frozenset(),
    blocked: frozenset[str] = frozenset(),
) -> list[Span]:
    """Every name that stands in the text, in the order of the text: accepted or refused, and why.

    `about` is the entity of the page (its own names are returned too), `related` are the entities related to it, `blocked`
    are texts that never link on this page. No name crosses an empty line.
    """
    reading = read(text)
    found = find(reading, vocabulary)
    page = Page(reading, vocabulary, blocked=vocabulary.blocked | blocked_keys(blocked))
    page.supported = supported_by_names(page, found) | related
    if about is not None:
        page.supported.add(about)
    made = definitions(reading, found)
    page.meanings = meanings(page, made)
    found += newly_defined(page, found, made)
    return sorted((decide(page, each) for each in found), key=lambda span: span.start)


def newly_defined(page: Page, found: list[Found], made: list[Definition]) -> list[Found]:
    """Short forms that only the text knows, from their definition onwards."""
    reading = page.reading
    begins: dict[str, list[tuple[Definition, Term]]] = {}
    for definition in made:
        meaning = page.meanings.get(definition.short)
        if meaning is not None:
            begins.setdefault(reading.words[definition.first], []).append((definition, meaning))
    if not begins:
        return []
    free = bytearray(b"\1" * len(reading.words))
    for each in found:
        free[each.first : each.last] = bytes(each.last - each.first)
    added = []
    for index in [index for index, word in enumerate(reading.words) if word in begins or word[:-1] in begins]:
        word = reading.words[index]
        for definition, meaning in begins.get(word) or begins.get(word.removesuffix("s")) or ():
            last = index + definition.last - definition.first
            if index >= definition.first and all(free[index:last]) and _stands_at(reading, index, last, definition.short):
                free[index:last] = bytes(last - index)
                added.append(Found(index, last, (), [meaning], defined=True))
    return added


def _stands_at(reading: Reading, first: int, last: int, short: str) -> bool:
    if last > len(reading.words) or not (reading.at_edge(first) and reading.at_edge(last)):
        return False
    return exact_form(reading.surface(first, last)) in (short, short + "s")
