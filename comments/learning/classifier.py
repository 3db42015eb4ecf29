"""Multinomial logistic regression over the signs of a text, small enough to be read as a file and to explain itself."""

import gzip
import json
import random
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt, sumprod
from pathlib import Path

from comments.learning.signs import Signs, place_of, signs_of, weighed
from comments.verdicts import Flag

GENUINE, SPAM = "genuine", "spam"
LABELS = (GENUINE, *Flag.values, SPAM)
# How training goes: rounds over the examples, the size of the first steps.
ROUNDS, STEP = 8, 0.8
# A mistake smaller than this teaches nothing worth the time.
SLIGHT = 0.02
# Signs seen in fewer examples are chance; signs whose weights are all smaller than this are left out.
FEWEST, FAINTEST = 2, 0.05
TOP_WORDS = 6
# The rarity of what one example in ten holds.
TELLING = 1 + log(10)


@dataclass(frozen=True)
class Opinion:
    """How likely each label is."""

    probabilities: Mapping[str, float]
    _signs: Signs
    _values: Mapping[str, float]
    _weights: Mapping[str, Sequence[float]]
    _rarity: Mapping[str, float]

    def words_for(self, label: str) -> tuple[str, ...]:
        """The words, as written, that speak most for the label and against an ordinary comment; of words that stand in
        every tenth comment none, as they would tell nobody anything.
        """
        at = LABELS.index(label)
        said = {
            sign: value * (self._weights[sign][at] - self._weights[sign][0])
            for sign, value in self._values.items()
            if self._rarity[sign] >= TELLING
        }
        written = []
        for sign in sorted(said, key=lambda each: (-said[each], each))[: 2 * TOP_WORDS]:
            place = place_of(sign, self._signs.reading)
            if said[sign] > 0 and place:
                written.append(self._signs.reading.written(*place))
        return tuple(dict.fromkeys(filter(None, written)))[:TOP_WORDS]


class Classifier:
    def __init__(self, rarity: Mapping[str, float], weights: Mapping[str, Sequence[float]], bias: Sequence[float]):
        self.rarity, self.weights, self.bias = rarity, weights, bias

    def opinion(self, text: str) -> Opinion:
        signs = signs_of(text)
        values = weighed(signs.counts, self.rarity)
        weights = self.weights
        columns = zip(self.bias, *(weights[sign] for sign in values), strict=True)
        scores = [sumprod(column, (1.0, *values.values())) for column in columns]
        return Opinion(dict(zip(LABELS, _softmax(scores), strict=True)), signs, values, weights, self.rarity)

    def dump(self, path: Path, source: str) -> None:
        """`source` is the digest of what it was trained from."""
        signs = {
            sign: [round(self.rarity[sign], 2), *(round(weight, 2) for weight in weights)]
            for sign, weights in sorted(self.weights.items())
        }
        value = {"source": source, "bias": [round(each, 3) for each in self.bias], "signs": signs}
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        path.write_bytes(gzip.compress(text.encode(), mtime=0))

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        value = json.loads(gzip.decompress(path.read_bytes()))
        rarity = {sign: numbers[0] for sign, numbers in value["signs"].items()}
        # Arrays of single precision take a third of the memory of lists.
        return cls(rarity, {sign: array("f", numbers[1:]) for sign, numbers in value["signs"].items()}, value["bias"])


def train(examples: Sequence[tuple[str, str]], *, seed: int = 1) -> Classifier:
    """From pairs of label and text. About a minute for six thousand."""
    rarity = _rarity(text for _label, text in examples)
    documents = [(LABELS.index(label), weighed(signs_of(text).counts, rarity)) for label, text in examples]
    learner = _Learner()
    chance = random.Random(seed)  # noqa: S311 (the same file from the same examples)
    for round_ in range(ROUNDS):
        chance.shuffle(documents)
        for right, values in documents:
            learner.learn(right, values, STEP / (1 + round_ / 4))
    kept = {sign: weights for sign, weights in learner.weights.items() if max(map(abs, weights)) >= FAINTEST}
    return Classifier({sign: rarity[sign] for sign in kept}, kept, learner.bias)


def _rarity(texts: Iterable[str]) -> dict[str, float]:
    seen_in: Counter[str] = Counter()
    total = 0
    for text in texts:
        seen_in.update(signs_of(text).counts.keys())
        total += 1
    return {sign: log((1 + total) / (1 + count)) + 1 for sign, count in seen_in.items() if count >= FEWEST}


class _Learner:
    """Steps grow smaller for signs that have taught much already (AdaGrad)."""

    def __init__(self):
        self.weights: dict[str, list[float]] = {}
        self.bias = [0.0] * len(LABELS)
        self._taught: dict[str, list[float]] = {}

    def learn(self, right: int, values: Mapping[str, float], step: float) -> None:
        rows = [(*self._row(sign), value) for sign, value in values.items()]
        scores = list(self.bias)
        for row, _squares, value in rows:
            scores = [score + value * weight for score, weight in zip(scores, row, strict=True)]
        mistakes = _softmax(scores)
        mistakes[right] -= 1
        for at, mistake in enumerate(mistakes):
            if abs(mistake) < SLIGHT:
                continue
            self.bias[at] -= 0.02 * step * mistake
            for row, squares, value in rows:
                slope = mistake * value
                squares[at] += slope * slope
                row[at] -= step * slope / sqrt(squares[at])

    def _row(self, sign: str) -> tuple[list[float], list[float]]:
        if sign not in self.weights:
            self.weights[sign] = [0.0] * len(LABELS)
            self._taught[sign] = [0.01] * len(LABELS)
        return self.weights[sign], self._taught[sign]


def _softmax(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    grown = [exp(score - highest) for score in scores]
    total = sum(grown)
    return [each / total for each in grown]
