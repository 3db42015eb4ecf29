"""Numbers that stand for a person: of health services, insurances, hospitals and states, and dates of birth.

Some are known by their form or their check digits; the others only beside a word such as "patient number".
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

_FORMS = re.compile(
    r"(?<![\w-])(?:"
    r"\d{3}[- ]\d{2}[- ]\d{4}"  # social security, United States
    r"|(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # Britain
    r"|QQ ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # the form's own example of it
    r"|[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?"
    r"[AC-HJKMNP-RT-Y]{2}\d{2}"  # Medicare
    r"|\d{4}[- ]?\d{3}[- ]?\d{3}[- ]?[A-Z]{2}"  # Ontario
    r"|[A-Z]\d{9}|\d{2} ?\d{6} ?[A-Z] ?\d{3}"  # Germany
    r"|[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?"  # France
    r"|[A-Z]{6} ?\d{2}[A-EHLMPRST]\d{2} ?[A-Z]\d{3}[A-Z]"  # Italy
    r"|\d{8}[- ]?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z]"  # Spain
    r"|\d{7}[A-W][A-IW]?"  # Ireland
    r"|(?:19|20)?\d{6}[-+]\d{4}|\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]"  # Sweden, Denmark, Finland
    r"|\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}"  # Belgium
    r"|756\.\d{4}\.\d{4}\.\d{2}"  # Switzerland
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # Brazil
    r"|\d{4}[ -]\d{4}[ -]\d{4}(?:[ -]\d{4})?"  # India; bank cards
    r"|[2-6]\d{3} \d{5} \d(?:[ /]\d)?"  # Australia
    r"|[A-HJ-NP-Z]{3}(?!19|20)\d{4}"  # New Zealand
    r"|[A-Z]{4} ?\d{6} ?[HM][A-Z]{5}[A-Z0-9]\d"  # Mexico
    r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?"  # bank accounts
    r")(?![\w-])"
)
_TEN_DIGITS = re.compile(r"(?<![\w.+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")
_ELEVEN_DIGITS = re.compile(r"(?<![\w.+-])\d{11}(?![\w-]|\.\d)")

# A code of letters and digits, and the words before it that say what it is.
_CODE = re.compile(r"(?<![\w/-])#?[A-Z]{0,4}[ /-]?\d[A-Z0-9]{0,12}(?:[ ./-]\d[A-Z0-9]{0,8}){0,6}(?!\w)")
_KINDS = (
    r"nhs|chi|patient|hospital|mrn|hosp|medical record|records?|insurance|policy|member(?:ship)?|passport|"
    r"medicare|medicaid|chart|case|file|social security|ssn|sin|national insurance|nino?|health (?:card|service|"
    r"insurance|number|care)|healthcare|ihi|phn|ohip|ahv|avs|bsn|dni|nie|ppsn?|pesel|cpf|nhi|hkid|aadhaar|"
    r"identity|driving licence|driver'?s licen[sc]e|reference|account|versicherten|versicherungs?|"
    r"sozialversicherungs?|krankenversicherungs?|sécurité sociale|carte vitale|codice fiscale|tessera sanitaria|"
    r"personnummer|cpr|hetu|svnr|kvnr|iban|admission|booking|claim|blue badge|burgerservice"
)
_NUMBER_WORDS = r"number|no\.?|nr\.?|num|id|i\.d\.|#|code|card|identifier|nummer|numéro|ref|reference"
_KIND_BEFORE = re.compile(
    rf"\b(?:{_KINDS})(?:'s|s)?[ \-]{{0,2}}(?:(?:card|service|security|insurance)[ \-]{{1,2}})?(?:{_NUMBER_WORDS})?"
    r"(?:\s(?:at|for|in|of)\s(?:the|my|our)?\s?\w{1,15})?\s{0,2}(?:is|was|=|:|#|-|\(|n°|says|ends\sin|ist|est|e'|è)?\s{0,2}$",
    re.IGNORECASE,
)
_BEFORE = 60
_FEWEST_DIGITS = 4
_MOST_CODES = 200  # more of them are no comment

_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}(?:st|nd|rd|th)?[ ./-]{1,2}(?:of\s)?(?:\d{1,2}|[A-Za-zäéûç]{3,9}\.?)[ ,./-]{1,2}(?:19|20)?\d{2}"
    r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d{2})"
)
_BORN_BEFORE = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?(?:date|day)|born|geboren|geb\.|geburtsdatum|née?|naissance|nacid[oa]|"
    r"nat[oa]|b\.)[^\n\d]{0,25}$",
    re.IGNORECASE,
)


# So close together stand the digits of every number here.
_DENSE = re.compile(r"\d(?:[^\d\n]{0,3}\d){3}")
_BORN = ("born", "birth", "dob", "d.o.b", "d o b", "geb", "née", "né ", "naiss", "nacid", "nat", "b.")


def identity_numbers(text: str) -> Iterator[str]:
    if not _DENSE.search(text):
        return
    yield from (match.group() for match in _FORMS.finditer(text))
    for match in islice(_CODE.finditer(text), _MOST_CODES):
        if sum(map(str.isdigit, match.group())) >= _FEWEST_DIGITS and _is_named(text, match):
            yield match.group()
    for pattern, is_valid in _CHECKED:
        for match in pattern.finditer(text):
            if is_valid([int(digit) for digit in match.group() if digit.isdecimal()]):
                yield match.group()


def _is_named(text: str, code: re.Match) -> bool:
    """The last letters before the digits may belong to the name, as in "BSN 123", or to the code, as in "no. RH-20"."""
    digits = next(place for place in range(code.start(), code.end()) if text[place].isdigit())
    places = {code.start(), digits}
    return any(_KIND_BEFORE.search(text[max(0, place - _BEFORE) : place]) for place in places)


def dates_of_birth(text: str) -> Iterator[str]:
    if not any(map(text.lower().__contains__, _BORN)):
        return
    for match in _DATE.finditer(text):
        if _BORN_BEFORE.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield match.group()


def _is_nhs_number(digits: list[int]) -> bool:
    """The tenth digit checks the others, modulo 11."""
    check = (11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11) % 11
    return check != 10 and digits[9] == check and len(set(digits)) > 1


def _is_polish(digits: list[int]) -> bool:
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 10 == 0 and len(set(digits)) > 2


def _is_norwegian(digits: list[int]) -> bool:
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)):
        if sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11:
            return False
    return len(set(digits)) > 2


_CHECKED: tuple[tuple[re.Pattern, Callable[[list[int]], bool]], ...] = (
    (_TEN_DIGITS, _is_nhs_number),
    (_ELEVEN_DIGITS, _is_polish),
    (_ELEVEN_DIGITS, _is_norwegian),
)
