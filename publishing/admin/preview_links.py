"""The screen on which staff make a preview link (`publishing.previews`)."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from publishing import previews


class PreviewLinkForm(forms.Form):
    recipient = forms.CharField(
        label=_("Who will read it"),
        max_length=200,
        help_text=_("A name or an office. It is kept in the audit trail and not shown to whoever opens the link."),
    )


class PreviewLinkViews:
    """For the admin of a kind of page, beside `DoorViews`."""

    def get_urls(self):
        # Never stored by a browser: the answer holds the address, which is the key.
        view = self.admin_site.admin_view(self.preview_link_view)
        name = f"{self._name}_preview_link"
        return [path("<int:object_id>/preview-link/", view, name=name), *super().get_urls()]

    def door_names(self):
        return (*super().door_names(), "preview_link")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_link_view(self, request, object_id):
        page = self._page_to_see(request, object_id)
        if not previews.may_share(request.user):
            raise PermissionDenied
        form, link = PreviewLinkForm(request.POST if request.method == "POST" else None), None
        if request.method == "POST" and form.is_valid():
            link = previews.make_link(page, by=request.user, recipient=form.cleaned_data["recipient"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview link: %s") % page,
            "opts": self.opts,
            "original": page,
            "page": page,
            "door": {"title": _("Preview link")},
            "form": form,
            "link": link,
            "hours": round(previews.LONGEST_AGE.total_seconds() / 3600),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/preview_link.html", context)
