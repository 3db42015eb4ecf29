"""Trains the spam filter from what moderators decided. Run it once a week, or after many decisions."""

from django.core.management.base import BaseCommand

from comments.rules import ADVERTISING_PROBABILITY
from comments.spam import current, decisions
from comments.spam.bayes import GENUINE, SPAM, Filter, train
from comments.spam.validation import cross_validated

FEWEST_DECISIONS = 20
TOP_WORDS = 20


class Command(BaseCommand):
    help = "Train the spam filter from what people approved or called spam, and from the set that comes with the site."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="say what would come of it, and store nothing")
        how.add_argument(
            "--shipped",
            action="store_true",
            help="for developers: write comments/data/filter.json anew after a change of decisions.tsv",
        )

    def handle(self, *, dry_run, shipped, **options):
        if shipped:
            current.write_shipped_filter()
            self.stdout.write(f"Written: {current.SHIPPED_FILTER}")
            return
        texts = self.read_decisions()
        trained = train(texts)
        shares = cross_validated(texts, least=ADVERTISING_PROBABILITY)
        self.stdout.write(f"Trained on {trained.spam_count} spam and {trained.genuine_count} genuine comments.")
        self.stdout.write(
            f"In cross-validation it holds {shares.held:.1%} of spam and, by mistake, {shares.wrong:.2%} of genuine."
        )
        self.write_words(trained)
        if dry_run:
            self.stdout.write("Nothing was stored.")
        else:
            self.stdout.write(f"Stored as filter {current.store(trained).pk}.")

    def read_decisions(self) -> dict[str, list[str]]:
        shipped, own = decisions.shipped(), decisions.own()
        count = len(own[SPAM]) + len(own[GENUINE])
        self.stdout.write(f"Decided here: {len(own[SPAM])} spam, {len(own[GENUINE])} genuine.")
        if count < FEWEST_DECISIONS:
            self.stdout.write(
                f"These are fewer than {FEWEST_DECISIONS}: only the set that comes with the site is used."
            )
            return shipped
        return {label: shipped[label] + own[label] for label in (SPAM, GENUINE)}

    def write_words(self, trained: Filter) -> None:
        for_spam, against = trained.top_words(TOP_WORDS)
        self.stdout.write(f"Most telling of spam: {', '.join(for_spam)}")
        self.stdout.write(f"Most telling of readers: {', '.join(against)}")
