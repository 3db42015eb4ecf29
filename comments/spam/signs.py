"""The signs in a text that the filter counts: words, pairs of neighbours, kinds of words, shapes such as a price."""

import re
import unicodedata
from collections import defaultdict
from itertools import pairwise

from comments.spam.kinds import KIND_OF
from comments.text import seen

LONGEST_WORD = 20
# A text says what it is within its first paragraphs; what follows changes no judgement and costs time.
LONGEST_READ = 2_500
# Different words of one kind that make it a habit.
OFTEN = 3
MANY_CAPITALS = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDINGS = "com|net|info|biz|shop|store|online|io|pro|eu|co|example"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.)\S+|(?<!\S)[^\s@]{{1,60}}@\S{{1,60}}|(?<![\w-])[\w-]{{1,60}}\.(?:org|{_ENDINGS})\b\S{{0,60}}",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
# Shapes and kinds begin with a sign that no word has.
_SHAPES = (
    ("#link", re.compile(r"https?://\S{1,60}|\bwww\.\S{1,60}", re.IGNORECASE)),
    ("#domain", re.compile(rf"(?<![/.@\w-])[a-z0-9-]{{2,40}}\.(?:{_ENDINGS})\b", re.IGNORECASE)),
    ("#mail", re.compile(r"\w@[\w.-]{1,60}")),
    ("#money", re.compile(r"[$€£₹]\s?\d{1,9}|\d\s?(?:[$€£₹]|(?:usd|dollars?|euros?|pounds?|bucks)\b)", re.IGNORECASE)),
    ("#share", re.compile(r"\d{1,4}\s?%|\bpercent\b", re.IGNORECASE)),
    ("#phone", re.compile(r"\+\d[\d ().-]{8,20}|\b\d{3}[ .-]\d{3,4}[ .-]?\d{1,4}")),
    ("#marks", re.compile(r"[!?]{3,9}|[$€£]{2,9}|>>|->")),
    ("#dose", re.compile(r"\d{1,6}\s?(?:mg|µg|mcg|ml|g/l|g/kg|units?|iu)\b", re.IGNORECASE)),
    ("#call", re.compile(r"!")),
    ("#question", re.compile(r"\?")),
)  # fmt: skip
_SCRIPTS = ("CYRILLIC", "CJK", "ARABIC", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "HEBREW", "DEVANAGARI")


def signs_in(text: str) -> dict[str, str]:
    """Each sign once, as saying a thing ten times makes it no truer, with what stands for it in the text."""
    text = unicodedata.normalize("NFKC", seen(text[:LONGEST_READ]))
    words = [word.replace("’", "'").casefold() for word in _WORD.findall(_ADDRESS.sub(" ", text))]
    words = [word for word in words if len(word) <= LONGEST_WORD]
    found = {word: word for word in words}
    found.update((pair, pair) for pair in map(" ".join, pairwise(words)))
    kinds = defaultdict(list)
    for word in dict.fromkeys(words):
        if kind := KIND_OF.get(word):
            kinds[kind].append(word)
    for kind, members in kinds.items():
        found[f"#{kind}"] = members[0]
        if len(members) >= OFTEN:
            found[f"#{kind} often"] = ", ".join(members[:OFTEN])
    found.update((name, match.group()) for name, shape in _SHAPES if (match := shape.search(text)))
    if len(capitals := _CAPITALS.findall(text)) >= MANY_CAPITALS:
        found["#capitals"] = capitals[0]
    if not text.isascii():
        found.update(_scripts(words))
    return found


def _scripts(words: list[str]) -> dict[str, str]:
    """The scripts other than Latin and Greek, which any text about medicine may use."""
    names = {unicodedata.name(word[0], "").split(" ")[0]: word for word in words if not word[0].isascii()}
    return {f"#{name.casefold()}": names[name] for name in names.keys() & set(_SCRIPTS)}
