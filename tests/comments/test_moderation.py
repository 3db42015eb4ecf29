from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comments import moderation
from comments.arriving import STAFF_NAMES, TooMany, staff_names
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.decisions import Decision
from comments.notes import Report
from comments.outbox import OutgoingMail, Subscription
from comments.text import name_key
from publishing.freshness import Stamp
from publishing.tasks import ContentTask
from tests.builders import approved, make_article, make_comment, make_therapy, make_user, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_article())


@pytest.fixture
def moderator():
    return make_user("moderator")


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def confirmed(comment):
    return moderation.confirm_address(comment)


def test_posted_comment_waits_unseen(page):
    comment = make_comment(page)
    assert (comment.state, comment.queued_for) == ("waiting", "new")
    assert list(Comment.objects.public()) == []


def test_same_form_sent_twice_makes_one_comment(page):
    first = make_comment(page, submission="the-key-of-one-form")
    second = make_comment(page, submission="the-key-of-one-form")
    assert (first.pk, Comment.objects.count()) == (second.pk, 1)


def test_sixth_comment_of_a_network_within_ten_minutes_is_refused(page):
    for _ in range(5):
        make_comment(page, network="192.0.2.7")
    with pytest.raises(TooMany):
        make_comment(page, network="192.0.2.7")
    assert Comment.objects.count() == 5
    assert make_comment(page, network="192.0.2.8").pk


def test_limit_ends_after_ten_minutes(page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    for _ in range(5):
        make_comment(page, network="192.0.2.7")
    time_machine_at("2026-03-02T10:10:01Z")
    assert make_comment(page, network="192.0.2.7").pk


def test_approving_makes_it_public_and_raises_the_stamp(page, moderator):
    comment, before = make_comment(page), Stamp.current().counter
    moderation.approve(comment, by=moderator, version=comment.version)
    assert list(Comment.objects.public()) == [comment]
    assert again(comment).queued_at is None
    assert Stamp.current().counter == before + 1


def test_decision_is_logged_with_the_name_of_the_time(page, moderator):
    comment = make_comment(page)
    decision = moderation.reject(comment, by=moderator, version=1, rule="kindness", words="Please be kind.")
    User.objects.filter(pk=moderator.pk).delete()
    logged = Decision.objects.get(pk=decision.pk)
    assert (logged.user_name, logged.rule, logged.reason) == (moderator.first_name, "kindness", "Please be kind.")
    assert logged.text_digest == comment.text_digest()


@pytest.mark.parametrize("role", ["author", "editor", "reviewer"])
def test_only_moderators_decide(page, role):
    comment = make_comment(page)
    with pytest.raises(PermissionDenied):
        moderation.approve(comment, by=make_user(role), version=comment.version)
    assert again(comment).state == "waiting"


def test_decision_on_a_changed_comment_is_refused(page, moderator):
    comment = make_comment(page)
    moderation.edit(comment, comment.written | {"text": "Something else altogether."}, network="192.0.2.1")
    with pytest.raises(moderation.ItemChanged):
        moderation.approve(comment, by=moderator, version=comment.version)
    assert again(comment).state == "waiting"


def test_second_decision_on_the_same_comment_is_refused(page, moderator):
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1)
    with pytest.raises(moderation.ItemChanged):
        moderation.mark_spam(comment, by=moderator, version=1)
    assert again(comment).state == "approved"


@pytest.mark.parametrize(
    "decide",
    [
        lambda comment, by: moderation.approve(comment, by=by, version=1, batch="b"),
        lambda comment, by: moderation.reject(comment, by=by, version=1, rule="kindness", batch="b"),
        lambda comment, by: moderation.mark_spam(comment, by=by, version=1, batch="b"),
    ],
)
def test_undo_restores_everything(page, moderator, decide):
    comment = confirmed(make_comment(page, email="ada@example.org"))
    Comment.objects.filter(pk=comment.pk).update(version=1)
    before = Comment.objects.filter(pk=comment.pk).values("state", "queued_at", "queued_for", "priority", "text").get()
    decide(comment, moderator)
    outcomes = moderation.undo("b", by=moderator)
    assert outcomes.done == [comment]
    assert Comment.objects.filter(pk=comment.pk).values(*before).get() == before
    assert not OutgoingMail.objects.exclude(kind="confirm").exists()


def test_undo_ends_after_ten_minutes(page, moderator, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1, batch="b")
    time_machine_at("2026-03-02T10:10:01Z")
    assert moderation.undo("b", by=moderator).done == []
    assert again(comment).state == "approved"


def test_undo_of_another_moderator_changes_nothing(page, moderator):
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1, batch="b")
    assert moderation.undo("b", by=make_user("moderator")).done == []
    assert again(comment).state == "approved"


def test_undo_leaves_what_changed_since(page, moderator):
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1, batch="b")
    moderation.report(comment, network="198.51.100.9", reason="unkind")
    assert [each for each, _why in moderation.undo("b", by=moderator).refused] == [comment]
    assert again(comment).state == "approved"


def test_bulk_decision_names_what_it_refused(page, moderator):
    fresh, stale = make_comment(page), make_comment(page)
    outcomes = moderation.decide_all([(fresh, 1), (stale, 7)], "approve", by=moderator, batch="b")
    assert (outcomes.done, [each for each, _why in outcomes.refused]) == ([fresh], [stale])
    assert again(stale).state == "waiting"


def test_rejected_writer_with_confirmed_address_is_told_later(page, moderator):
    comment = confirmed(make_comment(page, email="ada@example.org"))
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness")
    mail = OutgoingMail.objects.get(kind="rejected")
    assert mail.due_at > timezone.now() + timezone.timedelta(minutes=9)


def test_rejected_writer_without_confirmed_address_is_not_written_to(page, moderator):
    comment = make_comment(page, email="ada@example.org")
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness")
    assert not OutgoingMail.objects.filter(kind="rejected").exists()


def test_edit_of_an_approved_comment_waits_while_the_approved_text_stays(page, moderator):
    comment = approved(make_comment(page, text="How long does one infusion take at home?"))
    moderation.edit(comment, comment.written | {"text": "How long does one infusion take in a clinic?"}, network="::1")
    changed = again(comment)
    assert (changed.state, changed.text) == ("approved", "How long does one infusion take at home?")
    assert changed.queued_for == "edit"
    moderation.approve(changed, by=moderator, version=changed.version)
    assert again(comment).text == "How long does one infusion take in a clinic?"


def test_rejected_edit_leaves_the_approved_text_public(page, moderator):
    comment = approved(make_comment(page, text="How long does one infusion take at home?"))
    changed = moderation.edit(comment, comment.written | {"text": "Buy my pills, they are cheap."}, network="::1")
    moderation.reject(changed, by=moderator, version=changed.version, rule="no-advertising")
    left = again(comment)
    assert (left.state, left.text, left.proposed) == ("approved", "How long does one infusion take at home?", None)


def test_comment_cannot_be_edited_after_fifteen_minutes(page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = make_comment(page)
    time_machine_at("2026-03-02T10:15:01Z")
    with pytest.raises(moderation.NotPossible):
        moderation.edit(comment, comment.written | {"text": "Too late for this."}, network="::1")


def test_report_returns_it_to_the_queue_while_it_stays_public(page):
    comment = approved(make_comment(page))
    moderation.report(comment, network="198.51.100.9", reason="advertising")
    reported = again(comment)
    assert (reported.state, reported.queued_for) == ("approved", "report")


def test_second_report_from_a_network_is_not_counted(page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = approved(make_comment(page))
    moderation.report(comment, network="198.51.100.9", reason="advertising")
    time_machine_at("2026-03-03T10:00Z")
    assert moderation.report(comment, network="198.51.100.9", reason="advertising") is None
    assert Report.objects.count() == 1


def test_own_comment_cannot_be_reported(page):
    comment = approved(make_comment(page, network="192.0.2.7"))
    assert moderation.report(comment, network="192.0.2.7", reason="advertising") is None
    assert again(comment).queued_at is None


def test_writer_objects_once(page, moderator):
    comment = confirmed(make_comment(page, email="ada@example.org"))
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness")
    moderation.object_to(comment, "I did not mean it that way.")
    assert again(comment).queued_for == "objection"
    moderation.reject(comment, by=moderator, version=again(comment).version, rule="kindness")
    with pytest.raises(moderation.NotPossible):
        moderation.object_to(comment, "Once more.")


def test_withdrawing_leaves_nothing_that_was_written(page, moderator):
    comment = approved(
        confirmed(make_comment(page, name="Canary Name", text="A canary that nobody may find.", email="c@example.org"))
    )
    moderation.add_note(comment, "A canary note.", by=moderator)
    moderation.withdraw(comment)
    left = Comment.objects.filter(pk=comment.pk).values().get()
    assert "anary" not in str(left)
    assert (left["state"], left["email"], left["salt"], left["network"]) == ("withdrawn", "", "", "")
    assert not comment.notes.exists()
    assert list(Comment.objects.public()) == []


def test_placeholder_stays_where_a_removed_comment_has_public_answers(page, moderator):
    comment = approved(make_comment(page))
    approved(make_comment(page, parent=comment, kind="reply"))
    alone = approved(make_comment(page))
    moderation.withdraw(comment)
    moderation.withdraw(alone)
    assert list(Comment.objects.shown().in_threads().values_list("state", flat=True)) == ["withdrawn", "approved"]


def test_official_answer_is_public_at_once_and_the_log_names_the_person(page, moderator):
    comment = make_comment(page)
    answer = moderation.reply(comment, "Thank you for asking.", by=moderator, version=1)
    assert set(Comment.objects.public()) == {comment, answer}
    assert (answer.is_official, answer.parent_id) == (True, comment.pk)
    assert Decision.objects.filter(comment_id=answer.pk, user_id=moderator.pk, action="replied").exists()


def test_undoing_an_official_answer_takes_it_away(page, moderator):
    comment = make_comment(page)
    answer = moderation.reply(comment, "Thank you for asking.", by=moderator, version=1, batch="b")
    assert len(moderation.undo("b", by=moderator).done) == 2
    assert (again(comment).state, again(answer).state, again(answer).text) == ("waiting", "withdrawn", "")


def test_followers_hear_of_an_approved_answer(page, moderator):
    thread = approved(confirmed(make_comment(page, email="ada@example.org", follow=True)))
    answer = make_comment(page, parent=thread, kind="reply")
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    moderation.approve(answer, by=moderator, version=1)
    assert OutgoingMail.objects.get(kind="reply").email == "ada@example.org"


def test_subscription_counts_only_once_confirmed(page, moderator):
    thread = approved(make_comment(page, email="ada@example.org", follow=True))
    moderation.approve(make_comment(page, parent=thread, kind="reply"), by=moderator, version=1)
    assert Subscription.objects.filter(confirmed_at=None).count() == 1
    assert not OutgoingMail.objects.filter(kind="reply").exists()


def test_clinician_is_known_by_a_proved_address_only(page):
    Clinician.objects.create(email="doc@example.org", name="Dr Rosa", credentials="MD", verified_how="Register")
    comment = make_comment(page, email="doc@example.org")
    assert comment.clinician is None
    assert moderation.confirm_address(comment, as_clinician=True).clinician.name == "Dr Rosa"


def test_comment_becomes_a_task_for_the_page(page, moderator):
    comment = make_comment(page, kind="correction", section="body")
    task = moderation.open_task(comment, "The year is wrong.", by=moderator, section="body")
    assert (task.page_id, task.edition, task.section, task.is_from_reader) == (page.pk, page.live, "body", True)
    assert again(comment).task == task


def test_other_moderators_see_who_has_it_open(page, moderator):
    comment = make_comment(page)
    moderation.open_item(comment, by=moderator)
    assert moderation.open_item(comment, by=make_user("moderator")) == moderator.first_name


def test_put_back_is_decided_again(page, moderator):
    comment = make_comment(page)
    moderation.mark_spam(comment, by=moderator, version=1)
    moderation.put_back(comment, by=moderator, version=2)
    assert again(comment).state == "waiting"


# What the database itself refuses


def refused(statement: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError:
        return True
    return False


def test_database_refuses_to_publish_without_a_decision(page):
    comment = make_comment(page)
    assert refused(
        "UPDATE comments_comment SET state = 'approved', decided_at = posted_at, queued_at = NULL, queued_for = '' "
        "WHERE id = %s",
        comment.pk,
    )


def test_database_refuses_to_bring_back_what_was_withdrawn(page):
    comment = make_comment(page)
    moderation.withdraw(comment)
    assert refused("UPDATE comments_comment SET state = 'spam', name = 'x', text = 'x' WHERE id = %s", comment.pk)


def test_database_refuses_an_answer_two_levels_deep(page):
    thread = approved(make_comment(page))
    answer = approved(make_comment(page, parent=thread, kind="reply"))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_comment(page, parent=answer, kind="reply")


def test_database_refuses_an_answer_from_another_page(page):
    thread = approved(make_comment(page))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_comment(published(make_therapy()), parent=thread, kind="reply")


def test_database_refuses_to_change_the_log(page, moderator):
    comment = make_comment(page)
    moderation.approve(comment, by=moderator, version=1)
    assert refused("UPDATE comments_decision SET user_name = 'somebody else'")
    assert refused("DELETE FROM comments_decision")


def test_network_that_may_send_no_more_is_not_judged(page, monkeypatch):
    for _ in range(5):
        make_comment(page, network="192.0.2.9")
    with pytest.raises(TooMany):
        make_comment(page, network="192.0.2.9")
    monkeypatch.setattr(moderation, "judged", pytest.fail)
    with pytest.raises(TooMany):
        make_comment(page, network="192.0.2.9")


def test_limit_holds_over_midnight(page, time_machine_at):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    time_machine_at(midnight - timedelta(seconds=2))
    for _ in range(5):
        make_comment(page, network="192.0.2.9")
    time_machine_at(midnight + timedelta(seconds=2))
    with pytest.raises(TooMany):
        make_comment(page, network="192.0.2.9")


def test_confirming_an_address_is_no_change_of_the_comment(page, moderator):
    comment = make_comment(page, email="ada@example.org")
    moderation.approve(comment, by=moderator, version=comment.version, batch="b")
    confirmed(comment)
    moderation.undo("b", by=moderator)
    assert again(comment).state == "waiting"


def test_clinician_who_is_not_asked_for_the_role_stays_a_reader(page):
    Clinician.objects.create(email="rosa@example.org", name="Dr Rosa", credentials="MD", verified_how="Seen")
    assert confirmed(make_comment(page, email="rosa@example.org")).clinician is None


def test_words_under_the_name_of_a_clinician_stay_as_they_were_vouched_for(page):
    Clinician.objects.create(email="rosa@example.org", name="Dr Rosa", credentials="MD", verified_how="Seen")
    comment = moderation.confirm_address(make_comment(page, email="rosa@example.org"), as_clinician=True)
    with pytest.raises(moderation.NotPossible):
        moderation.edit(comment, comment.written | {"text": "Other words."}, network="192.0.2.1")


def test_rejection_is_told_when_the_address_is_confirmed_afterwards(page, moderator):
    comment = make_comment(page, email="ada@example.org")
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness")
    confirmed(comment)
    mail = OutgoingMail.objects.get(kind="rejected")
    assert mail.due_at == again(comment).decided_at + timedelta(minutes=moderation.UNDO_MINUTES)


def test_unproved_address_ends_nobodys_subscription(page):
    first = confirmed(approved(make_comment(page, email="ada@example.org", follow=True)))
    troll = make_comment(page, parent=first, kind="reply", email="ada@example.org", name="Troll")
    moderation.withdraw(troll)
    assert Subscription.objects.filter(email="ada@example.org", confirmed_at__isnull=False).exists()


def test_undoing_leaves_mails_about_other_things(page, moderator):
    comment = confirmed(approved(make_comment(page, email="ada@example.org")))
    OutgoingMail.objects.create(kind="fixed", email="ada@example.org", comment=comment)
    moderation.reject(comment, by=moderator, version=comment.version, rule="kindness", batch="b")
    assert OutgoingMail.objects.filter(kind="rejected").exists()
    moderation.undo("b", by=moderator)
    assert [mail.kind for mail in OutgoingMail.objects.exclude(kind="confirm")] == ["fixed"]


def test_report_is_not_hidden_by_a_change(page, moderator):
    comment = approved(make_comment(page))
    moderation.report(comment, network="198.51.100.1", reason="dangerous")
    moderation.edit(comment, comment.written | {"text": "Other words."}, network="192.0.2.1")
    comment = again(comment)
    assert comment.queued_for == "report"
    moderation.approve(comment, by=moderator, version=comment.version)
    logged = list(moderation.decisions_about(comment).values_list("action", flat=True))
    assert logged[-2:] == ["kept", "edit-approved"]


def test_change_takes_no_flag_away(page):
    comment = make_comment(page, text="I want to die. Nobody would miss me.")
    moderation.edit(comment, comment.written | {"text": "The clinic has a new lift."}, network="192.0.2.1")
    comment = again(comment)
    assert comment.flags == ["emergency"]
    assert all(each["reason"].startswith("Before a change") for each in comment.findings if each["flag"])


def test_what_was_found_in_a_rejected_change_goes_with_it(page, moderator):
    comment = approved(make_comment(page))
    moderation.edit(comment, comment.written | {"text": "Call me: +44 20 7946 0958, all day."}, network="192.0.2.1")
    comment = again(comment)
    assert "7946" in str(comment.findings)
    moderation.reject(comment, by=moderator, version=comment.version, rule="privacy", batch="b")
    assert (again(comment).findings, again(comment).flags) == ([], [])
    moderation.undo("b", by=moderator)
    assert "7946" in str(again(comment).findings)


def test_moderator_has_one_comment_open_at_a_time(page, moderator):
    first, second = make_comment(page), make_comment(page)
    moderation.open_item(first, by=moderator)
    moderation.open_item(second, by=moderator)
    assert (again(first).opened_by, again(second).opened_by) == (None, moderator)


@pytest.mark.parametrize("change", [{"text": "What nobody has read"}, {"name": "Somebody else"}])
def test_database_refuses_other_words_for_a_public_comment(page, change):
    comment = approved(make_comment(page))
    for values in (change, change | {"version": comment.version + 7}):
        with pytest.raises(IntegrityError, match="recorded decision"), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**values)


def test_database_refuses_to_move_a_comment(page):
    other, first = published(make_therapy(title="Other")), approved(make_comment(page))
    answer = approved(make_comment(page, parent=first, kind="reply"))
    for values in ({"page": other}, {"parent": None}):
        with pytest.raises(IntegrityError, match="stays where it was written"), transaction.atomic():
            Comment.objects.filter(pk=answer.pk).update(**values)


def test_unproved_address_ends_no_subscription_where_its_owner_wrote_nothing(page):
    first = approved(make_comment(page))
    Subscription.objects.create(thread=first, email="ada@example.org", confirmed_at=timezone.now())
    moderation.withdraw(make_comment(page, parent=first, kind="reply", email="ada@example.org", name="Troll"))
    assert Subscription.objects.filter(email="ada@example.org").exists()


def test_subscription_lasts_while_its_owner_has_a_comment_in_the_thread(page):
    first = confirmed(approved(make_comment(page, email="ada@example.org", follow=True)))
    second = confirmed(make_comment(page, parent=first, kind="reply", email="ada@example.org"))
    moderation.withdraw(second)
    assert Subscription.objects.filter(email="ada@example.org").exists()
    moderation.withdraw(first)
    assert not Subscription.objects.filter(email="ada@example.org").exists()


def test_log_is_locked_before_the_audit_trail(page, moderator, monkeypatch):
    """Approving locks the log and then the stamp, publishing the stamp and then the trail: no other order may be."""
    logged = []
    opening = ContentTask.open_task

    def open_task(*args, **values):
        logged.extend(Decision.objects.filter(action="task-opened"))
        return opening(*args, **values)

    monkeypatch.setattr(ContentTask, "open_task", open_task)
    moderation.open_task(make_comment(page), "The year is wrong.", by=moderator)
    assert len(logged) == 1


def test_names_of_verified_clinicians_are_not_for_others():
    cache.delete(STAFF_NAMES)
    Clinician.objects.create(email="rosa@example.org", name="Dr Rosa Quill", credentials="MD", verified_how="Seen")
    assert name_key("Dr Rosa Quill") in staff_names()
    cache.delete(STAFF_NAMES)
