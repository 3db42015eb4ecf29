"""The screen of searches without an answer: what it shows to whom, and what becomes of a query."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from publishing.models import ContentTask, Event
from search import counts, misses
from search.admin import misses as screen
from search.counts import SearchCount, SettledSearch
from tests.builders import make_article, make_name, make_therapy, make_user, published

pytestmark = pytest.mark.django_db
URL = "/admin/search/searchcount/"
HOSTILE = "<b>x</b>\"&'<script>"


@pytest.fixture(autouse=True)
def _nothing_waits():
    misses.waiting.take()


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def make_count(query, *, days_ago=0, **values):
    day = timezone.localdate() - timedelta(days=days_ago)
    digest = sha256(query.encode()).hexdigest()
    values = {"searches": 5, "without_result": 5, "sources": 0b111} | values
    return SearchCount.objects.create(day=day, digest=digest, query=query, **values)


def shown(client, **chosen):
    return [row.query for row in client.get(URL, chosen).context["rows"]]


def post(client, **values):
    return client.post(URL, values, follow=True)


# What is shown


def test_search_of_three_networks_is_shown_and_of_two_is_not(editor):
    for query, number in (("canary seen", 3), ("canary unseen", 2)):
        for address in range(number):
            request = RequestFactory().get("/search/", REMOTE_ADDR=f"203.0.113.{address}")
            misses.record_search(request, query, 0)
            misses.record_search(request, query, 0)
    misses.flush()
    assert shown(editor) == ["canary seen"]
    text = editor.get(URL).text
    assert "typed 6 times" in text
    assert "6 without result" in text
    for days, part in ((30, "result"), (90, "click"), (90, "result"), (90, "settled")):
        assert "canary unseen" not in editor.get(URL, {"days": days, "show": part}).text


def test_parts_and_times_are_chosen_in_the_address(editor):
    make_count("nothing found")
    make_count("long ago", days_ago=60)
    make_count("not opened", without_result=0)
    assert shown(editor) == ["nothing found"]
    assert shown(editor, days=90) == ["long ago", "nothing found"]
    assert shown(editor, show="click") == ["not opened"]
    assert shown(editor, show="nonsense", days="1000\x00") == ["nothing found"]
    assert 'href="/admin/search/searchcount/?show=click&amp;days=90"' in editor.get(URL, {"days": 90}).text


def test_long_lists_are_cut_and_counted(editor, monkeypatch):
    monkeypatch.setattr(screen, "LONGEST_LIST", 2)
    for number in range(3):
        make_count(f"query {number}", without_result=number + 1)
    assert shown(editor) == ["query 2", "query 1"]
    text = editor.get(URL).text
    assert "Nothing was found (3)" in " ".join(text.split())
    assert "The first 2 of them:" in text


def test_query_is_never_markup(editor):
    make_count(HOSTILE)
    settled = {"query": HOSTILE, "how": "nothing", "remark": HOSTILE}
    pages = [editor.get(URL), editor.get(screen.Miss(HOSTILE, 1, 1, 0).task_url), post(editor, **settled)]
    pages += [editor.get(URL, {"show": "settled"}), post(editor, again=HOSTILE)]
    for page in pages:
        assert page.status_code == 200
        assert "&lt;b&gt;x&lt;/b&gt;" in page.text
        assert "<b>x</b>" not in page.text
        assert "'<script>" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_screen_costs_the_same_for_any_number_of_searches(editor, django_assert_num_queries, count):
    therapy = published(make_therapy(title="Lion drug"))
    for number in range(count):
        make_count(f"query {number}")
        make_name(therapy, f"query {number}")
    editor.get(URL)
    with django_assert_num_queries(9):
        assert len(shown(editor)) == count


def test_empty_lists_say_so(editor):
    for part in ("result", "click", "settled"):
        assert "None." in editor.get(URL, {"show": part}).text


# A name


def test_one_click_leads_to_the_form_of_a_name_with_the_text_filled_in(editor):
    make_count('lion\'s "mane" & <drug>')
    address = editor.get(URL).context["rows"][0].name_url
    assert f'href="{address}"' in editor.get(URL).text
    form = editor.get(address).context["adminform"].form
    assert form["text"].value() == 'lion\'s "mane" & <drug>'


def test_name_that_was_filled_in_is_saved(editor):
    therapy = published(make_therapy(title="Lion drug"))
    make_count("mane drug")
    address = editor.get(URL).context["rows"][0].name_url
    form = editor.get(address).context["adminform"].form
    sent = {name: form[name].value() for name in ("text", "language", "linking")}
    editor.post(address, sent | {"page": therapy.pk, "kind": "plain"})
    assert therapy.names.get(kind="plain").text == "mane drug"


def test_query_that_is_a_name_by_now_says_of_what(editor):
    make_name(published(make_therapy(title="Lion drug")), "IL-99 blocker")
    make_count("il 99 blocker")
    make_count("others")
    assert [[page.title for page in row.named] for row in editor.get(URL).context["rows"]] == [["Lion drug"], []]
    assert "By now it is a name of:" in editor.get(URL).text


# A task


def test_task_is_opened_for_a_page_and_the_query_is_dealt_with(editor):
    page = published(make_article())
    make_count("lupuss", searches=9, without_result=7)
    address = editor.get(URL).context["rows"][0].task_url
    assert f'href="{address}"' in editor.get(URL).text
    text = editor.get(address).context["form"]["text"].value()
    assert "“lupuss” and find nothing (7 of 9 searches in 90 days)" in text
    told = editor.post(address, {"page": page.pk, "text": text}, follow=True)
    task = ContentTask.objects.get()
    assert (task.page_id, task.text, task.is_open) == (page.pk, text, True)
    assert Event.objects.filter(action="task-opened", details__content_task=task.pk).exists()
    assert shown(editor) == []
    assert "is open, and “lupuss” is dealt with." in told.text
    assert reverse("admin:publishing_contenttask_change", args=[task.pk]) in editor.get(URL, {"show": "settled"}).text


def test_task_of_what_nobody_opens_says_so(editor):
    make_count("lupuss", without_result=0)
    row = editor.get(URL, {"show": "click"}).context["rows"][0]
    assert (
        "hardly ever open a result (0 opened in 5 searches" in editor.get(row.task_url).context["form"]["text"].value()
    )


def test_task_needs_a_page_and_words(editor):
    make_count("lupuss")
    address = editor.get(URL).context["rows"][0].task_url
    form = editor.post(address, {"page": "", "text": ""}).context["form"]
    assert set(form.errors) == {"page", "text"}
    assert not ContentTask.objects.exists()
    assert shown(editor) == ["lupuss"]


def test_second_task_for_a_query_is_refused(editor):
    page = published(make_article())
    make_count("lupuss")
    address = editor.get(URL).context["rows"][0].task_url
    editor.post(address, {"page": page.pk, "text": "Say more"})
    again = editor.post(address, {"page": page.pk, "text": "Say more"}, follow=True)
    assert "is not in the list any more" in again.text
    assert ContentTask.objects.count() == 1


@pytest.mark.parametrize("query", ["", "never typed", "a\x00b", "x" * 500])
def test_no_task_without_a_listed_query(editor, query):
    make_count("", sources=0b11)
    answer = editor.get(reverse("admin:search_searchcount_task"), {"query": query}, follow=True)
    assert answer.redirect_chain
    assert "is not in the list any more" in answer.text


def test_missing_page_is_begun_as_a_draft_with_the_title_filled_in(editor):
    make_count("lupuss")
    drafts = editor.get(editor.get(URL).context["rows"][0].task_url).context["drafts"]
    assert len(drafts) == 3
    for _kind, address in drafts:
        assert editor.get(address).context["adminform"].form["title"].value() == "Lupuss"


# Dealt with


def test_what_is_dealt_with_is_listed_apart_and_can_come_back(editor):
    make_count("lupuss")
    assert "is dealt with" in post(editor, query="lupuss", how="done").text
    assert shown(editor) == []
    text = " ".join(editor.get(URL, {"show": "settled"}).text.split())
    assert "dealt with, Editor," in text
    assert "is listed again" in post(editor, again="lupuss").text
    assert shown(editor) == ["lupuss"]


def test_nothing_to_do_needs_a_reason(editor):
    make_count("asdf")
    make_count("lupuss")
    refused = post(editor, query="asdf", how="nothing", remark="  ")
    assert [row.problems for row in refused.context["rows"]] == [["Say why nothing is to be done."], []]
    assert not SettledSearch.objects.exists()
    post(editor, query="asdf", how="nothing", remark="Just keys")
    assert shown(editor) == ["lupuss"]
    assert "Just keys" in editor.get(URL, {"show": "settled"}).text


@pytest.mark.parametrize(
    "values",
    [
        {"query": "never typed", "how": "done"},
        {"query": "lupuss", "how": "task"},
        {"query": "lupuss", "how": "else"},
        {"query": "lupuss\x00", "how": "done"},
        {"query": "x" * 500, "how": "done"},
        {"again": "a\x00b"},
        {},
    ],
)
def test_nothing_else_is_dealt_with(editor, values):
    make_count("lupuss")
    assert post(editor, **values).status_code == 200
    assert not SettledSearch.objects.exists()
    assert shown(editor) == ["lupuss"]


def test_list_stays_as_it_was_chosen(editor):
    make_count("lupuss", without_result=0)
    answer = editor.post(f"{URL}?show=click&days=90", {"query": "lupuss", "how": "done"})
    assert answer.url == f"{URL}?show=click&days=90"


# Who


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_screen_is_found_from_the_first_page(client, role):
    client.force_login(make_user(role))
    assert f'href="{URL}"' in client.get(reverse("admin:index")).text
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize("role", ["author", "reviewer", "moderator"])
def test_others_neither_see_nor_change(client, role):
    make_count("canary")
    client.force_login(make_user(role))
    assert f'href="{URL}"' not in client.get(reverse("admin:index")).text
    for address in (URL, f"{URL}task/?query=canary"):
        assert client.get(address).status_code == client.post(address, {"query": "canary"}).status_code == 403
    assert not SettledSearch.objects.exists()


def test_strangers_are_sent_to_the_log_in(client):
    assert "/admin/login/" in client.get(URL).url


def test_who_may_only_look_changes_nothing(client):
    user = make_user("author")
    user.user_permissions.add(Permission.objects.get(codename="view_searchcount"))
    client.force_login(user)
    make_count("canary")
    assert shown(client) == ["canary"]
    text = client.get(URL).text
    assert 'name="how"' not in text
    assert "task/?query" not in text
    assert client.post(URL, {"query": "canary", "how": "done"}).status_code == 403
    assert client.get(f"{URL}task/?query=canary").status_code == 403


def test_no_row_is_shown_by_itself(editor):
    row = make_count("", sources=0b11)
    for below in (f"{row.pk}/", f"{row.pk}/change/", f"{row.pk}/history/", f"{row.pk}/delete/", "add/"):
        assert editor.get(f"{URL}{below}").status_code == 404


def test_screen_takes_no_other_method(editor):
    assert editor.put(URL).status_code == editor.delete(f"{URL}task/").status_code == 405


def test_only_posts_change(editor):
    make_count("lupuss")
    editor.get(URL, {"query": "lupuss", "how": "done", "again": "lupuss"})
    assert not SettledSearch.objects.exists()
    counts.settle("lupuss", "done", by="Ada")
    editor.get(URL, {"again": "lupuss"})
    assert SettledSearch.objects.exists()
