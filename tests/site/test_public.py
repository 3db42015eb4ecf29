"""What holds for every public address."""

import re

import pytest
from django.conf import settings
from django.utils.timezone import localdate

from immunoportal.sitemaps import PageSitemap
from publishing.kinds import page_models
from tests import builders
from tests.builders import make_caution, make_indication, make_reference, make_tag, published

pytestmark = pytest.mark.django_db
CITED = '<p>First.<sup data-ref="{0}"></sup></p><h3>Detail</h3><p>Again.<sup data-ref="{0}"></sup></p>'


@pytest.fixture
def addresses():
    """One public page of every kind, with everything a page can have; and every list that shows them."""
    reference = make_reference(key="cited", url="https://example.org/", doi="10.1000/1")
    row = make_indication(references=[reference])
    make_caution(condition=row.condition, therapy=row.therapy, references=[reference])
    article = builders.make_article(body=CITED.format("cited").replace("h3", "h2"))
    condition, therapy = row.condition, row.therapy
    condition.overview = f"{CITED.format('cited')}<p>{therapy.title} helps.</p>"
    therapy.harms = f"{CITED.format('cited')}<p>Not in {condition.title}.</p>"
    article.body += f"<p>{condition.title}, {therapy.title}.</p>"
    builders.make_name(therapy, "helper", kind="plain")
    for page in (condition, therapy, article):
        page.save()
        page.tags.add(make_tag("shared"))
        published(page)
    lists = [model.get_list_url() for model in page_models()]
    person = article.authors.get()
    pages = [page.get_absolute_url() for page in (condition, therapy, article)]
    mentions = [f"{page.get_absolute_url()}mentioned-in/" for page in (condition, therapy)]
    return [
        "/",
        *lists,
        *pages,
        *mentions,
        "/tags/shared/",
        person.get_absolute_url(),
        article.category.get_absolute_url(),
    ]


@pytest.fixture
def past(addresses):
    """What stands below the page of each kind: its history, and what readers saw of it."""
    pages = [address for address in addresses if re.fullmatch(r"/\w+/(condition|therapy|article)-\d+/", address)]
    assert len(pages) == len(page_models())
    today = localdate().isoformat()
    below = ("history/", "history/1/", f"as-of/{today}/", f"changes/?since={today}")
    return [f"{page}{each}" for page in pages for each in below]


def test_every_kind_has_a_builder():
    assert {model.kind_name() for model in page_models()} == {
        name.removeprefix("make_")
        for name in dir(builders)
        if name in {"make_article", "make_condition", "make_therapy"}
    }


def test_pages_have_one_h1_a_title_a_description_and_a_canonical_address(client, addresses):
    titles = []
    for address in addresses:
        text = client.get(address).text
        assert len(re.findall(r"<h1[ >]", text)) == 1, address
        assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in text
        assert re.search(r'<meta name="description" content="[^"]{20,}', text), address
        titles.append(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].strip())
    assert len(set(titles)) == len(titles)


def test_past_pages_have_one_h1_a_title_a_description_and_are_not_for_search_engines(client, past):
    titles = []
    for address in past:
        response = client.get(address)
        assert len(re.findall(r"<h1[ >]", response.text)) == 1, address
        assert response["X-Robots-Tag"] == "noindex"
        assert re.search(r'<meta name="description" content="[^"]{20,}', response.text), address
        titles.append(re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)[1].strip())
    assert len(set(titles)) == len(titles)


def test_pages_set_no_cookie_and_have_a_strict_policy(client, addresses, past):
    for address in [*addresses, *past, "/feeds/", "/nowhere/", "/sitemap.xml", "/robots.txt"]:
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "unsafe-" not in response["Content-Security-Policy"]
        assert "nonce" not in response["Content-Security-Policy"], address
        assert response["X-Content-Type-Options"] == "nosniff"


def test_pages_are_the_same_bytes_for_two_strangers(client, addresses, past):
    from django.test import Client  # noqa: PLC0415 (one use)

    for address in [*addresses, *past]:
        assert client.get(address).content == Client().get(address).content, address


def test_pages_hold_no_inline_code_and_name_no_other_host(client, addresses, past):
    for address in [*addresses, *past]:
        text = client.get(address).text
        assert "style=" not in text
        # Data and modules of our own.
        allowed = (
            r' type="application/(?:ld\+)?json"| id="[a-z-]+" type="application/json"| type="module" src="/static/'
        )
        assert not re.findall(rf"<script(?!{allowed})", text), address
        loaded = re.findall(r'(?:src|srcset)="([^"]+)"|<link[^>]+rel="(?:stylesheet|icon)[^>]*href="([^"]+)"', text)
        assert all(address.startswith("/") for pair in loaded for address in pair if address)


def test_identifiers_are_unique_and_every_fragment_leads_somewhere(client, addresses, past):
    for address in [*addresses, *past]:
        text = client.get(address).text
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), address
        assert [target for target in re.findall(r'href="#([^"]+)"', text) if target not in ids] == [], address


def test_links_inside_the_site_answer_200(client, addresses, past):
    seen = set()
    for address in [*addresses, *past]:
        seen |= set(re.findall(r'href="(/[^"#]*)"', client.get(address).text))
    wrong = {target: client.get(target).status_code for target in seen if not target.startswith("/static/")}
    assert {target: status for target, status in wrong.items() if status != 200} == {}
    assert len(seen) > 10


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_take_no_other_method(client, addresses, past, method):
    for address in [*addresses, *past, "/feeds/"]:
        assert getattr(client, method)(address).status_code == 405, address


ODD = ["%00", "a%00b", "%F0%9F%92%89", "%F0%9F", "%ED%A0%80", "9" * 30, "9" * 5000, "x" * 5000, "0", "-1", "%0A", "%27"]
PLACES = [
    "/{}",
    "/conditions/{}/",
    "/therapies/{}/",
    "/articles/{}/",
    "/articles/category/{}/",
    "/conditions/{}/history/",
    "/conditions/{}/history/{}/",
    "/conditions/{}/as-of/{}/",
    "/conditions/{}/changes/?since={}",
    "/conditions/{}/feed/",
    "/articles/category/{}/feed/",
    "/feeds/{}/",
    "/feeds/conditions/{}/",
    "/feeds/?q={}",
    "/tags/{}/",
    "/people/{}/",
    "/media/{}-480.webp",
    "/media/name-{}.webp",
    "/?page={}",
    "/articles/?page={}",
    "/conditions/?group={}",
    "/therapies/?group={}",
    "/sitemap.xml?p={}",
    "/sitemap.xml?section={}",
    "/robots.txt?q={}",
    "/favicon.ico?q={}",
    "/healthz?q={}",
    "/readyz?q={}",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_odd_addresses_are_no_server_error(client, place, odd):
    assert client.get(place.replace("{}", odd)).status_code in {200, 301, 404}


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_odd_parameters_of_public_pages_are_no_server_error(client, addresses, odd):
    for address in addresses:
        for name in ("page", "group", "q"):
            assert client.get(f"{address}?{name}={odd}").status_code == 200, address


def test_sitemap_lists_live_pages_by_the_address_of_the_site(client, addresses):
    text = client.get("/sitemap.xml").text
    for address in addresses[1:7]:
        assert f"<loc>{settings.SITE_URL}{address}</loc>" in text


def test_sitemap_goes_on_with_a_second_page_where_the_first_is_full(client, addresses, monkeypatch):
    def listed(page):
        return re.findall(r"<loc>(.*?)</loc>", client.get(f"/sitemap.xml?p={page}").text)

    whole = listed(1)
    monkeypatch.setattr(PageSitemap, "limit", 3)
    assert len(whole) == 7
    assert [listed(page) for page in (1, 2, 3)] == [whole[:3], whole[3:6], whole[6:]]
    assert client.get("/sitemap.xml?p=4").status_code == 404


def test_sitemap_holds_as_many_addresses_as_the_protocol_allows():
    assert PageSitemap.limit == 50_000


def test_health_checks(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
