"""Prepared replies: texts with placeholders that moderators post as the organisation."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from comments.verdicts import Flag

PLACEHOLDERS = ("name", "page", "site")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_placeholders(text: str) -> None:
    unknown = sorted({name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS})
    if unknown:
        raise ValidationError(
            translate("There is no placeholder %(unknown)s. There are {name}, {page} and {site}.")
            % {"unknown": ", ".join(f"{{{name}}}" for name in unknown)}
        )


class PreparedReply(models.Model):
    title = models.CharField(_("title"), max_length=100, unique=True)
    text = models.TextField(
        _("text"),
        max_length=2_000,
        validators=[check_placeholders],
        help_text=_("{name} stands for the reader's name, {page} for the title of the page, {site} for this site."),
    )
    # Offered first for comments with this flag.
    flag = models.CharField(_("for"), max_length=30, choices=Flag, blank=True)

    class Meta:
        verbose_name = _("prepared reply")
        verbose_name_plural = _("prepared replies")
        ordering = ["flag", "title"]

    def __str__(self):
        return self.title

    def filled(self, **values: str) -> str:
        """The text with the placeholders filled in. What a value holds is not looked at again."""
        return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), self.text)
