from hypothesis import given
from hypothesis import strategies as st

from comments.learning.signs import place_of, signs_of


def test_words_stand_alone_and_with_their_neighbours():
    counts = signs_of("You should stop it").counts
    assert {"you", "you should", "should stop", "~shoul"} <= counts.keys()
    assert "~you" not in counts


def test_addresses_and_numbers_leave_a_mark_and_no_word():
    counts = signs_of("Write to ada@example.org or see https://example.org/shop, only $20, call 0161 496 0000").counts
    assert {"<mail>", "<link>", "<price>", "<phone>"} <= counts.keys()
    assert not any("example" in sign or "0161" in sign for sign in counts)


def test_place_of_a_sign_is_where_its_words_stand():
    reading = signs_of("Yes. You SHOULD really stop it.").reading
    assert reading.written(*place_of("should really", reading)) == "SHOULD really"
    assert reading.written(*place_of("~shoul", reading)) == "SHOULD"
    assert place_of("<link>", reading) is None


@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(text):
    assert all(count > 0 for count in signs_of(text).counts.values())
