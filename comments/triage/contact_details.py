"""Ways to reach a person: mail addresses, also those spelt out, telephone numbers, names on other sites."""

import re
from collections.abc import Iterator

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?[@＠]\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.[^\W\d]{2,12}\b")
_AT = r"(?:\s?(?:\(at\)|\[at\]|\{at\})\s?|\s(?:at|arroba)\s)"
_DOT = r"(?:\s?(?:\(dot\)|\[dot\]|\{dot\})\s?|\s(?:dot|punkt|punto)\s)"
_MAIL_SPELT_OUT = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,3}}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[(\[{]at[)\]}]\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}\sat\s(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|gmx|googlemail)\b",
    re.IGNORECASE,
)
# One of these stands in every address spelt out: " at " alone is in every other text.
_SIGNS_OF_SPELLING = (
    *("(at)", "[at]", "{at}", " dot ", "(dot)", "[dot]", "{dot}", " punkt ", " punto ", "gmail", "yahoo", "hotmail"),
    *("outlook", "icloud", "aol", "proton", "gmx", "googlemail"),
)

_SITES = (
    "facebook instagram insta telegram whatsapp whats+app snapchat tiktok twitter skype discord linkedin wechat".split()
)
_ON_SITE = re.compile(
    rf"\b(?:{'|'.join(_SITES).replace('+', ' ')}|fb)\b"
    r"(?:\s(?:me|at|account|handle|name|id|as|under|is)|\s?[:=/@]){1,3}\s?@?(?=[\w.]{0,40}[\d._@])[\w.]{3,40}"
    r"|\b(?:facebook|instagram|twitter|linkedin|tiktok|t|wa)\.(?:com|me)/[\w./-]{3,60}"
    r"|(?<![\w.@])@[a-z_][\w.]{3,30}\b",
    re.IGNORECASE,
)
_SITES_SEEN = (*(site.replace("+", " ") for site in _SITES), "fb", "t.me/", "wa.me/")

_NUMBER = re.compile(r"(?<![\w.,/+#-])(?:\+|\(\+|\()?\d(?:[ \u00a0().\-/–]{0,2}\d){5,17}(?!\w|[.,]\d)")
# Dates, years, ranges, amounts, trials and books have the form of a number too.
_OTHER_NUMBER = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d|(?:19|20)\d\d-\d{6}-\d\d|\d{1,3}(?:[ .]\d{3}){1,4}|\d{1,12} ?[-–] ?\d{1,12}"
    r"|97[89][ -]?[\d -]{10,14}|\d{1,3}(?:[ /.-]\d{1,3}){2,7}"
)
_TELEPHONE = re.compile(
    r"(?:\+|00|\(\+|\(?0).{6,30}|\(?[2-9]\d\d\)?[ .\-/]{1,2}\d{3}[ .\-]\d{4}"
    r"|1[ .\-]\(?[2-9]\d\d\)?[ .\-]{1,2}\d{3}[ .\-]\d{4}"
    r"|[679]\d\d[ .\-]\d{3}[ .\-]\d{3}|[679]\d\d(?:[ .\-]\d\d){3}|[6-9]\d{4}[ -]?\d{5}|\(\d{2,5}\).{5,20}|[2-9]\d{9}"
)
_CALL = re.compile(
    r"\b(?:phone|tel|telephone|mobile|cell|call(?:ed|ing)?|ring|text|sms|whats ?app|number|telegram|signal|viber|fax|"
    r"handy|telefon|mob|landline|reach me|contact)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 40, 25  # characters around a number in which it is said that one can call it


def mail_addresses(text: str) -> Iterator[str]:
    if "@" in text or "＠" in text:
        yield from (match.group() for match in _MAIL.finditer(text))
    if any(map(text.lower().__contains__, _SIGNS_OF_SPELLING)):
        yield from (match.group() for match in _MAIL_SPELT_OUT.finditer(text))


def names_on_sites(text: str) -> Iterator[str]:
    if "@" in text or any(map(text.lower().__contains__, _SITES_SEEN)):
        yield from (match.group() for match in _ON_SITE.finditer(text))


def telephone_numbers(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        if _is_telephone(match.group(), text[max(0, match.start() - _BEFORE) : match.end() + _AFTER]):
            yield match.group()


def _is_telephone(number: str, around: str) -> bool:
    length = sum(map(str.isdigit, number))
    if not 7 <= length <= 15:
        return False
    if number.startswith(("+", "(+")):
        return length >= 8
    if _OTHER_NUMBER.fullmatch(number) and not (number.startswith("0") and length >= 9):
        return False
    return bool(length >= 9 and _TELEPHONE.fullmatch(number)) or bool(_CALL.search(around))
