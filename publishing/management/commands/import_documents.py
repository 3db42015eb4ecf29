"""Reads documents into drafts, each with a report of what was recognised and what was dropped."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from publishing.documents import DocumentError, read_document
from publishing.drafts import DraftError, make_draft
from publishing.kinds import by_kind

SUFFIXES = {".md", ".html", ".htm", ".txt", ".docx"}


class Command(BaseCommand):
    help = "Make drafts of .md, .html, .txt and .docx documents. Nothing becomes public by import."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a document, or a folder of documents")
        parser.add_argument(
            "--kind", choices=list(by_kind()), default="article", help="where the document does not say it"
        )
        parser.add_argument(
            "--shelf", help="category of an article, group of a condition or therapy, where it is not said"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and store nothing")

    def handle(self, *, paths, kind, shelf, dry_run, **options):
        files = list(documents_in(paths))
        given = {by_kind()[kind].shelf_field: shelf} if shelf else {}
        refused = sum(not self.take(path, kind, given, dry_run) for path in files)
        stored = "would be stored" if dry_run else "stored as drafts"
        self.stdout.write(f"{len(files) - refused} of {len(files)} documents {stored}.")
        if refused:
            raise CommandError(f"{refused} of {len(files)} documents were refused; the reasons stand above.")

    def take(self, path: Path, kind: str, given: dict, dry_run: bool) -> bool:
        """Whether the document became a draft. All of it or nothing is stored."""
        try:
            document = read_document(path.name, path.read_bytes())
            document.front_matter = given | document.front_matter
            with transaction.atomic():
                draft = make_draft(document, kind=kind, by="Import")
                transaction.set_rollback(dry_run)
        except (DocumentError, DraftError, OSError) as refusal:
            self.stderr.write(f"{path}: refused. {refusal}")
            return False
        self.stdout.write(
            f"{path}: {draft.page.kind} “{draft.page.title}” at /{draft.page.list_path()}/{draft.page.slug}/"
        )
        for finding in draft.findings:
            self.stdout.write(f"  {finding.level}: {finding.message}")
        return True


def documents_in(paths: list[Path]):
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
        else:
            yield path
