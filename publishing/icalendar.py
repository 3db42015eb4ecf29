"""Calendars as text (RFC 5545), as far as the portal needs it: events without an end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """`start` is a moment, or a day for what lasts all day. `uid` stays the same when it moves."""

    uid: str
    start: date | datetime
    summary: str
    description: str
    url: str


def calendar_text(name: str, events: Iterable[Event], *, now: datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ImmunoPortal//Calendar//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += _event_lines(event, now)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event_lines(event: Event, now: datetime) -> list[str]:
    is_moment = isinstance(event.start, datetime)
    start = f"DTSTART:{utc(event.start)}" if is_moment else f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{utc(now)}",
        start,
        f"SUMMARY:{escaped(event.summary)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, kept)
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """In pieces of at most 75 bytes; all but the first begin with a space. No character is cut apart."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece])
