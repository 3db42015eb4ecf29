from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand

from search.evaluation import evaluate, mean_reciprocal_rank, read_queries

SHOWN = 3


class Command(BaseCommand):
    help = "Say how often the search puts the wanted page first: mean reciprocal rank, and each query that misses."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="queries: tab-separated query, wanted pages (kind/slug), kind")

    def handle(self, *, path, **options):
        outcomes = evaluate(read_queries(path))
        kinds = defaultdict(list)
        for each in outcomes:
            kinds[each.wanted.kind].append(each)
            if each.reciprocal_rank < 1:
                found = ", ".join(each.found[:SHOWN]) or "nothing"
                self.stdout.write(f"{each.wanted.query}: wanted {' or '.join(each.wanted.pages)}, found {found}")
        for kind, some in sorted(kinds.items()):
            self.stdout.write(f"{kind:15} {len(some):4} queries {mean_reciprocal_rank(some):6.3f}")
        self.stdout.write(f"{'all':15} {len(outcomes):4} queries {mean_reciprocal_rank(outcomes):6.3f}")
