"""Merging tags: one tag goes over to another, everywhere at once, and comes back exactly when that is undone.

Drafts are tagged anew, and `TaggedBefore` keeps what they had. Editions stay as they are: `publishing.topics` reads
their tags as they stand. Merges pass one at a time, like doors.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from publishing import doors
from publishing.derivations import derivations
from publishing.events import Event, record
from publishing.freshness import Stamp
from publishing.pages import Page
from publishing.tags import Tag, TaggedBefore, TaggedPage
from publishing.topics import on_topic, topic_pairs

RIGHT = "publishing.merge_tag"


class CannotMerge(Exception):
    """A plain sentence: why the tags stay as they are."""


@dataclass(frozen=True)
class Reach:
    """The numbers of the pages that a merge changes, and of those among them that have the other tag already."""

    drafts: frozenset[int]
    drafts_with_both: frozenset[int]
    public: frozenset[int]
    public_with_both: frozenset[int]


def reach(tag: Tag, into: Tag) -> Reach:
    """Four queries."""
    drafts, others = (_drafts_of(each) for each in (tag, into))
    public, public_others = (_live_pages_on(each) for each in (tag, into))
    return Reach(drafts, drafts & others, public, public & public_others)


def _drafts_of(tag: Tag) -> frozenset[int]:
    return frozenset(TaggedPage.objects.filter(tag=tag).values_list("content_object", flat=True))


def _live_pages_on(tag: Tag) -> frozenset[int]:
    return frozenset(on_topic(tag).live().order_by().values_list("page", flat=True))


def why_not(tag: Tag, into: Tag) -> str:
    """Why the one cannot be merged into the other, or nothing."""
    words = {"name": tag, "into": into}
    if tag == into:
        return _("“%(name)s” cannot be merged into itself.") % words
    if tag.leads_to:
        return _("“%(name)s” is merged already, into “%(now)s”.") % {"name": tag, "now": tag.merged_into}
    if into.leads_to == tag:
        return _("“%(into)s” is merged into “%(name)s”. For the other way round, undo that merge first.") % words
    if into.leads_to:
        message = _("“%(into)s” is itself merged into “%(now)s”. Choose that tag, or undo that merge first.")
        return message % {"into": into, "now": into.leads_to}
    return ""


def merge(tag: Tag, into: Tag, *, by) -> Reach:
    """Let `into` stand for `tag` from now on. About thirty queries. Raises CannotMerge or PermissionDenied.

    It is no change that a person made to a draft: versions, reviews and sign-offs stay as they are.
    """
    _require_right(by)
    with transaction.atomic():
        tag, into = _locked(tag, into)
        if refusal := why_not(tag, into):
            raise CannotMerge(refusal)
        reached = reach(tag, into)
        with _settled(reached.drafts | reached.public):
            Tag.objects.filter(leads_to=tag).update(leads_to=into)
            Tag.objects.filter(pk=tag.pk).update(merged_into=into, leads_to=into)
            _tag_anew(tag, into)
        _tell(reached.public)
        details = {name: sorted(getattr(reached, name)) for name in ("drafts", "drafts_with_both", "public")}
        record(Event.Action.MERGED, tag, by=by, into=into.name, into_id=into.pk, **details)
    return reached


def undo(tag: Tag, *, by) -> Reach:
    """Take the merge of `tag` back: each draft that had it has it again, unless somebody took the other one off since.

    Merges can be undone in any order. Forms of these drafts that are open are refused when they are saved, for they
    would take the tag off again. Raises CannotMerge or PermissionDenied.
    """
    _require_right(by)
    with transaction.atomic():
        [tag] = _locked(tag)
        if not tag.leads_to:
            raise CannotMerge(_("“%s” is not merged into another tag, so there is nothing to undo.") % tag)
        into, stood_for_it = tag.merged_into, tag.leads_to
        had_it = TaggedPage.objects.filter(tag=stood_for_it, before__isnull=False)
        pages = frozenset(had_it.values_list("content_object", flat=True)) | _live_pages_on(stood_for_it)
        with _settled(pages):
            back = _merged_by_way_of(tag)
            Tag.objects.filter(pk=tag.pk).update(merged_into=None, leads_to=None)
            Tag.objects.filter(pk__in=back).update(leads_to=tag)
            _give_back(tag, {tag.pk, *back})
        tag.refresh_from_db()
        reached = reach(tag, stood_for_it)
        Page.objects.filter(pk__in=reached.drafts).update(version=F("version") + 1)
        _tell(reached.public)
        details = {name: sorted(getattr(reached, name)) for name in ("drafts", "drafts_with_both", "public")}
        record(Event.Action.UNMERGED, tag, by=by, into=into.name, into_id=into.pk, **details)
    return reached


def note_renamed(tag: Tag) -> None:
    """After it was stored that the tag is called otherwise."""
    with transaction.atomic():
        _tell(_live_pages_on(tag))


def _require_right(by) -> None:
    if not isinstance(by, str) and not by.has_perm(RIGHT):
        raise PermissionDenied(_("Your account may not merge tags."))


def _locked(*tags: Tag) -> list[Tag]:
    """The tags, freshly read, with no other merge and no door open."""
    Stamp.lock()
    found = Tag.objects.select_related("merged_into", "leads_to").in_bulk([tag.pk for tag in tags])
    if any(tag.pk not in found for tag in tags):
        raise CannotMerge(_("Somebody deleted the tag meanwhile."))
    return [found[tag.pk] for tag in tags]


@contextmanager
def _settled(page_ids: Collection[int]) -> Iterator[None]:
    """Pages whose drafts come to have the tags that readers see, or no longer have them, say afterwards what they are.

    For all others a look at the tags is enough: nothing else changes.
    """
    before = _tagged_otherwise(page_ids)
    yield
    doors.settle_states(before ^ _tagged_otherwise(page_ids))


def _tagged_otherwise(page_ids: Collection[int]) -> set[int]:
    """Those of these pages whose draft has other tags than readers see."""
    drafts = set(TaggedPage.objects.filter(content_object__in=page_ids).values_list("content_object", "tag"))
    return {page_id for page_id, _tag in drafts ^ topic_pairs(page_ids)}


def _tag_anew(tag: Tag, into: Tag) -> None:
    rows = list(TaggedPage.objects.filter(tag=tag))
    # Where a draft has both, one row stands for both.
    kept = dict(TaggedPage.objects.filter(tag=into).values_list("content_object", "pk"))
    doubled = {row.pk: kept[row.content_object_id] for row in rows if row.content_object_id in kept}
    _hang_on(TaggedBefore.objects.filter(tagged__in=doubled), doubled)
    TaggedBefore.objects.bulk_create(
        TaggedBefore(tagged_id=doubled.get(row.pk, row.pk), tag=tag) for row in rows if row.is_own
    )
    TaggedPage.objects.filter(pk__in=doubled).delete()
    TaggedPage.objects.filter(tag=tag).update(tag=into, is_own=False)


def _merged_by_way_of(tag: Tag) -> set[int]:
    """The tags that lead where they lead because they were merged into this one, or into one that was."""
    sources = defaultdict(set)
    for number, into in Tag.objects.filter(leads_to=tag.leads_to).values_list("pk", "merged_into"):
        sources[into].add(number)
    found, look_at = set(), [tag.pk]
    while look_at:
        new = sources[look_at.pop()] - found
        found |= new
        look_at += new
    return found


def _give_back(tag: Tag, numbers: set[int]) -> None:
    """To each draft that had one of these tags, of which `tag` stands for the others."""
    had = defaultdict(set)
    for tagged, page_id, number in TaggedBefore.objects.filter(tag__in=numbers).values_list(
        "tagged", "tagged__content_object", "tag"
    ):
        had[tagged, page_id].add(number)
    rows = TaggedPage.objects.bulk_create(
        TaggedPage(tag=tag, content_object_id=page_id, is_own=tag.pk in own) for (_tagged, page_id), own in had.items()
    )
    TaggedBefore.objects.filter(tag=tag).delete()
    stood = {tagged: row.pk for (tagged, _page_id), row in zip(had, rows, strict=True)}
    _hang_on(TaggedBefore.objects.filter(tag__in=numbers), stood)
    # What nobody chose, and nothing is left of that it stands for.
    TaggedPage.objects.filter(pk__in=stood, is_own=False, before__isnull=True).delete()


def _hang_on(kept, instead: dict[int, int]) -> None:
    """Tie what drafts had to other rows: by the row that it hangs on."""
    moved = list(kept)
    for each in moved:
        each.tagged_id = instead[each.tagged_id]
    TaggedBefore.objects.bulk_update(moved, ["tagged"])


def _tell(page_ids: Collection[int]) -> None:
    for derivation in derivations():
        derivation.retag(page_ids)
    Stamp.raise_counter()
