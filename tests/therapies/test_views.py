import json
import re

import pytest

from tests.builders import make_caution, make_condition, make_indication, make_reference, make_therapy, published
from therapies.models import Code

pytestmark = pytest.mark.django_db
CITED = '<p>A fact.<sup data-ref="{0}"></sup></p>'


def read(client, page):
    return client.get(page.get_absolute_url()).text


def structured(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])


def test_row_stands_on_both_pages_with_role_status_and_source(client):
    reference = make_reference(title="The guideline")
    row = make_indication(
        description="It prevents infections.",
        role="first-line",
        status="approved",
        authority="European Medicines Agency",
        region="European Union",
        evidence="guideline",
        references=[reference],
    )
    published(row.condition)
    published(row.therapy)
    for page, partner in ((row.condition, row.therapy), (row.therapy, row.condition)):
        text = read(client, page)
        for shown in (
            "It prevents infections.",
            "First choice",
            "Approved",
            "European Medicines Agency",
            "The guideline",
        ):
            assert shown in text, shown
        assert f'href="{partner.get_absolute_url()}"' in text
        assert f'id="indication-{row.pk}"' in text


def test_rows_stand_by_role_then_by_hand(client):
    therapy = make_therapy()
    expected = [("first-line", 2), ("first-line", 5), ("prevention", 1)]
    for role, position in reversed(expected):
        condition = published(make_condition(title=f"C {role} {position}"))
        make_indication(therapy=therapy, condition=condition, role=role, position_on_therapy=position)
    text = read(client, published(therapy))
    places = [text.index(f"C {role} {position}") for role, position in expected]
    assert places == sorted(places)


def test_row_whose_source_nobody_checked_says_so(client):
    row = make_indication(is_checked=False)
    published(row.condition)
    assert "Source not yet checked" in read(client, published(row.therapy))


def test_caution_stands_on_both_pages(client):
    row = make_caution(description="It can wake up the virus.", kind="harm")
    published(row.condition)
    published(row.therapy)
    for page in (row.condition, row.therapy):
        text = read(client, page)
        assert "It can wake up the virus." in text
        assert "Can cause harm" in text


def test_reference_has_one_number_and_a_way_back_from_each_citation(client):
    make_reference(key="once", title="Cited once")
    thrice = make_reference(key="thrice", title="Cited thrice")
    row = make_caution(
        references=[thrice], therapy=make_therapy(harms=CITED.format("once") + CITED.format("thrice") * 2)
    )
    published(row.condition)
    text = read(client, published(row.therapy))
    # The caution stands first on the page, so its source is number 1.
    for anchor in ("citation-1-1", "citation-1-2", "citation-1-3", "citation-2-1"):
        assert text.count(f'id="{anchor}"') == 1
        assert text.count(f'href="#{anchor}"') == 1
    listed = [reference.title for reference in client.get(row.therapy.get_absolute_url()).context["reading"].references]
    assert listed == ["Cited thrice", "Cited once"]


def test_unknown_text_is_escaped_wherever_it_is_shown(client):
    hostile = '<script>alert(1)</script>" onload="x'
    reference = make_reference(title=hostile, publisher=hostile)
    row = make_indication(
        condition=make_condition(title=f"C {hostile}", summary=hostile, plain_name=hostile),
        therapy=make_therapy(title=f"T {hostile}", summary=hostile, routes=hostile, therapy_class=hostile),
        description=hostile,
        qualifier=hostile,
        authority=hostile,
        references=[reference],
    )
    for page in (published(row.condition), published(row.therapy), row.condition):
        text = client.get(type(page).objects.get(pk=page.pk).get_absolute_url()).text
        assert "<script>alert" not in text
        assert '" onload="x' not in re.sub(r"<script type.*?</script>", "", text, flags=re.DOTALL)


def test_structured_data_names_what_stands_on_the_page(client):
    row = make_indication(condition=make_condition(plain_name="Plain words"))
    Code.objects.create(page=row.condition, system="mesh", value="D017074")
    published(row.therapy)
    text = read(client, published(row.condition))
    data = structured(text)
    entity = data["mainEntity"]
    assert (data["@type"], entity["@type"], entity["alternateName"]) == (
        "MedicalWebPage",
        "MedicalCondition",
        "Plain words",
    )
    assert entity["code"] == [{"@type": "MedicalCode", "codingSystem": "MeSH", "codeValue": "D017074"}]
    assert [each["name"] for each in entity["possibleTreatment"]] == [row.therapy.title]
    for value in (data["name"], data["description"], entity["alternateName"], "D017074", row.therapy.title):
        assert value in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert data["reviewedBy"]["name"] in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("system", "value", "kind"), [("atc", "L01FA01", ["Drug", "MedicalTherapy"]), (None, "", "MedicalTherapy")]
)
def test_therapy_with_a_medicine_code_is_marked_up_as_a_drug(client, system, value, kind):
    row = make_indication(therapy=make_therapy(routes="drip", therapy_class="anti-CD20 antibody"))
    if system:
        Code.objects.create(page=row.therapy, system=system, value=value)
    published(row.condition)
    entity = structured(read(client, published(row.therapy)))["mainEntity"]
    assert entity["@type"] == kind
    assert entity.get("administrationRoute") == ("drip" if system else None)
    assert [each["name"] for each in entity["indication"]] == [row.condition.title]


@pytest.mark.parametrize("group", ["biologic", "no-such-group"])
def test_a_to_z_keeps_one_group(client, group):
    published(make_therapy(title="Ålpha", group="biologic"))
    published(make_therapy(title="Beta", group="supportive"))
    text = client.get(f"/therapies/?group={group}").text
    assert "Ålpha" in text
    assert ("Beta" in text) == (group != "biologic")


def test_a_to_z_files_an_accented_title_under_its_letter(client):
    published(make_therapy(title="Ålpha"))
    published(make_therapy(title="123"))
    assert [letter.letter for letter in client.get("/therapies/").context["letters"]] == ["#", "A"]
