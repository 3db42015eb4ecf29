"""The first page of the staff side: what is late comes first, then what waits for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import doors, workflow
from publishing.contributions import note_change
from publishing.events import Event, record
from publishing.models import ContentTask, ReferenceTask, ReviewComment, ReviewRequest
from tests.builders import (
    make_article,
    make_condition,
    make_reference,
    make_reviewer,
    make_therapy,
    make_user,
    move,
    published,
    schedule,
)

pytestmark = pytest.mark.django_db
URL = "/admin/"


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


def titles(found):
    return [each.title for each in found]


def test_overdue_pages_head_the_dashboard_until_they_are_reviewed(client, author, time_machine_at):
    start = timezone.now()
    late = published(make_article(title="Late", review_interval=1))
    published(make_article(title="In time", review_interval=36))
    time_machine_at(start + timedelta(days=60))
    client.force_login(author)
    response = client.get(URL)
    assert titles(response.context["overdue"]) == ["Late"]
    assert response.text.index("Review overdue: 1 page") == min(
        response.text.index(heading) for heading in ("Review overdue: 1 page", "Waiting for me", "My drafts")
    )
    late.summary = "Looked through again."
    late.save()
    published(late)
    assert titles(client.get(URL).context["overdue"]) == []
    assert "Review overdue: 0 pages" in client.get(URL).text


def test_my_drafts_are_those_i_own_stand_in_for_or_have_changed(client, author):
    make_article(title="Owned", owner=author)
    make_article(title="Deputy", deputy=author)
    changed = make_article(title="Changed")
    note_change([changed.pk], by=author)
    make_article(title="Of others", owner=make_user("author"))
    published(make_article(title="Public", owner=author))
    assert set(titles(client.get(URL).context["drafts"])) == {"Owned", "Deputy", "Changed"}


def test_what_was_sent_back_stands_first_with_its_reason(client, author):
    page, other = make_article(title="Back", owner=author), make_article(title="Fresh", owner=author)
    move(page, "editorial")
    workflow.send_back(page, by=make_user("editor"), reason="Say more about the doses.")
    response = client.get(URL)
    assert (titles(response.context["sent_back"]), titles(response.context["drafts"])) == (["Back"], ["Fresh"])
    assert "Say more about the doses." in response.text
    # An event of something else that has the same number.
    record(Event.Action.RETURNED, other.owner, by="tests", reason="Nothing of it")
    other.owner.pk = other.pk
    record(Event.Action.RETURNED, other.owner, by="tests", reason="Nothing of it")
    record(Event.Action.SUBMITTED, page, by="tests")
    assert titles(client.get(URL).context["sent_back"]) == []


def test_reviews_comments_and_tasks_that_wait_for_me(client):
    reviewer = make_reviewer()
    client.force_login(reviewer)
    taken, mine, other = make_article(title="Taken"), make_article(title="Mine", owner=reviewer), make_article()
    move(taken, "editorial", "medical")
    due_on = timezone.localdate()
    ReviewRequest.objects.create(page_id=taken.pk, stage="medical", requested_by="Ada", due_on=due_on)
    workflow.claim(taken, by=reviewer)
    for page in (mine, other):
        ReferenceTask.objects.create(page_id=page.pk, reference=make_reference(), problem="retracted")
        known = {"part": "body", "part_label": "Text", "written_by_id": 1, "written_by": "Rosa"}
        ReviewComment.objects.create(page_id=page.pk, text="Which dose?", **known)
    context = client.get(URL).context
    assert [asked.page.title for asked in context["taken"]] == ["Taken"]
    assert [task.page.title for task in context["tasks"]] == ["Mine"]
    assert [comment.page.title for comment in context["comments"]] == ["Mine"]


def test_queue_counts_lead_to_their_lists(client, author):
    now, reviewer = timezone.now(), make_reviewer()
    for age, claimed_by in ((0, None), (20, None), (0, reviewer)):
        page = make_article()
        move(page, "editorial", "medical")
        due_on = timezone.localdate() + timedelta(days=14 - age)
        claimed = {"claimed_by": claimed_by, "claimed_at": claimed_by and now}
        ReviewRequest.objects.create(page_id=page.pk, stage="medical", requested_by="Ada", due_on=due_on, **claimed)
    counts = {label: (count, url.partition("?")[2]) for label, count, url in client.get(URL).context["queue"]}
    assert counts == {
        "All that wait": (3, ""),
        "Editorial review": (0, "stage=editorial"),
        "Medical review": (3, "stage=medical"),
        "Taken by nobody": (2, "taken_by=nobody"),
        "Overdue": (1, "due=overdue"),
    }


def charts(client):
    return {chart.id: {bar.label: bar for bar in chart.bars} for chart in client.get(URL).context["charts"]}


def test_every_number_is_the_length_of_its_list(client, author, time_machine_at):
    start = timezone.now()
    published(make_article(title="Late", review_interval=1))
    published(make_condition(review_interval=4))
    doors.publish(make_therapy(), by="tests", override_reason="A recall")
    published(make_article(is_medical=False))
    make_article()
    time_machine_at(start + timedelta(days=60))
    client.force_login(author)
    context = client.get(URL).context
    lists = [(count, each.url) for each, count in context["work_lists"]]
    lists += [(bar.count, bar.url) for bar in charts(client)["states"].values()]
    lists += [(bar.count, bar.url) for bar in charts(client)["due"].values()]
    lists += [(bar.of - bar.count, bar.url) for bar in charts(client)["coverage"].values()]
    assert len(lists) > 30
    assert [count for count, url in lists] == [
        client.get(url).context["page_obj"].paginator.count for count, url in lists
    ]
    assert sum(count for count, url in lists) > 10


def test_charts_have_bars_and_say_the_same_in_words(client, author):
    for _ in range(2):
        published(make_article())
    make_article()
    found = charts(client)
    assert (found["states"]["Published"].percent, found["states"]["Draft"].percent) == (100, 50)
    assert len(found["due"]) == 13
    assert (found["coverage"]["Signed off"].percent, found["coverage"]["Signed off"].text) == (100, "2 of 2")
    text = client.get(URL).text
    assert '<rect class="bar-part" width="50"' in text
    assert "2 of 2" in text


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(client, author, items, django_assert_num_queries):
    for _ in range(items):
        published(make_article(owner=make_user("author"), review_interval=1))
        schedule(make_article(), at=timezone.now() + timedelta(days=5))
        make_article(owner=author)
        page = make_article(owner=author)
        move(page, "editorial")
        taken = {"claimed_by": author, "claimed_at": timezone.now()}
        due_on = timezone.localdate()
        ReviewRequest.objects.create(page_id=page.pk, stage="editorial", requested_by="Ada", due_on=due_on, **taken)
        ReferenceTask.objects.create(page_id=page.pk, reference=make_reference(), problem="link")
        ContentTask.open_task(page, text="Say more", by="Ada")
    with django_assert_num_queries(16):
        context = client.get(URL).context
    assert len(context["taken"]) == len(context["tasks"]) == len(context["content_tasks"]) == items


def test_moderator_without_the_right_to_see_pages_sees_none(client):
    published(make_article(title="Hidden title"))
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    assert "Hidden title" not in client.get(URL).text
