"""Finds phrases in what people write, however they spell it, and gives back the words as they were written.

A phrase is a line of words: `(a|b c)` is one of several, `[x]` may be missing, `..3` is a gap of up to three words,
`stop*` and `*mab` are words by their beginning or end, `<name>` is one of a group of words, `#` is any number, `?` a
question mark, `^` and `$` the beginning and end of a sentence. No phrase reaches over the end of a sentence.

Each word of a text becomes one character, so that a phrase is a regular expression over few characters. None of them
repeats without bound: the time grows no faster than the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from itertools import chain

from comments.ordinary import ordinary_words
from comments.recognition import LETTERS_SEEN, LONG_FORMS, MARKS, UNSEEN, spellings

START, QUESTION, UNKNOWN, NUMBER = ".", "?", "_", "#"
_FIRST_SYMBOL = 0x4E00
_TURNS = frozenset("but however although though except yet whereas unfortunately sadly".split())
_ENDS = frozenset(".!;:")
_LONGEST_WORD = 40
_LONGEST_REPORT = 160
_MOST_KEPT = 1 << 15
# Of the sets of words that a pattern needs, so many, the smallest, are looked at before it is tried.
_LOOKED_AT = 4

_APOSTROPHES = "'’‘ʼ`´＇"
_LETTER = r"[^\W_]"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*{_LETTER}*"  # 4,000 or 20mg
    r"|a&e\b|(?<!\w)[^\W\d_](?:[ .\-][^\W\d_](?!\w)){2,}"  # letters s p a c e d out
    rf"|{_LETTER}(?:{_LETTER}|[{_APOSTROPHES}{MARKS}{UNSEEN}]|[@$*|]+(?={_LETTER})|(?<=\b{_LETTER})!(?={_LETTER}))*"
    r"|\.{2,}|[.;:](?!\d)|[!?%]|\n[ \t\r]*\n",
    re.IGNORECASE,
)
_DOSE = re.compile(r"(\d[\d.,]*)(m?c?g|mls?|iu|ius|units?|k|x|st|lbs?|kg|am|pm|weeks?|days?|years?|yo|yrs?|hrs?|c|f)")
_WORD = re.compile(r"[^.?]")
_SPACED = re.compile(r"[ .\-]")

# What pieces of texts stand for, of those only that stand for ordinary words.
_kept: dict[str, tuple[str, ...]] = {}


class Reading:
    """A text as words: lower case, in Latin letters, short forms spelt out. Sentences end with "." or "?"."""

    def __init__(self, text: str):
        self.text = text
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        self._read = [_kept.get(token) or _keys(token) for token in _TOKEN.findall(text)]
        self.words = [START, *chain.from_iterable(self._read), START]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        spans = [(0, 0)]
        for match, words in zip(_TOKEN.finditer(self.text), self._read, strict=True):
            spans.extend([match.span()] * len(words))
        return [*spans, (len(self.text), len(self.text))]

    @cached_property
    def rare(self) -> dict[str, tuple[str, ...]]:
        """Each word that is not kept in memory, with its spellings."""
        return {word: (word, *spellings(word)) for word in set(self.words) - ordinary_words() - {START, QUESTION}}

    def written(self, first: int, last: int) -> str:
        """The words from `first` to before `last`, as they stand in the text."""
        start, end = self._spans[first][0], self._spans[last - 1][1]
        return self.text[start:end].strip()[:_LONGEST_REPORT].strip()

    def in_clauses(self) -> "Reading":
        """The same with "but" as the end of a sentence: what is said after it is another matter."""
        clauses = copy(self)
        vars(clauses).pop("sentences", None)
        clauses.words = [START if word in _TURNS else word for word in self.words]
        return clauses

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and the one after the last of each sentence; that one is its end."""
        found, first = [], 0
        for place, word in enumerate(self.words):
            if word in (START, QUESTION):
                if place > first:
                    found.append((first, place))
                first = place + 1
        return found


def read(text: str) -> Reading:
    return Reading(text)


class Phrases:
    """Lines to look for, and lines that look like them and are harmless: what `unless` finds is passed over."""

    def __init__(self, *lines: str, unless: Iterable[str] = (), groups: Mapping[str, str] | None = None):
        self._lines, self._unless, self._groups = lines, tuple(unless), groups or {}

    @cached_property
    def _grammar(self) -> "_Grammar":
        # Made when first asked for: processes that judge no comment need not wait for it.
        return _Grammar(self._lines, self._unless, self._groups)

    def spans(self, reading: Reading) -> list[tuple[int, int]]:
        """First word and the one after the last of every place found, in the order of the text."""
        return sorted(set(self._found(reading)))

    def any(self, reading: Reading) -> bool:
        return next(self._found(reading), None) is not None

    def words(self, reading: Reading) -> tuple[str, ...]:
        """What was found as it is written, each once."""
        found = [reading.written(*span) for span in _outermost(self.spans(reading))]
        return tuple(dict.fromkeys(filter(None, found)))

    def _found(self, reading: Reading) -> Iterator[tuple[int, int]]:
        grammar = self._grammar
        symbols = grammar.symbols(reading)
        present = set(symbols)
        for pattern in grammar.unless.possible(present):
            symbols = pattern.sub(_blanked, symbols)
        for pattern in grammar.patterns.possible(present):
            for match in pattern.finditer(symbols):
                yield match.span()


def _blanked(match: re.Match) -> str:
    return _WORD.sub(UNKNOWN, match.group())


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for first, last in spans:
        if kept and first < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(last, kept[-1][1]))
        else:
            kept.append((first, last))
    return kept


def _keys(token: str) -> tuple[str, ...]:
    """The words that a piece of text stands for, none for dots that trail off."""
    if (keys := _kept.get(token)) is None:
        keys = tuple(_read_token(token))
        if ordinary_words().issuperset(keys):
            _kept[token] = keys
    return keys


def _read_token(token: str) -> list[str]:
    if token in _ENDS or token[0] == "\n":
        return [START]
    if token in (QUESTION, "%"):
        return [token]
    if token[0] == ".":
        return []
    word = token.casefold()
    if not word.isascii():
        # Marks go first: putting a long run of them in order would take time by its square.
        word = unicodedata.normalize("NFKC", re.sub(f"[{MARKS}{UNSEEN}]", "", token)).casefold()
        word = re.sub(f"[{MARKS}]", "", unicodedata.normalize("NFD", word)).translate(LETTERS_SEEN)
    if len(word) > 4 and _SPACED.search(word):
        return _spaced(word)
    word = word.strip("'")
    if long_form := LONG_FORMS.get(word):
        return long_form.split()
    if dose := _DOSE.fullmatch(word):
        return [dose[1], dose[2]]
    return [word.removesuffix("'s").replace("'", "") or UNKNOWN]


def _spaced(word: str) -> list[str]:
    """ "d i e" is a word; "p. e. g." may be three letters, and then nothing knows the word."""
    letters = _SPACED.split(word)
    return ["".join(letters)] if "i" not in letters[:1] else ["i", "".join(letters[1:])]


class _Patterns:
    """Patterns, each with the sets of characters of which a text must have one each: most are ruled out by a glance.

    Bit n of a number stands for pattern n. A text has a few dozen different words and there are hundreds of patterns,
    so it is words that are gone through.
    """

    def __init__(self, patterns: Iterable[tuple[re.Pattern, tuple[frozenset[str], ...]]]):
        self._patterns: list[re.Pattern] = []
        self._undemanding = [0] * _LOOKED_AT
        self._asked_for: list[dict[str, int]] = [{} for _ in range(_LOOKED_AT)]
        for number, (pattern, needed) in enumerate(patterns):
            self._patterns.append(pattern)
            for place, asked_for in enumerate(self._asked_for):
                if place >= len(needed):
                    self._undemanding[place] |= 1 << number
                    continue
                for symbol in needed[place]:
                    asked_for[symbol] = asked_for.get(symbol, 0) | 1 << number

    def possible(self, present: set[str]) -> Iterator[re.Pattern]:
        """Those that may match a text of these characters, in order."""
        left = -1
        for found, asked_for in zip(self._undemanding, self._asked_for, strict=True):
            for symbol in present & asked_for.keys():
                found |= asked_for[symbol]
            left &= found
            if not left:
                return
        while left:
            lowest = left & -left
            yield self._patterns[lowest.bit_length() - 1]
            left ^= lowest


class _Grammar:
    """Phrases made into patterns over characters, one for each word that they know."""

    def __init__(self, lines: Iterable[str], unless: Iterable[str], groups: Mapping[str, str]):
        self._groups = {name: [("one", _parse(text))] for name, text in groups.items()}
        parsed = list(chain.from_iterable(map(_parse, lines)))
        parsed_unless = list(chain.from_iterable(map(_parse, unless)))
        words = dict.fromkeys(chain.from_iterable(map(self._words, parsed + parsed_unless)))
        self._symbols = {word: chr(_FIRST_SYMBOL + number) for number, word in enumerate(words)}
        self._prefixes = {word[:-1] for word in words if word.endswith("*")}
        self._suffixes = {word[1:] for word in words if word.startswith("*")}
        self._knows_parts_of_numbers = any(part.isdecimal() for part in self._prefixes | self._suffixes)
        self._sets: dict[str, frozenset[str]] = {}
        self._known: dict[str, str] = {START: START, QUESTION: QUESTION}
        self.patterns = _Patterns(self._pattern(sequence, "?") for sequence in parsed)
        # Gaps of what is harmless are as long as they can be: all that it may cover is passed over.
        self.unless = _Patterns(self._pattern(sequence, "") for sequence in parsed_unless)

    def symbols(self, reading: Reading) -> str:
        known, words = self._known, reading.words
        if rare := reading.rare:
            rare = {word: self._symbol(word, spelt) for word, spelt in rare.items()}
        try:
            if not rare:
                return "".join([known[word] for word in words])
            return "".join([rare[word] if word in rare else known[word] for word in words])
        except KeyError:
            for word in words:
                if word not in known and word not in rare:
                    known[word] = self._symbol(word, chain([word], spellings(word)))
            return "".join([rare[word] if word in rare else known[word] for word in words])

    def _symbol(self, word: str, spelt: Iterable[str]) -> str:
        for spelling in spelt:
            if symbol := self._listed(spelling):
                return symbol
        return NUMBER if word[0].isdigit() else UNKNOWN

    def _listed(self, word: str) -> str | None:
        if symbol := self._symbols.get(word):
            return symbol
        if word.isdecimal() and not self._knows_parts_of_numbers:
            return None
        for length in range(min(len(word), _LONGEST_WORD), 1, -1):
            if word[:length] in self._prefixes:
                return self._symbols[f"{word[:length]}*"]
        for start in range(max(0, len(word) - _LONGEST_WORD), len(word) - 1):
            if word[start:] in self._suffixes:
                return self._symbols[f"*{word[start:]}"]
        return None

    def _words(self, sequence: list) -> Iterator[str]:
        for kind, value in sequence:
            if kind == "word":
                yield value
            elif kind == "group":
                yield from self._words(self._groups[value])
            elif kind in ("one", "maybe"):
                for each in value:
                    yield from self._words(each)

    def _pattern(self, sequence: list, haste: str) -> tuple[re.Pattern, tuple[frozenset[str], ...]]:
        needed: list[frozenset[str]] = []
        for kind, value in sequence:
            if kind in ("word", "group", "one", "number"):
                needed.append(self._used([(kind, value)]))
        self._haste = haste
        return re.compile(self._expression(sequence)), tuple(sorted(needed, key=len))

    def _used(self, sequence: list) -> frozenset[str]:
        """Every character that may stand for any part of it."""
        used = {"#"} | self._numbers() if any(kind == "number" for kind, _ in _flat(sequence)) else set()
        if any(kind in ("start", "end", "question") for kind, _ in _flat(sequence)):
            used |= {START, QUESTION}
        for word in self._words(sequence):
            used |= self._set(word)
        return frozenset(used)

    def _set(self, word: str) -> frozenset[str]:
        if word not in self._sets:
            if word.endswith("*"):
                fits = [other for other in self._symbols if other.startswith(word[:-1])]
            elif word.startswith("*"):
                fits = [other for other in self._symbols if other.endswith(word[1:])]
            else:
                fits = [word]
            self._sets[word] = frozenset(self._symbols[other] for other in fits)
        return self._sets[word]

    def _numbers(self) -> set[str]:
        return {symbol for word, symbol in self._symbols.items() if word[0].isdigit()}

    def _expression(self, sequence: list) -> str:
        return "".join(map(self._part, sequence))

    def _part(self, element: tuple) -> str:
        kind, value = element
        if kind == "word":
            return f"[{''.join(sorted(self._set(value)))}]"
        if kind == "group":
            return self._expression(self._groups[value])
        if kind == "gap":
            return f"[^{START}{QUESTION}]{{0,{value}}}{self._haste}"
        if kind == "number":
            return f"[#{''.join(sorted(self._numbers()))}]"
        if kind in ("one", "maybe"):
            return self._alternatives(value) + ("?" if kind == "maybe" else "")
        return {"start": "(?<=[.?])", "end": "(?=[.?])", "question": "[?]"}[kind]

    def _alternatives(self, alternatives: list) -> str:
        """Single words become one set of characters; only longer alternatives are tried one by one."""
        single: set[str] = set()
        longer = []
        for each in self._opened(alternatives):
            flat = self._as_set(each)
            if flat is None:
                longer.append(self._expression(each))
            else:
                single |= flat
        parts = longer + ([f"[{''.join(sorted(single))}]"] if single else [])
        return parts[0] if len(parts) == 1 and single else f"(?:{'|'.join(parts)})"

    def _opened(self, alternatives: list) -> Iterator[list]:
        """Alternatives inside alternatives stand beside the others."""
        for each in alternatives:
            kind, value = each[0] if len(each) == 1 else ("", None)
            if kind == "group":
                yield from self._opened([self._groups[value]])
            elif kind == "one":
                yield from self._opened(value)
            else:
                yield each

    def _as_set(self, sequence: list) -> frozenset[str] | None:
        if len(sequence) != 1:
            return None
        kind, value = sequence[0]
        if kind == "word":
            return self._set(value)
        if kind == "number":
            return frozenset({"#"} | self._numbers())
        return None


def _flat(sequence: list) -> Iterator[tuple]:
    for kind, value in sequence:
        yield kind, value
        if kind in ("one", "maybe"):
            for each in value:
                yield from _flat(each)


_PART = re.compile(r"\.\.\d+|<\w+>|[()\[\]|^$?#]|[^\s()\[\]|^$?#<>]+")
# A star inside a word, and what no word of a reading holds.
_UNREADABLE = re.compile(r"\w\*\w|\*\w+\*|['A-Z,]|\w\?")
_SIGNS = {"^": "start", "$": "end", "?": "question", "#": "number"}


def _parse(line: str) -> list[list[tuple]]:
    """The alternatives of a line, most often one."""
    parts = _PART.findall(line)
    if len("".join(parts)) != len("".join(line.split())) or _UNREADABLE.search(line):
        raise ValueError(f"This phrase cannot be read: {line}")
    alternatives, rest = _bracket([*parts, ")"], 0)
    if rest != len(parts) + 1:
        raise ValueError(f"A bracket of this phrase is not opened: {line}")
    return alternatives


def _sequence(parts: list[str], at: int) -> tuple[list[tuple], int]:
    sequence: list[tuple] = []
    while at < len(parts) and parts[at] not in (")", "]", "|"):
        part = parts[at]
        if part in ("(", "["):
            alternatives, at = _bracket(parts, at + 1)
            sequence.append(("one" if part == "(" else "maybe", alternatives))
            continue
        at += 1
        if part.startswith(".."):
            sequence.append(("gap", int(part[2:])))
        elif part.startswith("<"):
            sequence.append(("group", part[1:-1]))
        elif part in _SIGNS:
            sequence.append((_SIGNS[part], part))
        else:
            sequence.append(("word", part))
    return sequence, at


def _bracket(parts: list[str], at: int) -> tuple[list[list[tuple]], int]:
    alternatives = []
    while True:
        sequence, at = _sequence(parts, at)
        if not sequence:
            raise ValueError(f"An alternative of this phrase is empty: {' '.join(parts)}")
        alternatives.append(sequence)
        if at >= len(parts):
            raise ValueError(f"A bracket of this phrase is not closed: {' '.join(parts)}")
        at += 1
        if parts[at - 1] != "|":
            return alternatives, at
