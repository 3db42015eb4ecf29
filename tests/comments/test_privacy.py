"""What is stored of readers: which columns, for how long, given as a file, and erased to the last trace."""

import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments import moderation, networks, privacy, tokens
from comments.arriving import TooMany
from comments.blocks import Block
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.decisions import Decision
from comments.networks import RecentPosts
from comments.outbox import OutgoingMail, Subscription
from comments.privacy import AS_STORED, stored_under
from comments.retention import prune
from tests.builders import approved, make_comment, make_therapy, make_user, published

pytestmark = pytest.mark.django_db
ADA, BO = "ada@example.org", "bo@example.org"

# Every column of the room, and why it is there. What is about a person, or was made from what a person sent, begins
# with ! and must stand in docs/privacy.md.
TABLES = {
    "comments_comment": {
        "id": "number",
        "page_id": "where it stands",
        "edition_id": "what its writer read",
        "section": "what it is about",
        "parent_id": "its thread",
        "answers_id": "whom it answers",
        "kind": "shown",
        "name": "! shown",
        "text": "! shown",
        "how_given": "! shown",
        "practical_tips": "! shown",
        "unwanted_effects": "! shown",
        "wish_known": "! shown",
        "email": "! mails, proof, export",
        "email_confirmed_at": "! whether the address counts",
        "consent_version": "! proof of the consent",
        "clinician_id": "! shown as a role",
        "is_official": "shown as a role",
        "state": "whether it is public",
        "proposed": "! a change that waits",
        "version": "decisions on what was seen only",
        "posted_at": "! shown, retention",
        "edited_at": "! for moderators",
        "decided_at": "retention, median time",
        "queued_at": "the queue",
        "queued_for": "the queue",
        "priority": "the queue",
        "outcome": "the queue",
        "findings": "! why it was held",
        "flags": "! why it was held",
        "opened_by_id": "who looks at it",
        "opened_at": "who looks at it",
        "before": "! undo",
        "objection": "! the writer's answer",
        "objected_at": "! one objection only",
        "task_id": "what it led to",
        "told_of_fix_at": "told once only",
        "network": "! limits, earlier decisions",
        "fingerprint": "! the same again",
        "submission": "! one form makes one comment",
        "salt": "! the digests of the log",
    },
    "comments_report": {
        "id": "number",
        "comment_id": "what is reported",
        "reason": "for moderators",
        "words": "! for moderators",
        "reported_at": "retention",
        "network": "! once from each network",
        "handled_at": "whether it is dealt with",
    },
    "comments_note": {
        "id": "number",
        "comment_id": "what it is about",
        "author_id": "of the staff",
        "author_name": "of the staff",
        "text": "! for moderators",
        "written_at": "order",
    },
    "comments_subscription": {
        "id": "number",
        "thread_id": "which answers",
        "email": "! where mails go",
        "asked_at": "! retention",
        "confirmed_at": "! proof of the wish",
    },
    "comments_outgoingmail": {
        "id": "number",
        "kind": "what is told",
        "email": "! where it goes",
        "comment_id": "what is told",
        "subscription_id": "what is told",
        "due_at": "when",
        "failures": "when it is given up",
    },
    "comments_decision": {
        "id": "number",
        "recorded_at": "the log",
        "previous_digest": "the log",
        "digest": "the log",
        "action": "the log",
        "comment_id": "the log",
        "page_id": "the log",
        "page_title": "the log",
        "user_id": "of the staff",
        "user_name": "of the staff",
        "state_before": "the log",
        "state_after": "the log",
        "version": "the log",
        "rule": "the log",
        "reason": "! the log, what the writer is told",
        "text_digest": "! the log",
        "batch": "undo",
    },
    "comments_clinician": {
        "id": "number",
        "email": "! whose comments get the role",
        "name": "! shown",
        "credentials": "! shown",
        "verified_how": "! proof",
        "verified_by": "of the staff",
        "verified_on": "! proof",
        "ends_on": "until when",
    },
    "comments_block": {
        "id": "number",
        "kind": "what is blocked",
        "value": "! what is blocked",
        "day": "of the hash",
        "refuses": "how",
        "reason": "for moderators",
        "created_by": "of the staff",
        "created_at": "order",
        "expires_at": "until when",
    },
    "comments_networkkey": {"id": "number", "day": "which", "key": "! hashes of networks"},
    "comments_recentposts": {
        "id": "number",
        "key": "! limits",
        "times": "! limits",
        "last_at": "retention",
    },
    "comments_feedback": {
        "id": "number",
        "page_id": "what it is about",
        "edition_id": "what it is about",
        "section": "what it is about",
        "is_useful": "the answer",
        "remark": "! for editors",
        "given_at": "order",
        "read_at": "whether it is dealt with",
        "read_by": "of the staff",
    },
    "comments_opening": {
        "id": "number",
        "page_id": "where",
        "kind": "where",
        "shelf": "where",
        "mode": "whether readers may write",
        "close_after_days": "whether readers may write",
        "changed_by": "of the staff",
        "changed_at": "of the staff",
    },
    "comments_preparedreply": {
        "id": "number",
        "title": "of the site",
        "purpose": "of the site",
        "text": "of the site",
        "flag": "of the site",
    },
    "comments_spamfilter": {
        "id": "number",
        "trained_at": "which is newest",
        "spam_count": "how well it is trained",
        "genuine_count": "how well it is trained",
        "words": "! the filter",
    },
    "comments_keysoff": {"id": "number", "user_id": "of the staff", "actions": "of the staff"},
}


def columns() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("comments_")]
        described = {name: connection.introspection.get_table_description(cursor, name) for name in tables}
    return {name: {each.name for each in found} for name, found in described.items()}


def test_every_column_is_listed_with_its_reason():
    assert columns() == {table: set(listed) for table, listed in TABLES.items()}


def test_every_personal_column_stands_in_the_privacy_document():
    document = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
    personal = {
        f"{table.removeprefix('comments_')}.{name}"
        for table, listed in TABLES.items()
        for name, why in listed.items()
        if why.startswith("!")
    }
    assert {name for name in personal if f"`{name}`" not in document} == set()


# The file


@pytest.fixture
def page():
    return published(make_therapy())


@pytest.fixture
def moderator():
    return make_user("moderator")


def confirmed(comment):
    return moderation.confirm_address(comment, as_clinician=True)


def file_of(email, claimed=()):
    """As it is read by whoever opens it."""
    return json.loads(json.dumps(privacy.export(stored_under(email), claimed), cls=DjangoJSONEncoder))


# Where the other columns of a comment are found in the file, or why they are not.
ELSEWHERE = {
    "id": "number",
    "page": "page",
    "edition": "edition",
    "parent": "thread",
    "answers": "answers",
    "clinician": "role",
    "task": "led_to_task",
    "before": "earlier",
    "opened_by": None,
    "opened_at": None,
}


def test_file_holds_every_column_of_a_comment(page):
    comment = confirmed(make_comment(page, email=ADA))
    (entry,) = file_of(ADA)["comments"]
    names = {field.name for field in Comment._meta.concrete_fields}
    assert names == set(AS_STORED) | set(ELSEWHERE)
    assert set(entry) == set(AS_STORED) | set(filter(None, ELSEWHERE.values())) | {"decisions"}
    comment.refresh_from_db()
    assert (entry["name"], entry["text"], entry["email"], entry["network"]) == (
        comment.name,
        comment.text,
        ADA,
        comment.network,
    )


def test_file_holds_the_decisions_with_date_rule_and_reason_and_no_moderator(page, moderator):
    comment = confirmed(make_comment(page, email=ADA))
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness", words="Please be kind.")
    ((decision,),) = [each["decisions"] for each in file_of(ADA)["comments"]]
    assert decision.pop("when")
    assert decision == {
        "what": "rejected",
        "rule": "Be kind",
        "reason": "Please be kind.",
        "state_before": "waiting",
        "state_after": "rejected",
    }


def test_file_holds_subscriptions_blocks_and_the_role(page):
    Clinician.objects.create(email=ADA, name="Dr Ada", credentials="MD", verified_how="Register", verified_by="x")
    Block.objects.create(kind="email", value=ADA, reason="Too many comments", created_by="x")
    comment = confirmed(make_comment(page, email=ADA, follow=True))
    found = file_of(ADA)
    assert [each["thread"] for each in found["subscriptions"]] == [comment.pk]
    assert [each["reason"] for each in found["blocks_of_the_address"]] == ["Too many comments"]
    assert [each["credentials"] for each in found["verified_as_clinician"]] == ["MD"]
    assert found["comments"][0]["role"] == {"name": "Dr Ada", "credentials": "MD"}


def test_file_holds_nothing_of_others(page, moderator):
    question = approved(confirmed(make_comment(page, email=BO, name="Canary Bo", text="Canary question of Bo.")))
    mine = confirmed(make_comment(page, email=ADA, parent=question, kind="reply", text="An answer of Ada's."))
    approved(make_comment(page, parent=question, kind="reply", name="Canary", text="Canary answer to both."))
    moderation.add_note(mine, "Canary note.", by=moderator)
    mine = approved(mine)
    moderation.report(mine, network="192.0.2.1", reason="other", words="Canary report.")
    text = json.dumps(file_of(ADA))
    assert "An answer of Ada's." in text
    for foreign in ("Canary", BO, moderator.username, moderator.first_name):
        assert foreign not in text


def test_export_is_logged_without_a_word_of_it(page):
    comment = confirmed(make_comment(page, email=ADA, name="Canary", text="Canary text of Ada."))
    file_of(ADA)
    (decision,) = Decision.objects.filter(action="exported").values()
    assert (decision["comment_id"], decision["user_name"]) == (comment.pk, "its writer")
    assert "anary" not in str(decision)
    assert ADA not in str(decision)


def test_50_people_each_get_their_own_and_nothing_else(page):
    dice, written = random.Random(4), {}
    for number in range(50):
        email = f"reader-{number}@example.org"
        texts = [f"Secret {number}-{each} of one reader." for each in range(dice.randint(1, 3))]
        for text in texts:
            confirmed(make_comment(page, email=email, text=text))
        written[email] = texts
    for email, texts in written.items():
        assert [each["text"] for each in file_of(email)["comments"]] == texts


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_file_grow_only_by_the_log(page, number, django_assert_num_queries, time_machine_at):
    # In the first hour of a day what was sent the day before counts too, under another key.
    time_machine_at(timezone.now().replace(hour=12))
    for _ in range(number):
        confirmed(make_comment(page, email=ADA))
    # Three for each record of the log, and two for its place in the transaction.
    with django_assert_num_queries(15 + 5 * number):
        privacy.export(stored_under(ADA), ())


# Erasing


def dump() -> str:
    """Every value of every table, and every value of the cache, in small letters."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    found += [f"cache: {key} {value!r}" for key, value in cache._cache.items()]
    return "\n".join(found).lower()


def everything_happens_to(page, moderator) -> list[Comment]:
    """Comments of one person that have been through all there is."""
    words = "Canarytext number {} is about the infusion and how it went."
    answers = ("how_given", "practical_tips", "unwanted_effects", "wish_known")
    told = {name: f"Canary{name}" for name in answers} | {"name": "Canaryname", "email": ADA}
    first = make_comment(page, text=words.format(1), follow=True, kind="experience", **told)
    first = approved(confirmed(first))
    moderation.edit(first, first.written | {"text": words.format(2)}, network="192.0.2.1")
    approved(make_comment(page, parent=first, kind="reply", name="Bo", text="An answer that stays in its place."))
    moderation.report(Comment.objects.get(pk=first.pk), network="192.0.2.2", reason="other", words="Canaryreport")
    moderation.add_note(first, "Canarynote", by=moderator)
    moderation.open_task(first, "The year is wrong.", by=moderator)
    second = make_comment(page, email=ADA, name="Canaryname", text=words.format(3), parent=first, kind="reply")
    second = confirmed(second)
    moderation.reject(second, by=moderator, version=second.version, rule="kindness")
    moderation.object_to(Comment.objects.get(pk=second.pk), "Canaryobjection")
    third = make_comment(page, email=ADA, name="Canaryname", text=words.format(4))
    spam = confirmed(make_comment(page, email=ADA, name="Canaryname", text=words.format(5)))
    moderation.mark_spam(spam, by=moderator, version=spam.version)
    Client().get(page.get_absolute_url())
    Client().get(f"/comments/own/{tokens.own_token(first)}/")
    privacy.ask_for_link(ADA, network="192.0.2.1")
    return [first, second, third, spam]


def test_erasing_leaves_no_trace_in_any_table_or_cache(page, moderator, time_machine_at):
    comments = everything_happens_to(page, moderator)
    rows = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    traces = {"canary", ADA, networks.network_hash(ADA)}
    for name in ("network", "fingerprint", "salt"):
        traces |= {value.lower() for value in rows.values_list(name, flat=True)}
    traces.discard("")
    of_network = {value.lower() for value in rows.values_list("network", flat=True)}
    privacy.export(stored_under(ADA), ())
    before = dump()
    assert {trace for trace in traces if trace not in before} == set()
    privacy.erase(stored_under(ADA), [comments[2].pk])
    # What its network has sent still counts, so that erasing gives nobody leave to send more; then it is pruned.
    left = dump()
    assert {trace for trace in traces if trace in left} <= of_network
    assert not any(trace in line for line in left.splitlines() if "recentposts" not in line for trace in traces)
    time_machine_at(timezone.now() + timedelta(hours=1, minutes=1))
    list(prune())
    after = dump()
    assert {trace for trace in traces if trace in after} == set()


def test_erasing_gives_no_leave_to_send_more(page):
    for _ in range(5):
        confirmed(make_comment(page, email=ADA, network="192.0.2.1"))
    privacy.erase(stored_under(ADA), ())
    with pytest.raises(TooMany):
        make_comment(page, network="192.0.2.1")


@pytest.mark.parametrize("take_back", [moderation.withdraw, lambda comment: privacy.erase(stored_under(ADA), ())])
def test_counts_that_limit_nothing_go_with_the_comment(page, time_machine_at, take_back):
    comment = confirmed(make_comment(page, email=ADA, network="192.0.2.1"))
    time_machine_at(timezone.now() + timedelta(minutes=11))
    take_back(comment)
    assert not RecentPosts.objects.exists()


def test_erasing_keeps_the_thread_and_the_answers_of_others(page, moderator):
    first, *_rest = everything_happens_to(page, moderator)
    privacy.erase(stored_under(ADA), ())
    text = Client().get(page.get_absolute_url()).text
    assert "An answer that stays in its place." in text
    assert f'id="comment-{first.pk}"' in text
    assert "Canary" not in text


def test_erasing_is_logged_without_a_word_of_it(page):
    comment = confirmed(make_comment(page, email=ADA))
    privacy.erase(stored_under(ADA), ())
    decision = Decision.objects.get(action="erased")
    assert (decision.comment_id, decision.user_name, decision.reason) == (comment.pk, "its writer", "")


def test_comment_that_only_names_the_address_loses_it_and_nothing_else(page):
    named = make_comment(page, email=ADA, text="What somebody else wrote.", follow=True)
    privacy.erase(stored_under(ADA), ())
    named.refresh_from_db()
    assert (named.email, named.text, named.state) == ("", "What somebody else wrote.", "waiting")
    assert not Subscription.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_erasing_leaves_everybody_else_alone(page):
    for email in (ADA, BO):
        confirmed(make_comment(page, email=email, follow=True))
    privacy.erase(stored_under(ADA), Comment.objects.values_list("pk", flat=True))
    assert [each.email for each in Comment.objects.exclude(state="erased")] == [BO]
    assert [each.email for each in Subscription.objects.all()] == [BO]
    assert [each.email for each in OutgoingMail.objects.all()] == [BO]


def test_address_is_found_however_it_was_typed(page):
    comment = confirmed(make_comment(page, email=ADA))
    assert list(stored_under(" Ada@EXAMPLE.org ").confirmed) == [comment]


def test_block_of_the_address_stays(page):
    confirmed(make_comment(page, email=ADA))
    Block.objects.create(kind="email", value=ADA, reason="Threats", created_by="x")
    privacy.erase(stored_under(ADA), ())
    assert Block.objects.filter(value=ADA).exists()


def test_links_sent_before_are_good_for_nothing_after_erasing(page):
    comment = confirmed(make_comment(page, email=ADA))
    confirm = tokens.confirm_token(comment)
    privacy.erase(stored_under(ADA), ())
    with pytest.raises(tokens.BadToken):
        tokens.comment_to_confirm(confirm)
    assert stored_under(tokens.email_of(tokens.own_data_token(ADA))).is_empty


def test_waiting_comments_are_in_no_public_answer(page):
    """Pending text is seen by moderators only: not by readers, feeds, lists or search engines."""
    make_comment(page, email=ADA, name="Canaryname", text="Canarytext waits for a moderator.")
    for address in ("", "history/", "comments/", "feed/", "comment/"):
        answer = Client().get(page.get_absolute_url() + address)
        assert answer.status_code == 200, address
        assert "Canary" not in answer.text, address
    for address in ("/", "/sitemap.xml", "/feeds/"):
        assert "Canary" not in Client().get(address).text, address


def test_erased_address_may_ask_again_at_once(page, time_machine_at):
    time_machine_at(timezone.now() + timedelta(seconds=1))
    for number in range(5):
        privacy.ask_for_link(ADA, network=f"192.0.2.{number}")
    privacy.erase(stored_under(ADA), ())
    privacy.ask_for_link(ADA, network="192.0.2.9")
    assert OutgoingMail.objects.count() == 1
