"""Where readers may write, as moderators set it."""

import pytest
from django.urls import reverse

from comments.models import Opening
from comments.openings import openness_of
from publishing.models import Event, Stamp
from tests.builders import make_article, make_category, make_user, published

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/opening/", "/admin/comments/opening/add/"


@pytest.fixture
def moderator(client):
    client.force_login(make_user("moderator"))
    return client


@pytest.fixture
def page():
    return published(make_article(category=make_category(slug="allergy")))


def address(opening, name="change"):
    return reverse(f"admin:comments_opening_{name}", args=[opening.pk])


def sent(**values):
    return {"page": "", "place": "", "mode": "closed", "close_after_days": ""} | values


def errors(response):
    return response.context["adminform"].form.errors


@pytest.mark.parametrize(("role", "may"), [("author", False), ("editor", False), ("reviewer", False),
                                           ("moderator", True), ("administrator", True)])  # fmt: skip
def test_who_sets_where_readers_may_write(client, role, may):
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == (200 if may else 403)
    client.post(ADD, sent())
    assert Opening.objects.exists() is may


def test_a_setting_has_the_reach_that_was_chosen(moderator, page):
    moderator.post(ADD, sent(page=page.pk))
    moderator.post(ADD, sent(place="article:allergy", mode="off"))
    moderator.post(ADD, sent(mode="read-only"))
    stored = Opening.objects.order_by("pk").values_list("page", "kind", "shelf", "mode")
    assert list(stored) == [
        (page.pk, "", "", "closed"), (None, "article", "allergy", "off"), (None, "", "", "read-only"),
    ]  # fmt: skip
    assert openness_of(page.live).mode == "closed"


def test_a_change_is_public_at_once_and_on_record_with_its_author(moderator, page):
    before = Stamp.current().counter
    moderator.post(ADD, sent(page=page.pk, mode="open", close_after_days="30"))
    opening = Opening.objects.get()
    assert (opening.changed_by, Stamp.current().counter > before) == ("Moderator", True)
    before = Stamp.current().counter
    moderator.post(address(opening), {"mode": "off", "close_after_days": ""})
    assert Stamp.current().counter > before
    events = Event.objects.filter(subject_label="comments.opening").order_by("pk")
    assert [(event.action, event.user_name, event.subject_name, event.details) for event in events] == [
        ("changed", "Moderator", page.title, {"mode": "open", "close_after_days": "30"}),
        ("changed", "Moderator", page.title, {"mode": "off", "close_after_days": None}),
    ]


def test_deleting_a_setting_is_public_at_once_and_on_record(moderator, page):
    opening = Opening.objects.create(page=page, mode="off")
    before = Stamp.current().counter
    moderator.post(address(opening, "delete"), {"post": "yes"})
    assert (openness_of(page.live).mode, Stamp.current().counter > before) == ("open", True)
    assert Event.objects.get(action="deleted").subject_name == page.title


def test_a_page_and_a_list_at_once_are_refused(moderator, page):
    response = moderator.post(ADD, sent(page=page.pk, place="article:allergy"))
    assert "not both" in errors(response)["place"][0]
    assert not Opening.objects.exists()


@pytest.mark.parametrize(("values", "field"), [({}, "place"), ({"place": "article:allergy"}, "place"), (None, "page")])
def test_a_second_setting_of_the_same_reach_is_refused(moderator, page, values, field):
    values = {"page": page.pk} if values is None else values
    moderator.post(ADD, sent(**values))
    response = moderator.post(ADD, sent(**values))
    assert any("There is a setting for this already" in error for error in errors(response)[field])
    assert Opening.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mode": "closed", "close_after_days": "5"}, "close_after_days"),
        ({"mode": "open", "close_after_days": "0"}, "close_after_days"),
        ({"mode": "open", "close_after_days": "4000"}, "close_after_days"),
        ({"mode": "ajar"}, "mode"),
        ({"place": "article:none"}, "place"),
        ({"place": "\0"}, "place"),
        ({"page": "99999999999999999999"}, "page"),
        ({"page": "x"}, "page"),
        ({"page": "0"}, "page"),
    ],
)
def test_what_means_nothing_is_explained_at_its_field(moderator, page, values, field):
    assert field in errors(moderator.post(ADD, sent(**values)))
    assert not Opening.objects.exists()


def test_the_reach_of_a_setting_stays(moderator, page):
    opening = Opening.objects.create(page=page, mode="off")
    other = published(make_article())
    moderator.post(address(opening), {"mode": "open", "page": other.pk, "place": "article:allergy"})
    opening.refresh_from_db()
    assert (opening.page_id, opening.kind, opening.mode) == (page.pk, "", "open")


def test_list_filters_by_reach(moderator, page):
    for values in ({"page": page}, {"kind": "article", "shelf": "allergy"}, {}):
        Opening.objects.create(mode="off", **values)
    found = {
        reach: moderator.get(LIST, {"reach": reach}).context["cl"].result_list[0] for reach in ("page", "list", "site")
    }
    assert [str(each) for each in found.values()] == [page.title, "article: allergy", "the whole site"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(moderator, django_assert_num_queries, count):
    for _number in range(count):
        Opening.objects.create(page=published(make_article()))
    moderator.get("/admin/")
    with django_assert_num_queries(7):
        assert moderator.get(LIST).context["cl"].result_count == count
