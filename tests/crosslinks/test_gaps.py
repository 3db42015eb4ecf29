"""What is missing: found where it is, and only there."""

import pytest

from crosslinks import gaps
from crosslinks.changes import Change, apply
from crosslinks.models import Name
from publishing import doors
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_therapy,
    published,
)
from therapies.models import Caution, Indication

pytestmark = pytest.mark.django_db


def again(page):
    return type(page).objects.get(pk=page.pk)


def without_row(here, there):
    return [(mention.edition.title, mention.target.title) for mention in gaps.named_without_row(here, there)]


def unmentioned(here, there, model=Indication):
    return [(getattr(row, here).title, getattr(row, there).title) for row in gaps.rows_unmentioned(model, here, there)]


@pytest.fixture
def lion():
    return published(make_therapy(title="Lion drug", slug="lion"))


# A page names another, and no row joins them


def test_rows_join_conditions_and_therapies():
    assert gaps.ends_of_rows() == [("condition", "therapy"), ("therapy", "condition")]


@pytest.mark.parametrize(
    "text", ["<p>Lion drug, lion drug.</p>", "<h3>Lion drug</h3>", "<blockquote><p>Lion drug</p></blockquote>"]
)
def test_condition_that_names_a_therapy_without_a_row_is_found_once(lion, text):
    published(make_condition(title="Zebra disease", symptoms=text))
    published(make_condition(title="Quiet disease"))
    assert without_row("condition", "therapy") == [("Zebra disease", "Lion drug")]
    assert without_row("therapy", "condition") == []


def test_therapy_that_names_a_condition_without_a_row_is_found():
    published(make_condition(title="Zebra disease"))
    published(make_therapy(title="Lion drug", harms="<p>Zebra disease.</p>"))
    assert without_row("therapy", "condition") == [("Lion drug", "Zebra disease")]
    assert without_row("condition", "therapy") == []


def test_articles_need_no_rows(lion):
    published(make_article(body="<p>Lion drug.</p>"))
    assert without_row("condition", "therapy") == []


@pytest.mark.parametrize("make", [make_indication, make_caution])
@pytest.mark.parametrize("is_public", [True, False])
def test_any_row_between_the_two_closes_the_gap(lion, make, is_public):
    condition = published(make_condition(title="Zebra disease", symptoms="<p>Lion drug.</p>"))
    make(condition=condition, therapy=make_therapy())
    make(condition=make_condition(), therapy=lion)
    assert without_row("condition", "therapy") == [("Zebra disease", "Lion drug")]
    row = make(condition=condition, therapy=lion)
    if is_public:
        published(condition)
    assert without_row("condition", "therapy") == []
    row = again(row)
    row.remove()
    published(condition)
    assert without_row("condition", "therapy") == [("Zebra disease", "Lion drug")]


def test_what_is_not_meant_or_not_public_is_no_gap(lion):
    published(make_condition(title="Zebra disease", symptoms="<p>An anti-lion drug.</p>"))
    make_condition(title="A draft", symptoms="<p>Lion drug.</p>")
    assert without_row("condition", "therapy") == []
    published(make_condition(title="Antelope disease", symptoms="<p>Lion drug.</p>"))
    assert without_row("condition", "therapy") == [("Antelope disease", "Lion drug")]
    doors.withdraw(lion, by="tests", reason="Outdated.")
    assert without_row("condition", "therapy") == []


# A row whose pages do not mention each other


def test_only_rows_that_fill_a_section_are_asked_about():
    assert list(gaps.section_rows()) == [Indication]


def test_indication_that_one_text_does_not_mention_is_found_there():
    therapy = make_therapy(title="Lion drug", harms="<p>Zebra disease.</p>")
    condition = make_condition(title="Zebra disease")
    for qualifier in ("", "in children"):
        make_indication(therapy=therapy, condition=condition, qualifier=qualifier)
    published(therapy), published(condition)
    assert unmentioned("condition", "therapy") == [("Zebra disease", "Lion drug")]
    assert unmentioned("therapy", "condition") == []
    condition.symptoms = "<h3>Lion drug</h3>"
    condition.save()
    published(condition)
    assert unmentioned("condition", "therapy") == []


def test_indication_that_is_not_public_on_both_ends_is_no_gap():
    row = make_indication()
    published(row.therapy)
    assert unmentioned("condition", "therapy") == []
    condition = published(row.condition)
    assert len(unmentioned("condition", "therapy")) == 1
    doors.withdraw(condition, by="tests", reason="Outdated.")
    assert unmentioned("condition", "therapy") == []
    row = make_caution()
    published(row.therapy), published(row.condition)
    assert len(unmentioned("condition", "therapy", Caution)) == 1


# Pages nobody links


def test_page_nobody_links_is_found(lion):
    tiger = published(make_therapy(title="Tiger drug"))
    published(make_article(body="<p>Lion drug.</p><h2>Tiger drug</h2>"))
    make_article(body="<p>Tiger drug.</p>")
    make_therapy(title="Draft drug")
    assert list(gaps.pages_nobody_links()) == [tiger.page_ptr]


@pytest.mark.parametrize("moved", [False, True])
def test_link_by_hand_counts_as_a_link_unless_it_is_on_the_page_itself(lion, moved):
    link = '<p><a href="/therapies/lion/">It</a>.</p>'
    lion.harms = link
    lion.save()
    published(lion)
    if moved:
        lion.slug = "lion-drug"
        lion.save()
        published(lion)
    assert list(gaps.pages_nobody_links()) == [lion.page_ptr]
    published(make_article(body=link))
    assert list(gaps.pages_nobody_links()) == []


# Names that never match


def test_name_that_stands_in_no_text_is_found():
    therapy = make_therapy(title="Lion drug")
    make_name(therapy, "mane medicine")
    make_name(therapy, "lion pill")
    make_name(therapy, "cat drugs", kind="class", linking="never")
    make_name(make_therapy(), "draft name")
    published(therapy)
    published(make_article(body="<p>Lion drug. Anti-lion pill.</p>"))
    assert [name.text for name in gaps.names_that_never_match()] == ["mane medicine"]
    apply(Change(remove=(Name.objects.get(text="mane medicine"),)), by="tests")
    assert list(gaps.names_that_never_match()) == []


def test_name_of_two_pages_matches_for_both():
    for title in ("Lion drug", "Lynx drug"):
        therapy = make_therapy(title=title)
        make_name(therapy, "LD", kind="abbreviation", exact_case=True, linking="evidence")
        published(therapy)
    published(make_article(body="<p>LD, lion drug, lynx drug.</p>"))
    assert list(gaps.names_that_never_match()) == []


# Links by hand to what is not public


def test_link_by_hand_to_a_page_that_is_not_public_is_found(lion):
    page = published(
        make_article(
            body='<p><a href="/therapies/lion/">a</a> <a href="/therapies/typo/">b</a> <a href="/x/">c</a></p>'
        )
    )
    assert [link.slug for link in gaps.hand_links_to_no_public_page()] == ["typo"]
    lion.slug = "lion-drug"
    lion.save()
    published(lion)
    assert [link.slug for link in gaps.hand_links_to_no_public_page()] == ["typo"]
    doors.withdraw(lion, by="tests", reason="Outdated.")
    assert [link.slug for link in gaps.hand_links_to_no_public_page()] == ["lion", "typo"]
    doors.withdraw(page, by="tests", reason="Outdated.")
    assert list(gaps.hand_links_to_no_public_page()) == []
