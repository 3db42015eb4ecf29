import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from publishing.freshness import PublicModel


def folded(name: str) -> str:
    """The form under which two spellings are one tag: any case, composed or decomposed, any run of spaces."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", " ".join(name.split())).casefold())


class Tag(PublicModel, TagBase):
    # One letter of a name can fold to eighteen.
    key = models.CharField(max_length=2000, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self):
        return reverse("publishing:tag", args=[self.slug])

    def save(self, *args, **kwargs):
        self.name = unicodedata.normalize("NFC", " ".join(self.name.split()))
        self.key = folded(self.name)
        super().save(*args, **kwargs)

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        if Tag.objects.filter(key=folded(self.name)).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is a tag of this name already, perhaps in another case.")})

    @classmethod
    def named(cls, name: str) -> "Tag":
        """The tag of this name in any case, made when there is none."""
        return cls.objects.filter(key=folded(name)).first() or cls.objects.create(name=name)

    def slugify(self, tag, i=None):
        slug = slugify(tag) or slugify(tag, allow_unicode=True) or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedPage(ItemBase):
    tag = models.ForeignKey(Tag, related_name="tagged_pages", on_delete=models.PROTECT)
    content_object = models.ForeignKey("publishing.Page", related_name="tagged", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="publishing_tag_once_per_page")]
