"""Who changed which draft: noted by every form that changes what a page would say, and never by one that does not."""

import os
import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from publishing.models import Event, Page
from tests.builders import (
    make_article,
    make_caution,
    make_indication,
    make_person,
    make_reference,
    make_therapy,
    make_user,
    move,
    published,
    signed,
)
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
# `PAIRS=500` for the long run.
PAIRS = int(os.environ.get("PAIRS", "40"))


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    client.user = user
    return client


def again(page):
    return type(page).objects.get(pk=page.pk)


def contributors(page) -> set[int]:
    return set(page.contributions.values_list("user_id", flat=True))


def test_whoever_saves_a_change_contributed_and_whoever_only_looks_did_not(editor):
    page = make_article()
    editor.post(address(page), opened(editor, page))
    assert contributors(page) == set()
    editor.post(address(page), opened(editor, page) | {"title": "Changed"})
    assert contributors(page) == {editor.user.pk}
    assert page.contributions.get().version == again(page).version


def test_whoever_makes_a_page_contributed(editor):
    category = make_article().category
    data = {"version": "1", "title": "New", "slug": "new", "category": category.pk, "review_interval": 12}
    editor.post(reverse("admin:articles_article_add"), data | {"language": "en"})
    assert contributors(Page.objects.get(slug="new")) == {editor.user.pk}


def test_publishing_a_change_forgets_who_made_it(editor):
    page = make_article()
    editor.post(address(page), opened(editor, page) | {"title": "Changed"})
    published(page)
    assert contributors(page) == set()


@pytest.mark.parametrize("make", [make_indication, make_caution])
def test_changed_row_counts_for_both_pages(editor, make):
    row = make()
    therapy, condition = published(row.therapy), published(row.condition)
    field = f"{row._meta.model_name}s-0-description"
    editor.post(address(therapy), opened(editor, therapy) | {field: "Other words."})
    assert contributors(therapy) == contributors(condition) == {editor.user.pk}
    assert (again(therapy).state, again(condition).state) == ("draft", "draft")


def test_row_that_is_put_back_restores_both_pages(editor):
    row = make_indication()
    therapy, condition = published(row.therapy), published(row.condition)
    therapy = published(therapy)
    for words in ("Other words.", "It helps."):
        editor.post(address(therapy), opened(editor, therapy) | {"indications-0-description": words})
    assert (again(therapy).state, again(condition).state) == ("published", "published")


@pytest.mark.parametrize("state", ["editorial", "medical", "approved"])
def test_change_in_review_is_told_by_the_audit_trail(editor, state):
    page = make_article()
    move(page, *{"editorial": ["editorial"], "medical": ["editorial", "medical"], "approved": []}[state])
    if state == "approved":
        page = signed(page)
    editor.post(address(page), opened(editor, page) | {"title": "Changed"})
    event = Event.objects.get(action="changed-in-review")
    assert (event.details["was"], event.user_id, again(page).state) == (state, editor.user.pk, "draft")


def test_form_that_puts_back_what_was_signed_makes_it_approved_again(editor):
    page = signed(make_article(title="Signed"))
    for title in ("Changed", "Signed"):
        editor.post(address(page), opened(editor, page) | {"title": title})
    assert again(page).state == "approved"
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == ["changed-in-review", "restored"]


# What pages share


def test_person_counts_for_the_drafts_that_name_them_by_what_readers_see(editor):
    person = make_person(name="Ada", interests="None")
    page, other = published(make_article()), published(make_article())
    page.authors.add(person)
    page = published(page)
    form = f"/admin/publishing/person/{person.pk}/change/"
    data = {"name": "Ada", "slug": person.slug, "credentials": "MD", "interests": "None", "biography": "Long."}
    assert editor.post(form, data).status_code == 302
    assert contributors(page) == set()
    assert editor.post(form, data | {"credentials": "Professor"}).status_code == 302
    assert (contributors(page), contributors(other)) == ({editor.user.pk}, set())
    assert (again(page).state, again(other).state) == ("draft", "published")


def test_category_counts_for_its_articles_by_its_name_only(editor):
    page = published(make_article())
    form = f"/admin/articles/category/{page.category_id}/change/"
    data = {"name": page.category.name, "description": "Another description.", "position": 3}
    assert editor.post(form, data).status_code == 302
    assert contributors(page) == set()
    assert editor.post(form, data | {"name": "Another name"}).status_code == 302
    assert contributors(page) == {editor.user.pk}


def test_reference_counts_for_the_drafts_that_cite_it(editor):
    reference = make_reference(title="Old title")
    page, other = make_article(body=f'<p>x<sup data-ref="{reference.key}"></sup></p>'), make_article()
    page, other = published(page), published(other)
    form = f"/admin/publishing/reference/{reference.pk}/change/"
    data = {"title": "New title", "publisher": "Journal", "year": 2024, "kind": "other", "state": "ok"}
    assert editor.post(form, data).status_code == 302
    assert (contributors(page), contributors(other)) == ({editor.user.pk}, set())


def test_name_counts_for_the_page_that_has_it(editor):
    page = published(make_therapy())
    data = opened(editor, page)
    row = {"text": "gamma drip", "kind": "plain", "language": "en", "linking": "automatic"}
    added = {f"names-0-{name}": value for name, value in row.items()}
    assert editor.post(address(page), data | added).status_code == 302
    assert contributors(page) == {editor.user.pk}
    assert again(page).state == "draft"


# Whether a page is health information


@pytest.mark.parametrize(("role", "may"), [("author", False), ("editor", True), ("administrator", True)])
def test_only_who_sends_on_says_whether_an_article_is_health_information(client, role, may):
    page = make_article()
    client.force_login(make_user(role))
    data = opened(client, page) | {"title": "Changed"}
    data.pop("is_medical", None)
    client.post(address(page), data)
    assert (again(page).title, again(page).is_medical) == ("Changed", not may)


def test_conditions_and_therapies_always_are(editor):
    page = make_therapy()
    assert "is_medical" not in editor.get(address(page)).context["adminform"].form.fields
    editor.post(address(page), opened(editor, page) | {"title": "Changed", "is_medical": ""})
    assert again(page).needs_sign_off


# Two at once


def test_of_two_forms_the_later_one_is_never_saved_over_the_earlier_one():
    first, second = Client(), Client()
    for each in (first, second):
        each.force_login(make_user("editor"))
    page = make_article()
    for number in range(PAIRS):
        form = opened_quickly(page)
        one = first.post(address(page), form | {"title": f"First {number}"})
        two = second.post(address(page), form | {"title": f"Second {number}", "summary": "Lost?"})
        assert (one.status_code, two.status_code) == (302, 200)
        assert b"Nothing of yours is" in two.content
        page = again(page)
        assert (page.title, page.summary != "Lost?") == (f"First {number}", True)


def opened_quickly(page) -> dict:
    """What a form of an article holds, without asking for it."""
    page = again(page)
    return {
        "version": str(page.version),
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "category": page.category_id,
        "authors": list(page.authors.values_list("pk", flat=True)),
        "body": page.body,
        "review_interval": page.review_interval,
        "language": page.language,
        "is_medical": "on",
    }


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_of_two_that_save_in_the_same_moment_exactly_one_is_told_to_look_again(emptied_database):
    user = User.objects.create_superuser("owner", password="a password for tests")
    clients = [Client(), Client()]
    for each in clients:
        each.force_login(user)
    page = make_article()
    for number in range(20):
        form = opened_quickly(page)
        answers = race([(each, page, form | {"title": f"{number} by {place}"}) for place, each in enumerate(clients)])
        assert sorted(answers) == [200, 302]
        page = again(page)
        assert page.title == f"{number} by {answers.index(302)}"
        assert int(page.version) == int(form["version"]) + 1


def race(posts) -> list[int]:
    """The status of each answer, all asked for at once."""
    start, found = threading.Barrier(len(posts)), {}

    def post(place, client, page, data):
        start.wait()
        try:
            found[place] = client.post(address(page), data).status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=(place, *each)) for place, each in enumerate(posts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[place] for place in range(len(posts))]
