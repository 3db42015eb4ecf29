"""“Was this page useful?”: what readers answered, to be read and dealt with."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comments.models import Feedback
from comments.sections import sections_of
from publishing.admin.records import ReadOnlyAdmin
from publishing.editions import LONG_COLUMNS
from publishing.events import Event, name_of, record
from publishing.freshness import Stamp
from publishing.models import ContentTask
from publishing.tasks import LONGEST_TASK
from publishing.templatetags.page_admin import moment

PER_PAGE = 50


class StateFilter(admin.SimpleListFilter):
    """What is to be read, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return (("read", _("Dealt with")), ("all", _("Every answer")))

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("Remarks to be read")}, *others]

    def queryset(self, request, queryset):
        match self.value():
            case "all":
                return queryset
            case "read":
                return queryset.filter(read_at__isnull=False)
        return queryset.unread()


class DealForm(forms.ModelForm):
    task = forms.CharField(
        label=_("Task for the page"),
        required=False,
        max_length=LONGEST_TASK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "If something is to be put right: what, in your own words. It stays in the audit trail, so do not repeat "
            "the remark where it says something of a person."
        ),
    )


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    form = DealForm
    change_form_template = "admin/comments/feedback_change_form.html"
    change_list_template = "admin/comments/feedback_change_list.html"
    delete_confirmation_template = "admin/comments/feedback_delete_confirmation.html"
    list_display = ("given", "page", "edition_number", "section", "is_useful", "beginning", "dealt_with")
    list_display_links = ("given",)
    list_filter = (StateFilter, "is_useful")
    list_per_page = PER_PAGE
    search_fields = ("page__title", "remark")
    ordering = ("-given_at", "-pk")
    actions = ("mark_dealt_with",)

    class Media:
        css = {"all": ["comments/staff.css"]}

    def get_queryset(self, request):
        long = [f"edition__{name}" for name in LONG_COLUMNS]
        return super().get_queryset(request).select_related("page", "edition").defer(*long)

    def has_change_permission(self, request, obj=None):
        # What was dealt with is on record.
        may_deal = request.user.has_perm("comments.change_feedback")
        return may_deal and (obj is None or obj.read_at is None)

    def get_fields(self, request, obj=None):
        shown = ("page", "edition_number", "section_title", "is_useful", "whole_remark", "given")
        if self.has_change_permission(request, obj):
            return (*shown, "task")
        return (*shown, "dealt_with")

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.get_fields(request, obj) if name != "task"]

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST":
            # Two who deal with it at once open one task: the second is told that it is dealt with.
            Stamp.lock()
        return super().get_object(request, object_id, from_field)

    # The words of a remark can be deleted. The answer stays, because it is counted and says nothing of anybody.

    def has_delete_permission(self, request, obj=None):
        # One at a time, after reading it: never those ticked in the list.
        return obj is not None and obj.remark != "" and request.user.has_perm("comments.delete_feedback")

    def delete_model(self, request, obj):
        obj.remark = ""
        obj.save(update_fields=["remark"])
        record(Event.Action.DELETED, obj, by=request.user, column="remark")

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(request, _("The words of the remark are deleted."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:comments_feedback_changelist"))

    def save_model(self, request, obj, form, change):
        obj.read_at, obj.read_by = timezone.now(), name_of(request.user)
        obj.save(update_fields=["read_at", "read_by"])
        if text := form.cleaned_data["task"]:
            ContentTask.open_task(
                obj.page, text=text, by=request.user, section=obj.section, edition=obj.edition, from_reader=True
            )

    @admin.action(description=_("Mark as dealt with"), permissions=["change"])
    def mark_dealt_with(self, request, queryset):
        chosen = Feedback.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)), read_at=None)
        with transaction.atomic():
            count = chosen.update(read_at=timezone.now(), read_by=name_of(request.user))
        message = ngettext("%d answer is dealt with.", "%d answers are dealt with.", count)
        self.message_user(request, message % count, messages.SUCCESS)

    # How many found it useful

    def get_urls(self):
        own = path("counts/", self.admin_site.admin_view(self.counts_view), name="comments_feedback_counts")
        return [own, *super().get_urls()]

    @method_decorator(require_safe)
    def counts_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Feedback.objects.values("page", "page__title", "edition__number").annotate(
            useful=Count("pk", filter=Q(is_useful=True)),
            not_useful=Count("pk", filter=Q(is_useful=False)),
            remarks=Count("pk", filter=~Q(remark="")),
        )
        ordered = rows.order_by("page__title", "page", "-edition__number")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Was this page useful?"),
            "opts": self.opts,
            "page_obj": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
            "list_url": reverse("admin:comments_feedback_changelist"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/comments/feedback_counts.html", context)

    # Columns

    @admin.display(description=_("given"), ordering="given_at")
    def given(self, feedback):
        return moment(feedback.given_at)

    @admin.display(description=_("edition"), ordering="edition__number")
    def edition_number(self, feedback):
        return str(feedback.edition.number)

    @admin.display(description=_("section"))
    def section_title(self, feedback):
        return dict(sections_of(feedback.edition)).get(feedback.section, feedback.section)

    @admin.display(description=_("remark"))
    def beginning(self, feedback):
        return format_html('<bdi class="said">{}</bdi>', Truncator(feedback.remark).chars(200))

    @admin.display(description=_("remark"))
    def whole_remark(self, feedback):
        return format_html('<bdi class="said">{}</bdi>', linebreaksbr(feedback.remark))

    @admin.display(description=_("dealt with"), ordering="read_at")
    def dealt_with(self, feedback):
        if feedback.read_at is None:
            return None
        return _("%(when)s by %(who)s") % {"when": moment(feedback.read_at), "who": feedback.read_by}
