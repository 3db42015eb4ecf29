"""Pages: the drafts that staff edit. Readers see editions (`publishing.editions`)."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from publishing import richtext
from publishing.addresses import PastAddress
from publishing.editions import Edition
from publishing.images import Image
from publishing.kinds import by_kind
from publishing.people import Person
from publishing.records import digest_of
from publishing.references import Reference
from publishing.rows import Row
from publishing.tags import DraftTags, TaggedPage
from publishing.topics import topics_now, topics_of

SNAPSHOT_SCHEMA = 2
# What a save of the draft leaves to `publishing.doors`, but for the state, which then says that there is something new.
DOOR_FIELDS = ("live", "address", "state")
STATE_AFTER_SAVING = models.Case(
    models.When(state__in=["withdrawn", "scheduled"], then=models.F("state")), default=models.Value("draft")
)
# A change takes a draft out of these: what was read is not what would be published.
IN_REVIEW = ("editorial", "medical", "approved")


@dataclass(frozen=True)
class Section:
    """One part of a page: a rich-text field, or, with `rows`, the place where the page's rows are shown."""

    field: str
    title: str
    required: bool = True
    required_when_short: bool = False
    rows: bool = False

    @property
    def id(self) -> str:
        return self.field.replace("_", "-")


@dataclass(frozen=True)
class Problem:
    """Why a page cannot be published: which field, and what to do about it."""

    field: str
    message: str


class PageQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live__isnull=False)

    def with_unpublished_changes(self):
        return self.filter(state=Page.State.DRAFT)


class Page(models.Model):
    """The concrete base of every kind of page. A kind names its sections and adds its own columns."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        EDITORIAL = "editorial", _("In editorial review")
        MEDICAL = "medical", _("In medical review")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=20, editable=False)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        help_text=_("The last part of the public address. If you change it, the old address leads to the new one."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_(
            "One or two plain sentences that say what it is. They lead the page and stand in lists and searches."
        ),
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    authors = models.ManyToManyField(Person, verbose_name=_("authors"), blank=True, related_name="pages")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_interval = models.PositiveSmallIntegerField(
        _("review every … months"), default=36, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    is_short = models.BooleanField(
        _("short entry"),
        default=False,
        help_text=_("Fewer sections are required, and readers are told that the page is a short entry."),
    )
    is_demonstration = models.BooleanField(
        _("demonstration content"), default=False, help_text=_("Readers are told that no clinician has reviewed it.")
    )
    is_medical = models.BooleanField(
        _("health information"),
        default=True,
        help_text=_("It becomes public only after a medical sign-off. Conditions and therapies always do."),
    )
    related = models.ManyToManyField(
        "self", verbose_name=_("related pages"), blank=True, symmetrical=False, related_name="related_from"
    )

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    live = models.OneToOneField(
        Edition,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="live_of",
        verbose_name=_("live edition"),
    )
    # The public address: of the live edition, or of the last one before the page was withdrawn.
    # Null, not empty, so that any number of drafts may have none.
    address = models.SlugField(max_length=100, null=True, editable=False)  # noqa: DJ001
    # Counts the saves of the draft; a form opened before another save is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    citations = models.ManyToManyField(Reference, through="Citation", related_name="citing_pages", editable=False)
    images = models.ManyToManyField(Image, through="ImageUse", related_name="pages", editable=False)
    tags = TaggableManager(through=TaggedPage, blank=True, manager=DraftTags, verbose_name=_("tags"))

    objects = PageQuerySet.as_manager()

    # What a kind declares.
    sections: ClassVar[tuple[Section, ...]] = ()
    row_names: ClassVar[tuple[str, ...]] = ()
    # Names a document's front matter may hold for this kind, besides those of every page: those that are plain text
    # columns, and others with their shape (`publishing.front_matter`).
    front_matter_columns: ClassVar[tuple[str, ...]] = ()
    front_matter_others: ClassVar[dict[str, str]] = {}
    # Whether every page of this kind is health information, whatever its column says.
    is_always_medical: ClassVar[bool] = False
    # Whether pages of this kind have names, and link wherever a text uses one (`crosslinks`).
    is_named: ClassVar[bool] = False
    # The column that says in which list a page stands.
    shelf_field: ClassVar[str] = "group"
    detail_url: ClassVar[str]
    list_url: ClassVar[str]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["title"]
        permissions = [
            ("publish_page", _("Can publish pages")),
            ("schedule_page", _("Can schedule pages")),
            ("withdraw_page", _("Can withdraw pages")),
            ("import_page", _("Can import documents as drafts")),
            ("send_on_page", _("Can review pages as an editor and send them on")),
            ("sign_off_page", _("Can sign off pages medically")),
            ("override_page", _("Can publish pages without sign-off in an emergency")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="publishing_page_slug_once_per_kind"),
            models.UniqueConstraint(fields=["kind", "address"], name="publishing_page_address_once_per_kind"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(live__isnull=False),
                name="publishing_published_page_has_live_edition",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | models.Q(live__isnull=True),
                name="publishing_withdrawn_page_has_no_live_edition",
            ),
            models.CheckConstraint(
                condition=models.Q(live__isnull=True) | models.Q(address__isnull=False),
                name="publishing_live_page_has_address",
            ),
            models.CheckConstraint(
                condition=models.Q(review_interval__gte=1, review_interval__lte=60),
                name="publishing_review_interval_in_range",
            ),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def kind_name(cls) -> str:
        return cls._meta.model_name

    @property
    def concrete(self) -> "Page":
        """This page as its own kind. One query, unless it is that already."""
        return self if type(self) is not Page else getattr(self, self.kind)

    def get_absolute_url(self):
        return reverse(by_kind()[self.kind].detail_url, args=[self.address or self.slug])

    @classmethod
    def list_path(cls) -> str:
        """The folder of this kind in addresses and in exported documents: `therapies`."""
        return cls.get_list_url().strip("/")

    @classmethod
    def get_list_url(cls):
        return reverse(cls.list_url)

    @classmethod
    def structured(cls, reading, address: str) -> dict:
        """What the page is about, as schema.org data."""
        return {}

    def get_admin_url(self):
        return reverse(f"admin:{by_kind()[self.kind]._meta.app_label}_{self.kind}_change", args=[self.pk])

    # Saving a draft

    def save(self, **kwargs):
        """Save the draft, one version on, and note which references and images its texts use.

        What the doors own is not written: a form opened before a page was published or withdrawn cannot undo that.
        """
        if type(self) is Page:
            raise TypeError("Save the page as its own kind: page.concrete.save().")
        self.kind = self.kind_name()
        with transaction.atomic():
            if self._state.adding:
                super().save(**kwargs)
            else:
                super().save(update_fields=kwargs.pop("update_fields", None) or self._draft_fields(), **kwargs)
                self.touch(state=STATE_AFTER_SAVING)
                self.refresh_from_db(fields=["version", "changed_at", *DOOR_FIELDS])
            self._note_uses()

    def _draft_fields(self) -> list[str]:
        fields = [field.name for field in self._meta.concrete_fields if not field.primary_key]
        return [name for name in fields if name not in {*DOOR_FIELDS, "version", "changed_at"}]

    def touch(self, **values) -> None:
        """Count a change of the draft, also one its columns do not show: a row edited from the other end."""
        values |= {"version": models.F("version") + 1, "changed_at": timezone.now()}
        Page.objects.filter(pk=self.pk).update(**values)

    def texts(self) -> list[str]:
        return [getattr(self, section.field) for section in self.sections if not section.rows]

    def _note_uses(self) -> None:
        texts = self.texts()
        keys = {key for html in texts for key in richtext.citations(html)}
        names = {name for html in texts for name in richtext.images(html)}
        self.citations.set(Reference.objects.filter(key__in=keys))
        self.images.set(Image.objects.filter(name__in=names))

    # Reading a document (`publishing.drafts`)

    @classmethod
    def front_matter_shapes(cls) -> dict[str, str]:
        return dict.fromkeys(cls.front_matter_columns, "text") | cls.front_matter_others

    def load_front_matter(self, front: dict) -> None:
        """Take this kind's own columns from a document's front matter, before the draft is saved."""
        for name in self.front_matter_columns:
            setattr(self, name, front.get(name, getattr(self, name)))

    def load_rows(self, front: dict, *, by) -> None:
        """Take what belongs to the page in other tables, after the draft is saved. `by` as for a door."""

    # Publishing

    @property
    def was_public(self) -> bool:
        return self.editions.exists()

    @property
    def needs_sign_off(self) -> bool:
        return self.is_always_medical or self.is_medical

    def rows(self) -> list[Row]:
        """Every row of this page, in draft or live, with what publishing it needs. Two queries for each kind of row."""
        return [
            row for name in self.row_names for row in getattr(self, name).with_editions().prefetch_related("references")
        ]

    def shelf(self) -> tuple[str, str]:
        """Slug and name of the list the page stands in."""
        return "", ""

    def facts(self) -> dict:
        """What this kind shows besides its sections."""
        return {}

    def names_snapshot(self) -> list[dict]:
        """What else the page is called."""
        return []

    def snapshot(self) -> dict:
        """All a reader would see of the draft, rows apart. About eight queries."""
        shelf_slug, shelf_name = self.shelf()
        return {
            "schema": SNAPSHOT_SCHEMA,
            "kind": self.kind,
            "title": self.title,
            "slug": self.slug,
            "summary": self.summary,
            "language": self.language,
            "shelf": {"slug": shelf_slug, "name": str(shelf_name)},
            "is_short": self.is_short,
            "is_demonstration": self.is_demonstration,
            "is_medical": self.needs_sign_off,
            "review_interval": self.review_interval,
            "authors": [person.snapshot() for person in self.authors.order_by("name")],
            "tags": topics_of(self.tags.all()),
            "related": sorted(self.related.values_list("pk", flat=True)),
            "facts": self.facts(),
            "sections": [
                self._section_snapshot(section)
                for section in self.sections
                if section.rows or getattr(self, section.field)
            ],
            "references": {reference.key: reference.snapshot() for reference in self.citations.all()},
            "images": {image.name: image.facts().__dict__ for image in self.images.all()},
            "names": self.names_snapshot(),
        }

    def _section_snapshot(self, section: Section) -> dict:
        rows = section.field if section.rows else ""
        return {"id": section.id, "title": str(section.title), "rows": rows, "html": self._section_html(section)}

    def _section_html(self, section: Section) -> str:
        return "" if section.rows else getattr(self, section.field)

    def problems(self) -> list[Problem]:
        """Everything that keeps the draft from being published, in the order of the form."""
        return [*self._missing(), *self._unknown_uses(), *self.address_problems(self.slug)]

    def _missing(self) -> list[Problem]:
        found = []
        if not self.summary:
            found.append(Problem("summary", _("Write the summary: it leads the page.")))
        if not self.authors.exists():
            found.append(Problem("authors", _("Name at least one author.")))
        for section in self.sections:
            needed = section.required_when_short if self.is_short else section.required
            if needed and not section.rows and not richtext.text_of(getattr(self, section.field)).strip():
                found.append(Problem(section.field, _("The section “%s” is empty.") % section.title))
        return found

    def _unknown_uses(self) -> list[Problem]:
        known = set(self.citations.values_list("key", flat=True))
        pictures = set(self.images.values_list("name", flat=True))
        found = []
        for section in self.sections:
            html = self._section_html(section)
            for key in dict.fromkeys(richtext.citations(html)):
                if key not in known:
                    message = _("“%(section)s” cites “%(key)s”, and there is no such reference.")
                    found.append(Problem(section.field, message % {"section": section.title, "key": key}))
            if set(richtext.images(html)) - pictures:
                message = _("“%s” shows an image that is not in the library.") % section.title
                found.append(Problem(section.field, message))
        return found

    def address_problems(self, slug: str) -> list[Problem]:
        others = Page.objects.filter(kind=self.kind, address=slug).exclude(pk=self.pk)
        past = PastAddress.objects.filter(kind=self.kind, slug=slug).exclude(page=self)
        if others.exists() or past.exists():
            return [Problem("slug", _("The address “%s” belongs to another page, now or in the past.") % slug)]
        return []

    def has_unpublished_changes(self) -> bool:
        """A tag that was merged or renamed since is no change of the draft."""
        live = self.live.snapshot | {"tags": topics_now(self.live.snapshot["tags"])} if self.live else None
        return digest_of(self.concrete.snapshot()) != digest_of(live) or any(
            row.has_unpublished_changes() for row in self.concrete.rows()
        )


class Citation(models.Model):
    """The draft of a page cites a reference: kept with the text, so that the reference cannot be deleted."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "reference"], name="publishing_citation_once")]


class ImageUse(models.Model):
    page = models.ForeignKey(Page, on_delete=models.CASCADE)
    image = models.ForeignKey(Image, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "image"], name="publishing_image_use_once")]
