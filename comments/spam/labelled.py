"""Files of labelled comments, with which the rules are tried."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comments.verdicts import Candidate, Flag

LABELS = ("spam", "genuine", "crisis", *Flag.values[1:], "hostile-markup")
COLUMNS = ("label", "page_slug", "name", "text")
_ESCAPED = re.compile(r"\\([nt\\])")
_MEANS = {"n": "\n", "t": "\t", "\\": "\\"}


class FileError(Exception):
    """Says in one sentence what is wrong with the file."""


@dataclass(frozen=True)
class Labelled:
    line: int
    label: str
    candidate: Candidate


def read_labelled(path: Path) -> list[Labelled]:
    """All of the file. The page is not looked up: no rule asks for it. Raises FileError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path} is not in UTF-8: see byte {error.start}.") from error
    # Only line feeds end a line: a comment may hold any other character that counts as the end of one.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    header = lines[0].split("\t")
    if missing := [name for name in COLUMNS if name not in header]:
        raise FileError(f"{path}: the header lacks {', '.join(missing)}. It must name {', '.join(COLUMNS)}.")
    return list(_rows(path, header, lines))


def _rows(path: Path, header: list[str], lines: list[str]) -> Iterator[Labelled]:
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines[1:], start=2):
        fields = line.split("\t")
        if len(fields) != len(header):
            raise FileError(f"{path}, line {number}: there are {len(fields)} columns instead of {len(header)}.")
        row = dict(zip(header, fields, strict=True))
        if row["label"] not in LABELS:
            raise FileError(f"{path}, line {number}: “{row['label']}” is none of the labels {', '.join(LABELS)}.")
        yield Labelled(number, row["label"], Candidate(name=_unescaped(row["name"]), text=_unescaped(row["text"])))


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: _MEANS[match[1]], value)
