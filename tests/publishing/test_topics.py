"""What readers see of tags: as they stand, whatever the editions say."""

import pytest

from publishing import doors, tag_merges
from publishing.models import Edition, Tag
from publishing.topics import on_topic, read_topics, topics, topics_now
from tests.builders import make_article, make_tag, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags():
    return [make_tag(name) for name in ("a", "b", "c", "d")]


def public(title, *tags):
    page = make_article(title=title)
    page.tags.add(*tags)
    return published(page)


def merged(tag, into):
    tag_merges.merge(tag, into, by="tests")


def undone(tag):
    tag_merges.undo(Tag.objects.get(pk=tag.pk), by="tests")


def shown(client, page) -> list[tuple[str, str]]:
    reading = client.get(page.get_absolute_url()).context["reading"]
    return [(tag["slug"], tag["name"]) for tag in reading.tags]


def listed(client, address) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return sorted(edition.title for edition in response.context["page_obj"])


def related(client, page) -> list[str]:
    return [edition.title for edition in client.get(page.get_absolute_url()).context["reading"].related]


def test_page_leads_straight_to_the_tag_that_stands_for_its_own(client, tags):
    a, b, c, _d = tags
    page = public("Page", a, c)
    merged(a, b)
    assert shown(client, page) == [("b", "b"), ("c", "c")]
    text = client.get(page.get_absolute_url()).text
    assert ('href="/tags/b/">b</a>' in text, "/tags/a/" in text) == (True, False)
    merged(b, c)
    assert shown(client, page) == [("c", "c")]
    undone(b)
    undone(a)
    assert shown(client, page) == [("a", "a"), ("c", "c")]


def test_page_that_had_both_shows_one(client, tags):
    a, b, _c, _d = tags
    page = public("Page", a, b)
    merged(a, b)
    assert shown(client, page) == [("b", "b")]


def test_page_shows_a_tag_as_it_is_called_now(client, tags):
    page = public("Page", *tags[:2])
    tags[0].name = "zoster “x”"
    tags[0].save()
    assert shown(client, page) == [("b", "b"), ("a", "zoster “x”")]


def test_page_without_tags_shows_none(client, tags):
    page = public("Page")
    assert shown(client, page) == []
    assert 'class="tags"' not in client.get(page.get_absolute_url()).text


def test_topics_are_the_same_in_a_query_and_for_a_snapshot(tags):
    a, b, _c, _d = tags
    page = public("Page", *tags)
    merged(a, b)
    edition = Edition.objects.annotate(topics=topics()).get(pk=page.live_id)
    assert read_topics(edition.topics) == topics_now(edition.snapshot["tags"])
    assert [topic["slug"] for topic in read_topics(edition.topics)] == ["b", "c", "d"]


def test_list_of_a_tag_has_the_pages_of_those_that_were_merged(client, tags):
    a, b, c, d = tags
    for name, each in {"On a": [a], "On b": [b], "On both": [a, b], "On c": [c], "On d": [d]}.items():
        public(name, *each)
    merged(a, b)
    assert listed(client, "/tags/b/") == ["On a", "On b", "On both"]
    merged(b, c)
    assert listed(client, "/tags/c/") == ["On a", "On b", "On both", "On c"]
    undone(b)
    assert listed(client, "/tags/b/") == ["On a", "On b", "On both"]
    undone(a)
    assert listed(client, "/tags/a/") == ["On a", "On both"]
    assert listed(client, "/tags/b/") == ["On b", "On both"]
    assert listed(client, "/tags/c/") == ["On c"]


def test_address_of_a_merged_tag_leads_to_the_one_that_stands_for_it_in_one_step(client, tags):
    a, b, c, _d = tags
    public("Page", a)
    merged(a, b)
    merged(b, c)
    for slug in "ab":
        response = client.get(f"/tags/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/tags/c/")
        # Undone, it must not go on in the memory of a browser.
        assert response["Cache-Control"] == "no-cache"
        assert "Set-Cookie" not in response
    undone(b)
    assert client.get("/tags/a/")["Location"] == "/tags/b/"
    assert client.get("/tags/c/").status_code == 404


def test_address_of_a_merged_tag_leads_nowhere_while_no_page_is_public(client, tags):
    a, b, _c, _d = tags
    page = make_article()
    page.tags.add(a)
    merged(a, b)
    assert [client.get(f"/tags/{slug}/").status_code for slug in "ab"] == [404, 404]
    published(page)
    assert [client.get(f"/tags/{slug}/").status_code for slug in "ab"] == [301, 200]
    doors.withdraw(page, by="tests", reason="Outdated.")
    assert [client.get(f"/tags/{slug}/").status_code for slug in "ab"] == [404, 404]


def test_pages_are_related_by_what_their_tags_stand_for(client, tags):
    a, b, c, d = tags
    page = public("This one", a, c)
    public("On b", b)
    public("On b and c", b, c)
    public("On a and b", a, b)
    public("On d", d)
    assert related(client, page) == ["On a and b", "On b and c"]
    merged(a, b)
    # One that had both shares one topic with it, not two.
    assert related(client, page) == ["On b and c", "On a and b", "On b"]
    undone(a)
    assert related(client, page) == ["On a and b", "On b and c"]


def test_drafts_tagged_anew_are_on_no_list(client, tags):
    a, b, _c, _d = tags
    public("Public", a)
    make_article(title="Draft").tags.add(a)
    merged(a, b)
    assert listed(client, "/tags/b/") == ["Public"]
    assert on_topic(b).count() == 1


def test_page_published_after_the_merge_is_tied_to_the_other_tag(client, tags):
    a, b, _c, _d = tags
    page = make_article(title="Later")
    page.tags.add(a)
    merged(a, b)
    page = published(page)
    assert page.live.snapshot["tags"] == [{"slug": "b", "name": "b"}]
    undone(a)
    # Published since with b, it stays there until it is published anew.
    assert listed(client, "/tags/b/") == ["Later"]
    published(page)
    assert listed(client, "/tags/a/") == ["Later"]


def test_merged_tags_are_named_on_no_public_page(client, tags):
    odd = make_tag("Quaxolind")
    page = public("Page", odd)
    merged(odd, tags[0])
    for address in ("/", "/sitemap.xml", "/feeds/", "/articles/", "/tags/a/", page.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert "quaxolind" not in response.text.casefold()
