"""What the mentions show to be missing: rows, mentions, links, names. Each function is a queryset of what is public."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from crosslinks.byhand import HandLink
from crosslinks.explaining import ZONES
from crosslinks.mentions import Mention
from crosslinks.names import Name
from publishing.addresses import PastAddress
from publishing.kinds import page_models
from publishing.models import Page
from publishing.rows import Row, row_models

# The text names the page, whether or not the place can be a link.
NAMING = Q(is_accepted=True) | Q(reason__in=list(ZONES))


def ends_of_rows() -> list[tuple[str, str]]:
    """The kinds of page that rows join, from either side: (condition, therapy), (therapy, condition)."""
    pairs = dict.fromkeys(model.ends for model in row_models())
    return [pair for one, other in pairs for pair in ((one, other), (other, one))]


def named_without_row(here: str, there: str):
    """The first mention of each public page of kind `there` on a page of kind `here`, where no row joins the two."""
    mentions = Mention.objects.filter(NAMING, edition__kind=here, target__kind=there, target__live__isnull=False)
    same = {"edition": OuterRef("edition"), "target": OuterRef("target")}
    earlier = Mention.objects.filter(NAMING, start__lt=OuterRef("start"), **same)
    found = mentions.filter(~Exists(earlier))
    for model in row_models():
        if {here, there} == set(model.ends):
            # One that is in the draft only is on its way.
            rows = model.objects.in_draft() | model.objects.live()
            found = found.filter(~Exists(rows.filter(**{here: OuterRef("edition__page"), there: OuterRef("target")})))
    return (
        found.select_related("edition", "target")
        .defer("edition__snapshot", "edition__text")
        .order_by("edition__title", "edition", "start")
    )


def section_rows() -> Iterator[type[Row]]:
    """The rows that fill a section of a page. What such a row says, the rest of the text should speak of too."""
    sections = {section.field for model in page_models() for section in model.sections if section.rows}
    for model in row_models():
        if model._meta.get_field(model.ends[0]).remote_field.related_name in sections:
            yield model


def rows_unmentioned(model: type[Row], here: str, there: str):
    """One public row for each two public pages of which the text of `here` does not name the page `there`."""
    live = {f"{end}__live__isnull": False for end in (here, there)}
    pair = {f"{end}_id": OuterRef(f"{end}_id") for end in (here, there)}
    twin = model.objects.live().filter(pk__lt=OuterRef("pk"), **pair)
    named = Mention.objects.filter(NAMING, edition__page=OuterRef(here), target=OuterRef(there))
    shown = [f"{end}__{column}" for end in (here, there) for column in ("kind", "title")]
    found = model.objects.live().filter(~Exists(twin), ~Exists(named), **live)
    return (
        found.select_related(here, there).only("pk", here, there, *shown).order_by(f"{here}__title", f"{there}__title")
    )


def pages_nobody_links():
    """Public pages that have names, and to which no text of another page leads."""
    named = [model.kind_name() for model in page_models() if model.is_named]
    mentions = Mention.objects.leading().filter(target=OuterRef("pk"))
    by_hand = HandLink.objects.filter(kind=OuterRef("kind"), slug=OuterRef("address")).exclude(
        edition__page=OuterRef("pk")
    )
    at_past = HandLink.objects.filter(kind=OuterRef("kind"), slug=OuterRef("slug")).exclude(
        edition__page=OuterRef("page")
    )
    by_past_address = PastAddress.objects.filter(Exists(at_past), page=OuterRef("pk"))
    found = Page.objects.live().filter(~Exists(mentions), ~Exists(by_hand), ~Exists(by_past_address), kind__in=named)
    return found.order_by("title", "pk")


def names_that_never_match():
    """Names of public pages that may link, and that stand in no text, whatever page is meant there.

    Without brands: a text for patients seldom needs them.
    """
    return _never_matching().exclude(kind=Name.Kind.BRAND)


def brands_that_never_match():
    return _never_matching().filter(kind=Name.Kind.BRAND)


def _never_matching():
    said = Mention.objects.filter(name__key=OuterRef("key"))
    found = Name.objects.linkable().filter(~Exists(said), page__live__isnull=False)
    return found.select_related("page").order_by("page__title", "text", "pk")


def hand_links_to_no_public_page():
    """What editors linked by hand and readers see without the link."""
    found = HandLink.objects.to_no_public_page().select_related("edition")
    return found.defer("edition__snapshot", "edition__text").order_by("edition__title", "edition", "kind", "slug")
