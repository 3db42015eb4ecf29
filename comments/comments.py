"""Comments: what readers write under a page. Nobody sees one before a moderator has approved it.

A comment belongs to the page, and remembers the edition and the section that its writer had before them. Everything
that happens to it goes through `comments.moderation`.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.clinicians import Clinician
from comments.sections import sections_of
from comments.text import LONGEST_NAME
from comments.verdicts import Outcome
from publishing.editions import Edition
from publishing.pages import Page
from publishing.ruled import Rule, Ruled
from publishing.tasks import ContentTask

# What the consent on the form says is numbered: a comment keeps the number its writer agreed to.
CONSENT_VERSION = "1"
# What a writer says, and an edit may change.
WRITTEN_FIELDS = ("name", "text", "how_given", "practical_tips", "unwanted_effects", "wish_known")
EXPERIENCE_FIELDS = ("how_given", "practical_tips", "unwanted_effects", "wish_known")
NORMAL, SUSPECTED_SPAM = 7, 9


class CommentQuerySet(models.QuerySet):
    def public(self):
        """What readers may see: the one definition. Whether the page shows comments at all is asked apart."""
        return self.filter(state=Comment.State.APPROVED, page__live__isnull=False)

    def shown(self):
        """Public comments, and in the place of a removed one that has public answers, a placeholder."""
        answers = Comment.objects.filter(parent=OuterRef("pk"), state=Comment.State.APPROVED)
        gone = Q(state__in=REMOVED) & models.Exists(answers)
        return self.filter(Q(state=Comment.State.APPROVED) | gone, page__live__isnull=False)

    def in_threads(self):
        """Each answer after what it answers, threads by age."""
        return self.alias(thread=Coalesce(F("parent_id"), F("pk"))).order_by("thread", "pk")

    def queued(self):
        """What waits for a moderator: safety first, then the oldest."""
        return self.filter(queued_at__isnull=False).order_by("priority", "queued_at", "pk")

    def flagged(self):
        return self.filter(queued_at__isnull=False, priority__lt=NORMAL)

    def written_by(self, email: str):
        """Comments whose writer gave this address and proved that it is theirs."""
        return self.filter(email=normal_email(email), email_confirmed_at__isnull=False)


class Comment(Ruled):
    class Kind(models.TextChoices):
        QUESTION = "question", _("A question")
        EXPERIENCE = "experience", _("My experience")
        CORRECTION = "correction", _("A correction of this page")
        REPLY = "reply", _("An answer")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a moderator")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("spam")
        WITHDRAWN = "withdrawn", _("withdrawn by its writer")
        ERASED = "erased", _("erased")

    class QueuedFor(models.TextChoices):
        NEW = "new", _("new")
        EDIT = "edit", _("changed after approval")
        REPORT = "report", _("reported by a reader")
        OBJECTION = "objection", _("its writer objects to the decision")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), related_name="reader_comments", on_delete=models.PROTECT, db_index=False
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), related_name="+", on_delete=models.PROTECT, db_index=False
    )
    # The id of a section of that edition, or nothing for the page as a whole.
    section = models.CharField(_("section"), max_length=100, blank=True)
    # The comment that begins the thread; answers are not answered one level deeper, but may name whom they answer.
    parent = models.ForeignKey("self", null=True, blank=True, related_name="replies", on_delete=models.PROTECT)
    answers = models.ForeignKey(
        "self", null=True, blank=True, related_name="+", on_delete=models.PROTECT, db_index=False
    )

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    text = models.TextField(_("text"), blank=True)
    how_given = models.TextField(_("how it was given"), blank=True)
    practical_tips = models.TextField(_("practical tips"), blank=True)
    unwanted_effects = models.TextField(_("unwanted effects"), blank=True)
    wish_known = models.TextField(_("what I wish I had known"), blank=True)
    # Never shown. It counts for nothing before its owner has followed a link sent to it.
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    email_confirmed_at = models.DateTimeField(_("address confirmed"), null=True)
    consent_version = models.CharField(_("version of the consent"), max_length=10, default=CONSENT_VERSION)
    clinician = models.ForeignKey(
        Clinician, verbose_name=_("clinician"), null=True, blank=True, related_name="comments", on_delete=models.PROTECT
    )
    is_official = models.BooleanField(_("by the organisation"), default=False)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    # An edit of an approved comment, until a moderator has decided; what was approved stays meanwhile.
    proposed = models.JSONField(_("proposed change"), null=True)
    # Counts every change: a decision on an earlier one is refused.
    version = models.PositiveIntegerField(default=1)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)

    queued_at = models.DateTimeField(_("in the queue since"), null=True)
    queued_for = models.CharField(_("waits because"), max_length=10, choices=QueuedFor, blank=True)
    priority = models.PositiveSmallIntegerField(default=NORMAL)
    outcome = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Outcome], default="pass")
    # What the rules said (`comments.rules.judge`), and the safety flags among it.
    findings = models.JSONField(_("findings"), default=list)
    flags = models.JSONField(_("flags"), default=list)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.SET_NULL, db_index=False
    )
    opened_at = models.DateTimeField(null=True)

    # How it stood before the last decision, for as long as that can be undone.
    before = models.JSONField(null=True)

    # The writer's answer to a rejection; there is one.
    objection = models.TextField(_("objection"), blank=True)
    objected_at = models.DateTimeField(null=True)
    task = models.ForeignKey(
        ContentTask, verbose_name=_("task"), null=True, blank=True, related_name="comments", on_delete=models.SET_NULL
    )

    # When its writer was told that the task was done.
    told_of_fix_at = models.DateTimeField(null=True)

    # The network it came from, as a hash with the key of its day (`comments.networks`); gone after 30 days.
    network = models.CharField(max_length=64, blank=True)
    # Of the words, to know the same again.
    fingerprint = models.CharField(max_length=64, blank=True)
    # The key of the form it was sent with: the same form sent twice makes one comment.
    submission = models.CharField(max_length=43, unique=True, default=partial(secrets.token_urlsafe, 32))
    # Mixed into the digests that the log keeps: once it is gone, nobody can compare a text with them.
    salt = models.CharField(max_length=43, blank=True, default=partial(secrets.token_urlsafe, 32))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-pk"]
        permissions = [
            ("moderate_comment", _("Can moderate comments")),
            ("reply_officially", _("Can answer comments as the organisation")),
        ]
        indexes = [
            models.Index(
                # The last so that the parts of the queue are counted from the index alone.
                fields=["priority", "queued_at", "id", "queued_for"],
                condition=Q(queued_at__isnull=False),
                name="comments_queue",
            ),
            models.Index(fields=["page", "state"], name="comments_of_page"),
            models.Index(fields=["page", "posted_at"], name="comments_of_page_by_time"),
            models.Index(fields=["posted_at"], name="comments_by_time"),
            models.Index(fields=["fingerprint"], condition=~Q(fingerprint=""), name="comments_by_words"),
            models.Index(fields=["network"], condition=~Q(network=""), name="comments_by_network"),
            models.Index(fields=["opened_by"], condition=Q(opened_by__isnull=False), name="comments_opened"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="comments_waiting_is_queued"
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(state__in=["waiting", "approved", "rejected"]),
                name="comments_queued_can_be_decided",
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True, queued_for="") | (Q(queued_at__isnull=False) & ~Q(queued_for="")),
                name="comments_queued_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False), name="comments_approved_was_decided"
            ),
            models.CheckConstraint(
                condition=~(Q(is_official=True) & Q(clinician__isnull=False)), name="comments_has_one_role"
            ),
            models.CheckConstraint(
                condition=Q(clinician__isnull=True) | Q(email_confirmed_at__isnull=False),
                name="comments_clinician_proved_address",
            ),
            models.CheckConstraint(
                condition=Q(email_confirmed_at__isnull=True) | ~Q(email=""), name="comments_confirmed_has_address"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "erased"])
                | Q(
                    name="",
                    text="",
                    how_given="",
                    practical_tips="",
                    unwanted_effects="",
                    wish_known="",
                    email="",
                    network="",
                    fingerprint="",
                    salt="",
                    objection="",
                    proposed__isnull=True,
                    before__isnull=True,
                    clinician__isnull=True,
                    queued_at__isnull=True,
                ),
                name="comments_what_is_gone_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "erased"]) | (~Q(name="") & ~Q(text="")),
                name="comments_has_name_and_text",
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(parent__isnull=False), name="comments_answer_is_in_thread"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def rules(cls) -> list[Rule]:
        table, decisions = cls._meta.db_table, "comments_decision"
        return [
            Rule(
                "threads",
                cls,
                "INSERT",
                "an answer belongs to a thread of the same page",
                f"""NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} p
                WHERE p.id = NEW.parent_id AND p.parent_id IS NULL AND p.page_id = NEW.page_id)""",  # noqa: S608
            ),
            Rule("unseen", cls, "INSERT", "a comment begins unseen", "NEW.state = 'approved'"),
            Rule(
                "decided",
                cls,
                "UPDATE OF state",
                "a comment becomes public by a recorded decision",
                f"""NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT EXISTS (SELECT 1 FROM {decisions} d
                WHERE d.comment_id = NEW.id AND d.version = NEW.version AND d.state_after = 'approved')""",  # noqa: S608
            ),
            Rule(
                "words",
                cls,
                f"UPDATE OF {', '.join(WRITTEN_FIELDS)}",
                "public words change by a recorded decision",
                f"""NEW.state = 'approved' AND OLD.state = 'approved' AND ({_differ(WRITTEN_FIELDS)})
                AND (NEW.version = OLD.version OR NOT EXISTS (SELECT 1 FROM {decisions} d
                WHERE d.comment_id = NEW.id AND d.version = NEW.version AND d.state_after = 'approved'))""",  # noqa: S608
            ),
            Rule(
                "place",
                cls,
                "UPDATE OF page_id, parent_id",
                "a comment stays where it was written",
                "NEW.page_id <> OLD.page_id OR NEW.parent_id IS DISTINCT FROM OLD.parent_id",
            ),
            Rule(
                "gone",
                cls,
                "UPDATE OF state",
                "what its writer withdrew or erased does not come back",
                "OLD.state IN ('withdrawn', 'erased') AND NEW.state <> OLD.state",
            ),
        ]

    def get_absolute_url(self):
        return f"{self.page.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def is_gone(self) -> bool:
        """Its writer has taken it back: nothing of it is left, and nothing more can happen to it."""
        return self.state in (self.State.WITHDRAWN, self.State.ERASED)

    @property
    def written(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WRITTEN_FIELDS}

    @property
    def experience(self) -> list[tuple[str, str]]:
        """The answers about a therapy that are not empty, each with its question."""
        named = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in EXPERIENCE_FIELDS]
        return [(label, value) for label, value in named if value]

    @property
    def section_title(self) -> str:
        """As the edition called it that the writer read."""
        return section_title(self.edition, self.section)

    def text_digest(self) -> str:
        """Of what is written now, for the log. It says nothing to those who lack the salt."""
        said = "\n".join(self.written.values())
        return hmac.digest(self.salt.encode(), said.encode(), hashlib.sha256).hex()


REMOVED = (Comment.State.REJECTED, Comment.State.SPAM, Comment.State.WITHDRAWN, Comment.State.ERASED)


def _differ(names: Iterable[str]) -> str:
    return " OR ".join(f"NEW.{name} <> OLD.{name}" for name in names)


def normal_email(address: str) -> str:
    return address.strip().lower()


def mailbox_of(email: str) -> str:
    """Where mails to an address end up, as far as it can be seen from outside: most servers take what stands after a
    plus for a note.
    """
    name, _at, domain = email.rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def section_title(edition: Edition, section: str) -> str:
    return dict(sections_of(edition)).get(section, "")
