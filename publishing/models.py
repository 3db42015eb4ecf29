"""The tables of this room. Each lives in the module named after it."""

from publishing.addresses import PastAddress
from publishing.contributions import Contribution
from publishing.editions import Edition, EditionImage, EditionPerson, EditionReference, EditionTag
from publishing.events import Event
from publishing.freshness import Stamp
from publishing.images import Image
from publishing.notices import Notice, NoticeEnd
from publishing.pages import Citation, ImageUse, Page
from publishing.people import Person
from publishing.rebuilding import Rebuild
from publishing.records import ChainHead
from publishing.redactions import Redaction
from publishing.references import Reference
from publishing.reminders import CalendarKey, ReviewReminder
from publishing.reviews import ReviewComment, ReviewRequest
from publishing.schedules import Schedule
from publishing.signoffs import SignOff
from publishing.tags import Tag, TaggedBefore, TaggedPage
from publishing.tasks import ContentTask
from publishing.unsaved import UnsavedText
from publishing.watching import FlaggedWork, ReferenceTask

__all__ = [
    "CalendarKey",
    "ChainHead",
    "Citation",
    "ContentTask",
    "Contribution",
    "Edition",
    "EditionImage",
    "EditionPerson",
    "EditionReference",
    "EditionTag",
    "Event",
    "FlaggedWork",
    "Image",
    "ImageUse",
    "Notice",
    "NoticeEnd",
    "Page",
    "PastAddress",
    "Person",
    "Rebuild",
    "Redaction",
    "Reference",
    "ReferenceTask",
    "ReviewComment",
    "ReviewReminder",
    "ReviewRequest",
    "Schedule",
    "SignOff",
    "Stamp",
    "Tag",
    "TaggedBefore",
    "TaggedPage",
    "UnsavedText",
]
