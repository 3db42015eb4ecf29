"""From a document that was read (`publishing.documents`) to the draft of a page. Nothing here makes anything public."""

import dataclasses
import re
from dataclasses import dataclass, field
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from publishing.contributions import note_change
from publishing.documents import Document, Finding
from publishing.events import Event, record
from publishing.freshness import Stamp
from publishing.front_matter import DraftError, shaped
from publishing.kinds import by_kind
from publishing.pages import Page
from publishing.people import Person
from publishing.richtext import text_of
from publishing.tags import Tag

SECTION_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
# What the front matter of any kind may hold, and the columns it fills; a kind adds its own names.
PLAIN = {
    "title": "title",
    "slug": "slug",
    "summary": "summary",
    "language": "language",
    "short": "is_short",
    "demonstration": "is_demonstration",
    "medical": "is_medical",
    "review_interval": "review_interval",
}
SHAPES = {
    **dict.fromkeys(("kind", "title", "slug", "summary", "language"), "text"),
    **dict.fromkeys(("short", "demonstration", "medical"), "yes or no"),
    "review_interval": "number",
    **dict.fromkeys(("authors", "tags", "related"), "list"),
}


@dataclass
class Draft:
    page: Page
    findings: list[Finding] = field(default_factory=list)
    # Addresses such as `therapies/methotrexate`, set by `relate` once those pages are drafted too.
    related: list[str] = field(default_factory=list)


def make_draft(document: Document, *, kind: str = "", by, replace: bool = False) -> Draft:
    """Save the draft a document describes. All or nothing; raises DraftError.

    `kind` decides where the front matter does not. With `replace` a page that has this address gets the new draft,
    otherwise it is refused.
    """
    findings = list(document.findings)
    model = by_kind().get(str(document.front_matter.get("kind") or kind))
    if model is None:
        raise DraftError(_("Say what it is: kind must be one of %s.") % ", ".join(by_kind()))
    front = shaped(document.front_matter, SHAPES | model.front_matter_shapes(), findings)
    if "medical" in front and not isinstance(by, str) and not by.has_perm("publishing.send_on_page"):
        # As on the form: whether a page needs a medical review is decided by those who send it there.
        del front["medical"]
        findings.append(Finding("warning", _("“medical” was left out: an editor decides that.")))
    document = dataclasses.replace(document, front_matter=front)
    with transaction.atomic():
        # Like every door, so that an import and a door cannot wait for each other.
        Stamp.lock()
        page = _page_for(document, model, replace)
        seen_states = {page.pk: page.state} if page.pk else None
        _fill(page, document, findings)
        page.load_front_matter(front)
        _check(page)
        page.save()
        _fill_lists(page, document, findings)
        page.load_rows(front, by=by)
        note_change([page.pk], by=by, seen_states=seen_states)
        record(Event.Action.IMPORTED, page, by=by)
    return Draft(page, findings, front.get("related", []))


def _page_for(document: Document, model: type[Page], replace: bool) -> Page:
    title = document.front_matter.get("title") or document.title
    if not title:
        raise DraftError(_("The document has no title. Begin it with a line that names its subject."))
    slug = document.front_matter.get("slug") or slugify(title)[:100] or "untitled"
    page = model.objects.filter(slug=slug).first()
    if page and not replace:
        raise DraftError(_("There is already a page at the address “%s”. Change the title or edit that page.") % slug)
    return page or model(title=title[:200], slug=slug)


def _fill(page: Page, document: Document, findings: list[Finding]) -> None:
    front = document.front_matter
    page.title = (front.get("title") or document.title)[:200]
    page.summary = _summary(document, findings)
    for name, attribute in PLAIN.items():
        if name in front and name not in {"title", "summary"}:
            setattr(page, attribute, front[name])
    for name, html in split_sections(page, document.html, findings).items():
        setattr(page, name, html)


def _summary(document: Document, findings: list[Finding]) -> str:
    summary = document.front_matter.get("summary") or document.lead
    if len(summary) > 300:
        findings.append(Finding("warning", _("The summary is longer than 300 characters and was cut.")))
        summary = summary[:299].rsplit(" ", 1)[0] + "…"
    return summary


def split_sections(page: Page, html: str, findings: list[Finding]) -> dict[str, str]:
    """Each text field of the page and its HTML, sorted by the headings that name a section.

    Text under a heading that names none stays in the section before it, heading included; what comes first goes
    into the first section.
    """
    fields = [section for section in page.sections if not section.rows]
    if len(fields) == 1:
        return {fields[0].field: html}
    by_title = {str(section.title).casefold(): section.field for section in fields}
    texts = {section.field: "" for section in fields}
    current = fields[0].field
    before, *rest = SECTION_HEADING.split(html)
    texts[current] = before
    for heading, text in zip(rest[::2], rest[1::2], strict=True):
        title = text_of(heading).strip()
        known = by_title.get(title.casefold())
        if known is None:
            findings.append(
                Finding("warning", _("No section is called “%s”: its text was kept in the one before.") % title)
            )
        current = known or current
        texts[current] += text if known else f"<h3>{heading}</h3>{text}"
    return texts


def _check(page: Page) -> None:
    try:
        page.clean_fields()
    except ValidationError as refusal:
        reasons = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in refusal.message_dict.items())
        raise DraftError(_("The document cannot be stored: %s") % reasons) from refusal


def _fill_lists(page: Page, document: Document, findings: list[Finding]) -> None:
    front = document.front_matter
    page.tags.set(_tags(front.get("tags", []), findings))
    slugs = front.get("authors", [])
    people = list(Person.objects.filter(slug__in=slugs))
    for slug in set(slugs) - {person.slug for person in people}:
        findings.append(Finding("warning", _("No person has the address “%s”: choose the authors.") % slug))
    # Markdown repeats its front matter's authors in the byline.
    people += [_person(name, findings) for name in document.byline if name not in slugs]
    page.authors.set(people)


def _tags(names: list[str], findings: list[Finding]) -> list[Tag]:
    """The tags of these names, made where there are none."""
    found = []
    for name in names:
        try:
            Tag(name=name).clean()
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
            findings.append(
                Finding("warning", _("The tag “%(name)s” was left out: %(why)s") % {"name": name, "why": why})
            )
        else:
            found.append(Tag.named(name))
    return found


def _person(name: str, findings: list[Finding]) -> Person:
    """The person of this name, made when there is none: without credentials until someone adds them."""
    known = Person.objects.filter(name__iexact=name).first()
    if known:
        return known
    findings.append(Finding("warning", _("“%s” was added to the people: add credentials and interests.") % name))
    return Person.objects.create(name=name[:200], slug=_free_slug(slugify(name)[:40] or "author"))


def _free_slug(slug: str) -> str:
    """The slug, or the first of slug-2, slug-3, … that no person has."""
    taken = set(Person.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(each for each in chain([slug], (f"{slug}-{number}" for number in count(2))) if each not in taken)


def relate(page: Page, addresses: list[str]) -> None:
    """Set the related pages from addresses such as `therapies/methotrexate`, once all of them are drafted."""
    kinds = {model.list_path(): kind for kind, model in by_kind().items()}
    wanted = Q(pk__in=[])
    for address in addresses:
        folder, _slash, slug = address.partition("/")
        wanted |= Q(kind=kinds.get(folder, ""), slug=slug)
    page.related.set(Page.objects.filter(wanted))
