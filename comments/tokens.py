"""Signed links and forms. Each purpose has a salt of its own, so that none is good for another."""

import secrets
import time
from dataclasses import dataclass

from django.core import signing

from comments.comments import Comment
from comments.feedback import Feedback
from comments.outbox import Subscription

# Seconds.
FORM_LASTS = 24 * 60 * 60
CONFIRM_LASTS = 7 * 24 * 60 * 60
OWN_DATA_LASTS = 60 * 60
REMARK_LASTS = 60 * 60


class BadToken(Exception):
    """Nobody here made it, or it is too old."""


@dataclass(frozen=True)
class FormToken:
    """What a form carries: for which page it was made, its key, and how many seconds ago it was shown."""

    page: int
    key: str
    age: float


def form_token(page: int) -> str:
    said = {"page": page, "key": secrets.token_urlsafe(32), "shown": time.time()}
    return signing.dumps(said, salt="comments.form")


def read_form_token(token: str) -> FormToken:
    """Raises BadToken; what is too old can be sent again with a new one."""
    said = _loads(token, "comments.form", FORM_LASTS)
    return FormToken(said["page"], said["key"], time.time() - said["shown"])


def own_token(comment: Comment) -> str:
    """Of the private link, always the same; it lasts as long as the comment is not erased."""
    return signing.Signer(salt="comments.own").sign_object(comment.pk)


def comment_of(token: str) -> Comment:
    try:
        number = signing.Signer(salt="comments.own").unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    return _find(Comment.objects.select_related("page", "edition"), number)


def confirm_token(comment: Comment) -> str:
    return signing.dumps([comment.pk, comment.email], salt="comments.confirm")


def comment_to_confirm(token: str) -> Comment:
    """The comment, if it still has the address that the link was sent to."""
    number, email = _loads(token, "comments.confirm", CONFIRM_LASTS)
    return _find(Comment.objects.filter(email=email).select_related("page"), number)


def unsubscribe_token(subscription: Subscription) -> str:
    return signing.dumps([subscription.pk, subscription.email], salt="comments.unsubscribe")


def subscription_of(token: str) -> Subscription:
    number, email = _loads(token, "comments.unsubscribe")
    return _find(Subscription.objects.filter(email=email).select_related("thread__page"), number)


def own_data_token(email: str) -> str:
    return signing.dumps(email, salt="comments.own-data")


def email_of(token: str) -> str:
    return _loads(token, "comments.own-data", OWN_DATA_LASTS)


def remark_token(feedback: Feedback) -> str:
    return signing.dumps(feedback.pk, salt="comments.remark")


def feedback_of(token: str) -> Feedback:
    """The answer that a remark may still be added to, once."""
    return _find(Feedback.objects.filter(remark=""), _loads(token, "comments.remark", REMARK_LASTS))


def _loads(token: str, salt: str, max_age: int | None = None):
    try:
        return signing.loads(token, salt=salt, max_age=max_age)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def _find(rows, number: int):
    found = rows.filter(pk=number).first()
    if found is None:
        raise BadToken
    return found
