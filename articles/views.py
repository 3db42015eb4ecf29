from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Category
from publishing.models import Edition
from publishing.views import render_detail, render_list


@dataclass(frozen=True)
class Choice:
    name: str
    url: str
    count: int
    is_current: bool


@require_safe
def article_list(request):
    heading, description = _("Articles"), _("Longer reading about immunity, treatments and common misunderstandings.")
    return _list(request, Edition.objects.live().of_kind("article"), heading=heading, description=description)


@require_safe
def category(request, slug):
    """A category is public once an article in it is."""
    found = get_object_or_404(Category, slug=slug)
    editions = Edition.objects.live().of_kind("article").filter(shelf=found.slug)
    if not editions.exists():
        raise Http404
    return _list(request, editions, category=found, heading=found.name, description=found.description)


@require_safe
def article_detail(request, slug):
    return render_detail(request, "article", slug)


def _list(request, editions, *, category=None, **context):
    choices = category_choices(category)
    return render_list(
        request, "articles/article_list.html", editions.newest_first(), category=category, categories=choices, **context
    )


def category_choices(current: Category | None = None) -> list[Choice]:
    """The categories with public articles. Two queries."""
    counted = Edition.objects.live().of_kind("article").values_list("shelf").annotate(Count("pk")).order_by()
    counts = dict(counted)
    return [
        Choice(each.name, each.get_absolute_url(), counts[each.slug], each == current)
        for each in Category.objects.filter(slug__in=counts)
    ]
