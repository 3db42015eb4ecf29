"""What may enter and what may leave: the limits on the source text, and the two nh3 policies around the normaliser."""

import re
from collections import Counter
from urllib.parse import urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 200_000
MAX_NESTING = 60
MAX_ATTRIBUTES = 1_000
MAX_REOPENED = 50_000
MAX_LEFT_OPEN = 5_000

HELP_LEVELS = ("non-urgent", "urgent", "emergency")
REFERENCE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
IMAGE_NAME = re.compile(r"[0-9a-f]{32}")


class RichTextError(ValidationError):
    pass


# Limits, checked before any parser sees the text.

# What XML cannot carry would break the feeds; NUL breaks PostgreSQL; lone surrogates break every encoder.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
TAG_INSIDE = re.compile(r"<[a-zA-Z][^<>]*")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Left open in correct HTML; how deep they can get is bounded by the tags that are counted.
MAY_STAY_OPEN = frozenset("p li dt dd tr td th thead tbody tfoot colgroup option optgroup html head body".split())
# Left open, the parser opens these again in every following block.
REOPENED = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def check_characters(text: str) -> None:
    if found := FORBIDDEN.search(text):
        raise RichTextError(
            _("The text contains a character that cannot be stored (U+%(code)s). Remove it and try again."),
            code="control_character",
            params={"code": f"{ord(found[0]):04X}"},
        )


def check_size(text: str) -> None:
    size = len(text.encode())
    if size > MAX_BYTES:
        raise RichTextError(
            _("The text is too long: %(size)s bytes, at most %(limit)s are possible. Split it into several pages."),
            code="too_long",
            params={"size": size, "limit": MAX_BYTES},
        )


def check_tags(source: str) -> None:
    """Comparing the attributes of one tag with each other takes the square of their number."""
    longest = max((QUOTED.sub("=", tag) for tag in TAG_INSIDE.findall(source)), key=len, default="")
    if sum(map(longest.count, " \t\n\f/=")) > 4 * MAX_ATTRIBUTES:
        raise RichTextError(_("An element has too many attributes. Paste the text without formatting."), code="tag")


def too_deep(limit: int = MAX_NESTING) -> RichTextError:
    return RichTextError(
        _("The text is nested too deeply: at most %(limit)s elements may be open inside each other."),
        code="too_deep",
        params={"limit": limit},
    )


def check_nesting(source: str, *, limit: int = MAX_NESTING) -> None:
    """Refuses what would make an HTML parser slow. A tag counts as open until one of its name closes, wherever."""
    opened: Counter[str] = Counter()
    depth = formatting = reopened = left_open = 0
    for slash, name in TAG.findall(source.lower()):
        change = -1 if slash else 1
        if name not in REOPENED:
            reopened += formatting
        if name in VOID or (slash and not opened[name]):
            continue
        opened[name] += change
        if name in MAY_STAY_OPEN:
            left_open += change
        else:
            depth += change
            formatting += change if name in REOPENED else 0
        if depth > limit or left_open > MAX_LEFT_OPEN or reopened > MAX_REOPENED:
            raise too_deep(limit)


def without_comments(source: str) -> str:
    """Takes out complete comments, so that the text that is counted is the text that is parsed."""
    kept, position = [], 0
    while (start := source.find("<!--", position)) >= 0 and (end := source.find("-->", start + 2)) >= 0:
        kept.append(source[position:start])
        position = end + 3
    return "".join(kept) + source[position:]


# Links.

OWN_PAGE = re.compile(r"/(?:conditions|therapies|articles)/[-\w]+/(?:#[-\w.:]+)?|#[-\w.:]+")
MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+(?:\?[^\s]*)?", re.IGNORECASE)
UNFIT_FOR_ADDRESS = re.compile(r"[\x00-\x20\x7f\xa0\\<>\"]")


def allowed_link(address: str) -> bool:
    """Whole addresses of the web and of mail, and the site's own public pages; nothing that browsers read otherwise."""
    if UNFIT_FOR_ADDRESS.search(address):
        return False
    if OWN_PAGE.fullmatch(address) or MAIL.fullmatch(address):
        return True
    if not re.match(r"https?://[^/?#]", address, re.IGNORECASE):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


# The policies.

INLINE = frozenset("strong em a sub sup br".split())
STORED = INLINE | frozenset(
    "p h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td figure figcaption div".split()
)
# Known to the normaliser, which renames them or puts a boundary where they stood, so that no words are glued.
SOURCE = STORED | frozenset(
    "b i cite dfn h1 h5 h6 tfoot address article aside center dd details dialog dir dl dt fieldset footer form header"
    " hgroup hr legend main menu nav optgroup option pre search section summary".split()
)
DROPPED_WITH_CONTENT = frozenset(
    "applet audio canvas datalist iframe math noembed noframes noscript object script select style svg template"
    " textarea title video xml xmp".split()
)
ATTRIBUTES = {
    "*": set(),
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
    "sup": {"data-ref"},
    "div": {"data-help"},
    "figure": {"data-image"},
}
WORD_LIST = "MsoListParagraph"


def stored_value(tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            value = value.strip(" \t\n\f\r")
            fits = allowed_link(value)
        case "colspan" | "rowspan":
            fits = value.isascii() and value.isdigit() and 2 <= int(value[:5]) <= 100
        case "start":
            fits = re.fullmatch(r"[0-9]{1,4}", value) and value != "1"
        case "scope":
            fits = value in {"col", "row"}
        case "data-ref":
            fits = REFERENCE_KEY.fullmatch(value)
        case "data-help":
            fits = value in HELP_LEVELS
        case "data-image":
            fits = IMAGE_NAME.fullmatch(value)
        case _:
            fits = False
    return value if fits else None


def source_value(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return WORD_LIST if value.startswith(WORD_LIST) else None
    return stored_value(tag, name, value)


def cleaner(tags: frozenset[str], attributes: dict[str, set[str]], attribute_filter) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes=attributes,
        attribute_filter=attribute_filter,
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


source_policy = cleaner(SOURCE, ATTRIBUTES | {"p": {"class"}}, source_value)
stored_policy = cleaner(STORED, ATTRIBUTES, stored_value)
