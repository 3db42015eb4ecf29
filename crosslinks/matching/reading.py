"""How a text (or a name) is read: words, the gaps between them, and the canonical forms of both.

A word is a run of letters or a run of digits; each Greek letter is a word of its own. So "IL6", "IL-6" and "IL 6" read
alike, as do "TNFα", "TNF-α" and "TNF-alpha". Names begin and end at the edges of whole words only: `at_edge`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import accumulate, compress, count
from operator import add

from crosslinks.matching.spelling import APOSTROPHES, INVISIBLE, NUMBERED, ROMAN_AFTER, canonical, canonical_forms

_MARKS = f"\u0300-\u036f{INVISIBLE}"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff\u2126"
_ASCII_WORD = re.compile(r"([A-Za-z]+(?:'[sS]\b)?|[0-9]+)")
_ANY_WORD = re.compile(
    rf"([^\W\d_{_GREEK}]+(?:[{_MARKS}]+[^\W\d_{_GREEK}]*)*(?:[{APOSTROPHES}][sS]\b)?|[{_GREEK}][{_MARKS}]*|\d+)"
)

# The plain one last: elsewhere in a class of characters it would make a range.
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d-"
_SEPARATORS = re.compile(rf"[\s{APOSTROPHES}{INVISIBLE}{HYPHENS}]*\Z")
_DASH = re.compile(rf"\s[{HYPHENS}]+\s")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
BARRIER = "\n"

# Beginnings that are written closed, with a hyphen or apart: autoimmune, auto-immune, auto immune.
PREFIXES = frozenset(
    "non anti auto pre post pseudo hyper hypo micro macro neuro cardio gastro myelo lympho immuno osteo haemo hemo "
    "para peri poly mono multi thrombo broncho dermato spondylo uro nephro hepato endo sub semi inter intra extra "
    "cyto".split()
)
_SPECIAL = PREFIXES | {"i", "iv", "v", "x", "ii", "iii"}

_MOST_GAPS_KEPT = 4096
_LONGEST_GAP_KEPT = 8
_joints: dict[str, str] = {}


def joint_of(gap: str) -> str:
    """Nothing for space, hyphens and apostrophes; the barrier for an empty line; else the punctuation itself."""
    if _PARAGRAPH.search(gap):
        return BARRIER
    if _SEPARATORS.match(gap) and not _DASH.search(gap):
        return ""
    return "".join(gap.split()) or "-"


def _joints_of(gaps: list[str]) -> list[str]:
    joints = list(map(_joints.get, gaps))
    if None in joints:
        unknown = {gap for gap, joint in zip(gaps, joints, strict=True) if joint is None}
        new = {gap: joint_of(gap) for gap in unknown}
        joints = [new[gap] if joint is None else joint for gap, joint in zip(gaps, joints, strict=True)]
        if len(_joints) + len(new) > _MOST_GAPS_KEPT:
            _joints.clear()
        _joints.update((gap, joint) for gap, joint in new.items() if len(gap) <= _LONGEST_GAP_KEPT)
    return joints


@dataclass(slots=True)
class Reading:
    """Lists of one length, but `gaps` has one more: gaps[k] stands before word k, gaps[-1] after the last."""

    text: str
    words: list[str]
    gaps: list[str]
    forms: list[str]  # canonical words
    flow: list[str]  # canonical words, each with the punctuation before it, if any
    prefixed: dict[int, None]  # places, in order, where a word and the next are also read as one
    _edges: list[int]

    def start(self, index: int) -> int:
        return self._edges[2 * index]

    def end(self, index: int) -> int:
        """Where the word ends, its possessive included."""
        return self._edges[2 * index + 1]

    def surface(self, first: int, last: int) -> str:
        return self.text[self._edges[2 * first] : self._edges[2 * last - 1]]

    def at_edge(self, index: int) -> bool:
        """Whether a whole word begins at this index (and so ends before it)."""
        return self.gaps[index] != "" or index == 0 or index == len(self.words)

    def merged(self, index: int) -> str:
        return canonical(self.words[index].lower() + self.words[index + 1].lower())

    def rewritten(self, first: int, last: int, left_out: range = range(0)) -> "Rewritten":
        """words[first:last] with each prefix and its word as one word, and without the words `left_out`."""
        piece, index = Rewritten([], [], [], []), first
        while index < last:
            if index == left_out.start and left_out:
                index = left_out.stop
                continue
            form, joint = self.forms[index], self.flow[index][: -len(self.forms[index])]
            if index == left_out.stop and left_out:
                joint = ""  # its bracket is left out too
            width = 1
            if index in self.prefixed and index + 1 < last:
                form, width = self.merged(index), 2
            piece.forms.append(form)
            piece.flow.append(joint + form)
            piece.starts.append(index)
            index += width
            piece.ends.append(index)
        return piece


@dataclass(slots=True)
class Rewritten:
    """A piece of a reading in other words: word k stands for words[starts[k]:ends[k]] of the reading."""

    forms: list[str]
    flow: list[str]
    starts: list[int]
    ends: list[int]


def places(words: list[str], wanted: Container[str]) -> list[int]:
    """The indexes of the words that are wanted; without a loop in Python, as every text passes here several times."""
    return list(compress(count(), map(wanted.__contains__, words)))


def read(text: str, *, offsets: bool = True) -> Reading:
    """Without offsets it is faster, and enough where only the words count."""
    pieces = (_ASCII_WORD if text.isascii() else _ANY_WORD).split(text)
    words, gaps = pieces[1::2], pieces[0::2]
    forms = canonical_forms(words)
    joints = _joints_of(gaps)
    prefixed = {}
    for index in places(forms, _SPECIAL):
        form = forms[index]
        if form in PREFIXES:
            if index + 1 < len(words) and joints[index + 1] == "" and words[index + 1][0].isalpha():
                prefixed[index] = None
        elif index and forms[index - 1] in NUMBERED and joints[index] == "":
            forms[index] = ROMAN_AFTER[form]
    joints.pop()
    edges = list(accumulate(map(len, pieces))) if offsets else []
    return Reading(text, words, gaps, forms, list(map(add, joints, forms)), prefixed, edges)


def index_words(text: str | Reading) -> set[str]:
    """The words under which a text is found: an index of texts stores these."""
    reading = read(text) if isinstance(text, str) else text
    found = set(reading.forms)
    found.update(reading.merged(index) for index in reading.prefixed)
    return found
