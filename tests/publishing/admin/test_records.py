"""The lists of records: only read, and as fast with three as with one."""

import pytest
from django.urls import reverse

from publishing.models import Edition, Event, Redaction, SignOff
from publishing.redactions import redact
from tests.builders import make_therapy, make_user, publish, published

pytestmark = pytest.mark.django_db

QUERIES = {Edition: 8, SignOff: 7, Event: 7, Redaction: 7}


@pytest.fixture
def administrator(client):
    client.force_login(make_user("administrator"))
    return client


def recorded() -> None:
    """One more record of each kind that is listed."""
    page = published(make_therapy())
    page.summary = "Another summary."
    page.save()
    publish(page)
    redact(page.editions.get(number=1), by="tests", order="Court, no. 7", reason="A name")


def address(model, name, *arguments) -> str:
    return reverse(f"admin:publishing_{model._meta.model_name}_{name}", args=arguments)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", QUERIES)
def test_list_needs_the_same_queries_for_any_number(administrator, django_assert_num_queries, model, count):
    for _number in range(count):
        recorded()
    with django_assert_num_queries(QUERIES[model]):
        response = administrator.get(address(model, "changelist"))
    assert response.context["cl"].result_count >= count


@pytest.mark.parametrize("model", QUERIES)
def test_record_is_shown_and_cannot_be_changed_or_deleted(administrator, model):
    recorded()
    record = model.objects.latest("pk")
    shown = administrator.get(address(model, "change", record.pk))
    assert record.digest in shown.content.decode() or model is Redaction
    assert administrator.post(address(model, "change", record.pk), {"digest": "x"}).status_code == 403
    assert administrator.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert administrator.get(address(model, "add")).status_code == 403
    assert model.objects.get(pk=record.pk).digest == record.digest


def test_sign_off_shows_credentials_and_interests(administrator):
    recorded()
    shown = administrator.get(address(SignOff, "change", SignOff.objects.last().pk)).content.decode()
    assert "Rosa Signer" in shown
    assert "Interests" in shown.title()


@pytest.mark.parametrize(("role", "status"), [("author", 200), ("reviewer", 200), ("moderator", 403)])
def test_who_may_read_sign_offs(client, role, status):
    client.force_login(make_user(role))
    assert client.get(address(SignOff, "changelist")).status_code == status
    assert client.get(address(Redaction, "changelist")).status_code == 403


def test_button_to_remove_text_is_for_those_who_may(client):
    recorded()
    edition = Edition.objects.last()
    removing = reverse("admin:publishing_redaction_remove", args=["publishing.edition", edition.pk])
    for role, is_there in (("administrator", True), ("editor", False)):
        client.force_login(make_user(role))
        assert (removing in client.get(address(Edition, "change", edition.pk)).content.decode()) == is_there
