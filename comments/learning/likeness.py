"""Rules that ask the second reader: whether a comment reads like one that needs special care, or like advertising.

Each has a threshold of its own. They were chosen on examples that the classifier had not seen, so that few ordinary
comments are held, and, of emergencies, few are missed.
"""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from comments.learning.classifier import GENUINE, SPAM, Classifier
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

EXAMPLES = Path(__file__).parent.parent / "data" / "examples.tsv"
TRAINED = EXAMPLES.with_name("classifier.json.gz")
AT_LEAST = {
    Flag.EMERGENCY: 0.35,
    Flag.SIDE_EFFECT: 0.6,
    Flag.DOSE_ADVICE: 0.6,
    Flag.PERSONAL_DATA: 0.6,
    Flag.ADVICE_REQUEST: 0.6,
    Flag.MIRACLE_CURE: 0.6,
    SPAM: 0.6,
}


@cache
def classifier() -> Classifier:
    return Classifier.load(TRAINED)


def ordinary(candidate: Candidate) -> float:
    """How likely it is that the comment needs no special care."""
    return classifier().opinion(candidate.whole).probabilities[GENUINE]


def like_emergencies(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.EMERGENCY, _("It reads like comments of people in danger."))


def like_side_effects(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.SIDE_EFFECT, _("It reads like reports of side effects."))


def like_dose_advice(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.DOSE_ADVICE, _("It reads like advice to change or stop a treatment."))


def like_personal_data(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.PERSONAL_DATA, _("It reads like comments that give a person away."))


def like_advice_requests(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.ADVICE_REQUEST, _("It reads like questions about one's own treatment."))


def like_miracle_cures(candidate: Candidate) -> Verdict:
    return _likeness(candidate, Flag.MIRACLE_CURE, _("It reads like praise of a miracle cure."))


def like_advertising(candidate: Candidate) -> Verdict:
    return _likeness(candidate, SPAM, _("It reads like advertising."))


def _likeness(candidate: Candidate, label: str, reason: str) -> Verdict:
    opinion = classifier().opinion(candidate.whole)
    if opinion.probabilities[label] < AT_LEAST[label]:
        return PASS
    return hold(reason, *opinion.words_for(label), flag="" if label == SPAM else label)
