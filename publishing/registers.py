"""Crossref, the register of DOIs: what it says of a work's retraction or correction. Off unless CROSSREF_MAILTO is set.

A failed call, and an answer that is not understood, says nothing about the work: never that it is clean.
"""

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from publishing.references import Reference
from publishing.watching import FlaggedWork, flag_references, normal_doi, note_flagged
from publishing.web_client import Ask, NoAnswer, Pace, Refused, host_of

ADDRESS = "https://api.crossref.org/works"
SOURCE = "Crossref"
LARGEST_ANSWER = 4_000_000
MOST_NOTICES = 100
CORRECTED, CONCERN, RETRACTED = FlaggedWork.State.values
# How the register calls what happened to a work. A new edition says nothing against the old one.
STATES = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), RETRACTED),
    **dict.fromkeys(("expression_of_concern", "partial_retraction"), CONCERN),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), CORRECTED),
    **dict.fromkeys(("new_version", "new_edition"), ""),
}


class RegisterFailed(Exception):
    """The answer is missing or not understood, but for what was `found` against the work all the same."""

    def __init__(self, why: str, found: "tuple[Notice, ...]" = ()):
        super().__init__(why)
        self.found = found


@dataclass(frozen=True)
class Notice:
    state: str
    noted_on: date


class Crossref:
    """`ask` makes one request (`publishing.web_client`)."""

    def __init__(self, ask: Ask, pace: Pace):
        self.ask, self.pace = ask, pace

    @staticmethod
    def is_on() -> bool:
        return bool(settings.CROSSREF_MAILTO)

    def of_work(self, doi: str) -> list[Notice]:
        """What the work's own record says has happened to it. Raises RegisterFailed."""
        message = self._message(f"{ADDRESS}/{quote(doi, safe='')}", {})
        if normal_doi(str(message.get("DOI", ""))) != doi:
            raise RegisterFailed(_("it answered for another work"))
        return notices(message.get("updated-by", []))

    def of_notices(self, doi: str) -> list[Notice]:
        """What the notices of retraction and correction say that name the work. Raises RegisterFailed."""
        message = self._message(ADDRESS, {"filter": f"updates:{doi}", "rows": str(MOST_NOTICES)})
        items, total = message.get("items"), message.get("total-results")
        if not isinstance(items, list) or not isinstance(total, int) or total > len(items):
            raise RegisterFailed(_("its list of notices is not complete"))
        updates = [update for item in items for update in updates_of(item)]
        about = [update for update in updates if normal_doi(str(update.get("DOI", ""))) == doi]
        if items and not about:
            raise RegisterFailed(_("it answered for another work"))
        return notices(about)

    def _message(self, url: str, query: dict[str, str]) -> dict:
        host = host_of(url)
        self.pace.take_turn(host)
        try:
            answer = self.ask("GET", f"{url}?{urlencode(query | {'mailto': settings.CROSSREF_MAILTO})}", LARGEST_ANSWER)
        except (NoAnswer, Refused) as failure:
            raise RegisterFailed(str(failure)) from failure
        finally:
            self.pace.done(host)
        if answer.status == 404:
            raise RegisterFailed(_("it does not know this DOI"))
        if answer.status != 200:
            raise RegisterFailed(_("it answered %d") % answer.status)
        try:
            message = json.loads(answer.body)["message"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise RegisterFailed(_("its answer makes no sense")) from error
        if not isinstance(message, dict):
            raise RegisterFailed(_("its answer makes no sense"))
        return message


def updates_of(item: object) -> list[dict]:
    found = item.get("update-to") if isinstance(item, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise RegisterFailed(_("its answer makes no sense"))
    return found


def notices(updates: object) -> list[Notice]:
    if not isinstance(updates, list):
        raise RegisterFailed(_("its answer makes no sense"))
    found = [Notice(STATES[kind_of(each)], day_of(each.get("updated"))) for each in updates if kind_of(each) in STATES]
    found = [notice for notice in found if notice.state]
    unknown = [kind_of(each) for each in updates if kind_of(each) not in STATES]
    if unknown:
        raise RegisterFailed(_("it tells of something unknown: “%s”") % unknown[0][:60], tuple(found))
    return found


def kind_of(update: object) -> str:
    kind = update.get("type") if isinstance(update, dict) else None
    return kind.lower().replace("-", "_").replace(" ", "_") if isinstance(kind, str) else ""


def day_of(updated: object) -> date:
    """The day it names; today where it names none, which is when the portal learnt of it."""
    try:
        parts = updated["date-parts"][0]
        return date(*(*parts, 1, 1)[:3])
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return localdate()


def look_up(reference: Reference, register: Crossref) -> str:
    """Ask for the work of a reference in both directions, and store what came of it: what was found against it, or why
    nothing is known. Returns the finding; only a complete answer counts as one (`register_checked_at`).
    """
    doi = normal_doi(reference.doi)
    found, failures = [], []
    for direction in (register.of_work, register.of_notices):
        try:
            found += direction(doi)
        except RegisterFailed as failure:
            found += failure.found
            failures.append(str(failure))
    worst = max(found, key=lambda notice: FlaggedWork.State.values.index(notice.state), default=None)
    label = str(FlaggedWork.State(worst.state).label) if worst else ""
    finding = "; ".join(filter(None, [label, *dict.fromkeys(failures)]))[:300]
    now = timezone.now()
    answered = {} if failures else {"register_checked_at": now}
    with transaction.atomic():
        Reference.objects.filter(pk=reference.pk, doi=reference.doi).update(
            register_asked_at=now, register_finding=finding, **answered
        )
        if worst and note_flagged([FlaggedWork(doi=doi, state=worst.state, noted_on=worst.noted_on, source=SOURCE)]):
            flag_references(by=SOURCE)
    return finding
