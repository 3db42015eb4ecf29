"""Whatever somebody does to what is recorded, the next verification names it."""

from datetime import UTC
from io import StringIO
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from crosslinks.models import HandLink, Mention
from publishing import triggers
from publishing.events import record
from publishing.models import ChainHead, Edition, EditionPerson, Event, Page
from publishing.records import digest_of
from publishing.redactions import record_models
from publishing.verification import verify
from search.models import Document
from tests.builders import make_article, make_therapy, published
from tests.publishing.recorded import Tamperer, portal
from therapies.models import Indication

pytestmark = pytest.mark.django_db

TAMPERINGS = 100


@pytest.fixture
def recorded():
    portal()


@pytest.fixture
def no_triggers(recorded):
    """Inside the transaction of the test, which takes it back."""
    triggers.drop()
    # Their absence is a fault as well, and a test of its own.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triggers, "missing", list)
        yield


def tampered(seed: int):
    """One tampering that the constraints of the tables allow."""
    for attempt in range(50):
        try:
            with transaction.atomic():
                return Tamperer(seed * 1000 + attempt).tamper()
        except (IntegrityError, DataError):
            continue
    raise AssertionError(seed)


def test_portal_has_records_of_every_kind_and_nothing_is_wrong(recorded):
    report = verify()
    assert report.faults == []
    assert set(report.counts) == {model._meta.label_lower for model in record_models()}
    assert all(report.counts.values())


def test_every_tampering_is_found_and_named(no_triggers):
    kept, missed = verify().heads, []
    for seed in range(TAMPERINGS):
        with transaction.atomic():
            done = tampered(seed)
            faults = verify(kept if done.is_hidden else []).faults
            transaction.set_rollback(True)
        if not (faults and faults[0].place == done.place and names(faults[0], done.named)):
            missed.append((seed, done, faults))
    assert missed == []
    assert verify(kept).faults == []


def names(fault, numbers: frozenset[int]) -> bool:
    return not numbers or any(f" {number} " in f"{fault.record} " for number in numbers)


def found(*parts: str):
    faults = [fault for fault in verify().faults if all(part in str(fault) for part in parts)]
    assert len(faults) == 1
    return faults[0]


def test_chain_is_walked_some_records_at_a_time(recorded, monkeypatch):
    monkeypatch.setattr("publishing.verification.BATCH", 2)
    report = verify()
    assert report.faults == []
    assert report.counts["publishing.event"] == Event.objects.count() > 10


def test_records_from_before_a_column_came_fit_their_digests():
    """The digest was taken when there were no sign-offs."""
    edition = published(make_article(is_medical=False)).live
    values = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    values = {name: value for name, value in values.items() if name not in {"id", "digest", *Edition.added_later}}
    old = Edition(**values | {"content_digest": ""})
    assert old.expected_digest() == digest_of(values)
    assert old.expected_digest() != edition.digest


def test_times_are_digested_in_utc():
    there = timezone.now().astimezone(ZoneInfo("Asia/Tokyo"))
    assert Edition(valid_from=there).expected_digest() == Edition(valid_from=there.astimezone(UTC)).expected_digest()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses what is no JSON and no time")
@pytest.mark.parametrize(("column", "value"), [("details", "{no"), ("recorded_at", "2026-13-45 00:00:00")])
def test_record_that_cannot_be_read_is_named(no_triggers, column, value):
    number = Event.objects.order_by("pk")[3].pk
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE publishing_event SET {column} = %s WHERE id = %s", [value, number])  # noqa: S608
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert f"{found('publishing.event').record} ".startswith(f"event {number} ")


def test_cut_trail_without_entries_of_editions_is_found_by_counting(no_triggers):
    published(make_article(is_medical=False))
    newest = Event.objects.get(pk=Event.objects.latest("pk").pk)
    assert newest.action == Event.Action.PUBLISHED
    Event._base_manager.filter(pk=newest.pk)._raw_delete("default")
    ChainHead.objects.filter(chain="publishing.event").update(
        digest=newest.previous_digest, length=Event.objects.count()
    )
    assert (
        found("witnesses").wrong
        == f"removed: it names {Edition.objects.count() - 1} editions, and there are {Edition.objects.count()}"
    )


def test_cut_editions_are_found_by_what_the_audit_trail_names(no_triggers):
    article = published(make_article(is_medical=False))
    newest = article.live
    Page.objects.filter(pk=article.pk).update(live=None, state="draft")
    for model in (EditionPerson, Mention, HandLink, Document):
        model._base_manager.filter(edition=newest)._raw_delete("default")
    Edition._base_manager.filter(pk=newest.pk)._raw_delete("default")
    ChainHead.objects.filter(chain="publishing.edition").update(
        digest=newest.previous_digest, length=Edition.objects.count()
    )
    assert newest.digest in found("witnesses").wrong


def test_page_that_shows_an_older_edition_is_named(recorded):
    page = Page.objects.live().alias(count=Count("editions")).filter(count__gt=1).first()
    Page.objects.filter(pk=page.pk).update(live=page.editions.get(number=1))
    assert found("pages").record.startswith(f"page {page.pk} ")


def test_row_that_shows_an_older_edition_is_named(recorded):
    row = next(row for row in Indication.objects.live() if row.editions.count() > 1)
    Indication.objects.filter(pk=row.pk).update(live=row.editions.get(number=1))
    assert found("rows").record.startswith(f"indication {row.pk} ")


def test_unsigned_health_information_is_named(no_triggers):
    page = published(make_therapy())
    values = {field.attname: getattr(page.live, field.attname) for field in Edition._meta.concrete_fields}
    values |= {"id": None, "number": 2, "sign_off_id": None, "reviewed_at": None, "review_due_on": None}
    edition = Edition.append(**values)
    EditionPerson.objects.create(edition=edition, person=page.authors.get())
    Page.objects.filter(pk=page.pk).update(live=edition)
    assert found("without a sign-off").record.startswith(f"edition {edition.pk} ")


def test_missing_trigger_is_named(recorded):
    with connection.cursor() as cursor:
        on_table = " ON publishing_signoff" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER publishing_signoff_four_eyes{on_table}")
    assert found("triggers").record == "publishing_signoff_four_eyes"
    triggers.install()


# The command


def run(*arguments) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def test_command_counts_what_it_verified(recorded):
    written = run()
    assert f"publishing.edition: {Edition.objects.count()} records" in written
    assert "1 redacted by legal order" in written
    assert written.endswith("Everything is as it was recorded.\n")


def test_command_fails_and_names_the_first_altered_record(no_triggers):
    event = Event.objects.order_by("pk")[2]
    Event._base_manager.filter(pk__in=[event.pk, event.pk + 1]).update(user_name="Somebody else")
    with pytest.raises(CommandError, match=rf"publishing.event: event {event.pk} .*: altered") as refusal:
        run()
    assert f"event {event.pk + 1} " not in str(refusal.value)


def test_kept_heads_show_what_was_rewritten_as_a_whole(no_triggers, tmp_path):
    kept = tmp_path / "heads.txt"
    kept.write_text(run("--heads"))
    published(make_article(is_medical=False))
    assert "Everything is as it was recorded." in run("--expect", str(kept))
    Tamperer(1).rewrite_all()
    assert "Everything is as it was recorded." in run()
    with pytest.raises(CommandError, match=r"the chain was rewritten"):
        run("--expect", str(kept))


@pytest.mark.parametrize("text", [None, "nothing\n", "\ufeff head"])
def test_file_without_heads_is_refused(tmp_path, text):
    file = tmp_path / "heads.txt"
    if text is not None:
        file.write_text(text)
    with pytest.raises(CommandError, match=r"heads\.txt"):
        run("--expect", str(file))


# Appending at the same time


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_chain_does_not_fork_when_many_append_at_once(emptied_database):
    page, start, threads = make_article(), Barrier(6), []

    def append():
        start.wait()
        try:
            for _turn in range(8):
                record(Event.Action.IMPORTED, page, by="tests")
        finally:
            connection.close()

    for _each in range(6):
        threads.append(Thread(target=append))
        threads[-1].start()
    for thread in threads:
        thread.join()
    report = verify()
    assert report.counts["publishing.event"] == 48
    assert report.faults == []
