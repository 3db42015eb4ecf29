"""What the index holds of a page: computed from its edition and its tags alone, so that it can be computed again."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from zlib import crc32

from publishing import richtext
from publishing.editions import Edition
from search.intents import FILLER_STEMS
from search.words import LONGEST_WORD, Text, read_text, stem, stored

# Raised with every change of what an entry is made with (here, `search.words`, the reading of words in
# `crosslinks.matching`, the fillers of `search.intents`, the stemmer): an index of another version is made anew.
VERSION = 2

# Beginnings of tokens that say where a word stands; what stands without one stands anywhere on the page.
TITLE, PROMINENT, TITLE_WORD = "a_", "p_", "t_"
# Parts of a page, as a profile says them.
IN_TITLE, IN_HEADING, IN_SUMMARY, IN_PLAIN_NAME = 1, 2, 4, 8
# From so many times on, a word is what a page is about: 3, 6, 12.
OFTEN = (3, 6, 12)
_OFTEN_SHIFT = 4
# The hash of a word in four bytes, and its code.
_RECORD = 5
_HEADING = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>', re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading of the page and where its text begins in the plain text of the edition."""

    id: str
    title: str
    start: int


@dataclass(frozen=True)
class Entry:
    # The stems of title, summary and text in their order; phrases are found here.
    words: list[str]
    # Tokens in no order: where words stand, and what is also read as one word.
    extra: list[str]
    # For ranking: the words that stand in a place of note or often.
    profile: bytes
    sections: list[Section]
    # Each word as it is written: what typing errors are corrected to.
    written: set[str]

    @cached_property
    def checksum(self) -> int:
        """Tells whether an entry that was computed again is the one that was stored."""
        return crc32(" ".join([*self.words, "", *self.extra, "", *sorted(self.written)]).encode())


def entry_of(edition: Edition, tags: Iterable[str] = ()) -> Entry:
    """About one millisecond for each thousand words; no query."""
    snapshot = edition.snapshot
    facts = snapshot.get("facts", {})
    # What follows a colon explains the title.
    name, _colon, explanation = edition.title.partition(": ")
    title, plain_name = _read(name), _read(facts.get("plain_name", ""))
    people = [person["name"] for person in snapshot.get("authors", ())]
    others = [explanation, shelf_name(snapshot), facts.get("therapy_class", ""), facts.get("body_system", "")]
    summary = _read("\n".join([edition.summary, *tags, *people, *others]))
    sections = list(sections_of(edition))
    headings = _read("\n".join(section.title for section in sections))
    text = _read(edition.text)
    parts = (title, plain_name, summary, headings, text)
    words = [token for part in (title, plain_name, summary, text) for token in part.stems]
    extra = set(chain.from_iterable(map(_as_one, (title, plain_name, summary, text))))
    known = extra.union(words)
    places: Counter[str] = Counter()
    for part, place in (
        (title, IN_TITLE),
        (plain_name, IN_PLAIN_NAME),
        (headings, IN_HEADING),
        (summary, IN_SUMMARY),
    ):
        # A heading read by itself may have other words than in the text (“type”, then “IV”): those stand nowhere.
        for token in {*part.stems, *_as_one(part)} & known - FILLER_STEMS:
            places[token] |= place
    for token, number in Counter(text.stems).items():
        if number >= OFTEN[0]:
            places[token] |= sum(number >= least for least in OFTEN) << _OFTEN_SHIFT
    extra |= {TITLE + token for token, code in places.items() if code & (IN_TITLE | IN_PLAIN_NAME)}
    extra |= {PROMINENT + token for token in places}
    extra |= {title_token(word) for word in _read(edition.title).plain}
    return Entry(
        words=words,
        extra=sorted(extra),
        profile=_profile(places),
        sections=[*sections, *_places_of_rows(snapshot)],
        written={word for word in set().union(*(part.plain for part in parts)) if _is_typed(word)},
    )


def _read(text: str) -> Text:
    return read_text(text, offsets=False)


def shelf_name(snapshot: dict) -> str:
    return snapshot.get("shelf", {}).get("name", "")


def sections_of(edition: Edition) -> Iterable[Section]:
    """The headings in their order. Each stands in the plain text as a line of its own."""
    lines, found = f"\n{edition.text}\n", 0
    for anchor, heading in _HEADING.findall(edition.html):
        title = richtext.text_of(heading).strip()
        at = lines.find(f"\n{title}\n", found)
        if at >= 0 and title:
            found = at + 1
            yield Section(anchor, title, at)


def _places_of_rows(snapshot: dict) -> Iterable[Section]:
    """Where indications stand, whose text is not the edition's."""
    return (Section(each["id"], each["title"], -1) for each in snapshot.get("sections", ()) if each["rows"])


def _is_typed(word: str) -> bool:
    return word.isalpha() and len(word) <= LONGEST_WORD


def title_token(word: str) -> str:
    return TITLE_WORD + stored(word)


def _as_one(text: Text) -> Iterable[str]:
    return (stem(each.form) for each in text.joined)


def count_in(profile: bytes, place: int) -> int:
    """How many words stand in this place of the page; those that say nothing do not count."""
    return sum(code & place > 0 for code in profile[4::_RECORD])


def _profile(noted: dict[str, int]) -> bytes:
    return b"".join(_key(token) + bytes([code]) for token, code in sorted(noted.items()))


def code_in(profile: bytes, token: str) -> int:
    """Where and how often the word stands on the page of this profile; 0 says: in its text, if at all."""
    wanted = _key(token)
    at = profile.find(wanted)
    while at >= 0 and at % _RECORD:
        at = profile.find(wanted, at + 1)
    return 0 if at < 0 else profile[at + 4]


@lru_cache(maxsize=1 << 14)
def _key(token: str) -> bytes:
    return crc32(token.encode()).to_bytes(4)


def often(code: int) -> int:
    """0 for once or twice, up to 3 for twelve times or more."""
    return code >> _OFTEN_SHIFT
