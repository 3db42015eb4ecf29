"""Definitions in the text: "common variable immunodeficiency (CVID)" and the other way round.

The long form that `shortforms` gives is compared with the names found in the text: only if it is one of them, and not just
a part of something longer, does the short form mean that name's entity.
"""

from dataclasses import dataclass

from crosslinks.matching.finding import Found
from crosslinks.matching.names import exact_form
from crosslinks.matching.reading import Reading
from crosslinks.matching.shortforms import is_short_form, long_form_before, parentheses, start_of_long_form
from crosslinks.matching.spelling import canonical_forms


_EMPTY_HEADS = frozenset(canonical_forms(["disease", "disorder", "syndrome"]))


@dataclass(slots=True)
class Definition:
    short: str  # in exact form
    first: int  # words[first:last] are the short form where it is defined
    last: int
    long: Found | None  # the name that it stands for, or nothing if the long form is none of the names


def definitions(reading: Reading, found: list[Found]) -> list[Definition]:
    before = {each.last: each for each in found}
    after = {each.first: each for each in found}
    around = {index: each for each in found if each.rewritten for index in range(each.first + 1, each.last)}
    made = []
    for opening, last in parentheses(reading):
        name = before.get(opening)
        if opening in around and _EMPTY_HEADS.issuperset(reading.forms[last : around[opening].last]):
            name = around[opening]  # "von Hippel-Lindau (VHL) disease"
        definition = _short_inside(reading, opening, last, name)
        if definition is None:
            definition = _long_inside(reading, opening, last, after.get(opening))
        if definition is not None:
            made.append(definition)
    return made


def _short_inside(reading: Reading, opening: int, last: int, name: Found | None) -> Definition | None:
    short = reading.surface(opening, last)
    if not is_short_form(short):
        return None
    start = long_form_before(reading, opening, short)
    if start is None and name is not None and _has_initials(reading, name, short):
        start = name.first
    if start is None:
        return None
    fits = name is not None and name.first <= start and not (name.turned and name.first < start)
    return Definition(exact_form(short), opening, last, name if fits else None)


def _has_initials(reading: Reading, name: Found, short: str) -> bool:
    """In any order, as in "myotonic dystrophy (DM)"."""
    return sorted(word[0].lower() for word in reading.words[name.first : name.last]) == sorted(short.lower())


def _long_inside(reading: Reading, opening: int, last: int, name: Found | None) -> Definition | None:
    if last - opening < 2 or opening == 0:
        return None
    first = _start_of_word(reading, opening - 1)
    short = reading.surface(first, opening)
    if not is_short_form(short) or start_of_long_form(reading, opening, last, short) != opening:
        return None
    fits = name is not None and name.last == last
    return Definition(exact_form(short), first, opening, name if fits else None)


def _start_of_word(reading: Reading, index: int) -> int:
    """The index of the first piece of the hyphenated or mixed word ("B-ALL", "T1D") that this one ends."""
    while index and reading.gaps[index] in ("", "-"):
        index -= 1
    return index
