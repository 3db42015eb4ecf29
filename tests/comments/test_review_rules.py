from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import moderation, rules
from comments.models import Block, Comment
from comments.verdicts import PASS, hold
from tests.builders import make_comment, make_therapy, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_therapy())


def output(capsys, **options):
    call_command("review_rules", **options)
    return capsys.readouterr().out.splitlines()


def no_zebras(candidate):
    return hold("It has stripes.", "zebra") if "zebra" in candidate.text else PASS


def test_without_a_change_of_rules_nothing_would_change(page, capsys):
    make_comment(page, text="My infusions take about five hours.")

    assert output(capsys) == ["1 comments, 0 of them would change.", "1\tpass → pass"]


def test_what_a_new_rule_would_change_is_listed_by_number(page, capsys, monkeypatch):
    striped = make_comment(page, text="The zebra stands for rare illnesses.")
    make_comment(page, text="My infusions take about five hours.")
    monkeypatch.setattr(rules, "RULES", (*rules.RULES, no_zebras))

    assert output(capsys) == [
        "2 comments, 1 of them would change.",
        "1\tpass → hold",
        "1\tpass → pass",
        f"Comment {striped.pk}: pass → hold",
    ]


def test_flags_are_part_of_what_changes(page, capsys, monkeypatch):
    make_comment(page, text="I want to die and I do not know who to tell.")
    monkeypatch.setattr(rules, "RULES", ())

    assert output(capsys)[1] == "1\thold emergency → pass"


def test_how_it_came_is_left_out_on_both_sides(page, capsys):
    comment = Comment(page=page, edition=page.live, kind="question", name="Anna", text="My first infusion.")
    moderation.post(comment, network="192.0.2.1", form_age=60, honeypot="filled")

    assert output(capsys)[1] == "1\tpass → pass"


def test_phrases_that_were_blocked_since_are_tried(page, capsys):
    make_comment(page, text="The zebra stands for rare illnesses.")
    Block.objects.create(kind=Block.Kind.PHRASE, value="zebra*", reason="Stripes.", created_by="Anna")

    assert output(capsys)[1] == "1\tpass → hold"


def test_nothing_is_stored(page, capsys, monkeypatch):
    striped = make_comment(page, text="The zebra stands for rare illnesses.")
    before = Comment.objects.filter(pk=striped.pk).values().get()
    monkeypatch.setattr(rules, "RULES", (*rules.RULES, no_zebras))

    output(capsys)

    assert Comment.objects.filter(pk=striped.pk).values().get() == before


def test_since_and_limit_choose_the_newest(page, capsys):
    old, *_ = [make_comment(page) for _ in range(3)]
    Comment.objects.filter(pk=old.pk).update(posted_at=timezone.now() - timedelta(days=30))

    assert output(capsys, since=str(timezone.localdate() - timedelta(days=1)))[0].startswith("2 comments")
    assert output(capsys, limit=1)[0].startswith("1 comments")


@pytest.mark.parametrize("options", [{"since": "yesterday"}, {"limit": 0}])
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(CommandError, match="must be"):
        call_command("review_rules", **options)
