"""Topics: the tags of public pages as readers see them.

An edition is tied to the tags of its day for ever. Readers see each as it is called now, and in the place of one that
was merged the tag that stands for it.
"""

import json
from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from publishing.editions import Edition, EditionTag
from publishing.tags import Tag

type Topic = dict[str, str]


def topics() -> Subquery:
    """For a query of editions: their topics, for `read_topics`. So they cost no query of their own."""
    topic = JSONObject(
        slug=Coalesce("tag__leads_to__slug", "tag__slug"), name=Coalesce("tag__leads_to__name", "tag__name")
    )
    ties = EditionTag.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    return Subquery(ties.annotate(topics=StringAgg(Cast(topic, TextField()), Value(","))).values("topics"))


def read_topics(found: str | None) -> list[Topic]:
    return _each_once(json.loads(f"[{found or ''}]"))


def topics_of(tags: Iterable[Tag]) -> list[Topic]:
    """No query where `leads_to` was fetched, or no tag of these was merged."""
    return _each_once({"slug": tag.current.slug, "name": tag.current.name} for tag in tags)


def topics_now(kept: list[Topic]) -> list[Topic]:
    """What is left of the tags that a snapshot holds, as they stand now. One query; none where it holds none."""
    return topics_of(Tag.objects.filter(slug__in=[tag["slug"] for tag in kept]).select_related("leads_to"))


def _each_once(found: Iterable[Topic]) -> list[Topic]:
    # Sorted here: each database has its own idea of the order of names.
    return sorted({topic["slug"]: topic for topic in found}.values(), key=lambda topic: topic["name"])


def alike(slugs: Iterable[str]) -> QuerySet[Tag]:
    """The tags at these addresses, and those that lead to them."""
    return Tag.objects.filter(Q(slug__in=slugs) | Q(leads_to__slug__in=slugs))


def on_topic(tag: Tag) -> QuerySet[Edition]:
    """The editions that name the tag, or one that leads to it."""
    ties = EditionTag.objects.filter(tag__in=alike([tag.slug]))
    return Edition.objects.filter(pk__in=ties.values("edition"))


def topic_pairs(page_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Live pages and their topics, by number. One query."""
    ties = EditionTag.objects.filter(edition__live_of__in=page_ids)
    return set(ties.annotate(topic=Coalesce(F("tag__leads_to"), F("tag"))).values_list("edition__page", "topic"))
