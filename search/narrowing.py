"""What results are narrowed to, and can be narrowed to further: kind, category, body system, date of review."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.kinds import by_kind
from search.documents import PAGE_BITS, first_number_of, group_in
from search.index import Found, Narrowed
from search.results import Choice, Facet

# So many years are offered, from this one back.
YEARS = 3
_YEAR = re.compile("20[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Narrowing:
    """As the address says. A kind that there is not, or what is no year, narrows nothing."""

    kind: str = ""
    category: str = ""
    system: str = ""
    since: str = ""

    @classmethod
    def asked(cls, parameters: Mapping[str, str]) -> "Narrowing":
        """Longer values than the columns hold match nothing, and need not be asked for."""
        values = {name: parameters.get(name, "").replace("\x00", "")[:100] for name in cls.__match_args__}
        if values["kind"] not in by_kind():
            values["kind"] = ""
        if not _YEAR.fullmatch(values["since"]):
            values["since"] = ""
        return cls(**values)

    @property
    def first_number(self) -> int:
        """That of the oldest document that was reviewed late enough."""
        return first_number_of(int(self.since)) if self.since else 0

    @property
    def columns(self) -> dict[str, str]:
        """The values of the groups that are left."""
        columns = {"kind": self.kind, "shelf": self.category, "body_system": self.system}
        return {column: value for column, value in columns.items() if value}

    def fits(self, number: int, group: Narrowed, *, apart_from: str = "") -> bool:
        """Whether what is counted under this number is among the results, one facet left out."""
        return (
            (apart_from == "kind" or self.kind in ("", group.kind))
            and (apart_from == "category" or self.category in ("", group.shelf))
            and (apart_from == "system" or self.system in ("", group.body_system))
            and (apart_from == "since" or number << PAGE_BITS >= self.first_number)
        )

    def fits_document(self, number: int, groups: Mapping[int, Narrowed]) -> bool:
        return self.fits(number >> PAGE_BITS, groups[group_in(number)])


@dataclass(frozen=True)
class Address:
    """Of one search: narrowed otherwise, on another page, or exactly as typed."""

    typed: str
    narrowing: Narrowing
    exactly: bool

    def of(self, **changed) -> str:
        kept = {"exact": "1"} if self.exactly else {}
        parameters = {"q": self.typed} | asdict(self.narrowing) | kept | changed
        return f"{self.path}?{urlencode({name: value for name, value in parameters.items() if value})}"

    @cached_property
    def path(self) -> str:
        return reverse("search:results")


def counted(found: Found, narrowing: Narrowing) -> int:
    """How many of the matches are left."""
    return sum(count for _number, _group, count in _left(found, narrowing))


def facets(found: Found, narrowing: Narrowing, address: Address) -> Iterable[Facet]:
    """What the results can be narrowed to. Each facet counts what the others leave."""
    for name, label, value_of in _facets_of_groups():
        left: Counter[str] = Counter()
        labels: dict[str, str] = {}
        for _number, group, count in _left(found, narrowing, apart_from=name):
            value, text = value_of(group)
            left[value] += count
            labels[value] = text
        values = sorted(filter(None, left), key=lambda value: (-left[value], labels[value]))
        yield from _facet(name, label, {value: labels[value] for value in values}, left, narrowing, address)
    last = timezone.localdate().year
    labels = {str(year): _("Since %d") % year for year in range(last, last - YEARS, -1)}
    if narrowing.since:
        labels.setdefault(narrowing.since, _("Since %d") % int(narrowing.since))
    reviewed = Counter({year: _reviewed_since(int(year), found, narrowing) for year in labels})
    # Readers of a demonstration must not take its reviews for those of clinicians.
    label = _("Reviewed for the demonstration") if settings.DEMONSTRATION else _("Reviewed")
    yield from _facet("since", label, labels, reviewed, narrowing, address)


def _facets_of_groups() -> list[tuple[str, str, Callable[[Narrowed], tuple[str, str]]]]:
    return [
        ("kind", _("Kind of page"), lambda group: (group.kind, _kind_name(group.kind))),
        ("category", _("Category"), lambda group: (group.shelf, group.shelf_name)),
        ("system", _("Body system"), lambda group: (group.body_system, group.body_system)),
    ]


def _kind_name(kind: str) -> str:
    return capfirst(by_kind()[kind]._meta.verbose_name_plural)


def _facet(name: str, label: str, labels: dict[str, str], counts, narrowing: Narrowing, address: Address):
    """Nothing where nothing can be chosen. What is chosen is offered also where it leaves nothing, to be taken off."""
    current = getattr(narrowing, name)
    offered = {value: text for value, text in labels.items() if counts[value] or value == current}
    if current and current not in offered:
        offered[current] = _kind_name(current) if name == "kind" else current
    choices = tuple(
        Choice(text, counts[value], address.of(**{name: "" if value == current else value}), value == current)
        for value, text in offered.items()
    )
    if choices:
        yield Facet(name, label, choices)


def _left(found: Found, narrowing: Narrowing, *, apart_from: str = "") -> Iterable[tuple[int, Narrowed, int]]:
    for number, count in found.counts.items():
        group = found.groups[group_in(number << PAGE_BITS)]
        if count and narrowing.fits(number, group, apart_from=apart_from):
            yield number, group, count


def _reviewed_since(year: int, found: Found, narrowing: Narrowing) -> int:
    least = first_number_of(year)
    left = _left(found, narrowing, apart_from="since")
    return sum(count for number, _group, count in left if number << PAGE_BITS >= least)
