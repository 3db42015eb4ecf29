"""Puts anchors around mentions when a page is shown, and takes others away. All else stays as it is."""

from collections.abc import Iterable
from html import escape
from operator import itemgetter


def splice(html: str, links: Iterable[tuple[int, int, str]], *, without: Iterable[tuple[int, int]] = ()) -> str:
    """`links`: start and end in the HTML, inside one text node each, and the address; `without`: tags to leave out."""
    edits = [(start, end, "") for start, end in without]
    for start, end, address in links:
        edits += ((start, start, f'<a class="crosslink" href="{escape(address)}">'), (end, end, "</a>"))
    pieces, position = [], 0
    # Where one link ends and the next begins, they stay in this order, because sorting is stable.
    for start, end, text in sorted(edits, key=itemgetter(0, 1)):
        pieces += (html[position:start], text)
        position = end
    pieces.append(html[position:])
    return "".join(pieces)
