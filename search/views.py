"""What readers see of the search: results, suggestions, and the helpful answer where there is no page."""

from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from publishing.editions import Edition
from publishing.views import canonical
from search.asked import clean
from search.misses import record_search
from search.narrowing import Narrowing
from search.searching import search
from search.suggesting import nearest, suggestions

MOST_LATEST = 5
LONGEST_GUESS = 60
# Beginnings of addresses that hold secrets.
PRIVATE = ("preview", "comments", "calendar", "admin", "media")


@require_safe
def results(request):
    """At most five queries, however many pages match."""
    asked = request.GET
    typed = asked.get("q", "")
    narrowing = Narrowing.asked(asked)
    found = None
    if typed.strip():
        found = search(typed, narrowing=narrowing, page=_number(asked.get("page")), exactly=asked.get("exact") == "1")
        # Whoever is told “nothing found” of a part of the pages has missed nothing yet.
        if asked.keys() == {"q"} and (found.hits or not found.is_at_least):
            record_search(request, found.typed, found.total)
    context = {
        "results": found,
        "typed": found.typed if found else "",
        "latest": latest_pages() if found and not found.hits and not found.nearest else [],
        "canonical": canonical(reverse("search:results")),
    }
    return render(request, "search/results.html", context)


@require_safe
def suggest(request):
    """Names and titles that begin as `q` does; with `format=opensearch` as browsers want them."""
    typed = request.GET.get("q", "")
    found = [
        {
            "text": each.text,
            "title": each.edition.title,
            "kind": capfirst(each.edition.kind_label),
            "url": each.edition.get_absolute_url(),
        }
        for each in suggestions(typed)
    ]
    if request.GET.get("format") == "opensearch":
        columns = [[each[name] for each in found] for name in ("text", "title", "url")]
        columns[-1] = [canonical(url) for url in columns[-1]]
        return JsonResponse([typed, *columns], safe=False, content_type="application/x-suggestions+json")
    return JsonResponse({"query": typed, "suggestions": found})


@require_safe
def description(request):
    """How a browser adds the search of this site to its own."""
    return render(request, "search/opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")


def not_found(request, exception):
    """Tells what the address may have meant."""
    guess = guessed(request.path)
    try:
        suggestions = nearest(guess) if guess else []
    except DatabaseError:
        # The page that says so must not need the database.
        suggestions = []
    return render(request, "404.html", {"guess": guess, "suggestions": suggestions}, status=404)


def latest_pages():
    """Those published last: what is read most nobody counts."""
    return Edition.objects.live().for_cards().order_by("-pk")[:MOST_LATEST]


def guessed(path: str) -> str:
    """The words of an address: its last part that has letters. Nothing of an address that may be a private link."""
    parts = [part for part in path.split("/") if any(map(str.isalpha, part))]
    if not parts or parts[0] in PRIVATE:
        return ""
    name = parts[-1].rpartition(".")[0] or parts[-1]
    return clean(name).replace("-", " ").replace("_", " ")[:LONGEST_GUESS]


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
