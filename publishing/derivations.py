"""Derivations: what facts can give again. `settings.DERIVATIONS` lists them; every change of what is public runs them.

`manage.py rederive` makes them anew from the facts and gives exactly what the changes, one by one, had given.
"""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from publishing.editions import Edition

# The edition each page shows now, by the number of the page; None for a page that is not public.
type Changes = Mapping[int, Edition | None]


class Derivation:
    def derive(self, changes: Changes) -> None:
        """Follow a change of what is public, in the transaction of the door that makes it."""
        raise NotImplementedError

    def retag(self, page_ids: Collection[int]) -> None:
        """Follow a change of what the tags of these public pages are called, or which stand for them, in its
        transaction. Their editions stay.
        """

    def begin(self, *, afresh: bool) -> None:
        """Before all pages are derived again; with `afresh`, forget what is only compared with itself."""

    def rebuild(self, changes: Changes) -> bool:
        """Derive a batch of pages again; returns whether that changed what readers see."""
        raise NotImplementedError

    def finish(self) -> None:
        """After the last page was derived again."""

    def forget(self, edition: Edition) -> None:
        """Keep no word of an edition that is not public: its text is about to be removed by legal order."""


def derivations() -> list[Derivation]:
    return [import_string(path)() for path in settings.DERIVATIONS]
