"""What readers leave to do on a page, for the work lists of the staff (`publishing.admin.worklists`)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from comments.models import Feedback
from publishing.admin.worklists import WorkList


def _unread() -> Q:
    return Q(Exists(Feedback.objects.unread().filter(page=OuterRef("pk"))))


WORK_LISTS = (
    WorkList(
        "remarks",
        _("Unread remarks of readers"),
        _("Read what they say about the page, and make a task of what is to be put right."),
        _unread,
        items="comments_feedback",
    ),
)
