"""What reading a document gives: its neutral form, with a list of what was recognised and what was dropped."""

from dataclasses import dataclass, field
from typing import Literal

type Level = Literal["recognised", "dropped", "warning"]

MAX_FINDINGS = 100
LONGEST_QUOTE = 160


class DocumentError(Exception):
    """Says in one plain sentence what is wrong with which file and what to do."""


@dataclass(frozen=True)
class Finding:
    level: Level
    message: str


@dataclass
class Document:
    title: str = ""
    lead: str = ""
    byline: list[str] = field(default_factory=list)
    front_matter: dict = field(default_factory=dict)
    html: str = ""
    findings: list[Finding] = field(default_factory=list)

    def note(self, level: Level, message: str) -> None:
        """Adds a finding once; the list stays short enough to be read."""
        finding = Finding(level, message)
        if finding not in self.findings and len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)


def quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= LONGEST_QUOTE else f"“{words[: LONGEST_QUOTE - 1]}…”"
