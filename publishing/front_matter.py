"""The front matter of a document, brought into the shape each entry must have."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.documents import Finding

Value = str | int | float | bool


class DraftError(Exception):
    """A plain sentence: why no draft could be made of a document."""


def _text(value) -> str | None:
    return str(value).strip() if isinstance(value, Value) else None


def _list(value) -> list[str] | None:
    texts = [_text(each) for each in value] if isinstance(value, list) else [None]
    return None if None in texts else [text for text in texts if text]


def _lists_by_name(value) -> dict[str, list[str]] | None:
    lists = {str(name): _list(each) for name, each in value.items()} if isinstance(value, dict) else {"": None}
    return None if None in lists.values() else lists


def _rows(value) -> list[dict] | None:
    return value if isinstance(value, list) and all(isinstance(row, dict) for row in value) else None


def _yes_or_no(value) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else None


# The shapes an entry may have: how a value is read, and how the shape is called where another value stands.
SHAPES: dict[str, tuple[Callable, str]] = {
    "text": (_text, gettext_lazy("a text")),
    "list": (_list, gettext_lazy("a list of texts")),
    "lists by name": (_lists_by_name, gettext_lazy("lists, each under a name")),
    "rows": (_rows, gettext_lazy("a list of rows, each with its entries")),
    "yes or no": (_yes_or_no, gettext_lazy("true or false")),
    "number": (_number, gettext_lazy("a whole number")),
}


def shaped(front: dict, shapes: dict[str, str], findings: list[Finding]) -> dict:
    """The entries of the front matter that `shapes` names, in their shape. An empty entry counts as absent; one with
    another name is reported; one of another shape raises DraftError.
    """
    for name in set(front) - set(shapes):
        findings.append(Finding("dropped", _("Front matter “%s”: no such entry for this kind of page.") % name))
    given = {name: value for name, value in front.items() if name in shapes and value is not None}
    return {name: in_shape(name, value, shapes[name]) for name, value in given.items()}


def in_shape(name: str, value, shape: str):
    read, called = SHAPES[shape]
    found = read(value)
    if found is None:
        raise DraftError(_("Front matter “%(name)s”: write %(shape)s.") % {"name": name, "shape": called})
    return found
