"""Rules that ask the second reader: whether a comment reads like one that needs special care, or like advertising.

Each has a threshold of its own. They were chosen on examples that the classifier had not seen, so that few ordinary
comments are held, and, of emergencies, few are missed.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from comments.learning.classifier import GENUINE, SPAM, Classifier, Opinion
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

EXAMPLES = Path(__file__).parent.parent / "data" / "examples.tsv"
TRAINED = EXAMPLES.with_name("classifier.json.gz")
AT_LEAST = {
    Flag.EMERGENCY: 0.7,
    **dict.fromkeys(
        (Flag.SIDE_EFFECT, Flag.DOSE_ADVICE, Flag.PERSONAL_DATA, Flag.ADVICE_REQUEST, Flag.MIRACLE_CURE, SPAM), 0.75
    ),
}


# Of two sentences, without those around them.
AT_LEAST_OF_A_PART = dict.fromkeys(AT_LEAST, 0.9) | {Flag.EMERGENCY: 0.7, SPAM: 0.97}
PLAINLY_ORDINARY = 0.99
MOST_SENTENCES = 40
_ENDS = ".!?\n"
_END = re.compile(rf"(?<=[{_ENDS}])\s+|\n")


@cache
def classifier() -> Classifier:
    return Classifier.load(TRAINED)


def ordinary(text: str) -> float:
    """How likely it is that the text needs no special care."""
    return classifier().opinion(text).probabilities[GENUINE]


def around(words: tuple[str, ...], candidate: Candidate) -> list[str]:
    """The sentences in which these words were found, without words all of them; nothing is ordinary about words that
    cannot be found again.
    """
    text, found = candidate.whole, {}
    if not words:
        return [text]
    for each in words:
        start = text.find(each)
        if start < 0:
            return [""]
        first = max(text.rfind(sign, 0, start) for sign in _ENDS) + 1
        ends = [end for sign in _ENDS if (end := text.find(sign, start + len(each))) >= 0]
        found[text[first : min(ends, default=len(text))].strip()] = True
    return list(found)


def opinions_of(candidate: Candidate) -> list[Opinion]:
    """Of the whole, and, unless that is plainly ordinary, of each two sentences that follow each other: one cry for
    help among friendly words should not be lost.
    """
    whole = classifier().opinion(candidate.whole)
    sentences = [said for said in _END.split(candidate.whole) if said.strip()][:MOST_SENTENCES]
    if len(sentences) <= 2 or whole.probabilities[GENUINE] > PLAINLY_ORDINARY:
        return [whole]
    return [whole, *(classifier().opinion(f"{one} {other}") for one, other in pairwise(sentences))]


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
    whole, *parts = candidate.opinions
    found = whole.probabilities[label] >= AT_LEAST[label]
    most = max(parts, key=lambda each: each.probabilities[label], default=None)
    if not found and (most is None or most.probabilities[label] < AT_LEAST_OF_A_PART[label]):
        return PASS
    return hold(reason, *(whole if found else most).words_for(label), flag="" if label == SPAM else label)
