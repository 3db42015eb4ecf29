import pytest

from crosslinks.matching import Linking, Term, Vocabulary, match
from crosslinks.matching.deciding import needs_evidence

from .examples import decisions, linked, vocabulary

ENTITIES = {
    "ms": ["Multiple sclerosis", "abbreviation MS", "plain disseminated sclerosis"],
    "mitral": ["Mitral stenosis", "abbreviation MS"],
    "all": ["Acute lymphoblastic leukaemia", "abbreviation ALL"],
    "cvid": ["Common variable immunodeficiency", "abbreviation CVID"],
    "adalimumab": ["Adalimumab", "class TNF inhibitor", "never plain old injection"],
    "infliximab": ["Infliximab", "class TNF inhibitor"],
    "eczema": ["Atopic dermatitis", "evidence plain eczema"],
    "disease": ["disease", "plain genetic disorder"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MS is common.", ("MS", "ambiguous")),
        ("ALL is rare.", ("ALL", "no-evidence")),
        ("Some eczema.", ("eczema", "no-evidence")),
        ("This disease.", ("disease", "no-evidence")),
        ("A genetic disorder.", ("genetic disorder", "no-evidence")),
        ("A TNF inhibitor.", ("TNF inhibitor", "never")),
        ("The old injection.", ("old injection", "never")),
        ("CVID is rare.", ("CVID", "name")),
    ],
)
def test_a_doubtful_name_alone_does_not_link(text, expected):
    assert decisions(text, ENTITIES) == [expected]


def test_the_long_form_anywhere_on_the_page_is_evidence():
    text = "MS is common.\n\nOf multiple sclerosis."

    assert linked(text, ENTITIES) == [("MS", "ms"), ("multiple sclerosis", "ms")]
    assert ("MS", "evidence") in decisions(text, ENTITIES)


def test_another_name_of_the_entity_is_evidence():
    assert linked("MS, or disseminated sclerosis.", ENTITIES)[0] == ("MS", "ms")


def test_evidence_for_two_entities_is_none():
    text = "MS. Multiple sclerosis and, elsewhere, mitral stenosis."

    assert decisions(text, ENTITIES)[0] == ("MS", "ambiguous")


def test_the_page_and_what_is_related_to_it_are_evidence():
    assert linked("MS is common.", ENTITIES, about="ms") == [("MS", "ms")]
    assert linked("MS is common.", ENTITIES, related=frozenset({"mitral"})) == [("MS", "mitral")]
    assert linked("MS is common.", ENTITIES, about="ms", related=frozenset({"mitral"})) == []
    assert linked("MS is common.", ENTITIES, about="cvid") == []


@pytest.mark.parametrize(
    "text",
    [
        "ALL, and non-acute lymphoblastic leukaemia.",
        "ALL, and acute lymphoblastic leukaemia virus.",
        "ALL, all of it.",
        "ALL. The acute. Lymphoblastic leukaemia.",
    ],
)
def test_what_does_not_mean_the_entity_is_no_evidence(text):
    assert ("ALL", "no-evidence") in decisions(text, ENTITIES)


def test_two_doubtful_names_are_no_evidence_for_each_other():
    entities = {"ra": ["Rheumatoid arthritis", "abbreviation RA", "evidence plain joint rust"]}

    assert linked("RA or joint rust.", entities) == []


def test_a_blocked_name_is_no_evidence():
    assert linked("MS, multiple sclerosis.", ENTITIES, blocked=frozenset({"Multiple Sclerosis"})) == []


def test_a_name_marked_never_is_evidence_but_a_class_is_not():
    entities = {
        "adalimumab": ["Adalimumab", "class TNF inhibitor", "never plain old injection", "abbreviation ADA"],
    }

    assert linked("ADA, the old injection.", entities) == [("ADA", "adalimumab")]
    assert linked("ADA, a TNF inhibitor.", entities) == []


def test_a_name_that_is_a_class_elsewhere_links_to_the_entity_it_names():
    entities = ENTITIES | {"inhibitors": ["TNF inhibitors"]}

    assert linked("A TNF inhibitor.", entities) == [("TNF inhibitor", "inhibitors")]


@pytest.mark.parametrize("where", ["site", "page"])
def test_a_blocked_text_never_links_however_it_is_written(where):
    text = "Common variable immunodeficiencies."
    block = {"common variable  immunodeficiency"}
    built = vocabulary(ENTITIES, blocked=block if where == "site" else ())
    found = match(text, built, blocked=frozenset(block if where == "page" else ()))

    assert [(span.accepted, span.reason) for span in found] == [(False, "blocked")]


def test_a_blocked_text_claims_its_words():
    entities = {"broad": ["immunodeficiency"], "narrow": ["common variable immunodeficiency"]}
    blocked = frozenset({"common variable immunodeficiency"})

    assert linked("Common variable immunodeficiency.", entities, blocked=blocked) == []


def test_the_page_itself_is_returned():
    assert linked("Common variable immunodeficiency.", ENTITIES, about="cvid")


@pytest.mark.parametrize(
    ("name", "kind", "doubtful"),
    [
        ("IT", "abbreviation", True),
        ("ms", "plain", True),
        ("mg", "abbreviation", True),
        ("RA", "abbreviation", True),
        ("T1D", "abbreviation", True),
        ("lead", "generic", True),
        ("CVID", "abbreviation", False),
        ("asthma", "preferred", False),
        ("autosomal recessive disorder", "preferred", True),
        ("autoimmune disorder", "preferred", False),
        ("gout", "preferred", False),
    ],
)
def test_which_names_are_doubtful_in_themselves(name, kind, doubtful):
    assert needs_evidence(Term(1, 1, name, kind, exact_case=kind == "abbreviation")) is doubtful


def test_a_single_letter_never_links():
    built = Vocabulary([Term(1, "k", "Potassium", "preferred"), Term(2, "k", "K", "abbreviation", exact_case=True)])

    assert [span.reason for span in match("Potassium, or K.", built)] == ["name", "never"]


def test_a_name_of_two_entities_prefers_no_kind():
    terms = [Term(1, "one", "lupus", "preferred"), Term(2, "two", "lupus", "plain", linking=Linking.AUTOMATIC)]

    assert [span.reason for span in match("lupus", Vocabulary(terms))] == ["ambiguous"]


def test_a_blocked_text_that_is_no_name_claims_its_words_too():
    entities = {"lupus": ["lupus"]}
    built = Vocabulary([Term(1, "lupus", "lupus", "plain")], blocked=["lupus anticoagulant"])

    assert [span.accepted for span in match("Lupus anticoagulants, not lupus.", built)] == [True]
    assert linked("Lupus anticoagulant.", entities, blocked=frozenset({"lupus anticoagulant"})) == []
    assert linked("Lupus, lupus anticoagulant.", entities, blocked=frozenset({"lupus anticoagulant"}))
