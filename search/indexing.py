"""Keeps the index as the editions say: in the door's transaction, and by `manage.py rederive`."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import batched

from django.db import connection
from django.db.models import F, Max

from publishing.derivations import Changes, Derivation
from publishing.editions import Edition
from publishing.freshness import Stamp
from search import index
from search.documents import Document, Group, IndexState, Word, number_of
from search.entries import VERSION, Entry, entry_of, shelf_name

# So many pages are entered at a time.
BATCH = 200


class SearchIndex(Derivation):
    def derive(self, changes: Changes) -> None:
        if not _is_of_this_version():
            _make_anew(besides=changes)
        editions = {page: edition for page, edition in changes.items() if edition}
        self._replace(changes, {page: entry_of(edition) for page, edition in editions.items()}, editions)

    def begin(self, *, afresh: bool) -> None:
        if afresh or not _is_of_this_version():
            _make_anew()

    def rebuild(self, changes: Changes) -> bool:
        """Enter the pages that are missing, and those whose entry is not what their edition gives."""
        # Code of another version may have begun.
        self.begin(afresh=False)
        stored = {each.page_id: each for each in Document.objects.filter(page__in=changes).defer("profile")}
        entries = {page: entry_of(edition) for page, edition in changes.items() if edition}
        stale = {
            page: edition
            for page, edition in changes.items()
            if not (page in stored and edition and self._is_as(stored[page], edition, entries[page]))
            and (edition or page in stored)
        }
        self._replace(stale, entries, {page: edition for page, edition in stale.items() if edition})
        return bool(stale)

    def finish(self) -> None:
        """Nothing is missing any more, also where the index was made anew after the first pages had been entered."""
        missing = Edition.objects.live().filter(page__search_document__isnull=True).values_list("pk", flat=True)
        for some in batched(list(missing), BATCH, strict=False):
            self.rebuild({each.page_id: each for each in Edition.objects.filter(pk__in=some)})
            Stamp.raise_counter()
        IndexState.objects.filter(pk=1).update(is_complete=True)

    def forget(self, edition: Edition) -> None:
        """Words that were taken out of the index may still be in its files."""
        index.purge()

    def _is_as(self, document: Document, edition: Edition, entry: Entry) -> bool:
        return (
            document.edition_id == edition.pk
            and document.checksum == entry.checksum
            and document.id == _number(edition)
        )

    def _replace(self, pages: Collection[int], entries: dict[int, Entry], editions: dict[int, Edition]) -> None:
        before = self._take_out(pages)
        numbers = {page: _number(edition) for page, edition in editions.items()}
        index.add({numbers[page]: entries[page] for page in editions})
        Document.objects.bulk_create(
            Document(
                id=numbers[page],
                page_id=page,
                edition_id=edition.pk,
                profile=entries[page].profile,
                sections=[[each.id, each.title, each.start] for each in entries[page].sections],
                checksum=entries[page].checksum,
            )
            for page, edition in editions.items()
        )
        after = Counter(pair for page in editions for pair in entries[page].written)
        _count_words(before, after)

    def _take_out(self, pages: Collection[int]) -> Counter[tuple[str, str]]:
        """Remove the entries of these pages; returns on how many of them each word stood."""
        documents = Document.objects.filter(page__in=pages).select_related("edition")
        entries = {document.id: entry_of(document.edition) for document in documents}
        if any(document.checksum != entries[document.id].checksum for document in documents):
            # Other code entered them, and an index without its text cannot say what that was.
            _make_anew(besides=pages)
            return Counter()
        index.remove(entries)
        Document.objects.filter(pk__in=entries).delete()
        return Counter(pair for entry in entries.values() for pair in entry.written)


def _is_of_this_version() -> bool:
    return IndexState.objects.filter(version=VERSION).exists()


def _make_anew(*, besides: Collection[int] = ()) -> None:
    """Empty the index. It is complete once `besides`, and every other public page, is entered."""
    index.clear()
    for model in (Document, Word):
        model.objects.all().delete()
    is_complete = not Edition.objects.live().exclude(page__in=besides).exists()
    IndexState.objects.update_or_create(pk=1, defaults={"version": VERSION, "is_complete": is_complete})


def _number(edition: Edition) -> int:
    return number_of(edition.page_id, _group_of(edition), edition.reviewed_at)


def _group_of(edition: Edition) -> int:
    """The number of the combination this page belongs to, made when it is the first."""
    facts = edition.snapshot.get("facts", {})
    key = (edition.kind, edition.shelf, shelf_name(edition.snapshot), facts.get("body_system", ""), edition.language)
    values = dict(zip(("kind", "shelf", "shelf_name", "body_system", "language"), key, strict=True))
    known = Group.objects.filter(**values).first()
    if known is None:
        # Numbered here and not by a sequence, which would use up numbers for what was never stored.
        last = Group.objects.aggregate(last=Max("pk"))["last"] or 0
        known = Group.objects.create(pk=last + 1, **values)
    return known.pk


def _count_words(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> None:
    gone, come = before - after, after - before
    _add_words(come)
    _take_words(gone)


def _add_words(words: Counter[tuple[str, str]]) -> None:
    rows = [(word, stem, number) for (word, stem), number in sorted(words.items())]
    table = Word._meta.db_table
    statement = (
        f"INSERT INTO {table} (word, stem, pages) {{rows}} "
        f"ON CONFLICT (word) DO UPDATE SET pages = {table}.pages + excluded.pages"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
            cursor.execute(statement.format(rows="SELECT * FROM unnest(%s::text[], %s::text[], %s::int[])"), columns)
        elif rows:
            cursor.executemany(statement.format(rows="VALUES (%s, %s, %s)"), rows)


def _take_words(words: Counter[tuple[str, str]]) -> None:
    for number, some in _by_number(words):
        standing = Word.objects.filter(word__in=some)
        standing.filter(pages__lte=number).delete()
        standing.update(pages=F("pages") - number)


def _by_number(words: Counter[tuple[str, str]]) -> Iterable[tuple[int, list[str]]]:
    by_number: dict[int, list[str]] = {}
    for (word, _stem), number in words.items():
        by_number.setdefault(number, []).append(word)
    for number, some in by_number.items():
        for first in range(0, len(some), 500):
            yield number, some[first : first + 500]
