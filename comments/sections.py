"""The parts of a page that somebody can write about: those with a heading, as its contents list names them."""

from html import unescape
from typing import NamedTuple

from publishing import richtext
from publishing.composition import CONTENTS
from publishing.editions import Edition

LONGEST_ID = 100


class Section(NamedTuple):
    id: str
    title: str


def sections_of(edition: Edition) -> list[Section]:
    titles = {each["rows"]: each["title"] for each in edition.snapshot["sections"] if each["rows"]}
    found = (
        Section(rows, titles[rows]) if rows else Section(anchor, unescape(richtext.text_of(heading)).strip())
        for anchor, heading, rows in CONTENTS.findall(edition.html)
    )
    return [each for each in found if len(each.id) <= LONGEST_ID]
