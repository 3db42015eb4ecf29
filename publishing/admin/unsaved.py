"""Keeps what is typed into a page's form until it is saved, and hands it back to whoever typed it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing.templatetags.page_admin import moment
from publishing.unsaved import UnsavedText, Unusable, read_fields


class UnsavedViews:
    """For the admin of a kind of page, beside `DoorViews`: `static/publishing/unsaved.js` calls these addresses.

    GET hands back what is kept, POST keeps something, DELETE discards it: all of the asking account only.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(self.unsaved_view)
        return [
            path("add/unsaved/", view, name=f"{self._name}_add_unsaved"),
            path("<int:object_id>/unsaved/", view, name=f"{self._name}_unsaved"),
            *super().get_urls(),
        ]

    def _form_path(self, page_id: int | None) -> str:
        name = f"admin:{self._name}_"
        return reverse(f"{name}add") if page_id is None else reverse(f"{name}change", args=[page_id])

    def _unsaved_url(self, page_id: int | None) -> str:
        name = f"admin:{self._name}_"
        return reverse(f"{name}add_unsaved") if page_id is None else reverse(f"{name}unsaved", args=[page_id])

    @method_decorator(require_http_methods(["GET", "HEAD", "POST", "DELETE"]))
    def unsaved_view(self, request, object_id=None):
        page = None if object_id is None else self._page_to_see(request, object_id)
        if not (self.has_change_permission(request, page) if page else self.has_add_permission(request)):
            raise PermissionDenied
        form = self._form_path(object_id)
        # Whoever opened the form may not be who is logged in by now.
        is_another = request.headers.get("X-Form-Of", str(request.user.pk)) != str(request.user.pk)
        if is_another:
            return JsonResponse({"error": _("Somebody else is logged in by now.")}, status=409)
        if request.method == "POST":
            return self._keep(request, form)
        if request.method == "DELETE":
            UnsavedText.objects.of(request.user, form).delete()
            return HttpResponse(status=204)
        kept = UnsavedText.objects.of(request.user, form).first()
        found = {"typed_at": moment(kept.typed_at), **kept.data} if kept else None
        # After a new log-in the form needs the new token, to be kept and to be saved.
        return JsonResponse({"kept": found, "token": get_token(request)})

    def _keep(self, request, form: str):
        try:
            fields = read_fields(request.body)
        except Unusable as refusal:
            return JsonResponse({"error": str(refusal)}, status=400)
        UnsavedText.objects.keep(request.user, form, fields)
        return HttpResponse(status=204)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_edit = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        if may_edit and not context["is_popup"]:
            context["unsaved_url"] = self._unsaved_url(None if add else obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        UnsavedText.objects.of(request.user, self._form_path(form.instance.pk if change else None)).delete()

    def delete_model(self, request, obj):
        UnsavedText.objects.filter(form=self._form_path(obj.pk)).delete()
        super().delete_model(request, obj)
