"""Loads the demonstration content: people, references and documents of `content/`, through import, review and door.

It is signed off by a role that stands in for a clinician, and its pages say so. A page that somebody has worked on
since is left alone.
"""

import csv
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from articles.models import Category
from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.names import Block, name_key
from publishing import doors, watching, workflow
from publishing.content import content_digest, draft_content
from publishing.documents import DocumentError, read_documents
from publishing.drafts import DraftError, make_draft, relate
from publishing.kinds import page_models
from publishing.models import Event, Page, Person, Reference

BY = "Demonstration content"
NOTE = "The demonstration content was brought up to date."


class Command(BaseCommand):
    help = "Load the demonstration content of a folder; pages that are there already get its texts again."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content")

    def handle(self, *, folder: Path, **options):
        with transaction.atomic():
            load_people_and_categories(folder / "site.yaml")
            load_references(folder / "references.csv")
            watching.flag_references(by=BY)
        drafts = self.load_documents(folder)
        for draft in drafts:
            relate(draft.page, draft.related)
        published = sum(self.publish(draft.page) for draft in self.progress(drafts, "publishing"))
        load_blocked_names(folder / "blocked_names.yaml")
        self.stdout.write(f"{len(drafts)} documents loaded, {published} pages published.")

    def load_documents(self, folder: Path):
        """Conditions come first, because the rows of therapies name them."""
        paths = [path for model in page_models() for path in sorted((folder / model.list_path()).glob("*.md"))]
        documents = read_documents([(path.name, path.read_bytes()) for path in paths])
        drafts = []
        for path, document in self.progress(list(zip(paths, documents, strict=True)), "drafting"):
            if isinstance(document, DocumentError):
                raise CommandError(f"{path}: {document}")
            if was_edited(document.front_matter):
                self.stdout.write(f"{path.stem}: left as it is, because somebody here has worked on it.")
                continue
            try:
                drafts.append(make_draft(document, by=BY, replace=True))
            except DraftError as refusal:
                raise CommandError(f"{path}: {refusal}") from refusal
        return drafts

    def publish(self, page: Page) -> bool:
        page = Page.objects.select_related("live").get(pk=page.pk).concrete
        doors.settle(page, by=BY)
        if page.live and not page.has_unpublished_changes():
            return False
        try:
            pass_review(page)
            doors.publish(page, by=BY, note=NOTE if page.live else "")
        except (doors.CannotPublish, workflow.MoveRefused) as refusal:
            raise CommandError(f"{page}: {refusal}") from refusal
        return True

    def progress(self, items: list, what: str):
        return tqdm(items, desc=what, unit="page", disable=not self.stderr.isatty())


def pass_review(page: Page) -> None:
    """The moves that are left: a run that was interrupted may have made some."""
    left = {
        Page.State.EDITORIAL: lambda: workflow.submit(page, by=BY),
        Page.State.MEDICAL: lambda: workflow.send_on(page, by=BY),
        Page.State.APPROVED: lambda: sign_off(page),
    }
    states = list(left)
    state = Page.objects.values_list("state", flat=True).get(pk=page.pk)
    for target in states[states.index(state) + 1 if state in states else 0 :]:
        left[target]()


def sign_off(page: Page) -> None:
    reviewer = Person.objects.filter(is_demonstration=True).order_by("pk").first()
    if reviewer is None:
        raise CommandError("No person of site.yaml has is_demonstration: nobody can sign the content off.")
    workflow.sign_off(page, by=BY, seen=content_digest(draft_content(page)), reviewer=reviewer)


def was_edited(front: dict) -> bool:
    """Whether the page of a document is no longer as this command left it."""
    page = Page.objects.filter(kind=front["kind"], slug=front["slug"]).first()
    if page is None:
        return False
    if not page.was_public:
        # Left by a run that was interrupted, or somebody's own draft.
        return (
            page.contributions.exists()
            or not Event.objects.filter(action="imported", subject_id=page.pk, user_name=BY).exists()
        )
    return page.state != Page.State.PUBLISHED or page.editions.latest().published_by != BY


def load_people_and_categories(path: Path) -> None:
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    for person in facts["people"]:
        Person.objects.update_or_create(slug=person["slug"], defaults=person)
    for position, category in enumerate(facts["categories"]):
        Category.objects.update_or_create(slug=category["slug"], defaults=category | {"position": position})


def load_references(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            row |= {"is_checked": row.pop("checked") == "yes", "year": row["year"] or None}
            row["accessed_on"] = row["accessed_on"] or None
            Reference.objects.update_or_create(key=row["key"], defaults=row)


def load_blocked_names(path: Path) -> None:
    """Texts that never link. Those that are blocked already stay as they are."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    blocks = [Block(text=each["text"], reason=Block.Reason.WRONG_SENSE, remark=each["reason"]) for each in listed]
    known = set(Block.objects.filter(page=None).values_list("key", flat=True))
    missing = {name_key(block.text): block for block in blocks if name_key(block.text) not in known}
    if missing:
        changes.apply(Change(block=tuple(missing.values())), by=BY)
