import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publishing import doors
from publishing.models import Edition, Image
from publishing.reading import Reading
from tests.builders import (
    make_article,
    make_person,
    make_reference,
    make_tag,
    make_therapy,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db


def test_person_page_shows_the_person_as_they_are_now_and_lists_their_pages(client):
    person, article = make_person(name="Dr A", credentials="MD", role="Writer", biography="About A."), make_article()
    article.authors.set([person])
    published(article)
    person.credentials = "MD, PhD"
    person.save()
    text = client.get(person.get_absolute_url()).text
    for shown in ("Dr A", "MD, PhD", "About A.", article.title):
        assert shown in text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    assert (data["mainEntity"]["@type"], data["mainEntity"]["name"]) == ("Person", "Dr A")
    page = client.get(article.get_absolute_url()).text
    assert "MD, PhD" not in page
    assert "Dr A" in page


def test_person_and_tag_without_a_public_page_answer_404(client):
    person, article = make_person(), make_article()
    article.authors.set([person])
    article.tags.add(make_tag("unseen"))
    for address in (person.get_absolute_url(), "/tags/unseen/"):
        assert client.get(address).status_code == 404


def test_provenance_says_what_is_stored(client):
    reference = make_reference(title="The only source")
    therapy = published(make_therapy(harms=f'<p>x<sup data-ref="{reference.key}"></sup></p>', is_demonstration=True))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(therapy.get_absolute_url()).text))
    live = therapy.live
    for shown in (
        therapy.authors.get().name,
        f"reviewed by {live.sign_off.reviewer_name}, MD, on {live.updated_at:%-d %B %Y}",
        f"{live.updated_at:%-d %B %Y}",
        f"{live.updated_at:%-d %B} {live.updated_at.year + 3}",
        "The only source",
        "no clinician has reviewed this page",
    ):
        assert shown.casefold() in text.casefold(), shown


def test_any_edition_can_be_shown_again_as_it_was(client):
    reference, person = make_reference(key="kept", title="First title"), make_person(name="First Name")
    page = make_article(title="First", body='<h2>Old</h2><p>Old text<sup data-ref="kept"></sup></p>')
    page.authors.set([person])
    published(page)
    reference.title, person.name = "Second title", "Second Name"
    reference.save()
    person.save()
    page.title, page.body = "Second", "<h2>New</h2><p>New text</p>"
    page.save()
    published(page)
    old = Reading(Edition.objects.get(number=1))
    assert old.edition.title == "First"
    assert "Old text" in old.body[0].html
    assert [entry.title for entry in old.contents] == ["Old"]
    assert [(each.number, each.title) for each in old.references] == [(1, "First title")]
    assert [author["name"] for author in old.authors] == ["First Name"]


@pytest.mark.parametrize(("count", "letters"), [(1, "a"), (26, "z"), (27, "aa")])
def test_ways_back_are_lettered(count, letters):
    make_reference(key="often")
    page = published(make_article(body='<p>x<sup data-ref="often"></sup></p>' * count))
    assert Reading(page.live).references[0].backlinks[-1].letter == letters


@pytest.mark.parametrize("gone", [True, False])
def test_only_a_page_that_is_gone_asks_search_engines_to_forget_it(client, gone):
    page = published(make_article())
    doors.withdraw(page, by="tests", reason="Replaced.", gone=gone)
    response = client.get(page.get_absolute_url())
    assert (response.status_code, 'content="noindex"' in response.text) == ((410, True) if gone else (200, False))


# Pages related to a page


def tagged(title, *tags):
    page = make_article(title=title)
    page.tags.add(*(make_tag(tag) for tag in tags))
    return published(page)


def related_to(page, client):
    reading = client.get(page.get_absolute_url()).context["reading"]
    return [edition.title for edition in reading.related]


def test_related_are_those_chosen_by_hand_then_those_that_share_most_tags(client):
    chosen, other = tagged("Chosen", "x"), tagged("Also chosen", "a")
    for title, tags in {"Two": "ab", "One": "a", "Another": "by", "None": "y", "All": "abc"}.items():
        tagged(title, *tags)
    make_article(title="Draft").tags.add(make_tag("a"))
    page = make_article(title="This one")
    page.tags.add(*(make_tag(tag) for tag in "abc"))
    page.related.set([chosen, other])
    assert related_to(published(page), client) == ["Also chosen", "Chosen", "All", "Two", "Another", "One"]


@pytest.mark.parametrize(("tags", "chosen", "expected"), [("", 0, []), ("a", 0, ["Other"]), ("", 1, ["Other"])])
def test_related_without_tags_or_choices(client, tags, chosen, expected):
    other = tagged("Other", "a")
    page = make_article()
    page.tags.add(*(make_tag(tag) for tag in tags))
    page.related.set([other][:chosen])
    assert related_to(published(page), client) == expected


def test_related_are_chosen_by_the_database(client, django_assert_num_queries):
    page = tagged("This one", "a", "b")
    for number in range(9):
        tagged(f"Other {number}", "a", "b")
    client.get(page.get_absolute_url())
    with django_assert_num_queries(8) as queries:
        assert related_to(page, client) == [f"Other {number}" for number in range(6)]
    assert any("LIMIT 6" in query["sql"] for query in queries)


# Images


@pytest.fixture
def image():
    made = Image.objects.create(alternative_text="a", credit="c", width=1, height=1, widths=[480])
    default_storage.save(made.file_name(480), ContentFile(b"RIFF"))
    yield made
    default_storage.delete(made.file_name(480))


@pytest.mark.parametrize(("role", "status"), [("author", 200), ("reviewer", 200), ("moderator", 404), (None, 404)])
def test_image_of_a_draft_is_for_those_who_may_see_the_library(client, image, role, status):
    if role:
        client.force_login(make_user(role))
    response = client.get(image.file_url(480))
    response.close()
    assert response.status_code == status


def test_public_image_without_its_file_answers_404_and_is_logged(client, image, caplog):
    published(make_article(body=f'<figure data-image="{image.name}"><figcaption>x</figcaption></figure>'))
    default_storage.delete(image.file_name(480))
    assert client.get(image.file_url(480)).status_code == 404
    assert f"missing: {image.file_name(480)}" in caplog.text
