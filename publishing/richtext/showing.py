"""The public form of stored rich text, made when a page is published."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from .reading import CITATION, SHOWN_DEPTH, text_of
from .tree import Child, Node, parse, write

HELP_LABELS = {
    "non-urgent": _("Non-urgent advice:"),
    "urgent": _("Urgent advice:"),
    "emergency": _("Emergency advice:"),
}
FIGURE_SIZES = "(min-width: 45rem) 42rem, 100vw"
PLAIN_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
ID = re.compile(r'\sid="([^"]+)"')
# Shown pages use these for their list of references and the citations in the text.
TAKEN_IDS = re.compile(r"(reference|citation)-\d")
LONGEST_ID = 60


@dataclass(frozen=True)
class FigureFacts:
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    credit: str = ""


def safe(html: str) -> SafeString:
    """The only place where HTML is declared safe: it may be called with cleaned or composed HTML only."""
    return mark_safe(html)  # noqa: S308


def dress(html: str, *, figures: Mapping[str, FigureFacts]) -> str:
    """Help boxes, tables and figures as readers see them; a figure whose facts are missing is left out."""
    return write(dressed(parse(html, max_depth=SHOWN_DEPTH), figures))


def dressed(nodes: list[Child], figures: Mapping[str, FigureFacts]) -> list[Child]:
    shown: list[Child] = []
    for node in nodes:
        if isinstance(node, str):
            shown.append(node)
            continue
        node.children = dressed(node.children, figures)
        if node.tag == "figure":
            facts = figures.get(node.attrs.get("data-image", ""))
            shown += [shown_figure(node, facts)] if facts else []
        elif node.tag == "table":
            shown.append(framed_table(node))
        else:
            shown.append(shown_help(node) if "data-help" in node.attrs else node)
    return shown


def shown_help(box: Node) -> Node:
    level = box.attrs["data-help"]
    label = str(HELP_LABELS[level])
    first = box.children[0] if box.children else None
    if isinstance(first, Node) and first.tag == "h3":
        title = [Node("span", {"class": "visually-hidden"}, [f"{label} "]), *first.children]
        heading, rest = Node("h3", first.attrs | {"class": "help-heading"}, title), box.children[1:]
    else:
        heading, rest = Node("h3", {"class": "help-heading"}, [label.rstrip(":")]), box.children
    return Node("div", {"class": "help", "data-level": level}, [heading, *rest])


def framed_table(table: Node) -> Node:
    first = table.children[0] if table.children else None
    caption = text_of(write(first.children)) if isinstance(first, Node) and first.tag == "caption" else ""
    label = " ".join(caption.split()) or translate("Table")
    frame = {"class": "table-frame", "tabindex": "0", "role": "region", "aria-label": label}
    return Node("div", frame, [table])


def shown_figure(figure: Node, facts: FigureFacts) -> Node:
    image = {"src": facts.src, "srcset": facts.srcset, "sizes": FIGURE_SIZES}
    if not facts.srcset:
        image = {"src": facts.src}
    image |= {"width": str(facts.width), "height": str(facts.height), "alt": facts.alt}
    image |= {"loading": "lazy", "decoding": "async"}
    caption = next((list(child.children) for child in figure.children if isinstance(child, Node)), [])
    if facts.credit:
        caption += [" "] if caption else []
        caption.append(Node("span", {"class": "figure-credit"}, [facts.credit]))
    return Node("figure", figure.attrs, [Node("img", image), *([Node("figcaption", {}, caption)] if caption else [])])


def assign_heading_ids(html: str, prefix: str = "") -> str:
    """Gives each h2 and h3 without attributes an id from its words, unique among the ids of this HTML."""
    taken = set(ID.findall(html))

    def with_id(match: re.Match[str]) -> str:
        name = unique(heading_slug(match[2], prefix), taken)
        taken.add(name)
        return f'<h{match[1]} id="{name}">{match[2]}</h{match[1]}>'

    return PLAIN_HEADING.sub(with_id, html)


def heading_slug(heading: str, prefix: str) -> str:
    text = text_of(heading)
    slug = (slugify(text) or slugify(text, allow_unicode=True))[:LONGEST_ID].strip("-") or "section"
    name = f"{prefix}-{slug}" if prefix else slug
    return f"section-{name}" if TAKEN_IDS.match(name) else name


def unique(name: str, taken: set[str]) -> str:
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    return candidate


def mark_citations(html: str, mark: Callable[[str], str]) -> str:
    """Puts what `mark` gives for a key in the place of each citation, in the order of the text."""
    return CITATION.sub(lambda match: mark(match[1]), html)


def citation_link(number: int, anchor: str) -> str:
    """The link from a citation to its entry in the list of references; `anchor` is where the entry links back."""
    label = escape(translate("Reference %(number)d") % {"number": number})
    return f'<sup class="citation"><a href="#reference-{number}" id="{anchor}" aria-label="{label}">{number}</a></sup>'
