"""The names of all entities as a trie over canonical words.

A node is a dict from word to node; the terms that end at it stand under the empty word. Where only one name goes on,
its remaining words stand in a list ([words, terms]) instead of a chain of dicts: most of a big vocabulary is such
tails, so it is built and held cheaply. What may vary in a name is settled by `spelling` and `reading`, not listed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from crosslinks.matching.reading import BARRIER, places, read
from crosslinks.matching.terms import Linking, Term

Node = dict[str, Any]  # of nodes and tails; a recursive type would say less

# For names with these heads both orders are common: "cancer of the breast" and "breast cancer".
HEADS = "cancer carcinoma neoplasm tumor tumour adenocarcinoma sarcoma lymphoma atrophy stenosis deficiency".split()

END = ""
PARAGRAPH = "\n\n"
NOTHING, BLOCKED_KIND = "", "blocked"
_LEADING_PUNCTUATION = re.compile(r"\A[\W_]+")
_HAS_WORD = re.compile(r"[^\W_]")
_QUALIFIER = re.compile(
    r"\s*[\[(](?:disease|disorder|finding|syndrome|diagnosis)[\])]\s*\Z|,\s*(?:formerly|nos|unspecified)\s*\Z",
    re.IGNORECASE,
)
_NOT_TURNED = re.compile(r"[\[\](){}/;:]|\b(?:and|or|with|without|due|not|other|of|in|to|by|from)\b", re.IGNORECASE)
# "Guillain-Barré" and "Crohn's" alone mean the disease (of the latter only the possessive: `names.fits`).
_EPONYM = re.compile(
    r"((?:[vV][ao]n |de |[dD]e la )?[A-Z][a-zà-ÿ]+-[A-Z][a-zà-ÿ]+|[A-Z][a-zà-ÿ]{3,})(?:['’]s)? (?:syndrome|disease)\Z"
)
_HEAD_OF = re.compile(rf"({'|'.join(HEADS)}) of (?:the )?(.+)\Z", re.IGNORECASE)


def written_forms(text: str) -> list[str]:
    """The name as it stands in the vocabulary, and as it stands in a sentence.

    "Carcinoma, breast" is "breast Carcinoma", "deficiency of C5" is "C5 deficiency".
    """
    if "\n" in text:
        text = " ".join(text.split())
    if text[-1] in "])" or ", " in text:
        text = _QUALIFIER.sub("", text) or text
        if ", " in text and not _NOT_TURNED.search(text):
            return [text, " ".join(reversed(text.split(", ")))]
    if text.endswith((" syndrome", " disease")):
        eponym = _EPONYM.match(text)
        return [text, eponym[1]] if eponym else [text]
    if " of " in text:
        turned = _HEAD_OF.match(text)
        if turned and not _NOT_TURNED.search(turned[2]) and "," not in text:
            return [text, f"{turned[2]} {turned[1]}"]
    return [text]


def keys(texts: Iterable[str]) -> list[list[str]]:
    """The canonical words of each text, none for a text without words. They are read in one go, as paragraphs."""
    texts = [" ".join(text.split()) for text in texts]
    worded = iter(_keys_of([text for text in texts if _HAS_WORD.search(text)]))
    return [next(worded) if _HAS_WORD.search(text) else [] for text in texts]


def _keys_of(texts: list[str]) -> list[list[str]]:
    reading = read(PARAGRAPH + PARAGRAPH.join(texts), offsets=False)
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
    if not _HAS_WORD.search(term.text):
        return []
    return [frozenset(_LEADING_PUNCTUATION.sub("", word) for word in key) for key in _keys_of(written_forms(term.text))]


class Vocabulary:
    """Immutable once built, so threads may share it. Texts that never link claim their words as names do."""

    def __init__(self, terms: Iterable[Term], *, blocked: Iterable[str] = ()):
        self._root: Node = {}
        blocked = list(blocked)
        texts: dict[bool, list[str]] = {True: [], False: []}  # those in ASCII apart: they are read faster
        named: dict[bool, list[Term]] = {True: [], False: []}
        for term in chain(terms, map(blocked_term, blocked)):
            if _HAS_WORD.search(term.text):
                for text in written_forms(term.text):
                    texts[text.isascii()].append(text)
                    named[text.isascii()].append(term)
        for ascii_only, written in texts.items():
            for key, term in zip(_keys_of(written), named[ascii_only], strict=True):
                _insert(self._root, key, term)
        self.blocked = blocked_keys(blocked)

    def names_in(self, forms: list[str], flow: list[str]) -> list[tuple[int, int, list[Term]]]:
        """The names in a text: where each begins and ends, and its terms."""
        root = self._root
        following = [*flow[1:], END]
        found = []
        for index in places(forms, root):
            node, word = root[forms[index]], following[index]
            # Most beginnings go on otherwise: seen here, that costs no call.
            if (word in node or END in node) if type(node) is dict else (not node[0] or node[0][0] == word):
                found += [(index, end, terms) for end, terms in _names_below(node, index + 1, flow)]
        return found

    def names_at(self, first: str, flow: list[str], index: int) -> list[tuple[int, list[Term]]]:
        """The names that begin with the word `first` at this index: where each ends, and its terms."""
        node = self._root.get(first)
        return [] if node is None else _names_below(node, index + 1, flow)

    def has(self, key: list[str]) -> bool:
        return bool(self.terms_of(key))

    def terms_of(self, key: list[str]) -> list[Term]:
        return next((terms for end, terms in self.names_at(key[0], key, 0) if end == len(key)), [])


def _names_below(node: Node | list, end: int, flow: list[str]) -> list[tuple[int, list[Term]]]:
    found: list[tuple[int, list[Term]]] = []
    while type(node) is dict:
        if END in node:
            found.append((end, node[END]))
        if end == len(flow):
            return found
        node = node.get(flow[end])
        end += 1
    if node is not None:
        rest, terms = node
        if not rest or flow[end : end + len(rest)] == rest:
            found.append((end + len(rest), terms))
    return found


def blocked_term(text: str) -> Term:
    """A text that never links, as a name of nothing."""
    return Term(NOTHING, NOTHING, text, BLOCKED_KIND, linking=Linking.NEVER)


@lru_cache(maxsize=256)
def blocked_vocabulary(texts: frozenset[str]) -> Vocabulary:
    """For the texts that never link on one page."""
    return Vocabulary((), blocked=texts)


def blocked_keys(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    written = [form for text in texts if _HAS_WORD.search(text) for form in written_forms(text)]
    return frozenset(map(tuple, _keys_of(written))) if written else frozenset()


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
