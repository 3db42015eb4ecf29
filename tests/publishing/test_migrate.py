"""Migrating installs what the database lacks, and is not stopped by that."""

import pytest
from django.core.management import call_command
from django.db import connection

from publishing import triggers

pytestmark = pytest.mark.django_db


def test_what_migrate_installs_does_not_stop_it():
    triggers.drop()
    call_command("migrate", skip_checks=False, verbosity=0)
    assert triggers.missing() == []


def test_rules_make_way_for_a_migration_where_they_must_and_records_stay_protected():
    triggers.make_way_before_migrate("default")
    gone = set(triggers.missing())
    triggers.install()
    rules = {f"{rule.table}_{rule.name}" for rule in triggers.rules()}
    assert gone == (rules if connection.vendor == "sqlite" else set())
