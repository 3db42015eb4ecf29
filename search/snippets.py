"""The piece of a page's text that shows why it was found, with the words that were looked for marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crosslinks.matching.spelling import ROMAN, SAME_WORDS
from search.results import Run
from search.understanding import Understood
from search.words import SAME_FORMS, Remembered, stems_of

LENGTH = 220
# Of a long page so many places are compared.
MOST_PLACES = 300
_LETTER = r"[^\W_]"
_WORD = re.compile(rf"{_LETTER}+")
_HEXADECIMAL = re.compile("x[0-7][0-9a-f]")
_BEGINNING = re.compile(r"[.!?]\s+|\n")
# What the reading of words makes of some beginnings (phosphate, oedema), and of whole words.
_OTHER_BEGINNINGS = (
    *(("f", "p"), ("e", "o"), ("e", "a")),
    *((form[0], word[0]) for word, form in (*SAME_WORDS.items(), *SAME_FORMS.items())),
    *((number[0], numeral[0].lower()) for numeral, number in ROMAN.items()),
)
_stems = Remembered(lambda word: "".join(stems_of(word)))


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    # The number of the wish that is met here.
    wish: int


def places(text: str, understood: Understood) -> list[Place]:
    """Where the words that were asked for stand, in their order; those of a name of several words where they all do."""
    runs = _runs_of_stems(understood)
    stems = {stem for run in runs for stem in run}
    longest = max(map(len, runs), default=0)
    # Number, place and stem of the words that may belong to one. The numbers of two are neighbours if the words are.
    words: list[tuple[int, re.Match, str]] = []
    number, end = 0, 0
    for match in _words_that_begin_with(_beginnings(stems)).finditer(text):
        stem = _stems[match[0]]
        if stem in stems:
            number += 2 if _WORD.search(text, end, match.start()) else 1
            end = match.end()
            words.append((number, match, stem))
    found: list[Place] = []
    index = 0
    while index < len(words):
        length, wish = _run_at(words, index, runs, longest)
        found += [Place(match.start(), match.end(), wish) for _number, match, _stem in words[index : index + length]]
        index += max(length, 1)
    return found


def _runs_of_stems(understood: Understood) -> dict[tuple[str, ...], int]:
    """What is marked where it stands together, and the wish that it meets."""
    runs: dict[tuple[str, ...], int] = {}
    for number, wish in enumerate(understood.wishes):
        for stems in (*wish.alternatives, wish.stems):
            runs.setdefault(stems, number)
    return runs


def _run_at(words: list, index: int, runs: dict[tuple[str, ...], int], longest: int) -> tuple[int, int]:
    """How many words from here on are one run, the longest, and which wish it meets; none where there is none."""
    first = words[index][0]
    for length in range(min(longest, len(words) - index), 0, -1):
        if words[index + length - 1][0] == first + length - 1:
            wish = runs.get(tuple(stem for _number, _match, stem in words[index : index + length]))
            if wish is not None and (length > 1 or _says_something(words, index)):
                return length, wish
    return 0, 0


def _says_something(words: list, index: int) -> bool:
    """A letter or a digit does only beside another word that was asked for: the T of “T cells”, not that of “don’t”."""
    number, match, _stem = words[index]
    beside = (words[at][0] for at in (index - 1, index + 1) if 0 <= at < len(words))
    return len(match[0]) > 1 or any(abs(number - other) == 1 for other in beside)


def _beginnings(stems: Iterable[str]) -> str:
    """The letters that words with these stems begin with: the others need not be read."""
    letters = {each[0] for each in stems}
    # A stem in hexadecimal may begin with a letter of ASCII: “Sjøgren”.
    letters |= {chr(int(each[1:3], 16)) for each in stems if _HEXADECIMAL.match(each)}
    letters |= {other for first, other in _OTHER_BEGINNINGS if first in letters}
    return "".join(sorted(letters | {each.upper() for each in letters}))


@lru_cache(maxsize=256)
def _words_that_begin_with(letters: str) -> re.Pattern:
    """Or with one that is not ASCII. What cannot begin one is passed over without a step of the pattern."""
    others = re.escape("".join(each for each in map(chr, range(128)) if each not in letters))
    return re.compile(rf"[^{others}](?<={_LETTER})(?<!{_LETTER}[\s\S]){_LETTER}*")


def snippet(text: str, found: list[Place], section: range | None = None) -> tuple[tuple[Run, ...], int]:
    """The best piece as runs, and where it begins in the text; nothing where no word was found."""
    if not found:
        return (), 0
    best = max(range(min(len(found), MOST_PLACES)), key=lambda at: (_worth(found, at, section), -at))
    first = found[best]
    start = _start(text, first.start)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", first.end, end) if text.rfind(" ", first.end, end) > 0 else end
    inside = [place for place in found if start <= place.start and place.end <= end]
    runs = tuple(_runs(text, start, end, inside))
    return runs, first.start


def marked(text: str, understood: Understood) -> tuple[Run, ...]:
    """A short text as a whole."""
    return tuple(_runs(text, 0, len(text), places(text, understood)))


def _worth(found: list[Place], at: int, section: range | None) -> tuple[int, int]:
    """How many different wishes a piece that begins here meets, and how often."""
    wishes, number = set(), 0
    for place in found[at : at + 12]:
        if place.end > found[at].start + LENGTH * 3 // 4:
            break
        wishes.add(place.wish)
        number += 1
    return len(wishes) * 2 + (section is not None and found[at].start in section) * 3, number


def _start(text: str, at: int) -> int:
    """The beginning of the sentence, or of a word not far before."""
    earliest = max(0, at - LENGTH // 2)
    beginnings = [match.end() for match in _BEGINNING.finditer(text, max(0, earliest - 2), at)]
    if beginnings:
        return beginnings[-1]
    if earliest == 0:
        return 0
    return text.find(" ", earliest) + 1


def _runs(text: str, start: int, end: int, inside: Iterable[Place]) -> Iterable[Run]:
    if start > 0:
        yield Run("… ")
    last = start
    for place in inside:
        if place.start > last:
            yield Run(_line(text[last : place.start]))
        yield Run(text[place.start : place.end], is_match=True)
        last = place.end
    if end > last:
        yield Run(_line(text[last:end]))
    if end < len(text):
        yield Run(" …")


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
