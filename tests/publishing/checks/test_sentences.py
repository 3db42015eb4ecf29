import pytest

from publishing.checks import sentences

SPLIT = [
    ("One. Two.", ["One.", "Two."]),
    ("No full stop", ["No full stop"]),
    ("", []),
    ("Take food, e.g. Bread or rice. Then rest.", ["Take food, e.g. Bread or rice.", "Then rest."]),
    ("Some forms, i.e. Type 1, differ.", ["Some forms, i.e. Type 1, differ."]),
    ("Ask Dr. Smith. She knows.", ["Ask Dr. Smith.", "She knows."]),
    ("Give 5.5 mg daily. Stop after 2.5 days.", ["Give 5.5 mg daily.", "Stop after 2.5 days."]),
    ("It blocks IL-6. This calms the joint.", ["It blocks IL-6.", "This calms the joint."]),
    ("You lack vitamin C. It matters.", ["You lack vitamin C.", "It matters."]),
    ("See Fig. 2 for this. It helps.", ["See Fig. 2 for this.", "It helps."]),
    ("Take no. 5 first. Then no. 6.", ["Take no. 5 first.", "Then no. 6."]),
    ("The answer is no. It does not help.", ["The answer is no.", "It does not help."]),
    ("About approx. 10 people came.", ["About approx. 10 people came."]),
    ("In the U.S. Food and Drug Administration it is so.", ["In the U.S. Food and Drug Administration it is so."]),
    ("It is sold in the U.S. It is not sold here.", ["It is sold in the U.S.", "It is not sold here."]),
    ("Really? Yes! Well…  Fine.", ["Really?", "Yes!", "Well…", "Fine."]),
    ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
    ("“Why?” she asked. Nobody knew.", ["“Why?” she asked.", "Nobody knew."]),
    ("It works (mostly.) Some do not respond.", ["It works (mostly.)", "Some do not respond."]),
    ("It is a vaccine. mRNA is its core.", ["It is a vaccine.", "mRNA is its core."]),
    ("1. Call for help. 2. Wait.", ["1. Call for help.", "2. Wait."]),
    ("A line\nAnother line", ["A line", "Another line"]),
    ("A line.\nAnother line.", ["A line.", "Another line."]),
    ("Colds, flu, etc. This passes.", ["Colds, flu, etc.", "This passes."]),
    ("Steroids vs. Placebo were compared.", ["Steroids vs. Placebo were compared."]),
    ("In 2024. Then 2025.", ["In 2024.", "Then 2025."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_text_is_split_where_a_sentence_ends(text, expected):
    assert [text[start:end] for start, end in sentences.spans(text)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("graft-versus-host disease", 2),
        ("5.5 mg of IL-6", 4),
        ("Crohn's disease – it lasts", 4),
        ("  … ! ", 0),
        ("and/or", 1),
    ],
)
def test_words_are_counted_as_a_reader_would(text, count):
    assert len(sentences.words(text)) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("make", 1),
        ("table", 2),
        ("antibody", 4),
        ("immune", 2),
        ("treated", 2),
        ("washed", 1),
        ("rhythm", 1),
    ],
)
def test_syllables(word, count):
    assert sentences.syllables(word) == count
