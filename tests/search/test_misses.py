"""What is counted of searches: never who, never what may say who, and never at the expense of a reader."""

import random
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from publishing import doors
from search import counts, misses
from search.counts import SearchCount, SearchKey, SettledSearch
from search.misses import flush, record_search
from tests.builders import make_article, make_condition, published

pytestmark = pytest.mark.django_db
ADDRESSES = [f"203.0.113.{number}" for number in range(1, 9)]


@pytest.fixture(autouse=True)
def _nothing_waits():
    misses.waiting.take()
    yield
    misses.waiting.take()


@pytest.fixture
def days_later(time_machine_at):
    start = timezone.now().replace(hour=12)
    time_machine_at(start)
    return lambda days: time_machine_at(start + timedelta(days=days))


def search(query, *, found=0, address=ADDRESSES[0], method="get", **headers):
    request = getattr(RequestFactory(), method)("/search/", {"q": query}, REMOTE_ADDR=address, headers=headers)
    record_search(request, query, found)


def search_from(number, query, **values):
    """From so many networks."""
    for address in ADDRESSES[:number]:
        search(query, address=address, **values)


def stored(query=""):
    return SearchCount.objects.get(query=query)


def waiting_queries():
    return [query for _day, query in misses.waiting.counts]


# What is counted


def test_searches_of_a_day_are_counted_together(days_later):
    days_later(0)
    search_from(3, "lupuss")
    search("lupuss", found=2)
    flush()
    row = stored("lupuss")
    assert (row.day, row.searches, row.without_result, row.clicks) == (timezone.localdate(), 4, 3, 0)


def test_later_counts_are_added_to_earlier_ones():
    search_from(3, "lupuss")
    flush()
    search_from(4, "lupuss")
    flush()
    assert stored("lupuss").searches == 7


@pytest.mark.parametrize(
    "typed", ["Mtx  Dose", "  mtx dose ", "MTX\tDOSE", "mtx\u00a0dose", "m\x00tx d\u200bose", "\u202emtx dose"]
)
def test_spellings_of_one_query_are_one(typed):
    search(typed)
    assert waiting_queries() == ["mtx dose"]


def test_composed_and_decomposed_letters_are_one():
    search("Sjo\u0308gren")
    search("sjögren")
    assert waiting_queries() == ["sjögren"]


@pytest.mark.parametrize(
    "typed",
    [
        "ada@example.org",
        "call 0170123 ada",
        "12345",
        "1.1.1980 lupus",
        "555-12-34",
        "٠١٢٣٤",
        "https://example.org/page",
        "www.example.org",
        "x" * 81,
        "one two three four five six seven eight nine",
        "a " * 600,
        "",
        "   ",
        "\x00",
    ],
)
def test_what_may_say_who_somebody_is_never_counts(typed):
    search_from(3, typed)
    assert waiting_queries() == []
    flush()
    assert not SearchCount.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["il-6", "covid-19", "cd4 cd8 ratio", "hla-b27", "vaccines 2024", "x" * 80, "1 b c d e f g 8"],
)
def test_medical_words_with_digits_count(typed):
    search(typed)
    assert waiting_queries() == [typed]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "a-web-crawler"},
    ],
)
def test_prefetches_and_robots_do_not_count(headers):
    search("lupuss", **headers)
    assert waiting_queries() == []


def test_only_get_counts():
    search("lupuss", method="head")
    assert waiting_queries() == []


def test_a_search_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        search("lupuss")
    assert waiting_queries() == ["lupuss"]


# From how many


def test_words_of_two_networks_are_not_stored_and_those_of_three_are():
    search_from(2, "lupuss")
    flush()
    row = SearchCount.objects.get()
    assert (row.query, row.searches, row.sources.bit_count()) == ("", 2, 2)
    search("lupuss", address=ADDRESSES[2])
    search("lupuss", address=ADDRESSES[3])
    search("lupuss", address=ADDRESSES[4])
    flush()
    assert SearchCount.objects.get().query == "lupuss"


@pytest.mark.parametrize("addresses", [ADDRESSES[:2] * 20, [f"2001:db8:1:2::{number}" for number in range(1, 20)]])
def test_who_searches_often_is_not_several(addresses):
    for address in addresses:
        search("lupuss", address=address)
        flush()
    row = SearchCount.objects.get()
    assert (row.query, row.searches) == ("", len(addresses))
    assert row.sources.bit_count() in (1, 2)


def test_networks_of_several_days_do_not_add_up(days_later):
    for day in range(3):
        days_later(day)
        search_from(2, "lupuss")
        flush()
    assert set(SearchCount.objects.values_list("query", flat=True)) == {""}


def test_sketches_never_have_more_bits_than_there_were_networks():
    dice = random.Random(7)
    for case in range(300):
        networks = [str(number) for number in range(dice.randint(1, misses.PLACES))]
        groups = [dice.sample(networks, dice.randint(1, len(networks))) for _ in range(4)]
        together = 0
        for group in groups:
            made = misses.sketch(group, "lupuss", str(case))
            assert made.bit_count() == len(group)
            assert made < 2**misses.PLACES
            together |= made
        assert together.bit_count() <= len(set().union(*groups))


def test_a_network_has_another_place_for_each_query():
    places = {misses.sketch(["203.0.113.1"], f"query {number}", "key") for number in range(100)}
    assert len(places) > 30


def test_database_refuses_words_of_two_networks():
    values = {"day": timezone.localdate(), "query": "lupuss"}
    for number, sources in enumerate((0b111, 0b10000101, 2**62 + 2**61 + 1)):
        SearchCount.objects.create(**values, digest=str(number), sources=sources)
    for sources in (0, 1, 0b110, 2**62 + 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            SearchCount.objects.create(**values, digest="few", sources=sources)


# What is stored

# Every column, and why it is there. None is about a person.
COLUMNS = {
    "search_searchkey": {"id": "number", "day": "which", "key": "to make digests and sketches, until the day is over"},
    "search_searchcount": {
        "id": "number",
        "day": "when, and no nearer",
        "digest": "one row for each query, also without its words",
        "query": "what several networks typed",
        "searches": "how often",
        "without_result": "how often nothing was found",
        "clicks": "how often a page was opened",
        "sources": "whether there were several networks",
    },
    "search_settledsearch": {
        "id": "number",
        "query": "what several networks typed",
        "how": "of the staff",
        "remark": "of the staff",
        "task_id": "of the staff",
        "settled_by": "of the staff",
        "settled_on": "of the staff",
    },
}


def test_every_column_is_listed_with_its_reason():
    with connection.cursor() as cursor:
        described = {
            table: {each.name for each in connection.introspection.get_table_description(cursor, table)}
            for table in COLUMNS
        }
    assert described == {table: set(columns) for table, columns in COLUMNS.items()}


def test_every_table_stands_in_the_privacy_document():
    document = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
    assert {table for table in COLUMNS if f"`{table.removeprefix('search_')}`" not in document} == set()


def test_no_column_holds_an_address_or_what_too_few_typed():
    search_from(2, "canary")
    search("canary", address="2001:db8:1:2::7")
    search_from(2, "seldom")
    flush()
    rows = str([list(model.objects.values_list()) for model in (SearchCount, SearchKey, SettledSearch)])
    assert "canary" in rows
    assert "seldom" not in rows
    assert "203.0.113" not in rows
    assert "2001:db8" not in rows


def test_nothing_of_the_networks_is_left_in_memory():
    search_from(3, "lupuss")
    flush()
    assert misses.waiting.counts == {}


# Writing


def test_counts_wait_while_the_database_is_away(monkeypatch, caplog):
    def fail(day):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(SearchKey, "of", fail)
        search_from(3, "lupuss")
        flush()
        search("lupuss", found=1)
        flush()
    assert not SearchCount.objects.exists()
    assert "OperationalError" in caplog.text
    assert "lupuss" not in caplog.text
    flush()
    row = stored("lupuss")
    assert (row.searches, row.without_result) == (4, 3)


def test_what_the_database_does_not_take_is_dropped(monkeypatch, caplog):
    def fail(day):
        raise DataError("lupuss is no number")

    with monkeypatch.context() as broken:
        broken.setattr(SearchKey, "of", fail)
        search("lupuss")
        flush()
    assert waiting_queries() == []
    assert "lupuss" not in caplog.text


def test_half_of_a_batch_is_not_written(monkeypatch):
    search_from(3, "lupuss")

    def fail(*_args, **_values):
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(misses, "_sum", fail)
        flush()
    assert not SearchCount.objects.exists()
    assert waiting_queries() == ["lupuss"]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(misses, "MOST_WAITING", 3)
    for number in range(10):
        search(f"query {number}")
    search("query 0")
    assert waiting_queries() == ["query 0", "query 1", "query 2"]
    assert [each.searches for each in misses.waiting.counts.values()] == [2, 1, 1]


def test_networks_of_a_query_are_bounded_in_memory():
    for number in range(200):
        search("lupuss", address=f"198.51.100.{number}")
    (counted,) = misses.waiting.counts.values()
    assert (counted.searches, len(counted.networks)) == (200, misses.MOST_NETWORKS)


def test_what_is_put_back_stays_within_the_bounds(monkeypatch):
    monkeypatch.setattr(misses, "MOST_WAITING", 3)
    search("first")
    search("second")
    taken = misses.waiting.take()
    search("third")
    search("fourth")
    misses.waiting.put_back(taken)
    assert waiting_queries() == ["third", "fourth", "first"]


def test_nobody_can_fill_the_table(monkeypatch):
    monkeypatch.setattr(misses, "MOST_OF_A_DAY", 4)
    search_from(3, "known")
    flush()
    for number in range(10):
        search(f"query {number}")
    search("known")
    flush()
    search("one more")
    flush()
    assert SearchCount.objects.count() == 4
    assert stored("known").searches == 4


@pytest.mark.parametrize("count", [1, 3])
def test_writing_costs_the_same_for_any_number_of_queries(django_assert_num_queries, count):
    search("before")
    flush()
    for number in range(count):
        search(f"query {number}")
    with django_assert_num_queries(9):
        flush()
    assert SearchCount.objects.count() == count + 1


def test_nothing_is_asked_of_the_database_when_nothing_waits(django_assert_num_queries):
    with django_assert_num_queries(0):
        flush()


# The timer


class StillTimer:
    made = []

    def __init__(self, seconds, function):
        self.seconds, self.function, self.daemon = seconds, function, False

    def start(self):
        self.made.append(self)


@pytest.fixture
def timers(settings, monkeypatch):
    settings.SEARCH_COUNTING_SECONDS = 20
    monkeypatch.setattr(StillTimer, "made", [])
    monkeypatch.setattr(misses, "Timer", StillTimer)
    return StillTimer.made


def test_first_search_starts_one_timer_that_keeps_no_process_alive(timers):
    search("lupuss")
    search("mtx")
    assert [(each.seconds, each.daemon) for each in timers] == [(20, True)]
    flush()
    search("lupuss")
    assert len(timers) == 2


def test_after_a_failure_the_next_search_starts_a_timer(timers, monkeypatch):
    def fail(day):
        raise OperationalError

    search("lupuss")
    with monkeypatch.context() as broken:
        broken.setattr(SearchKey, "of", fail)
        flush()
    assert len(timers) == 1
    search("mtx")
    assert len(timers) == 2


def test_without_a_thread_a_search_goes_on(timers, monkeypatch):
    def fail(self):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as broken:
        broken.setattr(StillTimer, "start", fail)
        search("lupuss")
    search("lupuss")
    assert waiting_queries() == ["lupuss"]
    assert len(timers) == 1


def test_no_timer_runs_where_none_is_wanted(timers, settings):
    settings.SEARCH_COUNTING_SECONDS = 0
    search("lupuss")
    assert timers == []
    assert waiting_queries() == ["lupuss"]


def test_thread_gives_its_connection_back(timers, monkeypatch):
    done = []
    monkeypatch.setattr(misses, "flush", lambda: done.append("written"))
    monkeypatch.setattr(misses, "connection", SimpleNamespace(close=lambda: done.append("closed")))
    search("lupuss")
    timers[0].function()
    assert done == ["written", "closed"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="A database in memory is never closed.")
def test_thread_writes_what_waits(emptied_database, settings):
    settings.SEARCH_COUNTING_SECONDS = 1
    search_from(3, "lupuss")
    misses.waiting.timer.join(60)
    assert stored("lupuss").searches == 3


# Days


def test_what_is_written_after_midnight_counts_for_the_day_before(days_later):
    days_later(0)
    search_from(3, "lupuss")
    day = timezone.localdate()
    days_later(1)
    flush()
    assert stored("lupuss").day == day


def test_what_is_written_days_later_is_lost(days_later):
    days_later(0)
    search_from(3, "lupuss")
    days_later(2)
    search("mtx")
    flush()
    assert [row.day for row in SearchCount.objects.all()] == [timezone.localdate()]


def test_keys_and_what_too_few_typed_go_when_the_next_day_is_over(days_later):
    days_later(0)
    first = timezone.localdate()
    search_from(3, "lupuss")
    search("seldom")
    flush()
    days_later(1)
    search("mtx")
    flush()
    assert SearchCount.objects.filter(day=first).count() == 2
    assert SearchKey.objects.filter(day=first).exists()
    days_later(2)
    search("mtx")
    flush()
    assert [row.query for row in SearchCount.objects.filter(day=first)] == ["lupuss"]
    assert not SearchKey.objects.filter(day=first).exists()


def test_digests_of_two_days_have_nothing_in_common(days_later):
    for day in range(2):
        days_later(day)
        search("lupuss")
        flush()
    assert SearchCount.objects.values("digest").distinct().count() == 2


def pruned(**values):
    return [number for _name, number in counts.prune(**values)]


def test_prune_deletes_what_is_due_and_nothing_else(days_later):
    days_later(0)
    search_from(3, "lupuss")
    search("seldom")
    flush()
    counts.settle("lupuss", "nothing", by="Ada", remark="Misspelt")
    counts.settle("mtx", "done", by="Ada")
    days_later(1)
    assert pruned() == [0, 0, 0, 0]
    days_later(2)
    assert pruned(dry_run=True) == [1, 1, 0, 0]
    assert pruned() == [1, 1, 0, 0]
    assert pruned() == [0, 0, 0, 0]
    days_later(300)
    search_from(3, "mtx")
    flush()
    days_later(400)
    assert pruned()[2:] == [0, 0]
    days_later(401)
    assert pruned()[2:] == [1, 1]
    assert [row.query for row in SettledSearch.objects.all()] == ["mtx"]
    assert [row.query for row in SearchCount.objects.all()] == ["mtx"]


# Clicks


@pytest.fixture
def page():
    return published(make_article(slug="lupus"))


def follow(client, address, came_from="http://testserver/search/?q=Lupuss&page=2", **headers):
    return client.get(address, headers={"referer": came_from, **headers})


def test_page_opened_from_the_results_is_a_click(client, page):
    follow(client, page.get_absolute_url())
    follow(client, published(make_condition()).get_absolute_url())
    (counted,) = misses.waiting.counts.values()
    assert (waiting_queries(), counted.clicks, counted.searches) == (["lupuss"], 2, 0)
    search_from(3, "lupuss")
    flush()
    assert stored("lupuss").clicks == 2


def test_clicks_alone_never_store_words(client, page):
    for address in ADDRESSES:
        client.get(page.get_absolute_url(), headers={"referer": "http://testserver/search/?q=x"}, REMOTE_ADDR=address)
    flush()
    row = SearchCount.objects.get()
    assert (row.query, row.clicks, row.sources) == ("", len(ADDRESSES), 0)


@pytest.mark.parametrize(
    "came_from",
    [
        "http://elsewhere.example/search/?q=lupuss",
        "http://testserver.example/search/?q=lupuss",
        "http://testserver/?q=lupuss",
        "http://testserver/articles/?q=lupuss",
        "http://testserver/search/",
        "http://testserver/search/?p=lupuss",
        "http://testserver/search/?q=ada@example.org",
        "http://testserver/search/?q=" + "&q=" * 500,
        "http://[",
        "//testserver:x/search/?q=lupuss",
        "",
    ],
)
def test_other_ways_to_a_page_are_no_clicks(client, page, came_from):
    assert follow(client, page.get_absolute_url(), came_from).status_code == 200
    assert waiting_queries() == []


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch"}, {"user-agent": "somebot/1.0"}])
def test_pages_fetched_by_no_reader_are_no_clicks(client, page, headers):
    follow(client, page.get_absolute_url(), **headers)
    assert waiting_queries() == []


def test_only_pages_of_content_that_are_shown_are_clicks(client, page):
    doors.withdraw(published(make_article(slug="gone")), by="tests", reason="Wrong.", gone=True)
    addresses = ("/", "/articles/", "/articles/nothing/", "/articles/gone/", "/robots.txt")
    for address in addresses:
        follow(client, address)
    client.head(page.get_absolute_url(), headers={"referer": "http://testserver/search/?q=lupuss"})
    assert waiting_queries() == []


def test_a_click_changes_nothing_of_the_answer(client, page):
    with_click, without = follow(client, page.get_absolute_url()), client.get(page.get_absolute_url())
    assert with_click.headers == without.headers
    assert not with_click.cookies


# What is listed


def make_count(query, *, days_ago=0, **values):
    day = timezone.localdate() - timedelta(days=days_ago)
    values = {"searches": 5, "without_result": 5, "sources": 0b111} | values
    return SearchCount.objects.create(day=day, digest=f"of {query} {days_ago}", query=query, **values)


def queries(found):
    return [row["query"] for row in found]


def test_counts_of_the_days_asked_for_are_summed():
    make_count("lupuss", searches=4, without_result=3, clicks=1)
    make_count("lupuss", days_ago=29, searches=5, without_result=5)
    make_count("lupuss", days_ago=30, searches=6, without_result=6)
    (row,) = counts.asked_for(30)
    assert row == {"query": "lupuss", "searched": 9, "missed": 8, "opened": 1}
    assert counts.asked_for(31).get()["searched"] == 15


def test_what_found_nothing_is_listed_by_frequency():
    make_count("b", without_result=3)
    make_count("a", without_result=3)
    make_count("often", without_result=5)
    make_count("found", without_result=0)
    make_count("", without_result=9, sources=0b11)
    assert queries(counts.without_result(30)) == ["often", "a", "b"]


def test_what_was_found_and_not_opened_is_listed_by_frequency():
    make_count("never", searches=5, without_result=0)
    make_count("seldom", searches=51, without_result=0, clicks=5)
    make_count("sometimes", searches=50, without_result=0, clicks=5)
    make_count("nothing found", searches=50, without_result=50)
    make_count("", searches=50, without_result=0, sources=0b11)
    assert queries(counts.without_click(30)) == ["seldom", "never"]


def test_what_is_dealt_with_comes_back_with_later_searches(days_later):
    days_later(0)
    make_count("lupuss")
    counts.settle("lupuss", "done", by="Ada")
    assert queries(counts.without_result(30)) == []
    days_later(1)
    make_count("lupuss", searches=7, without_result=7)
    assert [row["missed"] for row in counts.without_result(30)] == [7]


def test_where_nothing_is_to_be_done_a_query_does_not_come_back(days_later):
    days_later(0)
    make_count("asdf")
    counts.settle("asdf", "nothing", by="Ada", remark="Just keys")
    days_later(1)
    make_count("asdf")
    make_count("lupuss")
    assert queries(counts.without_result(30)) == ["lupuss"]


def test_database_asks_why_nothing_is_to_be_done():
    with pytest.raises(IntegrityError):
        counts.settle("asdf", "nothing", by="Ada")
