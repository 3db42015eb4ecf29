"""Names: what conditions and therapies are called, and the texts that never link."""

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosslinks.matching import Linking, Term
from crosslinks.matching.vocabulary import keys
from publishing.models import Edition, Page

LONGEST_KEY = 420


def name_key(text: str, *, exact_case: bool = False) -> str:
    """The same for all spellings that the matcher takes for one name; a name in exact case is its own key.

    Empty for a text without words.
    """
    text = " ".join(text.split())
    words = " ".join(next(iter(keys([text])), []))
    key = f"={text}" if exact_case and words else words
    # A Greek letter is spelled out, so that a key can be longer than its text.
    return key if len(key) <= LONGEST_KEY else f"#{sha256(key.encode()).hexdigest()}"


class Written(models.Model):
    """A text as staff write it, with the key that is the same for all its spellings."""

    text = models.CharField(_("name"), max_length=200)
    # The same for all spellings that the matcher takes for one name.
    key = models.CharField(max_length=LONGEST_KEY, editable=False, db_index=True)
    exact_case = False

    class Meta:
        abstract = True

    def __str__(self):
        return self.text

    def clean(self):
        self._set_key()

    def save(self, **kwargs):
        self._set_key()
        super().save(**kwargs)

    def _set_key(self) -> None:
        self.text = " ".join(self.text.split())
        self.key = name_key(self.text, exact_case=self.exact_case)


class NameQuerySet(models.QuerySet):
    def of_pages_once_public(self):
        """Only these take part in matching: what a page that never was public is called changes nothing for readers."""
        return self.filter(page__address__isnull=False)

    def linkable(self):
        return self.exclude(linking=Linking.NEVER)


class Name(Written):
    """One way to write what a page is about. The preferred name is the title of its newest public edition."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("preferred name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        PLAIN = "plain", _("plain-English name")
        BRAND = "brand", _("brand name")
        GENERIC = "generic", _("generic name")
        FORMER = "former", _("former name")
        PLURAL = "plural", _("irregular plural")
        CLASS = "class", _("name of a whole class")

    class Linking(models.TextChoices):
        AUTOMATIC = Linking.AUTOMATIC.value, _("yes")
        EVIDENCE = Linking.EVIDENCE.value, _("only where the page gives evidence of what is meant")
        NEVER = Linking.NEVER.value, _("no")

    page = models.ForeignKey(Page, verbose_name=_("page"), related_name="names", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    exact_case = models.BooleanField(
        _("in this case only"), default=False, help_text=_("“AIDS” but not “aids”: for abbreviations.")
    )
    linking = models.CharField(_("link automatically"), max_length=10, choices=Linking, default=Linking.AUTOMATIC)

    objects = NameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "key"],
                name="crosslinks_name_once_per_page",
                violation_error_message=_("This page already has this name."),
            ),
            models.UniqueConstraint(
                fields=["page", "text"],
                name="crosslinks_name_written_once_per_page",
                violation_error_message=_("This page already has this name."),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(linking="automatic"),
                name="crosslinks_automatic_name_belongs_to_one_page",
                violation_error_message=_("Another page has this name, and it links automatically there."),
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(kind="preferred"), name="crosslinks_one_preferred_name"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="crosslinks_name_has_words"),
            models.CheckConstraint(
                condition=~Q(kind="class") | Q(linking="never"),
                name="crosslinks_class_never_links",
                violation_error_message=_("The name of a whole class of treatments cannot link to one of them."),
            ),
        ]

    def facts(self) -> dict:
        """For the audit trail."""
        return {
            "text": self.text,
            "kind": self.kind,
            "language": self.language,
            "exact_case": self.exact_case,
            "linking": self.linking,
        }

    def term(self) -> Term:
        return Term(
            key=self.pk,
            entity=self.page_id,
            text=self.text,
            kind=self.kind,
            exact_case=self.exact_case,
            linking=Linking(self.linking),
        )


def texts_of_names() -> list[str]:
    return list(Name.objects.values_list("text", flat=True))


def names_in_content(page: Page) -> list[dict]:
    """The names that are part of what the draft of a page says, and that a review covers. One query."""
    return content_names(Name.objects.filter(page=page.pk), page.title)


def content_names(names: Iterable[Name], title: str) -> list[dict]:
    """The preferred name is left out, and former ones that were titles: they follow the title by themselves
    (`crosslinks.titles`). A former name that somebody typed in is reviewed as any other.
    """
    names = list(names)
    former = {name.page_id for name in names if name.kind == Name.Kind.FORMER}
    titles = Edition.objects.filter(page__in=former).values_list("title", flat=True) if former else ()
    follow = {name_key(each) for each in titles}
    kept = [
        name
        for name in names
        if name.kind != Name.Kind.PREFERRED
        and name.key != name_key(title)
        and not (name.kind == Name.Kind.FORMER and name.key in follow)
    ]
    facts = ("text", "kind", "linking", "exact_case")
    listed = [{fact: getattr(name, fact) for fact in facts} for name in kept]
    return sorted(listed, key=lambda name: (name["text"], name["kind"]))


class Block(Written):
    """A text that does not link: on one page, because an editor rejected the link, or on the whole site."""

    class Reason(models.TextChoices):
        COMMON_WORD = "common-word", _("It is a common word here")
        WRONG_SENSE = "wrong-sense", _("It means something else here")
        WRONG_SPAN = "wrong-span", _("It is part of a longer name")
        OTHER = "other", _("Another reason")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, related_name="blocks", on_delete=models.CASCADE
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    blocked_by = models.CharField(_("by"), max_length=200, editable=False)
    blocked_at = models.DateTimeField(_("on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("blocked name")
        verbose_name_plural = _("blocked names")
        ordering = ["text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "key"],
                name="crosslinks_block_once_per_page",
                violation_error_message=_("This name is blocked on this page already."),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(page__isnull=True),
                name="crosslinks_block_once_for_the_site",
                violation_error_message=_("This name is blocked on the whole site already."),
            ),
            models.CheckConstraint(condition=~Q(key=""), name="crosslinks_block_has_words"),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(remark=""),
                name="crosslinks_other_reason_is_explained",
                violation_error_message=_("Say in the remark what the reason is."),
            ),
        ]

    @property
    def explanation(self) -> str:
        return f"{self.get_reason_display()}. {self.remark}".rstrip(" .") + "."
