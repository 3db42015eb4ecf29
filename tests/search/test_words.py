"""Spellings of one thing meet, other things stay apart, and any text is read."""

import re
import sys
import threading
import unicodedata
from itertools import pairwise, permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import words
from search.words import LONGEST_STORED, LONGEST_WORD, key_of, read_text, stem, stem_of, stems_of

STORED = re.compile(r"[a-z0-9]+")


def tokens(text: str) -> set[str]:
    """What the index stores of this text."""
    read = read_text(text)
    return {*read.stems, *(stem(each.form) for each in read.joined)}


def meets(query: str, text: str) -> bool:
    """Whether the text has the words of the query, or the one word they are also read as; of a name only that."""
    read = read_text(query)
    as_one = [each for each in read.joined if (each.first, each.last) == (0, len(read.stems))]
    apart = [] if any(each.is_name for each in as_one) else [set(read.stems)]
    return any(reading <= tokens(text) for reading in [*apart, *({stem(each.form)} for each in as_one)])


@pytest.mark.parametrize(
    "spellings",
    [
        ("IL-6", "IL 6", "il6", "Il6", "IL\u00a06", "IL\u202f6", "IL\u20116", "IL\u22126", "\uff29\uff2c\uff0d\uff16"),
        ("interleukin-6", "Interleukin 6", "IL-6", "INTERLEUKIN 6"),
        ("IL-17A", "il17a", "IL-17-A"),
        ("TNF-α", "TNFα", "TNF-alpha", "TNF alpha", "tnf-alfa", "TNF \u0391", "TNF\u2010α"),
        ("β2-microglobulin", "beta-2 microglobulin", "Beta 2 microglobulin"),
        ("CD4+", "CD4", "cd 4", "CD-4"),
        ("T-cell", "T-cells", "Tcell", "T\u2011Cells", "tcells"),
        ("anti-PD-L1", "anti PD-L1", "Anti\u2011PD\u2011L1", "ANTI-PD-L1"),
        ("anti-TNF", "anti TNF", "antitnf", "Anti-TNFs"),
        ("type 2", "type II", "type-2", "TYPE II", "Type\u00a0II", "type ii"),
        ("COVID-19", "covid19", "Covid\u201119"),
        ("Sjögren", "Sjogren", "SJÖGREN", "Sjo\u0308gren", "Sjögren's", "Sjögren\u2019s"),
        ("Crohn's", "Crohn\u2019s", "crohn", "Crohns"),
        ("naïve", "naive", "NAI\u0308VE"),
        ("anaemia", "anemia", "Anaemias"),
        ("auto-immune", "autoimmune", "auto immune", "Auto\u00adimmune"),
        ("metho\u00adtrexate", "methotrexate", "Metho\u200btrexate"),
        ("allergy", "allergies", "Allergic", "allergy's"),
        ("treatment", "treatments", "treating", "treat"),
        ("Straße", "STRASSE", "strasse"),
        ("\ufb01brosis", "fibrosis"),
        ("Привет", "ПРИВЕТ"),
        ("Ёлка", "Е\u0308лка", "ёлка"),
    ],
)
def test_spellings_of_one_thing_meet(spellings):
    assert [pair for pair in permutations(spellings, 2) if not meets(*pair)] == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("T cell", "A cell of the blood"),
        ("T cells", "B cells and memory cells"),
        ("IL-6", "IL-16, IL-60 and six"),
        ("IL-17A", "IL-17F"),
        ("CD4", "CD8 and CD40"),
        ("TNF-α", "IFN-γ"),
        ("vitamin D", "vitamin C"),
        ("hyperthyroid", "hypothyroid"),
        ("Привет", "Привез"),
        ("日本", "日本語"),
        ("المناعة", "الحساسية"),
        ("\U00010400", "\U00010401"),
    ],
)
def test_other_things_stay_apart(query, text):
    assert meets(query, query)
    assert not meets(query, text)


def test_t_cell_keeps_its_t_and_says_which_cell():
    assert read_text("T cells").stems == ["t", "cell"]


def test_word_before_a_number_is_no_name():
    assert [
        each for text in ("in 6 weeks", "over 65", "with 2", "6 10", "a\n6") for each in read_text(text).joined
    ] == []


def test_number_on_the_next_line_is_not_part_of_a_name():
    assert read_text("IL\n6").joined == []


def test_name_with_a_letter_after_its_number_is_also_the_name_without():
    assert meets("IL-17", "IL-17A is one of them")
    assert not meets("IL-17A", "IL-17")


def test_long_chain_of_hyphens_is_not_read_as_one_word():
    assert tokens("one-two-three-four-five") == {"one", "two", "three", "four", "five"}


def test_every_run_of_words_without_a_space_is_also_one_word():
    joined = read_text("IL-6, anti-TNF and a-b-c; then x y, z-1").joined
    assert [each.form for each in joined] == ["il6", "antitnf", "abc", "z1", "antitnf"]


def test_names_written_in_one_word_or_in_two_have_the_same_key():
    assert key_of(read_text("EpiPen").forms) == key_of(read_text("epi pen").forms)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Sjögren's", ["sjogren"]), ("TNF-α", ["tnf", "alpha"]), ("CD4+ T-cells", ["cd", "4", "t", "cells"])],
)
def test_words_are_also_kept_as_they_are_written_without_accents(text, plain):
    assert read_text(text).plain == plain


@pytest.mark.parametrize(
    "text", ["", " ", "__", "\U0001f469\u200d\u2695\ufe0f", "\x00", "\u0301", "''", "+-*/", "\u202e"]
)
def test_text_without_a_word_has_none(text):
    assert stems_of(text) == []


def test_each_word_is_kept_with_its_place():
    text = "Anti\u2011TNFα, naïve T\u00adcells: Sjögren\u2019s!"
    read = read_text(text)
    written = [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]
    assert written == ["Anti", "TNF", "α", "naïve", "T\u00adcells", "Sjögren\u2019s"]


def test_word_alone_has_the_stem_it_has_in_a_text():
    for word in "interleukin allergies anaemia treatment diagnosis crohns naïve kidney lymphomata привет".split():
        assert [stem_of(word)] == stems_of(word)


def test_word_of_five_thousand_letters_is_cut():
    assert stems_of("a" * 5_000) == ["a" * LONGEST_WORD]
    assert len(stems_of("я" * 5_000)[0]) == LONGEST_STORED + 1


@given(st.text())
@example("ŉ ² ½ ① Ⅳ º ª İ ı ſ ǅ \u1e9e")
@example("क्षेत्र 한국어 ไทย \U0001d54b \U0001f1e9\U0001f1ea ٦ \u0600")
def test_whatever_the_text_tokens_are_small_letters_and_digits(text):
    assert [token for token in tokens(text) if not STORED.fullmatch(token)] == []
    assert all(len(token) <= LONGEST_STORED + 1 for token in tokens(text))


@given(st.text())
def test_whatever_the_text_its_words_stand_in_order(text):
    read = read_text(text)
    count = len(read.stems)
    assert [len(each) for each in (read.plain, read.forms, read.starts, read.ends)] == [count] * 4
    assert all(0 <= start < end <= len(text) for start, end in zip(read.starts, read.ends, strict=True))
    assert all(end <= start for end, start in pairwise([0, *sum(zip(read.starts, read.ends, strict=True), ())]))
    assert all(0 <= each.first < each.last - 1 < count for each in read.joined)
    assert stems_of(text) == read.stems


# Letters with accents, as they are in Latin and Greek texts.
ACCENTED = st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=["L", "Zs"]) | st.sampled_from(
    "άέήίόύώΆΈ -'"
)


@given(st.text(ACCENTED))
@example("Sjögren, naïve, Å, ÿ, ΰ")
def test_composed_and_decomposed_letters_are_read_alike(text):
    assert stems_of(unicodedata.normalize("NFC", text)) == stems_of(unicodedata.normalize("NFD", text))


def test_stems_do_not_depend_on_what_was_read_before(monkeypatch):
    texts = [f"treatments of allergies number {number} étude{number}" for number in range(30)]
    expected = list(map(stems_of, texts))
    kept = words._stems
    kept.clear()
    monkeypatch.setattr(kept, "MOST", 4)
    assert list(map(stems_of, texts)) == expected
    assert 0 < len(kept) <= 4


def test_a_longer_word_is_not_remembered():
    known = words.Remembered(len)
    assert [known["a" * LONGEST_WORD], known["b" * (LONGEST_WORD + 1)]] == [LONGEST_WORD, LONGEST_WORD + 1]
    assert list(known) == ["a" * LONGEST_WORD]


class Forgetful(words.Remembered):
    def __setitem__(self, key, value):
        pass


def test_threads_do_not_disturb_each_other(monkeypatch):
    texts = [word + ending for word in ("activat", "inhibit", "regulat", "immuniz") for ending in ("ing", "ion", "ed")]
    expected = [stem(text) for text in texts]
    monkeypatch.setattr(words, "_stems", Forgetful(words._stem))
    found = []

    def work():
        found.extend([stem(text) for text in texts] == expected for _round in range(60))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=work, daemon=True) for _number in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)  # without the lock some never end
    finally:
        sys.setswitchinterval(interval)
    assert found == [True] * 240


def calls(text: str) -> int:
    """How many functions were called to read the text: a count of the work that no clock disturbs."""
    count = 0

    def step(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        read_text(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "hostile", ["a-", "IL-6 ", "1a", "anti-", "IL 6 ", "α", "é", "a'", "-", "x\u00ad", "я-", "II "]
)
def test_the_work_grows_no_faster_than_the_text(hostile):
    read_text(hostile * 10)
    assert calls(hostile * 4_000) < 4.6 * calls(hostile * 1_000)
