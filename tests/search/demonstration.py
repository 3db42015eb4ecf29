"""The demonstration content as public pages with their names, in the index: without reviews, rows and links.

`manage.py load_content` does all of that too, in a minute; where a page stands among results does not depend on it.
"""

from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from crosslinks.models import Name
from crosslinks.titles import follow_titles
from immunoportal.management.commands.load_content import load_people_and_categories
from publishing.documents import read_documents
from publishing.doors import prepare
from publishing.drafts import make_draft
from publishing.kinds import page_models
from publishing.models import Edition, Page
from search.indexing import SearchIndex

CONTENT = Path(__file__).resolve().parents[2] / "content"
# What the front matter says of rows, and what is slow to load one by one.
LEFT_OUT = ("names", "codes", "indications", "cautions", "related")


def load_demonstration() -> None:
    load_people_and_categories(CONTENT / "site.yaml")
    editions, names = {}, []
    for document in _documents():
        front = document.front_matter
        kept = {key: value for key, value in front.items() if key not in LEFT_OUT}
        page = make_draft(replace(document, front_matter=kept), by="tests").page
        editions[page.pk] = _made_public(page)
        names += [_name(page, facts) for facts in front.get("names", ())]
    for name in names:
        name.clean()
    Name.objects.bulk_create(names)
    follow_titles(editions.values())
    SearchIndex().derive(editions)


def _documents():
    paths = [path for model in page_models() for path in sorted((CONTENT / model.list_path()).glob("*.md"))]
    return read_documents([(path.name, path.read_bytes()) for path in paths])


def _made_public(page: Page) -> Edition:
    now = timezone.now()
    dates = dict.fromkeys(("valid_from", "first_published_at", "updated_at"), now)
    planned = prepare(page, page.snapshot(), number=1, change="major", published_by="tests", **dates)
    columns = {field.attname for field in Edition._meta.concrete_fields} - {"id"}
    values = {column: getattr(planned, column) for column in columns} | {"override_reason": "for the tests"}
    edition = Edition.append(**values)
    Page.objects.filter(pk=page.pk).update(live=edition, address=page.slug)
    return edition


def _name(page: Page, facts: dict) -> Name:
    return Name(page=page, **{"exact_case": facts["kind"] == Name.Kind.ABBREVIATION} | facts)
