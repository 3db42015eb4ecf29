import re

import pytest

from comments.house_rules import HOUSE_RULES

pytestmark = pytest.mark.django_db


def test_rules_are_reached_from_every_page_and_each_has_an_anchor(client):
    assert client.get("/").text.count('href="/comments/rules/"') == 2
    text = client.get("/comments/rules/").text
    assert re.findall(r'<li id="([\w-]+)"', text) == [rule.id for rule in HOUSE_RULES]


def test_rules_say_who_moderates_and_what_is_kept_how_long(client, settings):
    settings.COMMENT_REJECTED_DAYS = 77
    text = client.get("/comments/rules/").text
    for said in (
        "They give no medical advice",
        "after 77 days",
        "after 30 days",
        "for 15 minutes",
        "as professional advice",
    ):
        assert said in text


def test_who_moderates_is_said_as_the_settings_say_it(client, settings):
    assert "Moderators act for the publisher of this site." in client.get("/comments/rules/").text
    settings.COMMENT_MODERATORS = "Moderators are volunteers, two of them <nurses>."
    text = client.get("/comments/rules/").text
    assert "Moderators are volunteers, two of them &lt;nurses&gt;. They check comments" in text
    assert "give no medical advice" not in text


def test_rules_are_open_to_search_engines_and_set_no_cookie(client):
    response = client.get("/comments/rules/")
    assert "X-Robots-Tag" not in response
    assert "noindex" not in response.text
    assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_rules_take_no_other_method(client, method):
    assert getattr(client, method)("/comments/rules/").status_code == 405
