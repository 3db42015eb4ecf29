"""The pages that mails lead to."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import moderation, privacy, tokens
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.decisions import Decision
from comments.logs import WithoutTokens
from comments.outbox import OutgoingMail, Subscription
from tests.builders import approved, make_article, make_comment, published

pytestmark = pytest.mark.django_db
ADA, BO = "ada@example.org", "bo@example.org"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page():
    return published(make_article(title="Asthma"))


@pytest.fixture
def reader():
    """A browser that proves every form it sends, as real ones do; this one must not need to."""
    return Client(enforce_csrf_checks=True)


def confirm_address(comment):
    return reverse("comments:confirm", args=[tokens.confirm_token(comment)])


def stop_address(subscription):
    return reverse("comments:unsubscribe", args=[tokens.unsubscribe_token(subscription)])


def data_address(email=ADA):
    return reverse("comments:my_data_open", args=[tokens.own_data_token(email)])


def rows():
    """Everything that a request may have changed."""
    return [list(model.objects.order_by("pk").values()) for model in (Comment, Subscription, OutgoingMail, Decision)]


# Confirming


def test_looking_at_a_link_changes_nothing(page, reader):
    comment = make_comment(page, email=ADA, follow=True)
    subscription = Subscription.objects.get()
    before = rows()
    for address in (confirm_address(comment), stop_address(subscription), data_address()):
        assert reader.get(address).status_code == 200
        assert reader.head(address).status_code == 200
    assert rows() == before


def test_pressing_the_button_confirms_address_and_subscription(page, reader):
    comment = make_comment(page, email=ADA, follow=True)
    answer = reader.post(confirm_address(comment))
    assert answer.status_code == 200
    assert "Your address is confirmed" in answer.text
    assert Comment.objects.get(pk=comment.pk).email_confirmed_at
    assert Subscription.objects.get().confirmed_at


def test_confirming_twice_changes_nothing_more(page, reader):
    comment = make_comment(page, email=ADA)
    reader.post(confirm_address(comment))
    before = rows()
    assert "Your address is confirmed" in reader.post(confirm_address(comment)).text
    assert rows() == before


def test_confirming_leads_to_the_private_page(page, reader):
    comment = make_comment(page, email=ADA)
    assert tokens.own_token(comment) not in reader.get(confirm_address(comment)).text
    assert reverse("comments:own", args=[tokens.own_token(comment)]) in reader.post(confirm_address(comment)).text


def test_page_to_confirm_shows_nothing_of_the_comment(page, reader):
    comment = make_comment(page, email=ADA, name="Canary Name", text="Canary text of a comment.")
    assert "Canary" not in reader.get(confirm_address(comment)).text


@pytest.mark.parametrize("place", ["confirm", "unsubscribe", "my_data_open"])
@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:1abc:forged", "a" * 2000, "%00", "%F0%9F%98%80"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_forged_link_says_what_to_do(reader, place, token, method):
    address = reverse(f"comments:{place}", args=["TOKEN"]).replace("TOKEN", token)
    answer = getattr(reader, method)(address)
    assert answer.status_code == 404
    assert "Copy the whole of it" in answer.text


def test_link_for_one_purpose_is_not_good_for_another(page, reader):
    token = tokens.confirm_token(make_comment(page, email=ADA))
    for place in ("unsubscribe", "my_data_open", "own"):
        assert reader.get(reverse(f"comments:{place}", args=[token])).status_code == 404


def test_old_link_to_confirm_is_gone_and_says_so(page, reader, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    comment = make_comment(page, email=ADA)
    address = confirm_address(comment)
    time_machine_at("2026-03-09T10:00:01Z")
    answer = reader.post(address)
    assert answer.status_code == 410
    assert "good for seven days" in answer.text
    assert Comment.objects.get(pk=comment.pk).email_confirmed_at is None


def test_link_to_confirm_a_withdrawn_comment_is_gone(page, reader):
    comment = make_comment(page, email=ADA)
    address = confirm_address(comment)
    moderation.withdraw(comment)
    assert reader.post(address).status_code == 410


# Stopping


@pytest.fixture
def subscription(page):
    make_comment(page, email=ADA, follow=True)
    Subscription.objects.update(confirmed_at=timezone.now())
    return Subscription.objects.get()


def test_one_click_of_a_mail_program_stops_the_mails(subscription, reader):
    OutgoingMail.objects.create(kind="reply", email=ADA, subscription=subscription)
    answer = reader.post(
        stop_address(subscription),
        {"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example.com", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert not Subscription.objects.exists()
    assert not OutgoingMail.objects.filter(kind="reply").exists()


def test_stopping_twice_says_the_same(subscription, reader):
    address = stop_address(subscription)
    for _ in range(2):
        answer = reader.post(address)
        assert (answer.status_code, "You get no more mails" in answer.text) == (200, True)


# Asking for one's own


def ask(reader, email, **headers):
    return reader.post(reverse("comments:my_data"), {"email": email}, headers=FROM_HERE | headers)


def test_asking_sends_a_link_to_that_address(page, reader):
    answer = ask(reader, " Ada@Example.org ")
    assert (answer.status_code, answer["Location"]) == (303, "/comments/my-data/?sent")
    assert list(OutgoingMail.objects.values_list("kind", "email")) == [("own-data", ADA)]


def test_known_and_unknown_address_get_the_same_answer_and_cost_the_same(page, reader):
    for _ in range(3):
        moderation.confirm_address(make_comment(page, email=ADA))
    ask(reader, "first@example.org")
    answers, counts = [], []
    for email in (ADA, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(ask(reader, email))
        counts.append(len(queries))
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert counts[0] == counts[1]


def test_asking_too_often_is_refused_with_the_address_kept(reader):
    for number in range(5):
        ask(reader, f"reader-{number}@example.org")
    answer = ask(reader, ADA)
    assert answer.status_code == 429
    assert f'value="{ADA}"' in answer.text
    assert OutgoingMail.objects.count() == 5


def test_one_address_gets_five_links_an_hour_whoever_asks(reader):
    for number in range(8):
        answer = reader.post(
            reverse("comments:my_data"), {"email": ADA}, headers=FROM_HERE, REMOTE_ADDR=f"192.0.2.{number}"
        )
        assert answer.status_code == 303
    assert OutgoingMail.objects.count() == 5


@pytest.mark.parametrize(
    "email", ["", "ada", "a@b@c", "a\r\nBcc: eve@example.org", "\x00@example.org", "a" * 300 + "@example.org"]
)
def test_what_is_no_address_is_said_at_the_field(reader, email):
    answer = ask(reader, email)
    assert answer.status_code == 200
    assert "form-error" in answer.text
    assert not OutgoingMail.objects.exists()


def test_form_of_a_foreign_page_is_refused(reader):
    assert ask(reader, ADA, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not OutgoingMail.objects.exists()


def test_browser_that_says_nothing_needs_the_token_of_the_form(reader):
    address = reverse("comments:my_data")
    assert reader.post(address, {"email": ADA}).status_code == 403
    token = reader.get(address).context["token"]
    assert reader.post(address, {"email": ADA, "token": token}).status_code == 303


# One's own


@pytest.fixture
def stored(page):
    """One confirmed comment of Ada's, one that only names her address, and one of Bo's."""
    mine = moderation.confirm_address(make_comment(page, email=ADA, name="Ada", text="What Ada wrote herself."))
    named = make_comment(page, email=ADA, name="Somebody", text="What somebody wrote with her address.")
    others = moderation.confirm_address(make_comment(page, email=BO, name="Bo", text="What Bo wrote."))
    return mine, named, others


def test_own_page_lists_the_unconfirmed_without_their_words(stored, reader):
    text = reader.get(data_address()).text
    assert "1 comment that you confirmed" in text
    assert f'name="own" value="{stored[1].pk}"' in text
    for word in ("Somebody", "with her address", "What Bo wrote", BO):
        assert word not in text


def test_own_page_of_a_stranger_is_empty(stored, reader):
    assert "Nothing is stored under this address" in reader.get(data_address("nobody@example.org")).text


def test_link_is_good_for_an_hour(stored, reader, time_machine_at):
    start = timezone.now()
    time_machine_at(start)
    address = data_address()
    time_machine_at(start + timedelta(minutes=61))
    answer = reader.post(address, {"do": "erase", "sure": "yes"})
    assert answer.status_code == 410
    assert reverse("comments:my_data") in answer.text
    assert Comment.objects.filter(email=ADA).count() == 2


def test_file_holds_the_confirmed_and_the_ticked(stored, reader):
    mine, named, _others = stored
    answer = reader.post(data_address(), {"do": "export"})
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="my-comments.json"'
    assert [each["number"] for each in json.loads(answer.content)["comments"]] == [mine.pk]
    answer = reader.post(data_address(), {"do": "export", "own": [named.pk]})
    assert [each["number"] for each in json.loads(answer.content)["comments"]] == [mine.pk, named.pk]


def test_comment_of_another_cannot_be_ticked(stored, reader):
    answer = reader.post(data_address(), {"do": "export", "own": [stored[2].pk, "x", "9" * 40, "-1"]})
    assert [each["number"] for each in json.loads(answer.content)["comments"]] == [stored[0].pk]


def test_erasing_asks_first_and_keeps_the_ticks(stored, reader):
    answer = reader.post(data_address(), {"do": "erase", "own": [stored[1].pk]})
    assert "2 comments lose their names" in answer.text
    assert f'<input type="hidden" name="own" value="{stored[1].pk}">' in answer.text
    assert Comment.objects.filter(state="erased").count() == 0


def test_erasing_erases(stored, reader):
    answer = reader.post(data_address(), {"do": "erase", "sure": "yes"})
    assert "1 comment was erased" in answer.text
    states = list(Comment.objects.order_by("pk").values_list("state", "email"))
    assert states == [("erased", ""), ("waiting", ""), ("waiting", BO)]


def test_erasing_twice_is_no_error(stored, reader):
    address = data_address()
    reader.post(address, {"do": "erase", "sure": "yes"})
    assert reader.post(address, {"do": "erase", "sure": "yes"}).status_code == 200


def test_too_many_files_are_refused(stored, reader):
    answers = [reader.post(data_address(), {"do": "export"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_unclear_wish_changes_nothing(stored, reader):
    before = rows()
    assert reader.post(data_address(), {"do": "everything"}).status_code == 400
    assert reader.post(data_address()).status_code == 400
    assert rows() == before


# Of all these pages


def test_no_page_is_kept_listed_or_sets_a_cookie(stored, reader):
    approved(stored[0])
    Subscription.objects.create(thread=stored[0], email=ADA)
    addresses = [
        reverse("comments:my_data"),
        reverse("comments:my_data") + "?sent",
        data_address(),
        confirm_address(stored[1]),
        stop_address(Subscription.objects.get()),
        reverse("comments:confirm", args=["forged"]),
    ]
    for address in addresses:
        answer = reader.get(address)
        assert answer["Cache-Control"] == "private, no-store", address
        assert answer["X-Robots-Tag"] == "noindex", address
        assert answer.cookies == {}, address
        assert '<meta name="robots" content="noindex">' in answer.text, address


@pytest.fixture
def request_log(caplog):
    """What is logged of requests, cleaned as the settings of the site say."""
    cleaning, logger = WithoutTokens(), logging.getLogger("django.request")
    logger.addFilter(cleaning)
    caplog.set_level(logging.DEBUG)
    yield caplog
    logger.removeFilter(cleaning)


def test_errors_log_no_address_token_or_text(page, reader, request_log, monkeypatch, time_machine_at):
    start = timezone.now()
    time_machine_at(start)
    comment = make_comment(page, email="canary@example.org", name="Canary Name", text="The canary text of a comment.")
    token_of = {"confirm": tokens.confirm_token(comment), "my_data_open": tokens.own_data_token("canary@example.org")}
    addresses = [reverse(f"comments:{place}", args=[token]) for place, token in token_of.items()]
    own = reverse("comments:own", args=[tokens.own_token(comment)])
    ask(reader, "canary@no-address")
    reader.post(reverse("comments:my_data"), {"email": "canary@example.org", "token": "canary"})
    for address in (*addresses, own):
        reader.put(address, "canary")
    monkeypatch.setattr(privacy, "erase", _fail)
    reader.raise_request_exception = False
    assert reader.post(addresses[1], {"do": "erase", "sure": "yes"}).status_code == 500
    time_machine_at(start + timedelta(days=8))
    for address in addresses:
        assert reader.post(address, {"do": "canary"}).status_code == 410
    moderation.withdraw(comment)
    Comment.objects.filter(pk=comment.pk).delete()
    assert reader.get(own).status_code == 404
    said = request_log.text
    assert "/comments/confirm/…/" in said
    for secret in ("canary", "Canary", *token_of.values(), tokens.own_token(comment)):
        assert secret not in said


def _fail(*_anything):
    raise RuntimeError("something went wrong")


def test_staff_who_are_logged_in_have_no_way_round_the_token(stored):
    User.objects.create_superuser("root", password="a password for tests")
    client = Client()
    client.login(username="root", password="a password for tests")
    assert client.get(reverse("comments:my_data_open", args=["forged"])).status_code == 404


def test_clinician_sees_the_words_before_lending_a_name_to_them(reader, page):
    Clinician.objects.create(email=ADA, name="Dr Rosa", credentials="MD", verified_how="Seen")
    comment = make_comment(page, email=ADA, text="Forged words.")
    shown = reader.get(confirm_address(comment)).text
    assert "Forged words." in shown
    assert 'name="as_clinician"' in shown
    assert "Dr Rosa" not in reader.post(confirm_address(comment)).text
    other = make_comment(page, email=ADA)
    assert "Dr Rosa" in reader.post(confirm_address(other), {"as_clinician": "on"}).text
