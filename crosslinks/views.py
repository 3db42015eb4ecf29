"""The full list of the pages that mention a condition or therapy."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.views.decorators.http import require_safe

from crosslinks import showing
from publishing.addresses import PastAddress
from publishing.editions import Edition
from publishing.kinds import page_models
from publishing.views import render_list


@require_safe
def mentioned_in(request, place):
    """`place` is the address of the page without the outer slashes: `conditions/asthma`."""
    kind, slug = _named_page(place)
    edition = Edition.objects.live().for_cards().of_kind(kind).filter(slug=slug).first()
    if edition is None:
        past = get_object_or_404(PastAddress, kind=kind, slug=slug, page__live__isnull=False)
        return HttpResponsePermanentRedirect(f"{past.page.get_absolute_url()}mentioned-in/")
    editions = showing.mentioned_in(edition.page_id)
    if not editions.exists():
        raise Http404
    return render_list(request, "crosslinks/mentioned_in.html", editions, target=edition)


def _named_page(place: str) -> tuple[str, str]:
    """The kind and slug in the address of a page that can be mentioned."""
    found = resolve(f"/{place}/")
    for model in page_models():
        if model.is_named and model.detail_url == found.view_name:
            return model.kind_name(), found.kwargs["slug"]
    raise Http404
