"""Stored rich text as the checks read it: blocks of words with their citations, headings, tables, figures, links."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from publishing.checks import sentences
from publishing.richtext.reading import SHOWN_DEPTH, text_of
from publishing.richtext.tree import INLINE_ANYWHERE, Child, Node, parse, walk, write


@dataclass(frozen=True)
class Sentence:
    text: str
    block: "Block"
    # Whether a source is named in it, later in its paragraph, or for the whole list or table it stands in.
    is_cited: bool

    @property
    def field(self) -> str:
        return self.block.field

    @cached_property
    def words(self) -> list[str]:
        return sentences.words(self.text)


@dataclass(frozen=True)
class Block:
    """A run of words: a paragraph, an item, a cell, a caption, a heading; or the title, the summary, a row."""

    field: str
    kind: str
    text: str
    # Where in the text each reference is cited.
    citations: tuple[tuple[int, str], ...] = ()
    # The level of the help box it stands in.
    help: str = ""
    # A source is named for it elsewhere: before its list, in the head of its table, in its row.
    is_covered: bool = False

    @cached_property
    def sentences(self) -> list[Sentence]:
        spans = sentences.spans(self.text)
        starts = [start for start, _end in spans]
        last_cited = max((bisect_left(starts, place) - 1 for place, _key in self.citations), default=-1)
        return [
            Sentence(self.text[start:end], self, self.is_covered or number <= last_cited)
            for number, (start, end) in enumerate(spans)
        ]

    @property
    def introduces(self) -> bool:
        return self.text.endswith(":")


@dataclass(frozen=True)
class Heading:
    field: str
    level: int
    text: str


@dataclass(frozen=True)
class Link:
    field: str
    text: str
    address: str
    help: str = ""


@dataclass(frozen=True)
class Table:
    field: str
    text: str
    caption: str
    has_headers: bool
    # What stands directly before it: "paragraph", "heading", "table", or nothing.
    follows: str


@dataclass(frozen=True)
class HelpBox:
    field: str
    level: str
    title: str
    text: str


@dataclass
class Text:
    """One section, read once."""

    field: str
    title: str
    html: str
    # The level of the heading above the whole text, of which the text's own are parts.
    level_above: int = 2
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    boxes: list[HelpBox] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def __post_init__(self):
        self._read(parse(self.html, max_depth=SHOWN_DEPTH), "paragraph")

    @cached_property
    def words(self) -> list[str]:
        return [word for block in self.blocks for word in sentences.words(block.text)]

    @property
    def citations(self) -> list[str]:
        return [key for block in self.blocks for _place, key in block.citations]

    def _read(self, nodes: list[Child], kind: str, *, help_level: str = "", is_covered: bool = False) -> None:
        run: list[Child] = []
        follows = ""
        for node in nodes:
            if isinstance(node, str) or node.tag in INLINE_ANYWHERE:
                run.append(node)
                continue
            self._add(run, kind, help_level, is_covered)
            run = []
            follows = self._read_block(node, kind, help_level, is_covered, follows)
        self._add(run, kind, help_level, is_covered)

    def _read_block(self, node: Node, kind: str, help_level: str, is_covered: bool, follows: str) -> str:
        intro = self.blocks[-1] if self.blocks and follows == "paragraph" else None
        covered = is_covered or bool(intro and intro.introduces and intro.citations)
        match node.tag:
            case "p":
                self._add(node.children, kind, help_level, is_covered)
                return "paragraph"
            case "h2" | "h3" | "h4":
                self._add_heading(node, help_level)
                return "heading"
            case "ul" | "ol":
                for item in walk_elements(node):
                    self._read(item.children, "item", help_level=help_level, is_covered=covered)
            case "table":
                self._add_table(node, follows, covered)
                return "table"
            case "figure":
                self._add_figure(node)
            case "div":
                self._add_box(node)
            case _:
                self._read(node.children, kind, help_level=help_level, is_covered=is_covered)
        return ""

    def _add(self, run: list[Child], kind: str, help_level: str = "", is_covered: bool = False) -> Block | None:
        words, citations = read_run(run)
        links = [node for node in walk(run) if node.tag == "a" and "href" in node.attrs]
        self.links += [Link(self.field, read_run(link.children)[0], link.attrs["href"], help_level) for link in links]
        if not words and not citations:
            return None
        block = Block(self.field, kind, words, tuple(citations), help_level, is_covered)
        self.blocks.append(block)
        return block

    def _add_heading(self, node: Node, help_level: str) -> None:
        block = self._add(node.children, "heading", help_level)
        if not help_level:
            self.headings.append(Heading(self.field, int(node.tag[1]), block.text if block else ""))

    def _add_figure(self, node: Node) -> None:
        self.figures.append(node.attrs.get("data-image", ""))
        for caption in walk_elements(node):
            self._add(caption.children, "caption")

    def _add_box(self, node: Node) -> None:
        level = node.attrs.get("data-help", "")
        first = next(iter(walk_elements(node)), None)
        title = first if first is not None and first.tag in {"h2", "h3", "h4"} else None
        rest = [child for child in node.children if child is not title]
        words = read_run(title.children)[0] if title else ""
        self.boxes.append(HelpBox(self.field, level, words, text_of(write(rest))))
        self._read(node.children, "paragraph", help_level=level)

    def _add_table(self, node: Node, follows: str, is_covered: bool) -> None:
        rows = [each for each in walk([node]) if each.tag == "tr"]
        head = [each for part in walk_elements(node) if part.tag in {"thead", "caption"} for each in walk([part])]
        is_covered = is_covered or any(each.is_citation for each in head)
        caption = next((part for part in walk_elements(node) if part.tag == "caption"), None)
        block = self._add(caption.children, "caption", is_covered=is_covered) if caption else None
        has_headers = any(each.tag == "th" and read_run(each.children)[0] for each in walk([node]))
        shown = " ".join(text_of(write([node])).split())
        self.tables.append(Table(self.field, shown, block.text if block else "", has_headers, follows))
        for row in rows:
            row_covered = is_covered or any(each.is_citation for each in walk(row.children))
            for cell in walk_elements(row):
                self._read(cell.children, "cell", is_covered=row_covered)


def walk_elements(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def read_run(nodes: list[Child]) -> tuple[str, list[tuple[int, str]]]:
    """The words of inline nodes, and where in them which reference is cited. A line break is a new line."""
    parts: list[str] = []
    citations: list[tuple[int, str]] = []
    length = _collect(nodes, parts, citations, 0)
    text = "".join(parts)
    lead = length - len(text.lstrip())
    return text.strip(), [(max(0, place - lead), key) for place, key in citations]


def _collect(nodes: list[Child], parts: list[str], citations: list[tuple[int, str]], length: int) -> int:
    for node in nodes:
        if isinstance(node, Node) and node.is_citation:
            citations.append((length, node.attrs.get("data-ref", "")))
        elif isinstance(node, Node) and node.tag != "br":
            length = _collect(node.children, parts, citations, length)
        else:
            parts.append("\n" if isinstance(node, Node) else node.replace("\n", " "))
            length += len(parts[-1])
    return length
