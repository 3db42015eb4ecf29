"""What is due happens before a page is made, so that schedules hold without any worker."""

from django.utils import timezone

from publishing import doors
from publishing.freshness import Stamp

# Requests that neither show nor change pages.
APART = ("/static/", "/healthz", "/readyz")


class DueMiddleware:
    """Runs the doors whose time has come. One query for each request; nothing else unless something is due."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(APART):
            run_what_is_due()
        return self.get_response(request)


def run_what_is_due() -> None:
    due_at = Stamp.current().next_due_at
    if due_at is not None and due_at <= timezone.now():
        doors.run_due()
