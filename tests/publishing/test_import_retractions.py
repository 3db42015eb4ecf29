"""`manage.py import_retractions`: a list is taken whole or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from publishing import retraction_lists
from publishing.models import Event, FlaggedWork, Reference, ReferenceTask
from tests.builders import make_article, make_reference

pytestmark = pytest.mark.django_db
DOI = "10.1000/abc.1"
HEAD = "doi,state,noted_on,source\n"
LINE = f"{DOI},retracted,2026-01-31,A list\n"
WATCH = (
    "Record ID,Title,OriginalPaperDOI,RetractionDate,RetractionNature,Notes\n"
    '1,"A title, with commas",10.1000/ABC.1,1/31/2026 0:00,Retraction,"several\nlines"\n'
)


@pytest.fixture
def load(tmp_path):
    def load(content):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = StringIO()
        call_command("import_retractions", str(path), stdout=out)
        return out.getvalue()

    return load


def works():
    return [(work.doi, work.state, str(work.noted_on), work.source) for work in FlaggedWork.objects.all()]


@pytest.mark.parametrize(
    "content",
    [
        HEAD + LINE,
        HEAD + LINE.rstrip("\n"),
        (HEAD + LINE).replace("\n", "\r\n"),
        (HEAD + LINE).replace(",", ";"),
        (HEAD + LINE).replace(",", "\t"),
        HEAD.upper() + LINE,
        "source,noted_on,state,doi,remark\nA list,2026-01-31,Retracted,https://doi.org/10.1000/ABC.1,x\n",
        HEAD + "\n" + LINE + "\n,,,\n",
        HEAD + f'"{DOI}","retracted","2026-01-31","A list"\n',
        (HEAD + LINE).encode("utf-8-sig"),
        (HEAD + LINE).encode("utf-16"),
        HEAD + LINE + LINE + LINE.replace("retracted", "corrected"),
    ],
)
def test_list_of_our_own_columns_is_taken(load, content):
    load(content)
    assert works() == [(DOI, "retracted", "2026-01-31", "A list")]


def test_old_encoding_is_taken(load):
    load((HEAD + LINE.replace("A list", "Übersicht")).encode("latin-1"))
    assert works()[0][3] == "Übersicht"


@pytest.mark.parametrize(
    ("nature", "state"),
    [("Retraction", "retracted"), ("Correction", "corrected"), ("Expression of concern", "concern")],
)
def test_list_of_retraction_watch_is_taken(load, nature, state):
    load(WATCH.replace("Retraction,", f"{nature},", 1))
    assert works() == [(DOI, state, "2026-01-31", "Retraction Watch")]


@pytest.mark.parametrize("doi", ["unavailable", "Unavailable", "", "not a doi"])
def test_lines_of_retraction_watch_without_a_doi_are_counted_and_left_out(load, doi):
    assert "1 lines without a DOI" in load(WATCH + f"2,x,{doi},1/31/2026 0:00,Retraction,\n")
    assert len(works()) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("10.1000,retracted,2026-01-31,A list", "is no DOI"),
        (",retracted,2026-01-31,A list", "is no DOI"),
        (f"{DOI},wrong,2026-01-31,A list", "the state “wrong” is none of corrected, concern, retracted"),
        (f"{DOI},ok,2026-01-31,A list", "the state “ok” is none of"),
        (f"{DOI},retracted,31.1.2026,A list", "“31.1.2026” is no date"),
        (f"{DOI},retracted,2026-02-30,A list", "is no date"),
        (f"{DOI},retracted,,A list", "is no date"),
        (f"{DOI},retracted,0001-01-01,A list", "is no date"),
        (f"{DOI},retracted,9999-01-01,A list", "is no date"),
        (f"{DOI},retracted,2026-01-31,", "the source must be named"),
        (f"{DOI},retracted,2026-01-31,{'x' * 201}", "at most 200 characters"),
        (f"{DOI},retracted,2026-01-31,A\0list", "the source must be named"),
        ("10.1000/a\0b,retracted,2026-01-31,A list", "is no DOI"),
        (f"{DOI},retracted,2026-01-31", "it has 3 columns, the first line has 4"),
        (f"{DOI},retracted,2026-01-31,A list,more", "it has 5 columns"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_imported(load, line, why):
    reference = make_reference(doi="10.1000/good")
    with pytest.raises(CommandError) as refusal:
        load(HEAD + LINE.replace(DOI, "10.1000/good") + line + "\n" + LINE)
    assert "nothing was imported" in str(refusal.value)
    assert f"Line 3: {why}" in str(refusal.value) or ("Line 3: " in str(refusal.value) and why in str(refusal.value))
    reference.refresh_from_db()
    assert (works(), reference.state) == ([], "ok")


def test_a_nature_that_retraction_watch_does_not_have_is_refused(load):
    with pytest.raises(CommandError, match="Line 4: “Vanished” is no nature"):
        load(WATCH + "2,x,10.1000/x,1/31/2026 0:00,Vanished,\n")


def test_every_wrong_line_is_named_up_to_a_bound(load):
    with pytest.raises(CommandError) as refusal:
        load(HEAD + "x,retracted,2026-01-31,A list\n" * 30)
    assert "Line 21:" in str(refusal.value)
    assert "Line 22:" not in str(refusal.value)
    assert "10 more" in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"doi,state\n10.1000/x,retracted\n", "must name the columns doi, state, noted_on, source"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "must name the columns"),
        (b"\x00" * 1000, "must name the columns"),
        (b"\xff\xfe\x00", "The file is damaged"),
        (HEAD.encode() + b'"10.1000/x,retracted', "After line"),
        (HEAD.encode() + b'"10.1000/x"y,retracted,2026-01-31,A list\n', "After line"),
        (HEAD.encode() + b"x" * 1_000_001 + b",retracted,2026-01-31,A list\n", "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_list_is_refused(load, content, why):
    with pytest.raises(CommandError, match=why):
        load(content)
    assert works() == []


def test_a_file_that_is_too_large_is_not_read(load, monkeypatch):
    monkeypatch.setattr(retraction_lists, "LARGEST_FILE", 50)
    with pytest.raises(CommandError, match="The file is larger than"):
        load(HEAD + LINE * 2)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere.csv cannot be read: No such file"):
        call_command("import_retractions", str(tmp_path / "nowhere.csv"))


def test_references_are_flagged_by_any_spelling_of_their_doi_once(load):
    reference = make_reference(doi=DOI.upper())
    other = make_reference(doi="10.1000/abc.12")
    make_article(title="Cites it", body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>')
    report = load(HEAD + LINE)
    assert "1 works listed, 1 of them new" in report
    assert f"{reference.key}: Retracted" in report
    assert "1 references flagged." in report
    assert "0 of them new" in load(HEAD + LINE)
    assert Event.objects.filter(action="source-flagged", user_name="import_retractions").count() == 1
    assert [task.page.title for task in ReferenceTask.objects.all()] == ["Cites it"]
    reference.refresh_from_db()
    other.refresh_from_db()
    assert (reference.state, other.state) == ("retracted", "ok")


def test_a_milder_line_takes_nothing_back(load):
    reference = make_reference(doi=DOI)
    load(HEAD + LINE)
    load(HEAD + LINE.replace("retracted", "corrected"))
    reference.refresh_from_db()
    assert (reference.state, works()[0][1]) == ("retracted", "retracted")


def test_a_reinstatement_is_left_to_a_person_and_then_stays(load):
    reference = make_reference(doi=DOI)
    load(WATCH)
    reinstated = WATCH + f"2,x,{DOI},2/10/2026 0:00,Reinstatement,\n"
    assert f"{reference.key}: reinstated, says the list" in load(reinstated)
    reference.refresh_from_db()
    assert reference.state == "retracted"
    FlaggedWork.objects.all().delete()
    Reference.objects.update(state="ok")
    load(reinstated)
    reference.refresh_from_db()
    assert (reference.state, works()) == ("ok", [])


def test_a_work_retracted_after_it_was_reinstated_is_flagged(load):
    load(WATCH + f"2,x,{DOI},2/10/2020 0:00,Reinstatement,\n")
    assert works()[0][1] == "retracted"


@pytest.mark.parametrize("count", [1, 3])
def test_cost_does_not_grow_with_the_list(load, django_assert_num_queries, count):
    make_reference(doi="10.1000/unlisted")
    content = HEAD + "".join(LINE.replace("abc", f"abc{number}") for number in range(count))
    with django_assert_num_queries(12):
        load(content)
    assert len(works()) == count
