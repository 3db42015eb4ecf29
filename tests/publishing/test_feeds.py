"""The feeds: what is in them and what is not, that they are Atom, and that nothing of a draft is."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings

from publishing import doors
from publishing.models import Notice, NoticeEnd, Page
from tests.builders import (
    make_article,
    make_category,
    make_condition,
    make_person,
    make_therapy,
    publish,
    published,
    signed,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "/feeds/"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 (made by ourselves)


def titles(client, address=SITE):
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).findall(f"{ATOM}entry")]


def texts(client, address=SITE):
    """What each entry says, without its markup."""
    summaries = [entry.findtext(f"{ATOM}summary") for entry in read(client, address).findall(f"{ATOM}entry")]
    return [unescape(re.sub(r"<[^>]+>", " ", summary)) for summary in summaries]


def change(page, *, note="What changed", change="major", **values):
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    return publish(signed(page), note=note, change=change)


def issue(page, text="Stop and ask."):
    person = make_person(name="Nora Notice", credentials="MD")
    return Notice.append(
        page_id=page.pk,
        subject=page.title,
        text=text,
        issued_by="tests",
        signer=person,
        signer_name=person.name,
        signer_credentials=person.credentials,
        expires_at=MONDAY + 300 * DAY,
    )


@pytest.fixture
def asthma(time_machine_at):
    time_machine_at(MONDAY)
    return published(make_condition(title="Asthma", slug="asthma", group="allergy"))


def test_feed_tells_of_changes_corrections_withdrawals_and_notices_newest_first(client, asthma, time_machine_at):
    def next_day():
        time_machine_at(MONDAY + next(days) * DAY)

    days = iter(range(1, 9))
    next_day()
    change(asthma, summary="Changed.", note="A new treatment.")
    next_day()
    change(asthma, summary="Corrected.", change="correction", note="The dose was wrong.")
    next_day()
    notice = issue(asthma, "Do not use batch 7.")
    next_day()
    NoticeEnd.append(notice=notice, reason="The batch is gone.", ended_by="tests")
    next_day()
    doors.withdraw(Page.objects.get(pk=asthma.pk), by="tests", reason="It harms.")
    assert titles(client) == [
        "Withdrawn: Asthma",
        "Safety notice ended: Asthma",
        "Safety notice: Asthma",
        "Correction: Asthma",
        "Changed: Asthma",
        "New: Asthma",
    ]
    said = texts(client)
    for place, words in enumerate(
        ("It harms.", "The batch is gone.", "Do not use batch 7.", "The dose was wrong.", "A new treatment.", "First")
    ):
        assert words in said[place]
    assert "Signed by Nora Notice, MD." in said[2]
    assert "Reviewed by Rosa Signer, MD, on 2026-03-04." in said[3]


def test_small_changes_and_repeated_reviews_are_left_out(client, asthma, time_machine_at):
    for day, kind in enumerate(("minor", "review"), start=1):
        time_machine_at(MONDAY + day * DAY)
        publish(signed(asthma), change=kind, note="Quiet")
    assert titles(client) == ["New: Asthma"]
    assert "Quiet" not in client.get(SITE).text


def test_emergency_is_told_with_its_reason(client, asthma):
    asthma.summary = "In a hurry."
    asthma.save()
    doors.publish(asthma, by="tests", note="", override_reason="A batch is poisoned.")
    assert "Published in an emergency, without a review: A batch is poisoned." in texts(client)[0]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/feeds/", ["New: Asthma", "New: Lupus", "New: News", "New: Other news", "New: Spray"]),
        ("/feeds/conditions/", ["New: Asthma", "New: Lupus"]),
        ("/feeds/therapies/", ["New: Spray"]),
        ("/feeds/articles/", ["New: News", "New: Other news"]),
        ("/feeds/conditions/allergy/", ["New: Asthma"]),
        ("/feeds/articles/fresh/", ["New: News"]),
        ("/articles/category/fresh/feed/", ["New: News"]),
        ("/conditions/asthma/feed/", ["New: Asthma"]),
    ],
)
def test_each_feed_holds_its_part(client, asthma, address, expected):
    published(make_condition(title="Lupus", group="autoimmune"))
    published(make_therapy(title="Spray"))
    published(make_article(title="News", category=make_category(slug="fresh")))
    published(make_article(title="Other news"))
    assert sorted(titles(client, address)) == expected


@pytest.mark.parametrize("place", ["", "conditions/", "conditions/allergy/"])
def test_notices_stand_in_the_feeds_of_their_page(client, asthma, place):
    issue(published(make_therapy()), "About another page.")
    issue(asthma, "About asthma.")
    said = " ".join(texts(client, f"/feeds/{place}"))
    assert "About asthma." in said
    assert ("About another page." in said) == (place == "")


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/nothing/",
        "/feeds/conditions/nothing/",
        "/feeds/admin/",
        "/articles/category/nothing/feed/",
        "/articles/category/empty/feed/",
        "/conditions/nothing/feed/",
        f"/feeds/{'9' * 5000}/",
        "/feeds/%00/",
        "/feeds/conditions/%F0%9F/",
        f"/feeds/conditions/{'x' * 5000}/",
    ],
)
def test_feed_of_nothing_answers_404(client, asthma, address):
    make_article(category=make_category(slug="empty"))
    assert client.get(address).status_code == 404


def test_feed_is_atom_with_addresses_of_the_site(client, asthma):
    change(asthma, summary="Changed.")
    issue(asthma)
    response = client.get("/conditions/asthma/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    feed = read(client, "/conditions/asthma/feed/")
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"{settings.SITE_URL}/conditions/asthma/",
        "self": f"{settings.SITE_URL}/conditions/asthma/feed/",
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == settings.PUBLISHER_NAME
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == MONDAY
        address = entry.find(f"{ATOM}link").get("href")
        assert address.startswith(f"{settings.SITE_URL}/conditions/asthma/history/")
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


def test_identities_are_unique_and_outlive_a_move(client, asthma, time_machine_at):
    def identities():
        return [entry.findtext(f"{ATOM}id") for entry in read(client, SITE).findall(f"{ATOM}entry")]

    issue(asthma)
    issue(asthma)
    before = identities()
    assert len(set(before)) == 3
    assert all(re.fullmatch(r"tag:testserver,2026-03-02:[0-9a-f]{64}", identity) for identity in before)
    time_machine_at(MONDAY + DAY)
    change(asthma, slug="moved", title="Renamed")
    assert identities()[1:] == before
    hrefs = [entry.find(f"{ATOM}link").get("href") for entry in read(client, SITE).findall(f"{ATOM}entry")]
    assert all("/conditions/moved/" in href for href in hrefs)


def test_feed_ends_after_fifty_entries(client, time_machine_at):
    time_machine_at(MONDAY)
    page = published(make_article())
    for number in range(60):
        time_machine_at(MONDAY + (number + 1) * DAY)
        issue(page, f"Notice {number}.")
    said = texts(client)
    assert len(said) == 50
    assert "Notice 59." in said[0]


def test_feed_of_a_site_without_pages_is_empty_and_the_same_each_time(client, time_machine_at):
    first = client.get(SITE).content
    time_machine_at(MONDAY)
    assert client.get(SITE).content == first
    assert titles(client) == []


def test_words_are_text_whatever_is_in_them(client, asthma):
    change(asthma, title="A < B & “C”", note="<script>alert(1)</script>\x0b & ]]> \x1f")
    entry = read(client, SITE).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Changed: A < B & “C”"
    summary = entry.findtext(f"{ATOM}summary")
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt; </p>" in summary


def test_nothing_of_a_draft_is_in_any_feed(client):
    """Neither of a page that never was public nor of the next state of one that is."""
    odd = "zyxwlk"
    draft = make_condition(title=f"Draft {odd}", slug=f"draft-{odd}", summary=odd)
    page = published(make_article(title="Public", slug="public"))
    page.title, page.summary, page.body, page.slug = f"Next {odd}", odd, f"<h2>{odd}</h2><p>{odd}</p>", f"next-{odd}"
    page.category = make_category(name=odd, slug=odd)
    page.save()
    for address in (SITE, "/feeds/articles/", "/articles/public/feed/"):
        assert titles(client, address) == ["New: Public"]
        assert odd not in client.get(address).text
    for address in (
        f"/articles/category/{odd}/feed/",
        f"{draft.get_absolute_url()}feed/",
        f"/articles/next-{odd}/feed/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(SITE, 4), ("/feeds/articles/", 4), ("/feeds/articles/kept/", 5)])
def test_number_of_queries_does_not_depend_on_how_much_is_in_it(
    client, django_assert_num_queries, items, address, queries
):
    category = make_category(slug="kept")
    for _ in range(items):
        page = published(make_article(category=category))
        change(page, summary="Changed.")
        NoticeEnd.append(notice=issue(page), reason="Over", ended_by="tests")
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.text.count("<entry>") == 4 * items


def test_feed_takes_no_other_method_and_sets_no_cookie(client, asthma):
    for address in (SITE, "/feeds/conditions/", "/conditions/asthma/feed/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert client.post(address).status_code == 405
