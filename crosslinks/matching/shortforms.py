"""Short forms in parentheses, and the words before them that they stand for, after Schwartz and Hearst (2003).

A short form is one or two words of two to ten characters with a capital or two. Its characters must be found in the
long form from right to left, the first of them at the beginning of a word.
"""

import re
from dataclasses import dataclass

from crosslinks.matching.reading import Reading

_LONGEST_SHORT_FORM = 10
_LONGEST_PARENTHESIS = 15  # words
_END_OF_CLAUSE = re.compile(r"[.;:()]|\n\n")
_END_OF_SHORT_FORM = re.compile(r"[),;\[=]")


@dataclass(slots=True)
class Brackets:
    """words[first:last] stand in a parenthesis, up to its first comma or the like."""

    first: int
    last: int
    short: str | None  # what stands there, if it looks like a short form
    long_form: int | None  # the index of the word with which the long form of `short` begins
    closed: bool  # the parenthesis ends there, and words follow


def parentheses(reading: Reading) -> list[Brackets]:
    if "(" not in reading.text:
        return []
    found = []
    for first in [index for index, gap in enumerate(reading.gaps) if "(" in gap]:
        last = _end_of_parenthesis(reading, first)
        if last is not None and reading.gaps[first].strip().startswith("("):
            closed = last < len(reading.words) and reading.gaps[last].startswith(")")
            text = reading.surface(first, last)
            short = text if is_short_form(text) else None
            found.append(Brackets(first, last, short, _long_form_before(reading, first, short), closed))
    return found


def _end_of_parenthesis(reading: Reading, opening: int) -> int | None:
    for index in range(opening + 1, min(opening + _LONGEST_PARENTHESIS, len(reading.words)) + 1):
        if _END_OF_SHORT_FORM.search(reading.gaps[index]):
            return index
    return None


def _long_form_before(reading: Reading, opening: int, short: str | None) -> int | None:
    if short is None:
        return None
    length = sum(map(str.isalnum, short))
    earliest = _start_of_clause(reading, opening, opening - min(length + 5, length * 2))
    return start_of_long_form(reading, earliest, opening, short) if earliest < opening else None


def is_short_form(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_SHORT_FORM
        and text[0].isalnum()
        and text.count(" ") < 2
        and sum(map(str.isupper, text)) > (0 if len(text) < 3 else 1)
    )


def _start_of_clause(reading: Reading, end: int, earliest: int) -> int:
    earliest = max(earliest, 0)
    for index in range(end - 1, earliest, -1):
        if _END_OF_CLAUSE.search(reading.gaps[index]):
            return index
    return earliest


def start_of_long_form(reading: Reading, first: int, last: int, short: str) -> int | None:
    """The index of the word with which the shortest long form of `short` begins, if words[first:last] end with "
    "one."""
    text, place, lowest = reading.text, reading.end(last - 1), reading.start(first)
    letters = [each for each in short.lower() if each.isalnum()]
    for position in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= lowest and not (
            text[place].lower() == letters[position] and (position or place == lowest or not text[place - 1].isalnum())
        ):
            place -= 1
        if place < lowest:
            return None
    return next(index for index in range(last - 1, first - 1, -1) if reading.start(index) <= place)
