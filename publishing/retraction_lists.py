"""Reads lists of retracted works: our own four columns, or those of the Retraction Watch database."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from publishing.watching import FlaggedWork, is_worse, normal_doi

LARGEST_FILE = 300_000_000
LARGEST_FIELD = 1_000_000
DELIMITERS = ",;\t|"
LONGEST_SOURCE = 200
OWN = ("doi", "state", "noted_on", "source")
RETRACTION_WATCH = ("originalpaperdoi", "retractionnature", "retractiondate")
CORRECTED, CONCERN, RETRACTED = FlaggedWork.State.values
NATURES = {"retraction": RETRACTED, "correction": CORRECTED, "expression of concern": CONCERN}
REINSTATED = "reinstatement"
DAYS = ("%Y-%m-%d", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%d %H:%M:%S")


class ListRefused(Exception):
    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class LineRefused(Exception):
    """Says what is wrong with one line."""


@dataclass
class RetractionList:
    """What a file says, the worst of each work; and the day on which a work was reinstated."""

    by_doi: dict[str, FlaggedWork] = field(default_factory=dict)
    reinstated: dict[str, date] = field(default_factory=dict)
    without_doi: int = 0

    @property
    def works(self) -> list[FlaggedWork]:
        """Without those that were reinstated since, so that the next import does not undo what a person decided."""
        return [work for work in self.by_doi.values() if self.reinstated.get(work.doi, date.min) < work.noted_on]

    def add(self, work: FlaggedWork) -> None:
        known = self.by_doi.get(work.doi)
        if known is None or is_worse(work.state, known.state):
            self.by_doi[work.doi] = work


def read_list(path: Path) -> RetractionList:
    """All of the file. Raises ListRefused with every line that is wrong."""
    if path.stat().st_size > LARGEST_FILE:
        raise ListRefused([_("The file is larger than %d MB.") % (LARGEST_FILE // 1_000_000)])
    try:
        with path.open(encoding=encoding_of(path), newline="") as text:
            return read_lines(text)
    except UnicodeError as error:
        raise ListRefused([_("The file is damaged: its text cannot be read. Save it again as UTF-8.")]) from error


def encoding_of(path: Path) -> str:
    """By its mark, or UTF-8 if it is that, or else the one in which every file can be read: DOIs are plain ASCII."""
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(LARGEST_FIELD):
                pass
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def read_lines(text: io.TextIOBase) -> RetractionList:
    first = text.readline(LARGEST_FIELD)
    if not first.strip():
        raise ListRefused([_("The file is empty, or its first line is.")])
    delimiter = max(DELIMITERS, key=first.count)
    names = [name.strip().lower() for name in next(csv.reader([first.replace("\0", "")], delimiter=delimiter))]
    read_line = reader_of(names)
    found, wrong = RetractionList(), []
    previous_limit = csv.field_size_limit(LARGEST_FIELD)
    try:
        lines = csv.reader(text, delimiter=delimiter, strict=True)
        for values in lines:
            if not any(values):
                continue
            try:
                read_line(named(names, values), found)
            except LineRefused as refusal:
                wrong.append(_("Line %(number)d: %(why)s") % {"number": lines.line_num + 1, "why": refusal})
    except csv.Error as error:
        wrong.append(_("After line %(number)d: %(why)s.") % {"number": lines.line_num, "why": error})
    finally:
        csv.field_size_limit(previous_limit)
    if wrong:
        raise ListRefused(wrong)
    return found


def reader_of(names: list[str]):
    if set(RETRACTION_WATCH) <= set(names):
        return read_retraction_watch
    if set(OWN) <= set(names):
        return read_own
    raise ListRefused([
        _("The first line must name the columns %(own)s, or those of Retraction Watch: %(watch)s.")
        % {"own": ", ".join(OWN), "watch": "OriginalPaperDOI, RetractionNature, RetractionDate"}
    ])  # fmt: skip


def named(names: list[str], values: list[str]) -> dict[str, str]:
    if len(values) != len(names):
        counts = {"found": len(values), "wanted": len(names)}
        raise LineRefused(_("it has %(found)d columns, the first line has %(wanted)d.") % counts)
    return {name: value.strip() for name, value in zip(names, values, strict=True)}


def read_own(row: dict[str, str], found: RetractionList) -> None:
    doi, state, source = normal_doi(row["doi"]), row["state"].lower(), row["source"]
    if not doi:
        raise LineRefused(_("“%s” is no DOI; a DOI begins with 10.") % row["doi"][:80])
    if state not in FlaggedWork.State.values:
        states = ", ".join(FlaggedWork.State.values)
        raise LineRefused(_("the state “%(state)s” is none of %(states)s.") % {"state": state[:80], "states": states})
    if not source or not source.isprintable() or len(source) > LONGEST_SOURCE:
        raise LineRefused(_("the source must be named, in at most %d characters.") % LONGEST_SOURCE)
    found.add(FlaggedWork(doi=doi, state=state, source=source, noted_on=day(row["noted_on"])))


def read_retraction_watch(row: dict[str, str], found: RetractionList) -> None:
    nature, doi = row["retractionnature"].lower(), normal_doi(row["originalpaperdoi"])
    if nature not in NATURES and nature != REINSTATED:
        raise LineRefused(_("“%s” is no nature of a notice that Retraction Watch has.") % row["retractionnature"][:80])
    if not doi:
        # The list of others: what has no proper DOI there is nothing that could be cited here by its DOI.
        found.without_doi += 1
        return
    noted_on = day(row["retractiondate"])
    if nature == REINSTATED:
        found.reinstated[doi] = max(noted_on, found.reinstated.get(doi, date.min))
    else:
        found.add(FlaggedWork(doi=doi, state=NATURES[nature], source="Retraction Watch", noted_on=noted_on))


def day(text: str) -> date:
    for form in DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 (only the date is kept)
        except ValueError:
            continue
        if date(1800, 1, 1) <= found <= localdate().replace(year=localdate().year + 1, day=1):
            return found
    raise LineRefused(_("“%s” is no date; write it as 2026-01-31.") % text[:80])
