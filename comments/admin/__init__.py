"""The staff side of this room: the desk on which comments are decided, what moderators set, and what readers said."""

from comments.admin import (  # noqa: F401 (registers them)
    blocks,
    clinicians,
    comments,
    decisions,
    feedback,
    filters,
    openings,
    prepared,
)
