"""The canonical stored form. The sanitiser comes first and last; between its two passes the tree is put in order."""

import re

from . import policy
from .runs import has_content, paragraphs, run_of, strip_breaks
from .tree import Child, Node, depth, is_blank, is_inline, parse, walk, write

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LOWEST_HEADING = 4
# Where a block may stand: on the page, or inside a help box, quotation, list item or table cell.
PLACES = {
    "blockquote": {"page", "help", "item"},
    "table": {"page", "help", "quote", "item"},
    "help": {"page"},
    "heading": {"page"},
}
WORD_MARKER = re.compile(r"\s*(?:[·•o§▪-]|(\d{1,3}[.)]|[a-z][.)]))\s+")


def clean(html: str, *, top_heading: int = 2) -> str:
    """The canonical stored form of any HTML; cleaning it again changes nothing."""
    policy.check_characters(html)
    policy.check_size(html)
    source = policy.without_comments(html)
    policy.check_tags(source)
    policy.check_nesting(source)
    tree = blocks(parse(policy.source_policy.clean(source)), "page")
    close_heading_gaps(tree, top_heading)
    stored = policy.stored_policy.clean(write(tree))
    # What is stored must pass this function again.
    policy.check_size(stored)
    if depth(tree) > policy.MAX_NESTING:
        raise policy.too_deep()
    return stored


def blocks(nodes: list[Child], place: str) -> list[Node]:
    found: list[Node] = []
    run: list[Child] = []
    for node in with_word_lists(nodes):
        if is_inline(node):
            run.append(node)
            continue
        found += paragraphs(run)
        run = []
        found += block(node, place)
    return found + paragraphs(run)


def block(node: Node, place: str) -> list[Node]:
    match node.tag:
        case "ul" | "ol":
            return listing(node)
        case "table" if place in PLACES["table"]:
            return table(node)
        case "figure":
            return figure(node, place)
        case "div" if "data-help" in node.attrs and place in PLACES["help"]:
            return help_box(node)
        case "blockquote" if place in PLACES["blockquote"]:
            kept = blocks(node.children, "quote")
            return [Node("blockquote", {}, kept)] if kept else []
        case "dt":
            return paragraphs([Node("strong", {}, node.children)])
        case "pre":
            return paragraphs(lines_kept(node.children))
        case tag if tag in HEADINGS:
            return heading(node) if place in PLACES["heading"] else paragraphs(node.children)
        case _:
            return blocks(node.children, place)


def heading(node: Node) -> list[Node]:
    run = run_of(node.children)
    while len(run) == 1 and isinstance(run[0], Node) and run[0].tag == "strong":
        run = strip_breaks(run[0].children)
    return [Node(node.tag, {}, run)] if has_content(run) else []


def close_heading_gaps(tree: list[Node], top: int) -> None:
    """The first heading stands at the top level and each other at most one below the one before."""
    above: list[str] = []
    for node in tree:
        if node.tag in HEADINGS:
            while above and above[-1] >= node.tag:
                above.pop()
            above.append(node.tag)
            node.tag = f"h{min(top + len(above) - 1, LOWEST_HEADING)}"


def lines_kept(nodes: list[Child]) -> list[Child]:
    kept: list[Child] = []
    for node in nodes:
        if isinstance(node, Node):
            kept.append(Node(node.tag, node.attrs, lines_kept(node.children)))
            continue
        first, *rest = node.split("\n")
        kept.append(first)
        for line in rest:
            kept += [Node("br"), line]
    return kept


# Lists.


def listing(node: Node) -> list[Node]:
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag in {"ul", "ol"} and items:
            items[-1].children += listing(child)
        else:
            children = child.children if isinstance(child, Node) and child.tag == "li" else [child]
            if kept := tight(blocks(children, "item")):
                items.append(Node("li", {}, kept))
    attrs = {name: value for name, value in node.attrs.items() if name == "start"}
    return [Node(node.tag, attrs, items)] if items else []


def tight(kept: list[Node]) -> list[Child]:
    """A lone paragraph is taken out of its item, also when only lists follow."""
    if kept and kept[0].tag == "p" and all(node.tag in {"ul", "ol"} for node in kept[1:]):
        return [*kept[0].children, *kept[1:]]
    return list(kept)


def with_word_lists(nodes: list[Child]) -> list[Child]:
    """Word pastes list items as paragraphs that begin with a bullet or a number."""
    grouped: list[Child] = []
    for node in nodes:
        last = grouped[-1] if grouped else None
        marker = word_marker(node)
        if marker is None:
            grouped.append(node)
            continue
        tag = "ol" if marker[1] else "ul"
        item = Node("li", {}, [node.children[0][marker.end() :], *node.children[1:]])
        while isinstance(last, str) and is_blank(last):
            grouped.pop()
            last = grouped[-1] if grouped else None
        if isinstance(last, Node) and last.tag == tag and last.attrs.get("class") == policy.WORD_LIST:
            last.children.append(item)
        else:
            grouped.append(Node(tag, {"class": policy.WORD_LIST}, [item]))
    return grouped


def word_marker(node: Child) -> re.Match[str] | None:
    if isinstance(node, str) or node.tag != "p" or "class" not in node.attrs or not node.children:
        return None
    return WORD_MARKER.match(node.children[0]) if isinstance(node.children[0], str) else None


# Tables.


def table(node: Node) -> list[Node]:
    head, body, caption = [], [], []
    for part in node.children:
        if isinstance(part, str):
            continue
        if part.tag == "caption":
            caption = caption or run_of(part.children)
        rows = [row(child) for child in part.children if isinstance(child, Node) and child.tag == "tr"]
        (head if part.tag == "thead" else body).extend(kept for kept in rows if kept.children)
    if not head:
        head = leading_header_rows(body)
        body = body[len(head) :]
    if not body:
        head, body = [], head
    if not body:
        return paragraphs(caption)
    set_scopes(head, body)
    parts = [Node("caption", {}, caption)] if has_content(caption) else []
    parts += [Node("thead", {}, head)] if head else []
    return [Node("table", {}, [*parts, Node("tbody", {}, body)])]


def row(node: Node) -> Node:
    return Node("tr", {}, [cell(child) for child in node.children if isinstance(child, Node)])


def cell(node: Node) -> Node:
    kept = tight(blocks(node.children, "cell"))
    order = ("scope", "colspan", "rowspan") if kept and node.tag == "th" else ("colspan", "rowspan")
    attrs = {name: node.attrs[name] for name in order if name in node.attrs}
    return Node("th" if node.tag == "th" and kept else "td", attrs, kept)


def leading_header_rows(rows: list[Node]) -> list[Node]:
    count = 0
    while count < len(rows) and all(cell.tag == "th" for cell in rows[count].children):
        count += 1
    if not 0 < count < len(rows) or any(reach(row) > count - place for place, row in enumerate(rows[:count])):
        return []
    return rows[:count]


def reach(row: Node) -> int:
    """How many rows the tallest cell covers: it cannot reach from the head of a table into its body."""
    return max(int(cell.attrs.get("rowspan", 1)) for cell in row.children)


def set_scopes(head: list[Node], body: list[Node]) -> None:
    for cell in (cell for row in head for cell in row.children if cell.children):
        cell.tag = "th"
        cell.attrs = {"scope": "col"} | {name: value for name, value in cell.attrs.items() if name != "scope"}
    for first in (row.children[0] for row in body):
        if first.tag == "th":
            first.attrs = {"scope": "row"} | {name: value for name, value in first.attrs.items() if name != "scope"}


# Figures and help boxes.


def figure(node: Node, place: str) -> list[Node]:
    captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
    others = blocks([child for child in node.children if child not in captions], place)
    caption = run_of(captions[0].children) if captions else []
    if "data-image" not in node.attrs:
        # Other editors also frame tables and quotations as figures; a frame around nothing goes with its caption.
        return [*others, *paragraphs(caption)] if others else []
    kept = [Node("figcaption", {}, caption)] if has_content(caption) else []
    return [Node("figure", {"data-image": node.attrs["data-image"]}, kept), *others]


def help_box(node: Node) -> list[Node]:
    if node.attrs["data-help"] == "emergency":
        for link in (inner for inner in walk(node.children) if inner.tag == "a"):
            link.attrs = {}
    children = [child for child in node.children if not (isinstance(child, str) and is_blank(child))]
    title: list[Node] = []
    if children and isinstance(children[0], Node) and children[0].tag in HEADINGS:
        title = [Node("h3", {}, kept.children) for kept in heading(children.pop(0))]
    kept = title + blocks(children, "help")
    return [Node("div", {"data-help": node.attrs["data-help"]}, kept)] if kept else []
