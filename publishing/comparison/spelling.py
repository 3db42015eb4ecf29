"""Whether a change between two contents corrects the spelling and nothing else.

Such a change may become public under the sign-off that is there, so the rule refuses whatever it cannot be sure of. It
lets through:

- a misspelt word of four letters or more: one that no list of English knows, made into a common word that begins and
  ends as it did and differs in one letter (two from eight letters on), or in two neighbours that changed places;
- words written in one or apart (“long term”, “long-term”), and a word that stands twice in a row by mistake;
- small or capital first letters, blanks, and the signs in `PUNCTUATION`, away from words that decide the meaning.

Refused on purpose, although a person might see that it is harmless: one real word for another (“form”, “from”;
“colour”, “color”), other endings, words of three letters, rare words and names of medicines, because there is no
common spelling to compare with, and typing errors in or near a word that decides the meaning (“befor”, “incrase”).
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA, Indel

from publishing.comparison.contents import compare
from publishing.comparison.meaning import DECIDING, NUMBERS, PREFIXES, SUFFIXES, TURNING, UNITS
from publishing.comparison.tokens import Mark, Token, ends_line, html_tokens, is_word, text_tokens
from publishing.comparison.words import Edit, edits

MOST_CHARACTERS = 40
SHORTEST_WORD = 4
# From this length on, a misspelt word may differ in two letters.
LONG_WORD = 8
# Signs that may come, go or change. Not “?”, “%”, “/”, “+”, “<” and their like: they say something.
PUNCTUATION = frozenset(".,;:!'’‘\"“”„()…–—-")
APOSTROPHES = str.maketrans("", "", "'’")
LETTERS = re.compile(r"[a-z]+")
TAG = re.compile(r"<[^>]*>")
SENTENCE_ENDS = frozenset(".!?:")


@dataclass(frozen=True)
class _Text:
    """A text that may be corrected, as it was and as it is."""

    place: str
    before: list[Token]
    after: list[Token]


def why_not_spelling(before: dict, after: dict, names: Iterable[str] = ()) -> list[str]:
    """The reasons why the change is more than a spelling correction; none if it is one.

    No word may change that is part of a name: of this page, of a page it shares a row with, or of `names`.
    """
    reasons = [
        _("“%(label)s” was %(change)s. A spelling correction changes words of the text only.")
        % {"label": difference.label, "change": difference.change.label}
        for difference in compare(_without_texts(before), _without_texts(after))
    ]
    reasons += _changed_markup(before, after)
    texts = list(_texts(before, after))
    words_of_names = _words_of_names(before, after, names)
    words_that_stay = frozenset(_bare(token) for text in texts for token in text.after if is_word(token))
    for text in texts:
        rules = _Rules(text, words_of_names, words_that_stay)
        reasons += [f"{text.place}: {reason}" for reason in rules.reasons()]
    count = changed_characters(before, after)
    if count > MOST_CHARACTERS:
        reasons.append(
            _("%(count)d characters changed in all. A spelling correction changes at most %(most)d.")
            % {"count": count, "most": MOST_CHARACTERS}
        )
    return list(dict.fromkeys(reasons))


def changed_characters(before: dict, after: dict) -> int:
    """How many characters were removed and added in the texts that a spelling correction may change."""
    return sum(
        Indel.distance(
            _written(text.before[edit.start : edit.end]), _written(text.after[edit.new_start : edit.new_end])
        )
        for text in _texts(before, after)
        for edit in edits(text.before, text.after)
    )


# What may be corrected: the summary, the sections and the descriptions of rows


def _texts(before: dict, after: dict) -> Iterator[_Text]:
    yield _Text(_("Summary"), text_tokens(before["page"]["summary"]), text_tokens(after["page"]["summary"]))
    sections = {section["id"]: section for section in after["page"]["sections"]}
    for section in before["page"]["sections"]:
        if section["id"] in sections:
            tokens = html_tokens(section["html"]), html_tokens(sections[section["id"]]["html"])
            yield _Text(section["title"] or _("Text"), *tokens)
    for anchor, row in before["rows"].items():
        if anchor in after["rows"]:
            tokens = text_tokens(row["description"]), text_tokens(after["rows"][anchor]["description"])
            yield _Text(row["partner"], *tokens)


def _without_texts(content: dict) -> dict:
    page = content["page"] | {"summary": ""}
    page["sections"] = [section | {"html": ""} for section in page["sections"]]
    return {"page": page, "rows": {anchor: row | {"description": ""} for anchor, row in content["rows"].items()}}


def _changed_markup(before: dict, after: dict) -> Iterator[str]:
    sections = {section["id"]: section for section in after["page"]["sections"]}
    for section in before["page"]["sections"]:
        other = sections.get(section["id"])
        if other and TAG.findall(section["html"]) != TAG.findall(other["html"]):
            yield f"{section['title'] or _('Text')}: {_layout_changed()}"


def _layout_changed() -> str:
    return _("the layout, a link, a citation or a picture changed, not only the spelling.")


def _words_of_names(before: dict, after: dict, names: Iterable[str]) -> frozenset[str]:
    texts = list(names)
    for content in (before, after):
        page = content["page"]
        texts += [page["title"], page["facts"].get("plain_name", ""), *(name["text"] for name in page["names"])]
        texts += [row["partner"] for row in content["rows"].values()]
    return frozenset(_bare(token) for text in texts for token in text_tokens(text) if is_word(token))


# The rules


@dataclass(frozen=True)
class _Rules:
    """Why the edits of one text are no corrections of its spelling."""

    text: _Text
    words_of_names: frozenset[str]
    words_that_stay: frozenset[str]

    def reasons(self) -> Iterator[str]:
        for edit in edits(self.text.before, self.text.after):
            old = self.text.before[edit.start : edit.end]
            new = self.text.after[edit.new_start : edit.new_end]
            if any(isinstance(token, Mark) for token in [*old, *new]):
                yield _layout_changed()
            elif reason := self._signs(edit, old, new) or self._words(edit, old, new):
                yield reason

    def _signs(self, edit: Edit, old: list[str], new: list[str]) -> str:
        changed = _quoted(old, new)
        if any(map(_says_a_number, [*old, *new])):
            return _("%s: numbers and units are not spelling.") % changed
        signs = {sign for token in [*old, *new] if not is_word(token) for sign in token if not sign.isspace()}
        if not signs <= PUNCTUATION:
            return _("%s: this sign can change what the sentence says.") % changed
        if [*filter(is_word, old)] and [*filter(is_word, new)]:
            return ""
        beside = _words_beside(self.text.before, edit)
        if any(word in TURNING or word.endswith("n't") or _says_a_number(word) for word in beside):
            return _("%s: beside this word it can change what the sentence says.") % changed
        if "-" in signs and any(len(word) < SHORTEST_WORD or word in PREFIXES for word in beside):
            return _("%s: joined or parted, these words can mean something else.") % changed
        return ""

    def _words(self, edit: Edit, old: list[str], new: list[str]) -> str:
        words, new_words = [*filter(is_word, old)], [*filter(is_word, new)]
        if _joined(words) == _joined(new_words):
            return self._rewritten(words, new_words)
        if len(words) == len(new_words):
            pairs = zip(words, new_words, strict=True)
            return next(filter(None, (self._replaced(edit, *pair) for pair in pairs)), "")
        if not new_words and self._stands_twice(edit, old):
            return ""
        return _("%s: words were added or taken away.") % _quoted(old, new)

    def _rewritten(self, old: list[str], new: list[str]) -> str:
        """The same letters: other capitals, written in one or apart."""
        for word in [*old, *new] if old != new else []:
            if reason := self._decides(_bare(word), word):
                return reason
            if sum(map(str.isupper, word)) > 1:
                return _("“%s” may be an abbreviation, and these are names.") % word
            if len(old) != len(new) and (len(word) < SHORTEST_WORD or _bare(word) in PREFIXES):
                return _("“%s”: joined or parted, these words can mean something else.") % word
        return ""

    def _replaced(self, edit: Edit, old: str, new: str) -> str:
        before, after = _bare(old), _bare(new)
        if before == after:
            return self._rewritten([old], [new])
        if before.translate(APOSTROPHES) == after.translate(APOSTROPHES):
            return self._apostrophe(old, new)
        return (
            self._decides(after, new)
            or self._decides(before, old)
            or self._no_plain_word(edit, old, new)
            or _no_near_misspelling(before, after)
        )

    def _apostrophe(self, old: str, new: str) -> str:
        for word in (old, new):
            reason = self._decides(_bare(word), word) or self._decides(_bare(word).translate(APOSTROPHES), word)
            if reason:
                return reason
        # “were” and “we're”, “cant” and “can't” are different words; “patients” and “patient's” one.
        if not new.endswith("s") or len(new) <= SHORTEST_WORD:
            return _("“%(old)s” and “%(new)s” are two different words.") % {"old": old, "new": new}
        return ""

    def _decides(self, word: str, written: str) -> str:
        if word in TURNING or word.endswith("n't"):
            return _("“%s” can turn the meaning round.") % written
        if word in UNITS or word in NUMBERS:
            return _("“%s” says a number, a unit or a time.") % written
        if word in DECIDING:
            return _("“%s” decides what the sentence says.") % written
        if word in self.words_of_names:
            return _("“%s” is part of a name.") % written
        return ""

    def _no_plain_word(self, edit: Edit, old: str, new: str) -> str:
        for word in (old, new):
            if not LETTERS.fullmatch(word[0].lower() + word[1:]) or len(word) < SHORTEST_WORD:
                return _("“%s” is too short, or no plain word, to be sure that only its spelling changed.") % word
        before = self.text.before
        if old[0].isupper() != new[0].isupper() or (old[0].isupper() and not _begins_sentence(before, edit.start)):
            return _("“%s” is written like a name.") % old
        if _bare(old) in self.words_that_stay:
            return _("“%s” stands elsewhere on the page too: correct all of them, or none.") % old
        if _goes_on_beyond_a_mark(before, edit):
            return _("“%s” is part of a longer word.") % old
        return ""

    def _stands_twice(self, edit: Edit, old: list[str]) -> bool:
        """Whether the one word that is taken away stands beside itself."""
        words = [token for token in old if token.strip()]
        if len(words) != 1 or self._decides(_bare(words[0]), words[0]):
            return False
        around = self.text.before[max(edit.start - 2, 0) : edit.end + 2]
        tokens = [each if isinstance(each, Mark) else _bare(each) for each in around if each != " "]
        return (_bare(words[0]),) * 2 in pairwise(tokens)


def _quoted(old: list[str], new: list[str]) -> str:
    if not _written(old).strip():
        return _("“%s” came in") % (_written(new).strip() or _("blank"))
    if not _written(new).strip():
        return _("“%s” was taken out") % _written(old).strip()
    return _("“%(old)s” became “%(new)s”") % {"old": _written(old).strip(), "new": _written(new).strip()}


def _no_near_misspelling(old: str, new: str) -> str:
    words = {"old": old, "new": new}
    if is_english(old):
        return _("“%(old)s” is a word too, so that “%(new)s” can mean something else.") % words
    if not is_common(new):
        return _("“%(new)s” is not in the list of common words, so that its spelling cannot be checked.") % words
    most = _letters_allowed(old)
    if (old[0], old[-1]) != (new[0], new[-1]) or OSA.distance(old, new) > most:
        return _("“%(old)s” and “%(new)s” differ too much to be one word, misspelt.") % words
    if _affixes(old) != _affixes(new):
        return _("“%(old)s” and “%(new)s” differ in a part that can turn the meaning round.") % words
    for word in sorted(TURNING | DECIDING | UNITS | NUMBERS):
        if len(word) >= SHORTEST_WORD and OSA.distance(old, word) <= most:
            return _("“%(old)s” may have been meant as “%(other)s”.") % {"old": old, "other": word}
    return ""


def _letters_allowed(word: str) -> int:
    return 2 if len(word) >= LONG_WORD else 1


def _affixes(word: str) -> tuple[set[str], set[str]]:
    return set(filter(word.startswith, PREFIXES)), set(filter(word.endswith, SUFFIXES))


def _says_a_number(token: str) -> bool:
    return any(sign.isnumeric() for sign in token)


# Words where they stand


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'")


def _joined(words: list[str]) -> str:
    return "".join(map(_bare, words))


def _written(tokens: list[Token]) -> str:
    return "".join(token for token in tokens if isinstance(token, str))


def _words_beside(tokens: list[Token], edit: Edit) -> list[str]:
    """The word before and the word after a place, in the same text."""
    before = next(filter(is_word, reversed(tokens[: edit.start])), "")
    after = next(filter(is_word, tokens[edit.end :]), "")
    return [_bare(word) for word in (before, after) if word]


def _goes_on_beyond_a_mark(tokens: list[Token], edit: Edit) -> bool:
    """Half of the word is bold, or it has a raised sign."""
    return any(is_word(_next_shown(side)) for side in (reversed(tokens[: edit.start]), tokens[edit.end :]))


def _next_shown(tokens: Iterable[Token]) -> Token:
    silent = {"<sup>", "</sup>", "<sub>", "</sub>"}
    shown = (token for token in tokens if not isinstance(token, Mark) or (token.plain and token.sign not in silent))
    return next(shown, "")


def _begins_sentence(tokens: list[Token], start: int) -> bool:
    for token in reversed(tokens[:start]):
        if ends_line(token) or (isinstance(token, Mark) and token.sign.startswith(("<td", "<th"))):
            return True
        if isinstance(token, str) and token.strip():
            return token in SENTENCE_ENDS
    return True


# The list of words


@cache
def _english() -> tuple[str, str]:
    """The common words, and all others: one text each, because a set of them takes ten times the memory."""
    packed = Path(__file__).with_name("english.txt.gz").read_bytes()
    common, rare = gzip.decompress(packed).decode().split("\n\n")
    return f"\n{common}\n", f"\n{rare}"


def is_common(word: str) -> bool:
    return f"\n{word}\n" in _english()[0]


def is_english(word: str) -> bool:
    return any(f"\n{word}\n" in words for words in _english())
