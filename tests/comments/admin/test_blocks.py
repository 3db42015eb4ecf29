"""Blocks, as moderators set them: addresses, phrases, and networks that nobody can read afterwards."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from comments.admin.blocks import clean_phrase, network_in
from comments.blocks import NetworkUnknown, block_network_of, last_moment
from comments.models import Block, Comment, NetworkKey
from comments.networks import network_hash
from publishing.models import Event
from tests.builders import make_article, make_comment, make_user, published

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/block/", "/admin/comments/block/add/"


@pytest.fixture
def moderator(client):
    client.force_login(make_user("moderator"))
    return client


def address(block, name="change"):
    return reverse(f"admin:comments_block_{name}", args=[block.pk])


def sent(kind, value, **values):
    return {"kind": kind, "value": value, "reason": "Advertises", "expires_at_0": "", "expires_at_1": ""} | values


def until(moment):
    moment = timezone.localtime(moment)
    return {"expires_at_0": f"{moment:%Y-%m-%d}", "expires_at_1": f"{moment:%H:%M:%S}"}


def errors(response):
    return response.context["adminform"].form.errors


def make_block(**values):
    defaults = {"kind": "phrase", "value": "buy now", "reason": "Advertises", "created_by": "Ada"}
    return Block.objects.create(**defaults | values)


@pytest.mark.parametrize(("role", "may"), [("author", False), ("editor", False), ("reviewer", False),
                                           ("moderator", True), ("administrator", True)])  # fmt: skip
def test_who_blocks(client, role, may):
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == (200 if may else 403)
    client.post(ADD, sent("phrase", "buy now"))
    assert Block.objects.exists() is may


def test_an_address_is_kept_in_one_form_and_stands_in_no_log(moderator):
    moderator.post(ADD, sent("email", " Spam@Example.ORG ", refuses="on"))
    block = Block.objects.get()
    assert (block.value, block.refuses, block.created_by) == ("spam@example.org", True, "Moderator")
    moderator.post(address(block), {"reason": "Sells", **until(timezone.now())})
    logged = str(list(LogEntry.objects.values())) + str(list(Event.objects.values()))
    assert LogEntry.objects.count() == 2
    assert "spam@example" not in logged.lower()


def test_a_network_is_kept_as_a_hash_alone(moderator, caplog):
    moderator.post(ADD, sent("network", "192.0.2.7"))
    block, today = Block.objects.get(), timezone.localdate()
    assert (block.value, block.day) == (network_hash("192.0.2.7"), today)
    assert timezone.now() < block.expires_at <= timezone.now() + timedelta(days=30)
    kept = str(list(Block.objects.values())) + str(list(LogEntry.objects.values())) + str(list(Event.objects.values()))
    assert "192.0.2" not in kept + caplog.text + moderator.get(LIST).text + moderator.get(address(block)).text


@pytest.mark.parametrize(
    ("typed", "covered", "spared"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8"),
        ("192.0.2.0/24", "192.0.2.200", "192.0.3.7"),
        ("192.0.2.9/24", "192.0.2.200", "192.0.3.7"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64", "2001:db8:1:3::/64"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64"),
    ],
)
def test_a_network_is_blocked_whole(moderator, typed, covered, spared):
    moderator.post(ADD, sent("network", typed))
    block = Block.objects.get()
    assert (block.covers(covered), block.covers(spared)) == (True, False)


@pytest.mark.parametrize(
    "typed", ["", "x", "192.0.2.0/16", "192.0.2", "2001:db8::/32", "0.0.0.0/0", "1.2.3.4/24/24", "#1"]
)
def test_a_network_that_is_none_or_too_wide_is_refused(moderator, typed):
    assert "value" in errors(moderator.post(ADD, sent("network", typed)))
    assert not Block.objects.exists()


def test_a_network_can_be_named_by_a_comment_that_came_from_it(moderator, time_machine_at):
    start = timezone.now()
    comment = make_comment(published(make_article()), network="192.0.2.7")
    time_machine_at(start + timedelta(days=2))
    moderator.force_login(make_user("moderator"))
    moderator.post(ADD, sent("network", f"#{comment.pk}"))
    block = Block.objects.get()
    assert (block.value, block.day) == (comment.network, timezone.localdate(comment.posted_at))
    assert block.covers("192.0.2.7")


def test_a_network_is_not_blocked_longer_than_its_key_is_kept(moderator):
    now = timezone.now()
    assert "expires_at" in errors(moderator.post(ADD, sent("network", "192.0.2.7", **until(now + timedelta(days=31)))))
    end = (now + timedelta(days=3)).replace(microsecond=0)
    moderator.post(ADD, sent("network", "192.0.2.7", **until(end)))
    block = Block.objects.get()
    assert block.expires_at == end
    longer = {"reason": "Advertises", **until(now + timedelta(days=31))}
    assert "expires_at" in errors(moderator.post(address(block), longer))


def test_a_block_ends_in_the_future(moderator):
    past = until(timezone.now() - timedelta(days=1))
    assert "expires_at" in errors(moderator.post(ADD, sent("phrase", "buy now", **past)))
    moderator.post(ADD, sent("phrase", "buy now"))
    assert Block.objects.get().expires_at is None


def test_what_is_blocked_already_is_refused_also_when_that_has_ended(moderator):
    make_block(value="buy now", expires_at=timezone.now() - timedelta(days=1))
    assert "already" in errors(moderator.post(ADD, sent("phrase", "Buy  NOW")))["value"][0]
    assert Block.objects.count() == 1


@pytest.mark.parametrize("values", [{"reason": " "}, {"kind": "x"}, {"value": ""}, {"value": "a\0b"}])
def test_half_a_block_is_refused(moderator, values):
    response = moderator.post(ADD, sent("phrase", "buy now") | values)
    assert next(iter(values)) in errors(response)


def test_an_address_that_is_none_is_refused(moderator):
    assert "value" in errors(moderator.post(ADD, sent("email", "nobody")))


def test_a_block_is_ended_and_not_deleted(moderator):
    block = make_block()
    assert moderator.post(address(block, "delete"), {"post": "yes"}).status_code == 403
    moderator.post(address(block), {"reason": "Advertises", **until(timezone.now() - timedelta(minutes=1))})
    assert not Block.objects.get().is_in_force


def test_what_is_blocked_stays_and_so_does_who_did_it(moderator):
    block = make_block()
    moderator.post(address(block), {"reason": "Sells", "kind": "email", "value": "a@b.example", "created_by": "x"})
    block.refresh_from_db()
    assert (block.kind, block.value, block.created_by, block.reason) == ("phrase", "buy now", "Ada", "Sells")


def test_list_tells_what_is_in_force_from_what_has_ended(moderator):
    make_block()
    make_block(value="sell now", expires_at=timezone.now() - timedelta(days=1))
    found = {name: moderator.get(LIST, {"standing": name}).context["cl"].result_list for name in ("in-force", "ended")}
    assert [[block.value for block in blocks] for blocks in found.values()] == [["buy now"], ["sell now"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(moderator, django_assert_num_queries, count):
    for number in range(count):
        make_block(value=f"phrase {number}")
    moderator.get("/admin/")
    with django_assert_num_queries(7):
        assert moderator.get(LIST).context["cl"].result_count == count


# Phrases and networks


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Miracle   CURE ", "miracle cure"),
        ("cur*", "cur*"),
        ("my-shop.example", "my-shop.example"),
        ("größe", "größe"),
    ],
)
def test_phrase_is_kept_in_one_form(typed, kept):
    assert clean_phrase(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "1234", "*", "a*", "*cure", "cu*re", "cure **", "buy n*", "x" * 201])
def test_phrase_that_blocks_too_much_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_phrase(typed)


def test_networks_are_named_as_those_of_requests_are():
    assert network_in(" 2001:db8:1:2:3::4 ") == "2001:db8:1:2::/64"


# The network of a comment


@pytest.fixture
def comment():
    return make_comment(published(make_article()), network="192.0.2.7")


def test_the_network_of_a_comment_is_blocked_by_its_day(comment):
    user = make_user("moderator")
    block = block_network_of(comment, by=user, reason="Floods")
    assert (block.covers("192.0.2.7"), block.refuses, block.reason, block.created_by) == (
        True, False, "Floods", "Moderator",
    )  # fmt: skip
    assert block.expires_at == last_moment(timezone.localdate(comment.posted_at))


def test_blocking_a_network_again_changes_the_block(comment):
    user, end = make_user("moderator"), timezone.now() + timedelta(days=2)
    first = block_network_of(comment, by=user, reason="Floods")
    block = block_network_of(comment, by=user, reason="Sells", refuses=True, until=end)
    assert (block.pk, block.reason, block.refuses, block.expires_at) == (first.pk, "Sells", True, end)


def test_a_network_that_is_not_known_any_more_is_not_blocked(comment, time_machine_at):
    user, start = make_user("moderator"), timezone.now()
    Comment.objects.update(network="")
    with pytest.raises(NetworkUnknown):
        block_network_of(Comment.objects.get(), by=user, reason="Floods")
    time_machine_at(start + timedelta(days=31))
    with pytest.raises(NetworkUnknown):
        block_network_of(comment, by=user, reason="Floods")
    assert not Block.objects.exists()


def test_a_network_covers_nothing_once_its_key_is_gone(comment, time_machine_at):
    block = block_network_of(comment, by=make_user("moderator"), reason="Floods")
    NetworkKey.objects.all().delete()
    time_machine_at(timezone.now() + timedelta(days=31))
    assert not block.covers("192.0.2.7")


def test_only_moderators_block_the_network_of_a_comment(comment):
    with pytest.raises(PermissionDenied):
        block_network_of(comment, by=make_user("editor"), reason="Floods")
