"""The names of all entities as a trie over canonical words.

A node is a dict from word to node; the terms that end at it stand under the empty word. Where only one name goes on, its
remaining words stand in a list ([words, terms]) instead of a chain of dicts: most of a big vocabulary is such tails, so it
is built and held cheaply. A name is stored once, in canonical form; what may vary is settled by `spelling` and `reading`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from crosslinks.matching.reading import BARRIER, read
from crosslinks.matching.terms import Term

Node = dict[str, Any]  # of nodes and tails; a recursive type would say less

# "cancer of the breast" and "breast cancer": for names with these heads both orders are common.
HEADS = ("cancer", "carcinoma", "neoplasm", "tumor", "tumour", "adenocarcinoma", "sarcoma", "lymphoma", "atrophy", "stenosis", "deficiency")

END = ""
PARAGRAPH = "\n\n"
_LEADING_PUNCTUATION = re.compile(r"\A[\W_]+")
_HAS_WORD = re.compile(r"[^\W_]")
_QUALIFIER = re.compile(
    r"\s*[\[(](?:disease|disorder|finding|syndrome|diagnosis)[\])]\s*\Z|,\s*(?:formerly|nos|unspecified)\s*\Z", re.IGNORECASE
)
_NOT_TURNED = re.compile(r"[\[\](){}/;:]|\b(?:and|or|with|without|due|not|other|of|in|to|by|from)\b", re.IGNORECASE)
_HEAD_OF = re.compile(rf"({'|'.join(HEADS)}) of (?:the )?(.+)\Z", re.IGNORECASE)


def written_forms(text: str) -> list[str]:
    """The name as it stands in the vocabulary, and as it stands in a sentence: "Carcinoma, breast" is "breast Carcinoma",
    "deficiency of C5" is "C5 deficiency"."""
    text = " ".join(text.split())
    if text[-1] in "])" or ", " in text:
        text = _QUALIFIER.sub("", text) or text
        if ", " in text and not _NOT_TURNED.search(text):
            return [text, " ".join(reversed(text.split(", ")))]
    if " of " in text:
        turned = _HEAD_OF.match(text)
        if turned and not _NOT_TURNED.search(turned[2]) and "," not in text:
            return [text, f"{turned[2]} {turned[1]}"]
    return [text]


def keys(texts: Iterable[str]) -> list[list[str]]:
    """The canonical words of each text. They are read in one go, as paragraphs: that is much faster than one by one."""
    reading = read(PARAGRAPH + PARAGRAPH.join(texts))
    forms, flow = reading.forms, reading.flow
    edges = [index for index, word in enumerate(flow) if word[0] == BARRIER]
    for index in edges:
        flow[index] = forms[index]
    edges.append(len(flow))
    made = [flow[first:last] for first, last in pairwise(edges)]
    for name in {bisect_right(edges, index) - 1 for index in reading.prefixed}:
        made[name] = reading.rewritten(edges[name], edges[name + 1]).flow
    return made


def phrases(term: Term) -> list[frozenset[str]]:
    """The sets of index words of which at least one is wholly in every text in which this term changes anything."""
    written = [text for text in written_forms(term.text) if _HAS_WORD.search(text)]
    return [frozenset(_LEADING_PUNCTUATION.sub("", word) for word in key) for key in keys(written)]


class Vocabulary:
    """Immutable once built, so threads may share it."""

    def __init__(self, terms: Iterable[Term], *, blocked: Iterable[str] = ()):
        self._root: Node = {}
        written = [(text, term) for term in terms if _HAS_WORD.search(term.text) for text in written_forms(term.text)]
        for key, (_text, term) in zip(keys([text for text, _term in written]), written, strict=True):
            _insert(self._root, key, term)
        self.blocked = blocked_keys(blocked)

    def phrases(self, term: Term) -> list[frozenset[str]]:
        return phrases(term)

    def beginnings(self, forms: list[str]) -> list[int]:
        """The indexes of the words with which some name begins."""
        root = self._root
        return [index for index, form in enumerate(forms) if form in root]

    def names_at(self, index: int, first: str, flow: list[str]) -> list[tuple[int, list[Term]]]:
        """The names that begin with `first` and go on with the flow after `index`: where each ends, and its terms."""
        found = []
        node, end = self._root.get(first), index + 1
        while node is not None:
            if type(node) is list:
                rest = node[0]
                if flow[end : end + len(rest)] == rest:
                    found.append((end + len(rest), node[1]))
                break
            if END in node:
                found.append((end, node[END]))
            node = node.get(flow[end]) if end < len(flow) else None
            end += 1
        return found

    def has(self, key: list[str]) -> bool:
        return bool(self.terms_of(key))

    def terms_of(self, key: list[str]) -> list[Term]:
        return next((terms for end, terms in self.names_at(0, key[0], key) if end == len(key)), [])


def blocked_keys(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    written = [form for text in texts if _HAS_WORD.search(text) for form in written_forms(text)]
    return frozenset(map(tuple, keys(written))) if written else frozenset()


def _insert(node: Node, key: list[str], term: Term) -> None:
    for depth, word in enumerate(key, start=1):
        child = node.get(word)
        if child is None:
            node[word] = [key[depth:], [term]]
            return
        if type(child) is list:
            rest, terms = child
            if rest == key[depth:]:
                terms.append(term)
                return
            child = node[word] = {rest[0]: [rest[1:], terms]} if rest else {END: terms}
        node = child
    node.setdefault(END, []).append(term)
