"""A query is taken apart by its signs, whatever was typed."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.asked import MOST_CHARACTERS, MOST_PIECES, MOST_WORDS, Asked, asked, clean

SIGNS = st.text(st.sampled_from("ab -\"“”„«» \t\u00a0\u00ad\u200e\x00é\U0001f600*()|&!:<>'\\")) | st.text()


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "unwanted"),
    [
        ("gamma globulin", "gamma globulin", (), ()),
        ('"gamma globulin" dose', "dose", ("gamma globulin",), ()),
        ("“gamma globulin” „one more“ «a third»", "", ("gamma globulin", "one more", "a third"), ()),
        ("lupus -kidney", "lupus", (), ("kidney",)),
        ('lupus -"lupus nephritis"', "lupus", (), ("lupus nephritis",)),
        ("anti-TNF T-cell IL-6", "anti-TNF T-cell IL-6", (), ()),
        ("- lupus --kidney -", "- lupus --kidney -", (), ()),
        ('lupus "', "lupus", (), ()),
        ('"lupus nephritis', "lupus nephritis", (), ()),
        ('""', "", (), ()),
        ('x"y z" "a b"', "x y z", ("a b",), ()),
        ("-CD4+ cells", "cells", (), ("CD4+",)),
    ],
)
def test_query_is_taken_apart(typed, words, phrases, unwanted):
    found = asked(typed)
    assert (found.words, found.phrases, found.unwanted) == (words, phrases, unwanted)


def test_control_characters_part_words():
    assert clean("gamma\x00globulin\tof\r\nblood\x7f ") == "gamma globulin of blood"


def test_characters_that_only_change_how_others_are_shown_do_not_part_words():
    assert clean("metho\u00adtrexate\u200b \u202eimmune\u2069") == "methotrexate immune"


def test_letters_are_composed_and_numbers_keep_their_meaning():
    assert clean("nai\u0308ve 10² µg ≤ 5 ½ m³") == "naïve 10² µg ≤ 5 ½ m³"


def test_query_is_cut_at_its_limit_and_says_so():
    found = asked("ab " * 100)
    assert len(found.typed) <= MOST_CHARACTERS
    assert found.is_cut
    assert not asked("x" * MOST_CHARACTERS).is_cut
    assert asked("x" * (MOST_CHARACTERS + 1)).is_cut


def test_query_of_many_words_keeps_the_first_and_says_so():
    found = asked(" ".join(f"w{number}" for number in range(MOST_WORDS + 1)))
    assert found.words.split() == [f"w{number}" for number in range(MOST_WORDS)]
    assert found.is_cut


def test_word_of_many_pieces_is_cut_and_says_so():
    chain = "-".join("a" * MOST_PIECES)
    assert (asked(chain).words, asked(chain).is_cut) == (chain, False)
    found = asked("a-" * (MOST_PIECES + 3))
    assert (found.words.count("a"), found.is_cut) == (MOST_PIECES, True)


def test_phrases_and_unwanted_words_are_few():
    found = asked('"a" "b" "c" "d" "e" ' + " ".join(f"-{letter}" for letter in "abcdefghijk"))
    assert found.phrases == ("a", "b", "c")
    assert found.unwanted == tuple("abcde")


def test_nothing_typed_asks_for_nothing():
    assert asked(" \x00\u200b") == Asked(typed="", words="")


@given(SIGNS)
def test_whatever_is_typed_is_shown_as_it_can_be_seen(typed):
    shown = asked(typed).typed
    assert len(shown) <= MOST_CHARACTERS
    assert {unicodedata.category(each) for each in shown}.isdisjoint({"Cc", "Cf", "Cs", "Cn", "Co"})
    assert clean(shown) == shown


@given(SIGNS)
@example('-"a b" -"')
def test_what_is_shown_asks_for_the_same(typed):
    found = asked(typed)
    assert replace(asked(found.typed), is_cut=False) == replace(found, is_cut=False)


@given(SIGNS)
def test_parts_of_a_query_are_pieces_of_it(typed):
    found = asked(typed)
    pieces = [*found.words.split(), *found.phrases, *found.unwanted]
    assert [piece for piece in pieces if piece not in found.typed] == []


def test_query_can_be_written_with_other_words():
    found = asked('lupsu “gamma globulin” -kidney -"lupus nephritis"')
    assert found.typed_with("lupus") == "lupus “gamma globulin” -kidney -“lupus nephritis”"


@given(st.text(st.sampled_from("ab -\"“”(+'"), max_size=60))
@example('-"(a" -"+" -"a b" "-a"')
def test_query_with_other_words_keeps_its_phrases_and_unwanted_words(typed):
    found = asked(typed)
    again = asked(found.typed_with("lupus"))
    assert (again.words, again.phrases, again.unwanted) == ("lupus", found.phrases, found.unwanted)
