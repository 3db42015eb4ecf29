"""A small tree over sanitised HTML. The parser expects the well-formed output of the sanitiser, not tag soup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .policy import INLINE, MAX_NESTING, VOID, too_deep

BLANK = re.compile(r"[ \t\n\r\f\v]+")
INLINE_ANYWHERE = INLINE | frozenset("b i cite dfn span small".split())


@dataclass(slots=True, eq=False)
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def is_citation(self) -> bool:
        return self.tag == "sup" and ("data-ref" in self.attrs or self.attrs.get("class") == "citation")


type Child = Node | str


class TreeBuilder(HTMLParser):
    def __init__(self, max_depth: int) -> None:
        super().__init__(convert_charrefs=True)
        self.max_depth = max_depth
        self.open = [Node("")]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag in VOID:
            return
        self.open.append(node)
        if len(self.open) > self.max_depth + 1:
            raise too_deep(self.max_depth)

    def handle_endtag(self, tag):
        if self.open[-1].tag == tag and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        siblings = self.open[-1].children
        if siblings and isinstance(siblings[-1], str):
            siblings[-1] += data
        else:
            siblings.append(data)


def parse(html: str, *, max_depth: int = MAX_NESTING) -> list[Child]:
    builder = TreeBuilder(max_depth)
    builder.feed(html)
    builder.close()
    return builder.open[0].children


# The same escapes as the sanitiser's, so that a tree written again is byte for byte what it wrote.
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
ATTRIBUTE_ESCAPES = ESCAPES | str.maketrans({'"': "&quot;"})


def write(nodes: list[Child]) -> str:
    return "".join(pieces(nodes))


def pieces(nodes: list[Child]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node.translate(ESCAPES)
            continue
        attrs = "".join(f' {name}="{value.translate(ATTRIBUTE_ESCAPES)}"' for name, value in node.attrs.items())
        yield f"<{node.tag}{attrs}>"
        if node.tag not in VOID:
            yield from pieces(node.children)
            yield f"</{node.tag}>"


def walk(nodes: list[Child]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.children)


def depth(nodes: list[Child]) -> int:
    return max((1 + depth(node.children) for node in nodes if isinstance(node, Node)), default=0)


def is_blank(text: str) -> bool:
    return not text or not BLANK.sub("", text)


def has_block(node: Node) -> bool:
    return any(inner.tag not in INLINE_ANYWHERE for inner in walk(node.children))


def is_inline(node: Child) -> bool:
    return isinstance(node, str) or (node.tag in INLINE_ANYWHERE and not has_block(node))
