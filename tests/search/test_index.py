"""The index finds what was entered, and nothing else, whatever is asked; both databases answer alike."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publishing.models import Page
from search import index
from search.asked import asked
from search.documents import PAGE_BITS, Document, Group, first_number_of, group_in, page_in
from search.entries import PROMINENT, TITLE, Entry, title_token
from search.index import Found, Question, find, pages_with
from search.queries import All, Either, Phrase, Query, Token, Without, all_of, either
from search.words import read_text, stem, stems_of
from tests.builders import make_article, make_category, make_condition, published

pytestmark = pytest.mark.django_db

# Examples of one test share the transaction of the test; each that writes has one of its own inside.
in_one_database = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def entry(words: str, extra: str = "") -> Entry:
    return Entry(words=words.split(), extra=sorted(extra.split()), profile=b"", sections=[], written=set())


def enter(**texts: str) -> None:
    """Entries of these words, by number: _7="a b"."""
    index.add({int(number[1:]): entry(text) for number, text in texts.items()})


def saying(*texts: str, **values) -> Page:
    """A public article that needed no sign-off."""
    return published(make_article(body="".join(f"<p>{text}</p>" for text in texts), is_medical=False, **values))


def pages(found: Found) -> list[int]:
    """The pages that have everything that was asked for."""
    return sorted(page_in(each.id) for each in found.candidates if each.has_all)


def numbers_of(*pages: Page) -> list[int]:
    return sorted(page.pk for page in pages)


def stored() -> list[tuple]:
    """Whatever the table of words holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT id, words, extra FROM search_words ORDER BY id")
        else:
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab('main', 'search_words', 'instance')"
            )
            cursor.execute("SELECT doc, term, col, offset FROM temp.seen ORDER BY 1, 2, 3, 4")
        return cursor.fetchall()


# Matching


def test_word_is_found_in_words_and_beside_them():
    index.add({1: entry("zebra"), 2: entry("horse", "zebra"), 3: entry("horse", "t_zebra")})
    assert pages_with(Token("zebra"), limit=9) == [2, 1]
    assert pages_with(Token("t_zebra"), limit=9) == [3]


def test_phrase_is_found_where_its_words_follow_each_other():
    enter(_1="lupus nephritis is", _2="nephritis lupus", _3="lupus and nephritis", _4="of lupus nephritis")
    assert pages_with(Phrase(("lupus", "nephritis")), limit=9) == [4, 1]


def test_phrase_does_not_go_on_into_the_tokens_beside_the_words():
    index.add({1: entry("lupus", "nephritis"), 2: entry("", "lupus nephritis")})
    assert pages_with(Phrase(("lupus", "nephritis")), limit=9) == []


def test_beginning_finds_all_words_that_begin_so():
    enter(_1="methotrexate", _2="metho", _3="method", _4="meth")
    assert pages_with(Token("metho", is_prefix=True), limit=9) == [3, 2, 1]


def test_unwanted_words_leave_pages_out():
    enter(_1="lupus", _2="lupus kidney", _3="lupus nephritis of kidney", _4="kidney")
    assert pages_with(Without(Token("lupus"), (Token("kidney"),)), limit=9) == [1]
    assert pages_with(Without(Token("lupus"), (Phrase(("nephritis", "kidney")),)), limit=9) == [3, 2, 1]


def test_newest_pages_are_given_first_and_no_more_than_asked_for():
    enter(_5="zebra", _9="zebra", _7="zebra")
    assert pages_with(Token("zebra"), limit=2) == [9, 7]


LETTERS = "abc"
texts = st.lists(st.sampled_from(LETTERS), max_size=6)
entries = st.builds(
    lambda words, extra: Entry(words, sorted(extra), b"", [], set()),
    texts,
    st.sets(st.sampled_from(["ab", "bc", "a_a", "a_b"]), max_size=2),
)
leaves = (
    st.builds(Token, st.sampled_from(["a", "b", "c", "ab", "a_a", "zz"]), is_prefix=st.booleans())
    | st.lists(st.sampled_from(LETTERS), min_size=1, max_size=3).map(tuple).map(Phrase)
)  # fmt: skip
queries = st.recursive(
    leaves,
    lambda parts: (
        st.lists(parts, min_size=1, max_size=3).map(all_of)
        | st.lists(parts, min_size=1, max_size=3).map(either)
        | st.builds(Without, parts, st.lists(parts, min_size=1, max_size=2).map(tuple))
    ),
    max_leaves=6,
)


def is_met(query: Query, made: Entry) -> bool:
    """What the query says, without any database."""
    match query:
        case Token(text, is_prefix):
            tokens = {*made.words, *made.extra}
            return any(each.startswith(text) for each in tokens) if is_prefix else text in tokens
        case Phrase(stems):
            size = len(stems)
            return any(tuple(made.words[at : at + size]) == stems for at in range(len(made.words)))
        case All(parts):
            return all(is_met(each, made) for each in parts)
        case Either(parts):
            return any(is_met(each, made) for each in parts)
        case Without(wanted, unwanted):
            return is_met(wanted, made) and not any(is_met(each, made) for each in unwanted)


@in_one_database
@given(st.lists(entries, min_size=1, max_size=5), st.lists(queries, min_size=1, max_size=5))
def test_every_query_finds_what_it_says(made, some):
    with transaction.atomic():
        entered = dict(enumerate(made, start=1))
        index.add(entered)
        for query in some:
            expected = [number for number in sorted(entered, reverse=True) if is_met(query, entered[number])]
            assert pages_with(query, limit=99) == expected, query
        index.remove(entered)
        assert stored() == []


# What readers type


def question_of(typed: str) -> Question | None:
    """As `search.searching` asks it, without any knowledge of names."""
    taken_apart = asked(typed)
    read = read_text(taken_apart.words)
    words = [Token(each) for each in read.stems]
    parts = [*words, *(Phrase(tuple(stems_of(each))) for each in taken_apart.phrases if stems_of(each))]
    if not parts:
        return None
    unwanted = tuple(Phrase(tuple(stems_of(each))) for each in taken_apart.unwanted if stems_of(each))
    wanted: Query = all_of(parts)
    if read.joined:
        wanted = either([wanted, *(Token(stem(each.form)) for each in read.joined)])
    if words:
        wanted = either([wanted, Token(words[-1].text, is_prefix=True)])
    best = [all_of(Token(place + each.text) for each in words) for place in (TITLE, PROMINENT) if words]
    best += [Token(title_token(each), is_prefix=True) for each in read.plain[-1:]]
    if unwanted:
        wanted, best = Without(wanted, unwanted), [Without(each, unwanted) for each in best]
    return Question(wanted=wanted, best=tuple(best), near=(either(parts),))


HOSTILE = (
    "' OR '1'='1",
    '" OR "" = "',
    "'; DROP TABLE search_words; --",
    "x' UNION SELECT password FROM auth_user--",
    "words : zebra",
    "zebra AND OR NOT",
    "NEAR(zebra horse, 2)",
    "zebra* ^zebra {words extra} : zebra + horse",
    "!zebra & | <-> <2> zebra:*A",
    "zebra:* \\",
    "'zebra''",
    "zebra\x00horse",
    "$1 %s %(x)s {0} ?",
    "\\' \\\\ \\x00",
    "(((((((((((((((((((((",
    '""""""""""',
    '-"-"-"-"',
    "a" * 200,
    "-a " * 66,
    '"a b" ' * 33,
    "zebra " * 40,
    "I" * 100 + "\u0307" * 100,
    "(a+)+$ ^(a|a)*b " * 12,
    "\U0001f9a0\U0001f469\u200d\u2695\ufe0f \U00010400\U00010401",
    "Привет, мир! 日本語テスト العربية हिन्दी 한국어 ไทย ελληνικά",
    "\ud7ff\ue000\uffff\U0010ffff",
    "İıſßŉǅﬁ½²①Ⅳª",
)


@pytest.fixture
def zebra():
    return saying(
        "A zebra is no horse. It has 42 stripes: Привет, 日本語テスト, naïve \U00010400\U00010401, zebrafish."
    )


def test_hostile_queries_are_only_words(zebra):
    questions = list(filter(None, map(question_of, HOSTILE)))
    assert len(questions) > 20
    for question in questions:
        assert set(pages(find(question))) <= {zebra.pk}
    assert pages_with(Token("zebra"), limit=2) == [Document.objects.get().pk]


@in_one_database
@given(st.text(max_size=220) | st.text(st.sampled_from("ab Zebra\"'-*:()&|!<>\\^{}+,.%?$\x00é\u0430日\U0001f600")))
@example("\U0001f600 zebra")
def test_whatever_is_typed_is_answered(typed):
    question = question_of(typed)
    if question:
        found = find(question)
        assert (found.total, found.candidates) == (0, [])
        assert pages_with(question.wanted, limit=1) == []


def test_words_of_any_script_are_found_as_they_are_read(zebra):
    saying("Another page about пока, 日本, native things and \U00010400.")
    typed = ["Привет", "ПРИВЕТ", "日本語テスト", "naive", "NAI\u0308VE", "\U00010428\U00010401", '"a zebra is"']
    assert [each for each in typed if pages(find(question_of(each))) != [zebra.pk]] == []


def test_spellings_of_names_are_found():
    page = saying("Interleukin\u20116 (IL\u00a06), TNFα, T\u2011cells, anti-PD-L1 and CD4.")
    saying("IL-16, IFN-γ, B cells, anti-PD-1 and CD8.")
    for typed in ("IL-6", "il6", "IL 6", "interleukin-6", "TNF-α", "tnf alpha", "T cells", "tcell", "PD L1", "CD4+"):
        read = read_text(typed)
        as_one = [Token(stem(each.form)) for each in read.joined if (each.first, each.last) == (0, len(read.stems))]
        apart = Phrase(tuple(read.stems)) if len(read.stems) > 1 else Token(read.stems[0])
        assert pages(find(Question(wanted=either([*as_one, apart])))) == [page.pk], typed


# Counting, and the candidates for the first places


def test_all_matches_are_counted_by_year_and_group():
    first, second = make_category(), make_category()
    for category in (first, first, second):
        saying("Zebra.", category=category)
    saying("Horse.", category=first)
    found = find(Question(wanted=Token("zebra")))
    shelf = dict(Group.objects.values_list("pk", "shelf"))
    counts = {shelf[group_in(number << PAGE_BITS)]: count for number, count in found.counts.items()}
    assert counts == {first.slug: 2, second.slug: 1}
    assert found.total == 3


def test_candidates_come_with_the_profile_of_their_page():
    saying("A zebra, a zebra, a zebra.", title="Stripes")
    profile = bytes(Document.objects.get().profile)
    (candidate,) = find(Question(wanted=Token("zebra"))).candidates
    assert (candidate.id, candidate.profile) == (Document.objects.get().pk, profile)
    assert profile != b""


@pytest.fixture
def five():
    """Zebras and horses: both in the first, one of them in the others."""
    return [
        saying("Zebra, horse.", title="One"),
        saying("Zebra.", title="Zebra two"),
        saying("Zebra.", title="Three"),
        saying("Horse.", title="Horse four"),
        saying("Nothing of it.", title="Five"),
    ]


def test_page_without_a_word_is_a_candidate_only_where_it_is_near_or_named(five):
    wanted = All((Token("zebra"), Token("hors")))
    found = find(Question(wanted=wanted))
    assert pages(found) == [page_in(each.id) for each in found.candidates] == numbers_of(five[0])
    found = find(Question(wanted=wanted, near=(Token("hors"),), pages=(five[4].pk,)))
    assert {page_in(each.id): each.has_all for each in found.candidates} == {
        five[0].pk: True,
        five[3].pk: False,
        five[4].pk: False,
    }
    assert found.total == 1


def test_page_that_is_named_and_matches_has_everything(five):
    found = find(Question(wanted=Token("zebra"), pages=(five[1].pk, 10**9)))
    assert pages(found) == numbers_of(*five[:3])
    assert len(found.candidates) == 3


def test_best_places_are_candidates_however_many_pages_match(five, monkeypatch):
    monkeypatch.setattr(index, "MOST_CANDIDATES", 1)
    wanted = Token("zebra")
    newest = find(Question(wanted=wanted))
    assert (pages(newest), newest.total) == (numbers_of(five[2]), 3)
    in_title = find(Question(wanted=wanted, best=(Token("a_zebra"),)))
    assert (pages(in_title), in_title.total) == (numbers_of(five[1], five[2]), 3)


def test_pages_of_the_best_places_lack_no_phrase(five):
    best = Without(Token("a_zebra"), (Phrase(("zebra", "two")),))
    found = find(Question(wanted=Without(Token("zebra"), (Phrase(("zebra", "two")),)), best=(best,)))
    assert pages(found) == numbers_of(five[0], five[2])
    assert found.total == 2


def test_phrase_in_a_title_is_found_however_many_pages_have_its_words(monkeypatch):
    """Only some pages are read on PostgreSQL, and whoever asks is told."""
    first = saying("Stripes.", title="Zebra horse")
    for title in ("Two", "Three", "Four"):
        saying("A horse is no zebra.", title=title)
    phrase = Phrase(("zebra", "hors"))
    assert (pages(find(Question(wanted=phrase))), find(Question(wanted=phrase)).is_cut) == ([first.pk], False)
    monkeypatch.setattr(index, "MOST_READ_FOR_PHRASE", 2)
    reads_pages = connection.vendor == "postgresql"
    found = find(Question(wanted=phrase))
    assert (pages(found), found.is_cut) == ([] if reads_pages else [first.pk], reads_pages)
    found = find(Question(wanted=phrase, best=(All((Token("a_zebra"), phrase)),)))
    assert (pages(found), found.is_cut) == ([first.pk], reads_pages)


def test_matches_are_narrowed_and_counts_are_not(five):
    of_kind = {"kind": "condition"}
    condition = published(make_condition(title="A zebra disease"))
    assert pages(find(Question(wanted=Token("zebra"), groups=of_kind))) == [condition.pk]
    assert find(Question(wanted=Token("zebra"), groups=of_kind)).total == 4
    narrowed = Question(
        wanted=Token("zebra"), best=(Token("a_zebra"),), near=(Token("one"),), pages=(five[0].pk,), groups=of_kind
    )
    # Those that need not match are the same for all: whoever asked sorts them out, and their counts stay.
    assert {page_in(each.id) for each in find(narrowed).candidates} == {condition.pk, five[0].pk}


def test_candidates_are_narrowed_to_values_of_several_columns_at_once(five):
    article = five[1].live
    groups = {"kind": "article", "shelf": article.shelf}
    assert pages(find(Question(wanted=Token("zebra"), groups=groups))) == numbers_of(five[1])
    assert pages(find(Question(wanted=Token("zebra"), groups=groups | {"body_system": "Joints"}))) == []


def test_hostile_values_narrow_to_nothing(five):
    for value in HOSTILE:
        found = find(Question(wanted=Token("zebra"), groups={"kind": value, "shelf": value, "body_system": value}))
        assert (found.candidates, found.total) == ([], 3), value


def test_name_of_a_column_is_never_taken_from_a_question(five):
    found = find(Question(wanted=Token("zebra"), groups={"kind": "condition", "id > 0 OR id": "1"}))
    assert found.candidates == []


def test_groups_of_all_candidates_are_given(five):
    condition = published(make_condition(title="Lion disease", group="autoimmune", body_system="Joints"))
    found = find(Question(wanted=Token("zebra"), near=(Token("lion"),), pages=(five[4].pk,)))
    assert {group_in(each.id) for each in found.candidates} == found.groups.keys()
    shelf = condition.get_group_display()
    assert found.groups[group_in(condition.search_document.id)] == ("condition", "autoimmune", shelf, "Joints")


def test_candidates_are_narrowed_to_the_time_of_their_review(time_machine_at):
    time_machine_at(datetime(2024, 3, 5, tzinfo=UTC))
    old = published(make_condition(title="An old zebra"))
    time_machine_at(datetime(2026, 7, 5, tzinfo=UTC))
    new = published(make_condition(title="A new zebra"))
    assert pages(find(Question(wanted=Token("zebra"), since=first_number_of(2024)))) == numbers_of(old, new)
    assert pages(find(Question(wanted=Token("zebra"), since=first_number_of(2025)))) == [new.pk]


def test_one_question_is_one_query(five, django_assert_num_queries):
    question = Question(
        wanted=Either((Token("zebra"), Phrase(("hors", "four")))),
        best=(Token("a_zebra"), Token("p_zebra")),
        near=(Token("nothing"),),
        pages=(five[3].pk,),
        groups={"kind": "article"},
        since=1,
    )
    with django_assert_num_queries(1):
        find(question)


# Long pages


def made_up(number: int) -> str:
    """A word of letters, another one for each number, that is its own stem."""
    return "z" + str(number).translate(str.maketrans("0123456789", "bcdfghjkmp"))


def test_words_of_a_long_page_are_found_to_its_end():
    words = list(map(made_up, range(20_000)))
    page = saying(" ".join(words))
    for word in (words[0], words[16_400], words[-1]):
        assert pages(find(Question(wanted=Token(word)))) == [page.pk], word
    assert pages(find(Question(wanted=Phrase(tuple(words[16_000:16_003]))))) == [page.pk]
    assert pages(find(Question(wanted=Phrase((words[10], words[12]))))) == []


def test_word_that_a_page_repeats_is_one_word():
    index.add({1: entry("zebra " * 300 + "horse"), 2: entry("horse " * 20_000)})
    assert pages_with(Token("zebra"), limit=9) == [1]
    assert pages_with(Phrase(("hors", "zebra")), limit=9) == []
    assert pages_with(Phrase(("zebra", "zebra")), limit=9) == [1]
    assert pages_with(Token("horse"), limit=9) == [2, 1]


def test_word_of_five_thousand_letters_is_found():
    page = saying(f"{'a' * 5_000} and {'я' * 5_000}.")
    for typed in ("a" * 5_000, "я" * 5_000):
        assert pages(find(Question(wanted=Token(stem(typed))))) == [page.pk]


def test_page_with_more_words_than_a_vector_can_hold_is_entered():
    words = list(map(made_up, range(100_000)))
    index.add({1: entry(" ".join(words), "t_zebra antitnf")})
    for token in (words[0], words[50_000], "t_zebra", "antitnf"):
        assert pages_with(Token(token), limit=1) == [1], token


# Entering and taking out


def test_taking_out_leaves_the_others():
    made = {1: entry("zebra horse zebra", "t_zebra"), 2: entry("zebra", "t_zebra")}
    index.add(made)
    index.remove({1: made[1]})
    assert pages_with(Token("zebra"), limit=9) == [2]
    assert pages_with(Token("horse"), limit=9) == []
    assert {row[0] for row in stored()} == {2}


def test_entering_nothing_and_taking_out_nothing_changes_nothing():
    enter(_1="zebra")
    before = stored()
    index.add({})
    index.remove({})
    assert stored() == before != []


def test_entry_without_a_word_can_be_taken_out_again():
    index.add({1: entry("")})
    index.remove({1: entry("")})
    assert stored() == []


def raw() -> str:
    """The table as it lies in the file, as far as the database shows it."""
    with connection.cursor() as cursor:
        name = "search_words" if connection.vendor == "postgresql" else "search_words_data"
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
        return str(cursor.fetchall())


def test_purged_index_holds_no_trace_of_what_was_taken_out():
    made = {1: entry("defamatorium zebra"), 2: entry("horse")}
    with transaction.atomic():
        index.add(made)
    assert "defamatorium" in raw()
    index.remove({1: made[1]})
    index.purge()
    assert "defamatorium" not in raw()
    assert pages_with(Token("horse"), limit=9) == [2]


def test_cleared_index_is_empty_and_can_be_filled():
    enter(_1="zebra")
    index.clear()
    assert stored() == []
    enter(_1="horse")
    assert pages_with(Either((Token("zebra"), Token("horse"))), limit=9) == [1]


class Broken(Exception):
    pass


def change_and_break():
    with transaction.atomic():
        enter(_2="zebra")
        index.remove({1: entry("zebra")})
        raise Broken


def test_transaction_that_fails_leaves_the_index_as_it_was():
    enter(_1="zebra")
    with pytest.raises(Broken):
        change_and_break()
    assert pages_with(Token("zebra"), limit=9) == [1]
