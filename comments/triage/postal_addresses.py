"""Where a person lives, written as in several countries. Every form has a number; that is what is looked for first."""

import re
from collections.abc import Iterator

_STREET = (
    "street|st|road|rd|avenue|ave|av|lane|ln|drive|close|court|ct|crescent|cres|place|pl|terrace|gardens|grove|"
    "boulevard|blvd|hill|square|sq|row|mews|parade|highway|hwy|parkway|circle|cir|trail|way|walk|rise|view|green|"
    "quay|drv"
)
_SMALL = r"(?:(?:de|du|des|la|le|les|del|las|los|della|dei|delle|di|da|do|dos|saint|sainte|st)\s|d'|l'){0,3}"

# From a house number on.
_NUMBER_FIRST = re.compile(
    rf"(?<![\w.])\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'’.-]{{1,20}}\s){{1,4}}(?i:{_STREET})\b"
    r"|(?<![\w.])\d{1,5}[a-z]?\s(?:[a-z'’]{2,20}\s){1,2}(?:street|road|avenue|lane|crescent|terrace|close|boulevard)\b"
    r"|(?<![\w.])\d{1,4}\s?(?:bis|ter)?,?\s(?i:rue|avenue|boulevard|place|chemin|impasse|allée|quai|route|cours)\s"
    rf"{_SMALL}[A-ZÉ]?[\w'-]{{2,30}}"
)
# Up to a house number.
_NUMBER_LAST = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\wäöüß-]{1,30}(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer|steig|straat|laan|gracht|plein|gatan|"
    r"vägen|veien|gata|vej|gade|katu)|[A-ZÄÖÜ][\wäöüß-]{1,30}[ -](?:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Ring)"
    rf"|(?i:rue|calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale|piazza|corso|largo|rua|praça|ulica|ul\.)\s{_SMALL}"
    r"[A-ZÁÉÍÓÚŁŚŻ][\wáéíóúñçłśż'-]{1,30}(?:\s[A-Z][\wáéíóúñ'-]{1,20})?,?(?:\sn[º°.])?"
    r"|(?i:p\.?\s?o\.?\s?box|postfach|apartado)|(?i:flat|apartment|apt|suite)\.?\s\w{1,4},)\s\d{1,5}\s?[a-zA-Z]?(?!\w|[.,%]\d)"
)
_STREETS = (
    *(
        "straße strasse str. weg gasse platz allee ring damm ufer steig straat laan gracht plein gatan vägen veien "
        "gata vej gade"
    ).split(),
    *(
        "katu rue calle c/ avenida avda plaza paseo carrer via piazza corso largo rua praça ulica ul. box postfach "
        "apartado"
    ).split(),
    *"flat apartment apt suite".split(),
)

# United Kingdom, without the forms that are names of units; Canada.
_POSTCODE = re.compile(
    r"(?<!\w)(?!AB)[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}(?!\w)"
    r"|(?<!\w)[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\s?\d[ABCEGHJ-NPRSTV-Z]\d(?!\w)"
)
_STATE_AND_CODE = re.compile(r"(?<!\w)([A-Z]{2,3})\s\d{4,5}(?!\w)")
_STATES = frozenset(
    (
        "AK AL AR AZ CA CO CT DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK "
        "OR PA RI SC SD TN TX UT VA VT WA WI WV WY DC NSW VIC QLD TAS ACT"
    ).split()
)
# "10000 People" has the form of a postcode and a town: it counts where somebody says where they live.
_CODE_AND_TOWN = re.compile(r"(?<!\w)(?:D-|A-|CH-)?(?!(?:19|20)\d\d\s)\d{4,5}\s[A-ZÄÖÜÉ][a-zäöüßéè]{2,20}(?!\w)")
_LIVES = re.compile(
    r"\b(?:(?:i|we|he|she|who)\s(?:live|lives|moved)|living\s(?:in|at)|address|wohne|wohnt|wohnen|habite|my\shouse|post\sit|"
    r"send\sit|visit\s(?:me|us))\b",
    re.IGNORECASE,
)


def postal_addresses(text: str) -> Iterator[str]:
    for pattern in (_NUMBER_FIRST, _POSTCODE):
        yield from (match.group() for match in pattern.finditer(text))
    yield from (match.group() for match in _STATE_AND_CODE.finditer(text) if match[1] in _STATES)
    if any(map(text.lower().__contains__, _STREETS)):
        yield from (match.group() for match in _NUMBER_LAST.finditer(text))
    towns = [match.group() for match in _CODE_AND_TOWN.finditer(text)]
    if towns and _LIVES.search(text):
        yield from towns
