"""The draft beside what is live, from the database."""

import pytest

from publishing.admin.differences import draft_differences
from publishing.content import draft_content
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_reference,
    make_tag,
    make_therapy,
    published,
)
from tests.publishing.comparison.test_words import marked

pytestmark = pytest.mark.django_db


def differences(page) -> dict:
    return {each.key: each for each in draft_differences(type(page).objects.get(pk=page.pk))}


def shown(difference) -> str:
    return marked(difference.runs) or " / ".join(f"{line.label}: {marked(line.runs)}" for line in difference.lines)


def test_published_draft_differs_in_nothing():
    row = make_indication(references=[make_reference()])
    therapy = row.therapy
    therapy.harms = '<p>Fever<sup data-ref="a"></sup>.</p>'.replace('"a"', f'"{make_reference().key}"')
    therapy.save()
    make_name(therapy, "RTX")
    published(therapy)
    published(row.condition)
    assert differences(therapy) == differences(row.condition) == {}


def test_page_that_never_was_public_is_added_as_a_whole():
    page = make_article()
    found = differences(page)
    assert {str(each.change) for each in found.values()} == {"added"}
    assert {"title", "section:body", "slug", "review_interval"} <= set(found)


def test_text_row_source_and_name_are_listed_by_their_names():
    row = make_indication()
    therapy = published(row.therapy)
    therapy.harms = therapy.harms.replace("Harms", "Many harms")
    therapy.save()
    source = make_reference(title="A trial")
    row.refresh_from_db()
    row.role = "second-line"
    row.save()
    row.references.add(source)
    found = differences(therapy)
    assert found["section:harms"].label == "Harms"
    assert found[f"row:{row.anchor}"].label == f"indication: {row.condition}"
    assert shown(found[f"row:{row.anchor}"]) == (
        f"references: {{+[{source.key}] A trial\n+}} / role: [-First choice-]{{+Next choice+}}"
    )
    assert found[f"reference:{source.key}"].change == "added"
    assert len(found) == 3


def test_row_taken_away_and_row_not_public_yet():
    row = make_indication()
    therapy = published(row.therapy)
    row.refresh_from_db()
    row.remove()
    caution = make_caution(therapy=therapy)
    found = differences(therapy)
    assert {key: str(each.change) for key, each in found.items()} == {
        f"row:{row.anchor}": "removed",
        f"row:{caution.anchor}": "added",
    }


def test_navigation_and_upkeep_come_last():
    other = published(make_article(title="Another page"))
    page = published(make_article())
    page.slug, page.review_interval = "elsewhere", 12
    page.title = "Other title"
    page.save()
    page.tags.add(make_tag("Sleep"))
    page.related.add(other)
    found = differences(page)
    assert list(found) == ["title", "slug", "tags", "related", "review_interval"]
    assert {str(found[name].group.label) for name in ("slug", "tags", "related", "review_interval")} == {
        "Address, navigation and upkeep"
    }
    assert [shown(found[name]) for name in ("tags", "related")] == ["{+Sleep\n+}", "{+Another page\n+}"]
    assert shown(found["review_interval"]) == "[-36\n-]{+12\n+}"


def test_order_on_the_other_page_is_upkeep_of_this_one():
    row = make_indication()
    therapy = published(row.therapy)
    row.refresh_from_db()
    row.position_on_condition = 5
    row.save()
    found = differences(therapy)
    assert list(found) == [f"order:{row.anchor}"]
    assert shown(found[f"order:{row.anchor}"]) == "order on the other page: [-0-]{+5+}"
    assert [str(each.change) for each in differences(row.condition).values() if each.key.startswith("row:")] == [
        "added"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_rows(count, django_assert_num_queries):
    therapy = make_therapy()
    rows = [make_indication(therapy=therapy, references=[make_reference()]) for _number in range(count)]
    therapy = published(therapy)
    for row in rows:
        row.refresh_from_db()
        row.description = "It helps a little."
        row.save()
    with django_assert_num_queries(11):
        assert len(draft_differences(therapy)) == count


def test_every_kind_of_page_says_what_its_fields_are_called():
    for page in (make_article(), make_condition(), make_therapy()):
        assert draft_content(page)["page"]["kind"] == page.kind
        labels = [each.label for each in draft_differences(page)]
        assert not [label for label in labels if "_" in label or not label]
