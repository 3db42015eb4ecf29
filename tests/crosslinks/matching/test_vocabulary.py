import pytest

from crosslinks.matching import Term, Vocabulary, index_words, match, phrases
from crosslinks.matching.vocabulary import keys, written_forms


def term(text: str, key: int = 1, entity: int = 1) -> Term:
    return Term(key, entity, text, "preferred")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Carcinoma, breast", ["breast Carcinoma"]),
        ("deficiency of the enzyme", ["enzyme deficiency"]),
        ("asthma (disorder)", []),
        ("[Leu1, Thr2]-desulfohirudin", []),
        ("infection, not otherwise specified", []),
        ("Failure due to asthma, chronic", []),
        ("syndrome of inappropriate secretion", []),
        ("cancer of the head and neck", []),
        ("2,4-dinitrophenol", []),
    ],
)
def test_names_are_turned_only_where_that_is_how_vocabularies_write(text, forms):
    assert written_forms(text)[1:] == forms


def test_every_text_has_one_key_even_without_words():
    assert keys(["+", "asthma", "", "T-cell", "two\n\nparagraphs", "(in) brackets"]) == [
        [],
        ["asthma"],
        [],
        ["t", "cell"],
        ["two", "paragraf"],
        ["in", ")bracket"],
    ]


@pytest.mark.parametrize("text", ["", " ", "+", "()", "—", "\n\n"])
def test_a_name_without_words_is_nowhere(text):
    assert match("+ () — text", Vocabulary([term(text), term("text")])) == match(
        "+ () — text", Vocabulary([term("text")])
    )
    assert phrases(term(text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Auto-immune hepatitis", "autoimmune hepatitis"),
        ("autoimmune hepatitis", "auto-immune hepatitis"),
        ("Carcinoma, breast", "cancer and carcinoma of the breast"),
        ("TNF-α", "TNFalpha TNF alpha"),
        ("sofosbuvir/velpatasvir", "sofosbuvir/velpatasvir"),
        ("type II diabetes", "diabetes type 2"),
        ("5½ disease", "5½ disease"),
    ],
)
def test_the_index_words_of_a_text_hold_a_phrase_of_each_name_in_it(name, text):
    words = index_words(text)

    assert any(phrase <= words for phrase in phrases(term(name)))
    assert all(word.isalnum() for word in words)


def test_phrases_hold_only_letters_and_digits():
    assert all(word.isalnum() for phrase in phrases(term("(+)-nucleos(t)ide / 5½-analogue's")) for word in phrase)


def test_names_that_begin_alike_are_all_found():
    names = ["a b", "a b c", "a b d", "a", "a b c d e", "a x", "b"]
    built = Vocabulary([term(f"{name} end", number, number) for number, name in enumerate(names)])

    for number, name in enumerate(names):
        assert [span.entity for span in match(f"{name} end", built)] == [number]


def test_the_order_of_names_does_not_matter():
    terms = [term("red cell", 1, 1), term("red cell count", 2, 2), term("red", 3, 3), term("red cells", 4, 1)]
    text = "A red cell count, a red cell, a red one, red cells."

    assert match(text, Vocabulary(terms)) == match(text, Vocabulary(reversed(terms)))
