from django.contrib import admin
from django.utils.translation import gettext as _

from articles.models import Article, Category
from crosslinks.admin.pages import LinkedPageAdmin
from publishing.admin.uses import UsedAdmin, in_drafts, in_live_editions
from publishing.models import Edition


@admin.register(Article)
class ArticleAdmin(LinkedPageAdmin):
    kind_fields = ("category",)
    list_select_related = ("owner", "category")


@admin.register(Category)
class CategoryAdmin(UsedAdmin):
    list_display = ("name", "slug", "position")
    search_fields = ("name",)
    ordering = ("position", "name")
    shown_fields = ("name",)

    def pages_showing(self, obj):
        return set(obj.articles.values_list("pk", flat=True))

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("name",)}

    def _editions(self, category):
        return Edition.objects.of_kind(Article.kind_name()).filter(shelf=category.slug)

    def uses(self, obj):
        return in_drafts(obj.articles) + in_live_editions(self._editions(obj))

    def refusal(self, obj):
        if self.uses(obj):
            return _("“%s” still holds the articles listed below. Move them to another category first.") % obj
        return ""
