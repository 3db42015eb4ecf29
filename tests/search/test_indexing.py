"""The index follows every change of what is public; made anew, it is the same."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from publishing import doors
from publishing.derivations import Derivation
from publishing.management.commands import rederive
from publishing.models import Edition, Page, Rebuild
from publishing.redactions import redact
from publishing.tag_merges import merge, note_renamed, undo, why_not
from search import index, indexing
from search.documents import Document, Group, IndexState, Word, first_number_of, group_in, month_of
from search.entries import VERSION, Entry, entry_of
from search.index import pages_with
from search.indexing import SearchIndex
from search.queries import Phrase, Token
from search.words import stem_of, stems_of
from tests.builders import (
    approved,
    make_article,
    make_category,
    make_comment,
    make_condition,
    make_indication,
    make_name,
    make_tag,
    make_therapy,
    publish,
    published,
    schedule,
    signed,
)

pytestmark = pytest.mark.django_db


def saying(*texts: str, **values) -> Page:
    """An article that needs no sign-off."""
    return make_article(**{"body": "".join(f"<p>{text}</p>" for text in texts), "is_medical": False} | values)


def now_saying(page: Page, text: str) -> Page:
    """The page with a draft of this text."""
    page = Page.objects.get(pk=page.pk).concrete
    if page.kind == "article":
        page.body = f"<p>{text}</p>"
    else:
        setattr(page, next(each.field for each in page.sections if not each.rows), f"<p>{text}</p>")
    page.save()
    return page


def found(word: str) -> list[int]:
    """The pages that the index finds with this word."""
    numbers = pages_with(Token(stem_of(word)), limit=99)
    return sorted(Document.objects.filter(pk__in=numbers).values_list("page", flat=True))


def document(page: Page) -> Document:
    return Document.objects.get(page=page.pk)


def group(page: Page) -> Group:
    return Group.objects.get(pk=group_in(document(page).pk))


def tokens() -> list[tuple]:
    """All tokens of the index, with their documents and places."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id, words, extra, search_words_vector(words, extra)::text FROM search_words ORDER BY id"
            )
        else:
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
            cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab(main, search_words, instance)")
            cursor.execute("SELECT doc, term, col, offset FROM temp.seen ORDER BY 1, 2, 3, 4")
        return cursor.fetchall()


def stored() -> dict[str, list]:
    documents = Document.objects.order_by("pk").values_list("pk", "page", "edition", "profile", "sections", "checksum")
    return {
        "documents": [(*row[:3], bytes(row[3]), *row[4:]) for row in documents],
        "words": list(Word.objects.order_by("word").values_list("word", "stem", "pages")),
        "groups": list(Group.objects.order_by("pk").values_list()),
        "tokens": tokens(),
        "state": list(IndexState.objects.values_list("pk", "version", "is_complete")),
    }


def counted() -> list[tuple]:
    """The rows of `Word` as all entries give them."""
    entries = (entry_of(each.edition, each.tags) for each in Document.objects.select_related("edition"))
    pages = Counter(word for entry in entries for word in entry.written)
    return sorted((word, stem_of(word), number) for word, number in pages.items())


# What is public is found, and nothing else


def test_page_is_found_from_its_publication_on():
    page = saying("A zebra.")
    assert found("zebra") == []
    published(page)
    assert found("zebra") == [page.pk]
    assert document(page).edition == Page.objects.get(pk=page.pk).live


def test_words_that_were_replaced_are_gone_everywhere():
    page = published(saying("A canarium.", title="Canarium"))
    publish(now_saying(page, "A zebra."), change=Edition.Change.CORRECTION)
    page = now_saying(page, "A zebra.")
    page.title = "Zebra"
    page.save()
    publish(page, change=Edition.Change.CORRECTION)
    assert (found("canarium"), found("zebra")) == ([], [page.pk])
    assert not Word.objects.filter(word="canarium").exists()
    assert [token for token in tokens() if "canarium" in str(token)] == []
    assert Document.objects.count() == 1


def test_withdrawn_page_is_gone_and_returns_with_its_next_edition():
    page = published(saying("A zebra."))
    twin = published(saying("Another zebra."))
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert found("zebra") == [twin.pk]
    assert not Document.objects.filter(page=page.pk).exists()
    published(page)
    assert found("zebra") == sorted([page.pk, twin.pk])


def test_last_page_that_is_withdrawn_leaves_an_empty_index():
    page = published(saying("A zebra."))
    assert tokens() != []
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert (tokens(), Document.objects.count(), Word.objects.count()) == ([], 0, 0)


def test_scheduled_page_is_found_when_its_time_has_come(client, time_machine_at):
    page, due = saying("A zebra."), timezone.now() + timedelta(hours=1)
    schedule(page, at=due)
    assert found("zebra") == []
    time_machine_at(due)
    client.get("/")
    assert found("zebra") == [page.pk]


def test_nothing_that_is_not_public_is_in_the_index(time_machine_at):
    """Each place holds the canary; the words beside it show that the places would be found."""
    twin = published(saying("Twinword.", title="Twinword"))
    saying("Canarium.", title="Canarium", summary="Canarium.").tags.add(make_tag("Canarium"))
    signed(make_condition(title="Canarium", plain_name="Canarium"))
    schedule(saying("Canarium."), at=timezone.now() + timedelta(hours=1))
    withdrawn = published(saying("Canarium."))
    doors.withdraw(withdrawn, by="tests", reason="A canarium.", replacement=twin)
    changed = now_saying(published(saying("Oldword.")), "Canarium.")
    changed.title = changed.summary = "Canarium"
    changed.tags.add(make_tag("Canarium"))
    changed.save()
    row = make_indication(description="Canarium.", condition=published(make_condition(title="Zebra disease")))
    make_name(row.condition, "canarium")
    approved(make_comment(twin, text="Is a canarium in it, and what does that do to me?"))
    publish(twin, note="Canarium.")
    assert found("canarium") == []
    assert [token for token in tokens() if "canarium" in str(token)] == []
    assert not Word.objects.filter(word__contains="canarium").exists()
    assert (found("twinword"), found("oldword"), found("zebra")) == ([twin.pk], [changed.pk], [row.condition_id])


def test_page_is_found_by_its_tags_people_and_shelf():
    page = saying("Text.", category=make_category(name="Savannah"))
    page.tags.add(make_tag("Stripes"))
    page.authors.update(name="Ada Zulu")
    published(page)
    assert [found(word) for word in ("savannah", "stripes", "zulu")] == [[page.pk]] * 3


def test_page_is_found_by_what_its_tags_are_called_now():
    stripes, lines = make_tag("Stripes"), make_tag("Lines")
    pages = [published(saying("Text.")), published(saying("Text."))]
    for page, tag in zip(pages, (stripes, lines), strict=True):
        page.tags.add(tag)
        publish(page)
    merge(stripes, lines, by="tests")
    assert (found("stripes"), found("lines")) == ([], [page.pk for page in pages])
    lines.name = "Bars"
    lines.save()
    note_renamed(lines)
    assert (found("lines"), found("bars")) == ([], [page.pk for page in pages])
    undo(stripes, by="tests")
    assert (found("stripes"), found("bars")) == ([pages[0].pk], [pages[1].pk])
    assert stored()["words"] == counted()


# The number of a document


def test_page_moves_to_the_group_it_belongs_to_now():
    first, second = make_category(name="First"), make_category(name="Second")
    page = published(saying("A zebra.", category=first))
    assert (group(page).kind, group(page).shelf, group(page).shelf_name) == ("article", first.slug, "First")
    page.category = second
    page.save()
    published(page)
    assert (group(page).shelf, group(page).shelf_name) == (second.slug, "Second")
    assert (found("zebra"), Document.objects.count()) == ([page.pk], 1)


def test_condition_moves_with_its_body_system():
    page = published(make_condition(body_system="Joints", overview="<p>A zebra.</p>"))
    page.body_system = "Skin"
    page.save()
    published(page)
    assert (group(page).kind, group(page).body_system) == ("condition", "Skin")
    assert found("zebra") == [page.pk]


def test_pages_of_one_combination_share_a_group_and_languages_do_not():
    category = make_category()
    pages = [published(saying("A zebra.", category=category)) for _number in range(2)]
    german = published(saying("Ein Zebra.", category=category, language="de"))
    assert group(pages[0]) == group(pages[1]) != group(german)
    assert group(german).language == "de"


def test_page_moves_with_the_date_of_its_review(time_machine_at):
    first = datetime(2026, 3, 5, tzinfo=UTC)
    time_machine_at(first)
    page = published(make_condition(title="Zebra disease"))
    assert document(page).reviewed_month == month_of(first)
    assert first_number_of(2026) < document(page).pk < first_number_of(2027)
    later = datetime(2027, 1, 9, tzinfo=UTC)
    time_machine_at(later)
    signed(page)
    publish(page, change=Edition.Change.REVIEW)
    assert document(page).reviewed_month == month_of(later)
    assert first_number_of(2027) < document(page).pk < first_number_of(2028)
    assert (found("zebra"), Document.objects.count()) == ([page.pk], 1)


def test_year_of_a_review_is_that_of_the_day_readers_are_told(settings, time_machine_at):
    settings.TIME_ZONE = "Europe/Berlin"
    time_machine_at(datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    page = published(make_condition())
    assert first_number_of(2026) < document(page).pk < first_number_of(2027)


def test_index_of_another_version_is_not_finished_but_made_anew():
    page = published(saying("A zebra."))
    IndexState.objects.update(version=VERSION - 1, is_complete=False)
    SearchIndex().finish()
    assert IndexState.objects.filter(version=VERSION, is_complete=True).exists()
    assert found("zebra") == [page.pk]


def test_page_that_nobody_reviewed_has_no_month():
    page = published(saying("A zebra."))
    assert page.live.reviewed_at is None
    assert document(page).reviewed_month == 0
    assert document(page).pk < first_number_of(2001)


# Words


def test_word_says_on_how_many_pages_it_stands():
    pages = [published(saying(text)) for text in ("Stripes, stripes and a stripe.", "Stripes.", "A horse.")]
    assert Word.objects.filter(stem=stem_of("stripes")).count() == 2
    words = {each.word: each.pages for each in Word.objects.filter(word__in=["stripes", "stripe", "horse"])}
    assert words == {"stripes": 2, "stripe": 1, "horse": 1}
    doors.withdraw(pages[0], by="tests", reason="Wrong.")
    words = {each.word: each.pages for each in Word.objects.filter(word__in=["stripes", "stripe", "horse"])}
    assert words == {"stripes": 1, "horse": 1}


def test_words_that_are_only_written_otherwise_are_counted_anew():
    page = published(saying("A zebra has a naïve stripe."))
    assert stems_of("A zebra has a naïve stripe.") == stems_of("A zebras has a naive stripes.")
    published(now_saying(page, "A zebras has a naive stripes."))
    assert list(Word.objects.filter(word__in=["zebra", "zebras"]).values_list("word", "pages")) == [("zebras", 1)]
    assert stored()["words"] == counted()
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert not Word.objects.exists()


def test_page_that_is_published_again_as_it_was_keeps_its_words(time_machine_at):
    """Only what stands beside them is written again."""
    time_machine_at(datetime(2026, 3, 5, tzinfo=UTC))
    page = published(make_condition(title="Zebra disease"))
    before = stored()
    later = datetime(2026, 5, 5, tzinfo=UTC)
    time_machine_at(later)
    signed(page)
    edition = publish(page, change=Edition.Change.REVIEW)
    assert document(page).edition == edition
    assert document(page).reviewed_month == month_of(later)
    after = stored()
    assert {name: after[name] for name in ("tokens", "words")} == {name: before[name] for name in ("tokens", "words")}
    call_command("rederive", "--afresh", verbosity=0)
    assert stored() == after


def test_words_of_all_scripts_are_counted():
    published(saying(f"Привет 日本語 العربية \U00010400 ŉ {'я' * 60} {'a' * 61}."))
    assert Word.objects.filter(word__in=["привет", "日本語", "العربية", "\U00010428", "я" * 60]).count() == 5
    assert not Word.objects.filter(word__startswith="aaa").exists()
    assert list(Word.objects.order_by("word").values_list("word", "stem", "pages")) == counted()


def test_page_of_twenty_thousand_words_is_published_and_withdrawn():
    many = ["z" + "".join(letters) for letters in product("bcdfghjklmnpqrtvwxz", repeat=3)]
    page = published(saying(" ".join(many), "zebra " * 300, "a" * 5_000, "horse " * 13_000))
    assert len(page.live.text.split()) > 20_000
    assert found("zebra") == found(many[-1]) == found("a" * 5_000) == [page.pk]
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert (tokens(), Word.objects.count()) == ([], 0)


# Derived again


SYLLABLES = "ze bra li on ti ger il-6 tnf α é 日本 42 lions lion".split()


class Walk:
    """Pages that are published, changed and withdrawn in any order."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        categories = [make_category() for _number in range(2)]
        self.pages = [saying("Words.", category=self.random.choice(categories)) for _number in range(4)]
        self.pages += [make_condition(), make_therapy()]
        self.done: Counter = Counter()

    def text(self) -> str:
        gaps = self.random.choices(["", " ", "-", ". "], k=12)
        return "".join(self.random.choice(SYLLABLES) + gap for gap in gaps)

    def step(self) -> None:
        page = Page.objects.get(pk=self.random.choice(self.pages).pk).concrete
        action = self.random.choice("publish publish withdraw withdraw save title tag merge again again".split())
        if action == "merge":
            self.merge_or_undo()
        elif action in ("withdraw", "again") and page.live is None:
            return
        elif action == "withdraw":
            doors.withdraw(page, by="tests", reason=self.text())
        elif action == "again":
            publish(page)
        else:
            page = now_saying(page, self.text())
            if action == "title":
                page.title = f"{self.text()} {page.pk}"
                page.save()
            if action == "tag":
                page.tags.add(make_tag(self.random.choice(SYLLABLES[:6])))
            if action != "save":
                publish(page)
        self.done[action] += 1

    def merge_or_undo(self) -> None:
        tag, into = (make_tag(name) for name in self.random.sample(SYLLABLES[:6], 2))
        if tag.leads_to:
            undo(tag, by="tests")
        elif not why_not(tag, into):
            merge(tag, into, by="tests")


def answers() -> dict[str, list]:
    """What is found, by word and by two words that follow each other."""
    stems = sorted({each for edition in Edition.objects.all() for each in stems_of(edition.text)})
    phrases = [Phrase((one, other)) for one in stems[:12] for other in stems[:12]]
    return {str(query): pages_with(query, limit=99) for query in [*map(Token, stems), *phrases]}


@pytest.mark.parametrize("seed", [3, 4])
def test_deriving_again_gives_what_the_changes_one_by_one_gave(seed):
    walk = Walk(seed)
    for _number in range(30):
        walk.step()
    assert {"publish", "withdraw", "title", "tag", "merge", "again"} <= walk.done.keys(), walk.done
    before, answered = stored(), answers()
    assert before["words"] == counted()
    assert {row[1:3] for row in before["documents"]} == set(Edition.objects.live().values_list("page", "pk"))
    call_command("rederive", verbosity=0)
    assert stored() == before
    call_command("rederive", "--afresh", verbosity=0)
    assert stored() == before
    assert answers() == answered
    assert any(answered.values())


@pytest.fixture
def three():
    """Three public pages, one of them published twice, and one that was withdrawn."""
    pages = [published(saying(text)) for text in ("A zebra.", "A horse, a zebra.", "A lion.", "A tiger.")]
    published(now_saying(pages[0], "Two zebras and a mule."))
    doors.withdraw(pages[3], by="tests", reason="Wrong.")
    return pages[:3]


def test_deriving_again_puts_right_what_is_not_as_the_editions_say(three):
    before = stored()
    lost, old, gone = three[1], three[0], Page.objects.get(kind="article", live=None)
    SearchIndex().derive({lost.pk: None})
    SearchIndex().derive({old.pk: old.editions.get(number=1)})
    SearchIndex().derive({gone.pk: gone.editions.get(number=1)})
    assert (found("horse"), found("mule"), found("tiger")) == ([], [], [gone.pk])
    call_command("rederive", verbosity=0)
    assert stored() == before


def test_deriving_again_changes_nothing_that_is_as_it_should_be(three):
    changes = {page.pk: Page.objects.get(pk=page.pk).live for page in three}
    assert SearchIndex().rebuild(changes) is False
    assert SearchIndex().rebuild(changes | {Page.objects.get(live=None).pk: None}) is False
    Document.objects.filter(page=three[0].pk).update(edition=three[0].editions.get(number=1))
    Document.objects.filter(page=three[0].pk).update(checksum=entry_of(three[0].editions.get(number=1)).checksum)
    index.remove({document(three[0]).pk: entry_of(changes[three[0].pk])})
    index.add({document(three[0]).pk: entry_of(three[0].editions.get(number=1))})
    assert SearchIndex().rebuild(changes) is True


class Interrupted(Exception):
    pass


def interrupt(monkeypatch, *, after: int) -> None:
    """Let `rederive` break off after so many pages."""
    whole, left = SearchIndex.rebuild, after

    def rebuild(self, changes):
        nonlocal left
        left -= 1
        if left < 0:
            raise Interrupted
        return whole(self, changes)

    with monkeypatch.context() as patched:
        patched.setattr(rederive, "BATCH", 1)
        patched.setattr(SearchIndex, "rebuild", rebuild)
        with pytest.raises(Interrupted):
            call_command("rederive", "--afresh", verbosity=0)


def test_deriving_that_was_interrupted_goes_on_where_it_stood(three, monkeypatch):
    before = stored()
    interrupt(monkeypatch, after=1)
    assert list(Document.objects.values_list("page", flat=True)) == [three[0].pk]
    assert not IndexState.objects.get().is_complete
    seen = []
    whole = SearchIndex.rebuild
    monkeypatch.setattr(SearchIndex, "rebuild", lambda self, changes: seen.extend(changes) or whole(self, changes))
    call_command("rederive", verbosity=0)
    assert three[0].pk not in seen
    assert stored() == before


def test_pages_published_while_the_index_is_derived_are_in_it_once(three, monkeypatch):
    interrupt(monkeypatch, after=1)
    published(now_saying(three[0], "An okapi."))
    published(now_saying(three[2], "An okapi."))
    doors.withdraw(three[1], by="tests", reason="Wrong.")
    new = published(saying("An okapi."))
    assert not IndexState.objects.get().is_complete
    call_command("rederive", verbosity=0)
    assert found("okapi") == [three[0].pk, three[2].pk, new.pk]
    assert found("zebra") == found("lion") == []
    after = stored()
    assert after["words"] == counted()
    call_command("rederive", "--afresh", verbosity=0)
    assert stored() == after


# Made anew


def test_index_is_complete_from_the_first_page_on():
    IndexState.objects.all().delete()
    page = published(saying("A zebra."))
    assert list(IndexState.objects.values_list("pk", "version", "is_complete")) == [(1, VERSION, True)]
    doors.withdraw(page, by="tests", reason="Wrong.")
    assert IndexState.objects.get().is_complete


def test_index_of_another_version_is_made_anew_with_the_next_change(three):
    before = stored()
    IndexState.objects.update(version=VERSION + 1)
    published(three[0])
    assert found("zebra") == [three[0].pk]
    assert list(Document.objects.values_list("page", flat=True)) == [three[0].pk]
    assert list(IndexState.objects.values_list("pk", "version", "is_complete")) == [(1, VERSION, False)]
    call_command("rederive", verbosity=0)
    after = stored()
    assert after["state"] == [(1, VERSION, True)]
    assert (after["words"], len(after["documents"])) == (before["words"], 3)


def test_index_of_another_version_is_made_anew_when_it_is_derived_again(three):
    before = stored()
    IndexState.objects.update(version=VERSION + 1)
    Word.objects.create(word="leftover", stem="leftov", pages=9)
    call_command("rederive", verbosity=0)
    assert stored() == before


def test_deriving_begun_by_another_version_ends_with_all_pages(three, monkeypatch):
    before = stored()
    interrupt(monkeypatch, after=2)
    IndexState.objects.update(version=VERSION + 1)
    call_command("rederive", verbosity=0)
    assert stored() == before


def test_index_that_a_change_made_anew_while_it_was_derived_ends_with_all_pages(three, monkeypatch):
    interrupt(monkeypatch, after=2)
    IndexState.objects.update(version=VERSION + 1)
    published(now_saying(three[2], "An okapi."))
    call_command("rederive", verbosity=0)
    assert (found("zebra"), found("okapi")) == ([three[0].pk, three[1].pk], [three[2].pk])
    assert IndexState.objects.get().is_complete


def read_otherwise(edition: Edition, tags=()) -> Entry:
    """The entry as other code could have made it."""
    entry = entry_of(edition, tags)
    return replace(entry, words=[*entry.words, "foreign"])


def test_entry_that_other_code_made_is_not_taken_out_by_guess(three, monkeypatch):
    """Without its words, an index of SQLite cannot tell what it holds of a page: taking out others would spoil it."""
    before = stored()

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "entry_of", read_otherwise)
        call_command("rederive", "--afresh", verbosity=0)
    assert len(found("foreign")) == 3
    published(three[0])
    if connection.vendor == "sqlite":
        assert found("foreign") == []
        assert not IndexState.objects.get().is_complete
    else:
        # It takes entries out by their number.
        assert (len(found("foreign")), IndexState.objects.get().is_complete) == (2, True)
    call_command("rederive", verbosity=0)
    assert stored()["words"] == before["words"]
    assert stored()["tokens"] != []
    assert [token for token in tokens() if "foreign" in str(token)] == []
    assert IndexState.objects.get().is_complete


def test_entries_that_other_code_made_are_made_anew_when_they_are_derived_again(three, monkeypatch):
    before = stored()

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "entry_of", read_otherwise)
        published(three[1])
    call_command("rederive", verbosity=0)
    assert stored() == before | {"documents": stored()["documents"]}


# As a whole or not at all


class Failing(Derivation):
    def derive(self, changes):
        raise Interrupted


class Breaking:
    """Raises after as many statements that write to the index; counts them."""

    def __init__(self, writes: int = -1):
        self.left, self.seen = writes, 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "search_" in sql and not sql.lstrip().upper().startswith("SELECT"):
            self.seen += 1
            if self.seen == self.left:
                raise Interrupted
        return result


DOORS = {
    "publish": lambda page: doors.publish(page, by="tests", note="Why"),
    "withdraw": lambda page: doors.withdraw(page, by="tests", reason="Why"),
}


@pytest.mark.parametrize("door", DOORS)
def test_door_that_breaks_while_the_index_is_written_leaves_it_as_it_was(three, door):
    changed = published(make_condition(overview="<p>A zebra.</p>"))
    changed.overview, changed.body_system = "<p>An okapi.</p>", "Elsewhere"
    changed.save()
    changed = signed(changed)
    before, counting = stored(), Breaking()
    with transaction.atomic():
        with connection.execute_wrapper(counting):
            DOORS[door](changed)
        assert stored() != before
        transaction.set_rollback(True)
    assert counting.seen >= 4
    for write in range(1, counting.seen + 1):
        with pytest.raises(Interrupted), connection.execute_wrapper(Breaking(write)):
            DOORS[door](changed)
        assert stored() == before, f"after {write} of {counting.seen} statements"


def test_derivation_that_fails_takes_the_index_back(three, settings):
    before = stored()
    page = now_saying(three[0], "An okapi.")
    settings.DERIVATIONS = [*settings.DERIVATIONS, f"{__name__}.Failing"]
    with pytest.raises(Interrupted):
        publish(page)
    with pytest.raises(Interrupted):
        doors.withdraw(three[1], by="tests", reason="Wrong.")
    assert stored() == before


# Redaction


def raw() -> str:
    """The tables as they lie in the file, as far as the database shows it."""
    name = "search_words" if connection.vendor == "postgresql" else "search_words_data"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
        return str(cursor.fetchall())


@pytest.mark.parametrize("by", ["replacing", "withdrawing"])
def test_words_of_a_redacted_edition_leave_the_files_of_the_index(by):
    published(saying("A zebra."))
    page = published(saying("Mr Defamatorium did it.", title="The Defamatorium case"))
    assert "defamatorium" in raw()
    page.title, page.body = "The case", "<p>Nothing.</p>"
    page.save()
    if by == "replacing":
        published(page)
    else:
        doors.withdraw(page, by="tests", reason="Wrong.")
    redact(page.editions.get(number=1), by="tests", order="Court, no. 1", reason="It named a person.")
    assert "defamatorium" not in raw()
    assert found("defamatorium") == []
    assert not Word.objects.filter(word="defamatorium").exists()
    assert len(found("zebra")) == 1


def test_redaction_leaves_the_index_as_it_was(three):
    before = stored()
    redact(three[0].editions.get(number=1), by="tests", order="Court, no. 1", reason="It named a person.")
    assert stored() == before
    call_command("rederive", "--afresh", verbosity=0)
    assert stored() == before
    assert Rebuild.objects.count() == 0
