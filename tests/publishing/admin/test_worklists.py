"""Work lists: what each holds, and that every filter is an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import doors
from publishing.admin.worklists import all_work_lists
from publishing.models import Page, ReferenceTask, ReviewComment
from tests.builders import (
    make_article,
    make_condition,
    make_reference,
    make_therapy,
    make_user,
    move,
    published,
)

pytestmark = pytest.mark.django_db
URL = "/admin/publishing/work/"
CITED = '<p>It is so.<sup data-ref="{}"></sup></p>'
HELP = '<div data-help="emergency"><p>Call for help when you cannot breathe.</p></div>'


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


def shown(client, **filters):
    return [page.title for page in client.get(URL, filters).context["page_obj"]]


def task_for(page, **values):
    return ReferenceTask.objects.create(page_id=page.pk, reference=make_reference(), problem="link", **values)


def comment_on(page, **values):
    known = {"part": "body", "part_label": "Text", "text": "Why?", "written_by_id": 1, "written_by": "Rosa"}
    return ReviewComment.objects.create(page_id=page.pk, **known | values)


def test_lists_of_reviews_that_are_due(client, author, time_machine_at):
    start = timezone.now()
    for title, interval in (("Soon", 13), ("Late", 6), ("Far", 36)):
        published(make_article(title=title, review_interval=interval))
    time_machine_at(start + timedelta(days=365))
    client.force_login(author)
    assert shown(client, list="overdue") == ["Late"]
    assert shown(client, list="due-soon") == ["Soon"]
    due = Page.objects.get(title="Far").live.review_due_on
    assert shown(client, month=f"{due:%Y-%m}") == ["Far"]


def test_lists_of_pages_without_a_sign_off(client, author, time_machine_at):
    start = timezone.now()
    emergency = make_article(title="Emergency")
    doors.publish(emergency, by="tests", override_reason="A recall")
    published(make_article(title="No health", is_medical=False))
    published(make_condition(title="Signed", review_interval=6))
    make_article(title="Draft")
    assert shown(client, list="unsigned") == shown(client, list="emergency") == ["Emergency"]
    assert shown(client, list="not-in-date") == ["Emergency"]
    time_machine_at(start + timedelta(days=365))
    client.force_login(author)
    assert shown(client, list="not-in-date") == ["Signed", "Emergency"]


def test_lists_of_sources(client, author):
    seen, unseen = make_reference(is_checked=True), make_reference(is_checked=False)
    published(make_article(title="Well", body=CITED.format(seen.key)))
    published(make_article(title="Unseen", body=CITED.format(unseen.key)))
    published(make_article(title="No health", is_medical=False))
    make_article(title="Bare")
    assert shown(client, list="no-sources") == ["Bare"]
    assert shown(client, list="sources-unseen") == ["Unseen"]


def test_lists_of_tasks_and_comments_hold_what_is_open(client, author):
    now = timezone.now()
    task, commented, done = make_article(title="Task"), make_article(title="Comment"), make_article(title="Done")
    task_for(task)
    task_for(task, closed_at=now, closed_by="Ada")
    comment_on(commented)
    comment_on(commented)
    task_for(done, closed_at=now, closed_by="Ada")
    comment_on(done, resolved_at=now, resolved_by="Ada", resolution="Mended")
    assert shown(client, list="source-tasks") == ["Task"]
    assert shown(client, list="comments") == ["Comment"]


def test_lists_of_help_and_owners(client, author):
    left = make_user("author")
    left.is_active = False
    left.save()
    published(make_article(title="Help", body=f"<p>Text.</p>{HELP}", owner=author))
    published(make_therapy(title="Section", owner=author))
    published(make_article(title="Nothing", owner=left))
    make_article(title="Nobody")
    assert shown(client, list="no-help") == ["Nothing"]
    assert shown(client, list="no-owner") == ["Nothing", "Nobody"]


def test_state_owner_and_kind_filter_every_list(client, author):
    make_article(title="Mine", owner=author)
    submitted = make_condition(title="Submitted", owner=author)
    move(submitted, "editorial")
    make_article(title="Other")
    assert shown(client, owner=author.pk) == ["Mine", "Submitted"]
    assert shown(client, owner=author.pk, state="editorial") == shown(client, kind="condition") == ["Submitted"]
    assert shown(client, list="no-owner") == ["Other"]
    assert shown(client, list="no-owner", kind="condition") == []


@pytest.mark.parametrize("name", [each.name for each in all_work_lists()])
def test_every_list_opens_also_among_the_pages_of_a_kind(client, name):
    client.force_login(make_user("administrator"))
    published(make_article())
    make_therapy()
    chosen = client.get(URL, {"list": name}).context["chosen"]
    assert (chosen.name, chosen.url) == (name, f"{URL}?list={name}")


@pytest.mark.parametrize(
    "filters",
    [{"list": "x"}, {"state": "\0"}, {"owner": str(2**63)}, {"month": "2026-13"}, {"month": "9999-12"}, {"page": "x"}],
)
def test_filter_that_means_nothing_hides_nothing(client, author, filters):
    make_article(title="Here")
    assert shown(client, **filters) == ["Here"]


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(client, author, items, django_assert_num_queries):
    for _ in range(items):
        published(make_article(owner=make_user("author")))
        make_therapy(owner=make_user("author"))
    with django_assert_num_queries(8):
        assert len(client.get(URL).context["page_obj"]) == 2 * items


def test_lists_are_for_the_staff_alone(client):
    assert client.get(URL).status_code == 302
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    assert client.get(URL).status_code == 403
