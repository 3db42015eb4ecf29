from django.views.decorators.http import require_safe

from crosslinks.a_to_z import render_a_to_z
from publishing.views import render_detail
from therapies.models import Condition, Therapy


@require_safe
def condition_list(request):
    return render_a_to_z(request, Condition)


@require_safe
def condition_detail(request, slug):
    return render_detail(request, "condition", slug)


@require_safe
def therapy_list(request):
    return render_a_to_z(request, Therapy)


@require_safe
def therapy_detail(request, slug):
    return render_detail(request, "therapy", slug)
