"""Codes and rows from the front matter of a document."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.drafts import DraftError
from publishing.models import Page, Reference


def load_codes(page: Page, codes: dict[str, list]) -> None:
    """Make the page's codes those given, by vocabulary. Raises DraftError for one that its vocabulary does not know."""
    wanted = {(system, str(value)) for system, values in codes.items() for value in values}
    for code in page.codes.all():
        if (code.system, code.value) not in wanted:
            code.delete()
    for system, value in sorted(wanted - {(code.system, code.value) for code in page.codes.all()}):
        code = page.codes.model(page=page, system=system, value=value)
        _check(code)
        code.save()


def load_rows(therapy: Page, rows, listed: list[dict]) -> None:
    """Make the therapy's rows those listed, in their order; a row that is not listed leaves the draft."""
    kept = [_load_row(therapy, rows, facts, position) for position, facts in enumerate(listed, start=1)]
    for row in rows.in_draft():
        if row.pk not in kept:
            row.remove()


def _load_row(therapy: Page, rows, facts: dict, position: int) -> int:
    facts = dict(facts)
    condition = _condition(rows, facts.pop("condition", ""))
    references = facts.pop("references", [])
    facts["is_checked"] = facts.pop("checked", False)
    qualifier = facts.get("qualifier", "")
    row = rows.filter(condition=condition, qualifier=qualifier).first() or rows.model(
        condition=condition, therapy=therapy
    )
    for name, value in facts.items():
        setattr(row, name, value)
    row.position_on_therapy, row.is_removed = position, False
    _check(row)
    row.save()
    row.references.set(_references(references))
    return row.pk


def _condition(rows, slug: str):
    conditions = rows.model._meta.get_field("condition").related_model.objects
    condition = conditions.filter(slug=slug).first()
    if condition is None:
        raise DraftError(_("There is no condition “%s”. Make it first, or correct its name.") % slug)
    return condition


def _references(keys: list[str]):
    found = Reference.objects.filter(key__in=keys)
    unknown = set(keys) - {reference.key for reference in found}
    if unknown:
        raise DraftError(_("There is no reference %s.") % ", ".join(sorted(unknown)))
    return found


def _check(row) -> None:
    try:
        row.full_clean()
    except ValidationError as refusal:
        raise DraftError(f"{row}: {' '.join(refusal.messages)}") from refusal
