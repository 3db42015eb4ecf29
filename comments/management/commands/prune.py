"""Deletes what is kept only for a time (docs/privacy.md). Run it once a day; a run that was missed is made up for."""

from django.core.management.base import BaseCommand

from comments import retention


class Command(BaseCommand):
    help = "Delete what is kept only for a time: hashes of networks, unconfirmed addresses, rejected comments and spam."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count what is due, and change nothing")

    def handle(self, *, dry_run, **options):
        for name, number in retention.prune(dry_run=dry_run):
            self.stdout.write(f"{number:>7} {name}")
