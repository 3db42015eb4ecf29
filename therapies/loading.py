"""Codes and rows from the front matter of a document."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.contributions import touch_drafts
from publishing.front_matter import DraftError, in_shape
from publishing.models import Page, Reference

# What the front matter says of a row, besides the columns its model names.
ROW_SHAPES = {"condition": "text", "references": "list", "checked": "yes or no", "position_on_condition": "number"}


def load_codes(page: Page, codes: dict[str, list]) -> None:
    """Make the page's codes those given, by vocabulary. Raises DraftError for one that its vocabulary does not know."""
    wanted = {(system, value) for system, values in codes.items() for value in values}
    for code in page.codes.all():
        if (code.system, code.value) not in wanted:
            code.delete()
    for system, value in sorted(wanted - {(code.system, code.value) for code in page.codes.all()}):
        code = page.codes.model(page=page, system=system, value=value)
        _check(code)
        code.save()


def load_rows(therapy: Page, rows, listed: list[dict], *, by) -> None:
    """Make the therapy's rows those listed, in their order; a row that is not listed leaves the draft.

    The condition of each row that differs from before counts a change of its draft.
    """
    kept = [_load_row(therapy, rows, facts, position, by) for position, facts in enumerate(listed, start=1)]
    for row in rows.in_draft().exclude(pk__in=kept):
        row.remove()
        touch_drafts([row.condition_id], by=by)


def _load_row(therapy: Page, rows, facts: dict, position: int, by) -> int:
    facts = _shaped(facts, rows.model)
    condition = _condition(rows, facts.pop("condition", ""))
    references = _references(facts.pop("references", []))
    row = _row(therapy, rows, condition, facts)
    before = row.pk and row.draft_snapshot()
    row.is_checked, row.position_on_therapy, row.is_removed = facts.pop("checked", False), position, False
    for name, value in facts.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    row.references.set(references)
    if before != row.draft_snapshot():
        touch_drafts([condition.pk], by=by)
    return row.pk


def _shaped(facts: dict, model) -> dict:
    """Only what a document may say of a row: nothing that decides what is public, or which pages it joins."""
    shapes = dict.fromkeys(model.document_columns, "text") | ROW_SHAPES
    unknown = set(facts) - set(shapes)
    if unknown:
        raise DraftError(_("A row has no entry %s.") % ", ".join(sorted(map(str, unknown))))
    return {name: in_shape(name, value, shapes[name]) for name, value in facts.items() if value is not None}


def _row(therapy: Page, rows, condition, facts: dict):
    """The row of this therapy and condition that these facts tell apart from others, or a new one."""
    apart = {name: facts.get(name, "") for name in rows.model.told_apart_by}
    return rows.filter(condition=condition, **apart).first() or rows.model(condition=condition, therapy=therapy)


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
