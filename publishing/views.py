"""Public views: the detail page of any kind, tags, people, images. They read editions and never a draft."""

import logging

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publishing import doors
from publishing.addresses import PastAddress
from publishing.companions import companions
from publishing.editions import Edition, EditionTag
from publishing.images import Image
from publishing.kinds import by_kind
from publishing.notice_board import notices_for
from publishing.notices import Notice
from publishing.pages import Page
from publishing.people import Person
from publishing.reading import Reading
from publishing.rows import ShownRow, rows_left
from publishing.structured import json_ld, person_json_ld
from publishing.tags import Tag
from publishing.topics import Topic, alike, on_topic, read_topics, topics
from publishing.watching import alerts

logger = logging.getLogger(__name__)
PER_PAGE = 20
RELATED = 6


def canonical(path: str) -> str:
    return settings.SITE_URL + path


def render_detail(request, kind: str, slug: str):
    """The live page at this address, or where it went: a redirect, a notice of withdrawal, or 404."""
    live = Edition.objects.live().with_review().annotate(rows_left=rows_left(), topics=topics())
    edition = live.of_kind(kind).filter(slug=slug).first()
    if edition is None:
        return _what_became_of(request, kind, slug)
    page = by_kind()[kind](pk=edition.page_id, kind=kind)
    rows = {name: getattr(page, name).shown_on(page) for name in page.row_names}
    found = read_topics(edition.topics)
    reading = Reading(
        edition,
        rows,
        related=_related(edition, found),
        topics=found,
        companions=companions(edition),
        notices=notices_for(edition),
        alerts=alerts(reference_keys(edition, rows)),
        rows_left=edition.rows_left,
    )
    return _render(request, reading)


def reference_keys(edition: Edition, rows: dict[str, list[ShownRow]]) -> set[str]:
    """The sources that a page cites with its rows."""
    return {*edition.snapshot["references"], *(key for each in rows.values() for row in each for key in row.references)}


def render_preview(request, page: Page):
    """The draft as readers would see it. About fifteen queries; nothing is saved."""
    page = page.concrete
    edition = doors.prepare_preview(page)
    rows = {name: getattr(page, name).shown_on(page, draft=True) for name in page.row_names}
    beside = companions(edition, is_preview=True)
    related = _related(edition, edition.snapshot["tags"])
    return _render(request, Reading(edition, rows, related=related, companions=beside, is_preview=True))


def _render(request, reading: Reading):
    model = by_kind()[reading.edition.kind]
    address = canonical(reading.edition.get_absolute_url())
    return render(
        request,
        f"{model._meta.app_label}/{reading.edition.kind}_detail.html",
        {
            "reading": reading,
            "canonical": address,
            "kind": model._meta,
            "json_ld": json_ld(reading, address),
            "list_url": model.get_list_url(),
        },
    )


def _related(edition: Edition, shown: list[Topic]) -> list[Edition]:
    """Pages chosen by hand, then pages that share most topics. One query."""
    chosen = edition.snapshot["related"]
    ties = EditionTag.objects.filter(tag__in=alike([topic["slug"] for topic in shown]))
    wanted = Q(page_id__in=chosen) | Q(pk__in=ties.values("edition"))
    found = Edition.objects.live().for_cards().filter(wanted).exclude(page_id=edition.page_id)
    # Of two tags that stand for one topic, one counts.
    topics_shared = Count(Coalesce("tag__leads_to", "tag"), distinct=True)
    shared = ties.filter(edition=OuterRef("pk")).order_by().values("edition").annotate(count=topics_shared)
    ranked = found.annotate(
        rank=Case(When(page_id__in=chosen, then=Value(0)), default=Value(1)),
        shared=Coalesce(Subquery(shared.values("count")), 0),
    )
    return list(ranked.order_by("rank", "-shared", "title", "pk")[:RELATED])


def _what_became_of(request, kind: str, slug: str):
    past = PastAddress.objects.filter(kind=kind, slug=slug, page__address__isnull=False).select_related("page").first()
    if past:
        return HttpResponsePermanentRedirect(past.page.get_absolute_url())
    page = get_object_or_404(Page, kind=kind, address=slug, live=None)
    return _withdrawn(request, page.editions.latest())


def _withdrawn(request, edition: Edition):
    replacement = Edition.objects.live().for_cards().filter(page_id=edition.snapshot["replacement"]).first()
    model = by_kind()[edition.kind]
    return render(
        request,
        "publishing/withdrawn.html",
        {
            "edition": edition,
            "replacement": replacement,
            "list_url": model.get_list_url(),
            "kind_label": model._meta.verbose_name,
            "canonical": canonical(edition.get_absolute_url()),
            "notices": Notice.objects.in_force().filter(page=edition.page_id).select_related("page"),
        },
        status=410 if edition.snapshot["gone"] else 200,
    )


def render_list(request, template: str, editions, **context):
    """A paginated list of live editions: two queries, whatever its length."""
    page_obj = Paginator(editions.for_cards(), PER_PAGE).get_page(request.GET.get("page"))
    address = canonical(request.path) + (f"?page={page_obj.number}" if page_obj.number > 1 else "")
    return render(request, template, {"page_obj": page_obj, "canonical": address, **context})


@require_safe
def tag(request, slug):
    found = get_object_or_404(Tag.objects.select_related("leads_to"), slug=slug)
    editions = on_topic(found.current).live().newest_first()
    if not editions.exists():
        raise Http404
    if found.leads_to:
        response = HttpResponsePermanentRedirect(found.leads_to.get_absolute_url())
        # A merge can be undone.
        response["Cache-Control"] = "no-cache"
        return response
    return render_list(request, "publishing/tag.html", editions, tag=found)


@require_safe
def person(request, slug):
    """People are public once a public edition names them, as author or reviewer, or a notice does: its history will."""
    found = get_object_or_404(Person, slug=slug)
    reviewed = Q(sign_off__reviewer=found) | Q(sign_off__whole_review__reviewer=found)
    named = Edition.objects.filter(reviewed | Q(pk__in=found.editions.values("pk")))
    if not named.exists() and not found.notices.exists():
        raise Http404
    editions = Edition.objects.live().filter(pk__in=named.values("pk")).newest_first()
    address = canonical(found.get_absolute_url())
    return render_list(
        request, "publishing/person.html", editions, person=found, json_ld=person_json_ld(found, address)
    )


@require_safe
def image_file(request, name, width):
    """A picture that an edition shows, also one of the past, to anyone; any other, to those who may see the library."""
    image = get_object_or_404(Image, name=name)
    # By the snapshot, from which an edition's redaction takes its pictures.
    is_public = image.editions.filter(snapshot__images__has_key=image.name).exists()
    if width not in image.widths or not (is_public or request.user.has_perm("publishing.view_image")):
        raise Http404
    response = FileResponse(open_file(image, width), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def open_file(image: Image, width: int):
    try:
        return default_storage.open(image.file_name(width))
    except FileNotFoundError:
        logger.error("The file of an image is missing: %s", image.file_name(width))
        raise Http404 from None
