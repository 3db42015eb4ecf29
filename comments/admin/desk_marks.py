"""The text of a comment as the desk shows it: in paragraphs, with the words marked that the rules found."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_WORDS = 100
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool = False


def marked(value: str, words: Iterable[str]) -> list[list[Piece]]:
    """Paragraphs of pieces. Links stay text: nobody should follow them from the desk."""
    wanted = {_SPACE.sub(" ", word.strip()) for word in words} - {""}
    longest_first = sorted(wanted, key=len, reverse=True)[:MOST_WORDS]
    return [_pieces(paragraph, longest_first) for paragraph in _BETWEEN_PARAGRAPHS.split(value)]


def _pieces(text: str, words: list[str]) -> list[Piece]:
    pieces, start = [], 0
    for first, last in _found(text, words):
        pieces += [Piece(text[start:first]), Piece(text[first:last], is_found=True)]
        start = last
    return [piece for piece in (*pieces, Piece(text[start:])) if piece.text]


def _found(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where these words stand as they were written, whole words only: the first and there the longest, and so on.

    Not by a pattern made of them: patterns are kept in memory, and these words may have to be forgotten.
    """
    flat, places = _flattened(text)
    spans = sorted((span for word in words for span in _whole(word, flat)), key=lambda span: (span[0], -span[1]))
    end = 0
    for first, last in spans:
        if first >= end:
            yield places[first], places[last - 1] + 1
            end = last


def _flattened(text: str) -> tuple[str, list[int]]:
    """The text with a single space in place of any, and where each of its characters stood."""
    places = [
        place for place, letter in enumerate(text) if not (letter.isspace() and text[place - 1 : place].isspace())
    ]
    return "".join(" " if text[place].isspace() else text[place] for place in places), places


def _whole(word: str, flat: str) -> Iterator[tuple[int, int]]:
    first = flat.find(word)
    while first >= 0:
        last = first + len(word)
        is_cut = (word[0].isalnum() and _is_letter(flat[first - 1 : first] if first else "")) or (
            word[-1].isalnum() and _is_letter(flat[last : last + 1])
        )
        if not is_cut:
            yield first, last
        first = flat.find(word, first + 1)


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
