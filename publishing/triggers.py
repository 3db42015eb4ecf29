"""Database triggers that refuse to change or delete a record, on SQLite and on PostgreSQL.

SQLite drops a table's triggers when a migration rebuilds the table, so they are installed again after every migrate,
and a system check names each one that is missing.
"""

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from publishing.records import WrittenOnce

REFUSE = """
CREATE OR REPLACE FUNCTION publishing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is a record: it is never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = {
    "no_change": 'CREATE OR REPLACE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}" '
    "FOR EACH ROW EXECUTE FUNCTION publishing_refuse_change()",
    "no_truncate": 'CREATE OR REPLACE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION publishing_refuse_change()",
}
SQLITE = {
    f"no_{action}": f'CREATE TRIGGER IF NOT EXISTS "{{name}}" BEFORE {action.upper()} ON "{{table}}" '
    "BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed or deleted'); END"
    for action in ("update", "delete")
} | {
    # Replacing deletes without asking the trigger for deletes.
    "no_replace": 'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE INSERT ON "{table}" '
    'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '
    "BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed or deleted'); END"
}


def _statements(connection) -> dict[tuple[str, str], str]:
    """(table, trigger) → the statement that makes it, for every record table that exists."""
    kinds = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    existing = set(connection.introspection.table_names())
    protected = [model for model in apps.get_models() if issubclass(model, WrittenOnce)]
    return {
        (table, f"{table}_{suffix}"): statement.format(name=f"{table}_{suffix}", table=table, same=_same_key(model))
        for model in protected
        if (table := model._meta.db_table) in existing
        for suffix, statement in kinds.items()
    }


def _same_key(model) -> str:
    """SQL: a stored row has a key of the new one, so that SQLite's INSERT OR REPLACE would delete it."""
    keys = [[field.column] for field in model._meta.concrete_fields if field.unique]
    for constraint in model._meta.total_unique_constraints:
        keys.append([model._meta.get_field(name).column for name in constraint.fields])
    return " OR ".join("(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in keys)


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for statement in _statements(connection).values():
            cursor.execute(statement)


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the protection away. Only the test suite empties tables; `migrate` or `install` puts it back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, name in _statements(connection):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    connection = connections[using]
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return sorted(name for _, name in _statements(connection) if name not in present)


def install_after_migrate(using, **kwargs):
    install(using)


@checks.register(checks.Tags.database)
def check_triggers(app_configs, databases, **kwargs):
    return [
        checks.Error(
            f"The trigger {name} is missing: what has been published could be changed or deleted.",
            hint="Run `manage.py migrate`, which installs it again.",
            id="publishing.E001",
        )
        for using in databases or []
        for name in missing(using)
    ]
