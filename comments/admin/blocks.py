"""Blocks: what is refused or held, why, by whom and until when. They are ended, not deleted: staff can look them up."""

import ipaddress
import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from comments.admin.settled import SettledAdmin
from comments.blocks import last_moment
from comments.comments import Comment, normal_email
from comments.models import Block
from comments.networks import KEPT_DAYS, network_hash
from comments.text import clean_text
from publishing.events import name_of
from publishing.numbers import row_number
from publishing.templatetags.page_admin import moment

LONGEST_PHRASE = 200
FEWEST_LETTERS = 3


def network_in(text: str) -> str:
    """What staff type, in the form of `comments.networks.network_of`: an IPv4 address or the 256 around it, or the
    first 64 bits of IPv6. Raises ValidationError.
    """
    try:
        typed = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        typed = None
    if typed is not None and typed.version == 6 and typed.prefixlen == 128 and typed[0].ipv4_mapped:
        typed = ipaddress.ip_network(typed[0].ipv4_mapped)
    match typed and (typed.version, typed.prefixlen):
        case (4, 32):
            return str(typed[0])
        case (4, 24) | (6, 64):
            return str(typed)
        case (6, 128):
            return str(typed.supernet(new_prefix=64))
    raise ValidationError(translate("Write an address, or a network that ends in /24 (IPv4) or /64 (IPv6)."))


def clean_phrase(text: str) -> str:
    """In small letters, with single spaces. Raises ValidationError for what would block too much."""
    phrase = " ".join(clean_text(text, LONGEST_PHRASE).lower().split())
    if re.search(r"(?<!\w)\*|\*(?=[\w*])", phrase):
        raise ValidationError(translate("A * stands only at the end of a word: it means any ending."))
    if any(_letters(each) < FEWEST_LETTERS for each in (phrase, *re.findall(r"(\w+)\*", phrase))):
        message = translate("Write at least %d letters, also before a *: anything shorter blocks too much.")
        raise ValidationError(message % FEWEST_LETTERS)
    return phrase


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


class BlockForm(forms.ModelForm):
    class Meta:
        model = Block
        fields = ("kind", "value", "refuses", "reason", "expires_at")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "value" in self.fields:
            self.fields["value"].help_text = _(
                "An e-mail address; or a phrase of whole words, where * at the end of a word stands for any ending; or "
                "a network: 192.0.2.7, 192.0.2.0/24, 2001:db8::/64, or #12 for the network that comment 12 came from. "
                "Of a network only a hash is stored."
            )
        if "expires_at" in self.fields:
            words = _("Empty: for good; a network for %d days, and never longer, because then its key is thrown away.")
            self.fields["expires_at"].help_text = words % KEPT_DAYS

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and cleaned.get("kind") and cleaned.get("value"):
            try:
                self.instance.kind = cleaned["kind"]
                cleaned["value"], self.instance.day = self._read(cleaned["kind"], cleaned["value"])
            except ValidationError as error:
                self.add_error("value", error)
            else:
                self._check_twice(cleaned)
        if "expires_at" in cleaned:
            self._check_end(cleaned)
        return cleaned

    def _read(self, kind: str, value: str) -> tuple:
        """What is stored, and for a network the day of the key that it was hashed with. Raises ValidationError."""
        today = timezone.localdate()
        if kind == Block.Kind.PHRASE:
            return clean_phrase(value), None
        if kind == Block.Kind.EMAIL:
            value = normal_email(value)
            validate_email(value)
            return value, None
        if value.startswith("#"):
            comment = self._comment(value[1:])
            return comment.network, timezone.localdate(comment.posted_at)
        return network_hash(network_in(value), today), today

    def _comment(self, number: str) -> Comment:
        comment = Comment.objects.filter(pk=row_number(number)).first()
        if (
            comment is None
            or not comment.network
            or last_moment(timezone.localdate(comment.posted_at)) <= timezone.now()
        ):
            raise ValidationError(translate("The network of that comment is not known, or not any more."))
        return comment

    def _check_twice(self, cleaned) -> None:
        if Block.objects.filter(kind=cleaned["kind"], value=cleaned["value"]).exists():
            message = _("This is in the list of blocks already, perhaps as one that has ended: open it there.")
            self.add_error("value", message)

    def _check_end(self, cleaned) -> None:
        end, now = cleaned["expires_at"], timezone.now()
        if end and not self.instance.pk and end <= now:
            self.add_error("expires_at", _("Choose a time in the future."))
        elif self.instance.day:
            latest = last_moment(self.instance.day)
            if end and end > latest:
                message = _("A network can be blocked until %s at most: then nobody can tell any more which it was.")
                self.add_error("expires_at", message % moment(latest))
            cleaned["expires_at"] = end or latest


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return (("in-force", _("In force")), ("ended", _("Ended")))

    def queryset(self, request, queryset):
        match self.value():
            case "in-force":
                return queryset.in_force()
            case "ended":
                return queryset.filter(Q(expires_at__lte=timezone.now()))
        return queryset


@admin.register(Block)
class BlockAdmin(SettledAdmin):
    form = BlockForm
    list_display = ("what", "kind", "effect", "reason", "standing", "until", "created_by", "since")
    list_filter = (StandingFilter, "kind", "refuses")
    search_fields = ("value", "reason", "created_by")
    ordering = ("-created_at", "-pk")

    class Media:
        css = {"all": ["comments/staff.css"]}

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        if obj:
            return ("kind", "what", "refuses", "reason", "standing", "expires_at", "created_by", "since")
        return ("kind", "value", "refuses", "reason", "expires_at")

    def get_readonly_fields(self, request, obj=None):
        # Something else is another block: end this one and add that.
        return ("kind", "what", "standing", "created_by", "since") if obj else ()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = name_of(request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("what is blocked"), ordering="value")
    def what(self, block):
        if block.kind == Block.Kind.NETWORK:
            return _("a network, known by its hash of %s") % block.day
        return format_html('<bdi class="said">{}</bdi>', block.value)

    @admin.display(description=_("effect"), ordering="refuses")
    def effect(self, block):
        return _("refused") if block.refuses else _("held")

    @admin.display(description=_("standing"))
    def standing(self, block):
        return _("in force") if block.is_in_force else _("ended")

    @admin.display(description=_("until"), ordering="expires_at")
    def until(self, block):
        return moment(block.expires_at) if block.expires_at else _("for good")

    @admin.display(description=_("since"), ordering="created_at")
    def since(self, block):
        return moment(block.created_at)
