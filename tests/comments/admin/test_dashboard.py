"""Moderation on the first page of the staff side."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import mails, moderation
from comments.admin import dashboard
from comments.admin.dashboard import moderation_of
from comments.comments import Comment
from tests.builders import make_article, make_comment, make_user, published

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def page():
    return published(make_article())


@pytest.fixture
def moderator():
    return make_user("moderator")


def waiting(page, *, hours=0, **values):
    comment, since = make_comment(page), timezone.now() - hours * HOUR
    Comment.objects.filter(pk=comment.pk).update(queued_at=since, posted_at=since, **values)
    return Comment.objects.get(pk=comment.pk)


def test_what_waits_and_since_when(page):
    oldest, flagged = waiting(page, hours=5), waiting(page, hours=2, priority=1, flags=["emergency"])
    waiting(page)
    now = moderation_of()
    assert [now.waiting, now.oldest, now.flagged, now.oldest_flagged] == [
        3,
        oldest.queued_at,
        1,
        flagged.queued_at,
    ]


def test_reports_and_objections_are_counted(page, moderator):
    reported, objected = make_comment(page), make_comment(page, email="ada@example.org")
    moderation.approve(reported, by=moderator, version=1)
    moderation.report(reported, network="192.0.2.1", reason="unkind")
    objected = moderation.confirm_address(objected)
    moderation.reject(objected, by=moderator, version=objected.version, rule="kindness")
    moderation.object_to(objected, "That is not so.")
    now = moderation_of()
    assert [now.waiting, now.reported, now.objections] == [2, 1, 1]


def test_alarm_and_mail_go_by_the_same_time():
    assert dashboard.ALARM_AFTER is mails.ALARM_AFTER


@pytest.mark.parametrize(("minutes", "is_alarming"), [(59, False), (61, True)])
def test_alarm_when_a_flag_of_safety_waits_longer_than_an_hour(client, page, moderator, minutes, is_alarming):
    waiting(page, hours=minutes / 60, priority=2, flags=["side-effect"])
    waiting(page, hours=9)
    assert moderation_of().is_alarming is is_alarming
    client.force_login(moderator)
    assert ("about somebody's safety has waited" in client.get("/admin/").text) is is_alarming


def test_median_is_that_of_first_decisions(page, moderator):
    for hours in (1, 2, 30):
        comment = waiting(page, hours=hours)
        moderation.approve(comment, by=moderator, version=comment.version)
    # A second look at an old comment is no first decision.
    old = waiting(page, hours=1)
    moderation.approve(old, by=moderator, version=old.version)
    Comment.objects.filter(pk=old.pk).update(posted_at=timezone.now() - 900 * HOUR)
    moderation.report(old, network="192.0.2.1", reason="other")
    old = Comment.objects.get(pk=old.pk)
    Comment.objects.filter(pk=old.pk).update(posted_at=timezone.now() - HOUR)
    moderation.approve(old, by=moderator, version=old.version)
    assert round(moderation_of().median / HOUR, 1) == 1.5


def test_share_reversed_counts_undone_and_turned_decisions(page, moderator):
    comments = [make_comment(page) for _ in range(4)]
    for comment in comments[:3]:
        moderation.approve(comment, by=moderator, version=1, batch=f"batch-{comment.pk}")
    moderation.undo(f"batch-{comments[0].pk}", by=moderator)
    rejected = moderation.reject(comments[3], by=moderator, version=1, rule="kindness")
    moderation.approve(comments[3], by=moderator, version=rejected.version)
    now = moderation_of()
    assert [now.decided, now.reversed, now.percent_reversed] == [5, 2, 40]


def test_decisions_of_longer_ago_are_left_out(page, moderator, time_machine_at):
    now = timezone.now()
    time_machine_at(now - timedelta(days=31))
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1)
    time_machine_at(now)
    assert [moderation_of().decided, moderation_of().median] == [0, None]


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(page, moderator, items, django_assert_num_queries):
    for _ in range(items):
        waiting(page, priority=1)
        comment = make_comment(page)
        moderation.approve(comment, by=moderator, version=1)
    with django_assert_num_queries(2):
        assert moderation_of().waiting == items


def test_only_moderators_see_it(client, page):
    waiting(page, hours=2, priority=1)
    for role, sees in (("author", False), ("editor", False), ("moderator", True), ("administrator", True)):
        client.force_login(make_user(role))
        assert ("Comments of readers</h2>" in client.get("/admin/").text) is sees, role
