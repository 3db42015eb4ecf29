import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.builders import make_caution, make_condition, make_indication, make_therapy
from therapies.models import CODE_PATTERNS, Code, Indication

pytestmark = pytest.mark.django_db
GOOD = {
    "icd-10-cm": ["D83.9", "C64", "Z94.0", "T86.11", "D89.811", "U09.9"],
    "mesh": ["D017074", "C537409", "D000069285"],
    "doid": ["DOID:12177"],
    "mondo": ["MONDO:0015517"],
    "atc": ["J06BA02", "H02AB", "L04"],
    "rxnorm": ["8640"],
    "drugbank": ["DB00635"],
}
BAD = {
    "icd-10-cm": ["d83.9", "83.9", "D83.", "D8", "D83.12345", "D83.9 "],
    "mesh": ["D01707", "A017074", "D0170744"],
    "doid": ["12177", "DOID:", "doid:12"],
    "mondo": ["MONDO:15517"],
    "atc": ["J06B02", "j06BA02", "J06BA2"],
    "rxnorm": ["8640a", ""],
    "drugbank": ["DB0063", "db00635"],
}


@pytest.mark.parametrize(("system", "value"), [(system, value) for system, values in GOOD.items() for value in values])
def test_code_of_the_right_shape_is_kept(system, value):
    code = Code(page=make_condition(), system=system, value=value)
    code.full_clean()
    code.save()


@pytest.mark.parametrize(("system", "value"), [(system, value) for system, values in BAD.items() for value in values])
def test_code_of_another_shape_is_refused_by_form_and_database(system, value):
    code = Code(page=make_condition(), system=system, value=value)
    with pytest.raises(ValidationError):
        code.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        code.save()


def test_every_vocabulary_has_a_pattern():
    assert set(CODE_PATTERNS) == set(Code.System.values) == set(GOOD)


def test_pair_stands_once_for_each_qualifier():
    row = make_indication()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indication(condition=row.condition, therapy=row.therapy)
    make_indication(condition=row.condition, therapy=row.therapy, qualifier="in children")
    assert Indication.objects.count() == 2


@pytest.mark.parametrize("values", [{"description": ""}, {"status": "approved", "authority": ""}])
def test_database_refuses_an_incomplete_indication(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indication(**values)


def test_database_refuses_a_caution_without_words():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_caution(description="")


def test_therapy_with_rows_cannot_be_deleted():
    from django.db.models import ProtectedError  # noqa: PLC0415 (one use)

    row = make_indication(therapy=make_therapy())
    with pytest.raises(ProtectedError):
        row.therapy.delete()
