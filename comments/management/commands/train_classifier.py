"""Makes the second reader of comments anew from its examples (`comments/data/examples.tsv`), for the repository."""

import hashlib

from django.core.management.base import BaseCommand, CommandError

from comments.learning.classifier import LABELS, train
from comments.learning.likeness import EXAMPLES, TRAINED
from comments.ordinary import write_ordinary_words


class Command(BaseCommand):
    help = "Train the classifier of comments from its examples and write it beside them. Takes about a minute."

    def handle(self, **options):
        classifier = train(read_examples())
        classifier.dump(TRAINED, source=digest_of_examples())
        write_ordinary_words(classifier.rarity)
        self.stdout.write(f"{len(classifier.weights)} signs, {TRAINED.stat().st_size // 1000} kB")


def read_examples() -> list[tuple[str, str]]:
    """Pairs of label and text."""
    _header, *lines = EXAMPLES.read_text(encoding="utf-8").rstrip("\n").split("\n")
    examples = [tuple(line.split("\t")) for line in lines]
    for number, example in enumerate(examples, start=2):
        if len(example) != 2 or example[0] not in LABELS:
            raise CommandError(f"{EXAMPLES.name}, line {number}: a label ({', '.join(LABELS)}), a tab and a text.")
    return [(label, unescaped(text)) for label, text in examples]


def unescaped(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")


def digest_of_examples() -> str:
    return hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()
