"""Hints on plain language. They never block: a person weighs them.

Passive voice is not among them. Without a model of grammar it cannot be told from "is tired" or "was born", and a hint
that is wrong every second time teaches people to look away.
"""

import math
import re
from collections import Counter
from itertools import islice

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks import sentences
from publishing.checks.check import Check, Finding, Severity
from publishing.checks.jargon import FIRST_WORDS, JARGON, PLAIN_WORDS, TERMS
from publishing.checks.texts import Block, Sentence

LONGEST_SENTENCE = 20
LONGEST_PARAGRAPH = 3


def shortened(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(120)


class LongSentences(Check):
    id = "Q16-sentences"
    source = "NHS content guide, plain-language writing (N3, N4)"
    severity = Severity.HINT
    title = gettext_lazy("Long sentences")

    def find(self, page):
        for sentence in page.sentences:
            if (count := len(sentence.words)) > LONGEST_SENTENCE:
                message = _("%(count)s words in one sentence. Make two of it: up to %(limit)s are easy to read.")
                yield Finding(
                    message % {"count": count, "limit": LONGEST_SENTENCE}, sentence.field, shortened(sentence.text)
                )


class LongParagraphs(Check):
    id = "Q16-paragraphs"
    source = "NHS content guide, plain-language writing (N3, N4)"
    severity = Severity.HINT
    title = gettext_lazy("Long paragraphs")

    def find(self, page):
        for block in page.blocks:
            if block.kind == "paragraph" and (count := len(block.sentences)) > LONGEST_PARAGRAPH:
                message = _("%(count)s sentences in one paragraph. Divide it: up to %(limit)s are easy to read.")
                yield Finding(
                    message % {"count": count, "limit": LONGEST_PARAGRAPH}, block.field, shortened(block.text)
                )


class ReadingAge(Check):
    """The age at which readers manage the text, as two formulas see it.

    Flesch-Kincaid grade level (Kincaid and others, 1975): 0.39 words per sentence + 11.8 syllables per word - 15.59.
    Automated Readability Index (Senter and Smith, 1967): 4.71 letters per word + 0.5 words per sentence - 21.43.
    Both give a school grade of the United States, of which the first is age 6. Neither knows what a word means, they
    differ by a year or two on one text, and long names of medicines count as hard. So the result is a span: the two
    ages, and at least a year and a half either side of their middle.
    """

    id = "Q16-reading-age"
    source = "NHS content guide, plain-language writing (N3, N4)"
    severity = Severity.HINT
    title = gettext_lazy("Reading age")
    fewest_words = 100
    # Accepted for hard topics; the aim is 9 to 11.
    oldest = 14

    def find(self, page):
        span = reading_age_of(page)
        if span is None or sum(span) / 2 <= self.oldest:
            return
        by_field: dict[str, list[Sentence]] = {}
        for sentence in running_text(page):
            by_field.setdefault(sentence.field, []).append(sentence)
        hardest = max(by_field, key=lambda field: reading_age(by_field[field], fewest_words=1))
        message = _(
            "Readers need to be about %(low)s to %(high)s years old. Aim for 9 to 11, and at most 14 for a hard topic: "
            "shorter sentences and everyday words. “%(section)s” is the hardest part."
        )
        values = {"low": span[0], "high": span[1], "section": page.text(hardest).title or _("Text")}
        yield Finding(message % values, hardest)


def running_text(page) -> list[Sentence]:
    """Whole sentences: what stands in cells and captions, or is a word or two, says nothing of reading."""
    return [each for each in page.sentences if each.block.kind in {"paragraph", "item"} and len(each.words) > 2]


def reading_age_of(page) -> tuple[int, int] | None:
    return reading_age(running_text(page))


def reading_age(found: list[Sentence], *, fewest_words: int = ReadingAge.fewest_words) -> tuple[int, int] | None:
    """The youngest and the oldest age that the text may need, or nothing for a text too short to say."""
    words = [word for sentence in found for word in sentence.words]
    if len(words) < fewest_words:
        return None
    per_sentence = len(words) / len(found)
    kincaid = 0.39 * per_sentence + 11.8 * sum(map(sentences.syllables, words)) / len(words) - 15.59
    automated = 4.71 * sum(map(len, words)) / len(words) + 0.5 * per_sentence - 21.43
    middle = (kincaid + automated) / 2 + 5
    margin = max(1.5, abs(kincaid - automated) / 2)
    return max(5, math.floor(middle - margin)), max(8, math.ceil(middle + margin))


class Abbreviations(Check):
    """Capitals that are spelled out nowhere on the page, and are none of its own names."""

    id = "Q15-abbreviations"
    source = "NHS content guide, plain-language writing (N3, N7)"
    severity = Severity.HINT
    title = gettext_lazy("Abbreviations that are not explained")

    token = re.compile(
        r"(?<![\w-])(?=[^\W_]*[A-Z][^\W_]*[A-Z])[A-Za-z][^\W_]*(?:-[A-Z]?\d+[a-z]?|-[A-Z]{2,}\d*)?(?![\w-])"
    )
    # A stage or a type: "III", "IIB".
    roman = re.compile(r"(?:I{1,3}|I?V|VI{0,3}|IX|XI{0,2})[A-C]?")
    stressed = frozenset(
        "ALL ALWAYS AND ANY BEFORE DAILY DAY DO EVERY NEVER NO NONE NOT ONCE ONLY OR STOP TWICE WEEK".split()
    )
    # Better known than what they stand for.
    known = frozenset("AIDS COVID CT DNA EU HIV ID MRI OK PDF RNA TV UK US USA UV WHO X-ray".split())
    names_itself = re.compile(r"[a-z]{2}")
    longest = 7
    # Each is looked for in the whole text, so their number is bounded.
    most = 50

    def find(self, page):
        known = {*self.token.findall(page.known_words), *self.known, *self.stressed}
        seen: dict[str, Block] = {}
        for block in page.blocks:
            for word in self.token.findall(block.text):
                seen.setdefault(self._base(word), block)
        text = "\n".join(block.text for block in page.blocks)
        for word, block in islice(seen.items(), self.most):
            if word not in known and self._counts(word) and not is_explained(word, text):
                message = _(
                    "“%s” is an abbreviation. Spell it out where it comes first, with the short form in brackets."
                )
                yield Finding(message % word, block.field, around(block.text, word))

    def _base(self, word: str) -> str:
        return word[:-1] if word.endswith("s") and word[:-1].isupper() else word

    def _counts(self, word: str) -> bool:
        """Not a brand (MabThera), a Roman number, or a word in capitals."""
        return len(word) <= self.longest and not self.names_itself.search(word) and not self.roman.fullmatch(word)


def is_explained(word: str, text: str) -> bool:
    """Whether the text says somewhere what the word means: in brackets, "called", "means"."""
    name = rf"(?<![\w-]){re.escape(word)}s?(?![\w-])"
    ways = (
        rf"\((?:[^()]{{0,80}}[\s,])?{name}[^()]{{0,60}}\)",
        rf"{name}[”\"]?\s\(",
        rf"(?:called|known as|named|short for|stands for|abbreviated)\s[^.]{{0,40}}{name}",
        rf"{name}[”\"]?,?\s(?:stands for|means|is short for|is an?\s|are\s[a-z]+\s(?:that|which)|, or )",
        rf"\sor\s{name}",
        rf"{name},\san?\s",
        rf"(?:antibod(?:y|ies)|cells?|enzymes?|genes?|markers?|molecules?|proteins?|receptors?|signals?|virus)\s{name}",
        rf"{name}\s(?:antibod(?:y|ies)|enzymes?|genes?|molecules?|proteins?|receptors?|type|virus)(?![\w-])",
    )
    return any(re.search(way, text) for way in ways)


def around(text: str, word: str) -> str:
    """The sentence in which the word stands."""
    for start, end in sentences.spans(text):
        if word in text[start:end]:
            return shortened(text[start:end])
    return shortened(text)


class Jargon(Check):
    """Once for each term that is used without being explained."""

    id = "Q15-jargon"
    source = "NHS content guide, plain-language writing (N3, N7)"
    severity = Severity.HINT
    title = gettext_lazy("Words of the trade")

    def find(self, page):
        own = page.known_words.lower()
        first: dict[str, tuple[Sentence, str]] = {}
        explained: set[str] = set()
        for sentence in page.sentences:
            if FIRST_WORDS.isdisjoint(word.lower() for word in sentence.words):
                continue
            for match in JARGON.finditer(sentence.text):
                term = TERMS[match[0].lower()]
                first.setdefault(term, (sentence, match[0]))
                if self._is_explained(sentence.text, match, PLAIN_WORDS[term]):
                    explained.add(term)
        for term, (sentence, word) in first.items():
            if term not in explained and term not in own:
                message = _("“%(word)s”: say “%(plain)s”, or put the medical word in brackets after it.")
                yield Finding(
                    message % {"word": word, "plain": PLAIN_WORDS[term]}, sentence.field, shortened(sentence.text)
                )

    def _is_explained(self, text: str, match: re.Match[str], plain: str) -> bool:
        before, after = text[: match.start()], text[match.end() :]
        in_brackets = before.rfind("(") > before.rfind(")")
        named = re.search(r"(?:called|known as|means|name is)\s[\"“]?(?:[\w-]+\s){0,2}\Z", before[-60:])
        told = re.match(r"[\"”]?\s\(|[\"”]?,? (?:means|which means|that is)\b|,\s(?:an?|the)\s", after[:40])
        return bool(in_brackets or named or told) or plain in text


class People(Check):
    """Nobody is their illness."""

    id = "Q18"
    source = "NHS content guide on inclusive language (N10)"
    severity = Severity.HINT
    title = gettext_lazy("People named after an illness")

    words = re.compile(
        r"\b(?:(?:diabetic|asthmatic|epileptic|arthritic|psoriatic|celiac|coeliac|h(?:a)?emophiliac|alcoholic|leper|"
        r"paraplegic|transplantee)s\b|sufferers?\b|victims?\b|suffer(?:s|ed|ing)? from\b|afflicted\b|"
        r"wheelchair-bound\b|the (?:disabled|elderly|mentally ill)\b)",
        re.IGNORECASE,
    )

    def find(self, page):
        for sentence in page.sentences:
            for match in self.words.finditer(sentence.text):
                message = _("“%s” names people after an illness. Write for example “people with asthma”.")
                yield Finding(message % match[0], sentence.field, shortened(sentence.text))


class Percentages(Check):
    """A percentage of people or events without the same in numbers that one can picture."""

    id = "Q17"
    source = "Risk communication (N9)"
    severity = Severity.HINT
    title = gettext_lazy("Percentages without “1 in n”")

    percentage = re.compile(r"(?<!\d)\d++(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)(?P<after>[^.%]{0,40})")
    # A strength, a share of a substance or a measured value is no number of people.
    no_people = re.compile(
        r"\s?(?:-?\s?(?:confidence|CI\b)|(?:[\w-]+\s){0,2}(?:solution|cream|ointment|gel|lotion|glucose|dextrose|saline|"
        r"oxygen|albumin|immunoglobulin|SCIG|IVIG|alcohol|of (?:your|the) (?:body|weight|dose|predicted|normal|best)))"
    )
    measured = re.compile(
        r"(?:HbA1c|PD-L1|saturation|h(?:a)?ematocrit|interval|concentration|strength)\b[^.]{0,30}\Z", re.IGNORECASE
    )
    natural = re.compile(
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|most|none)\s(?:people\s)?"
        r"(?:in|of|out of)\s(?:(?:every|about)\s)?(?:\d|ten\b|twenty\b|a hundred|a thousand)"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters|a fifth|a tenth)\b",
        re.IGNORECASE,
    )

    def find(self, page):
        for block in page.blocks:
            if block.kind == "heading" or self.natural.search(block.text):
                continue
            for match in self.percentage.finditer(block.text):
                before = block.text[max(0, match.start() - 60) : match.start()]
                if not self.no_people.match(match["after"]) and not self.measured.search(before):
                    message = _("Say it also as a number of people, such as “1 in 5”: it is easier to picture.")
                    yield Finding(message, block.field, around(block.text, match[0].removesuffix(match["after"])))
                    break


class NumberFormats(Check):
    """Two risks in one paragraph compare badly when one is "1 in 7" and the other "3 in 20"."""

    id = "Q17-formats"
    source = "Risk communication (N9)"
    severity = Severity.HINT
    title = gettext_lazy("Risks in different formats")

    frequency = re.compile(
        r"(?<![\d,.])\d[\d,.]*+\s(?:people\s)?(?:in|out of)\s(?:every\s)?(\d[\d,]*+)\b(?!\s(?:to\b|years?\b|weeks?\b))"
    )

    def find(self, page):
        for block in page.blocks:
            bases = Counter(base.replace(",", "") for base in self.frequency.findall(block.text))
            bases = [base for base in bases if int(base) < 1800 or int(base) > 2100]
            if len(bases) > 1:
                message = _("Different bases (%s) are hard to compare. Use the same one for all.")
                yield Finding(message % ", ".join(bases), block.field, shortened(block.text))
