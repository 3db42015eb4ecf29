"""Sentences, words and syllables of English text, without a language model: rules that err on the quiet side."""

import re

# A full stop after these ends no sentence.
NEVER_LAST = frozenset("e.g i.e eg ie dr prof mr mrs ms st vs cf approx ca resp incl esp al".split())
# After these, only where no number follows: "No. 5", "Fig. 2".
BEFORE_NUMBERS = frozenset("no nos fig figs p pp vol ch".split())
# After an abbreviation with dots inside ("the U.S."), these begin a new sentence.
USUAL_STARTS = frozenset(
    "a an the this these that those it its they there he she we you your in on at for if when some many most other ask "
    "tell call as after before".split()
)
END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|\n)\s*+")
# To judge one end, so many characters on either side are read: more than any word has.
AROUND = 60
OPENING = "\"'“‘«(["
# "mRNA", "pH": words that keep their small letter at the beginning of a sentence.
SMALL_AND_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z]")
WORD = re.compile(r"[^\W_]+(?:['’./–-][^\W_]+)*")
VOWELS = re.compile(r"[aeiouyäöüáéíóú]+")
SILENT_ENDING = re.compile(r"(?<=[^aeiouyl])e\Z|(?<=[^aeiouytd])ed\Z|(?<=[^aeiouycgshxz])es\Z")


def spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends; blanks around a sentence are no part of it."""
    found, start = [], 0
    for match in END.finditer(text):
        if _is_end(text, start, match):
            found.append((start, match.start() + len(match[0].rstrip())))
            start = match.end()
    found.append((start, len(text)))
    return [(begin, begin + len(text[begin:end].rstrip())) for begin, end in found if text[begin:end].strip()]


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + AROUND].lstrip(OPENING)
    if "\n" in match[0] or not rest:
        return True
    if rest[0].islower() and not SMALL_AND_CAPITAL.match(rest):
        return False
    before = text[max(start, match.start() - AROUND) : match.start()]
    return not match[0].startswith(".") or not _is_abbreviation(before, rest)


def _is_abbreviation(before: str, rest: str) -> bool:
    token = before.split()[-1].lstrip(OPENING).lower() if before.strip() else ""
    if token in NEVER_LAST:
        return True
    if token in BEFORE_NUMBERS:
        return rest[0].isdigit()
    if token.isdigit() and token == before.strip():
        # "1. Call": the number of a step.
        return True
    first = WORD.match(rest)
    return "." in token and not token[0].isdigit() and first is not None and first[0].lower() not in USUAL_STARTS


def words(text: str) -> list[str]:
    return WORD.findall(text)


def syllables(word: str) -> int:
    """The number of groups of vowels, less a silent ending: right for about nine words in ten."""
    return max(1, len(VOWELS.findall(SILENT_ENDING.sub("", word.lower()))))
