"""Links that somebody wrote into a text: to which page each leads, and whether readers may see that page.

A link to a page of this site is stored with the text as any other. What became of the page is asked when the link is
shown: where it leads to no public page, its words stand there without it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import Resolver404, resolve, reverse

from publishing.addresses import PastAddress
from publishing.editions import Edition
from publishing.kinds import by_kind, page_models
from publishing.models import Page

# Exact on sanitised HTML: attributes are written in one way only, and no link stands inside another.
ANCHOR = re.compile(r'<a href="([^"]*)">|</a>')
PORTS = {"http": 80, "https": 443}
LONGEST_SLUG = 100


class Address(NamedTuple):
    """Where a page is found: unique among all pages, now and in the past."""

    kind: str
    slug: str

    @property
    def path(self) -> str:
        return reverse(by_kind()[self.kind].detail_url, args=[self.slug])


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link to a page of this site. In the HTML, its two tags stand at [start:inside] and [inside_end:end]."""

    address: Address
    start: int
    inside: int
    inside_end: int
    end: int

    @property
    def tags(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self.start, self.inside), (self.inside_end, self.end)


def anchors(html: str) -> list[Anchor]:
    """The links to detail pages of this site, in the order of the text. No query."""
    found, opening = [], None
    for tag in ANCHOR.finditer(html):
        if tag[1] is not None:
            opening = tag
        elif opening is not None:
            address = address_of(unescape(opening[1]))
            if address is not None:
                found.append(Anchor(address, opening.start(), opening.end(), tag.start(), tag.end()))
            opening = None
    return found


def address_of(href: str) -> Address | None:
    """The address of the page that a link leads to, or nothing where it leads elsewhere."""
    try:
        parts = urlsplit(href)
        here = urlsplit(settings.SITE_URL)
        if parts.netloc and _host(parts, here.scheme) != _host(here, here.scheme):
            return None
    except ValueError:
        return None
    if not parts.path.startswith("/"):
        return None
    try:
        found = resolve(f"{unquote(parts.path).rstrip('/')}/")
    except Resolver404:
        return None
    for model in page_models():
        if model.detail_url == found.view_name and len(found.kwargs["slug"]) <= LONGEST_SLUG:
            return Address(model.kind_name(), found.kwargs["slug"])
    return None


def _host(parts, scheme: str) -> tuple[str | None, int | None]:
    return parts.hostname, parts.port or PORTS.get(parts.scheme or scheme)


def pages_at(addresses: Collection[Address], pages=None) -> dict[Address, int]:
    """Which of these pages is found at each address, now or by a redirect. One query, none without addresses."""
    if not addresses:
        return {}
    pages = Page.objects.filter(address__isnull=False) if pages is None else pages
    now = pages.filter(_any_of(addresses, "address")).values_list("kind", "address", "pk")
    past = PastAddress.objects.filter(_any_of(addresses, "slug"), page__in=pages)
    found = past.values_list("kind", "slug", "page").union(now.order_by())
    return {Address(kind, slug): page for kind, slug, page in found}


def _any_of(addresses: Iterable[Address], column: str) -> Q:
    slugs: dict[str, set[str]] = {}
    for kind, slug in addresses:
        slugs.setdefault(kind, set()).add(slug)
    wanted = Q()
    for kind in sorted(slugs):
        wanted |= Q(("kind", kind), (f"{column}__in", sorted(slugs[kind])))
    return wanted


def linked_pages(html: Mapping[int, str]) -> dict[int, frozenset[int]]:
    """For each page of which this is the HTML, the pages it links by hand. One query, none without such links."""
    addresses = {page: {anchor.address for anchor in anchors(each)} for page, each in html.items()}
    at = pages_at(set().union(*addresses.values()))
    return {page: frozenset(at[address] for address in own if address in at) for page, own in addresses.items()}


def dead_anchors(html: str, own: Address | None = None) -> list[Anchor]:
    """The links to pages of this site that are not public. One query, none without links to pages.

    A link to the page itself, whose address is `own`, is never dead: whoever reads it is there.
    """
    found = [anchor for anchor in anchors(html) if anchor.address != own]
    at = pages_at({anchor.address for anchor in found}, Page.objects.live())
    return [anchor for anchor in found if anchor.address not in at]


class HandLinkQuerySet(models.QuerySet):
    def to_no_public_page(self):
        now = Page.objects.live().filter(kind=OuterRef("kind"), address=OuterRef("slug"))
        past = PastAddress.objects.filter(kind=OuterRef("kind"), slug=OuterRef("slug"), page__live__isnull=False)
        return self.filter(~Exists(now), ~Exists(past))


class HandLink(models.Model):
    """A live edition links to this address by hand: derived with its mentions, and never changed."""

    edition = models.ForeignKey(Edition, related_name="hand_links", on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=LONGEST_SLUG, db_index=False)

    objects = HandLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "slug"], name="crosslinks_hand_link_once"),
        ]
        indexes = [models.Index(fields=["kind", "slug"])]

    def __str__(self):
        return f"{self.edition_id}: {self.kind}/{self.slug}"


def keep_hand_links(editions: Collection[Edition]) -> None:
    """Note what these editions link by hand; what is noted already stays as it is. Two queries, more for changes."""
    wanted = {(edition.pk, *anchor.address) for edition in editions for anchor in anchors(edition.html)}
    noted = HandLink.objects.filter(edition__in=[edition.pk for edition in editions])
    outdated = [
        number for number, *facts in noted.values_list("pk", "edition", "kind", "slug") if tuple(facts) not in wanted
    ]
    wanted -= set(noted.values_list("edition", "kind", "slug"))
    if outdated:
        HandLink.objects.filter(pk__in=outdated).delete()
    HandLink.objects.bulk_create(
        HandLink(edition_id=edition, kind=kind, slug=slug) for edition, kind, slug in sorted(wanted)
    )
