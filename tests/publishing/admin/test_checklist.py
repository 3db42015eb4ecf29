"""The checklist on the form: of the saved draft, and of what is typed and not saved."""

import re

import pytest
from django.urls import reverse

from publishing.admin.checklist import checklist
from publishing.models import Event, Page
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reference,
    make_therapy,
    make_user,
    published,
)
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
ROLES = ("author", "editor", "reviewer", "moderator", "administrator")
MAY_CHANGE = {"author", "editor", "administrator"}


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def messages(shown, severity="block"):
    return [
        line.message
        for group in shown.groups
        if group.severity == severity
        for entry in group.entries
        for line in entry.lines
    ]


def answer(client, page, **typed):
    return client.post(address(page, "checks"), opened(client, page) | typed)


def test_form_shows_the_checklist_with_a_link_to_each_field(editor):
    page = make_condition(summary="", symptoms="")
    response = editor.get(address(page))
    text = response.text
    assert "Write the summary: it leads the page." in text
    for field in ("summary", "symptoms"):
        assert f'href="{address(page)}#id_{field}"' in text
        assert f'id="id_{field}"' in text
    assert f'data-address="{address(page, "checks")}"' in text
    assert f'data-form="{page.kind}_form"' in text
    assert f'id="{page.kind}_form"' in text


def test_row_is_led_to_by_the_heading_of_its_rows(editor):
    page = make_indication(status="").therapy
    text = editor.get(address(page)).text
    assert f'href="{address(page)}#indications-heading"' in text
    assert 'id="indications-heading"' in text


def test_what_blocks_comes_first_and_hints_are_folded(editor):
    page = make_article(summary="", body="<p>Renal pain.</p>")
    text = editor.get(address(page, "checks")).text
    groups = re.findall(r'<details class="checklist-group"(?: data-severity="(\w+)")? data-key="\w+"( open)?>', text)
    assert groups == [("block", " open"), ("warn", " open"), ("hint", ""), ("", "")]


def test_counts_are_said_in_words():
    page = make_article(summary="", body="<p>Renal pain.</p>")
    page.authors.set([make_person(interests="None")])
    assert re.fullmatch(r"1 thing blocks · \d+ warnings · 1 hint", checklist(page).counts)
    page.summary = "What it is."
    assert checklist(page).counts.startswith("Nothing blocks · ")


def test_rules_that_other_pages_decide_are_listed_too():
    published(make_article(slug="taken"))
    page = make_article(slug="free")
    assert not [each for each in messages(checklist(page)) if "belongs to another page" in each]
    page.slug = "taken"
    assert [each for each in messages(checklist(page)) if "belongs to another page" in each]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_and_who_may_check_what_is_typed(client, role):
    page = make_article()
    client.force_login(make_user(role))
    statuses = client.get(address(page, "checks")).status_code, client.post(address(page, "checks"), {}).status_code
    assert statuses == (200, 200 if role in MAY_CHANGE else 403)


def test_checklist_needs_an_account_and_is_not_kept(client, editor):
    page = make_article()
    assert "no-store" in editor.get(address(page, "checks"))["Cache-Control"]
    assert "no-store" in answer(editor, page)["Cache-Control"]
    assert editor.put(address(page, "checks")).status_code == 405
    client.logout()
    assert "/admin/login/" in client.get(address(page, "checks")).url


def test_checklist_of_a_page_that_is_not_there_is_not_found(editor):
    assert editor.get(reverse("admin:articles_article_checks", args=[10**6])).status_code == 404


def test_typed_text_is_checked_and_nothing_is_saved(editor):
    page = make_article(summary="Kept.", body="<p>Kept.</p>")
    before = Page.objects.values().get(pk=page.pk)
    events = Event.objects.count()
    shown = answer(editor, page, summary="", body="<p>Renal pain.</p>", title="Typed").context["checklist"]
    assert "Write the summary: it leads the page." in messages(shown)
    assert [each for each in messages(shown, "hint") if "Renal" in each]
    after = type(page).objects.get(pk=page.pk)
    assert Page.objects.values().get(pk=page.pk) == before
    assert (after.body, Event.objects.count()) == ("<p>Kept.</p>", events)


def test_typed_people_and_references_count(editor):
    reference = make_reference(key="typed", is_checked=False)
    page = make_article()
    page.authors.set([make_person(interests="")])
    asked = make_person(interests="None")
    shown = answer(
        editor, page, authors=[asked.pk], body='<p>x<sup data-ref="typed"></sup><sup data-ref="unknown"></sup></p>'
    ).context["checklist"]
    assert messages(shown) == ["“” cites “unknown”, and there is no such reference."]
    assert [each for each in messages(shown, "warn") if reference.title in each]
    assert not page.citations.exists()


def test_what_is_not_valid_is_checked_as_it_is_saved(editor):
    page = make_condition(summary="Kept.", title="Kept")
    shown = answer(editor, page, title="", group="nonsense", symptoms="").context["checklist"]
    assert [each for each in messages(shown) if "Symptoms" in each]
    assert not [each for each in messages(shown) if "summary" in each]


def test_words_of_editors_are_escaped(editor):
    page = make_article(body="<p>Renal &lt;script&gt;alert(1)&lt;/script&gt; pain.</p>")
    text = editor.get(address(page, "checks")).text
    assert "&lt;script&gt;" in text
    assert "<script" not in text


def test_new_page_has_no_checklist(editor):
    assert 'class="checklist"' not in editor.get(reverse("admin:articles_article_add")).text


def test_reviewer_sees_the_checklist_and_sends_nothing(client):
    client.force_login(make_user("reviewer"))
    text = client.get(address(make_article())).text
    assert 'id="checks"' in text
    assert "data-address" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_checklist_do_not_grow_with_what_is_on_the_page(editor, django_assert_num_queries, rows):
    therapy = make_therapy()
    for _number in range(rows):
        condition = make_condition()
        make_indication(therapy=therapy, condition=condition, references=[make_reference(), make_reference()])
        make_caution(therapy=therapy, condition=condition, references=[make_reference()])
        therapy.authors.add(make_person())
    therapy.harms = "".join(f'<p>x<sup data-ref="{key}"></sup></p>' for key in cited(rows))
    therapy.save()
    with django_assert_num_queries(23):
        editor.get(address(therapy, "checks"))
    data = opened(editor, therapy)
    with django_assert_num_queries(33):
        editor.post(address(therapy, "checks"), data)


def cited(count):
    return [make_reference().key for _number in range(count)]


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_the_form_with_its_checklist(editor, django_assert_num_queries, items):
    keys = cited(items)
    page = make_article(body="".join(f'<p>Renal pain.<sup data-ref="{key}"></sup></p>' for key in keys))
    page.authors.set([make_person(interests="") for _number in keys])
    # What Django asks once for each process.
    editor.get(address(page))
    with django_assert_num_queries(56):
        text = editor.get(address(page)).text
    assert text.count("has declared no interests") == items
    with django_assert_num_queries(10):
        checklist(page)
