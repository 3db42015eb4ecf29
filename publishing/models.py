"""The tables of this room. Each lives in the module named after it."""

from publishing.addresses import PastAddress
from publishing.editions import Edition, EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.events import Event
from publishing.freshness import Stamp
from publishing.images import Image
from publishing.pages import Citation, ImageUse, Page
from publishing.people import Person
from publishing.rebuilding import Rebuild
from publishing.records import ChainHead
from publishing.references import Reference
from publishing.schedules import Schedule
from publishing.tags import Tag, TaggedPage

__all__ = [
    "ChainHead",
    "Citation",
    "Edition",
    "EditionImage",
    "EditionPerson",
    "EditionReference",
    "EditionTag",
    "Event",
    "Image",
    "ImageUse",
    "Page",
    "PastAddress",
    "Person",
    "Rebuild",
    "Reference",
    "Schedule",
    "Stamp",
    "Tag",
    "TaggedPage",
]
