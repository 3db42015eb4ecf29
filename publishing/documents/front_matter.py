"""The YAML header of a Markdown document: scalars, lists and mappings, small and without any cleverness."""

import math
import re
from datetime import date

import yaml
from django.utils.translation import gettext as _

from .document import DocumentError

HEADER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
MAX_LENGTH = 20_000
MAX_ITEMS = 500
MAX_DEPTH = 4


class PlainLoader(yaml.SafeLoader):
    """Refuses anchors, aliases and too much nesting while the text is read, before anything is built."""

    items = 0
    depth = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise DocumentError(
                _("anchors and aliases (& and *) are not possible in its header. Write the values out.")
            )
        self.items += 1
        self.depth += 1
        # One for the header itself, and each value of a mapping counts with its name.
        if self.items > 2 * MAX_ITEMS + 1 or self.depth > MAX_DEPTH + 1:
            raise DocumentError(_("its header holds too much. Keep to a few names and values."))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def split_header(text: str) -> tuple[dict, str]:
    """The header's values, and the text below it."""
    match = HEADER.match(text)
    if not match:
        return {}, text
    if len(match[1]) > MAX_LENGTH:
        raise DocumentError(_("its header is too long. Keep to a few names and values."))
    return values(match[1]), text[match.end() :]


def values(header: str) -> dict:
    try:
        found = yaml.load(header, Loader=PlainLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = _("line %(number)d") % {"number": mark.line + 2} if mark else _("one of its values")
        raise DocumentError(_("its header is not valid YAML (%(line)s). Correct it.") % {"line": line}) from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise DocumentError(_("its header must consist of lines of the form “name: value”."))
    return plain(found)


def plain(value):
    match value:
        case dict():
            if not all(isinstance(name, str) for name in value):
                raise DocumentError(_("a name in its header is not a word. Put it in quotation marks."))
            return {name: plain(inner) for name, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return str(value)
        case str() | int() | float() | None:
            return value
        case _:
            raise DocumentError(_("its header may hold only texts, numbers, dates, lists and mappings."))
