"""Times the cross-links: the matcher alone, splicing, and changes of the vocabulary over many pages.

The pages are made in a database of their own, which is removed afterwards. Nothing else is read or changed.
"""

import csv
import gzip
import random
import tempfile
import time
import tracemalloc
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Category
from crosslinks.changes import Change, apply, preview
from crosslinks.matching import Term, Vocabulary, match
from crosslinks.mentions import Mention
from crosslinks.models import Name
from crosslinks.names import name_key
from crosslinks.showing import links_of
from crosslinks.splicing import splice
from publishing import doors
from publishing.models import Edition, Page, Person, SignOff

ROUNDS = 15
TARGETS = 200
NAMES_OF_A_TARGET = 10
WORDS_OF_A_PAGE = 800
RARE = "gamma globulin"
RARER = "delta globulin"
ENDINGS = "itis osis emia mab ase algia pathy cyte gen plasty".split()


class Command(BaseCommand):
    help = "Time the cross-links; print medians, and how cost grows with the number of pages."

    def add_arguments(self, parser):
        parser.add_argument(
            "--vocabulary", type=Path, help="names to match: tab-separated id, name, kind, case_sensitive"
        )
        parser.add_argument("--pages", type=int, nargs="*", default=[1_000, 10_000], help="sizes of the site")
        parser.add_argument("--hits", type=int, default=1_000, help="how many pages contain the new name")

    def handle(self, *, vocabulary, pages, hits, **options):
        chance = random.Random(7)  # noqa: S311 (the same text in every run)
        words = [made_up_word(chance) for _ in range(6_000)]
        self.measure_matcher(read_terms(vocabulary) if vocabulary else made_up_terms(words, chance), words, chance)
        for number in pages:
            with own_database():
                self.measure_site(number, min(hits, number), words, chance)

    def measure_matcher(self, terms, words, chance):
        text = made_up_text([term.text for term in terms], words, chance, length=1_500)
        build = timed(lambda: Vocabulary(terms))
        tracemalloc.start()
        built = Vocabulary(terms)
        memory = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        match(text, built)
        self.say(f"build a vocabulary of {len(terms)} names", build)
        self.say(
            f"match {len(text.split())} words, {len(match(text, built))} names found", timed(lambda: match(text, built))
        )
        self.stdout.write(f"{'memory of the vocabulary':60} {memory:9.1f} MB")

    def measure_site(self, number: int, hits: int, words, chance):
        make_targets(words)
        make_pages(number, hits, words, chance)
        taken = timed_once(lambda: call_command("rederive", verbosity=0))
        figures = f"{number} pages, {Mention.objects.count()} mentions"
        self.say(f"{figures}: derive all again", taken)
        self.say("each page", Taken(taken.wall / number, taken.processor / number))
        target = Page.objects.filter(kind="therapy").latest("pk")
        for text, found in ((RARE, hits), (RARER, hits // 10)):
            change = Change(save=(Name(page=target, text=text, kind="plain"),))
            with CaptureQueriesContext(connection) as queries:
                seen = timed_once(lambda change=change: preview(change))
            self.say(f"{number} pages: preview a name on {found} of them, {len(queries)} queries", seen)
            done = timed_once(lambda change=change: apply(change, by="Benchmark"))
            self.say(f"{number} pages: save it", done)
        self.measure_publishing(number)
        self.measure_splicing()

    def measure_publishing(self, number: int):
        body = Edition.objects.latest("pk").html
        page = make_article()
        for what, more in (("publish one more", ""), ("publish it again", "<p>More.</p>")):
            write_again(page, body + more)
            taken = timed_once(lambda: doors.publish(page, by="Benchmark", note="Measured"))
            self.say(f"{number} pages: {what}", taken)

    def measure_splicing(self):
        edition = Edition.objects.filter(kind="article").latest("pk")
        html = edition.html * (40_000 // len(edition.html) + 1)
        step = len(html) // 60
        links = [(at, at + 5, "/therapies/some-therapy/") for at in range(10, 60 * step, step)]
        self.say(f"splice {len(links)} links into {len(html) // 1000} kB", timed(lambda: splice(html, links)))
        with CaptureQueriesContext(connection) as queries:
            found = links_of(edition)
        self.say(f"choose the links of a page ({len(found)}), {len(queries)} query", timed(lambda: links_of(edition)))

    def say(self, what: str, taken: "Taken") -> None:
        self.stdout.write(f"{what:60} {taken.wall:12.2f} ms, of which {taken.processor:12.2f} ms of this processor")


class Taken(NamedTuple):
    """In milliseconds: by the clock, and by the processor that runs this command."""

    wall: float
    processor: float


def timed(action) -> Taken:
    return sorted(timed_once(action) for _ in range(ROUNDS))[ROUNDS // 2]


def timed_once(action) -> Taken:
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return Taken((time.perf_counter() - wall) * 1_000, (time.process_time() - processor) * 1_000)


@contextmanager
def own_database():
    """An empty database beside the site's own, in a file of its own on SQLite."""
    kept = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)


def read_terms(path: Path) -> list[Term]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [
            Term(
                number,
                row["id"],
                row["name"],
                row["kind"],
                exact_case=row["case_sensitive"].lower() in {"1", "yes", "true"},
            )
            for number, row in enumerate(rows, 1)
        ]


def made_up_word(chance) -> str:
    return "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(1, 3)))


def made_up_terms(words, chance) -> list[Term]:
    """20,000 names of one to five words, as long as those of medical vocabularies."""
    return [
        Term(
            number,
            number // 3,
            " ".join([*chance.choices(words, k=number % 5), words[number % 5_000] + chance.choice(ENDINGS)]),
            "generic",
        )
        for number in range(20_000)
    ]


def made_up_text(names, words, chance, *, length: int) -> str:
    """Text in which about every thirtieth word begins a name."""
    parts = []
    while len(parts) < length:
        parts += chance.choice(names).split() if chance.random() < 1 / 30 else [chance.choice(words)]
    return " ".join(parts[:length])


def make_targets(words) -> None:
    """Conditions and therapies with their names, public but without text of their own."""
    Page.objects.bulk_create(
        Page(kind="therapy", title=f"Therapy {n}", slug=f"therapy-{n}", address=f"therapy-{n}") for n in range(TARGETS)
    )
    targets = list(Page.objects.filter(kind="therapy"))
    made_public(targets, [""] * len(targets))
    names = [
        Name(
            page=page,
            text=f"{words[at]} {words[-at - 1]}",
            kind="generic",
            key=name_key(f"{words[at]} {words[-at - 1]}"),
        )
        for number, page in enumerate(targets)
        for at in range(number * NAMES_OF_A_TARGET, (number + 1) * NAMES_OF_A_TARGET)
    ]
    Name.objects.bulk_create({name.key: name for name in names}.values())


def make_pages(number: int, hits: int, words, chance) -> None:
    names = list(Name.objects.values_list("text", flat=True))
    for first in range(0, number, 2_000):
        some = range(first, min(first + 2_000, number))
        pages = Page.objects.bulk_create(
            Page(kind="article", title=f"Article {n}", slug=f"a-{n}", address=f"a-{n}") for n in some
        )
        made_public(pages, (made_up_body(n, number // hits, names, words, chance) for n in some))


def made_up_body(n: int, every: int, names, words, chance) -> str:
    parts = made_up_text(names, words, chance, length=WORDS_OF_A_PAGE).split()
    if n % every == 0:
        parts[100] = RARE
    if n % (every * 10) == 0:
        parts[200] = RARER
    paragraphs = (" ".join(parts[at : at + 80]) for at in range(0, len(parts), 80))
    return "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)


def make_article(slug: str = "measured") -> Article:
    """One that no clinician need review, without text."""
    category, _made = Category.objects.get_or_create(name="Benchmark", slug="benchmark", description="For measuring.")
    page = Article(title="Measured", slug=slug, summary="It is measured.", category=category, is_medical=False)
    page.save()
    page.authors.add(somebody())
    return page


def write_again(page: Article, body: str) -> None:
    """With this text, ready to be published."""
    page.body = body
    page.save()
    for state in (Page.State.EDITORIAL, Page.State.APPROVED):
        Page.objects.filter(pk=page.pk).update(state=state)


def somebody() -> Person:
    return Person.objects.get_or_create(slug="somebody", defaults={"name": "Somebody"})[0]


def signed_off(pages: list[Page]) -> list[SignOff]:
    """What the database asks for before a page of health can be public."""
    person = somebody()
    return SignOff.objects.bulk_create(
        SignOff(
            page=page, scope="whole", content={}, content_digest=f"{page.pk}", reviewer=person,
            reviewer_name=person.name, reviewer_credentials="MD", reviewer_interests="None.", signed_by_id=1,
            signed_by=person.name, recorded_at=timezone.now(), digest=f"{page.pk}",
        )
        for page in pages
    )  # fmt: skip


def made_public(pages: list[Page], bodies: Iterable[str]) -> None:
    now = timezone.now()
    editions = Edition.objects.bulk_create(
        edition(page, signed, body, now) for page, signed, body in zip(pages, signed_off(pages), bodies, strict=True)
    )
    for page, each in zip(pages, editions, strict=True):
        page.live_id = each.pk
    Page.objects.bulk_update(pages, ["live"], batch_size=500)


def edition(page: Page, signed: SignOff, html: str, now) -> Edition:
    return Edition(
        page=page, number=1, kind=page.kind, title=page.title, slug=page.slug, summary="What it is.", language="en",
        snapshot={}, html=html, text="", change="major", published_by="Benchmark", valid_from=now,
        first_published_at=now, updated_at=now, recorded_at=now, digest=f"{page.kind}-{page.pk}",
        content_digest=signed.content_digest, sign_off=signed, reviewed_at=now,
    )  # fmt: skip
