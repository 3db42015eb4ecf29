"""What publishing the draft would change for readers: the draft beside what is live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.comparison import Change, Difference, Group, Line, compare
from publishing.comparison.differences import change_of, compared, compared_lines
from publishing.content import content_of, row_contents
from publishing.pages import Page
from publishing.rows import Row
from publishing.topics import topics_now


def draft_differences(page: Page, draft: dict | None = None, rows: list[Row] | None = None) -> list[Difference]:
    """What a review covers, and last what none covers: address, navigation, upkeep.

    About twelve queries, none where the snapshot of the draft and its rows are known already.
    """
    draft, rows = draft or page.snapshot(), page.rows() if rows is None else rows
    after = content_of(draft, row_contents(page, rows))
    if page.live is None:
        return [*compare(None, after), *_upkeep(page, {}, draft)]
    live = page.live.snapshot | {"tags": topics_now(page.live.snapshot["tags"])}
    before = content_of(live, row_contents(page, rows, draft=False))
    return [*compare(before, after), *_upkeep(page, live, draft), *_orders_elsewhere(page, rows)]


def _upkeep(page: Page, live: dict, draft: dict) -> Iterator[Difference]:
    labels = {
        "slug": page._meta.get_field("slug").verbose_name,
        "tags": _("tags"),
        "related": page._meta.get_field("related").verbose_name,
        "review_interval": page._meta.get_field("review_interval").verbose_name,
    }
    for name, label in labels.items():
        before, after = live.get(name), draft[name]
        if before != after and (before or after):
            runs = compared_lines(_in_words(name, before), _in_words(name, after))
            yield Difference(name, Group.UPKEEP, str(label), change_of(before, after), runs=runs)


def _in_words(name: str, value) -> str:
    match name:
        case "tags":
            return "\n".join(tag["name"] for tag in value or [])
        case "related":
            titles = dict(Page.objects.filter(pk__in=value or []).values_list("pk", "title"))
            # A page can be deleted as long as it never was public.
            return "\n".join(titles.get(pk, _("a page that was deleted")) for pk in value or [])
        case _:
            return "" if value is None else str(value)


def _orders_elsewhere(page: Page, rows: list[Row]) -> Iterator[Difference]:
    """Rows that would take another place on their other page, which publishing this one does as well."""
    for row in rows:
        name = next(f"position_on_{end}" for end in row.ends if end != page.kind)
        before, after = row.live_snapshot(), row.draft_snapshot()
        if before and after and before[name] != after[name]:
            label = f"{row._meta.verbose_name}: {getattr(row, name.removeprefix('position_on_'))}"
            line = Line(_("order on the other page"), compared(str(before[name]), str(after[name])))
            yield Difference(f"order:{row.anchor}", Group.UPKEEP, label, Change.MOVED, lines=(line,))
