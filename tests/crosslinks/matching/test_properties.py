"""What must hold for any text and any vocabulary, and that the work grows no faster than the text."""

import random
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crosslinks.matching import Linking, Term, Vocabulary, index_words, match, phrases

from .examples import vocabulary

# Few words, so that names meet in texts; each is there for a rule.
WORDS = (
    "breast cancer cancers of the auto immune autoimmune non Hodgkin's lymphoma MS ALL type 2 II diabetes TNF α alpha "
    "gene vaccine deficiency and or familial cerebral disease syndrome kidney renal C5 é anaemia anemia x"
).split()
GAPS = [" ", " ", " ", "-", "\u2011", " (", ") ", ", ", ". ", "\n", "\n\n", "/", "", "\u00a0", "; ", "'s ", "\u2019s "]

words = st.sampled_from(WORDS)
names = st.lists(words, min_size=1, max_size=3).flatmap(
    lambda chosen: st.sampled_from([" ", "-", ", ", "/"]).map(lambda gap: gap.join(chosen))
)
texts = st.lists(st.tuples(words, st.sampled_from(GAPS)), max_size=14).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
terms = st.builds(
    Term,
    key=st.integers(0, 99),
    entity=st.integers(0, 3),
    text=names,
    kind=st.sampled_from(["preferred", "abbreviation", "plain", "class"]),
    exact_case=st.booleans(),
    linking=st.sampled_from(Linking),
)
vocabularies = st.lists(terms, max_size=6)


@settings(max_examples=400)
@given(texts, vocabularies, terms, terms)
def test_a_term_changes_only_texts_that_hold_a_phrase_of_it(text, others, old, new):
    held = index_words(text)
    touches = {term: any(phrase <= held for phrase in phrases(term)) for term in (old, new)}
    without, before, after = (match(text, Vocabulary([*others, *some])) for some in ([], [old], [new]))

    assert touches[old] or before == without
    assert touches[new] or after == without
    assert touches[old] or touches[new] or before == after


@settings(max_examples=300)
@given(texts, vocabularies)
def test_spans_are_whole_words_in_order_and_never_overlap(text, some):
    spans = match(text, Vocabulary(some))

    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span in spans:
        assert text[span.start].isalnum()
        assert span.start == 0 or not text[span.start - 1].isalnum()
        assert span.end == len(text) or not text[span.end].isalnum() or text[span.end - 1] in "\u2019'"
        assert "\n\n" not in text[span.start : span.end]


def meaning(text: str, some: list[Term], form: str = "NFC") -> list[tuple]:
    def plain(part):
        same = {0x2019: "'", 0x2010: "-", 0x2011: "-", 0xA0: " ", 0xAD: None}
        return unicodedata.normalize("NFC", part).translate(same)

    return [
        (plain(text[span.start : span.end]), span.entity, span.accepted, span.reason)
        for span in match(text, Vocabulary(some))
    ]


@settings(max_examples=200)
@given(texts, vocabularies)
@example("Sjögren's disease", [Term(1, 1, "Sjögren disease", "preferred")])
@example("breast\u2011breast", [Term(1, 1, "breast breast", "preferred")])
def test_the_ways_to_encode_a_text_do_not_matter(text, some):
    expected = meaning(text, some)

    assert meaning(unicodedata.normalize("NFD", text), some) == expected
    otherwise = text.replace("'", "\u2019").replace(" ", "\u00a0").replace("-", "\u2010\u00ad")
    assert meaning(otherwise, some) == expected


@given(st.text(max_size=60), vocabularies)
def test_any_text_is_read(text, some):
    for span in match(text, Vocabulary([*some, Term(1, 1, text, "preferred")])):
        assert 0 <= span.start < span.end <= len(text)
    assert all(word.isalnum() for word in index_words(text))


LETTERS = "abcdfghijklmnopqrstuvwxyzüß019"  # without e: "insuline" is a spelling of insulin


def test_a_name_inside_a_longer_word_never_links():
    known = ["asthma", "insulin", "TNF-alpha", "hepatitis B", "COVID-19", "Crohn's disease", "IVIG", "lupus"]
    built = vocabulary({name: [name] for name in known})
    chance = random.Random(7)
    for _sentence in range(2000):
        name = chance.choice(known)
        before, after = ("".join(chance.choices(LETTERS, k=chance.randint(0, 3))) for _side in ("before", "after"))
        if not before and after in ("", "s"):
            continue
        text = f"A sentence of {before}{name}{after} here."
        inside = [span for span in match(text, built) if text[span.start : span.end].startswith(name)]
        assert not [span for span in inside if before or (after and after != "s")], text


def calls(text: str, built: Vocabulary) -> int:
    """How many functions were called to match the text: a count of the work that no clock disturbs."""
    count = 0

    def step(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        match(text, built)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "hostile",
    [
        "common variable ",
        "a b c d e f ",
        "(",
        "a (b) ",
        "Crohn disease (CD) ",
        "non-",
        "auto-immune ",
        "cancer of the ",
        "type 1 ",
        "breast and ",
        "breast cancer (BC) ",
        "(breast cancer) ",
        "BC (breast cancer) ",
        "B-C (breast cancer) ",
        "((a) ",
        "a'",
        "α",
    ],
)
def test_the_work_grows_no_faster_than_the_text(hostile):
    built = vocabulary(
        {
            "cvid": ["common variable immunodeficiency"],
            "long": ["a b c d e f a b c d e f a b c d e f g"],
            "crohn": ["Crohn disease"],
            "aih": ["autoimmune hepatitis"],
            "breast": ["breast cancer", "cancer"],
            "diabetes": ["type 1 diabetes"],
        }
    )
    match(hostile * 10, built)  # fills the tables of known words
    small, large = calls(hostile * 200, built), calls(hostile * 800, built)

    assert large < 4.6 * small
