"""What keeps people out who cannot see or hear: pictures, headings, tables, links, media."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.check import Check, Finding, Severity
from publishing.checks.language import shortened

WCAG = "N1, N7, L1, L2; H02"
VAGUE_LINKS = frozenset(
    "click here|click|here|this|this link|this page|this website|this site|link|read more|more|more here|more info|"
    "more information|learn more|find out more|see here|see more|see|details|page|website|site|source|download|go|"
    "continue|click for more|click this link|read this|read|info|information".split("|")
)
MEDIA = re.compile(
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|spotify\.com)(?:[/:?#]|\Z)"
    r"|\.(?:mp4|webm|mov|avi|mp3|m4a|ogg|wav)(?:[?#]|\Z)",
    re.IGNORECASE,
)
PDF = re.compile(r"\.pdf(?:[?#]|\Z)", re.IGNORECASE)


class AlternativeTexts(Check):
    id = "Q19-pictures"
    source = WCAG
    severity = Severity.BLOCK
    title = gettext_lazy("Pictures without alternative text")

    def find(self, page):
        for text in page.texts.values():
            known = [name for name in text.figures if name in page.page["images"]]
            if len(known) < len(text.figures):
                yield Finding(_("“%s” shows an image that is not in the library.") % text.title, text.field)
            for name in known:
                if not page.page["images"][name]["alt"].strip():
                    message = _("A picture has no alternative text. Say in the library what it shows.")
                    yield Finding(message, text.field)


class Headings(Check):
    id = "Q19-headings"
    source = WCAG
    severity = Severity.BLOCK
    title = gettext_lazy("Headings that are empty or skip a level")

    def find(self, page):
        for text in page.texts.values():
            above = text.level_above
            for heading in text.headings:
                if not heading.text:
                    yield Finding(_("A heading is empty. Write it or delete it."), text.field)
                elif heading.level > above + 1:
                    message = _("The heading is %(levels)s levels below the one before. Choose the next level.")
                    yield Finding(message % {"levels": heading.level - above}, text.field, heading.text)
                above = heading.level


class TableHeaders(Check):
    id = "Q19-tables"
    source = WCAG
    severity = Severity.BLOCK
    title = gettext_lazy("Tables without header cells or a name")

    def find(self, page):
        for text in page.texts.values():
            for table in text.tables:
                if not table.has_headers:
                    message = _("A table has no header cells. Mark its first row or column as headers.")
                    yield Finding(message, text.field, shortened(table.text))
                if not table.caption and table.follows not in {"paragraph", "heading"}:
                    message = _("Nothing says what a table shows. Give it a caption.")
                    yield Finding(message, text.field, shortened(table.text))


class TableCaptions(Check):
    """A sentence before the table names it for those who read on; a list of tables shows only captions."""

    id = "Q19-captions"
    source = WCAG
    severity = Severity.WARN
    title = gettext_lazy("Tables without a caption")

    def find(self, page):
        for text in page.texts.values():
            for table in text.tables:
                if not table.caption and table.follows in {"paragraph", "heading"}:
                    message = _("A table has no caption. A screen reader then calls it only “Table”.")
                    yield Finding(message, text.field, shortened(table.text))


class LinkTexts(Check):
    id = "Q19-links"
    source = WCAG
    severity = Severity.BLOCK
    title = gettext_lazy("Link texts that say nothing alone")

    def find(self, page):
        for link in page.links:
            words = " ".join(link.text.lower().split()).strip(" .…,:;!›»>→")
            if words in VAGUE_LINKS:
                message = _("The link “%s” says nothing by itself. Name what it leads to.")
                yield Finding(message % link.text, link.field, link.address)


class LinksAsAddresses(Check):
    id = "Q19-addresses"
    source = WCAG
    severity = Severity.HINT
    title = gettext_lazy("Addresses as link texts")

    def find(self, page):
        for link in page.links:
            if re.match(r"(?:https?://|www\.)\S+\Z", link.text):
                message = _("The link text is an address, which a screen reader spells out. Name what it leads to.")
                yield Finding(message, link.field, link.text)


class Media(Check):
    """Texts hold no players; a link to a film or a recording is all there can be."""

    id = "Q21"
    source = "NHS content guide on review dates of media (N2)"
    severity = Severity.WARN
    title = gettext_lazy("Films and recordings")

    def find(self, page):
        for link in page.links:
            if MEDIA.search(link.address):
                message = _(
                    "“%s” leads to a film or a recording. Say beside it when it was reviewed, and whether it has "
                    "captions and a transcript."
                )
                yield Finding(message % link.text, link.field, link.address)


class PdfLinks(Check):
    id = "Q22"
    source = "NHS content guide on PDFs (N6)"
    severity = Severity.HINT
    title = gettext_lazy("Links to PDFs")

    def find(self, page):
        for link in page.links:
            if PDF.search(link.address):
                message = _("“%s” leads to a PDF. Link a web page instead, or as well.")
                yield Finding(message % link.text, link.field, link.address)
