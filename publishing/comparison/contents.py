"""Two contents of a page (`publishing.content`) compared: by field, section, row, source, person, name and picture.

Whatever differs in the JSON is shown: what has no words of its own is shown as it is stored.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from publishing import richtext
from publishing.comparison.differences import Change, Difference, Group, Line, change_of, compared, compared_lines
from publishing.comparison.tokens import Mark, Token, html_tokens
from publishing.comparison.words import Run, compare_tokens, edits
from publishing.images import Image
from publishing.kinds import by_kind
from publishing.pages import Page
from publishing.people import Person
from publishing.records import canonical_json
from publishing.references import Reference
from publishing.rows import row_models

LISTED = frozenset({"facts", "sections", "references", "authors", "images", "names"})
EMPTY = ("", None, [], {}, False)


@dataclass(frozen=True)
class Comparison:
    differences: tuple[Difference, ...]

    def __bool__(self):
        return bool(self.differences)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    def __len__(self):
        return len(self.differences)

    @property
    def parts(self) -> set[str]:
        return {difference.part for difference in self.differences}


def changed_parts(before: dict | None, after: dict | None) -> set[str]:
    """The parts of the page that differ.

    “title”, “summary”, the id of a section (“how-it-works”), “facts” (every other field, such as the medical codes, the
    language or the list the page stands in), “rows”, “references” (also those that only a row cites), “people”,
    “names”, “images”.
    """
    return compare(before, after).parts


def compare(before: dict | None, after: dict | None) -> Comparison:
    """Either may be None: nothing was there, or nothing is left."""
    if canonical_json(before) == canonical_json(after):
        return Comparison(())
    pair = _Pair(before or {"page": {}, "rows": {}}, after or {"page": {}, "rows": {}})
    found = [
        *pair.fields(),
        *pair.facts(),
        *pair.sections(),
        *pair.rows(),
        *pair.references(),
        *pair.people(),
        *pair.names(),
        *pair.images(),
    ]
    return Comparison(tuple(found or [_as_stored("content", Group.FACTS, _("content"), before, after)]))


class _Pair:
    def __init__(self, before: dict, after: dict):
        self.before, self.after = before, after
        kind = after["page"].get("kind") or before["page"].get("kind")
        self.model = by_kind().get(kind, Page)

    def _sides(self, name: str, empty) -> tuple:
        return self.before["page"].get(name) or empty, self.after["page"].get(name) or empty

    def fields(self) -> Iterator[Difference]:
        """Every column of the page itself, also one that is not known here."""
        for name in _keys(self.before["page"], self.after["page"]):
            if name not in LISTED:
                sides = self.before["page"].get(name), self.after["page"].get(name)
                yield from _field(name, self.model, name, *sides)

    def facts(self) -> Iterator[Difference]:
        before, after = self._sides("facts", {})
        for name in _keys(before, after):
            yield from _field(f"fact:{name}", self.model, name, before.get(name), after.get(name))

    def sections(self) -> Iterator[Difference]:
        before, after = (_by(part, "id") for part in self._sides("sections", []))
        images = self._sides("images", {})
        moved = _moved(before, after)
        for name in _keys(before, after):
            yield from _section(name, before.get(name), after.get(name), images, name in moved)

    def rows(self) -> Iterator[Difference]:
        models = {model._meta.model_name: model for model in row_models()}
        before, after = self.before["rows"], self.after["rows"]
        for anchor in _keys(before, after):
            model = models.get(anchor.rpartition("-")[0])
            yield from _row(anchor, model, before.get(anchor), after.get(anchor))

    def references(self) -> Iterator[Difference]:
        """Every source that differs anywhere on the page, once; rows only say which ones they cite."""
        before, after = _sources(self.before), _sources(self.after)
        for key in _keys(before, after):
            for old, new in _paired(before.get(key, []), after.get(key, [])):
                label = f"[{key}] {(new or old)['title']}"
                yield _record(f"reference:{key}", Group.REFERENCES, label, old, new, Reference)

    def people(self) -> Iterator[Difference]:
        return self._listed("authors", "slug", "author", Group.PEOPLE, lambda each: each.get("name"), Person)

    def names(self) -> Iterator[Difference]:
        field = _field_of(self.model, "names")
        model = field.related_model if field else None
        return self._listed("names", "text", "name", Group.NAMES, lambda each: each.get("text"), model)

    def images(self) -> Iterator[Difference]:
        before, after = self._sides("images", {})
        for name in _keys(before, after):
            if not _same(before.get(name), after.get(name)):
                sides = before.get(name), after.get(name)
                yield _record(f"image:{name}", Group.IMAGES, (sides[1] or sides[0]).get("alt", name), *sides, Image)

    def _listed(self, name: str, key: str, prefix: str, group: Group, label: Callable, model) -> Iterator[Difference]:
        before, after = (_by(part, key) for part in self._sides(name, []))
        moved = _moved(before, after)
        for each in _keys(before, after):
            old, new = before.get(each), after.get(each)
            if not _same(old, new):
                yield _record(f"{prefix}:{each}", group, str(label(new or old)), old, new, model)
            elif each in moved:
                yield Difference(f"{prefix}:{each}", group, str(label(new)), Change.MOVED)


# The kinds of difference


def _field(key: str, model, name: str, before, after) -> Iterator[Difference]:
    # A field that was not there, or is gone, says nothing as long as it is empty.
    if _same(before, after) or (before is None and after in EMPTY) or (after is None and before in EMPTY):
        return
    runs = _runs(model, name, before, after) or _stored(before, after)
    yield Difference(key, Group.FACTS, _label(model, name), change_of(before, after), runs=runs)


def _section(name: str, before: dict | None, after: dict | None, images: tuple, is_moved: bool) -> Iterator[Difference]:
    label = str((after or before)["title"]) or _("text")
    key = f"section:{name}"
    if _same(before, after):
        if is_moved:
            yield Difference(key, Group.SECTIONS, label, Change.MOVED)
        return
    runs = compare_tokens(_section_tokens(before, images[0]), _section_tokens(after, images[1]))
    notes = _notes(before, after) if before and after else []
    if (not notes or before["title"] == after["title"]) and all(run.kind == "same" for run in runs):
        runs = _stored(before, after)
    if is_moved:
        notes.append(_("It also stands in another place."))
    yield Difference(key, Group.SECTIONS, label, change_of(before, after), runs=tuple(runs), note=" ".join(notes))


def _notes(before: dict, after: dict) -> list[str]:
    notes = []
    if before["title"] != after["title"]:
        notes.append(_("The heading was “%s”.") % before["title"])
    if before["html"] != after["html"] and richtext.text_of(before["html"]) == richtext.text_of(after["html"]):
        notes.append(_("The words are the same. Something else is not: the layout, a link, a citation or a picture."))
    return notes


def _section_tokens(section: dict | None, images: dict) -> list[Token]:
    if section is None:
        return []
    rows = [Mark(f"rows {section['rows']}", _("[the rows stand here]"))] if section["rows"] else []
    return [*rows, *html_tokens(section["html"], images)]


def _row(anchor: str, model, before: dict | None, after: dict | None) -> Iterator[Difference]:
    # What is said of a source is compared with the sources; a row only says which ones it cites.
    old, new = _with_keys_of_sources(before), _with_keys_of_sources(after)
    if _same(old, new):
        return
    shown = after or before
    label = f"{model._meta.verbose_name if model else anchor}: {shown.get('partner', anchor)}"
    if shown.get("qualifier"):
        label += f" ({shown['qualifier']})"
    left_out = {*model.ends} if model else set()
    # The label says it already.
    left_out |= {"partner"} if before is None or after is None else set()
    lines = _lines(before, after, model, left_out=left_out) or (Line(_("in full"), _stored(old, new)),)
    change = change_of(before, after)
    if change == Change.CHANGED and _same(_without_places(old), _without_places(new)):
        change = Change.MOVED
    yield Difference(f"row:{anchor}", Group.ROWS, label, change, lines=lines)


def _with_keys_of_sources(row: dict | None) -> dict | None:
    return row and row | {"references": sorted(row.get("references") or {})}


def _without_places(row: dict) -> dict:
    return {name: value for name, value in row.items() if not name.startswith("position_on_")}


def _record(key: str, group: Group, label: str, before: dict | None, after: dict | None, model) -> Difference:
    lines = _lines(before, after, model) or (Line(_("in full"), _stored(before, after)),)
    return Difference(key, group, label, change_of(before, after), lines=lines)


def _lines(before: dict | None, after: dict | None, model, left_out: Collection[str] = ()) -> tuple[Line, ...]:
    """The columns that differ; of what is new or gone, those that say something."""
    found = []
    for name in _keys(before or {}, after or {}):
        old, new = (before or {}).get(name), (after or {}).get(name)
        if name in left_out or _same(old, new):
            continue
        if (before is None or after is None) and (new or old) in EMPTY:
            continue
        runs = _runs(model, name, old, new)
        if name != "references":
            runs = runs or _stored(old, new)
        if runs:
            found.append(Line(_label(model, name), runs))
    return tuple(found)


def _as_stored(key: str, group: Group, label: str, before, after) -> Difference:
    return Difference(key, group, label, change_of(before, after), runs=_stored(before, after))


def _stored(before, after) -> tuple[Run, ...]:
    """For what differs without differing in words: nothing and an empty text, a number and its digits."""
    return compared("" if before is None else canonical_json(before), "" if after is None else canonical_json(after))


# Sources


def _sources(content: dict) -> dict[str, list[dict]]:
    """By key, the facts of each source cited in the text or by a row: more than one if a row was published earlier."""
    found: dict[str, dict[str, dict]] = {}
    for holder in (content["page"], *content["rows"].values()):
        for key, facts in (holder.get("references") or {}).items():
            found.setdefault(key, {})[canonical_json(facts)] = facts
    return {key: [states[state] for state in sorted(states)] for key, states in found.items()}


def _paired(before: list[dict], after: list[dict]) -> list[tuple[dict | None, dict | None]]:
    gone = [facts for facts in before if not any(_same(facts, other) for other in after)]
    new = [facts for facts in after if not any(_same(facts, other) for other in before)]
    # One more state of a source that was cited already is a change of it, and so is one fewer.
    first, last = next(iter(before), None), next(iter(after), None)
    return [(old or first, facts or last) for old, facts in zip_longest(gone, new)]


# Order


def _by(items: list[dict], key: str) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for item in items:
        name, number = str(item[key]), 2
        while name in found:
            name, number = f"{item[key]} ({number})", number + 1
        found[name] = item
    return found


def _moved(before: dict, after: dict) -> set[str]:
    """Of what both have, the fewest that stand in another place."""
    old, new = [name for name in before if name in after], [name for name in after if name in before]
    return {name for edit in edits(old, new) for name in new[edit.new_start : edit.new_end]}


def _keys(before: dict, after: dict) -> list[str]:
    """In the order of `after`; what is gone comes last."""
    return list(dict.fromkeys([*after, *before]))


# Words


def _label(model, name: str) -> str:
    """What the form calls it."""
    if name.startswith("position_on_"):
        return _("order on this page")
    if name in LABELS:
        return LABELS[name]()
    field = _field_of(model, name)
    if field is None:
        return name.replace("_", " ")
    return str(field.verbose_name if field.concrete else field.related_model._meta.verbose_name_plural)


def _field_of(model, name: str):
    """The column a part of a snapshot was taken from. An old snapshot may hold more than the model has now."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


# Names in a snapshot that are no columns.
LABELS = {
    "alt": lambda: _("alternative text"),
    "partner": lambda: _("other page"),
    "shelf": lambda: _("list"),
    "src": lambda: _("file"),
    "srcset": lambda: _("files"),
}


def _runs(model, name: str, before, after) -> tuple[Run, ...]:
    """Empty if both read the same."""
    field = _field_of(model, name)
    choices = dict(field.flatchoices) if field and field.concrete else {}
    texts = [_in_words(name, value, choices) for value in (before, after)]
    if texts[0] == texts[1]:
        return ()
    if choices or isinstance(before, bool) or isinstance(after, bool):
        # One answer instead of another: a word that both have in common says nothing.
        runs = Run("removed", texts[0]), Run("added", texts[1])
        return tuple(run for run in runs if run.text)
    if name == "references" or isinstance(before, list) or isinstance(after, list):
        return compared_lines(*texts)
    return compared(*texts)


def _in_words(name: str, value, choices: dict) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "shelf":
        return str(value["name"])
    if name == "references":
        return "\n".join(f"[{key}] {facts['title']}" for key, facts in sorted(value.items()))
    if isinstance(value, list):
        return "\n".join(_in_words("", each, {}) for each in value)
    if isinstance(value, dict):
        return " ".join(_in_words("", each, {}) for each in value.values() if each not in EMPTY)
    return str(choices.get(value, value))


def _same(before, after) -> bool:
    return canonical_json(before) == canonical_json(after)
