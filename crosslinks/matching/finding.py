"""Where names stand in a text, before anything is decided about them: longest first, no two on the same word.

A name is found as it is written; with a prefix closed up ("auto-immune" for "autoimmune"); without a short form inside
it ("von Hippel-Lindau (VHL) disease"); and in another order ("cancer of the breast", "diabetes type 1").
"""

from dataclasses import dataclass

from crosslinks.matching.names import fits
from crosslinks.matching.reading import Reading, places
from crosslinks.matching.shortforms import Brackets
from crosslinks.matching.spelling import canonical_forms
from crosslinks.matching.terms import Term
from crosslinks.matching.vocabulary import HEADS, Vocabulary, blocked_vocabulary

_HEAD_FORMS = frozenset(canonical_forms([head for head in HEADS if head != "deficiency"]))
_TURNING = frozenset({"of", "type"})
_LONGEST_TURNED = 4  # words
_WORDS_BEFORE, _WORDS_AFTER = 6, 16  # how far from a rewritten place a name may begin and end


@dataclass(slots=True)
class Found:
    """A run of words at which some names stand: words[first:last] of the reading."""

    first: int
    last: int
    key: tuple[str, ...]
    terms: list[Term]
    rewritten: bool = False  # a parenthesis inside it was left out, or a prefix closed up
    defined: bool = False  # a short form that only the text defines


def find(
    reading: Reading, vocabulary: Vocabulary, brackets: list[Brackets], *, blocked: frozenset[str] = frozenset()
) -> list[Found]:
    """`blocked` are texts that claim their words on this page, besides those of the vocabulary."""
    found = _as_written(reading, vocabulary)
    for index in reading.prefixed:
        found += _rewritten(reading, vocabulary, range(index, index + 1), range(0))
    for each in brackets:
        if each.closed and each.long_form is not None:
            found += _rewritten(reading, vocabulary, range(each.first, each.last), range(each.first, each.last))
    found += _turned(reading, vocabulary)
    if blocked:
        found += _as_written(reading, blocked_vocabulary(blocked))
    return longest_first(found, len(reading.words))


def longest_first(found: list[Found], words: int) -> list[Found]:
    """Those that remain when longer names, and of equally long ones the earlier, take their words first."""
    found.sort(key=lambda each: (each.first - each.last, each.first))
    taken = bytearray(words)
    kept = []
    for each in found:
        if not any(taken[each.first : each.last]):
            taken[each.first : each.last] = b"\1" * (each.last - each.first)
            kept.append(each)
    kept.sort(key=lambda each: each.first)
    return kept


def _as_written(reading: Reading, vocabulary: Vocabulary) -> list[Found]:
    forms, flow = reading.forms, reading.flow
    found = []
    for index, end, terms in vocabulary.names_in(forms, flow):
        _add(found, reading, Found(index, end, (forms[index], *flow[index + 1 : end]), terms))
    return found


def _rewritten(reading: Reading, vocabulary: Vocabulary, place: range, left_out: range) -> list[Found]:
    first = max(0, place.start - _WORDS_BEFORE)
    last = min(len(reading.words), place.stop + _WORDS_AFTER)
    piece = reading.rewritten(first, last, left_out)
    found = []
    for index, start in enumerate(piece.starts):
        if start > place.start:
            break
        for end, terms in vocabulary.names_at(piece.forms[index], piece.flow, index):
            if piece.ends[end - 1] > place.stop:
                key = (piece.forms[index], *piece.flow[index + 1 : end])
                _add(found, reading, Found(start, piece.ends[end - 1], key, terms, rewritten=True))
    return found


def _turned(reading: Reading, vocabulary: Vocabulary) -> list[Found]:
    forms = reading.forms
    found: list[Found] = []
    for index in places(forms, _TURNING):
        if forms[index] == "of" and index and forms[index - 1] in _HEAD_FORMS:
            start = index + (2 if forms[index + 1 : index + 2] == ["the"] else 1)
            for end in range(start + 1, min(start + _LONGEST_TURNED, len(forms)) + 1):
                _add_turned(found, reading, vocabulary, range(index - 1, end), [*forms[start:end], forms[index - 1]])
        elif forms[index] == "type" and forms[index + 1 : index + 2] and forms[index + 1].isdigit():
            number = forms[index : index + 2]
            for end in range(index + 3, min(index + 2 + _LONGEST_TURNED, len(forms)) + 1):
                _add_turned(found, reading, vocabulary, range(index, end), [*forms[index + 2 : end], *number])
            for start in range(max(0, index - _LONGEST_TURNED), index):
                _add_turned(found, reading, vocabulary, range(start, index + 2), [*number, *forms[start:index]])
    return found


def _add_turned(found: list[Found], reading: Reading, vocabulary: Vocabulary, place: range, key: list[str]) -> None:
    terms, within = vocabulary.terms_of(key), slice(place.start + 1, place.stop)
    if terms and reading.flow[within] == reading.forms[within]:  # no punctuation between
        _add(found, reading, Found(place.start, place.stop, tuple(key), terms))


def _add(found: list[Found], reading: Reading, new: Found) -> None:
    if new.terms and reading.at_edge(new.first) and reading.at_edge(new.last):
        new.terms = [term for term in new.terms if fits(reading, new.first, new.last, term)]
        if new.terms:
            found.append(new)
