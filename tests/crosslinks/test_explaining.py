"""Every code of a decision has a sentence, and each sentence says what happened."""

import re

import pytest

from crosslinks import explaining, layout
from crosslinks.explaining import DraftLinks
from crosslinks.matching import deciding
from crosslinks.mentions import LINKED_BY_HAND
from crosslinks.models import Block
from crosslinks.showing import links_of_draft
from publishing import doors
from tests.builders import make_article, make_condition, make_indication, make_name, make_therapy, published

pytestmark = pytest.mark.django_db


def draft(page):
    return DraftLinks(doors.prepare_preview(page))


def said(lines):
    return [(line.sentence.mention, str(line.why)) for line in lines]


def linked(page):
    return said(draft(page).links)


def unlinked(page):
    found = draft(page)
    return said(found.lines(found.unlinked))


def saying(text, **values):
    return make_article(body=text, **values)


def test_every_reason_of_the_matcher_has_a_sentence():
    documented = set(re.findall(r"^\| ([a-z-]+) +\| (?:yes|no) ", deciding.__doc__, re.MULTILINE))
    assert documented
    assert documented == explaining.DECISIONS.keys()


def test_every_place_without_links_has_a_sentence():
    assert explaining.ZONES.keys() == {*layout.ZONES.values(), "emergency", "markup", LINKED_BY_HAND}


def test_links_are_those_that_readers_would_get():
    for title in ("Lion drug", "Tiger drug", "Bear drug", "Wolf drug", "Fox drug"):
        published(make_therapy(title=title))
    page = saying("<p>Lion drug, tiger drug, bear drug, wolf drug, fox drug. Lion drug.</p>")
    found = draft(page)
    shown = [(line.mention.start, line.target.title) for line in found.links]
    assert shown == [(link.place.start, link.target.title) for link in links_of_draft(doors.prepare_preview(page))]
    assert len(shown) == 4
    assert len(found.unlinked) == 2


def test_kinds_of_match_are_told_apart():
    therapy = make_therapy(title="Lion drug")
    make_name(therapy, "LIDR", kind="abbreviation")
    published(therapy)
    lines = draft(saying("<p>Lion drugs.</p>")).links
    assert lines[0].how == "Singular or plural of “Lion drug” (preferred name)."
    assert draft(saying("<p>Lion drug.</p>")).links[0].how == "“Lion drug” (preferred name)."
    assert draft(saying("<p>LIDR.</p>")).links[0].how == "“LIDR” (abbreviation)."


def test_evidence_names_the_other_name_that_gives_it():
    condition = make_condition(title="Zebra disease")
    # Older than the title as a name, and no evidence of anything itself.
    make_name(condition, "ZB", kind="abbreviation", exact_case=True)
    make_name(condition, "ZD", kind="abbreviation", exact_case=True)
    published(condition)
    page = saying("<p>ZD is rare.</p><h2>ZB</h2><h2>Zebra disease</h2>")
    assert linked(page) == [("ZD", "The page also says “Zebra disease”.")]


def test_evidence_of_a_row_is_named():
    row = make_indication(condition=make_condition(title="Zebra disease"))
    make_name(row.condition, "ZD", kind="abbreviation", exact_case=True)
    published(row.condition)
    therapy = row.therapy
    therapy.harms = "<p>ZD.</p>"
    therapy.save()
    published(therapy)
    assert linked(therapy) == [("ZD", str(explaining.SHARED_ROW))]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<h2>Lion drug</h2>", "It stands in a heading."),
        ('<p><a href="https://elsewhere.example/">Lion drug</a></p>', "It stands in a link."),
        ("<p>anti-lion drug</p>", "It is part of a longer expression that means something else."),
        ('<p>lion drug <a href="/therapies/lion/">x</a></p>', str(explaining.WHY[LINKED_BY_HAND])),
    ],
)
def test_mention_that_does_not_link_says_why(text, why):
    published(make_therapy(title="Lion drug", slug="lion"))
    page = saying(text)
    assert linked(page) == []
    assert [reason for _words, reason in unlinked(page)] == [why]


def test_second_mention_and_crowded_mention_say_why():
    for title in ("Longest lion drug", "Longer tiger drug", "Long bear drug", "The wolf drug", "Fox drug"):
        published(make_therapy(title=title))
    crowd = "Longest lion drug, longer tiger drug, long bear drug, the wolf drug, fox drug"
    page = saying(f"<p>{crowd}, the wolf drug. {'word ' * 120} fox drug.</p>")
    assert unlinked(page) == [
        ("fox drug", str(explaining.TOO_MANY_SO_LATER)),
        ("the wolf drug", str(explaining.EARLIER)),
    ]
    assert unlinked(saying(f"<p>{crowd}</p>")) == [("fox drug", str(explaining.TOO_MANY))]


def test_withdrawn_page_is_said_to_be_not_public():
    therapy = published(make_therapy(title="Lion drug"))
    page = saying("<p>Lion drug.</p>")
    assert len(linked(page)) == 1
    doors.withdraw(therapy, by="tests", reason="Outdated.")
    assert (linked(page), unlinked(page)) == ([], [("Lion drug", str(explaining.NOT_PUBLIC))])


@pytest.mark.parametrize("here", [True, False])
def test_rejected_here_and_blocked_everywhere_are_told_apart(here):
    published(make_therapy(title="Lion drug"))
    page = saying("<p>Lion drug.</p>")
    Block.objects.create(page=page if here else None, text="lion  drug", reason="common-word")
    published(make_therapy())
    expected = explaining.REJECTED if here else explaining.WHY["blocked"]
    assert unlinked(page) == [("Lion drug", str(expected))]


@pytest.mark.parametrize("count", [1, 3])
def test_draft_costs_the_same_for_any_number_of_mentions(django_assert_num_queries, count):
    for number in range(count):
        published(make_therapy(title=f"Lion drug {'abc'[number]}x"))
    page = saying("".join(f"<p>Lion drug {'abc'[number]}x.</p>" for number in range(count)))
    edition = doors.prepare_preview(page)
    draft(page)
    with django_assert_num_queries(5):
        found = DraftLinks(edition)
        assert len(found.links) == count
        assert [line.target.title for line in found.links]
