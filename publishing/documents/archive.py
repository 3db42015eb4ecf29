"""The archive of a .docx file: checked from its directory and while reading, and built anew from what passed."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .document import DocumentError

MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 200_000
MAX_ENTRIES = 2_000
MAX_PART = 5_000_000
MAX_ELEMENTS = 200_000
# Each costs at least eight bytes of the rich text it becomes.
MAX_PARAGRAPHS = 25_000
MAIN_PART = "word/document.xml"

ARCHIVES = (".zip", ".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".jar", ".7z", ".rar", ".gz")
ARCHIVE_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
SYMBOLIC_LINK = 0o120000
ENCRYPTED = 0x1
PARAGRAPH = re.compile(rb"<\w+:p[\s/>]")
ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError)


def checked_archive(data: bytes) -> BytesIO:
    """The XML parts alone, each of them read once and found harmless."""
    try:
        with ZipFile(BytesIO(data)) as source:
            entries = source.infolist()
            check_directory(entries, len(data))
            return rebuilt(source, entries)
    except BROKEN as error:
        raise DocumentError(_("it is damaged. Open it in your word processor, save it again and retry.")) from error


def refuse(reason: str) -> DocumentError:
    return DocumentError(
        _("it is not a usual .docx document (%(reason)s). Open it in your word processor, save it again and retry.")
        % {"reason": reason}
    )


def check_directory(entries: list[ZipInfo], packed_size: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise refuse(_("too many parts"))
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise refuse(_("two parts of the same name"))
    if MAIN_PART not in names:
        raise refuse(_("it holds no text part"))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed_size):
        raise refuse(_("it becomes too large when unpacked"))
    for entry in entries:
        check_entry(entry)


def check_entry(entry: ZipInfo) -> None:
    name = entry.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise refuse(_("a part points outside the file"))
    if entry.external_attr >> 16 & 0o170000 == SYMBOLIC_LINK:
        raise refuse(_("a part is a link"))
    if entry.flag_bits & ENCRYPTED:
        raise DocumentError(_("it is protected by a password. Save it without one."))
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise refuse(_("an unusual compression"))
    if name.lower().endswith(ARCHIVES):
        raise refuse(_("another file is embedded in it"))
    if entry.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size):
        raise refuse(_("it becomes too large when unpacked"))


def rebuilt(source: ZipFile, entries: list[ZipInfo]) -> BytesIO:
    target, elements = BytesIO(), 0
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for entry in entries:
            if entry.is_dir():
                continue
            with source.open(entry) as part:
                if not entry.filename.endswith((".xml", ".rels")):
                    check_media(part.read(4))
                    continue
                content = part.read(MAX_PART + 1)
            elements += check_part(content)
            if elements > MAX_ELEMENTS:
                raise DocumentError(_("its text is too long. Split it into several documents."))
            archive.writestr(entry.filename, content)
    target.seek(0)
    return target


def check_media(start: bytes) -> None:
    if start.startswith(ARCHIVE_STARTS):
        raise refuse(_("another file is embedded in it"))


def check_part(content: bytes) -> int:
    """Refuses what XML can do and documents do not need; gives the number of elements."""
    if len(content) > MAX_PART or len(PARAGRAPH.findall(content)) > MAX_PARAGRAPHS:
        raise DocumentError(_("its text is too long. Split it into several documents."))
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = ENCODING.match(content)
    if (encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}) or b"\x00" in content:
        # In another encoding a document type could not be seen below.
        raise refuse(_("an unusual encoding"))
    if content and not content.startswith(b"<"):
        raise refuse(_("a part is not XML"))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refuse(_("it declares a document type"))
    return content.count(b"<") - content.count(b"</")
