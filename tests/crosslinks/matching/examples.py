"""Vocabularies for the tests of the matcher: entities with their names, the kind written before a name."""

from crosslinks.matching import Linking, Span, Term, Vocabulary, match

KINDS = {"abbreviation", "plain", "brand", "generic", "former", "plural", "class"}


def terms(entities: dict[str, list[str]]) -> list[Term]:
    """{"cvid": ["Common variable immunodeficiency", "abbreviation CVID", "evidence plain late antibody lack"]}

    The first name is the preferred one unless it says otherwise.
    """
    return [_term(entity, name, number) for entity, names in entities.items() for number, name in enumerate(names)]


def _term(entity: str, name: str, number: int) -> Term:
    linking = Linking.AUTOMATIC
    first, _space, rest = name.partition(" ")
    if first in set(Linking):
        linking, name = Linking(first), rest
        first, _space, rest = name.partition(" ")
    kind = "plain" if number else "preferred"
    if first in KINDS:
        kind, name = first, rest
    exact = kind == "abbreviation"
    return Term(f"{entity}/{number}", entity, name, kind, exact_case=exact, linking=linking)


def vocabulary(entities: dict[str, list[str]], **options) -> Vocabulary:
    return Vocabulary(terms(entities), **options)


def linked(text: str, entities: dict[str, list[str]], **options) -> list[tuple[str, str]]:
    """The accepted spans as (their text, their entity)."""
    found = match(text, vocabulary(entities), **options)
    return [(text[span.start : span.end], str(span.entity)) for span in found if span.accepted]


def decisions(text: str, entities: dict[str, list[str]], **options) -> list[tuple[str, str]]:
    """All spans as (their text, the reason)."""
    found = match(text, vocabulary(entities), **options)
    return [(text[span.start : span.end], span.reason) for span in found]


def only(spans: list[Span]) -> Span:
    (span,) = spans
    return span
