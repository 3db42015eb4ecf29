"""Words that many people write. Only these are kept from one comment to the next: nobody's name or number is among
them, and nothing is left in memory of a comment that was erased.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "words.txt"


@cache
def ordinary_words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="ascii").split())


def write_ordinary_words(signs: Iterable[str]) -> None:
    """Those among the signs that came up in several examples of the second reader."""
    words = sorted(sign for sign in signs if sign.isascii() and sign.isalpha())
    WORDS.write_text("\n".join(words) + "\n", encoding="ascii")
