from django.contrib import admin
from django.db.models import F
from django.urls import path
from django.utils.translation import gettext_lazy as _

from publishing.models import Edition, Page, Schedule

LENGTH = 10


class PortalAdminSite(admin.AdminSite):
    """The staff side. Its first page shows what is being worked on, what will go live and what just did."""

    site_header = "ImmunoPortal"
    site_title = "ImmunoPortal"
    index_title = _("Work on the portal")
    empty_value_display = "–"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whatever is deleted here is deleted one by one, after its uses were looked at.
        self.disable_action("delete_selected")

    def get_urls(self):
        from crosslinks.admin.gaps import gaps_view  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.imports import import_view  # noqa: PLC0415 (it registers admins with this site)

        own = [
            path("publishing/import/", self.admin_view(import_view), name="publishing_import"),
            path("crosslinks/gaps/", self.admin_view(gaps_view), name="crosslinks_gaps"),
        ]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        return super().index(request, self._work(request) | (extra_context or {}))

    def _work(self, request) -> dict:
        """The three lists. Three queries, none for those who may not see pages."""
        if not request.user.has_perm("publishing.view_page"):
            return {}
        drafts = Page.objects.with_unpublished_changes().annotate(public_since=F("live__valid_from"))
        published = Edition.objects.live().select_related("page").defer("snapshot", "html", "text")
        return {
            "drafts": drafts.select_related("owner").order_by("-changed_at", "pk")[:LENGTH],
            "scheduled": Schedule.objects.select_related("page").defer("snapshot", "rows")[:LENGTH],
            "published": published.order_by("-valid_from", "-pk")[:LENGTH],
        }
