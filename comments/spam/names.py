"""Names that are adverts, or pass themselves off as somebody of this site."""

import re

from comments.phrases import Phrases, read
from comments.spam.links import links
from comments.text import name_key, seen

LONGEST_RUN = 5


def _keys(words: str) -> frozenset[str]:
    """As the eye takes them (`comments.text.name_key`)."""
    return frozenset(map(name_key, words.split()))


_OFFICES = _keys(
    "admin administrator administration moderator moderation moderators mod webmaster sysadmin root staff editor "
    "editors editorialteam editorialoffice immunoportal immunoportalteam teamimmunoportal theimmunoportalteam "
    "support supportteam helpdesk customerservice official siteadmin siteowner owner medicalteam theteam theeditors "
    "themoderators"
)
_OFFICE_WORDS = _keys("admin administrator moderator webmaster immunoportal")
_PHONE = re.compile(r"\d(?:[ ().+-]{0,3}\d){6}")
_MAIL = re.compile(r"\w@\w")
_WARES = Phrases(
    "(seo|casino|casinos|poker|slots|betting|bet365|1xbet|viagra|cialis|pharmacy|pharma|pills|supplement*|gummies|"
    "keto|cbd|loan|loans|lender|lenders|crypto|bitcoin|forex|trader|trading|investment*|investor|escort|escorts|"
    "hacker|hackers|spell|spells|herbalist|herbal|astrologer|psychic|essay|essays|replica|outlet|discount|discounts|"
    "coupon|coupons|wholesale|backlinks|marketing|followers|iptv|vpn|hosting|slimming|weightloss|giveaway|jackpot|"
    "deals|promo|ltd|llc|gmbh)",
    "(weight loss|web design|web developer|real estate|hair transplant|stem cell|call girl*|hot girl*|make money|"
    "free money|earn money|online shop|online store|online jobs|credit repair|solar panels|home remedies|natural "
    "cure*)",
    "(buy|order|download|cheap|click|visit|hire) (#|now|here|my|our|the|online|best|cheap|meds|pills|bags|watches|"
    "shoes|tickets)",
)


def advert_in(name: str) -> str:
    """The part of a name that sells something."""
    if found := links(name):
        return found[0]
    for shape in (_MAIL, _PHONE):
        if match := shape.search(name):
            return match.group()
    return next(iter(_WARES.words(read(name))), "")


def borrowed(name: str, staff_names: frozenset[str]) -> str:
    """The part of a name that belongs to somebody else here: a name of staff, or an office.

    A title of doctors is none: every comment says whether its writer is a verified clinician.
    """
    words = re.split(r"[\s_.,()/|-]+", seen(name).strip())[: 2 * LONGEST_RUN]
    whole = name_key(name)
    if whole in _OFFICES or whole in staff_names or name_key(name.rstrip("0123456789 ")) in staff_names | _OFFICES:
        return name
    for size in range(1, LONGEST_RUN + 1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            key = name_key("".join(run))
            # A single first name belongs to many.
            if key in _OFFICE_WORDS or (size > 1 and key in staff_names | _OFFICES):
                return " ".join(run)
    return ""
