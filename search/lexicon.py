"""What conditions and therapies are called, ready to be met in queries: built once per process and vocabulary."""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crosslinks.matching.vocabulary import written_forms
from crosslinks.models import Name
from search.words import key_of, read_text, stem

# A name is looked for in so many words of a query.
LONGEST_NAME = 12
# Shorter words are not compared letter by letter: too many are alike.
SHORTEST_LONG = 5


@dataclass(frozen=True, slots=True)
class Called:
    """One name of one page."""

    page: int
    kind_of_page: str
    text: str
    kind: str
    # Under which it is met however its words are joined, as it stands and as it is said: “Crohn’s disease”, “Crohn’s”.
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    plain: tuple[str, ...]
    # What is also read as one word.
    joined: tuple[str, ...]
    is_preferred: bool
    # Written in capitals, it is not the word that is spelt alike: ALL, AS.
    is_exact: bool

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.stems)


class Lexicon:
    """Immutable once built, so threads may share it. 20,000 names take about half a second to read."""

    def __init__(self, names: Iterable[Called]):
        self.by_key: dict[str, list[Called]] = defaultdict(list)
        self.by_stem: dict[str, list[Called]] = defaultdict(list)
        self.by_page: dict[int, list[Called]] = defaultdict(list)
        self.stems: dict[str, str] = {}
        for name in names:
            self.by_page[name.page].append(name)
            for key in name.keys:
                self.by_key[key].append(name)
            for token in {*name.stems, *name.joined}:
                self.by_stem[token].append(name)
            self.stems |= dict(zip(name.plain, name.stems, strict=True))
        # The words of names, in the order of letters: for words that are not written to their end.
        self.words = sorted(self.stems)
        self.long_words = [word for word in self.words if len(word) >= SHORTEST_LONG]

    def called(self, forms: list[str]) -> list[Called]:
        """The names that are exactly these words, however they are joined."""
        return self.by_key.get(key_of(forms), [])

    def containing(self, stems: Iterable[str]) -> list[Called]:
        """The names that have all these words, and perhaps others."""
        first, *others = stems
        return [name for name in self.by_stem.get(first, ()) if all(each in name.tokens for each in others)]

    def title_of(self, page: int) -> str:
        """Its preferred name, which follows the title."""
        return next((name.text for name in self.by_page.get(page, ()) if name.is_preferred), "")

    def words_beginning(self, beginning: str) -> list[str]:
        at = bisect_left(self.words, beginning)
        end = bisect_left(self.words, beginning + "\U0010ffff")
        return self.words[at:end]


_built: tuple[str, Lexicon] | None = None
_building = threading.Lock()


def lexicon(token: str) -> Lexicon:
    """That of the vocabulary with this token (`crosslinks.vocabulary`). No query unless the vocabulary changed."""
    global _built
    with _building:
        if _built is None or not token or _built[0] != token:
            _built = (token, Lexicon(_names()))
        return _built[1]


def _names() -> Iterable[Called]:
    # By number: databases sort texts differently, and the first of several names counts.
    names = Name.objects.of_pages_once_public().order_by("pk")
    for page, of_kind, text, kind, exact in names.values_list("page", "page__kind", "text", "kind", "exact_case"):
        read = read_text(text)
        if read.stems:
            yield Called(
                page=page,
                kind_of_page=of_kind,
                text=text,
                kind=kind,
                keys=tuple(dict.fromkeys(key_of(read_text(form).forms) for form in written_forms(text))),
                stems=tuple(read.stems),
                plain=tuple(read.plain),
                joined=tuple(stem(each.form) for each in read.joined),
                is_preferred=kind == Name.Kind.PREFERRED,
                is_exact=exact,
            )
