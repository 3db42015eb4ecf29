"""Which pages cite a reference: in the draft, in what is public, or in a row of either."""

from publishing.editions import EditionReference
from publishing.pages import Citation
from publishing.references import Reference
from publishing.rows import row_models


def pages_with_draft_citing(reference: Reference) -> set[int]:
    """One query, and one for each kind of row."""
    found = set(Citation.objects.filter(reference=reference).values_list("page_id", flat=True))
    for model in row_models():
        found |= _ends(model.objects.in_draft().filter(references=reference))
    return found


def pages_citing(reference: Reference) -> set[int]:
    """In the draft, in what is public, or in a row of either. Two queries, and two for each kind of row."""
    public = EditionReference.objects.filter(reference=reference, edition__live_of__isnull=False)
    found = pages_with_draft_citing(reference) | set(public.values_list("edition__page_id", flat=True))
    for model in row_models():
        found |= _ends(model.objects.live().filter(live__snapshot__references__has_key=reference.key))
    return found


def _ends(rows) -> set[int]:
    ends = [f"{end}_id" for end in rows.model.ends]
    return {page_id for pair in rows.values_list(*ends) for page_id in pair}


def cited_references() -> set[int]:
    """Every reference that some page cites now. Three queries, and two for each kind of row."""
    public = EditionReference.objects.filter(edition__live_of__isnull=False)
    found = {*Citation.objects.values_list("reference_id", flat=True), *public.values_list("reference_id", flat=True)}
    keys = set()
    for model in row_models():
        drafts = model.objects.in_draft().filter(references__isnull=False)
        found |= set(drafts.values_list("references", flat=True))
        keys.update(*model.objects.live().values_list("live__snapshot__references", flat=True).iterator())
    known = Reference.objects.values_list("key", "pk")
    return found | {number for key, number in known if key in keys}
