"""Two texts compared word by word, so that a person can read what changed."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from django.utils.translation import gettext, ngettext
from rapidfuzz.distance import Indel

from publishing.comparison.tokens import Token, ends_line, is_word, plain, text_tokens

# Comparing takes memory for a bit per pair of tokens; above this, whole lines are compared first.
MOST_PAIRS = 100_000_000
# Unchanged words between two changes that are read as part of one change, if the changes are as long.
BRIDGE = 3
# Unchanged words that stay beside a change when the rest is folded.
CONTEXT = 12
# Unicode's categories of signs that draw nothing of their own.
INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Zl", "Zp", "Zs"})


@dataclass(frozen=True)
class Run:
    """A stretch of text. What is folded was not changed either, and is too long to show."""

    kind: Literal["same", "added", "removed", "folded"]
    text: str

    @property
    def words(self) -> int:
        return sum(map(is_word, text_tokens(self.text)))

    @property
    def folded_words(self) -> str:
        return ngettext("%d word unchanged", "%d words unchanged", self.words) % self.words


@dataclass(frozen=True)
class Edit:
    """The tokens `start` to `end` of the text before became `new_start` to `new_end` of the text after."""

    start: int
    end: int
    new_start: int
    new_end: int

    def moved(self, by: int) -> "Edit":
        return Edit(self.start + by, self.end + by, self.new_start + by, self.new_end + by)


def compare_words(before: str, after: str) -> list[Run]:
    """What stayed and was removed is `before`, exactly; what stayed and was added is `after`."""
    return compare_tokens(text_tokens(before), text_tokens(after))


def compare_tokens(before: list[Token], after: list[Token]) -> list[Run]:
    runs: list[Run] = []
    shown = 0
    for edit in _readable(edits(before, after), before, after):
        runs.append(Run("same", "".join(map(plain, after[shown : edit.new_start]))))
        runs.append(Run("removed", "".join(map(_words, before[edit.start : edit.end]))))
        runs.append(Run("added", "".join(map(_words, after[edit.new_start : edit.new_end]))))
        shown = edit.new_end
    runs.append(Run("same", "".join(map(plain, after[shown:]))))
    return [run for run in runs if run.text]


def _words(token: Token) -> str:
    return token if isinstance(token, str) else token.words


def for_display(runs: Iterable[Run]) -> list[Run]:
    """The runs with long unchanged stretches folded, and with changed signs that cannot be seen called by name."""
    runs = list(runs)
    shown: list[Run] = []
    for place, run in enumerate(runs):
        if run.kind == "same":
            shown += _folded(run, is_first=place == 0, is_last=place == len(runs) - 1)
        else:
            others = [each for each in runs[max(place - 1, 0) : place + 2] if each.kind not in {run.kind, "same"}]
            looks_alike = any(_look(each.text) == _look(run.text) for each in others)
            shown.append(Run(run.kind, _named_signs(run.text)) if looks_alike or not _look(run.text) else run)
    return [*shown[:-1], *_without_last_break(shown[-1:])]


def _without_last_break(runs: list[Run]) -> list[Run]:
    """After the end of the last line there is nothing to show."""
    return [Run(run.kind, run.text.removesuffix("\n")) for run in runs if run.text != "\n"]


def _look(text: str) -> str:
    """What is left to see of a text: no blanks, no invisible signs, one letter for those drawn alike."""
    kept = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in INVISIBLE)
    return "".join("".join(kept).split())


def _named_signs(text: str) -> str:
    return "".join(_named(sign) for sign in text)


def _named(sign: str) -> str:
    if sign == "\n":
        return f"[{gettext('line break')}]\n"
    if sign.isascii() and not sign.isspace():
        return sign
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _folded(run: Run, *, is_first: bool, is_last: bool) -> list[Run]:
    tokens = text_tokens(run.text)
    places = [place for place, token in enumerate(tokens) if is_word(token)]
    head, tail = (0 if is_first else CONTEXT), (0 if is_last else CONTEXT)
    if len(places) <= head + tail + CONTEXT:
        return [run]
    start = places[head - 1] + 1 if head else 0
    end = places[-tail] if tail else len(tokens)
    parts = [("same", tokens[:start]), ("folded", tokens[start:end]), ("same", tokens[end:])]
    return [Run(kind, "".join(part)) for kind, part in parts if part]


# Finding the edits


def edits(before: list[Token], after: list[Token]) -> list[Edit]:
    """The fewest tokens removed and added that lead from one to the other, in order; never two side by side."""
    if len(before) * len(after) <= MOST_PAIRS:
        return _edits(before, after)
    return [
        Edit(
            coarse.start + fine.start,
            coarse.start + fine.end,
            coarse.new_start + fine.new_start,
            coarse.new_start + fine.new_end,
        )
        for coarse in _edits_of_lines(before, after)
        for fine in _edits_within(before[coarse.start : coarse.end], after[coarse.new_start : coarse.new_end])
    ]


def _edits_within(before: list[Token], after: list[Token]) -> list[Edit]:
    if len(before) * len(after) <= MOST_PAIRS:
        return _edits(before, after)
    return [Edit(0, len(before), 0, len(after))]


def _edits_of_lines(before: list[Token], after: list[Token]) -> list[Edit]:
    lines, new_lines = list(_lines(before)), list(_lines(after))
    starts, new_starts = _starts(lines), _starts(new_lines)
    return [
        Edit(starts[edit.start], starts[edit.end], new_starts[edit.new_start], new_starts[edit.new_end])
        for edit in _edits_within(lines, new_lines)
    ]


def _lines(tokens: list[Token]) -> Iterator[tuple[Token, ...]]:
    start = 0
    for place, token in enumerate(tokens, start=1):
        if ends_line(token) or place == len(tokens):
            yield tuple(tokens[start:place])
            start = place


def _starts(lines: list[tuple]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _edits(before: list, after: list) -> list[Edit]:
    # Numbers instead of tokens: the library compares anything else by its hash.
    numbers: dict = {}
    codes = Indel.opcodes(*([numbers.setdefault(token, len(numbers)) for token in side] for side in (before, after)))
    found: list[Edit] = []
    for code in codes:
        if code.tag == "equal":
            continue
        if found and (found[-1].end, found[-1].new_end) == (code.src_start, code.dest_start):
            found[-1] = Edit(found[-1].start, code.src_end, found[-1].new_start, code.dest_end)
        else:
            found.append(Edit(code.src_start, code.src_end, code.dest_start, code.dest_end))
    return found


# Making them readable


def _readable(found: list[Edit], before: list[Token], after: list[Token]) -> list[Edit]:
    return _at_words(_bridged(found, before, after), before, after)


def _bridged(found: list[Edit], before: list[Token], after: list[Token]) -> list[Edit]:
    """Edits with next to nothing between them are one: “one tablet” became “two drops”, not two pairs of words."""
    counts = _Counts(before), _Counts(after)
    joined: list[Edit] = []
    for edit in found:
        while joined and _is_bridge(joined[-1], edit, *counts):
            last = joined.pop()
            edit = Edit(last.start, edit.end, last.new_start, edit.new_end)
        joined.append(edit)
    return joined


class _Counts:
    """How many words and ends of lines stand in any stretch."""

    def __init__(self, tokens: list[Token]):
        self._words = [0, *accumulate(map(is_word, tokens))]
        self._line_ends = [0, *accumulate(map(ends_line, tokens))]

    def words(self, start: int, end: int) -> int:
        return self._words[end] - self._words[start]

    def line_ends(self, start: int, end: int) -> int:
        return self._line_ends[end] - self._line_ends[start]


def _is_bridge(left: Edit, right: Edit, before: _Counts, after: _Counts) -> bool:
    if before.line_ends(left.end, right.start):
        return False
    words = before.words(left.end, right.start)
    lengths = (
        max(before.words(edit.start, edit.end), after.words(edit.new_start, edit.new_end)) for edit in (left, right)
    )
    return words <= min(BRIDGE, *lengths)


def _at_words(found: list[Edit], before: list[Token], after: list[Token]) -> list[Edit]:
    """What was only added or only removed begins at a line or a word where it could as well begin inside a blank."""
    placed: list[Edit] = []
    for place, edit in enumerate(found):
        first = placed[-1].end + 1 if placed else 0
        last = found[place + 1].start - 1 if place + 1 < len(found) else len(before)
        if edit.start == edit.end:
            shift = _best_shift(after, edit.new_start, edit.new_end, edit.start - first, last - edit.end)
        elif edit.new_start == edit.new_end:
            shift = _best_shift(before, edit.start, edit.end, edit.start - first, last - edit.end)
        else:
            shift = 0
        placed.append(edit.moved(shift))
    return placed


def _best_shift(tokens: list[Token], start: int, end: int, most_left: int, most_right: int) -> int:
    shifts = [0]
    left = 0
    while left < most_left and tokens[start - left - 1] == tokens[end - left - 1]:
        left += 1
        shifts.append(-left)
    right = 0
    while right < most_right and tokens[start + right] == tokens[end + right]:
        right += 1
        shifts.append(right)
    return max(shifts, key=lambda shift: _fitness(tokens, start + shift, end + shift))


def _at_line_start(tokens: list[Token], place: int) -> bool:
    """But for marks that say nothing, such as the beginning of a list."""
    while place and not plain(tokens[place - 1]):
        place -= 1
    return place == 0 or ends_line(tokens[place - 1])


def _fitness(tokens: list[Token], start: int, end: int) -> int:
    """How well tokens from `start` to `end` stand for themselves."""
    if start == 0 or ends_line(tokens[start - 1]):
        return 4
    if _at_line_start(tokens, start):
        return 3
    if end == len(tokens) or ends_line(tokens[end]):
        return 2
    return int(not plain(tokens[start - 1]).strip() and is_word(tokens[start]))
