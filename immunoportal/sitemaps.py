from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from publishing.kinds import page_models
from publishing.models import Edition


class PortalSitemap(Sitemap):
    """Addresses are made from SITE_URL, never from the request."""

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


class PageSitemap(PortalSitemap):
    limit = 5_000

    def items(self):
        return Edition.objects.live().for_cards().order_by("kind", "slug")

    def lastmod(self, edition):
        return edition.updated_at


class ListSitemap(PortalSitemap):
    def items(self):
        return ["home", *(model.list_url for model in page_models())]

    def location(self, name):
        return reverse(name)


SITEMAPS = {"lists": ListSitemap, "pages": PageSitemap}
