import re

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class ReferenceQuerySet(models.QuerySet):
    def matching(self, words: str):
        """References whose key, title, authors, publisher or year contain every word, for the citation picker."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                models.Q(key__icontains=word)
                | models.Q(title__icontains=word)
                | models.Q(authors__icontains=word)
                | models.Q(publisher__icontains=word)
                | models.Q(year__contains=word)
            )
        return found


class Reference(models.Model):
    """One source, cited by any number of pages through its key."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("Guideline")
        REVIEW = "systematic-review", _("Systematic review")
        TRIAL = "trial", _("Clinical study")
        REGULATOR = "regulator", _("Medicines regulator")
        OVERVIEW = "overview", _("Review article")
        PUBLIC = "public-information", _("Public health information")
        OTHER = "other", _("Other source")

    class State(models.TextChoices):
        OK = "ok", _("Available")
        ARCHIVED = "archived", _("Archived copy")
        CORRECTED = "corrected", _("Corrected since")
        CONCERN = "concern", _("Expression of concern")
        RETRACTED = "retracted", _("Retracted")

    class LinkState(models.TextChoices):
        OK = "ok", _("Answers")
        PROBLEM = "problem", _("Does not lead there")
        UNKNOWN = "unknown", _("Not known")

    key = models.CharField(
        _("key"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(rf"\A{KEY.pattern}\Z", _("Use small letters, digits and hyphens."))],
        help_text=_("The short name used inside texts. It never changes once it is used."),
    )
    title = models.CharField(_("title"), max_length=500)
    authors = models.CharField(
        _("authors"), max_length=500, blank=True, help_text=_("Surname and initials, by commas.")
    )
    publisher = models.CharField(_("publisher or journal"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2200)]
    )
    kind = models.CharField(_("kind of source"), max_length=20, choices=Kind, default=Kind.OTHER)
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"\A10\.\d{4,9}/\S+\Z", _("A DOI begins with 10."))],
    )
    pmid = models.CharField(
        _("PubMed number"), max_length=10, blank=True, validators=[RegexValidator(r"\A\d{1,9}\Z", _("Digits only."))]
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    archive_url = models.URLField(_("address of an archived copy"), max_length=500, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OK)
    is_checked = models.BooleanField(
        _("text seen"), default=False, help_text=_("Someone has read the source itself, not only its title.")
    )

    # What the checks of its link and of the registers found, and when. A check that failed says “unknown”, never “ok”.
    link_state = models.CharField(_("link"), max_length=8, choices=LinkState, default=LinkState.UNKNOWN, editable=False)
    link_finding = models.CharField(_("what the link answered"), max_length=300, blank=True, editable=False)
    link_checked_at = models.DateTimeField(_("link checked"), null=True, editable=False)
    link_is_ignored = models.BooleanField(
        _("do not check the link"), default=False, help_text=_("For sites that refuse to answer programs.")
    )
    register_asked_at = models.DateTimeField(_("last asked of the register"), null=True, editable=False)
    # Only when it gave an answer.
    register_checked_at = models.DateTimeField(_("looked up in the register"), null=True, editable=False)
    register_finding = models.CharField(_("what the register answered"), max_length=300, blank=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["key"]

    def __str__(self):
        return f"{self.title}. {self.publisher}" + (f", {self.year}" if self.year else "")

    def snapshot(self) -> dict:
        """What a reader sees of it, frozen into an edition."""
        return {
            "key": self.key,
            "title": self.title,
            "authors": self.authors,
            "publisher": self.publisher,
            "year": self.year,
            "kind": self.get_kind_display(),
            "doi": self.doi,
            "pmid": self.pmid,
            "url": self.url,
            "archive_url": self.archive_url,
            "accessed_on": self.accessed_on and self.accessed_on.isoformat(),
            "state": self.state,
            "is_checked": self.is_checked,
        }
