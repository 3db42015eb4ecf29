"""What readers get: links that follow the vocabulary and the public pages from one request to the next."""

import json
import re
from urllib.parse import urlsplit

import pytest

from crosslinks.changes import Change, apply
from crosslinks.models import Block, Mention, Name
from crosslinks.showing import links_of
from publishing import doors
from publishing.models import Edition, Page
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_reference,
    make_tag,
    make_therapy,
    make_user,
    publish,
    published,
)

pytestmark = pytest.mark.django_db
CROSSLINK = re.compile(r'<a class="crosslink" href="([^"]+)">([^<]+)</a>')
IVIG = "/therapies/ivig/"
LUPUS = "/conditions/lupus/"


def article_saying(*paragraphs, **values):
    return published(make_article(body="".join(f"<p>{text}</p>" for text in paragraphs), **values))


def article_with(body, **values):
    return published(make_article(body=body, **values))


def shown(client, page):
    return client.get(page.get_absolute_url()).text


def crosslinks(client, page):
    """The address and the words of each."""
    return CROSSLINK.findall(shown(client, page))


def definitions(text):
    return json.loads(re.search(r'<script id="crosslink-definitions" type="application/json">(.*?)</script>', text)[1])


def crawl(client):
    """Every public page that links and the sitemap lead to, by address."""
    waiting, found = ["/", "/sitemap.xml"], {}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.text
        links = re.findall(r'href="(/[^"#]*)"', response.text)
        links += [urlsplit(location).path for location in re.findall(r"<loc>(.*?)</loc>", response.text)]
        waiting += {link for link in links if not link.startswith("/static/")} - found.keys() - set(waiting)
    return found


@pytest.fixture
def small_site():
    """A therapy and a condition that are named in texts, rows, lists, by hand as related pages, and under a topic."""
    ivig = make_therapy(title="Intravenous immunoglobulin", slug="ivig", harms="<p>In lupus it may harm.</p>")
    lupus = make_condition(title="Lupus", slug="lupus", overview="<p>Some people have intravenous immunoglobulin.</p>")
    asthma = make_condition(title="Asthma", overview="<p>Not treated with intravenous immunoglobulin.</p>")
    ivig.tags.add(make_tag("antibodies"))
    lupus.tags.add(make_tag("antibodies"))
    make_indication(condition=lupus, therapy=ivig)
    make_caution(condition=asthma, therapy=ivig)
    for page in (ivig, lupus, asthma):
        published(page)
    for number in range(12):
        article = make_article(
            body=f"<p>Intravenous immunoglobulin in lupus, part {number}.</p>", title=f"Part {number}"
        )
        article.related.set([ivig, lupus])
        published(article)


def change_names(**change):
    return apply(Change(**change), by=make_user("administrator"))


def test_withdrawn_therapy_has_no_link_left_on_any_public_page(client, small_site):
    by_hand = article_saying(f'<a href="{IVIG}">The drip</a> is made from plasma.')
    before = crawl(client)
    assert f"{IVIG}mentioned-in/" in before
    assert len([address for address, text in before.items() if f'"{IVIG}"' in text]) > 15
    doors.withdraw(Page.objects.get(address="ivig"), by="tests", reason="Wrong.")
    after = crawl(client)
    # But to its history, which those of other pages name.
    others = {address: text.replace(f"{IVIG}history/", "") for address, text in after.items()}
    assert [address for address, text in others.items() if IVIG in text and not address.startswith(IVIG)] == []
    assert after.keys() >= {page.get_absolute_url() for page in Page.objects.live()}
    part = next(page for page in Page.objects.live() if page.title == "Part 3")
    text = after[part.get_absolute_url()]
    assert f'<p>Intravenous immunoglobulin in <a class="crosslink" href="{LUPUS}">lupus</a>, part 3.</p>' in text
    assert "<p>The drip is made from plasma.</p>" in after[by_hand.get_absolute_url()]
    assert client.get(f"{IVIG}mentioned-in/").status_code == 404


def test_renamed_condition_has_its_new_name_and_address_everywhere(client, small_site):
    condition = Page.objects.get(address="lupus").concrete
    condition.title, condition.slug = "Systemic lupus erythematosus", "sle"
    condition.save()
    publish(condition, by="tests")
    new = "/conditions/sle/"
    site = crawl(client)
    assert [address for address, text in site.items() if LUPUS in text] == []
    assert f"{new}mentioned-in/" in site

    part = next(page for page in Page.objects.live() if page.title == "Part 3")
    text = site[part.get_absolute_url()]
    assert f'<a class="crosslink" href="{new}">lupus</a>' in text
    assert {url: each["title"] for url, each in definitions(text).items()} == {
        IVIG: "Intravenous immunoglobulin",
        new: "Systemic lupus erythematosus",
    }
    plain_link = f'<a href="{new}">Systemic lupus erythematosus</a>'
    for place in (part.get_absolute_url(), IVIG, "/conditions/", "/tags/antibodies/"):
        assert plain_link in site[place], place
    assert ">Lupus</a>" not in "".join(site.values())

    for below in ("", "mentioned-in/"):
        moved = client.get(f"{LUPUS}{below}")
        assert (moved.status_code, moved["Location"]) == (301, f"{new}{below}")
    assert crosslinks(client, article_saying("Systemic lupus erythematosus.")) == [
        (new, "Systemic lupus erythematosus")
    ]


def test_synonym_links_from_the_next_request_on_and_changes_no_stored_byte(client, small_site):
    article = article_saying("She had gamma globulin at home.")
    editions = list(Edition.objects.order_by("pk").values())
    assert crosslinks(client, article) == []

    name = Name(page=Page.objects.get(address="ivig"), text="gamma globulin", kind=Name.Kind.PLAIN)
    outcome = change_names(save=(name,))
    assert [page.title for page in outcome.pages] == [article.title]
    assert crosslinks(client, article) == [(IVIG, "gamma globulin")]

    change_names(remove=(name,))
    assert crosslinks(client, article) == []
    assert list(Edition.objects.order_by("pk").values()) == editions


def without_tokens(text: str) -> str:
    """Every form of a reader holds one of its own."""
    return re.sub(r'name="token" value="[^"]*"', "", text)


def test_two_requests_give_the_same_bytes(client, small_site):
    for address, text in crawl(client).items():
        assert without_tokens(client.get(address).text) == without_tokens(text), address


def test_only_the_first_mention_of_a_page_links(client, small_site):
    article = article_saying("Lupus is one thing.", "<strong>Lupus</strong> again, and lupus.")
    assert crosslinks(client, article) == [(LUPUS, "Lupus")]
    assert "<p>Lupus is one" not in shown(client, article)
    assert "<strong>Lupus</strong> again, and lupus." in shown(client, article)


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Lupus</h2><p>Text.</p>",
        "<h2>Text</h2><h3>About lupus</h3><p>Text.</p>",
        '<p><a href="https://example.org/">On lupus</a></p>',
        "<blockquote><p>I have lupus.</p></blockquote>",
        "<table><caption>On lupus</caption><tbody><tr><td>Text</td></tr></tbody></table>",
        '<table><thead><tr><th scope="col">Lupus</th></tr></thead><tbody><tr><td>Text</td></tr></tbody></table>',
        '<div data-help="emergency"><h3>Call now if</h3><p>you have lupus and faint</p></div>',
        "<p>Text<sup>lupus</sup></p>",
    ],
    ids=["h2", "h3", "link", "quotation", "caption", "header cell", "emergency", "raised"],
)
def test_zone_has_no_links_and_the_text_after_it_has(client, small_site, body):
    assert crosslinks(client, article_with(body)) == []
    assert crosslinks(client, article_with(f"{body}<p>Lupus is meant.</p>")) == [(LUPUS, "Lupus")]


def test_sources_rows_and_the_text_around_the_body_have_no_links(client, small_site):
    reference = make_reference(title="Lupus and what helps", key="on-lupus")
    article = article_with(
        '<p>Text.<sup data-ref="on-lupus"></sup></p>', title="What lupus is", summary="Lupus explained."
    )
    assert reference.title in shown(client, article)
    assert crosslinks(client, article) == []


def test_page_does_not_link_to_itself(client):
    condition = published(make_condition(title="Lupus", slug="lupus", overview="<p>Lupus is a disease.</p>"))
    assert "Lupus is a disease." in shown(client, condition)
    assert crosslinks(client, condition) == []


def test_dense_text_keeps_the_longest_names(client):
    titles = ["Asthma", "Psoriasis", "Celiac disease", "Graves disease", "Multiple sclerosis", "Kawasaki disease"]
    for title in titles:
        published(make_condition(title=title))
    article = article_saying(f"{', '.join(titles)}.")
    assert [words for _address, words in crosslinks(client, article)] == titles[2:]


def test_only_public_pages_are_linked(client):
    article = article_saying("Lupus, asthma and psoriasis.")
    make_condition(title="Lupus")
    asthma = published(make_condition(title="Asthma"))
    psoriasis = published(make_condition(title="Psoriasis"))
    doors.withdraw(psoriasis, by="tests", reason="Wrong.")
    assert crosslinks(client, article) == [(asthma.get_absolute_url(), "asthma")]


def test_titles_and_names_of_a_draft_link_nothing(client, small_site):
    """Neither those of a page that never was public nor those a public page will only get."""
    article = article_saying("Wolf disease or howling, also called moonlight.")
    make_name(make_condition(title="Wolf disease"), "howling")
    lupus = Page.objects.get(address="lupus").concrete
    lupus.title = "Moonlight"
    lupus.save()
    assert crosslinks(client, article) == []


def test_preview_shows_the_links_that_readers_would_get(client, small_site):
    client.force_login(make_user("editor"))
    article = make_article(body="<p>A draft on lupus.</p>")
    text = client.get(f"{article.get_admin_url().removesuffix('change/')}preview/").text
    assert "Preview of the draft" in text
    assert CROSSLINK.findall(text) == [(LUPUS, "lupus")]
    assert definitions(text)[LUPUS]["title"] == "Lupus"


def test_lists_and_topics_have_no_links_of_this_kind(client, small_site):
    site = crawl(client)
    lists = [text for address, text in site.items() if "mentioned-in" in address or address.count("/") < 3]
    lists.append(site["/tags/antibodies/"])
    assert len(lists) >= 7
    assert "crosslink" not in "".join(lists)


def test_sixty_mentions_cost_one_query(django_assert_num_queries):
    titles = [f"Disease {chr(65 + number) * 3}" for number in range(12)]
    for title in titles:
        published(make_condition(title=title))
    article = article_saying(*([" ".join([*titles, *["word"] * 400])] * 5))
    assert Mention.objects.accepted().filter(edition=article.live).count() == 60
    with django_assert_num_queries(1):
        links = links_of(article.live)
    assert len(links) == 12


def test_blocked_name_does_not_link_on_its_page_and_links_on_others(client, small_site):
    one, other = article_saying("Lupus here."), article_saying("Lupus there.")
    change_names(block=(Block(page=one, text="lupus", reason=Block.Reason.WRONG_SENSE),))
    assert crosslinks(client, one) == []
    assert crosslinks(client, other) == [(LUPUS, "Lupus")]


def test_key_facts_name_what_the_page_is_also_called_and_nothing_else(client):
    therapy = make_therapy(title="Zebra tablets")
    for text, values in {
        "stripe pills": {"kind": "plain"},
        "ZT": {"kind": "abbreviation", "linking": "evidence", "exact_case": True},
        "Zebrex": {"kind": "brand"},
        "zebra powder": {"kind": "former"},
        "member of the group": {"kind": "generic"},
        "wider word": {"kind": "plain", "linking": "evidence"},
        "hay pills": {"kind": "plain", "linking": "never"},
    }.items():
        make_name(therapy, text, **values)
    text = client.get(published(therapy).get_absolute_url()).text
    facts = dict(re.findall(r"<dt>(Also called|Brand names|Formerly called)</dt><dd>(.*?)</dd>", text))
    assert facts == {"Also called": "stripe pills, ZT", "Brand names": "Zebrex", "Formerly called": "zebra powder"}
    for word in ("member of the group", "wider word", "hay pills"):
        assert word not in text
