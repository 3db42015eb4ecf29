"""Naive Bayes: how much more likely each sign of a text is in advertising than in what readers write.

Names are left out, so that no person's name ever counts as evidence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

from comments.spam.signs import signs_in
from comments.verdicts import Candidate

SPAM, GENUINE = "spam", "genuine"
MOST_WORDS = 20_000
TOP_WORDS = 6
# A sign counts as if it had been seen this often on each side before.
SMOOTHING = 1
# Below this a sign tells nothing worth keeping.
FAINTEST = 0.3
# Signs depend on each other (a pair repeats its words), and a few signs are soon found by chance: what they say is
# spread over as many as a comment of some lines has. This and SMOOTHING were chosen by cross-validation.
USUAL_SIGNS = 24
# Asked of advertising in advance: to hold a reader's comment is worse than to look at an advert.
CAUTION = 3.2


@dataclass(frozen=True)
class Filter:
    spam_count: int
    genuine_count: int
    # By sign the natural logarithm of the odds: above 0 speaks for advertising.
    words: Mapping[str, float]

    def score(self, candidate: Candidate) -> tuple[float, tuple[str, ...]]:
        """The probability that this is advertising, and the signs that speak for it, the most telling first."""
        known = self.words
        found = [(known[sign], written) for sign, written in signs_in(candidate.whole).items() if sign in known]
        if not found:
            return 0.0, ()
        total = sum(odds for odds, _ in found) * sqrt(USUAL_SIGNS / (len(found) + USUAL_SIGNS))
        top = sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1]))
        written = tuple(dict.fromkeys(written for _, written in top))
        return _probability(total - CAUTION), written[:TOP_WORDS]

    def to_json(self) -> dict:
        return {"spam": self.spam_count, "genuine": self.genuine_count, "words": dict(self.words)}

    @classmethod
    def from_json(cls, value: Mapping) -> "Filter":
        return cls(value["spam"], value["genuine"], value["words"])

    def top_words(self, count: int) -> tuple[list[str], list[str]]:
        """The signs that speak most for advertising, and most against it."""
        ordered = sorted(self.words, key=lambda word: (-self.words[word], word))
        return ordered[:count], ordered[::-1][:count]


def train(texts_by_label: Mapping[str, Iterable[str]]) -> Filter:
    """From texts by label, SPAM and GENUINE. However many there are of one side, neither is taken as likelier."""
    seen_in, sizes = {}, {}
    for label in (SPAM, GENUINE):
        texts = list(texts_by_label.get(label, ()))
        seen_in[label] = Counter(sign for text in texts for sign in signs_in(text))
        sizes[label] = len(texts)
    spam, genuine = seen_in[SPAM], seen_in[GENUINE]
    odds = {}
    for sign in spam.keys() | genuine.keys():
        # Once is chance.
        if spam[sign] + genuine[sign] > 1:
            in_spam = (spam[sign] + SMOOTHING) / (sizes[SPAM] + 2 * SMOOTHING)
            in_genuine = (genuine[sign] + SMOOTHING) / (sizes[GENUINE] + 2 * SMOOTHING)
            odds[sign] = round(log(in_spam / in_genuine), 3)
    telling = sorted((sign for sign in odds if abs(odds[sign]) >= FAINTEST), key=lambda each: (-abs(odds[each]), each))
    return Filter(sizes[SPAM], sizes[GENUINE], {sign: odds[sign] for sign in telling[:MOST_WORDS]})


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
