from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from publishing.kinds import page_models
from publishing.models import Edition


class Addresses:
    """The names of the lists, then all public pages: read only as far as one page of the sitemap needs."""

    def __init__(self, lists: list[str], editions):
        self.lists = lists
        self.editions = editions

    def __len__(self):
        return len(self.lists) + self.editions.count()

    def __getitem__(self, part: slice):
        start, stop = (max(0, end - len(self.lists)) for end in (part.start, part.stop))
        return [*self.lists[part], *self.editions[start:stop]]


class PageSitemap(Sitemap):
    """One section for all. Addresses are made from SITE_URL, never from the request."""

    # What the protocol allows in one document.
    limit = 50_000

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def items(self):
        lists = ["home", *(model.list_url for model in page_models())]
        return Addresses(lists, Edition.objects.live().for_cards().order_by("kind", "slug"))

    def location(self, item):
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()

    def lastmod(self, item):
        return None if isinstance(item, str) else item.updated_at


SITEMAPS = {"all": PageSitemap}
