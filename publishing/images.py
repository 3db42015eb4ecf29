"""Images: only re-encoded pictures are kept, under random names, in sizes of a closed list."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.freshness import PublicModel
from publishing.pictures import Picture
from publishing.richtext import FigureFacts

# In CSS pixels. A picture gets those below its own width, and its own width up to the last.
WIDTHS = (480, 960, 1440)


def new_name() -> str:
    return secrets.token_hex(16)


class Image(PublicModel):
    name = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture says, for someone who cannot see it. It is required."),
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it and under which licence."))
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = models.JSONField(editable=False, default=list)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alternative_text=""), name="publishing_image_has_alternative_text"
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="publishing_image_has_size"),
        ]

    def __str__(self):
        return self.alternative_text

    def file_name(self, width: int) -> str:
        return f"images/{self.name}-{width}.webp"

    def file_url(self, width: int) -> str:
        return reverse("publishing:image_file", args=[self.name, width])

    def keep(self, picture: Picture) -> None:
        """Save the row, then the files of a decoded picture; files of a row that failed are removed again."""
        self.width, self.height = picture.width, picture.height
        self.widths = sorted(picture.renditions)
        written = []
        try:
            for width, content in picture.renditions.items():
                written.append(default_storage.save(self.file_name(width), ContentFile(content)))
            with transaction.atomic():
                self.save()
        except BaseException:
            for name in written:
                default_storage.delete(name)
            raise

    def facts(self) -> FigureFacts:
        return FigureFacts(
            src=self.file_url(self.widths[-1]),
            srcset=", ".join(f"{self.file_url(width)} {width}w" for width in self.widths),
            width=self.width,
            height=self.height,
            alt=self.alternative_text,
            credit=self.credit,
        )
