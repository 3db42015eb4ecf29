"""What has been public cannot be changed or deleted, whichever way someone tries."""

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from publishing import doors, triggers
from publishing.models import ChainHead, Edition, Event, Page
from publishing.records import RecordIsImmutable
from tests.builders import make_article, make_indication, make_user, publish, published
from therapies.models import IndicationEdition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return published(make_article()).live


def refused(action):
    with pytest.raises((RecordIsImmutable, ProtectedError)):
        action()


@pytest.mark.parametrize("model", [Edition, Event])
def test_record_refuses_save_update_and_delete(edition, model):
    record = model.objects.last()
    refused(record.save)
    refused(record.delete)
    refused(lambda: model.objects.update(digest="x"))
    refused(lambda: model.objects.all().delete())
    refused(lambda: model.objects.bulk_update([record], ["digest"]))


def test_database_refuses_bulk_update_behind_the_queryset(edition):
    edition.title = "Changed"
    with pytest.raises((RecordIsImmutable, IntegrityError)), transaction.atomic():
        Edition._base_manager.bulk_update([edition], ["title"])
    assert Edition.objects.get(pk=edition.pk).title != "Changed"


@pytest.mark.parametrize("table", ["publishing_edition", "publishing_event", "therapies_indicationedition"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = 'forged'", "DELETE FROM {}"])
def test_database_refuses_raw_sql(table, statement):
    published(make_article())
    row = make_indication()
    published(row.therapy)
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert IndicationEdition.objects.exclude(digest="forged").count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("kept", ["id", "digest", "page_id, number"])
def test_database_refuses_to_replace_a_row(edition, kept):
    columns = [field.column for field in Edition._meta.concrete_fields]
    values = [name if name in kept.split(", ") else {"id": "id + 1"}.get(name, f"{name} || 'x'") for name in columns]
    statement = f"INSERT OR REPLACE INTO publishing_edition ({', '.join(columns)}) SELECT {', '.join(values)}"
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement} FROM publishing_edition")


@pytest.mark.parametrize("name", ["tag", "person", "reference", "image"])
def test_database_keeps_what_an_edition_is_tied_to(name):
    assert f"publishing_edition{name}" in {table for table, _trigger in triggers._statements(connection)}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_database_refuses_truncate(edition):
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE publishing_event")


def test_page_that_was_public_cannot_be_deleted(edition):
    page = Page.objects.get(pk=edition.page_id).concrete
    refused(page.delete)
    refused(lambda: Page.objects.filter(pk=page.pk).delete())
    doors.withdraw(page, by="tests", reason="Out of date")
    refused(page.delete)


def test_page_that_was_never_public_can_be_deleted():
    page = make_article()
    page.delete()
    assert not Page.objects.filter(pk=page.pk).exists()


def test_deleting_a_user_keeps_their_name_in_editions_and_events():
    user = make_user("editor")
    publish(make_article(owner=user), by=user)
    User.objects.filter(pk=user.pk).delete()
    assert Edition.objects.get().published_by == "Editor"
    assert Event.objects.get(action="published").user_name == "Editor"


def test_each_record_carries_the_digest_of_the_one_before():
    published(make_article())
    published(make_article())
    for model in (Edition, Event):
        records = list(model.objects.order_by("pk"))
        assert [record.previous_digest for record in records] == ["", *(record.digest for record in records[:-1])]
        assert all(record.digest == record.expected_digest() for record in records)
        assert ChainHead.objects.get(chain=model._meta.label_lower).digest == records[-1].digest


def test_missing_trigger_is_named_and_the_next_migrate_installs_it(edition):
    with connection.cursor() as cursor:
        on_table = " ON publishing_edition" if connection.vendor == "postgresql" else ""
        name = "publishing_edition_no_change" if connection.vendor == "postgresql" else "publishing_edition_no_update"
        cursor.execute(f"DROP TRIGGER {name}{on_table}")
    messages = [error.msg for error in run_checks(databases=["default"]) if error.id == "publishing.E001"]
    assert len(messages) == 1
    assert name in messages[0]
    triggers.install_after_migrate("default")
    assert triggers.missing() == []
