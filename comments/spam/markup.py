"""Markup and code in what should be plain text. All is escaped, so it harms nobody, but it says who sent it."""

import re
from collections.abc import Iterator

_CODE_TAGS = (
    "script|style|iframe|frame|object|embed|applet|form|input|button|textarea|select|img|image|svg|math|video|audio|source|"
    "link|meta|base|body|html|head|title|table|tr|td|div|span|marquee|details|template|noscript|isindex|xss|canvas|keygen"
)
_TEXT_TAGS = "a|b|i|u|p|s|em|strong|br|hr|h[1-6]|font|center|ul|ol|li|big|small|strike|blockquote|pre|code|sub|sup"
_BULLETIN_TAGS = "url|img|b|i|u|s|link|quote|code|color|size|email|video|youtube|list|center|font|spoiler"
_EVENTS = (
    "click|dblclick|error|load|unload|mouse[a-z]{1,10}|focus|focusin|blur|submit|change|input|key[a-z]{1,6}|toggle|"
    "pointer[a-z]{1,10}|animation[a-z]{1,10}|transition[a-z]{1,10}|begin|start|copy|paste|cut|drag[a-z]{0,6}|wheel|scroll|"
    "resize|message|hashchange"
)
# Each with what must be in the text for it to be worth a search. "p<0.05", "x < y" and "<5 mg" are no markup: a tag
# begins with its name, and one that only shapes text needs an end or an attribute.
_KINDS = {
    ("<", "%>"): (
        rf"</?(?:{_CODE_TAGS})\b|</?(?:{_TEXT_TAGS})(?:\s{{0,5}}/?>|[\s/]{{1,5}}[a-z-]{{2,20}}\s{{0,3}}=)|</[a-z]"
        r"|<!--|<!\[cdata|<!doctype|<!entity|<\?(?:php|xml|=)|<%|%>|<x:|<#|[\"'`]\s{0,3}/?>\s{0,3}<"
    ),
    ("[",): (
        rf"\[/?(?:{_BULLETIN_TAGS})(?:=[^\s\]]{{1,200}})?\]|\[(?:url|img|link)="
        r"|\[[^\]\n]{1,80}\]\(\s{0,3}[a-z]{2,10}:"
    ),
    ("=",): (
        rf"[\s\"'/<;]on(?:{_EVENTS})\s{{0,3}}=|[\"'`]\s{{0,5}}style\s{{0,3}}=|\bsrcdoc\s{{0,3}}="
        r"|['\"]\s{0,3}(?:or|and)\s{1,3}['\"]?\d{1,4}['\"]?\s{0,3}=\s{0,3}['\"]?\d"
    ),
    ("&", "%", "\\", "+adw"): (
        r"&(?:lt|gt|quot|#x?[0-9a-f]{2,8});?(?=\S)|%3c(?:/|%2f|s|i)|\\x3c|\\u003c|\+adw-|%00|%0d%0a"
        r"|\\r\\n(?:bcc|cc|to|subject|set-cookie|content-type)\s?:"
    ),
    ("{",): r"\{\{.{1,80}?\}\}|\{%.{1,80}?%\}|[$#]\{.{1,80}?\}",
    ("script",): r"\b(?:java|vb|live)\s{0,3}script\s{0,3}:",
    ("data:", "expression", "jndi:"): (r"\bdata:\s{0,3}(?:text|image|application)/|\bexpression\s{0,3}\(|\bjndi:"),
    ("alert", "prompt", "confirm", "eval", "fetch", "timeout", "atob"): (
        r"\b(?:alert|prompt|confirm|eval|fetch|settimeout|atob)[(`]"
    ),
    ("document", "location", ".open", "innerhtml"): (
        r"\bdocument\.(?:cookie|write|location|body)|\b(?:window|top|self|location)\.(?:location|href|open)\b"
        r"|\.innerhtml\b"
    ),
    ("select", "table", "into", "sleep(", "delay", "xp_cmdshell", "--"): (
        r"\bunion\s{1,5}(?:all\s{1,5})?select\b|\bdrop\s{1,3}table\b|\bsleep\(\d|\bwaitfor\s{1,3}delay\b|\bxp_cmdshell\b"
        r"|\binsert\s{1,3}into\s{1,3}\w{1,40}\s{0,3}(?:\(|values)|['\"]\s{0,3};?\s{0,3}--"
    ),
    ("../", "etc/passwd"): r"(?:\.\./){2}|\betc/passwd\b",
    (";",): r";\s{0,3}(?:rm|wget|curl|cat)\s{1,3}[-/h]",
    ("bcc", "cookie", "content-type", "x-"): r"^(?:bcc|set-cookie|content-type|x-[a-z-]{2,20})\s?:",
}
_MARKUP = tuple((needed, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for needed, pattern in _KINDS.items())
_LONGEST_REPORT = 80


def markup(text: str) -> tuple[str, ...]:
    """Each piece once, as it was written."""
    return tuple(dict.fromkeys(_pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    lower = text.lower()
    for needed, pattern in _MARKUP:
        if any(each in lower for each in needed):
            for match in pattern.finditer(text):
                yield match.group().strip()[:_LONGEST_REPORT]
