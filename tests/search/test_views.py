"""The results page, suggestions as JSON, the description for browsers, and the page where there is none."""

import json
import random
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import DatabaseError, connection
from django.http import Http404
from django.test import Client, RequestFactory

from search import misses, views
from search.searching import search
from tests.builders import make_condition, make_indication, make_therapy, published
from tests.search.asking import article, call, withdraw

pytestmark = pytest.mark.django_db
RESULTS, SUGGEST, DESCRIPTION = "/search/", "/search/suggest", "/search/opensearch.xml"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(autouse=True)
def _nothing_waits():
    misses.waiting.take()
    yield
    misses.waiting.take()


@pytest.fixture
def lupus():
    page = published(make_condition(title="Systemic lupus erythematosus", slug="lupus"))
    call(page, "lupus", "wolf disease")
    return page


def shown(client, typed, **asked):
    return client.get(RESULTS, {"q": typed} | asked).text


def headings(text):
    """The titles of the results."""
    return [unescape(each) for each in re.findall(r'<h3 lang="en"><a href="[^"]+">(.*?)</a>', text)]


def links(text, part=""):
    return [unescape(each) for each in re.findall(r'<a[^>]* href="([^"]+)"', text) if part in each]


# Results


def test_page_without_a_query_is_the_form_and_says_how_to_ask(client):
    for address in (RESULTS, f"{RESULTS}?q=", f"{RESULTS}?q=++", f"{RESULTS}?kind=article"):
        text = client.get(address).text
        assert '<form class="search-form" role="search" action="/search/"' in text
        assert 'name="q"' in text
        assert "Nothing found" not in text


def test_query_stays_in_the_form(client, lupus):
    assert re.search(r'<input[^>]* name="q" value="wolf &amp; disease&quot;"', shown(client, 'wolf & disease"'))


def test_results_page_names_the_page_and_what_else_it_is_called(client, lupus):
    text = shown(client, "wolf disease")
    assert headings(text) == ["Systemic lupus erythematosus"]
    assert re.search(r"also called\s+<strong>wolf disease</strong>", text)


def test_results_page_is_for_readers_and_not_for_search_engines(client, lupus):
    text = shown(client, "lupus")
    assert text.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{settings.SITE_URL}/search/">' in text


def test_corrected_word_is_told_with_the_way_back(client, lupus):
    text = shown(client, "wolv disease erythematosis")
    assert "Showing results for" in text
    assert "erythematosus" in text
    (back,) = links(text, "exact=1")
    exact = client.get(back).text
    assert "Showing results for" not in exact
    assert parse_qs(urlsplit(back).query)["q"] == ["wolv disease erythematosis"]


def test_query_that_is_too_long_is_cut_and_the_reader_told(client, lupus):
    told = "not all of it was looked for"
    assert told in shown(client, "lupus " + "x" * 200)
    assert headings(shown(client, "lupus " + "of " * 60)) == ["Systemic lupus erythematosus"]
    assert told not in shown(client, "lupus")


def test_words_that_no_page_has_together_are_told(client):
    article("Of zebras", "Zebras.")
    assert "These pages have some of them" in shown(client, "zebras giraffes")
    assert "These pages have some of them" not in shown(client, "zebras")


def test_nothing_found_helps_with_near_names_and_lists(client, lupus):
    text = shown(client, "erythemathosos", exact="1")
    assert "Nothing found" in text
    assert headings(text) == []
    assert links(text, "/conditions/lupus/") == ["/conditions/lupus/"]
    assert {"/conditions/", "/therapies/", "/articles/"} <= set(links(text))


def test_nothing_near_shows_what_was_published_last(client, lupus):
    for number in range(6):
        article(f"Number {number}", slug=f"number-{number}")
    withdraw(article("Gone", slug="gone"))
    text = shown(client, "xylophone")
    assert links(text, "/articles/number-") == [f"/articles/number-{number}/" for number in (5, 4, 3, 2, 1)]
    assert "/articles/gone/" not in text


def test_facets_are_plain_links_that_keep_the_query(client, lupus):
    article("About lupus", "Lupus.")
    text = shown(client, "lupus")
    (kind,) = links(text, "kind=article")
    assert parse_qs(urlsplit(kind).query) == {"q": ["lupus"], "kind": ["article"]}
    narrowed = client.get(kind).text
    assert headings(narrowed) == ["About lupus"]
    assert "/search/?q=lupus" in links(narrowed)


def test_pages_of_results_are_linked(client):
    for number in range(11):
        article(f"Number {number}", "Zebras.")
    first = shown(client, "zebras")
    assert '<a rel="next" href="/search/?q=zebras&amp;page=2">' in first
    assert 'rel="prev"' not in first
    second = client.get("/search/?q=zebras&page=2").text
    assert '<a rel="prev" href="/search/?q=zebras&amp;page=1">' in second
    assert len(set(headings(first)) | set(headings(second))) == 11
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1] for text in (first, second)]
    assert titles[0] != titles[1]


def test_withdrawn_page_and_its_name_are_on_no_page_of_the_search(client, lupus):
    twin = published(make_condition(title="Lupus nephritis", slug="nephritis"))
    withdraw(lupus)
    for address in (f"{RESULTS}?q=lupus", f"{RESULTS}?q=systemic+lupus", f"{SUGGEST}?q=lupus", "/lupus/"):
        text = client.get(address).text
        assert "/conditions/nephritis/" in text, address
        assert "/conditions/lupus/" not in text, address
        assert "Systemic" not in text, address
    assert twin.live


# What the address may hold


NONSENSE = (
    "kind=password__startswith",
    "kind=article&kind=nothing",
    "kind[]=article",
    "kind=%00",
    "since=99",
    "since=1%27",
    "since=%00",
    "page=-1",
    "page=0",
    "page=99999999999999999999999",
    "page=1e3",
    "page=%EF%BC%91",
    "page=%00",
    "page=abc",
    "page=",
    "exact=yes",
    "password__startswith=pbkdf2",
    "sign_off__signed_by__password__startswith=a",
    "order=-live__override_reason",
    "sort=%00",
    "format=xml",
)


def test_nonsense_in_the_address_changes_nothing(client, lupus):
    article("About lupus", "Lupus.")
    expected = headings(shown(client, "lupus"))
    assert len(expected) == 2
    found = {each: client.get(f"{RESULTS}?q=lupus&{each}") for each in NONSENSE}
    assert [each for each, response in found.items() if response.status_code != 200] == []
    assert [each for each, response in found.items() if headings(response.text) != expected] == []


def test_lookups_cannot_ask_about_hidden_fields(client, lupus):
    """Whatever a hidden field holds, the answer is the same: here the name and password of who signed it off."""
    signer = lupus.live.sign_off.signed_by
    dice = random.Random(9)
    fields = ("password", "live__sign_off__signed_by", "page__state", "override_reason", "user__email", "pk", "id")
    lookups = ("", "__startswith", "__regex", "__gt", "__in", "__isnull", "__contains", "__exact")
    expected = headings(shown(client, "lupus"))
    for _each in range(150):
        key = f"{dice.choice(fields)}{dice.choice(lookups)}"
        value = dice.choice((signer, signer[:3], "pbkdf2", "md5$", "True", "1", "^a", "(a+)+$"))
        place = dice.choice(({key: value}, {"kind": f"{key}={value}"}, {"since": key}, {"page": key}, {"exact": key}))
        assert headings(shown(client, "lupus", **place)) == expected, place


@pytest.mark.parametrize("name", ["category", "system"])
def test_value_that_no_page_has_finds_nothing_and_can_be_taken_off(client, lupus, name):
    for value in ("password__startswith", "\x00", "' OR 1=1 --", "x" * 5_000, "<script>", "𝒜"):
        response = client.get(RESULTS, {"q": "lupus", name: value})
        assert response.status_code == 200
        assert "<script>" not in response.text
        assert headings(response.text) == ([] if value != "\x00" else ["Systemic lupus erythematosus"]), value
        assert "/search/?q=lupus" in links(response.text) or value == "\x00"


# What could be read as something else than words.
PIECES = (
    *('"', "'", "''", '""', "`", "(", ")", "((((", "-", "--", "- -", "*", "%", "_", "\\", "\\'", ";", ":", "^", "~"),
    *("AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "words:", "extra :", "rowid", "search_words", "&", "|", "!", "<->"),
    *("a_lupus", "p_lupus", "t_lupus", ":*", "lupus*", "'lupus':1A", "{words}", "+", "@@", "$$", "$1", "?", "%s"),
    *("\x00", "lu\x00pus", "\x1a", "\x7f", "\ud800", "\ufffe", "\u202e", "\u200b", "\U0001f9a0", "𝒜𝒷", "é"),
    *("' OR '1'='1", "; DROP TABLE search_words", "UNION SELECT password FROM auth_user", "1/0", "sleep(9)", "{{7*7}}"),
    *(
        "(a+)+$",
        "(.*)*x",
        "[a-z",
        "(?<!x)",
        "a" * 60,
        "((((((((((a))))))))))",
        "\\d{9999}",
        "<script>alert(1)</script>",
    ),
    *("IL-6", "anti-", "T-", "-lupus", '"lupus', 'lupus"', '-"wolf disease"', "i" * 199, "x-" * 90, "½", "ﬃ", "ß"),
    *("lupus", "wolf disease", "what is the", "ivig", "ms", "all", "0", "1e309", "nan", "../../etc/passwd", "${jndi}"),
    *("e\u0301" * 40, "١٢٣", "%(a)s"),
)


def hostile(number):
    """Always the same queries."""
    dice = random.Random(17)
    for _each in range(number):
        yield dice.choice(("", " ", "  ", "\t")).join(dice.choices(PIECES, k=dice.randint(1, 9)))


def answer(client, address, typed):
    return client.get(address, {"q": typed.encode("utf-8", "surrogatepass")})


def test_hostile_queries_are_answered(client, lupus):
    make_indication(condition=lupus, therapy=make_therapy(title="IVIG"))
    article("Lupus* (a+)+$ AND NOT", "The \"lupus\" OR 'wolf' -- 100% <b>.")
    failed = []
    for number, typed in enumerate(hostile(300)):
        if number % 3:
            assert search(typed.encode("utf-8", "replace").decode()).page == 1, typed
        else:
            response = answer(client, RESULTS, typed)
            if response.status_code != 200 or "<script>alert" in response.text:
                failed.append(typed)
    assert failed == []
    assert headings(shown(client, "wolf disease"))[0] == "Systemic lupus erythematosus"


def test_hostile_beginnings_are_answered(client, lupus):
    responses = {typed: answer(client, SUGGEST, typed) for typed in hostile(300)}
    assert [typed for typed, response in responses.items() if response.status_code != 200] == []
    assert [typed for typed, response in responses.items() if "suggestions" not in response.json()] == []


def test_bytes_that_are_no_text_are_answered(client, lupus):
    for raw in (
        "q=%ff%fe",
        "q=%00",
        "q=%ED%A0%80",
        "q=%",
        "q=%zz",
        "q",
        "=",
        "q=lupus;page=2",
        "&&&",
        "q[]=a",
        "%00=%00",
    ):
        for address in (RESULTS, SUGGEST):
            assert client.get(address, QUERY_STRING=raw).status_code == 200, (address, raw)


# What it costs, and how it is served


@pytest.mark.parametrize(
    ("results", "typed", "queries"),
    [
        (1, "zebras", 4),
        (1, "zebraz", 4),
        (30, "zebras", 4),
        (3, "zebras giraffes", 5),
        (1, "zebrumab lupus", 5),
        (1, "gerenuks", 4),
        (1, "wolf diseaze xylophone", 4),
    ],
)
def test_results_cost_at_most_five_queries(client, lupus, django_assert_num_queries, results, typed, queries):
    """One of them says whether something is due."""
    therapy = make_therapy(title="Zebrumab")
    for qualifier in ("one", "two", "three"):
        make_indication(condition=lupus, therapy=therapy, qualifier=qualifier)
    published(therapy)
    for number in range(results):
        article(f"Number {number}", "Zebras.")
    client.get(RESULTS, {"q": "lupus"})
    with django_assert_num_queries(queries):
        client.get(RESULTS, {"q": typed})


@pytest.mark.parametrize(
    ("address", "queries"), [(f"{SUGGEST}?q=lupus", 4), (DESCRIPTION, 1), (RESULTS, 1), ("/lupos/", 3)]
)
def test_other_answers_cost_as_many_as_they_need(client, lupus, django_assert_num_queries, address, queries):
    client.get(f"{RESULTS}?q=lupus")
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(
    "address", [RESULTS, f"{RESULTS}?q=lupus", f"{RESULTS}?q=nothing", f"{SUGGEST}?q=lu", DESCRIPTION]
)
def test_answer_is_the_same_for_everybody_and_sets_no_cookie(lupus, address):
    answers = [
        Client().get(address),
        Client().get(address),
        Client(headers={"cookie": "a=b", "user-agent": "x"}).get(address),
    ]
    assert len({each.content for each in answers}) == 1
    assert [each.cookies for each in answers if each.cookies] == []
    assert [each.headers.get("Vary") for each in answers if "Cookie" in each.headers.get("Vary", "")] == []


@pytest.mark.parametrize("address", [RESULTS, f"{RESULTS}?q=lupus", f"{SUGGEST}?q=lu", DESCRIPTION])
def test_only_reading_is_allowed(client, lupus, address):
    assert client.head(address).status_code == 200
    assert client.head(address).content == b""
    assert [getattr(client, method)(address).status_code for method in ("post", "put", "patch", "delete")] == [405] * 4


# Suggestions


def test_suggestions_are_names_with_their_pages(client, lupus):
    response = client.get(SUGGEST, {"q": "wol"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "query": "wol",
        "suggestions": [
            {
                "text": "wolf disease",
                "title": "Systemic lupus erythematosus",
                "kind": "Condition",
                "url": "/conditions/lupus/",
            }
        ],
    }


def test_no_suggestions_are_an_empty_list(client, lupus):
    for typed in ("", "w", "xyz"):
        assert client.get(SUGGEST, {"q": typed}).json() == {"query": typed, "suggestions": []}
    assert client.get(SUGGEST).json() == {"query": "", "suggestions": []}


def test_suggestions_for_browsers_have_their_form(client, lupus):
    response = client.get(SUGGEST, {"q": "wol", "format": "opensearch"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    assert json.loads(response.content) == [
        "wol",
        ["wolf disease"],
        ["Systemic lupus erythematosus"],
        [f"{settings.SITE_URL}/conditions/lupus/"],
    ]


# Description


def described(client):
    return ET.fromstring(client.get(DESCRIPTION).content)  # noqa: S314 (made by ourselves)


def test_description_is_what_browsers_want(client):
    response = client.get(DESCRIPTION)
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)  # noqa: S314 (made by ourselves)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert len(root.find(f"{OPENSEARCH}ShortName").text) <= 16
    assert len(root.find(f"{OPENSEARCH}Description").text) <= 1024
    urls = {each.get("type"): each.get("template") for each in root.findall(f"{OPENSEARCH}Url")}
    assert urls["text/html"] == f"{settings.SITE_URL}/search/?q={{searchTerms}}"
    assert {url.startswith(f"{settings.SITE_URL}/") for url in urls.values()} == {True}


def test_addresses_of_the_description_lead_to_the_search(client, lupus):
    root = described(client)
    found = [each.get("template").replace("{searchTerms}", "wolf") for each in root.findall(f"{OPENSEARCH}Url")]
    assert found
    for url in found:
        response = client.get(url.removeprefix(settings.SITE_URL))
        assert response.status_code == 200, url
        assert "/conditions/lupus/" in response.text, url


def test_images_of_the_description_exist(client):
    images = [each.text for each in described(client).findall(f"{OPENSEARCH}Image")]
    assert images
    static = f"{settings.SITE_URL}{settings.STATIC_URL}"
    assert [url for url in images if not (url.startswith(static) and find(url.removeprefix(static)))] == []


def test_every_page_names_the_description(client, lupus):
    for address in ("/", "/conditions/lupus/", RESULTS):
        assert (
            f'type="application/opensearchdescription+xml" title="ImmunoPortal" href="{DESCRIPTION}"'
            in client.get(address).text
        )


# Where there is no page


@pytest.mark.parametrize(
    "path", ["/conditions/lupos/", "/wolf-disese", "/old/pages/systemic_lupus.html", "/Lupus/123/"]
)
def test_page_that_is_not_found_names_the_nearest(client, lupus, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "/conditions/lupus/" in links(response.text)
    assert '<form class="search-form" role="search" action="/search/"' in response.text


def test_page_that_is_not_found_names_lists_where_nothing_is_near(client, lupus):
    response = client.get("/xylophone/")
    assert response.status_code == 404
    assert "/conditions/lupus/" not in response.text
    assert {"/conditions/", "/therapies/", "/articles/"} <= set(links(response.text))


def test_guess_stands_in_the_form(client, lupus):
    assert re.search(r'<input[^>]* name="q" value="lupos erythematosis"', client.get("/a/lupos-erythematosis.php").text)


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("/conditions/systemic-lupus/", "systemic lupus"),
        ("/a/b_c.html", "b c"),
        ("/lupus/12/", "lupus"),
        ("/.env", ".env"),
        ("/", ""),
        ("/123/", ""),
        ("/…/", ""),
        ("/é\u0301\x00x/", "é\u0301 x"),
    ],
)
def test_guess_is_the_last_words_of_the_path(path, guess):
    assert views.guessed(path) == guess


def test_odd_paths_are_not_found_and_nothing_worse(client, lupus):
    paths = [
        "/" + "a" * 5_000,
        "/%00/",
        "/%ff%fe/",
        "/%ED%A0%80/",
        "/<script>alert(1)</script>/",
        "/a/../../etc/passwd",
    ]
    paths += ["/'; DROP TABLE x; --/", "/" + "a/" * 500, "/%E2%80%AEabc", "/wp-login.php", "/(a+)+$", "/" + "-" * 300]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 404, path
        assert "<script>alert" not in response.text


def test_page_that_is_not_found_says_so_without_the_database(client, lupus, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(views, "nearest", refuse)
    response = client.get("/conditions/lupos/")
    assert response.status_code == 404
    assert "/conditions/" in links(response.text)
    assert "/conditions/lupus/" not in response.text


def test_whole_page_that_is_not_found_needs_no_database(lupus):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        response = views.not_found(RequestFactory().get("/conditions/lupos/"), Http404())
    assert response.status_code == 404
    assert "/conditions/" in links(response.content.decode())


def test_withdrawn_page_says_so_and_is_no_page_that_was_not_found(client, lupus):
    withdraw(lupus)
    assert client.get("/conditions/lupus/").status_code == 410
