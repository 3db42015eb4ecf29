"""Mentions: where a public page names a condition or therapy, what was decided about each, and why.

A derivation of editions, names and blocks: `manage.py rederive` gives the same rows again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import batched
from typing import NamedTuple

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from crosslinks import index, layout
from crosslinks.byhand import HandLink, keep_hand_links, linked_pages
from crosslinks.choosing import Place
from crosslinks.layout import Layout
from crosslinks.matching import Span, Term, Vocabulary, index_words, match, phrases
from crosslinks.matching.deciding import AMBIGUOUS, BLOCKED, COMPOUND, DEFINED_OTHER, LONGER_PHRASE, NO_EVIDENCE
from crosslinks.names import Block, Name
from crosslinks.titles import follow_titles
from crosslinks.vocabulary import VocabularyState, site_vocabulary
from publishing.addresses import PastAddress
from publishing.derivations import Changes, Derivation
from publishing.editions import Edition
from publishing.kinds import by_kind
from publishing.models import Page
from publishing.rows import partners

# Reasons of the matcher for which evidence is decisive: it found some, or none.
BY_EVIDENCE = ("evidence", "no-evidence", "ambiguous")
# Reasons of the matcher for which a name does not, or perhaps does not, mean its page.
MEANT_OTHERWISE = (BLOCKED, COMPOUND, LONGER_PHRASE, DEFINED_OTHER, AMBIGUOUS, NO_EVIDENCE)
# An editor links the target elsewhere on the page, which wins over every automatic link to it.
LINKED_BY_HAND = "linked by hand"
# On longer pages each heading gives every target a new first mention.
LONG_PAGE = 2_000
BATCH = 200

type Layouts = dict[int, Layout]


class MentionQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(is_accepted=True)

    def to_public_pages(self):
        return self.filter(target__live__isnull=False)

    def leading(self):
        """Those that lead readers to their target: automatically, or on a page that links it by hand."""
        return self.filter(Q(is_accepted=True) | Q(reason=LINKED_BY_HAND))


class Mention(models.Model):
    edition = models.ForeignKey(Edition, related_name="mentions", on_delete=models.CASCADE)
    target = models.ForeignKey(Page, related_name="mentions", on_delete=models.CASCADE)
    # A name is removed by `crosslinks.changes` alone, which replaces its mentions before the transaction ends; were one
    # left, the database would refuse the whole change.
    name = models.ForeignKey(Name, related_name="mentions", on_delete=models.DO_NOTHING)
    # In the HTML of the edition; both inside one text node.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    # The number of its first word, and of its part on a long page (`crosslinks.choosing`).
    word = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    length = models.PositiveSmallIntegerField(default=1, help_text=_("In words."))
    how = models.CharField(_("kind of match"), max_length=20)
    is_accepted = models.BooleanField()
    reason = models.CharField(_("why"), max_length=40)
    # Evidence decided what the name means, or could have: a row between two pages can change that.
    by_evidence = models.BooleanField(default=False)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["edition", "start", "target"], name="crosslinks_mention_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="crosslinks_mention_not_empty"),
        ]
        indexes = [models.Index(fields=["target", "is_accepted"])]

    def __str__(self):
        return f"{self.edition_id}: {self.start}–{self.end}"


class Found(NamedTuple):
    """All that a mention says, stored or not: two that are equal are the same mention."""

    edition_id: int
    target_id: int
    name_id: int
    start: int
    end: int
    word: int
    part: int
    length: int
    how: str
    is_accepted: bool
    reason: str
    by_evidence: bool

    @property
    def place(self) -> Place:
        return Place(self.start, self.end, self.word, self.part, self.target_id, self.length)


def stored(mentions) -> Iterable[Found]:
    """The mentions of a queryset as plain values, which is many times faster than as objects."""
    return (Found(*row) for row in mentions.values_list(*Found._fields))


def mentioned_pages(edition: int | OuterRef):
    """The pages that a live edition names or links, public or not, whether a link is shown or not.

    For a subquery (`settings.MENTIONED_PAGES`). Left out are names that may mean something else there.
    """
    named = Mention.objects.filter(edition=edition, target=OuterRef("pk")).exclude(reason__in=MEANT_OTHERWISE)
    linked = HandLink.objects.filter(edition=edition, kind=OuterRef("kind"))
    past = PastAddress.objects.filter(page=OuterRef(OuterRef("pk"))).values("slug")
    return Page.objects.filter(
        Exists(named) | Exists(linked.filter(slug=OuterRef("address"))) | Exists(linked.filter(slug__in=past))
    )


@dataclass(frozen=True)
class Surroundings:
    """What besides its text decides about the mentions of a page."""

    related: frozenset[int] = frozenset()
    blocked: frozenset[str] = frozenset()
    # The pages that the text links by hand.
    linked: frozenset[int] = frozenset()

    def with_blocked(self, text: str) -> "Surroundings":
        return replace(self, blocked=self.blocked | {text})

    def without(self, text: str) -> "Surroundings":
        return replace(self, blocked=self.blocked - {text})


def surroundings_of(html: Mapping[int, str]) -> dict[int, Surroundings]:
    """By page, of which this is the HTML. One query for the blocks, one for links by hand, one for each kind of row."""
    related, linked = partners(html.keys()), linked_pages(html)
    blocked = defaultdict(set)
    for page_id, text in Block.objects.filter(page__in=html.keys()).values_list("page", "text"):
        blocked[page_id].add(text)
    return {page: Surroundings(frozenset(related[page]), frozenset(blocked[page]), linked[page]) for page in html}


def matched(edition: Edition, read: Layout, vocabulary: Vocabulary, around: Surroundings) -> list[Found]:
    """The mentions of other pages in one edition. No query."""
    spans = match(read.words, vocabulary, about=edition.page_id, related=around.related, blocked=around.blocked)
    spans = [span for span in spans if span.entity != edition.page_id]
    is_long = bool(spans) and read.count_words() > LONG_PAGE
    words = read.word_numbers([span.start for span in spans])
    found = []
    for span, word in zip(spans, words, strict=True):
        refusal = _refusal(span, read, around) if span.accepted else ""
        part = read.heading_number(span.start) if is_long else 0
        found.append(_found(span, read, edition, word, part, refusal))
    return found


def _refusal(span: Span, read: Layout, around: Surroundings) -> str:
    """Why an accepted name does not link where it stands on this page, or nothing."""
    zone = read.zone(span.start, span.end)
    return LINKED_BY_HAND if span.entity in around.linked and zone in ("", "link") else zone


def _found(span: Span, read: Layout, edition: Edition, word: int, part: int, refusal: str) -> Found:
    return Found(
        edition_id=edition.pk,
        target_id=span.entity,
        name_id=span.term,
        start=read.in_html(span.start),
        end=read.end_in_html(span.end),
        word=word,
        part=part,
        length=len(read.text[span.start : span.end].split()),
        how=span.how,
        is_accepted=span.accepted and not refusal,
        reason=refusal or span.reason,
        by_evidence=span.reason in BY_EVIDENCE,
    )


def write(editions: Collection[int], found: Iterable[Found]) -> bool:
    """Make the stored mentions of these editions those found; returns whether any row had to change."""
    wanted = set(found)
    superfluous = []
    for number, *row in Mention.objects.filter(edition__in=editions).values_list("pk", *Found._fields):
        mention = Found(*row)
        if mention in wanted:
            wanted.remove(mention)
        else:
            superfluous.append(number)
    for first in range(0, len(superfluous), BATCH):
        Mention.objects.filter(pk__in=superfluous[first : first + BATCH]).delete()
    _insert(sorted(wanted))
    return bool(superfluous or wanted)


def _insert(mentions: list[Found]) -> None:
    """As plain values: made into objects first, millions of mentions take most of the time of deriving all again."""
    columns = ", ".join(map(connection.ops.quote_name, Found._fields))
    table = Mention._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for mention in mentions:
                    copy.write_row(mention)
        elif mentions:
            values = ", ".join(["%s"] * len(Found._fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", mentions)  # noqa: S608


def rematch(editions: Iterable[Edition], vocabulary: Vocabulary, *, read: Layouts | None = None) -> bool:
    """Match editions again and store what was found; returns whether anything changed. About six queries."""
    editions = list(editions)
    read = read or {edition.pk: layout.read(edition.html) for edition in editions}
    around = surroundings_of({edition.page_id: edition.html for edition in editions})
    found = [
        mention
        for edition in editions
        for mention in matched(edition, read[edition.pk], vocabulary, around[edition.page_id])
    ]
    return write([edition.pk for edition in editions], found)


def in_batches(numbers: Collection[int]) -> Iterator[list[Edition]]:
    """The text of those editions that are live, some hundred at a time: memory does not grow with their number."""
    columns = ("page_id", "kind", "slug", "title", "html")
    for some in batched(sorted(numbers), BATCH, strict=False):
        yield list(Edition.objects.live().filter(pk__in=some).only(*columns))


def concerned_by(terms: Iterable[Term]):
    """The live editions about which these names, entering, changing or leaving, can decide anything."""
    return index.editions_with({frozenset(words) for term in terms for words in phrases(term)})


class Mentions(Derivation):
    def derive(self, changes: Changes) -> None:
        editions = [edition for edition in changes.values() if edition]
        read = self._enter(changes, editions)
        changed = follow_titles(editions)
        vocabulary = site_vocabulary()
        rematch(editions, vocabulary, read=read)
        # Asked one after the other: joined by OR, each would be tried on every live edition.
        others = set(concerned_by(changed).values_list("pk", flat=True))
        others |= self._deciding_by_rows(changes) | self._linking_by_hand(changes)
        for batch in in_batches(others - read.keys()):
            rematch(batch, vocabulary)

    def begin(self, *, afresh: bool) -> None:
        named = [kind for kind, model in by_kind().items() if model.is_named]
        follow_titles(Edition.objects.live().filter(kind__in=named).for_cards())
        if afresh:
            # Mentions are compared with what is found and corrected batch by batch: readers keep their links.
            index.clear()
            VocabularyState.objects.update_or_create(pk=1, defaults={"is_index_complete": False})

    def rebuild(self, changes: Changes) -> bool:
        editions = [edition for edition in changes.values() if edition]
        return rematch(editions, site_vocabulary(), read=self._enter(changes, editions))

    def finish(self) -> None:
        VocabularyState.objects.filter(pk=1).update(is_index_complete=True)

    def forget(self, edition: Edition) -> None:
        for model in (Mention, HandLink):
            model.objects.filter(edition=edition).delete()
        index.remove(edition.pk, index_words(layout.read(edition.html).words))

    def _enter(self, changes: Changes, editions: list[Edition]) -> Layouts:
        """The words of new editions go into the index; the mentions of editions that are no longer live go."""
        read = {edition.pk: layout.read(edition.html) for edition in editions}
        for model in (Mention, HandLink):
            model.objects.filter(edition__page__in=changes).exclude(edition__in=read).delete()
        keep_hand_links(editions)
        index.add({number: index_words(read[number].words) for number in index.missing(read)})
        return read

    def _deciding_by_rows(self, changes: Changes) -> set[int]:
        """Editions in which a row that joins their page with one of these decided about a mention, or now could.

        Also a row that has just been taken away, which is why those that are no longer public count too.
        """
        neighbours = set().union(*partners(changes.keys(), ever=True).values())
        by_rows = Mention.objects.filter(by_evidence=True)
        at_targets, at_neighbours = by_rows.filter(target__in=changes), by_rows.filter(edition__live_of__in=neighbours)
        return {number for rows in (at_targets, at_neighbours) for number in rows.values_list("edition", flat=True)}

    def _linking_by_hand(self, changes: Changes) -> set[int]:
        """Editions that link one of these pages by hand, at an address it did not have when they were matched."""
        by_hand = Q(edition__hand_links__kind=F("target__kind"), edition__hand_links__slug=F("target__address"))
        mentions = Mention.objects.filter(by_hand, target__in=changes).exclude(reason=LINKED_BY_HAND)
        return set(mentions.values_list("edition", flat=True))
