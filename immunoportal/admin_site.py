from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    """The staff side. Its first page shows what is late, what waits for whom, and what is about to happen."""

    site_header = "ImmunoPortal"
    site_title = "ImmunoPortal"
    index_title = _("Work on the portal")
    empty_value_display = "–"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whatever is deleted here is deleted one by one, after its uses were looked at.
        self.disable_action("delete_selected")

    def get_urls(self):
        from comments.admin.desk import desk_view, open_view  # noqa: PLC0415 (it registers admins with this site)
        from comments.admin.desk_keys import keys_view  # noqa: PLC0415 (it registers admins with this site)
        from crosslinks.admin.gaps import gaps_view  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.calendar import calendar_view  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.imports import import_view  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.queue import queue_view  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.worklists import work_view  # noqa: PLC0415 (it registers admins with this site)

        own = [
            path("publishing/import/", self.admin_view(import_view), name="publishing_import"),
            path("publishing/queue/", self.admin_view(queue_view), name="publishing_queue"),
            path("publishing/work/", self.admin_view(work_view), name="publishing_work"),
            path("publishing/calendar/", self.admin_view(calendar_view), name="publishing_calendar"),
            path("comments/desk/", self.admin_view(desk_view), name="comments_desk"),
            path("comments/desk/keys/", self.admin_view(keys_view), name="comments_desk_keys"),
            path("comments/desk/open/", self.admin_view(open_view), name="comments_desk_open"),
            path("crosslinks/gaps/", self.admin_view(gaps_view), name="crosslinks_gaps"),
        ]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        from comments.admin.dashboard import moderation_of  # noqa: PLC0415 (it registers admins with this site)
        from publishing.admin.dashboard import work_of  # noqa: PLC0415 (it registers admins with this site)

        work = work_of(request.user) if request.user.has_perm("publishing.view_page") else {}
        if request.user.has_perm("comments.moderate_comment"):
            work["moderation"] = moderation_of()
        return super().index(request, work | (extra_context or {}))
