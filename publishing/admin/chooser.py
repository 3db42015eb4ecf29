"""Pages of any kind: only to be chosen. They are edited as what they are."""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpResponseRedirect

from publishing.admin.uses import AnyKeyAdmin
from publishing.models import Page
from publishing.numbers import row_number


class PageSelect(AutocompleteSelect):
    """A search box for a page of any kind. What was sent and is no number chooses nothing, as in any other form."""

    def __init__(self, choices):
        super().__init__(Page._meta.get_field("related"), admin.site, choices=choices)

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [each for each in value if row_number(str(each)) is not None], attrs)


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
