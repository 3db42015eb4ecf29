"""The number of queries of each public page does not depend on how much is on it."""

import pytest

from publishing.models import Tag
from tests.builders import (
    make_article,
    make_category,
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reference,
    make_tag,
    make_therapy,
    published,
)

pytestmark = pytest.mark.django_db


def therapy_with(rows):
    therapy = make_therapy(slug=f"with-{rows}")
    therapy.tags.add(make_tag("shared"))
    for number in range(rows):
        condition = published(make_condition())
        references = [make_reference() for _ in range(2)]
        make_indication(therapy=therapy, condition=condition, position_on_therapy=number, references=references)
        make_caution(therapy=therapy, condition=condition, references=references[:1])
        article = make_article()
        article.tags.add(make_tag("shared"))
        published(article)
    return published(therapy)


@pytest.mark.parametrize("rows", [3, 25])
def test_therapy_page(client, django_assert_num_queries, rows):
    therapy = therapy_with(rows)
    with django_assert_num_queries(13):
        text = client.get(therapy.get_absolute_url()).text
    assert text.count('id="indication-') == rows


@pytest.mark.parametrize("rows", [3, 25])
def test_condition_page(client, django_assert_num_queries, rows):
    condition = make_condition()
    condition.tags.add(make_tag("shared"))
    for _ in range(rows):
        make_indication(condition=condition, therapy=published(make_therapy()))
    published(condition)
    with django_assert_num_queries(12):
        text = client.get(condition.get_absolute_url()).text
    assert text.count('id="indication-') == rows


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 7),
        ("/conditions/", 4),
        ("/therapies/", 4),
        ("/articles/", 5),
        ("/articles/category/kept/", 7),
        ("/tags/kept/", 5),
        ("/people/kept/", 5),
        ("/feeds/", 4),
        ("/sitemap.xml", 3),
    ],
)
def test_list(client, django_assert_num_queries, address, queries, items):
    person, category, tag = make_person(slug="kept"), make_category(slug="kept"), Tag.objects.create(name="kept")
    for number in range(items):
        for page in (
            make_article(category=category, title=f"Listed article {number}"),
            make_condition(title=f"Listed condition {number}"),
            make_therapy(title=f"Listed therapy {number}"),
        ):
            page.authors.set([person])
            page.tags.add(tag)
            published(page)
    with django_assert_num_queries(queries):
        response = client.get(address)
    if address == "/feeds/":
        assert response.text.count("<entry>") == 3 * items
    elif address != "/sitemap.xml":
        assert response.text.count("Listed ") >= items
    else:
        assert response.text.count("<lastmod>") == 3 * items
