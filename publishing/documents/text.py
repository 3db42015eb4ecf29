"""Plain text as people save it from mails and web pages: structure is recognised by how the lines look."""

import re
from html import escape

from django.utils.translation import gettext as _

from .document import Document, DocumentError, quoted
from .surroundings import take_byline, without_furniture
from .textblocks import LONGEST_HEADING, Block, heading_like, split_blocks

MAX_LENGTH = 500_000
LONGEST_TITLE = 160
LONGEST_LEAD = 300
HTML_START = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)
NEXT_SENTENCE = re.compile(r"[.!?…][”\"’)]*\s+[“\"(]?[^\W\d_a-z]")
TERM = re.compile(r"([^\W\d_a-z][^:.!?]{1,60}):\s+(\S.*)", re.DOTALL)
MARKED_HEADING = re.compile(r"#{1,6}\s+")
TITLE_LABEL = re.compile(r"title:\s+", re.IGNORECASE)


def read_text(source: str) -> Document:
    if len(source) > MAX_LENGTH:
        raise DocumentError(_("its text is too long. Split it into several documents."))
    if HTML_START.match(source):
        raise DocumentError(_("it is an HTML document. Give it the ending .html."))
    document = Document()
    blocks = without_furniture(document, split_blocks(source))
    blocks = take_title(document, blocks)
    blocks = take_byline(document, blocks)
    mark_headings(blocks)
    blocks = take_lead(document, blocks)
    report(document, blocks)
    document.html = "".join(map(html_of, blocks))
    return document


# Title, lead and headings.


def take_title(document: Document, blocks: list[Block]) -> list[Block]:
    first, rest = (blocks[0] if blocks else None), blocks[1:]
    if first is None or not rest or first.kind != "text" or not heading_like(first.text, LONGEST_TITLE):
        return blocks
    document.title = TITLE_LABEL.sub("", MARKED_HEADING.sub("", first.text), count=1)
    document.note("recognised", _("title %(title)s") % {"title": quoted(document.title)})
    return without_repeated_title(document, rest)


def without_repeated_title(document: Document, blocks: list[Block]) -> list[Block]:
    """The title again as a line of its own, or in front of the first sentence."""
    first, title = blocks[0], document.title
    if first.kind != "text" or not first.text.casefold().startswith(title.casefold()):
        return blocks
    after = first.text[len(title) :].lstrip(" .:–—-")
    if after and (len(title.split()) < 3 or not re.match(r"[“\"(]?[^\W_a-z]", after)):
        # "Lupus" and then "Lupus is a disease": a sentence that happens to begin like the title.
        return blocks
    document.note("dropped", _("the title where it was repeated at the start of the text"))
    return [Block("text", after), *blocks[1:]] if after else blocks[1:]


def mark_headings(blocks: list[Block]) -> None:
    """Short lines without a full stop, in front of a paragraph, a list or a table."""
    for place in range(len(blocks) - 2, -1, -1):
        block, after = blocks[place], blocks[place + 1]
        lone_number = block.kind == "list" and block.ordered and len(block.items) == 1
        if block.kind != "text" and not (lone_number and after.kind == "text"):
            continue
        text = block.items[0] if lone_number else block.text
        is_marked = bool(MARKED_HEADING.match(text))
        text = MARKED_HEADING.sub("", text)
        stands_before_text = after.kind in {"list", "table"} or (after.kind == "text" and not short(after.text))
        if is_marked or (heading_like(text, LONGEST_HEADING) and stands_before_text):
            blocks[place] = Block("heading", text)


def short(text: str) -> bool:
    return heading_like(text, LONGEST_HEADING)


def take_lead(document: Document, blocks: list[Block]) -> list[Block]:
    """Without a title: one sentence in front of the first heading is the lead, and that heading proposes the title."""
    if document.title:
        return blocks
    heading = next((block for block in blocks if block.kind == "heading"), None)
    if heading:
        document.title = heading.text
        document.note(
            "warning", _("title proposed from the first heading: %(title)s") % {"title": quoted(heading.text)}
        )
    if len(blocks) < 2 or blocks[1] is not heading or blocks[0].kind != "text" or not is_sentence(blocks[0].text):
        return blocks
    document.lead = blocks[0].text
    document.note("recognised", _("lead %(lead)s") % {"lead": quoted(document.lead)})
    return blocks[1:]


def is_sentence(text: str) -> bool:
    return len(text) <= LONGEST_LEAD and text.endswith((".", "!", "?")) and not NEXT_SENTENCE.search(text)


def report(document: Document, blocks: list[Block]) -> None:
    for kind, name in (("heading", _("headings")), ("list", _("lists")), ("table", _("tables"))):
        if count := sum(block.kind == kind for block in blocks):
            document.note("recognised", f"{name}: {count}")
    for table in (block for block in blocks if block.kind == "table"):
        if not table.ruled:
            document.note(
                "warning",
                _("the first row of a table was taken as its header: %(row)s")
                % {"row": quoted(" | ".join(table.rows[0]))},
            )


# HTML.


def html_of(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"<h2>{escape(block.text)}</h2>"
        case "list":
            return html_list(block)
        case "table":
            return html_table(block)
        case _:
            return f"<p>{escape(block.text)}</p>"


def html_list(block: Block) -> str:
    terms = [TERM.fullmatch(item) for item in block.items]
    items = [
        f"<li><strong>{escape(term[1])}</strong>: {escape(term[2])}</li>" if term else f"<li>{escape(item)}</li>"
        for item, term in zip(block.items, terms, strict=True)
    ]
    if not block.ordered:
        return f"<ul>{''.join(items)}</ul>"
    return f'<ol start="{block.start}">{"".join(items)}</ol>'


def html_table(block: Block) -> str:
    width = max(map(len, block.rows))
    head, *body = [[escape(cell) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
    names = "".join(f"<th>{cell}</th>" for cell in head)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
