"""Which of a page's mentions become links: the first of each target, not too many in any stretch of text."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

# The density is counted in every stretch of this many words.
STRETCH = 100
DEFAULT_DENSITY = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A mention that may become a link: where it stands and what it names."""

    start: int
    end: int
    # The number of its first word in the text.
    word: int
    # Long pages are read in parts: each has its own first mention. Zero on all others.
    part: int
    target: int
    # How many words it has.
    length: int = 1

    @property
    def rank(self) -> tuple[int, int]:
        """The longest first, in words, then the earliest: that a name has more letters says nothing of its weight."""
        return (-self.length, self.start)


def choose(places: Iterable[Place], *, density: int = DEFAULT_DENSITY) -> list[Place]:
    """The places that become links, in the order of the text.

    One for each target and part: the first that keeps every stretch of 100 words to at most `density` links. Where two
    compete, the longest wins, then the earliest; the loser's target gets its next chance further on.
    """
    waiting: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place.start, reverse=True):
        waiting[place.part, place.target].append(place)
    candidates = [(queue[-1].rank, key) for key, queue in waiting.items()]
    heapify(candidates)
    chosen, words = [], []
    while candidates:
        _rank, key = heappop(candidates)
        place = waiting[key].pop()
        if _has_room(words, place.word, density):
            chosen.append(place)
            insort(words, place.word)
        elif waiting[key]:
            heappush(candidates, (waiting[key][-1].rank, key))
    return sorted(chosen, key=lambda place: place.start)


def _has_room(words: list[int], word: int, density: int) -> bool:
    """Whether one more link at this word leaves every stretch with at most `density`."""
    near = words[bisect_right(words, word - STRETCH) : bisect_left(words, word + STRETCH)]
    insort(near, word)
    return all(near[last] - near[last - density] >= STRETCH for last in range(density, len(near)))
