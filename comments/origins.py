"""Where a form was sent from. Readers have no session and no cookie, so what they send proves in another way that it
comes from a page of this site and not from a foreign one.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

# In bytes. All fields full of emojis, as browsers send them, come to 200,000.
MOST_SENT = 500_000


def is_from_here(request) -> bool | None:
    """Whether a page of this site sent it; nothing where the browser does not say.

    Then the sender needs something that only a page of this site gives: the signed token of a form, or a private link.
    """
    fetched = request.headers.get("Sec-Fetch-Site", "none")
    if fetched != "none":
        return fetched == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return _origin(said) in _own(request) if said else None


def _origin(address: str) -> str:
    """Scheme, host and port; empty for what is no address, such as the `null` of a page without an origin."""
    try:
        # Past its cache: a Referer may hold a private link.
        parts = urlsplit.__wrapped__(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def _own(request) -> set[str]:
    return {_origin(settings.SITE_URL), f"{request.scheme}://{request.get_host()}".lower()}


def for_readers(view):
    """For a view that shows a form to readers and takes it: nobody keeps the answer, and foreign pages are refused, as
    is what no form of ours could hold.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_too_much(request):
            response = render(request, "comments/too_much.html", status=413)
        elif request.method == "POST" and is_from_here(request) is False:
            response = render(request, "comments/foreign.html", status=403)
        else:
            response = view(request, *args, **kwargs)
        return unkept(response)

    return guarded


def is_too_much(request) -> bool:
    """Looked at before anything is read. What is shown again with an error takes several times the room."""
    sent = request.META.get("CONTENT_LENGTH") or "0"
    return sent.isdecimal() and int(sent) > MOST_SENT


def unkept(response: HttpResponse) -> HttpResponse:
    """For one reader only: no cache keeps it, no search engine lists it, and nobody is told the token in its address,
    not even our own server when it hands out the style of the page.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "strict-origin"
    return response


def see_other(address: str) -> HttpResponseRedirect:
    """The answer to what was sent stands at this address, to be asked for by GET."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
