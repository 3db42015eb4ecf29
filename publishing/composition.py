"""From the snapshot of a page to the HTML in one piece that an edition keeps, and to its plain text."""

import re
from html import escape

from publishing import richtext
from publishing.richtext import FigureFacts

ROWS = re.compile(r"<!--rows:([a-z_]+)-->")
# A heading of the contents list, or the place of rows, in the order of the page.
CONTENTS = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>|<!--rows:([a-z_]+)-->')


def compose(snapshot: dict) -> str:
    """The body: each section under one h2 with a stable id; an article's only text brings its own headings."""
    figures = {name: FigureFacts(**facts) for name, facts in snapshot["images"].items()}
    parts = [_section(section, figures) for section in snapshot["sections"]]
    return "".join(parts)


def _section(section: dict, figures: dict[str, FigureFacts]) -> str:
    if section["rows"]:
        return f"<!--rows:{section['rows']}-->"
    html = richtext.dress(section["html"], figures=figures)
    if not section["title"]:
        return richtext.assign_heading_ids(html, "")
    heading = f'<h2 id="{section["id"]}">{escape(section["title"])}</h2>'
    return f"<section>{heading}{richtext.assign_heading_ids(html, section['id'])}</section>"
