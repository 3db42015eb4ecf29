"""The staff side of this room: the vocabulary, the blocked names, and the names on the form of a page."""

from crosslinks.admin import blocks, names  # noqa: F401 (registers them)
