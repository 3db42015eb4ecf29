"""What publishing the draft would change for readers: the draft's snapshot beside the live one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing import richtext
from publishing.pages import Page


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def draft_differences(page: Page) -> list[Difference]:
    """Every part of the page and every row that differs. About fifteen queries."""
    draft = _parts(page, page.snapshot())
    live = _parts(page, page.live.snapshot) if page.live else {}
    labels = list(dict.fromkeys([*draft, *live]))
    changed = [label for label in labels if draft.get(label) != live.get(label)]
    return [_difference(label, live.get(label), draft.get(label)) for label in changed] + _row_differences(page)


def _difference(label: str, before, after) -> Difference:
    texts = [_in_words(value) for value in (before, after)]
    if texts[0] == texts[1]:
        # Only the markup differs, so the markup is what to show.
        texts = [str(before or ""), str(after or "")]
    return Difference(label, *texts)


def _parts(page: Page, snapshot: dict) -> dict[str, object]:
    """The snapshot by the name each part has on the form."""
    plain = ("title", "slug", "summary", "language", "is_short", "is_demonstration", "review_interval")
    parts: dict[str, object] = {_label(page, name): snapshot[name] for name in plain}
    parts[_("list")] = snapshot["shelf"]["name"]
    parts[_("authors")] = snapshot["authors"]
    parts[_("tags")] = [tag["name"] for tag in snapshot["tags"]]
    parts[_("related pages")] = snapshot["related"]
    parts |= {_label(page, name): value for name, value in snapshot["facts"].items()}
    parts |= {str(part["title"]) or _("text"): part["html"] for part in snapshot["sections"] if not part["rows"]}
    parts[_("references")] = list(snapshot["references"].values())
    parts[_("images")] = list(snapshot["images"].values())
    return {label: value for label, value in parts.items() if value not in ("", [], None)}


def _label(page: Page, name: str) -> str:
    if name == "codes":
        return _("medical codes")
    return str(page._meta.get_field(name).verbose_name)


def _in_words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(_in_words(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each not in ("", None, False))
    text = str(value)
    return richtext.text_of(text) if text.startswith("<") else text


def _row_differences(page: Page) -> list[Difference]:
    changed = [row for row in page.rows() if row.has_unpublished_changes()]
    return [_row_difference(row) for row in changed]


def _row_difference(row) -> Difference:
    label = f"{row._meta.verbose_name}: {row}"
    return Difference(label, _row_in_words(row, row.live_snapshot()), _row_in_words(row, row.draft_snapshot()))


def _row_in_words(row, snapshot: dict | None) -> str:
    """The columns of a row that are words: not the numbers of its ends and its places."""
    if snapshot is None:
        return ""
    shown = []
    for name, value in snapshot.items():
        if name in row.ends or value in ("", {}, None):
            continue
        field = row._meta.get_field(name)
        words = "; ".join(value) if isinstance(value, dict) else _choice(field, value)
        shown.append(f"{field.verbose_name}: {words}")
    return "\n".join(shown)


def _choice(field, value) -> str:
    return str(dict(field.flatchoices).get(value) or _in_words(value))
