import pytest

from comments import moderation
from comments.models import Comment
from comments.spam import decisions
from comments.spam.bayes import GENUINE, SPAM
from tests.builders import approved, make_comment, make_therapy, make_user, published


@pytest.fixture
def page(db):
    return published(make_therapy())


def test_the_shipped_decisions_are_many_and_said_once():
    texts = decisions.shipped()

    assert len(texts[SPAM]) >= 350
    assert len(texts[GENUINE]) >= 550
    assert len(set(texts[SPAM] + texts[GENUINE])) == len(texts[SPAM]) + len(texts[GENUINE])


def test_what_people_decided_is_learnt_from(page):
    spam = make_comment(page, text="Order these pills.", practical_tips="Pay in advance.")
    moderation.mark_spam(spam, by=make_user("moderator"), version=spam.version)
    approved(make_comment(page, text="The nurse was kind."))
    make_comment(page, text="Nobody has decided on this.")

    assert decisions.own() == {SPAM: ["Order these pills.\nPay in advance."], GENUINE: ["The nurse was kind."]}


def test_what_only_a_rule_put_among_spam_is_not_learnt_from(page):
    comment = Comment(page=page, edition=page.live, kind="question", name="Anna", text="My first infusion.")
    moderation.post(comment, network="192.0.2.1", form_age=60, honeypot="filled")

    assert comment.state == Comment.State.SPAM
    assert decisions.own()[SPAM] == []
