"""Links in a text, also those without http:// before them, and what is suspicious about them."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from comments.recognition import LETTERS_SEEN
from comments.spam.kinds import KIND_OF
from comments.text import seen, trimmed

SHORTENERS = frozenset(
    "bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at tiny.cc "
    "s.id t.ly bl.ink lnkd.in adf.ly shorte.st ouo.io soo.gd clck.ru u.to tr.im qr.ae short.io shorturl.com snip.ly "
    "1url.com gg.gg linktr.ee wa.me t.me chat.whatsapp.com wa.link amzn.to dlvr.it fb.me trib.al x.co yourls.org "
    "tinyurl.is surl.li".split()
)
# Endings that a link without http:// is known by; with a path behind it, any ending will do.
_ENDINGS = (
    "com|net|org|info|biz|shop|store|online|site|xyz|top|club|ru|cn|io|pro|vip|bet|casino|loan|loans|click|link|live|"
    "example|co\\.uk"
)
_TRADING_ENDINGS = frozenset(
    "xyz top click loan loans bet casino gdn tk ml cf gq buzz work icu cyou rest monster shop store online biz sale "
    "deals vip".split()
)
# Words in the name of a host that say what is sold there.
_TRADES = re.compile(
    r"casino|viagra|cialis|poker|crypto|bitcoin|forex|escort|porn|essay|payday"
    r"|(?:^|[.-])(?:seo|slots?|loans?|bets?|pills?|meds?|cheap|bonus|replica|pharma|hack|keto|cbd|deals?|coupons?|backlinks?|discounts?)(?:[.-]|$)"
)
_AFFILIATE = re.compile(
    r"[?&](?:ref|aff|affid|aff_id|affiliate|affiliate_id|referral|partner|promo|coupon)=", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:https?|ftp)://[^\s<>\"]{3,400}"
    r"|\bwww\.[^\s<>\"]{3,400}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,40}\.){1,4}"
    rf"(?:(?:{_ENDINGS})\b(?:[/?:][^\s<>\"]{{0,300}})?|[a-z]{{2,10}}/[^\s<>\"]{{1,300}})",
    re.IGNORECASE,
)
FEW_WORDS = 8
OF_READERS = frozenset({"care", "feeling", "family", "telling", "asking"})
_POINTS_OUT = frozenset(
    "leaflet brochure source sources study studies information guideline guidelines exercises helpline society patient "
    "patients support journal table figure broken explains help helps helped".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_PUBLIC_BODY = re.compile(r"\.(?:org|gov|edu|int|nhs\.uk|ac\.uk|gov\.uk|europa\.eu|org\.uk)\b", re.IGNORECASE)
_TAKEN_APART = re.compile(
    r"\bhxxps?\b|\w ?[(\[{] ?(?:dot|\.) ?[)\]}] ?\w|\bdot (?:com|net|org|info|ru)\b|\w \. ?(?:com|net|info|shop)\b"
    r"|\bw w w\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"[\d.]+|0x[\da-f.x]+|[\da-f:.]*:[\da-f:.]*", re.IGNORECASE)
_ORDINARY_PORTS = (None, 80, 443)


def links(text: str) -> list[str]:
    return [trimmed(match.group()) for match in _LINK.finditer(seen(text))]


def suspicion(link: str) -> str:
    """Why a reader should not be sent there unseen, or nothing."""
    try:
        # Past its cache, as in `comments.text`.
        parts = urlsplit.__wrapped__(link if "://" in link else f"http://{link}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return _("It has a link that no browser understands.")
    if host in SHORTENERS:
        return _("It has a link that hides where it leads.")
    if _DIRECT.fullmatch(host) or port not in _ORDINARY_PORTS or "@" in parts.netloc:
        return _("It has a link to a machine, not to the name of a site.")
    if "xn--" in host or _mixes_scripts(host):
        return _("It has a link whose name can be mistaken for another.")
    if host.rpartition(".")[2] in _TRADING_ENDINGS or _TRADES.search(host) or _AFFILIATE.search(link):
        return _("It has a link like those of advertising.")
    return ""


def says_little(text: str) -> bool:
    """Whether there is hardly a word beside a link to some site, and none about illness, care or a question."""
    words = [word.casefold() for word in _WORD.findall(_LINK.sub(" ", text))]
    if len(words) > FEW_WORDS or all(_PUBLIC_BODY.search(link) for link in links(text)):
        return False
    return OF_READERS.isdisjoint(KIND_OF.get(word) for word in words) and _POINTS_OUT.isdisjoint(words)


def taken_apart(text: str) -> str:
    """A link written so that no program takes it for one."""
    found = _TAKEN_APART.search(text)
    return found.group() if found else ""


def _mixes_scripts(host: str) -> bool:
    """Whether Latin letters stand beside look-alikes of them, or nothing but look-alikes does."""
    strange = [letter for letter in host if not letter.isascii()]
    plain = unicodedata.normalize("NFKC", host)
    return bool(strange) and (plain != host or any(ord(letter) in LETTERS_SEEN for letter in strange))
