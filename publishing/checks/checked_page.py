"""A page as the checks read it: its content (`publishing.content`), with readings that are made once."""

from datetime import date
from functools import cached_property

from django.utils.timezone import localdate

from publishing.checks.texts import Block, Link, Sentence, Text
from publishing.pages import Page, Section


class CheckedPage:
    """Made from the content alone, so that what is typed and not saved is checked like what is stored."""

    def __init__(self, model: type[Page], content: dict, *, today: date | None = None):
        self.model = model
        self.page: dict = content["page"]
        self.rows: dict[str, dict] = content["rows"]
        self.today = today or localdate()

    @property
    def kind(self) -> str:
        return self.model.kind_name()

    @property
    def is_short(self) -> bool:
        return self.page["is_short"]

    @property
    def is_medical(self) -> bool:
        return self.page["is_medical"]

    # Texts

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Every section that an editor writes, by its field, in the order of the page; an empty one too."""
        stored = {part["id"]: part["html"] for part in self.page["sections"] if not part["rows"]}
        return {
            section.field: Text(
                section.field, str(section.title), stored.get(section.id, ""), 2 if section.title else 1
            )
            for section in self.model.sections
            if not section.rows
        }

    def text(self, field: str) -> Text:
        return self.texts[field]

    @property
    def main_field(self) -> str:
        """Where a finding about the page as a whole leads: its first text."""
        return next(iter(self.texts))

    @cached_property
    def required_sections(self) -> list[Section]:
        sections = [section for section in self.model.sections if not section.rows]
        return [each for each in sections if (each.required_when_short if self.is_short else each.required)]

    @cached_property
    def blocks(self) -> list[Block]:
        """Every run of words a reader meets, in the order of the form: summary, sections, rows."""
        summary = [Block("summary", "summary", self.page["summary"])]
        sections = [block for text in self.texts.values() for block in text.blocks]
        rows = [
            Block(name, "row", row["description"], is_covered=bool(row["references"]))
            for name in self.model.row_names
            for row in self.rows_of(name)
        ]
        return [block for block in [*summary, *sections, *rows] if block.text]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Those of running text: no headings."""
        return [sentence for block in self.blocks if block.kind != "heading" for sentence in block.sentences]

    @cached_property
    def links(self) -> list[Link]:
        return [link for text in self.texts.values() for link in text.links]

    @cached_property
    def known_words(self) -> str:
        """What the page is about, in all its names and those of its rows' other pages: not to be explained."""
        names = [name["text"] for name in self.page["names"]]
        facts = [value for value in self.page["facts"].values() if isinstance(value, str)]
        partners = [row["partner"] for row in self.rows.values()]
        return "\n".join([self.page["title"], *names, *facts, *partners])

    # Rows and sources

    def rows_of(self, name: str) -> list[dict]:
        """The rows of one kind by the name of their relation (`indications`)."""
        kind = self.model._meta.get_field(name).related_model._meta.model_name
        return [row for anchor, row in self.rows.items() if anchor.rpartition("-")[0] == kind]

    @cached_property
    def cited(self) -> dict[str, str]:
        """Each reference that is used, with the field where it is used first."""
        found: dict[str, str] = {}
        for text in self.texts.values():
            for key in text.citations:
                found.setdefault(key, text.field)
        for name in self.model.row_names:
            for row in self.rows_of(name):
                for key in row["references"]:
                    found.setdefault(key, name)
        return found

    @cached_property
    def sources(self) -> dict[str, dict]:
        """The references that are used and known."""
        known = dict(self.page["references"])
        for row in self.rows.values():
            known |= row["references"]
        return {key: known[key] for key in self.cited if key in known}

    # Order

    @cached_property
    def _places(self) -> dict[str, int]:
        sections = [section.field for section in self.model.sections if not section.rows]
        fields = ["", "title", "summary", *self.page["facts"], "authors", *sections, *self.model.row_names]
        return {name: place for place, name in enumerate(fields)}

    def place(self, field: str) -> int:
        """Where on the form it stands."""
        return self._places.get(field, self.end)

    @property
    def end(self) -> int:
        return len(self._places)
