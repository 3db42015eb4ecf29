"""An edition made ready for a reader: rows in place, citations numbered in the order of the page."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, reduce
from html import unescape
from itertools import groupby
from string import ascii_lowercase

from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from publishing import richtext
from publishing.claims import Claim
from publishing.companions import Companion
from publishing.composition import CONTENTS, ROWS
from publishing.editions import Edition
from publishing.topics import Topic


@dataclass(frozen=True)
class Piece:
    """A stretch of the body: HTML, or the place of the named rows."""

    html: SafeString = field(default_factory=SafeString)
    rows: str = ""
    id: str = ""
    title: str = ""
    groups: "tuple[Group, ...]" = ()


@dataclass(frozen=True)
class Group:
    """Rows that stand together under a name."""

    name: str
    rows: list


@dataclass(frozen=True)
class Entry:
    id: str
    title: str


@dataclass(frozen=True)
class Backlink:
    anchor: str
    letter: str


@dataclass
class NumberedReference:
    number: int
    facts: dict
    backlinks: list[Backlink] = field(default_factory=list)

    def cite(self) -> str:
        """The anchor of one more citation; its way back is lettered a to z, then aa, ab."""
        count = len(self.backlinks)
        anchor = f"citation-{self.number}-{count + 1}"
        letters = ascii_lowercase[count // 26 - 1] if count >= 26 else ""
        self.backlinks.append(Backlink(anchor, letters + ascii_lowercase[count % 26]))
        return anchor

    def __getattr__(self, name):
        try:
            return self.facts[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def accessed_on(self) -> date | None:
        written = self.facts["accessed_on"]
        return date.fromisoformat(written) if written else None


class Numbering:
    """Numbers references by their first citation on the page and remembers where each is cited."""

    def __init__(self, known: dict[str, dict], alerts: dict[str, str]):
        # What is known of a source by now stands above what was known when the edition was made.
        self.known = {key: facts | {"state": alerts.get(key, facts["state"])} for key, facts in known.items()}
        self.cited: dict[str, NumberedReference] = {}

    def in_html(self, html: str) -> SafeString:
        return richtext.safe(richtext.mark_citations(html, self.mark))

    def of_keys(self, keys) -> SafeString:
        """The citations of a row, those with a number already first, in the order of their numbers."""
        ordered = sorted(keys, key=lambda key: self.cited[key].number if key in self.cited else len(self.known) + 1)
        return richtext.safe("".join(self.mark(key) for key in ordered))

    def mark(self, key: str) -> str:
        """The link of one citation; nothing for a key without a reference."""
        if key not in self.known:
            return ""
        reference = self.cited.setdefault(key, NumberedReference(len(self.cited) + 1, self.known[key]))
        return richtext.citation_link(reference.number, reference.cite())


class Reading:
    """What the template of a detail page shows. `rows` are the public rows by name, in the order of the page."""

    def __init__(
        self,
        edition: Edition,
        rows: dict[str, list] | None = None,
        *,
        related=(),
        topics: list[Topic] | None = None,
        companions: dict[str, Companion] | None = None,
        notices=(),
        alerts: dict[str, str] | None = None,
        is_preview: bool = False,
        rows_left: bool = False,
        moment: datetime | None = None,
    ):
        """`topics` are the tags as they stand now; without them they are those that the edition was made with.
        `moment` is that of a page shown as it once was; without one it is now.
        """
        self.edition = edition
        self.snapshot = edition.snapshot
        self.rows = rows or {}
        self.related = list(related)
        self.companions = companions or {}
        self.notices = list(notices)
        self.is_preview = is_preview
        self.rows_left = rows_left
        self.moment = moment
        self.authors = self.snapshot["authors"]
        self.tags = self.snapshot["tags"] if topics is None else topics
        known = {key: facts for each in self._all_rows() for key, facts in each.references.items()}
        self._numbering = Numbering(known | self.snapshot["references"], alerts or {})
        self.cautions = self._with_citations(self.rows.get("cautions", []))
        html = reduce(lambda html, companion: companion.body(html), self.companions.values(), edition.html)
        self.body = [piece for piece in map(self._piece, ROWS.split(html)) if piece]
        self.references = list(self._numbering.cited.values())

    @cached_property
    def claim(self) -> Claim:
        # A preview shows rows that the sign-off of the draft covers with it.
        rows = () if self.is_preview else tuple(self._all_rows())
        agree = all(companion.is_as_signed for companion in self.companions.values())
        return Claim(self.edition, rows, agree, self.rows_left)

    @property
    def is_overdue(self) -> bool:
        """Whether the review of the whole page should have taken place by that day."""
        due = self.edition.review_due_on
        return due is not None and due < localdate(self.moment)

    def _all_rows(self):
        return [row for rows in self.rows.values() for row in rows]

    def _with_citations(self, rows: list) -> list:
        for row in rows:
            row.citations = self._numbering.of_keys(row.references)
        return rows

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The heading of each kind of rows."""
        return {section["rows"]: section["title"] for section in self.snapshot["sections"] if section["rows"]}

    def _piece(self, part: str) -> Piece | None:
        if part not in self._row_names:
            return Piece(html=self._numbering.in_html(part)) if part else None
        if not self.rows.get(part):
            return None
        rows = self._with_citations(self.rows[part])
        groups = tuple(Group(name, list(each)) for name, each in groupby(rows, key=lambda row: row.group_name))
        return Piece(rows=part, id=part, title=self._titles[part], groups=groups)

    @cached_property
    def _row_names(self) -> set[str]:
        return set(ROWS.findall(self.edition.html))

    @cached_property
    def contents(self) -> list[Entry]:
        entries = []
        for anchor, heading, rows in CONTENTS.findall(self.edition.html):
            if not rows:
                entries.append(Entry(anchor, unescape(richtext.text_of(heading)).strip()))
            elif self.rows.get(rows):
                entries.append(Entry(rows, self._titles[rows]))
        return entries
