"""The text of comments: plain text, kept as it was typed. Markup is never made of it but paragraphs and links."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comments.recognition import LETTERS_SEEN

LONGEST_NAME = 60
LONGEST_TEXT = 5_000
LONGEST_ANSWER = 2_000
# In UTF-8: four bytes for most emojis, so that this binds only texts that are mostly such.
MOST_BYTES_PER_CHARACTER = 3
# Somebody who sends this many times too much learns only that it is too long.
FAR_TOO_LONG = 4
# More marks on one letter than any script needs, and enough to cover the lines above and below.
MOST_MARKS = 8
MOST_LINKS = 2

# Kept: tab and line feed. Refused: other control characters, lone surrogates, noncharacters.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s<>\"'`\\^{|}\x00-\x20]{4,300}", re.IGNORECASE)
_TRAILING = ".,;:!?…)]’”*_"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
# Zero-width characters, bidirectional controls, variation selectors: they change no letter that is seen.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# In a name digits look like letters, l, i and 1 like each other, and two letters like one.
_LOOK_ALIKES = str.maketrans("0134578i", "oleastbl")
_LOOK_ALIKE_PAIRS = (("rn", "m"), ("vv", "w"))


def clean_text(value: str, longest: int = LONGEST_TEXT) -> str:
    """In NFC, with line feeds as the only line ends. Raises ValidationError for what cannot be kept as it is."""
    if len(value) > FAR_TOO_LONG * longest:
        raise ValidationError(_too_long(value, longest))
    if has_towers(value):
        # At once: putting a long run of marks in order takes time by its square.
        raise ValidationError(_("A letter of this text carries more accents than can be shown. Remove some."))
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    problems = []
    if len(value) > longest:
        problems.append(_too_long(value, longest))
    if _CONTROLS.search(value):
        problems.append(_("This text holds characters that cannot be shown. Type it again, or paste it as plain text."))
    elif len(value.encode()) > MOST_BYTES_PER_CHARACTER * longest:
        problems.append(_("This text takes too much room. Write fewer emojis, or a shorter text."))
    if problems:
        raise ValidationError(problems)
    return value


def _too_long(value: str, longest: int) -> str:
    return _("This text has %(has)d characters; it can have %(most)d.") % {"has": len(value), "most": longest}


def clean_name(value: str) -> str:
    """One line, spaces made single. Raises ValidationError for what cannot be kept as it is."""
    if "\n" in value or "\r" in value:
        raise ValidationError(_("A name has one line."))
    value = " ".join(clean_text(value, LONGEST_NAME).split())
    if value and not name_key(value):
        raise ValidationError(_("A name needs a letter or a number."))
    return value


def has_towers(value: str) -> bool:
    """Whether a letter carries so many marks that they would cover other lines."""
    if value.isascii():
        return False
    marks = 0
    for character in value:
        is_mark = unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        if marks > MOST_MARKS:
            return True
    return False


def seen(value: str) -> str:
    """Without the characters that nobody sees."""
    return _UNSEEN.sub("", value)


def name_key(value: str) -> str:
    """A name as the eye takes it: look-alikes, accents, case, spaces and unseen characters make no difference."""
    value = unicodedata.normalize("NFKD", seen(value)).casefold().translate(LETTERS_SEEN).translate(_LOOK_ALIKES)
    value = "".join(character for character in value if character.isalnum())
    for pair, letter in _LOOK_ALIKE_PAIRS:
        value = value.replace(pair, letter)
    return value


# Showing


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; with an address it is a link."""

    text: str
    url: str = ""


def paragraphs(value: str) -> list[list[list[Run]]]:
    """Paragraphs of lines of runs. At most two links; what comes after them stays text."""
    left = MOST_LINKS
    found = []
    for block in re.split(r"\n[ \t]*\n\s*", value):
        lines = []
        for line in block.split("\n"):
            runs, left = _runs(line, left)
            lines.append(runs)
        found.append(lines)
    return found


def _runs(line: str, left: int) -> tuple[list[Run], int]:
    runs, start = [], 0
    for match in _LINK.finditer(line):
        address = trimmed(match.group())
        if not left or not is_web_address(address):
            continue
        if match.start() > start:
            runs.append(Run(line[start : match.start()]))
        runs.append(Run(address, address))
        start, left = match.start() + len(address), left - 1
    if start < len(line):
        runs.append(Run(line[start:]))
    return runs, left


def trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    while address and address[-1] in _TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def is_web_address(address: str) -> bool:
    """A whole address of a public site: http or https, a plain host name, no user name before it; not our own desks."""
    try:
        # Past its cache, which would keep links of comments that were erased.
        parts = urlsplit.__wrapped__(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = parts.scheme.lower() in ("http", "https") and "@" not in parts.netloc and port in (None, 80, 443)
    is_desk = host.lower() == _own_host() and unquote(parts.path).casefold().strip("/").partition("/")[0] == "admin"
    return bool(plain and _HOST.fullmatch(host) and "." in host and ".." not in host and not is_desk)


def _own_host() -> str:
    return urlsplit.__wrapped__(settings.SITE_URL).hostname or ""
