"""Tags: one for each name, however it is typed. One can be merged into another (`publishing.tag_merges`)."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from publishing.freshness import PublicModel
from publishing.ruled import Rule, Ruled

LONGEST_NAME = 100
# Leaves room for the number that tells two alike apart.
LONGEST_SLUG = 90
# What nobody sees: controls, soft hyphens, joiners, marks of direction, fillers, selectors of variants.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Unseen, but some scripts are not written well without them.
JOINERS = "\u200c\u200d"
# Word processors put the left ones for the right ones.
ALIKE = str.maketrans(dict.fromkeys("\u2010\u2012\u2013\u2212", "-") | dict.fromkeys("\u2018\u2019\u02bc", "'"))


def folded(name: str) -> str:
    """The form under which two spellings are one tag: any case, composed or decomposed, any run of spaces, with or
    without what nobody sees, any hyphen and apostrophe.
    """
    seen = UNSEEN.sub("", " ".join(name.split()))
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return " ".join(caseless.translate(ALIKE).split())


def tidy(name: str) -> str:
    """The name as it is stored and shown."""
    spaced = " ".join(name.split())
    seen = "".join(letter for letter in spaced if letter in JOINERS or not UNSEEN.match(letter))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


class Tag(Ruled, PublicModel, TagBase):
    # One letter of a name can fold to eighteen.
    key = models.CharField(max_length=2000, unique=True, editable=False)
    # The tag that somebody chose, and the one that stands for this one now: the other end, where that was merged too.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    leads_to = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="led_here")

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        permissions = [("merge_tag", _("Can merge tags"))]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="publishing_tag_has_a_name_to_see"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")) & ~Q(leads_to=F("id")), name="publishing_tag_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, leads_to__isnull=True)
                | Q(merged_into__isnull=False, leads_to__isnull=False),
                name="publishing_merged_tag_leads_somewhere",
            ),
        ]

    @classmethod
    def rules(cls) -> list[Rule]:
        table = cls._meta.db_table
        leads_on = f"""NEW.leads_to_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM {table} t
            WHERE (t.id = NEW.leads_to_id AND t.leads_to_id IS NOT NULL) OR t.leads_to_id = NEW.id)"""  # noqa: S608
        message = "a merged tag leads to one that is not merged itself"
        return [
            Rule("made_merged", cls, "INSERT", message, leads_on),
            Rule("merged", cls, "UPDATE", message, leads_on),
        ]

    def get_absolute_url(self):
        return reverse("publishing:tag", args=[self.slug])

    @property
    def current(self) -> "Tag":
        """The tag that stands for this one: itself, unless it was merged. One query then, unless it was fetched."""
        return self.leads_to or self

    def save(self, *args, **kwargs):
        """What merging sets is not written: a form opened before a merge cannot take it back."""
        self.name = tidy(self.name)
        self.key = folded(self.name)
        if not self._state.adding:
            kwargs["update_fields"] = ["name", "slug", "key"]
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.name = tidy(self.name)
        if not folded(self.name):
            raise ValidationError({"name": _("A tag needs a name that can be seen.")})
        if len(self.name) > LONGEST_NAME:
            message = _("A tag has at most %d characters; some of these count twice.") % LONGEST_NAME
            raise ValidationError({"name": message})

    def validate_unique(self, exclude=None):
        other = Tag.objects.filter(key=folded(self.name)).exclude(pk=self.pk).select_related("leads_to").first()
        if other and other.leads_to:
            words = {"name": other, "into": other.leads_to}
            message = _("There is a tag “%(name)s” already. It was merged into “%(into)s”: use that one.")
            raise ValidationError({"name": message % words})
        if other:
            message = _("There is a tag of this name already, perhaps in another case: “%s”.")
            raise ValidationError({"name": message % other})
        super().validate_unique(exclude)

    @classmethod
    def named(cls, name: str) -> "Tag":
        """The tag that stands for this name, however it is typed, made when there is none."""
        known = cls.objects.select_related("leads_to")
        return known.get_or_create(key=folded(name), defaults={"name": name})[0].current

    def slugify(self, tag, i=None):
        slug = (slugify(tag) or slugify(tag, allow_unicode=True) or "tag")[:LONGEST_SLUG]
        return slug if i is None else f"{slug}-{i}"


class TaggedPage(Ruled, ItemBase):
    """A draft has a tag. What readers see are the tags of editions (`publishing.topics`)."""

    tag = models.ForeignKey(
        Tag, related_name="tagged_pages", on_delete=models.PROTECT, limit_choices_to={"leads_to": None}
    )
    content_object = models.ForeignKey("publishing.Page", related_name="tagged", on_delete=models.CASCADE)
    # Somebody chose this very tag, not only one that was merged into it.
    is_own = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="publishing_tag_once_per_page")]

    @classmethod
    def rules(cls) -> list[Rule]:
        is_merged = f"""EXISTS (
            SELECT 1 FROM {Tag._meta.db_table} t WHERE t.id = NEW.tag_id AND t.leads_to_id IS NOT NULL)"""  # noqa: S608
        message = "a draft has the tag that stands for a merged one"
        return [
            Rule("added", cls, "INSERT", message, is_merged),
            Rule("changed", cls, "UPDATE OF tag_id", message, is_merged),
        ]


class TaggedBefore(models.Model):
    """A merged tag that a draft had. It goes with the one that stands for it when somebody takes that off the draft."""

    tagged = models.ForeignKey(TaggedPage, related_name="before", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, related_name="tagged_before", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tagged", "tag"], name="publishing_tagged_before_once")]

    def __str__(self):
        return f"{self.tagged_id}: {self.tag_id}"


class DraftTags(_TaggableManager):
    """The tags of a draft: names and tags are taken for the tags that stand for them."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        now = [Tag.named(each) if isinstance(each, str) else each.current for each in tags]
        return super()._to_tag_model_instances(now, tag_kwargs)
