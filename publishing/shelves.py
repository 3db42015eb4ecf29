"""Lists of what is public: A to Z, and the shelves a kind is sorted into."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _

from publishing.editions import Edition
from publishing.pages import Page
from publishing.views import canonical


@dataclass(frozen=True)
class Letter:
    letter: str
    editions: list[Edition]


@dataclass(frozen=True)
class Shelf:
    name: str
    count: int
    url: str


def first_letter(title: str) -> str:
    """The letter a title is filed under: without accent, `#` for anything else."""
    first = unicodedata.normalize("NFKD", title.strip())[:1].upper()
    return first if first.isalpha() else "#"


def letters(editions) -> list[Letter]:
    ordered = sorted(editions, key=lambda edition: (first_letter(edition.title), edition.title.casefold()))
    return [
        Letter(letter, list(group)) for letter, group in groupby(ordered, key=lambda each: first_letter(each.title))
    ]


def shelves(model: type[Page]) -> list[Shelf]:
    """The groups of a kind that have public pages, in the order of the choices. One query."""
    counted = Edition.objects.live().of_kind(model.kind_name()).values_list("shelf").annotate(Count("pk")).order_by()
    counts, address = dict(counted), model.get_list_url()
    return [
        Shelf(str(label), counts[value], f"{address}?group={value}")
        for value, label in model.Group.choices
        if value in counts
    ]


def render_a_to_z(request, model: type[Page]):
    """Every public page of a kind under its first letter; `?group=` keeps one group. Two queries."""
    editions = Edition.objects.live().of_kind(model.kind_name()).for_cards()
    group = request.GET.get("group", "")
    name = dict(model.Group.choices).get(group, "")
    found = letters(editions.filter(shelf=group) if name else editions)
    address = model.get_list_url() + (f"?group={group}" if name else "")
    context = {
        "title": _("%s A to Z") % str(model._meta.verbose_name_plural).capitalize(),
        "letters": found,
        "count": sum(len(letter.editions) for letter in found),
        "list_kind": model.kind_name(),
        "list_url": model.get_list_url(),
        "group": name,
        "groups": shelves(model),
        "canonical": canonical(address),
    }
    return render(request, "publishing/a_to_z.html", context)
