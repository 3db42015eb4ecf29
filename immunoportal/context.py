from django.conf import settings


def site(request) -> dict:
    """What every template may need; no query."""
    return {
        "site": {
            "name": "ImmunoPortal",
            "url": settings.SITE_URL,
            "is_demonstration": settings.DEMONSTRATION,
            "publisher": settings.PUBLISHER_NAME,
            "contact": settings.PUBLISHER_CONTACT,
        }
    }
