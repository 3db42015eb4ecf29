"""What readers and moderators are told by mail, and who is not told any more."""

import email
import email.policy
import random
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.comments import Comment
from comments.decisions import Decision
from comments.mails import LONGEST_SUBJECT, is_plain_address, message_for, one_line
from comments.openings import Opening
from comments.outbox import OutgoingMail, Subscription
from comments.sending import send_due
from publishing import doors
from tests.builders import approved, make_article, make_comment, make_user, publish, published

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
TEXT = "The words that no mail may hold, however it is composed."
# Line breaks of every kind, encoded words, quotes, brackets, unseen and endless text.
HOSTILE = [
    "a\r\nBcc: eve@example.org",
    "a\nTo: eve@example.org",
    "a\rSubject: other",
    "a\x0bb\x0cc\x85d\u2028e\u2029f",
    "=?utf-8?q?a=0ABcc:_eve=40example.org?=",
    "=?utf-8?b?QmNjOiBldmVAZXhhbXBsZS5vcmc=?=",
    "a, eve@example.org",
    '"Eve" <eve@example.org>',
    "\u202eevil\u202c\u200b",
    "x" * 1200,
    "é" * 1200,
    "%(link)s %s {0} {name}",
    "a\x00b",
]


@pytest.fixture
def page():
    return published(make_article(title="Asthma"))


@pytest.fixture
def moderator():
    return make_user("moderator")


def confirmed(comment):
    return moderation.confirm_address(comment)


def reject(comment, moderator, **values):
    moderation.reject(comment, by=moderator, version=comment.version, **{"rule": "kindness"} | values)


def send_at_last():
    """All that is queued, as if the time for undoing was over."""
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    send_due(complain=pytest.fail)
    return mail.outbox


@pytest.fixture
def thread(page):
    """A public question whose writer follows the answers."""
    question = confirmed(make_comment(page, email=ADA, text=TEXT, follow=True))
    OutgoingMail.objects.all().delete()
    return approved(question)


@pytest.fixture
def reply(thread):
    return approved(make_comment(thread.page, parent=thread, kind="reply", name="Bo", text=TEXT))


# Confirming


def test_address_is_asked_to_be_confirmed(page):
    make_comment(page, email=ADA, text=TEXT)
    (message,) = send_at_last()
    assert (message.to, message.subject) == ([ADA], "Confirm your address: Asthma")
    assert "http://testserver/comments/confirm/" in message.body
    assert not OutgoingMail.objects.exists()


def test_confirming_names_the_subscription_that_was_asked_for(page):
    make_comment(page, email=ADA)
    make_comment(page, email="bo@example.org", follow=True)
    first, second = send_at_last()
    assert "answers in this thread" not in first.body
    assert "answers in this thread" in second.body


@pytest.mark.parametrize(
    "change",
    [
        moderation.confirm_address,
        moderation.withdraw,
        lambda comment: Comment.objects.filter(pk=comment.pk).update(email="other@example.org"),
        lambda comment: moderation.mark_spam(comment, by=make_user("moderator"), version=comment.version),
    ],
)
def test_nobody_is_asked_to_confirm_what_needs_no_proof(page, change):
    change(make_comment(page, email=ADA))
    assert send_at_last() == []


def test_eleventh_comment_of_a_day_with_one_address_sends_no_mail(page):
    for _ in range(11):
        make_comment(page, email=ADA)
    assert len(send_at_last()) == 10


# Rejecting


def test_writer_learns_rule_words_and_how_to_object(page, moderator):
    comment = confirmed(make_comment(page, email=ADA, text=TEXT))
    reject(comment, moderator, rule="kindness", words="Please say it in other words.")
    (message,) = send_at_last()
    assert message.subject == "Your comment was not published: Asthma"
    for told in (
        "“Asthma”",
        "Be kind",
        "The comment is unkind to a person",
        "Please say it in other words.",
        "you can object once",
        "http://testserver/comments/own/",
        "http://testserver" + reverse("comments:rules"),
    ):
        assert told in message.body


def test_rejection_waits_until_it_cannot_be_undone(page, moderator, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = confirmed(make_comment(page, email=ADA))
    reject(comment, moderator)
    OutgoingMail.objects.filter(kind="confirm").delete()
    time_machine_at("2026-03-02T10:09Z")
    send_due(complain=pytest.fail)
    assert mail.outbox == []
    time_machine_at("2026-03-02T10:10:01Z")
    send_due(complain=pytest.fail)
    assert len(mail.outbox) == 1


def test_without_a_confirmed_address_nobody_learns_of_a_rejection(page, moderator):
    reject(make_comment(page, email=ADA), moderator)
    assert [message.subject for message in send_at_last()] == ["Confirm your address: Asthma"]


@pytest.mark.parametrize(
    "change",
    [
        lambda comment, by: moderation.approve(comment, by=by, version=comment.version),
        lambda comment, by: moderation.mark_spam(comment, by=by, version=comment.version),
        lambda comment, by: moderation.put_back(comment, by=by, version=comment.version),
        lambda comment, by: moderation.withdraw(comment),
        lambda comment, by: Comment.objects.filter(pk=comment.pk).update(email_confirmed_at=None),
        lambda comment, by: Comment.objects.filter(pk=comment.pk).update(email="other@example.org"),
    ],
)
def test_rejection_that_does_not_stand_any_more_is_not_told(page, moderator, change):
    comment = confirmed(make_comment(page, email=ADA))
    OutgoingMail.objects.all().delete()
    reject(comment, moderator)
    change(Comment.objects.get(pk=comment.pk), moderator)
    assert send_at_last() == []


def test_rejecting_twice_tells_once(page, moderator):
    comment = confirmed(make_comment(page, email=ADA))
    for words in ("The first words.", "The second words."):
        comment.refresh_from_db()
        reject(comment, moderator, words=words)
        comment.refresh_from_db()
        if "first" in words:
            moderation.put_back(comment, by=moderator, version=comment.version)
    (message,) = send_at_last()
    assert "The second words." in message.body


# Objections


@pytest.fixture
def objection(page, moderator):
    """Waits for a moderator; the mails about what was before are sent."""
    comment = confirmed(make_comment(page, email=ADA, text=TEXT))
    reject(comment, moderator, rule="kindness", words="The first words.")
    send_at_last()
    mail.outbox.clear()
    moderation.object_to(comment, "I did not mean it that way.")
    comment.refresh_from_db()
    return comment


def test_nothing_is_sent_while_an_objection_waits(objection):
    assert send_at_last() == []


def test_writer_learns_that_the_objection_was_right(objection, moderator):
    moderation.approve(objection, by=moderator, version=objection.version)
    (message,) = send_at_last()
    assert (message.to, message.subject) == ([ADA], "Your objection: Asthma")
    for told in ("approved it after all", "“Asthma”", "http://testserver/comments/own/", "because you confirmed"):
        assert told in message.body
    for untrue in ("The decision stands", "The first words.", "final"):
        assert untrue not in message.body


def test_writer_learns_that_the_decision_stands_and_why(objection, moderator):
    reject(objection, moderator, rule="privacy", words="You name your nurse.")
    (message,) = send_at_last()
    assert (message.to, message.subject) == ([ADA], "Your objection: Asthma")
    for told in (
        "The decision stands",
        "nothing that gives people away",
        "You name your nurse.",
        "final",
        "/comments/own/",
    ):
        assert told.lower() in message.body.lower()
    for untrue in ("The first words.", "can object", "approved"):
        assert untrue not in message.body


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_end_of_an_objection_is_told_only_when_it_can_no_longer_be_undone(
    objection, moderator, action, time_machine_at
):
    moderation.decide_all([(objection, objection.version)], action, by=moderator, batch="b", rule="kindness")
    decided = timezone.now()
    send_due(complain=pytest.fail)
    assert mail.outbox == []
    time_machine_at(decided + timedelta(minutes=moderation.UNDO_MINUTES, seconds=1))
    send_due(complain=pytest.fail)
    assert [message.subject for message in mail.outbox] == ["Your objection: Asthma"]


def test_undone_end_of_an_objection_is_not_told(objection, moderator):
    moderation.decide_all([(objection, objection.version)], "approve", by=moderator, batch="b")
    moderation.undo("b", by=moderator)
    assert send_at_last() == []


@pytest.mark.parametrize(
    "change",
    [
        moderation.withdraw,
        lambda comment: Comment.objects.filter(pk=comment.pk).update(email="other@example.org"),
        lambda comment: Comment.objects.filter(pk=comment.pk).update(email_confirmed_at=None),
        lambda comment: moderation.mark_spam(comment, by=make_user("moderator"), version=comment.version + 1),
    ],
)
def test_end_of_an_objection_is_not_told_to_whom_it_no_longer_concerns(objection, moderator, change):
    moderation.approve(objection, by=moderator, version=objection.version)
    change(objection)
    assert send_at_last() == []


def test_rejection_long_after_an_objection_is_a_rejection_like_any_other(objection, moderator):
    moderation.approve(objection, by=moderator, version=objection.version)
    send_at_last()
    moderation.report(objection, network="192.0.2.9", reason="other")
    objection.refresh_from_db()
    reject(objection, moderator)
    assert [message.subject for message in send_at_last()] == [
        "Your objection: Asthma",
        "Your comment was not published: Asthma",
    ]


def test_followers_hear_of_an_answer_that_was_approved_after_an_objection(thread, moderator):
    answer = confirmed(make_comment(thread.page, parent=thread, kind="reply", name="Bo", email="bo@example.org"))
    reject(answer, moderator)
    moderation.object_to(answer, "Why?")
    answer.refresh_from_db()
    OutgoingMail.objects.all().delete()
    moderation.approve(answer, by=moderator, version=answer.version)
    assert sorted(message.subject for message in send_at_last()) == ["A new answer: Asthma", "Your objection: Asthma"]


# Answers


def test_follower_hears_of_an_answer_and_not_what_it_says(reply):
    (message,) = send_at_last()
    assert (message.to, message.subject) == ([ADA], "A new answer: Asthma")
    assert "Bo answered in a thread that you follow" in message.body
    assert f"comments/?at={reply.pk}#comment-{reply.pk}" in message.body


def test_answer_can_be_stopped_with_one_click(reply):
    (message,) = send_at_last()
    raw = message.message(policy=email.policy.SMTP).as_bytes()
    headers = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    (line,) = [header for header in headers if header.startswith(b"List-Unsubscribe:")]
    address = line.removeprefix(b"List-Unsubscribe: <").removesuffix(b">").decode()
    assert address.startswith("http://testserver/comments/unsubscribe/")
    assert address in message.body
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in headers


def test_waiting_answer_is_not_told(thread):
    make_comment(thread.page, parent=thread, kind="reply")
    assert send_at_last() == []


def test_writer_of_an_answer_is_not_told_of_it(thread):
    approved(confirmed(make_comment(thread.page, parent=thread, kind="reply", email=ADA)))
    OutgoingMail.objects.filter(kind="confirm").delete()
    assert send_at_last() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda reply: moderation.withdraw(reply),
        lambda reply: reject(reply, make_user("moderator")),
        lambda reply: Subscription.objects.all().delete(),
        lambda reply: Subscription.objects.update(confirmed_at=None),
        lambda reply: Subscription.objects.update(email="other@example.org"),
        lambda reply: doors.withdraw(reply.page, by="tests", reason="Gone"),
        lambda reply: Opening.objects.create(mode="off", changed_by="tests"),
    ],
)
def test_answer_is_not_told_to_whom_it_no_longer_concerns(reply, change):
    change(reply)
    assert send_at_last() == []


# Corrections


def fixed(comment, by):
    task = moderation.open_task(comment, "The year is wrong.", by=by)
    page = type(comment.page.concrete).objects.get(pk=comment.page_id)
    page.summary = "What is right."
    page.save()
    task.fix(publish(page), by=by)


def test_writer_hears_once_that_the_page_was_put_right(page, moderator):
    comment = confirmed(make_comment(page, email=ADA, kind="correction", text=TEXT))
    fixed(comment, moderator)
    (message,) = send_at_last()
    assert (message.to, message.subject) == ([ADA], "The page was put right: Asthma")
    assert f"http://testserver{page.get_absolute_url()}history/" in message.body
    assert send_at_last() == [message]


def test_nobody_hears_of_a_correction_without_proof_of_the_address(page, moderator):
    comment = make_comment(page, email=ADA, kind="correction")
    OutgoingMail.objects.all().delete()
    fixed(comment, moderator)
    assert send_at_last() == []


def test_task_closed_without_a_change_is_not_told(page, moderator):
    comment = confirmed(make_comment(page, email=ADA, kind="correction"))
    moderation.open_task(comment, "The year is wrong.", by=moderator).close(by=moderator, remark="It is right.")
    assert send_at_last() == []


# Alarms


@pytest.fixture
def waiting_flag(page):
    """A comment with a safety flag that came more than an hour ago."""
    comment = make_comment(page, text=TEXT)
    Comment.objects.filter(pk=comment.pk).update(priority=0, queued_at=timezone.now() - timedelta(minutes=61))
    return comment


def with_address(user):
    user.email = f"{user.username}@example.org"
    user.save()
    return user


def test_moderators_are_called_when_a_flag_waits_over_an_hour(waiting_flag, moderator):
    with_address(moderator)
    with_address(make_user("editor"))
    make_user("moderator")
    send_due(complain=pytest.fail)
    (message,) = mail.outbox
    assert message.to == [moderator.email]
    assert "1 comment with a safety flag has waited" in message.body
    assert "http://testserver/admin/comments/desk/" in message.body


def test_moderators_are_called_at_most_once_an_hour(waiting_flag, moderator, time_machine_at):
    with_address(moderator)
    start = timezone.now()
    for minutes in (0, 1, 30, 59, 61, 90, 122):
        time_machine_at(start + timedelta(minutes=minutes))
        send_due(complain=pytest.fail)
    assert len(mail.outbox) == 3


def test_nobody_is_called_before_an_hour_or_once_it_is_decided(waiting_flag, moderator):
    with_address(moderator)
    Comment.objects.update(queued_at=timezone.now() - timedelta(minutes=59))
    send_due(complain=pytest.fail)
    Comment.objects.update(queued_at=timezone.now() - timedelta(minutes=61), priority=7)
    send_due(complain=pytest.fail)
    assert mail.outbox == []


def test_former_moderator_is_not_called(waiting_flag, moderator):
    with_address(moderator)
    OutgoingMail.objects.create(kind="alarm", email=moderator.email)
    moderator.groups.clear()
    send_due(complain=pytest.fail)
    assert mail.outbox == []


# One's own data


def test_known_address_gets_a_link_and_an_unknown_one_nothing(page):
    make_comment(page, email=ADA)
    OutgoingMail.objects.all().delete()
    for address in (ADA, "nobody@example.org"):
        OutgoingMail.objects.create(kind="own-data", email=address)
    (message,) = send_at_last()
    assert message.to == [ADA]
    assert "http://testserver/comments/my-data/" in message.body


# Of all mails


def test_no_mail_holds_the_text_of_a_comment(page, moderator, waiting_flag):
    with_address(moderator)
    thread = approved(confirmed(make_comment(page, email=ADA, text=TEXT, follow=True)))
    approved(make_comment(page, parent=thread, kind="reply", text=TEXT, email="bo@example.org"))
    reject(confirmed(make_comment(page, email=ADA, text=TEXT)), moderator)
    objected = confirmed(make_comment(page, email=ADA, text=TEXT))
    reject(objected, moderator)
    moderation.object_to(objected, TEXT)
    objected.refresh_from_db()
    moderation.approve(objected, by=moderator, version=objected.version)
    fixed(confirmed(make_comment(page, email=ADA, text=f"{TEXT} The year is wrong.")), moderator)
    OutgoingMail.objects.create(kind="own-data", email=ADA)
    sent = send_at_last()
    assert {message.subject.split(":")[0] for message in sent} == {
        "Safety flags are waiting",
        "Confirm your address",
        "Your comment was not published",
        "Your objection",
        "A new answer",
        "The page was put right",
        "Your comments",
    }
    assert [message.subject for message in sent if TEXT in str(message.message())] == []


def rename(public: Comment, name: str) -> None:
    """What no form would let through, as if it had been stored in another way."""
    public.version += 1
    about = {"comment_id": public.pk, "page_id": public.page_id, "page_title": "", "version": public.version}
    Decision.append(action="approved", user_name="x", state_before="approved", state_after="approved", **about)
    Comment.objects.filter(pk=public.pk).update(name=name, version=public.version)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_headers_and_no_recipients(text):
    published_page = published(make_article())
    thread = approved(confirmed(make_comment(published_page, email=ADA, follow=True)))
    reply = approved(make_comment(published_page, parent=thread, kind="reply"))
    if "\x00" not in text:
        rename(reply, text[:60])
    row = OutgoingMail.objects.select_related("subscription").get(kind="reply")
    message = message_for(row)
    message.subject = one_line(f"A new answer: {text}")[:LONGEST_SUBJECT]
    parsed = email.message_from_bytes(message.message(policy=email.policy.SMTP).as_bytes(), policy=email.policy.default)
    assert sorted(parsed.keys()) == sorted(
        [
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        ]
    )
    assert parsed["To"] == ADA
    assert "\n" not in parsed["Subject"]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org, eve@example.org",
        "a@example.org\r\nBcc: eve@example.org",
        "a@example.org\n",
        "Eve <eve@example.org>",
        '"a, eve"@example.org',
        "=?utf-8?q?a?= <eve@example.org>",
        "a@example.org;eve@example.org",
        "a b@example.org",
        "a@[192.0.2.1]",
        "é@example.org",
        "",
    ],
)
def test_what_is_not_one_plain_address_is_not_written_to(page, address):
    assert not is_plain_address(address)
    comment = make_comment(page)
    OutgoingMail.objects.create(kind="own-data", email=address[:254])
    Comment.objects.filter(pk=comment.pk).update(email=address[:254])
    assert send_at_last() == []


@pytest.mark.parametrize("address", [ADA, "ada+tag@mail.example.org", "o'neill@example.org", "ada@exämple.org"])
def test_plain_address_is_written_to(address):
    assert is_plain_address(address)


def test_200_random_texts_make_no_headers(page):
    thread = approved(confirmed(make_comment(page, email=ADA, follow=True)))
    reply = approved(make_comment(page, parent=thread, kind="reply"))
    row = OutgoingMail.objects.select_related("subscription").get(kind="reply")
    letters = "\r\n\t =?_:;,<>@\"'\\%{}()[]aé\u202e\u2028\u200b\x0b\x85😀" + "Bcc:To:"
    dice = random.Random(16)
    for _ in range(200):
        text = "".join(dice.choices(letters, k=dice.randint(1, 60)))
        rename(reply, text)
        message = message_for(row)
        message.subject = one_line(f"A new answer: {text * 20}")[:LONGEST_SUBJECT]
        raw = message.message(policy=email.policy.SMTP).as_bytes()
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        assert len(parsed.keys()) == 10, text
        assert parsed["To"] == ADA


def test_changes_between_event_and_sending_keep_mails_from_whom_they_no_longer_concern(page, moderator):

    dice, expected = random.Random(9), []
    changes = ["none", "withdrawn", "other address", "unconfirmed", "spam"]
    for number in range(100):
        address = f"reader-{number}@example.org"
        comment = confirmed(make_comment(page, email=address))
        reject(comment, moderator)
        comment.refresh_from_db()
        match change := dice.choice(changes):
            case "withdrawn":
                moderation.withdraw(comment)
            case "other address":
                Comment.objects.filter(pk=comment.pk).update(email=f"other-{number}@example.org")
            case "unconfirmed":
                Comment.objects.filter(pk=comment.pk).update(email_confirmed_at=None)
            case "spam":
                moderation.mark_spam(comment, by=moderator, version=comment.version)
        if change == "none":
            expected.append([address])
    OutgoingMail.objects.filter(kind="confirm").delete()
    assert [message.to for message in send_at_last()] == expected
