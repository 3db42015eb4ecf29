"""What is asked of the index, as a small tree that either database is given in its own language.

A token holds small letters, digits and underscores only (`search.entries`), so that nothing in it can be read as an
operator.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True)
class Token:
    text: str
    # Any token that begins so.
    is_prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """These stems one after the other."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Without:
    wanted: "Query"
    unwanted: tuple["Query", ...]


type Query = Token | Phrase | All | Either | Without


def all_of(parts: Iterable[Query]) -> Query:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else All(distinct)


def either(parts: Iterable[Query]) -> Query:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else Either(distinct)


def for_sqlite(query: Query) -> str:
    match query:
        case Token(text, is_prefix):
            return f'"{text}"{" *" if is_prefix else ""}'
        case Phrase(stems):
            return f'words : "{" ".join(stems)}"'
        case All(parts):
            return "(" + " AND ".join(map(for_sqlite, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(for_sqlite, parts)) + ")"
        case Without(wanted, unwanted):
            return reduce(lambda made, each: f"({made} NOT {for_sqlite(each)})", unwanted, for_sqlite(wanted))


def for_postgresql(query: Query) -> str:
    """Without phrases (`loosened`): its index does not know where words stand."""
    match query:
        case Token(text, is_prefix):
            return f"'{text}'{':*' if is_prefix else ''}"
        case Phrase():
            raise TypeError("A phrase is read from the words of a page on PostgreSQL.")
        case All(parts):
            return "(" + " & ".join(map(for_postgresql, parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(map(for_postgresql, parts)) + ")"
        case Without(wanted, unwanted):
            return "(" + " & ".join([for_postgresql(wanted), *(f"!{for_postgresql(each)}" for each in unwanted)]) + ")"


def loosened(query: Query) -> Query:
    """The same with the words of a phrase in any place: an index without places finds that fast."""
    match query:
        case Phrase(stems):
            return all_of(map(Token, stems))
        case All(parts):
            return all_of(map(loosened, parts))
        case Either(parts):
            return either(map(loosened, parts))
        case Without(wanted, unwanted):
            # A phrase that is not wanted must not forbid its words.
            rest = tuple(each for each in unwanted if isinstance(each, Token))
            return Without(loosened(wanted), rest) if rest else loosened(wanted)
    return query


def has_phrase(query: Query) -> bool:
    match query:
        case Phrase():
            return True
        case All(parts) | Either(parts):
            return any(map(has_phrase, parts))
        case Without(wanted, unwanted):
            return has_phrase(wanted) or any(map(has_phrase, unwanted))
    return False
