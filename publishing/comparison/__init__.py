"""What differs between two contents of a page (`publishing.content`), in words that a person can read."""

from .contents import Comparison, changed_parts, compare
from .differences import Change, Difference, Group, Line
from .spelling import why_not_spelling
from .words import Run, compare_words, for_display

__all__ = [
    "Change",
    "Comparison",
    "Difference",
    "Group",
    "Line",
    "Run",
    "changed_parts",
    "compare",
    "compare_words",
    "for_display",
    "why_not_spelling",
]
