"""What is typed and not saved: kept for its author alone, and gone once it is saved."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import Event, Page
from publishing.unsaved import LARGEST, MOST_FIELDS, REMOVED_AT_ONCE, UnsavedText
from tests.builders import make_article, make_condition, make_indication, make_user, published
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
ADD = "admin:articles_article_add"


def body(values=None, **changed):
    typed = {"title": ["Typed title"]} if values is None else values
    return json.dumps({"version": "1", "values": typed, "labels": {}} | changed)


def keep(client, page, content=None, **options):
    return client.post(address(page, "unsaved"), body() if content is None else content, "application/json", **options)


@pytest.fixture
def author(client):
    client.user = make_user("author")
    client.force_login(client.user)
    return client


def test_what_was_typed_is_handed_back_with_its_time(author, time_machine_at):
    page = make_article()
    time_machine_at(timezone.now().replace(year=2026, month=5, day=3, hour=14, minute=2))
    labels = {"authors": {"7": "Ada Writer"}}
    assert (
        keep(author, page, body({"title": ["Typed"], "authors": ["7"]}, version="4", labels=labels)).status_code == 204
    )
    kept = author.get(address(page, "unsaved")).json()["kept"]
    assert kept == {
        "typed_at": "3 May 2026, 14:02 UTC",
        "version": "4",
        "values": {"title": ["Typed"], "authors": ["7"]},
        "labels": labels,
    }


def test_nothing_is_kept_at_first(author):
    assert author.get(address(make_article(), "unsaved")).json()["kept"] is None


def test_the_last_typing_replaces_the_one_before(author):
    page = make_article()
    keep(author, page)
    keep(author, page, body({"summary": ["Later"]}))
    assert author.get(address(page, "unsaved")).json()["kept"]["values"] == {"summary": ["Later"]}
    assert UnsavedText.objects.count() == 1


def test_forms_of_other_pages_and_of_new_ones_are_apart(author):
    first, second = make_article(), make_article()
    keep(author, first)
    assert author.get(address(second, "unsaved")).json()["kept"] is None
    add = reverse(f"{ADD}_unsaved")
    assert author.get(add).json()["kept"] is None
    author.post(add, body({"title": ["New"]}), "application/json")
    assert author.get(add).json()["kept"]["values"] == {"title": ["New"]}
    assert author.get(address(first, "unsaved")).json()["kept"]["values"] == {"title": ["Typed title"]}


@pytest.mark.parametrize("role", ["author", "editor", "administrator", "superuser"])
def test_nobody_else_is_shown_it(author, role):
    page = make_article()
    keep(author, page)
    other = Client()
    other.force_login(User.objects.create_superuser("root") if role == "superuser" else make_user(role))
    assert other.get(address(page, "unsaved")).json()["kept"] is None
    assert other.delete(address(page, "unsaved")).status_code == 204
    assert "Typed title" not in other.get(address(page)).text
    assert author.get(address(page, "unsaved")).json()["kept"] is not None


def test_it_is_in_no_list_of_the_staff_side(author):
    page = make_article()
    keep(author, page)
    author.force_login(User.objects.create_superuser("root"))
    index = author.get("/admin/").text
    assert "unsavedtext" not in index
    assert "Typed title" not in index


@pytest.mark.parametrize("role", ["reviewer", "moderator"])
def test_those_who_may_not_change_pages_keep_nothing(client, role):
    page = make_article()
    client.force_login(make_user(role))
    for method in ("get", "post", "delete"):
        assert getattr(client, method)(address(page, "unsaved")).status_code == 403
        assert getattr(client, method)(reverse(f"{ADD}_unsaved")).status_code == 403
    assert not UnsavedText.objects.exists()


def test_without_log_in_it_leads_there(client):
    page = make_article()
    assert "/admin/login/" in keep(client, page).url
    assert not UnsavedText.objects.exists()


def test_form_of_somebody_who_has_logged_out_does_not_become_anothers(author):
    page = make_article()
    answer = keep(author, page, headers={"X-Form-Of": str(make_user("author").pk)})
    assert answer.status_code == 409
    assert keep(author, page, headers={"X-Form-Of": str(author.user.pk)}).status_code == 204


def test_token_is_needed_and_the_answer_gives_one():
    page, strict = make_article(), Client(enforce_csrf_checks=True)
    strict.force_login(make_user("author"))
    assert keep(strict, page).status_code == 403
    token = strict.get(address(page, "unsaved")).json()["token"]
    assert keep(strict, page, headers={"X-CSRFToken": token}).status_code == 204


def test_it_is_no_change_of_the_draft_and_not_on_record(author):
    page = published(make_article())
    before = Page.objects.filter(pk=page.pk).values().get()
    events, entries = Event.objects.count(), LogEntry.objects.count()
    keep(author, page)
    author.get(address(page, "unsaved"))
    author.delete(address(page, "unsaved"))
    assert Page.objects.filter(pk=page.pk).values().get() == before
    assert (Event.objects.count(), LogEntry.objects.count()) == (events, entries)
    assert not page.contributions.exists()


def test_it_is_discarded_on_request(author):
    page = make_article()
    keep(author, page)
    assert author.delete(address(page, "unsaved")).status_code == 204
    assert author.get(address(page, "unsaved")).json()["kept"] is None


def test_saving_ends_it_and_a_refused_save_does_not(author):
    page = make_article()
    other = Client()
    other.force_login(make_user("author"))
    keep(author, page)
    keep(other, page)
    assert author.post(address(page), opened(author, page) | {"title": ""}).status_code == 200
    assert UnsavedText.objects.count() == 2
    assert author.post(address(page), opened(author, page) | {"title": "Saved"}).status_code == 302
    assert UnsavedText.objects.get().user_id != author.user.pk


def test_saving_and_going_on_ends_it(author):
    page = make_article()
    keep(author, page)
    author.post(address(page), opened(author, page) | {"title": "Saved", "_preview": "1"})
    assert not UnsavedText.objects.exists()


def test_saving_a_new_page_ends_what_was_typed_there(author):
    keep(author, make_article())
    author.post(reverse(f"{ADD}_unsaved"), body(), "application/json")
    data = {"version": "1", "title": "New", "slug": "new", "category": make_article().category_id}
    answer = author.post(reverse(ADD), data | {"review_interval": 12, "language": "en"})
    assert answer.status_code == 302
    assert not UnsavedText.objects.filter(form=reverse(ADD)).exists()
    assert UnsavedText.objects.count() == 1


def test_it_goes_with_its_page(author):
    page = make_condition()
    keep(author, page)
    author.force_login(make_user("editor"))
    author.post(address(page, "delete"), {"post": "yes"})
    assert not UnsavedText.objects.exists()


def test_old_ones_go_a_bounded_number_at_a_time(author, time_machine_at):
    now = timezone.now()
    time_machine_at(now)
    old = [
        UnsavedText(user=author.user, form=f"/old/{number}/", data={}, typed_at=now - timedelta(days=30, seconds=1))
        for number in range(REMOVED_AT_ONCE + 3)
    ]
    UnsavedText.objects.bulk_create(old)
    UnsavedText.objects.create(user=author.user, form="/young/", data={}, typed_at=now - timedelta(days=29))
    page = make_article()
    keep(author, page)
    assert UnsavedText.objects.filter(form__startswith="/old/").count() == 3
    keep(author, page)
    assert sorted(UnsavedText.objects.values_list("form", flat=True)) == sorted([address(page), "/young/"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nothing",
        "[]",
        "{}",
        '{"values": []}',
        body({"title": "no list"}),
        body({"title": [1]}),
        body({"title": [None]}),
        body({"title": [["nested"]]}),
        body(labels={"title": "no table"}),
        body(version=7),
        "[" * 400_000,
        body({"text": ["x" * LARGEST]}),
        body({f"field-{number}": [""] for number in range(MOST_FIELDS + 1)}),
        b"\xff\xfe",
    ],
    ids=lambda content: str(content)[:30],
)
def test_what_is_no_form_is_refused(author, content):
    page = make_article()
    answer = keep(author, page, content)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not UnsavedText.objects.exists()


def test_characters_that_no_database_takes_are_left_out(author):
    page = make_article()
    content = '{"version": "1", "values": {"title": ["a\\u0000b\\ud800c"]}, "labels": {}}'
    assert keep(author, page, content).status_code == 204
    assert author.get(address(page, "unsaved")).json()["kept"]["values"] == {"title": ["ab?c"]}


def test_secrets_are_not_kept(author):
    page = make_article()
    keep(author, page, body({"csrfmiddlewaretoken": ["t"], "old_password": ["p"], "title": ["Typed"]}))
    assert UnsavedText.objects.get().data["values"] == {"title": ["Typed"]}


@pytest.mark.parametrize("method", ["put", "patch"])
def test_other_methods_are_refused(author, method):
    assert getattr(author, method)(address(make_article(), "unsaved")).status_code == 405


@pytest.mark.parametrize("number", [7_000_000, 2**63])
def test_page_that_is_not_there_is_not_found(author, number):
    for method in ("get", "post", "delete"):
        assert getattr(author, method)(f"/admin/articles/article/{number}/unsaved/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_keeping_costs_the_same_for_any_form(author, django_assert_num_queries, rows):
    page = make_condition()
    for _ in range(rows):
        make_indication(condition=page)
    values = {f"indications-{number}-description": ["Typed"] for number in range(rows)}
    keep(author, page)
    with django_assert_num_queries(11):
        keep(author, page, body(values))


def test_the_form_knows_where_to_keep_it(author):
    page = make_article()
    assert f'data-url="{address(page, "unsaved")}"' in author.get(address(page)).text
    assert f'data-url="{reverse(f"{ADD}_unsaved")}"' in author.get(reverse(ADD)).text


def test_the_form_of_who_only_reads_keeps_nothing(client):
    client.force_login(make_user("moderator"))
    assert "data-url=" not in client.get(address(make_article())).text
