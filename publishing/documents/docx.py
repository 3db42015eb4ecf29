"""Word documents, read by mammoth after the archive was checked."""

import re
from xml.parsers.expat import ExpatError

import mammoth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.richtext.tree import Child, Node, parse, walk, write

from .archive import checked_archive
from .document import Document, DocumentError, quoted
from .markup import report_structure, take_title, without, words_of

MAX_DEPTH = 200
MAX_HTML = 2_000_000
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Author'] => p.author:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
NOTE = re.compile(r"#((?:foot|end)note-\w{1,50})")


def read_docx(data: bytes) -> Document:
    document = Document()
    images: list[str] = []
    try:
        result = mammoth.convert_to_html(
            checked_archive(data),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=lambda image: images.append(image.alt_text or "") or [],
        )
    except (ExpatError, KeyError, OSError) as error:
        raise DocumentError(_("it is damaged. Open it in your word processor, save it again and retry.")) from error
    if len(result.value) > MAX_HTML:
        raise DocumentError(_("its text is too long. Split it into several documents."))
    report_images(document, images)
    tree = footnotes(document, parse(result.value, max_depth=MAX_DEPTH))
    tree = authors(document, title(document, tree))
    report_structure(document, tree)
    for message in sorted({message.message for message in result.messages}):
        document.note("warning", message)
    document.html = write(tree)
    return document


def report_images(document: Document, images: list[str]) -> None:
    for name in filter(None, images):
        document.note("dropped", _("image %(name)s: add it on the page") % {"name": quoted(name)})
    if nameless := images.count(""):
        message = ngettext("%(count)d image without a description", "%(count)d images without a description", nameless)
        document.note("dropped", message % {"count": nameless})


def footnotes(document: Document, tree: list[Child]) -> list[Child]:
    """A footnote becomes a citation with its own key, and its text a finding from which the reference is made."""
    for sup in (node for node in walk(tree) if node.tag == "sup"):
        link = sup.children[0] if sup.children else None
        if isinstance(link, Node) and (match := NOTE.fullmatch(link.attrs.get("href", ""))):
            sup.attrs, sup.children = {"data-ref": match[1].lower().replace("_", "-")}, []
    notes = [node for node in walk(tree) if node.tag == "li" and NOTE.fullmatch(f"#{node.attrs.get('id', '')}")]
    for note in notes:
        message = _("footnote text dropped: [^%(key)s] %(text)s. Make it a reference with this key.")
        text = quoted(words_of(note).removesuffix("↑").strip())
        document.note("dropped", message % {"key": note.attrs["id"], "text": text})
    return without(tree, lambda node: node in notes)


def title(document: Document, tree: list[Child]) -> list[Child]:
    named = [node for node in walk(tree) if node.attrs.get("class") == "title"]
    if not named:
        return take_title(document, tree)
    document.title = " ".join(map(words_of, named))
    document.note("recognised", _("title %(title)s") % {"title": quoted(document.title)})
    return without(tree, lambda node: node in named)


def authors(document: Document, tree: list[Child]) -> list[Child]:
    named = [node for node in walk(tree) if node.attrs.get("class") == "author"]
    document.byline = [words_of(node) for node in named if words_of(node)]
    return without(tree, lambda node: node in named)
