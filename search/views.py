"""What readers see of the search: results, suggestions, and the helpful answer where there is no page."""

from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from publishing.views import canonical
from search.asked import clean
from search.misses import record_search
from search.searching import Narrowing, search
from search.suggesting import nearest, suggestions


@require_safe
def results(request):
    """At most five queries, however many pages match."""
    asked = request.GET
    typed = asked.get("q", "")
    narrowing = Narrowing(*(asked.get(name, "") for name in ("kind", "category", "system", "since")))
    found = None
    if typed.strip():
        found = search(typed, narrowing=narrowing, page=_number(asked.get("page")), exactly=asked.get("exact") == "1")
        if asked.keys() == {"q"}:
            record_search(request, found.typed, found.total)
    context = {
        "results": found,
        "typed": found.typed if found else "",
        "canonical": canonical(reverse("search:results")),
    }
    return render(request, "search/results.html", context)


@require_safe
def suggest(request):
    """Names and titles that begin as `q` does."""
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


def guessed(path: str) -> str:
    """The words of an address: its last part that has letters."""
    parts = [part for part in path.split("/") if any(map(str.isalpha, part))]
    return clean(parts[-1].rpartition(".")[0] or parts[-1]).replace("-", " ").replace("_", " ")[:60] if parts else ""


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
