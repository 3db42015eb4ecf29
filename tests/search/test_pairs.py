"""A therapy and a condition in one query: what is public of the one for the other comes first."""

import pytest

from publishing import doors
from publishing.models import Page, Person
from search import pairs
from search.searching import search
from tests.builders import (
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reviewer,
    make_therapy,
    publish,
    published,
    signed,
)
from tests.search.asking import call, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def lupus():
    page = published(make_condition(title="Lupus", slug="lupus"))
    call(page, "wolf disease")
    return page


@pytest.fixture
def therapy():
    """A draft, so that rows can be added to it."""
    return make_therapy(title="Zebrumab", slug="zebrumab")


def answers(typed, **values):
    return [(pair.therapy, pair.condition, pair.description) for pair in search(typed, **values).pairs]


def test_indication_is_told_with_role_status_authority_and_evidence(lupus, therapy):
    row = make_indication(condition=lupus, therapy=therapy, description="It helps.", role="adjunct", status="approved",
                          authority="European Medicines Agency", region="European Union", evidence="regulator",
                          qualifier="In children")  # fmt: skip
    published(therapy)
    (pair,) = search("zebrumab lupus").pairs
    labels = {name: str(getattr(row, f"get_{name}_display")()) for name in ("role", "status", "evidence")}
    assert (pair.label, pair.status_label, pair.evidence_label) == tuple(labels.values())
    assert all(labels.values())
    assert (pair.therapy, pair.condition, pair.description) == ("Zebrumab", "Lupus", "It helps.")
    assert (pair.status, pair.authority, pair.region) == ("approved", "European Medicines Agency", "European Union")
    assert (pair.qualifier, pair.is_caution) == ("In children", False)


def test_of_too_many_rows_no_caution_is_left_out(lupus, therapy, monkeypatch):
    monkeypatch.setattr(pairs, "MOST_PAIRS", 3)
    for number in range(4):
        make_indication(condition=lupus, therapy=therapy, description=f"{number}", qualifier=f"Group {number}")
    make_caution(condition=lupus, therapy=therapy, description="It can do harm.")
    published(therapy)
    assert [pair.description for pair in search("zebrumab lupus").pairs] == ["0", "1", "It can do harm."]


def test_address_of_a_row_leads_to_it(client, lupus, therapy):
    make_indication(condition=lupus, therapy=therapy)
    make_caution(condition=lupus, therapy=therapy)
    published(therapy)
    for pair in search("zebrumab lupus").pairs:
        address, _hash, anchor = pair.url.partition("#")
        assert f'id="{anchor}"' in client.get(address).text
    assert len(search("zebrumab lupus").pairs) == 2


@pytest.mark.parametrize(
    "typed", ["zebrumab lupus", "wolf disease zebrumab", "is Zebrumab good for LUPUS?", "zebrumb lupsu"]
)
def test_both_are_named_in_whatever_way(lupus, therapy, typed):
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    assert answers(typed) == [("Zebrumab", "Lupus", "It helps.")]


def test_caution_follows_and_has_no_status(lupus, therapy):
    make_caution(condition=lupus, therapy=therapy)
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    indication, caution = search("zebrumab lupus").pairs
    assert (indication.is_caution, caution.is_caution) == (False, True)
    assert (caution.description, caution.label) == ("It can harm.", "Can cause harm")
    assert (caution.status_label, caution.evidence_label, caution.authority) == ("", "", "")


def test_rows_of_one_pair_stand_as_the_therapy_orders_them(lupus, therapy):
    for position, qualifier in ((3, "third"), (1, "first"), (2, "second")):
        values = {"condition": lupus, "therapy": therapy, "qualifier": qualifier, "position_on_therapy": position}
        make_indication(**values)
        make_caution(**values)
    published(therapy)
    found = [(pair.is_caution, pair.qualifier) for pair in search("zebrumab lupus").pairs]
    assert found == [(is_caution, each) for is_caution in (False, True) for each in ("first", "second", "third")]


def test_each_therapy_of_a_class_is_told(lupus):
    for title in ("Zebrumab", "Okapimab", "Gnumab"):
        therapy = make_therapy(title=title)
        if title != "Gnumab":
            make_indication(condition=lupus, therapy=therapy)
        call(published(therapy), "anti-TNF", kind="class", linking="never")
    assert [pair.therapy for pair in search("anti-TNF lupus").pairs] == ["Okapimab", "Zebrumab"]


@pytest.mark.parametrize("typed", ["zebrumab", "lupus", "what treats lupus", "zebrumab -lupus", "lupus giraffes"])
def test_one_name_alone_has_no_answer(lupus, therapy, typed):
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    results = search(typed)
    assert (results.pairs, results.unpaired) == ([], None)


def test_two_conditions_or_two_therapies_have_no_answer(lupus, therapy):
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    published(make_condition(title="Okapitis"))
    published(make_therapy(title="Gnumab"))
    for typed in ("lupus okapitis", "zebrumab gnumab"):
        results = search(typed)
        assert (results.pairs, results.unpaired) == ([], None), typed


def test_it_is_told_that_there_is_no_row(lupus, therapy):
    published(therapy)
    results = search("wolf disease zebrumab")
    assert (results.pairs, results.unpaired) == ([], ("Zebrumab", "Lupus"))


def test_answers_stand_on_the_first_page_alone(lupus, therapy):
    for number in range(11):
        published(make_therapy(title=f"Number {number}", harms="<p>Zebrumab in lupus.</p>"))
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    assert len(answers("zebrumab lupus")) == 1
    assert answers("zebrumab lupus", page=2) == []


def test_draft_of_a_row_is_never_told_and_a_change_of_one_not_before_its_publication(lupus, therapy):
    row = make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    row.description = "A draft."
    row.save()
    make_indication(condition=lupus, therapy=therapy, qualifier="at night", description="Another draft.")
    make_caution(condition=lupus, therapy=therapy, description="A third.")
    assert answers("zebrumab lupus") == [("Zebrumab", "Lupus", "It helps.")]
    publish(therapy)
    assert {description for *_ends, description in answers("zebrumab lupus")} == {
        "A draft.",
        "Another draft.",
        "A third.",
    }


def test_row_of_a_draft_page_is_never_told(therapy):
    draft = make_condition(title="Lupus")
    make_indication(condition=draft, therapy=therapy)
    published(therapy)
    results = search("zebrumab lupus")
    assert (results.pairs, results.unpaired) == ([], None)


@pytest.mark.parametrize("end", ["therapy", "condition"])
def test_row_with_a_withdrawn_end_is_never_told_and_its_twin_stays(lupus, therapy, end):
    make_indication(condition=lupus, therapy=therapy)
    twin_condition = published(make_condition(title="Okapitis"))
    make_indication(condition=twin_condition, therapy=therapy)
    published(therapy)
    twin_therapy = make_therapy(title="Gnumab")
    make_indication(condition=lupus, therapy=twin_therapy)
    published(twin_therapy)
    assert len(answers("zebrumab lupus")) == 1
    withdraw(therapy if end == "therapy" else lupus)
    results = search("zebrumab lupus")
    assert (results.pairs, results.unpaired) == ([], None)
    assert len(answers("gnumab lupus" if end == "therapy" else "zebrumab okapitis")) == 1


def test_row_of_a_page_that_is_not_public_is_not_told_though_the_index_has_it(lupus, therapy):
    make_indication(condition=lupus, therapy=therapy)
    published(therapy)
    assert len(answers("zebrumab lupus")) == 1
    Page.objects.filter(pk=lupus.pk).update(live=None)
    assert answers("zebrumab lupus") == []


def test_row_that_was_removed_is_told_no_longer(lupus, therapy):
    row = make_indication(condition=lupus, therapy=therapy)
    make_indication(condition=lupus, therapy=therapy, qualifier="at night", description="It stays.")
    published(therapy)
    row.remove()
    assert len(answers("zebrumab lupus")) == 2
    publish(therapy)
    assert answers("zebrumab lupus") == [("Zebrumab", "Lupus", "It stays.")]


def test_row_says_who_reviewed_it_and_that_its_source_is_unchecked(lupus, therapy):
    make_indication(condition=lupus, therapy=therapy, is_checked=False)
    published(therapy)
    (pair,) = search("zebrumab lupus").pairs
    assert (pair.is_reviewed, pair.is_of_stand_in, pair.is_checked) == (True, False, False)


def test_row_of_a_stand_in_for_a_clinician_is_told_as_such(lupus):
    reviewer = make_reviewer()
    Person.objects.filter(user=reviewer).update(is_demonstration=True)
    therapy = make_therapy(title="Zebrumab", is_demonstration=True)
    make_indication(condition=lupus, therapy=therapy, is_checked=True)
    doors.publish(signed(therapy, by=type(reviewer).objects.get(pk=reviewer.pk)), by="tests", note="New")
    (pair,) = search("zebrumab lupus").pairs
    assert (pair.is_reviewed, pair.is_of_stand_in, pair.is_checked) == (True, True, True)


def test_row_published_in_an_emergency_is_told_as_not_reviewed(lupus, therapy):
    make_indication(condition=lupus, therapy=therapy)
    doors.publish(therapy, by="tests", note="New", override_reason="A recall")
    (pair,) = search("zebrumab lupus").pairs
    assert (pair.is_reviewed, pair.is_of_stand_in) == (False, False)


def test_two_named_pages_cost_one_query_more(lupus, therapy, django_assert_num_queries):
    for qualifier in ("one", "two", "three"):
        make_indication(condition=lupus, therapy=therapy, qualifier=qualifier)
    make_caution(condition=lupus, therapy=therapy)
    published(therapy)
    search("zebrumab lupus")
    with django_assert_num_queries(3):
        search("zebrumab")
    with django_assert_num_queries(4):
        assert len(search("zebrumab lupus").pairs) == 4


def test_page_shows_the_row_before_the_results(client, lupus, therapy):
    make_indication(
        condition=lupus, therapy=therapy, description="It <b>helps</b>.", authority="EMA", evidence="regulator"
    )
    make_person()
    published(therapy)
    text = client.get("/search/", {"q": "zebrumab lupus"}).text
    first = text.index('<ol class="hits">')
    for told in (
        "Zebrumab – Lupus",
        "It &lt;b&gt;helps&lt;/b&gt;.",
        "EMA",
        "Approved",
        "Medicines regulator",
        "Reviewed by a clinician",
    ):
        assert text.index(told) < first, told
