"""Comments that nobody approved are on no public address, in no count and in no mail."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from comments import moderation
from comments.comments import Comment
from comments.outbox import OutgoingMail
from publishing import doors
from tests.builders import approved, make_article, make_comment, make_condition, make_therapy, make_user, published

pytestmark = pytest.mark.django_db
ODD, TWIN = "zyxwlk", "plainword"


def words(word):
    fields = ("text", "how_given", "practical_tips", "unwanted_effects", "wish_known")
    return {
        "kind": "experience",
        "name": f"Name {word}",
        **{each: f"About {each} I say {word} here." for each in fields},
    }


def confirmed(comment):
    return moderation.confirm_address(comment)


def again(comment):
    return Comment.objects.get(pk=comment.pk)


@pytest.fixture
def pages():
    """One page of each kind with an approved comment, and others in every state that nobody may see."""
    moderator = make_user("moderator")
    pages = [published(make_condition()), published(make_therapy()), published(make_article())]
    for page in pages:
        public = approved(confirmed(make_comment(page, email="public@example.org", follow=True, **words(TWIN))))
        make_comment(page, email=f"{ODD}@example.org", **words(ODD))
        make_comment(page, parent=public, answers=public, **words(ODD) | {"kind": "reply"})
        rejected = confirmed(make_comment(page, email=f"{ODD}-2@example.org", **words(ODD)))
        moderation.reject(rejected, by=moderator, version=rejected.version, rule="kindness")
        spam = make_comment(page, **words(ODD))
        moderation.mark_spam(spam, by=moderator, version=1)
        taken_down = approved(make_comment(page, **words(ODD)))
        approved(make_comment(page, parent=taken_down, **words(TWIN) | {"kind": "reply"}))
        moderation.reject(taken_down, by=moderator, version=again(taken_down).version, rule="kindness")
        moderation.edit(public, {name: value for name, value in words(ODD).items() if name != "kind"}, network="::1")
    return pages


def addresses(pages):
    today = timezone.localdate().isoformat()
    below = ("", "comments/", "comments/?page=2", "comment/", "useful/", "history/", "history/1/", "feed/")
    below += (f"as-of/{today}/", f"changes/?since={today}")
    lists = ("/", "/conditions/", "/therapies/", "/articles/", "/feeds/", "/sitemap.xml", "/comments/rules/")
    reports = [f"/comments/report/{comment.pk}/" for comment in Comment.objects.all()]
    answers = [f"{pages[0].get_absolute_url()}comment/?answer={comment.pk}" for comment in Comment.objects.all()]
    return [*lists, *(f"{page.get_absolute_url()}{each}" for page in pages for each in below), *reports, *answers]


def test_nothing_unapproved_is_on_any_public_address(client, pages):
    for address in addresses(pages):
        response = client.get(address)
        assert ODD not in response.content.decode(), address
        assert ODD not in str(response.headers), address


def test_the_approved_twins_are_there_and_counted_alone(client, pages):
    for page in pages:
        text = client.get(page.get_absolute_url()).text
        assert f"Name {TWIN}" in text
        assert "Comments (2)" in text


def test_no_comment_of_a_withdrawn_page_is_on_any_public_address(client, pages):
    for page in pages:
        doors.withdraw(page, by="tests", reason="Gone")
    for address in addresses(pages):
        text = client.get(address).content.decode()
        assert ODD not in text, address
        assert TWIN not in text, address


def test_no_mail_holds_what_somebody_wrote(pages):
    answer = Comment.objects.filter(state="waiting", parent__isnull=False).first()
    moderation.approve(answer, by=make_user("moderator"), version=answer.version)
    OutgoingMail.objects.update(due_at=timezone.now())
    call_command("send_mails")
    assert len(mail.outbox) > 3
    for message in mail.outbox:
        assert "I say" not in message.body
        assert ODD not in message.subject
