"""SQL is written by hand in the listed modules only. That hostile queries stay words is shown in `test_index.py`."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("publishing", "crosslinks", "comments", "therapies", "articles", "search", "immunoportal")
# What hands SQL to a database: methods, and classes of Django's.
METHODS = {"cursor", "execute", "executemany", "executescript", "raw", "extra"}
CLASSES = {"RawSQL", "RunSQL"}
# Each with the reason why Django's queries are not enough.
LISTED = {
    "publishing/triggers.py": "triggers that keep records as they are",
    "publishing/system_checks.py": "asks how SQLite keeps its journal",
    "crosslinks/index.py": "an index of words",
    "crosslinks/mentions.py": "many rows at once",
    "search/index.py": "an index of words",
    "search/indexing.py": "counts on in one statement",
    "search/knowledge.py": "one query instead of five",
    "search/migrations/0003_words_counted_in_place.py": "room in a table of PostgreSQL",
    "immunoportal/management/commands/bench_search.py": "plans and sizes, in a database of its own",
}


def writes_sql(tree: ast.Module) -> bool:
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = {function.attr for function in called if isinstance(function, ast.Attribute)}
    names = {function.id for function in called if isinstance(function, ast.Name)}
    return bool(methods & METHODS or (methods | names) & CLASSES)


def test_sql_is_written_in_the_listed_modules_only():
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert len(paths) > 100
    found = {path for path in paths if writes_sql(ast.parse(path.read_text(encoding="utf-8")))}
    assert sorted(path.relative_to(ROOT).as_posix() for path in found) == sorted(LISTED)


@pytest.mark.parametrize(
    "source",
    [
        "with connection.cursor() as cursor: pass",
        "cursor.executemany('SELECT 1', [])",
        "Page.objects.raw('SELECT 1')",
        "Page.objects.extra(where=['x'])",
        "RawSQL('SELECT 1', [])",
        "expressions.RawSQL('SELECT 1', [])",
        "migrations.RunSQL('SELECT 1')",
        "schema_editor.execute('SELECT 1')",
    ],
)
def test_every_way_to_write_sql_is_seen(source):
    assert writes_sql(ast.parse(source))
    assert not writes_sql(ast.parse("Page.objects.filter(title='SELECT 1').update(raw='execute', extra=cursor)"))
