"""A page with its cross-links: anchors in its body, the definitions they show, and the pages that mention it."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F, Min
from django.urls import reverse

from crosslinks import layout
from crosslinks.byhand import Address, dead_anchors
from crosslinks.choosing import Place, choose
from crosslinks.mentions import Mention, matched, surroundings_of
from crosslinks.names import Name, content_names, name_key
from crosslinks.splicing import splice
from crosslinks.vocabulary import site_vocabulary
from publishing.companions import Companion
from publishing.editions import Edition
from publishing.kinds import by_kind

MENTIONED_IN = 10
PLACE = ("start", "end", "word", "part", "target", "length")


@dataclass(frozen=True, slots=True)
class Target:
    """A public page as a link to it shows it."""

    kind: str
    slug: str
    title: str
    definition: str

    @property
    def url(self) -> str:
        return reverse(by_kind()[self.kind].detail_url, args=[self.slug])


@dataclass(frozen=True, slots=True)
class Link:
    place: Place
    target: Target


def chosen(places: list[Place]) -> list[Place]:
    return choose(places, density=settings.CROSSLINK_DENSITY)


def links_of(edition: Edition) -> list[Link]:
    """The links readers get on a stored edition. One query."""
    target = ("kind", "slug", "title", "summary")
    rows = list(
        edition.mentions.accepted()
        .to_public_pages()
        .values_list(*PLACE, *(f"target__live__{column}" for column in target))
    )
    targets = {row[4]: row[len(PLACE) :] for row in rows}
    places = [Place(*row[: len(PLACE)]) for row in rows]
    return [Link(place, Target(*targets[place.target])) for place in chosen(places)]


def links_of_draft(edition: Edition) -> list[Link]:
    """The links that an edition not yet stored would get. About six queries."""
    around = surroundings_of({edition.page_id: edition.html})[edition.page_id]
    mentions = matched(edition, layout.read(edition.html), site_vocabulary(), around)
    live = live_targets({mention.target_id for mention in mentions})
    places = [mention.place for mention in mentions if mention.is_accepted and mention.target_id in live]
    return [Link(place, live[place.target]) for place in chosen(places)]


def live_targets(page_ids) -> dict[int, Target]:
    """By page, those of these pages that are public. One query."""
    found = Edition.objects.live().filter(page__in=page_ids)
    return {page: Target(*rest) for page, *rest in found.values_list("page", "kind", "slug", "title", "summary")}


class Crosslinks(Companion):
    @cached_property
    def links(self) -> list[Link]:
        """Past editions get none: which pages they linked then is not kept."""
        if self.is_past:
            return []
        return links_of_draft(self.edition) if self.edition.pk is None else links_of(self.edition)

    def body(self, html: str) -> str:
        """With automatic links; those made by hand stand without their anchor where they lead to no public page."""
        links = ((link.place.start, link.place.end, link.target.url) for link in self.links)
        dead = dead_anchors(html, own=Address(self.edition.kind, self.edition.slug))
        return splice(html, links, without=[tag for anchor in dead for tag in anchor.tags])

    @property
    def definitions(self) -> dict[str, dict[str, str]]:
        """By address: the title and the one-line definition that a link to it shows."""
        return {link.target.url: {"title": link.target.title, "text": link.target.definition} for link in self.links}

    @property
    def is_named(self) -> bool:
        return by_kind()[self.edition.kind].is_named

    @cached_property
    def _names(self) -> list[Name]:
        """As they act now, on every page of the site. One query, none for a page without names."""
        return list(Name.objects.filter(page=self.edition.page_id).order_by("text")) if self.is_named else []

    @property
    def is_as_signed(self) -> bool:
        if self.edition.pk is None or self.is_past or "names" not in self.edition.snapshot:
            return True
        return content_names(self._names, self.edition.title) == self.edition.snapshot["names"]

    @cached_property
    def other_names(self) -> dict[str, list[str]]:
        """What else the page is called, by kind: everyday and short names, brands, as its edition has them; and former
        names.

        Generic names are left out, because those of a group's members are not names of the group; so is every other
        name that does not link by itself, because it has other meanings: abbreviations alone may.
        """
        kinds = {kind.value: [] for kind in (Name.Kind.PLAIN, Name.Kind.ABBREVIATION, Name.Kind.BRAND)}
        for name in self.edition.snapshot.get("names", []):
            if name["kind"] in kinds and _is_its_own(name["kind"], name["linking"]):
                kinds[name["kind"]].append(name["text"])
        former = self._former_names_then if self.is_past else self._former_names
        return {kind: _once(texts) for kind, texts in (kinds | {Name.Kind.FORMER.value: former}).items()}

    @property
    def _former_names(self) -> list[str]:
        former = (name for name in self._names if name.kind == Name.Kind.FORMER)
        return [name.text for name in former if _is_its_own(name.kind, name.linking)]

    @property
    def _former_names_then(self) -> list[str]:
        """Without titles that the page has had since; titles given up by then count. One query.

        Former names that staff wrote into the vocabulary, or took from it, are those of now.
        """
        if not self.is_named:
            return []
        titles = dict(Edition.objects.filter(page=self.edition.page_id).values_list("number", "title"))
        own = name_key(self.edition.title)
        earlier = {name_key(title): title for number, title in titles.items() if number < self.edition.number}
        since = {name_key(title) for number, title in titles.items() if number >= self.edition.number}
        kept = {name_key(name): name for name in self._former_names if name_key(name) not in since}
        return sorted(name for key, name in (kept | earlier).items() if key != own)

    @cached_property
    def _mentioned_in(self) -> list[Edition]:
        """One page more than is shown: it says that there are more."""
        if self.is_past or not self.is_named:
            return []
        return list(mentioned_in(self.edition.page_id)[: MENTIONED_IN + 1])

    @property
    def mentioned_in(self) -> list[Edition]:
        """The first of the public pages that mention this one. One query, none for a page without names."""
        return self._mentioned_in[:MENTIONED_IN]

    @property
    def is_mentioned_further(self) -> bool:
        return len(self._mentioned_in) > MENTIONED_IN


def _is_its_own(kind: str, linking: str) -> bool:
    has_other_meanings = linking == Name.Linking.EVIDENCE
    return linking == Name.Linking.AUTOMATIC or (has_other_meanings and kind == Name.Kind.ABBREVIATION)


def _once(texts: list[str]) -> list[str]:
    """Without those that differ from an earlier one in case alone."""
    return list({text.casefold(): text for text in reversed(texts)}.values())[::-1]


def mentioned_in(page_id: int):
    """The live editions that mention a page: those that do so most often first, then those that do so earliest."""
    return (
        Edition.objects.live()
        .for_cards()
        .filter(mentions__in=Mention.objects.leading().filter(target=page_id))
        .annotate(times=Count("mentions"), first_word=Min("mentions__word"))
        .order_by(F("times").desc(), "first_word", "title", "pk")
    )
