"""How well a filter would judge texts it has not learnt from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comments.spam.bayes import GENUINE, SPAM, train
from comments.verdicts import Candidate

FOLDS = 10


@dataclass(frozen=True)
class Shares:
    """Of the advertising, what was held; of what readers wrote, what was held by mistake."""

    held: float
    wrong: float


def cross_validated(texts_by_label: Mapping[str, Sequence[str]], *, least: float) -> Shares:
    """Each text is judged by a filter trained without it and nine tenths of the others; held from `least` on."""
    held = dict.fromkeys((SPAM, GENUINE), 0)
    for fold in range(FOLDS):
        kept = {
            label: [text for number, text in enumerate(texts) if number % FOLDS != fold]
            for label, texts in texts_by_label.items()
        }
        trained = train(kept)
        for label in held:
            left_out = texts_by_label[label][fold::FOLDS]
            held[label] += sum(trained.score(Candidate(name="", text=text))[0] >= least for text in left_out)
    return Shares(*(held[label] / max(1, len(texts_by_label[label])) for label in (SPAM, GENUINE)))
