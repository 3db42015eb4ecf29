"""The evidence pack of a page: all that is on record about it, as one archive with a manifest of digests.

It holds what was public and how it was reviewed. The draft is in it only when that is asked for. Names and times inside
the archive do not depend on when it is made, so that two packs of the same records differ in the manifest alone.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from publishing import checks, richtext
from publishing.comparison import compare
from publishing.content import content_of, draft_content, live_content
from publishing.editions import Edition
from publishing.events import Event, name_of, record
from publishing.notices import Notice
from publishing.pages import Page
from publishing.records import ChainHead, Record
from publishing.references import Reference
from publishing.rows import RowEdition
from publishing.signoffs import SignOff

IN_MEMORY = 5_000_000
# Of no meaning, and the same in every pack: the earliest that an archive can hold.
TIME = (1980, 1, 1, 0, 0, 0)
# A spreadsheet would take what begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
REFERENCE_COLUMNS = (
    "key title authors publisher year kind doi pmid url archive_url accessed_on state is_checked "
    "link_state link_finding link_checked_at register_finding register_checked_at"
).split()


@dataclass(frozen=True)
class File:
    name: str
    content: str


def may_export(user) -> bool:
    return user.has_perms(["publishing.view_edition", "publishing.view_signoff"])


def export(page: Page, *, by, with_draft: bool = False) -> IO[bytes]:
    """The pack, as a file that is read from its beginning. About thirty queries. `page` is of its own kind."""
    if not isinstance(by, str) and not may_export(by):
        raise PermissionDenied(_("Your account may not export the evidence of a page."))
    archive = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (whoever asked for it closes it)
    listed = []
    with ZipFile(archive, "w") as pack:
        for file in _files(page, with_draft=with_draft):
            listed.append(_write(pack, file))
        manifest = _manifest(page, by, listed, with_draft=with_draft)
        written = _write(pack, File("manifest.json", _json(manifest)))
    record(Event.Action.EXPORTED, page, by=by, manifest=written["sha256"], with_draft=with_draft)
    archive.seek(0)
    return archive


def file_name(page: Page) -> str:
    return f"evidence-{page.kind}-{slugify(page.address or page.slug)}-{timezone.localdate().isoformat()}.zip"


def _write(pack: ZipFile, file: File) -> dict:
    info, content = ZipInfo(file.name, TIME), file.content.encode()
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    pack.writestr(info, content)
    return {"name": file.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _manifest(page: Page, by, listed: list[dict], *, with_draft: bool) -> dict:
    heads = ChainHead.objects.order_by("chain").values("chain", "length", "digest")
    return {
        "page": {
            "number": page.pk,
            "kind": page.kind,
            "title": _public_title(page, with_draft),
            "address": page.address,
        },
        "made_at": timezone.now(),
        "made_by": name_of(by),
        "with_draft": with_draft,
        # As `manage.py verify --expect` reads them, each after the word “head”.
        "heads": [f"{head['chain']} {head['length']} {head['digest']}" for head in heads],
        "files": listed,
    }


def _files(page: Page, *, with_draft: bool) -> Iterator[File]:
    yield File(
        "README.txt",
        render_to_string(
            "publishing/evidence/readme.txt", {"title": _public_title(page, with_draft), "with_draft": with_draft}
        ),
    )
    yield from _editions(page)
    yield from _sign_offs(page, with_draft=with_draft)
    yield from _rows(page)
    yield _references(page)
    yield _checks(page)
    yield from _tables(page)
    if with_draft:
        yield File("draft/draft.json", _json(draft_content(page)))


def _editions(page: Page) -> Iterator[File]:
    """Each edition as it is recorded and as it reads, and what differs from the one before."""
    before = None
    ties = page.editions.prefetch_related("tags", "people", "references", "images").order_by("number")
    for edition in ties.iterator(chunk_size=20):
        name = f"editions/{edition.number:03}"
        yield File(f"{name}.json", _json(_facts(edition) | _ties(edition)))
        yield File(f"{name}.html", _html("edition", edition=edition, body=_body(edition)))
        yield File(f"{name}.txt", f"{edition.title}\n\n{edition.summary}\n\n{edition.text}\n")
        if edition.is_withdrawal:
            continue
        if before is not None:
            differences = compare(content_of(before.snapshot, {}), content_of(edition.snapshot, {}))
            shown = _html("difference", before=before, after=edition, differences=differences.differences)
            yield File(f"diffs/{before.number:03}-to-{edition.number:03}.html", shown)
        before = edition


def _body(edition: Edition) -> str:
    """With the keys of its sources, which references.csv explains, in the place of their numbers."""
    return richtext.safe(richtext.mark_citations(edition.html, "[{}]".format))


def _ties(edition: Edition) -> dict:
    return {
        "tied_tags": sorted(tag.slug for tag in edition.tags.all()),
        "tied_people": sorted(person.slug for person in edition.people.all()),
        "tied_references": sorted(reference.key for reference in edition.references.all()),
        "tied_images": sorted(image.name for image in edition.images.all()),
    }


def _public_title(page: Page, with_draft: bool) -> str:
    newest = page.editions.order_by("number").last()
    return page.title if with_draft or newest is None else newest.title


def _sign_offs(page: Page, *, with_draft: bool) -> Iterator[File]:
    titles = _public_titles(page)
    was_public = Exists(Edition.objects.filter(sign_off=OuterRef("pk")))
    known = SignOff.objects.filter(page=page.pk).annotate(was_public=was_public).order_by("pk")
    for number, sign_off in enumerate(known.iterator(chunk_size=20), 1):
        if with_draft or sign_off.was_public:
            sign_off.content = _with_partners(sign_off.content, titles)
        else:
            # What was signed and never public is a draft.
            sign_off.content = {"left_out": "never public"}
        yield File(f"sign-offs/{number:03}.json", _json(_facts(sign_off)))


def _public_titles(page: Page) -> dict[str, str]:
    """By row: what readers see the other page called, which its draft may call otherwise."""
    found = {}
    for name in page.row_names:
        there = next(end for end in getattr(page, name).model.ends if end != page.kind)
        for row in getattr(page, name).select_related(f"{there}__live"):
            other = getattr(row, there)
            found[row.anchor] = other.live.title if other.live else ""
    return found


def _with_partners(content: dict, titles: dict[str, str]) -> dict:
    rows = {anchor: row | {"partner": titles.get(anchor, "")} for anchor, row in content["rows"].items()}
    return content | {"rows": rows}


def _row_editions(page: Page) -> Iterator[tuple[str, list[RowEdition]]]:
    """What was public of each row of the page, by its anchor. Two queries for each kind of row."""
    for name in page.row_names:
        for row in getattr(page, name).prefetch_related("editions").order_by("pk"):
            found = sorted(row.editions.all(), key=lambda edition: edition.number)
            if found:
                yield row.anchor, found


def _rows(page: Page) -> Iterator[File]:
    for anchor, editions in _row_editions(page):
        yield File(f"rows/{anchor}.json", _json([_facts(edition) for edition in editions]))


def _references(page: Page) -> File:
    """Every source that an edition of the page or of one of its rows has cited, as it stands now."""
    cited: dict[str, list[str]] = {}
    for number, key in page.editions.order_by("number").values_list("number", "references__key"):
        cited.setdefault(key, []).append(_("edition %d") % number)
    for anchor, editions in _row_editions(page):
        for key in chain.from_iterable((edition.snapshot or {}).get("references", {}) for edition in editions):
            cited.setdefault(key, []).append(anchor)
    found = Reference.objects.filter(key__in=[key for key in cited if key]).order_by("key")
    rows = [
        [*(getattr(each, column) for column in REFERENCE_COLUMNS), "; ".join(dict.fromkeys(cited[each.key]))]
        for each in found
    ]
    return _table("references", [*REFERENCE_COLUMNS, "cited_in"], rows)


def _checks(page: Page) -> File:
    content = live_content(page)
    results = checks.summary(page, _with_partners(content, _public_titles(page))) if content else []
    return File(
        "checks.json",
        _json({"about": "what readers see now" if content else "nothing: it is not public", "results": results}),
    )


def _tables(page: Page) -> Iterator[File]:
    comments = ("written_at", "part_label", "written_by", "text", "resolution", "resolved_by", "resolved_at")
    yield _table("review-comments", comments, page.review_comments.order_by("pk").values_list(*comments))
    events = ("recorded_at", "user_name", "action", "reason", "details", "digest")
    labels = {Page._meta.label_lower, page._meta.label_lower}
    about = Event.objects.filter(subject_label__in=labels, subject_id=page.pk).order_by("pk")
    yield _table("events", events, about.values_list(*events))
    notices = ("recorded_at", "text", "reach", "signer_name", "signer_credentials", "expires_at")
    ends = ("end__recorded_at", "end__reason", "end__ended_by")
    issued = Notice.objects.filter(Q(page=page.pk)).order_by("pk")
    heads = [*notices, "ended_at", "reason_of_end", "ended_by"]
    yield _table("notices", heads, issued.values_list(*notices, *ends))
    contributions = ("changed_at", "user_name", "version")
    yield _table(
        "contributors", contributions, page.contributions.order_by("changed_at", "pk").values_list(*contributions)
    )
    # Readers cannot comment on this site; the table is there so that a pack always has the same parts.
    yield _table("comments-received", ("received_at", "text", "answer", "action_taken"), [])


def _facts(one: Record) -> dict:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def _html(name: str, **context) -> str:
    return render_to_string(f"publishing/evidence/{name}.html", context)


def _json(value) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _table(name: str, heads: Iterable[str], rows: Iterable[Iterable]) -> File:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return File(f"{name}.csv", text.getvalue())


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = _json(value).strip() if isinstance(value, dict | list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
