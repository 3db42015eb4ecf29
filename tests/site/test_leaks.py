"""Drafts never leak: an odd word in every draft field, linked and tagged everywhere, is on no public address."""

import pytest
from django.utils.timezone import localdate

from publishing.editor import RichTextField
from publishing.kinds import page_models
from publishing.models import Edition, Page
from search.views import guessed
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
    publish,
    schedule,
)

pytestmark = pytest.mark.django_db
ODD = "zyxwlk"
TWIN = "plainword"


def public_addresses():
    """Every public address there is, and those that drafts would have."""
    pages = [f"{model.get_list_url()}{page.slug}/" for model in page_models() for page in model.objects.all()]
    lists = [model.get_list_url() for model in page_models()]
    named = [f"/{place}/{word}/" for place in ("tags", "people", "articles/category") for word in (ODD, TWIN)]
    today = localdate().isoformat()
    below = ("history/", "history/1/", f"as-of/{today}/", f"changes/?since={today}", "feed/")
    past = [f"{page}{each}" for page in pages for each in below]
    feeds = [f"/feeds{place}" for place in ("/", *lists)] + [f"/articles/category/{word}/feed/" for word in (ODD, TWIN)]
    return ["/", "/sitemap.xml", "/robots.txt", "/nowhere/", *pages, *lists, *named, *past, *feeds]


def fill(page, word, reference, person):
    """Put the word into every text column of a page and tie it to a tag, person and reference of that word."""
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            setattr(page, field.name, f'<p>{word} {field.name}<sup data-ref="{reference.key}"></sup></p>')
        elif field.name in {"title", "summary", "plain_name", "body_system", "therapy_class", "routes"}:
            # Two pages cannot have the same name.
            setattr(page, field.name, f"{page.kind} {field.name} {word}")
    page.save()
    page.tags.add(make_tag(word))
    page.authors.add(person)


def make_pages(word):
    """One page of each kind with rows between them, the word in every field of all of them. All drafts."""
    reference = make_reference(key=word, title=word, publisher=word, authors=word)
    person = make_person(name=f"Name {word}", slug=word, credentials=word, role=word, interests=word, biography=word)
    condition, therapy = make_condition(slug=f"condition-{word}"), make_therapy(slug=f"therapy-{word}")
    article = make_article(slug=f"article-{word}", category=make_category(name=word, slug=word, description=word))
    make_indication(condition=condition, therapy=therapy, description=word, authority=word, region=word, qualifier=word)
    make_caution(condition=condition, therapy=therapy, description=word, qualifier=word)
    pages = [condition, therapy, article]
    for page in pages:
        fill(page, word, reference, person)
    return pages, reference, person


@pytest.fixture
def site(client):
    public, *_ = make_pages(TWIN)
    drafts, reference, person = make_pages(ODD)
    for page in public:
        page.related.set(set(public) - {page})
        publish(page, by="tests")
    condition, therapy, _article = public
    for page in public:
        page.refresh_from_db()
        fill(page, ODD, reference, person)
        page.slug = f"{page.kind}-{ODD}-again"
        page.save()
        page.related.add(*drafts)
    make_indication(condition=condition, therapy=drafts[1], description=ODD)
    condition.indications.filter(therapy=therapy).update(description=ODD, authority=ODD)
    schedule(drafts[2], by="tests", at=Edition.objects.latest().valid_from.replace(year=2999))


def test_nothing_of_a_draft_is_on_any_public_address(client, site):
    for address in public_addresses():
        response = client.get(address)
        body = response.content.decode()
        if response.status_code == 404:
            # It says back what was asked for: the address, and its words in the search field.
            body = body.replace(address, "").replace(f'value="{guessed(address)}"', "")
        assert ODD not in body, address
        assert ODD not in str(response.headers), address


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/conditions/",
        "/therapies/",
        "/articles/",
        "/tags/plainword/",
        "/people/plainword/",
        "/articles/article-plainword/history/",
        "/articles/article-plainword/history/1/",
        "/feeds/",
        "/feeds/therapies/",
        "/articles/category/plainword/feed/",
    ],
)
def test_the_public_twin_is_there(client, site, place):
    assert TWIN in client.get(place).text


def test_the_public_twins_show_every_field(client, site):
    for page in Page.objects.live():
        text = client.get(page.get_absolute_url()).text
        fields = [section.field for section in page.concrete.sections if not section.rows]
        assert [field for field in fields if f"{TWIN} {field}" not in text] == []


def test_draft_addresses_answer_404(client, site):
    for page in Page.objects.filter(live=None):
        for below in ("", "history/", "history/1/", "changes/", "feed/"):
            assert client.get(f"{page.get_absolute_url()}{below}").status_code == 404
