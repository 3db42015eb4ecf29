"""Wrong answers that were found on public pages, in the archive and in the proof: each is mended."""

from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from publishing import doors, notices, triggers, verification
from publishing.evidence import export
from publishing.models import ChainHead, Page, Reference
from publishing.redactions import CannotRedact, redact
from publishing.verification import verify
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_name,
    make_reference,
    make_reviewer,
    make_therapy,
    move,
    publish,
    published,
    signed,
)
from tests.publishing.test_history_views import change, words
from therapies.models import Indication

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def _without_triggers(monkeypatch):
    """The database lets records be changed, and the proof does not say so."""
    triggers.drop()
    monkeypatch.setattr(triggers, "missing", list)


def issued(page, *, reach="mentions", days=30, text="One batch is recalled."):
    expires_at = timezone.now() + days * DAY
    return notices.issue(page, by=make_reviewer(), text=text, reach=reach, expires_at=expires_at)


def faults() -> list[str]:
    return [str(fault) for fault in verify().faults]


def cut_off(record, *, chain, **head) -> None:
    """Take the last record of a chain away, and its head back to where it stood before."""
    type(record)._base_manager.filter(pk=record.pk)._raw_delete("default")
    ChainHead.objects.filter(chain=chain).update(**head)


def members_with(page, text: str) -> set[str]:
    """The files of the pack of evidence of `page` that hold this text."""
    with export(page, by="tests") as file, ZipFile(file) as pack:
        return {name for name in pack.namelist() if text in pack.read(name).decode()}


@pytest.mark.parametrize("below", ["", "history/1/", "as-of/{today}/"])
def test_retracted_source_is_marked_on_every_public_page(client, below):
    source = make_reference(key="bad")
    page = published(make_condition(slug="c1", symptoms='<p>So.<sup data-ref="bad"></sup></p>'))
    Reference.objects.filter(pk=source.pk).update(state="retracted")
    text = client.get(page.get_absolute_url() + below.format(today=timezone.localdate())).text
    assert "This source was retracted" in text


def test_retracted_source_is_marked_on_a_past_edition(client):
    make_reference(key="bad")
    page = published(make_condition(slug="c1", symptoms='<p>So.<sup data-ref="bad"></sup></p>'))
    change(page, symptoms="<p>None</p>")
    Reference.objects.filter(key="bad").update(state="retracted")
    assert "This source was retracted" in client.get(page.get_absolute_url() + "history/1/").text


def test_search_engines_are_not_told_of_a_retracted_source_as_if_it_stood(client):
    make_reference(key="bad", title="Bad work")
    page = published(make_condition(slug="c1", symptoms='<p>So.<sup data-ref="bad"></sup></p>'))
    Reference.objects.filter(key="bad").update(state="retracted")
    text = client.get(page.get_absolute_url()).text
    told = text.split('application/ld+json">')[1].split("</script>")[0]
    assert "Bad work" not in told or "etract" in told


@pytest.mark.parametrize(
    ("zone", "first", "day"),
    [
        ("Africa/Cairo", datetime(2026, 10, 29, 21, 30, tzinfo=UTC), "2026-10-29"),
        ("America/Santiago", datetime(2026, 4, 5, 3, 30, tzinfo=UTC), "2026-04-04"),
    ],
)
def test_page_published_in_the_repeated_hour_is_shown_on_that_day(client, settings, time_machine_at, zone, first, day):
    settings.TIME_ZONE = zone
    time_machine_at(first)
    published(make_article(slug="kept", summary="First words."))
    assert timezone.localdate(first).isoformat() == day
    time_machine_at(datetime(2026, 11, 20, tzinfo=UTC))
    assert "First words." in client.get(f"/articles/kept/as-of/{day}/").text


def test_page_changed_in_the_repeated_hour_is_shown_as_changed_on_that_day(client, settings, time_machine_at):
    settings.TIME_ZONE = "Africa/Cairo"
    time_machine_at(datetime(2026, 10, 20, tzinfo=UTC))
    page = published(make_article(slug="kept", summary="First words."))
    time_machine_at(datetime(2026, 10, 29, 21, 30, tzinfo=UTC))
    change(page, summary="Second words.")
    time_machine_at(datetime(2026, 11, 20, tzinfo=UTC))
    assert "Second words." in client.get("/articles/kept/as-of/2026-10-29/").text


def test_notice_is_not_shown_where_its_subject_is_only_part_of_a_word(client):
    other = published(make_therapy(title="Ace", slug="ace"))
    page = published(make_condition(slug="c1", symptoms="<p>A rash on the face.</p>"))
    issued(other, text="Ace is recalled.")
    assert "Ace is recalled." not in client.get(page.get_absolute_url()).text
    assert "Ace is recalled." not in client.get(f"{page.get_absolute_url()}as-of/{timezone.localdate()}/").text


def test_notice_is_shown_where_its_subject_goes_by_another_name(client):
    other = make_therapy(title="Methotrexate", slug="mtx")
    make_name(other, "Trexall")
    other = published(other)
    page = published(make_condition(slug="c1", symptoms="<p>Some take Trexall for years.</p>"))
    issued(other, text="Batch is recalled.")
    assert "Batch is recalled." in client.get(page.get_absolute_url()).text
    assert "Batch is recalled." in client.get(f"{page.get_absolute_url()}as-of/{timezone.localdate()}/").text


def test_notice_is_shown_on_the_present_edition_in_the_history(client):
    page = published(make_condition(slug="c1"))
    issued(page, text="Batch is recalled.")
    assert "Batch is recalled." in client.get(f"{page.get_absolute_url()}history/1/").text


def test_notice_is_shown_on_a_withdrawn_page(client):
    page = published(make_therapy(slug="t1"))
    issued(page, text="Batch is recalled.", reach="mentions")
    doors.withdraw(page, by="tests", reason="Wrong.", gone=False)
    assert "Batch is recalled." in client.get(page.get_absolute_url()).text


def test_row_signed_by_demonstration_role_is_no_clinicians_review(client):
    therapy = published(make_therapy(is_demonstration=True, title="Demo"))
    condition = published(make_condition(title="Real"))
    assert "Reviewed by" in client.get(condition.get_absolute_url()).text
    make_indication(condition=condition, therapy=therapy, description="Invented by the demo.")
    stand_in = make_reviewer(is_demonstration=True, is_role=True, name="The stand-in")
    publish(signed(therapy, by=stand_in))
    text = client.get(condition.get_absolute_url()).text
    assert "Invented by the demo." in text
    assert "Reviewed by Rosa Signer" not in words(text)
    assert "reviewedBy" not in text


def test_proof_finds_no_fault_while_the_site_publishes(monkeypatch):
    published(make_article(is_medical=False))
    assert faults() == []
    page = make_article(is_medical=False)
    move(page, "editorial", "approved")
    walked, walk = [], verification.Chain.walk

    def walking(self):
        is_past_editions = "publishing.edition" in walked and self.label != "publishing.edition"
        walked.append(self.label)
        if is_past_editions and not Page.objects.get(pk=page.pk).live_id:
            doors.publish(page, by="tests", note="What changed")
        yield from walk(self)

    monkeypatch.setattr(verification.Chain, "walk", walking)
    assert faults() == []
    assert Page.objects.get(pk=page.pk).live_id


def test_proof_finds_no_fault_while_a_record_is_redacted(monkeypatch):
    page = published(make_condition())
    change(page, symptoms="<p>Other</p>")
    old = page.editions.get(number=1)
    walk, redactions = verification.Chain.walk, []

    def walking(self):
        if self.label != "publishing.redaction" and not redactions:
            redactions.extend(redact(old, by="tests", order="o", reason="r"))
        yield from walk(self)

    monkeypatch.setattr(verification.Chain, "walk", walking)
    assert faults() == []
    assert redactions


@pytest.mark.usefixtures("_without_triggers")
def test_proof_finds_a_notice_that_was_cut_off():
    notice = issued(published(make_condition()))
    cut_off(notice, chain="publishing.notice", digest=notice.previous_digest, length=0)
    assert faults()


@pytest.mark.usefixtures("_without_triggers")
def test_proof_finds_the_end_of_a_notice_that_was_cut_off():
    notice = issued(published(make_condition()))
    end = notices.end(notice, by=make_reviewer(), reason="x")
    cut_off(end, chain="publishing.noticeend", digest="", length=0)
    assert faults()


def test_proof_finds_a_row_that_was_pointed_at_another_page(client):
    one, two = published(make_therapy(title="One")), published(make_therapy(title="Two"))
    condition = make_condition()
    row = make_indication(condition=condition, therapy=one)
    condition = published(condition)
    Indication.objects.filter(pk=row.pk).update(therapy=two)
    assert (
        "Two" in client.get(condition.get_absolute_url()).text
    )  # Readers see it, though it was signed for another therapy.
    assert faults()


def test_title_of_an_edition_is_not_redacted_without_its_text():
    page = published(make_condition(title="Mr Defamed", slug="c1"))
    page = change(page, title="Fine", slug="c1").page
    old = page.editions.get(number=1)
    with pytest.raises(CannotRedact, match="text"):
        redact(old, by="tests", order="o", reason="r", parts=("title",))


def test_text_of_an_edition_can_be_redacted_after_its_title_alone_was_refused():
    page = published(make_condition(title="Mr Defamed", slug="c1"))
    page = change(page, title="Fine", slug="c1").page
    old = page.editions.get(number=1)
    with pytest.raises(CannotRedact):
        redact(old, by="tests", order="o", reason="r", parts=("title",))
    redact(old, by="tests", order="o", reason="r", parts=("text",))


def test_pack_of_evidence_holds_nothing_of_an_unfinished_draft():
    page = published(make_therapy(title="Public", how_it_works="<p>Public words.</p>"))
    page.title, page.how_it_works = "Secretum", "<p>Unfinished words.</p>"
    page.save()
    assert members_with(page, "Secretum") == set()


def test_pack_of_evidence_holds_nothing_of_a_draft_that_is_signed_but_not_public():
    page = published(make_therapy(title="Public", how_it_works="<p>Public words.</p>"))
    page.how_it_works = "<p>Unfinished words.</p>"
    page.save()
    assert members_with(signed(page), "Unfinished") == set()


def test_past_day_of_an_article_without_health_information_speaks_of_no_missing_review(client):
    published(make_article(is_medical=False, slug="a1"))
    text = words(client.get(f"/articles/a1/as-of/{timezone.localdate()}/").text)
    assert "No medical reviewer had signed it off." not in text


def test_notice_whose_subject_was_redacted_is_not_shown_on_a_past_day(client, time_machine_at):
    time_machine_at(datetime(2026, 3, 2, 10, tzinfo=UTC))
    therapy = published(make_therapy(slug="t1", title="Bad title"))
    page = published(make_condition(slug="c1"))
    notice = issued(therapy, days=5, text="hello")
    time_machine_at(datetime(2026, 3, 20, 10, tzinfo=UTC))
    change(page, symptoms="<p>x</p>")
    redact(page.editions.get(number=1), by="tests", order="o", reason="r")
    redact(notice, by="tests", order="o", reason="r", parts=("text", "title"))
    assert "Safety notice about" not in client.get("/conditions/c1/as-of/2026-03-03/").text


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "٢٠٢٦-٠١", "2026-13", "0000-01"])
def test_calendar_has_an_answer_to_odd_months(admin_client, month):
    assert admin_client.get("/admin/calendar/", {"month": month}).status_code in (200, 404, 302)
