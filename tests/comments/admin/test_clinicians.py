"""Verified clinicians, as administrators keep them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.models import Clinician, Comment
from publishing.models import Event, Stamp
from tests.builders import approved, make_article, make_comment, make_user, published
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/clinician/", "/admin/comments/clinician/add/"
TODAY = timezone.localdate


@pytest.fixture
def administrator(client):
    client.force_login(make_user("administrator"))
    return client


def address(clinician, name="change"):
    return reverse(f"admin:comments_clinician_{name}", args=[clinician.pk])


def sent(**values):
    known = {"email": "ada@clinic.example", "name": "Ada Doctor", "credentials": "Immunologist", "ends_on": ""}
    return known | {"verified_how": "Register, number seen", "verified_on": f"{TODAY()}"} | values


def errors(response):
    return response.context["adminform"].form.errors


def make_clinician(**values):
    known = {"email": "ada@clinic.example", "name": "Ada Doctor", "credentials": "Immunologist", "verified_how": "Seen"}
    return Clinician.objects.create(**known | {"verified_by": "Berta"} | values)


def comment_of(clinician):
    comment = make_comment(published(make_article()), email=clinician.email)
    moderation.confirm_address(comment, as_clinician=True)
    return approved(Comment.objects.get(pk=comment.pk))


@pytest.mark.parametrize(("role", "sees", "adds"), [("author", 403, False), ("editor", 403, False),
    ("reviewer", 403, False), ("moderator", 200, False), ("administrator", 200, True)])  # fmt: skip
def test_who_says_that_somebody_is_a_clinician(client, role, sees, adds):
    client.force_login(make_user(role))
    assert (
        client.get(LIST).status_code
        == client.get(address(make_clinician(email="b@clinic.example"))).status_code
        == sees
    )
    client.post(ADD, sent())
    assert Clinician.objects.filter(email="ada@clinic.example").exists() is adds


def test_who_verified_is_whoever_saved_it(administrator):
    administrator.post(ADD, sent(email=" Ada@Clinic.Example", verified_by="Somebody else"))
    clinician = Clinician.objects.get()
    assert (clinician.email, clinician.verified_by) == ("ada@clinic.example", "Administrator")
    assert comment_of(clinician).clinician == clinician


def test_ending_keeps_who_verified(administrator):
    clinician = make_clinician()
    form = posted(administrator.get(address(clinician)))
    administrator.post(address(clinician), form | {"ends_on": f"{TODAY()}"})
    clinician.refresh_from_db()
    assert (clinician.ends_on, clinician.verified_by) == (TODAY(), "Berta")


@pytest.mark.parametrize("change", [{"name": "Ada Professor"}, {"credentials": "Nurse"}, {"ends_on": "2999-01-01"}])
def test_what_readers_see_is_fresh_at_once_and_on_record(administrator, change):
    clinician = make_clinician()
    comment_of(clinician)
    before = Stamp.current().counter
    administrator.post(address(clinician), posted(administrator.get(address(clinician))) | change)
    assert Stamp.current().counter > before
    event = Event.objects.get(subject_label="comments.clinician")
    assert change.items() <= event.details.items()
    assert clinician.email not in str(Event.objects.values())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"verified_how": " "}, "verified_how"),
        ({"credentials": ""}, "credentials"),
        ({"name": "Ada\nDoctor"}, "name"),
        ({"name": "\u200b."}, "name"),
        ({"email": "nobody"}, "email"),
        ({"verified_on": "2999-01-01"}, "verified_on"),
        ({"verified_on": "2026-02-01", "ends_on": "2026-01-31"}, "ends_on"),
    ],
)
def test_what_cannot_be_is_explained_at_its_field(administrator, values, field):
    assert field in errors(administrator.post(ADD, sent(**values)))
    assert not Clinician.objects.exists()


def test_an_address_belongs_to_one_clinician(administrator):
    make_clinician()
    assert "email" in errors(administrator.post(ADD, sent(email="ADA@clinic.example")))


def test_a_clinician_with_comments_is_ended_and_not_deleted(administrator):
    with_comments, without = make_clinician(), make_clinician(email="b@clinic.example")
    comment_of(with_comments)
    assert administrator.post(address(with_comments, "delete"), {"post": "yes"}).status_code == 403
    assert administrator.post(address(without, "delete"), {"post": "yes"}).status_code == 302
    assert Clinician.objects.get() == with_comments


def test_list_tells_current_ones_from_those_that_ended(administrator):
    make_clinician(name="Now", ends_on=TODAY())
    make_clinician(name="Then", email="b@clinic.example", ends_on=TODAY() - timedelta(days=1))
    found = {
        name: administrator.get(LIST, {"standing": name}).context["cl"].result_list for name in ("current", "ended")
    }
    assert [[each.name for each in clinicians] for clinicians in found.values()] == [["Now"], ["Then"]]
