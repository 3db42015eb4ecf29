"""The screens of review: what changed, part by part, with comments and the sign-off; and any two editions compared."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from publishing import checks, workflow
from publishing.admin.checklist import checklist
from publishing.admin.door_views import field_url, problem_url
from publishing.admin.standing import Standing
from publishing.comparison import Difference, compare
from publishing.content import content_digest, draft_content, edition_content, live_content
from publishing.models import Edition, Page, ReviewComment, SignOff
from publishing.moves import MEDICAL
from publishing.templatetags.page_admin import moment

LIVE, SIGNED = "live", "sign-off"
DRAFT_CHOICE = "draft"
# What a comment's part may be called, as wide as its columns.
LONGEST_PART, LONGEST_LABEL = (ReviewComment._meta.get_field(name).max_length for name in ("part", "part_label"))


class CommentForm(forms.Form):
    part = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OtherCommentForm(CommentForm):
    """About a part that did not change."""

    part = forms.ChoiceField(label=_("About"))
    field_order = ["part", "text"]

    def __init__(self, *args, parts: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = parts.items()


class ResolveForm(forms.Form):
    resolution = forms.CharField(
        label=_("What was done about it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SignOffForm(forms.Form):
    """Each question that only a person can answer is a box of its own. `seen` says which content was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label=_("What you have reviewed"), choices=SignOff.Scope.choices, widget=forms.RadioSelect, initial="whole"
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the sign-off. Readers do not see it."),
    )

    def __init__(self, *args, questions: list, may_be_part: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        if not may_be_part:
            self.fields["scope"].choices = [choice for choice in SignOff.Scope.choices if choice[0] == "whole"]
        for each in questions:
            # Not required here, so that the rules name all that is missing together.
            self.fields[f"confirmed-{each.id}"] = forms.BooleanField(
                label=each.question, help_text=each.id, required=False, widget=forms.CheckboxInput({"required": True})
            )
        self.order_fields(["seen", "scope", *(f"confirmed-{each.id}" for each in questions), "note"])

    @property
    def boxes(self):
        return [self[f"confirmed-{each.id}"] for each in self.questions]

    @property
    def confirmed(self) -> set[str]:
        return {each.id for each in self.questions if self.cleaned_data[f"confirmed-{each.id}"]}

    def tell(self, problems) -> list:
        """Puts each problem at its field; returns the others."""
        asked = {each.question: f"confirmed-{each.id}" for each in self.questions}
        others = []
        for problem in problems:
            if problem.field == "confirmed" and problem.message in asked:
                self.add_error(asked[problem.message], gettext("Confirm this, or send the draft back with a comment."))
            elif problem.field in self.fields:
                self.add_error(problem.field, problem.message)
            else:
                others.append(problem)
        return others

    def show_again(self, digest: str) -> None:
        """What is shown again has seen what stands there now; what was confirmed of another content was not."""
        self.data = self.data.copy()
        if self.data.get("seen") != digest:
            self.data["seen"] = digest
            for each in self.questions:
                self.data.pop(f"confirmed-{each.id}", None)


@dataclass(frozen=True)
class Part:
    """A part of the page that differs, with what was said about it."""

    difference: Difference
    # The form of the draft, where this part is changed; empty for what is changed elsewhere.
    url: str
    comments: list
    form: CommentForm | None


@dataclass(frozen=True)
class Remark:
    """A comment, and the form that answers it."""

    comment: ReviewComment
    url: str
    form: ResolveForm | None
    resolve_url: str


class ReviewViews:
    """For the admin of a kind of page, beside `DoorViews`."""

    review_template = "admin/publishing/review.html"

    def get_urls(self):
        own = {
            "review": ("review/", self.review_view),
            "sign_off": ("sign-off/", self.sign_off_view),
            "claim": ("claim/", self.claim_view),
            "release": ("release/", self.release_view),
            "comment": ("comment/", self.comment_view),
            "resolve": ("comments/<int:comment_id>/resolve/", self.resolve_view),
            "compare": ("compare/", self.compare_view),
        }
        return [
            path(f"<int:object_id>/{place}", self.admin_site.admin_view(view), name=f"{self._name}_{name}")
            for name, (place, view) in own.items()
        ] + super().get_urls()

    def door_names(self):
        return (*super().door_names(), "review", "sign_off", "claim", "release", "comment", "compare")

    # The review

    @method_decorator(require_safe)
    def review_view(self, request, object_id):
        return self._review(request, self._page_of_review(request, object_id))

    @method_decorator(require_POST)
    def sign_off_view(self, request, object_id):
        page = self._page_of_review(request, object_id)
        if not request.user.has_perm("publishing.sign_off_page"):
            raise PermissionDenied
        content = draft_content(page)
        form = self._sign_off_form(page, content, request.POST)
        others = []
        if form.is_valid():
            values = {"confirmed": form.confirmed, "scope": form.cleaned_data["scope"]}
            values |= {"seen": form.cleaned_data["seen"], "note": form.cleaned_data["note"]}
            try:
                workflow.sign_off(page, by=request.user, **values)
            except workflow.MoveRefused as refusal:
                others = form.tell(refusal.problems)
            else:
                message = gettext("“%s” is signed off, and can be published as you have read it.")
                self.message_user(request, message % page, messages.SUCCESS)
                return HttpResponseRedirect(page.get_admin_url())
        form.show_again(content_digest(content))
        return self._review(request, page, sign_off_form=form, problems=others)

    @method_decorator(require_POST)
    def claim_view(self, request, object_id):
        return self._take(request, object_id, workflow.claim, gettext("You have taken this review."))

    @method_decorator(require_POST)
    def release_view(self, request, object_id):
        return self._take(request, object_id, workflow.release, gettext("Somebody else can take this review now."))

    def _take(self, request, object_id, move, done: str):
        page = self._page_of_review(request, object_id)
        try:
            move(page, by=request.user)
        except workflow.MoveRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.door_url(page, "review"))

    @method_decorator(require_POST)
    def comment_view(self, request, object_id):
        page = self._page_of_review(request, object_id)
        content = draft_content(page)
        labels = _labels(compare(None, content)) | _labels(compare(self._base(page, request), content))
        form = CommentForm(request.POST)
        if not form.is_valid() or form.cleaned_data["part"] not in labels:
            self.message_user(request, gettext("That part is no longer there. Nothing was kept."), messages.ERROR)
            return HttpResponseRedirect(self.door_url(page, "review"))
        part, text = form.cleaned_data["part"], form.cleaned_data["text"]
        try:
            made = workflow.comment(page, by=request.user, part=part, part_label=labels[part], text=text)
        except workflow.MoveRefused as refusal:
            for problem in refusal.problems:
                form.add_error("text", problem.message)
            return self._review(request, page, comment_form=form)
        self.message_user(request, gettext("Your comment on “%s” is kept.") % made.part_label, messages.SUCCESS)
        return HttpResponseRedirect(f"{self.door_url(page, 'review')}#comment-{made.pk}")

    @method_decorator(require_POST)
    def resolve_view(self, request, object_id, comment_id):
        page = self._page_of_review(request, object_id)
        try:
            comment = page.review_comments.filter(pk=comment_id).first()
        except OverflowError:
            comment = None
        if comment is None:
            raise Http404
        form = ResolveForm(request.POST)
        if form.is_valid():
            try:
                workflow.resolve(comment, by=request.user, resolution=form.cleaned_data["resolution"])
            except workflow.MoveRefused as refusal:
                for problem in refusal.problems:
                    form.add_error("resolution", problem.message)
        if not form.is_valid():
            return self._review(request, page, resolving=(comment.pk, form))
        self.message_user(request, gettext("The comment on “%s” is resolved.") % comment.part_label, messages.SUCCESS)
        return HttpResponseRedirect(page.get_admin_url() if "from_form" in request.POST else self._there(page, comment))

    def _there(self, page, comment) -> str:
        return f"{self.door_url(page, 'review')}#comment-{comment.pk}"

    def _page_of_review(self, request, object_id):
        page = self._page_to_see(request, object_id)
        if not request.user.has_perm("publishing.view_reviewcomment"):
            raise PermissionDenied
        return page

    def _base(self, page, request) -> dict | None:
        """What the draft is compared with: what readers see now, or what was signed off last."""
        last = self._last_sign_off(page)
        if last is not None and (request.GET.get("against") == SIGNED or page.live is None):
            return last.content
        return live_content(page)

    def _last_sign_off(self, page) -> SignOff | None:
        return SignOff.objects.filter(page=page.pk).order_by("pk").last()

    def _sign_off_form(self, page, content: dict, data=None) -> SignOffForm:
        questions = checks.human_questions(page, content)
        return SignOffForm(
            data,
            questions=questions,
            may_be_part=SignOff.objects.in_force(page) is not None,
            initial={"seen": content_digest(content)},
        )

    def _review(self, request, page, *, sign_off_form=None, problems=(), comment_form=None, resolving=None):
        standing = Standing(page, request.user, lambda name: self.door_url(page, name))
        content, last = standing.content, self._last_sign_off(page)
        comparison = compare(self._base(page, request), content)
        remarks = self.remarks(page, request.user, resolving)
        may_comment = standing.may_review
        parts = _parts(page, comparison, remarks, comment_form, may_comment=may_comment)
        shown = {part.difference.key for part in parts}
        unchanged = {key: label for key, label in _labels(compare(None, content)).items() if key not in shown}
        signing = self._signing(request, page, content, last, sign_off_form, problems)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review: %s") % page,
            "opts": self.opts,
            "original": page,
            "page": page,
            "door": {"title": gettext("Review")},
            "standing": standing,
            "door_urls": {name: self.door_url(page, name) for name in self.door_names()},
            "parts": parts,
            "is_new": page.live is None and last is None,
            "against": SIGNED if self._is_against_signed(page, request, last) else LIVE,
            "last_sign_off": last,
            "unseen": _published_since(page, last),
            "other_remarks": [each for each in remarks if each.comment.part not in shown],
            "other_form": _other_form(unchanged, comment_form) if may_comment else None,
            "checklist": checklist(page, content),
            "sources": _sources(content),
            "media": self.media,
            **self._links_for_review(page),
            **signing,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.review_template, context)

    def _links_for_review(self, page) -> dict:
        """What a kind whose texts are linked by themselves shows of those links."""
        return {}

    def _is_against_signed(self, page, request, last) -> bool:
        return last is not None and (request.GET.get("against") == SIGNED or page.live is None)

    def _signing(self, request, page, content, last, form, problems) -> dict:
        """The form, for who may sign off; or what keeps them from it."""
        is_time = page.state == MEDICAL or form is not None
        if not is_time or not request.user.has_perm("publishing.sign_off_page"):
            return {}
        reviewer = workflow.reviewer_of(request.user)
        hindrances = list(problems) or workflow.signing_problems(page, content, request.user, reviewer)
        if form is None and not hindrances:
            form = self._sign_off_form(page, content)
        return {
            "reviewer": reviewer,
            "hindrances": [(each, problem_url(page, each) if each.field else "") for each in hindrances],
            "sign_off_form": form,
            "changed_since": [each.label for each in compare(last.content, content)] if last else [],
        }

    def remarks(self, page, user, resolving=None) -> list[Remark]:
        """The comments on the draft, the open ones first. One query."""
        may_resolve = any(user.has_perm(right) for right in ("publishing.change_page", *workflow.REVIEWERS.values()))
        comments = sorted(page.review_comments.all(), key=lambda each: (not each.is_open, each.pk))
        return [
            Remark(
                comment=each,
                url=part_url(page, each.part),
                form=_resolve_form(each, may_resolve, resolving),
                resolve_url=reverse(f"admin:{self._name}_resolve", args=[page.pk, each.pk]),
            )
            for each in comments
        ]

    # Two editions

    @method_decorator(require_safe)
    def compare_view(self, request, object_id):
        page = self._page_to_see(request, object_id)
        if not request.user.has_perm("publishing.view_edition"):
            raise PermissionDenied
        editions = {str(each.number): each for each in page.editions.order_by("-number").defer("html", "text")}
        choices = [(DRAFT_CHOICE, gettext("The draft as it is saved now"))]
        choices += [(number, _edition_label(each)) for number, each in editions.items()]
        before = request.GET.get("from", str(page.live.number) if page.live else next(iter(editions), DRAFT_CHOICE))
        after = request.GET.get("to", DRAFT_CHOICE)
        if not {before, after} <= {DRAFT_CHOICE, *editions}:
            raise Http404
        comparison = compare(*(self._content_of(page, editions, each) for each in (before, after)))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Compare: %s") % page,
            "opts": self.opts,
            "original": page,
            "page": page,
            "door": {"title": gettext("Compare")},
            "choices": choices,
            "before": before,
            "after": after,
            "parts": [Part(each, "", [], None) for each in comparison],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/compare_editions.html", context)

    def _content_of(self, page, editions: dict[str, Edition], name: str) -> dict:
        return draft_content(page) if name == DRAFT_CHOICE else edition_content(editions[name])


def _labels(comparison) -> dict[str, str]:
    return {each.key[:LONGEST_PART]: each.label[:LONGEST_LABEL] for each in comparison}


def _parts(page, comparison, remarks, sent: CommentForm | None, *, may_comment: bool) -> list[Part]:
    parts = []
    for number, difference in enumerate(comparison):
        key = difference.key[:LONGEST_PART]
        about = [each for each in remarks if each.comment.part == key]
        is_sent = sent is not None and sent["part"].value() == key
        form = sent if is_sent else CommentForm(initial={"part": key}, auto_id=f"part-{number}-%s")
        parts.append(Part(difference, part_url(page, key), about, form if may_comment else None))
    return parts


def _other_form(parts: dict[str, str], sent: CommentForm | None) -> OtherCommentForm | None:
    if not parts:
        return None
    form = OtherCommentForm(sent.data if sent and sent["part"].value() in parts else None, parts=parts)
    if form.is_bound:
        form.is_valid()
        form.errors.update(sent.errors)
    return form


def _resolve_form(comment: ReviewComment, may_resolve: bool, resolving) -> ResolveForm | None:
    if not may_resolve or not comment.is_open:
        return None
    if resolving and resolving[0] == comment.pk:
        return resolving[1]
    return ResolveForm(auto_id=f"resolve-{comment.pk}-%s")


def _published_since(page, last: SignOff | None) -> dict | None:
    """What became public after the last sign-off without one of its own: the next reviewer is shown it."""
    live = page.live
    if last is None or live is None or not (live.override_reason or live.spelling_changes is not None):
        return None
    return {"edition": live, "parts": [Part(each, "", [], None) for each in compare(last.content, live_content(page))]}


def _sources(content: dict) -> list[dict]:
    """Every source the page or one of its rows cites."""
    found = dict(content["page"]["references"])
    for row in content["rows"].values():
        found |= row["references"]
    return [found[key] for key in sorted(found)]


def _edition_label(edition: Edition) -> str:
    words = {"number": edition.number, "when": moment(edition.valid_from), "change": edition.get_change_display()}
    return gettext("Edition %(number)s, %(when)s: %(change)s") % words


def part_url(page: Page, part: str) -> str:
    """The form of the draft, where this part is changed; empty for what is changed elsewhere."""
    field = _field_of(page, part)
    return field_url(page, field) if field else ""


def _field_of(page: Page, part: str) -> str:
    name, _colon, rest = part.partition(":")
    if name == "row":
        kind = rest.rpartition("-")[0]
        models = {each: page._meta.get_field(each).related_model._meta.model_name for each in page.row_names}
        return next((each for each, model in models.items() if model == kind), "")
    fields = {
        "section": rest.replace("-", "_"),
        "fact": rest,
        "author": "authors",
        "name": "names",
        "shelf": page.shelf_field,
        **dict.fromkeys(("title", "summary", "language", "is_short", "is_demonstration"), name),
    }
    return fields.get(name, "")
