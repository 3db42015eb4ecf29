"""The rules that every comment passes before people see it: small functions that pass, hold or reject it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from comments.comments import NORMAL, SUSPECTED_SPAM
from comments.learning import likeness
from comments.spam import advertising, names, writing
from comments.spam.current import current_filter
from comments.spam.links import links, says_little, suspicion, taken_apart
from comments.spam.markup import markup
from comments.text import MOST_LINKS, seen
from comments.triage import advice_requests, dose_advice, emergency, miracle_cures, personal_data, side_effects
from comments.verdicts import PASS, Candidate, Flag, Outcome, Verdict, hold, reject

FASTEST_SECONDS = 3
# On one page within the hour, on the site within the minute.
PAGE_BRAKE, SITE_BRAKE = 30, 120
DUPLICATES_REFUSED = 3
ADVERTISING_PROBABILITY = 0.9
FEWEST_CAPITALS, CAPITALS_SHARE = 15, 0.6
MOST_REPORTED = 6

# In the order of the queue.
FLAGS = tuple(flag.value for flag in Flag)
# A comment with one of these may be a cry for help, or harm somebody: it is held for a person to see whatever else
# speaks against it, even the hidden field, which browsers fill too. The two other flags do not protect: adverts for
# cures, with a telephone number, earn both every day.
NEVER_REFUSED = frozenset({Flag.EMERGENCY, Flag.SIDE_EFFECT, Flag.DOSE_ADVICE, Flag.ADVICE_REQUEST})

Rule = Callable[[Candidate], Verdict]


@dataclass(frozen=True)
class Judgement:
    outcome: Outcome
    # One for each rule that found something, in order, fit for JSON: rule, outcome, reason, words, flag. The outcome is
    # “pass” where the second reader overruled it.
    findings: list[dict]
    flags: tuple[str, ...]
    priority: int


def judge(candidate: Candidate) -> Judgement:
    verdicts = ((rule, rule(candidate)) for rule in RULES)
    found = ((rule, verdict) for rule, verdict in verdicts if verdict.outcome != Outcome.PASS)
    return concluded([_finding(rule, _overruled(rule, verdict, candidate)) for rule, verdict in found])


def _overruled(rule: Rule, verdict: Verdict, candidate: Candidate) -> Verdict:
    """Phrases are wide, to miss little: where the second reader is sure that a comment is ordinary, they do not count.
    Of what is about somebody's safety it is asked about the very sentences in which they were found, so that friendly
    words around those change nothing.
    """
    sure = SECOND_READER_IS_SURE.get(rule)
    said = likeness.around(verdict.words, candidate) if verdict.flag else [candidate.whole]
    if sure is None or any(likeness.ordinary(each) <= sure for each in said):
        return verdict
    return Verdict(Outcome.PASS, _("These words were found, but they read like an ordinary comment."), verdict.words)


def concluded(findings: list[dict]) -> Judgement:
    """The worst of what was found, the flags and the place in the queue."""
    outcomes = {each["outcome"] for each in findings} - {Outcome.PASS}
    flagged = {each["flag"] for each in findings}
    flags = tuple(flag for flag in FLAGS if flag in flagged)
    if Outcome.REJECT in outcomes and NEVER_REFUSED.isdisjoint(flags):
        outcome = Outcome.REJECT
    else:
        outcome = Outcome.HOLD if outcomes else Outcome.PASS
    return Judgement(outcome, findings, flags, _priority(outcome, flags))


def _finding(rule: Rule, verdict: Verdict) -> dict:
    return {
        "rule": rule.__name__,
        "outcome": verdict.outcome.value,
        "reason": str(verdict.reason),
        "words": list(verdict.words[:MOST_REPORTED]),
        "flag": str(verdict.flag),
    }


def _priority(outcome: Outcome, flags: tuple[str, ...]) -> int:
    if outcome == Outcome.PASS:
        return NORMAL
    if outcome == Outcome.REJECT or not flags:
        return SUSPECTED_SPAM
    return 1 + FLAGS.index(flags[0])


# How it came


def honeypot(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    return reject(_("A field was filled that no reader sees.")) if came and came.honeypot else PASS


def sent_too_fast(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    if came and came.form_age is not None and came.form_age < FASTEST_SECONDS:
        return hold(_("It was sent faster than anybody can write."))
    return PASS


def no_proof_of_work(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    return hold(_("It came without the proof of work.")) if came and came.has_worked is False else PASS


def blocked_sender(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    if not came or not came.blocked:
        return PASS
    reason, refuses = came.blocked
    return reject(reason) if refuses else hold(reason)


def blocked_phrases(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    if not came or not came.blocked_phrases:
        return PASS
    text = unicodedata.normalize("NFKC", seen(f"{candidate.name}\n{candidate.whole}"))
    found = []
    for phrase, reason, refuses in came.blocked_phrases:
        if match := _blocked(phrase).search(text):
            found.append((refuses, reason, match.group()))
    if not found:
        return PASS
    refuses, reason, _word = max(found, key=lambda each: each[0])
    words = [word for _refuses, _reason, word in found]
    return reject(reason, *words) if refuses else hold(reason, *words)


@lru_cache(maxsize=1000)
def _blocked(phrase: str) -> re.Pattern:
    """Whole words, whatever stands between them; a star at the end of a word stands for any ending."""
    words = re.findall(r"\w+\*?", unicodedata.normalize("NFKC", phrase))
    # A phrase of signs only is searched as it is.
    said = r"[\W_]{1,5}".join(
        re.escape(word.rstrip("*")) + (r"\w{0,30}" if word.endswith("*") else "") for word in words
    )
    return re.compile(rf"(?<!\w){said}(?!\w)" if said else re.escape(phrase), re.IGNORECASE)


def rush(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    if came and (came.on_page >= PAGE_BRAKE or came.on_site >= SITE_BRAKE):
        return hold(_("It came in a rush of comments."))
    return PASS


def duplicates(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    if not came or not came.duplicates:
        return PASS
    if came.duplicates >= DUPLICATES_REFUSED:
        return reject(_("The same words came several times before."))
    return hold(_("The same words came before."))


# What it looks like


def strange_links(candidate: Candidate) -> Verdict:
    text = candidate.whole
    found = links(text)
    for link in found:
        if reason := suspicion(link):
            return hold(reason, link)
    if len(found) > MOST_LINKS:
        return hold(_("It has more than two links."), *found)
    if found and (words := advertising.LINKED_SALE.words(candidate.reading)):
        return hold(_("It has a link, and sells something."), *found, *words)
    if found and says_little(text):
        return hold(_("It is hardly more than a link."), *found)
    if words := taken_apart(text):
        return hold(_("It has a link that was taken apart."), words)
    return PASS


def markup_in_text(candidate: Candidate) -> Verdict:
    words = markup(f"{candidate.name}\n{candidate.whole}")
    return hold(_("It has markup or code, where plain text is expected."), *words) if words else PASS


def unseen_signs(candidate: Candidate) -> Verdict:
    words = writing.unseen_signs(f"{candidate.name}\n{candidate.whole}")
    return hold(_("It has signs that hide or turn what is written."), *words) if words else PASS


def foreign_script(candidate: Candidate) -> Verdict:
    if writing.strange_letters(candidate.whole) > writing.MOST_STRANGE:
        return hold(_("It is mostly in letters that this site does not use."))
    return PASS


def gibberish(candidate: Candidate) -> Verdict:
    text = candidate.whole
    if words := writing.random_words(text):
        return hold(_("It seems to be letters at random."), *words)
    if words := writing.repeated(text):
        return hold(_("It says the same words again and again."), *words)
    if writing.few_letters(text):
        return hold(_("It is mostly signs."))
    return PASS


def staff_name(candidate: Candidate) -> Verdict:
    came = candidate.circumstances
    words = names.borrowed(candidate.name, came.staff_names if came else frozenset())
    return hold(_("The name looks like one of this site, or of a doctor."), words) if words else PASS


def advert_name(candidate: Candidate) -> Verdict:
    words = names.advert_in(candidate.name)
    return hold(_("The name is an advert."), words) if words else PASS


# What it says


def shouting_sale(candidate: Candidate) -> Verdict:
    text = candidate.whole
    capitals = sum(map(str.isupper, text))
    if capitals < FEWEST_CAPITALS or capitals < CAPITALS_SHARE * sum(map(str.isalpha, text)):
        return PASS
    words = advertising.SALE.words(candidate.reading)
    return hold(_("It shouts and sells."), *words) if words else PASS


def advertising_phrases(candidate: Candidate) -> Verdict:
    reading = candidate.reading
    for reason, phrases in ADVERTISING:
        if words := phrases.words(reading):
            return hold(reason, *words)
    return PASS


ADVERTISING = (
    (_("It offers money or games for money."), advertising.MONEY),
    (_("It offers goods that are often sold by such comments."), advertising.GOODS),
    (_("It recommends a healer or a spell."), advertising.HEALERS),
    (_("It wants to be contacted outside this site."), advertising.MESSENGERS),
    (_("It offers services to owners of sites, or praises in general."), advertising.SERVICES),
    (_("It sells something, in another language."), advertising.OTHER_LANGUAGES),
    (_("It promotes something for sale."), advertising.PROMOTION),
)


def learned_words(candidate: Candidate) -> Verdict:
    probability, words = current_filter().score(candidate)
    if probability < ADVERTISING_PROBABILITY:
        return PASS
    return hold(_("It reads like what moderators called spam."), *words)


# What these say of a comment can only be known when it comes.
ABOUT_ITS_COMING = frozenset(
    rule.__name__ for rule in (honeypot, sent_too_fast, no_proof_of_work, blocked_sender, rush, duplicates)
)

RULES: tuple[Rule, ...] = (
    honeypot,
    sent_too_fast,
    no_proof_of_work,
    blocked_sender,
    blocked_phrases,
    rush,
    duplicates,
    strange_links,
    markup_in_text,
    unseen_signs,
    foreign_script,
    gibberish,
    shouting_sale,
    staff_name,
    advert_name,
    advertising_phrases,
    learned_words,
    emergency.emergency,
    side_effects.side_effects,
    dose_advice.dose_advice,
    personal_data.personal_data,
    advice_requests.advice_requests,
    miracle_cures.miracle_cures,
    likeness.like_emergencies,
    likeness.like_side_effects,
    likeness.like_dose_advice,
    likeness.like_personal_data,
    likeness.like_advice_requests,
    likeness.like_miracle_cures,
    likeness.like_advertising,
)
# How sure the second reader has to be that a sentence is ordinary before what a rule found there does not count.
SECOND_READER_IS_SURE: dict[Rule, float] = {
    emergency.emergency: 0.7,
    **dict.fromkeys(
        (
            advertising_phrases,
            learned_words,
            side_effects.side_effects,
            dose_advice.dose_advice,
            advice_requests.advice_requests,
            miracle_cures.miracle_cures,
        ),
        0.5,
    ),
}
