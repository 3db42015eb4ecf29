"""Markdown documents: CommonMark with tables, citations `[^key]`, and help boxes `::: urgent Do this if`."""

import re

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from publishing.richtext import HELP_LEVELS, text_of
from publishing.richtext.policy import REFERENCE_KEY

from .document import Document, DocumentError, quoted
from .front_matter import split_header

MAX_LENGTH = 500_000
CITATION = re.compile(r"\[\^([^\]\s]{1,80})\]")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,80})\]:[ \t]*(.*)")
RAW_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
BOX = re.compile(r"^[ \t]*:::+[ \t]*([\w-]*)", re.MULTILINE)
AUTHOR_FIELDS = ("authors", "author", "byline")


def read_markdown(source: str) -> Document:
    if len(source) > MAX_LENGTH:
        raise DocumentError(_("its text is too long. Split it into several documents."))
    document = Document()
    document.front_matter, body = split_header(source)
    document.title = str(document.front_matter.get("title") or "")
    document.lead = str(document.front_matter.get("lead") or "")
    document.byline = names_in(document.front_matter)
    env = {"document": document}
    parser = make_parser()
    tokens = parser.parse(body, env)
    tokens = without_title(document, tokens, parser, env)
    report_raw_html(document, tokens)
    report_boxes(document, body)
    document.html = parser.renderer.render(tokens, parser.options, env)
    return document


def names_in(front_matter: dict) -> list[str]:
    value = next((front_matter[name] for name in AUTHOR_FIELDS if front_matter.get(name)), [])
    return [str(name) for name in (value if isinstance(value, list) else [value])]


def make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Unfit links lose their address when the text is cleaned, and are reported; here they would be shown as brackets.
    parser.validateLink = lambda address: True
    # In manuscripts four spaces at the start of a line mean nothing.
    parser.disable("code")
    parser.inline.ruler.before("link", "citation", citation)
    parser.block.ruler.before("reference", "footnote", footnote, {"alt": ["paragraph"]})
    for level in HELP_LEVELS:
        container_plugin(parser, level, validate=lambda info, *_args, level=level: info.split()[:1] == [level])
        parser.add_render_rule(f"container_{level}_open", open_help_box)
        parser.add_render_rule(f"container_{level}_close", close_help_box)
    parser.add_render_rule("image", drop_image)
    return parser


def citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    key = match[1].lower().replace("_", "-")
    if not REFERENCE_KEY.fullmatch(key):
        return False
    if not silent:
        state.push("citation_open", "sup", 1).attrSet("data-ref", key)
        state.push("citation_close", "sup", -1)
    state.pos = match.end()
    return True


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = FOOTNOTE.fullmatch(state.getLines(start, start + 1, state.blkIndent, False).strip())
    if not match:
        return False
    if silent:
        return True
    words, line = [match[2]], start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] > state.blkIndent:
        words.append(state.getLines(line, line + 1, state.blkIndent, False).strip())
        line += 1
    message = _("footnote text dropped: [^%(key)s] %(text)s. Make it a reference with this key.")
    state.env["document"].note("dropped", message % {"key": match[1], "text": quoted(" ".join(words))})
    state.line = line
    return True


def open_help_box(renderer: RendererHTML, tokens: list[Token], place: int, options, env) -> str:
    level, _space, heading = tokens[place].info.strip().partition(" ")
    inner = make_parser().renderInline(heading.strip(), env)
    return f'<div data-help="{level}"><h3>{inner}</h3>\n'


def close_help_box(renderer: RendererHTML, tokens: list[Token], place: int, options, env) -> str:
    return "</div>\n"


def drop_image(renderer: RendererHTML, tokens: list[Token], place: int, options, env) -> str:
    env["document"].note("dropped", _("image %(name)s: add it on the page") % {"name": quoted(tokens[place].content)})
    return ""


def without_title(document: Document, tokens: list[Token], parser: MarkdownIt, env: dict) -> list[Token]:
    """The first h1 is the title, unless the header gives another one."""
    if not tokens or tokens[0].tag != "h1":
        return tokens
    words = text_of(parser.renderer.render(tokens[1:2], parser.options, env))
    if document.title and document.title.casefold() != words.casefold():
        return tokens
    document.title = document.title or words
    return tokens[3:]


def report_raw_html(document: Document, tokens: list[Token]) -> None:
    for token in tokens:
        for child in token.children or []:
            if child.type == "text" and (match := RAW_HTML.search(child.content)):
                document.note("warning", _("HTML is shown as text: %(code)s") % {"code": quoted(match[0])})


def report_boxes(document: Document, body: str) -> None:
    opened = 0
    for kind in BOX.findall(body):
        if kind and kind not in HELP_LEVELS:
            document.note("warning", _("unknown kind of box: %(kind)s") % {"kind": quoted(kind)})
        else:
            opened += 1 if kind else -1
    if opened > 0:
        document.note("warning", _("a help box is not closed with a line “:::”: it reaches to the end of the text"))
