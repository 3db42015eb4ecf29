"""What a reader asks for, before anything is known of the words: cleaned, cut, and taken apart by its signs."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

MOST_CHARACTERS = 200
# Of a query with more words the first are looked for.
MOST_WORDS = 12
MOST_PHRASES, MOST_UNWANTED = 3, 5
# Pieces of words in all: “a-b-c” is one word of three.
MOST_PIECES = 24
# What no keyboard writes, as Unicode sorts it: control characters part words, and what only changes how others are
# shown may stand in the middle of one, such as a soft hyphen.
_PARTING = ("Cc", "Cs", "Co", "Cn")
_INVISIBLE = "Cf"
_QUOTES = '"“”„«»'
_PART = re.compile(rf"(?<!\S)(-?)[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|(?<!\S)-(\w\S*)|([^\s{_QUOTES}]+)|[{_QUOTES}]")
_WORD = re.compile(r"\w\S*")
_PIECE = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Asked:
    typed: str
    # What stands outside quotes, in one piece.
    words: str
    phrases: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    is_cut: bool = False

    def typed_with(self, words: str) -> str:
        """The same query with other words outside the quotes."""
        quoted = [f"“{each}”" for each in self.phrases]
        unwanted = [f"-{each}" if _WORD.fullmatch(each) else f"-“{each}”" for each in self.unwanted]
        return " ".join([words, *quoted, *unwanted])


def clean(typed: str) -> str:
    """As typed, without what cannot be seen, in one line."""
    return " ".join(unicodedata.normalize("NFC", "".join(map(_visible, typed))).split())


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    return " " if category in _PARTING else "" if category == _INVISIBLE else letter


def asked(typed: str) -> Asked:
    typed = clean(typed[: MOST_CHARACTERS * 4])
    kept = typed[:MOST_CHARACTERS].strip()
    words, phrases, unwanted = [], [], []
    for minus, phrase, without, word in _PART.findall(kept):
        if phrase.strip():
            (unwanted if minus else phrases).append(phrase.strip())
        elif without:
            unwanted.append(without)
        elif word:
            words.append(word)
    looked_for = _cut(" ".join(words[:MOST_WORDS]))
    is_all = looked_for == " ".join(words) and len(phrases) <= MOST_PHRASES and len(unwanted) <= MOST_UNWANTED
    return Asked(
        typed=kept,
        words=looked_for,
        phrases=tuple(phrases[:MOST_PHRASES]),
        unwanted=tuple(unwanted[:MOST_UNWANTED]),
        is_cut=len(typed) > MOST_CHARACTERS or not is_all,
    )


def _cut(words: str) -> str:
    further = next(islice(_PIECE.finditer(words), MOST_PIECES, None), None)
    return words[: further.start()].rstrip() if further else words
