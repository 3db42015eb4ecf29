"""Prepared replies: those that come with the site, and how moderators change them."""

import importlib
import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
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


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("Personal data: write again without it", "rejection"),
        ("Personal data: names of staff and clinics", "rejection"),
        ("Cure: why we do not publish it", "rejection"),
        ("Cure: before trying something", "answer"),
        ("Emergency: thoughts of self-harm", "rejection"),
        ("Thanks for an experience", "answer"),
    ],
)
def test_replies_that_come_with_the_site_stand_at_their_place(title, purpose):
    assert PreparedReply.objects.get(title=title).purpose == purpose


def test_only_a_rejection_says_that_something_is_not_published():
    said = PreparedReply.objects.filter(text__iregex="do not publish|only with a source|write it again|cannot say what")
    assert set(said.values_list("purpose", flat=True)) == {"rejection"}


def test_every_reply_says_what_it_is_for():
    with pytest.raises(IntegrityError):
        PreparedReply.objects.create(title="For nothing", text="Thank you.")


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
    client.post(ADD, {"title": "Mine", "text": "See {page}", "flag": "", "purpose": "answer"})
    assert PreparedReply.objects.filter(title="Mine").exists() is may


def test_an_unknown_placeholder_is_refused_and_named(moderator):
    response = moderator.post(ADD, {"title": "Mine", "text": "Dear {nam}, see {page}", "flag": "", "purpose": "answer"})
    assert "{nam}" in response.context["adminform"].form.errors["text"][0]


@pytest.mark.parametrize("text", ["Thank you, {name}.", "{page}: { name }"])
def test_a_text_with_the_name_of_a_reader_is_refused_and_told_why(moderator, text):
    response = moderator.post(ADD, {"title": "Mine", "text": text, "flag": "", "purpose": "answer"})
    [said] = response.context["adminform"].form.errors["text"]
    assert said.startswith("Leave {name} out: ")
    assert not PreparedReply.objects.filter(title="Mine").exists()


@pytest.mark.parametrize("purpose", ["", "thanks"])
def test_a_text_for_nothing_is_refused(moderator, purpose):
    response = moderator.post(ADD, {"title": "Mine", "text": "Thanks.", "flag": "", "purpose": purpose})
    assert "purpose" in response.context["adminform"].form.errors


def test_a_title_is_given_once(moderator):
    title = PreparedReply.objects.first().title
    response = moderator.post(ADD, {"title": title, "text": "See {page}", "flag": "", "purpose": "answer"})
    assert "title" in response.context["adminform"].form.errors


def test_moderators_change_and_delete_replies(moderator):
    reply = PreparedReply.objects.first()
    moderator.post(address(reply), {"title": "Shorter", "text": "Thanks.", "flag": "emergency", "purpose": "rejection"})
    reply.refresh_from_db()
    assert (reply.title, reply.text, reply.flag, reply.purpose) == ("Shorter", "Thanks.", "emergency", "rejection")
    moderator.post(address(reply, "delete"), {"post": "yes"})
    assert not PreparedReply.objects.filter(pk=reply.pk).exists()
