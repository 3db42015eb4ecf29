from django.core.management.base import BaseCommand, CommandError
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
        parser.add_argument("--afresh", action="store_true", help="begin at the first page, and make the index anew")

    def handle(self, *, afresh: bool, **options):
        known = derivations()
        rebuild = self._begin(known, afresh=afresh)
        pages = Page.objects.filter(address__isnull=False, pk__gt=rebuild.last_page)
        with tqdm(total=pages.count(), unit=" pages", disable=options["verbosity"] < 1, file=self.stderr) as bar:
            while numbers := list(pages.filter(pk__gt=rebuild.last_page).order_by("pk").values_list("pk")[:BATCH]):
                self._derive(known, [number for (number,) in numbers], rebuild)
                bar.update(len(numbers))
        with transaction.atomic():
            self._lock(rebuild)
            for derivation in known:
                derivation.finish()
            rebuild.delete()

    def _begin(self, known, *, afresh: bool) -> Rebuild:
        with transaction.atomic():
            Stamp.lock()
            if afresh:
                Rebuild.objects.all().delete()
            rebuild, is_new = Rebuild.objects.get_or_create(pk=1)
            if is_new:
                for derivation in known:
                    derivation.begin(afresh=afresh)
                Stamp.raise_counter()
        return rebuild

    def _derive(self, known, numbers: list[int], rebuild: Rebuild) -> None:
        with transaction.atomic():
            # What is live must not change between reading it and storing what follows from it.
            self._lock(rebuild)
            pages = Page.objects.filter(pk__in=numbers).select_related("live")
            changes = {page.pk: page.live for page in pages}
            changed = [derivation.rebuild(changes) for derivation in known]
            if any(changed):
                Stamp.raise_counter()
            rebuild.last_page = max(numbers)
            rebuild.save()

    def _lock(self, rebuild: Rebuild) -> None:
        Stamp.lock()
        if not Rebuild.objects.filter(run=rebuild.run, last_page=rebuild.last_page).exists():
            raise CommandError("Another rederive has taken over. This one stops here; what it derived is kept.")
