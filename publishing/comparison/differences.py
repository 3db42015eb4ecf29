"""A difference between two states of a page: what it is about, how it changed, and the words before and after."""

from dataclasses import dataclass
from itertools import chain

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.comparison.words import Run, compare_tokens, compare_words, for_display


class Group(models.TextChoices):
    """What a difference is about, in the order in which differences are listed."""

    FACTS = "facts", _("Title and facts")
    SECTIONS = "sections", _("Text")
    ROWS = "rows", _("Rows")
    REFERENCES = "references", _("Sources")
    PEOPLE = "people", _("People")
    NAMES = "names", _("Names")
    IMAGES = "images", _("Images")
    UPKEEP = "upkeep", _("Address, navigation and upkeep")


class Change(models.TextChoices):
    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")


@dataclass(frozen=True)
class Line:
    """One column of a row, a source or a person."""

    label: str
    runs: tuple[Run, ...]

    @property
    def shown(self) -> list[Run]:
        return for_display(self.runs)


@dataclass(frozen=True)
class Difference:
    """`runs` are the words of a text, `lines` the columns of what has several; a difference has one or the other."""

    key: str
    group: Group
    label: str
    change: Change
    runs: tuple[Run, ...] = ()
    lines: tuple[Line, ...] = ()
    note: str = ""

    @property
    def part(self) -> str:
        """The part of the page it belongs to: see `changed_parts`."""
        name, _colon, rest = self.key.partition(":")
        if name == "section":
            return rest
        return name if name in {"title", "summary"} else str(self.group)

    @property
    def shown(self) -> list[Run]:
        return for_display(self.runs)

    @property
    def before(self) -> str:
        return self._text({"same", "removed"})

    @property
    def after(self) -> str:
        return self._text({"same", "added"})

    def _text(self, kinds: set[str]) -> str:
        texts = ["".join(run.text for run in runs if run.kind in kinds) for runs in self._all_runs()]
        return "\n".join(filter(None, texts))

    def _all_runs(self):
        return chain([self.runs], (line.runs for line in self.lines))


def compared(before: str, after: str) -> tuple[Run, ...]:
    return tuple(compare_words(before, after))


def compared_lines(before: str, after: str) -> tuple[Run, ...]:
    """For lists: an entry came in or went, and is not read against another."""
    entries = ([f"{line}\n" for line in text.split("\n")] if text else [] for text in (before, after))
    return tuple(compare_tokens(*entries))


def change_of(before: object, after: object) -> Change:
    """Nothing may be None or an empty text or list."""
    empty = ("", None, [], {})
    if before in empty and after not in empty:
        return Change.ADDED
    return Change.REMOVED if after in empty and before not in empty else Change.CHANGED
