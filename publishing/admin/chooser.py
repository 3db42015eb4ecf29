"""Pages of any kind: only to be chosen, and to be imported. They are edited as what they are."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path

from publishing.admin.imports import import_view
from publishing.models import Page


@admin.register(Page)
class PageChooser(admin.ModelAdmin):
    search_fields = ("title", "slug")
    ordering = ("title", "pk")

    def get_urls(self):
        own = path("import/", self.admin_site.admin_view(import_view), name="publishing_import")
        return [own, *super().get_urls()]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        page = self.get_object(request, object_id)
        return HttpResponseRedirect(page.get_admin_url() if page else "../../")
