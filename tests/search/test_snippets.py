"""The piece of text under a result: the best one, with the words that were asked for marked, nothing else changed."""

import re

import pytest

from search.asked import asked
from search.lexicon import Lexicon
from search.results import Run
from search.snippets import LENGTH, marked, places, snippet
from search.understanding import Understood, Wish, understand
from search.words import stems_of
from tests.builders import make_article, make_therapy, published
from tests.search.asking import call
from tests.search.demonstration import CONTENT

pytestmark = pytest.mark.django_db
FILLING = "These are words that fill a text. " * 12


def asking_for(stem):
    return Understood(asked(""), Lexicon(()), [Wish(((stem,),), (stem,))])


def marks(text, typed):
    """The words that are marked in the whole text."""
    return [text[place.start : place.end] for place in places(text, understand(typed))]


def piece(text, typed, **values):
    runs, _at = snippet(text, places(text, understand(typed)), **values)
    return "".join(f"[{run.text}]" if run.is_match else run.text for run in runs)


def test_words_are_marked_as_the_text_writes_them():
    assert marks("Zebras, the ZEBRA’s foal; zebrafish.", "zebra") == ["Zebras", "ZEBRA"]


def test_other_spellings_and_forms_are_marked():
    assert marks("Sjögren, leukaemia and tumours.", "sjogren leukemia tumor") == ["Sjögren", "leukaemia", "tumours"]


def test_every_word_of_the_demonstration_is_marked_where_it_is_asked_for():
    """Most words of a text are not even read: by their first letter they cannot be meant."""
    texts = [path.read_text(encoding="utf-8") for path in CONTENT.glob("*/*.md")]
    words = {word for text in texts for word in re.findall(r"[^\W_]{2,}", text)}
    words |= {"phosphate", "Oedema", "aetiology", "Interleukin", "haemophilia", "paediatric", "Œdema", "éclair", "βeta"}
    assert len(words) > 4_000
    missed = {word for word in words for stem in stems_of(word)[:1] if not places(word, asking_for(stem))}
    assert {word for word in missed if len(stems_of(word)) == 1} == set()


def test_letters_that_have_no_plain_form_are_marked():
    assert marks("A Sjøgren page, in œdema.", "sjøgren") == ["Sjøgren"]


def test_other_names_of_the_page_that_was_named_are_marked():
    call(published(make_therapy(title="Intravenous immunoglobulin")), "gamma globulin")
    assert marks("Some intravenous immunoglobulin.", "gamma globulin") == ["intravenous", "immunoglobulin"]


def test_words_that_say_nothing_are_not_marked():
    assert marks("What is a zebra? It is an animal.", "what is a zebra") == ["zebra"]


def test_unwanted_words_are_not_marked():
    assert marks("Zebras and okapis.", "zebra -okapi") == ["Zebras"]


def test_number_alone_is_not_marked_and_with_its_name_it_is():
    assert marks("In 6 weeks IL-6 and IL 6 fall, and 6 stays.", "il-6") == ["IL", "6", "IL", "6"]
    assert marks("T cells and the letter t.", "t cells") == ["T", "cells"]


def test_nothing_is_marked_where_no_word_stands():
    assert snippet(FILLING, places(FILLING, understand("zebra"))) == ((), 0)
    assert snippet("", places("", understand("zebra"))) == ((), 0)
    assert marked("Some words.", understand("zebra")) == (Run("Some words."),)
    assert marked("", understand("zebra")) == ()


def test_short_text_is_shown_as_a_whole():
    assert piece("A zebra runs.", "zebra") == "A [zebra] runs."


def test_piece_is_cut_at_a_sentence_and_between_words():
    text = f"{FILLING}The zebra runs. {FILLING}"
    found = piece(text, "zebra")
    assert found.startswith("… The [zebra] runs. These are")
    assert found.endswith(" …")
    assert found.removesuffix(" …").split()[-1] in FILLING.split()
    assert len(found) < LENGTH + 20


def test_piece_of_a_long_sentence_is_cut_at_a_word():
    text = f"{'and so on, ' * 60}the zebra {'and so on, ' * 60}"
    found = piece(text, "zebra")
    assert found.startswith(("… and ", "… so ", "… on, "))
    assert "the [zebra] and" in found


def test_piece_meets_most_of_what_was_asked_for():
    text = f"A zebra here. {FILLING} The zebra and the okapi. {FILLING} A zebra, zebra, zebra."
    assert "[zebra] and the [okapi]" in piece(text, "zebra okapi")


def test_piece_of_the_section_that_answers_is_preferred():
    text = f"The zebra first. {FILLING}\nHarms\nThe zebra bites. {FILLING}"
    assert "zebra] first" in piece(text, "zebra")
    assert "zebra] bites" in piece(text, "zebra", section=range(text.index("Harms"), len(text)))


def test_pieces_of_text_stay_what_they_are():
    """Line breaks and tabs apart, what is shown stands in the text."""
    text = f"{FILLING}\nA heading\nThe <b>zebra</b> & “its” foal 𝒜.\n{FILLING}"
    runs, at = snippet(text, places(text, understand("zebra foal")))
    assert text[at:].startswith("zebra")
    shown = "".join(run.text for run in runs[1:-1])
    assert shown in text.replace("\n", " ")
    assert [run.text for run in runs if run.is_match] == ["zebra", "foal"]


def test_words_longer_than_a_piece_make_it_no_longer():
    long = "x" * (LENGTH * 3)
    assert piece(f"zebra {long} end", "zebra") == "[zebra] …"
    texts = [piece(f"{FILLING} {long} {FILLING}", long), piece(f"zebra {long} end", "zebra"), piece(long, long)]
    assert [len(each) for each in texts if len(each) > LENGTH + 20] == []


def test_long_page_with_the_word_everywhere_has_a_piece():
    text = "Zebras graze. " * 20_000
    assert piece(text, "zebra").count("[Zebras]") > 5


@pytest.mark.parametrize(
    "typed",
    ["zebra", '<script>alert("zebra")</script>', "<b>zebra", "&lt;", "&amp;zebra", '"><img src=x onerror=alert(1)>'],
)
def test_neither_text_nor_query_is_markup(client, typed):
    text = "A &lt;script&gt;alert(1)&lt;/script&gt; zebra &lt;b&gt; img src=x lt &amp;amp; more."
    published(
        make_article(title="Zebra <i>title</i>", summary="A <u>zebra</u>.", body=f"<p>{text}</p>", is_medical=False)
    )
    page = client.get("/search/", {"q": typed}).text
    for markup in ("<script>alert", "<i>title", "<u>", "<b>", "<img src=x"):
        assert markup not in page
    assert "<mark>zebra</mark>" in page or "zebra" not in typed


def test_words_are_marked_on_the_page(client):
    published(make_article(title="A page", body="<p>The zebra runs &amp; rests.</p>", is_medical=False))
    assert "The <mark>zebra</mark> runs &amp; rests." in client.get("/search/", {"q": "zebra"}).text
