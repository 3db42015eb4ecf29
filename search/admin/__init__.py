"""The staff side of this room: what readers look for and do not find."""

from search.admin import misses  # noqa: F401 (registers it)
