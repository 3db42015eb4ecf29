"""Definitions in the text: "common variable immunodeficiency (CVID)" and the other way round.

The long form that `shortforms` gives is compared with the names found in the text: only if it is one of them, and not
just a part of something longer, does the short form mean that name's entity.
"""

from dataclasses import dataclass

from crosslinks.matching.finding import Found
from crosslinks.matching.names import exact_form
from crosslinks.matching.reading import Reading
from crosslinks.matching.shortforms import Brackets, is_short_form, start_of_long_form
from crosslinks.matching.spelling import canonical_forms

_EMPTY_HEADS = frozenset(canonical_forms(["disease", "disorder", "syndrome"]))


@dataclass(slots=True)
class Definition:
    short: str  # in exact form
    first: int  # words[first:last] are the short form where it is defined
    last: int
    long: Found | None  # the name that it stands for, or nothing if the long form is none of the names


def definitions(reading: Reading, found: list[Found], brackets: list[Brackets]) -> list[Definition]:
    before = {each.last: each for each in found}
    after = {each.first: each for each in found}
    around = {index: each for each in found if each.rewritten for index in range(each.first + 1, each.last)}
    made = []
    for each in brackets:
        name = before.get(each.first)
        if each.first in around and _EMPTY_HEADS.issuperset(reading.forms[each.last : around[each.first].last]):
            name = around[each.first]  # "von Hippel-Lindau (VHL) disease"
        definition = _short_inside(reading, each, name) or _long_inside(reading, each, after.get(each.first))
        if definition is not None:
            made.append(definition)
    return made


def _short_inside(reading: Reading, brackets: Brackets, name: Found | None) -> Definition | None:
    if brackets.short is None:
        return None
    start = brackets.long_form
    if start is None and name is not None and _has_initials(reading, name, brackets.short):
        start = name.first
    if start is None:
        return None
    # "X-linked adrenoleukodystrophy (ALD)" defines the name, "deficiency of dehydrogenase (DH)" only a part of it.
    fits = name is not None and name.first <= start and "of" not in reading.forms[name.first : start]
    return Definition(_singular(exact_form(brackets.short)), brackets.first, brackets.last, name if fits else None)


def _singular(short: str) -> str:
    return short[:-1] if short[-1] == "s" and short[:-1].isupper() else short


def _has_initials(reading: Reading, name: Found, short: str) -> bool:
    """In any order, as in "myotonic dystrophy (DM)"."""
    return sorted(word[0].lower() for word in reading.words[name.first : name.last]) == sorted(short.lower())


def _long_inside(reading: Reading, brackets: Brackets, name: Found | None) -> Definition | None:
    opening, last = brackets.first, brackets.last
    if last - opening < 2 or opening == 0:
        return None
    first = _start_of_word(reading, opening - 1)
    short = reading.surface(first, opening)
    if not is_short_form(short) or start_of_long_form(reading, opening, last, short) != opening:
        return None
    return Definition(
        _singular(exact_form(short)), first, opening, name if name is not None and name.last == last else None
    )


def _start_of_word(reading: Reading, index: int) -> int:
    """The index of the first piece of the hyphenated or mixed word ("B-ALL", "T1D") that this one ends."""
    while index and reading.gaps[index] in ("", "-"):
        index -= 1
    return index
