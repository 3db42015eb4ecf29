"""The evidence pack: all that is on record about a page, nothing of any other, and digests that fit."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from publishing import doors
from publishing.evidence import export
from publishing.models import Event, Notice, Page, Reference, ReviewComment
from publishing.verification import verify
from tests.builders import make_condition, make_indication, make_reference, make_therapy, make_user, publish, published
from tests.publishing.recorded import issue_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """Public in two editions, with a row that another page shares."""
    source = make_reference(key="trial-2024", title="=cmd|' /C calc'!A0", state="concern", link_state="problem")
    page = make_therapy(title="Testomab", how_it_works='<p>It binds.<sup data-ref="trial-2024"></sup></p>')
    make_indication(therapy=page, condition=published(make_condition()), references=[source])
    page = published(page)
    page.how_it_works = "<p>It binds and blocks.</p>"
    page.save()
    page = published(page)
    issue_notice(page)
    return page


def unpacked(page, **values) -> dict[str, str]:
    with export(page, by="tests", **values) as file, ZipFile(file) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name).decode() for name in pack.namelist()}


def table(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_pack_holds_all_that_is_on_record(page):
    files = unpacked(page)
    row = page.indications.get()
    assert list(files) == [
        "README.txt",
        "editions/001.json",
        "editions/001.html",
        "editions/001.txt",
        "editions/002.json",
        "editions/002.html",
        "editions/002.txt",
        "diffs/001-to-002.html",
        "sign-offs/001.json",
        "sign-offs/002.json",
        f"rows/{row.anchor}.json",
        "references.csv",
        "checks.json",
        "review-comments.csv",
        "events.csv",
        "notices.csv",
        "contributors.csv",
        "comments-received.csv",
        "manifest.json",
    ]


def test_manifest_fits_every_file_and_the_heads_of_the_chains(page):
    heads = verify().heads
    files = unpacked(page)
    manifest = json.loads(files["manifest.json"])
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == {
        name: digest for name, digest in digests.items() if name != "manifest.json"
    }
    assert set(manifest["heads"]) == {f"{head.chain} {head.length} {head.digest}" for head in heads if head.length}
    event = Event.objects.get(action="exported")
    assert event.details["manifest"] == digests["manifest.json"]
    assert event.subject_id == page.pk


def test_two_packs_of_the_same_records_differ_in_what_was_recorded_since(page):
    one, other = unpacked(page), unpacked(page)
    assert {name for name in one if one[name] != other[name]} == {"events.csv", "manifest.json"}


def test_editions_are_as_recorded_and_as_they_read(page):
    files = unpacked(page)
    first = page.editions.get(number=1)
    facts = json.loads(files["editions/001.json"])
    assert facts["digest"] == first.digest
    assert facts["snapshot"] == first.snapshot
    assert facts["tied_references"] == ["trial-2024"]
    assert "<p>It binds.[trial-2024]</p>" in files["editions/001.html"]
    assert first.text in files["editions/001.txt"]
    assert "<ins>" in files["diffs/001-to-002.html"]
    assert "and blocks" in files["diffs/001-to-002.html"]


def test_sign_offs_carry_credentials_interests_and_what_was_signed(page):
    facts = json.loads(unpacked(page)["sign-offs/001.json"])
    assert (facts["reviewer_name"], facts["reviewer_credentials"], facts["reviewer_interests"]) == (
        "Rosa Signer",
        "MD",
        "None",
    )
    assert facts["content"]["page"]["title"] == "Testomab"


def test_sources_of_earlier_editions_and_of_rows_are_listed_with_their_state(page):
    Reference.objects.create(key="never-cited", title="Another")
    (source,) = table(unpacked(page)["references.csv"])
    assert (source["key"], source["state"], source["link_state"]) == ("trial-2024", "concern", "problem")
    assert source["cited_in"] == f"edition 1; {page.indications.get().anchor}"


def test_tables_run_no_formula(page):
    ReviewComment.objects.create(
        page=page, part="title", part_label="+1", text="@SUM(A1)", written_by_id=1, written_by="-x", content_digest="d"
    )
    files = unpacked(page)
    assert table(files["references.csv"])[0]["title"] == "'=cmd|' /C calc'!A0"
    (comment,) = table(files["review-comments.csv"])
    assert (comment["part_label"], comment["text"], comment["written_by"]) == ("'+1", "'@SUM(A1)", "'-x")


def test_comments_notices_events_and_contributors_are_tables(page):
    files = unpacked(page)
    assert [row["text"] for row in table(files["notices.csv"])] == [Notice.objects.get().text]
    assert [row["action"] for row in table(files["events.csv"])].count("published") == 2
    assert table(files["comments-received.csv"]) == []
    assert files["comments-received.csv"].startswith("received_at,")
    assert json.loads(files["checks.json"])["about"] == "what readers see now"


def test_nothing_of_drafts_is_inside(page):
    row = page.indications.get()
    condition = row.condition
    condition.title, condition.symptoms = "Draftword as a title", "<p>Draftword of another page.</p>"
    condition.save()
    # Its reviewer saw what the other draft is called.
    page = published(page)
    row.description = "Draftword in a row."
    row.save()
    page.how_it_works = "<p>Draftword in the text.</p>"
    page.save()
    make_therapy(title="Draftword of a third page", how_it_works="<p>Draftword</p>")
    assert [name for name, text in unpacked(page).items() if "Draftword" in text] == []
    asked = unpacked(page, with_draft=True)
    assert [name for name, text in asked.items() if "Draftword" in text] == ["draft/draft.json"]
    assert "Draftword of another page" not in asked["draft/draft.json"]
    assert "draft/" in asked["README.txt"]


def test_withdrawn_page_and_one_that_never_was_public_have_a_pack(page):
    doors.withdraw(page, by="tests", reason="Out of date")
    files = unpacked(Page.objects.get(pk=page.pk).concrete)
    assert "Out of date" in files["editions/003.html"]
    assert "diffs/002-to-003.html" not in files
    assert json.loads(files["checks.json"])["results"] == []
    assert "editions/001.json" not in unpacked(make_therapy())


def test_markup_of_titles_and_notes_is_only_text(page):
    page.title = "<b>Testomab</b>"
    page.save()
    publish(page, note="<script>alert(1)</script>")
    files = unpacked(page)
    assert "<script>" not in files["editions/003.html"] + files["diffs/002-to-003.html"]
    assert "<b>Testomab" not in files["editions/003.html"] + files["diffs/002-to-003.html"]


@pytest.mark.parametrize("count", [1, 3])
def test_pack_needs_the_same_queries_for_any_number_of_editions(page, django_assert_num_queries, count):
    for number in range(count):
        page.summary = f"Summary {number}."
        page.save()
        publish(page)
    page = Page.objects.get(pk=page.pk).concrete
    with django_assert_num_queries(34):
        unpacked(page)


# The screen


def address(page) -> str:
    return reverse(f"admin:{page._meta.app_label}_{page.kind}_evidence", args=[page.pk])


@pytest.mark.parametrize("role", ["author", "editor", "reviewer", "administrator"])
def test_staff_who_see_editions_and_sign_offs_take_the_pack(client, page, role):
    user = make_user(role)
    client.force_login(user)
    assert client.get(address(page)).status_code == 200
    assert not Event.objects.filter(action="exported").exists()
    response = client.post(address(page))
    assert response["Content-Disposition"].startswith('attachment; filename="evidence-therapy-')
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as pack:
        assert "draft/draft.json" not in pack.namelist()
    assert Event.objects.get(action="exported").user_name == user.first_name


def test_draft_is_added_on_request(client, page):
    client.force_login(make_user("editor"))
    response = client.post(address(page), {"with_draft": "on"})
    with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as pack:
        assert "draft/draft.json" in pack.namelist()


def test_moderator_and_visitor_get_nothing(client, page):
    assert client.post(address(page)).status_code == 302
    moderator = make_user("moderator")
    client.force_login(moderator)
    assert client.get(address(page)).status_code == 403
    assert client.post(address(page)).status_code == 403
    with pytest.raises(PermissionDenied):
        export(page, by=moderator)
    assert not Event.objects.filter(action="exported").exists()
