"""The list of checks as a whole: that it is complete, in what order it answers, and what it costs."""

import pytest
from django.conf import settings

from publishing.checks import (
    CHECKS,
    GUARANTEES,
    CheckedPage,
    Severity,
    all_checks,
    blocking,
    blocking_problems,
    human_questions,
    questions_for,
    run,
    summary,
)
from publishing.content import draft_content
from tests.builders import make_article, make_condition, make_indication, make_person, make_therapy
from tests.publishing.checks.contents import PICTURE, checked, cite, row
from therapies.models import Condition, Therapy

MACHINE = "Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q09 Q10 Q11 Q13 Q14 Q15 Q16 Q17 Q19 Q20 Q21 Q22".split()
MACHINE += "T01 T02 T03 T04 T05 T06 T07 T08".split()
HUMAN = "Q07 Q08 Q12 Q14 Q18 T01 T02 T03 T04 T05 T07".split()


def lines(checks):
    return {check.id.partition("-")[0] for check in checks}


def test_every_line_that_a_machine_can_know_is_checked_or_kept_by_the_site():
    kept = lines(check for check in all_checks() if check.severity != Severity.HUMAN) | lines(GUARANTEES)
    assert set(MACHINE) - kept == set()


def test_every_line_that_only_a_person_can_know_is_asked():
    asked = [check for check in all_checks() if check.severity == Severity.HUMAN]
    assert lines(asked) == set(HUMAN)
    assert all(check.question.endswith("?") for check in asked)


def test_ids_are_unique_and_sources_named():
    checks = all_checks()
    assert len({check.id for check in checks}) == len(checks)
    assert all(check.source and check.title for check in checks)


def test_what_is_kept_by_the_site_is_not_checked_too():
    assert lines(GUARANTEES) & lines(CHECKS) == set()


def test_results_come_in_the_order_of_the_form():
    page = checked(Condition, texts={"causes": "<h4>Low</h4><p>x</p>"}, summary="", authors=[])
    fields = [result.findings[0].field for result in run(page) if result.findings]
    assert fields == sorted(fields, key=page.place)
    assert fields.index("summary") < fields.index("authors") < fields.index("overview") < fields.index("causes")
    assert [result.passed for result in run(page)] == sorted(result.passed for result in run(page))


def test_only_findings_that_block_are_blocking():
    page = checked(summary="", texts={"body": f"<p>Renal pain.{cite('unknown')}</p>"})
    assert {result.check.id for result in blocking(run(page))} == {"B07", "C09"}
    assert {"Q15-jargon", "B07", "C09"} <= {result.check.id for result in run(page) if result.findings}


def test_hints_and_warnings_are_never_blocking():
    quiet = [check.id for check in all_checks() if check.severity in {Severity.HINT, Severity.WARN}]
    assert {"Q15-jargon", "Q16-sentences", "Q17", "Q07", "Q16-reading-age", "Q06-seen"} <= set(quiet)


def test_therapy_is_asked_more_and_a_short_one_only_of_what_it_has():
    full = dict.fromkeys(("how_it_works", "benefits", "harms", "without_treatment", "daily_life"), "<p>Words.</p>")
    short = {field: full[field] for field in ("how_it_works", "harms")}
    of_all = {"Q07-human", "Q08", "Q12", "Q14-human", "Q18-human"}
    of_short = of_all | {"T01-human", "T03-human"}

    def asked(page):
        return {question.id for question in questions_for(page)}

    assert asked(checked()) == of_all
    assert asked(checked(Therapy, texts=short, is_short=True)) == of_short
    assert asked(checked(Therapy, texts=full)) == of_short | {"T02-human", "T04-human", "T05-human", "T07-human"}


def test_running_costs_no_query(db, django_assert_num_queries):
    row = make_indication()
    content = draft_content(row.therapy)
    with django_assert_num_queries(0):
        assert run(CheckedPage(Therapy, content))


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_article, make_condition, make_therapy])
def test_rules_of_the_door_are_found_by_checks_in_the_same_words(make):
    """So that both lists can be shown as one: each problem once."""
    page = make(summary="")
    for section in page.sections:
        if not section.rows:
            setattr(page, section.field, "")
    first = page.sections[0].field
    setattr(page, first, f'<p>x{cite("nowhere")}</p><figure data-image="{PICTURE}"></figure>')
    page.save()
    page.authors.clear()
    rules = {(problem.field, str(problem.message)) for problem in page.problems()}
    checks = {(problem.field, problem.message) for problem in blocking_problems(page, draft_content(page))}
    assert len(rules) >= 4
    assert rules - checks == set()


@pytest.mark.django_db
def test_page_gives_its_problems_questions_and_record():
    page = make_article()
    page.authors.set([make_person(interests="")])
    content = draft_content(page)
    assert [problem.field for problem in blocking_problems(page, content)] == ["authors"]
    assert "Q08" in {question.id for question in human_questions(page, content)}
    said = {line["id"]: line for line in summary(page, content)}
    assert said["Q10"]["severity"] == "block"
    assert said["Q10"]["findings"][0]["field"] == "authors"
    assert said["C09-retracted"]["findings"] == []


def test_rows_are_read_by_the_name_of_their_kind():
    page = checked(Therapy, rows={"indication-1": row(partner="A"), "caution-1": row(partner="B")})
    assert [each["partner"] for each in page.rows_of("indications")] == ["A"]
    assert [each["partner"] for each in page.rows_of("cautions")] == ["B"]


def test_every_check_stands_in_the_documentation():
    text = (settings.BASE_DIR / "docs" / "checks.md").read_text(encoding="utf-8")
    words = {"block": "blocks", "warn": "warns", "hint": "hints", "human": "asks the reviewer"}
    listed = {tuple(cell.strip() for cell in line.split("|")[1:4:2]) for line in text.splitlines() if "|" in line}
    assert {(check.id, words[check.severity]) for check in all_checks()} - listed == set()
    assert {each.id for each in GUARANTEES} <= {first for first, _third in listed}
