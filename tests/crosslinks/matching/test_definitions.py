import pytest

from crosslinks.matching import match

from .examples import decisions, linked, vocabulary

ENTITIES = {
    "cvid": ["Common variable immunodeficiency", "abbreviation CVID"],
    "ms": ["Multiple sclerosis", "abbreviation MS"],
    "mitral": ["Mitral stenosis", "abbreviation MS"],
    "myotonic": ["Myotonic dystrophy"],
    "breast": ["Breast cancer", "abbreviation BRCA"],
    "ald": ["X-linked adrenoleukodystrophy"],
    "vhl": ["von Hippel-Lindau disease"],
    "g6pd": ["deficiency of dehydrogenase"],
    "itp": ["Immune thrombocytopenia", "abbreviation ITP"],
}


@pytest.mark.parametrize(
    ("text", "short", "entity"),
    [
        ("Multiple sclerosis (MS) and later MS.", "MS", "ms"),
        ("Mitral stenosis (MS) and later MS.", "MS", "mitral"),
        ("MS (multiple sclerosis) and later MS.", "MS", "ms"),
        ("Breast cancer (BC) and later BC.", "BC", "breast"),
        ("Breast cancers (BCs) and later BC.", "BC", "breast"),
        ("Breast cancer (BC; MIM 114480) and later BC.", "BC", "breast"),
        ("Breast cancer (BC, for short) and later BC.", "BC", "breast"),
        ("Breast cancer [see there] and BC (breast cancer) and later BC.", "BC", "breast"),
        ("Myotonic dystrophy (DM) and later DM.", "DM", "myotonic"),
        ("X-linked adrenoleukodystrophy (ALD) and later ALD.", "ALD", "ald"),
        ("The von Hippel-Lindau (VHL) disease and later VHL.", "VHL", "vhl"),
        ("Breast\ncancer (B-C) and later B-C.", "B-C", "breast"),
    ],
)
def test_a_definition_gives_the_short_form_its_meaning(text, short, entity):
    assert linked(text, ENTITIES)[-1] == (short, entity)


@pytest.mark.parametrize(
    "text",
    [
        "Familial breast cancer (FBC) and later FBC.",
        "Breast cancer (X) and later X.",
        "Breast cancer (see BC) and later BC.",
        "Breast cancer. (BC) and later BC",
        "Breast cancer (2020) and later 2020.",
        "Breast cancer (TC) and later TC.",
        "Breast cancer (bc) and later bc.",
        "A breast cancer-like growth (BC) and later BC.",
        "A deficiency of dehydrogenase (DH) and later DH.",
        "Non-myotonic dystrophy (DM) and later DM.",
    ],
)
def test_what_is_no_definition_of_the_name_gives_no_meaning(text):
    assert all(
        part.casefold() not in {"fbc", "x", "bc", "tc", "2020", "dh", "dm"} for part, _page in linked(text, ENTITIES)
    )


def test_an_unknown_short_form_links_from_its_definition_onwards():
    text = "BC first. Breast cancer (BC) and later BCs."

    assert [span.how for span in match(text, vocabulary(ENTITIES))] == ["exact", "defined", "defined"]
    assert linked(text, ENTITIES) == [("Breast cancer", "breast"), ("BC", "breast"), ("BCs", "breast")]


def test_a_known_short_form_links_on_the_whole_page():
    assert linked("MS first. Multiple sclerosis (MS).", ENTITIES)[0] == ("MS", "ms")


@pytest.mark.parametrize(
    "text",
    [
        "Idiopathic tubular pyelitis (ITP) and later ITP.",
        "ITP (idiopathic tubular pyelitis) and later ITP.",
        "Refractory immune thrombocytopenia pattern (RITP, ITP) and ITP (inner tube pressure).",
    ],
)
def test_a_definition_as_something_else_stops_the_short_form(text):
    assert {reason for part, reason in decisions(text, ENTITIES) if part == "ITP"} == {"defined-other"}


def test_a_long_form_lies_within_one_clause():
    text = "Idiopathic. Then tubes. Purple (ITP) is immune thrombocytopenia."

    assert ("ITP", "evidence") in decisions(text, ENTITIES)


def test_two_definitions_that_differ_stop_the_short_form():
    text = "Multiple sclerosis (MS). Mitral stenosis (MS). Then MS."

    assert {reason for part, reason in decisions(text, ENTITIES) if part == "MS"} == {"defined-other"}


def test_a_definition_by_a_name_that_never_links_gives_no_link():
    entities = {"breast": ["Neoplasia", "never plain breast cancer"]}

    assert linked("Breast cancer (BC) and later BC.", entities) == []


def test_a_short_form_in_a_compound_does_not_link():
    assert linked("Breast cancer (BC) and the BC protein, anti-BC.", ENTITIES) == [
        ("Breast cancer", "breast"),
        ("BC", "breast"),
    ]


def test_the_gene_of_a_disease_is_called_by_a_short_form_only_if_the_text_defines_it():
    entities = ENTITIES | {"wiskott": ["Wiskott syndrome", "abbreviation WISK"]}

    assert linked("Wiskott syndrome (WISK), the WISK gene.", entities)[-1] == ("WISK", "wiskott")
    assert linked("The WISK gene.", entities) == []


def test_a_short_form_does_not_take_words_of_a_name():
    entities = ENTITIES | {"bc-test": ["BC test panel"]}

    assert linked("Breast cancer (BC) and the BC test panel.", entities)[-1] == ("BC test panel", "bc-test")
