import pytest

from comments.sections import sections_of
from tests.builders import make_article, make_therapy, published

pytestmark = pytest.mark.django_db


def test_sections_of_an_article_are_its_headings():
    page = published(make_article(body="<h2>Why &amp; how</h2><p>x</p><h3>Detail</h3><p>y</p><h2>When</h2><p>z</p>"))
    assert [tuple(each) for each in sections_of(page.live)] == [("why-how", "Why & how"), ("when", "When")]


def test_sections_of_a_therapy_are_those_of_its_edition():
    live = published(make_therapy()).live
    expected = [(each["rows"] or each["id"], each["title"]) for each in live.snapshot["sections"]]
    assert [tuple(each) for each in sections_of(live)] == expected
