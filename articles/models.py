from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.editor import RichTextField
from publishing.freshness import PublicModel
from publishing.front_matter import DraftError
from publishing.models import Page
from publishing.pages import Section


class Category(PublicModel):
    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The last part of the public address. It cannot be changed."),
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("articles:category", args=[self.slug])


class Article(Page):
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="articles"
    )
    body = RichTextField(_("text"), blank=True, top_heading=2)

    sections = (Section("body", "", required_when_short=True),)
    front_matter_others = {"category": "text"}
    shelf_field = "category"
    detail_url = "articles:article_detail"
    list_url = "articles:article_list"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def load_front_matter(self, front):
        """The category the document names; without a name, the first one."""
        wanted = Category.objects.filter(slug=front["category"]) if "category" in front else Category.objects.all()
        if not wanted.exists():
            raise DraftError(
                _("There is no category “%s”. Make it first, or correct its name.") % front.get("category", "")
            )
        self.category = wanted.first()

    def shelf(self):
        return self.category.slug, self.category.name
