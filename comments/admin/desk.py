"""The moderation desk: one queue, safety first, then the oldest; each comment with everything in view."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from comments import moderation
from comments.admin.desk_decisions import BLOCK_DAYS, Refused, act, inserted, last_decision, offered
from comments.admin.desk_filters import FOLDERS, PARTS, PER_PAGE, DeskForm, counts
from comments.admin.desk_items import Item, items_of
from comments.admin.desk_keys import KEYS, keys_of
from comments.comments import Comment
from comments.house_rules import HOUSE_RULES
from comments.prepared import PreparedReply
from publishing.numbers import row_number

__all__ = ["KEYS", "desk_view", "open_view"]
TYPED = ("rule", "words", "text", "section", "what", "days", "refuses", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def desk_view(request):
    _require_moderator(request)
    form = DeskForm(request.GET)
    if request.method != "POST":
        return _desk(request, form, at=form.chosen().get("at"))
    if request.POST.get("do") == "insert":
        return _with_prepared_text(request, form)
    try:
        done = act(request)
    except Refused as refusal:
        return _refused(request, form, refusal)
    if done.message:
        messages.success(request, done.message)
    address = form.address(at=done.item)
    return HttpResponseRedirect(f"{address}#item-{done.item}" if done.item else address)


def _require_moderator(request) -> None:
    if not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied


def _with_prepared_text(request, form: DeskForm):
    """The desk again with the text in its field, or for the script the text alone."""
    is_for_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    try:
        number, text = inserted(request)
    except Refused as refusal:
        if is_for_script:
            return JsonResponse({"problem": refusal.problem}, status=refusal.status)
        return _refused(request, form, refusal)
    if is_for_script:
        return JsonResponse({"text": text})
    into = request.POST["into"]
    typed = _typed(request) | {"do": "reject" if into == "words" else "reply", into: text}
    return _desk(request, form, at=number, typed=typed)


def _refused(request, form: DeskForm, refusal: Refused):
    if request.POST.get("do") == "all":
        several = {"rule": request.POST.get("rule", ""), "chosen": request.POST.getlist("chosen")[:PER_PAGE]}
        return _desk(request, form, several=several, problem=refusal.problem, status=refusal.status)
    if refusal.item is None:
        return _desk(request, form, problem=refusal.problem, status=refusal.status)
    do = request.POST["do"]
    if do == "insert":
        do = "reject" if request.POST.get("into") == "words" else "reply"
    typed = _typed(request) | {"do": do, "problem": refusal.problem}
    return _desk(request, form, at=refusal.item, typed=typed, status=refusal.status)


def _typed(request) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in TYPED}


def _desk(request, form: DeskForm, *, at=None, typed=None, several=None, problem="", status=200):
    numbers, has_more = form.numbers()
    ticked = several["chosen"] if several else []
    # What was just refused is shown also when it stands in this list no more.
    refused = ([] if typed is None else [at]) + _numbers_of(ticked)
    shown = [*(number for number in dict.fromkeys(refused) if number not in numbers), *numbers]
    items = items_of(shown, request.user)
    _make_current(items, at, typed)
    found = counts()
    replies = list(PreparedReply.objects.all())
    context = {
        **admin.site.each_context(request),
        "title": _("Moderation desk"),
        "form": form,
        "here": form.address(),
        "parts": _parts(form, found),
        "part": form.part,
        "items": [
            {
                "item": item,
                # With its version: nobody decides on what somebody has changed meanwhile, and nobody has seen.
                "is_ticked": f"{item.comment.pk}:{item.comment.version}" in ticked,
                "previous": items[place - 1].comment.pk if place else None,
                "next": items[place + 1].comment.pk if place + 1 < len(items) else None,
                "reasons": offered(item.comment.flags, replies, "words"),
                "answers": offered(item.comment.flags, replies, "text"),
            }
            for place, item in enumerate(items)
        ],
        "previous_page": form.address(page=form.number - 1) if form.number > 1 else "",
        "next_page": form.address(page=form.number + 1) if has_more else "",
        "problem": problem,
        "rule_of_several": several["rule"] if several else "",
        "last": last_decision(request),
        "house_rules": HOUSE_RULES,
        "keys": keys_of(request.user),
        "block_days": BLOCK_DAYS,
        "may_block": request.user.has_perm("comments.add_block"),
        "may_reply": request.user.has_perm("comments.reply_officially"),
    }
    context["shortcuts"] = {key.action: key.shortcuts for key, is_on in context["keys"] if is_on}
    return TemplateResponse(request, "admin/comments/desk.html", context, status=status)


def _numbers_of(ticked: list[str]) -> list[int]:
    numbers = (row_number(value.partition(":")[0]) for value in ticked)
    return [number for number in numbers if number is not None]


def _make_current(items: list[Item], at: int | None, typed: dict | None) -> None:
    """The comment asked for; if it is gone, the first, because what stood before it was passed over already."""
    if at is None or not items:
        return
    current = next((item for item in items if item.comment.pk == at), items[0])
    current.is_current = True
    if typed and current.comment.pk == at:
        current.typed = typed


def _parts(form: DeskForm, found: dict[str, int]) -> list[dict]:
    named = [(part.name, part.label, found[part.name]) for part in PARTS] + [(*folder, None) for folder in FOLDERS]
    return [
        {
            "label": label,
            "count": count,
            "url": form.address(show=name, page=None),
            "is_chosen": name == form.part,
        }
        for name, label, count in named
    ]


@require_POST
def open_view(request):
    """A comment became the current one on somebody's desk: it is marked for the others."""
    _require_moderator(request)
    comment = get_object_or_404(Comment, pk=row_number(request.POST.get("item", "")))
    return JsonResponse({"other": moderation.open_item(comment, by=request.user)})
