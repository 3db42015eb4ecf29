"""What is public of a therapy for a condition, where a query names both."""

from collections.abc import Collection
from itertools import count

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse

from search.results import Pair
from search.understanding import Understood
from therapies.models import Caution, Indication

MOST_PAIRS = 6
_VALUES = ("row_kind", "pk", "live__snapshot", "therapy__live__title", "therapy__live__slug", "condition__live__title",
           "live__published_with__sign_off", "live__published_with__sign_off__is_demonstration")  # fmt: skip


def pairs_of(understood: Understood, shown: Collection[int]) -> tuple[list[Pair], tuple[str, str] | None]:
    """The rows between the therapies and conditions that are named, or, without any, the titles of one of each.

    No query unless both are named and public: then one.
    """
    if not understood.names_two:
        return [], None
    therapies = understood.pages_named("therapy") & set(shown)
    conditions = understood.pages_named("condition") & set(shown)
    if not therapies or not conditions:
        return [], None
    rows = _rows(Indication, therapies, conditions).union(_rows(Caution, therapies, conditions), all=True)
    found = [_pair(row) for row in sorted(rows, key=_place)]
    if found or len(therapies) > 1 or len(conditions) > 1:
        cautions = sum(pair.is_caution for pair in found)
        indications = count()
        # Whatever is left out, it is no caution.
        return [pair for pair in found if pair.is_caution or next(indications) < MOST_PAIRS - cautions], None
    return [], (_title(understood, therapies), _title(understood, conditions))


def has_indications() -> Exists:
    """For a query of editions: whether the page shows indications, and so has the place where they stand."""
    public = Indication.objects.live().filter(therapy__live__isnull=False, condition__live__isnull=False)
    return Exists(public.filter(Q(therapy=OuterRef("page")) | Q(condition=OuterRef("page"))))


def _rows(model, therapies: Collection[int], conditions: Collection[int]):
    public = model.objects.live().filter(
        therapy__in=therapies, condition__in=conditions, therapy__live__isnull=False, condition__live__isnull=False
    )
    return public.annotate(row_kind=Value(model._meta.model_name)).order_by().values_list(*_VALUES)


def _place(row: tuple) -> tuple:
    """Cautions after indications, each in the order given to it on the therapy."""
    kind, number, snapshot, therapy, _slug, condition, *_review = row
    return therapy, condition, kind == Caution._meta.model_name, snapshot["position_on_therapy"], number


def _pair(row: tuple) -> Pair:
    kind, number, snapshot, therapy, slug, condition, sign_off, is_of_stand_in = row
    is_caution = kind == Caution._meta.model_name
    model = Caution if is_caution else Indication
    label = _label(model, "kind" if is_caution else "role", snapshot)
    return Pair(
        therapy=therapy,
        condition=condition,
        url=f"{reverse('therapies:therapy_detail', args=[slug])}#{kind}-{number}",
        label=label,
        is_caution=is_caution,
        description=snapshot["description"],
        qualifier=snapshot["qualifier"],
        status=snapshot.get("status", ""),
        status_label="" if is_caution else _label(model, "status", snapshot),
        authority=snapshot.get("authority", ""),
        region=snapshot.get("region", ""),
        evidence_label="" if is_caution else _label(model, "evidence", snapshot),
        is_reviewed=sign_off is not None,
        is_of_stand_in=bool(is_of_stand_in),
        is_checked=snapshot["is_checked"],
    )


def _label(model, field: str, snapshot: dict) -> str:
    return str(dict(model._meta.get_field(field).flatchoices).get(snapshot[field], ""))


def _title(understood: Understood, pages: Collection[int]) -> str:
    return next(understood.lexicon.title_of(name.page) for name in understood.named() if name.page in pages)
