"""What staff type as a name: what it may consist of, and what to do when another page has it too."""

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from crosslinks.matching import vocabulary
from crosslinks.matching.deciding import ORDINARY_WORDS, SHORTEST_NAME, bare
from crosslinks.matching.names import exact_form, is_abbreviation
from crosslinks.names import Name, name_key

# Characters nobody sees: control characters, and those that turn the direction of what follows.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def check_text(text: str) -> str:
    """The text of a name or a block, or ValidationError."""
    if UNSEEN.search(text):
        raise ValidationError(_("There is a character in it that nobody can see. Type the name again."), code="unseen")
    if not name_key(text):
        raise ValidationError(
            _("Punctuation alone is not a name: write at least one letter or digit."), code="no-words"
        )
    return " ".join(text.split())


def check_name(text: str) -> str:
    """The text of a name, which is shown on its page, or ValidationError."""
    text = check_text(text)
    if len(bare(text)) < SHORTEST_NAME:
        raise ValidationError(_("One character is not a name: write at least two letters or digits."), code="too-short")
    if "<" in text or ">" in text:
        raise ValidationError(_("A name has no “<” or “>” in it: write it as it stands in a text."), code="markup")
    return text


def canonical_keys(texts: Iterable[str]) -> list[str]:
    """The key each text would have if its case did not matter."""
    return [" ".join(words) for words in vocabulary.keys(texts)]


def named(keys: set[str]) -> models.Q:
    """Names with one of these keys, whether or not in exact case. One query for the names in exact case."""
    exact = list(Name.objects.filter(exact_case=True).values_list("pk", "text"))
    found = zip(exact, canonical_keys(text for _pk, text in exact), strict=True)
    return models.Q(key__in=keys) | models.Q(pk__in=[pk for (pk, _text), key in found if key in keys])


def rivals_of(name: Name) -> list[Name]:
    """The linkable names of other pages that some word of a text could mean just as well, if that is not settled.

    It is settled when all of them, this one too, link only with evidence. Two queries.
    """
    if name.linking == Name.Linking.NEVER:
        return []
    others = Name.objects.linkable().filter(named({name_key(name.text)})).exclude(page=name.page_id)
    rivals = [other for other in others.select_related("page") if _same_in_writing(name, other)]
    automatic = [each for each in (name, *rivals) if each.linking == Name.Linking.AUTOMATIC]
    return rivals if automatic else []


def _same_in_writing(one: Name, other: Name) -> bool:
    """Whether one written word can be both. “IT” and “it” cannot, if both are bound to their case."""
    if one.key == other.key:
        return True
    if is_abbreviation(one.term()) and is_abbreviation(other.term()):
        return exact_form(one.text) == exact_form(other.text)
    return True


class Meaning(models.TextChoices):
    """What to do about a name that several pages have."""

    THIS = "this", _("It means %(this)s only")
    OTHER = "other", _("It means %(others)s only")
    BOTH = "both", _("Both, only where the page gives evidence")

    @classmethod
    def named(cls, name: Name, rivals: Iterable[Name]) -> list[tuple[str, str]]:
        """The choices, with the titles of the pages."""
        others = dict.fromkeys(str(rival.page) for rival in rivals)
        titles = {"this": name.page, "others": _(" or ").join(others)}
        return [(value, label % titles) for value, label in cls.choices]


class NameForm(forms.ModelForm):
    meaning = forms.ChoiceField(
        label=_("What does this name mean?"), choices=Meaning.choices, required=False, widget=forms.RadioSelect
    )

    # Names of other pages that are the same in writing; and those of them that change with this one.
    rivals: tuple[Name, ...] = ()
    settled: tuple[Name, ...] = ()

    class Meta:
        model = Name
        fields = ("page", "text", "kind", "language", "exact_case", "linking")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].choices = [
                choice for choice in self.fields["kind"].choices if choice[0] != Name.Kind.PREFERRED
            ]

    def clean_text(self):
        # One that is stored already does not keep its page from being saved.
        check = check_name if "text" in self.changed_data else check_text
        return check(self.cleaned_data["text"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Name.Kind.CLASS and cleaned.get("linking", Name.Linking.NEVER) != Name.Linking.NEVER:
            message = _("The name of a whole class of treatments cannot link to one of them. Choose “no”.")
            self.add_error("linking", message)
        if not self.errors:
            self._compare(cleaned)
        if not self.errors and {"text", "linking"} <= cleaned.keys() and {"text", "linking"} & set(self.changed_data):
            self._refuse_ordinary_word(cleaned)
        return cleaned

    def _refuse_ordinary_word(self, cleaned: dict) -> None:
        """Of abbreviations too: the links never take one without evidence, so the form does not promise it."""
        if cleaned["linking"] == Name.Linking.AUTOMATIC and bare(cleaned["text"]).lower() in ORDINARY_WORDS:
            message = _(
                "“%s” is an ordinary word or a unit, so it cannot link wherever it stands. Choose “only where the page "
                "gives evidence of what is meant”, or “no”."
            )
            self.add_error("linking", message % cleaned["text"])

    def _compare(self, cleaned: dict) -> None:
        """With the other names of the page, and with those of other pages."""
        typed = self._typed(cleaned)
        same = models.Q(key=typed.key)
        if "text" in self.changed_data:
            # One of them in this case only: two keys, and yet nobody could tell them apart.
            same |= models.Q(text=typed.text)
        others = Name.objects.filter(same, page=typed.page_id).exclude(pk=self.instance.pk).order_by("pk")
        twin = next((other for other in others if not self.is_leaving(other)), None)
        # The text of a preferred name is not in the form.
        field = "text" if "text" in self.fields else None
        if twin and twin.kind == Name.Kind.PREFERRED:
            self.add_error(field, _("This is what the page is called: its title is a name already."))
        elif twin and twin.text == typed.text:
            self.add_error(field, _("This page already has the name “%s”.") % twin)
        elif twin:
            message = _("This page already has the name “%s”, which the links take for the same.") % twin
            self.add_error(field, message)
        elif self.instance._state.adding or {"text", "kind", "exact_case", "linking"} & set(self.changed_data):
            self._settle(cleaned, typed)

    @property
    def text_typed(self) -> str:
        return self["text"].value() if "text" in self.fields else self.instance.text

    def is_leaving(self, name: Name) -> bool:
        """Whether this name of the same page is deleted together with the change."""
        return False

    def _typed(self, cleaned: dict) -> Name:
        """The name as it would be; columns that are not in the form stay as they are."""
        columns = ("page", "text", "kind", "exact_case", "linking")
        stored = self.instance
        typed = Name(pk=stored.pk, **{
            column: cleaned[column] if column in cleaned else getattr(stored, column) for column in columns
        })  # fmt: skip
        typed.clean()
        return typed

    def _settle(self, cleaned: dict, typed: Name) -> None:
        self.rivals = tuple(rivals_of(typed))
        if not self.rivals:
            return
        self.fields["meaning"].choices = Meaning.named(typed, self.rivals)
        meaning = cleaned.get("meaning")
        if meaning == Meaning.OTHER:
            cleaned["linking"] = Name.Linking.NEVER
        elif meaning == Meaning.BOTH:
            cleaned["linking"] = Name.Linking.EVIDENCE
            self.settled = _all_linking(self.rivals, Name.Linking.EVIDENCE)
        elif meaning == Meaning.THIS:
            self.settled = _all_linking(self.rivals, Name.Linking.NEVER)
        else:
            message = _("“%(name)s” is already a name of %(pages)s. Choose below what it means.")
            pages = ", ".join(f"“{rival.page}”" for rival in self.rivals)
            self.add_error(None, ValidationError(message, code="rival", params={"name": typed, "pages": pages}))


def _all_linking(names: tuple[Name, ...], linking: Name.Linking) -> tuple[Name, ...]:
    for name in names:
        name.linking = linking
    return names
