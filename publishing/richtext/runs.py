"""Runs of text: the inside of a paragraph, a heading or a table cell, in canonical form."""

import re
import unicodedata
from collections.abc import Iterator

from .policy import INLINE, check_characters
from .tree import BLANK, Child, Node, is_blank

RENAMED = {"b": "strong", "i": "em", "cite": "em", "dfn": "em"}
# Kept only between a number and its unit.
LOOSE_NO_BREAK_SPACE = re.compile(r"(?<!\d)\xa0|\xa0(?![^\W\d_]|[%‰°µΩ])")


def run_of(nodes: list[Child]) -> list[Child]:
    """The nodes as one run, without outer blanks and breaks; blocks inside become words with a space between."""
    run = compact(flatten(nodes, frozenset()))
    set_spaces(run)
    return strip_breaks(compact(run))


def flatten(nodes: list[Child], inside: frozenset[str]) -> list[Child]:
    flat: list[Child] = []
    for node in nodes:
        flat.extend([node] if isinstance(node, str) else flatten_node(node, inside))
    return flat


def flatten_node(node: Node, inside: frozenset[str]) -> list[Child]:
    tag = RENAMED.get(node.tag, node.tag)
    if node.is_citation:
        return [Node("sup", {"data-ref": node.attrs["data-ref"]})]
    if tag == "br":
        return [Node("br")]
    inner = flatten(node.children, inside | {tag})
    if tag not in INLINE:
        return [" ", *inner, " "]
    if tag in inside or (tag == "a" and "href" not in node.attrs):
        return inner
    if tag == "a":
        # A shown citation is a link itself, and a link cannot stand in a link.
        return [Node("a", {"href": node.attrs["href"]}, without_citations(inner)), *citations_in(inner)]
    return [Node(tag, {}, inner)]


def citations_in(nodes: list[Child]) -> list[Child]:
    found: list[Child] = []
    for node in nodes:
        if isinstance(node, Node):
            found.extend([node] if node.is_citation else citations_in(node.children))
    return found


def without_citations(nodes: list[Child]) -> list[Child]:
    kept: list[Child] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
        elif not node.is_citation:
            kept.append(Node(node.tag, node.attrs, without_citations(node.children)))
    return kept


def leaves(nodes: list[Child]) -> Iterator[tuple[list[Child], int]]:
    """The places of all texts and breaks, in reading order."""
    for place, node in enumerate(nodes):
        if isinstance(node, str) or node.tag == "br":
            yield nodes, place
        else:
            yield from leaves(node.children)


def set_spaces(run: list[Child]) -> None:
    """One space where several blanks were, across the borders of elements, and none at the ends of a line."""
    places = list(leaves(run))
    texts = [normal(node) if isinstance(node := siblings[place], str) else "\n" for siblings, place in places]
    for (siblings, place), text in zip(places, collapse(no_break_spaces(texts)), strict=True):
        if isinstance(siblings[place], str):
            siblings[place] = text


def normal(text: str) -> str:
    """Without any line break: from here on, one stands for a br."""
    # NFC per text, never over markup: a combining mark after ">" would swallow the ">".
    text = BLANK.sub(" ", unicodedata.normalize("NFC", text))
    check_characters(text)
    return text


def no_break_spaces(texts: list[str]) -> list[str]:
    whole = LOOSE_NO_BREAK_SPACE.sub(" ", "".join(texts))
    position, parts = 0, []
    for text in texts:
        parts.append(whole[position : position + len(text)])
        position += len(text)
    return parts


def collapse(texts: list[str]) -> list[str]:
    spaced, after_blank = [], True
    for text in texts:
        if text != "\n":
            text = re.sub(" +", " ", text)
            text = text.removeprefix(" ") if after_blank else text
        after_blank = text[-1] in " \n" if text else after_blank
        spaced.append(text)
    before_blank = True
    for place in reversed(range(len(spaced))):
        text = spaced[place]
        if text != "\n" and before_blank:
            spaced[place] = text = text.removesuffix(" ")
        before_blank = text == "\n" if text else before_blank
    return spaced


def compact(nodes: list[Child]) -> list[Child]:
    """Without empty elements, and with neighbours of the same kind joined."""
    kept: list[Child] = []
    for node in nodes:
        if isinstance(node, Node) and node.tag != "br" and not node.is_citation:
            node = Node(node.tag, node.attrs, compact(node.children))
        for piece in dissolved(node):
            join(kept, piece)
    return kept


def dissolved(node: Child) -> list[Child]:
    if isinstance(node, str):
        return [node] if node else []
    if node.tag == "br" or node.is_citation or has_words(node.children):
        return [node]
    return node.children


def join(kept: list[Child], node: Child) -> None:
    last = kept[-1] if kept else None
    if isinstance(last, str) and isinstance(node, str):
        kept[-1] = last + node
    elif isinstance(last, Node) and isinstance(node, Node) and last.tag == node.tag and can_join(last, node):
        for child in node.children:
            join(last.children, child)
    else:
        kept.append(node)


def can_join(left: Node, right: Node) -> bool:
    return left.tag in {"strong", "em", "sub", "sup"} and not (left.is_citation or right.is_citation)


def has_words(nodes: list[Child]) -> bool:
    return any(
        not is_blank(node) if isinstance(node, str) else not node.is_citation and has_words(node.children)
        for node in nodes
    )


def has_content(run: list[Child]) -> bool:
    return any(isinstance(node, str) or node.tag != "br" for node in run)


def is_break(node: Child) -> bool:
    return isinstance(node, Node) and node.tag == "br"


def strip_breaks(run: list[Child]) -> list[Child]:
    start, end = 0, len(run)
    while start < end and is_break(run[start]):
        start += 1
    while end > start and is_break(run[end - 1]):
        end -= 1
    return run[start:end]


def paragraphs(nodes: list[Child]) -> list[Node]:
    """The run as one paragraph, or as several where it has two line breaks in a row."""
    parts: list[list[Child]] = [[]]
    for node in run_of(nodes):
        if is_break(node) and parts[-1] and is_break(parts[-1][-1]):
            parts.append([])
        else:
            parts[-1].append(node)
    return [Node("p", {}, part) for part in map(strip_breaks, parts) if has_content(part)]
