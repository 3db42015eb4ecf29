import re

import pytest

from comments.feedback import Feedback
from comments.tokens import remark_token
from publishing import doors
from tests.builders import make_article, make_therapy, published
from tests.comments.filling import HERE, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_therapy())


def answer(client, page, value="yes", headers=HERE, **sent):
    return client.post(f"{page.get_absolute_url()}useful/", {"useful": value} | sent, **headers)


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("no", False)])
def test_answer_is_stored_with_page_and_edition_alone(client, page, value, expected):
    response = answer(client, page, value)
    assert response.status_code == 303
    assert not response.cookies
    stored = Feedback.objects.values().get()
    assert (stored["page_id"], stored["edition_id"], stored["is_useful"]) == (page.pk, page.live_id, expected)
    assert "127.0.0.1" not in str(stored)


def test_answer_is_about_the_edition_that_was_read(client, page):
    read, page.summary = page.live, "Newer."
    page.save()
    newer = published(page).live
    answer(client, page, edition=read.number)
    answer(client, page, edition="9" * 30)
    assert list(Feedback.objects.order_by("pk").values_list("edition", flat=True)) == [read.pk, newer.pk]


def test_page_asks_with_a_form_that_needs_no_script(client, page):
    text = client.get(page.get_absolute_url()).text
    assert f'<form action="{page.get_absolute_url()}useful/" method="post">' in text
    assert re.findall(r'name="useful" value="(\w+)"', text) == ["yes", "no"]


def test_remark_is_stored_once_with_its_section(client, page):
    remark = answer(client, page)["Location"]
    assert 'value="harms"' in client.get(remark).text
    response = client.post(remark, {"remark": "A picture would help.", "section": "harms"}, **HERE)
    assert response["Location"] == f"{page.get_absolute_url()}useful/?thanks"
    assert "Thank you" in client.get(response["Location"]).text
    client.post(remark, {"remark": "Something else."}, **HERE)
    stored = Feedback.objects.get()
    assert (stored.remark, stored.section) == ("A picture would help.", "harms")


def test_remark_that_cannot_be_kept_comes_back(client, page):
    remark = answer(client, page)["Location"]
    response = client.post(remark, {"remark": "x" * 1_001}, **HERE)
    assert (response.status_code, "x" * 1_001 in response.text) == (200, True)
    assert Feedback.objects.get().remark == ""


def test_link_for_a_remark_ends_after_an_hour(client, page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    link = f"/comments/remark/{remark_token(Feedback.objects.create(page=page, edition=page.live, is_useful=True))}/"
    assert client.get(link).status_code == 200
    time_machine_at("2026-03-02T11:00:01Z")
    assert client.get(link).status_code == 404


def test_answer_needs_a_page_of_this_site_or_a_token(client, page):
    refused = answer(client, page, headers={})
    assert (refused.status_code, Feedback.objects.count()) == (403, 0)
    answer(client, page, headers={}, token=token_in(refused.text))
    assert Feedback.objects.count() == 1


def test_token_of_another_page_is_none(client, page):
    other = published(make_article())
    token = token_in(client.get(f"{other.get_absolute_url()}useful/").text)
    assert answer(client, page, headers={}, token=token).status_code == 403


def test_foreign_page_stores_nothing(client, page):
    assert answer(client, page, headers={"HTTP_ORIGIN": "https://evil.example"}).status_code == 403
    remark = answer(client, page)["Location"]
    assert client.post(remark, {"remark": "Forged."}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert Feedback.objects.get().remark == ""


@pytest.mark.parametrize("value", ["", "maybe", "\x00", "x" * 70_000])
def test_odd_answer_is_asked_again(client, page, value):
    assert answer(client, page, value).status_code == 400
    assert not Feedback.objects.exists()


def test_eleventh_answer_of_a_network_is_refused_for_a_while(client, page):
    statuses = [answer(client, page).status_code for _ in range(11)]
    assert statuses == [303] * 10 + [429]


def test_withdrawn_page_is_asked_about_no_more(client, page):
    doors.withdraw(page, by="tests", reason="It was wrong.")
    assert client.get(f"{page.get_absolute_url()}useful/").status_code == 404
    assert answer(client, page).status_code == 404


def test_looking_stores_nothing_and_is_kept_nowhere(client, page):
    response = client.get(f"{page.get_absolute_url()}useful/")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert not Feedback.objects.exists()
