"""Counting what readers look for and do not find.

A search adds to counts in memory, and a thread writes them a little later: no reader waits for it, or notices that it
failed. What is counted stands in `search.counts`.
"""

import atexit
import hashlib
import hmac
import logging
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from threading import Lock, Timer
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import DataError, Error, connection, transaction
from django.urls import reverse
from django.utils import timezone

from publishing.kinds import page_models
from publishing.networks import network_of
from search.counts import FEWEST_SOURCES, LONGEST_QUERY, SearchCount, SearchKey, forget_days_before, yesterday

logger = logging.getLogger(__name__)

MOST_TYPED, MOST_WORDS, MOST_DIGITS = 1_000, 8, 5
# Of one process, until they are written; and of one day. Nobody can fill the memory or the table.
MOST_WAITING, MOST_OF_A_DAY = 1_000, 5_000
# So many networks are told apart for one query at a time, on so many places of its sketch: as many as a positive number
# has bits in both databases.
MOST_NETWORKS, PLACES = 16, 63
PERSONAL = re.compile(r"@|://|\bwww\.|\d{5}")
ROBOT = re.compile("bot|crawl|spider", re.IGNORECASE)


# What is typed


def countable(typed: str) -> str:
    """The query as it is counted; empty for what may say who somebody is, or how to reach them."""
    seen = "".join(each for each in typed[:MOST_TYPED] if each.isspace() or unicodedata.category(each)[0] != "C")
    words = unicodedata.normalize("NFC", seen.lower()).split()
    query = " ".join(words)
    if len(typed) > MOST_TYPED or len(query) > LONGEST_QUERY or len(words) > MOST_WORDS:
        return ""
    if PERSONAL.search(query) or sum(map(str.isdigit, query)) > MOST_DIGITS:
        return ""
    return query


def is_by_reader(request) -> bool:
    """Neither fetched in advance nor by a robot that says so."""
    is_prefetch = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == "GET" and not is_prefetch and not ROBOT.search(request.headers.get("User-Agent", ""))


def record_search(request, typed: str, found: int) -> None:
    query = countable(typed)
    if query and is_by_reader(request):
        waiting.add(query, Counted(searches=1, without_result=int(not found), networks={network_of(request)}))


def record_click(request) -> None:
    """Whoever opens a page from the results says in the Referer what they had typed."""
    match = request.resolver_match
    if match is None or match.view_name not in {model.detail_url for model in page_models()}:
        return
    query = countable(_query_in(request.META["HTTP_REFERER"], request.get_host()))
    if query and is_by_reader(request):
        waiting.add(query, Counted(clicks=1))


def _query_in(address: str, host: str) -> str:
    """What was typed on the page of results at this address, if it is one of ours."""
    try:
        came_from = urlsplit(address)
        if came_from.netloc != host or came_from.path != reverse("search:results"):
            return ""
        return parse_qs(came_from.query, max_num_fields=50).get("q", [""])[0]
    except ValueError:
        return ""


class ClickMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "HTTP_REFERER" in request.META and response.status_code == 200:
            record_click(request)
        return response


# What waits to be written


@dataclass
class Counted:
    searches: int = 0
    without_result: int = 0
    clicks: int = 0
    # Only until they are written: they become bits of a sketch.
    networks: set[str] = field(default_factory=set)

    def add(self, other: "Counted") -> None:
        self.searches += other.searches
        self.without_result += other.without_result
        self.clicks += other.clicks
        self.networks |= set(islice(other.networks - self.networks, MOST_NETWORKS - len(self.networks)))


class Waiting:
    """The counts of this process, by day and query. The first of them starts a timer that writes them all."""

    def __init__(self):
        self.lock = Lock()
        self.counts: dict[tuple[date, str], Counted] = {}
        self.timer: Timer | None = None

    def add(self, query: str, more: Counted) -> None:
        with self.lock:
            self._add((timezone.localdate(), query), more)
            if self.timer is None and settings.SEARCH_COUNTING_SECONDS:
                self._start_timer()

    def take(self) -> dict[tuple[date, str], Counted]:
        with self.lock:
            taken, self.counts, self.timer = self.counts, {}, None
        return taken

    def put_back(self, taken: dict[tuple[date, str], Counted]) -> None:
        """Until the next search starts a timer."""
        with self.lock:
            for key, counted in taken.items():
                self._add(key, counted)

    def _add(self, key: tuple[date, str], more: Counted) -> None:
        if key in self.counts or len(self.counts) < MOST_WAITING:
            self.counts.setdefault(key, Counted()).add(more)

    def _start_timer(self) -> None:
        timer = Timer(settings.SEARCH_COUNTING_SECONDS, _flush_and_leave)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError:
            logger.warning("No thread for the counts of searches could be started.")
        else:
            self.timer = timer


waiting = Waiting()


def _flush_and_leave() -> None:
    try:
        flush()
    finally:
        connection.close()


@atexit.register
def _flush_at_end() -> None:
    if waiting.timer is not None:
        _flush_and_leave()


def flush() -> None:
    """Write what waits. If the database cannot take it, it waits for the next time."""
    taken = waiting.take()
    if not taken:
        return
    by_day = defaultdict(dict)
    for (day, query), counted in taken.items():
        by_day[day][query] = counted
    try:
        with transaction.atomic():
            forget_days_before(yesterday())
            for day in sorted(by_day):
                _write(day, by_day[day])
    except DataError:
        # It would fail again. The message of the database may hold what was typed.
        logger.warning("Counts of searches were dropped: the database does not take them.")
    except Error as error:
        logger.warning("Counts of searches could not be written (%s); they wait.", type(error).__name__)
        waiting.put_back(taken)


def _write(day: date, counts: dict[str, Counted]) -> None:
    """Inside the transaction. Others who write the same rows wait for its end, and all take them in the same order."""
    key = SearchKey.of(day)
    if key is None:
        return
    queries = {_hash(key, query).hex(): query for query in counts}
    of_day = SearchCount.objects.filter(day=day)
    known = set(of_day.filter(digest__in=queries).values_list("digest", flat=True))
    new = sorted(queries.keys() - known)[: max(0, MOST_OF_A_DAY - of_day.count())]
    SearchCount.objects.bulk_create([SearchCount(day=day, digest=each) for each in new], ignore_conflicts=True)
    rows = of_day.filter(digest__in=queries).order_by("digest").select_for_update()
    sums = [_sum(row, queries[row.digest], counts[queries[row.digest]], key) for row in rows]
    # `bulk_update` would hold the lock five times as long.
    columns = ("query", "searches", "without_result", "clicks", "sources")
    SearchCount.objects.bulk_create(sums, update_conflicts=True, unique_fields=("day", "digest"), update_fields=columns)


def _sum(row: SearchCount, query: str, counted: Counted, key: str) -> SearchCount:
    sources = row.sources | sketch(counted.networks, query, key)
    return SearchCount(
        day=row.day,
        digest=row.digest,
        query=query if sources.bit_count() >= FEWEST_SOURCES else "",
        searches=row.searches + counted.searches,
        without_result=row.without_result + counted.without_result,
        clicks=row.clicks + counted.clicks,
        sources=sources,
    )


def sketch(networks: Iterable[str], query: str, key: str) -> int:
    """A bit for each network, at the place that the hash of both names or at the next free one.

    Which places are taken does not depend on the order, and more networks only take more of them. So several sketches
    of one query and day together never have more bits than there were networks. Of another query, a network has another
    place: rows do not tell that they come from the same one.
    """
    bits = 0
    for network in networks:
        place = int.from_bytes(_hash(key, query, network)) % PLACES
        while bits >> place & 1:
            place = (place + 1) % PLACES
        bits |= 1 << place
    return bits


def _hash(key: str, *parts: str) -> bytes:
    return hmac.digest(key.encode(), "\0".join(parts).encode(), hashlib.sha256)
