"""Suggestions while a reader types: names of conditions and therapies, then titles of other pages."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extract

from crosslinks.vocabulary import VocabularyState
from publishing.editions import Edition
from search import index
from search.asked import clean
from search.documents import page_in
from search.entries import title_token
from search.lexicon import Called, Lexicon, lexicon
from search.queries import Token, all_of
from search.results import Nearest
from search.words import read_text

MOST_SUGGESTIONS = 8
MOST_CHARACTERS = 80
FEWEST_LETTERS = 2
# Titles are looked for from here on; fewer letters begin too many words.
FEWEST_LETTERS_OF_TITLES = 3
# More are read than shown: pages of some are not public any more.
MOST_READ = 40
# Words that begin so, and names with each: of a thousand names, those first in the alphabet.
MOST_WEIGHED = 200
# Of a hundred: less is another word.
LEAST_NEAR = 65
MOST_NEAREST = 6


@dataclass(frozen=True)
class Suggestion:
    text: str
    edition: Edition


def suggestions(typed: str) -> list[Suggestion]:
    """At most three queries, however much is public."""
    typed = clean(typed)[:MOST_CHARACTERS]
    text = read_text(typed)
    if sum(map(len, text.plain)) < FEWEST_LETTERS:
        return []
    known = lexicon(VocabularyState.current().token)
    names = _names(known, text.plain)
    titled = _titled(text.plain) if len(names) < MOST_SUGGESTIONS else []
    pages = {name.page for name in names} | set(titled)
    editions = {each.page_id: each for each in Edition.objects.live().for_cards().filter(page__in=pages)}
    found = [Suggestion(name.text, editions[name.page]) for name in names if name.page in editions]
    shown = {each.edition.page_id for each in found}
    found += [Suggestion(editions[page].title, editions[page]) for page in titled if page in editions.keys() - shown]
    return found[:MOST_SUGGESTIONS]


def nearest(typed: str, known: Lexicon | None = None) -> list[Nearest]:
    """Pages whose names are near to what was typed, letter by letter. One query, and one for the lexicon."""
    wanted = " ".join(read_text(clean(typed)[:MOST_CHARACTERS]).plain)
    if len(wanted) < FEWEST_LETTERS:
        return []
    known = known or lexicon(VocabularyState.current().token)
    names: dict[str, list[Called]] = defaultdict(list)
    for name in chain.from_iterable(known.by_page.values()):
        names[" ".join(name.plain)].append(name)
    near = extract(wanted, names.keys(), scorer=token_set_ratio, score_cutoff=LEAST_NEAR, limit=MOST_READ)
    found: dict[int, Called] = {}
    for text, _score, _at in near:
        for name in names[text]:
            found.setdefault(name.page, name)
    live = {each.page_id: each for each in Edition.objects.live().for_cards().filter(page__in=found)}
    offered = [(name.text, live[page]) for page, name in found.items() if page in live]
    return [Nearest(text, edition.title, edition.get_absolute_url()) for text, edition in offered[:MOST_NEAREST]]


def _names(known: Lexicon, plain: list[str]) -> list[Called]:
    """One name of each page: that which begins so, or has a word that does. The nearest in length first."""
    *first, last = plain
    found: dict[int, tuple] = {}
    for word in known.words_beginning(last)[:MOST_WEIGHED]:
        for name in known.containing([known.stems[word]])[:MOST_WEIGHED]:
            if _has(name, first, last):
                rank = (not _begins(name, plain), not name.is_preferred, len(name.text), name.text, name.page)
                if name.page not in found or rank < found[name.page][0]:
                    found[name.page] = (rank, name)
    return [name for _rank, name in sorted(found.values(), key=lambda each: each[0])[:MOST_READ]]


def _begins(name: Called, plain: list[str]) -> bool:
    return "".join(name.plain).startswith("".join(plain))


def _has(name: Called, first: list[str], last: str) -> bool:
    return all(each in name.plain for each in first) and any(word.startswith(last) for word in name.plain)


def _titled(plain: list[str]) -> list[int]:
    """Pages whose title has these words, the last of which may go on. One query."""
    *first, last = plain
    if len(last) < FEWEST_LETTERS_OF_TITLES:
        return []
    wanted = all_of([*(Token(title_token(word)) for word in first), Token(title_token(last), is_prefix=True)])
    return [page_in(number) for number in index.pages_with(wanted, limit=MOST_READ)]
