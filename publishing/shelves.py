"""Shelves: the groups that the pages of a kind are sorted into."""

from dataclasses import dataclass

from django.db.models import Count

from publishing.editions import Edition
from publishing.pages import Page


@dataclass(frozen=True)
class Shelf:
    name: str
    count: int
    url: str


def shelves(model: type[Page]) -> list[Shelf]:
    """The groups of a kind that have public pages, in the order of the choices. One query."""
    counted = Edition.objects.live().of_kind(model.kind_name()).values_list("shelf").annotate(Count("pk")).order_by()
    counts, address = dict(counted), model.get_list_url()
    return [
        Shelf(str(label), counts[value], f"{address}?group={value}")
        for value, label in model.Group.choices
        if value in counts
    ]
