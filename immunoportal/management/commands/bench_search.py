"""Times the search: deriving the index, each kind of query, suggestions, publishing, and queries that mean harm.

The pages are made in a database of their own, which is removed afterwards. To measure on one core, database included,
bind the whole command to it: `taskset -c 0 manage.py bench_search`.
"""

import random
import statistics
import string
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Length
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from tqdm import tqdm

from crosslinks.models import Name, VocabularyState
from crosslinks.names import name_key
from immunoportal.management.commands.bench_links import (
    Taken,
    made_up_word,
    make_article,
    own_database,
    signed_off,
    write_again,
)
from publishing import doors
from publishing.management.commands.rederive import BATCH
from publishing.models import Edition, EditionTag, Page, SignOff, Tag
from search.documents import Word
from search.indexing import SearchIndex
from search.intents import FILLERS, OPTIONAL_STEMS
from search.narrowing import Narrowing
from search.searching import search
from search.suggesting import suggestions
from search.words import NO_NAMES, stem
from therapies.models import Condition, Therapy

ROUNDS = 15
ASKED = 100
# As many words as a health site uses; those of the first places are shorter, as in every language.
WORDS, SHORT_WORDS = 50_000, 600
# Where common and other words stand among them: the first stand on every page and are not looked for.
COMMON, MIDDLE, RARE = (20, 220), (1_000, 5_000), (20_000, WORDS)
WORDS_OF_A_PAGE, SECTIONS, SENTENCE = 800, 5, 14
NAMED = 300
ENDINGS = {"condition": "itis emia osis pathy algia".split(), "therapy": "mab ine cept limus globulin".split()}
SYSTEMS = "Skin|Joints and muscles|Lungs|Blood|Gut|Nerves|Kidneys|Eyes|Whole body".split("|")
SHELVES = {
    "condition": Condition.Group.choices,
    "therapy": Therapy.Group.choices,
    "article": [(f"shelf-{number}", f"Shelf {number}") for number in range(12)],
}
TAGS, TAGS_OF_A_PAGE, PEOPLE = 300, 3, 40
MOST_MONTHS = 60
BATCH_OF_PAGES = 2_000
TABLES = ("search_words", "search_document", "search_word")
INDEXING = f"{SearchIndex.__module__}.{SearchIndex.__qualname__}"
SLOWEST = 5
# Readers must not be kept waiting longer, whatever is typed.
LONGEST_ANSWER = 250


class Command(BaseCommand):
    help = "Time the search; print the median and the 95th percentile of each kind of query, and how they grow."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, nargs="*", default=[1_000, 10_000], help="sizes of the site")
        parser.add_argument("--hostile", type=int, default=1_000, help="how many queries that mean harm")
        parser.add_argument("--hostile-pages", type=int, default=10_000, help="size of the site that is asked these")
        parser.add_argument("--rederive", action="store_true", help="also time manage.py rederive, with the mentions")
        parser.add_argument("--explain", action="store_true", help="show what the database does for the slowest query")

    def handle(self, *, pages, hostile, hostile_pages, rederive, explain, **options):
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # What is counted is written by a thread, on a connection that would outlive the database.
        settings.SEARCH_COUNTING_SECONDS = 0
        self.explain = explain
        language = Language(random.Random(6))  # noqa: S311 (the same words in every run)
        p95: dict[int, dict[str, float]] = {}
        for number in pages:
            with own_database():
                p95[number] = self.measure_site(number, language, rederive=rederive)
                if number == hostile_pages or (hostile_pages not in pages and number == max(pages)):
                    self.measure_hostile(number, hostile, language)
        for smaller, larger in pairwise(pages):
            self.head(f"Growth of p95 from {smaller} to {larger} pages")
            for what, taken in p95[larger].items():
                self.stdout.write(f"{what:40} {taken / p95[smaller][what]:8.1f} times")

    def measure_site(self, number: int, language: "Language", *, rederive: bool) -> dict[str, float]:
        chance = random.Random(number)  # noqa: S311
        make_site(number, language, chance)
        self.head(f"{connection.vendor}, {number} pages")
        self.measure_index(number)
        if rederive:
            taken = measured(lambda: call_command("rederive", afresh=True, verbosity=0))
            self.stdout.write(f"manage.py rederive, with the mentions: {taken.wall / 1_000:.1f} s")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        p95 = self.measure_queries(language, chance)
        self.measure_publishing(language, chance)
        return p95

    def measure_index(self, number: int) -> None:
        before = size_of_index()
        taken = measured(derive_index)
        text = Edition.objects.live().aggregate(sum=Sum(Length("text")))["sum"]
        size = size_of_index() - before
        self.stdout.write(
            f"derive the index: {taken.wall / 1_000:.1f} s, {taken.processor / 1_000:.1f} s of the processor, "
            f"{taken.wall / number:.2f} ms a page"
        )
        self.stdout.write(f"index {size / 1e6:.1f} MB, text {text / 1e6:.1f} MB: {size / text:.2f} times")
        for table, each in sizes().items():
            self.stdout.write(f"    {table:36} {each / 1e6:10.1f} MB {each / text:6.2f} times")

    def measure_queries(self, language: "Language", chance: random.Random) -> dict[str, float]:
        kinds = list(kinds_of_queries(Readers(language, chance)))
        client = Client()
        address = reverse("search:results")
        every = [query for kind in kinds for query in kind.queries]
        kinds += [
            Kind("results page, all of these", chance.sample(every, ASKED), partial(ask, client, address)),
            Kind("suggestions", list(beginnings(chance)), suggestions),
            Kind("suggestions page", list(beginnings(chance)), partial(ask, client, reverse("search:suggest"))),
        ]
        self.stdout.write(f"{'':40} {'ms: p50':>9} {'p95':>9} {'processor':>11} {'p95':>9}  queries")
        return {kind.name: self.measure_kind(kind) for kind in kinds}

    def measure_kind(self, kind: "Kind") -> float:
        for query in kind.others:
            kind.action(query)
        found = {query: counted(partial(kind.action, query)) for query in kind.queries}
        walls = [taken.wall for taken, _queries in found.values()]
        processors = [taken.processor for taken, _queries in found.values()]
        numbers = sorted({queries for _taken, queries in found.values()})
        self.stdout.write(
            f"{kind.name:40} {statistics.median(walls):9.2f} {percentile(walls):9.2f} "
            f"{statistics.median(processors):11.2f} {percentile(processors):9.2f}  {', '.join(map(str, numbers))}"
        )
        if self.explain:
            slowest = max(found, key=lambda query: found[query][0].processor)
            self.stdout.write(f"    slowest: {slowest[:100]} ({found[slowest][0].processor:.1f} ms)")
            explain(partial(kind.action, slowest), self.stdout)
        return percentile(processors)

    def measure_publishing(self, language: "Language", chance: random.Random) -> None:
        def paragraphs() -> list[str]:
            return "".join(made_up_body(language, chance, ["measured"]).html).replace("</p>", "</p>\n").splitlines()

        known, first = make_article(), paragraphs()
        texts = {
            "a new page": paragraphs,
            "again with another paragraph": lambda: [*first[:3], chance.choice(paragraphs()), *first[3:]],
            "again with a wholly new text": paragraphs,
        }
        without = [path for path in settings.DERIVATIONS if path != INDEXING]
        for what, text in texts.items():
            taken: dict[bool, list[Taken]] = {True: [], False: []}
            for number in range(ROUNDS):
                for is_indexed in taken:
                    page = make_article(f"new-{number}-{is_indexed}") if what == "a new page" else known
                    write_again(page, "".join(text()))
                    with override_settings(DERIVATIONS=settings.DERIVATIONS if is_indexed else without):
                        taken[is_indexed].append(
                            measured(partial(doors.publish, page, by="Benchmark", note="Measured"))
                        )
            walls, processors = (
                {which: statistics.median(each[at] for each in times) for which, times in taken.items()}
                for at in (0, 1)
            )
            cost = processors[True] - processors[False]
            self.stdout.write(
                f"publish {what}: {walls[True]:.1f} ms, without indexing {walls[False]:.1f} ms: "
                f"{walls[True] - walls[False]:.1f} ms more, of the processor {cost:.1f} ms"
            )

    def measure_hostile(self, number: int, hostile: int, language: "Language") -> None:
        chance = random.Random(13)  # noqa: S311
        client = Client(raise_request_exception=False)
        found = []
        requests = [hostile_request(language, chance) for _ in range(hostile)]
        for address, query in tqdm(requests, disable=not self.stderr.isatty(), file=self.stderr):
            answers = []
            # Whoever reads the log of the errors sees the text of the query there.
            request = partial(client.get, address, QUERY_STRING=query, secure=True)
            taken = measured(lambda request=request, answers=answers: answers.append(request()))
            found.append((taken, answers[0].status_code, address, query))
        self.head(f"{hostile} queries that mean harm, {number} pages")
        statuses = sorted({status for _taken, status, _address, _query in found})
        for status in statuses:
            self.stdout.write(f"status {status}: {sum(each[1] == status for each in found)}")
        walls = [taken.wall for taken, *_rest in found]
        processors = [taken.processor for taken, *_rest in found]
        self.stdout.write(
            f"median {statistics.median(walls):.1f} ms, p95 {percentile(walls):.1f} ms, slowest {max(walls):.1f} ms "
            f"({max(processors):.1f} ms of the processor), {sum(each > LONGEST_ANSWER for each in walls)} over "
            f"{LONGEST_ANSWER} ms"
        )
        slowest = sorted(found, key=lambda each: -each[0].processor)[:SLOWEST]
        failed = [each for each in found if each[1] >= 500][:SLOWEST]
        for taken, status, address, query in [*slowest, *failed]:
            self.stdout.write(
                f"    {taken.wall:8.1f} ms, processor {taken.processor:8.1f} ms, {status}: {address}?{query[:200]}"
            )

    def head(self, text: str) -> None:
        self.stdout.write(f"\n{text}")


# Measuring


def measured(action: Callable[[], object]) -> Taken:
    """In milliseconds; the processor's time is that of this process and of the one that serves its connection."""
    server = process_of_connection()
    wall, processor = time.perf_counter(), time.process_time() + seconds_of(server)
    action()
    return Taken((time.perf_counter() - wall) * 1_000, (time.process_time() + seconds_of(server) - processor) * 1_000)


def counted(action: Callable[[], object]) -> tuple[Taken, int]:
    """The same, with the number of queries."""
    queries = []
    with connection.execute_wrapper(lambda execute, *query: queries.append(query[0]) or execute(*query)):
        taken = measured(action)
    return taken, len(queries)


def process_of_connection() -> Path | None:
    """Where Linux tells the time of the server's process, if that runs on this machine."""
    if connection.vendor != "postgresql" or not connection.connection:
        return None
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return path if connection.connection.info.host.startswith("/") and path.exists() else None


def seconds_of(process: Path | None) -> float:
    return int(process.read_text().split()[0]) / 1e9 if process else 0.0


def percentile(values: list[float], part: float = 0.95) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * part))]


def explain(action: Callable[[], object], out) -> None:
    """What the database says of each query: its plan, on PostgreSQL with times."""
    asked: list[tuple[str, object]] = []
    with connection.execute_wrapper(
        lambda execute, sql, parameters, many, context: (
            asked.append((sql, parameters)) or execute(sql, parameters, many, context)
        )
    ):
        action()
    how = "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for sql, parameters in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"{how} {sql}", parameters)
            for row in cursor.fetchall():
                out.write(f"        {row[-1]}")


def sizes() -> dict[str, int]:
    """Bytes of each table of the index, with all that belongs to it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT name, pg_total_relation_size(name::regclass) FROM unnest(%s::text[]) name", [list(TABLES)]
            )
        else:
            cursor.execute(
                "SELECT tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_schema USING (name) "
                "WHERE tbl_name IN ('search_document', 'search_word') OR tbl_name GLOB 'search_words_*' GROUP BY 1"
            )
        return dict(cursor.fetchall())


def size_of_index() -> int:
    return sum(sizes().values())


def derive_index() -> None:
    """As `manage.py rederive` does, but the index alone."""
    indexing = SearchIndex()
    with transaction.atomic():
        indexing.begin(afresh=True)
    numbers = list(Page.objects.live().order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(numbers), BATCH):
        with transaction.atomic():
            pages = Page.objects.filter(pk__in=numbers[first : first + BATCH]).select_related("live")
            indexing.rebuild({page.pk: page.live for page in pages})
    indexing.finish()


def ask(client: Client, address: str, query: str) -> None:
    response = client.get(address, {"q": query}, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address}?q={quote(query)} answered {response.status_code}.")


# The site


class Language:
    """Made-up words, each as frequent as Zipf's law says of its place, and names, which are none of them."""

    def __init__(self, chance: random.Random):
        found: dict[str, None] = {}
        while len(found) < WORDS:
            word = made_up_word(chance)
            if len(found) >= SHORT_WORDS:
                word = (word + made_up_word(chance))[: chance.randint(4, 9)]
            if word not in FILLERS | NO_NAMES and stem(word) not in OPTIONAL_STEMS:
                found[word] = None
        self.words = list(found)
        self.weights = list(accumulate(1 / place for place in range(1, WORDS + 1)))
        self.tags = [" ".join(self.some(chance, 2, MIDDLE)).capitalize() for _ in range(TAGS)]
        self.names = {kind: [self._names(kind, chance) for _ in range(NAMED // 2)] for kind in ENDINGS}
        self.texts = [name for names in self.names.values() for of_page in names for name in of_page.values()]

    def some(self, chance: random.Random, number: int, places: tuple[int, int] = (0, WORDS)) -> list[str]:
        if places == (0, WORDS):
            return chance.choices(self.words, cum_weights=self.weights, k=number)
        return [self.words[chance.randrange(*places)] for _ in range(number)]

    def _names(self, kind: str, chance: random.Random) -> dict[str, str]:
        """The names of one page by their kind."""
        root = made_up_word(chance) + made_up_word(chance)
        word = root + chance.choice(ENDINGS[kind])
        return {
            "preferred": " ".join([*self.some(chance, chance.randint(0, 2), MIDDLE), word]).capitalize(),
            "generic": f"{root[::-1]}{chance.choice(ENDINGS[kind])}",
            "brand": f"{made_up_word(chance)}{made_up_word(chance)}x".capitalize(),
            "abbreviation": "".join(chance.choices(string.ascii_uppercase, k=4)),
            "plain": " ".join(self.some(chance, 2, MIDDLE)),
        }


@dataclass
class Body:
    """The text of a page in both forms, made at once: to parse the one for the other takes longer than all else."""

    html: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def add(self, tag: str, words: list[str]) -> None:
        sentences = (" ".join(words[at : at + SENTENCE]) for at in range(0, len(words), SENTENCE))
        text = " ".join(f"{each[0].upper()}{each[1:]}." for each in sentences)
        if tag == "h2":
            text = text.removesuffix(".")
            self.html.append(f'<h2 id="part-{len(self.lines)}">{text}</h2>')
        else:
            self.html.append(f"<p>{text}</p>")
        self.lines.append(text)


def made_up_body(language: Language, chance: random.Random, subject: list[str]) -> Body:
    """Words by chance, among which names stand, and the words of the title more often than by chance."""
    body = Body()
    words = language.some(chance, WORDS_OF_A_PAGE)
    for at in chance.sample(range(WORDS_OF_A_PAGE), 32):
        words[at] = chance.choice(subject) if at % 2 else chance.choice(language.texts)
    part = WORDS_OF_A_PAGE // SECTIONS
    for first in range(0, WORDS_OF_A_PAGE, part):
        body.add("h2", words[first : first + 3])
        for at in range(first + 3, first + part, 80):
            body.add("p", words[at : min(at + 80, first + part)])
    return body


def make_site(number: int, language: Language, chance: random.Random) -> None:
    for name in language.tags:
        Tag.objects.create(name=name)
    for first in range(0, number, BATCH_OF_PAGES):
        make_pages(range(first, min(first + BATCH_OF_PAGES, number)), language, chance)
    edition = Edition.objects.filter(page=OuterRef("pk")).values("pk")[:1]
    Page.objects.filter(live__isnull=True).update(live_id=Subquery(edition))
    VocabularyState.renew()


def make_pages(some: range, language: Language, chance: random.Random) -> None:
    """The first are conditions and therapies with their names; all others are articles."""
    pages = []
    for number in some:
        kind = list(ENDINGS)[number % 2] if number < NAMED else "article"
        title = " ".join(language.some(chance, chance.randint(3, 6), (100, 20_000))).capitalize()
        if kind != "article":
            title = language.names[kind][number // 2]["preferred"]
        address = f"{kind[0]}-{number}"
        summary = f"{' '.join(language.some(chance, 25))}."[:300]
        pages.append(Page(kind=kind, title=title, slug=address, address=address, summary=summary))
    Page.objects.bulk_create(pages)
    name_pages(some, pages, language)
    editions = Edition.objects.bulk_create(
        edition(page, signed, language, chance) for page, signed in zip(pages, signed_off(pages), strict=True)
    )
    tags = list(Tag.objects.values_list("pk", flat=True))
    EditionTag.objects.bulk_create(
        EditionTag(edition=each, tag_id=tag) for each in editions for tag in chance.sample(tags, TAGS_OF_A_PAGE)
    )


def name_pages(some: range, pages: list[Page], language: Language) -> None:
    names = [
        Name(page=page, text=text, kind=kind, key=name_key(text), exact_case=kind == "abbreviation")
        for number, page in zip(some, pages, strict=True)
        if number < NAMED
        for kind, text in language.names[page.kind][number // 2].items()
    ]
    Name.objects.bulk_create({name.key: name for name in names}.values())


def edition(page: Page, signed: SignOff, language: Language, chance: random.Random) -> Edition:
    now = timezone.now()
    body = made_up_body(language, chance, page.title.lower().split())
    slug, shelf = chance.choice(SHELVES[page.kind])
    facts = {"plain_name": "", "body_system": chance.choice(SYSTEMS)} if page.kind == "condition" else {}
    snapshot = {
        "facts": facts,
        "shelf": {"slug": slug, "name": str(shelf)},
        "tags": [],
        "authors": [{"slug": "somebody", "name": f"Somebody {chance.randrange(PEOPLE)}"}],
        "sections": [],
    }
    # Some pages were never reviewed as a whole.
    reviewed_at = now - timedelta(days=30 * chance.randrange(MOST_MONTHS)) if chance.random() < 0.95 else None
    return Edition(
        page=page, number=1, kind=page.kind, title=page.title, slug=page.slug, summary=page.summary, language="en",
        shelf=slug, snapshot=snapshot, html="".join(body.html), text="\n".join(body.lines), change="major",
        published_by="Benchmark", valid_from=now, first_published_at=now, updated_at=now, recorded_at=now,
        content_digest=signed.content_digest, sign_off=signed, reviewed_at=reviewed_at, digest=f"{page.pk}",
    )  # fmt: skip


# What readers ask


class Kind(NamedTuple):
    name: str
    queries: list[str]
    action: Callable[[str], object] = search
    # Asked before, so that what is measured finds what a site in use has in memory.
    others: Iterable[str] = ()


class Readers:
    """What they type, of a site that stands."""

    def __init__(self, language: Language, chance: random.Random):
        self.language, self.chance = language, chance
        self.known = set(Word.objects.values_list("word", flat=True))
        numbers = Edition.objects.live().order_by("pk").values_list("pk", flat=True)
        some = chance.sample(list(numbers), min(len(numbers), 400))
        self.sentences = [
            sentence.split()
            for text in Edition.objects.filter(pk__in=some).values_list("text", flat=True)
            for sentence in text.lower().replace("\n", " ").split(". ")
            if len(sentence.split()) == SENTENCE
        ]
        self.places = {word: place for place, word in enumerate(language.words)}

    def word(self, places: tuple[int, int]) -> str:
        return next(
            word for word in iter(lambda: self.language.some(self.chance, 1, places)[0], "") if word in self.known
        )

    def words_in_a_page(self, number: int, places: tuple[int, int]) -> str:
        """Some that stand one after the other; none is looked for that stands everywhere."""
        while True:
            sentence = self.chance.choice(self.sentences)
            at = self.chance.randrange(SENTENCE - number + 1)
            found = sentence[at : at + number]
            if all(places[0] <= self.places.get(word, -1) < places[1] for word in found):
                return " ".join(found)

    def misspelt(self, word: str) -> str:
        """One letter of a long word wrong, missing, twice, or swapped with the next."""
        while True:
            at = self.chance.randrange(1, len(word) - 1)
            begin, letter, end = word[:at], word[at], word[at + 1 :]
            wrong = self.chance.choice(
                [begin + "w" + end, begin + end, begin + letter * 2 + end, begin + end[0] + letter + end[1:]]
            )
            if wrong not in self.known and len(wrong) >= 5:
                return wrong

    def long_word(self, places: tuple[int, int]) -> str:
        words = (self.word(places) for _ in iter(int, 1))
        return next(word for word in words if len(word) >= 6)

    def beginning(self, places: tuple[int, int]) -> str:
        """Of a word, but not a word itself."""
        words = (self.long_word(places)[: self.chance.randint(3, 4)] for _ in iter(int, 1))
        return next(word for word in words if word not in self.known)

    def name(self, kind: str = "") -> str:
        names = self.language.names[kind or self.chance.choice(list(ENDINGS))]
        return self.chance.choice(list(self.chance.choice(names).values()))


def kinds_of_queries(readers: Readers) -> Iterable[Kind]:
    anywhere = (COMMON[0], WORDS)
    recent = partial(search, narrowing=Narrowing(kind="article", since=str(timezone.localdate().year - 1)))
    kinds = {
        "one common word": lambda: readers.word(COMMON),
        "one word": lambda: readers.word(MIDDLE),
        "one rare word": lambda: readers.word(RARE),
        "two common words": lambda: f"{readers.word(COMMON)} {readers.word(COMMON)}",
        "two words": lambda: f"{readers.word(COMMON)} {readers.word(MIDDLE)}",
        "five words of a sentence": lambda: readers.words_in_a_page(5, anywhere),
        "phrase of two common words": lambda: f'"{readers.words_in_a_page(2, COMMON)}"',
        "phrase of two words": lambda: f'"{readers.words_in_a_page(2, anywhere)}"',
        "prefix": lambda: readers.beginning(MIDDLE),
        "word and prefix": lambda: f"{readers.word(COMMON)} {readers.beginning(MIDDLE)}",
        "misspelt common word": lambda: readers.misspelt(readers.long_word((100, 800))),
        "misspelt word": lambda: readers.misspelt(readers.long_word(MIDDLE)),
        "name": readers.name,
        "misspelt name": lambda: readers.misspelt(readers.name("therapy").lower().split()[-1].ljust(5, "a")),
        "two names": lambda: f"{readers.name('therapy')} {readers.name('condition')}",
        "name and word": lambda: f"{readers.name()} {readers.word(COMMON)}",
        "common without a word": lambda: f"{readers.word(COMMON)} -{readers.word(MIDDLE)}",
        "without a phrase": lambda: f'{readers.word(COMMON)} -"{readers.words_in_a_page(2, COMMON)}"',
        "nothing found": lambda: "".join(readers.chance.choices("qwxz", k=8)),
    }
    for name, made in kinds.items():
        yield Kind(name, [made() for _ in range(ASKED)], others=[made() for _ in range(ASKED // 5)])
    common = [readers.word(COMMON) for _ in range(ASKED)]
    yield Kind("common word, narrowed", common, recent)
    yield Kind("common word, fifth page", common, partial(search, page=5))


def beginnings(chance: random.Random) -> Iterable[str]:
    """Two to six letters of a name or of a title."""
    texts = list(Name.objects.order_by("pk").values_list("text", flat=True))
    texts += Edition.objects.live().order_by("pk").values_list("title", flat=True)[:1_000]
    for _ in range(ASKED):
        yield chance.choice(texts)[: chance.randint(2, 6)]


# What means harm


OPERATORS = "AND OR NOT NEAR( NEAR/3 * ^ + - -- ( ) : | & ! <-> <2> title: words: a_ p_ t_ :* ~ { } [ ] \\ /".split(" ")
SQL = (
    "' OR 1=1 --", "'; DROP TABLE search_words; --", "1) UNION SELECT password FROM auth_user --", "%s %(a)s %%",
    "' AND pg_sleep(5) --", "');VACUUM;--", "$1 ? :name @name", "words MATCH 'a'", "'a':* & !('b' | 'c')", "x'0",
    "\\'; --", "E'\\\\x'", "LIKE '%_%'", "randomblob(1000000000)", "to_tsquery('english', 'a:*')", "`; --",
)  # fmt: skip
BOMBS = (
    "(a+)+$", "(.*)*", "(?:x+x+)+y", "a" * 150 + "!", "^(([a-z])+.)+[A-Z]([a-z])+$", "\\", "[[:alpha:]]{1000}",
    '"' + "a " * 90, "-" * 190, "a-" * 95, "'" * 190, "<" * 190, '"a' * 60, " -a" * 60, "(" * 95 + ")" * 95,
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }} {% debug %}", "&#x3c;b&#62; &amp;",
    '{"q": ["a", null, 1e999]}', "[" * 100 + "]" * 100, "javascript:alert(1)", "<!--", "]]>", "${7*7}", "../../etc",
    "http://[::1", "\r\nSet-Cookie: a=b", "=cmd|' /C calc'!A0",
)  # fmt: skip
QUOTES = "\"'“”„«»‘’‚`´‹›＂"
UNSEEN = (
    "\0\x01\x08\x0b\x1b\x1f\x7f\x85\u200b\u200d\u202e\u2028\u2029\ufeff\ufffe\uffff\ufffd\ue000\U000e0001\U0010ffff"
)
BEYOND = (
    "𝕴𝖓𝖘𝖚𝖑𝖎𝖓 𐍈 👩\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e007f 𠀀 🧬 ﷽ İ ı ſ ß ŉ ǰ ΐ ΰ ﬀ ﬃ Ω K Å µ α β-ϐ "
    "ⅷ ① ² ½ ٣ ３ 中文 العربية עברית"
).split(" ")
LONG = ("a", "é", "𝕏", "a ", '"', "-a ", "il-6 ", "0")
MARKS = "\u0301\u0308\u0327\u20dd\u0e49\u05b0"
RAW = ("%00", "%FF%FE", "%ED%A0%80", "%C0%AF", "%", "%u0041", "&&&&", "=", "&q=b&q=c", "%F4%90%80%80", "+" * 300)
PARAMETERS = ("page", "kind", "category", "system", "since", "exact", "q", "unknown")
VALUES = ("-1", "0", "99999999999999999999", "1e9", "٣", "article", "' OR 1=1", "\0", "None", "therapy", "3", "²", "𝟛")


def hostile_request(language: Language, chance: random.Random) -> tuple[str, str]:
    """An address and its query string."""
    address = reverse("search:suggest" if chance.random() < 0.2 else "search:results")
    query = f"q={quote(hostile_text(language, chance).encode('utf-8', 'surrogatepass'))}"
    if chance.random() < 0.1:
        query += chance.choice(RAW)
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        query += f"&{chance.choice(PARAMETERS)}={quote(chance.choice(VALUES))}"
    return address, query


def hostile_text(language: Language, chance: random.Random) -> str:
    makers = (
        lambda: " ".join(chance.choice(OPERATORS) + chance.choice(language.words[:200]) for _ in range(20)),
        lambda: "".join(chance.choice(QUOTES) + chance.choice(("", " ", "a", "b ")) for _ in range(60)),
        lambda: " ".join(f"-{word}" for word in language.some(chance, 40)),
        lambda: " ".join(f'{chance.choice(("", "-"))}"{" ".join(language.some(chance, 3))}"' for _ in range(12)),
        lambda: "".join(chance.choice(UNSEEN) + chance.choice(language.words[:500]) for _ in range(20)),
        lambda: chance.choice(("", " ")).join(chance.choices(BEYOND, k=30)),
        lambda: "".join(chance.choice("aeiou") + chance.choice(MARKS) * chance.randint(1, 40) for _ in range(20)),
        lambda: chance.choice(SQL),
        lambda: chance.choice(BOMBS),
        lambda: chance.choice(MARKUP),
        lambda: " ".join(language.some(chance, 60, (0, 300))),
        lambda: " ".join(f"{word}w" for word in language.some(chance, 30, (1_000, 5_000))),
        lambda: " ".join(chance.choices(language.texts, k=30)),
        lambda: "-".join(language.some(chance, 60, (0, 300))),
        lambda: " ".join(chance.choices(string.ascii_lowercase + string.digits, k=90)),
        lambda: "".join(chance.choices(string.printable, k=200)),
        lambda: "".join(chr(chance.randrange(1, 0x110000)) for _ in range(200)),
        lambda: (
            chance.choice(("a", "é", "𝕏", "a ", '"', "-a ", "il-6 ", "0"))
            * chance.choice((199, 200, 201, 5_000, 100_000))
        ),
        lambda: f"{chance.choice(language.words[:60])} {chance.choice(string.ascii_lowercase)}",
    )
    parts = [chance.choice(makers)() for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    if len(parts) > 1:
        parts = [part[: chance.randint(5, 120)] for part in parts]
    return chance.choice(("", " ")).join(parts)
