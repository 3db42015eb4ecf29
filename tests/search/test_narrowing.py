"""Facets: each value with the number of results that have it, as addresses that narrow, and widen again."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from search.narrowing import Narrowing
from search.searching import search
from tests.builders import make_article, make_category, make_condition, make_therapy, published
from tests.search.asking import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked(time_machine_at):
    """Public pages of all kinds, shelves, systems and months of review, all of which have the word."""
    now = datetime(2026, 6, 15, tzinfo=UTC)
    facts, news = make_category(name="Facts", slug="facts"), make_category(name="News", slug="news")
    for months, make, values in (
        (40, make_article, {"category": facts}),
        (30, make_article, {"category": facts}),
        (20, make_article, {"category": news}),
        (20, make_condition, {"group": "autoimmune", "body_system": "Joints"}),
        (6, make_condition, {"group": "autoimmune", "body_system": "Skin"}),
        (1, make_condition, {"group": "allergy", "body_system": "Skin"}),
        (1, make_therapy, {}),
    ):
        time_machine_at(now - timedelta(days=30.5 * months))
        text = {"body": "<p>Zebras.</p>"} if make is make_article else {"summary": "Zebras."}
        published(make(**text, **values))
    time_machine_at(now)
    article("Never reviewed", "Zebras.", category=news)


def counts(results):
    return {facet.name: {choice.label: choice.count for choice in facet.choices} for facet in results.facets}


def narrowing_of(url):
    """What an address of results narrows them to, and the other parameters."""
    asked = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    return Narrowing(
        **{name: asked.pop(name) for name in ("kind", "category", "system", "since") if name in asked}
    ), asked


def test_facets_count_the_results(stocked):
    assert counts(search("zebras")) == {
        "kind": {"Articles": 4, "Conditions": 3, "Therapies": 1},
        "category": {
            "Autoimmune and immune-mediated disease": 2,
            "Facts": 2,
            "News": 2,
            "Allergy": 1,
            "Biologics and targeted medicines": 1,
        },
        "system": {"Skin": 2, "Joints": 1},
        "since": {"Since 2026": 2, "Since 2025": 3, "Since 2024": 5},
    }


def walk_choices(results, depth):
    """Follow each choice, and again from there: yields a choice and the results it leads to."""
    for facet in results.facets:
        for choice in facet.choices:
            narrowing, others = narrowing_of(choice.url)
            led = search(others["q"], narrowing=narrowing)
            yield choice, led
            if depth > 1:
                yield from walk_choices(led, depth - 1)


def test_each_choice_counts_what_it_leads_to(stocked):
    walked = 0
    for choice, led in walk_choices(search("zebras"), depth=2):
        assert choice.is_current or choice.count == led.total == len(led.hits), choice
        walked += 1
    assert walked > 100


def test_each_choice_counts_what_it_leads_to_where_pages_have_some_of_the_words(stocked):
    for number, text in enumerate(("Okapis, zebras.", "Okapis, gerenuks.", "Gerenuks, zebras.", "Hooves, zebras.")):
        published(make_condition(summary=text))
        article(f"Some {number}", text)
    for typed in ("zebras okapis", "zebras okapis gerenuks", "zebras gerenuks hooves", "okapis hooves"):
        for choice, led in walk_choices(search(typed), depth=1):
            assert choice.count == led.total, (typed, choice)


def test_facet_counts_what_the_others_leave(stocked):
    results = search("zebras", narrowing=Narrowing(kind="condition"))
    assert results.total == 3
    assert counts(results)["kind"] == {"Articles": 4, "Conditions": 3, "Therapies": 1}
    assert counts(results)["system"] == {"Skin": 2, "Joints": 1}
    assert "Facts" not in counts(results)["category"]


def test_most_frequent_values_come_first_and_years_in_their_order(stocked):
    found = {facet.name: [choice.label for choice in facet.choices] for facet in search("zebras").facets}
    assert found["kind"] == ["Articles", "Conditions", "Therapies"]
    assert found["category"][:3] == ["Autoimmune and immune-mediated disease", "Facts", "News"]
    assert found["since"] == ["Since 2026", "Since 2025", "Since 2024"]


def test_facet_without_a_value_is_not_offered():
    article("Zebras")
    assert [facet.name for facet in search("zebra").facets] == ["kind", "category"]


def test_reviews_of_a_demonstration_are_called_so(settings):
    published(make_condition(title="Zebras"))

    def label():
        return next(facet.label for facet in search("zebras").facets if facet.name == "since")

    settings.DEMONSTRATION = False
    assert label() == "Reviewed"
    settings.DEMONSTRATION = True
    assert label() == "Reviewed for the demonstration"


def test_choices_that_are_on_can_be_taken_off(stocked):
    results = search("zebras", narrowing=Narrowing(kind="condition", system="Skin"))
    assert [(choice.label, choice.count) for choice in results.narrowed_by] == [("Conditions", 2), ("Skin", 2)]
    assert [narrowing_of(choice.url) for choice in results.narrowed_by] == [
        (Narrowing(system="Skin"), {"q": "zebras"}),
        (Narrowing(kind="condition"), {"q": "zebras"}),
    ]


def test_combination_without_results_keeps_what_is_on_so_that_it_can_be_taken_off(stocked):
    results = search("zebras", narrowing=Narrowing(kind="article", system="Skin"))
    assert results.hits == []
    assert {choice.label for choice in results.narrowed_by} == {"Articles", "Skin"}


def test_links_keep_the_query_and_whether_it_is_exact():
    article("Zebras")
    for choice in search('zebras -okapi "zebras" & é', exactly=True).facets[0].choices:
        assert narrowing_of(choice.url)[1] == {"q": 'zebras -okapi "zebras" & é', "exact": "1"}


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "password__startswith"},
        {"kind": "'; DROP TABLE search_words; --"},
        {"kind": "Article"},
        {"kind": "article\x00x"},
        {"kind": "page__live__sign_off__signed_by__startswith=a"},
        *(
            {"since": since}
            for since in ("0", "-1", "2026.0", "٢٠٢٦", "２０２６", "a", "2026 OR 1=1", "1999", "9" * 30, "2026-01")
        ),
        {"password__startswith": "pbkdf2", "groups__name": "x"},
    ],
)
def test_kind_or_year_that_there_is_not_narrows_nothing(asked):
    assert Narrowing.asked(asked) == Narrowing()


def test_category_or_system_that_no_page_has_leaves_nothing(stocked):
    values = ("facts' OR 1=1", "%", "_" * 500, "FACTS", "password__startswith", "𝒜", "facts facts")
    for narrowing in (Narrowing.asked({name: value}) for name in ("category", "system") for value in values):
        assert search("zebras", narrowing=narrowing).total == 0, narrowing
    assert search("zebras", narrowing=Narrowing.asked({"category": "facts"})).total == 2


def test_year_without_a_review_leaves_nothing_and_can_be_taken_off():
    published(make_condition(title="Zebras"))
    results = search("zebras", narrowing=Narrowing.asked({"since": "2090"}))
    assert results.total == 0
    assert [(choice.label, choice.count, choice.url) for choice in results.narrowed_by] == [
        ("Since 2090", 0, "/search/?q=zebras")
    ]


def test_sign_that_nobody_can_type_is_left_out():
    assert Narrowing.asked({"category": "fa\x00cts", "kind": "art\x00icle"}) == Narrowing("article", "facts")


def test_long_value_is_cut():
    assert len(Narrowing.asked({"category": "x" * 10_000}).category) <= 100
