"""The moves of a draft through review: who makes them, what they leave behind, and what a change of the draft does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from publishing import doors, workflow
from publishing.content import draft_content
from publishing.models import Event, ReviewRequest
from publishing.workflow import MoveRefused
from tests.builders import make_reviewer, make_user, move, publish, published, signed
from tests.publishing.admin.test_review_views import ready

pytestmark = pytest.mark.django_db


def again(page):
    return type(page).objects.get(pk=page.pk)


def messages(call) -> list[str]:
    with pytest.raises(MoveRefused) as refused:
        call()
    return [str(problem.message) for problem in refused.value.problems]


def actions() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_the_whole_way_leaves_an_entry_for_each_step():
    author, editor, reviewer = make_user("author"), make_user("editor"), make_reviewer()
    page = ready()
    workflow.submit(page, by=author, message="New.")
    workflow.send_on(page, by=editor)
    workflow.claim(page, by=reviewer)
    content = draft_content(page)
    questions = [each.id for each in workflow.checks.human_questions(page, content)]
    workflow.sign_off(page, by=reviewer, seen=workflow.content_digest(content), confirmed=questions)
    doors.publish(page, by=editor)
    assert actions() == ["submitted", "sent-on", "claimed", "signed-off", "published"]
    assert Event.objects.get(action="submitted").reason == "New."
    assert again(page).live.sign_off.reviewer_name == reviewer.person.name


def test_submitting_lists_everything_at_once_and_a_draft_may_be_saved_incomplete():
    page = ready()
    page.summary, page.body = "", ""
    page.save()
    page.authors.clear()
    with pytest.raises(MoveRefused) as refused:
        workflow.submit(page, by=make_user("author"))
    assert {problem.field for problem in refused.value.problems} >= {"summary", "authors", "body"}
    assert (again(page).state, actions()) == ("draft", [])


def test_page_that_is_no_health_information_is_approved_by_another_editor():
    editor, other = make_user("editor"), make_user("editor")
    page = ready(is_medical=False)
    page.contributions.create(user_id=editor.pk, user_name="E", version=page.version)
    workflow.submit(page, by=editor)
    assert messages(lambda: workflow.send_on(page, by=other)) == [
        "It is not marked as health information: approve it yourself."
    ]
    assert "You have changed this draft" in messages(lambda: workflow.approve(page, by=editor))[0]
    workflow.approve(page, by=other)
    assert publish(page).sign_off is None


def test_health_information_is_not_approved_without_medical_review():
    page = ready()
    workflow.submit(page, by=make_user("author"))
    assert "send it on to medical review" in messages(lambda: workflow.approve(page, by=make_user("editor")))[0]


def test_open_comment_keeps_it_from_medical_review():
    page, editor = ready(), make_user("editor")
    workflow.submit(page, by=make_user("author"))
    workflow.comment(page, by=editor, part="title", part_label="Title", text="Too long.")
    assert messages(lambda: workflow.send_on(page, by=editor)) == ["The comment on “Title” is not resolved yet."]


@pytest.mark.parametrize(("was_public", "state"), [(False, "draft"), (True, "published")])
def test_sending_back_needs_a_reason_and_leaves_an_unchanged_page_published(was_public, state):
    page = published(ready()) if was_public else ready()
    workflow.submit(page, by=make_user("author"))
    assert messages(lambda: workflow.send_back(page, by=make_user("editor"), reason=" "))[0].startswith("Say why")
    workflow.send_back(page, by=make_user("editor"), reason="Cite the source.")
    assert again(page).state == state
    assert Event.objects.latest("pk").reason == "Cite the source."


def test_sending_back_a_withdrawn_page_leaves_it_withdrawn():
    page = published(ready())
    doors.withdraw(page, by="tests", reason="Outdated.")
    workflow.submit(again(page), by=make_user("author"))
    workflow.send_back(page, by=make_user("editor"), reason="Not yet.")
    assert again(page).state == "withdrawn"


def test_moderators_send_nothing_back():
    page = ready()
    workflow.submit(page, by=make_user("author"))
    with pytest.raises(PermissionDenied):
        workflow.send_back(page, by=make_user("moderator"), reason="Because.")
    assert again(page).state == "editorial"


# What a change does


@pytest.mark.parametrize("state", ["editorial", "medical", "approved"])
def test_change_takes_a_draft_out_of_review_and_its_request_out_of_the_queue(state):
    page = ready()
    workflow.submit(page, by=make_user("author"))
    move(page, *{"editorial": [], "medical": ["medical"], "approved": ["medical", "approved"]}[state])
    page = again(page)
    page.title = "Changed"
    page.save()
    assert again(page).state == "draft"
    assert not ReviewRequest.objects.open().exists()


def test_putting_back_what_was_signed_makes_it_approved_again():
    page = signed(ready(title="Signed"))
    page.title = "Changed"
    page.save()
    assert again(page).state == "draft"
    page.title = "Signed"
    page.save()
    doors.settle(page, by="tests")
    assert (again(page).state, Event.objects.latest("pk").action) == ("approved", "restored")


def test_putting_back_what_is_public_makes_it_published_again():
    page = published(ready(title="Public"))
    page.title = "Changed"
    page.save()
    doors.settle(page, by="tests")
    assert again(page).state == "draft"
    page.title = "Public"
    page.save()
    doors.settle(page, by="tests")
    assert again(page).state == "published"


# Taking a review


def test_claim_ends_by_itself_and_others_may_take_it(settings, time_machine_at):
    page, first, second = ready(), make_user("editor"), make_user("editor")
    workflow.submit(page, by=make_user("author"))
    workflow.claim(page, by=first)
    assert messages(lambda: workflow.claim(page, by=second)) == ["Editor has taken this review."]
    time_machine_at(timezone.now() + timedelta(days=settings.REVIEW_CLAIM_DAYS, minutes=1))
    workflow.claim(page, by=second)
    assert ReviewRequest.objects.get().claimed_by == second


def test_contributor_does_not_take_a_medical_review():
    page, reviewer = ready(), make_reviewer()
    page.contributions.create(user_id=reviewer.pk, user_name="R", version=page.version)
    workflow.submit(page, by=make_user("author"))
    workflow.send_on(page, by=make_user("editor"))
    assert "You have changed this draft" in messages(lambda: workflow.claim(page, by=reviewer))[0]


def test_next_stage_is_not_taken_by_who_had_the_last_one():
    page, editor = ready(), make_user("editor")
    workflow.submit(page, by=make_user("author"))
    workflow.claim(page, by=editor)
    workflow.send_on(page, by=editor)
    assert not ReviewRequest.objects.get().is_claimed


# Comments


def test_comment_and_answer_stay_in_the_audit_trail():
    page, reviewer, author = ready(), make_reviewer(), make_user("author")
    workflow.submit(page, by=author)
    workflow.send_on(page, by=make_user("editor"))
    comment = workflow.comment(page, by=reviewer, part="title", part_label="Title", text="Why?")
    workflow.resolve(comment, by=author, resolution="Because.")
    said = Event.objects.filter(action__in=["commented", "resolved"]).order_by("pk")
    assert [(event.user_name, event.reason) for event in said] == [("Reviewer", "Why?"), ("Author", "Because.")]
    assert (
        "has resolved this comment already"
        in messages(lambda: workflow.resolve(comment, by=author, resolution="Again."))[0]
    )


def test_draft_that_is_not_being_reviewed_takes_no_comment():
    page = ready()
    assert messages(
        lambda: workflow.comment(page, by=make_reviewer(), part="title", part_label="Title", text="Why?")
    ) == ["This page is not being reviewed now."]
