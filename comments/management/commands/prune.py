"""Deletes what is kept only for a time (docs/privacy.md). Run it once a day; a run that was missed is made up for."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = (
        "Delete what is kept only for a time: hashes of networks, unconfirmed addresses, rejected comments and spam, "
        "counts of searches."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count what is due, and change nothing")

    def handle(self, *, dry_run, **options):
        for path in settings.PRUNING:
            for name, number in import_string(path)(dry_run=dry_run):
                self.stdout.write(f"{number:>7} {name}")
