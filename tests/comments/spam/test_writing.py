from pathlib import Path

import pytest

from comments.spam import writing

CONTENT = Path(__file__).resolve().parents[3] / "content"


@pytest.mark.parametrize(
    "text",
    ["sdfkjh wqertz lkjhgf", "asdf asdf asdf", "qwertzuiop", "kjh4k5j2h3 8d7f6g8d2", "aaaaaaaa bbbbbbb", "xkcdvbn"],
)
def test_letters_at_random_are_found(text):
    assert writing.random_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hydroxychloroquine, Sjögren, Krzysztof and strengths.",
        "Ich hatte Angstschweiß und Kopfschmerzen.",
        "Lot AB12345X, anti-CCP, HLA-B27, JAK1, TYK2",
        "hmmmm nooooo",
        "thx pls rhythm",
        "idiopathische thrombozytopenische Purpura",
        "My password was qwerty for years, and the nurse laughed.",
        "10/10",
        "",
    ],
)
def test_words_of_people_are_not_at_random(text):
    assert writing.random_words(text) == ()


def test_words_of_the_site_are_not_at_random():
    pages = CONTENT.rglob("*.md")
    words = {word for page in pages for word in page.read_text(encoding="utf-8").split() if word.isalpha()}

    odd = {word for word in words if len(word) >= writing.SHORTEST_RANDOM_WORD and writing.is_random(word)}

    assert len(words) > 1000
    assert odd == set()


def test_a_text_in_another_script_is_strange():
    assert writing.strange_letters("Лучшие предложения для вас") == 1
    assert writing.strange_letters("TNF-α and µg, Sjögren, ﬁne") == 0
    assert writing.strange_letters("Thank you, спасибо!") < writing.MOST_STRANGE


def test_repetitions_are_found():
    assert writing.repeated("buy now " * 10) == ("buy", "now")
    assert writing.repeated("so so so so tired") == ()


def test_mostly_signs_are_found():
    assert writing.few_letters("$$$ >>> !!! *** $$$ >>> !!! *** ok")
    assert not writing.few_letters("❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️")
    assert not writing.few_letters("IgG: 6.1 -> 7.9 -> 9.4 (7-16)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202egnp.exe", ("U+202E",)),
        ("a" + "\u0301" * 40, ("U+0301",)),
        ("v\u200bi\u200ba\u200bgra", ("U+200B",)),
        ("שלום\u200f ok", ()),
        ("e\u0301te\u0301", ()),
        ("family 👨‍👩‍👧 flag", ()),
    ],
)
def test_signs_that_hide_or_turn_are_found(text, expected):
    assert writing.unseen_signs(text) == expected
