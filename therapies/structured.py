"""What a condition or therapy is, as schema.org data: only what stands on the page."""

from django.conf import settings


def condition(reading, address: str) -> dict:
    treatments = [
        {"@type": "MedicalTherapy", "@id": settings.SITE_URL + row.partner_url + "#subject", "name": row.partner_title}
        for row in reading.rows.get("indications", [])
    ]
    return _entity("MedicalCondition", reading, address) | ({"possibleTreatment": treatments} if treatments else {})


def therapy(reading, address: str) -> dict:
    indications = [
        {
            "@type": "MedicalIndication",
            "name": row.partner_title,
            "url": settings.SITE_URL + row.partner_url,
            "description": row.description,
        }
        for row in reading.rows.get("indications", [])
    ]
    return _entity("MedicalTherapy", reading, address) | ({"indication": indications} if indications else {})


def _entity(kind: str, reading, address: str) -> dict:
    facts = reading.snapshot["facts"]
    entity = {
        "@type": kind,
        "@id": address + "#subject",
        "name": reading.edition.title,
        "description": reading.edition.summary,
    }
    if facts["plain_name"]:
        entity["alternateName"] = facts["plain_name"]
    codes = [
        {"@type": "MedicalCode", "codingSystem": code["system"], "codeValue": code["value"]} for code in facts["codes"]
    ]
    return entity | ({"code": codes} if codes else {})
