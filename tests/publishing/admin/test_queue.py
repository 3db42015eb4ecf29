"""The review queue: what waits, who has it, and its filters, each an address of its own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.models import Event, ReviewRequest
from tests.builders import make_article, make_condition, make_reviewer, make_therapy, make_user, move

pytestmark = pytest.mark.django_db
URL = "/admin/publishing/queue/"


def waiting(page, *, stage="medical", age=0, taken_by=None, taken_for=0, **values):
    move(page, "editorial", *(["medical"] if stage == "medical" else []))
    now = timezone.now()
    known = {
        "requested_by": "Ada Author",
        "requested_at": now - timedelta(days=age),
        "due_on": timezone.localdate() + timedelta(days=14 - age),
        "claimed_by": taken_by,
        "claimed_at": now - timedelta(days=taken_for) if taken_by else None,
    }
    return ReviewRequest.objects.create(page_id=page.pk, stage=stage, **known | values)


def shown(client, **filters):
    return [item["page"].title for item in client.get(URL, filters).context["items"]]


@pytest.fixture
def reviewer(client):
    user = make_reviewer()
    client.force_login(user)
    return user


def test_queue_lists_what_waits_by_due_date_and_nothing_else(client, reviewer):
    waiting(make_article(title="Younger"), age=1)
    waiting(make_article(title="Older"), age=3, stage="editorial")
    done = make_article(title="Back at its authors")
    waiting(done)
    move(done, "draft")
    assert shown(client) == ["Older", "Younger"]


def test_item_says_who_asked_when_it_is_due_and_what_was_asked(client, reviewer):
    waiting(make_therapy(title="Abatacept"), age=20, message="Please look at <the doses>.")
    text = client.get(URL).text
    for words in ("Abatacept", "Therapy", "Medical review", "asked by Ada Author", "20 days old", "Overdue since"):
        assert words in text
    assert "Please look at &lt;the doses&gt;." in text


def test_every_filter_is_an_address(client, reviewer):
    owner, other = make_user("author"), make_reviewer()
    waiting(make_article(title="Editorial"), stage="editorial")
    waiting(make_condition(title="Late"), age=20)
    waiting(make_article(title="Mine"), taken_by=reviewer)
    waiting(make_article(title="Theirs"), taken_by=other)
    waiting(make_article(title="Lost"), taken_by=other, taken_for=8)
    waiting(make_therapy(title="Owned", owner=owner))
    assert shown(client, stage="editorial") == ["Editorial"]
    assert shown(client, due="overdue") == shown(client, kind="condition") == ["Late"]
    assert shown(client, taken_by="me") == ["Mine"]
    assert shown(client, taken_by=other.pk) == ["Theirs"]
    assert set(shown(client, taken_by="nobody")) == {"Editorial", "Late", "Lost", "Owned"}
    assert shown(client, owner=owner.pk, kind="therapy") == ["Owned"]
    assert shown(client, owner=owner.pk, kind="article") == []


@pytest.mark.parametrize(
    "filters", [{"stage": "x"}, {"owner": "1abc"}, {"owner": str(2**63)}, {"taken_by": "\0"}, {"page": "99999999999"}]
)
def test_filter_that_means_nothing_is_named_and_hides_nothing(client, reviewer, filters):
    waiting(make_article(title="Here"))
    assert shown(client, **filters) == ["Here"]


def test_take_and_give_back(client, reviewer):
    page = make_article(title="Asthma")
    asked = waiting(page)
    address = f"{URL}?stage=medical"
    response = client.post(address, {"take": page.pk})
    assert response["Location"] == address
    asked.refresh_from_db()
    assert asked.claimed_by == reviewer
    assert "You have taken it" in client.get(URL).text
    client.post(URL, {"give_back": page.pk})
    asked.refresh_from_db()
    assert asked.claimed_by is None
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == ["claimed", "released"]


def test_review_that_somebody_has_cannot_be_taken(client, reviewer):
    other = make_reviewer()
    page = make_article()
    asked = waiting(page, taken_by=other)
    text = client.get(URL).text
    assert f"Taken by {other.get_full_name()}" in text
    assert 'name="take"' not in text
    refused = client.post(URL, {"take": page.pk}, follow=True)
    assert "has taken this review" in refused.text
    asked.refresh_from_db()
    assert asked.claimed_by == other


@pytest.mark.parametrize("role", ["author", "editor", "moderator"])
def test_medical_review_is_for_medical_reviewers(client, role):
    client.force_login(make_user(role))
    page = make_article()
    asked = waiting(page)
    assert 'name="take"' not in client.get(URL).text
    assert client.post(URL, {"take": page.pk}).status_code == 403
    asked.refresh_from_db()
    assert asked.claimed_by is None


@pytest.mark.parametrize("number", ["", "0", "-1", "1abc", str(2**63), "\0", "999999"])
def test_button_for_no_page_takes_nothing(client, reviewer, number):
    asked = waiting(make_article())
    assert client.post(URL, {"take": number}).status_code in (302, 404)
    asked.refresh_from_db()
    assert asked.claimed_by is None


def test_review_that_went_back_says_whose_it_was_to_those_who_may_take_it(client, reviewer):
    other = make_reviewer()
    page = make_article()
    waiting(page, taken_by=other, taken_for=8)
    words = f"Went back to the pool: {other.get_full_name()} had it for 7 days."
    assert words in client.get(URL).text
    client.force_login(make_user("author"))
    assert "Went back" not in client.get(URL).text
    client.force_login(reviewer)
    client.post(URL, {"take": page.pk})
    assert "Went back" not in client.get(URL).text


def test_load_counts_what_each_has_taken_now(client, reviewer):
    other = make_reviewer()
    for age in (0, 20):
        waiting(make_article(), age=age, taken_by=other)
    waiting(make_article(), taken_by=other, taken_for=8)
    (load,) = client.get(URL).context["load"]
    assert (load["count"], load["late"]) == (2, 1)
    assert shown(client, taken_by=other.pk) == [item["page"].title for item in client.get(load["url"]).context["items"]]


def test_links_lead_to_the_screens_of_review(client, reviewer):
    page = make_condition()
    waiting(page)
    text = client.get(URL).text
    for name in ("review", "compare"):
        assert f'href="{reverse(f"admin:therapies_condition_{name}", args=[page.pk])}"' in text


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(client, reviewer, items, django_assert_num_queries):
    for _ in range(items):
        owner, other = make_user("author"), make_reviewer()
        waiting(make_article(owner=owner), taken_by=other)
        waiting(make_therapy(owner=owner), stage="editorial")
    with django_assert_num_queries(9):
        assert len(client.get(URL).context["items"]) == 2 * items


def test_queue_is_for_the_staff_alone(client):
    assert client.get(URL).status_code == 302
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    assert client.get(URL).status_code == 403
