"""Times comments: posting by many writers at once, the rules, a page with many comments, the desk with a long queue.

Comments are made in a database of their own, which is removed afterwards. To measure on one core, database included,
bind the whole command to it: `taskset -c 0 manage.py bench_comments`.
"""

import gzip
import os
import statistics
import time
from datetime import timedelta
from multiprocessing import get_context

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.models import Article, Category
from comments import moderation
from comments.arriving import candidate_of
from comments.comments import Comment
from comments.rules import judge
from comments.tokens import form_token
from immunoportal.management.commands.bench_links import own_database
from publishing import doors
from publishing.models import Page, Person

ROUNDS = 15
BATCH = 2_000
SENTENCES = (
    "My daughter has had this since she was four, and the page explains it better than anything I was handed.",
    "At our clinic the infusion takes most of a morning, so we bring a book and a warm blanket.",
    "Does anybody know why the nurses warm the bottles first?",
    "The word in the second paragraph was new to me; a short explanation would help.",
    "We travel a lot, and the letter from the hospital made the airport easy.",
    "Thank you for saying so clearly what is known and what is not.",
)


class Command(BaseCommand):
    help = "Time comments: posting, the rules, a page with many of them, the desk with a long queue."

    def add_arguments(self, parser):
        parser.add_argument("--writers", type=int, default=16, help="processes that post at the same time")
        parser.add_argument("--posts", type=int, default=150, help="comments of each writer")
        parser.add_argument("--waiting", type=int, default=100_000, help="comments waiting on the desk")

    def handle(self, *, writers, posts, waiting, **options):
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # Each comment comes from a network of its own: otherwise the limits would end the measurement.
        settings.PROXIES = 1
        self.stdout.write(f"{connection.vendor}, on {len(os.sched_getaffinity(0))} core(s)")
        with own_database():
            page = make_page()
            self.measure_rules(page)
            self.measure_posting(page, writers, posts)
            self.measure_page()
            self.measure_desk(page, waiting)

    def measure_rules(self, page: Page) -> None:
        usual = candidate_of(Comment(page=page, name="Somebody", text=text_of(1), kind="experience"))
        longest = candidate_of(Comment(page=page, name="Somebody", text=" ".join(SENTENCES * 9)[:5_000]))
        for what, candidate in (("an ordinary comment", usual), ("the longest comment", longest)):
            judge(candidate)
            self.say(
                f"the rules, {what}",
                statistics.median(timed(lambda each=candidate: judge(each)) for _ in range(ROUNDS)),
            )

    def measure_posting(self, page: Page, writers: int, posts: int) -> None:
        """Whole requests, from the address to the commit, by processes of their own."""
        connections.close_all()
        if connection.vendor == "postgresql":
            # Its connections cannot be shared with other processes.
            connection.close_pool()
        context = get_context("fork")
        ready, answers = context.Barrier(writers + 1), context.Queue()
        address = f"{page.get_absolute_url()}comment/"
        processes = [
            context.Process(target=write, args=(number, posts, page.pk, address, ready, answers))
            for number in range(writers)
        ]
        for process in processes:
            process.start()
        ready.wait()
        start = time.perf_counter()
        results = [answers.get() for _ in processes]
        taken = time.perf_counter() - start
        for process in processes:
            process.join()
        acknowledged = {key for keys, _times, _problem in results for key in keys}
        times = sorted(each for _keys, times, _problem in results for each in times)
        problems = {problem for _keys, _times, problem in results if problem}
        stored = Comment.objects.count()
        self.stdout.write(
            f"{writers} writers: {len(acknowledged) / taken:.0f} comments a second, "
            f"{len(acknowledged)} acknowledged, {stored} stored, median {statistics.median(times):.0f} ms, "
            f"slowest {times[-1]:.0f} ms"
        )
        for problem in problems:
            self.stdout.write(problem)

    def measure_page(self) -> None:
        for number in (5, 500):
            page, moderator = make_page(), make_moderator()
            for each in range(number):
                comment = moderation.post(new_comment(page, each), network=network_of(each), form_age=60)
                moderation.approve(comment, by=moderator, version=comment.version)
            client = Client()
            response, queries = counted(client, page.get_absolute_url())
            size = len(gzip.compress(response.content)) / 1000
            taken = statistics.median(
                timed(lambda c=client, p=page: c.get(p.get_absolute_url())) for _ in range(ROUNDS)
            )
            self.say(f"page with {number} comments, {queries} queries, {size:.1f} kB compressed", taken)

    def measure_desk(self, page: Page, waiting: int) -> None:
        fill_queue(page, waiting)
        client, moderator = Client(), make_moderator()
        client.force_login(moderator)
        address = "/admin/comments/desk/"
        client.get(address)
        _response, queries = counted(client, address)
        opened = statistics.median(timed(lambda: client.get(address)) for _ in range(ROUNDS))
        self.say(f"desk with {Comment.objects.queued().count()} waiting, {queries} queries", opened)
        times = []
        for comment in Comment.objects.queued()[:ROUNDS]:
            data = {"do": "approve", "item": comment.pk, "version": comment.version}
            times.append(timed(lambda data=data: client.post(address, data)))
            if Comment.objects.get(pk=comment.pk).state != "approved":
                raise RuntimeError("The desk decided nothing.")
        self.say("decide", statistics.median(times))

    def say(self, what: str, milliseconds: float) -> None:
        self.stdout.write(f"{what:60} {milliseconds:8.2f} ms")


def write(number: int, posts: int, page: int, address: str, ready, answers) -> None:
    """One writer: posts one comment after the other and remembers which were acknowledged."""
    client, keys, times = Client(), [], []
    problem = f"writer {number} broke off"
    client.get(address)
    refused = ""
    ready.wait()
    try:
        for each in range(posts):
            token = form_token(page)
            data = {
                "token": token,
                "name": f"Writer {number}",
                "text": text_of(number * posts + each),
                "kind": "question",
                "consent": "on",
            }
            start = time.perf_counter()
            response = client.post(address, data, headers={"x-forwarded-for": network_of(number * posts + each)})
            times.append((time.perf_counter() - start) * 1_000)
            if response.status_code == 303:
                keys.append(response["Location"])
            else:
                refused = f"writer {number}: status {response.status_code}"
        problem = refused
    finally:
        connections.close_all()
        answers.put((keys, times, problem))


def text_of(number: int) -> str:
    first, second = SENTENCES[number % len(SENTENCES)], SENTENCES[(number // 7) % len(SENTENCES)]
    return f"{first} {second} That was visit {number}."


def network_of(number: int) -> str:
    return f"10.{number // 65_536 % 256}.{number // 256 % 256}.{number % 256}"


def new_comment(page: Page, number: int) -> Comment:
    return Comment(page=page, edition=page.live, name=f"Writer {number}", text=text_of(number), kind="question")


def make_page() -> Page:
    number = Article.objects.count()
    category, _made = Category.objects.get_or_create(name="Benchmark", slug="benchmark", description="For measuring.")
    page = Article(title=f"Measured {number}", slug=f"measured-{number}", summary="It is measured.", category=category)
    page.body = "".join(f"<h2>Part {part}</h2><p>{' '.join(SENTENCES * 4)}</p>" for part in range(12))
    page.is_medical = False
    page.save()
    page.authors.add(Person.objects.get_or_create(name="Somebody", slug="somebody")[0])
    for state in ("editorial", "approved"):
        Page.objects.filter(pk=page.pk).update(state=state)
    doors.publish(page, by="Benchmark", note="For measuring")
    return Article.objects.get(pk=page.pk)


def make_moderator() -> User:
    user, _made = User.objects.get_or_create(username="moderator", is_staff=True)
    user.groups.add(Group.objects.get(name="Moderator"))
    return user


def fill_queue(page: Page, waiting: int) -> None:
    now = timezone.now()
    for first in range(0, waiting, BATCH):
        comments = []
        for number in range(first, min(first + BATCH, waiting)):
            comment = new_comment(page, number)
            comment.posted_at = comment.queued_at = now - timedelta(seconds=waiting - number)
            comment.queued_for, comment.priority = "new", 1 + number % 200 if number % 200 < 6 else 7
            comments.append(comment)
        Comment.objects.bulk_create(comments)


def counted(client: Client, address: str) -> tuple[HttpResponse, int]:
    """The answer, and how many queries it took."""
    queries = []
    with connection.execute_wrapper(lambda execute, *query: queries.append(query[0]) or execute(*query)):
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return response, len(queries)


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000
