import json
import re

import pytest

from publishing.models import Edition
from publishing.reading import Reading
from tests.builders import make_article, make_person, make_reference, make_therapy, published

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
    assert client.get(person.get_absolute_url()).status_code == 404


def test_provenance_says_what_is_stored(client):
    reference = make_reference(title="The only source")
    therapy = published(make_therapy(harms=f'<p>x<sup data-ref="{reference.key}"></sup></p>', is_demonstration=True))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(therapy.get_absolute_url()).text))
    live = therapy.live
    for shown in (
        therapy.authors.get().name,
        "not yet reviewed by a clinician",
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
