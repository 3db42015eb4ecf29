"""The signs of a text: its words, how they begin, pairs of neighbours, and marks for addresses, numbers and prices."""

import re
from itertools import pairwise
from math import hypot, log
from typing import NamedTuple

from comments.phrases import Reading, read

# A comment of usual length has some hundreds of signs; of a very long one only the beginning is read so closely.
MOST_WORDS = 600
NUMBER = "#"
# How a word begins says much of what it means: of longer words so many letters count besides.
STEM, STEM_LETTERS = "~", 5
_MARKS = (
    ("<link>", re.compile(r"https?://\S{1,300}|\bwww\.\S{1,300}", re.IGNORECASE)),
    ("<mail>", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}")),
    ("<phone>", re.compile(r"\+?\d(?:[ ().-]?\d){7,14}")),
    ("<price>", re.compile(r"[$€£₦₹]\s?\d|\d\s?[$€£]")),
)


class Signs(NamedTuple):
    reading: Reading
    # How often each stands in the text.
    counts: dict[str, int]


def signs_of(text: str) -> Signs:
    marks = []
    for mark, pattern in _MARKS:
        shorter, count = pattern.subn(" ", text)
        if count:
            # What an address is called says nothing; that there is one does.
            text, marks = shorter, [*marks, mark]
    reading = read(text)
    words = _words(reading)
    stems = [f"{STEM}{word[:STEM_LETTERS]}" for word in words if len(word) > STEM_LETTERS]
    counts: dict[str, int] = dict.fromkeys(marks, 1)
    for sign in (*words, *stems, *map(" ".join, pairwise(words))):
        counts[sign] = counts.get(sign, 0) + 1
    return Signs(reading, counts)


def _words(reading: Reading) -> list[str]:
    return [NUMBER if word[:1].isdigit() else word for word in reading.words[:MOST_WORDS]]


def place_of(sign: str, reading: Reading) -> tuple[int, int] | None:
    """The first place of a sign in its text: the first word and the one after the last. A mark has none."""
    words = _words(reading)
    if sign.startswith(STEM):
        stem = sign.removeprefix(STEM)
        at = next((at for at, word in enumerate(words) if len(word) > STEM_LETTERS and word.startswith(stem)), None)
        return None if at is None else (at, at + 1)
    parts = sign.split(" ")
    for at in range(len(words) - len(parts) + 1):
        if words[at : at + len(parts)] == parts:
            return at, at + len(parts)
    return None


def weighed(counts: dict[str, int], rarity: dict[str, float]) -> dict[str, float]:
    """What each known sign counts: rare ones more. Of length 1 together, so that long texts do not count for more."""
    values = {sign: rarity[sign] for sign in counts if sign in rarity}
    for sign in values:
        if (count := counts[sign]) > 1:
            values[sign] *= 1 + log(count)
    length = hypot(*values.values()) or 1.0
    return {sign: value / length for sign, value in values.items()}
