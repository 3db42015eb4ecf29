"""Names of medicines that are easily confused never lead to each other's page."""

import csv
import random
import re

import pytest

from crosslinks.matching import Term, Vocabulary, match
from crosslinks.names import name_key
from tests.crosslinks.demonstration import DATA, demonstration_terms, demonstration_vocabulary

with (DATA / "look_alikes.tsv").open(encoding="utf-8", newline="") as lines:
    PAIRS = [(row["first"], row["second"]) for row in csv.DictReader(lines, delimiter="\t")]
NAMES = {name_key(term.text): term.entity for term in demonstration_terms() if term.kind != "class"}
FRAMES = (
    "She takes {} every week.",
    "{} was stopped.",
    "The doctor (and the nurse) spoke of {}, not of anything else.",
    "“{}” stood on the packet;",
    "{}-treated people and {}'s effects",
)


def entities(text):
    return {span.entity for span in match(text, demonstration_vocabulary()) if span.accepted}


def test_there_are_a_hundred_pairs_and_most_concern_a_page():
    assert len({frozenset(pair) for pair in PAIRS}) == 100
    assert sum(any(name_key(word) in NAMES for word in pair) for pair in PAIRS) >= 60


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_neither_leads_to_the_page_of_the_other(pair):
    for word, other in (pair, pair[::-1]):
        own, forbidden = NAMES.get(name_key(word)), NAMES.get(name_key(other))
        for frame in FRAMES:
            found = entities(frame.replace("{}", word))
            assert found <= {own}
            assert forbidden is None or forbidden == own or forbidden not in found


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_where_both_have_a_page_each_leads_to_its_own(pair):
    both = Vocabulary([Term(word, word, word, "brand") for word in pair])
    found = match(f"Take {pair[0]}; not {pair[1]}.", both)
    assert [(span.entity, span.accepted) for span in found] == [(pair[0], True), (pair[1], True)]
    assert match(f"Take {pair[1]} now.", Vocabulary([Term(1, 1, pair[0], "brand")])) == []


def test_names_of_the_pairs_that_have_a_page_do_link():
    """Otherwise the test above would hold for a matcher that finds nothing."""
    linked = {word for pair in PAIRS for word in pair if entities(f"She takes {word} every week.")}
    assert len(linked) >= 50


def test_nothing_links_inside_a_longer_word():
    chance = random.Random(3)
    names = sorted({term.text for term in demonstration_terms()})
    for _ in range(2_000):
        name, letter = chance.choice(names), chance.choice("bdfkmrxz")
        longer = chance.choice([f"{letter}{name}", f"{name}{letter}", f"{letter}{name}{letter}"])
        text = f"People with {longer} were asked."
        start = text.index(longer)
        for span in match(text, demonstration_vocabulary()):
            # Words of the name that stand by themselves may be a name of their own; the changed ones may not.
            touched = text[span.start : span.end]
            first, last = span.start == start, span.end == start + len(longer)
            assert not span.accepted or re.search(rf"(?<!\w){re.escape(touched)}(?!\w)", text)
            assert not (span.accepted and first and last)
