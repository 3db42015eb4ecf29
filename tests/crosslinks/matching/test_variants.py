import pytest

from crosslinks.matching import Term, Vocabulary, match

from .examples import linked, only


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Crohn's disease", "crohn\u2019s disease"),
        ("Crohn's disease", "Crohn disease"),
        ("Crohn's disease", "Crohn's diseases"),
        ("Crohn's disease", "CROHN'S DISEASE"),
        ("Graves disease", "Graves' disease"),
        ("TNF-alpha", "TNF-α"),
        ("TNF-alpha", "TNFα"),
        ("TNF-α", "TNF alpha"),
        ("peginterferon alfa", "peginterferon alpha"),
        ("CAR T-cell therapy", "CAR-T cell therapies"),
        ("CAR T-cell therapy", "CAR\u2011T\u2011cell therapy"),
        ("T cell lymphoma", "T\u2013cell\u00a0lymphoma"),
        ("multiple sclerosis", "multiple \n sclerosis"),
        ("multiple sclerosis", "mul\u00adtiple scle\u00adrosis"),
        ("Sjögren syndrome", "Sjo\u0308gren's syndrome"),
        ("COVID-19", "Covid 19"),
        ("COVID-19", "covid19"),
        ("interleukin-6", "interleukin 6"),
        ("type 2 diabetes", "type II diabetes"),
        ("type 1 diabetes", "Type-I diabetes"),
        ("factor V deficiency", "factor 5 deficiency"),
        ("type 1 diabetes", "diabetes type 1"),
        ("spinocerebellar ataxia type 3", "type 3 spinocerebellar ataxia"),
        ("multiple endocrine neoplasia II", "multiple endocrine neoplasia 2"),
        ("autoimmune hepatitis", "auto-immune hepatitis"),
        ("auto-immune hepatitis", "autoimmune hepatitis"),
        ("autoimmune hepatitis", "auto immune hepatitis"),
        ("acute myelofibrosis", "acute myelo-fibrosis"),
        ("Carcinoma, breast", "breast carcinoma"),
        ("Diabetes mellitus, type 2", "type 2 diabetes mellitus"),
        ("Lymphoma, T-cell, cutaneous", "cutaneous T-cell lymphoma"),
        ("Wegener granulomatosis, formerly", "Wegener's granulomatosis"),
        ("asthma (disease)", "asthma"),
        ("breast cancer", "cancer of the breast"),
        ("breast cancer", "cancers of the breast"),
        ("deficiency of C5", "C5 deficiency"),
        ("kidney failure", "renal failure"),
        ("bipolar disease", "bipolar disorder"),
        ("skin tumor", "skin neoplasms"),
        ("von Hippel-Lindau disease", "von Hippel-Lindau (VHL) disease"),
        ("Guillain-Barré syndrome", "Guillain-Barre"),
        ("Crohn disease", "Crohn's"),
        ("Crohn's disease", "Crohn\u2019s"),
        ("Guillain-Barré syndrome", "Guillain-Barré syndrome"),
        ("C5 deficiency", "C5-deficient"),
        ("sofosbuvir/velpatasvir", "sofosbuvir / velpatasvir"),
    ],
)
def test_a_name_is_found_however_it_is_written(name, text):
    assert linked(f"People with {text}, too.", {"page": [name]}) == [(text, "page")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("asthma", "asthmatic"),
        ("asthma", "xasthma"),
        ("asthma", "asthma2"),
        ("CD20", "CD201"),
        ("TNF", "TNFα"),
        ("TNF", "TNF2"),
        ("multiple sclerosis", "multiple. Sclerosis"),
        ("multiple sclerosis", "multiple, sclerosis"),
        ("multiple sclerosis", "multiple - sclerosis"),
        ("multiple sclerosis", "multiple \u2013 sclerosis"),
        ("multiple sclerosis", "multiple\n\nsclerosis"),
        ("multiple sclerosis", "multiple\n \nsclerosis"),
        ("multiple sclerosis", "multiple (sclerosis"),
        ("multiple sclerosis", "sclerosis multiple"),
        ("breast cancer", "cancer, of the breast"),
        ("breast cancer", "cancer and breast"),
        ("type 1 diabetes", "type 2 diabetes"),
        ("type 1 diabetes", "type 10 diabetes"),
        ("vitamin C", "vitamin 100"),
        ("sofosbuvir/velpatasvir", "sofosbuvir velpatasvir"),
        ("autoimmune hepatitis", "auto, immune hepatitis"),
        ("Bloom syndrome", "Bloom (see there) syndrome"),
        ("Bloom syndrome", "Bloom"),
        ("Crohn disease", "Crohn"),
        ("Crohn disease", "crohn's"),
        ("Crohn disease", "Crohns"),
        ("Cushing disease", "Cushing syndrome"),
    ],
)
def test_another_text_is_not_taken_for_the_name(name, text):
    assert linked(f"People with {text}, too.", {"page": [name]}) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("IVIG", "IVIG", True),
        ("IVIG", "IVIGs", True),
        ("IVIG", "ivig", False),
        ("IVIG", "IVIg", False),
        ("IVIG", "IVIGS", False),
        ("B-ALL", "B\u2011ALL", True),
        ("IL-6R", "IL6R", True),
        ("NUCs", "NUCs", True),
        ("NUCs", "nucs", False),
    ],
)
def test_an_abbreviation_is_found_in_its_case_only(name, text, found):
    assert bool(linked(f"Give {text} now.", {"page": ["Long name", f"abbreviation {name}"]})) == found


def test_a_short_name_in_capitals_counts_as_an_abbreviation_even_if_nobody_says_so():
    assert linked("A paste of tacs.", {"page": ["Tacrolimus", "TACS"]}) == []
    assert linked("A paste of TACS.", {"page": ["Tacrolimus", "TACS"]}) == [("TACS", "page")]


def test_the_longest_name_takes_its_words():
    entities = {"broad": ["immunodeficiency"], "narrow": ["common variable immunodeficiency"]}

    assert linked("Common variable immunodeficiency, an immunodeficiency.", entities) == [
        ("Common variable immunodeficiency", "narrow"),
        ("immunodeficiency", "broad"),
    ]


def test_of_two_names_that_overlap_the_longer_wins_and_of_equal_ones_the_first():
    entities = {"one": ["red blood cell"], "two": ["blood cell"], "three": ["cell count test"]}

    assert linked("A red blood cell count test.", entities) == [("red blood cell", "one")]
    assert linked("A blood cell count.", {"one": ["blood cell"], "two": ["cell count"]}) == [("blood cell", "one")]


@pytest.mark.parametrize(
    ("name", "text", "how"),
    [
        ("Asthma", "asthma", "exact"),
        ("Crohn's disease", "Crohn\u2019s disease", "exact"),
        ("allergy shot", "allergy shots", "plural"),
        ("anaemia", "anemia", "variant"),
    ],
)
def test_a_span_says_how_the_name_is_written(name, text, how):
    span = only(match(text, Vocabulary([Term(7, 1, name, "preferred")])))

    assert (span.how, span.term, span.entity, span.reason) == (how, 7, 1, "name")


@pytest.mark.parametrize(
    ("name", "text", "part"), [("asthma", "asthma's", "asthma"), ("Crohn's", "Crohn's", "Crohn's")]
)
def test_a_possessive_belongs_to_the_span_only_if_it_belongs_to_the_name(name, text, part):
    assert linked(f"In {text} course.", {"page": [name]}) == [(part, "page")]


def test_the_name_that_is_written_exactly_so_is_preferred_to_a_variant():
    entities = {"disease": ["Cushing disease"], "disorder": ["Cushing disorder"]}

    assert linked("A Cushing disorder.", entities) == [("Cushing disorder", "disorder")]
    assert linked("A Cushing disease.", entities) == [("Cushing disease", "disease")]
