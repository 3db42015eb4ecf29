"""Editions: what readers see. One immutable record of a page each time it was published or withdrawn."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.kinds import by_kind
from publishing.records import Record, RecordQuerySet, WrittenOnce

# In all, since the last sign-off.
MOST_SPELLING_CHANGES = 40
LONG_COLUMNS = ("html", "text", "snapshot")
SIGN_OFF_LONG = ("content", "findings", "answers")


class EditionQuerySet(RecordQuerySet):
    def live(self):
        """The editions readers see now. This is the one definition of “published”."""
        return self.filter(live_of__isnull=False)

    def with_review(self):
        """With the sign-off, but without its long columns, in the same query."""
        long = [f"{path}__{name}" for path in ("sign_off", "sign_off__whole_review") for name in SIGN_OFF_LONG]
        return self.select_related("sign_off__whole_review").defer(*long)

    def overdue(self):
        return self.filter(review_due_on__lt=timezone.localdate())

    def for_cards(self):
        """Without the long columns: for lists, which show title, summary and dates."""
        return self.defer(*LONG_COLUMNS)

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def newest_first(self):
        return self.order_by("-updated_at", "title")


class Edition(Record):
    class Change(models.TextChoices):
        MAJOR = "major", _("Major change")
        MINOR = "minor", _("Minor change")
        CORRECTION = "correction", _("Correction")
        # Reviewed again: the same content under a new sign-off.
        REVIEW = "review", _("Reviewed again, unchanged")
        WITHDRAWAL = "withdrawal", _("Withdrawal")

    page = models.ForeignKey("publishing.Page", related_name="editions", on_delete=models.PROTECT)
    number = models.PositiveIntegerField(_("edition"))
    kind = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=100)
    summary = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    # The list this page stands in: an article's category, a condition's or therapy's group.
    shelf = models.SlugField(max_length=60, blank=True, db_index=True)
    snapshot = models.JSONField(help_text="All a reader sees of it; `snapshot['schema']` says how to read it.")
    html = models.TextField(help_text="The body in one piece: clean HTML with stable section ids.")
    text = models.TextField(help_text="The same as plain text.")
    change = models.CharField(_("kind of change"), max_length=12, choices=Change)
    note = models.TextField(_("public note"), blank=True)
    published_by = models.CharField(_("published by"), max_length=200)
    valid_from = models.DateTimeField(_("public since"))
    first_published_at = models.DateTimeField(_("first published"))
    # Moves with major changes and corrections only.
    updated_at = models.DateTimeField(_("updated"))
    # The content (`publishing.content`) at that moment, and the sign-off of exactly that content. An edition of health
    # information without one is refused by the database, but for an emergency, whose reason readers see.
    content_digest = models.CharField(max_length=64, blank=True)
    sign_off = models.ForeignKey(
        "publishing.SignOff", null=True, related_name="editions", on_delete=models.PROTECT, verbose_name=_("sign-off")
    )
    override_reason = models.TextField(_("reason for publishing without sign-off"), blank=True)
    # Characters by which the text differs from what was signed: spelling corrections, published without a new sign-off.
    spelling_changes = models.PositiveSmallIntegerField(null=True)
    # Of the last review of the whole page, and when the next one is due.
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    review_due_on = models.DateField(_("next review due"), null=True, db_index=True)

    tags = models.ManyToManyField("publishing.Tag", through="EditionTag", related_name="editions")
    people = models.ManyToManyField("publishing.Person", through="EditionPerson", related_name="editions")
    references = models.ManyToManyField("publishing.Reference", through="EditionReference", related_name="editions")
    images = models.ManyToManyField("publishing.Image", through="EditionImage", related_name="editions")

    objects = EditionQuerySet.as_manager()
    added_later = {
        "content_digest": "",
        "sign_off_id": None,
        "override_reason": "",
        "spelling_changes": None,
        "reviewed_at": None,
        "review_due_on": None,
    }

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="publishing_edition_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="publishing_edition_number_positive"),
            models.CheckConstraint(
                condition=models.Q(valid_from__gte=models.F("first_published_at"))
                & models.Q(updated_at__gte=models.F("first_published_at"))
                & models.Q(updated_at__lte=models.F("valid_from")),
                name="publishing_edition_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(change="withdrawal") | ~models.Q(note=""),
                name="publishing_withdrawal_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(spelling_changes__isnull=True)
                | models.Q(spelling_changes__lte=MOST_SPELLING_CHANGES, change="minor", sign_off__isnull=False),
                name="publishing_spelling_corrections_are_small",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_off__isnull=True) | models.Q(override_reason=""),
                name="publishing_override_is_without_sign_off",
            ),
        ]
        indexes = [models.Index(fields=["kind", "slug"]), models.Index(fields=["kind", "title"])]

    def __str__(self):
        return f"{self.title} ({self.number})"

    def get_absolute_url(self):
        return reverse(by_kind()[self.kind].detail_url, args=[self.slug])

    @property
    def kind_label(self) -> str:
        return by_kind()[self.kind]._meta.verbose_name

    @property
    def is_overdue(self) -> bool:
        """Whether the review of the whole page should have taken place by now."""
        return self.review_due_on is not None and self.review_due_on < timezone.localdate()

    @property
    def is_withdrawal(self) -> bool:
        return self.change == self.Change.WITHDRAWAL


class EditionTag(WrittenOnce):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    tag = models.ForeignKey("publishing.Tag", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "tag"], name="publishing_edition_tag_once")]


class EditionPerson(WrittenOnce):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    person = models.ForeignKey("publishing.Person", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="publishing_edition_person_once")]


class EditionReference(WrittenOnce):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    reference = models.ForeignKey("publishing.Reference", on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "reference"], name="publishing_edition_reference_once")
        ]


class EditionImage(WrittenOnce):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    image = models.ForeignKey("publishing.Image", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="publishing_edition_image_once")]
