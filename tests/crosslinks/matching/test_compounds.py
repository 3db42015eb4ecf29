import pytest

from .examples import decisions, linked

ENTITIES = {
    "hodgkin": ["Hodgkin lymphoma"],
    "tnf": ["tumour necrosis factor alpha", "TNFA"],
    "diabetes": ["diabetes"],
    "covid": ["COVID-19"],
    "hepatitis-b": ["hepatitis B"],
    "insulin": ["insulin"],
    "vasculitis": ["vasculitis"],
    "melanoma": ["melanoma"],
    "gaucher": ["Gaucher disease"],
    "ovarian": ["ovarian cancer"],
    "breast": ["breast cancer"],
    "dystrophy": ["muscular dystrophy"],
}


@pytest.mark.parametrize(
    "text",
    [
        "non-Hodgkin lymphoma",
        "non Hodgkin lymphoma",
        "non\u2011Hodgkin's lymphoma",
        "anti-TNFA",
        "pre-diabetes",
        "pre diabetes",
        "pseudo-melanoma",
        "COVID-19 vaccine",
        "COVID-19 vaccination",
        "hepatitis B virus",
        "hepatitis-B-virus",
        "insulin receptor",
        "insulin-like growth",
        "insulin antibodies",
        "insulin gene",
        "insulin transporter",
        "melanoma antigen",
        "insulin deficiency",
        "melanoma-A",
        "hepatitis B surface antigen",
        "insulin resistance",
    ],
)
def test_a_name_inside_a_compound_is_refused(text):
    assert [reason for _part, reason in decisions(f"About {text} today.", ENTITIES)] == ["compound"]


@pytest.mark.parametrize(
    "text",
    [
        "cerebral vasculitis",
        "familial melanoma",
        "X-linked diabetes",
        "uveal melanoma",
        "acute vasculitis",
        "gene-melanoma",
        "type 2 Gaucher disease",
        "melanoma of the eye",
        "Gaucher disease type B",
        "the Becker muscular dystrophy",
        "breast and ovarian cancer",
        "breast and/or ovarian cancers",
        "breast/ovarian cancer",
        "end-stage Gaucher disease",
        "acute breast cancer",
    ],
)
def test_a_name_inside_a_longer_name_is_refused(text):
    assert [reason for _part, reason in decisions(f"About {text} today.", ENTITIES)] == ["longer-phrase"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("non-smokers with Hodgkin lymphoma", "Hodgkin lymphoma"),
        ("antibodies; insulin", "insulin"),
        ("insulin, antibodies", "insulin"),
        ("insulin (receptor blocked)", "insulin"),
        ("diabetes. Virus", "diabetes"),
        ("severe vasculitis", "vasculitis"),
        ("how to avoid vasculitis", "vasculitis"),
        ("the hospital insulin", "insulin"),
        ("metastatic melanoma", "melanoma"),
        ("oral insulin", "insulin"),
        ("intravitreal insulin", "insulin"),
        ("the Gaucher disease gene", "Gaucher disease"),
        ("the melanoma genes", "melanoma"),
        ("skin/ovarian cancer", "ovarian cancer"),
        ("acute hepatitis B", "hepatitis B"),
        ("melanoma-related", "melanoma"),
        ("melanoma-specific", "melanoma"),
        ("vasculitis of", "vasculitis"),
        ("asthma and ovarian cancer", "ovarian cancer"),
        ("cerebral; vasculitis", "vasculitis"),
        ("what Becker Insulin", "Insulin"),
        ("the United States insulin", "insulin"),
        ("Becker Muscular Dystrophy", "Muscular Dystrophy"),
        ("a heading\nThe muscular dystrophy", "muscular dystrophy"),
        ("Gaucher disease type", "Gaucher disease"),
    ],
)
def test_other_words_around_a_name_do_not_matter(text, part):
    text = "About " + text + (" today." if not text.endswith(" of") else ".")
    if text.endswith(" of."):
        text = text.replace(" of.", ", of it.")
    assert [found for found, _entity in linked(text, ENTITIES)] == [part]


@pytest.mark.parametrize("phrase", ["anti-TNFA", "COVID-19 vaccine", "cerebral vasculitis", "pre-diabetes"])
def test_a_longer_name_that_the_vocabulary_has_is_found_itself(phrase):
    assert linked(f"About {phrase} today.", ENTITIES | {"longer": [phrase]}) == [(phrase, "longer")]


def test_nothing_inside_a_refused_name_links():
    assert linked("A non-Hodgkin lymphoma.", ENTITIES | {"lymphoma": ["lymphoma"]}) == []
