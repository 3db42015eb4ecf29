"""Compares the links the matcher would make with the mentions that experts marked."""

from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from crosslinks.evaluation import Errors, FileError, Score, evaluate, read_gold, read_vocabulary
from crosslinks.matching import Vocabulary
from crosslinks.vocabulary import site_blocks, site_terms
from publishing.pages import Page

MOST_ERRORS = 50


class Command(BaseCommand):
    help = "Precision and recall of automatic links against a file of marked mentions, and the most frequent errors."

    def add_arguments(self, parser):
        parser.add_argument(
            "--gold", type=Path, required=True, metavar="FILE.tsv", help="columns doc_id, text, start, end, identifier"
        )
        parser.add_argument(
            "--vocabulary",
            type=Path,
            metavar="FILE.tsv",
            help="columns id, name, kind, case_sensitive; without it the names of the site, identified by slugs",
        )
        parser.add_argument(
            "--first-only",
            action="store_true",
            help="count only the first mention in each document of each identifier, on both sides",
        )

    def handle(self, *, gold, vocabulary, first_only, **options):
        try:
            documents = read_gold(gold)
            names = Vocabulary(read_vocabulary(vocabulary)) if vocabulary else names_of_the_site()
        except (FileError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        report = evaluate(documents, names, first_only=first_only)
        self.write_score("Exact spans", report.exact)
        self.write_score("Overlapping spans", report.overlapping)
        self.write_errors("Wrong: accepted, but not marked so", report.wrong)
        self.write_errors("Missed: marked, but not accepted so", report.missed)

    def write_score(self, title: str, score: Score) -> None:
        self.stdout.write(f"{title} ({score.accepted} accepted, {score.marked} marked)")
        self.stdout.write(f"precision {score.precision:.3f}")
        self.stdout.write(f"recall {score.recall:.3f}")
        self.stdout.write(f"f1 {score.f1:.3f}")

    def write_errors(self, title: str, errors: Errors) -> None:
        self.stdout.write(f"{title} ({errors.counts.total()}; the {MOST_ERRORS} most frequent)")
        for (text, identifier), count in errors.counts.most_common(MOST_ERRORS):
            document, context = errors.examples[text, identifier]
            self.stdout.write(f"{count}\t{text}\t{identifier}\t{document}: {context}")


def names_of_the_site() -> Vocabulary:
    """As in force, but with the slugs of pages instead of their numbers."""
    slugs = {pk: address or slug for pk, address, slug in Page.objects.values_list("pk", "address", "slug")}
    terms = [replace(term, entity=slugs[term.entity]) for term in site_terms()]
    return Vocabulary(terms, blocked=site_blocks())
