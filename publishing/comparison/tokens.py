"""Texts as tokens: what a person takes in at once. Words, numbers with their unit, signs, blanks, and marks for markup.

A token is a string, or a `Mark` for what is no text: a paragraph, a link, a citation. The tokens of a rich text hold
all of it, so that equal tokens mean equal texts, and no change of markup goes unseen.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from publishing.richtext.reading import SHOWN_DEPTH
from publishing.richtext.tree import Child, Node, parse, write

UNIT = (
    r"(?:%|‰|°[CF]?|[µμ]g|mcg|[mkn]?g|[mdµμ]?l|[mdµμ]?L|[mnµμ]?mol|m?IU|[Uu]nits?|[mckµμn]?m|mmHg|k?Pa|m?Sv|Gy"
    r"|kcal|times|seconds?|minutes?|min|hours?|hrs?|h|days?|weeks?|months?|years?|doses?|tablets?|drops?)"
)
TOKEN = re.compile(
    rf"""
    \d+(?:[.,:/]\d+)*(?:[ \xa0\u202f]?{UNIT}(?:/{UNIT})*)?(?![^\W_])  # a number, with its unit
    | [^\W_]+(?:['’][^\W_]+)*                                          # a word
    | \[[a-z0-9-]+\]                                                    # the key of a source
    | \n
    | [^\S\n]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Mark:
    """Something that is no text. `sign` says exactly what; readers are told `words` where it changed, else `plain`."""

    sign: str
    words: str = field(compare=False)
    plain: str = field(compare=False, default="")


type Token = str | Mark


def text_tokens(text: str) -> list[Token]:
    return TOKEN.findall(text)


def plain(token: Token) -> str:
    return token if isinstance(token, str) else token.plain


def is_word(token: Token) -> bool:
    return isinstance(token, str) and token[:1].isalnum()


def ends_line(token: Token) -> bool:
    return plain(token).endswith("\n")


def html_tokens(html: str, images: dict[str, dict] | None = None) -> list[Token]:
    """The tokens of a rich text; `images` are the facts of the pictures it may show."""
    writer = _Writer(images or {})
    writer.put(parse(html, max_depth=SHOWN_DEPTH))
    return writer.tokens


class _Writer:
    """Goes through the tree and puts down a mark for each tag, so that lines read like the page."""

    def __init__(self, images: dict[str, dict]):
        self.images = images
        self.tokens: list[Token] = []

    def put(self, nodes: list[Child], first: int | None = None) -> None:
        """`first` is the number of the first of these nodes, if they are numbered."""
        for place, node in enumerate(nodes):
            if isinstance(node, str):
                self.tokens += text_tokens(node.replace("\n", " "))
            elif node.tag in INLINE or node.is_citation or node.tag in {"a", "br"}:
                self._put_inline(node)
            else:
                self._put_block(node, "• " if first is None else f"{first + place}. ")

    def _put_inline(self, node: Node) -> None:
        sign = start_tag(node)
        if node.is_citation:
            cited = f"[{node.attrs.get('data-ref', '')}]"
            self.tokens.append(Mark(sign, cited, cited))
            return
        if node.tag == "br":
            self.tokens.append(Mark(sign, _("[line break]") + "\n", "\n"))
            return
        if node.tag == "a":
            self.tokens.append(Mark(sign, _("[link to %s:") % node.attrs.get("href", "") + " "))
            after = Mark("</a>", "]")
        else:
            words, shown = INLINE[node.tag]
            self.tokens.append(Mark(sign, words(), words() if shown else ""))
            after = Mark(f"</{node.tag}>", ")" if shown else "]", ")" if shown else "")
        self.put(node.children)
        self.tokens.append(after)

    def _put_block(self, node: Node, bullet: str) -> None:
        words, shown = self._names(node, bullet)
        lead = "" if self._at_line_start() or node.tag in CELLS else "\n"
        self.tokens.append(Mark(start_tag(node), lead + words, lead + (words if shown else "")))
        self.put(node.children, int(node.attrs.get("start", 1)) if node.tag == "ol" else None)
        end = "" if self._at_line_start() or node.tag in CELLS else "\n"
        closing = CLOSED.get(node.tag)
        if closing:
            said = f"{end}{closing()}\n"
            self.tokens.append(Mark(f"</{node.tag}>", said, said))
        else:
            # The same for all others, so that a paragraph made a heading changes at its beginning only.
            self.tokens.append(Mark("</>", end, end))

    def _at_line_start(self) -> bool:
        shown = next((plain(token) for token in reversed(self.tokens) if plain(token)), "\n")
        return shown.endswith("\n")

    def _names(self, node: Node, bullet: str) -> tuple[str, bool]:
        """What a block is called, and whether that is said also where nothing changed."""
        match node.tag:
            case "h2" | "h3" | "h4":
                return _("[heading %s]") % node.tag[1] + " ", True
            case "li":
                return bullet, True
            case "div" if node.attrs.get("data-help") in HELP_BOXES:
                return HELP_BOXES[node.attrs["data-help"]]() + "\n", True
            case "figure":
                facts = self.images.get(node.attrs.get("data-image", ""))
                return _("[picture: %s]") % (facts["alt"] if facts else _("not in the library")) + "\n", True
            case "td" | "th":
                return self._cell(node), True
            case "p":
                return "¶ ", False
            case tag if tag in FRAMES:
                return f"[{FRAMES[tag]()}]\n", True
            case tag if tag in BLOCKS:
                name, shown = BLOCKS[tag]
                return f"[{_with_attributes(name(), node)}] ", shown
            case _:
                return f"{start_tag(node)} ", False

    def _cell(self, node: Node) -> str:
        name = _with_attributes(_("heading cell") if node.tag == "th" else "", node)
        return f" | [{name}] " if name else " | "


def start_tag(node: Node) -> str:
    return write([Node(node.tag, node.attrs)]).partition("</")[0]


def _with_attributes(name: str, node: Node) -> str:
    return " ".join([name, *(f"{key} {value}" for key, value in node.attrs.items())]).strip()


# What stands in the text, and whether it is shown also where nothing changed: raised and lowered signs carry meaning.
INLINE = {
    "strong": (lambda: _("[bold:") + " ", False),
    "em": (lambda: _("[italics:") + " ", False),
    "sup": (lambda: "^(", True),
    "sub": (lambda: "_(", True),
}
CELLS = frozenset({"td", "th"})
BLOCKS = {
    "ul": (lambda: _("list"), False),
    "ol": (lambda: _("numbered list"), False),
    "caption": (lambda: _("caption"), True),
    "figcaption": (lambda: _("caption"), True),
    "thead": (lambda: _("head of the table"), False),
    "tbody": (lambda: _("body of the table"), False),
    "tr": (lambda: _("row"), False),
}
FRAMES = {"blockquote": lambda: _("quotation"), "table": lambda: _("table")}
HELP_BOXES = {
    "non-urgent": lambda: _("[box: non-urgent advice]"),
    "urgent": lambda: _("[box: urgent advice]"),
    "emergency": lambda: _("[box: emergency advice]"),
}
CLOSED = {
    "div": lambda: _("[end of the box]"),
    "blockquote": lambda: _("[end of the quotation]"),
    "table": lambda: _("[end of the table]"),
}
