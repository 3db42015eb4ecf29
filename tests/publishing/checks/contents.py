"""Contents for checks, without a database: a page that nothing can be said against, and ways to spoil it."""

from datetime import date

from articles.models import Article
from publishing.checks import CheckedPage, all_checks

TODAY = date(2026, 11, 21)
EDITOR = {"slug": "ada", "name": "Ada", "credentials": "MD", "role": "", "interests": "None", "is_role": False}
SOURCE = {
    "key": "good",
    "title": "A good source",
    "authors": "",
    "publisher": "Journal",
    "year": 2024,
    "kind": "Public health information",
    "doi": "",
    "pmid": "",
    "url": "https://example.org/",
    "archive_url": "",
    "accessed_on": None,
    "state": "ok",
    "is_checked": True,
}
PICTURE = "0" * 32


def cite(key="good"):
    return f'<sup data-ref="{key}"></sup>'


def source(**values):
    return SOURCE | values


def row(**values):
    defaults = {
        "partner": "Asthma",
        "description": "It helps.",
        "qualifier": "",
        "is_checked": True,
        "references": {"good": SOURCE},
        "role": "first-line",
        "status": "approved",
        "authority": "EMA",
        "region": "European Union",
        "evidence": "",
    }
    return defaults | values


def checked(model=Article, *, texts=None, rows=None, **values) -> CheckedPage:
    """`texts` are the sections by their fields; the others are empty."""
    texts = texts or {}
    sections = [
        {
            "id": each.id,
            "title": str(each.title),
            "rows": each.field if each.rows else "",
            "html": texts.get(each.field, ""),
        }
        for each in model.sections
        if each.rows or texts.get(each.field)
    ]
    page = {
        "kind": model.kind_name(),
        "title": "A page",
        "summary": "What it is.",
        "is_short": False,
        "is_medical": True,
        "authors": [EDITOR],
        "facts": {},
        "sections": sections,
        "references": {"good": SOURCE},
        "images": {PICTURE: {"alt": "A lung"}},
        "names": [],
    }
    return CheckedPage(model, {"page": page | values, "rows": rows or {}}, today=TODAY)


def found(check_id: str, page: CheckedPage) -> list:
    """What the check of this id finds, if it applies to the page."""
    check = next(each for each in all_checks() if each.id == check_id)
    return list(check.find(page)) if check.applies_to(page) else []
