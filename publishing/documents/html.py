"""HTML documents: the text of the page without everything that surrounds it."""

import re
from collections import Counter

import nh3
from django.utils.translation import gettext as _

from publishing.richtext.policy import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    SOURCE,
    check_nesting,
    check_tags,
    without_comments,
)
from publishing.richtext.tree import Child, parse, walk, write

from .document import Document, DocumentError
from .markup import drop_images, is_empty, report_structure, take_title, without, words_of

MAX_LENGTH = 2_000_000
MAX_NESTING = 200
DOCTYPE = re.compile(r"<!doctype\b[^>]*>?", re.IGNORECASE)
KNOWN_DOCTYPE = re.compile(
    r"""<!doctype\s+html\s*
    (?:system\s*["']about:legacy-compat["']
     |public\s*["']-//(?:w3c|ietf|w3o)//dtd\s(?:x?html|html)\b[^"'\[<]*["']\s*(?:["']https?://[^"'\[<]*["'])?)?
    \s*/?>""",
    re.IGNORECASE | re.VERBOSE,
)
DECLARATION = re.compile(r"<!(?:entity|element|attlist|notation)\b", re.IGNORECASE)
OPENING_TAG = re.compile(r"<[a-zA-Z]")
REPORTED = re.compile(r"<(script|style|iframe|object|svg|video|audio)\b", re.IGNORECASE)
AROUND_THE_TEXT = frozenset("nav footer aside form dialog menu search".split())
CONTROLS = frozenset("button input".split())

policy = nh3.Cleaner(
    tags=set(SOURCE) | {"title", "img", "meta", "button", "nav", "input"},
    attributes=ATTRIBUTES | {"img": {"alt"}, "meta": {"name", "content"}},
    clean_content_tags=set(DROPPED_WITH_CONTENT) - {"title"},
    # What decides is the cleaning at the end: here a link is kept so that it can be reported.
    url_schemes={"http", "https", "mailto", "javascript", "data", "vbscript", "file", "ftp"},
    link_rel=None,
)


def read_html(source: str) -> Document:
    check_declarations(source)
    document = Document()
    report_dropped(document, source)
    source = without_comments(source)
    check_tags(source)
    check_nesting(source, limit=MAX_NESTING)
    sanitised = policy.clean(source)
    if len(sanitised) > MAX_LENGTH:
        raise DocumentError(_("its text is too long. Split it into several documents."))
    tree = parse(sanitised, max_depth=2 * MAX_NESTING)
    read_head(document, tree)
    tree = without(tree, lambda node: node.tag in {"title", "meta"})
    tree = main_text(document, tree)
    tree = drop_images(document, take_title(document, tree))
    report_structure(document, tree)
    document.html = write(tree)
    return document


def check_declarations(source: str) -> None:
    if DECLARATION.search(source) or not all(map(KNOWN_DOCTYPE.fullmatch, DOCTYPE.findall(source))):
        raise DocumentError(
            _("it begins with a document type that is not accepted. Save it as HTML with “<!doctype html>”.")
        )
    if not OPENING_TAG.search(source):
        raise DocumentError(_("it contains no HTML. If it is plain text, give it the ending .txt."))


def report_dropped(document: Document, source: str) -> None:
    for tag, count in sorted(Counter(name.lower() for name in REPORTED.findall(source)).items()):
        document.note("dropped", f"{tag}: {count}")


def read_head(document: Document, tree: list[Child]) -> None:
    for node in walk(tree):
        if node.tag == "title" and not document.title:
            document.title = words_of(node)
        if node.tag == "meta" and node.attrs.get("name", "").lower() == "author" and node.attrs.get("content"):
            document.byline = [node.attrs["content"].strip()[:200]]


def main_text(document: Document, tree: list[Child]) -> list[Child]:
    found = next((node for tag in ("main", "article") for node in walk(tree) if node.tag == tag), None)
    if found and not is_empty(found.children):
        outside = without(tree, lambda node: node is found)
        if not is_empty(outside):
            document.note("dropped", _("everything outside the main part of the page"))
        tree = found.children
    dropped = Counter(node.tag for node in walk(tree) if node.tag in AROUND_THE_TEXT)
    for tag, count in sorted(dropped.items()):
        document.note("dropped", f"{tag}: {count}")
    return without(tree, lambda node: node.tag in AROUND_THE_TEXT | CONTROLS)
