"""Contents as plain dicts: what a comparison is made of, without a database."""

from copy import deepcopy

SOURCE = {
    "key": "guideline-2024",
    "title": "A guideline",
    "authors": "Writer A",
    "publisher": "Society of Tests",
    "year": 2024,
    "kind": "Guideline",
    "doi": "",
    "pmid": "",
    "url": "https://society.example/guideline",
    "archive_url": "",
    "accessed_on": "2026-01-02",
    "state": "ok",
    "is_checked": True,
}
INDICATION = {
    "condition": 11,
    "therapy": 12,
    "partner": "Vasculitis",
    "description": "It calms the inflammation in most people.",
    "qualifier": "",
    "is_checked": True,
    "position_on_therapy": 1,
    "references": {"guideline-2024": SOURCE},
    "role": "first-line",
    "status": "approved",
    "authority": "EMA",
    "region": "EU",
    "evidence": "guideline",
}
PAGE = {
    "kind": "therapy",
    "title": "Rituximab",
    "summary": "A medicine that removes B cells.",
    "language": "en",
    "shelf": {"slug": "biologic", "name": "Biologics and targeted medicines"},
    "is_short": False,
    "is_demonstration": False,
    "authors": [
        {"slug": "ada", "name": "Ada Writer", "credentials": "MD", "role": "", "interests": "None", "is_role": False},
        {"slug": "ben", "name": "Ben Writer", "credentials": "", "role": "Editor", "interests": "", "is_role": False},
    ],
    "facts": {
        "plain_name": "B-cell medicine",
        "therapy_class": "CD20 antibody",
        "routes": "drip",
        "codes": [{"system": "ATC", "value": "L01FA01"}],
    },
    "sections": [
        {
            "id": "how-it-works",
            "title": "How it works",
            "rows": "",
            "html": '<p>It removes B cells<sup data-ref="guideline-2024"></sup>.</p><ul><li>fast</li></ul>',
        },
        {"id": "indications", "title": "What it treats", "rows": "indications", "html": ""},
        {"id": "harms", "title": "Harms", "rows": "", "html": "<p>Fever and chills.</p>"},
    ],
    "references": {"guideline-2024": SOURCE},
    "images": {
        "0" * 32: {"src": "/a.webp", "srcset": "", "width": 9, "height": 9, "alt": "A drip", "credit": "Tests"},
    },
    "names": [
        {"text": "RTX", "kind": "abbreviation", "linking": "evidence", "exact_case": True},
        {"text": "MabThera", "kind": "brand", "linking": "automatic", "exact_case": False},
    ],
}


def make_content(*, rows: dict | None = None, **values) -> dict:
    """A whole content; `values` replace parts of the page, and nothing is shared with another content."""
    return deepcopy({"page": PAGE | values, "rows": {"indication-1": INDICATION} if rows is None else rows})


def with_html(html: str, title: str = "Harms") -> dict:
    """A content with one text."""
    return make_content(sections=[{"id": "harms", "title": title, "rows": "", "html": html}])


def section(content: dict, name: str) -> dict:
    return next(each for each in content["page"]["sections"] if each["id"] == name)
