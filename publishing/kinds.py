"""The kinds of page there are: read from the registry `settings.PAGE_KINDS`, known by name here."""

from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings

if TYPE_CHECKING:
    from publishing.pages import Page


@cache
def page_models() -> "tuple[type[Page], ...]":
    return tuple(apps.get_model(label) for label in settings.PAGE_KINDS)


@cache
def by_kind() -> "dict[str, type[Page]]":
    return {model.kind_name(): model for model in page_models()}
