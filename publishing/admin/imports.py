"""Documents become drafts. Each file stands for itself: one that cannot be read leaves nothing behind."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing import documents, drafts
from publishing.kinds import by_kind, page_models
from publishing.models import Page

MOST_FILES = 20
LARGEST_FILE = 10_000_000


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(files) > MOST_FILES:
            message = ngettext("Choose at most %d file at a time.", "Choose at most %d files at a time.", MOST_FILES)
            raise forms.ValidationError(message % MOST_FILES, code="too-many")
        return files


class ImportForm(forms.Form):
    place = forms.ChoiceField(label=_("Kind of page"), help_text=_("For documents that do not say it themselves."))
    files = FilesField(
        label=_("Files"),
        help_text=_("Markdown, HTML, plain text or Word (.md, .html, .txt, .docx), at most 20 files of 10 MB."),
        widget=FilesInput(attrs={"accept": ".md,.html,.htm,.txt,.docx"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [place for model in page_models() for place in places(model)]


def shelf_field(model: type[Page]):
    return model._meta.get_field(model.shelf_field)


def places(model: type[Page]) -> list[tuple[str, str]]:
    """The shelves of a kind: a new page must stand on one."""
    field = shelf_field(model)
    shelves = field.choices or [(each.slug, str(each)) for each in field.related_model.objects.all()]
    kind = capfirst(model._meta.verbose_name)
    return [(f"{model.kind_name()}:{slug}", f"{kind}: {name}") for slug, name in shelves]


@dataclass
class Report:
    """What became of one file."""

    name: str
    page: Page | None = None
    error: str = ""
    findings: list = field(default_factory=list)

    def of_level(self, level: str) -> list:
        return [finding for finding in self.findings if finding.level == level]

    @property
    def recognised(self):
        return self.of_level("recognised")

    @property
    def dropped(self):
        return self.of_level("dropped")

    @property
    def warnings(self):
        return self.of_level("warning")


def import_view(request):
    if not request.user.has_perm("publishing.import_page"):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    reports = []
    if request.method == "POST" and form.is_valid():
        reports = import_files(form.cleaned_data["files"], form.cleaned_data["place"], by=request.user)
    context = {**admin.site.each_context(request), "title": _("Import documents"), "form": form, "reports": reports}
    return TemplateResponse(request, "admin/publishing/import.html", context)


def import_files(files: list[UploadedFile], place: str, *, by) -> list[Report]:
    return [import_file(each, place, by=by) for each in files]


def import_file(file: UploadedFile, place: str, *, by) -> Report:
    if file.size > LARGEST_FILE:
        return Report(file.name, error=_("The file is larger than 10 MB. Split it or save it without pictures."))
    try:
        document = documents.read_document(file.name, file.read())
        kind, shelf = place.split(":")
        if document.front_matter.get("kind", kind) == kind:
            document.front_matter.setdefault(shelf_field(by_kind()[kind]).name, shelf)
        draft = drafts.make_draft(document, kind=kind, by=by)
    except (documents.DocumentError, drafts.DraftError) as refusal:
        return Report(file.name, error=str(refusal))
    return Report(file.name, page=draft.page, findings=draft.findings)
