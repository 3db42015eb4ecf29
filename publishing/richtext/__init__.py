"""Rich text: what may be stored, how it is read, and how it is shown."""

from .cleaning import clean
from .policy import HELP_LEVELS, RichTextError
from .reading import citations, images, links, text_of
from .showing import FigureFacts, assign_heading_ids, citation_link, dress, mark_citations, safe

__all__ = [
    "HELP_LEVELS",
    "FigureFacts",
    "RichTextError",
    "assign_heading_ids",
    "citation_link",
    "citations",
    "clean",
    "dress",
    "images",
    "links",
    "mark_citations",
    "safe",
    "text_of",
]
