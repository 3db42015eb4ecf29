"""Rooms import downwards only, and what may stand in one place only stands there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each room and those it may import.
ROOMS = {
    "publishing": set(),
    "crosslinks": {"publishing"},
    "comments": {"publishing"},
    "therapies": {"crosslinks", "publishing"},
    "articles": {"therapies", "crosslinks", "publishing"},
    "search": {"articles", "therapies", "crosslinks", "publishing"},
    "immunoportal": {"search", "articles", "therapies", "crosslinks", "comments", "publishing"},
}


def sources(*folders):
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.partition(".")[0] for name in names)


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_rooms_below_it(room):
    paths = sources(room)
    assert len(paths) > 3
    found = {(path.name, name) for path in paths for name in imported_rooms(path) if name in ROOMS}
    assert {pair for pair in found if pair[1] not in ROOMS[room] | {room}} == set()


def test_html_is_declared_safe_in_the_rich_text_room_only():
    pattern = re.compile(r"mark_safe|SafeText|autoescape off|\|safe\b")
    python = [path for path in sources(*ROOMS) if pattern.search(path.read_text(encoding="utf-8"))]
    templates = [
        path for path in (ROOT / "templates").rglob("*.html") if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert [path.relative_to(ROOT).as_posix() for path in python] == ["publishing/richtext/showing.py"]
    assert templates == []


def test_templates_hold_no_inline_script_or_style():
    pattern = re.compile(r"\sstyle=|\son[a-z]+=|<script>|javascript:")
    templates = list((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 10
    assert [path.name for path in templates if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_only_the_door_writes_editions_and_what_is_live():
    pattern = re.compile(r"Edition\.append|\blive=|\.live = ")
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in sources(*ROOMS)
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert writers - {"publishing/doors.py", "publishing/rows.py"} <= {"publishing/views.py"}


def test_migrations_have_names():
    migrations = [path.name for room in ROOMS for path in (ROOT / room / "migrations").glob("0*.py")]
    assert len(migrations) >= 3
    assert [name for name in migrations if "_auto_" in name] == []


def test_the_matcher_knows_nothing_of_django_or_of_pages():
    paths = sources("crosslinks/matching")
    assert len(paths) > 3
    found = {(path.name, name) for path in paths for name in imported_rooms(path)}
    assert {pair for pair in found if pair[1] in {"django", "publishing"}} == set()


def test_names_and_blocks_are_changed_in_one_place():
    """Whatever changes the vocabulary shows its effect first, and derives mentions with it."""
    pattern = re.compile(r"\b(Name|Block)\.objects\.(create|bulk_create|update|get_or_create)|VocabularyState\.renew")
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in sources(*ROOMS)
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    # In a database of their own.
    benches = {f"immunoportal/management/commands/bench_{name}.py" for name in ("links", "search")}
    assert writers - benches == {"crosslinks/changes.py", "crosslinks/titles.py"}
