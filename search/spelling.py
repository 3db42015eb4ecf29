"""Which words were probably meant, where the site does not know those that were typed."""

from collections.abc import Iterable
from itertools import product
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.knowledge import Knowledge, is_corrected, near_to
from search.lexicon import LONGEST_NAME
from search.words import Text, read_text

# Of a name two letters may be wrong, from this length on.
SHORTEST_FAR = 6
MOST_MEANT = 5


def corrected(text: Text, known: Knowledge) -> str:
    """The text with the words that were probably meant, or nothing where all are known or none is near."""
    unknown = {index: _meant(index, text, known) for index in _unknown(text, known)}
    unknown = {index: meant for index, meant in unknown.items() if meant}
    if not unknown:
        return ""
    unknown |= dict(_respelt(text, known))
    best = max(product(*unknown.values()), key=lambda words: _fit(text, dict(zip(unknown, words, strict=True)), known))
    return _with(text, dict(zip(unknown, best, strict=True)))


def _unknown(text: Text, known: Knowledge) -> list[int]:
    named = {
        index for each in text.joined for index in range(each.first, each.last) if known.lexicon.called([each.form])
    }
    return [
        index
        for index, (word, stem) in enumerate(zip(text.plain, text.stems, strict=True))
        if is_corrected(word)
        and index not in named
        and not known.knows(word, stem)
        and not _is_joined_name(index, text, known)
        and not _is_beginning(index, text, known)
    ][:3]


def _respelt(text: Text, known: Knowledge) -> Iterable[tuple[int, list[str]]]:
    """Words that nobody writes so, whose stem is right: found as they are, and written right beside a corrected one."""
    for index, (word, stem) in enumerate(zip(text.plain, text.stems, strict=True)):
        if is_corrected(word) and word not in known.written and word not in known.lexicon.stems:
            near = (each for each in near_to(word) if known.lexicon.stems.get(each) == stem)
            same = sorted(filter(known.may_tell, near))
            if same:
                yield index, same[:1]


def _is_joined_name(index: int, text: Text, known: Knowledge) -> bool:
    """Of a name that was written in two words."""
    forms = text.forms
    beside = [forms[index : index + 1], forms[index : index + 2], forms[max(index - 1, 0) : index + 1]]
    return any(map(known.lexicon.called, beside))


def _is_beginning(index: int, text: Text, known: Knowledge) -> bool:
    """The last word may not be written to its end; where a name lacks one letter only, that is an error."""
    word = text.plain[index]
    if index != len(text.plain) - 1 or text.ends[index] != len(text.text):
        return False
    names = known.lexicon.words_beginning(word)
    return bool(names or known.endings) and not any(len(name) == len(word) + 1 for name in names)


def _meant(index: int, text: Text, known: Knowledge) -> list[str]:
    """Words near to this one, the likeliest first."""
    word = text.plain[index]
    near = near_to(word)
    found = list(filter(known.may_tell, near))
    if not found and len(word) >= SHORTEST_FAR:
        names = extract(word.removesuffix("s"), known.lexicon.long_words, scorer=OSA.distance, score_cutoff=2, limit=20)
        found = [name for name, _distance, _at in names if name[0] == word[0] and known.may_tell(name)]
    return sorted(found, key=lambda each: (-_likelihood(each, word, known), each))[:MOST_MEANT]


def _likelihood(meant: str, typed: str, known: Knowledge) -> float:
    likely = log(1 + known.written.get(meant, 0))
    likely += 4 * (meant in known.lexicon.stems) + 2 * (meant[0] == typed[0])
    # A letter doubled, dropped or swapped is a commoner slip than another letter.
    return likely + (sorted(set(meant)) == sorted(set(typed)))


def _fit(text: Text, words: dict[int, str], known: Knowledge) -> tuple[int, float]:
    """How many words belong to names if these were meant, and how likely each is."""
    meant = read_text(_with(text, words))
    named = sum(len(span) for span in spans_of_names(meant.forms, known))
    return named, sum(_likelihood(word, text.plain[index], known) for index, word in words.items())


def spans_of_names(forms: list[str], known: Knowledge) -> Iterable[range]:
    """Where names stand, the longest first from left to right."""
    index = 0
    while index < len(forms):
        ends = range(min(index + LONGEST_NAME, len(forms)), index, -1)
        end = next((end for end in ends if known.lexicon.called(forms[index:end])), None)
        if end is None:
            index += 1
        else:
            yield range(index, end)
            index = end


def _with(text: Text, words: dict[int, str]) -> str:
    made, last = [], 0
    for index, word in sorted(words.items()):
        made += [text.text[last : text.starts[index]], word]
        last = text.ends[index]
    return "".join([*made, text.text[last:]])
