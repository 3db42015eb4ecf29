import re
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from publishing.verification import Kept, verify

HEAD = re.compile(r"head (\S+) (\d+) ([0-9a-f]{64}|-)")


class Command(BaseCommand):
    help = (
        "Walk every chain of records, and name the first entry of each that was altered, removed or reordered. "
        "Ends with 1 if there is any. Changes nothing; see docs/audit.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("--heads", action="store_true", help="print the heads of the chains, to keep elsewhere")
        parser.add_argument("--expect", metavar="FILE", help="compare with the heads in a file: what --heads printed")

    def handle(self, *, heads: bool, expect: str | None, **options):
        started = time.monotonic()
        report = verify(self._kept(expect) if expect else [])
        for label, count in report.counts.items():
            self.stdout.write(f"{label}: {count} records")
        if report.redacted:
            self.stdout.write(f"{report.redacted} redacted by legal order: see the redactions")
        for head in report.heads if heads else []:
            self.stdout.write(f"head {head.chain} {head.length} {head.digest or '-'}")
        total = sum(report.counts.values())
        self.stdout.write(f"{total} records in {time.monotonic() - started:.1f} seconds")
        if report.faults:
            raise CommandError("\n".join(["Something is wrong:", *map(str, report.faults)]))
        self.stdout.write("Everything is as it was recorded.")

    def _kept(self, file: str) -> list[Kept]:
        try:
            lines = Path(file).read_text().splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"{file} cannot be read: {problem}") from problem
        found = [HEAD.fullmatch(line.strip()) for line in lines]
        kept = [Kept(match[1], int(match[2]), match[3].strip("-")) for match in found if match]
        if not kept:
            raise CommandError(f"{file} names no head. Keep what `manage.py verify --heads` prints.")
        return kept
