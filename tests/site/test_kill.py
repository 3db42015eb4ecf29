"""A worker that is killed in the middle of posts loses no comment that it has acknowledged, and doubles none."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from tests.browser.conftest import ROOT, new_site, wait_for

WRITERS = 4
# So many are acknowledged before the worker is killed, and after. Once: a server whose workers die one after the other
# stops, and says so.
BETWEEN = 25
FORM = "/therapies/infusion/comment/"
# More than are used. Without opening the form each time, the posts come closer together.
MAKE_FORMS = """
from comments.tokens import form_token
from tests.builders import make_therapy, published
page = published(make_therapy(slug="infusion"))
for _form in range(2_000):
    print(form_token(page.pk))
"""
STORED = """
from comments.comments import Comment
from django.db import connection
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)
print(*Comment.objects.values_list("name", flat=True), sep="\\n")
"""


@pytest.fixture
def database_url(tmp_path):
    """An empty database: on PostgreSQL where the other tests run on it."""
    given = os.environ["DATABASE_URL"]
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    name = f"killed_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def site(tmp_path, database_url):
    made = new_site(tmp_path, DATABASE_URL=database_url)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def served(site):
    """As `make run` does it: who dies is replaced."""
    command = [sys.executable, "-m", "immunoportal.scripts.serve", "127.0.0.1", site.environment["PORT"], "1", "4"]
    server = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        wait_for(f"{site.url}/healthz")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=30)


def worker_of(server: subprocess.Popen) -> int:
    """Not the process that sends mails, nor the one that tidies up after Python's own."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in children}
    [worker] = [
        child
        for child, command in commands.items()
        if "send_mails" not in command and "resource_tracker" not in command
    ]
    return worker


class Writers:
    """Readers who write one comment after the other. Who gets no answer sends the same form again."""

    def __init__(self, site):
        self.address = urlsplit(site.url).netloc
        self.forms = enumerate(site.shell(MAKE_FORMS).split())
        self.lock = threading.Lock()
        self.acknowledged: list[str] = []
        self.wrong: list[tuple[int, str]] = []
        self.is_over = threading.Event()
        self.changed = threading.Condition()
        self.threads = [threading.Thread(target=self.write) for _ in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.is_over.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def wait_for_more(self) -> None:
        with self.changed:
            enough = len(self.acknowledged) + BETWEEN
            assert self.changed.wait_for(lambda: self.wrong or len(self.acknowledged) >= enough, timeout=60)

    def write(self) -> None:
        while not self.is_over.is_set():
            with self.lock:
                number, token = next(self.forms)
            name, text = (
                f"Reader {number}",
                f"How long does visit number {number} take, and what else is there to know?",
            )
            fields = {"token": token, "kind": "question", "name": name, "text": text, "consent": "on"}
            # Each from a network of its own.
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://{self.address}",
                "X-Forwarded-For": f"10.1.{number // 256}.{number % 256}",
            }
            status, said = self.send(urlencode(fields), headers)
            with self.changed:
                if status == 303:
                    self.acknowledged.append(name)
                else:
                    self.wrong.append((status, said))
                self.changed.notify_all()

    def send(self, body: str, headers: dict[str, str]) -> tuple[int, str]:
        while True:
            connection = http.client.HTTPConnection(self.address, timeout=30)
            try:
                connection.request("POST", FORM, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read().decode()
            except (ConnectionError, http.client.HTTPException):
                if self.is_over.wait(0.05):
                    raise
            finally:
                connection.close()


def test_killed_worker_loses_no_acknowledged_comment_and_doubles_none(site):
    with served(site) as server, Writers(site) as writers:
        writers.wait_for_more()
        os.kill(worker_of(server), signal.SIGKILL)
        writers.wait_for_more()
    assert writers.wrong == []
    assert Counter(site.shell(STORED).splitlines()) == Counter(writers.acknowledged)
