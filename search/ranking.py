"""Which result comes first. `docs/search.md` explains the weights; `manage.py evaluate_search` measures them.

Everything here is computed from what the index stores of a page, in plain Python: both databases rank alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import log10
from operator import and_, or_

from search.documents import group_in, page_in
from search.entries import IN_HEADING, IN_PLAIN_NAME, IN_SUMMARY, IN_TITLE, code_in, count_in, often
from search.index import Candidate, Found
from search.intents import FILLER_STEMS
from search.lexicon import Called
from search.understanding import Understood, Wish

# The query is a name of the page and nothing else; a name of the page among other words; part of a name.
IS_NAME, HAS_NAME, PART_OF_NAME = 100.0, 40.0, 24.0
# Of the worth of a name, so much is left where it is a small part of the query.
LEAST_SHARE = 0.5
# Of a therapy and a condition, that of which more is asked comes first.
ASKED_OF = 16.0
# Where a word stands; a rare word counts up to its whole weight, a common one less.
TITLE, PLAIN_NAME, HEADING, SUMMARY, TEXT, OFTEN = 12.0, 10.0, 5.0, 4.0, 1.0, 1.0
# The page has everything that is asked for, or most of it.
HAS_ALL, HAS_MOST = 12.0, 3.0
# All that is asked for stands in the title: as much as it fills of the title. A title that says nothing else is a name.
IN_WHOLE_TITLE, IS_TITLE = 10.0, 50.0
NEARLY_WHOLE = 0.8
# Behind every name.
LAST = "\U0010ffff"
WEIGHTS = ((IN_TITLE, TITLE), (IN_PLAIN_NAME, PLAIN_NAME), (IN_HEADING, HEADING), (IN_SUMMARY, SUMMARY))
# Where no name decides, a condition is looked for rather than a therapy, and a therapy rather than an article.
KINDS = {"condition": 1.0, "therapy": 0.5}


@dataclass(frozen=True)
class Ranked:
    candidate: Candidate
    score: float


def ranked(understood: Understood, found: Found) -> list[Ranked]:
    """Best first; equally good ones by the month of their review, the newest first, then by name."""
    names = _scores_of_names(understood)
    kinds = {number: KINDS.get(group.kind, 0.0) for number, group in found.groups.items()}
    scored = [Ranked(each, _score(understood, each, names) + kinds[group_in(each.id)]) for each in found.candidates]
    return sorted(scored, key=lambda each: _order(each, understood))


def _order(each: Ranked, understood: Understood) -> tuple:
    number = each.candidate.id
    return (
        -round(each.score, 6),
        -each.candidate.reviewed_month,
        understood.lexicon.title_of(page_in(number)) or LAST,
        number,
    )


def rarity(wish: Wish) -> float:
    """1 for a word of a few pages, 0.2 for one of ten thousand."""
    return 1 / (1 + log10(1 + wish.pages))


def _scores_of_names(understood: Understood) -> dict[int, float]:
    """What a page gets for its names, by the number of the page."""
    scores: dict[int, float] = {}
    share = _share(understood)

    def asked_of(name: Called) -> float:
        is_asked = understood.names_two and (name.kind_of_page == "condition") == understood.asks_for_treatment
        return ASKED_OF if is_asked else 0.0

    for entity in understood.entities:
        for name in entity.names:
            score = IS_NAME if understood.names_all else HAS_NAME * share + asked_of(name)
            scores[name.page] = max(scores.get(name.page, 0), score)
    for name in understood.nearly:
        score = PART_OF_NAME * understood.share_of(name) + asked_of(name)
        scores[name.page] = max(scores.get(name.page, 0), score)
    return scores


def _share(understood: Understood) -> float:
    """How much of the query is names: the fewer, the more the other words say."""
    if understood.names_two:
        return 1.0
    share = sum(1 for wish in understood.needed if wish.names_pages) / max(1, len(understood.needed))
    return LEAST_SHARE + (1 - LEAST_SHARE) * share


def _score(understood: Understood, candidate: Candidate, names: dict[int, float]) -> float:
    score = names.get(page_in(candidate.id), 0.0)
    places = []
    for wish in understood.wishes:
        codes = list(_codes(wish, candidate.profile))
        places.append(reduce(or_, codes))
        # What a page is called counts as its name alone.
        if page_in(candidate.id) not in wish.names_pages:
            score += max(_weight(code, candidate.has_all) for code in codes) * rarity(wish)
    if page_in(candidate.id) not in names or (candidate.has_all and not understood.names_two):
        score += HAS_ALL if candidate.has_all else HAS_MOST
    whole = reduce(and_, (place for wish, place in zip(understood.wishes, places, strict=True) if wish.is_needed))
    return score + max(
        _worth_of_title(understood, candidate.profile, place) if whole & place else 0.0
        for place in (IN_TITLE, IN_PLAIN_NAME)
    )


def _worth_of_title(understood: Understood, profile: bytes, place: int) -> float:
    words = {each for wish in understood.wishes for stems in wish.alternatives for each in stems}
    filled = sum(code_in(profile, each) & place > 0 for each in words) / count_in(profile, place)
    return IN_WHOLE_TITLE * filled + (IS_TITLE if filled >= NEARLY_WHOLE else 0.0)


def _codes(wish: Wish, profile: bytes) -> Iterable[int]:
    """For each alternative, where all its words stand together and how often."""
    for stems in wish.alternatives:
        codes = [code_in(profile, each) for each in stems if each not in FILLER_STEMS] or [0]
        places = codes[0]
        for code in codes[1:]:
            places &= code
        yield places & 0b1111 | min(often(code) for code in codes) << 4


def _weight(code: int, has_all: bool) -> float:
    weight = next((weight for place, weight in WEIGHTS if code & place), 0.0)
    return weight + often(code) * OFTEN + (TEXT if has_all else 0.0)
