"""What the index holds of a page follows from its edition alone."""

import re
from struct import pack
from zlib import crc32

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import richtext
from publishing.models import Edition, Page
from search.entries import (
    IN_HEADING,
    IN_PLAIN_NAME,
    IN_SUMMARY,
    IN_TITLE,
    PROMINENT,
    TITLE,
    TITLE_WORD,
    VERSION,
    code_in,
    count_in,
    entry_of,
    often,
    sections_of,
    title_token,
)
from search.words import LONGEST_STORED, LONGEST_WORD, stem_of, stems_of
from tests.builders import (
    make_article,
    make_category,
    make_condition,
    make_indication,
    make_person,
    make_tag,
    make_therapy,
    publish,
    published,
)

STORED = re.compile(r"([apt]_)?[a-z0-9]+")


def edition(html="", *, title="", summary="", facts=None, **snapshot) -> Edition:
    """An edition with these texts, unsaved."""
    values = {"facts": facts or {}, "sections": []} | snapshot
    return Edition(title=title, summary=summary, html=html, text=richtext.text_of(html), snapshot=values)


def stem(word: str) -> str:
    return stems_of(word)[0]


def code(entry, word: str) -> int:
    return code_in(entry.profile, stem(word))


# Words


def test_words_stand_in_their_order():
    entry = entry_of(
        edition(
            "<h2>Doses</h2><p>Weekly.</p>", title="Zebra cream", summary="It soothes.", facts={"plain_name": "Balm"}
        )
    )
    assert entry.words == stems_of("zebra cream balm it soothes doses weekly")


def test_everything_readers_see_of_a_page_is_in_its_entry():
    entry = entry_of(
        edition(
            "<p>Textword.</p><ul><li>Listword</li></ul><table><tbody><tr><td>Cellword</td></tr></tbody></table>",
            title="Titleword: Explanationword",
            summary="Summaryword.",
            facts={"plain_name": "Plainword", "therapy_class": "Classword", "body_system": "Systemword"},
            authors=[{"name": "Personword"}],
            shelf={"name": "Shelfword"},
        ),
        ["Tagword"],
    )
    places = "text list cell title explanation summary plain class system person tag shelf".split()
    assert [place for place in places if stem(f"{place}word") not in entry.words] == []


def test_name_written_closed_is_also_one_word_of_its_own():
    entry = entry_of(edition("<p>Anti-TNF blocks IL 6.</p>"))
    assert {"antitnf", "il6"} <= set(entry.extra)
    assert {"antitnf", "il6"}.isdisjoint(entry.words)


def test_title_is_found_by_words_that_are_not_written_to_their_end():
    entry = entry_of(edition(title="Sjögren's syndrome: living with TNF-α"))
    assert {title_token(word) for word in ("sjogren", "syndrome", "living", "with", "tnf", "alpha")} == {
        each for each in entry.extra if each.startswith(TITLE_WORD)
    }


def test_written_words_are_those_that_typing_errors_are_corrected_to():
    entry = entry_of(edition("<p>Interleukin-6 allergies 5mg x2 naïve Привет.</p>", title="Anaemias"))
    assert entry.written == {"interleukin", "allergies", "mg", "x", "naive", "привет", "anaemias"}


def test_stem_of_every_written_word_is_in_the_index():
    entry = entry_of(edition("<p>Interleukins of the kidneys, treatments; diagnoses and pregnancies.</p>"))
    assert set(map(stem_of, entry.written)) <= set(entry.words)


def test_word_of_five_thousand_letters_is_kept_cut_and_not_corrected_to():
    entry = entry_of(edition(f"<p>{'a' * 5_000} {'я' * 5_000}</p>", title="b" * 200))
    assert entry.words[0] == "b" * LONGEST_WORD
    assert entry.words[1] == "a" * LONGEST_WORD
    assert max(map(len, [*entry.words, *entry.extra])) <= 200 + len(TITLE_WORD)
    assert len(entry.words[2]) == LONGEST_STORED + 1
    assert entry.written == set()


@settings(max_examples=60)
@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_the_texts_tokens_cannot_be_read_as_anything_else(title, summary, text, name):
    entry = entry_of(
        Edition(
            title=title,
            summary=summary,
            text=text,
            html="",
            snapshot={"facts": {"plain_name": name}, "tags": [{"name": name}], "shelf": {"name": name}},
        )
    )
    assert [token for token in [*entry.words, *entry.extra] if not STORED.fullmatch(token)] == []
    assert entry.extra == sorted(set(entry.extra))


# Places


def test_profile_says_where_a_word_stands():
    entry = entry_of(
        edition(
            '<h2 id="a">Headed</h2><p>Texted.</p>',
            title="Titled: widened",
            summary="Summed.",
            facts={"plain_name": "Plained"},
        )
    )
    assert {word: code(entry, word) for word in ("titled", "plained", "headed", "summed", "widened", "texted")} == {
        "titled": IN_TITLE,
        "plained": IN_PLAIN_NAME,
        "headed": IN_HEADING,
        "summed": IN_SUMMARY,
        "widened": IN_SUMMARY,
        "texted": 0,
    }


def test_word_in_several_places_is_in_all_of_them():
    entry = entry_of(edition('<h2 id="a">Zebras</h2>', title="Zebra", summary="A zebra."))
    assert code(entry, "zebra") == IN_TITLE | IN_HEADING | IN_SUMMARY


@pytest.mark.parametrize(("number", "expected"), [(2, 0), (3, 1), (5, 1), (6, 2), (11, 2), (12, 3), (300, 3)])
def test_profile_says_how_often_a_word_stands_in_the_text(number, expected):
    assert often(code(entry_of(edition(f"<p>{'zebra ' * number}</p>")), "zebra")) == expected


def test_prominent_tokens_are_the_words_of_the_profile():
    entry = entry_of(edition(f'<h2 id="a">Headed</h2><p>{"often " * 3} once.</p>', title="Titled", summary="Summed"))
    assert {each for each in entry.extra if each.startswith(PROMINENT)} == {
        PROMINENT + stem(word) for word in ("headed", "often", "titled", "summed")
    }
    assert [each for each in entry.extra if each.startswith(TITLE)] == [TITLE + stem("titled")]


def test_word_that_only_a_heading_by_itself_has_stands_nowhere():
    """Right after “group”, “IV” is a four: so it is among the headings, and not in the text."""
    entry = entry_of(edition('<h2 id="a">Dose by age group</h2><p>Text.</p><h2 id="b">IV immunoglobulin</h2>'))
    assert {each[len(PROMINENT) :] for each in entry.extra if each.startswith(PROMINENT)} <= {
        *entry.words,
        *entry.extra,
    }


def test_words_that_say_nothing_stand_nowhere():
    entry = entry_of(edition(title="What is a zebra", summary="How you can get it."))
    assert [word for word in ("what", "is", "how", "you", "can") if code(entry, word)] == []
    assert count_in(entry.profile, IN_TITLE) == 1


def test_name_written_closed_stands_where_its_words_stand():
    entry = entry_of(edition(title="Anti-TNF"))
    assert code_in(entry.profile, "antitnf") == IN_TITLE
    assert TITLE + "antitnf" in entry.extra
    assert count_in(entry.profile, IN_TITLE) == 3


def test_code_is_read_at_the_beginning_of_a_record_only():
    wanted = crc32(b"zebra")
    before = pack(">BI", 7, wanted)
    assert code_in(before, "zebra") == 0
    assert code_in(before + pack(">IB", wanted, IN_HEADING), "zebra") == IN_HEADING


# Sections


def places(made: Edition) -> list[tuple[str, str]]:
    """The id of each section and the line of the text where it begins."""
    return [(each.id, made.text[each.start :].split("\n")[0]) for each in sections_of(made)]


def test_sections_begin_where_their_heading_stands_in_the_text():
    made = edition(
        '<h2 id="a">First</h2><p>The First and Second.</p><h3 id="b">Second</h3><p>x</p><h2 id="c">Third</h2>'
    )
    assert places(made) == [("a", "First"), ("b", "Second"), ("c", "Third")]
    assert [made.text.count("\n", 0, each.start) for each in sections_of(made)] == [0, 2, 4]


def test_sections_of_one_title_begin_at_different_places():
    made = edition('<h2 id="a">Harms</h2><p>x</p><h2 id="b">Harms</h2>')
    assert [(each.id, each.start) for each in sections_of(made)] == [("a", 0), ("b", len("Harms\nx\n"))]


def test_title_of_a_section_is_as_readers_see_it():
    titles = ["IgG &lt; 5 g/l &amp; ≤ 10² µg/ml", "Use of &amp;lt;", "<em>IL</em>-6 naïve", "½ of “it”"]
    made = edition("".join(f'<h2 id="s{number}">{title}</h2>' for number, title in enumerate(titles)))
    seen = ["IgG < 5 g/l & ≤ 10² µg/ml", "Use of &lt;", "IL-6 naïve", "½ of “it”"]
    assert [each.title for each in sections_of(made)] == seen
    assert [title for _id, title in places(made)] == seen


def test_place_of_rows_is_a_section_without_a_place_in_the_text():
    rows = {"id": "indications", "title": "What it treats", "rows": "indications"}
    entry = entry_of(edition('<h2 id="a">First</h2>', sections=[{"id": "a", "title": "First", "rows": ""}, rows]))
    assert [(each.id, each.title, each.start) for each in entry.sections] == [
        ("a", "First", 0),
        ("indications", "What it treats", -1),
    ]


@pytest.mark.django_db
def test_sections_of_public_pages_are_those_that_can_be_linked(client):
    therapy = make_therapy(how_it_works="<h3>At first</h3><p>It binds.</p><h3>Later &amp; last</h3>")
    make_indication(therapy=therapy, condition=published(make_condition()))
    therapy = published(therapy)
    entry = entry_of(therapy.live)
    shown = client.get(therapy.get_absolute_url()).text
    assert len(entry.sections) > 5
    assert {"At first", "Later & last"} <= {each.title for each in entry.sections}
    assert [each.id for each in entry.sections if f'id="{each.id}"' not in shown] == []
    for each in entry.sections:
        assert each.start == -1 or therapy.live.text[each.start :].startswith(each.title)


# From the edition alone


@pytest.fixture
def full(db):
    article = make_article(
        title="Zebra: a horse",
        body="<h2>Anti-TNF &amp; IL-6</h2><p>Text <em>of</em> naïve T\u00adcells, 10² µg.</p>",
        category=make_category(name="Savannah"),
    )
    article.tags.add(make_tag("Stripes"), make_tag("Animals"))
    article.authors.add(make_person(name="Ada Zulu"))
    return article


def test_entry_is_the_same_before_and_after_the_edition_is_stored(full):
    made = publish(full)
    assert entry_of(made) == entry_of(Edition.objects.get(pk=made.pk))
    assert entry_of(made) == entry_of(Page.objects.select_related("live").get(pk=full.pk).live)


def test_entry_asks_nothing_of_the_database(full, django_assert_num_queries):
    made = Edition.objects.get(pk=publish(full).pk)
    with django_assert_num_queries(0):
        entry_of(made)


def test_entry_does_not_change_with_what_stands_beside_the_edition(full):
    made = publish(full)
    before = entry_of(Edition.objects.get(pk=made.pk))
    for each in (full.category, *full.tags.all(), *full.authors.all()):
        type(each).objects.filter(pk=each.pk).update(name=f"Another name {each.pk}")
    full.title, full.summary = "Another title", "Another summary."
    full.save()
    assert entry_of(Edition.objects.get(pk=made.pk)) == before


def test_entry_has_the_tags_that_are_given_and_not_those_of_the_edition(full):
    made = publish(full)
    assert stem("animals") not in entry_of(made).words
    assert code(entry_of(made, ["Animals"]), "animals") == IN_SUMMARY


@pytest.mark.parametrize("other", ["A zebras stripe.", "A zebra, striped.", "Stripe a zebra.", "A zebra stripe. IL-6"])
def test_entries_that_differ_have_different_checksums(other):
    """Also where only the spelling of a word differs: the words that errors are corrected to differ then."""
    assert entry_of(edition(f"<p>{other}</p>")).checksum != entry_of(edition("<p>A zebra stripe.</p>")).checksum


def test_entry_does_not_depend_on_the_language_of_the_process(full):
    made = publish(full)
    with translation.override("de"):
        assert entry_of(made) == entry_of(Edition.objects.get(pk=made.pk))
        german = entry_of(made)
    assert german == entry_of(made)


SAMPLE = """
<h2 id="why">Why Sjögren's disease &amp; naïve T-cells matter</h2><p>Anti-TNF-α, anti-PD-L1 and interleukin-6 (IL 6)
treat allergies, anaemia, tumours, arthritides and type II diabetes in the kidneys; diagnosis, pregnancies, vaccinations
and immunizations of CD4+ cells. Cyclosporine, aciclovir, sulphate, fibre, leucocytes, metastases, headaches, COVID-19.
Skin skin skin. Αβγ Ёлка 日本語 \U00010400 10² µg.</p><h3 id="how">How generously, dying and skis</h3>
"""
CHECKSUMS = {1: 808565809, 2: 808565809}


def test_entry_changes_only_with_the_version():
    """An index that other code has made is made anew, as its version says. So raise `VERSION` with every change, and
    write here what the sample gives from then on.
    """
    entry = entry_of(
        edition(
            SAMPLE.replace("\n", " "),
            title="Lupus: an overview",
            summary="Treatments for children.",
            facts={"plain_name": "The wolf", "body_system": "Skin and joints"},
            authors=[{"name": "Ada Writer"}],
            shelf={"name": "Autoimmune"},
        ),
        ["B cells"],
    )
    sections = [(each.id, each.title, each.start) for each in entry.sections]
    made = (
        entry.words,
        entry.extra,
        entry.profile.hex(),
        sections,
        [(word, stem_of(word)) for word in sorted(entry.written)],
    )
    assert {VERSION: crc32(repr(made).encode())} == {VERSION: CHECKSUMS.get(VERSION)}
