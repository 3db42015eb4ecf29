"""Preview links: the address under which somebody without an account reads one version of a draft, for three days.

Nothing about a link is stored but that it was given out: its signature says what it shows and until when. It ends
early when the draft is saved again, or when what readers see of the page changes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import views
from publishing.events import Event, record
from publishing.pages import Page

LONGEST_AGE = timedelta(hours=72)
SALT = "publishing.previews"
# One of these rights is enough: whoever may write or review a draft may ask somebody else to read it.
RIGHTS = ("publishing.change_page", "publishing.send_on_page", "publishing.sign_off_page")


@dataclass(frozen=True)
class PreviewLink:
    url: str
    expires_at: datetime


def may_share(user) -> bool:
    return any(user.has_perm(right) for right in RIGHTS)


def make_link(page: Page, *, by, recipient: str) -> PreviewLink:
    """A link to the draft as it stands. That it was given out, and to whom, stands in the audit trail."""
    if not may_share(by):
        raise PermissionDenied(_("Your account may not share drafts."))
    token = token_of(page)
    record(Event.Action.PREVIEW_SHARED, page, by=by, reason=recipient, version=page.version)
    url = settings.SITE_URL + reverse("publishing:preview", args=[token])
    return PreviewLink(url, timezone.now() + LONGEST_AGE)


def token_of(page: Page) -> str:
    return signing.dumps([page.kind, page.pk, page.version, page.live_id], salt=SALT)


def page_of(token: str) -> Page | None:
    """The page whose draft a token shows, if it still does. No query unless the signature is ours and in time."""
    try:
        kind, page_id, version, live_id = signing.loads(token, salt=SALT, max_age=LONGEST_AGE)
    except signing.BadSignature:
        return None
    return Page.objects.filter(kind=kind, pk=page_id, version=version, live_id=live_id).first()


@require_safe
def preview(request, token):
    page = _page_or_404(token)
    response = views.render_preview(request, page)
    for name in page.images.values_list("name", flat=True):
        # The library is for staff: the pictures of this draft, and no others, are shown below the link itself.
        library, here = f"/media/{name}-".encode(), f"{request.path}media/{name}-".encode()
        response.content = response.content.replace(library, here)
    return _private(response)


@require_safe
def preview_image(request, token, name, width):
    image = get_object_or_404(_page_or_404(token).images, name=name)
    if width not in image.widths:
        raise Http404
    response = FileResponse(views.open_file(image, width), content_type="image/webp")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _private(response)


def _page_or_404(token: str) -> Page:
    page = page_of(token)
    if page is None:
        raise Http404
    return page


def _private(response):
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    # The address is the key: no site that the draft links to may learn it.
    response["Referrer-Policy"] = "no-referrer"
    return response
