"""Database triggers, on SQLite and on PostgreSQL: they refuse to change or delete a record, and keep the rules that
must never be broken, whoever writes to the database (`rules`).

SQLite drops a table's triggers when a migration rebuilds the table, so they are installed again after every migrate,
and a system check names each one that is missing.
"""

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models

from publishing.contributions import Contribution
from publishing.editions import Edition
from publishing.kinds import page_models
from publishing.moves import pairs
from publishing.pages import Page
from publishing.records import WrittenOnce
from publishing.redactions import REMOVED, REMOVED_HTML, Redaction, redactable_columns
from publishing.rows import RowEdition
from publishing.ruled import Rule, Ruled
from publishing.signoffs import SignOff

REFUSE = """
CREATE OR REPLACE FUNCTION publishing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is a record: it is never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
# A rule of its own needs a function of its own: the condition of a trigger may not look into other tables there.
POSTGRESQL_RULE = """
CREATE OR REPLACE FUNCTION "{name}_rule"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}_rule"()
"""
SQLITE_RULE = (
    'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" WHEN {condition} '
    "BEGIN SELECT RAISE(ABORT, '{message}'); END"
)
POSTGRESQL = {
    "no_change": """
    CREATE OR REPLACE FUNCTION "{name}_rule"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND {redacted} THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% is a record: it is never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE OR REPLACE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION "{name}_rule"()
    """,
    "no_truncate": 'CREATE OR REPLACE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION publishing_refuse_change()",
}
SQLITE = {
    "no_update": 'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE UPDATE ON "{table}" WHEN NOT COALESCE(({redacted}), 0) '
    "BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed or deleted'); END",
    "no_delete": 'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE DELETE ON "{table}" '
    "BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed or deleted'); END",
    # Replacing deletes without asking the trigger for deletes.
    "no_replace": 'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE INSERT ON "{table}" '
    'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '
    "BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed or deleted'); END",
}


def rules() -> list[Rule]:
    page, edition, sign_off, contribution = (model._meta.db_table for model in (Page, Edition, SignOff, Contribution))
    medical = ", ".join(f"'{model.kind_name()}'" for model in page_models() if model.is_always_medical) or "''"
    moves = " OR ".join(f"(OLD.state = '{source}' AND NEW.state = '{target}')" for source, target in pairs())
    row_editions = [model for model in apps.get_models() if issubclass(model, RowEdition)]
    return [
        Rule(
            "signed",
            Edition,
            "INSERT",
            "health information becomes public with a sign-off of exactly this content, or in an emergency",
            f"""NEW.change <> 'withdrawal' AND NEW.override_reason = ''
            AND EXISTS (SELECT 1 FROM {page} p WHERE p.id = NEW.page_id AND (p.is_medical OR p.kind IN ({medical})))
            AND NOT EXISTS (
                SELECT 1 FROM {sign_off} s WHERE s.id = NEW.sign_off_id AND s.page_id = NEW.page_id AND (
                    s.content_digest = NEW.content_digest
                    OR (NEW.spelling_changes IS NOT NULL AND EXISTS (
                        SELECT 1 FROM {edition} e
                        WHERE e.page_id = NEW.page_id AND e.number = NEW.number - 1 AND e.sign_off_id = s.id))))""",  # noqa: S608
        ),
        Rule(
            "noted",
            Edition,
            "INSERT",
            "a major change or correction of a public page has a note",
            "NEW.number > 1 AND NEW.change IN ('major', 'correction') AND NEW.note = '' AND NEW.override_reason = ''",
        ),
        Rule(
            "four_eyes",
            SignOff,
            "INSERT",
            "whoever changed a draft does not sign it off",
            f"""EXISTS (SELECT 1 FROM {contribution} c
            WHERE c.page_id = NEW.page_id AND c.user_id = NEW.signed_by_id)""",  # noqa: S608
        ),
        Rule(
            "demonstrates",
            SignOff,
            "INSERT",
            "who stands in for a clinician signs off demonstration content only",
            f"""NEW.is_demonstration
            AND NOT EXISTS (SELECT 1 FROM {page} p WHERE p.id = NEW.page_id AND p.is_demonstration)""",  # noqa: S608
        ),
        Rule(
            "moves",
            Page,
            "UPDATE OF state",
            "there is no such move between the states of a draft",
            f"OLD.state <> NEW.state AND NOT ({moves})",
        ),
        *[
            Rule(
                "signed",
                model,
                "INSERT",
                "a row becomes public with an edition that is signed off, or in an emergency",
                f"""NEW.snapshot IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM {edition} e
                    WHERE e.id = NEW.published_with_id AND (e.sign_off_id IS NOT NULL OR e.override_reason <> ''))""",  # noqa: S608
            )
            for model in row_editions
        ],
        *[rule for model in apps.get_models() if issubclass(model, Ruled) for rule in model.rules()],
    ]


def _statements(connection) -> dict[tuple[str, str], str]:
    """(table, trigger) → the statement that makes it, for every table that exists."""
    existing = set(connection.introspection.table_names())
    return {
        key: sql
        for key, sql in (_record_statements(connection) | _rule_statements(connection)).items()
        if key[0] in existing
    }


def _record_statements(connection) -> dict[tuple[str, str], str]:
    kinds = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    protected = [model for model in apps.get_models() if issubclass(model, WrittenOnce)]
    return {
        (model._meta.db_table, f"{model._meta.db_table}_{suffix}"): statement.format(
            name=f"{model._meta.db_table}_{suffix}",
            table=model._meta.db_table,
            same=_same_key(model),
            redacted=_redacted(model, connection.vendor),
        )
        for model in protected
        for suffix, statement in kinds.items()
    }


def _rule_statements(connection) -> dict[tuple[str, str], str]:
    statement = POSTGRESQL_RULE if connection.vendor == "postgresql" else SQLITE_RULE
    return {
        (rule.table, f"{rule.table}_{rule.name}"): statement.format(
            name=f"{rule.table}_{rule.name}",
            table=rule.table,
            event=rule.event,
            message=rule.message,
            condition=rule.condition,
        )
        for rule in rules()
    }


def _redacted(model, vendor: str) -> str:
    """SQL: a redaction of this record was recorded, and only the columns that it names lose their text; once."""
    redaction = Redaction._meta.db_table
    if not redactable_columns(model):
        return "1 = 0"
    return (
        " AND ".join(_unchanged_or_removed(model, field, vendor) for field in model._meta.concrete_fields)  # noqa: S608
        + f" AND EXISTS (SELECT 1 FROM {redaction} r WHERE r.record_label = '{model._meta.label_lower}'"  # noqa: S608
        " AND r.record_id = OLD.id)"
    )


def _unchanged_or_removed(model, field, vendor: str) -> str:
    equals = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    old, new = f'OLD."{field.column}"', f'NEW."{field.column}"'
    unchanged = f"{new} {equals} {old}"
    if field.column not in redactable_columns(model):
        return unchanged
    if isinstance(field, models.JSONField):
        was, is_removed = (_is_marked(side, vendor) for side in (old, new))
        removed = f"(NOT {was} AND ({is_removed} OR CAST({new} AS text) = '[]'))"
    else:
        removed = f"{new} IN ('{REMOVED}', '{REMOVED_HTML}')"
    return f"({unchanged} OR ({removed} AND {_named(model, field)}))"


def _is_marked(column: str, vendor: str) -> str:
    if vendor == "postgresql":
        return f"COALESCE({column} ->> 'redacted', '') = 'true'"
    return f"COALESCE(json_extract({column}, '$.redacted'), 0) = 1"


def _named(model, field) -> str:
    redaction = Redaction._meta.db_table
    return (
        f"EXISTS (SELECT 1 FROM {redaction} r WHERE r.record_label = '{model._meta.label_lower}'"  # noqa: S608
        f""" AND r.record_id = OLD.id AND CAST(r.columns AS text) LIKE '%"{field.column}"%')"""
    )


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
        for (_table, name), statement in _statements(connection).items():
            if connection.vendor == "sqlite":
                # An older form of it would stay.
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
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


def make_way_before_migrate(using, **kwargs):
    """SQLite renames no table, as a migration does that rebuilds it, while a rule of another table names it."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for _table, name in _rule_statements(connection):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


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
