"""How well the matcher finds what experts marked: reading their files, and counting.

A mention counts as found exactly if span and identifier agree, and as found overlapping if a span of the same
identifier shares a character with it. The files are described at the two readers.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosslinks.matching import Linking, Term, Vocabulary, match
from crosslinks.matching.names import looks_abbreviated

CONTEXT = 40  # characters on each side of an error's example

KINDS = {
    "preferred": "preferred", "label": "preferred", "name": "preferred", "title": "preferred", "main": "preferred",
    "abbreviation": "abbreviation", "acronym": "abbreviation", "abbr": "abbreviation", "symbol": "abbreviation",
    "brand": "brand", "trade": "brand", "generic": "generic", "plural": "plural", "class": "class",
    "former": "former", "obsolete": "former", "deprecated": "former",
}  # fmt: skip
WEAKER = ("related", "broad", "narrow", "close", "ambiguous")
YES, NO = {"yes", "y", "true", "t", "1"}, {"no", "n", "false", "f", "0"}


class FileError(Exception):
    """A plain sentence: what is wrong with a file, and in which line."""


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    identifiers: frozenset[str]

    def overlaps(self, other: "Mention") -> bool:
        return self.start < other.end and other.start < self.end and not self.identifiers.isdisjoint(other.identifiers)

    def equals(self, other: "Mention") -> bool:
        same_span = self.start == other.start and self.end == other.end
        return same_span and not self.identifiers.isdisjoint(other.identifiers)


@dataclass(slots=True)
class Document:
    name: str
    text: str
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    accepted: int = 0  # mentions that the matcher accepted
    marked: int = 0  # mentions that the experts marked
    right: int = 0  # of those accepted
    found: int = 0  # of those marked

    @property
    def precision(self) -> float:
        return self.right / self.accepted if self.accepted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Errors:
    """Errors of one kind: how often each text with each identifier, and where it was seen first."""

    counts: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=dict)

    def add(self, document: Document, mention: Mention) -> None:
        text = document.text[mention.start : mention.end]
        error = (" ".join(text.split()), "|".join(sorted(mention.identifiers)))
        self.counts[error] += 1
        self.examples.setdefault(error, (document.name, around(document.text, mention)))


@dataclass(slots=True)
class Report:
    exact: Score = field(default_factory=Score)
    overlapping: Score = field(default_factory=Score)
    wrong: Errors = field(default_factory=Errors)
    missed: Errors = field(default_factory=Errors)


def evaluate(documents: Iterable[Document], vocabulary: Vocabulary, *, first_only: bool = False) -> Report:
    report = Report()
    for document in documents:
        accepted = [
            Mention(span.start, span.end, frozenset([str(span.entity)]))
            for span in match(document.text, vocabulary)
            if span.accepted
        ]
        marked = document.mentions
        if first_only:
            accepted, marked = list(firsts(accepted)), list(firsts(marked))
        count(report.exact, accepted, marked, Mention.equals)
        count(report.overlapping, accepted, marked, Mention.overlaps)
        for mention in accepted:
            if not any(mention.equals(each) for each in marked):
                report.wrong.add(document, mention)
        for mention in marked:
            if not any(mention.equals(each) for each in accepted):
                report.missed.add(document, mention)
    return report


def count(score: Score, accepted: list[Mention], marked: list[Mention], agree) -> None:
    score.accepted += len(accepted)
    score.marked += len(marked)
    score.right += sum(any(agree(mention, each) for each in marked) for mention in accepted)
    score.found += sum(any(agree(mention, each) for each in accepted) for mention in marked)


def firsts(mentions: list[Mention]) -> Iterator[Mention]:
    """The first mention of each identifier."""
    seen: set[frozenset[str]] = set()
    for mention in sorted(mentions, key=lambda mention: (mention.start, mention.end)):
        if mention.identifiers not in seen:
            seen.add(mention.identifiers)
            yield mention


def around(text: str, mention: Mention) -> str:
    before = text[max(0, mention.start - CONTEXT) : mention.start]
    after = text[mention.end : mention.end + CONTEXT]
    return " ".join(f"{before}[{text[mention.start : mention.end]}]{after}".split())


def read_gold(path: Path) -> list[Document]:
    """Columns doc_id, text (a JSON string), start, end, identifier; one row a mention.

    A document without mentions has one row with the last three empty. The text may stand on the first row of a document
    only. Several identifiers with a bar or a plus sign between them: any one of them is right.
    """
    documents: dict[str, Document] = {}
    for line, row in rows(path, ("doc_id", "text", "start", "end", "identifier")):
        document = documents.get(row["doc_id"])
        text = json_text(row["text"], f"{path}, line {line}")
        if document is None:
            if text is None:
                raise FileError(f"{path}, line {line}: the first row of a document must hold its text.")
            document = documents[row["doc_id"]] = Document(row["doc_id"], text)
        elif text is not None and text != document.text:
            raise FileError(f"{path}, line {line}: document {document.name} had another text before.")
        if row["start"] or row["end"] or row["identifier"]:
            document.mentions.append(_mention(path, line, row, document))
    return list(documents.values())


def _mention(path: Path, line: int, row: dict[str, str], document: Document) -> Mention:
    try:
        start, end = int(row["start"]), int(row["end"])
    except ValueError:
        raise FileError(f"{path}, line {line}: start and end must be whole numbers.") from None
    if not 0 <= start < end <= len(document.text):
        raise FileError(f"{path}, line {line}: start {start} and end {end} are not a piece of the text.")
    identifiers = frozenset(re.split(r"[|+;,\s]+", row["identifier"])) - {""}
    if not identifiers:
        raise FileError(f"{path}, line {line}: the identifier is missing.")
    return Mention(start, end, identifiers)


def json_text(value: str, place: str) -> str | None:
    """The text of a cell, also of one that a spreadsheet put into quotes once more; nothing for an empty cell."""
    if not value:
        return None
    for written in (value, value[1:-1].replace('""', '"')):
        try:
            text = json.loads(written)
        except ValueError:
            continue
        if isinstance(text, str):
            return text
    raise FileError(f"{place}: the text must be a JSON string.")


def read_vocabulary(path: Path) -> list[Term]:
    """Columns id, name, kind, case_sensitive; an id may have any number of rows."""
    return [
        _term(line, row)
        for line, row in rows(path, ("id", "name", "kind", "case_sensitive"))
        if row["id"] and row["name"]
    ]


def _term(line: int, row: dict[str, str]) -> Term:
    kind = row["kind"].casefold()
    weaker = any(word in kind for word in WEAKER)
    said = next((KINDS[word] for word in re.split(r"[\W_]+", kind) if word in KINDS), "plain")
    exact_case = row["case_sensitive"].casefold()
    return Term(
        key=line,
        entity=row["id"],
        text=row["name"],
        kind="plain" if weaker else said,
        exact_case=exact_case in YES or (exact_case not in NO and looks_abbreviated(row["name"])),
        linking=Linking.NEVER if said == "class" else Linking.EVIDENCE if weaker else Linking.AUTOMATIC,
    )


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header with the numbers of their lines. Quotes have no meaning here: the JSON has its own."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="\n") as lines:
            yield from _rows(path, lines, columns)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as problem:
        raise FileError(f"{path}: this is no text in UTF-8 ({problem}).") from problem


def _rows(path: Path, lines: Iterator[str], columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    header = [cell.strip().casefold() for cell in next(lines, "").split("\t")]
    if not set(columns) <= set(header):
        raise FileError(f"{path}, line 1: the header must name the columns {', '.join(columns)}, tab-separated.")
    for line, text in enumerate(lines, start=2):
        cells = [cell.strip() for cell in text.split("\t")]
        if any(cells):
            cells += [""] * (len(header) - len(cells))
            yield line, dict(zip(header, cells, strict=False))
