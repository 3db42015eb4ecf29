"""A query as both databases read it. That they find the same is shown in `test_index.py`."""

import pytest

from search.queries import (
    All,
    Either,
    Phrase,
    Token,
    Without,
    all_of,
    either,
    for_postgresql,
    for_sqlite,
    has_phrase,
    loosened,
)

A, B, C = Token("a"), Token("b"), Token("c")
AB = Phrase(("a", "b"))


@pytest.mark.parametrize(
    ("query", "sqlite", "postgresql"),
    [
        (A, '"a"', "'a'"),
        (Token("t_a", is_prefix=True), '"t_a" *', "'t_a':*"),
        (All((A, B)), '("a" AND "b")', "('a' & 'b')"),
        (Either((A, All((B, C)))), '("a" OR ("b" AND "c"))', "('a' | ('b' & 'c'))"),
        (Without(A, (B, C)), '(("a" NOT "b") NOT "c")', "('a' & !'b' & !'c')"),
    ],
)
def test_query_is_written_for_either_database(query, sqlite, postgresql):
    assert (for_sqlite(query), for_postgresql(query)) == (sqlite, postgresql)


def test_phrase_is_asked_of_the_words_of_pages_on_postgresql():
    assert for_sqlite(Without(A, (AB,))) == '("a" NOT words : "a b")'
    with pytest.raises(TypeError, match="read from the words"):
        for_postgresql(Without(A, (AB,)))


def test_parts_that_say_the_same_are_written_once():
    assert all_of([A, B, A]) == All((A, B))
    assert either([B, B, A]) == Either((B, A))
    assert all_of([A, A]) == either([A]) == A


def test_loosened_phrase_asks_for_its_words():
    assert loosened(AB) == All((A, B))
    assert loosened(Either((C, AB))) == Either((C, All((A, B))))
    assert loosened(All((AB, C))) == All((All((A, B)), C))
    assert loosened(Phrase(("a", "a"))) == A


def test_loosened_query_forbids_no_word_of_an_unwanted_phrase():
    assert loosened(Without(C, (AB,))) == C
    assert loosened(Without(AB, (C, AB))) == Without(All((A, B)), (C,))


def test_phrase_is_found_wherever_it_stands_in_a_query():
    assert all(map(has_phrase, (AB, All((A, AB)), Either((AB, B)), Without(AB, (A,)), Without(A, (AB,)))))
    assert not any(map(has_phrase, (A, All((A, B)), Either((A, B)), Without(A, (B,)))))
