"""Pages of any kind: only to be chosen. They are edited as what they are."""

from django.contrib import admin
from django.http import HttpResponseRedirect

from publishing.admin.uses import AnyKeyAdmin
from publishing.models import Page


@admin.register(Page)
class PageChooser(AnyKeyAdmin):
    search_fields = ("title", "slug")
    ordering = ("title", "pk")

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        page = self.get_object(request, object_id)
        return HttpResponseRedirect(page.get_admin_url() if page else "../../")
