"""What stands around a copied text: names of its writers, and the furniture of the page it was copied from."""

import re

from django.utils.translation import gettext as _

from .document import Document, quoted
from .textblocks import Block

LONGEST_FURNITURE = 120
LONGEST_NAME = 60

# Captions and labels, and the few whole sentences that every shop and blog prints; no other sentence matches.
FURNITURE = re.compile(
    r"""(?:\d+\s+)?(?:comments?|reviews?|repl(?:y|ies))(?:\s*\(\d+\))?:?
    |no\ (?:comments|reviews)(?:\ yet)?\.?
    |(?:write|leave|post|add|submit)\ (?:a|your)\ (?:review|comment|reply)[^.!?]{0,25}
    |be\ the\ first\ to\ (?:comment|review|reply)[^.!?]{0,40}[.!]?
    |(?:.{1,60}\s)?required\ fields\ are\ marked\b[^.!?]{0,10}\.?
    |your\ e-?mail\ address\ will\ not\ be\ published\b.{0,60}
    |(?:categories|category|tags?|archives|recent\ posts|recent\ comments|search|menu|navigation|newsletter|follow\ us)
        (?::[^.!?]{0,80})?
    |(?:share|print|e-?mail|tweet|facebook|twitter|x|pinterest|whatsapp|linkedin|instagram|youtube)
        (?:\ (?:this(?:\ \w+)?|on\ \w+))?:?
    |(?:related|similar|popular|more)\ (?:posts|articles|products|stories|reading|topics):?
    |you\ (?:may|might)\ also\ (?:like|be\ interested)[^.!?]{0,20}
    |(?:previous|next)(?:\ (?:post|article|page))?:?
    |(?:log|sign)\ ?(?:in|up|out)\b[^.!?]{0,30}|register|subscribe[^.!?]{0,40}|my\ account
    |add\ to\ (?:cart|basket|bag|wish\ ?list)|in\ stock|out\ of\ stock|checkout|shopping\ (?:cart|basket)
    |(?:name|e-?mail|website|your\ (?:name|e-?mail|rating|review|comment))\s*\*?:?
    |cancel\ reply|submit|send|post\ comment|save\ my\ name\b.{0,90}
    |(?:©|\(c\)\ |copyright\ ©?).{0,60}|all\ rights\ reserved\.?
    |skip\ to\ (?:main\ )?content|home|back\ to\ top|read\ more|continue\ reading|loading\W*|advertisement|sponsored""",
    re.IGNORECASE | re.VERBOSE,
)
BYLINE = re.compile(r"(?:by|written\ by|authors?:|text:)\s+(\S.*)", re.IGNORECASE)
NAME = re.compile(
    r"""(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame)\.?\s+)*
    [^\W\d_a-z][\w'’-]*\.?
    (?:\s+(?:(?:van|von|de|del|della|der|den|da|di|dos|la|le|al|bin|el|zu)\s+)*[^\W\d_a-z][\w'’-]*\.?){1,3}
    (?:,\s*(?:[A-Z][A-Za-z.]{1,6}(?:,\s*)?){1,4})?""",
    re.VERBOSE,
)
NOT_IN_NAMES = frozenset(
    "the a an and of in for to your you our thank thanks end further reading read more see also about contact"
    " references sources disclaimer summary conclusion conclusions questions information help notes".split()
)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\band\b|&)\s*", re.IGNORECASE)


# Furniture.


def without_furniture(document: Document, blocks: list[Block]) -> list[Block]:
    start = 0
    while start < len(blocks) and is_furniture(blocks[start]):
        start += 1
    end = furniture_start(blocks)
    if end - start < 2:
        # Nothing but a title would be left: these lines are the text.
        return blocks
    for block in [*blocks[:start], *blocks[end:]]:
        document.note("dropped", _("what surrounds the text on its page: %(text)s") % {"text": quoted(words(block))})
    return blocks[start:end]


def words(block: Block) -> str:
    return block.text or "; ".join(block.items) or " | ".join(cell for row in block.rows for cell in row)


def is_furniture(block: Block) -> bool:
    return block.kind == "text" and len(block.text) <= LONGEST_FURNITURE and bool(FURNITURE.fullmatch(block.text))


def furniture_start(blocks: list[Block]) -> int:
    """Where the tail begins: at a piece of furniture, with only short lines after it, most of them furniture too."""
    start = position = len(blocks)
    pieces = others = 0
    while position > 0 and is_short(blocks[position - 1]):
        position -= 1
        if is_furniture(blocks[position]):
            pieces += 1
            start = position if pieces >= others else start
        else:
            others += 1
    return start


def is_short(block: Block) -> bool:
    if block.kind == "list":
        return all(len(item) <= 40 and item[-1] not in ".!?;" for item in block.items)
    if is_furniture(block):
        return True
    return block.kind == "text" and len(block.text) <= 60 and block.text[-1] not in ".!?:;"


# Writers.


def take_byline(document: Document, blocks: list[Block]) -> list[Block]:
    """“By …” under the title, or names alone at the end, often twice."""
    start, end = 0, len(blocks)
    if blocks and (names := names_in_line(blocks[0])):
        document.byline, start = names, 1
    while end - 1 > start and (names := closing_names(blocks[end - 1])):
        document.byline = [*(name for name in names if name not in document.byline), *document.byline]
        end -= 1
    if document.byline:
        document.note("recognised", _("written by %(names)s") % {"names": ", ".join(document.byline)})
    return blocks[start:end]


def names_in_line(block: Block) -> list[str]:
    match = BYLINE.fullmatch(block.text) if block.kind == "text" and len(block.text) <= 2 * LONGEST_NAME else None
    names = BETWEEN_NAMES.split(match[1].rstrip(".")) if match else []
    return names if all(map(NAME.fullmatch, names)) else []


def closing_names(block: Block) -> list[str]:
    if names := names_in_line(block):
        return names
    return [block.text] if block.kind == "text" and len(block.text) <= LONGEST_NAME and is_name(block.text) else []


def is_name(text: str) -> bool:
    return bool(NAME.fullmatch(text)) and not text.isupper() and NOT_IN_NAMES.isdisjoint(text.casefold().split())
