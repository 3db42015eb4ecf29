from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from publishing.derivations import derivations
from publishing.freshness import Stamp
from publishing.models import Page, Rebuild

BATCH = 200


class Command(BaseCommand):
    help = (
        "Derive again what facts can give, such as the mentions of one page on another. Readers are served meanwhile. "
        "When it is stopped it goes on from there the next time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--afresh", action="store_true", help="begin at the first page, and forget what is stored")

    def handle(self, *, afresh: bool, **options):
        known = derivations()
        rebuild = self._begin(known, afresh=afresh)
        pages = Page.objects.filter(address__isnull=False, pk__gt=rebuild.last_page)
        with tqdm(total=pages.count(), unit=" pages", disable=options["verbosity"] < 1, file=self.stderr) as bar:
            while numbers := list(pages.filter(pk__gt=rebuild.last_page).order_by("pk").values_list("pk")[:BATCH]):
                self._derive(known, [number for (number,) in numbers], rebuild)
                bar.update(len(numbers))
        with transaction.atomic():
            Stamp.lock()
            for derivation in known:
                derivation.finish()
            rebuild.delete()
            Stamp.raise_counter()

    def _begin(self, known, *, afresh: bool) -> Rebuild:
        with transaction.atomic():
            Stamp.lock()
            if afresh:
                Rebuild.objects.all().delete()
            rebuild, is_new = Rebuild.objects.get_or_create(pk=1)
            if is_new:
                for derivation in known:
                    derivation.begin(afresh=afresh)
        return rebuild

    def _derive(self, known, numbers: list[int], rebuild: Rebuild) -> None:
        with transaction.atomic():
            # What is live must not change between reading it and storing what follows from it.
            Stamp.lock()
            pages = Page.objects.filter(pk__in=numbers).select_related("live").defer("live__snapshot", "live__text")
            changes = {page.pk: page.live for page in pages}
            for derivation in known:
                derivation.rebuild(changes)
            rebuild.last_page = max(numbers)
            rebuild.save()
