import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslinks.choosing import STRETCH, Place, choose


def place(word, target, *, length=1, part=0, letters=5):
    return Place(start=word * 30, end=word * 30 + letters, word=word, part=part, target=target, length=length)


def words(places):
    return [(each.word, each.target) for each in places]


def test_first_mention_of_each_target_is_chosen():
    assert words(choose([place(40, 1), place(5, 1), place(20, 2)])) == [(5, 1), (20, 2)]


def test_each_part_of_a_long_page_has_its_own_first_mention():
    assert words(choose([place(5, 1, part=1), place(40, 1, part=2), place(60, 1, part=2)])) == [(5, 1), (40, 1)]


def test_where_too_many_stand_together_the_longest_and_then_the_earliest_win():
    crowd = [place(1, 1), place(2, 2, length=3), place(3, 3, letters=20), place(4, 4, length=2)]
    assert words(choose(crowd, density=2)) == [(2, 2), (4, 4)]
    assert words(choose(crowd, density=3)) == [(1, 1), (2, 2), (4, 4)]


def test_target_that_lost_gets_its_next_chance_further_on():
    crowd = [place(1, 1, length=2), place(2, 2), place(150, 2), place(160, 2)]
    assert words(choose(crowd, density=1)) == [(1, 1), (150, 2)]


@pytest.mark.parametrize(("second", "both"), [(100, False), (101, True)])
def test_stretch_is_a_hundred_words(second, both):
    assert (len(choose([place(1, 1), place(second, 2)], density=1)) == 2) is both


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 30)), unique_by=lambda pair: pair[0]), st.integers(1, 5))
def test_no_stretch_holds_more_than_the_density_and_no_target_twice(pairs, density):
    chosen = choose([place(word, target) for word, target in pairs], density=density)
    at = [each.word for each in chosen]
    assert all(sum(first <= word < first + STRETCH for word in at) <= density for first in range(1, 401))
    assert len({each.target for each in chosen}) == len(chosen)
    # Nothing is left out that would have had room.
    for word, target in pairs:
        if target not in {each.target for each in chosen}:
            near = [each for each in at if abs(each - word) < STRETCH]
            assert len(near) >= density


def test_links_a_hundred_words_apart_do_not_compete():
    assert words(choose([place(1, 1), place(101, 2), place(201, 3)], density=1)) == [(1, 1), (101, 2), (201, 3)]
    assert words(choose([place(1, 1), place(100, 2), place(200, 3)], density=1)) == [(1, 1), (200, 3)]
