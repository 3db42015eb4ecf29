"""What a condition or therapy is, as schema.org data: only what stands on the page."""

from django.conf import settings

# A therapy that has a code in one of these is a medicine; others are procedures or diets.
MEDICINE_VOCABULARIES = {"ATC", "RxNorm", "DrugBank"}


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
    entity = _entity("MedicalTherapy", reading, address) | ({"indication": indications} if indications else {})
    return entity | _as_drug(reading.snapshot["facts"])


def _as_drug(facts: dict) -> dict:
    if MEDICINE_VOCABULARIES.isdisjoint(code["system"] for code in facts["codes"]):
        return {}
    known = {"administrationRoute": facts["routes"], "drugClass": facts["therapy_class"]}
    return {"@type": ["Drug", "MedicalTherapy"], **{name: value for name, value in known.items() if value}}


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
