"""What a check is, and how all of them are run on one page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from publishing.checks.checked_page import CheckedPage
from publishing.pages import Page, Problem


class Severity(models.TextChoices):
    """How much a finding weighs. Only what is surely wrong or missing, and what a machine can know, blocks."""

    BLOCK = "block", _("blocks")
    WARN = "warn", _("warning")
    HINT = "hint", _("hint")
    HUMAN = "human", _("question to the reviewer")


@dataclass(frozen=True)
class Finding:
    """What is wrong and what to do, the field where it is mended, and the words it is about."""

    message: str
    field: str
    excerpt: str = ""


class Check:
    """One rule. A check reads the page it is given and nothing else: no query, no clock."""

    # The line of the list of requirements it keeps; several checks of one line add a word of their own.
    id: str
    source: str
    severity: Severity
    title: str
    # The kinds of page it is about; none named means all.
    kinds: tuple[str, ...] = ()

    def applies_to(self, page: CheckedPage) -> bool:
        return not self.kinds or page.kind in self.kinds

    def find(self, page: CheckedPage) -> Iterable[Finding]:
        raise NotImplementedError


class Question(Check):
    """What no machine can know: the reviewer confirms it in the sign-off form."""

    severity = Severity.HUMAN
    question: str
    # Asked only where these sections have text; a section that is empty is the matter of another check.
    about: tuple[str, ...] = ()

    def applies_to(self, page):
        return super().applies_to(page) and all(page.text(field).words for field in self.about)

    def find(self, page):
        return ()


@dataclass(frozen=True)
class Guarantee:
    """A requirement that the site keeps by itself, whatever is written on a page: there is nothing to check."""

    id: str
    source: str
    kept_by: str


@dataclass(frozen=True)
class Result:
    check: Check
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not self.findings


def all_checks() -> list[Check]:
    return [check for path in settings.PUBLISHING_CHECKS for check in import_string(path)]


def run(page: CheckedPage) -> list[Result]:
    """What every check that applies says of the page: those with findings first, in the order of the form."""
    checks = [each for each in all_checks() if each.severity != Severity.HUMAN and each.applies_to(page)]
    results = [
        Result(check, tuple(sorted(check.find(page), key=lambda each: page.place(each.field)))) for check in checks
    ]
    return sorted(results, key=lambda each: page.place(each.findings[0].field) if each.findings else page.end)


def blocking(results: list[Result]) -> list[Result]:
    return [result for result in results if result.check.severity == Severity.BLOCK and result.findings]


def questions_for(page: CheckedPage) -> list[Question]:
    return [check for check in all_checks() if check.severity == Severity.HUMAN and check.applies_to(page)]


# For a page and what it says (`publishing.content`)


def blocking_problems(page: Page, content: dict) -> list[Problem]:
    """Everything that keeps the content from review, as far as checks know."""
    results = blocking(run(CheckedPage(type(page), content)))
    return [Problem(finding.field, finding.message) for result in results for finding in result.findings]


def human_questions(page: Page, content: dict) -> list[Question]:
    """What the reviewer of this content confirms."""
    return questions_for(CheckedPage(type(page), content))


def summary(page: Page, content: dict) -> list[dict]:
    """What every check said, as plain data for the record; a check that found nothing is named too."""
    return [
        {
            "id": result.check.id,
            "severity": str(result.check.severity),
            "findings": [
                {"field": each.field, "message": str(each.message), "excerpt": each.excerpt} for each in result.findings
            ],
        }
        for result in run(CheckedPage(type(page), content))
    ]
