"""The vocabulary in force: every name that takes part in matching, built once per process and change."""

import threading
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from crosslinks.matching import Term, Vocabulary
from crosslinks.names import Block, Name


class VocabularyState(models.Model):
    """A single row: which vocabulary is in force, and whether the index of words covers every live edition."""

    token = models.CharField(max_length=32, default="")
    is_index_complete = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="crosslinks_state_is_one_row")]

    def __str__(self):
        return str(_("vocabulary"))

    @classmethod
    def current(cls) -> "VocabularyState":
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def renew(cls) -> None:
        """Say that names or blocks changed, in the transaction that changes them. Every process builds anew."""
        cls.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


_built: tuple[str, Vocabulary] | None = None
_building = threading.Lock()


def site_terms() -> list[Term]:
    return [name.term() for name in Name.objects.of_pages_once_public()]


def site_blocks() -> list[str]:
    return list(Block.objects.filter(page=None).values_list("text", flat=True))


def site_vocabulary() -> Vocabulary:
    """One query while nothing changes; two more and some milliseconds for each thousand names after a change."""
    global _built
    token = VocabularyState.current().token
    with _building:
        if _built is None or not token or _built[0] != token:
            _built = (token, Vocabulary(site_terms(), blocked=site_blocks()))
        return _built[1]
