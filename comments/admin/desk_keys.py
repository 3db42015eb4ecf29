"""The keys of the moderation desk. Whoever is hindered by one switches it off for the own account."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments.keys import KeysOff


@dataclass(frozen=True)
class Key:
    """`letters` do the same; each works where no field has the focus."""

    action: str
    letters: tuple[str, ...]
    label: str

    @property
    def shortcuts(self) -> str:
        """As `aria-keyshortcuts` has them."""
        return " ".join(self.letters)


KEYS = (
    Key("next", ("j", "n"), _("Next comment")),
    Key("previous", ("k", "p"), _("Previous comment")),
    Key("approve", ("a",), _("Approve")),
    Key("reject", ("r",), _("Reject: opens the rules; 1 to 9 then rejects at once for that rule")),
    Key("spam", ("s",), _("Mark as spam")),
    Key("reply", ("e",), _("Answer as the organisation")),
    Key("open", ("o",), _("Open the page")),
    Key("task", ("t",), _("Open a task for the page")),
    Key("block", ("b",), _("Block the address or the network of the writer")),
    Key("note", ("m",), _("Leave a note for moderators")),
    Key("select", ("x",), _("Select, to decide several at once")),
    Key("undo", ("u",), _("Undo the last decision")),
    Key("help", ("?",), _("Show these keys")),
)


def keys_of(user) -> list[tuple[Key, bool]]:
    """Each key, and whether it is switched on for this account. One query."""
    off = KeysOff.of(user)
    return [(key, key.action not in off) for key in KEYS]


class KeysForm(forms.Form):
    on = forms.MultipleChoiceField(
        label=_("Keys that are switched on"),
        required=False,
        choices=[(key.action, key.label) for key in KEYS],
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def keys_view(request):
    if not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    form = KeysForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        off = [key.action for key in KEYS if key.action not in form.cleaned_data["on"]]
        KeysOff.objects.update_or_create(user=request.user, defaults={"actions": off})
        messages.success(request, _("Your keys are kept."))
        return HttpResponseRedirect(reverse("admin:comments_desk"))
    context = {
        **admin.site.each_context(request),
        "title": _("Keys of the moderation desk"),
        "form": form,
        "keys": keys_of(request.user),
    }
    return TemplateResponse(request, "admin/comments/desk_keys.html", context, status=400 if form.errors else 200)
