"""The names of conditions and therapies, ready to be met in queries."""

import threading

import pytest

from crosslinks.vocabulary import VocabularyState
from search import lexicon as lexicons
from search.lexicon import lexicon
from search.words import read_text, stems_of
from tests.builders import make_article, make_condition, make_name, make_therapy, published
from tests.search.asking import call, call_no_more, withdraw

pytestmark = pytest.mark.django_db


def current():
    return lexicon(VocabularyState.current().token)


def met(typed):
    """The pages whose name is just this."""
    return {name.page for name in current().called(read_text(typed).forms)}


@pytest.fixture
def therapy():
    return published(make_therapy(title="Zebrumab"))


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("EpiPen", ["EpiPen", "epi pen", "Epi-Pen", "EPIPEN", "epi  pen"]),
        ("IL-6", ["il 6", "il6", "IL–6", "interleukin 6", "interleukin-6"]),
        ("Sjögren's disease", ["sjogren disease", "SJÖGREN’S DISEASE", "sjogrens diseases"]),
        ("coeliac disease", ["celiac disease"]),
        ("β-interferon", ["beta interferon", "BETA-INTERFERON"]),
        ("anti-TNF", ["antitnf", "anti TNF"]),
        ("T cells", ["t-cell", "T cell"]),
    ],
)
def test_name_is_met_however_it_is_spelt_and_joined(therapy, name, spellings):
    call(therapy, name)
    assert [typed for typed in spellings if met(typed) != {therapy.pk}] == []


def test_part_of_a_name_is_not_the_name(therapy):
    call(therapy, "peanut allergy shot")
    assert met("peanut allergy shot")
    assert not met("peanut") | met("peanut allergy") | met("peanut allergy shot today")


def test_names_that_have_all_words_in_any_order(therapy):
    other = published(make_therapy(title="Okapimab"))
    call(therapy, "allergy to peanuts")
    call(other, "peanut", "nut allergy")

    def found(words):
        return sorted(name.text for name in current().containing(stems_of(words)))

    assert found("peanut") == ["allergy to peanuts", "peanut"]
    assert found("peanut allergies") == ["allergy to peanuts"]
    assert found("peanut asthma") == []


def test_words_that_begin_so_are_in_the_order_of_letters(therapy):
    call(therapy, "Methotrexate", "methimazole", "mesalazine", "Émethol")
    assert current().words_beginning("meth") == ["methimazole", "methotrexate"]
    assert current().words_beginning("emeth") == ["emethol"]
    assert current().words_beginning("zz") == []


def test_title_of_a_page_is_its_preferred_name(therapy):
    call(therapy, "Abracadabra")
    assert current().title_of(therapy.pk) == "Zebrumab"


def test_same_name_of_two_pages_is_both(therapy):
    other = published(make_therapy(title="Okapimab"))
    call(therapy, "anti-TNF", kind="class", linking="never")
    call(other, "Anti-TNF", kind="class", linking="never")
    assert met("anti tnf") == {therapy.pk, other.pk}


def test_names_of_pages_that_never_were_public_are_not_in_it(therapy):
    make_name(make_condition(title="A draft"), "quagga disease")
    call(therapy, "okapi drug")
    assert current().by_page.keys() == {therapy.pk}
    assert {name.text for name in current().by_page[therapy.pk]} == {"Zebrumab", "okapi drug"}


def test_articles_have_no_names():
    published(make_article(title="Zebra disease explained", is_medical=False))
    assert not met("Zebra disease explained")


def test_it_is_built_once_for_each_vocabulary(therapy, django_assert_num_queries):
    first = current()
    with django_assert_num_queries(1):
        assert current() is first
    call(therapy, "Okapix", kind="brand")
    assert met("okapix") == {therapy.pk}
    call_no_more(therapy, "Okapix")
    assert not met("okapix")


def test_first_publication_enters_the_names_and_a_new_title_renames():
    therapy = make_therapy(title="Zebrumab")
    make_name(therapy, "Okapix", kind="brand")
    assert not met("okapix")
    therapy = published(therapy)
    assert met("okapix") == {therapy.pk}
    therapy.title = "Gnumab"
    therapy.save()
    published(therapy)
    assert current().title_of(therapy.pk) == "Gnumab"
    assert met("zebrumab") == {therapy.pk}


def test_name_keeps_what_tells_it_from_a_word_and_is_known_after_its_page_was_withdrawn():
    """Whether their pages are public is asked when they are offered, so that withdrawing one costs no lexicon."""
    condition = published(make_condition(title="Acute leukemia"))
    call(condition, "ALL", kind="abbreviation", exact_case=True)
    withdraw(condition)
    (name,) = current().called(["all"])
    assert (name.text, name.is_exact, name.kind, name.kind_of_page) == ("ALL", True, "abbreviation", "condition")


def test_vocabulary_without_a_token_is_never_kept(therapy):
    VocabularyState.objects.update(token="")
    assert not met("okapi")
    make_name(therapy, "okapi")
    assert met("okapi") == {therapy.pk}


def test_threads_that_ask_at_once_share_one(monkeypatch):
    built = []
    monkeypatch.setattr(lexicons, "_names", lambda: built.append(1) or [])
    threads = [threading.Thread(target=lexicon, args=("a token of this test",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == [1]
