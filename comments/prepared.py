"""Prepared replies: texts with placeholders, which moderators post as the organisation or give as a reason."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from comments.verdicts import Flag

PLACEHOLDERS = ("page", "site")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_placeholders(text: str) -> None:
    found = {name.strip() for name in _PLACEHOLDER.findall(text)}
    if "name" in found:
        raise ValidationError(
            translate(
                "Leave {name} out: what is posted or logged with the name of a reader would keep it after the reader "
                "had it erased."
            )
        )
    unknown = sorted(found.difference(PLACEHOLDERS))
    if unknown:
        raise ValidationError(
            translate("There is no placeholder %(unknown)s. There are {page} and {site}.")
            % {"unknown": ", ".join(f"{{{name}}}" for name in unknown)}
        )


class PreparedReply(models.Model):
    class Purpose(models.TextChoices):
        ANSWER = "answer", _("answering: the comment becomes public with it")
        REJECTION = "rejection", _("rejecting: the reason that its writer reads")

    title = models.CharField(_("title"), max_length=100, unique=True)
    # The desk offers it there and nowhere else.
    purpose = models.CharField(_("used for"), max_length=9, choices=Purpose)
    text = models.TextField(
        _("text"),
        max_length=2_000,
        validators=[check_placeholders],
        help_text=_("{page} stands for the title of the page, {site} for this site."),
    )
    # Offered first for comments with this flag.
    flag = models.CharField(_("for"), max_length=30, choices=Flag, blank=True)

    class Meta:
        verbose_name = _("prepared reply")
        verbose_name_plural = _("prepared replies")
        ordering = ["flag", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=["answer", "rejection"]), name="comments_prepared_has_purpose"
            )
        ]

    def __str__(self):
        return self.title

    def filled(self, **values: str) -> str:
        """The text with the placeholders filled in. What a value holds is not looked at again."""
        return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), self.text)
