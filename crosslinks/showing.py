"""A page with its cross-links: anchors in its body, the definitions they show, and the pages that mention it."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F, Min, Q
from django.urls import reverse

from crosslinks import layout
from crosslinks.byhand import Address, dead_anchors
from crosslinks.choosing import Place, choose
from crosslinks.mentions import Mention, matched, surroundings_of
from crosslinks.names import Name
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
    def other_names(self) -> dict[str, list[str]]:
        """What else the page is called, by kind: everyday and short names, brands, former names. One query.

        Generic names are left out, because those of a group's members are not names of the group; so is every other
        name that does not link by itself, because it has other meanings: abbreviations alone may.
        """
        if not self.is_named:
            return {}
        kinds = {kind: [] for kind in (Name.Kind.PLAIN, Name.Kind.ABBREVIATION, Name.Kind.BRAND, Name.Kind.FORMER)}
        its_own = Q(linking=Name.Linking.AUTOMATIC) | Q(linking=Name.Linking.EVIDENCE, kind=Name.Kind.ABBREVIATION)
        names = Name.objects.filter(its_own, page=self.edition.page_id, kind__in=kinds)
        for kind, text in names.values_list("kind", "text").order_by("text"):
            if text.casefold() not in map(str.casefold, kinds[kind]):
                kinds[kind].append(text)
        return {kind.value: texts for kind, texts in kinds.items()}

    @cached_property
    def _mentioned_in(self) -> list[Edition]:
        """One page more than is shown: it says that there are more."""
        return list(mentioned_in(self.edition.page_id)[: MENTIONED_IN + 1]) if self.is_named else []

    @property
    def mentioned_in(self) -> list[Edition]:
        """The first of the public pages that mention this one. One query, none for a page without names."""
        return self._mentioned_in[:MENTIONED_IN]

    @property
    def is_mentioned_further(self) -> bool:
        return len(self._mentioned_in) > MENTIONED_IN


def mentioned_in(page_id: int):
    """The live editions that mention a page: those that do so most often first, then those that do so earliest."""
    return (
        Edition.objects.live()
        .for_cards()
        .filter(mentions__in=Mention.objects.leading().filter(target=page_id))
        .annotate(times=Count("mentions"), first_word=Min("mentions__word"))
        .order_by(F("times").desc(), "first_word", "title", "pk")
    )
