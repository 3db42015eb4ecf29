"""Which of the found names link, and why: the rules of ambiguity.

Each found name is held against these rules in turn; the first that applies decides. `reason` is the code in front.

| reason        | links | when                                                                                         |
| ------------- | ----- | -------------------------------------------------------------------------------------------- |
| blocked       | no    | the text stands on the block list of the site or of the page                                 |
| compound      | no    | a compound turns it into something else: "anti-TNF", "hepatitis B virus" (`compounds`)       |
| never         | no    | every name that stands here is marked never to link, or names a class                        |
| longer-phrase | no    | the words around it make it a longer, narrower name: "cerebral vasculitis" (`compounds`)     |
| defined       | yes   | the text says what this short form means: "common variable immunodeficiency (CVID)"          |
| defined-other | no    | the text defines it as something else, or as several things                                  |
| name          | yes   | one entity has this name, and the name needs no evidence                                     |
| evidence      | yes   | evidence speaks for exactly one of the entities that have this name                          |
| ambiguous     | no    | several entities have this name, and evidence speaks for none of them or for several         |
| no-evidence   | no    | the name needs evidence, and there is none                                                   |

A name needs evidence if it is marked so, if several entities have it, or if it is doubtful in itself: an abbreviation
of at most three characters, an ordinary word or unit, or a name made of general words only (`needs_evidence`).

Evidence for an entity: the page is about it or about an entity related to it; or another name of it stands on the page
that needs no evidence itself, is not blocked and not inside a compound (a name marked "never" counts, that of a class
does not); or the text defines the short form as it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from crosslinks.matching.compounds import in_longer_phrase, turned_round
from crosslinks.matching.definitions import Definition
from crosslinks.matching.finding import Found
from crosslinks.matching.names import exact_form, how_written, is_abbreviation
from crosslinks.matching.reading import Reading, read
from crosslinks.matching.spelling import canonical_forms, without_possessive
from crosslinks.matching.terms import Linking, Span, Term
from crosslinks.matching.vocabulary import BLOCKED_KIND, Vocabulary

BLOCKED, COMPOUND, LONGER_PHRASE, NEVER = "blocked", "compound", "longer-phrase", "never"
DEFINED, DEFINED_OTHER = "defined", "defined-other"
NAME, EVIDENCE, AMBIGUOUS, NO_EVIDENCE = "name", "evidence", "ambiguous", "no-evidence"

SHORTEST_NAME = 2
SHORTEST_SURE_ABBREVIATION = 4

# Ordinary words and units that are also abbreviations, brands or substances.
ORDINARY_WORDS = frozenset(
    "ad all am an and are arm as at bad balance bar be beef boost can cap carbon cat chicken clip coffee complete "
    "contact control copper corn cosmos cup date dimension do dose dust ease ebb egg eggs far fat feather focus "
    "for gas get go gold grass had hair has have he hen her him his hop hot how ice if in infection iron is it its "
    "latex lead lemon light lime low lung mad male man map max may me meal mean mild milk min mint monitor mouse "
    "ms nail no not nut oat of oil on onion or orange out oxygen oyster pan pat pea pear pet pine pit plum po pork "
    "potato power rat red relief rest rice rye sad salmon salt same sand she shrimp silver skin smoke so sole star "
    "step sugar swift tan tea test that the this time tin to tomato top total tuna turkey up us was water we wheat "
    "who wood wool yeast zinc cm dl hr im iv kg mcg mg ml mm ng sc ug".split()
)

# A name made of nothing but such words is too general: experts mark "the disease" for whatever the text is about, and
# the acid of a salt is part of a longer name.
GENERAL_WORDS = frozenset(
    canonical_forms(
        "disease disorder syndrome condition illness infection infections tumor neoplasm growth lesion injury defect "
        "deficiency abnormality anomaly malformation complication symptom pain inflammation allergy mass cyst polyp "
        "poisoning acute chronic genetic hereditary inherited familial congenital autosomal dominant recessive x "
        "linked sex rare human benign malignant primary secondary severe mild early late onset childhood adult "
        "juvenile infantile neonatal physical common disabling metabolic of a the acetate bromide chloride citrate "
        "hydrochloride hydrogen ion maleate nitrate phosphate sulfate tartrate".split()
    )
)


def needs_evidence(term: Term) -> bool:
    if term.linking is Linking.EVIDENCE or too_general(term.text):
        return True
    text = bare(term.text)
    return text.lower() in ORDINARY_WORDS or (is_abbreviation(term) and len(text) < SHORTEST_SURE_ABBREVIATION)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    return "".join(each for each in exact_form(text) if each.isalnum())


@lru_cache(maxsize=1 << 14)
def too_general(text: str) -> bool:
    return GENERAL_WORDS.issuperset(read(text).forms)


@dataclass(slots=True)
class Page:
    """What is known of the page besides the names found on it."""

    reading: Reading
    vocabulary: Vocabulary
    supported: set = field(default_factory=set)  # entities for which there is evidence
    blocked: frozenset[tuple[str, ...]] = frozenset()
    meanings: dict[str, Term | None] = field(default_factory=dict)  # of short forms defined in the text


def decide(page: Page, found: Found) -> Span:
    term = best_term(page.reading, found)
    reason = refusal(page, found)
    if not reason and in_longer_phrase(page.reading, found.first, found.last, page.vocabulary):
        reason = LONGER_PHRASE
    if reason:
        return span(page.reading, found, term, False, reason)
    if found.defined:
        return span(page.reading, found, term, True, DEFINED)
    short = exact_form(page.reading.surface(found.first, found.last))
    for form in (short, short.removesuffix("s")):
        if form in page.meanings:
            return _as_defined(page, found, page.meanings[form])
    return by_ambiguity(page, found)


def by_ambiguity(page: Page, found: Found) -> Span:
    term = best_term(page.reading, found)
    terms = likeliest(page.reading, found)
    entities = {each.entity for each in terms}
    if len(entities) == 1 and not needs_evidence(term):
        return span(page.reading, found, term, True, NAME)
    backed = [each for each in terms if each.entity in page.supported]
    if len({each.entity for each in backed}) == 1:
        return span(page.reading, found, backed[0], True, EVIDENCE)
    return span(page.reading, found, term, False, AMBIGUOUS if len(entities) > 1 else NO_EVIDENCE)


def _as_defined(page: Page, found: Found, meaning: Term | None) -> Span:
    own = [term for term in linkable(found.terms) if meaning is not None and term.entity == meaning.entity]
    if own:
        return span(page.reading, found, min(own, key=_rank), True, DEFINED)
    return span(page.reading, found, best_term(page.reading, found), False, DEFINED_OTHER)


def refusal(page: Page, found: Found) -> str:
    if found.key in page.blocked:
        return BLOCKED
    if turned_round(page.reading, found.first, found.last, lambda: _names(page, found)):
        return COMPOUND
    return "" if linkable(found.terms) else NEVER


def _names(page: Page, found: Found) -> list[str]:
    meaning = page.meanings.get(exact_form(page.reading.surface(found.first, found.last)))
    return [term.text for term in ([meaning] if meaning else found.terms)]


def linkable(terms: Iterable[Term]) -> list[Term]:
    """A single letter is nobody's name, whatever the vocabulary says."""
    return [
        term
        for term in terms
        if term.linking is not Linking.NEVER and term.kind != "class" and len(bare(term.text)) >= SHORTEST_NAME
    ]


def likeliest(reading: Reading, found: Found) -> list[Term]:
    """The linkable terms: those written exactly so, if any are; else all."""
    terms = linkable(found.terms)
    if len(terms) < 2:
        return terms
    surface = reading.surface(found.first, found.last)
    exact = [term for term in terms if how_written(surface, term.text) == "exact"]
    return sorted(exact or terms, key=_rank)


def best_term(reading: Reading, found: Found) -> Term:
    return (likeliest(reading, found) or sorted(found.terms, key=_rank))[0]


def _rank(term: Term) -> tuple:
    """By what the names say; which of two was stored first decides only between equals."""
    order = (term.kind == BLOCKED_KIND, term.kind != "preferred", term.linking, not term.exact_case, term.text)
    return (*order, isinstance(term.key, str), term.key)


def supported_by_names(page: Page, found: Iterable[Found]) -> set:
    """The entities for which a name speaks that needs no evidence itself."""
    supported = set()
    for each in found:
        terms = [term for term in each.terms if term.kind != "class"]
        sure = len({term.entity for term in terms}) == 1 and not any(map(needs_evidence, terms))
        if sure and refusal(page, each) in ("", NEVER):
            supported.add(terms[0].entity)
    return supported


def span(reading: Reading, found: Found, term: Term, accepted: bool, reason: str) -> Span:
    start, end = reading.start(found.first), reading.end(found.last - 1)
    whole = found.last - found.first > 1 or " " not in term.text  # else it is "Crohn's" for "Crohn disease"
    if whole and without_possessive(term.text) == term.text:
        end = start + len(without_possessive(reading.text[start:end]))
    if term.text.endswith(")") and reading.text.startswith(")", end) and not reading.text[end + 1 : end + 2].isalnum():
        end += 1
    how = "defined" if found.defined else how_written(reading.text[start:end], term.text)
    return Span(start, end, term.entity, term.key, how, accepted, reason)


def meanings(page: Page, made: list[Definition]) -> dict[str, Term | None]:
    """What each defined short form means; nothing if it is defined as none of our names or as several entities."""
    known: dict[str, Term | None] = {}
    for definition in made:
        term = _meaning(page, definition)
        if definition.short in known:
            before = known[definition.short]
            same = before is not None and term is not None and before.entity == term.entity
            term = before if same else None
        known[definition.short] = term
    return known


def _meaning(page: Page, definition: Definition) -> Term | None:
    if definition.long is None:
        return None
    if refusal(page, definition.long):
        return None
    decided = by_ambiguity(page, definition.long)
    return next((term for term in definition.long.terms if decided.accepted and term.key == decided.term), None)
