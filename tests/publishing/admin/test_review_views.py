"""The screens of review: what they show, to whom, and what they keep of what was typed."""

import re

import pytest

from publishing import doors, workflow
from publishing.content import content_digest, draft_content
from publishing.models import Event, Page, ReviewComment, SignOff
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_person,
    make_reference,
    make_reviewer,
    make_user,
    move,
    publish,
    published,
    signed,
)
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
ROLES = ("author", "editor", "reviewer", "moderator", "administrator")
READERS_OF_REVIEWS = {"author", "editor", "reviewer", "administrator"}


@pytest.fixture
def author(client):
    client.force_login(make_user("author"))
    return client


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def reviewer(client):
    client.force_login(make_reviewer())
    return client


def again(page):
    return type(page).objects.get(pk=page.pk)


def ready(**values):
    """An article that no check stops."""
    page = make_article(body="<h2>What it is</h2><p>Cells that guard us.</p>", **values)
    page.authors.update(interests="None")
    reference = make_reference(is_checked=True, url="https://example.org/", kind="guideline")
    page.body += f'<p>They are small.<sup data-ref="{reference.key}"></sup></p>'
    page.save()
    assert workflow.blocking_problems(page, draft_content(page)) == []
    return page


def in_review(page, stage="medical"):
    workflow.submit(page, by=make_user("author"), message="Please look at the new paragraph.")
    if stage == "medical":
        workflow.send_on(page, by=make_user("editor"))
    return again(page)


def answers(page):
    """A sign-off form with every box ticked, as it was opened."""
    content = draft_content(page)
    from_form = {"seen": content_digest(content), "scope": "whole", "note": ""}
    return from_form | {f"confirmed-{each.id}": "on" for each in workflow.checks.human_questions(page, content)}


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Who sees it


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["review", "compare"])
def test_only_those_who_take_part_in_reviews_see_them(client, role, name):
    page = in_review(ready())
    client.force_login(make_user(role))
    assert client.get(address(page, name)).status_code == (200 if role in READERS_OF_REVIEWS else 403)


@pytest.mark.parametrize("name", ["sign_off", "claim", "release", "comment"])
def test_what_acts_is_not_done_by_looking(reviewer, name):
    assert reviewer.get(address(in_review(ready()), name)).status_code == 405


@pytest.mark.parametrize("number", [7, "9" * 23])
@pytest.mark.parametrize("name", ["review", "compare", "sign-off", "claim", "release", "comment"])
def test_review_of_a_page_that_is_not_there_answers_404(reviewer, name, number):
    answer = reviewer.post if name not in ("review", "compare") else reviewer.get
    assert answer(f"/admin/articles/article/{number}/{name}/").status_code == 404


# What it shows


def test_new_page_is_shown_as_all_new(reviewer):
    page = in_review(ready(title="Mast cells"))
    response = reviewer.get(address(page, "review"))
    assert response.context["is_new"]
    assert {part.difference.change for part in response.context["parts"]} == {"added"}
    shown = words(response)
    assert "Please look at the new paragraph" not in shown
    assert "[added: Mast cells end of added]" in shown


def test_changed_page_shows_only_what_differs_from_what_readers_see(reviewer):
    page = published(ready(title="Mast cells"))
    page.title = "Mast cells explained"
    page.save()
    response = reviewer.get(address(in_review(page), "review"))
    assert [part.difference.key for part in response.context["parts"]] == ["title"]
    assert "Mast cells [added: explained end of added]" in words(response)


def test_change_since_the_last_sign_off_is_shown_apart(reviewer):
    page = signed(published(ready(title="First")))
    page.title = "Second"
    page.save()
    page = signed(page)
    page.title = "Third"
    page.save()
    against_live = reviewer.get(address(page, "review"))
    against_signed = reviewer.get(address(page, "review") + "?against=sign-off")
    assert [each.context["parts"][0].difference.before for each in (against_live, against_signed)] == [
        "First",
        "Second",
    ]


def test_spelling_that_was_corrected_since_the_sign_off_is_shown_to_the_next_reviewer(reviewer):
    page = published(ready(summary="It lines the tisue."))
    page.summary = "It lines the tissue."
    page.save()
    assert doors.publish_spelling(page, by="tests").spelling_changes > 0
    page = again(page)
    page.title = "Now more"
    page.save()
    response = reviewer.get(address(in_review(page), "review"))
    assert [part.difference.key for part in response.context["parts"]] == ["title"]
    assert [part.difference.key for part in response.context["unseen"]["parts"]] == ["summary"]
    assert "Spelling corrected since the last sign-off" in words(response)


def test_message_checks_and_sources_are_on_the_screen(editor):
    page = in_review(ready(), stage="editorial")
    response = editor.get(address(page, "review"))
    shown = words(response)
    assert "Please look at the new paragraph." in shown
    assert "Source number" in shown
    assert response.context["checklist"].groups is not None


@pytest.mark.parametrize("count", [1, 3])
def test_review_costs_the_same_for_any_number_of_comments(reviewer, django_assert_num_queries, count):
    page = in_review(published_and_changed())
    for number in range(count):
        workflow.comment(page, by=make_reviewer(), part="title", part_label="Title", text=f"Why {number}?")
    reviewer.get(address(page, "review"))
    with django_assert_num_queries(47):
        response = reviewer.get(address(page, "review"))
    assert len(response.context["parts"][0].comments) == count


def published_and_changed():
    page = published(ready())
    page.title = "Changed"
    page.save()
    return page


# Taking a review


def test_review_is_taken_and_given_back_and_others_see_who_has_it(client, reviewer):
    page = in_review(ready())
    reviewer.post(address(page, "claim"))
    taken = words(reviewer.get(address(page, "review")))
    assert "Reviewer has taken it" in taken
    assert "Give the review back" in taken
    other = make_reviewer()
    client.force_login(other)
    refused = client.post(address(page, "claim"), follow=True)
    assert "Reviewer has taken this review." in words(refused)
    assert "Reviewer has taken this review." in words(client.post(address(page, "sign_off"), answers(page)))
    assert Event.objects.filter(action="claimed").count() == 1
    assert "have not taken this review" in words(client.post(address(page, "release"), follow=True))


@pytest.mark.parametrize(("stage", "allowed"), [("editorial", {"editor", "administrator"}), ("medical", {"reviewer"})])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["claim", "comment"])
def test_only_who_reviews_at_that_stage_takes_it_and_comments(client, role, stage, allowed, name):
    page = in_review(ready(), stage=stage)
    client.force_login(make_user(role))
    before = Event.objects.count()
    response = client.post(address(page, name), {"part": "title", "text": "Why?"})
    assert response.status_code == (302 if role in allowed else 403)
    assert Event.objects.count() - before == (1 if role in allowed else 0)


# Comments


def test_comment_is_kept_at_its_part_and_resolved_by_an_author_on_the_form(client, reviewer):
    page = in_review(ready())
    reviewer.post(address(page, "comment"), {"part": "section:body", "text": "How small?"})
    comment = ReviewComment.objects.get()
    assert (comment.part, comment.part_label, comment.written_by) == ("section:body", "text", "Reviewer")
    assert "How small?" in words(reviewer.get(address(page, "review")))

    client.force_login(make_user("author"))
    form = client.get(address(page))
    assert f'href="{address(page)}#id_body"' in form.content.decode()
    assert "1 open comment on the draft" in words(form)
    resolve = f"/admin/articles/article/{page.pk}/comments/{comment.pk}/resolve/"
    refused = client.post(resolve, {"resolution": " "})
    assert "Say what was done about it." in words(refused)
    done = client.post(resolve, {"resolution": "Ten micrometres.", "from_form": "1"})
    assert done.url == address(page)
    comment.refresh_from_db()
    assert (comment.resolution, comment.resolved_by) == ("Ten micrometres.", "Author")
    assert "1 resolved comment" in words(client.get(address(page)))


def test_empty_comment_is_explained_at_its_part(reviewer):
    page = in_review(published_and_changed())
    response = reviewer.post(address(page, "comment"), {"part": "title", "text": " "})
    assert response.context["parts"][0].form.errors == {"text": ["Write what you ask for."]}
    other = reviewer.post(address(page, "comment"), {"part": "section:body", "text": ""})
    assert other.context["other_form"].errors == {"text": ["Write what you ask for."]}
    assert not ReviewComment.objects.exists()


@pytest.mark.parametrize("part", ["", "section:none", "title\x00", "x" * 5000, "<b>"])
def test_comment_on_a_part_that_is_not_there_is_refused(reviewer, part):
    page = in_review(ready())
    response = reviewer.post(address(page, "comment"), {"part": part, "text": "Why?"}, follow=True)
    assert "no longer there" in words(response)
    assert not ReviewComment.objects.exists()


@pytest.mark.parametrize("number", ["", "9" * 23])
def test_comment_of_another_page_is_not_resolved_from_here(author, number):
    page, other = in_review(ready()), in_review(ready())
    comment = workflow.comment(other, by=make_reviewer(), part="title", part_label="title", text="Why?")
    number = number or comment.pk
    answer = author.post(f"/admin/articles/article/{page.pk}/comments/{number}/resolve/", {"resolution": "Done."})
    assert answer.status_code == 404
    comment.refresh_from_db()
    assert comment.is_open


def test_resolving_is_for_authors_and_reviewers(client):
    page = in_review(ready())
    for role in ROLES:
        comment = workflow.comment(page, by=make_reviewer(), part="title", part_label="title", text="Why?")
        client.force_login(make_user(role))
        where = f"/admin/articles/article/{page.pk}/comments/{comment.pk}/resolve/"
        assert client.post(where, {"resolution": "Done."}).status_code == (302 if role in READERS_OF_REVIEWS else 403)
        comment.refresh_from_db()
        assert comment.is_open == (role not in READERS_OF_REVIEWS)


# Signing off


def test_sign_off_asks_every_question_and_says_what_becomes_public(reviewer):
    page = in_review(ready())
    response = reviewer.get(address(page, "review"))
    asked = [box.field.label for box in response.context["sign_off_form"].boxes]
    assert asked == [each.question for each in workflow.checks.human_questions(page, draft_content(page))]
    assert len(asked) >= 3
    assert all(" required" in str(box) for box in response.context["sign_off_form"].boxes)
    assert "Credentials MD" in words(response)
    assert [value for value, _label in response.context["sign_off_form"].fields["scope"].choices] == ["whole"]


def test_signing_off_records_exactly_what_was_read(reviewer):
    page = in_review(ready())
    assert reviewer.post(address(page, "sign_off"), answers(page) | {"note": "Good."}).url == address(page)
    signed_off = SignOff.objects.get()
    assert signed_off.content == draft_content(page)
    assert (signed_off.scope, signed_off.note, again(page).state) == ("whole", "Good.", "approved")
    assert [each["id"] for each in signed_off.answers] == [
        each.id for each in workflow.checks.human_questions(page, draft_content(page))
    ]


def test_refusals_come_all_at_once_and_nothing_typed_is_lost(reviewer):
    page = in_review(ready())
    workflow.comment(page, by=make_reviewer(), part="title", part_label="title", text="Why?")
    workflow.comment(page, by=make_reviewer(), part="summary", part_label="summary", text="Why?")
    data = answers(page)
    missing = next(name for name in data if name.startswith("confirmed-"))
    del data[missing]
    response = reviewer.post(address(page, "sign_off"), data | {"note": "My long note."})
    shown = words(response)
    assert "The comment on “title” is not resolved yet." in shown
    assert "The comment on “summary” is not resolved yet." in shown
    assert list(response.context["sign_off_form"].errors) == [missing]
    assert "My long note." in shown
    assert response.content.decode().count(" checked") == len(data) - 3 + 1
    assert not SignOff.objects.exists()


def test_content_that_changed_after_it_was_read_is_not_signed(reviewer):
    page = in_review(ready())
    data = answers(page)
    page.title = "Changed meanwhile"
    page.save()
    move(page, "editorial", "medical")
    response = reviewer.post(address(page, "sign_off"), data | {"note": "Kept."})
    assert "was changed since you opened this page" in words(response)
    form = response.context["sign_off_form"]
    assert form["seen"].value() == content_digest(draft_content(again(page)))
    assert not any(box.value() for box in form.boxes)
    assert form["note"].value() == "Kept."
    assert not SignOff.objects.exists()


def test_part_is_offered_after_a_review_of_the_whole_page_and_says_which_parts(reviewer):
    page = in_review(published_and_changed())
    response = reviewer.get(address(page, "review"))
    assert len(response.context["sign_off_form"].fields["scope"].choices) == 2
    assert response.context["changed_since"] == ["title"]
    reviewer.post(address(page, "sign_off"), answers(page) | {"scope": "part"})
    newest = SignOff.objects.latest("pk")
    assert (newest.scope, newest.parts, newest.whole_review.scope) == ("part", ["title"], "whole")


def test_scope_that_is_not_offered_is_refused(reviewer):
    page = in_review(ready())
    response = reviewer.post(address(page, "sign_off"), answers(page) | {"scope": "part"})
    assert "scope" in response.context["sign_off_form"].errors
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("is_superuser", [False, True])
def test_whoever_changed_the_draft_sees_why_they_cannot_sign_it_off(client, is_superuser):
    page = ready()
    user = make_reviewer()
    user.is_superuser = is_superuser
    user.save()
    page.contributions.create(user_id=user.pk, user_name="R", version=page.version)
    page = in_review(page)
    client.force_login(user)
    shown = client.get(address(page, "review"))
    assert shown.context["sign_off_form"] is None
    assert "You have changed this draft since it was last published" in words(shown)
    assert "You have changed this draft" in words(client.post(address(page, "sign_off"), answers(page)))
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("role", ["author", "editor", "moderator", "administrator"])
def test_others_than_medical_reviewers_cannot_sign_off(client, role):
    page = in_review(ready())
    user = make_user(role)
    make_person(user=user, interests="None")
    client.force_login(user)
    assert client.post(address(page, "sign_off"), answers(page)).status_code == 403
    if role in READERS_OF_REVIEWS:
        assert "sign_off_form" not in client.get(address(page, "review")).context
    assert again(page).state == "medical"


# Two editions


def test_any_two_editions_are_compared_and_the_draft_with_live_by_default(editor):
    page = ready(title="First")
    for title in ("First", "Second", "Third"):
        page.title = title
        page.save()
        publish(page)
        page = again(page)
    page.title = "Draft"
    page.save()
    compare = address(page, "compare")

    def sides(query=""):
        difference = editor.get(compare + query).context["parts"][0].difference
        return difference.before, difference.after

    assert sides() == ("Third", "Draft")
    assert sides("?from=1&to=3") == ("First", "Third")
    assert sides("?from=draft&to=2") == ("Draft", "Second")
    assert "Nothing: the text is the same." in words(editor.get(compare + "?from=2&to=2"))
    assert "Edition 2, " in words(editor.get(compare))


def test_rows_are_compared_as_they_were(editor):
    row = make_indication(description="It helps.")
    condition, therapy = published(row.condition), published(row.therapy)
    row.refresh_from_db()
    row.description = "It helps much."
    row.save()
    therapy = published(therapy)
    keys = [part.difference.key for part in editor.get(address(therapy, "compare") + "?from=1&to=2").context["parts"]]
    assert keys == [f"row:indication-{row.pk}"]
    only = editor.get(address(condition, "compare") + "?from=1&to=draft").context["parts"]
    assert [part.difference.key for part in only] == [f"row:indication-{row.pk}"]


@pytest.mark.parametrize("query", ["?from=9", "?to=0", "?from=-1", "?from=1e0", "?to=" + "9" * 23, "?from=%00", "?to="])
def test_edition_that_the_page_does_not_have_is_not_found(editor, query):
    page, other = published(ready()), make_condition()
    publish(other)
    assert editor.get(address(page, "compare") + query).status_code == 404


def test_editions_of_another_page_cannot_be_reached(editor):
    page, other = published(ready(title="Mine")), ready(title="Secret words")
    for summary in ("Secret one", "Secret two"):
        other.summary = summary
        other.save()
        publish(other)
        other = again(other)
    assert editor.get(address(other, "compare") + "?from=2").status_code == 200
    assert editor.get(address(page, "compare") + "?from=2").status_code == 404
    assert "Secret" not in editor.get(address(page, "compare") + f"?from=1&page={other.pk}").content.decode()


def test_withdrawn_edition_is_compared_too(editor):
    page = published(ready())
    doors.withdraw(page, by="tests", reason="Outdated.")
    response = editor.get(address(page, "compare") + "?from=1&to=2")
    assert {part.difference.change for part in response.context["parts"]} >= {"removed"}


# On the form


def test_form_says_who_acts_next_and_offers_only_what_is_possible(client, author):
    page = ready()
    shown = author.get(address(page))
    assert [step.label for step in shown.context["standing"].steps if step.is_current] == ["Draft"]
    assert 'aria-current="step"' in shown.content.decode()
    assert [way.name for way in shown.context["save_and_go"]] == ["submit"]
    author.post(address(page), opened(author, page) | {"title": "Mine", "_submit": "1"})
    page = again(page)
    answer = author.post(address(page, "submit"), {"version": page.version, "message": "Please."})
    assert answer.url == address(page)
    client.force_login(make_user("editor"))
    names = [way.name for way in client.get(address(page)).context["go"]]
    assert names == ["send_on", "send_back"]
    assert "It cannot be published now: It is being reviewed." in words(client.get(address(page)))


def test_submitting_lists_everything_that_blocks_with_its_field(author):
    page = make_condition(summary="", overview="", symptoms="")
    response = author.get(address(page, "submit"))
    places = {url.partition("#")[2] for _problem, url in response.context["problems"]}
    assert places >= {"id_summary", "id_overview", "id_symptoms"}
    author.post(address(page, "submit"), {"version": page.version, "message": ""})
    assert again(page).state == "draft"


def test_emergency_is_for_administrators_and_shows_its_reason(client):
    page = ready()
    client.force_login(make_user("editor"))
    assert client.get(address(page, "emergency")).status_code == 403
    client.force_login(make_user("administrator"))
    assert "Nobody will have reviewed what readers see." in words(client.get(address(page, "emergency")))
    data = {"version": page.version, "change": "major", "note": "", "override_reason": ""}
    assert "override_reason" in client.post(address(page, "emergency"), data).context["form"].errors
    assert client.post(address(page, "emergency"), data | {"override_reason": "Recall."}).status_code == 302
    assert (again(page).live.override_reason, again(page).live.sign_off) == ("Recall.", None)


def test_publishing_says_which_sign_off_covers_it(editor):
    page = signed(ready())
    assert "Signed off exactly as it stands by Rosa Signer" in words(editor.get(address(page, "publish")))
    page.title = "Changed"
    page.save()
    assert "No medical reviewer has signed off exactly this draft." in words(editor.get(address(page, "publish")))


def test_major_change_of_a_public_page_needs_a_note(editor):
    page = published(ready())
    page.title = "Changed"
    page.save()
    page = signed(page)
    data = {"version": page.version, "change": "major", "note": ""}
    assert "note" in editor.post(address(page, "publish"), data).context["form"].errors
    assert editor.post(address(page, "publish"), data | {"change": "minor"}).status_code == 302
    assert Page.objects.get(pk=page.pk).live.number == 2


def test_reviewed_again_is_said_only_of_what_was_reviewed_again_and_did_not_change(editor):
    page = published(ready())
    data = {"change": "review", "note": ""}
    page.title = "Changed"
    page.save()
    page = signed(page)
    refused = editor.post(address(page, "publish"), data | {"version": page.version})
    assert refused.context["form"].errors["change"][0].startswith("The draft is not what readers see now")
    publish(page)
    page = signed(again(page))
    assert editor.post(address(page, "publish"), data | {"version": page.version}).status_code == 302
    live = again(page).live
    assert (live.number, live.change) == (3, "review")
    assert live.updated_at == page.editions.get(number=2).updated_at
    assert live.reviewed_at > page.editions.get(number=2).reviewed_at
