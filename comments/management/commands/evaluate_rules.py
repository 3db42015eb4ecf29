"""Tries the rules on a file of labelled comments. Nothing is stored, and nothing stored counts as a duplicate."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comments.rules import Judgement, judge
from comments.spam.labelled import LABELS, FileError, Labelled, read_labelled
from comments.verdicts import Flag, Outcome

SAID = {Outcome.PASS: "passed", Outcome.HOLD: "held", Outcome.REJECT: "rejected"}


class Command(BaseCommand):
    help = "For each label of a file: how many comments the rules pass, hold and reject, and which flags they give."

    def add_arguments(self, parser):
        parser.add_argument(
            "--labelled",
            type=Path,
            required=True,
            metavar="FILE.tsv",
            help=r"columns label, page_slug, name, text; in them \n, \t and \\ stand for what they are called",
        )
        parser.add_argument("--show", choices=LABELS, metavar="LABEL", help=f"list its comments: {', '.join(LABELS)}")

    def handle(self, *, labelled, show, **options):
        try:
            rows = read_labelled(labelled)
        except FileError as error:
            raise CommandError(str(error)) from error
        judged = [(row, judge(row.candidate)) for row in rows]
        for label in LABELS:
            self.write_counts(label, [judgement for row, judgement in judged if row.label == label])
        for row, judgement in judged:
            if row.label == show:
                self.write_comment(row, judgement)

    def write_counts(self, label: str, judgements: list[Judgement]) -> None:
        if not judgements:
            return
        outcomes = Counter(each.outcome for each in judgements)
        flags = Counter(flag for each in judgements for flag in each.flags)
        counts = ", ".join(f"{outcomes[outcome]} {said}" for outcome, said in SAID.items())
        given = ", ".join(f"{flag} {flags[flag]}" for flag in Flag.values if flags[flag])
        self.stdout.write(f"{label}: {len(judgements)} comments, {counts}; flags: {given or 'none'}")

    def write_comment(self, row: Labelled, judgement: Judgement) -> None:
        name, text = printable(row.candidate.name), printable(row.candidate.text)
        self.stdout.write(f"line {row.line}, {SAID[judgement.outcome]}: {name}: {text}")
        for each in judgement.findings:
            words = ", ".join(map(printable, each["words"]))
            self.stdout.write(f"    {each['outcome']} by {each['rule']} {each['flag']}: {words}")


def printable(text: str) -> str:
    """On one line, and without what would move the cursor of a terminal."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)
