"""Takes a list of retracted, corrected and doubted works: all of it, or nothing if a line is wrong."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from publishing.freshness import Stamp
from publishing.models import FlaggedWork, Reference
from publishing.retraction_lists import ListRefused, read_list
from publishing.watching import flag_references, normal_doi, note_flagged, update_all_tasks

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import a CSV file of works that were retracted, corrected or are of concern: columns doi, state, noted_on and "
        "source, or the file of Retraction Watch. States only ever get worse; a reinstatement is left to a person."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            found = read_list(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except ListRefused as refusal:
            shown = refusal.reasons[:MOST_SHOWN]
            more = len(refusal.reasons) - len(shown)
            lines = [f"{file}: nothing was imported.", *shown, *([f"… and {more} more."] if more else [])]
            raise CommandError("\n".join(lines)) from refusal
        with transaction.atomic():
            Stamp.lock()
            news = note_flagged(found.works)
            flagged = flag_references(by="import_retractions")
        update_all_tasks()
        self.stdout.write(f"{len(found.works)} works listed, {news} of them new or worse than known.")
        if found.without_doi:
            self.stdout.write(f"{found.without_doi} lines without a DOI were left out.")
        for reference in Reference.objects.filter(state__in=FlaggedWork.State.values):
            if normal_doi(reference.doi) in found.reinstated:
                self.stdout.write(
                    f"{reference.key}: reinstated, says the list. Look at it and change its state by hand."
                )
        for reference in flagged:
            self.stdout.write(f"{reference.key}: {reference.get_state_display()}, “{reference.title}”.")
        self.stdout.write(f"{len(flagged)} references flagged.")
