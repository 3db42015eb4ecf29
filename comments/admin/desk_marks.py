"""The text of a comment as the desk shows it: in paragraphs, with the words marked that the rules found."""

import re
from collections.abc import Iterable
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
    pattern = pattern_of(words)
    return [_pieces(paragraph, pattern) for paragraph in _BETWEEN_PARAGRAPHS.split(value)]


def pattern_of(words: Iterable[str]) -> re.Pattern | None:
    """Finds these words as they were written, whole words only, the longest first."""
    wanted = sorted({word.strip() for word in words} - {""}, key=len, reverse=True)[:MOST_WORDS]
    return re.compile("|".join(map(_whole, wanted))) if wanted else None


def _whole(word: str) -> str:
    spelled = r"\s+".join(map(re.escape, _SPACE.split(word)))
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return f"{before}{spelled}{after}"


def _pieces(text: str, pattern: re.Pattern | None) -> list[Piece]:
    if pattern is None:
        return [Piece(text)]
    pieces, start = [], 0
    for match in pattern.finditer(text):
        pieces += [Piece(text[start : match.start()]), Piece(match.group(), is_found=True)]
        start = match.end()
    return [piece for piece in (*pieces, Piece(text[start:])) if piece.text]
