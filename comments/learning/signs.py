"""The signs of a text: its words alone and with their neighbours, and marks for addresses, numbers and prices."""

import re
from functools import lru_cache
from math import hypot, log
from typing import NamedTuple

from comments.phrases import Reading, read

# A comment of usual length has some hundreds of signs; of a very long one only the beginning is read so closely.
MOST_WORDS = 600
NUMBER = "#"
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


@lru_cache(maxsize=4)
def signs_of(text: str) -> Signs:
    marks = []
    for mark, pattern in _MARKS:
        shorter, count = pattern.subn(" ", text)
        if count:
            # What an address is called says nothing; that there is one does.
            text, marks = shorter, [*marks, mark]
    reading = read(text)
    words = _words(reading)
    second, third = words[1:], words[2:]
    counts: dict[str, int] = dict.fromkeys(marks, 1)
    for sign in words:
        counts[sign] = counts.get(sign, 0) + 1
    for sign in (
        *map(" ".join, zip(words, second, strict=False)),
        *map(" ".join, zip(words, second, third, strict=False)),
        *map(" … ".join, zip(words, third, strict=False)),
    ):
        counts[sign] = counts.get(sign, 0) + 1
    return Signs(reading, counts)


def _words(reading: Reading) -> list[str]:
    return [NUMBER if word[:1].isdigit() else word for word in reading.words[:MOST_WORDS]]


def place_of(sign: str, reading: Reading) -> tuple[int, int] | None:
    """The first place of a sign in its text: the first word and the one after the last. A mark has none."""
    words, parts = _words(reading), sign.split(" ")
    length = len(parts)
    for at in range(len(words) - length + 1):
        if all(part in ("…", word) for part, word in zip(parts, words[at : at + length], strict=True)):
            return at, at + length
    return None


def weighed(counts: dict[str, int], rarity: dict[str, float]) -> dict[str, float]:
    """What each known sign counts: rare ones more. Of length 1 together, so that long texts do not count for more."""
    values = {sign: rarity[sign] for sign in counts if sign in rarity}
    for sign in values:
        if (count := counts[sign]) > 1:
            values[sign] *= 1 + log(count)
    length = hypot(*values.values()) or 1.0
    return {sign: value / length for sign, value in values.items()}
