"""Suggestions while a reader types, and the names nearest to what nobody is called."""

import pytest

from publishing.models import Page
from search.suggesting import MOST_NEAREST, MOST_SUGGESTIONS, nearest, suggestions
from tests.builders import make_article, make_condition, make_name, make_therapy, publish, published
from tests.search.asking import article, call, call_no_more, withdraw

pytestmark = pytest.mark.django_db


def offered(typed):
    return [(each.text, each.edition.title) for each in suggestions(typed)]


def near(typed):
    return [(each.name, each.title) for each in nearest(typed)]


@pytest.fixture
def ivig():
    page = published(make_therapy(title="Intravenous immunoglobulin", slug="ivig"))
    call(page, "gamma globulin", "Privigen")
    return page


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ga", "gamma globulin"),
        ("GAMMA", "gamma globulin"),
        ("gamma glob", "gamma globulin"),
        ("gamma-globulin", "gamma globulin"),
        ("glob", "gamma globulin"),
        ("immunog", "Intravenous immunoglobulin"),
        ("intravenous immuno", "Intravenous immunoglobulin"),
        ("prívig", "Privigen"),
        ("  privigen  ", "Privigen"),
    ],
)
def test_names_that_begin_so_or_have_a_word_that_does_are_offered(ivig, typed, text):
    assert offered(typed) == [(text, "Intravenous immunoglobulin")]


@pytest.mark.parametrize("typed", ["", " ", "g", "-", "…", "\x00", "gg", "gamma x", "x gamma", "globulin gammaz"])
def test_nothing_is_offered_for_a_letter_or_for_other_words(ivig, typed):
    assert offered(typed) == []


def test_each_page_is_offered_once_by_its_nearest_name():
    page = published(make_condition(title="Zebra disease"))
    call(page, "zebroid", "zebra", "the zebra sickness")
    assert offered("zebr") == [("Zebra disease", "Zebra disease")]
    call_no_more(page, "zebroid")
    assert offered("zebra s") == [("the zebra sickness", "Zebra disease")]


def test_names_that_begin_so_come_before_names_with_such_a_word_then_titles_of_other_pages():
    published(make_condition(title="Okapi and zebra"))
    published(make_condition(title="Zebra disease"))
    call(published(make_condition(title="Gerenuk disease")), "zebrosis")
    article("Why zebras run")
    assert [title for _text, title in offered("zebr")] == [
        "Zebra disease",
        "Gerenuk disease",
        "Okapi and zebra",
        "Why zebras run",
    ]


def test_titles_of_articles_are_offered_from_three_letters_on():
    article("Why zebras run", "Text.")
    assert offered("ze") == []
    assert offered("zeb") == offered("why zeb") == offered("run") == [("Why zebras run", "Why zebras run")]
    assert offered("why zebras hide") == []


def test_words_of_the_text_are_not_offered():
    article("A title", "Zebras in the text.")
    assert offered("zebras") == []


def test_only_so_many_are_offered():
    for number in range(MOST_SUGGESTIONS + 2):
        article(f"Zebra {number}")
    published(make_condition(title="Zebra disease"))
    found = offered("zebra")
    assert len(found) == MOST_SUGGESTIONS
    assert found[0] == ("Zebra disease", "Zebra disease")


def test_drafts_are_never_offered_and_withdrawn_pages_no_longer():
    make_name(make_condition(title="Zebra draft"), "zebra plan")
    make_article(title="Zebra article")
    gone, stays = published(make_condition(title="Zebra one")), published(make_condition(title="Zebra two"))
    gone_article = article("Zebra three")
    assert [title for _text, title in offered("zebra")] == ["Zebra one", "Zebra two", "Zebra three"]
    withdraw(gone)
    withdraw(gone_article)
    assert offered("zebra") == [(stays.title, stays.title)]
    publish(Page.objects.get(pk=gone.pk).concrete)
    assert len(offered("zebra")) == 2


def test_withdrawn_pages_do_not_crowd_out_those_that_are_public():
    for number in range(MOST_SUGGESTIONS + 2):
        withdraw(published(make_condition(title=f"Zebra {number}")))
    published(make_condition(title="The last zebra of all"))
    assert offered("zebra") == [("The last zebra of all", "The last zebra of all")]


def test_new_name_is_offered_at_once_and_a_removed_one_no_longer(ivig):
    assert offered("okap") == []
    call(ivig, "okapi drip")
    assert offered("okap") == [("okapi drip", "Intravenous immunoglobulin")]
    call_no_more(ivig, "okapi drip")
    assert offered("okap") == []


def test_new_title_is_offered_and_the_old_one_as_a_name():
    page = published(make_condition(title="Okapitis"))
    page.title = "Zebritis"
    page.save()
    assert offered("zebr") == []
    publish(page)
    assert offered("zebr") == [("Zebritis", "Zebritis")]
    assert offered("okap") == [("Okapitis", "Zebritis")]


@pytest.mark.parametrize("number", [1, 12])
def test_number_of_queries_does_not_grow(ivig, django_assert_num_queries, number):
    for each in range(number):
        article(f"Zebra {each}")
        call(ivig, f"zebra {each}")
    suggestions("zebra")
    with django_assert_num_queries(3):
        assert suggestions("zebra")
    with django_assert_num_queries(0):
        assert suggestions("z") == []


def test_odd_letters_are_only_letters(ivig):
    odd = (
        "%",
        "_",
        "*",
        "gam*",
        "gam%",
        "'",
        '"',
        "\\",
        "[a-z]",
        "𝒜𝒜",
        "ga\x00mma glob",
        "(a+)+$",
        "g" * 10_000,
        "OR 1=1",
    )
    found = {typed: offered(typed) for typed in odd}
    assert [typed for typed, each in found.items() if each] == ["gam*", "gam%"]


# Nearest names


def test_nearest_names_are_those_spelt_alike(ivig):
    published(make_condition(title="Psoriasis"))
    assert near("soriatis") == [("Psoriasis", "Psoriasis")]
    assert near("gama globuline")[0] == ("gamma globulin", "Intravenous immunoglobulin")
    assert near("xylophone") == near("") == near("x") == []


def test_each_page_is_near_once_by_its_nearest_name(ivig):
    call(ivig, "gamma globulins drip", "gamma")
    assert near("gamma globulin") == [("gamma globulin", "Intravenous immunoglobulin")]


def test_nearest_pages_are_public_whatever_else_has_their_name():
    first, gone, draft = (make_therapy(title=f"{each}mab") for each in ("Zebru", "Okapi", "Gnu"))
    make_name(draft, "anti-TNF", kind="class", linking="never")
    for page in (published(first), published(gone)):
        call(page, "anti-TNF", kind="class", linking="never")
    assert {title for _name, title in near("anti-tnff")} == {"Zebrumab", "Okapimab"}
    withdraw(gone)
    assert near("anti-tnff") == [("anti-TNF", "Zebrumab")]


def test_only_so_many_are_near():
    for number in range(MOST_NEAREST + 2):
        published(make_condition(title=f"Zebra {number}"))
    assert len(near("zebras")) == MOST_NEAREST


def test_nearest_cost_two_queries(ivig, django_assert_num_queries):
    nearest("gama")
    with django_assert_num_queries(2):
        assert nearest("gama globulin")
