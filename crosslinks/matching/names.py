"""What a name looks like: abbreviations, their exact case, and how near a text comes to a name."""

import re
import unicodedata
from functools import lru_cache

from crosslinks.matching.reading import HYPHENS, Reading
from crosslinks.matching.spelling import APOSTROPHES, GREEK, INVISIBLE, without_possessive
from crosslinks.matching.terms import Term

_SEPARATOR = re.compile(rf"[\s{APOSTROPHES}{INVISIBLE}{HYPHENS}]+")
_LONGEST_ABBREVIATION = 6

_PERSON = re.compile(r"[A-Z]\w+(?:['’]s)? (?:syndrome|disease)\Z")


@lru_cache(maxsize=1 << 14)
def exact_form(surface: str) -> str:
    """The text with its case, without what may vary in an abbreviation: hyphens, space, Greek letter or its name."""
    if surface.isascii():
        return _SEPARATOR.sub("", surface)
    letters = (each for each in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(each))
    return _SEPARATOR.sub("", "".join(GREEK.get(each.lower(), each) for each in letters))


@lru_cache(maxsize=1 << 14)
def looks_abbreviated(text: str) -> bool:
    """Two capitals (or one and a digit) in one short word without a small word inside: SLE, IgA, T1D, B-ALL, "
    "FK506."""
    return (
        len(text) <= _LONGEST_ABBREVIATION
        and " " not in text
        and sum(each.isupper() or each.isdigit() for each in text) > 1
        and sum(each.isupper() for each in text) * 2 >= sum(each.isalpha() for each in text)
    )


def is_abbreviation(term: Term) -> bool:
    return term.kind == "abbreviation" or term.exact_case or looks_abbreviated(term.text)


def fits(reading: Reading, first: int, last: int, term: Term) -> bool:
    """Whether these words may stand for the term, of which they have a key."""
    surface = reading.surface(first, last)
    if last - first == 1 and " " in term.text and _PERSON.match(term.text):
        return surface[0].isupper() and without_possessive(surface) != surface  # "Crohn's" for "Crohn disease"
    if not is_abbreviation(term):
        return True
    name = exact_form(term.text)
    return exact_form(surface) in (name, name + "s")


def how_written(surface: str, name: str) -> str:
    surface, name = exact_form(surface).casefold(), exact_form(name).casefold()
    if surface == name:
        return "exact"
    if surface in (name + "s", name + "es") or name in (surface + "s", surface + "es"):
        return "plural"
    return "variant"
