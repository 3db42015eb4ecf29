"""Where notices stand: on the page they are about, and with that reach on every page that mentions it.

A page mentions another if it names or links it (`settings.MENTIONED_PAGES`), or shares a public row with it. Whether
the other page is public makes no difference: the warning that it was withdrawn stands where readers met it.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from publishing.editions import Edition
from publishing.notices import Notice
from publishing.pages import Page
from publishing.rows import partners, row_models


def notices_for(edition: Edition) -> list[Notice]:
    """The notices in force that a public page carries, newest first, each with the page it is about. One query."""
    mentioned = Exists(_mentioned_pages(edition.pk).filter(pk=OuterRef("page")))
    for model in row_models():
        for here, there in (model.ends, model.ends[::-1]):
            if here == edition.kind:
                rows = model.objects.live().filter(**{here: edition.page_id, there: OuterRef("page")})
                mentioned |= Exists(rows)
    reaching = Q(page=edition.page_id) | (Q(reach=Notice.Reach.MENTIONS) & Q(mentioned))
    return list(Notice.objects.in_force().filter(reaching).select_related("page"))


def pages_reached(page: Page, reach: str):
    """The live editions on which a notice about this page would stand. One query for each kind of row, none before."""
    here = Q(page=page.pk)
    if reach == Notice.Reach.MENTIONS:
        mentioning = Exists(_mentioned_pages(OuterRef(OuterRef("pk"))).filter(pk=page.pk))
        here |= Q(page__in=partners([page.pk])[page.pk]) | Q(mentioning)
    return Edition.objects.live().for_cards().filter(here).order_by("title", "pk")


def mentioned_by(edition: Edition) -> set[int] | None:
    """The pages that an edition mentions; unknown of one that is not live, whose mentions are not kept. Two queries."""
    if not Edition.objects.live().filter(pk=edition.pk).exists():
        return None
    return set(_mentioned_pages(edition.pk).values_list("pk", flat=True))


def _mentioned_pages(edition: int | OuterRef | None):
    return import_string(settings.MENTIONED_PAGES)(edition)
