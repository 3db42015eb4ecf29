"""Names from the front matter of a document."""

import pytest

from crosslinks.loading import load_names
from publishing.front_matter import DraftError
from tests.builders import make_condition, make_name, make_user, published

pytestmark = pytest.mark.django_db


def names_of(page):
    return set(page.names.values_list("text", "kind", "exact_case", "linking"))


def test_names_become_those_listed():
    condition = make_condition(title="Zebra disease")
    make_name(condition, "gone")
    kept = make_name(condition, "ZD", kind="abbreviation")
    listed = [{"text": "ZD", "kind": "abbreviation"}, {"text": "horse", "kind": "class", "linking": "never"}]
    load_names(condition, listed, by="tests")
    assert names_of(condition) == {("ZD", "abbreviation", True, "automatic"), ("horse", "class", False, "never")}
    assert condition.names.filter(pk=kept.pk).exists()


def test_document_that_lists_none_leaves_them_alone_and_one_that_lists_an_empty_list_removes_them():
    condition = published(make_condition(title="Zebra disease"))
    make_name(condition, "ZD")
    load_names(condition, None, by="tests")
    assert condition.names.count() == 2
    load_names(condition, [], by="tests")
    assert [name.kind for name in condition.names.all()] == ["preferred"]


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ([{"text": "zz yy", "kind": "plain"}, {"text": "ZZ YY", "kind": "plain"}], "is listed twice"),
        ([{"text": "zz", "kind": "odd"}], "odd"),
        ([{"text": "zz", "kind": "plain", "page": 1}], "A name has no entry page"),
        ([{"text": "…", "kind": "plain"}], "…"),
        ([{"text": "zz", "kind": "class"}], "whole class"),
        ([{"kind": "plain"}], "cannot be blank"),
    ],
)
def test_what_cannot_be_a_name_is_refused_in_a_sentence(listed, message):
    condition = make_condition(title="Zebra disease")
    with pytest.raises(DraftError, match=message):
        load_names(condition, listed, by="tests")
    assert not condition.names.exists()


def test_author_may_load_a_document_that_changes_no_name_and_no_other():
    condition, author = make_condition(title="Zebra disease"), make_user("author")
    make_name(condition, "zebras")
    load_names(condition, [{"text": "zebras", "kind": "plain"}], by=author)
    with pytest.raises(DraftError, match="your account may not"):
        load_names(condition, [{"text": "horses", "kind": "plain"}], by=author)
