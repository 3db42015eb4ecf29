"""Splits plain text into paragraphs, lists and tables."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

LONGEST_HEADING = 80
LONGEST_WRAPPED_LINE = 110

BULLET = re.compile(r"(\s*)[•◦▪‣●○·*–-]\s+(\S.*)")
NUMBER = re.compile(r"(\s*)(\d{1,2})[.)]\s+(\S.*)")
TABLE_RULE = re.compile(r"[\s|:+-]+")
DECORATION = re.compile(r"\s*([-=_*~#])\1{2,}\s*")
CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass
class Block:
    kind: Literal["text", "heading", "list", "table"]
    text: str = ""
    items: list[str] = field(default_factory=list)
    ordered: bool = False
    start: int = 1
    rows: list[list[str]] = field(default_factory=list)
    ruled: bool = False
    after_blank: bool = False


def heading_like(text: str, limit: int) -> bool:
    first = text.lstrip("“\"'(#1234567890. ")[:1]
    return len(text) <= limit and first.isalpha() and not first.islower() and text[-1] not in ".,;:!…"


def split_blocks(source: str) -> list[Block]:
    groups = line_groups(source)
    wrapped = is_wrapped(groups)
    blocks: list[Block] = []
    for group in groups:
        first_of_group = len(blocks)
        for block in group_blocks(group, wrapped):
            add(blocks, block)
        if len(blocks) > first_of_group:
            blocks[first_of_group].after_blank = True
    return blocks


def line_groups(source: str) -> list[list[str]]:
    """The lines between blank ones."""
    groups: list[list[str]] = [[]]
    for line in source.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def is_wrapped(groups: list[list[str]]) -> bool:
    """Whether one paragraph covers several lines: they are of similar length, and many end within a sentence."""
    lines = [line for group in groups for line in group]
    inner = [line for group in groups for line, after in pairwise(group) if not (is_item(line) or is_item(after))]
    longest = max(map(len, lines), default=0)
    if not inner or longest > LONGEST_WRAPPED_LINE:
        return False
    full = [line for line in inner if len(line) >= 0.6 * longest]
    open_ended = [line for line in full if line[-1] not in '.!?:;”"|']
    return len(full) >= 0.6 * len(inner) and len(open_ended) >= 0.3 * len(full)


def is_item(line: str) -> bool:
    return bool(BULLET.fullmatch(line) or NUMBER.fullmatch(line) or "|" in line)


def add(blocks: list[Block], block: Block) -> None:
    """Appends; items of one list may stand apart."""
    last = blocks[-1] if blocks else None
    if last and block.kind == last.kind == "list" and block.ordered == last.ordered and follows(last, block):
        last.items += block.items
    else:
        blocks.append(block)


def follows(last: Block, block: Block) -> bool:
    return not block.ordered or block.start == last.start + len(last.items)


def group_blocks(lines: list[str], wrapped: bool) -> list[Block]:
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        if length := table_length(lines, place):
            found = table(lines[place : place + length])
            blocks += [found] if found.rows else []
            place += length
            continue
        line_block(blocks, lines[place], wrapped)
        place += 1
    return blocks


def line_block(blocks: list[Block], line: str, wrapped: bool) -> None:
    last = blocks[-1] if blocks else None
    if DECORATION.fullmatch(line):
        return
    if bullet := BULLET.fullmatch(line):
        add(blocks, Block("list", items=[bullet[2]]))
    elif number := NUMBER.fullmatch(line):
        add(blocks, Block("list", items=[number[3]], ordered=True, start=int(number[2])))
    elif last and last.kind == "list" and (wrapped or line.startswith(("  ", "\t"))):
        last.items[-1] += f" {line.strip()}"
    elif last and last.kind == "text" and wrapped:
        last.text = f"{last.text} {line.strip()}"
    else:
        blocks.append(Block("text", line.strip()))


# Tables.


def table_length(lines: list[str], start: int) -> int:
    """How many lines from here are rows of one table: at least two, with a rule between or with equal borders."""
    end = start
    while end < len(lines) and borders(lines[end]):
        end += 1
    rows = lines[start:end]
    ruled = any(is_rule(line) for line in rows[1:])
    even = len(rows) > 2 and len({len(cells(line)) for line in rows}) == 1
    return len(rows) if ruled or even else 0


def is_rule(line: str) -> bool:
    return "--" in line and bool(TABLE_RULE.fullmatch(line))


def borders(line: str) -> int:
    return len(CELL_BORDER.findall(line)) or line.strip("\t").count("\t")


def table(lines: list[str]) -> Block:
    rows = [cells(line) for line in lines if not is_rule(line)]
    return Block("table", rows=rows, ruled=len(rows) < len(lines))


def cells(line: str) -> list[str]:
    parts = CELL_BORDER.split(line) if CELL_BORDER.search(line) else line.split("\t")
    found = [part.strip().replace("\\|", "|") for part in parts]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return found[1:] if len(found) > 1 and not found[0] and line.lstrip().startswith("|") else found
