from django.contrib import admin
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.http import HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.defaults import permission_denied

from publishing.models import Edition
from publishing.shelves import shelves
from publishing.views import canonical
from therapies.models import Condition, Therapy

FEATURED = 6


@require_safe
def home(request):
    """Six queries, however much is public."""
    live = Edition.objects.live()
    counts = dict(live.values_list("kind").annotate(Count("pk")).order_by())
    newest = live.for_cards().newest_first()
    context = {
        "counts": {
            "conditions": counts.get("condition", 0),
            "therapies": counts.get("therapy", 0),
            "articles": counts.get("article", 0),
        },
        "featured_conditions": _featured("condition"),
        "featured_therapies": _featured("therapy"),
        "newest_articles": newest.of_kind("article")[:FEATURED],
        "condition_groups": shelves(Condition),
        "therapy_groups": shelves(Therapy),
        "canonical": canonical(reverse("home")),
    }
    return render(request, "immunoportal/home.html", context)


def _featured(kind: str):
    """Pages with most sources first."""
    live = Edition.objects.live().for_cards().of_kind(kind)
    return live.annotate(sources=Count("references")).order_by("-sources", "title")[:FEATURED]


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {canonical(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))


@require_safe
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request):
    """The process can serve: the database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    if waiting:
        return JsonResponse({"status": "unavailable", "migrations": len(waiting)}, status=503)
    return JsonResponse({"status": "ok"})


def forbidden(request, exception):
    """Staff are told what their account lacks. Only below the admin's address is it looked at who asks."""
    if request.path.startswith(reverse("admin:index")) and admin.site.has_permission(request):
        title = _("Your account may not do this")
        context = {**admin.site.each_context(request), "title": title, "may_look": _may_look(request)}
        return render(request, "admin/403.html", context, status=403)
    return permission_denied(request, exception)


def _may_look(request) -> bool:
    """Whether the account may see the records that the address is about."""
    try:
        name = resolve(request.path).url_name or ""
    except Resolver404:
        return False
    return any(
        model_admin.has_view_permission(request)
        for model, model_admin in admin.site._registry.items()
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    )
