"""Whether the addresses of sources still lead somewhere: answers, does not, or not known."""

import http.client
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.references import Reference
from publishing.watching import ReferenceTask, update_tasks
from publishing.web_client import Answer, Ask, NoAnswer, Pace, Refused, host_of

OK, PROBLEM, UNKNOWN = Reference.LinkState.values
WORST_FIRST = (PROBLEM, UNKNOWN, OK)
MOST_REDIRECTS = 5
# Of a page, to see that it really comes.
READ = 2_000
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
REDIRECTS = PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
# The front page of a site, also in one of its languages.
HOME = re.compile(r"/?([a-z]{2}(-[a-z]{2})?/?)?(index\.\w+|home/?)?", re.IGNORECASE)
# How long a host is left alone that says it is busy: what it asks for, or this.
PATIENCE = 60.0
LONGEST_PATIENCE = 24 * 60 * 60.0
# A host that needs longer waits for the next run.
LONGEST_WAIT = 90.0
# Between what a link answered, and how asking it again has failed since.
LATER = " ⟶ "
LONGEST_FINDING = 300


@dataclass(frozen=True)
class Finding:
    state: str
    # What there is to say about it besides.
    text: str = ""


class LinkChecker:
    """Follows an address to where it leads. `ask` makes one request (`publishing.web_client`)."""

    def __init__(self, ask: Ask, pace: Pace):
        self.ask, self.pace = ask, pace

    def check(self, url: str) -> Finding:
        try:
            return self._follow(url)
        except (Refused, NoAnswer) as failure:
            return Finding(UNKNOWN, str(failure))

    def _follow(self, url: str) -> Finding:
        here, moved = url, False
        for _redirect in range(MOST_REDIRECTS + 1):
            answer = self._confirmed(here)
            if answer.status not in REDIRECTS:
                return judged(answer, here if moved else "")
            target = answer.headers.get("location")
            if not target:
                return Finding(UNKNOWN, _("a redirect that leads nowhere"))
            is_permanent = answer.status in PERMANENT
            here, moved = joined(here, target), moved or is_permanent
            if is_home(here) and not is_home(url):
                return Finding(PROBLEM if is_permanent else UNKNOWN, _("leads to the front page %s instead") % here)
        return Finding(UNKNOWN, _("redirects without end"))

    def _confirmed(self, url: str) -> Answer:
        """The answer to HEAD, or, as many servers know no HEAD, to GET."""
        answer = self._asked("HEAD", url, 0)
        if answer.is_success or answer.status in REDIRECTS | BUSY:
            return answer
        return self._asked("GET", url, READ)

    def _asked(self, method: str, url: str, limit: int) -> Answer:
        host = host_of(url)
        self.pace.take_turn(host)
        try:
            answer = self.ask(method, url, limit)
        finally:
            self.pace.done(host)
        if answer.status in BUSY:
            self.pace.keep_off(host, patience(answer.headers.get("retry-after", "")))
        return answer


def judged(answer: Answer, moved_to: str) -> Finding:
    """What an answer that is no redirect says about the link; `moved_to` is where it has moved for good."""
    if answer.is_success:
        return Finding(OK, _("moved to %s") % moved_to if moved_to else "")
    name = f"{answer.status} {http.client.responses.get(answer.status, '')}".strip()
    return Finding(PROBLEM if answer.status in GONE else UNKNOWN, name)


def joined(here: str, target: str) -> str:
    """Where a redirect leads. Raises Refused."""
    try:
        url = urljoin(here, target)
    except ValueError as error:
        raise Refused(_("a redirect that leads nowhere")) from error
    host_of(url)
    return url


def is_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(HOME.fullmatch(parts.path)) and not parts.query


def patience(retry_after: str) -> float:
    """Seconds to leave a busy host alone: Retry-After holds a number of them, or a date."""
    if retry_after.isascii() and retry_after.isdecimal():
        return min(float(retry_after), LONGEST_PATIENCE)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return PATIENCE
    wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(wait.total_seconds(), 0.0), LONGEST_PATIENCE)


def addresses_of(reference: Reference) -> list[str]:
    """Where readers are sent. Of a source that is gone only the archived copy is asked for."""
    archived = [reference.archive_url] if reference.archive_url else []
    if reference.state == Reference.State.ARCHIVED and archived:
        return archived
    first = reference.url or (f"https://doi.org/{reference.doi}" if reference.doi else "")
    return [first, *archived] if first else archived


def first_host(reference: Reference) -> str:
    try:
        return host_of(addresses_of(reference)[0])
    except Refused:
        return ""


def in_polite_order(references: Iterable[Reference], pace: Pace) -> Iterator[Reference]:
    """In their order, but while a host needs its rest, those of other hosts first.

    A host that asks to be left alone for longer is left alone: its sources keep their place for the next run.
    """
    by_host: dict[str, deque] = {}
    for position, reference in enumerate(references):
        by_host.setdefault(first_host(reference), deque()).append((position, reference))
    while by_host:
        now = pace.clock()
        host = min(by_host, key=lambda host: (max(pace.free_at(host), now), by_host[host][0][0]))
        if pace.free_at(host) - now > LONGEST_WAIT:
            return
        yield by_host[host].popleft()[1]
        if not by_host[host]:
            del by_host[host]


def check_reference(reference: Reference, checker: LinkChecker) -> Finding:
    """Ask for the addresses of the source, store what came of it, and open or close the tasks that follow."""
    found = {url: checker.check(url) for url in addresses_of(reference)}
    finding = combined(found)
    if reference.link_state == PROBLEM and finding.state == UNKNOWN:
        # Somebody has to look at it until it answers.
        finding = Finding(PROBLEM, f"{reference.link_finding.partition(LATER)[0]}{LATER}{finding.text}")
    store(reference, finding)
    return finding


def combined(found: dict[str, Finding]) -> Finding:
    """The worst of them, each with its address; and the archived copy, where that still answers."""
    worst = min((finding.state for finding in found.values()), key=WORST_FIRST.index, default=UNKNOWN)
    if not found:
        return Finding(UNKNOWN, _("there is no address to ask"))
    texts = [f"{url}: {finding.text}" for url, finding in found.items() if finding.text]
    first, *others = found.values()
    if first.state != OK and others and others[0].state == OK:
        texts.append(_("the archived copy answers"))
    return Finding(worst, "; ".join(texts)[:LONGEST_FINDING])


def store(reference: Reference, finding: Finding) -> None:
    """Unless the addresses were changed meanwhile: then nothing is known of them."""
    asked = {name: getattr(reference, name) for name in ("url", "archive_url", "doi", "state")}
    with transaction.atomic():
        stored = Reference.objects.filter(pk=reference.pk, **asked).update(
            link_state=finding.state, link_finding=finding.text[:LONGEST_FINDING], link_checked_at=timezone.now()
        )
        if not stored:
            return
        is_new = finding.state == PROBLEM != reference.link_state
        reference.refresh_from_db()
        update_tasks(reference, new={ReferenceTask.Problem.LINK} if is_new else ())
