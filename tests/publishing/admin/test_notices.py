"""The screens of interim notices: what is shown before one is issued, and what refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import doors, notices
from publishing.models import Edition, Notice, NoticeEnd
from tests.builders import make_article, make_person, make_reviewer, make_therapy, make_user, published
from tests.publishing.admin.forms import address

pytestmark = pytest.mark.django_db
LIST = "/admin/publishing/notice/"
ADD = f"{LIST}add/"


@pytest.fixture
def reviewer(client):
    user = make_reviewer(name="Dr Ada", credentials="MD")
    client.force_login(user)
    return user


def typed(page, **values):
    until = timezone.localtime(timezone.now() + timedelta(days=30))
    known = {"page": page.pk, "reach": "mentions", "text": "One batch is recalled.", "seen": ""}
    return known | {"expires_at": f"{until:%Y-%m-%dT%H:%M}"} | values


def issued(page, by, **values):
    until = timezone.now() + timedelta(days=30)
    return notices.issue(page, **{"by": by, "text": "Beware.", "reach": "page", "expires_at": until} | values)


def test_first_step_names_the_pages_and_issues_nothing(client, reviewer):
    page = published(make_therapy(title="Rituximab"))
    published(make_article(title="About it", body="<p>Rituximab helps.</p>"))
    published(make_article(title="Something else"))
    response = client.post(ADD, typed(page))
    assert "It will stand on 2 pages" in response.text
    assert [edition.title for edition in response.context["editions"]] == ["About it", "Rituximab"]
    assert "Signed by you: Dr Ada, MD." in response.text
    assert not Notice.objects.exists()


def test_second_step_issues_it(client, reviewer):
    page = published(make_therapy(title="Rituximab"))
    first = client.post(ADD, typed(page))
    response = client.post(ADD, typed(page, seen=first.context["form"]["seen"].value()))
    assert response["Location"] == LIST
    notice = Notice.objects.get()
    assert (notice.page_id, notice.signer, notice.reach, notice.issued_by_id) == (
        page.pk,
        reviewer.person,
        "mentions",
        reviewer.pk,
    )


def test_places_are_shown_again_when_the_page_or_the_reach_was_changed(client, reviewer):
    one, other = published(make_therapy()), published(make_therapy())
    seen = client.post(ADD, typed(one)).context["form"]["seen"].value()
    for changed in (typed(other, seen=seen), typed(one, seen=seen, reach="page")):
        response = client.post(ADD, changed)
        assert "Nothing is issued yet" in response.text
    assert not Notice.objects.exists()


def test_address_names_the_page(client, reviewer):
    page = published(make_article(title="Asthma"))
    assert client.get(f"{ADD}?page={page.pk}").context["form"]["page"].value() == page.pk
    assert "Asthma" in client.get(f"{ADD}?page={page.pk}").text
    for odd in ("", "x", "-1", str(2**63), "\0", "999999", "²"):
        assert client.get(ADD, {"page": odd}).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"expires_at": "2020-01-01T00:00"}, "expires_at"),
        ({"expires_at": "2099-01-01T00:00"}, "expires_at"),
        ({"reach": "everywhere"}, "reach"),
        ({"page": str(2**63 - 1)}, "page"),
        ({"page": "\0"}, "page"),
    ],
)
def test_refusal_stands_at_its_field_and_keeps_what_was_typed(client, reviewer, values, field):
    page = published(make_article())
    data = typed(page, seen=f"{page.pk} mentions") | values
    form = client.post(ADD, data).context["form"]
    assert list(form.errors) == [field]
    assert form["text"].value() == data["text"]
    assert not Notice.objects.exists()


def test_account_without_a_person_is_told_so(client):
    client.force_login(make_user("editor"))
    page = published(make_article())
    text = client.post(ADD, typed(page, seen=f"{page.pk} mentions")).text
    assert "Your account belongs to no person" in text
    assert not Notice.objects.exists()


@pytest.mark.parametrize("forged", [{"signer": "1"}, {"signer_name": "Dr Else"}, {"issued_by": "Else"}])
def test_forged_signature_changes_nothing(client, reviewer, forged):
    page, other = published(make_article()), make_person(name="Dr Else")
    forged = {name: other.pk if value == "1" else value for name, value in forged.items()}
    client.post(ADD, typed(page, seen=f"{page.pk} mentions") | forged)
    notice = Notice.objects.get()
    assert (notice.signer, notice.signer_name, notice.issued_by_id) == (reviewer.person, "Dr Ada", reviewer.pk)


@pytest.mark.parametrize("replacement", ["abc", "\0", "-1", str(2**63)])
def test_withdrawal_in_favour_of_no_page_is_refused(client, replacement):
    client.force_login(make_user("editor"))
    page = published(make_therapy())
    assert "replacement" in withdraw(client, page, replacement=replacement).context["form"].errors
    assert Edition.objects.live().filter(page=page.pk).exists()


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_those_with_the_right_reach_the_screens(client, reviewer, role):
    page = published(make_article())
    notice = issued(page, reviewer)
    client.force_login(make_user(role))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, typed(page, seen=f"{page.pk} mentions")).status_code == 403
    assert client.post(f"{LIST}{notice.pk}/end/", {"reason": "Over"}).status_code == 403
    assert Notice.objects.in_force().count() == 1


def test_list_tells_what_is_in_force_from_what_is_past(client, reviewer):
    page = published(make_article(title="Asthma"))
    first, second = issued(page, reviewer), issued(page, reviewer)
    notices.end(first, by=reviewer, reason="The batch was replaced.")
    assert "The batch was replaced." in client.get(LIST).text
    found = {
        name: list(client.get(LIST, {"standing": name}).context["cl"].result_list) for name in ("in-force", "past")
    }
    assert found == {"in-force": [second], "past": [first]}


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries_of_the_list(client, reviewer, items, django_assert_num_queries):
    for _ in range(items):
        notices.end(issued(published(make_article()), reviewer), by=reviewer, reason="Over")
        issued(published(make_article()), reviewer)
    with django_assert_num_queries(7):
        assert len(client.get(LIST).context["cl"].result_list) == 2 * items


def test_notice_is_ended_with_a_reason_and_never_edited(client, reviewer):
    notice = issued(published(make_article()), reviewer)
    place = f"{LIST}{notice.pk}/"
    assert f"{place}end/" in client.get(f"{place}change/").text
    assert client.post(f"{place}change/", {"text": "Other"}).status_code == 403
    assert client.post(f"{place}delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{place}end/", {"reason": ""}).context["form"].errors
    assert not NoticeEnd.objects.exists()
    client.post(f"{place}end/", {"reason": "Over"})
    assert NoticeEnd.objects.get().reason == "Over"
    assert f"{place}end/" not in client.get(f"{place}change/").text
    assert "no longer in force" in client.post(f"{place}end/", {"reason": "Again"}).text


def test_end_of_no_notice_is_not_found(client, reviewer):
    for number in (0, 999, 2**63):
        assert client.get(f"{LIST}{number}/end/").status_code == 404


# Withdrawal


def withdraw(client, page, **values):
    data = {"version": page.version, "reason": "It harms.", "gone": "on"}
    return client.post(address(page, "withdraw"), data | values)


def test_withdrawal_can_warn_the_readers_of_other_pages(client):
    editor = make_user("editor")
    make_person(user=editor, name="Ed Itor")
    client.force_login(editor)
    page = published(make_therapy(title="Rituximab"))
    until = timezone.localtime(timezone.now() + timedelta(days=90))
    withdraw(client, page, warn_until=f"{until:%Y-%m-%dT%H:%M}")
    notice = Notice.objects.in_force().get()
    assert (notice.signer_name, notice.reach, notice.subject) == ("Ed Itor", "mentions", "Rituximab")
    assert not Edition.objects.live().filter(page=page.pk).exists()


def test_withdrawal_without_a_warning_issues_none(client):
    client.force_login(make_user("editor"))
    page = published(make_therapy())
    withdraw(client, page)
    assert not Edition.objects.live().filter(page=page.pk).exists()
    assert not Notice.objects.exists()


def test_refused_warning_keeps_the_page_public_and_stands_at_its_field(client):
    client.force_login(make_user("editor"))
    page = published(make_therapy())
    response = withdraw(client, page, warn_until="2020-01-01T00:00")
    assert "warn_until" in response.context["form"].errors
    assert Edition.objects.live().filter(page=page.pk).exists()
    with pytest.raises(doors.CannotPublish):
        doors.withdraw(page, by="tests", reason="", warn_until=timezone.now())
