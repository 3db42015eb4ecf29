import pytest

from publishing import doors
from tests.builders import make_article, make_category, published

pytestmark = pytest.mark.django_db


def test_article_list_shows_newest_first_and_counts_categories(client):
    category = make_category(name="Myths")
    for title in ("Older", "Newer"):
        published(make_article(title=title, category=category))
    text = client.get("/articles/").text
    assert text.index("Newer") < text.index("Older")
    assert "Myths" in text


def test_article_moves_to_its_new_category_when_it_is_published_again(client):
    before, after = make_category(), make_category()
    article = published(make_article(category=before, title="On the move"))
    article.category = after
    article.save()
    assert client.get(after.get_absolute_url()).status_code == 404
    published(article)
    assert "On the move" in client.get(after.get_absolute_url()).text
    assert client.get(before.get_absolute_url()).status_code == 404


def test_long_list_is_paginated_with_a_canonical_address_for_each_page(client, settings):
    category = make_category()
    for _ in range(21):
        published(make_article(category=category))
    second = client.get("/articles/?page=2")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/articles/?page=2">' in second.text
    assert len(second.context["page_obj"].object_list) == 1


def test_article_has_contents_from_its_headings(client):
    article = published(
        make_article(body="<h2>First part</h2><p>x</p><h2>Second part</h2><p>y</p><h2>Third</h2><p>z</p>")
    )
    text = client.get(article.get_absolute_url()).text
    for anchor in ("first-part", "second-part", "third"):
        assert f'<h2 id="{anchor}">' in text
        assert f'href="#{anchor}"' in text


def test_related_pages_are_live_only(client):
    other, hidden = published(make_article(title="Shown beside")), make_article(title="Hidden draft")
    article = make_article()
    article.related.set([other, hidden])
    text = client.get(published(article).get_absolute_url()).text
    assert "Shown beside" in text
    assert "Hidden draft" not in text
    doors.withdraw(other, by="tests", reason="Wrong")
    assert "Shown beside" not in client.get(article.get_absolute_url()).text
