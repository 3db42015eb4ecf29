"""Prepared replies: those that come with the site, and how moderators change them."""

import importlib
import re

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from comments.models import PreparedReply
from comments.prepared import PLACEHOLDERS
from comments.text import clean_text
from comments.verdicts import Flag
from tests.builders import make_user

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/preparedreply/", "/admin/comments/preparedreply/add/"
STARTING = importlib.import_module("comments.migrations.0002_prepared_replies")


@pytest.fixture
def moderator(client):
    client.force_login(make_user("moderator"))
    return client


def address(reply, name="change"):
    return reverse(f"admin:comments_preparedreply_{name}", args=[reply.pk])


@pytest.mark.parametrize("flag", Flag.values)
def test_there_are_replies_for_each_flag(flag):
    assert PreparedReply.objects.filter(flag=flag).count() in (2, 3)


def test_there_are_replies_for_no_flag():
    assert PreparedReply.objects.filter(flag="").exists()


def test_replies_that_come_with_the_site_pass_its_own_rules():
    for reply in PreparedReply.objects.all():
        reply.full_clean()
        assert clean_text(reply.text) == reply.text
        assert set(re.findall(r"\{(.*?)\}", reply.text)) <= set(PLACEHOLDERS)
        assert not re.search(r"\d|https?:", reply.text), "no number or address is invented"


@pytest.mark.parametrize("flag", ["emergency", "side-effect"])
def test_replies_say_where_help_is(flag):
    texts = PreparedReply.objects.filter(flag=flag).values_list("text", flat=True)
    assert any("local emergency number" in text for text in texts)


def test_reply_to_a_side_effect_says_that_it_can_be_reported():
    assert PreparedReply.objects.filter(flag="side-effect", text__contains="national medicines agency").exists()


def test_migration_leaves_alone_what_moderators_changed():
    class Editor:
        pass

    Editor.connection = connection
    changed = PreparedReply.objects.first()
    PreparedReply.objects.filter(pk=changed.pk).update(text="Our own words.")
    STARTING.add_replies(apps, Editor)
    assert PreparedReply.objects.get(pk=changed.pk).text == "Our own words."
    STARTING.remove_replies(apps, Editor)
    assert [reply.pk for reply in PreparedReply.objects.all()] == [changed.pk]


@pytest.mark.parametrize(("role", "may"), [("author", False), ("editor", False), ("reviewer", False),
                                           ("moderator", True), ("administrator", True)])  # fmt: skip
def test_who_prepares_replies(client, role, may):
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == (200 if may else 403)
    client.post(ADD, {"title": "Mine", "text": "Dear {name}", "flag": ""})
    assert PreparedReply.objects.filter(title="Mine").exists() is may


def test_an_unknown_placeholder_is_refused_and_named(moderator):
    response = moderator.post(ADD, {"title": "Mine", "text": "Dear {nam}, see {page}", "flag": ""})
    assert "{nam}" in response.context["adminform"].form.errors["text"][0]


def test_a_title_is_given_once(moderator):
    title = PreparedReply.objects.first().title
    response = moderator.post(ADD, {"title": title, "text": "Dear {name}", "flag": ""})
    assert "title" in response.context["adminform"].form.errors


def test_moderators_change_and_delete_replies(moderator):
    reply = PreparedReply.objects.first()
    moderator.post(address(reply), {"title": "Shorter", "text": "Thanks.", "flag": "emergency"})
    reply.refresh_from_db()
    assert (reply.title, reply.text, reply.flag) == ("Shorter", "Thanks.", "emergency")
    moderator.post(address(reply, "delete"), {"post": "yes"})
    assert not PreparedReply.objects.filter(pk=reply.pk).exists()
