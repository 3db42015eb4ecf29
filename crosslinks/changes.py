"""Changing the vocabulary: first what it would do to public pages, then the change, with exactly that outcome."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from crosslinks import layout
from crosslinks.choosing import Place
from crosslinks.layout import Sentence
from crosslinks.matching import Term, Vocabulary, blocked_term
from crosslinks.mentions import (
    Found,
    Mention,
    Surroundings,
    concerned_by,
    in_batches,
    matched,
    stored,
    surroundings_of,
    write,
)
from crosslinks.names import Block, Name
from crosslinks.showing import Target, chosen, live_targets
from crosslinks.vocabulary import VocabularyState, site_blocks
from publishing.contributions import touch_drafts
from publishing.editions import Edition
from publishing.events import Event, record
from publishing.freshness import Stamp
from publishing.records import digest_of

# Above all numbers of stored names: names without one of their own are counted from here.
UNSAVED = 2**62
APPEARS, VANISHES, MOVES = "appears", "vanishes", "moves"


class IndexIncomplete(Exception):
    """The words of some editions are not in the index, so nobody can say which pages a name concerns."""

    def __init__(self):
        super().__init__(_("The links are being derived again (manage.py rederive). Change names when that has ended."))


class OutcomeChanged(Exception):
    """Public pages or other names changed since the preview; `outcome` is what the change would do now."""

    def __init__(self, outcome: "Outcome"):
        self.outcome = outcome
        super().__init__(_("Pages or names changed since you looked. Look at the list again, then confirm."))


@dataclass(frozen=True)
class Change:
    """What to do to the vocabulary: names and blocks to save, unsaved or with their new values, and to remove."""

    save: tuple[Name, ...] = ()
    remove: tuple[Name, ...] = ()
    block: tuple[Block, ...] = ()
    unblock: tuple[Block, ...] = ()

    @property
    def rights(self) -> list[str]:
        """What an account needs to make it."""
        needed = {
            "crosslinks.change_name": self.save or self.remove,
            "crosslinks.add_block": self.block,
            "crosslinks.delete_block": self.unblock,
        }
        return [right for right, is_needed in needed.items() if is_needed]


@dataclass(frozen=True)
class Shift:
    """A link that appears, vanishes or moves, with the sentence in which readers will see it, or no longer do."""

    kind: str
    target: Target
    sentence: Sentence


@dataclass(frozen=True)
class PageOutcome:
    title: str
    url: str
    shifts: list[Shift]


@dataclass
class Outcome:
    pages: list[PageOutcome] = field(default_factory=list)
    # What tells this outcome from any other: edition, kind of shift, target and place of each link.
    _facts: list[tuple] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.pages)

    @property
    def digest(self) -> str:
        return digest_of(sorted(self._facts))

    def count(self, kind: str) -> int:
        return sum(fact[1] == kind for fact in self._facts)

    def add(self, edition: Edition, shifts: list[tuple[Shift, Place]]) -> None:
        if shifts:
            self.pages.append(PageOutcome(edition.title, edition.get_absolute_url(), [shift for shift, _ in shifts]))
            self._facts += [(edition.pk, shift.kind, place.target, place.start, place.end) for shift, place in shifts]


def preview(change: Change) -> Outcome:
    """What the change would do to public pages. It costs as much as the pages it concerns, not as all pages."""
    return _Weighing(change, names_in_force()).weigh()


def apply(change: Change, *, by, seen: str | None = None) -> Outcome:
    """Make the change in one transaction: names, mentions, audit entry, stamp.

    `seen` is the digest of the outcome that was looked at; raises OutcomeChanged where it would now be another one.
    """
    if not isinstance(by, str) and not by.has_perms(change.rights):
        raise PermissionDenied(_("Your account may not change the vocabulary."))
    with transaction.atomic():
        Stamp.lock()
        before = names_in_force()
        events = list(_events(change))
        _store(change)
        VocabularyState.renew()
        outcome = _Weighing(change, before).weigh(store=True)
        if seen is not None and seen != outcome.digest:
            raise OutcomeChanged(outcome)
        for subject, reason, details in events:
            counts = {kind: outcome.count(kind) for kind in (APPEARS, VANISHES, MOVES)}
            record(Event.Action.CHANGED, subject, by=by, reason=reason, links=counts, **details)
        # What a page is called is part of what a reviewer signs.
        changed = {name.page_id for name in (*change.save, *change.remove) if name.kind != Name.Kind.PREFERRED}
        touch_drafts(changed, by=by)
        Stamp.raise_counter()
        return outcome


def names_in_force() -> dict[int, Term]:
    return {name.pk: name.term() for name in Name.objects.of_pages_once_public()}


def _events(change: Change) -> Iterator[tuple[Model, str, dict]]:
    """What the audit trail says of the change: about what, why, and the facts before and after."""
    known = {name.pk: name for name in Name.objects.filter(pk__in=[name.pk for name in change.save if name.pk])}
    for name in change.save:
        was = known[name.pk].facts() if name.pk else None
        yield name.page, "", {"name": {"was": was, "is": name.facts()}}
    for name in change.remove:
        yield name.page, "", {"name": {"was": name.facts(), "is": None}}
    for block in change.block:
        yield block.page or VocabularyState.current(), block.explanation, {"blocked": block.text}
    for block in change.unblock:
        yield block.page or VocabularyState.current(), "", {"unblocked": block.text}


def _store(change: Change) -> None:
    for leaving in (*change.remove, *change.unblock):
        type(leaving).objects.filter(pk=leaving.pk).delete()
    # A name that stops linking makes room for another that starts to.
    for name in sorted(change.save, key=lambda name: name.linking == Name.Linking.AUTOMATIC):
        name.save()
    for block in change.block:
        block.save()


class _Weighing:
    """Matches the pages that a change concerns again, and compares the links readers have with those they would get.

    `before` are the names in force before the change, which may be stored already or not.
    """

    def __init__(self, change: Change, before: dict[int, Term]):
        if not VocabularyState.current().is_index_complete:
            raise IndexIncomplete
        self.change = change
        self.before = before
        self.after = self._after()
        self.outcome = Outcome()
        self.vocabulary = Vocabulary(self.after.values(), blocked=self._blocked_everywhere())

    def weigh(self, *, store: bool = False) -> Outcome:
        for batch in in_batches(self._concerned()):
            found = self._weigh(batch)
            if store:
                write([edition.pk for edition in batch], found)
        self.outcome.pages.sort(key=lambda page: page.title)
        return self.outcome

    def _after(self) -> dict[int, Term]:
        """The names in force after the change; one that is not stored yet has a number above all others."""
        after = self.before.copy()
        for name in self.change.remove:
            after.pop(name.pk, None)
        for number, name in enumerate(self.change.save, 1):
            if name.page.address is not None:
                key = name.pk or UNSAVED + number
                after[key] = replace(name.term(), key=key)
        return after

    def _blocked_everywhere(self) -> set[str]:
        blocked = {block.text for block in self.change.block if block.page_id is None}
        return set(site_blocks()) - {block.text for block in self.change.unblock if block.page_id is None} | blocked

    def _around(self, editions: list[Edition]) -> dict[int, Surroundings]:
        around = surroundings_of({edition.page_id: edition.html for edition in editions})
        for block in self.change.unblock:
            if block.page_id in around:
                around[block.page_id] = around[block.page_id].without(block.text)
        for block in self.change.block:
            if block.page_id in around:
                around[block.page_id] = around[block.page_id].with_blocked(block.text)
        return around

    def _concerned(self) -> set[int]:
        before, after = self.before, self.after
        terms = {term for key, term in after.items() if before.get(key) != term}
        terms |= {term for key, term in before.items() if after.get(key) != term}
        blocks = (*self.change.block, *self.change.unblock)
        terms |= {blocked_term(block.text) for block in blocks if block.page_id is None}
        pages = [block.page_id for block in blocks if block.page_id is not None]
        by_names = concerned_by(terms).values_list("pk", flat=True)
        return {*by_names, *Edition.objects.live().filter(page__in=pages).values_list("pk", flat=True)}

    def _weigh(self, editions: list[Edition]) -> list[Found]:
        around = self._around(editions)
        read = {edition.pk: layout.read(edition.html) for edition in editions}
        old, new = defaultdict(list), defaultdict(list)
        for mention in stored(Mention.objects.accepted().filter(edition__in=read)):
            old[mention.edition_id].append(mention)
        for edition in editions:
            new[edition.pk] = matched(edition, read[edition.pk], self.vocabulary, around[edition.page_id])
        found = [mention for each in new.values() for mention in each]
        live = live_targets({mention.target_id for mention in chain(found, *old.values())})
        for edition in editions:
            was, becomes = _links(old[edition.pk], live), _links(new[edition.pk], live)
            if was != becomes:
                self.outcome.add(edition, list(_shifts(was, becomes, read[edition.pk], live)))
        return found


def _links(mentions: Iterable[Found], live: dict[int, Target]) -> list[Place]:
    return chosen([each.place for each in mentions if each.is_accepted and each.target_id in live])


def _shifts(was: list[Place], becomes: list[Place], read: layout.Layout, live: dict[int, Target]):
    """A link that vanishes and one of the same target that appears are one link that moves."""
    vanished = sorted(set(was) - set(becomes), key=lambda place: place.start)
    for place in sorted(set(becomes) - set(was), key=lambda place: place.start):
        twin = next((each for each in vanished if each.target == place.target), None)
        if twin:
            vanished.remove(twin)
        yield _shift(MOVES if twin else APPEARS, place, read, live), place
    for place in vanished:
        yield _shift(VANISHES, place, read, live), place


def _shift(kind: str, place: Place, read: layout.Layout, live: dict[int, Target]) -> Shift:
    return Shift(kind, live[place.target], read.sentence_in_html(place.start, place.end))
