"""Mails that wait to be sent. A row says what is to be told, not in which words: those are made when it is
sent, from how things stand then (`comments.mails`), and the row is deleted with it.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.comments import Comment


class Subscription(models.Model):
    """Somebody wants to hear of answers in a thread, and has said so twice."""

    thread = models.ForeignKey(Comment, related_name="subscriptions", on_delete=models.CASCADE)
    email = models.EmailField(_("e-mail"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["thread", "email"], name="comments_subscribed_once")]

    def __str__(self):
        return f"{self.thread_id}"


class OutgoingMail(models.Model):
    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("confirm the address")
        REJECTED = "rejected", _("why a comment was rejected")
        OBJECTION = "objection", _("how an objection ended")
        REPLY = "reply", _("an answer in a thread")
        FIXED = "fixed", _("a report led to a correction")
        OWN_DATA = "own-data", _("link to one's own comments")
        # To a moderator. Its row stays while safety flags wait, so that it is sent at most once an hour.
        ALARM = "alarm", _("safety flags wait")

    # They go with the decision that they tell of, if that is undone.
    OF_DECISIONS = (Kind.REJECTED, Kind.OBJECTION, Kind.REPLY)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    email = models.EmailField(_("to"))
    comment = models.ForeignKey(Comment, null=True, related_name="mails", on_delete=models.CASCADE)
    subscription = models.ForeignKey(Subscription, null=True, related_name="mails", on_delete=models.CASCADE)
    due_at = models.DateTimeField(_("due"), default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=models.Q(kind="alarm"), name="comments_alarm_once")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.pk}"
