"""The vocabulary in force is built once and shared until something changes."""

import pytest

from crosslinks.changes import Change, apply
from crosslinks.matching import match
from crosslinks.models import Block, Name
from crosslinks.vocabulary import site_vocabulary
from tests.builders import make_article, make_condition, make_name, published

pytestmark = pytest.mark.django_db


def accepted(text):
    return [text[span.start : span.end] for span in match(text, site_vocabulary()) if span.accepted]


def test_vocabulary_is_shared_until_a_name_changes(django_assert_num_queries):
    condition = published(make_condition(title="Zebra disease"))
    first = site_vocabulary()
    published(make_article())
    with django_assert_num_queries(1):
        assert site_vocabulary() is first
    apply(Change(save=(Name(page=condition, text="stripes", kind="plain"),)), by="tests")
    assert site_vocabulary() is not first
    assert accepted("stripes") == ["stripes"]


def test_vocabulary_of_a_change_that_failed_is_not_kept():
    condition = published(make_condition(title="Zebra disease"))
    site_vocabulary()
    with pytest.raises(Exception, match="Pages or names changed"):
        apply(Change(save=(Name(page=condition, text="stripes", kind="plain"),)), by="tests", seen="another")
    assert accepted("stripes, zebra disease") == ["zebra disease"]


def test_blocked_text_claims_its_words_everywhere():
    published(make_condition(title="Zebra disease"))
    apply(Change(block=(Block(text="zebra disease virus", reason="wrong-sense"),)), by="tests")
    assert accepted("Zebra disease, not the zebra disease virus.") == ["Zebra disease"]


def test_names_of_a_draft_are_not_in_it():
    make_name(make_condition(title="Zebra disease"), "stripes")
    assert accepted("Zebra disease, stripes.") == []
