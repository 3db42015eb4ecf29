"""The screen on which staff take the evidence pack of a page (`publishing.evidence`)."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from publishing import evidence


class EvidenceForm(forms.Form):
    with_draft = forms.BooleanField(
        label=_("With the present draft"),
        required=False,
        help_text=_("Readers have never seen it, and perhaps nobody has reviewed it."),
    )


class EvidenceViews:
    """For the admin of a kind of page, beside `DoorViews`."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.evidence_view)
        return [path("<int:object_id>/evidence/", view, name=f"{self._name}_evidence"), *super().get_urls()]

    def door_names(self):
        return (*super().door_names(), "evidence")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def evidence_view(self, request, object_id):
        page = self._page_to_see(request, object_id)
        if not evidence.may_export(request.user):
            raise PermissionDenied
        form = EvidenceForm(request.POST)
        if request.method == "POST" and form.is_valid():
            pack = evidence.export(page, by=request.user, **form.cleaned_data)
            return FileResponse(pack, as_attachment=True, filename=evidence.file_name(page))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Evidence: %s") % page,
            "opts": self.opts,
            "original": page,
            "page": page,
            "door": {"title": _("Evidence")},
            "form": EvidenceForm(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/evidence.html", context)
