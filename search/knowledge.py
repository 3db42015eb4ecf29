"""What the site knows of the words of a query: which pages have them, and how they may have been meant. One query."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from crosslinks.vocabulary import VocabularyState
from publishing.models import Page
from search.documents import IndexState, Word
from search.entries import VERSION
from search.lexicon import Lexicon, lexicon

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are not corrected; no word is longer, and there are ways without number to mistype one that is.
SHORTEST_CORRECTED, LONGEST_CORRECTED = 5, 45
# So many words of a query are.
MOST_CORRECTED = 6
# A word that was not written to its end stands for so many.
MOST_ENDINGS = 15
SHORTEST_BEGINNING = 2


@dataclass
class Knowledge:
    lexicon: Lexicon
    # Words as they are written, with the number of pages; those typed, and those one letter from them.
    written: dict[str, int] = field(default_factory=dict)
    # On how many pages words with this stem stand, about.
    pages: dict[str, int] = field(default_factory=dict)
    # Words that begin as the last one does: the stem of each.
    endings: dict[str, str] = field(default_factory=dict)
    # The pages with names that are not public any more.
    gone: set[int] = field(default_factory=set)
    is_complete: bool = True

    def knows(self, word: str, stem: str) -> bool:
        return word in self.written or stem in self.pages or word in self.lexicon.stems or stem in self.lexicon.by_stem

    def may_tell(self, word: str) -> bool:
        """Whether a public page has this word, or a name with it: no other is offered to readers."""
        named = self.lexicon.by_stem.get(self.lexicon.stems.get(word, ""), ())
        return word in self.written or any(name.page not in self.gone for name in named)


def knowledge_of(words: list[str], stems: list[str]) -> Knowledge:
    """Of these words, as written in small letters, and their stems; the last may not be written to its end."""
    wanted = set(words)
    for word in [word for word in words if is_corrected(word)][:MOST_CORRECTED]:
        wanted |= near_to(word)
    beginning = words[-1] if words and len(words[-1]) >= SHORTEST_BEGINNING and words[-1].isalpha() else ""
    rows = _ask(sorted(wanted), sorted(set(stems)), beginning)
    known = Knowledge(lexicon(next((row[1] for row in rows if row[0] == "vocabulary"), "")))
    for what, word, stem, number in rows:
        if what == "state":
            known.is_complete = bool(number)
        elif what == "word":
            known.written[word] = number
        elif what == "stem":
            known.pages[stem] = number
        elif what == "gone":
            known.gone.add(number)
        elif what == "ending":
            known.endings[word] = stem
    return known


def is_corrected(word: str) -> bool:
    return SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED and word.isalpha()


def near_to(word: str) -> set[str]:
    """The words that may have been meant; the last letter of “crohns” may be an ending."""
    return one_letter_from(word) | (one_letter_from(word[:-1]) if word[-1] == "s" else set())


def one_letter_from(word: str) -> set[str]:
    """One letter wrong, missing, too many, or swapped with the next."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {begin + end[1:] for begin, end in parts if end}
    found |= {begin + end[1] + end[0] + end[2:] for begin, end in parts if len(end) > 1}
    found |= {begin + letter + end[1:] for begin, end in parts if end for letter in LETTERS}
    found |= {begin + letter + end for begin, end in parts for letter in LETTERS}
    return found - {word}


def _ask(words: list[str], stems: list[str], beginning: str) -> Iterable[tuple]:
    table = Word._meta.db_table
    if connection.vendor == "postgresql":
        among, begins = "= ANY(%s)", "LIKE %s"
        parameters = [words, stems, f"{beginning}%"]
    else:
        among, begins = "IN (SELECT value FROM json_each(%s))", "GLOB %s"
        parameters = [json.dumps(words), json.dumps(stems), f"{beginning}*"]
    complete = f"is_complete AND version = {VERSION}"
    parts = [  # of a fixed text and the names of tables
        f"SELECT 'vocabulary', token, '', 0 FROM {VocabularyState._meta.db_table}",  # noqa: S608
        f"SELECT 'state', '', '', CASE WHEN {complete} THEN 1 ELSE 0 END FROM {IndexState._meta.db_table}",  # noqa: S608
        f"SELECT 'gone', '', '', id FROM {Page._meta.db_table} WHERE live_id IS NULL AND address IS NOT NULL",  # noqa: S608
        f"SELECT 'word', word, stem, pages FROM {table} WHERE word {among}",  # noqa: S608
        f"SELECT 'stem', '', stem, MAX(pages) FROM {table} WHERE stem {among} GROUP BY stem",  # noqa: S608
    ]
    if beginning:
        some = (
            f"SELECT word, stem, pages FROM {table} WHERE word {begins} ORDER BY pages DESC, word LIMIT {MOST_ENDINGS}"  # noqa: S608
        )
        parts.append(f"SELECT 'ending', word, stem, pages FROM ({some}) AS beginning")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters if beginning else parameters[:2])
        return cursor.fetchall()
