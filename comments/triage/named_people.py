"""Persons called by their names: a clinician with the place of work, somebody whose illness is told, the writer.

First names alone are common and harmless ("my daughter Emma"): it takes a full name, or a stranger's first name, or a
title and a place.
"""

import re
from collections.abc import Iterator

from comments.triage.wording import FAMILY

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŻŠČŽ][\w'’-]{0,25}"
_CAPITALS = re.compile(rf"(?<!\w){_CAPITAL}(?:\s[A-Z]\.)?(?:[ -]{_CAPITAL}){{0,4}}")

_TITLES = frozenset(
    (
        "dr doc doctor prof professor mr mrs ms miss nurse sister consultant herr frau mme dra dott midwife physio "
        "physiotherapist pharmacist surgeon specialist rheumatologist neurologist dermatologist immunologist "
        "gastroenterologist haematologist hematologist nephrologist oncologist paediatrician pediatrician gp "
        "registrar allergist cardiologist pulmonologist ophthalmologist"
    ).split()
)
_STRANGERS = frozenset(
    (
        "neighbour neighbor colleague boss manager teacher classmate landlord landlady coworker co-worker ex "
        "ex-husband ex-wife ex-boyfriend ex-girlfriend flatmate roommate employee workmate hairdresser vicar priest "
        "sister-in-law brother-in-law mother-in-law father-in-law cousin supervisor lodger tenant babysitter trainer "
        "coach headteacher postman student pupil patient schoolmate friend"
    ).split()
)
_RELATIVES = frozenset(word for word in FAMILY.split("|") if word.isalpha()) | _STRANGERS
_TITLES_AND_STRANGERS = _TITLES | _STRANGERS
_BETWEEN = frozenset("is was called named med".split())
# Capitals at the beginning of a sentence, or of something else than a person.
_NO_NAMES = frozenset(
    (
        "i the my and but in at on it we he she they this that there since after when nhs thank thanks please google "
        "who is has was hospital clinic you your for not so if as or to of a an hello hi hey dear our his her name "
        "yesterday today last no yes also with from methotrexate rituximab lupus because what how why where once "
        "every each all both while before then now may can could should monday tuesday wednesday thursday friday "
        "saturday sunday january february march april june july august september october november december english "
        "german french spanish"
    ).split()
)
_NO_NAMES_OR_KINDS = _NO_NAMES | _TITLES | _RELATIVES
_NO_PERSONS = re.compile(
    r"\b(?:Common|Variable|Multiple|Rheumatoid|Juvenile|Natural|Killer|Systemic|Severe|Combined|Type|Primary|Secondary|Disease|"
    r"Syndrome|Arthritis|Lupus|Immune|Cells?|Guillain|Behcet\S{0,3}|Crohn\S{0,3}|Still\S{0,3}|Long|Covid|COVID|Early|Most|Many|Some|"
    r"World|British|American|National|European|Health|Johns|Hopkins|Mayo|Patients?|People|Children|Women|Men|Great|Good|Very|"
    r"Hashimoto\S{0,3}|Graves\S{0,3}|Sjögren\S{0,3}|Addison\S{0,3}|United|New|Selena|Lady|Celebrit\w{1,4}|Infusion|Treatment|Adult|"
    r"Ankylosing|Vitamin|Biologic\w{0,3}|CAR|Hospital|Clinic|University|Royal|Street|Road|North|South|East|West)\b"
)
_PLACE = (
    r"(?:hospitals?|clinics?|infirmary|medical\s(?:cent(?:re|er)|practice|group|school)|surgery|practice|health\s?(?:cent(?:re|er)|care)|"
    r"ward|unit|university|klinik(?:um)?|charité|uniklinik(?:um)?|department|hôpital|chu|ospedale|ziekenhuis|umc|spital|policlinico|"
    r"cent(?:re|er)|trust|institute|st\.?\s[a-z]\w+|mayo|guy's|addenbrooke\S{0,3}|royal|hospice|pharmacy|suite)"
)
_AT_A_PLACE = re.compile(
    rf"\b(?:at|from|in|of|on|am|im|an|à|al|del|bei|and|near|runs|works|with|@)\s(?:[\w'’.&-]{{1,25}}\s){{0,5}}?{_PLACE}\b"
    rf"|^,\s?(?:[\w'’.&-]{{1,25}}\s){{0,4}}?{_PLACE}\b|\b(?:room|ext\.?|extension|floor|secretary)\s?\d",
    re.IGNORECASE,
)
_IN_A_TOWN = re.compile(rf"^,?\s(?:(?:who\s)?(?:is|works|practises|sits)\s)?(?:at|from|in|of)\s(?:the\s)?{_CAPITAL}\w")
_PLACE_BEFORE = re.compile(rf"\b{_PLACE}\b", re.IGNORECASE)

_HAS = re.compile(
    r"\b(?:has|have|had|got|suffer(?:s|ed|ing)?|diagnosed|lives?\swith|living\swith|is\shiv|was\shiv|hiv|is\sin|is\son|takes|was\stold|"
    r"tested|caught|treated|gets|is\sill|is\ssick|died|is\spregnant|attempted|tried|is\sbipolar|is\san|went\sinto|was\sin|admitted|"
    r"developed|contracted|is\sdying|receiving|needs|started|battling|fighting|injects|uses)\b",
    re.IGNORECASE,
)
_ILLNESSES = frozenset(
    (
        "lupus sle ms sclerosis arthritis ra crohn crohns crohn's colitis hiv aids cancer psoriasis diabetes "
        "diabetic hepatitis leukaemia leukemia lymphoma depression bipolar schizophrenia epilepsy asthma vasculitis "
        "myositis scleroderma cvid immunodeficiency sjogren sjögren sjögren's sjogren's myasthenia coeliac celiac "
        "sarcoidosis chlamydia syphilis herpes tb tuberculosis dementia parkinson parkinson's alzheimer alzheimer's "
        "alopecia eczema hashimoto hashimoto's graves disease syndrome disorder tumour tumor chemo chemotherapy "
        "methotrexate steroids biologic biologics immunoglobulin immunoglobulins transplant anorexia addiction "
        "alcoholic autism adhd pregnant miscarriage abortion breakdown uveitis spondylitis jia ibd narcolepsy "
        "encephalitis anxiety ptsd endometriosis fibromyalgia stroke positive deficiency suicide gonorrhoea illness "
        "diagnosis infusion infusions psychiatric rehab rituximab infliximab adalimumab humira tocilizumab "
        "ocrelizumab natalizumab belimumab cyclophosphamide azathioprine"
    ).split()
)
_WHEREABOUTS = re.compile(r",?\s(?:from|at|next\sdoor|across|down\sthe|who\s(?:lives|works))\b")
_OWN_NAME = re.compile(
    r"(?:my\s(?:full\s|real\s)?name\s(?:is|was)|my\sname's|name\s?:|i\sam\scalled|i'm\scalled|ich\sheiße|je\sm'appelle|me\sllamo|mi\schiamo|"
    r"(?:his|her)\s(?:full\s|real\s)?name\sis|patient\s(?:name\s?)?(?:is|:))\s?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\b[Dd]r)(?<!\bMrs)(?<!\bM[rs])(?<!\bProf)[.!?\n](?=\s|$)")
_BEFORE, _AFTER, _SHORT = 60, 90, 30  # characters


def named_people(text: str) -> Iterator[str]:
    for match in _CAPITALS.finditer(text):
        skipped, names = _without_other_words(match.group())
        last = skipped or _last_word(text[max(0, match.start() - _SHORT) : match.start()])
        # Most capitalised words are no names: one alone, without a title and without a stranger before it.
        if not names or (
            len(names) < 2 and last not in _TITLES_AND_STRANGERS and not _WHEREABOUTS.match(text, match.end())
        ):
            continue
        # What belongs to the same sentence.
        before = _SENTENCE_END.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        after = _SENTENCE_END.split(text[match.end() : match.end() + _AFTER])[0]
        if (
            (last in _TITLES and _is_clinician(names, before, after))
            or _is_patient(names, last, before, after)
            or _is_writer(names, before)
        ):
            yield " ".join(names) if " ".join(names) in text else match.group()


def _without_other_words(run: str) -> tuple[str, list[str]]:
    """The last of the words of other kinds before a name, and the names."""
    words = run.split(" ")
    place, last = 0, ""
    while place < len(words) and (word := words[place].lower()) in _NO_NAMES_OR_KINDS:
        place, last = place + 1, word if word not in _NO_NAMES else ""
    return last, [word for word in words[place:] if len(word) > 1]


def _last_word(before: str) -> str:
    words = [word.strip(".,(:").lower() for word in before.split()[-3:]]
    while words and (words[-1] in _BETWEEN or len(words[-1]) <= 1):
        words.pop()
    return words[-1] if words else ""


def _is_clinician(names: list[str], before: str, after: str) -> bool:
    has_place = _AT_A_PLACE.search(after) or _IN_A_TOWN.search(after) or _PLACE_BEFORE.search(before)
    return bool(has_place) or len(names) > 1


def _is_patient(names: list[str], last: str, before: str, after: str) -> bool:
    """Of whom an illness or a treatment is told."""
    if not _tells_illness(after) and not (last in _RELATIVES and len(names) > 1 and _tells_illness(before)):
        return False
    if _NO_PERSONS.search(" ".join(names)):
        return False
    return bool(_HAS.search(after)) or (last in _RELATIVES and len(names) > 1)


def _tells_illness(words: str) -> bool:
    return any(word.strip(".,;:()") in _ILLNESSES for word in words.lower().split())


def _is_writer(names: list[str], before: str) -> bool:
    return len(names) > 1 and bool(_OWN_NAME.search(before))
