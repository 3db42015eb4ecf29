"""How the index and a query read a text: word for word the same, so that they meet.

A word is read as the cross-links read it (`crosslinks.matching.reading`: small letters without accents, Greek letters
by name, American spelling, no plural), and then cut to its stem. What is written closed or with a hyphen is also read
as one word: “IL-6”, “IL 6” and “il6” meet, and so do “anti-TNF” and “antitnf”.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import compress, count

import snowballstemmer

from crosslinks.matching import read
from crosslinks.matching.reading import HYPHENS, places
from crosslinks.matching.spelling import canonical, plain_letters, without_possessive

# Stems that the stemmer keeps apart, though nobody looks for one without the other.
SAME_STEMS = {"allergi": "allerg", "pregnanc": "pregnant", "treatment": "treat", "diagnosi": "diagnos"}
# Names that are numbered, and the short form that everybody uses.
SAME_FORMS = {"interleukin": "il"}
LONGEST_WORD = 60
LONGEST_STORED = 120
# The parts of “anti-PD-L1”; a longer chain of hyphens is no name.
MOST_PARTS = 4
# “IL 6” is a name and “in 6” is not.
NO_NAMES = frozenset(
    "a about after age all and any at be by day days for from has in is its of on or over per than the to until up "
    "with year years".split()
)
# A name and its number stand on one line, and often are kept there.
_SPACES = frozenset(" \u00a0\u2007\u2009\u202f")
# What may stand between words that are also read as one.
_CLOSED = frozenset(["", *HYPHENS])
_stemmer = snowballstemmer.stemmer("english")
# It works in its own attributes.
_stemming = threading.Lock()


class Remembered[Found](dict[str, Found]):
    """What a function says of words, asked once for each as long as there is room: `remembered[word]`.

    A page has a thousand words that were met before; to look them up costs no call of Python.
    """

    MOST = 1 << 16

    def __init__(self, function: Callable[[str], Found]):
        self.function = function

    def __missing__(self, word: str) -> Found:
        found = self.function(word)
        if len(self) >= self.MOST:
            self.clear()
        if len(word) <= LONGEST_WORD:
            self[word] = found
        return found


def _stem(form: str) -> str:
    with _stemming:
        found = _stemmer.stemWord(form[:LONGEST_WORD])
    return stored(SAME_STEMS.get(found, found))


def stored(word: str) -> str:
    """Both databases take a word of plain letters and digits as it is; any other is written in hexadecimal."""
    return word if word.isascii() and word.isalnum() else f"x{word.encode().hex()[:LONGEST_STORED]}"


_stems = Remembered(_stem)


def stem(form: str) -> str:
    """The form under which both databases store a word: letters of ASCII, digits, no more than they can hold."""
    return _stems[form]


@dataclass(frozen=True, slots=True)
class Joined:
    """Some words that are also read as one: words[first:last]."""

    first: int
    last: int
    form: str
    # Nobody writes this apart and means something else: “IL 6”.
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text: lists of one length."""

    text: str
    # As they are written, in small letters without accents: what typing errors are corrected to.
    plain: list[str]
    # As the cross-links compare them, and as the index stores them.
    forms: list[str]
    stems: list[str]
    starts: list[int]
    ends: list[int]
    joined: list[Joined]


def read_text(text: str, *, offsets: bool = True) -> Text:
    """Without offsets, which an index needs not, the lists of starts and ends are empty."""
    reading = read(text, offsets=offsets)
    words = reading.words
    forms = reading.forms = _with_same_forms(reading.forms)
    spans = range(len(words)) if offsets else ()
    return Text(
        text=text,
        plain=[*map(_plain.__getitem__, words)],
        forms=forms,
        stems=[*map(_stems.__getitem__, forms)],
        starts=[reading.start(index) for index in spans],
        ends=[reading.end(index) for index in spans],
        joined=[*_joined(reading)],
    )


def stems_of(text: str) -> list[str]:
    return [*map(_stems.__getitem__, _with_same_forms(read(text, offsets=False).forms))]


def stem_of(word: str) -> str:
    """Of one word in small letters, whatever stands beside it."""
    return _stems_of_words[word]


def _with_same_forms(forms: list[str]) -> list[str]:
    if SAME_FORMS.keys().isdisjoint(forms):
        return forms
    return [SAME_FORMS.get(form, form) for form in forms]


_plain = Remembered(lambda word: plain_letters(without_possessive(word)) or word)
_stems_of_words = Remembered(lambda word: _stems[_with_same_forms([canonical(word)])[0]])


def key_of(forms: list[str]) -> str:
    """The same for a name however its words are joined: “EpiPen” and “epi pen”."""
    return "".join(forms)


def _joined(reading):
    """Runs of words without a space between them, and a short word with the number after it."""
    words, gaps, forms = reading.words, reading.gaps, reading.forms
    for first, last in _runs([index for index in places(gaps, _CLOSED) if 0 < index < len(words)]):
        if last - first <= MOST_PARTS:
            yield Joined(first, last, key_of(forms[first:last]), is_name=_is_numbered(forms[first:last]))
        if last - first > 2 and _is_numbered(forms[first : first + 2]):
            # “IL-17A” is an IL-17.
            yield Joined(first, first + 2, key_of(forms[first : first + 2]))
    for index in compress(count(), map(str.isdigit, forms)):
        if index and gaps[index] in _SPACES and _is_numbered(forms[index - 1 : index + 1]):
            yield Joined(index - 1, index + 1, key_of(forms[index - 1 : index + 1]), is_name=True)
    for index in reading.prefixed:
        if index + 1 < len(words):
            yield Joined(index, index + 2, reading.merged(index))


def _runs(closed: list[int]) -> Iterable[tuple[int, int]]:
    """Words that stand without a space between them, from closed gaps, each named by the word behind it."""
    first = last = 0
    for place in closed:
        if place != last:
            if last:
                yield first, last
            first = place - 1
        last = place + 1
    if last:
        yield first, last


def _is_numbered(forms: list[str]) -> bool:
    return (
        len(forms) == 2
        and forms[0].isalpha()
        and len(forms[0]) <= 4
        and forms[0] not in NO_NAMES
        and forms[1].isdigit()
    )
