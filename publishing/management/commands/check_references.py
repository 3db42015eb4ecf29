"""Asks whether the links of cited sources still lead there, and what the register says of the works.

Each answer is stored at once, those asked longest ago come first: a run that is stopped goes on where it stopped.
"""

from collections import Counter
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F
from django.utils import timezone
from tqdm import tqdm

from publishing.citing import cited_references
from publishing.link_checks import LinkChecker, addresses_of, check_reference, in_polite_order
from publishing.models import Reference, ReferenceTask
from publishing.registers import Crossref, look_up
from publishing.watching import CHECK, flag_references, normal_doi, update_all_tasks
from publishing.web_client import Pace, WebClient

INTERVAL = 2.0
DAYS = 7


class Command(BaseCommand):
    help = (
        "Ask the links of cited sources, politely, and open a task on each page citing one that does not lead there. "
        "What cannot be asked counts as not known. A run that is stopped goes on where it stopped."
    )

    # What makes the requests; tests put something in their place.
    ask = staticmethod(WebClient())
    pace_of = Pace

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="ask at most so many sources")
        parser.add_argument(
            "--older-than",
            type=int,
            default=DAYS,
            metavar="DAYS",
            help=f"leave out what was asked since (default {DAYS})",
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=INTERVAL,
            help=f"seconds between two requests to a host (default {INTERVAL})",
        )
        parser.add_argument("--registers", action="store_true", help="ask Crossref too (needs CROSSREF_MAILTO)")

    def handle(self, *, limit, older_than, interval, registers, **options):
        if registers and not Crossref.is_on():
            raise CommandError("Crossref is off. Set CROSSREF_MAILTO to a mail address at which it can reach you.")
        if (limit is not None and limit < 0) or older_than < 0 or interval < 0:
            raise CommandError("--limit, --older-than and --interval cannot be negative.")
        begun = timezone.now()
        flagged = flag_references(by="check_references")
        pace, before = self.pace_of(interval), begun - timedelta(days=older_than)
        self.check_links(self.due("link_checked_at", before, limit), pace)
        if registers:
            self.ask_register(self.due("register_asked_at", before, limit), pace)
        update_all_tasks()
        self.report(begun, len(flagged))

    def due(self, column: str, before, limit: int | None) -> list[Reference]:
        """Cited sources that were asked before then or never, oldest first."""
        cited = cited_references()
        oldest_first = Reference.objects.order_by(F(column).asc(nulls_first=True), "pk").exclude(
            **{f"{column}__gt": before}
        )
        is_wanted = self.has_link if column == "link_checked_at" else self.has_doi
        return [each for each in oldest_first if each.pk in cited and is_wanted(each)][:limit]

    @staticmethod
    def has_link(reference: Reference) -> bool:
        return not reference.link_is_ignored and bool(addresses_of(reference))

    @staticmethod
    def has_doi(reference: Reference) -> bool:
        return bool(normal_doi(reference.doi))

    def check_links(self, due: list[Reference], pace: Pace) -> None:
        checker, found = LinkChecker(self.ask, pace), Counter()
        with tqdm(total=len(due), unit=" sources", disable=not self.stderr.isatty(), file=self.stderr) as bar:
            for reference in in_polite_order(due, pace):
                finding = check_reference(reference, checker)
                found[finding.state] += 1
                bar.update()
                if finding.state == Reference.LinkState.PROBLEM:
                    self.stdout.write(f"{reference.key}: {finding.text}")
        left = len(due) - found.total()
        self.stdout.write(
            f"{found.total()} sources asked: {found['ok']} answer, {found['problem']} do not lead there, "
            f"{found['unknown']} not known."
        )
        if left:
            self.stdout.write(f"{left} left for the next run, because their hosts asked to be left alone.")

    def ask_register(self, due: list[Reference], pace: Pace) -> None:
        register = Crossref(self.ask, pace)
        for reference in tqdm(due, unit=" works", disable=not self.stderr.isatty(), file=self.stderr):
            if finding := look_up(reference, register):
                self.stdout.write(f"{reference.key}: {finding}")
        self.stdout.write(f"{len(due)} works looked up in Crossref.")

    def report(self, begun, flagged: int) -> None:
        opened = ReferenceTask.objects.filter(opened_at__gte=begun).count()
        settled = ReferenceTask.objects.filter(closed_at__gte=begun, closed_by=CHECK).count()
        still = ReferenceTask.objects.open().count()
        if flagged:
            self.stdout.write(f"{flagged} sources flagged as retracted, corrected or of concern.")
        self.stdout.write(f"{opened} tasks opened, {settled} settled; {still} are open.")
