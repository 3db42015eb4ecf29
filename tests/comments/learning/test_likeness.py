"""The shipped classifier: that it belongs to its examples, and what it makes of comments that are none of them."""

import gzip
import json
from pathlib import Path

import pytest

from comments.learning.likeness import TRAINED, like_advertising, like_emergencies, ordinary
from comments.management.commands.train_classifier import digest_of_examples, read_examples
from comments.rules import judge
from comments.spam.labelled import read_labelled
from comments.verdicts import Candidate, Outcome

LABELLED = Path(__file__).parents[1] / "data" / "labelled.tsv"


def test_shipped_classifier_was_trained_from_the_shipped_examples():
    shipped = json.loads(gzip.decompress(TRAINED.read_bytes()))
    assert shipped["source"] == digest_of_examples(), "The examples have changed: run manage.py train_classifier."


def test_no_example_is_in_the_test_set():
    tested = {comment.candidate.text.strip().casefold() for comment in read_labelled(LABELLED)}
    assert [text for _label, text in read_examples() if text.strip().casefold() in tested] == []


def test_thanks_are_ordinary():
    assert ordinary("Thank you, now I understand what a B cell does.") > 0.9


def test_somebody_in_danger_is_noticed_without_any_phrase():
    verdict = like_emergencies(
        Candidate(name="Ada", text="I cannot carry on, my family would be better off without me.")
    )
    assert verdict.flag == "emergency"
    assert verdict.words


def test_advertising_is_noticed():
    text = "Our certified agents recover lost coins within days, write to the team on our channel for a free quote."
    assert like_advertising(Candidate(name="Ada", text=text)).outcome == Outcome.HOLD


@pytest.fixture(scope="module")
def judged(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        comments = read_labelled(LABELLED)
        return [(each.label, judge(each.candidate)) for each in comments]


def share(judged, label, holds) -> float:
    of_label = [judgement for each, judgement in judged if each == label]
    assert len(of_label) >= 40
    return sum(map(holds, of_label)) / len(of_label)


# Bounds below what is reached, so that a change of the rules that costs much is seen.
def test_spam_of_the_labelled_set_is_held(judged):
    assert share(judged, "spam", lambda each: each.outcome != Outcome.PASS) >= 0.945


def test_genuine_comments_of_the_labelled_set_stay_in_the_normal_queue(judged):
    assert share(judged, "genuine", lambda each: each.outcome == Outcome.PASS) >= 0.97


def test_crises_of_the_labelled_set_are_flagged(judged):
    assert share(judged, "crisis", lambda each: "emergency" in each.flags) >= 0.95
