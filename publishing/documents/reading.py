"""Reads one document in the child process: decoding, the reader of its kind, and the same ending for all."""

import re
from dataclasses import asdict
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from publishing.richtext import RichTextError, clean
from publishing.richtext.policy import allowed_link

from .archive import MAIN_PART
from .document import Document, DocumentError, quoted
from .docx import read_docx
from .html import read_html
from .markdown import read_markdown
from .text import read_text

TEXT_READERS = {".md": read_markdown, ".html": read_html, ".htm": read_html, ".txt": read_text}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
HREF = re.compile(r'(<a\b[^<>]*?) href="([^"<>]*)"')


SAMPLE_DOCX = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
)


def warm_up() -> None:
    """Loads what the libraries and Django load late: afterwards no file can be opened any more."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as target:
        target.writestr(MAIN_PART, SAMPLE_DOCX)
    answer("sample.docx", "", archive.getvalue())
    answer("sample.md", "", b"---\ntags: [a]\n---\n# A\n[b](c) [^d]\n\n::: urgent e\n- f\n:::\n\na | b\n--|--\nc | d\n")
    answer("sample.md", "", b"---\n&a: &b\n---\n")
    answer("sample.html", "", b"<!doctype html><title>a</title><p>b &eacute; <a href='//c'>d</a>")
    answer("sample.html", "", b"<b>" * 100)
    answer("sample.txt", "", b"A title\n\nA text \x96 in one line.\n")


def answer(name: str, shown: str, data: bytes) -> dict:
    try:
        return asdict(read(name, data))
    except DocumentError as error:
        return {"error": f"{shown}: {error}"}
    except RichTextError as error:
        return {"error": f"{shown}: {error.messages[0]}"}
    except RecursionError:
        return {"error": _("%(name)s: its parts are nested too deeply. Simplify it and try again.") % {"name": shown}}
    except MemoryError:
        return {"error": _("%(name)s: it needs too much memory. Split it into smaller ones.") % {"name": shown}}


def read(name: str, data: bytes) -> Document:
    extension = PurePosixPath(name).suffix.lower()
    document = read_docx(data) if extension == ".docx" else TEXT_READERS[extension](decoded(data))
    document.html = clean(without_unfit_links(document))
    document.title = " ".join(document.title.split())[:300]
    if not document.title:
        document.title = title_from_name(name)
        document.note("warning", _("no title found: proposed from the name of the file"))
    if not document.html and not document.lead:
        raise DocumentError(
            _("no text was found in it. Check that the file holds the text itself, not a picture of it.")
        )
    return document


def title_from_name(name: str) -> str:
    words = re.sub(r"[-_\s]+", " ", PurePosixPath(name.replace("\\", "/")).stem).strip()
    return words[:1].upper() + words[1:] or _("Untitled")


def decoded(data: bytes) -> str:
    mark, encoding = next(((mark, kind) for mark, kind in BYTE_ORDER_MARKS.items() if data.startswith(mark)), (b"", ""))
    try:
        text = data[len(mark) :].decode(encoding) if mark else utf8_or_windows(data)
    except UnicodeDecodeError as error:
        raise DocumentError(_("its letters cannot be read. Save it again with the encoding UTF-8.")) from error
    if "\x00" in text or len(CONTROLS.findall(text)) * 20 > len(text):
        raise DocumentError(_("it is not a text. Save the document as .docx, .html, .md or .txt."))
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def utf8_or_windows(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def without_unfit_links(document: Document) -> str:
    """Reports the links that cleaning would unwrap silently; links inside the file lead nowhere after import."""

    def checked(match: re.Match[str]) -> str:
        address = unescape(match[2]).strip()
        if allowed_link(address) and not address.startswith("#"):
            return match[0]
        if not address.startswith("#"):
            document.note("dropped", _("link to %(address)s (its words stay)") % {"address": quoted(address)})
        return match[1]

    return HREF.sub(checked, document.html)
