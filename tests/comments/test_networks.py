from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from comments.networks import Limit, NetworkKey, RecentPosts, forget_networks, network_hash, network_of

LIMIT = Limit("test", most=2, seconds=600)


def network(neighbour="203.0.113.5", **headers):
    return network_of(RequestFactory().get("/", REMOTE_ADDR=neighbour, **headers))


def test_network_of_ipv6_is_its_first_64_bits():
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"


def test_ipv4_inside_ipv6_is_ipv4():
    assert network("::ffff:203.0.113.5") == "203.0.113.5"


@pytest.mark.parametrize(
    "header",
    ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"],
)
def test_without_proxies_no_header_counts(header):
    assert network(**{header: "198.51.100.1"}) == "203.0.113.5"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (2, "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (3, "192.0.2.66, 198.51.100.1, 10.0.0.2, 10.0.0.3", "198.51.100.1"),
        # Too short: it did not pass as many proxies as it should have.
        (2, "192.0.2.66", "203.0.113.5"),
        (1, "nonsense", "203.0.113.5"),
        (1, "", "203.0.113.5"),
        (1, "192.0.2.66,", "203.0.113.5"),
        (1, "127.0.0.1\r\nX: y", "203.0.113.5"),
    ],
)
def test_address_is_counted_from_the_right(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    assert network(HTTP_X_FORWARDED_FOR=forwarded) == expected


def test_hash_changes_with_the_day_and_hides_the_address(db, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    first = network_hash("203.0.113.5")
    time_machine_at("2026-03-03T10:00Z")
    assert network_hash("203.0.113.5") not in (first, "", "203.0.113.5")
    assert network_hash("203.0.113.5", date(2026, 3, 2)) == first


def test_hash_of_a_forgotten_day_is_gone(db, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    assert network_hash("203.0.113.5")
    time_machine_at(timezone.now() + timedelta(days=31))
    assert forget_networks() == 1
    cache.clear()
    assert network_hash("203.0.113.5", date(2026, 3, 2)) == ""
    assert not NetworkKey.objects.exists()


def test_limit_counts_each_network_and_each_purpose_apart(db):
    assert [RecentPosts.allow(LIMIT, "203.0.113.5") for _ in range(3)] == [True, True, False]
    assert RecentPosts.allow(LIMIT, "203.0.113.6")
    assert RecentPosts.allow(Limit("other", most=1, seconds=60), "203.0.113.5")


def test_limit_slides(db, time_machine_at):
    time_machine_at("2026-03-02T10:00:00Z")
    RecentPosts.allow(LIMIT, "a")
    time_machine_at("2026-03-02T10:09:00Z")
    RecentPosts.allow(LIMIT, "a")
    time_machine_at("2026-03-02T10:10:01Z")
    assert RecentPosts.allow(LIMIT, "a")
    assert not RecentPosts.allow(LIMIT, "a")


def test_limit_survives_a_new_process(db):
    for _ in range(2):
        RecentPosts.allow(LIMIT, "a")
    cache.clear()
    assert not RecentPosts.allow(LIMIT, "a")
