"""The index of words: full-text tables of either database, and the one question that is asked of them.

Both are given the same tokens (`search.entries`) and only match; what is best is decided in `search.ranking`, so that
both answer alike. SQLite keeps no text in its table, so an entry is taken out with the tokens it was put in with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from search.documents import GROUP_BITS, PAGE_BITS, Document, Group, group_in
from search.entries import Entry
from search.queries import (
    All,
    Either,
    Phrase,
    Query,
    Token,
    Without,
    either,
    for_postgresql,
    for_sqlite,
    has_phrase,
    loosened,
)

TABLE = "search_words"
CREATE = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, extra, content='', tokenize = \"ascii tokenchars '_'\")",
    ),
    "postgresql": (
        # Only the index holds vectors: stored as well, they would take more than the text. The function is not SQL, and
        # is called dear, so that no planner makes them anew where the index can be asked.
        f"""CREATE OR REPLACE FUNCTION {TABLE}_vector(words text, extra text) RETURNS tsvector
            LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS
            $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(words || ' ' || extra, ' '), '')); END $$""",
        # Counting reads a narrow table; the words, which only phrases need, lie beside it.
        f"""CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words text NOT NULL, extra text NOT NULL)
            WITH (toast_tuple_target = 128)""",
        # Words wait in a list until all pages of a statement are there: to sort them in one by one takes twice as long.
        f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin ({TABLE}_vector(words, extra)) WITH (fastupdate = on)",
        # Where nearly all pages match, the planner would rather make the vector of each anew than ask the index; and it
        # would compile the question for longer than it takes to answer it.
        f"""CREATE OR REPLACE FUNCTION {TABLE}_matching(wanted tsquery) RETURNS SETOF bigint
            LANGUAGE sql STABLE ROWS 1000 SET enable_seqscan = off SET jit = off AS
            $$ SELECT id FROM {TABLE} WHERE {TABLE}_vector(words, extra) @@ wanted $$""",  # noqa: S608
    ),
}
# A vector of PostgreSQL takes a megabyte. No page comes near; of one that did, the last words would not be found.
LARGEST_VECTOR = 1_000_000
MATCHES = f"{TABLE}_matching(%s::tsquery) matched(id)"
# So many of each kind of match are weighed.
MOST_CANDIDATES = 100
MOST_NEAR = 30
# So many pages that have all its words are read for a phrase, beside the best (the index of PostgreSQL does not know
# where words stand); on SQLite all are searched.
MOST_READ_FOR_PHRASE = 1_000


@dataclass(frozen=True)
class Candidate:
    id: int
    profile: bytes
    # Whether the page has everything that was asked for.
    has_all: bool
    reviewed_month: int = 0


class Narrowed(NamedTuple):
    """A group as readers know it: `search.documents.Group`."""

    kind: str
    shelf: str
    shelf_name: str
    body_system: str


@dataclass
class Found:
    # How many matches there are by year of review and group: the number of a document without its page.
    counts: Counter[int] = field(default_factory=Counter)
    candidates: list[Candidate] = field(default_factory=list)
    # What can be narrowed to, by the number of the group.
    groups: dict[int, Narrowed] = field(default_factory=dict)
    # Not all pages that may have a phrase were read, so there may be more.
    is_cut: bool = False

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True)
class Question:
    """`wanted` says what a match is; `best` the same in better places, best first, so that whatever has it matches.

    `near` are further candidates.
    """

    wanted: Query
    best: tuple[Query, ...] = ()
    near: tuple[Query, ...] = ()
    # Pages that are candidates whether they match or not.
    pages: tuple[int, ...] = ()
    # What no candidate may have; `wanted` and `best` say so themselves.
    unwanted: tuple[Query, ...] = ()
    # Results are narrowed to groups with these values, and to documents from this number on.
    groups: Mapping[str, str] = field(default_factory=dict)
    since: int = 0


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


def add(entries: Mapping[int, Entry]) -> None:
    """Enter the words of documents, by their number."""
    number = "id" if connection.vendor == "postgresql" else "rowid"
    statement = f"INSERT INTO {TABLE} ({number}, words, extra) VALUES (%s, %s, %s)"  # noqa: S608
    if rows := [(document, *_columns(entry)) for document, entry in entries.items()]:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
            if connection.vendor == "postgresql":
                # No reader should have to look through what waits.
                cursor.execute("SELECT gin_clean_pending_list(%s)", [f"{TABLE}_gin"])


def remove(entries: Mapping[int, Entry]) -> None:
    """Take out documents that were entered with exactly these words."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(entries)])  # noqa: S608
            return
        for number, entry in entries.items():
            statement = f"INSERT INTO {TABLE} ({TABLE}, rowid, words, extra) VALUES ('delete', %s, %s, %s)"  # noqa: S608
            cursor.execute(statement, [number, *_columns(entry)])


def purge() -> None:
    """Write the index anew without what was taken out: until then words of it stand there, marked as deleted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


def find(question: Question) -> Found:
    """Counts of all matches, and the candidates for the first places with their profiles. One query."""
    statement, parameters = (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(question)
    found = Found()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for what, number, count, profile, *group in cursor.fetchall():
            if what == _CUT:
                found.is_cut = True
            elif what == _COUNTED:
                found.groups[group_in(number << PAGE_BITS)] = Narrowed(*group)
                found.counts[number] += count
            else:
                found.candidates.append(Candidate(number, bytes(profile), what == _HAS_ALL, count))
    return found


def pages_with(query: Query, *, limit: int) -> list[int]:
    """The numbers of some documents that match, those reviewed last first. One query."""
    if connection.vendor == "postgresql":
        word, parameters, _cut = _matches_on_postgresql(query)
        statement = f"WITH {word} SELECT id FROM word ORDER BY id DESC LIMIT %s"  # noqa: S608
        parameters.append(limit)
    else:
        statement = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        parameters = [for_sqlite(query), limit]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [number for (number,) in cursor.fetchall()]


# What both databases are asked, with their own ways to find words put in.
_COUNTED, _HAS_ALL, _MAY_LACK, _CUT = 0, 1, 2, 3
_KNOWN = "document.id, document.reviewed_month, document.profile, '', '', '', ''"
_NOTHING = "0, 0, NULL::bytea, '', '', '', ''"
_ANSWER = f"""
counted(number, pages) AS MATERIALIZED (
    {{counts}} UNION ALL SELECT id >> {PAGE_BITS}, 0 FROM (SELECT id FROM hit UNION SELECT id FROM further) weighed
    GROUP BY 1
)
SELECT {_COUNTED}, counted.number, counted.pages, NULL{{of_bytes}}, of_all.kind, of_all.shelf, of_all.shelf_name,
    of_all.body_system
    FROM counted JOIN {Group._meta.db_table} of_all ON of_all.id = (counted.number & {(1 << GROUP_BITS) - 1})
UNION ALL
SELECT {_HAS_ALL}, {_KNOWN} FROM {Document._meta.db_table} document
    WHERE document.id IN (SELECT id FROM hit)
UNION ALL
SELECT {_MAY_LACK}, {_KNOWN} FROM {Document._meta.db_table} document
    WHERE document.id IN (SELECT id FROM further) AND document.id NOT IN (SELECT id FROM hit)
"""  # noqa: S608
_OF_PAGES = f"SELECT id FROM {Document._meta.db_table} WHERE page_id IN ({{pages}})"  # noqa: S608


def _on_sqlite(question: Question) -> tuple[str, list]:
    narrowed, limits = _narrowed(question, "rowid")
    first = f"SELECT * FROM (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s{{}} ORDER BY rowid DESC LIMIT %s)"  # noqa: S608
    some = first.format(narrowed)
    near, parameters = _near(question, first.format(""), for_sqlite)
    further = "SELECT id FROM near"
    if question.unwanted:
        barred = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid IN (SELECT id FROM near)"  # noqa: S608
        further += f" WHERE id NOT IN ({barred})"
        parameters.append(for_sqlite(either(question.unwanted)))
    hits = []
    for query in (*question.best, question.wanted):
        hits.append(some)
        parameters += [for_sqlite(query), *limits, MOST_CANDIDATES]
    hits.append(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid IN (SELECT id FROM further)")  # noqa: S608
    parameters.append(for_sqlite(question.wanted))
    counts = f"SELECT rowid >> {PAGE_BITS}, COUNT(*) FROM {TABLE} WHERE {TABLE} MATCH %s GROUP BY 1"  # noqa: S608
    statement = (
        f"WITH near(id) AS MATERIALIZED ({near}), further(id) AS MATERIALIZED ({further}), "
        f"hit(id) AS MATERIALIZED ({' UNION '.join(hits)}), " + _ANSWER.format(counts=counts, of_bytes="")
    )
    return statement, [*parameters, for_sqlite(question.wanted)]


def _on_postgresql(question: Question) -> tuple[str, list]:
    narrowed, limits = _narrowed(question, "id")
    # OFFSET 0: otherwise the planner may read documents from the newest on until it has met enough that match.
    matching = f"(SELECT id FROM {MATCHES} OFFSET 0) matching"  # noqa: S608
    first = f"(SELECT id FROM {matching} WHERE TRUE{{}} ORDER BY id DESC LIMIT %s)"  # noqa: S608
    # Without phrases: those are asked for among the matches.
    best = [f"best_{number} AS MATERIALIZED {first.format(narrowed)}" for number, _query in enumerate(question.best)]
    parameters = [each for query in question.best for each in (_loosely(query), *limits, MOST_CANDIDATES)]
    names = [f"best_{number}" for number, _query in enumerate(question.best)]
    word, more, cut = _matches_on_postgresql(question.wanted, among=names)
    parameters += more
    near, more = _near(question, first.format(""), _loosely)
    parameters += more
    further = "SELECT id FROM near"
    if question.unwanted:
        condition, more = _read_on_postgresql(either(question.unwanted))
        barred = f"SELECT id FROM {TABLE} WHERE id IN (SELECT id FROM near) AND {condition}"  # noqa: S608
        further += f" WHERE id NOT IN ({barred})"
        parameters += more
    # What stands in better places matches, but for its phrases, which were not asked for there.
    is_met = " WHERE id IN (SELECT id FROM word)" if has_phrase(question.wanted) else ""
    hits = [f"SELECT id FROM {name}{is_met}" for name in names]  # noqa: S608
    hits.append(f"(SELECT id FROM word WHERE TRUE{narrowed} ORDER BY id DESC LIMIT %s)")  # noqa: S608
    parameters += [*limits, MOST_CANDIDATES]
    hits.append("SELECT id FROM word WHERE id IN (SELECT id FROM further)")
    counts = f"SELECT id >> {PAGE_BITS}, COUNT(*) FROM word GROUP BY 1"  # noqa: S608
    tables = [*best, word, f"near AS MATERIALIZED ({near})", f"further AS MATERIALIZED ({further})"]
    tables.append(f"hit AS MATERIALIZED ({' UNION '.join(hits)})")
    return f"WITH {', '.join(tables)}, {_ANSWER.format(counts=counts, of_bytes='::bytea')}{cut}", parameters


def _matches_on_postgresql(query: Query, among: Iterable[str] = ()) -> tuple[str, list, str]:
    """The table `word`; for a phrase, what is added to the answer if there were too many pages to read them all.

    Pages of the tables `among`, the best, are read in any case.
    """
    loose = f"SELECT id FROM {MATCHES}"  # noqa: S608
    if not has_phrase(query):
        return f"word AS MATERIALIZED ({loose})", [for_postgresql(query)], ""
    # Where the words stand is not in the index, so it is read page by page.
    some = f"SELECT id FROM ({loose} OFFSET 0) matching ORDER BY id DESC LIMIT {MOST_READ_FOR_PHRASE + 1}"  # noqa: S608
    read = " UNION ".join(["(SELECT id FROM loose)", *(f"SELECT id FROM {name}" for name in among)])  # noqa: S608
    condition, parameters = _read_on_postgresql(query, is_loosely_met=True)
    word = f"SELECT id FROM {TABLE} WHERE id = ANY(ARRAY({read})) AND {condition}"  # noqa: S608
    cut = f" UNION ALL SELECT {_CUT}, {_NOTHING} WHERE (SELECT COUNT(*) FROM loose) > {MOST_READ_FOR_PHRASE}"  # noqa: S608
    tables = f"loose AS MATERIALIZED ({some}), word AS MATERIALIZED ({word})"
    return tables, [for_postgresql(loosened(query)), *parameters], cut


def _loosely(query: Query) -> str:
    return for_postgresql(loosened(query))


def _read_on_postgresql(query: Query, *, is_loosely_met: bool = False) -> tuple[str, list]:
    """The same asked of the words themselves; where the index has met it loosely, only what it cannot tell."""
    match query:
        case Token(text, is_prefix):
            return "strpos(' ' || words || ' ' || extra || ' ', %s) > 0", [f" {text}" if is_prefix else f" {text} "]
        case Phrase(stems):
            return "strpos(' ' || words || ' ', %s) > 0", [f" {' '.join(stems)} "]
        case All(parts):
            open_parts = [part for part in parts if has_phrase(part)] if is_loosely_met else parts
            return _joined_by(" AND ", open_parts, is_loosely_met=is_loosely_met)
        case Either(parts):
            return _joined_by(" OR ", parts)
        case Without(wanted, unwanted):
            forbidden, more = _joined_by(" OR ", unwanted)
            if is_loosely_met and not has_phrase(wanted):
                return f"(NOT {forbidden})", more
            condition, parameters = _read_on_postgresql(wanted, is_loosely_met=is_loosely_met)
            return f"({condition} AND NOT {forbidden})", [*parameters, *more]


def _joined_by(operator: str, parts: Iterable[Query], *, is_loosely_met: bool = False) -> tuple[str, list]:
    read = [_read_on_postgresql(part, is_loosely_met=is_loosely_met) for part in parts]
    return f"({operator.join(condition for condition, _ in read)})", [each for _, values in read for each in values]


def _near(question: Question, some: str, written) -> tuple[str, list]:
    """The pages that are weighed though they need not match. Whatever results are narrowed to they are the same."""
    parts, parameters = [], []
    if question.pages:
        parts.append(_OF_PAGES.format(pages=", ".join(str(int(page)) for page in question.pages)))
    for query in question.near:
        parts.append(some)
        parameters += [written(query), MOST_NEAR]
    return " UNION ".join(parts) or f"SELECT id FROM {Document._meta.db_table} WHERE FALSE", parameters  # noqa: S608


def _narrowed(question: Question, number: str) -> tuple[str, list]:
    """The condition that keeps candidates to the groups and the time asked for."""
    condition, parameters = "", []
    if question.since:
        condition += f" AND {number} >= %s"
        parameters.append(question.since)
    if question.groups:
        columns = [field.column for field in Group._meta.concrete_fields if field.name in question.groups]
        values = " AND ".join(f"{column} = %s" for column in columns)
        some = f"SELECT id FROM {Group._meta.db_table} WHERE {values}"  # noqa: S608
        condition += f" AND (({number} >> {PAGE_BITS}) & {(1 << GROUP_BITS) - 1}) IN ({some})"
        # PostgreSQL cannot compare NUL with anything; no group has this letter.
        parameters += [question.groups[column].replace("\x00", "\ufffd") for column in columns]
    return condition, parameters


def _columns(entry: Entry) -> tuple[str, str]:
    words, extra = " ".join(entry.words), " ".join(entry.extra)
    if len(words) + len(extra) > LARGEST_VECTOR:
        words = words[: LARGEST_VECTOR - len(extra)].rpartition(" ")[0]
    return words, extra
