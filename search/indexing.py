"""Keeps the index as the editions say: in the door's transaction, and by `manage.py rederive`."""

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from publishing.derivations import Changes, Derivation
from publishing.editions import Edition, EditionTag
from publishing.freshness import Stamp
from search import index
from search.documents import Document, Group, IndexState, Word, month_of, number_of
from search.entries import VERSION, Entry, entry_of, shelf_name
from search.words import stem_of

# So many pages are entered at a time.
BATCH = 200
_COLUMNS = ("kind", "shelf", "shelf_name", "body_system", "language")
_BESIDE_WORDS = ("edition", "reviewed_month", "tags", "profile", "sections")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """What the index should hold of a page."""

    edition: Edition
    entry: Entry
    number: int
    tags: list[str]

    def document(self) -> Document:
        return Document(
            id=self.number,
            page_id=self.edition.page_id,
            edition_id=self.edition.pk,
            reviewed_month=month_of(_reviewed_at(self.edition)),
            tags=self.tags,
            profile=self.entry.profile,
            sections=[[each.id, each.title, each.start] for each in self.entry.sections],
            checksum=self.entry.checksum,
        )

    def has_same_words(self, document: Document) -> bool:
        return document.pk == self.number and document.checksum == self.entry.checksum

    def is_as(self, document: Document) -> bool:
        return self.has_same_words(document) and document.edition_id == self.edition.pk


class SearchIndex(Derivation):
    def derive(self, changes: Changes) -> None:
        if not _is_of_this_version():
            _make_anew(besides=changes)
        _replace(changes, _wanted(changes))

    def retag(self, page_ids: Collection[int]) -> None:
        # What is live must not change between reading it and storing what follows from it.
        Stamp.lock()
        for some in batched(sorted(page_ids), BATCH, strict=False):
            self.derive({each.page_id: each for each in Edition.objects.live().filter(page__in=some)})

    def begin(self, *, afresh: bool) -> None:
        if afresh or not _is_of_this_version():
            _make_anew()

    def rebuild(self, changes: Changes) -> bool:
        """Enter the pages that are missing, and those whose entry is not what their edition gives."""
        # Code of another version may have begun.
        self.begin(afresh=False)
        stored = {each.page_id: each for each in Document.objects.filter(page__in=changes).defer("profile")}
        wanted = _wanted(changes)
        stale = {page for page, each in wanted.items() if page not in stored or not each.is_as(stored[page])}
        stale |= stored.keys() - wanted.keys()
        _replace(stale, {page: each for page, each in wanted.items() if page in stale})
        return bool(stale)

    def finish(self) -> None:
        """Nothing is missing any more, also where the index was made anew after the first pages had been entered."""
        self.begin(afresh=False)
        missing = Edition.objects.live().filter(page__search_document__isnull=True).values_list("pk", flat=True)
        for some in batched(list(missing), BATCH, strict=False):
            self.rebuild({each.page_id: each for each in Edition.objects.filter(pk__in=some)})
            Stamp.raise_counter()
        IndexState.objects.filter(pk=1).update(is_complete=True)

    def forget(self, edition: Edition) -> None:
        """Words that were taken out of the index may still be in its files."""
        index.purge()


def _wanted(changes: Changes) -> dict[int, Wanted]:
    """By page, of those that are public. Two queries, and one for each new group."""
    editions = [edition for edition in changes.values() if edition]
    tags = defaultdict(list)
    ties = EditionTag.objects.filter(edition__in=editions)
    for number, name in ties.values_list("edition", Coalesce("tag__leads_to__name", "tag__name")):
        tags[number].append(name)
    groups = _groups_of(editions)
    found = {}
    for edition in editions:
        named = sorted(set(tags[edition.pk]))
        number = number_of(edition.page_id, groups[edition.pk], _reviewed_at(edition))
        found[edition.page_id] = Wanted(edition, entry_of(edition, named), number, named)
    return found


def _replace(pages: Collection[int], wanted: Mapping[int, Wanted]) -> None:
    """Let the index hold of these pages what is wanted: of others nothing."""
    stored = {each.page_id: each for each in Document.objects.filter(page__in=pages).select_related("edition")}
    same = {page for page, each in wanted.items() if page in stored and each.has_same_words(stored[page])}
    Document.objects.bulk_update([wanted[page].document() for page in same], _BESIDE_WORDS)
    before = _take_out([document for page, document in stored.items() if page not in same])
    new = [each for page, each in wanted.items() if page not in same]
    index.add({each.number: each.entry for each in new})
    Document.objects.bulk_create(each.document() for each in new)
    _count_words(before, Counter(chain.from_iterable(each.entry.written for each in new)))


def _take_out(documents: list[Document]) -> Counter[str]:
    """Remove these entries; returns on how many of them each word stood."""
    entries = {document.pk: entry_of(document.edition, document.tags) for document in documents}
    if connection.vendor == "sqlite" and any(each.checksum != entries[each.pk].checksum for each in documents):
        # Other code entered them, and an index without its text cannot say what that was.
        logger.error("The words of some pages cannot be taken out of the search index. Run manage.py rederive.")
        _make_anew(besides=[document.page_id for document in documents])
        return Counter()
    index.remove(entries)
    Document.objects.filter(pk__in=entries).delete()
    return Counter(chain.from_iterable(entry.written for entry in entries.values()))


def _is_of_this_version() -> bool:
    return IndexState.objects.filter(version=VERSION).exists()


def _make_anew(*, besides: Collection[int] = ()) -> None:
    """Empty the index. It is complete once `besides`, and every other public page, is entered."""
    index.clear()
    for model in (Document, Word):
        model.objects.all().delete()
    is_complete = not Edition.objects.live().exclude(page__in=besides).exists()
    IndexState.objects.update_or_create(pk=1, defaults={"version": VERSION, "is_complete": is_complete})


def _reviewed_at(edition: Edition) -> datetime | None:
    """When a clinician reviewed it. A demonstration site, which says so everywhere, counts its stand-ins."""
    if edition.reviewed_at is None or (edition.snapshot.get("is_demonstration") and not settings.DEMONSTRATION):
        return None
    # Readers are told the day where the site is.
    return localtime(edition.reviewed_at)


def _groups_of(editions: list[Edition]) -> dict[int, int]:
    """The number of the combination that each edition belongs to, made where it is the first."""
    known = (
        {tuple(values): number for number, *values in Group.objects.values_list("pk", *_COLUMNS)} if editions else {}
    )
    found = {}
    for edition in editions:
        body_system = edition.snapshot.get("facts", {}).get("body_system", "")
        key = (edition.kind, edition.shelf, shelf_name(edition.snapshot), body_system, edition.language)
        if key not in known:
            # Numbered here and not by a sequence, which would use up numbers for what was never stored.
            last = max(known.values(), default=0)
            known[key] = Group.objects.create(pk=last + 1, **dict(zip(_COLUMNS, key, strict=True))).pk
        found[edition.pk] = known[key]
    return found


def _count_words(before: Counter[str], after: Counter[str]) -> None:
    _add_words(after - before if before else after)
    _take_words(before - after)


def _add_words(words: Counter[str]) -> None:
    if not words:
        return
    table = Word._meta.db_table
    # In one text: to hand over each word by itself takes longer than to count it.
    rows = json.dumps([(word, stem_of(word), number) for word, number in sorted(words.items())])
    if connection.vendor == "postgresql":
        among, part = "json_array_elements(%s::json)", "value ->> {}"
    else:
        among, part = "json_each(%s)", "json_extract(value, '$[{}]')"
    parts = ", ".join([part.format(0), part.format(1), f"CAST({part.format(2)} AS integer)"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (word, stem, pages) SELECT {parts} FROM {among} WHERE TRUE "  # noqa: S608
            f"ON CONFLICT (word) DO UPDATE SET pages = {table}.pages + excluded.pages",
            [rows],
        )


def _take_words(words: Counter[str]) -> None:
    for number, some in _by_number(words):
        standing = Word.objects.filter(word__in=some)
        standing.filter(pages__lte=number).delete()
        standing.update(pages=F("pages") - number)


def _by_number(words: Counter[str]) -> Iterable[tuple[int, list[str]]]:
    by_number: dict[int, list[str]] = {}
    for word, number in words.items():
        by_number.setdefault(number, []).append(word)
    for number, some in by_number.items():
        for first in range(0, len(some), 500):
            yield number, some[first : first + 500]
