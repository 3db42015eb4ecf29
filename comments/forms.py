"""The forms of readers. What was typed is shown again with every error, also what cannot be kept."""

import re

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from comments.comments import EXPERIENCE_FIELDS, Comment, normal_email
from comments.feedback import LONGEST_REMARK
from comments.notes import Report
from comments.text import LONGEST_ANSWER, LONGEST_NAME, LONGEST_TEXT, clean_name, clean_text, seen

LONGEST_EMAIL = 254
LONGEST_WORDS = 1_000
LONGEST_OBJECTION = 2_000
# What no page can hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class _Printable:
    def format_value(self, value):
        value = super().format_value(value)
        return value and _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)


class TextInput(_Printable, forms.TextInput):
    pass


class EmailInput(_Printable, forms.EmailInput):
    pass


class Textarea(_Printable, forms.Textarea):
    pass


class PlainText(forms.CharField):
    """Plain text as `comments.text` keeps it."""

    widget = Textarea
    cleaner = staticmethod(clean_text)

    def __init__(self, *, longest: int, **options):
        super().__init__(strip=False, **options)
        self.longest = longest
        self.widget.attrs["maxlength"] = longest

    def to_python(self, value):
        value = super().to_python(value)
        value = self.cleaner(value, self.longest)
        if value and not seen(value).strip():
            raise forms.ValidationError(translate("Nobody could see anything of this text."))
        return value


def _name(value: str, _longest: int) -> str:
    return clean_name(value)


class PlainName(PlainText):
    widget = TextInput
    cleaner = staticmethod(_name)


class PlainEmail(forms.EmailField):
    widget = EmailInput

    def to_python(self, value):
        return normal_email(clean_text(super().to_python(value), LONGEST_EMAIL))


def _answer(label, help_text="") -> PlainText:
    return PlainText(
        label=label, help_text=help_text, longest=LONGEST_ANSWER, required=False, widget=Textarea(attrs={"rows": 3})
    )


class WrittenForm(forms.Form):
    """What a writer says, and may change for a while."""

    name = PlainName(
        label=_("Your name or a nickname"),
        longest=LONGEST_NAME,
        help_text=_("Everybody sees it. A nickname is fine; your full name is not needed."),
        widget=TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Write a name or a nickname.")},
    )
    text = PlainText(
        label=_("Your comment"),
        longest=LONGEST_TEXT,
        help_text=_("Plain text. An empty line makes a new paragraph; up to two web addresses become links."),
        widget=Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Write your comment.")},
    )
    how_given = _answer(_("How it was given"), _("At home or in a clinic, by infusion, injection or mouth, how often."))
    practical_tips = _answer(_("Practical tips"), _("What made it easier."))
    unwanted_effects = _answer(_("Unwanted effects"), _("What you noticed. Please tell your own team about them too."))
    wish_known = _answer(_("What I wish I had known"))

    def __init__(self, *args, has_experience: bool, **options):
        super().__init__(*args, **options)
        self.use_required_attribute = True
        if not has_experience:
            for name in EXPERIENCE_FIELDS:
                del self.fields[name]

    @property
    def experience_fields(self):
        return [self[name] for name in EXPERIENCE_FIELDS if name in self.fields]

    @property
    def written(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("name", "text", *EXPERIENCE_FIELDS)}


class WritingForm(WrittenForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Comment.Kind.choices if choice[0] != Comment.Kind.REPLY],
        error_messages={
            "required": _("Choose what kind of comment it is."),
            "invalid_choice": _("Choose what kind of comment it is."),
        },
    )
    section = forms.ChoiceField(
        label=_("Which part of the page is it about?"),
        required=False,
        error_messages={"invalid_choice": _("The page has no such part any more. Choose again.")},
    )
    email = PlainEmail(
        label=_("E-mail address"),
        required=False,
        max_length=LONGEST_EMAIL,
        help_text=_(
            "Not needed, and never shown. With it you can be told what became of your comment, object if it is "
            "rejected, and find or erase all your comments later. It counts only once you have followed the link "
            "that is sent to it."
        ),
        widget=EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no e-mail address. Correct it, or leave the field empty.")},
    )
    follow = forms.BooleanField(label=_("Tell me by e-mail about answers"), required=False)
    consent = forms.BooleanField(
        label=_(
            "I agree that this site stores what I have written here, which may tell something about my health, so that "
            "moderators can read it and, once they have approved it, everybody."
        ),
        help_text=_(
            "Stored with it: your address if you gave one, and for 30 days a scrambled mark of the network you write "
            "from. You can withdraw the comment at any time with the private link on the next page; then its words "
            "are deleted."
        ),
        error_messages={"required": _("Without your agreement the comment cannot be stored.")},
    )
    # Nobody sees it but programs that fill in whatever they find.
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        strip=False,
        widget=TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, sections, is_answer: bool, has_experience: bool, **options):
        super().__init__(*args, has_experience=has_experience and not is_answer, **options)
        self.order_fields(["kind", "section", *self.fields])
        self.fields["section"].choices = [("", _("the page as a whole")), *sections]
        if is_answer:
            del self.fields["kind"], self.fields["section"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("follow") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("To be told about answers, give an address."))
        if cleaned.get("kind") != Comment.Kind.EXPERIENCE and any(self.data.get(name) for name in EXPERIENCE_FIELDS):
            self._leave_out_experience(cleaned)
        return cleaned

    def _leave_out_experience(self, cleaned: dict) -> None:
        """Answers about a therapy belong to an experience. What was typed is not thrown away unasked."""
        if "kind" in self.fields and "kind" not in self.errors:
            said = _(
                "You have answered questions about an experience. Choose “My experience” here, or empty those answers."
            )
            self.add_error("kind", said)
        for name in EXPERIENCE_FIELDS:
            self.errors.pop(name, None)
            cleaned.pop(name, None)

    @property
    def honeypot(self) -> str:
        return self.cleaned_data["homepage"]


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        widget=forms.RadioSelect,
        choices=Report.Reason.choices,
        error_messages={
            "required": _("Choose what is wrong with the comment."),
            "invalid_choice": _("Choose what is wrong with the comment."),
        },
    )
    words = PlainText(
        label=_("In your own words"),
        required=False,
        longest=LONGEST_WORDS,
        help_text=_("Only moderators read this. Please tell nothing that gives you or others away."),
        widget=Textarea(attrs={"rows": 4}),
    )


class ObjectionForm(forms.Form):
    text = PlainText(
        label=_("Why the comment should be public after all"),
        longest=LONGEST_OBJECTION,
        help_text=_("You can object once. Moderators read it together with your comment and decide anew."),
        widget=Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write why you object.")},
    )


class RemarkForm(forms.Form):
    section = forms.ChoiceField(
        label=_("Which part of the page is it about?"),
        required=False,
        error_messages={"invalid_choice": _("The page has no such part any more. Choose again.")},
    )
    remark = PlainText(
        label=_("What was missing, wrong or hard to understand?"),
        longest=LONGEST_REMARK,
        help_text=_("The editors read it; nobody answers, and it is never shown. Write nothing about your health."),
        widget=Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your remark, or leave this page.")},
    )

    def __init__(self, *args, sections, **options):
        super().__init__(*args, **options)
        self.fields["section"].choices = [("", _("the page as a whole")), *sections]
