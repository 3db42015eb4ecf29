"""Companions: what other rooms add to a page when it is shown. `settings.COMPANIONS` lists them under their names."""

from django.conf import settings
from django.utils.module_loading import import_string

from publishing.editions import Edition


class Companion:
    """Made for each edition that is shown; the template finds it as `reading.companions.<name>`."""

    def __init__(self, edition: Edition, *, is_preview: bool, is_past: bool = False):
        self.edition = edition
        self.is_preview = is_preview
        # Shown as it was once public: what holds now, and was not recorded with it, stays away.
        self.is_past = is_past

    @property
    def is_as_signed(self) -> bool:
        """Whether what acts beside the text is what the sign-off of this edition covered."""
        return True

    def body(self, html: str) -> str:
        """The body as it is shown. Markup that is there already must stay as it is."""
        return html


def companions(edition: Edition, *, is_preview: bool = False, is_past: bool = False) -> dict[str, Companion]:
    return {
        name: import_string(path)(edition, is_preview=is_preview, is_past=is_past)
        for name, path in settings.COMPANIONS.items()
    }
