"""Names from the front matter of a document."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.names import Name
from publishing.front_matter import DraftError, in_shape
from publishing.pages import Page

SHAPES = {"text": "text", "kind": "text", "language": "text", "linking": "text", "exact_case": "yes or no"}


def load_names(page: Page, listed: list[dict] | None, *, by) -> None:
    """Make the page's names those listed, besides the preferred one; a document that lists none leaves them alone.

    Raises DraftError for one that cannot be a name, and where `by` may not change names.
    """
    if listed is None:
        return
    kept = [_name(page, facts) for facts in listed]
    _refuse_twins(page, kept)
    stored = page.names.exclude(kind=Name.Kind.PREFERRED)
    leaving = stored.exclude(pk__in=[name.pk for name in kept if name.pk])
    known = {name.pk: name.facts() for name in stored}
    saving = [name for name in kept if name.facts() != known.get(name.pk)]
    if not saving and not leaving:
        return
    try:
        changes.apply(Change(save=tuple(saving), remove=tuple(leaving)), by=by)
    except PermissionDenied as refusal:
        message = _("The document changes the names of “%s”, and your account may not. Leave “names” out of it.")
        raise DraftError(message % page) from refusal


def _refuse_twins(page: Page, names: list[Name]) -> None:
    keys = [name.key for name in names]
    for name in names:
        if keys.count(name.key) > 1:
            raise DraftError(_("%(page)s: the name “%(name)s” is listed twice.") % {"page": page, "name": name})


def _name(page: Page, facts: dict) -> Name:
    unknown = set(facts) - set(SHAPES)
    if unknown:
        raise DraftError(_("A name has no entry %s.") % ", ".join(sorted(map(str, unknown))))
    facts = {key: in_shape(key, value, SHAPES[key]) for key, value in facts.items()}
    facts = {"exact_case": facts.get("kind") == Name.Kind.ABBREVIATION} | facts
    name = page.names.filter(text=facts.get("text", "")).exclude(kind=Name.Kind.PREFERRED).first() or Name(page=page)
    for key, value in facts.items():
        setattr(name, key, value)
    try:
        name.full_clean()
    except ValidationError as refusal:
        raise DraftError(f"{page}, {name}: {' '.join(refusal.messages)}") from refusal
    return name
