from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from publishing.records import Record
from publishing.redactions import REMOVED, CannotRedact, described, goes_with, redact


class Command(BaseCommand):
    help = (
        f"Remove the text of one record because a court or an authority orders it, and write “{REMOVED}” in its place. "
        "Its digest, the order, the reason and your name stay. There is no way back. See docs/audit.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("record", help="kind and number, as `manage.py verify` names them: publishing.edition:12")
        parser.add_argument("--order", required=True, help="court or authority, date and number")
        parser.add_argument("--reason", required=True, help="why, without repeating the text")
        parser.add_argument("--by", required=True, help="your name, which is kept with it")
        parser.add_argument("--title", action="store_true", help="remove the title too")
        parser.add_argument("--note", action="store_true", help="remove the note too")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, record: str, order: str, reason: str, by: str, title: bool, note: bool, **options):
        found = self._find(record)
        for each in [found, *goes_with(found)]:
            self.stdout.write(described(each))
        if not options["yes"] and input("Remove the text of these for ever? Type “remove”: ").strip() != "remove":
            raise CommandError("Nothing was removed.")
        parts = ["text", *(["title"] if title else []), *(["note"] if note else [])]
        try:
            done = redact(found, by=by, order=order, reason=reason, parts=parts)
        except CannotRedact as refusal:
            raise CommandError(str(refusal)) from refusal
        for redaction in done:
            self.stdout.write(f"Removed from {redaction}: {', '.join(redaction.columns)}")

    def _find(self, record: str) -> Record:
        label, _colon, number = record.partition(":")
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError) as unknown:
            raise CommandError(f"There is no kind of record “{label}”.") from unknown
        if not issubclass(model, Record) or not number.isdecimal():
            raise CommandError("Write kind and number of a record: publishing.edition:12")
        found = model.objects.filter(pk=int(number)).first()
        if found is None:
            raise CommandError(f"There is no {model._meta.verbose_name} {number}.")
        return found
