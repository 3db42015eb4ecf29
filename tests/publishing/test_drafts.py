from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from publishing import tag_merges
from publishing.documents import Document, read_document
from publishing.drafts import DraftError, make_draft, relate
from publishing.models import Contribution, Edition, Event, Page, Person, Tag
from tests.builders import (
    make_article,
    make_category,
    make_condition,
    make_person,
    make_reference,
    make_tag,
    make_therapy,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
THERAPY = b"""---
kind: therapy
slug: testinab
title: Testinab
summary: An antibody for tests.
group: biologic
routes: injection
codes:
  atc: [L04AB02]
tags: [Biologics, skin]
indications:
  - condition: psoriasis
    role: first-line
    status: approved
    authority: European Medicines Agency
    description: It calms the skin.
    references: [known]
    checked: true
---

It has a word before its sections.

## How it works

It binds.[^known]

## Harms

::: urgent Call your team today if
- you have a fever
:::

## Storage

In the fridge.
"""


@pytest.fixture
def known():
    make_condition(slug="psoriasis")
    return make_reference(key="known")


def draft_of(data=THERAPY, name="testinab.md", **options):
    return make_draft(read_document(name, data), by="tests", **options)


def test_document_becomes_a_draft_with_sections_rows_codes_and_tags(known):
    page = draft_of().page
    row = page.indications.get()
    assert (page.title, page.group, page.routes, page.state) == ("Testinab", "biologic", "injection", "draft")
    assert page.how_it_works.startswith("<p>It has a word before its sections.</p>")
    assert '<sup data-ref="known"></sup>' in page.how_it_works
    assert page.harms.startswith('<div data-help="urgent"><h3>Call your team today if</h3><ul>')
    assert page.harms.endswith("<h3>Storage</h3><p>In the fridge.</p>")
    assert (row.condition.slug, row.position_on_therapy, row.is_checked, list(row.references.all())) == (
        "psoriasis",
        1,
        True,
        [known],
    )
    assert [str(code) for code in page.codes.all()] == ["ATC L04AB02"]
    assert sorted(tag.name for tag in page.tags.all()) == ["Biologics", "skin"]
    assert not Edition.objects.exists()
    assert Event.objects.get().action == "imported"


def test_who_imports_a_document_has_changed_its_page_and_those_its_rows_join(known):
    user = make_user("author")
    page = make_draft(read_document("testinab.md", THERAPY), by=user).page
    changed = Contribution.objects.filter(user_id=user.pk).values_list("page_id", flat=True)
    assert set(changed) == {page.pk, page.indications.get().condition_id}


def test_report_names_what_has_no_place(known):
    messages = [finding.message for finding in draft_of(THERAPY.replace(b"routes: injection", b"colour: red")).findings]
    assert any("“Storage”" in message for message in messages)
    assert any("“colour”" in message for message in messages)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b"condition: psoriasis", b"condition: unknown"), "no condition “unknown”"),
        ((b"[known]", b"[unknown]"), "no reference unknown"),
        ((b"[L04AB02]", b"[nonsense]"), "not what a code"),
        ((b"role: first-line", b"role: best"), "best"),
        ((b"group: biologic", b"group: magic"), "magic"),
        ((b"kind: therapy", b"kind: recipe"), "kind must be one of"),
    ],
)
def test_document_that_cannot_be_stored_leaves_nothing_behind(known, change, reason):
    with pytest.raises(DraftError, match=reason):
        draft_of(THERAPY.replace(*change))
    assert not Page.objects.filter(slug="testinab").exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "entry",
    [
        *(
            "title: [a]",
            "summary: {a: 1}",
            "tags: 5",
            "authors: [[1]]",
            "review_interval: many",
            "short: maybe",
            "codes: 5",
        ),
        *(
            "codes: {atc: 5}",
            "indications: 5",
            "indications: [5]",
            "related: 5",
            "review_interval: 99999999999999999999",
        ),
        *("indications: [{condition: psoriasis, role: first-line, description: x, live_id: 1}]",),
        *("indications: [{condition: psoriasis, role: first-line, description: x, therapy_id: 1}]",),
        *("indications: [{condition: psoriasis, role: first-line, description: x, save: 1}]",),
        *("indications: [{condition: psoriasis, role: first-line, description: x, references: 5}]",),
    ],
)
def test_entry_of_another_shape_is_refused_with_a_sentence(known, entry):
    text = (
        f"---\nkind: therapy\ngroup: biologic\n{'' if entry.startswith('title') else 'title: T'}\n{entry}\n---\nText.\n"
    )
    with pytest.raises(DraftError):
        draft_of(text.encode())
    assert not Page.objects.filter(kind="therapy").exists()


def test_number_as_a_title_is_a_text(known):
    make_category()
    assert draft_of(b"---\ntitle: 2024\ntags: [1]\n---\nText.\n", kind="article").page.title == "2024"


def test_two_cautions_of_different_kinds_for_one_condition_are_two_rows(known):
    rows = "".join(
        f"  - {{condition: psoriasis, kind: {kind}, description: x}}\n" for kind in ("harm", "not-effective")
    )
    text = f"---\nkind: therapy\ntitle: T\ngroup: biologic\ncautions:\n{rows}---\nText.\n"
    assert draft_of(text.encode()).page.cautions.count() == 2


def test_imported_row_counts_as_a_change_of_the_condition(known):
    condition = published(Page.objects.get(slug="psoriasis").concrete)
    draft_of()
    after = Page.objects.get(pk=condition.pk)
    assert (after.version, after.state) == (condition.version + 1, "draft")


def test_plain_document_becomes_a_condition_on_the_shelf_given(tmp_path):
    (tmp_path / "plain.txt").write_text("A plain condition\n\nA paragraph that is long enough to be text.\n")
    call_command("import_documents", str(tmp_path), "--kind", "condition", "--shelf", "allergy")
    assert Page.objects.get().concrete.group == "allergy"


def test_people_of_names_without_a_latin_letter_get_addresses_of_their_own(known):
    make_category()
    document = Document(title="T", byline=["李明", "王芳", "张伟"], html="<p>x</p>")
    people = list(make_draft(document, kind="article", by="tests").page.authors.order_by("slug"))
    assert [person.slug for person in people] == ["author", "author-2", "author-3"]
    people[1].pages.clear()
    people[1].delete()
    again = make_draft(Document(title="U", byline=["刘洋"], html="<p>x</p>"), kind="article", by="tests")
    assert again.page.authors.get().slug == "author-2"


def test_address_of_another_page_is_refused_unless_it_is_replaced(known):
    draft_of()
    with pytest.raises(DraftError, match="already a page"):
        draft_of()
    page = draft_of(THERAPY.replace(b"It calms the skin.", b"Changed."), replace=True).page
    assert [row.description for row in page.indications.all()] == ["Changed."]


def test_row_that_is_no_longer_listed_leaves_the_draft_and_stays_on_record(known):
    published(make_condition())
    page = draft_of(
        THERAPY.replace(b"summary", b"short: true\nsummary").replace(b"## Storage", b"## When to get help")
    ).page
    page.authors.add(Person.objects.create(name="A", slug="a"))
    published(page)
    start = THERAPY.index(b"indications:")
    without = THERAPY[:start] + THERAPY[THERAPY.index(b"---\n\nIt has") :]
    page = draft_of(without, replace=True).page
    assert not page.indications.in_draft().exists()
    assert page.indications.get().editions.count() == 1


def test_byline_becomes_an_author(known):
    make_category()
    text = b"A title\n\nThe first paragraph of a text that is long enough to be one.\n\nJo Writer\n\nJo Writer\n"
    for number in (1, 2):
        page = draft_of(text.replace(b"A title", f"Title {number}".encode()), name="text.txt", kind="article").page
        assert [author.name for author in page.authors.all()] == ["Jo Writer"]
        assert "Jo Writer" not in page.body
    assert Person.objects.filter(name="Jo Writer").count() == 1


def test_authors_of_the_front_matter_are_people_here_and_no_others_are_made(known):
    person = make_person(slug="ada")
    before = Person.objects.count()
    draft = draft_of(THERAPY.replace(b"routes: injection", b"authors: [ada, nobody]"))
    assert list(draft.page.authors.all()) == [person]
    assert any("“nobody”" in finding.message for finding in draft.findings)
    assert Person.objects.count() == before


def test_long_lead_is_cut_and_reported():
    make_category()
    draft = make_draft(Document(title="T", lead="word " * 100, html="<p>x</p>"), kind="article", by="tests")
    assert len(draft.page.summary) <= 300
    assert any("300 characters" in finding.message for finding in draft.findings)


def test_relate_finds_pages_by_kind_and_address():
    article, therapy, condition = make_article(), make_therapy(slug="same"), make_condition(slug="same")
    relate(article, ["therapies/same", "nowhere/same", "conditions/missing"])
    assert list(article.related.all()) == [therapy.page_ptr]
    assert condition.pk


def test_command_reports_each_document_and_stores_nothing_in_a_dry_run(tmp_path, capsys):
    make_category()
    (tmp_path / "good.txt").write_text("A good title\n\nA paragraph that is long enough to be text.\n")
    (tmp_path / "empty.md").write_text("")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("import_documents", str(tmp_path), "--dry-run")
    output = capsys.readouterr()
    assert "A good title" in output.out
    assert "empty.md: refused" in output.err
    assert not Page.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_documents", str(tmp_path))
    assert Page.objects.get().title == "A good title"
    assert Page.objects.get().live is None


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents found in the wild are not here")
def test_documents_found_in_the_wild_become_drafts(capsys):
    make_category()
    call_command("import_documents", str(SEEDS))
    pages = {page.title[:12]: page.concrete for page in Page.objects.all()}
    assert len(pages) == 5
    lingering = pages["Viral Infect"]
    assert [author.name for author in lingering.authors.all()] == ["Ethan Williams"]
    assert "Ethan Williams" not in lingering.body
    assert pages["Understandin"].summary.startswith("The primary injection used")
    assert pages["Understandin"].body.count("<tr>") == 5
    assert "Write a review" not in pages["A Revolution"].body


# Tags


def tagged_as(*names):
    tags = ", ".join(f'"{name}"' for name in names)
    return draft_of(THERAPY.replace(b"tags: [Biologics, skin]", f"tags: [{tags}]".encode()))


def test_tags_of_a_document_are_those_there_are_however_they_are_typed(known):
    tags = [make_tag("Sjögren"), make_tag("IVIG")]
    page = tagged_as("ivig", "SJO\u0308GREN", "IV\u00adIG", " Sjögren").page
    assert sorted(page.tags.all(), key=lambda tag: tag.pk) == tags
    assert Tag.objects.count() == 2


def test_merged_tag_of_a_document_is_the_one_that_stands_for_it(known):
    merged, into = make_tag("IVIG"), make_tag("immunoglobulins")
    tag_merges.merge(merged, into, by="tests")
    assert list(tagged_as("ivig", "Immunoglobulins").page.tags.all()) == [into]


@pytest.mark.parametrize("name", ["\u200b", "x" * 101, "\u0958" * 60])
def test_tag_that_cannot_be_is_left_out_and_reported(known, name):
    draft = tagged_as("skin", name)
    assert [tag.name for tag in draft.page.tags.all()] == ["skin"]
    assert [finding.level for finding in draft.findings if "was left out" in finding.message] == ["warning"]
