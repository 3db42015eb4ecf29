"""What the site knows of the words of a query, and which words are one letter away."""

import random
from string import ascii_lowercase

import pytest
from rapidfuzz.distance import OSA

from search.documents import IndexState
from search.entries import VERSION
from search.knowledge import MOST_CORRECTED, MOST_ENDINGS, knowledge_of, near_to, one_letter_from
from search.words import read_text
from tests.builders import make_article, make_condition, published
from tests.search.asking import article, call, withdraw

WORDS = ("lupus", "crohns", "methotrexate", "bbbbb")


def known(typed):
    text = read_text(typed)
    return knowledge_of(text.plain, text.stems)


@pytest.mark.parametrize("word", WORDS)
def test_words_one_letter_away_are_at_that_distance(word):
    found = one_letter_from(word)
    assert {each for each in found if OSA.distance(each, word) != 1} == set()


@pytest.mark.parametrize("word", WORDS)
def test_every_slip_of_one_letter_is_among_them(word):
    found, slips = one_letter_from(word), set()
    for at in range(len(word)):
        slips |= {word[:at] + word[at + 1 :], word[:at] + word[at] * 2 + word[at + 1 :]}
        slips |= {word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase}
        slips |= {word[:at] + word[at : at + 2][::-1] + word[at + 2 :]}
    assert slips - {word} - found == set()


def test_word_itself_is_not_away_from_itself():
    assert "bbbbb" not in one_letter_from("bbbbb")


def test_s_at_the_end_may_be_an_ending():
    assert "crohn" in near_to("crhons")
    assert "crohn" not in one_letter_from("crhons")


@pytest.mark.django_db
def test_words_are_known_with_the_number_of_their_pages():
    article("First", "Zebras run.")
    article("Second", "Zebras sleep.")
    found = known("zebras sleep quagga")
    assert found.written["zebras"] == 2
    assert found.written["sleep"] == 1
    assert "quagga" not in found.written


@pytest.mark.django_db
def test_other_form_of_a_word_is_known_by_its_stem():
    article("First", "Zebras run.")
    text = read_text("zebra")
    found = knowledge_of(text.plain, text.stems)
    assert "zebra" not in found.written
    assert found.pages == {text.stems[0]: 1}
    assert found.knows("zebra", text.stems[0])


@pytest.mark.django_db
def test_words_near_to_a_long_word_are_known_and_near_to_a_short_one_are_not():
    article("First", "Zebras and gnus.")
    assert "zebras" in known("zebrsa").written
    assert "gnus" not in known("gnsu").written


@pytest.mark.django_db
def test_word_that_is_longer_than_any_is_not_looked_at_letter_by_letter():
    article("First", f"{'za' * 22}b {'za' * 23}b")
    assert f"{'za' * 22}b" in known(f"{'za' * 22}c").written
    assert f"{'za' * 23}b" not in known(f"{'za' * 23}c").written


@pytest.mark.django_db
def test_only_so_many_words_of_a_query_are_looked_at_letter_by_letter():
    article("First", "Zebras and giraffes.")
    unknown = " ".join(["quaggaquagga"] * (MOST_CORRECTED - 1))
    assert "zebras" in known(f"{unknown} zebrsa giraffse").written
    assert "giraffes" not in known(f"{unknown} zebrsa giraffse").written


@pytest.mark.django_db
def test_endings_of_the_last_word_are_those_on_most_pages():
    article("First", "Zebrafish, zebrawood and zebras.")
    article("Second", "Zebrawood.")
    assert list(known("the zebra").endings) == ["zebrawood", "zebrafish", "zebras"]
    assert known("zebra an").endings.keys() == {"and"}


@pytest.mark.django_db
def test_only_so_many_endings_are_given():
    article("First", " ".join(f"zebra{letter}" for letter in ascii_lowercase))
    assert list(known("zebra").endings) == [f"zebra{letter}" for letter in ascii_lowercase[:MOST_ENDINGS]]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["%", "_ebras", "zebra%", "z*", "[z]ebras", "zebra?", "z", "", "4", "zebra4"])
def test_signs_of_patterns_are_no_patterns(typed):
    article("First", "Zebras.")
    assert set(known(typed).endings) <= {"zebras"}
    assert set(known(typed).endings) == ({"zebras"} if read_text(typed).plain == ["zebra"] else set())


@pytest.mark.django_db
def test_words_of_drafts_and_of_withdrawn_pages_are_not_known():
    make_article(title="A draft", body="<p>Quagga.</p>")
    gone, stays = article("Gone", "Okapi gerenuk."), article("Stays", "Okapi.")
    assert known("quagga okapi gerenuk").written.keys() == {"okapi", "gerenuk"}
    withdraw(gone)
    assert known("quagga okapi gerenuk").written == {"okapi": 1}
    withdraw(stays)
    assert known("quagga okapi gerenuk").written == {}


@pytest.mark.django_db
def test_it_costs_one_query_while_the_vocabulary_stays(django_assert_num_queries):
    condition = published(make_condition())
    known("anything")
    with django_assert_num_queries(1):
        known(" ".join(["quaggaquagga", "okapi"] * 8))
    call(condition, "another name")
    with django_assert_num_queries(2):
        known("anything")


@pytest.mark.django_db
def test_index_that_is_being_made_is_told():
    article("First")
    assert known("first").is_complete
    IndexState.objects.update(is_complete=False)
    assert not known("first").is_complete


@pytest.mark.django_db
def test_index_of_another_version_is_being_made():
    assert known("zebra").is_complete
    IndexState.objects.update(version=VERSION - 1)
    assert not known("zebra").is_complete


@pytest.mark.django_db
def test_words_in_any_letters_are_asked_for_without_an_error():
    dice = random.Random(5)
    letters = "abzßığ-éωж字𝒜'’%_*[]?\\\"0"
    typed = ["".join(dice.choices(letters, k=12)) for _ in range(60)]
    article("First", " ".join(typed))
    assert [each for each in typed if not all(word in known(each).written or not word.isalpha()
            for word in read_text(each).plain)] == []  # fmt: skip
