"""Times what readers and editors wait for, on the content that is loaded. Nothing is left changed."""

import gzip
import statistics
import time

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models.functions import Length
from django.test import Client

from publishing import doors
from publishing.kinds import page_models
from publishing.models import Edition, Page

ROUNDS = 30
STYLES = ("css/base.css", "css/components.css")


class Command(BaseCommand):
    help = "Time public pages and the door; print medians in milliseconds, queries and sizes."

    def handle(self, **options):
        if not Edition.objects.live().exists():
            raise CommandError("There is nothing public to measure. Load content first: make content.")
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        self.stdout.write(f"{connection.vendor}, {Edition.objects.live().count()} public pages, {ROUNDS} rounds")
        for address in self.addresses():
            self.measure_page(address)
        self.measure_door()
        styles = sum(len(gzip.compress(read_static(name))) for name in STYLES)
        self.stdout.write(f"{'style sheets':60} {styles / 1000:8.1f} kB compressed")

    def addresses(self):
        yield "/"
        for model in page_models():
            yield model.get_list_url()
            longest = Edition.objects.live().of_kind(model.kind_name()).order_by(Length("html").desc()).first()
            if longest:
                yield longest.get_absolute_url()

    def measure_page(self, address: str) -> None:
        client = Client(headers={"x-forwarded-proto": "https"})
        queries = []
        with connection.execute_wrapper(lambda execute, *query: queries.append(query[0]) or execute(*query)):
            response = client.get(address, secure=True)
        times = [timed(lambda: client.get(address, secure=True)) for _ in range(ROUNDS)]
        size = len(gzip.compress(response.content)) / 1000
        figures = f"{statistics.median(times):8.1f} ms {len(queries):3} queries {size:7.1f} kB compressed"
        self.stdout.write(f"{address:60} {figures}")

    def measure_door(self) -> None:
        page = Page.objects.live().filter(kind="therapy").order_by("title").first() or Page.objects.live().first()

        def publish_and_undo():
            with transaction.atomic():
                doors.publish(page, by="Benchmark")
                transaction.set_rollback(True)

        times = [timed(publish_and_undo) for _ in range(ROUNDS)]
        self.stdout.write(f"{'publish “' + page.title + '”':60} {statistics.median(times):8.1f} ms")


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def read_static(name: str) -> bytes:
    with open(finders.find(name), "rb") as file:
        return file.read()
