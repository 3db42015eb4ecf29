"""What a query means: names of several words, words that say nothing, phrases, minus words, unfinished words."""

import pytest

from search.entries import TITLE
from search.queries import All, Phrase, Token
from search.understanding import Wish, understand
from search.words import stems_of
from tests.builders import make_condition, make_therapy, published
from tests.search.asking import article, call, call_no_more, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def lupus():
    page = published(make_condition(title="Systemic lupus erythematosus"))
    call(page, "lupus", "wolf disease")
    call(page, "SLE", kind="abbreviation", exact_case=True)
    return page


@pytest.fixture
def ivig():
    page = published(make_therapy(title="Intravenous immunoglobulin"))
    call(page, "gamma globulin")
    call(page, "IVIG", kind="abbreviation", exact_case=True)
    return page


def named(typed):
    """The pages each part of the query names, with the words of that part."""
    return [(list(entity.words), entity.pages) for entity in understand(typed).entities]


def wished(typed):
    """What is asked for, as it was typed, and whether results must have it."""
    return [(" ".join(wish.stems), wish.is_needed) for wish in understand(typed).wishes]


def stems(text):
    return tuple(stems_of(text))


def test_name_is_the_whole_query(lupus):
    for typed in ("lupus", "LUPUS", "Sle", "wolf disease", "Wolf-disease", "systemic lupus erythematosus"):
        understood = understand(typed)
        assert [entity.pages for entity in understood.entities] == [{lupus.pk}], typed
        assert understood.names_all, typed


def test_name_stands_for_the_other_names_of_its_page(lupus):
    (wish,) = understand("wolf disease").wishes
    assert {stems("wolf disease"), stems("lupus"), stems("sle"), stems("systemic lupus erythematosus")} == {
        *wish.alternatives
    }


def test_names_of_several_words_are_expanded_both_ways(ivig):
    article("By its main name", "Some get intravenous immunoglobulin.")
    article("By its other name", "Some get gamma globulin.")
    article("By neither", "Some get globulins, or immunoglobulin.")
    for typed in ("gamma globulin", "intravenous immunoglobulin", "ivig"):
        found = titles(typed)
        assert (found[0], set(found[1:])) == (ivig.title, {"By its main name", "By its other name"}), typed


def test_page_that_has_the_words_of_a_name_apart_has_them():
    """An index of words does not say where they stand; the names themselves come first."""
    call(published(make_therapy(title="Zebrumab")), "gamma globulin")
    article("Apart", "A globulin of the gamma kind.")
    assert titles("gamma globulin") == ["Zebrumab", "Apart"]


def test_two_names_are_found_in_any_order(lupus, ivig):
    assert named("ivig lupus") == [([0], {ivig.pk}), ([1], {lupus.pk})]
    assert named("lupus and gamma globulin?") == [([0], {lupus.pk}), ([2, 3], {ivig.pk})]
    assert understand("lupus ivig").names_two
    assert not understand("lupus").names_two


def test_longest_name_wins(lupus):
    nephritis = published(make_condition(title="Lupus nephritis"))
    assert named("lupus nephritis") == [([0, 1], {nephritis.pk})]


def test_name_of_a_class_is_each_page_and_stands_for_their_titles_alone():
    first, second = published(make_therapy(title="Zebrumab")), published(make_therapy(title="Okapimab"))
    for page in (first, second):
        call(page, "anti-TNF", kind="class", linking="never")
        call(page, f"{page.title}-brand", kind="brand")
    assert named("anti tnf") == [([0, 1], {first.pk, second.pk})]
    (wish,) = understand("anti-TNF").wishes
    assert {stems("zebrumab"), stems("okapimab")} < {*wish.alternatives}
    assert stems("zebrumab-brand") not in wish.alternatives


def test_name_of_one_page_does_not_stand_for_its_class():
    page = published(make_therapy(title="Zebrumab"))
    call(page, "anti-TNF", kind="class", linking="never")
    (wish,) = understand("zebrumab").wishes
    assert stems("anti-TNF") not in wish.alternatives


def test_name_that_is_a_word_counts_in_capitals_or_alone():
    page = published(make_condition(title="Acute leukemia"))
    call(page, "ALL", kind="abbreviation", exact_case=True)
    for typed in ("all", "ALL", "ALL children"):
        assert named(typed) == [([0], {page.pk})], typed
    assert named("all children") == []


def test_new_name_is_understood_at_once_and_a_removed_one_no_longer(lupus):
    assert named("okapi sickness") == []
    call(lupus, "okapi sickness")
    assert named("okapi sickness") == [([0, 1], {lupus.pk})]
    call_no_more(lupus, "okapi sickness")
    assert named("okapi sickness") == []


@pytest.mark.parametrize("typed", ["can I have a zebra?", "what is the zebra", "zebra", "tell me about zebras please"])
def test_words_that_say_nothing_are_left_out(typed):
    assert wished(typed) == [("zebra", True)]


@pytest.mark.parametrize("typed", ["what is it", "the", "what"])
def test_words_that_say_nothing_count_where_there_are_no_others(typed):
    assert [is_needed for _words, is_needed in wished(typed)] == [True] * len(typed.split())


def test_word_that_asks_about_a_page_is_not_needed(lupus):
    assert wished("what treats lupus") == [("lupus", True), ("treat", False)] or wished("what treats lupus") == [
        ("treat", False),
        ("lupus", True),
    ]
    assert wished("treatment") == [("treat", True)]


def test_section_that_answers_is_known(lupus, ivig):
    assert understand("what treats lupus").sections == ("indications",)
    assert understand("lupus symptoms").sections == ("symptoms",)
    assert understand("what causes lupus").sections == ("causes",)
    assert understand("side effects of ivig").sections == ("harms",)
    assert understand("lupus").sections == ()


def test_phrase_must_stand_as_it_is():
    article("In this order", "The joints are swollen in the morning.")
    article("In another order", "In the morning the swollen joints.")
    assert titles('"swollen in the morning"') == ["In this order"]
    assert set(titles("swollen in the morning")) == {"In this order", "In another order"}


def test_phrase_reads_words_as_texts_are_read():
    article("Written so", "The swollen joint of a child, IL-6 and a Sjögren’s test.")
    for typed in ('"swollen joints"', '"SWOLLEN JOINT"', "“swollen joint”", '"IL 6"', '"sjogrens test"'):
        assert titles(typed) == ["Written so"], typed
    assert titles('"joint swollen"') == []


def test_phrase_in_a_title_is_found():
    article("Swollen joints in the morning")
    assert titles('"swollen joints"') == ["Swollen joints in the morning"]


def test_filler_of_a_phrase_is_asked_for_in_no_place():
    stems = tuple(stems_of("quality of life"))
    wish = Wish((stems,), stems, is_phrase=True)
    assert wish.query() == Phrase(stems)
    assert wish.query(TITLE) == All((Token(TITLE + stems[0]), Token("of"), Token(TITLE + stems[2])))


def test_phrase_is_not_corrected_and_not_a_prefix():
    article("Zebras", "Zebrawood burns.")
    assert titles('"zebrawoood"') == []
    assert titles('"zebra woo"') == []


def test_quote_that_is_not_closed_is_no_phrase():
    article("In another order", "In the morning swollen.")
    assert titles('"swollen in the morning') == ["In another order"]


def test_minus_word_leaves_out_its_pages():
    article("With", "Zebras and okapis.")
    article("Without", "Zebras only.")
    assert set(titles("zebras")) == {"With", "Without"}
    assert titles("zebras -okapi") == ["Without"]
    assert titles("zebras -okapis -only") == []


def test_minus_phrase_leaves_out_only_its_order():
    article("With", "Black zebras.")
    article("Without", "Zebras are black.")
    assert titles('zebras -"black zebras"') == ["Without"]


def test_minus_word_with_a_hyphen_leaves_out_its_words_in_a_row():
    article("With", "Zebras, anti-TNF.")
    article("Without", "Zebras, TNF, not anti.")
    assert titles("zebras -anti-TNF") == ["Without"]


def test_minus_before_a_space_or_inside_a_word_is_none():
    article("Both", "Zebra-okapi crossing.")
    assert titles("zebra - okapi") == ["Both"]
    assert titles("zebra-okapi") == ["Both"]


def test_minus_words_alone_find_nothing():
    article("Zebras", "Zebras only.")
    assert titles("-okapi") == []
    assert understand("-okapi").unwanted == [Token(stems("okapi")[0])]
    assert understand('-"okapi zebra"').unwanted == [Phrase(stems("okapi zebra"))]


def test_page_named_by_an_unwanted_word_is_left_out(lupus, ivig):
    assert lupus.title in titles("lupus")
    assert titles("lupus -systemic") == []
    assert titles("gamma") == ["Intravenous immunoglobulin"]
    assert titles("gamma -ivig") == []


def test_last_word_may_be_unfinished():
    article("Zebrafish", "Zebrafishes swim.")
    assert titles("zebraf") == ["Zebrafish"]
    assert titles("swims zebraf") == ["Zebrafish"]
    assert [len(wish.alternatives) for wish in understand("zebraf swims").wishes] == [1, 1]


def test_unfinished_name_that_no_page_writes_is_found(lupus):
    call(lupus, "Okapirex", kind="brand")
    assert titles("okapir") == ["Systemic lupus erythematosus"]
    assert titles("wolf dis") == ["Systemic lupus erythematosus"]


def test_word_that_is_whole_is_no_beginning():
    article("Whole", "A zebra.")
    article("Longer", "A zebrafish.")
    assert titles("zebra") == ["Whole"]


def test_signs_after_the_last_word_change_nothing_of_what_is_found():
    article("Whole", "A zebra.")
    assert [typed for typed in ("zebra.", "zebra ", 'zebra"', "zebra?!") if titles(typed) != ["Whole"]] == []


def test_spellings_meet():
    article("The page", "IL-6, interferon β, a T-cell leukaemia, Sjo\u0308gren’s façade, anti-TNF, COVID-19, peanuts.")
    article("IL apart", "The test of IL 6.")
    article("Its twin", "Another text.")
    spellings = ("beta interferon", "t cell leukemia", "antitnf", "SJÖGRENS FACADE", "covid19", "peanut")
    assert [typed for typed in spellings if titles(typed) != ["The page"]] == []
    for typed in ("il 6", "il6", "IL-6", "interleukin 6"):
        assert set(titles(typed)) == {"The page", "IL apart"}, typed


def test_number_after_a_word_is_no_name_by_accident():
    article("Six weeks", "It takes in 6 weeks.")
    assert titles("in 6 weeks") == ["Six weeks"]
