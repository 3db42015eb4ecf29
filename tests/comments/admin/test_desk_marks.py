"""Words that the rules found are marked in the text, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.admin.desk_marks import marked


def found(text, *words):
    return [piece.text for paragraph in marked(text, words) for piece in paragraph if piece.is_found]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("I want to end it", ["end it"], ["end it"]),
        ("Weekend items", ["end it"], []),
        ("end\nit now", ["end it"], ["end\nit"]),
        ("to  end\n it, end it.", ["end it"], ["end\n it", "end it"]),
        ("a dose, no over_dose", ["dose"], ["dose"]),
        ("dose, overdose", ["dose"], ["dose"]),
        ("Call +44 20 7946 0000 now", ["+44 20 7946 0000"], ["+44 20 7946 0000"]),
        ("see https://example.org/a?b=(c)", ["https://example.org/a?b=(c)"], ["https://example.org/a?b=(c)"]),
        ("stop the pills", ["stop", "stop the pills"], ["stop the pills"]),
        ("Stop, stop", ["stop"], ["stop"]),
        ("anything", [], []),
        ("anything", ["", " "], []),
    ],
)
def test_whole_words_as_they_were_written(text, words, expected):
    assert found(text, *words) == expected


def test_paragraphs_are_kept_apart():
    assert [[piece.text for piece in each] for each in marked("One\ntwo\n\n\n three", ["two"])] == [
        ["One\n", "two"],
        ["three"],
    ]


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=5))
def test_pieces_are_the_text(text, words):
    shown = "".join(piece.text for paragraph in marked(text, words) for piece in paragraph)
    assert shown.split() == text.split()
