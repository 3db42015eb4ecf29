"""Sources: that there are some, that they can be found and trusted, and that statements name them."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.check import Check, Finding, Severity
from publishing.checks.language import shortened
from publishing.references import Reference

YEARS = 10


class Sources(Check):
    """A page whose kind always is health information; a short entry may still wait for them."""

    id = "Q06"
    source = "HON 4, DISCERN 4 and 5, JAMA"
    severity = Severity.BLOCK
    title = gettext_lazy("No sources")

    def applies_to(self, page):
        return page.model.is_always_medical and not page.is_short

    def find(self, page):
        if not page.sources:
            yield Finding(_("The page names no source. Cite those its statements come from."), page.main_field)


class SourcesExpected(Sources):
    id = "Q06-expected"
    severity = Severity.WARN

    def applies_to(self, page):
        return page.is_medical and not super().applies_to(page)


class SourceDetails(Check):
    id = "Q06-details"
    source = "HON 4, DISCERN 4 and 5, JAMA"
    severity = Severity.WARN
    title = gettext_lazy("Sources without date or link")

    def find(self, page):
        for key, source in page.sources.items():
            lacks = []
            if not (source["year"] or source["accessed_on"]):
                lacks.append(_("no date"))
            if not (source["url"] or source["doi"] or source["pmid"] or source["archive_url"]):
                lacks.append(_("no link"))
            if lacks:
                message = _("The source “%(title)s” has %(lacks)s. Complete it in the list of references.")
                values = {"title": source["title"], "lacks": _(" and ").join(lacks)}
                yield Finding(message % values, page.cited[key])


class SourcesRecent(Check):
    id = "Q06-recent"
    source = "DISCERN 5, JAMA"
    severity = Severity.WARN
    title = gettext_lazy("Only old sources")

    def find(self, page):
        years = [source["year"] for source in page.sources.values() if source["year"]]
        if years and max(years) < page.today.year - YEARS:
            message = _("The newest source is of %(year)s. Look for one of the last %(limit)s years.")
            yield Finding(message % {"year": max(years), "limit": YEARS}, page.main_field)


class SourcesSeen(Check):
    id = "Q06-seen"
    source = "HON 4"
    severity = Severity.WARN
    title = gettext_lazy("Sources nobody has checked")

    def find(self, page):
        for key, source in page.sources.items():
            if not source["is_checked"]:
                message = _("Nobody has read the source “%s” itself yet. Read it, then tick “text seen” in it.")
                yield Finding(message % source["title"], page.cited[key])
        for name in page.model.row_names:
            for row in page.rows_of(name):
                if not row["is_checked"]:
                    message = _("The statement on “%s” was not found in its source yet. Check it, then tick the box.")
                    yield Finding(message % row["partner"], name, shortened(row["description"]))


class RowSources(Check):
    id = "Q06-rows"
    source = "HON 4 and 5"
    severity = Severity.WARN
    title = gettext_lazy("Rows without a source")

    def find(self, page):
        for name in page.model.row_names:
            for row in page.rows_of(name):
                if not row["references"]:
                    message = _("The statement on “%s” names no source. Add one.")
                    yield Finding(message % row["partner"], name, shortened(row["description"]))


class UnknownSources(Check):
    id = "C09"
    source = "HON 4"
    severity = Severity.BLOCK
    title = gettext_lazy("Citations of unknown references")

    def find(self, page):
        for text in page.texts.values():
            for key in dict.fromkeys(text.citations):
                if key not in page.page["references"]:
                    message = _("“%(section)s” cites “%(key)s”, and there is no such reference.")
                    yield Finding(message % {"section": text.title, "key": key}, text.field)


class RetractedSources(Check):
    id = "C09-retracted"
    source = "HON 4, DISCERN 4"
    severity = Severity.BLOCK
    title = gettext_lazy("Retracted sources")

    def find(self, page):
        for key, source in page.sources.items():
            if source["state"] == Reference.State.RETRACTED:
                message = _("“%s” was retracted. Take it out, with what rests on it alone.")
                yield Finding(message % source["title"], page.cited[key])


class DoubtedSources(Check):
    id = "C09-doubted"
    source = "HON 4, DISCERN 4"
    severity = Severity.WARN
    title = gettext_lazy("Corrected or doubted sources")

    def find(self, page):
        messages = {
            Reference.State.CORRECTED: _("“%s” was corrected since. See whether what is cited from it still holds."),
            Reference.State.CONCERN: _(
                "The publisher of “%s” has doubts about it. See whether another source says it."
            ),
        }
        for key, source in page.sources.items():
            if source["state"] in messages:
                yield Finding(messages[source["state"]] % source["title"], page.cited[key])


class FurtherHelp(Check):
    """Somewhere to read on: a source written for the public, or a link."""

    id = "Q13"
    source = "DISCERN 7"
    severity = Severity.WARN
    title = gettext_lazy("Nowhere to read on")

    def applies_to(self, page):
        return page.is_medical

    def find(self, page):
        public = str(Reference.Kind.PUBLIC.label)
        written_for_readers = any(source["kind"] == public for source in page.sources.values())
        if not written_for_readers and not any(link.address.startswith("http") for link in page.links):
            message = _("Nothing leads to further help. Cite a source written for the public, or link one.")
            yield Finding(message, page.main_field)


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
NUMBER = any_of(
    r"(?<![\w.,-])\d[\d,.]*+\s?(?:%|percent\b|per cent\b|times\b|in \d|out of\b)",
    r"(?<![\w.,-])\d[\d,.]*+\s(?:people|patients|children|adults|women|men|cases|studies|years|months|deaths)\b",
    r"\b(?:half|a third|two thirds|a quarter|a fifth|a tenth) of\b",
    rf"\b(?:{NUMBER_WORDS}) (?:in|out of) (?:\d|{NUMBER_WORDS}|twenty)",
)
# What it is good to have less of, within four words of the verb: "lower the dose" promises nothing.
LESS = (
    r"(?=(?: [\w'’-]+){0,3} (?:risks?|chances?|numbers?|needs?|rates?|pains?|symptoms?|signs|inflammation|infections?|"
    r"attacks?|relapses?|flares?|deaths?|damage|swelling|itch|itching|bleeding|fever|virus|growth|worsening|decline|"
    r"disease|scarring|spread)\b)"
)
ABLE = "(?:can|could|may|might|will|does|do|helps?|help to|helps to|shown to|proven to)"
SEVERAL = r"(?:they|these|those|which|\w+(?:ines|ors|mabs|oids|ents|ions|ets))"
BENEFIT = any_of(
    rf"\b(?:lowers|lowered|reduces|reduced|halves|halved|slows|slowed)\b{LESS}",
    rf"\b(?:{ABLE}|{SEVERAL}) (?:lower|reduce|cut|halve|slow)\b{LESS}",
    r"\b(?:prevents|improves|relieves|cures|eases|heals|prolongs)\b",
    r"\b(?<!have )(?<!be )(?:prevented|improved|relieved|cured|eased|healed|prolonged)\b",
    rf"\b(?:{ABLE}|{SEVERAL}) (?:prevent|improve|relieve|cure|ease|heal|prolong|protect)\b",
    r"\b(?:is|are|was|were|more|less|highly|very) effective\b|\bworks? (?:well|better|best)\b|\blive[sd]? longer\b",
    r"\bsurvival\b|\b(?:reach|achiev|bring|brought|induc|keep|stay|into|in)\w* (?:\w+ )?remission\b",
    r"\bprotect(?:s|ed|ion)? (?:against|from)\b",
)
AGENT = (
    r"(?:they|these|it|this|that|which|medicines?|drugs?|steroids?|treatments?|infusions?|injections?|"
    r"\w+(?:ors|mab|mabs))"
)
SOMETIMES = "(?:also |often |rarely |sometimes |even )?"
HARM = any_of(
    rf"\b(?:can|could|may|might) {SOMETIMES}(?:cause|harm|damage|disable|kill|lead to|trigger|worsen)\b(?! no\b)",
    rf"\b{AGENT} {SOMETIMES}(?:causes?|harms?|damages?|kills?|triggers?) (?!of\b|is\b|are\b|no\b)",
    r"\b(?:fatal|deadly|life-threatening)\b",
    r"\b(?:raises?|raised|higher|increase[sd]?|greater|more) (?:the |a )?risks?\b",
    r"\bside effects? (?:is|are|include)\b|\b(?:die|died|dies) (?:of|from)\b|\bdeaths?\b|\bharmed\b",
)
# Something bad, and in the same sentence how often or how badly.
TROUBLE = any_of(
    r"\b(?:infections?|reactions?|bleeding|blisters|bruises|cancers?|clots?|diarrhoea|diarrhea|fever|headaches?|"
    r"heart attacks?|hepatitis|itching|lymphomas?|nausea|pneumonia|rash(?:es)?|seizures?|shingles|side effects?|"
    r"strokes?|swelling|tuberculosis|vomiting)\b"
)
HOW_OFTEN = any_of(
    r"\b(?:is|are|was|were|become|becomes|very|more|less) (?:\w+ )?(?:common|uncommon|rare|rarer|frequent|likely|"
    r"unusual|dangerous|serious|severe|reported|seen)\b",
    r"\b(?:can|could|may|might) (?:\w+ )?(?:occur|happen|appear|develop|return|start|wake up|come back|get worse)\b",
)

# What others say is reported, not stated.
REPORTED = re.compile(r"you (?:may|might|will) (?:read|hear|have (?:read|heard))\b", re.IGNORECASE)
ADVICE = re.compile(
    r"(?:(?:if|when|before|after|do|don['’]t|never|always|please|so|then|also)\b[^.]{0,80}?,?\s)?"
    r"(?:ask|tell|call|talk|discuss|see|get|go|take|stop|use|carry|keep|plan|read|report|check|avoid|wash|bring|write|"
    r"let|make|do not|don['’]t|find out|remember|think|protect|wear|drink|eat|rest|choose|say|train|look)\b",
    re.IGNORECASE,
)


class UncitedStatements(Check):
    """A statement of a number, a benefit or a harm that no source stands behind.

    A citation counts for what stands before it in its paragraph, and before a list or in the head of a table for all of
    it. Advice, questions and help boxes state nothing of the kind.
    """

    id = "Q07"
    source = "HON 5, DISCERN 6"
    severity = Severity.HINT
    title = gettext_lazy("Statements without a source")

    def applies_to(self, page):
        return page.is_medical

    def find(self, page):
        for sentence in page.sentences:
            if sentence.is_cited or sentence.block.help or sentence.block.kind in {"summary", "row", "caption"}:
                continue
            if what := self._stated(sentence.text):
                message = _("This states %s and names no source. Cite one, or say that it is experience.")
                yield Finding(message % what, sentence.field, shortened(sentence.text))

    def _stated(self, text: str) -> str:
        if text.endswith(("?", ":")) or ADVICE.match(text) or REPORTED.match(text):
            return ""
        if NUMBER.search(text):
            return _("a number")
        if HARM.search(text) or (TROUBLE.search(text) and HOW_OFTEN.search(text)):
            return _("a harm")
        return _("a benefit") if BENEFIT.search(text) else ""


class Promotion(Check):
    id = "Q07-promotion"
    source = "HON 5, DISCERN 6"
    severity = Severity.HINT
    title = gettext_lazy("Words that advertise")

    words = re.compile(
        r"\b(?:miracle|breakthrough|revolutionary|game[ -]chang(?:er|ing)|wonder (?:drug|cure)|cutting[ -]edge|"
        r"100\s?% (?:safe|effective)|completely safe|risk[ -]free|guaranteed|proven to cure|world[ -]class|"
        r"(?:has|have|with) no side effects|unique(?:ly)? effective|state[ -]of[ -]the[ -]art|amazing|"
        r"best (?:drug|medicine) (?:ever|available))\b",
        re.IGNORECASE,
    )

    def find(self, page):
        for sentence in page.sentences:
            for match in self.words.finditer(sentence.text):
                message = _("“%s” sounds like advertising. Say plainly what was found.")
                yield Finding(message % match[0], sentence.field, shortened(sentence.text))
