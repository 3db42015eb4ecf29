import pytest
from django.test import RequestFactory

from comments.origins import is_from_here

SITE, FOREIGN = "http://testserver", "https://evil.example"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": SITE}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": FOREIGN}, True),
        ({"HTTP_SEC_FETCH_SITE": "none"}, None),
        ({"HTTP_SEC_FETCH_SITE": "none", "HTTP_ORIGIN": FOREIGN}, False),
        ({"HTTP_ORIGIN": SITE}, True),
        ({"HTTP_ORIGIN": "HTTP://TESTSERVER"}, True),
        ({"HTTP_ORIGIN": "https://testserver"}, False),
        ({"HTTP_ORIGIN": f"{SITE}.evil.example"}, False),
        ({"HTTP_ORIGIN": f"{SITE}:8000"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": "http://["}, False),
        ({"HTTP_ORIGIN": FOREIGN, "HTTP_REFERER": f"{SITE}/"}, False),
        ({"HTTP_REFERER": f"{SITE}/therapies/ivig/"}, True),
        ({"HTTP_REFERER": f"{FOREIGN}/?{SITE}/"}, False),
        ({"HTTP_REFERER": f"{SITE}@evil.example/"}, False),
        ({}, None),
    ],
)
def test_origin_is_what_the_browser_says_most_surely(headers, expected):
    assert is_from_here(RequestFactory().post("/", **headers)) is expected


def test_address_of_the_settings_counts_behind_a_proxy(settings):
    settings.SITE_URL = "https://portal.example.org"
    request = RequestFactory().post("/", HTTP_ORIGIN="https://portal.example.org")
    assert is_from_here(request) is True
