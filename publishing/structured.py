"""Structured data (schema.org) of a detail page. Every value also stands on the visible page."""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from publishing import richtext
from publishing.claims import Claim
from publishing.kinds import by_kind
from publishing.reading import Reading
from publishing.records import canonical_json


def json_ld(reading: Reading, address: str):
    """A MedicalWebPage about its subject; each kind says what the subject is (`Page.structured`)."""
    edition = reading.edition
    subject = by_kind()[edition.kind].structured(reading, address)
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": edition.title,
        "description": edition.summary,
        "inLanguage": edition.language,
        "datePublished": _day(edition.first_published_at),
        "dateModified": _day(edition.updated_at),
        "author": [_author(author) for author in reading.authors],
        "citation": [_citation(reference) for reference in reading.references if reference.state != "retracted"],
        "mainEntity": subject,
        **_review(reading.claim),
    }
    return richtext.safe(script_text({key: value for key, value in data.items() if value}))


def person_json_ld(person, address: str):
    kind = "Organization" if person.is_role else "Person"
    facts = {
        "@type": kind,
        "@id": address + "#subject",
        "name": person.name,
        "url": address,
        "description": person.role,
    }
    if person.credentials and not person.is_role:
        facts["honorificSuffix"] = person.credentials
    about = {key: value for key, value in facts.items() if value}
    return richtext.safe(script_text({"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": about}))


def script_text(data: dict) -> str:
    """JSON that can stand inside a script element: `<`, `>` and `&` are written as escapes."""
    return canonical_json(data).translate({ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"})


def _day(moment) -> str:
    return localdate(moment).isoformat() if moment else ""


def _review(claim: Claim) -> dict:
    """Who reviewed it and when; nothing for a role that stands in for a clinician."""
    if not claim.is_reviewed or claim.is_demonstration:
        return {}
    reviewer = claim.whole
    person = {"@type": "Person", "name": reviewer.reviewer_name, "honorificSuffix": reviewer.reviewer_credentials}
    return {"lastReviewed": claim.whole_reviewed_on.isoformat(), "reviewedBy": person}


def _author(author: dict) -> dict:
    kind = "Organization" if author["is_role"] else "Person"
    address = settings.SITE_URL + reverse("publishing:person", args=[author["slug"]])
    return {"@type": kind, "name": author["name"], "url": address}


def _citation(reference) -> dict:
    facts = {"name": reference.title, "url": reference.url, "publisher": reference.publisher}
    return {"@type": "CreativeWork", **{key: value for key, value in facts.items() if value}}
