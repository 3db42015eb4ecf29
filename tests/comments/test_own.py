import re

import pytest

from comments import moderation
from comments.comments import Comment
from comments.openings import Opening
from comments.tokens import own_token
from tests.builders import approved, make_article, make_comment, make_therapy, make_user, published
from tests.comments.filling import HERE

pytestmark = pytest.mark.django_db
FOREIGN = {"HTTP_ORIGIN": "https://evil.example"}


@pytest.fixture
def page():
    return published(make_article())


@pytest.fixture
def moderator():
    return make_user("moderator")


def address(comment, below=""):
    return f"/comments/own/{own_token(comment)}/{below}"


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def rejected(page, by, *, email="ada@example.org", words=""):
    comment = make_comment(page, email=email)
    if email:
        comment = moderation.confirm_address(comment)
    moderation.reject(comment, by=by, version=comment.version, rule="kindness", words=words)
    return again(comment)


def test_page_shows_the_comment_what_comes_next_and_its_own_address(client, page):
    comment = make_comment(page, text="How long does one infusion take?")
    response = client.get(address(comment))
    for shown in (comment.text, "Not public yet", f"http://testserver{address(comment)}", "15 more minutes"):
        assert shown in response.text
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert not response.cookies


def test_address_of_the_writer_is_not_shown(client, page):
    comment = make_comment(page, email="canary@example.org")
    assert "canary@" not in client.get(address(comment)).text


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "%F0%9F%92%89", "9" * 3000])
@pytest.mark.parametrize("below", ["", "edit/", "withdraw/", "object/"])
def test_link_that_nobody_was_given_leads_to_no_comment(client, page, token, below):
    make_comment(page)
    for response in (client.get(f"/comments/own/{token}/{below}"), client.post(f"/comments/own/{token}/{below}")):
        assert response.status_code == 404
        assert "cookie" not in str(response.headers).lower()


def test_token_of_another_purpose_is_none(client, page):
    from comments.tokens import confirm_token  # noqa: PLC0415 (one use)

    comment = make_comment(page, email="ada@example.org")
    assert client.get(f"/comments/own/{confirm_token(comment)}/").status_code == 404


def test_public_comment_leads_to_the_page(client, page):
    comment = approved(make_comment(page))
    assert f'href="{page.get_absolute_url()}#comment-{comment.pk}"' in client.get(address(comment)).text


def test_public_comment_that_stands_further_on_is_found_there(client, page, monkeypatch):
    monkeypatch.setattr("comments.showing.PER_PAGE", 1)
    approved(make_comment(page))
    comment = approved(make_comment(page))
    place = f"{page.get_absolute_url()}comments/?at={comment.pk}#comment-{comment.pk}"
    assert f'href="{place}"' in client.get(address(comment)).text


def test_rejected_comment_gets_the_reason_the_words_and_the_rule(client, page, moderator):
    comment = rejected(page, moderator, words="Please say it <b>kindly</b>.")
    text = client.get(address(comment)).text
    assert "The comment is unkind to a person" in text
    assert "Please say it &lt;b&gt;kindly&lt;/b&gt;." in text
    assert "/comments/rules/#kindness" in text
    assert moderator.first_name not in text
    assert address(comment, "object/") in text


def test_writer_edits_within_fifteen_minutes(client, page):
    comment = make_comment(page, text="A first text, with a mistake.")
    assert "A first text, with a mistake." in client.get(address(comment, "edit/")).text
    response = client.post(address(comment, "edit/"), {"name": "Ada", "text": "A better text."}, **HERE)
    assert (response.status_code, response["Location"]) == (303, address(comment))
    assert again(comment).text == "A better text."


def test_edit_of_a_public_comment_waits_and_shows_both_to_its_writer(client, page):
    comment = approved(make_comment(page, text="The approved text."))
    client.post(address(comment, "edit/"), {"name": "Ada", "text": "The proposed text."}, **HERE)
    text = client.get(address(comment)).text
    assert "The approved text." in text
    assert "The proposed text." in text
    assert "The proposed text." in client.get(address(comment, "edit/")).text
    assert "The proposed text." not in client.get(page.get_absolute_url()).text


def test_experience_is_edited_with_its_answers(client):
    comment = make_comment(published(make_therapy()), kind="experience", how_given="By drip")
    sent = {"name": "Ada", "text": "Well.", "how_given": "By injection"}
    client.post(address(comment, "edit/"), sent, **HERE)
    assert again(comment).how_given == "By injection"


def test_edit_that_comes_too_late_keeps_the_text(client, page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = make_comment(page, text="As it was.")
    time_machine_at("2026-03-02T10:15:01Z")
    response = client.post(address(comment, "edit/"), {"name": "Ada", "text": "Too late, but not lost."}, **HERE)
    assert (response.status_code, "Too late, but not lost." in response.text) == (403, True)
    assert again(comment).text == "As it was."
    assert "<textarea" not in client.get(address(comment, "edit/")).text


def test_invalid_edit_keeps_the_text(client, page):
    comment = make_comment(page, text="As it was.")
    response = client.post(address(comment, "edit/"), {"name": "", "text": "Kept."}, **HERE)
    assert (response.status_code, ">\nKept.</textarea>" in response.text) == (200, True)
    assert again(comment).text == "As it was."


def test_nothing_is_edited_where_comments_can_only_be_read(client, page):
    comment = make_comment(page, text="As it was.")
    Opening.objects.create(page=page, mode="read-only")
    assert client.post(address(comment, "edit/"), {"name": "Ada", "text": "Changed."}, **HERE).status_code == 403
    assert again(comment).text == "As it was."


def test_too_many_edits_keep_the_text(client, page):
    comment = make_comment(page)
    for number in range(10):
        client.post(address(comment, "edit/"), {"name": "Ada", "text": f"Change {number}."}, **HERE)
    response = client.post(address(comment, "edit/"), {"name": "Ada", "text": "One too many."}, **HERE)
    assert (response.status_code, "One too many." in response.text) == (429, True)


def test_withdrawing_is_asked_first_and_then_leaves_nothing(client, page):
    comment = approved(make_comment(page, text="Words that will be gone."))
    assert client.get(address(comment, "withdraw/")).status_code == 200
    assert again(comment).state == "approved"
    assert client.post(address(comment, "withdraw/"), **HERE).status_code == 303
    assert again(comment).state == "withdrawn"
    for place in (address(comment), page.get_absolute_url(), f"{page.get_absolute_url()}comments/"):
        assert "Words that will be gone." not in client.get(place).text
    assert client.post(address(comment, "withdraw/"), **HERE).status_code == 303


def test_writer_with_a_confirmed_address_objects_once(client, page, moderator):
    comment = rejected(page, moderator)
    assert "<textarea" in client.get(address(comment, "object/")).text
    client.post(address(comment, "object/"), {"text": "I did not mean it."}, **HERE)
    assert again(comment).objection == "I did not mean it."
    client.post(address(comment, "object/"), {"text": "Once more."}, **HERE)
    assert again(comment).objection == "I did not mean it."


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (None, "A moderator looks at your comment again."),
        ("approve", "approved your comment after all."),
        ("reject", "The decision stands: your comment is not shown to readers."),
        ("spam", "The decision stands: your comment is not shown to readers."),
    ],
)
def test_own_page_says_how_the_objection_ended(client, page, moderator, action, said):
    comment = rejected(page, moderator)
    moderation.object_to(comment, "I did <not> mean it.")
    if action:
        version = again(comment).version
        moderation.decide_all([(comment, version)], action, by=moderator, batch="b", rule="privacy", words="A nurse.")
    text = client.get(address(comment)).text
    assert [ending for ending in ("looks at your comment again", "after all", "stands") if ending in text] == [
        ending for ending in ("looks at your comment again", "after all", "stands") if ending in said
    ]
    assert said in text
    assert "I did &lt;not&gt; mean it." in text
    assert address(comment, "object/") not in text


def test_undone_end_of_an_objection_is_none(client, page, moderator):
    comment = rejected(page, moderator, words="The first words.")
    moderation.object_to(comment, "I did not mean it.")
    moderation.decide_all(
        [(comment, again(comment).version)], "reject", by=moderator, batch="b", rule="privacy", words="Other words."
    )
    assert "Other words." in client.get(address(comment)).text
    moderation.undo("b", by=moderator)
    text = client.get(address(comment)).text
    assert "looks at your comment again" in text
    assert ["The first words." in text, "Other words." in text] == [True, False]


def test_later_decisions_do_not_change_how_the_objection_ended(client, page, moderator):
    comment = rejected(page, moderator)
    moderation.object_to(comment, "I did not mean it.")
    moderation.approve(comment, by=moderator, version=again(comment).version)
    for action in ("reject", "approve"):
        moderation.decide_all([(comment, again(comment).version)], action, by=moderator, batch=action, rule="privacy")
    moderation.undo("approve", by=moderator)
    text = client.get(address(comment)).text
    assert 'data-state="rejected"' in text
    assert "approved your comment after all" in text


def test_withdrawn_comment_tells_of_no_objection(client, page, moderator):
    comment = rejected(page, moderator)
    moderation.object_to(comment, "I did not mean it.")
    moderation.withdraw(comment)
    assert "Your objection" not in client.get(address(comment)).text


def test_writer_without_a_confirmed_address_cannot_object(client, page, moderator):
    comment = rejected(page, moderator, email="")
    assert address(comment, "object/") not in client.get(address(comment)).text
    client.post(address(comment, "object/"), {"text": "But."}, **HERE)
    assert again(comment).objection == ""


@pytest.mark.parametrize("below", ["edit/", "withdraw/", "object/"])
def test_foreign_page_changes_nothing(client, page, moderator, below):
    comment = rejected(page, moderator) if below == "object/" else make_comment(page)
    before = Comment.objects.filter(pk=comment.pk).values().get()
    assert client.post(address(comment, below), {"name": "X", "text": "X"}, **FOREIGN).status_code == 403
    assert Comment.objects.filter(pk=comment.pk).values().get() == before


@pytest.mark.parametrize("below", ["", "edit/", "withdraw/", "object/"])
def test_looking_changes_nothing(client, page, moderator, below):
    comment = rejected(page, moderator)
    before = Comment.objects.filter(pk=comment.pk).values().get()
    client.get(address(comment, below))
    client.head(address(comment, below))
    assert Comment.objects.filter(pk=comment.pk).values().get() == before


def test_comment_put_aside_by_a_rule_looks_like_one_that_waits(client, page):
    waiting, aside = make_comment(page), make_comment(page)
    Comment.objects.filter(pk=aside.pk).update(state="spam", queued_at=None, queued_for="")
    standing = [re.search(r'comment-state">(.*?)<', client.get(address(each)).text)[1] for each in (waiting, aside)]
    assert standing[0] == standing[1]


@pytest.mark.parametrize("state", ["waiting", "approved", "withdrawn", "rejected", "spam"])
def test_every_state_has_its_page(client, page, moderator, state):
    comment = make_comment(page)
    if state == "approved":
        approved(comment)
    elif state == "rejected":
        moderation.reject(comment, by=moderator, version=1, rule="kindness")
    elif state == "spam":
        moderation.mark_spam(comment, by=moderator, version=1)
    elif state == "withdrawn":
        moderation.withdraw(comment)
    text = client.get(address(comment)).text
    assert f'data-state="{state}"' in text


def test_page_with_a_private_link_tells_nobody_the_link(client, page):
    assert client.get(address(make_comment(page))).headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(("text", "expected"), [("I want to die.", True), ("The clinic has a new lift.", False)])
def test_who_may_be_in_danger_is_told_where_help_is(client, page, text, expected):
    shown = client.get(address(make_comment(page, text=text))).text
    assert ("comment-emergency" in shown) == expected


def test_no_mail_is_announced_for_what_the_rules_refused(client, page):
    waiting = make_comment(page, email="ada@example.org")
    refused = make_comment(page, email="ada@example.org")
    Comment.objects.filter(pk=refused.pk).update(state="spam", queued_at=None, queued_for="")
    announced = ["Follow the link in the mail" in client.get(address(each)).text for each in (waiting, refused)]
    assert announced == [True, False]
