"""One search as a whole: what is found and what never is, pages of results, links to sections, the cost."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing import doors
from publishing.models import Edition, Page
from search import index
from search.counts import SearchCount
from search.narrowing import Narrowing
from search.queries import for_sqlite
from search.searching import _question, search
from search.suggesting import nearest, suggestions
from search.understanding import understand
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_name,
    make_therapy,
    make_user,
    publish,
    published,
    schedule,
)
from tests.search.asking import article, call, call_no_more, titles, withdraw

pytestmark = pytest.mark.django_db


# What is found


@pytest.mark.parametrize(("typed", "name"), [("lupus", "lupus"), ("wolf DISEASE", "wolf disease"), ("sle", "SLE")])
def test_name_puts_its_page_first_and_says_what_else_it_is_called(typed, name):
    page = published(make_condition(title="Systemic lupus erythematosus"))
    call(page, "lupus", "wolf disease")
    call(page, "SLE", kind="abbreviation", exact_case=True)
    article("Lupus, wolf disease, SLE", "Lupus, wolf disease, SLE. " * 9)
    first, second = search(typed).hits
    assert (first.edition.title, first.also_called) == (page.title, name)
    assert second.also_called == ""


def test_title_is_not_told_as_another_name():
    published(make_condition(title="Systemic lupus erythematosus"))
    (hit,) = search("systemic LUPUS erythematosus").hits
    assert hit.also_called == ""


def test_new_name_finds_its_page_at_the_next_request_and_a_removed_one_no_longer():
    page = published(make_condition(title="Systemic lupus erythematosus"))
    assert titles("okapi sickness") == []
    call(page, "okapi sickness")
    assert [(hit.edition.title, hit.also_called) for hit in search("okapi sickness").hits] == [
        (page.title, "okapi sickness")
    ]
    call_no_more(page, "okapi sickness")
    assert titles("okapi sickness") == []


def test_new_title_is_found_at_the_next_request_and_the_old_one_stays_a_name():
    page = published(make_condition(title="Okapitis"))
    page.title = "Zebritis"
    page.save()
    assert titles("zebritis") == []
    publish(page)
    (hit,) = search("zebritis").hits
    assert (hit.edition.title, hit.also_called) == ("Zebritis", "")
    (hit,) = search("okapitis").hits
    assert (hit.edition.title, hit.also_called) == ("Zebritis", "Okapitis")


def test_only_the_newest_edition_is_found():
    page = article("A page", "About zebras.")
    page.body = "<p>About okapis.</p>"
    page.save()
    assert titles("zebras") == ["A page"]
    publish(page)
    assert titles("zebras") == []
    assert titles("okapis") == ["A page"]


def test_withdrawn_page_is_gone_at_the_next_request_and_its_twin_stays():
    gone, stays = (published(make_condition(title=f"Zebra disease {each}")) for each in ("one", "two"))
    call(gone, "stripes")
    assert set(titles("zebra disease")) == {gone.title, stays.title}
    withdraw(gone)
    assert titles("zebra disease") == [stays.title]
    assert titles("zebra disease one") == titles("stripes") == []
    assert [each.title for each in search("zebra disease one").nearest] == [stays.title]
    assert [each.edition.title for each in suggestions("zebra")] == [stays.title]
    assert suggestions("stripes") == []
    assert [each.title for each in nearest("zebra diseases")] == [stays.title]
    assert [each.title for each in nearest("stripe")] == []


def test_page_that_is_not_public_is_not_shown_though_the_index_has_it():
    gone, stays = article("Gone", "Zebras."), article("Stays", "Zebras.")
    Page.objects.filter(pk=gone.pk).update(live=None, state="withdrawn")
    assert titles("zebras") == [stays.title]


def test_page_that_is_public_again_is_found_again():
    page = article("A page", "About zebras.")
    withdraw(page)
    assert titles("zebras") == []
    publish(Page.objects.get(pk=page.pk).concrete)
    assert titles("zebras") == ["A page"]


def test_drafts_are_never_found():
    make_name(make_condition(title="Zebra draft", overview="<p>Quagga.</p>"), "stripes")
    schedule(make_article(title="Zebra plan", body="<p>Quagga.</p>"), at=timezone.now() + timedelta(days=9))
    changed = published(make_condition(title="Zebra twin", overview="<p>Okapi.</p>"))
    changed.overview = "<p>Quagga.</p>"
    changed.save()
    assert titles("zebra") == ["Zebra twin"]
    assert titles("okapi") == ["Zebra twin"]
    assert titles("quagga") == titles("stripes") == titles('"zebra draft"') == []
    assert [each.edition.title for each in suggestions("zebra")] == ["Zebra twin"]
    assert {each.title for each in nearest("zebra draft")} == {"Zebra twin"}


def test_plan_is_found_when_it_is_due_and_not_before(time_machine_at):
    now = timezone.now()
    time_machine_at(now)
    schedule(make_article(title="Zebra plan", is_medical=False), at=now + timedelta(hours=2))
    assert titles("zebra") == []
    time_machine_at(now + timedelta(hours=3))
    doors.run_due()
    assert titles("zebra") == ["Zebra plan"]


class RandomSite:
    """Pages of every kind that a seeded dice makes public, changes and withdraws."""

    WORDS = ("zebra", "okapi", "gerenuk", "quagga", "stripes", "hooves")

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.pages = []
        for number in range(9):
            make = (make_article, make_condition, make_therapy)[number % 3]
            values = {"is_medical": False} if make is make_article else {}
            self.pages.append(make(title=f"{self.WORDS[number % 6].title()} {number}", **values))
        for number, page in enumerate(self.pages):
            if page.kind != "article":
                make_name(page, f"{self.WORDS[(number + 2) % 6]} name {number}")
        conditions = [page for page in self.pages if page.kind == "condition"]
        therapies = [page for page in self.pages if page.kind == "therapy"]
        for condition, therapy in zip(conditions, therapies, strict=True):
            make_indication(condition=condition, therapy=therapy)

    def change(self):
        page = self.dice.choice(self.pages)
        page = type(page).objects.get(pk=page.pk)
        if page.live_id and self.dice.random() < 0.6:
            withdraw(page)
        else:
            if self.dice.random() < 0.3:
                page.summary = f"About {self.dice.choice(self.WORDS)}."
                page.save()
            publish(page)

    def queries(self, number):
        asked = [*self.WORDS, *(page.title for page in self.pages), "name", "heading", "what", "overview"]
        asked += [f"{word} name {place}" for word in self.WORDS for place in range(9)]
        for _each in range(number):
            some = self.dice.sample(asked, self.dice.choice((1, 1, 2)))
            yield " ".join(some)[: self.dice.choice((200, 200, 7))]


def test_thousand_queries_after_random_changes_offer_public_pages_alone():
    site = RandomSite(seed=6)
    for _change in range(6):
        site.change()
    offered = 0
    for _round in range(25):
        site.change()
        public = set(Edition.objects.live().values_list("pk", flat=True))
        names = {edition.title for edition in Edition.objects.live()}
        for number, typed in enumerate(site.queries(40)):
            results = search(typed)
            found = {hit.edition.pk for hit in results.hits}
            named = {each for pair in results.pairs for each in (pair.therapy, pair.condition)}
            named |= {*(results.unpaired or ()), *(each.title for each in results.nearest)}
            if number % 2:
                found |= {each.edition.pk for each in suggestions(typed)}
            else:
                named |= {each.title for each in nearest(typed)}
            assert (found - public, named - names) == (set(), set()), typed
            offered += len(found) + len(named)
    assert offered > 1_000


def test_where_no_page_has_all_words_those_that_have_some_are_told_as_such():
    article("Of zebras", "Zebras.")
    article("Of okapis", "Okapis.")
    article("Of neither", "Gerenuks.")
    results = search("zebras okapis")
    assert ({hit.edition.title for hit in results.hits}, results.is_partial) == ({"Of zebras", "Of okapis"}, True)
    assert not search("zebras").is_partial


def test_enough_pages_with_all_words_need_no_others():
    for number in range(3):
        article(f"Both {number}", "Zebras, okapis.")
    article("One", "Zebras.")
    results = search("zebras okapis")
    assert (len(results.hits), results.is_partial) == (3, False)


def test_unwanted_words_are_not_in_pages_that_have_some_of_the_words():
    article("Of zebras", "Zebras and gerenuks.")
    article("Of okapis", "Okapis.")
    assert titles("zebras okapis -gerenuks") == ["Of okapis"]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "-", '""', "?!", "…", "-zebra", "\u200b"])
def test_query_without_words_finds_nothing_and_costs_next_to_nothing(typed):
    article("Zebras")
    with CaptureQueriesContext(connection) as queries:
        results = search(typed)
    assert (results.hits, results.total, results.facets) == ([], 0, [])
    assert len(queries) <= 2


@pytest.mark.parametrize("typed", ["what is it", "the", "who are you"])
def test_words_that_say_nothing_are_looked_for_where_there_are_no_others(typed):
    article("A page", "Who are the people, what is it? You.")
    article("Another", "Zebras.")
    assert titles(typed) == ["A page"]


def test_nothing_found_names_the_nearest():
    published(make_condition(title="Okapitis"))
    results = search("okapitosis", exactly=True)
    assert results.hits == []
    assert [(each.name, each.url) for each in results.nearest] == [("Okapitis", Page.objects.get().get_absolute_url())]


def test_minus_word_leaves_out_the_page_that_is_named():
    page = published(make_condition(title="Okapitis", symptoms="<p>Children cough.</p>"))
    call(page, "wolf disease")
    assert titles("okapitis") == titles("wolf disease") == ["Okapitis"]
    assert titles("okapitis -children") == titles('wolf disease -"children cough"') == []
    assert titles('okapitis -"cough children"') == ["Okapitis"]


@pytest.mark.parametrize("unwanted", ['-"black zebras"', "-black-zebras"])
def test_minus_phrase_leaves_out_pages_that_are_near(unwanted):
    article("First", "Black zebras, okapis.")
    article("Second", "Zebras, black okapis.")
    article("Third", "Zebras, okapis, gerenuks.")
    assert set(titles("zebras okapis gerenuks")) == {"First", "Second", "Third"}
    assert set(titles(f"zebras okapis gerenuks {unwanted}")) == {"Second", "Third"}


def test_phrases_and_minus_words_that_are_too_many_are_told():
    assert not search("zebras -a -b -c -d -e").is_cut
    assert search("zebras -a -b -c -d -e -f").is_cut
    assert search('"a" "b" "c" "d"').is_cut


def test_phrase_with_a_filler_is_found_in_a_title():
    article("Quality of life")
    article("Other", "Quality of life. Quality of life. Quality of life.")
    for typed in ("quality of life", '"quality of life"'):
        assert titles(typed) == ["Quality of life", "Other"]
    weighed = [search(typed).hits[0].edition.title for typed in ('"quality of life" of', 'life "quality of"')]
    assert weighed == ["Quality of life"] * 2


def test_words_of_a_phrase_may_stand_apart_where_some_of_the_words_are_enough():
    article("Apart", "Zebras are never black.")
    results = search('"black zebras" okapis')
    assert [hit.edition.title for hit in results.hits] == ["Apart"]
    assert results.is_partial


def test_beside_many_others_a_name_stands_for_fewer_names():
    page = published(make_condition(title="Okapitis"))
    call(page, "wolf disease", "zebra disease", "gerenuk disease", "bongo disease", "quagga disease", "kudu disease")

    def names_asked_for(typed):
        return for_sqlite(_question(understand(typed), Narrowing(), partly=False).wanted).count("disord")

    assert names_asked_for("okapitis") == 6
    assert names_asked_for("okapitis bb cc dd ee ff gg hh jj kk ll mm") == 4


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite searches all pages for a phrase")
def test_what_was_not_searched_is_told(client, monkeypatch):
    monkeypatch.setattr(index, "MOST_READ_FOR_PHRASE", 1)
    article("First", "Black zebras.")
    for title in ("Second", "Third", "Fourth"):
        article(title, "Okapis and zebras are black.")
    results = search('"black zebras"')
    assert (results.hits, results.is_at_least) == ([], True)
    assert "in the pages that were searched" in client.get("/search/", {"q": '"black zebras"'}).text
    assert search('"black zebras" okapis').is_at_least
    assert not SearchCount.objects.exists()


def test_only_the_best_of_many_results_are_listed_and_that_is_told(client, monkeypatch):
    monkeypatch.setattr(index, "MOST_CANDIDATES", 11)
    for number in range(12):
        article(f"Page {number}", "Zebras.")
    first, last = search("zebras"), search("zebras", page=2)
    assert (first.total, first.pages, first.listed, last.listed) == (12, 2, 0, 11)
    assert "The best 11 are listed." in client.get("/search/", {"q": "zebras", "page": "2"}).text
    assert "are listed" not in client.get("/search/", {"q": "zebras"}).text


def test_date_of_a_review_is_that_of_a_clinician_who_signed_the_text_shown():
    page = published(make_condition(title="Okapitis"))
    day = timezone.localdate()
    assert search("okapitis").hits[0].reviewed_on == day
    page.symptoms = "<p>Something new.</p>"
    page.save()
    doors.publish(page, by=make_user("administrator"), override_reason="A batch was recalled.")
    assert search("okapitis").hits[0].reviewed_on is None


def test_query_is_cut_at_the_limit_and_that_is_told():
    article("Zebras")
    assert titles(f"{'okapi ' * 40}zebras", exactly=True) == []
    results = search("zebras " + "x" * 200)
    assert results.is_cut
    assert len(results.typed) <= 200
    assert not search("z" * 200).is_cut


# Sections


def test_section_links_lead_to_headings_of_the_page(client):
    body = "<h2>Of zebras</h2><p>Zebra.</p><h2>Of okapis</h2><p>Okapi.</p><h3>Zebra &amp; foal</h3><p>Milk.</p>"
    published(make_article(title="A page", body=body, is_medical=False))
    published(make_condition(title="Okapitis", symptoms="<p>The zebra itches.</p>"))
    for hit in search("zebra").hits:
        text = client.get(hit.url).text
        assert hit.sections
        for link in hit.sections:
            address, _hash, anchor = link.url.partition("#")
            assert address == hit.url
            assert f'id="{anchor}"' in text, link


def test_section_of_the_snippet_comes_first_and_others_with_the_words_follow():
    filling = "Other words stand here. " * 10
    body = f"<h2>First</h2><p>{filling}</p><h2>Second</h2><p>Zebras. {filling}</p><h2>Third</h2><p>Zebras, okapis.</p>"
    published(make_article(title="A page", body=body, is_medical=False))
    (hit,) = search("zebras okapis").hits
    assert [link.title for link in hit.sections] == ["Third", "Second"]


def test_section_that_answers_is_linked():
    published(make_condition(title="Okapitis", symptoms="<p>Itching.</p>", causes="<p>Okapitis has none.</p>"))
    (hit,) = search("symptoms of okapitis").hits
    assert "Symptoms" in [link.title for link in hit.sections]


def test_place_of_indications_is_linked_where_treatment_is_asked_for(client):
    condition, therapy = published(make_condition(title="Okapitis")), make_therapy(title="Zebrumab")
    make_indication(condition=condition, therapy=therapy)
    published(therapy)
    hit = next(hit for hit in search("what treats okapitis").hits if hit.edition.title == "Okapitis")
    link = next(link for link in hit.sections if link.url.endswith("#indications"))
    assert 'id="indications"' in client.get(hit.url).text
    assert link.title


def test_place_of_indications_is_not_linked_where_there_are_none(client):
    published(make_condition(title="Okapitis"))
    (hit,) = search("what treats okapitis").hits
    text = client.get(hit.url).text
    assert [link.url for link in hit.sections if f'id="{link.url.partition("#")[2]}"' not in text] == []


def test_page_without_the_words_in_its_text_shows_its_summary_and_no_section():
    page = published(make_condition(title="Okapitis", summary="An itch."))
    call(page, "stripes")
    (hit,) = search("stripes").hits
    assert "".join(run.text for run in hit.snippet) == "An itch."
    assert hit.sections == ()


# Pages of results


@pytest.mark.parametrize(("number", "pages"), [(1, [1]), (3, [3]), (25, [10, 10, 5])])
def test_results_stand_on_pages_of_ten(number, pages):
    for each in range(number):
        article(f"Number {each}", "Zebras. " * (each % 4 + 1))
    shown = [search("zebras", page=page + 1) for page in range(len(pages))]
    assert [len(results.hits) for results in shown] == pages
    assert {hit.edition.title for results in shown for hit in results.hits} == {
        f"Number {each}" for each in range(number)
    }
    assert {(results.total, results.pages) for results in shown} == {(number, len(pages))}
    assert [results.page for results in shown] == [1 + page for page in range(len(pages))]
    addresses = [f"/search/?q=zebras&page={page + 1}" for page in range(len(pages))]
    assert [results.previous_url for results in shown] == ["", *addresses[:-1]]
    assert [results.next_url for results in shown] == [*addresses[1:], ""]


def test_page_that_does_not_exist_is_the_nearest_one():
    for each in range(11):
        article(f"Number {each}", "Zebras.")
    shown = {page: search("zebras", page=page) for page in (0, -5, 1, 2, 3, 99_999)}
    found = {page: (results.page, len(results.hits)) for page, results in shown.items()}
    assert found == {0: (1, 10), -5: (1, 10), 1: (1, 10), 2: (2, 1), 3: (2, 1), 99_999: (2, 1)}


def test_addresses_of_pages_keep_what_results_are_narrowed_to():
    for each in range(11):
        article(f"Number {each}", "Zebras.")
    results = search("zebras", narrowing=Narrowing(kind="article"), exactly=True)
    assert results.next_url == "/search/?q=zebras&kind=article&exact=1&page=2"


# The cost


@pytest.fixture
def named_page():
    """Without a name on the site there is no vocabulary to keep."""
    return published(make_condition(title="Okapitis"))


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow_with_the_results(named_page, django_assert_num_queries, number):
    for each in range(number):
        article(f"Number {each}", "Zebras.")
    search("zebras")
    with django_assert_num_queries(3):
        assert search("zebras").total == number


def test_nearest_names_cost_no_more_than_results(named_page, django_assert_num_queries):
    search("okapitis")
    with django_assert_num_queries(3):
        assert search("okapitosis", exactly=True).nearest


def test_some_of_the_words_cost_one_query_more(named_page, django_assert_num_queries):
    article("First", "Zebras.")
    search("zebras")
    with django_assert_num_queries(4):
        assert search("zebras giraffes").is_partial


def test_changed_vocabulary_costs_one_query_more_once(named_page, django_assert_num_queries):
    search("okapitis")
    call(named_page, "stripes")
    with django_assert_num_queries(4):
        search("stripes")
    with django_assert_num_queries(3):
        search("stripes")
