"""Reads stored or shown rich text: its words, citations, images and links."""

import re
from html import unescape

from .tree import Child, Node, is_inline, parse

# Exact on sanitised HTML: a "<" is always markup there, and attributes are written in one way only.
CITATION = re.compile(r'<sup data-ref="([a-z0-9-]+)"></sup>')
FIGURE = re.compile(r'<figure data-image="([0-9a-f]{32})">')
LINK = re.compile(r'<a href="([^"]*)"')
SHOWN_DEPTH = 200


def citations(html: str) -> list[str]:
    """The keys of the cited references in reading order, with repeats."""
    return CITATION.findall(html)


def images(html: str) -> list[str]:
    return FIGURE.findall(html)


def links(html: str) -> list[str]:
    return [unescape(address) for address in LINK.findall(html)]


def text_of(html: str) -> str:
    """The words alone: one line per block, a tab between the cells of a row, nothing for citations."""
    return "\n".join(lines(parse(html, max_depth=SHOWN_DEPTH)))


def lines(nodes: list[Child]) -> list[str]:
    found: list[str] = []
    run: list[str] = []
    for node in nodes:
        if is_inline(node):
            run.append(inline_text(node))
            continue
        found += "".join(run).split("\n")
        run = []
        found += row_line(node) if node.tag == "tr" else lines(node.children)
    found += "".join(run).split("\n")
    return [line.strip(" ") for line in found if line.strip(" ")]


def row_line(row: Node) -> list[str]:
    cells = [" ".join(lines(cell.children)) for cell in row.children if isinstance(cell, Node)]
    return ["\t".join(cells)] if any(cells) else []


def inline_text(node: Child) -> str:
    if isinstance(node, str):
        return node.replace("\n", " ")
    if node.tag == "br":
        return "\n"
    return "" if node.is_citation else "".join(map(inline_text, node.children))
