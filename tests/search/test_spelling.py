"""Words that nobody wrote are taken for those one letter away, and what is right is never changed."""

import random
from string import ascii_lowercase

import pytest

from search.knowledge import knowledge_of
from search.searching import search
from search.spelling import corrected
from search.words import read_text
from tests.builders import make_condition, make_therapy, published
from tests.search.asking import article, call, titles, withdraw

pytestmark = pytest.mark.django_db
# Each is the name of one page.
NAMES = (
    "methotrexate",
    "hydroxychloroquine",
    "intravenous immunoglobulin",
    "Humira",
    "lupus",
    "psoriasis",
    "myasthenia gravis",
    "Crohn's disease",
)
# These stand in texts alone.
WORDS = ("swollen", "infusion", "ambulance", "vaccination")


@pytest.fixture
def site():
    therapy, condition = published(make_therapy(title="Zebrumab")), published(make_condition(title="Okapitis"))
    call(therapy, *NAMES[:4])
    call(condition, *NAMES[4:])
    article("In the text", f"These words stand here: {', '.join(WORDS)}.")


def meant(typed):
    text = read_text(typed)
    return corrected(text, knowledge_of(text.plain, text.stems))


def wrong(word, at):
    return word[:at] + ("x" if word[at] != "x" else "q") + word[at + 1 :]


def missing(word, at):
    return word[:at] + word[at + 1 :]


def doubled(word, at):
    return word[:at] + word[at] + word[at:]


def swapped(word, at):
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def slips(slip, name):
    """The name with this slip at each place of each long word, once each."""
    for word in name.replace("'s", "").split():
        if len(word) >= 5:
            found = {slip(word, at) for at in range(len(word))}
            yield from sorted(name.replace(word, each) for each in found - {word} if len(each) >= 5)


SLIPS = (wrong, missing, doubled, swapped)


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_in_a_word_of_a_name_leads_to_its_page_all_the_same(site, slip):
    """Where the stem is still the right one, nothing needs to be corrected."""
    slipped = [(each, name) for name in NAMES for each in slips(slip, name)]
    assert len(slipped) > 50
    corrections = [(each, name) for each, name in slipped if meant(each) == name.lower()]
    assert len(corrections) > len(slipped) / 2
    others = sorted({*slipped} - {*corrections})
    assert [(each, name) for each, name in others if titles(each)[:1] != titles(name)[:1]] == []


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_in_a_word_of_a_text_leads_to_the_page_all_the_same(site, slip):
    slipped = [f"{each} stand" for word in WORDS for each in slips(slip, word)]
    assert len(slipped) > 20
    assert [each for each in slipped if titles(each) != ["In the text"]] == []


def test_corrected_query_is_told_with_the_way_back(site):
    results = search("metotrexate")
    assert (results.typed, results.corrected) == ("metotrexate", "methotrexate")
    assert [hit.edition.title for hit in results.hits] == ["Zebrumab"]
    assert results.exact_url == "/search/?q=metotrexate&exact=1"


def test_exactly_what_was_typed_is_looked_for_on_demand(site):
    article("A slip", "Some write metotrexate.")
    assert titles("metotrexate", exactly=True) == ["A slip"]
    results = search("methotrexaate", exactly=True)
    assert (results.corrected, results.exact_url, results.hits) == ("", "", [])


def test_what_is_known_is_left_as_it_is(site):
    right = [*NAMES, *map(str.lower, NAMES), *WORDS, "vaccinations infused", "methotrexate lupus", "what is lupus"]
    assert [typed for typed in (*right, "IL-6", "4444444", "") if meant(typed)] == []


def test_word_of_the_site_is_left_though_a_name_is_near(site):
    article("Zebras", "The humeri of zebras, and lupin.")
    assert meant("humeri") == ""
    assert meant("lupin zebrumab") == ""


def test_short_word_is_not_corrected(site):
    typed = ("lups", "lpus", "hmra", "abcd", "x")
    assert [each for each in typed if meant(each) or meant(f"{each} zebrumab")] == []


def test_beginning_of_a_name_is_not_corrected(site):
    typed = ("metho", "methotrex", "methotrexa", "hydroxychl", "myasthenia gra", "intrav")
    assert [each for each in typed if meant(each)] == []


def test_beginning_that_lacks_one_letter_is_corrected(site):
    assert meant("methotrexat") == "methotrexate"


def test_beginning_within_a_query_is_no_beginning(site):
    assert meant("methotrexat for lupus") == "methotrexate for lupus"


def test_two_slips_in_a_name_are_forgiven_and_three_are_not(site):
    assert meant("hidroxycloroquine") == "hydroxychloroquine"
    assert meant("metotrexatte") == "methotrexate"
    assert meant("nydroxyclorocuine") == ""


def test_two_words_are_corrected_to_one_name(site):
    assert meant("intraveneous imunoglobuline") == "intravenous immunoglobulin"


def test_word_of_a_name_is_likelier_than_another_word(site):
    article("Lupins", "A lupin is a flower.")
    assert meant("lupun") == "lupus"


def test_what_stands_around_a_corrected_word_is_kept(site):
    assert meant("What does METOTREXATE (tablets), do?") == "What does methotrexate (tablets), do?"


def test_only_three_words_are_corrected(site):
    assert meant("metotrexate psoriasiss lupuss hmmira") == "methotrexate psoriasis lupus hmmira"


def test_words_of_drafts_and_withdrawn_pages_are_no_corrections(site):
    make_therapy(title="Quaggamab")
    gone = article("Gone", "A gerenuk.")
    article("Stays", "Bongos.")
    assert meant("gerenukk bongoss") == "gerenuk bongos"
    withdraw(gone)
    assert meant("gerenukk bongoss") == "gerenukk bongos"
    assert meant("quaggamabb") == ""


def test_names_of_withdrawn_pages_are_no_corrections(site):
    page = published(make_therapy(title="Quaggamab"))
    call(page, "Bongolimus")
    assert (meant("quaggamabb"), meant("bngolimuss")) == ("quaggamab", "bongolimus")
    withdraw(page)
    assert (meant("quaggamabb"), meant("bngolimuss")) == ("", "")
    another = published(make_therapy(title="Another"))
    call(another, "Quaggamab strong")
    assert meant("quaggamabb") == "quaggamab"


def test_new_name_is_a_correction_at_once(site):
    assert meant("gnumabb") == ""
    call(published(make_therapy(title="Another")), "Gnumab")
    assert meant("gnumabb") == "gnumab"


def test_any_letters_are_read_without_an_error(site):
    dice = random.Random(3)
    letters = f"{ascii_lowercase} éßσж漢𝒜-'’"
    typed = ["".join(dice.choices(letters, k=30)) for _ in range(100)]
    assert [each for each in typed if not isinstance(meant(each), str)] == []
