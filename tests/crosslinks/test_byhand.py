"""Links made by hand: which win over automatic ones, and which lose their anchor because nothing public is there."""

from html import escape

import html5lib
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslinks import layout
from crosslinks.byhand import HandLink, address_of, anchors, dead_anchors
from crosslinks.models import Mention
from crosslinks.showing import links_of
from crosslinks.splicing import splice
from publishing import doors
from publishing.models import Page
from tests.builders import make_article, make_condition, make_therapy, published
from tests.crosslinks.test_layout import bodies
from tests.crosslinks.test_splicing import shape


def article_linking(href, words="this treatment", *, around="<p>Lion drug helps. {}</p>"):
    return make_article(body=around.format(f'<a href="{href}">{words}</a>'))


def shown(client, page):
    """The body of a public page, as it is sent."""
    text = client.get(page.get_absolute_url()).text
    return text[text.index('<div class="prose page-body">') : text.index('<div class="page-end">')]


def linked(page):
    edition = Page.objects.get(pk=page.pk).live
    return [edition.html[link.place.start : link.place.end] for link in links_of(edition)]


def stored():
    mentions = set(Mention.objects.values_list("edition", "target", "name", "start", "end", "is_accepted", "reason"))
    return mentions, set(HandLink.objects.values_list("edition", "kind", "slug"))


# Addresses


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/therapies/ivig/", ("therapy", "ivig")),
        ("/therapies/ivig", ("therapy", "ivig")),
        ("/conditions/asthma/#causes", ("condition", "asthma")),
        ("/articles/a-b/?from=here#x", ("article", "a-b")),
        ("http://testserver/therapies/ivig/", ("therapy", "ivig")),
        ("https://TESTSERVER/therapies/ivig/", None),
        ("http://testserver:80/therapies/ivig/", ("therapy", "ivig")),
        ("http://testserver:81/therapies/ivig/", None),
        ("https://elsewhere.example/therapies/ivig/", None),
        ("/therapies/", None),
        ("/articles/category/ivig/", None),
        ("/admin/", None),
        ("/people/ivig/", None),
        ("#causes", None),
        ("mailto:therapies@example.org", None),
        (f"/therapies/{'x' * 101}/", None),
        ("http://[broken/therapies/ivig/", None),
    ],
)
def test_address_of_a_page_is_known(href, address):
    assert address_of(href) == address


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            '<p>First. Take <a href="/x/">this <em>new</em> drug &amp;</a> now.</p>',
            ("Take ", "this new drug &", " now."),
        ),
        ('<p>Take <a href="/x/"></a></p>', None),
    ],
)
def test_sentence_around_a_link_is_found(html, words):
    start, end = html.index('"/x/">') + 6, html.index("</a>")
    sentence = layout.read(html).sentence_between(start, end)
    assert (sentence and (sentence.before, sentence.mention, sentence.after)) == words


# A link by hand wins


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/therapies/lion/", "http://testserver/therapies/lion/?x=1#harms"])
def test_page_linked_by_hand_has_no_automatic_link_to_the_same_page(address):
    published(make_therapy(title="Lion drug", slug="lion"))
    other = published(article_linking("/therapies/another/"))
    assert linked(other) == ["Lion drug"]
    page = published(article_linking(escape(address)))
    assert linked(page) == []
    assert [mention.reason for mention in page.live.mentions.all()] == ["linked by hand"]


@pytest.mark.django_db
def test_link_by_hand_leaves_other_pages_their_automatic_links():
    published(make_therapy(title="Lion drug", slug="lion"))
    published(make_therapy(title="Tiger drug"))
    page = published(article_linking("/therapies/lion/", around="<p>Lion drug, tiger drug, {}.</p>"))
    assert linked(page) == ["tiger drug"]


@pytest.mark.django_db
def test_past_address_counts_as_the_page():
    therapy = published(make_therapy(title="Lion drug", slug="lion"))
    therapy.slug = "lion-drug"
    therapy.save()
    published(therapy)
    assert linked(published(article_linking("/therapies/lion/"))) == []


@pytest.mark.django_db
def test_page_that_moves_to_an_address_linked_by_hand_loses_its_automatic_link_there():
    therapy = published(make_therapy(title="Lion drug", slug="lion"))
    page = published(article_linking("/therapies/lion-drug/"))
    assert linked(page) == ["Lion drug"]
    therapy.slug = "lion-drug"
    therapy.save()
    published(therapy)
    assert linked(page) == []
    before = stored()
    call_command("rederive", "--afresh")
    assert stored() == before


@pytest.mark.django_db
def test_links_by_hand_are_kept_for_live_editions_only():
    page = published(article_linking("/therapies/lion/"))
    assert stored()[1] == {(page.live_id, "therapy", "lion")}
    page.body = "<p>Nothing.</p>"
    page.save()
    published(page)
    assert stored()[1] == set()


@pytest.mark.django_db
@pytest.mark.parametrize("around", ["<p>{}</p>", "<p>Lion drug, also known as {}.</p>"])
def test_page_linked_by_hand_counts_among_those_that_mention_it(client, around):
    therapy = published(make_therapy(title="Lion drug", slug="lion"))
    page = published(article_linking("/therapies/lion/", "the lion drug", around=around))
    published(make_article(title="Not this one", body="<h2>Lion drug</h2><p>Nothing else.</p>"))
    text = client.get(therapy.get_absolute_url()).text
    assert page.title in text
    assert "Not this one" not in text


# What is not public


@pytest.mark.django_db
def test_withdrawing_a_page_unwraps_links_to_it_from_the_next_request_on(client):
    therapy = published(make_therapy(title="Lion drug", slug="lion"))
    page = published(article_linking("/therapies/lion/#harms", "this <strong>strong</strong> &amp; new drug"))
    whole = '<a href="/therapies/lion/#harms">this <strong>strong</strong> &amp; new drug</a>'
    assert whole in shown(client, page)
    before = page.live.html
    doors.withdraw(therapy, by="tests", reason="Outdated.")
    body = shown(client, page)
    assert "this <strong>strong</strong> &amp; new drug" in body
    assert "/therapies/lion/" not in body
    assert Page.objects.get(pk=page.pk).live.html == before
    published(Page.objects.get(pk=therapy.pk).concrete)
    assert whole in shown(client, page)


@pytest.mark.django_db
def test_links_to_what_never_was_public_are_unwrapped(client):
    make_therapy(slug="only-a-draft")
    page = published(
        make_article(
            body='<p><a href="/therapies/only-a-draft/">draft</a> <a href="http://testserver/conditions/typo/">typo</a></p>'
        )
    )
    body = shown(client, page)
    assert "draft typo" in body
    assert "<a " not in body


@pytest.mark.django_db
def test_past_address_of_a_public_page_stays_a_link_and_of_a_withdrawn_page_does_not(client):
    therapy = published(make_therapy(title="Lion drug", slug="lion"))
    therapy.slug = "lion-drug"
    therapy.save()
    therapy = published(therapy)
    page = published(article_linking("/therapies/lion/"))
    assert '<a href="/therapies/lion/">' in shown(client, page)
    doors.withdraw(therapy, by="tests", reason="Outdated.")
    assert "/therapies/lion/" not in shown(client, page)


@pytest.mark.django_db
def test_other_links_are_not_touched(client):
    links = (
        '<p><a href="https://elsewhere.example/therapies/lion/">a</a> <a href="mailto:a@example.org">b</a> '
        '<a href="#x">c</a> <a href="http://testserver/therapies/">d</a></p>'
    )
    assert links in shown(client, published(make_article(body=links)))


@pytest.mark.django_db
def test_unwrapped_and_automatic_links_stand_side_by_side(client):
    published(make_therapy(title="Lion drug", slug="lion"))
    page = published(
        make_article(
            body='<p>A<a href="/therapies/gone/">b</a> <strong>Lion drug</strong>; '
            'c <a href="/therapies/gone/">d</a>.</p>'
        )
    )
    expected = '<p>Ab <strong><a class="crosslink" href="/therapies/lion/">Lion drug</a></strong>; c d.</p>'
    assert expected in shown(client, page)


@pytest.mark.django_db
def test_preview_shows_what_readers_would_see(admin_client):
    page = make_article(
        slug="mine", body='<p><a href="/articles/mine/#x">self</a> <a href="/therapies/gone/">gone drug</a></p>'
    )
    text = admin_client.get(f"/admin/articles/article/{page.pk}/preview/").text
    assert "gone drug" in text
    assert "/therapies/gone/" not in text
    assert '<a href="/articles/mine/#x">self</a>' in text


@pytest.mark.django_db
@pytest.mark.parametrize("links", [1, 12])
def test_links_to_pages_cost_one_query_and_none_without_them(django_assert_num_queries, links):
    for number in range(links):
        published(make_condition(slug=f"there-{number}"))
    html = "".join(f'<a href="/conditions/there-{number}/">x</a>' for number in range(links))
    with django_assert_num_queries(1):
        assert dead_anchors(html) == []
    with django_assert_num_queries(1):
        assert len(dead_anchors(html.replace("there", "gone"))) == links
    with django_assert_num_queries(0):
        assert dead_anchors('<a href="https://elsewhere.example/">x</a>') == []


def tree(html, *, without=()):
    fragment = html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False)
    for node in fragment.childNodes:
        for anchor in node.getElementsByTagName("a") if hasattr(node, "getElementsByTagName") else ():
            if anchor.getAttribute("href") in without:
                anchor.setAttribute("class", "unwrapped")
    return shape(fragment, "unwrapped")


HREFS = ("/therapies/a/", "http://testserver/conditions/b/?x=1&amp;y=2#c", "https://elsewhere.example/", "#d")
links = st.tuples(st.sampled_from(HREFS), st.sampled_from(["word", "&amp;", "<em>two</em> words", ""])).map(
    lambda pair: f'<p>before <a href="{pair[0]}">{pair[1]}</a> after</p>'
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(links, bodies), max_size=6).map("".join))
def test_unwrapping_changes_nothing_but_the_anchors(html):
    tags = [tag for anchor in anchors(html) for tag in anchor.tags]
    internal = {"/therapies/a/", "http://testserver/conditions/b/?x=1&y=2#c"}
    spliced = splice(html, [], without=tags)
    assert tree(spliced) == tree(html, without=internal)
    assert len(tags) == 2 * sum(html.count(f'<a href="{href}">') for href in HREFS[:2])
    assert not any(f'<a href="{href}">' in spliced for href in HREFS[:2])


@pytest.mark.django_db
def test_link_by_hand_to_an_address_that_a_page_takes_later_counts():
    condition = published(make_condition(title="Zebra disease", slug="zebra"))
    article = published(make_article(body='<p><a href="/conditions/new-zebra/">Zebra disease</a>.</p>'))
    condition.slug = "new-zebra"
    condition.save()
    published(condition)
    assert set(article.live.mentions.values_list("reason", flat=True)) == {"linked by hand"}


@pytest.mark.django_db
def test_links_by_hand_follow_the_address_of_the_site(settings):
    condition = published(make_condition(slug="zebra"))
    article = published(make_article(body=f'<p><a href="{settings.SITE_URL}/conditions/zebra/">Zebra</a>.</p>'))
    assert article.live.hand_links.exists()
    settings.SITE_URL = "https://another.example"
    call_command("rederive", verbosity=0)
    assert not article.live.hand_links.exists()
    assert condition.live is not None
