"""Which pages mention a condition or therapy: the first ten on its page, all of them on a list below it."""

import json
import re

import pytest
from django.conf import settings

from publishing import doors
from publishing.kinds import page_models
from tests import builders
from tests.builders import make_article, make_condition, make_therapy, publish, published

pytestmark = pytest.mark.django_db
ASTHMA = "/conditions/asthma/"
ALL = f"{ASTHMA}mentioned-in/"


@pytest.fixture
def asthma():
    return published(make_condition(title="Asthma", slug="asthma"))


def mention_asthma(number, **values):
    for each in range(number):
        published(make_article(title=f"Mentioning {each:02}", body="<p>About asthma.</p>", **values))


def mentioned_in(text):
    """The titles in the section of a detail page, or None where there is no such section."""
    section = re.search(r'<nav class="mentioned-in".*?</nav>', text, re.DOTALL)
    return section and re.findall(r'<a href="[^"]+">([^<]+)</a> <span', section[0])


def test_page_lists_those_that_mention_it_most_often_first(client, asthma):
    once = make_article(title="Once", body="<p>First some words, then asthma.</p>")
    early = make_article(title="Early", body="<p>Asthma.</p>")
    twice = make_therapy(title="Twice", harms="<p>In asthma. Asthma again.</p>")
    for page in (once, early, twice):
        published(page)
    text = client.get(ASTHMA).text
    assert mentioned_in(text) == ["Twice", "Early", "Once"]
    assert ALL not in text


def test_page_that_nobody_mentions_has_no_such_section_and_no_list(client, asthma):
    make_article(title="A draft", body="<p>About asthma.</p>")
    published(make_article(title="Only in a heading", body="<h2>Asthma</h2><p>Text.</p>"))
    assert mentioned_in(client.get(ASTHMA).text) is None
    assert client.get(ALL).status_code == 404


def test_article_has_no_such_section_and_no_list(client, asthma):
    article = published(make_article(body="<p>About asthma.</p>"))
    assert mentioned_in(client.get(article.get_absolute_url()).text) is None
    assert client.get(f"{article.get_absolute_url()}mentioned-in/").status_code == 404


def test_section_ends_with_a_link_to_all_where_there_are_more_than_ten(client, asthma):
    mention_asthma(10)
    text = client.get(ASTHMA).text
    assert len(mentioned_in(text)) == 10
    assert ALL not in text
    published(make_article(title="One more", body="<p>Words before asthma.</p>"))
    text = client.get(ASTHMA).text
    assert len(mentioned_in(text)) == 10
    assert f'<a href="{ALL}">All pages that mention Asthma</a>' in text
    assert "One more" in client.get(ALL).text


def test_list_has_pages_of_twenty(client, asthma):
    mention_asthma(21)
    first, second = client.get(ALL).text, client.get(f"{ALL}?page=2").text
    assert re.findall(r"Mentioning (\d\d)</a>", first + second) == [f"{number:02}" for number in range(21)]
    assert re.findall(r"Mentioning (\d\d)</a>", second) == ["20"]
    for text, address in ((first, ALL), (second, f"{ALL}?page=2")):
        assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in text
        assert len(re.findall("<h1", text)) == 1
        assert "21 pages" in text
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1] for text in (first, second)]
    assert titles == [f"Pages that mention Asthma{end} – ImmunoPortal" for end in ("", ", page 2")]


def test_every_kind_with_names_has_the_list(client):
    named = [model for model in page_models() if model.is_named]
    assert len(named) >= 2
    for model in named:
        page = published(getattr(builders, f"make_{model.kind_name()}")(title=f"Zebra {model.kind_name()}"))
        published(make_article(title="It is mentioned", body=f"<p>About zebra {model.kind_name()}.</p>"))
        assert "It is mentioned" in client.get(f"{page.get_absolute_url()}mentioned-in/").text


def test_past_address_leads_to_the_list_at_the_new_one(client, asthma):
    mention_asthma(1)
    asthma.slug = "asthma-of-adults"
    asthma.save()
    publish(asthma, by="tests")
    response = client.get(ALL)
    assert response.status_code == 301
    assert response["Location"] == "/conditions/asthma-of-adults/mentioned-in/"
    assert client.get(response["Location"]).status_code == 200


def test_list_of_a_page_that_is_not_public_is_not_found(client, asthma):
    mention_asthma(1)
    asthma.slug = "asthma-of-adults"
    asthma.save()
    publish(asthma, by="tests")
    doors.withdraw(asthma, by="tests", reason="Wrong.")
    make_condition(title="Wheeze", slug="wheeze")
    for slug in ("asthma", "asthma-of-adults", "wheeze", "nothing"):
        assert client.get(f"/conditions/{slug}/mentioned-in/").status_code == 404, slug


@pytest.mark.parametrize(
    "place",
    ["", "/conditions", "//example.org", "/conditions/asthma/mentioned-in", "/admin", "/articles", "/a%00b", "/%ED%A0"],
)
def test_nothing_else_has_such_a_list(client, asthma, place):
    mention_asthma(1)
    assert client.get(f"{place}/mentioned-in/").status_code in {302, 404}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_list_takes_no_other_method(client, asthma, method):
    mention_asthma(1)
    assert getattr(client, method)(ALL).status_code == 405


def test_module_and_definitions_come_only_with_links(client, asthma):
    with_links = published(make_article(body="<p>About asthma.</p>"))
    without = published(make_article(body="<p>About nothing.</p>"))
    marks = ("js/definitions.js", "crosslink-definitions")
    text = client.get(with_links.get_absolute_url()).text
    assert [mark for mark in marks if mark in text] == list(marks)
    for address in (without.get_absolute_url(), ASTHMA, ALL, "/"):
        assert [mark for mark in marks if mark in client.get(address).text] == [], address


def test_definition_cannot_end_its_script(client):
    hostile = "<!-- & </script><script> 'x' </script>"
    published(make_condition(title="Asthma", slug="asthma", summary=hostile))
    article = published(make_article(body="<p>About asthma.</p>"))
    text = client.get(article.get_absolute_url()).text
    block = re.search(r'<script id="crosslink-definitions" type="application/json">(.*?)</script>', text)[1]
    assert json.loads(block) == {ASTHMA: {"title": "Asthma", "text": hostile}}
    assert not set(block) & set("<>&")


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_a_page_that_is_mentioned(client, asthma, django_assert_num_queries, items):
    mention_asthma(items)
    with django_assert_num_queries(11):
        text = client.get(ASTHMA).text
    assert len(mentioned_in(text)) == items


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_an_article_with_links(client, django_assert_num_queries, items):
    names = ["Asthma", "Psoriasis", "Lupus"][:items]
    for name in names:
        published(make_condition(title=name))
    article = published(make_article(body=f"<p>{', '.join(names)}.</p>"))
    with django_assert_num_queries(7):
        text = client.get(article.get_absolute_url()).text
    assert text.count('class="crosslink"') == items


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_the_list(client, asthma, django_assert_num_queries, items):
    mention_asthma(items)
    with django_assert_num_queries(5):
        text = client.get(ALL).text
    assert text.count("Mentioning ") == items
