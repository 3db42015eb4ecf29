"""The content of a page: all of it that a review covers, as one plain value that can be digested, signed and compared.

It holds what readers see: text, rows, references, pictures, people with their credentials, names. Navigation and upkeep
are left out, because they state nothing about health.
"""

from publishing.editions import Edition
from publishing.kinds import by_kind
from publishing.pages import Page
from publishing.records import digest_of
from publishing.rows import Row

NOT_REVIEWED = frozenset({"schema", "slug", "tags", "related", "review_interval"})


def content_of(snapshot: dict, rows: dict[str, dict]) -> dict:
    """`rows` by their anchors: `indication-12`."""
    return {"page": {name: value for name, value in snapshot.items() if name not in NOT_REVIEWED}, "rows": rows}


def draft_content(page: Page) -> dict:
    """What publishing the draft would make public. About twelve queries; `page` is of its own kind."""
    return content_of(page.snapshot(), row_contents(page, page.rows()))


def live_content(page: Page) -> dict | None:
    """What readers see now of the page and its rows. Two queries for each kind of row."""
    if page.live is None:
        return None
    return content_of(page.live.snapshot, row_contents(page, page.rows(), draft=False))


def row_contents(page: Page, rows: list[Row], *, draft: bool = True) -> dict[str, dict]:
    """Each row as this page shows it, the title of the other page beside it."""
    found = {}
    for row in rows:
        snapshot = row.draft_snapshot() if draft else row.live_snapshot()
        if snapshot is not None:
            there = next(end for end in row.ends if end != page.kind)
            found[row.anchor] = _without_place(snapshot, there) | {"partner": _title(getattr(row, there))}
    return found


def _title(page: Page) -> str:
    """As readers know it: the draft of another page is nobody's business here."""
    return page.live.title if page.live else str(page)


def content_digest(content: dict) -> str:
    """The digest that a sign-off binds. How a row's other page is called belongs to that page."""
    rows = {
        anchor: {name: value for name, value in row.items() if name != "partner"}
        for anchor, row in content["rows"].items()
    }
    return digest_of({"page": content["page"], "rows": rows})


def edition_content(edition: Edition) -> dict:
    """What readers saw when this edition became public, its rows as they were then. One query for each kind of row."""
    if edition.is_withdrawal:
        return content_of(edition.snapshot, {})
    model = by_kind()[edition.kind]
    rows = {}
    for name in model.row_names:
        row_model = model._meta.get_field(name).related_model
        rows |= _rows_at(row_model, edition)
    return content_of(edition.snapshot, rows)


def _rows_at(model: type[Row], edition: Edition) -> dict[str, dict]:
    here, there = model.ends if edition.kind == model.ends[0] else reversed(model.ends)
    records = model._meta.get_field("live").related_model.objects.select_related(f"row__{there}__live")
    known = records.filter(**{f"row__{here}": edition.page_id, "valid_from__lte": edition.valid_from})
    latest = {record.row: record.snapshot for record in known.order_by("row", "number")}
    return {
        row.anchor: _without_place(snapshot, there) | {"partner": _title(getattr(row, there))}
        for row, snapshot in latest.items()
        if snapshot is not None
    }


def _without_place(snapshot: dict, there: str) -> dict:
    """Where the row stands on the other page is that page's own matter."""
    return {name: value for name, value in snapshot.items() if name != f"position_on_{there}"}
