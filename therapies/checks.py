"""The publishing checks of conditions and therapies (DISCERN 9 to 15)."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks import Check, Finding, Question, Severity
from publishing.checks.help_boxes import MissingHelpBox
from publishing.checks.provenance import SectionsWritten
from therapies.models import Indication

THERAPY = ("therapy",)


class HelpBox(MissingHelpBox):
    id = "Q14-box"
    kinds = ("condition", "therapy")
    field = "when_to_get_help"


class HowItWorks(SectionsWritten):
    id = "T01"
    source = "DISCERN 9"
    title = gettext_lazy("How the treatment works")
    kinds = THERAPY
    sections = ("how_it_works",)


class Benefits(SectionsWritten):
    id = "T02"
    source = "DISCERN 10"
    title = gettext_lazy("Benefits")
    kinds = THERAPY
    sections = ("benefits",)


class Harms(SectionsWritten):
    id = "T03"
    source = "DISCERN 11"
    title = gettext_lazy("Risks and side effects")
    kinds = THERAPY
    sections = ("harms",)


class WithoutTreatment(SectionsWritten):
    id = "T04"
    source = "DISCERN 12"
    title = gettext_lazy("What happens without treatment")
    kinds = THERAPY
    sections = ("without_treatment",)


class DailyLife(SectionsWritten):
    id = "T05"
    source = "DISCERN 13"
    title = gettext_lazy("Daily life")
    kinds = THERAPY
    sections = ("daily_life",)


class BenefitsOfEach(Check):
    """Where a therapy is used in several conditions, the section on benefits names each."""

    id = "T02-each"
    source = "DISCERN 10"
    severity = Severity.HINT
    title = gettext_lazy("Benefits for each condition")
    kinds = THERAPY

    # What all names have in common tells no condition from another.
    common = frozenset("disease syndrome chronic acute disorder deficiency common severe and of the with type".split())

    def find(self, page):
        said = self._words(" ".join(page.text("benefits").words))
        partners = dict.fromkeys(row["partner"] for row in page.rows_of("indications"))
        if not said or len(partners) < 2:
            return
        missing = [partner for partner in partners if self._tells(partner) and not self._tells(partner) & said]
        if missing:
            message = _("The benefits do not mention %s. Say what the treatment does there.")
            yield Finding(message % ", ".join(f"“{partner}”" for partner in missing), "benefits")

    def _tells(self, partner: str) -> set[str]:
        return self._words(partner) - self.common

    def _words(self, text: str) -> set[str]:
        return {word.lower() for word in re.findall(r"[^\W_]{3,}", text)}


class WhatToDo(Check):
    id = "T03-what-to-do"
    source = "DISCERN 11"
    severity = Severity.WARN
    title = gettext_lazy("What to do about a harm")
    kinds = THERAPY

    advice = re.compile(
        r"\b(?:tell|call|ask|report|contact|see|stop|seek|get help|go to|what to do|check(?:ed|s)?|test(?:ed|s)?|"
        r"watch(?:es)?|avoid|treat(?:ed|s)?|slow|talk|wash|protect|look out|take|do not|never)\b",
        re.IGNORECASE,
    )

    def find(self, page):
        text = page.text("harms")
        if text.words and not any(self.advice.search(block.text) for block in text.blocks):
            yield Finding(_("The harms are listed without what to do about them. Say it."), "harms")


class AnIndication(Check):
    """Readers find the other options on the page of the condition, so there must be one to go to."""

    id = "T06"
    source = "DISCERN 14"
    severity = Severity.BLOCK
    title = gettext_lazy("What it treats")
    kinds = THERAPY

    def applies_to(self, page):
        return super().applies_to(page) and not page.is_short

    def find(self, page):
        if not page.rows_of("indications"):
            message = _("The section “%s” is empty: add at least one indication.")
            yield Finding(message % _("What it treats"), "indications")


class OtherOptions(Check):
    """The text itself says that there are other options."""

    id = "T06-options"
    source = "DISCERN 14"
    severity = Severity.WARN
    title = gettext_lazy("Other options")
    kinds = THERAPY

    words = re.compile(
        r"\b(?:other|another|alternatives?|instead|options?|choices?|choose|different|rather than|else|compared?)\b",
        re.IGNORECASE,
    )

    def applies_to(self, page):
        return super().applies_to(page) and not page.is_short

    def find(self, page):
        fields = ("without_treatment", "benefits", "how_it_works", "administration")
        texts = [page.text(field) for field in fields]
        if any(text.words for text in texts) and not any(
            self.words.search(block.text) for text in texts for block in text.blocks
        ):
            message = _("Nothing says that there are other options. Name them, or say that there is none.")
            yield Finding(message, "without_treatment")


class QuestionsToAsk(Check):
    id = "T07"
    source = "DISCERN 15"
    severity = Severity.WARN
    title = gettext_lazy("Deciding together")
    kinds = THERAPY

    words = re.compile(
        r"\bask\b|\bquestions?\b|\b(?:talk|discuss|decide|weigh|choose)\b|\b(?:shared|joint) decision|\bdecision\b|\?",
        re.IGNORECASE,
    )

    def applies_to(self, page):
        return super().applies_to(page) and not page.is_short

    def find(self, page):
        blocks = [block for block in page.blocks if block.kind not in {"summary", "row"} and not block.help]
        if not any(self.words.search(block.text) for block in blocks):
            message = _("Nothing helps readers to decide with their team. Add questions to ask or points to weigh.")
            yield Finding(message, "without_treatment")


class Approval(Check):
    """A status that needs somebody who gave it."""

    id = "T08"
    source = "DISCERN 10, section 3.2"
    severity = Severity.BLOCK
    title = gettext_lazy("Approved by whom")
    kinds = THERAPY

    def find(self, page):
        for row in page.rows_of("indications"):
            if row["status"] == Indication.Status.APPROVED and not row["authority"].strip():
                message = _("“%s” is approved, and nothing says by whom. Fill in the authority.")
                yield Finding(message % row["partner"], "indications")


class Status(Check):
    id = "T08-status"
    source = "DISCERN 10, section 3.2"
    severity = Severity.WARN
    title = gettext_lazy("Approved, recommended or off-label")
    kinds = THERAPY

    def find(self, page):
        for row in page.rows_of("indications"):
            if row["status"] == Indication.Status.UNKNOWN:
                message = _("For “%s” nothing says whether the use is approved, recommended or off-label.")
                yield Finding(message % row["partner"], "indications")
            elif row["status"] == Indication.Status.APPROVED and not row["region"].strip():
                message = _("“%s” is approved, and nothing says where. Fill in the region.")
                yield Finding(message % row["partner"], "indications")


class TherapyQuestion(Question):
    kinds = THERAPY


class IsMechanismRight(TherapyQuestion):
    id = "T01-human"
    source = "DISCERN 9"
    title = gettext_lazy("How the treatment works")
    question = gettext_lazy("Is it right, and can readers understand, how the treatment works?")
    about = ("how_it_works",)


class AreBenefitsRight(TherapyQuestion):
    id = "T02-human"
    source = "DISCERN 10"
    title = gettext_lazy("Benefits")
    question = gettext_lazy("Are the benefits right, for each condition where they differ?")
    about = ("benefits",)


class AreHarmsComplete(TherapyQuestion):
    id = "T03-human"
    source = "DISCERN 11"
    title = gettext_lazy("Risks and side effects")
    question = gettext_lazy("Are the common and the serious harms there, each with what to do?")
    about = ("harms",)


class IsCourseRight(TherapyQuestion):
    id = "T04-human"
    source = "DISCERN 12"
    title = gettext_lazy("What happens without treatment")
    question = gettext_lazy("Is it right what happens without treatment?")
    about = ("without_treatment",)


class IsDailyLifeRight(TherapyQuestion):
    id = "T05-human"
    source = "DISCERN 13"
    title = gettext_lazy("Daily life")
    question = gettext_lazy("Does it say how daily life changes: time, place, travel, insurance, work?")
    about = ("daily_life",)


class HelpsToDecide(TherapyQuestion):
    id = "T07-human"
    source = "DISCERN 15"
    title = gettext_lazy("Deciding together")
    question = gettext_lazy("Does the page help readers to decide together with their team?")

    def applies_to(self, page):
        return super().applies_to(page) and not page.is_short


CHECKS = (
    HelpBox(),
    HowItWorks(),
    Benefits(),
    Harms(),
    WithoutTreatment(),
    DailyLife(),
    AnIndication(),
    Approval(),
    WhatToDo(),
    OtherOptions(),
    QuestionsToAsk(),
    Status(),
    BenefitsOfEach(),
    IsMechanismRight(),
    AreBenefitsRight(),
    AreHarmsComplete(),
    IsCourseRight(),
    IsDailyLifeRight(),
    HelpsToDecide(),
)
