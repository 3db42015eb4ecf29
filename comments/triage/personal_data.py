"""Numbers, addresses and names that tell who somebody is: of the writer, of a clinician, or of a third person."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from comments.triage.contact_details import mail_addresses, names_on_sites, telephone_numbers
from comments.triage.identity_numbers import dates_of_birth, identity_numbers
from comments.triage.named_people import named_people
from comments.triage.postal_addresses import postal_addresses
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

REASON = _("Holds names, numbers or addresses of a person")
_LONGEST_REPORT = 160
_FEWEST_DIGITS = 5  # of a number that is somebody's


def personal_data(candidate: Candidate) -> Verdict:
    text, name = candidate.whole, candidate.name
    found = [*mail_addresses(text), *names_on_sites(text), *_numbered(text), *named_people(text)]
    # A name is a name; but no number or mail address belongs into it.
    found += [*mail_addresses(name), *_numbered(name)]
    words = filter(None, (word.strip()[:_LONGEST_REPORT].strip() for word in found))
    return hold(REASON, *dict.fromkeys(words), flag=Flag.PERSONAL_DATA) if found else PASS


def _numbered(text: str) -> Iterator[str]:
    digits = sum(map(text.count, "0123456789"))
    if digits:
        yield from postal_addresses(text)
    if digits >= _FEWEST_DIGITS:
        yield from identity_numbers(text)
        yield from dates_of_birth(text)
        yield from telephone_numbers(text)
