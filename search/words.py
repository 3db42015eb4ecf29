"""How the index and a query read a text: word for word the same, so that they meet.

A word is read as the cross-links read it (`crosslinks.matching.reading`: small letters without accents, Greek letters
by name, American spelling, no plural), and then cut to its stem. What is written closed or with a hyphen is also read
as one word: “IL-6”, “IL 6” and “il6” meet, and so do “anti-TNF” and “antitnf”.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from crosslinks.matching import read
from crosslinks.matching.reading import HYPHENS
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
_MOST_KEPT = 1 << 16
# What may stand between words that are also read as one.
_CLOSED = frozenset(["", *HYPHENS])
_kept: dict[str, str] = {}
_stemmer = snowballstemmer.stemmer("english")
# It works in its own attributes.
_stemming = threading.Lock()


def stem(form: str) -> str:
    """The form under which both databases store a word: letters of ASCII, digits, no more than they can hold."""
    known = _kept.get(form)
    if known is not None:
        return known
    with _stemming:
        found = _stemmer.stemWord(form[:LONGEST_WORD])
    found = SAME_STEMS.get(found, found)
    found = stored(found)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    if len(form) <= LONGEST_WORD:
        _kept[form] = found
    return found


def stored(word: str) -> str:
    """Both databases take a word of plain letters and digits as it is; any other is written in hexadecimal."""
    return word if word.isascii() and word.isalnum() else f"x{word.encode().hex()[:LONGEST_STORED]}"


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
    forms = reading.forms = [SAME_FORMS.get(form, form) for form in reading.forms]
    places = range(len(words)) if offsets else ()
    return Text(
        text=text,
        plain=[plain(word) for word in words],
        forms=forms,
        stems=[stem(form) for form in forms],
        starts=[reading.start(index) for index in places],
        ends=[reading.end(index) for index in places],
        joined=list(_joined(reading)),
    )


def stems_of(text: str) -> list[str]:
    return [stem(SAME_FORMS.get(form, form)) for form in read(text, offsets=False).forms]


@lru_cache(maxsize=_MOST_KEPT)
def plain(word: str) -> str:
    return plain_letters(without_possessive(word)) or word


@lru_cache(maxsize=_MOST_KEPT)
def stem_of(word: str) -> str:
    """Of one word in small letters, whatever stands beside it."""
    form = canonical(word)
    return stem(SAME_FORMS.get(form, form))


def key_of(forms: list[str]) -> str:
    """The same for a name however its words are joined: “EpiPen” and “epi pen”."""
    return "".join(forms)


def _joined(reading):
    """Runs of words without a space between them, and a short word with the number after it."""
    words, gaps, forms = reading.words, reading.gaps, reading.forms
    first = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and gaps[index] in _CLOSED:
            continue
        if 1 < index - first <= MOST_PARTS:
            yield Joined(first, index, key_of(forms[first:index]), is_name=_is_numbered(forms[first:index]))
        if index - first > 2 and _is_numbered(forms[first : first + 2]):
            # “IL-17A” is an IL-17.
            yield Joined(first, first + 2, key_of(forms[first : first + 2]))
        first = index
    for index in range(1, len(words)):
        if forms[index][0].isdigit() and gaps[index] in _SPACES and _is_numbered(forms[index - 1 : index + 1]):
            yield Joined(index - 1, index + 1, key_of(forms[index - 1 : index + 1]), is_name=True)
    for index in reading.prefixed:
        if index + 1 < len(words):
            yield Joined(index, index + 2, reading.merged(index))


def _is_numbered(forms: list[str]) -> bool:
    return (
        len(forms) == 2
        and forms[0].isalpha()
        and len(forms[0]) <= 4
        and forms[0] not in NO_NAMES
        and forms[1].isdigit()
    )
