"""What is deleted in the course of time, and what is not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments import moderation, networks, retention
from comments.blocks import Block
from comments.comments import Comment
from comments.decisions import Decision
from comments.filters import SpamFilter
from comments.networks import NetworkKey, RecentPosts
from comments.notes import Report
from comments.outbox import OutgoingMail, Subscription
from comments.sending import CONFIRMATIONS
from comments.spam.bayes import train
from comments.spam.current import store
from comments.spam.decisions import own, shipped
from tests.builders import approved, make_article, make_comment, make_user, published

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture
def page():
    return published(make_article())


@pytest.fixture
def moderator():
    return make_user("moderator")


@pytest.fixture
def days_later(time_machine_at):
    start = timezone.now().replace(hour=12)
    time_machine_at(start)
    return lambda days: time_machine_at(start + timedelta(days=days))


def prune():
    """What was done, but for what was nothing."""
    return {name: number for name, number in retention.prune() if number}


def confirmed(comment):
    return moderation.confirm_address(comment)


def reject(comment, by):
    moderation.reject(comment, by=by, version=comment.version, rule="kindness")
    return Comment.objects.get(pk=comment.pk)


def test_hashes_and_keys_of_networks_go_after_30_days(page, days_later):
    days_later(0)
    comment = approved(make_comment(page))
    moderation.report(comment, network="192.0.2.1", reason="other")
    days_later(30)
    prune()
    assert (Comment.objects.exclude(network="").count(), Report.objects.exclude(network="").count()) == (1, 1)
    days_later(31)
    prune()
    assert (Comment.objects.exclude(network="").count(), Report.objects.exclude(network="").count()) == (0, 0)
    assert NetworkKey.objects.filter(day__lt=timezone.localdate() - timedelta(days=30)).count() == 0


def test_two_reports_of_one_comment_both_lose_their_networks(page, days_later):
    days_later(0)
    comment = approved(make_comment(page))
    for number in range(3):
        moderation.report(comment, network=f"192.0.2.{number}", reason="other")
    days_later(40)
    prune()
    assert [each.network for each in Report.objects.all()] == ["", "", ""]


def test_blocked_network_is_kept_by_name_only_once_its_key_is_gone(days_later):
    days_later(0)
    today = timezone.localdate()
    values = {"kind": "network", "day": today, "reason": "A rush", "expires_at": timezone.now() + timedelta(days=30)}
    hashes = [networks.network_hash(f"192.0.2.{number}") for number in range(2)]
    for value in hashes:
        Block.objects.create(value=value, created_by="x", **values)
    days_later(30)
    prune()
    assert set(Block.objects.values_list("value", flat=True)) == set(hashes)
    days_later(31)
    prune()
    assert set(Block.objects.values_list("value", flat=True)) == {f"gone-{each.pk}" for each in Block.objects.all()}


def test_ended_blocks_go_after_a_year(days_later):
    days_later(0)
    Block.objects.create(kind="phrase", value="ended", reason="r", created_by="x", expires_at=timezone.now())
    Block.objects.create(kind="phrase", value="for good", reason="r", created_by="x")
    days_later(364)
    prune()
    assert Block.objects.count() == 2
    days_later(366)
    prune()
    assert [each.value for each in Block.objects.all()] == ["for good"]


@pytest.mark.parametrize(
    ("limit", "minutes"), [(moderation.POSTS, 10), (moderation.OWN_DATA, 60), (CONFIRMATIONS, 24 * 60)]
)
def test_count_of_recent_posts_goes_when_its_limit_is_over(days_later, limit, minutes):
    days_later(0)
    RecentPosts.allow(limit, "192.0.2.1")
    days_later((minutes - 1) / 24 / 60)
    prune()
    assert RecentPosts.objects.exists()
    days_later((minutes + 1) / 24 / 60)
    prune()
    assert not RecentPosts.objects.exists()


def test_address_and_wish_that_were_never_confirmed_go_after_30_days(page, days_later):
    days_later(0)
    make_comment(page, email=ADA, follow=True)
    confirmed(make_comment(page, email="bo@example.org", follow=True))
    days_later(30)
    prune()
    assert Comment.objects.filter(email=ADA).exists()
    days_later(31)
    prune()
    assert [each.email for each in Comment.objects.order_by("pk")] == ["", "bo@example.org"]
    assert [each.email for each in Subscription.objects.all()] == ["bo@example.org"]
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("decide", [reject, lambda c, by: moderation.mark_spam(c, by=by, version=c.version)])
def test_rejected_comments_and_spam_go_after_their_time(page, moderator, days_later, settings, decide):
    settings.COMMENT_REJECTED_DAYS = 100
    days_later(0)
    comment, kept = make_comment(page, email=ADA), approved(make_comment(page))
    decide(comment, moderator)
    moderation.add_note(comment, "A note.", by=moderator)
    days_later(99)
    prune()
    assert Comment.objects.filter(pk=comment.pk).exists()
    days_later(101)
    prune()
    assert list(Comment.objects.all()) == [kept]
    assert Decision.objects.filter(comment_id=comment.pk).exists()


def test_spam_that_no_moderator_saw_goes_too(page, days_later):
    days_later(0)
    comment = make_comment(page)
    Comment.objects.filter(pk=comment.pk).update(state="spam", queued_at=None, queued_for="", decided_at=None)
    days_later(181)
    prune()
    assert not Comment.objects.exists()


def test_rejected_comment_with_answers_is_erased_and_keeps_its_place(page, moderator, days_later):
    days_later(0)
    question = approved(make_comment(page, name="Canaryname"))
    answer = approved(make_comment(page, parent=question, kind="reply"))
    reject(question, moderator)
    days_later(181)
    prune()
    question.refresh_from_db()
    assert (question.state, question.name, question.text) == ("erased", "", "")
    assert Comment.objects.public().get() == answer


def test_rejected_thread_with_rejected_answers_is_deleted_whole(page, moderator, days_later):
    days_later(0)
    question = approved(make_comment(page))
    answer = approved(make_comment(page, parent=question, kind="reply"))
    for comment in (question, answer):
        reject(comment, moderator)
    days_later(181)
    prune()
    assert not Comment.objects.exists()


def test_rejected_comment_with_an_open_objection_stays(page, moderator, days_later):
    days_later(0)
    comment = reject(confirmed(make_comment(page, email=ADA)), moderator)
    moderation.object_to(comment, "I think that it was kind.")
    days_later(400)
    prune()
    assert Comment.objects.get().objection == "I think that it was kind."


def test_public_and_waiting_comments_stay(page, days_later):
    days_later(0)
    kept = [approved(make_comment(page, text="What stays on the page for years.")), make_comment(page)]
    days_later(2000)
    prune()
    assert list(Comment.objects.order_by("pk")) == kept
    assert Comment.objects.get(pk=kept[0].pk).text == "What stays on the page for years."


def test_what_undoing_needs_goes_after_an_hour(page, moderator, days_later):
    days_later(0)
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=comment.version, batch="b")
    days_later(0.9 / 24)
    prune()
    assert Comment.objects.get().before
    days_later(1.1 / 24)
    prune()
    assert Comment.objects.filter(before__isnull=True).count() == 1


def test_marks_of_who_looks_go_after_an_hour(page, moderator, days_later):
    days_later(0)
    moderation.open_item(make_comment(page), by=moderator)
    days_later(1.1 / 24)
    prune()
    assert Comment.objects.filter(opened_by=None, opened_at=None).count() == 1


def test_spam_filter_forgets_what_was_erased(page, days_later):
    days_later(0)
    for number in range(3):
        approved(make_comment(page, email=ADA, text=f"Canaryword and canaryword came up again, number {number}."))
    store(train({label: [*shipped()[label], *own()[label]] for label in ("spam", "genuine")}))
    days_later(1)
    for comment in Comment.objects.all():
        moderation.withdraw(comment)
    assert "canaryword" in str(SpamFilter.objects.get().words)
    assert prune()["spam filters trained anew, without what was erased since"] == 1
    assert "canaryword" not in str(SpamFilter.objects.get().words)


def test_spam_filter_that_learnt_nothing_of_it_stays(page, days_later):
    days_later(0)
    moderation.withdraw(make_comment(page))
    days_later(1)
    kept = store(train(shipped()))
    prune()
    assert SpamFilter.objects.get() == kept


def everything_due(page, moderator):
    """One row at least for each kind of thing that is pruned."""
    trained = store(train(shipped()))
    SpamFilter.objects.filter(pk=trained.pk).update(trained_at=timezone.now() - timedelta(hours=1))
    moderation.withdraw(make_comment(page))
    comment = make_comment(page, email=ADA, follow=True)
    reject(make_comment(page), moderator)
    question = approved(make_comment(page))
    approved(make_comment(page, parent=question, kind="reply"))
    moderation.report(question, network="192.0.2.1", reason="other")
    reject(Comment.objects.get(pk=question.pk), moderator)
    moderation.open_item(comment, by=moderator)
    now = timezone.now()
    Block.objects.create(kind="phrase", value="old", reason="r", created_by="x", expires_at=now)
    network = {"value": networks.network_hash("192.0.2.1"), "day": timezone.localdate()}
    Block.objects.create(kind="network", reason="r", created_by="x", expires_at=now + timedelta(days=200), **network)


def rows():
    models = (Comment, Report, Block, Subscription, RecentPosts, NetworkKey, OutgoingMail)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_dry_run_counts_and_changes_nothing(page, moderator, days_later, capsys):
    days_later(0)
    everything_due(page, moderator)
    days_later(400)
    before = rows()
    counted = dict(retention.prune(dry_run=True))
    call_command("prune", dry_run=True)
    assert [name for name, number in counted.items() if not number] == []
    assert rows() == before
    assert capsys.readouterr().out.startswith("".join(f"{number:>7} {name}\n" for name, number in counted.items()))


def test_second_run_finds_nothing_to_do(page, moderator, days_later):
    days_later(0)
    everything_due(page, moderator)
    days_later(400)
    assert len(prune()) > 8
    assert prune() == {}


def test_more_than_one_batch_is_pruned(page, days_later, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    days_later(0)
    for _ in range(5):
        make_comment(page)
    days_later(31)
    assert prune()["comments freed of the hash of their network"] == 5


def test_keys_of_the_last_30_days_stay(days_later):
    days_later(0)
    today = timezone.localdate()
    for days in range(40):
        NetworkKey.objects.get_or_create(day=today - timedelta(days=days), defaults={"key": str(days)})
    prune()
    assert NetworkKey.objects.order_by("day").values_list("day", flat=True)[0] == today - timedelta(days=30)


def test_filter_forgets_the_words_of_spam_that_is_deleted(page, moderator, time_machine_at):
    for number in range(12):
        spam = make_comment(page, text=f"Zebulonia Quartermain sells at number {number}, and tells everybody.")
        moderation.mark_spam(spam, by=moderator, version=spam.version)
    store(train({label: [*shipped()[label], *own()[label]] for label in shipped()}))
    assert "zebulonia quartermain" in SpamFilter.objects.get().words
    time_machine_at(timezone.now() + timedelta(days=200))
    call_command("prune")
    assert not Comment.objects.exists()
    assert not any("zebulonia quartermain" in each.words for each in SpamFilter.objects.all())
