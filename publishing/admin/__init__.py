"""The staff side of this room. A kind of page subclasses `pages.PageAdmin`; its rows, `rows.RowInline`."""

from publishing.admin import chooser, notices, records, redactions, shared, tags, tasks  # noqa: F401 (registers them)
