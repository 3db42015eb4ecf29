"""Merging tags: everywhere at once, and back again exactly as it was."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.utils import timezone

from publishing import doors, tag_merges
from publishing.admin.tags import TagsField
from publishing.content import content_digest, draft_content
from publishing.derivations import Derivation
from publishing.models import Contribution, Edition, EditionTag, Event, Page, Stamp, Tag, TaggedBefore, TaggedPage
from publishing.tag_merges import CannotMerge, merge, undo
from publishing.verification import verify
from tests.builders import (
    make_article,
    make_condition,
    make_tag,
    make_user,
    move,
    published,
    schedule,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags():
    """Four tags that nothing has yet: a, b, c and d."""
    return [make_tag(name) for name in "abcd"]


def with_tags(*tags, title="Tagged", build=make_article):
    page = build(title=title)
    page.tags.add(*tags)
    return page


def names(page) -> str:
    return "".join(sorted(tag.name for tag in Page.objects.get(pk=page.pk).tags.all()))


def again(tag):
    return Tag.objects.get(pk=tag.pk)


def state(page) -> str:
    return Page.objects.values_list("state", flat=True).get(pk=page.pk)


def merged(tag, into):
    merge(tag, into, by="tests")


def undone(tag):
    undo(tag, by="tests")


def all_rows() -> dict:
    """All that a merge may touch, but for the numbers of rows and the count of changes."""
    return {
        "tags": set(Tag.objects.values_list("name", "slug", "merged_into", "leads_to")),
        "drafts": set(TaggedPage.objects.values_list("content_object", "tag", "is_own")),
        "before": set(TaggedBefore.objects.values_list("tagged__content_object", "tagged__tag", "tag")),
        "pages": set(Page.objects.values_list("pk", "state", "live")),
    }


# Drafts


def test_drafts_are_tagged_anew(tags):
    a, b, c, _d = tags
    drafts = [with_tags(a), with_tags(a, b, c), with_tags(b), with_tags(c)]
    merged(a, b)
    assert [names(page) for page in drafts] == ["b", "bc", "b", "c"]


def test_undoing_gives_each_draft_what_it_had(tags):
    a, b, c, _d = tags
    for each in ([a], [a, b, c], [b], [c]):
        with_tags(*each)
    before = all_rows()
    merged(a, b)
    assert all_rows() != before
    undone(again(a))
    assert all_rows() == before


def test_undoing_leaves_what_was_tagged_meanwhile(tags):
    a, b, c, _d = tags
    taken_off, kept, more = with_tags(a, b), with_tags(a), with_tags(a)
    merged(a, b)
    taken_off.tags.remove("b")
    more.tags.add(c)
    new = with_tags(b)
    gone = with_tags()
    gone.tags.add("a")
    undone(again(a))
    assert [names(page) for page in (taken_off, kept, more, new, gone)] == ["", "a", "ac", "b", "b"]


def test_other_tag_put_back_by_hand_is_the_other_tag(tags):
    a, b, _c, _d = tags
    page = with_tags(a)
    merged(a, b)
    page.tags.remove("b")
    page.tags.add(b)
    undone(again(a))
    assert names(page) == "b"


def test_draft_deleted_meanwhile_is_no_obstacle(tags):
    a, b, _c, _d = tags
    page, kept = with_tags(a), with_tags(a)
    merged(a, b)
    page.delete()
    undone(again(a))
    assert names(kept) == "a"


@pytest.mark.parametrize("order", ["acd", "adc", "cad", "cda", "dac", "dca"])
def test_merges_one_upon_another_are_undone_in_any_order(tags, order):
    """Of a into b, d into b and b into c, which stands for all of them."""
    a, b, c, d = tags
    kinds = {"a", "b", "c", "d", "ab", "bc", "ad", "abd", "acd", "abcd", ""}
    pages = {kind: with_tags(*(tag for tag in tags if tag.name in kind)) for kind in kinds}
    before = all_rows()
    merged(a, b)
    merged(d, b)
    merged(b, c)
    assert {again(tag).leads_to for tag in (a, b, d)} == {c}
    assert {names(page) for kind, page in pages.items() if kind} == {"c"}
    # Undoing “c” is undoing the merge of b.
    left = {"a": "b", "d": "b", "b": "c"}
    for name in order.replace("c", "b"):
        undone(Tag.objects.get(name=name))
        del left[name]
        for kind, page in pages.items():
            assert names(page) == "".join(sorted({stands_for(each, left) for each in kind}))
    assert all_rows() == before


def stands_for(name: str, merges: dict[str, str]) -> str:
    while name in merges:
        name = merges[name]
    return name


def test_tag_can_be_merged_again_after_that_was_undone(tags):
    a, b, c, _d = tags
    page = with_tags(a)
    for into in (b, c, b):
        merged(again(a), into)
        assert names(page) == into.name
        undone(again(a))
        assert names(page) == "a"


# Refusals


def refused(tag, into) -> str:
    before = all_rows()
    with pytest.raises(CannotMerge) as refusal:
        merged(tag, into)
    assert all_rows() == before
    return str(refusal.value)


def test_tag_is_not_merged_into_itself(tags):
    assert refused(tags[0], tags[0]) == "“a” cannot be merged into itself."


def test_the_other_way_round_is_refused_until_the_merge_is_undone(tags):
    a, b, _c, _d = tags
    merged(a, b)
    # As somebody has it whose screen is old.
    assert "“a” is merged into “b”" in refused(b, a)
    undone(again(a))
    merged(b, a)
    assert again(b).leads_to == a


def test_circle_of_three_is_refused(tags):
    a, b, c, _d = tags
    merged(a, b)
    merged(b, c)
    assert "“a” is merged into “c”" in refused(c, a)
    assert "“b” is merged into “c”" in refused(c, b)


def test_merged_tag_is_not_merged_again(tags):
    a, b, c, _d = tags
    merged(a, b)
    assert refused(a, c) == "“a” is merged already, into “b”."


def test_nothing_is_merged_into_a_merged_tag(tags):
    a, b, c, _d = tags
    merged(a, b)
    assert "Choose that tag" in refused(c, a)


def test_there_is_nothing_to_undo_of_a_tag_of_its_own(tags):
    with pytest.raises(CannotMerge, match="nothing to undo"):
        undone(tags[0])


def test_tag_deleted_meanwhile_is_refused(tags):
    a, b, _c, _d = tags
    Tag.objects.filter(pk=b.pk).delete()
    with pytest.raises(CannotMerge, match="deleted"):
        merged(a, b)


@pytest.mark.parametrize(
    ("role", "may"), [("author", 0), ("reviewer", 0), ("moderator", 0), ("editor", 1), ("administrator", 1)]
)
def test_merging_and_undoing_take_the_right_to(tags, role, may):
    a, b, _c, _d = tags
    user = make_user(role)
    if not may:
        with pytest.raises(PermissionDenied):
            merge(a, b, by=user)
        merged(a, b)
        with pytest.raises(PermissionDenied):
            undo(again(a), by=user)
        assert again(a).leads_to == b
    else:
        merge(a, b, by=user)
        undo(again(a), by=user)
        assert again(a).leads_to is None


# What is on record, and what is reviewed


def test_no_edition_changes(tags):
    a, b, _c, _d = tags
    page = published(with_tags(a, b))
    snapshot, ties = page.live.snapshot, list(EditionTag.objects.values())
    merged(a, b)
    assert Edition.objects.get(pk=page.live_id).snapshot == snapshot
    assert list(EditionTag.objects.values()) == ties
    assert verify().faults == []


@pytest.mark.parametrize("kind", ["a", "b", "ab", ""])
def test_published_draft_stays_published(tags, kind):
    """And is then still what readers see: no difference is shown, and settling finds none."""
    a, b, c, _d = tags
    page = published(with_tags(c, *(tag for tag in (a, b) if tag.name in kind)))
    for act in (lambda: merged(a, b), lambda: undone(again(a))):
        act()
        page = type(page).objects.get(pk=page.pk)
        assert not page.has_unpublished_changes()
        doors.settle_states([page.pk])
        assert state(page) == "published"


def test_renamed_tag_is_no_change_of_a_draft(tags):
    page = published(with_tags(*tags))
    tags[0].name = "Zoster"
    tags[0].save()
    assert not type(page).objects.get(pk=page.pk).has_unpublished_changes()


def test_draft_that_comes_to_have_what_readers_see_is_published(tags):
    """Somebody had put b for a; when a goes over to b, nothing is left to publish. Until the merge is undone."""
    a, b, _c, _d = tags
    page = published(with_tags(a))
    page.tags.set([b])
    page.save()
    assert state(page) == "draft"
    merged(a, b)
    assert state(page) == "published"
    undone(again(a))
    assert (state(page), names(page)) == ("draft", "b")


def test_draft_that_differs_otherwise_stays_a_draft(tags):
    a, b, _c, _d = tags
    page = published(with_tags(a))
    page.tags.set([b])
    page.summary = "Another summary."
    page.save()
    merged(a, b)
    assert state(page) == "draft"


@pytest.mark.parametrize("stage", ["editorial", "medical", "approved"])
def test_draft_in_review_stays_there_under_its_sign_off(tags, stage):
    a, b, _c, _d = tags
    page = signed(with_tags(a, build=make_condition))
    stages = ("draft", "editorial", "medical", "approved")
    move(page, *stages[: stages.index(stage) + 1])
    before = Page.objects.values("state", "version", "changed_at").get(pk=page.pk)
    merged(a, b)
    assert Page.objects.values("state", "version", "changed_at").get(pk=page.pk) == before
    page = type(page).objects.get(pk=page.pk)
    assert content_digest(draft_content(page)) == page.sign_offs.get().content_digest
    assert not Contribution.objects.filter(page=page.pk).exists()


def test_signed_page_still_says_reviewed(tags, client):
    a, b, _c, _d = tags
    page = published(with_tags(a, build=make_condition))
    before = client.get(page.get_absolute_url()).context["reading"].claim
    merged(a, b)
    after = client.get(page.get_absolute_url()).context["reading"].claim
    assert (after.edition, after.__dict__.keys()) == (before.edition, before.__dict__.keys())
    assert client.get(page.get_absolute_url()).text.count("Rosa Signer") > 0


def test_whoever_merges_may_sign_off_what_was_tagged(tags):
    a, b, _c, _d = tags
    page = with_tags(a, build=make_condition)
    editor = make_user("editor")
    merge(a, b, by=editor)
    undo(again(a), by=editor)
    assert not page.contributions.filter(user_id=editor.pk).exists()


def test_schedule_with_a_merged_tag_is_published_under_the_other(tags, client):
    a, b, _c, _d = tags
    page = with_tags(a, title="Soon")
    schedule(page, at=timezone.now() + timedelta(hours=1))
    merged(a, b)
    assert doors.run_due(timezone.now() + timedelta(hours=2)) == 1
    assert state(page) == "published"
    assert "Soon" in client.get("/tags/b/").text
    undone(again(a))
    assert "Soon" in client.get("/tags/a/").text
    assert client.get("/tags/b/").status_code == 404


def test_audit_trail_says_who_merged_what_and_where_it_was(tags):
    a, b, _c, _d = tags
    user, page, both = make_user("editor"), published(with_tags(a)), with_tags(a, b)
    merge(a, b, by=user)
    undo(again(a), by=user)
    done, back = Event.objects.filter(subject_label="publishing.tag").order_by("pk")
    assert (done.action, back.action) == ("merged", "unmerged")
    assert (done.user_id, done.subject_id, done.subject_name) == (user.pk, a.pk, "a")
    where = {"into": "b", "into_id": b.pk, "drafts": [page.pk, both.pk], "public": [page.pk]}
    assert done.details == where | {"drafts_with_both": [both.pk]}
    assert back.details == where | {"drafts_with_both": [both.pk]}


def test_stamp_rises_with_merging_undoing_and_renaming(tags):
    a, b, _c, _d = tags
    counts = [Stamp.current().counter]
    for act in (lambda: merged(a, b), lambda: undone(again(a)), lambda: tag_merges.note_renamed(a)):
        act()
        counts.append(Stamp.current().counter)
    assert counts == sorted(set(counts))


class Noted(Derivation):
    told: list = []

    def retag(self, page_ids):
        self.told.append(sorted(page_ids))

    def derive(self, changes):
        pass


def test_derivations_are_told_which_public_pages_read_otherwise(tags, monkeypatch):
    a, b, c, _d = tags
    _draft, on_a, on_b, on_c = with_tags(a), *(published(with_tags(tag)) for tag in (a, b, c))
    monkeypatch.setattr(settings, "DERIVATIONS", (f"{__name__}.Noted",))
    Noted.told = []
    merged(a, b)
    merged(b, c)
    undone(again(a))
    tag_merges.note_renamed(c)
    assert Noted.told == [[on_a.pk], [on_a.pk, on_b.pk], [on_a.pk], [on_b.pk, on_c.pk]]


@pytest.mark.parametrize("count", [1, 4])
def test_merging_costs_the_same_for_any_number_of_pages(tags, django_assert_num_queries, count, monkeypatch):
    """What other rooms derive again is theirs."""
    monkeypatch.setattr(settings, "DERIVATIONS", ())
    a, b, _c, _d = tags
    for _number in range(count):
        published(with_tags(a))
        with_tags(a, b)
    with django_assert_num_queries(28):
        merged(a, b)
    with django_assert_num_queries(32):
        undone(again(a))


# At the same moment


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_of_two_that_merge_two_tags_into_each_other_one_is_refused(emptied_database):
    a, b = make_tag("a"), make_tag("b")
    for _turn in range(10):
        page = with_tags(a, title="Raced")
        answers = race(lambda: merged(a, b), lambda: merged(b, a))
        assert sorted(answers) == ["CannotMerge", "done"]
        [loser] = Tag.objects.filter(leads_to__isnull=False)
        undone(loser)
        assert names(page) == "a"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_draft_tagged_while_the_tag_is_merged_has_the_other(emptied_database):
    a, b = make_tag("a"), make_tag("b")
    for _turn in range(10):
        page = make_article()
        assert race(lambda: merged(a, b), lambda each=page: tagged_by_form(each, a.pk)) == ["done", "done"]
        assert names(page) == "b"
        undone(again(a))


@transaction.atomic
def tagged_by_form(page, number: int) -> None:
    """With no other form and no door open."""
    Stamp.lock()
    page.tags.set(TagsField(Tag.objects.filter(leads_to=None)).clean([str(number)]))


def race(*acts) -> list[str]:
    """What came of each, all begun at once."""
    start, found = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            found.append("done")
        except Exception as failure:  # noqa: BLE001 (whatever it is, the test names it)
            found.append(type(failure).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
