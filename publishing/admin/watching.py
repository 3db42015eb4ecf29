"""Sources that are watched: tasks to close, works known as retracted, and in words what the checks found."""

from django import forms
from django.contrib import admin
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import richtext
from publishing.admin.uses import AnyKeyAdmin
from publishing.events import name_of
from publishing.freshness import Stamp
from publishing.link_checks import addresses_of
from publishing.models import FlaggedWork, Reference, ReferenceTask
from publishing.templatetags.page_admin import moment
from publishing.watching import flag_references, is_worse, normal_doi


def age(moment) -> str:
    """How long ago, in one unit."""
    gone = timesince(moment, depth=1)
    return _("just now") if gone.startswith("0") else _("%s ago") % gone


def link_standing(reference: Reference) -> str:
    if reference.link_is_ignored:
        return _("not checked, as somebody chose")
    if not addresses_of(reference):
        return _("not known: there is no address to ask")
    if reference.link_checked_at is None:
        return _("not known: never asked")
    words = {
        Reference.LinkState.OK: _("answered %s"),
        Reference.LinkState.PROBLEM: _("does not lead there, asked %s"),
        Reference.LinkState.UNKNOWN: _("not known, asked %s"),
    }[Reference.LinkState(reference.link_state)] % age(reference.link_checked_at)
    return f"{words}: {reference.link_finding}" if reference.link_finding else words


def register_standing(reference: Reference) -> str:
    """What the register said, and when it last said anything at all."""
    if not reference.doi:
        return _("not known: it has no DOI")
    if reference.register_asked_at is None:
        return _("not known: never asked")
    found = reference.register_finding or _("nothing against it")
    if reference.register_checked_at == reference.register_asked_at:
        return _("%(found)s, asked %(age)s") % {"found": found, "age": age(reference.register_asked_at)}
    words = _("not known, asked %(age)s: %(found)s") % {"found": found, "age": age(reference.register_asked_at)}
    if reference.register_checked_at:
        words += _("; it last answered %s") % age(reference.register_checked_at)
    return words


def places_of(task: ReferenceTask) -> list[tuple[str, str]]:
    """Where the draft of the page cites the source: the name of each place, and the address of its field."""
    page = task.page.concrete
    form = page.get_admin_url()
    found = [
        (str(section.title) or _("text"), f"{form}#id_{section.field}")
        for section in page.sections
        if not section.rows and task.reference.key in richtext.citations(getattr(page, section.field))
    ]
    for name in page.row_names:
        rows = getattr(page, name).in_draft().filter(references=task.reference)
        if rows.exists():
            found.append((str(rows.model._meta.verbose_name_plural), f"{form}#{name}-heading"))
    return found


class OpenFilter(admin.SimpleListFilter):
    """Open ones, unless others are asked for."""

    title = gettext_lazy("state")
    parameter_name = "closed"

    def lookups(self, request, model_admin):
        return (("yes", _("Closed")), ("all", _("Open and closed")))

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("Open")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.exclude(closed_at=None) if self.value() == "yes" else queryset.open()


class OwnerFilter(admin.RelatedOnlyFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = _("owner of the page")


class TaskForm(forms.ModelForm):
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=300,
        help_text=gettext_lazy("What you found and did. While the same problem lasts, the task is not opened again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TaskAdmin(AnyKeyAdmin):
    """Tasks that something else opens, and a remark closes: `told` is what is shown of one, before the remark."""

    told: tuple[str, ...]
    told_when_closed = ("closed", "closed_by")
    ordering = ("opened_at", "pk")
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        # A closed one is on record.
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def get_fields(self, request, obj=None):
        return (*self.told, "remark") if obj.is_open else (*self.told, *self.told_when_closed, "remark")

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.get_fields(request, obj) if name != "remark"]

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST":
            # Two who close it at once do not both write their remark: the second is told that it is closed.
            Stamp.lock()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change):
        obj.close(by=request.user, remark=form.cleaned_data["remark"])

    @admin.display(description=gettext_lazy("owner of the page"), ordering="page__owner__username")
    def owner(self, task):
        return task.page.owner and name_of(task.page.owner)

    @admin.display(description=gettext_lazy("opened"), ordering="opened_at")
    def opened(self, task):
        return moment(task.opened_at)

    @admin.display(description=gettext_lazy("closed"), ordering="closed_at")
    def closed(self, task):
        return moment(task.closed_at)


@admin.register(ReferenceTask)
class ReferenceTaskAdmin(TaskAdmin):
    form = TaskForm
    change_form_template = "admin/publishing/reference_task_change_form.html"
    list_display = ("page", "problem", "source", "finding", "owner", "opened", "closed")
    list_filter = (OpenFilter, "problem", ("page__owner", OwnerFilter))
    list_select_related = ("page__owner", "reference")
    search_fields = ("page__title", "reference__key", "reference__title", "finding")
    told = ("problem", "finding", "source", "owner", "opened")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"task": obj, "places": places_of(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("source"), ordering="reference__key")
    def source(self, task):
        return task.reference


class FlaggedWorkForm(forms.ModelForm):
    class Meta:
        model = FlaggedWork
        fields = ("doi", "state", "source", "noted_on")

    def clean_doi(self):
        doi = normal_doi(self.cleaned_data["doi"])
        if not doi:
            raise forms.ValidationError(_("That is no DOI. A DOI begins with 10."), code="no-doi")
        return doi


@admin.register(FlaggedWork)
class FlaggedWorkAdmin(AnyKeyAdmin):
    form = FlaggedWorkForm
    list_display = ("doi", "state", "source", "noted_on")
    list_filter = ("state",)
    search_fields = ("doi", "source")
    ordering = ("doi",)
    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request, obj, form, change):
        Stamp.lock()
        super().save_model(request, obj, form, change)
        flag_references(by=request.user)


class ReferenceForm(forms.ModelForm):
    """Knows what is known of the DOI: a source is not called better than that by mistake."""

    was_flagged = False

    def clean(self):
        cleaned = super().clean()
        work = FlaggedWork.of(cleaned.get("doi") or self.instance.doi)
        state = cleaned.get("state")
        if work and state and is_worse(work.state, state):
            if "state" in self.changed_data:
                message = _(
                    "%(source)s says of this DOI: %(state)s (%(day)s). If that is no longer so, delete it from the "
                    "flagged works first."
                )
                self.add_error(
                    "state",
                    message % {"source": work.source, "state": work.get_state_display(), "day": work.noted_on},
                )
            else:
                cleaned["state"], self.was_flagged = work.state, True
        return cleaned


def tasks_of(reference: Reference):
    return reference.tasks.open().select_related("page").order_by("opened_at", "pk")
