"""Which editions contain which words: finds the editions that a name can concern without reading them all.

The words of an edition never change, so an entry is written once and never again; that only live editions count is
asked when the index is read. The table is made by a migration: full-text search without stored text on SQLite, an
array with a GIN index on PostgreSQL.
"""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models.expressions import RawSQL

from publishing.editions import Edition

TABLE = "crosslinks_words"
CREATE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', detail='none', tokenize='ascii')",),
    "postgresql": (
        f"CREATE TABLE {TABLE} (edition_id bigint PRIMARY KEY, words text[] NOT NULL)",
        f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (words)",
    ),
}


def create(using) -> None:
    with using.cursor() as cursor:
        for statement in CREATE[using.vendor]:
            cursor.execute(statement)


def drop(using) -> None:
    with using.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def clear() -> None:
    drop(connection)
    create(connection)


def missing(editions: Iterable[int]) -> set[int]:
    """Those of these editions that have no entry."""
    wanted = set(editions)
    # A full-text table without its text lists what is in it only in the table of sizes beside it.
    column, table = ("edition_id", TABLE) if connection.vendor == "postgresql" else ("id", f"{TABLE}_docsize")
    numbers = ", ".join(str(int(number)) for number in wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IN ({numbers or 'NULL'})")  # noqa: S608
        return wanted - {number for (number,) in cursor.fetchall()}


def add(words: Mapping[int, Iterable[str]]) -> None:
    """Enter the words of editions that have no entry yet, by edition."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"INSERT INTO {TABLE} (edition_id, words) VALUES (%s, %s)"  # noqa: S608
            rows = [(number, sorted(map(_stored, each))) for number, each in words.items()]
        else:
            statement = f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)"  # noqa: S608
            rows = [(number, " ".join(map(_stored, each))) for number, each in words.items()]
        if rows:
            cursor.executemany(statement, rows)


def remove(edition: int, words: Iterable[str]) -> None:
    """Take out the entry of an edition, and its words with it. They are those it was entered with."""
    if missing([edition]):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {TABLE} WHERE edition_id = %s", [edition])  # noqa: S608
        else:
            stored = " ".join(map(_stored, words))
            statement = f"INSERT INTO {TABLE} ({TABLE}, rowid, words) VALUES ('delete', %s, %s)"  # noqa: S608
            cursor.execute(statement, [edition, stored])
            # Until then they stand in the table, marked as deleted.
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


def editions_with(alternatives: Iterable[frozenset[str]]):
    """The live editions that contain every word of at least one of the alternatives."""
    wanted = sorted({tuple(sorted(map(_stored, words))) for words in alternatives if words})
    if not wanted:
        return Edition.objects.none()
    if connection.vendor == "postgresql":
        condition = " OR ".join(["words @> %s::text[]"] * len(wanted))
        found = RawSQL(f"SELECT edition_id FROM {TABLE} WHERE {condition}", [list(words) for words in wanted])  # noqa: S608, S611
    else:
        query = " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in wanted)
        found = RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [query])  # noqa: S608, S611
    return Edition.objects.live().filter(pk__in=found)


def _stored(word: str) -> str:
    """Both databases take a word of plain letters and digits as it is; any other is written in hexadecimal."""
    return word if word.isascii() else f"x{word.encode().hex()}"
