from django.db import models
from django.utils.translation import gettext_lazy as _


class PastAddress(models.Model):
    """An address a page once had. It answers one permanent redirect and is never given to another page."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    page = models.ForeignKey("publishing.Page", related_name="past_addresses", on_delete=models.CASCADE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("past address")
        verbose_name_plural = _("past addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="publishing_past_address_once")]

    def __str__(self):
        return f"{self.kind}/{self.slug}"
