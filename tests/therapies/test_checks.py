"""The checks of conditions and therapies: each with pages it speaks about, and pages it is silent about."""

import pytest

from publishing.checks import Severity
from tests.publishing.checks.contents import checked, found, row
from therapies.checks import CHECKS
from therapies.models import Condition, Therapy

BOX = '<p>Watch out.</p><div data-help="urgent"><h3>Call today if</h3><p>you have a fever</p></div>'


def texts(**values):
    return checked(Therapy, texts={field: f"<p>{words}</p>" for field, words in values.items()})


def rows(*values, **texts):
    named = {f"indication-{number}": row(**each) for number, each in enumerate(values)}
    return checked(Therapy, texts={field: f"<p>{words}</p>" for field, words in texts.items()}, rows=named)


SHORT = {"is_short": True}
CASES = {
    "Q14-box": (
        [
            checked(Condition, texts={"when_to_get_help": "<p>Watch out.</p>"}),
            checked(Therapy, texts={"when_to_get_help": "<p>Watch out.</p>"}, **SHORT),
        ],
        [checked(Therapy, texts={"when_to_get_help": BOX}), checked(Therapy), checked(texts={"body": "<p>x</p>"})],
    ),
    "T01": ([checked(Therapy), checked(Therapy, **SHORT)], [texts(how_it_works="It works."), checked(Condition)]),
    "T02": ([checked(Therapy)], [texts(benefits="It helps."), checked(Therapy, **SHORT), checked(Condition)]),
    "T03": ([checked(Therapy), checked(Therapy, **SHORT)], [texts(harms="It harms."), checked(Condition)]),
    "T04": (
        [checked(Therapy)],
        [texts(without_treatment="It goes on."), checked(Therapy, **SHORT), checked(Condition)],
    ),
    "T05": ([checked(Therapy)], [texts(daily_life="Plan a day."), checked(Therapy, **SHORT), checked(Condition)]),
    "T02-each": (
        [
            rows(
                {"partner": "Asthma"}, {"partner": "Crohn's disease"}, benefits="In asthma it helps. The disease stays."
            )
        ],
        [
            rows({"partner": "Asthma"}, {"partner": "Crohn's disease"}, benefits="In asthma and Crohn's it helps."),
            rows({"partner": "Celiac disease"}, benefits="Damage heals."),
            rows({"partner": "Asthma"}, {"partner": "Crohn's disease"}),
        ],
    ),
    "T03-what-to-do": (
        [texts(harms="Headache. Rash.")],
        [texts(harms="Headache. Tell your team about a rash."), texts(how_it_works="It works.")],
    ),
    "T06": ([checked(Therapy)], [rows({}), checked(Therapy, **SHORT), checked(Condition)]),
    "T06-options": (
        [texts(without_treatment="The disease goes on.", benefits="It helps.")],
        [
            texts(without_treatment="There are other medicines."),
            texts(without_treatment="It goes on.", benefits="It works better than the alternatives."),
            checked(Therapy, texts={"benefits": "<p>It helps.</p>"}, **SHORT),
            checked(Therapy),
        ],
    ),
    "T07": (
        [
            texts(how_it_works="It blocks a signal.", daily_life="Plan a day."),
            checked(Therapy, texts={"when_to_get_help": BOX.replace("you have", "you ask about")}),
        ],
        [
            texts(daily_life="Ask how long it takes."),
            texts(benefits="Is it for me?"),
            checked(Therapy, texts={"benefits": "<p>It helps.</p>"}, **SHORT),
        ],
    ),
    "T08": (
        [rows({"authority": " "})],
        [
            rows({}),
            rows({"status": "off-label", "authority": ""}),
            checked(Condition, rows={"indication-1": row(authority="")}),
        ],
    ),
    "T08-status": (
        [rows({"status": ""}), rows({"region": ""})],
        [rows({}), rows({"status": "off-label", "authority": "", "region": ""})],
    ),
}
LINES = [(check_id, page) for check_id, (spoilt, _fine) in CASES.items() for page in spoilt]
SILENT = [(check_id, page) for check_id, (_spoilt, fine) in CASES.items() for page in fine]


def name(value):
    return value if isinstance(value, str) else value.kind


@pytest.mark.parametrize(("check_id", "page"), LINES, ids=name)
def test_check_speaks_up(check_id, page):
    findings = found(check_id, page)
    assert findings
    assert all(each.message and "%s" not in each.message for each in findings)


@pytest.mark.parametrize(("check_id", "page"), SILENT, ids=name)
def test_check_is_silent(check_id, page):
    assert found(check_id, page) == []


def test_every_check_has_cases():
    assert set(CASES) == {check.id for check in CHECKS if check.severity != Severity.HUMAN}


def test_empty_section_is_found_once():
    page = checked(Therapy)
    empty = [
        finding for check_id in ("B07-sections", "T01", "T02", "T03", "T04", "T05") for finding in found(check_id, page)
    ]
    assert sorted(finding.field for finding in empty) == sorted(section.field for section in page.required_sections)


def test_benefits_name_all_conditions_that_are_missing_at_once():
    page = rows({"partner": "Asthma"}, {"partner": "Lupus"}, {"partner": "Psoriasis"}, benefits="In asthma it helps.")
    assert [finding.message for finding in found("T02-each", page)] == [
        "The benefits do not mention “Lupus”, “Psoriasis”. Say what the treatment does there."
    ]
