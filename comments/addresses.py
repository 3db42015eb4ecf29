"""What stands below the address of a page: for readers of a page that is public, or was."""

from functools import wraps

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from publishing.addresses import PastAddress
from publishing.editions import Edition
from publishing.numbers import row_number
from publishing.pages import Page


def of_public_page(view):
    """Gives the view the page with its live edition; a withdrawn one has none. One query.

    Who looks at a page that moved is sent to its new address; what somebody sends to the old one is taken there.
    """

    @wraps(view)
    def found(request, address, **values):
        pages = Page.objects.select_related("live").defer("live__text")
        page = pages.filter(kind=address.kind, address=address.slug).first()
        if page is None:
            past = PastAddress.objects.filter(page__address__isnull=False)
            moved = get_object_or_404(past, kind=address.kind, slug=address.slug)
            page = pages.get(pk=moved.page_id)
            if request.method != "POST":
                return _redirect(request, address, page)
        return view(request, page, **values)

    return found


def _redirect(request, address, page: Page) -> HttpResponsePermanentRedirect:
    below, query = request.path.rstrip("/").rpartition("/")[2], request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(f"{page.get_absolute_url()}{below}/" + (f"?{query}" if query else ""))


def edition_read(page: Page, number: str) -> Edition:
    """The edition that somebody had before them who sent a form; else what is public, or was last. Up to one query."""
    live = page.live
    read = row_number(number)
    if live and read not in (None, live.number):
        earlier = page.editions.exclude(change=Edition.Change.WITHDRAWAL).filter(number=read).first()
        return earlier or live
    return live or page.editions.latest()
