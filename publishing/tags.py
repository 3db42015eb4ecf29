import unicodedata

from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from publishing.freshness import PublicModel


class Tag(PublicModel, TagBase):
    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self):
        return reverse("publishing:tag", args=[self.slug])

    def save(self, *args, **kwargs):
        self.name = unicodedata.normalize("NFC", " ".join(self.name.split()))
        with transaction.atomic():
            super().save(*args, **kwargs)

    @classmethod
    def named(cls, name: str) -> "Tag":
        """The tag of this name in any case, made when there is none."""
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        return cls.objects.filter(name__iexact=name).first() or cls.objects.create(name=name)

    def slugify(self, tag, i=None):
        slug = slugify(tag) or slugify(tag, allow_unicode=True) or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedPage(ItemBase):
    tag = models.ForeignKey(Tag, related_name="tagged_pages", on_delete=models.PROTECT)
    content_object = models.ForeignKey("publishing.Page", related_name="tagged", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="publishing_tag_once_per_page")]
