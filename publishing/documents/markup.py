"""What HTML and .docx documents share once they are a tree: title, byline, images, frames around the text."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from publishing.richtext import text_of
from publishing.richtext.tree import Child, Node, is_blank, walk, write

from .document import Document, quoted


def words_of(node: Node) -> str:
    return " ".join(text_of(write(node.children)).split())


def without(nodes: list[Child], unwanted: Callable[[Node], bool]) -> list[Child]:
    kept: list[Child] = []
    for node in nodes:
        if isinstance(node, Node):
            if unwanted(node):
                continue
            node.children = without(node.children, unwanted)
        kept.append(node)
    return kept


def take_title(document: Document, tree: list[Child]) -> list[Child]:
    """A lone h1 is the title and leaves the text; of several, the first is proposed and stays where it is."""
    headings = [node for node in walk(tree) if node.tag == "h1" and words_of(node)]
    if not headings:
        return tree
    document.title = words_of(headings[0])
    if len(headings) > 1:
        document.note(
            "warning", _("title proposed from the first heading: %(title)s") % {"title": quoted(document.title)}
        )
        return tree
    document.note("recognised", _("title %(title)s") % {"title": quoted(document.title)})
    return without(tree, lambda node: node is headings[0])


def report_structure(document: Document, tree: list[Child]) -> None:
    counts = {"ul": 0, "table": 0, "h2": 0}
    for node in walk(tree):
        kind = {"ol": "ul", "h3": "h2", "h4": "h2"}.get(node.tag, node.tag)
        if kind in counts:
            counts[kind] += 1
    for kind, name in (("h2", _("headings")), ("ul", _("lists")), ("table", _("tables"))):
        if counts[kind]:
            document.note("recognised", f"{name}: {counts[kind]}")


def drop_images(document: Document, tree: list[Child]) -> list[Child]:
    for image in (node for node in walk(tree) if node.tag == "img"):
        name = quoted(image.attrs.get("alt", "") or _("without a description"))
        document.note("dropped", _("image %(name)s: add it on the page") % {"name": name})
    return without(tree, lambda node: node.tag == "img")


def is_empty(nodes: list[Child]) -> bool:
    return all(is_blank(node) if isinstance(node, str) else not words_of(node) for node in nodes)
