"""Unsaved text: what somebody typed into a form and did not save, kept for that person alone.

It is no part of any draft and of no audit trail, and nobody else is shown it, whatever their rights.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=30)
LARGEST = 1_000_000
MOST_FIELDS = 4_000
# So many old ones at most are removed whenever one is kept.
REMOVED_AT_ONCE = 100
# Never kept, whatever a browser sends.
SECRET = ("csrf", "password")


class Unusable(Exception):
    """What was sent is not the content of a form."""


def read_fields(body: bytes) -> dict:
    """The fields, checked: `version` of the draft that was open, `values` by name, `labels` of chosen objects."""
    if len(body) > LARGEST:
        raise Unusable(_("More was typed than can be kept. Save the draft."))
    try:
        sent = json.loads(body)
        values = {_text(name): _texts(given) for name, given in sent["values"].items()}
        labels = {
            _text(name): {_text(key): _text(label) for key, label in given.items()}
            for name, given in sent["labels"].items()
        }
        version = _text(sent["version"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unusable(_("This is not the content of a form.")) from None
    if len(values) > MOST_FIELDS or len(labels) > MOST_FIELDS:
        raise Unusable(_("The form has more fields than can be kept. Save the draft."))
    return {"version": version, "values": _without_secrets(values), "labels": _without_secrets(labels)}


def _text(value) -> str:
    """A text that every database takes: without NUL, and without halves of characters."""
    if not isinstance(value, str):
        raise TypeError
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _texts(given) -> list[str]:
    if not isinstance(given, list):
        raise TypeError
    return [_text(each) for each in given]


def _without_secrets(fields: dict) -> dict:
    return {name: value for name, value in fields.items() if not any(word in name.lower() for word in SECRET)}


class UnsavedTextQuerySet(models.QuerySet):
    def of(self, user, form: str):
        return self.filter(user=user, form=form)

    def outdated(self):
        return self.filter(typed_at__lt=timezone.now() - KEPT_FOR)

    def keep(self, user, form: str, data: dict) -> None:
        old = list(self.outdated().values_list("pk", flat=True)[:REMOVED_AT_ONCE])
        self.filter(pk__in=old).delete()
        self.update_or_create(user=user, form=form, defaults={"data": data, "typed_at": timezone.now()})


class UnsavedText(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    # The path of the form.
    form = models.CharField(max_length=200)
    # As `read_fields` gives it: only the fields that differ from what was stored when the form was opened.
    data = models.JSONField()
    typed_at = models.DateTimeField(default=timezone.now)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="publishing_unsaved_text_once")]

    def __str__(self):
        return self.form
