"""Which of two pages comes first, and why: each test changes one thing."""

from datetime import UTC, datetime

import pytest

from search.ranking import rarity
from search.understanding import Wish
from tests.builders import make_article, make_condition, make_tag, make_therapy, published
from tests.search.asking import article, call, titles

pytestmark = pytest.mark.django_db
FILLING = "Some other words fill this text so that it is about as long as the others of its kind. " * 3


def test_name_then_title_then_heading_then_summary_then_text():
    article("In the text", f"{FILLING} Zebra.")
    article("In the summary", FILLING, summary="A zebra, in short.")
    published(make_article(title="In a heading", body=f"<h2>A zebra</h2><p>{FILLING}</p>", is_medical=False))
    article("The zebra question today", FILLING)
    called = published(make_therapy(title="Okapimab"))
    call(called, "zebra")
    expected = ["Okapimab", "The zebra question today", "In a heading", "In the summary", "In the text"]
    assert titles("zebra") == expected


def test_title_that_says_nothing_else_is_as_good_as_a_name():
    part = published(make_condition(title="Zebra stripes syndrome"))
    article("Zebra stripes")
    assert titles("zebra stripes") == ["Zebra stripes", part.title]


def test_name_that_is_the_whole_query_beats_a_page_that_has_it_everywhere():
    page = published(make_condition(title="Okapi disease"))
    call(page, "zebra disease")
    article("Everything about zebra disease", "Zebra disease. " * 20, summary="Zebra disease, all of it.")
    assert titles("zebra disease")[0] == "Okapi disease"


def test_plain_name_of_a_page_counts_almost_as_its_title():
    published(make_condition(title="Okapitis", plain_name="stripes on the skin"))
    article("Somewhere in the text", "Stripes on the skin. " * 4)
    assert titles("skin stripes")[0] == "Okapitis"


def test_page_with_all_words_beats_one_that_has_most_of_them_more_often():
    article("Most", f"Zebras and okapis. {FILLING} Zebras and okapis.")
    article("All", f"{FILLING} Zebras, okapis and giraffes.")
    assert titles("zebras okapis giraffes") == ["All", "Most"]


def test_phrase_with_a_filler_in_a_heading_beats_one_that_stands_often():
    article("Often", "Quality of life. " * 12 + FILLING)
    published(make_article(title="In a heading", body=f"<h2>Quality of life</h2><p>{FILLING}</p>", is_medical=False))
    assert titles('"quality of life"') == ["In a heading", "Often"]


def test_word_that_stands_often_beats_one_that_stands_once():
    article("Once", f"Zebra. {FILLING}")
    article("Often", "Zebra here. " * 12 + FILLING)
    assert titles("zebra") == ["Often", "Once"]


def test_rare_word_decides_and_not_a_common_one():
    for number in range(6):
        article(f"Number {number}", "Zebras.")
    article("Of zebras", "Nothing else.")
    article("Of gerenuks", "Nothing else.")
    assert titles("zebras gerenuks")[0] == "Of gerenuks"


def test_rarer_words_weigh_more():
    weights = [rarity(Wish((("zebra",),), ("zebra",), pages)) for pages in (0, 1, 10, 1000, 100_000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1


def test_of_equally_good_pages_that_reviewed_last_comes_first(time_machine_at):
    for year, title in ((2024, "Older"), (2026, "Newest"), (2025, "Middle")):
        time_machine_at(datetime(year, 3, 1, tzinfo=UTC))
        published(make_article(title=title, body="<p>Zebra.</p>"))
    assert titles("zebra") == ["Newest", "Middle", "Older"]


def test_review_does_not_beat_a_better_place(time_machine_at):
    time_machine_at(datetime(2020, 3, 1, tzinfo=UTC))
    published(make_article(title="The zebra question", body="<p>Text.</p>"))
    time_machine_at(datetime(2026, 3, 1, tzinfo=UTC))
    published(make_article(title="New", body="<p>Zebra.</p>"))
    assert titles("zebra") == ["The zebra question", "New"]


def test_where_nothing_else_decides_conditions_come_before_therapies_and_articles():
    article("Zebra facts three", "Words.")
    published(make_therapy(title="Zebra facts two"))
    published(make_condition(title="Zebra facts one"))
    assert titles("facts") == ["Zebra facts one", "Zebra facts two", "Zebra facts three"]


def test_of_a_therapy_and_a_condition_the_therapy_comes_first_unless_its_treatment_is_asked_for():
    published(make_condition(title="Okapitis"))
    published(make_therapy(title="Zebrumab"))
    assert titles("okapitis zebrumab") == titles("zebrumab okapitis") == ["Zebrumab", "Okapitis"]
    assert titles("what treats okapitis, zebrumab")[0] == "Okapitis"


def test_word_of_a_tag_or_an_author_finds_a_page_behind_one_about_it():
    tagged = make_article(title="Tagged", body="<p>Text.</p>", is_medical=False)
    tagged.tags.add(make_tag("zebra"))
    published(tagged)
    article("The zebra question")
    assert titles("zebra") == ["The zebra question", "Tagged"]


def test_order_does_not_depend_on_which_page_was_published_first():
    names = ("Alpha zebra", "Beta zebra", "Gamma zebra")
    for each in reversed(names):
        published(make_condition(title=each))
    assert titles("zebra") == list(names)
