"""The A to Z of a kind: its public pages under their titles, and under what else they are called."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.translation import gettext as _

from crosslinks.matching.spelling import APOSTROPHES, INVISIBLE, plain_letters, without_possessive
from crosslinks.matching.vocabulary import keys
from crosslinks.names import Name
from publishing.editions import Edition
from publishing.pages import Page
from publishing.shelves import shelves
from publishing.views import canonical

_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}{INVISIBLE}]+[^\W_]+)*")


@dataclass(frozen=True)
class Entry:
    """A line of the list: the title of a page, or another name that leads to it."""

    text: str
    edition: Edition
    is_title: bool = False

    @cached_property
    def words(self) -> list[str]:
        """As they are sorted: without case, accents and possessive, Greek letters by name."""
        parts = unicodedata.normalize("NFKD", self.text)
        plain = "".join(each for each in parts if not unicodedata.combining(each))
        return [plain_letters(without_possessive(word)) for word in _WORD.findall(plain)]

    @cached_property
    def letter(self) -> str:
        """Where it is filed: `#` for a text that begins with anything but a letter."""
        first = "".join(self.words)[:1].upper()
        return first if first.isalpha() and self.text.strip()[0].isalpha() else "#"


@dataclass(frozen=True)
class Letter:
    letter: str
    entries: list[Entry]


def other_names(editions: QuerySet[Edition]) -> list[Entry]:
    """What these live editions are also called. One query, and one for the editions unless they are there already.

    Names that never link are left out: they mean more than the page is about, as the name of a whole class does.
    """
    pages = {edition.page_id: edition for edition in editions}
    names = Name.objects.linkable().exclude(kind__in=(Name.Kind.PREFERRED, Name.Kind.PLURAL))
    found = names.filter(page__live__in=editions).order_by().values_list("page", "text")
    return [Entry(text, pages[page]) for page, text in found if page in pages]


def letters(entries: list[Entry]) -> list[Letter]:
    """The entries worth a line, in an order that no database has a say in."""
    ordered = sorted(_without_repeats(entries), key=_place)
    return [
        Letter(letter, list(group))
        for letter, group in groupby(_without_neighbours(ordered), key=lambda each: each.letter)
    ]


def _place(entry: Entry) -> tuple:
    return entry.letter, entry.words, not entry.is_title, entry.text, entry.edition.title, entry.edition.page_id


def _without_repeats(entries: list[Entry]) -> list[Entry]:
    """Without names that are, or go on from, the title or a shorter name of the same page under the same letter.

    Names are the same in all spellings that the matcher takes for one: “IVIg” is “IVIG”.
    """
    kept, seen = [], defaultdict(list)
    keyed = zip(entries, keys([entry.text for entry in entries]), strict=True)
    for entry, key in sorted(keyed, key=_shortest_first):
        shorter = seen[entry.edition.page_id, entry.letter]
        if entry.is_title or not any(key[: len(each)] == each for each in shorter):
            kept.append(entry)
            # A title need not have words.
            shorter += [key] if key else []
    return kept


def _shortest_first(keyed: tuple[Entry, list[str]]) -> tuple:
    entry, key = keyed
    return not entry.is_title, len(key), len(entry.text), entry.text


def _without_neighbours(ordered: list[Entry]) -> list[Entry]:
    """Without names that stand beside the title of their page and begin with the same word.

    A single letter is no such word: “B-ALL” says more than “B-cell acute lymphoblastic leukemia” below it.
    """
    kept = []
    for (_page, words), group in groupby(ordered, key=lambda each: (each.edition.page_id, each.words[:1])):
        together = list(group)
        titles = [entry for entry in together if entry.is_title]
        kept += titles if titles and len("".join(words)) > 1 else together
    return kept


def render_a_to_z(request, model: type[Page]):
    """Every public page of a kind under its first letter; `?group=` keeps one group. Three queries."""
    editions = Edition.objects.live().of_kind(model.kind_name()).for_cards()
    group = request.GET.get("group", "")
    name = dict(model.Group.choices).get(group, "")
    if name:
        editions = editions.filter(shelf=group)
    titles = [Entry(edition.title, edition, is_title=True) for edition in editions]
    address = model.get_list_url() + (f"?group={group}" if name else "")
    context = {
        "title": _("%s A to Z") % str(model._meta.verbose_name_plural).capitalize(),
        "letters": letters(titles + other_names(editions)),
        "count": len(titles),
        "list_kind": model.kind_name(),
        "list_url": model.get_list_url(),
        "group": name,
        "groups": shelves(model),
        "canonical": canonical(address),
    }
    return render(request, "publishing/a_to_z.html", context)
