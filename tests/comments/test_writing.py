import re

import pytest
from django.db import connection

from comments import moderation
from comments.comments import Comment
from comments.openings import Opening
from publishing import doors
from tests.builders import approved, make_article, make_comment, make_therapy, published
from tests.comments.filling import FILLED, HERE, form_values, send, stored, token_in
from tests.comments.test_proof import solution

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_therapy(title="Infusion"))


def own_page(response):
    assert response.status_code == 303
    return response["Location"]


def test_comment_is_stored_with_what_the_writer_read_and_is_not_public(client, page):
    response = send(client, page, section="harms")
    assert own_page(response).startswith("/comments/own/")
    comment = stored()
    assert (comment.page_id, comment.edition, comment.section) == (page.pk, page.live, "harms")
    assert (comment.name, comment.text, comment.kind) == ("Ada", FILLED["text"], "question")
    assert comment.state == "waiting"
    assert FILLED["text"] not in client.get(page.get_absolute_url()).text


def test_form_sets_no_cookie_and_is_kept_nowhere(client, page):
    for response in (client.get(f"{page.get_absolute_url()}comment/"), send(client, page, text="")):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_required_fields_are_marked_and_that_is_said(client, page):
    text = client.get(f"{page.get_absolute_url()}comment/").text
    assert "Fields marked with * must be filled in." in text
    assert len(re.findall(r'<span class="required">\*</span>', text)) == 4


def test_form_of_a_reader_shows_rules_consent_and_emergency(client, page):
    text = client.get(f"{page.get_absolute_url()}comment/").text
    for said in ("/comments/rules/", "moderators can read it", "call your local emergency number"):
        assert said in text


def test_experience_of_a_therapy_has_fields(client, page):
    response = send(client, page, kind="experience", how_given="By drip", wish_known="To drink a lot.")
    assert response.status_code == 303
    assert (stored().how_given, stored().wish_known) == ("By drip", "To drink a lot.")


def test_only_therapies_ask_for_them(client):
    text = client.get(f"{published(make_article()).get_absolute_url()}comment/").text
    assert "unwanted_effects" not in text


def test_everything_typed_comes_back_with_an_error(client, page):
    typed = {
        "kind": "experience",
        "section": "harms",
        "name": "",
        "text": "A text <b>worth</b> keeping",
        "unwanted_effects": "A headache",
        "email": "ada@example",
        "follow": "on",
    }
    response = send(client, page, **typed)
    assert (response.status_code, Comment.objects.count()) == (200, 0)
    text = response.text
    for kept in ("A text &lt;b&gt;worth&lt;/b&gt; keeping", "A headache", 'value="ada@example"'):
        assert kept in text
    for chosen in (r'value="harms" selected', r'value="experience"[^>]* checked', r'name="follow"[^>]* checked'):
        assert re.search(chosen, text)


def test_errors_are_listed_first_and_lead_to_their_fields(client, page):
    text = send(client, page, name="", text="").text
    summary = re.search(r'class="error-summary".*?</div>', text, re.DOTALL)[0]
    targets = re.findall(r'href="#(\w+)"', summary)
    assert targets == ["id_name", "id_text"]
    assert all(f'id="{target}"' in text for target in targets)
    assert "<title>Error:" in text
    assert re.search(r'name="text"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*id_text_error"', text)


def test_form_sent_twice_makes_one_comment(client, page):
    hidden = form_values(client, page)
    first, second = (send(client, page, hidden=hidden) for _ in range(2))
    assert own_page(first) == own_page(second)
    assert Comment.objects.count() == 1


def test_form_sent_again_with_another_text_loses_neither(client, page):
    hidden = form_values(client, page)
    send(client, page, hidden=hidden)
    response = send(client, page, hidden=hidden, text="Another question, typed after going back.")
    assert "Another question, typed after going back." in response.text
    again = hidden | {"token": token_in(response.text)}
    send(client, page, hidden=again, text="Another question, typed after going back.")
    assert Comment.objects.count() == 2


def test_expired_form_keeps_the_text_and_can_be_sent_again(client, page, time_machine_at):
    time_machine_at("2026-03-02T10:00Z")
    hidden = form_values(client, page)
    time_machine_at("2026-03-03T10:00:01Z")
    response = send(client, page, hidden=hidden)
    assert response.status_code == 200
    assert FILLED["text"] in response.text
    send(client, page, hidden=hidden | {"token": token_in(response.text)})
    assert Comment.objects.count() == 1


FORGED = ["", "x", "a:b:c", "\x00", "é", "eyJ9:1:1"]


@pytest.mark.parametrize("token", FORGED)
@pytest.mark.parametrize(("headers", "status"), [(HERE, 200), ({}, 403)], ids=["from here", "from anywhere"])
def test_forged_form_stores_nothing_and_keeps_the_text(client, page, token, headers, status):
    response = send(client, page, hidden={"token": token}, headers=headers)
    assert (response.status_code, Comment.objects.count()) == (status, 0)
    assert FILLED["text"] in response.text


def test_form_of_another_page_is_refused(client, page):
    other = form_values(client, published(make_article()))
    assert send(client, page, hidden=other).status_code == 200
    assert not Comment.objects.exists()


def test_token_alone_is_enough_where_the_browser_says_nothing(client, page):
    assert send(client, page, headers={}).status_code == 303


@pytest.mark.parametrize("headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_foreign_page_is_refused_also_with_a_token(client, page, headers):
    response = send(client, page, headers=headers)
    assert (response.status_code, Comment.objects.count()) == (403, 0)


def test_sixth_comment_is_refused_for_a_while_and_its_text_kept(client, page):
    for number in range(5):
        send(client, page, text=f"Question number {number}: how long does it take?")
    response = send(client, page, text="One question too many")
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert "One question too many" in response.text
    assert Comment.objects.count() == 5


def test_page_closed_meanwhile_keeps_the_text(client, page):
    hidden = form_values(client, page)
    Opening.objects.create(page=page, mode="closed")
    response = send(client, page, hidden=hidden)
    assert (response.status_code, Comment.objects.count()) == (403, 0)
    assert FILLED["text"] in response.text
    assert "Send for moderation" not in response.text


def test_page_withdrawn_meanwhile_says_so_and_keeps_the_text(client, page):
    hidden = form_values(client, page)
    page.title = "A new title that is not public"
    page.save()
    doors.withdraw(page, by="tests", reason="It was wrong.")
    response = send(client, page, hidden=hidden)
    assert (response.status_code, Comment.objects.count()) == (404, 0)
    assert "was withdrawn while you were writing" in response.text
    assert FILLED["text"] in response.text
    assert "not public" not in response.text


def test_page_that_moved_meanwhile_takes_the_comment(client, page):
    hidden, old = form_values(client, page), page.get_absolute_url()
    page.slug = "infusions"
    page.save()
    published(page)
    assert client.get(f"{old}comment/?answer=3")["Location"] == "/therapies/infusions/comment/?answer=3"
    assert client.post(f"{old}comment/", hidden | FILLED, **HERE).status_code == 303


def test_page_without_comments_has_no_form(client, page):
    address = f"{page.get_absolute_url()}comment/"
    assert client.get(address).status_code == 200
    Opening.objects.create(page=page, mode="off")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("mode", ["closed", "read-only"])
def test_closed_page_says_so_instead_of_the_form(client, page, mode):
    Opening.objects.create(page=page, mode=mode)
    text = client.get(f"{page.get_absolute_url()}comment/").text
    assert "<textarea" not in text
    assert 'class="comments-closed"' in text


def test_unknown_and_draft_pages_are_not_found(client):
    draft = make_therapy(slug="unseen")
    for address in ("/therapies/nowhere/comment/", f"{draft.get_absolute_url()}comment/"):
        assert client.get(address).status_code == 404
        assert client.post(address, FILLED, **HERE).status_code == 404


def test_head_shows_nothing_and_stores_nothing(client, page):
    response = client.head(f"{page.get_absolute_url()}comment/")
    assert (response.status_code, response.content) == (200, b"")


def test_looking_changes_nothing(client, page):
    comment = approved(make_comment(page))
    with connection.execute_wrapper(refuse_to_write):
        client.get(f"{page.get_absolute_url()}comment/", {"answer": comment.pk})


def refuse_to_write(execute, sql, params, many, context):
    assert sql.lstrip().upper().startswith(("SELECT", "WITH")), sql
    return execute(sql, params, many, context)


def test_edition_that_was_read_is_remembered(client, page):
    hidden = form_values(client, page)
    page.summary = "Newer."
    page.save()
    newer = published(page)
    send(client, page, hidden=hidden)
    assert stored().edition == page.live != newer.live


@pytest.mark.parametrize("edition", ["99", "x", "-1", "9" * 40, "1\x00"])
def test_edition_that_never_was_is_the_live_one(client, page, edition):
    send(client, page, hidden=form_values(client, page) | {"edition": edition})
    assert stored().edition == page.live


# Answers


def test_answer_belongs_to_the_thread_and_names_whom_it_answers(client, page):
    first = approved(make_comment(page, section="harms", text="What about headaches on the day after?"))
    second = approved(make_comment(page, parent=first, answers=first, kind="reply", section="harms"))
    text = client.get(f"{page.get_absolute_url()}comment/", {"answer": second.pk}).text
    assert second.text in text
    send(client, page, answer=second.pk)
    answer = stored()
    assert (answer.parent, answer.answers, answer.kind, answer.section) == (first, second, "reply", "harms")


def test_comment_that_is_not_public_is_not_shown_on_the_form_of_an_answer(client, page):
    waiting = make_comment(page, text="A canary that waits for its moderator")
    other = approved(make_comment(published(make_article()), text="A canary from another page"))
    for number in (waiting.pk, other.pk, "9" * 30, "x", "-1", "\x00", "٣"):
        response = client.get(f"{page.get_absolute_url()}comment/", {"answer": number})
        assert response.status_code == 200
        assert "canary" not in response.text


def test_answer_to_what_was_removed_meanwhile_can_be_sent_as_a_comment(client, page):
    first = approved(make_comment(page))
    hidden = form_values(client, page, answer=first.pk)
    moderation.withdraw(first)
    response = send(client, page, hidden=hidden)
    assert (response.status_code, FILLED["text"] in response.text) == (200, True)
    assert 'name="answer"' not in response.text
    assert Comment.objects.count() == 1


# What the rules are told


def told(monkeypatch):
    seen = {}

    def post(comment, **circumstances):
        seen.update(circumstances)
        return original(comment, **circumstances)

    original = moderation.post
    monkeypatch.setattr(moderation, "post", post)
    return seen


def test_field_that_nobody_sees_is_told(client, page, monkeypatch):
    seen = told(monkeypatch)
    send(client, page, homepage="https://spam.example")
    assert seen["honeypot"] == "https://spam.example"


def test_field_that_nobody_sees_cannot_be_reached(client, page):
    text = client.get(f"{page.get_absolute_url()}comment/").text
    hidden = re.search(r'<div class="visually-hidden" aria-hidden="true">.*?<input[^>]*>', text, re.DOTALL)[0]
    assert 'name="homepage"' in hidden
    assert 'tabindex="-1"' in hidden
    assert 'autocomplete="off"' in hidden


def test_age_of_the_form_is_told(client, page, monkeypatch, time_machine_at):
    seen = told(monkeypatch)
    time_machine_at("2026-03-02T10:00:00Z")
    hidden = form_values(client, page)
    time_machine_at("2026-03-02T10:01:30Z")
    send(client, page, hidden=hidden)
    assert seen["form_age"] == pytest.approx(90)
    assert seen["has_worked"] is None


def test_work_of_the_browser_is_told(client, page, monkeypatch, settings):
    settings.COMMENT_PROOF_OF_WORK = 8
    seen = told(monkeypatch)
    hidden = form_values(client, page)
    assert "static/comments/proof.js" in client.get(f"{page.get_absolute_url()}comment/").text
    send(client, page, hidden=hidden | {"proof": solution(hidden["token"], 8)})
    assert seen["has_worked"] is True
    send(client, page, text="Without scripts nothing is calculated.")
    assert seen["has_worked"] is False
    assert Comment.objects.count() == 2


# What nobody should send

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "template": "{{ 7 }}{% now 'Y' %}",
    "textarea": "</textarea><script>alert(1)</script>",
    "bidi": "\u202e\u2066gnirts\u2069",
    "header": "Ada\r\nBcc: x@example.org",
    "NUL": "a\x00b",
    "escape": "a\x1bb",
    "64 KB": "x" * 65_537,
    "marks": "a" + "\u0301" * 10_000,
    "four bytes": "🩸" * 5_000,
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_every_field_is_no_server_error_and_no_markup(client, page, value):
    fields = ["name", "text", "how_given", "practical_tips", "unwanted_effects", "wish_known", "email", "homepage"]
    fields += ["kind", "section", "follow", "token", "edition", "answer", "proof"]
    for name in fields:
        response = send(client, page, **{"kind": "experience", name: value})
        assert response.status_code in {200, 303, 429}, name
        if response.status_code != 303:
            assert not re.search(r"<script(?! type=)|<img src=x|\x00", response.text), name


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text_where_it_is_stored(client, page, value):
    comment = make_comment(page, text="A text.", kind="experience")
    Comment.objects.filter(pk=comment.pk).update(text=value.replace("\x00", ""), how_given=value.replace("\x00", ""))
    approved(comment)
    text = client.get(page.get_absolute_url()).text
    assert not re.search(r"<script(?! type=)|<img src=x", text)
    assert f"comment-{comment.pk}" in text


@pytest.mark.parametrize("body", [b"text=+2AA-&name=+2AA-", b"text=%ED%A0%80&name=%ED%A0%80"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-7", "raw_unicode_escape", "latin-1"])
def test_lone_surrogates_are_no_server_error(client, page, body, charset):
    address = f"{page.get_absolute_url()}comment/"
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.post(address, body, content_type=kind, **HERE).status_code in {200, 400}
    part = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    assert client.post(address, part, content_type=kind, **HERE).status_code in {200, 400}


@pytest.mark.parametrize("comments", [1, 3])
def test_writing_costs_the_same_for_any_number_of_comments(client, page, django_assert_num_queries, comments):
    for _ in range(comments):
        approved(make_comment(page))
    hidden = form_values(client, page)
    with django_assert_num_queries(11):
        send(client, page, hidden=hidden)
    assert Comment.objects.count() == comments + 1


def test_comment_is_not_quoted_where_comments_are_off(client, page):
    answered = approved(make_comment(page, text="A canary that nobody may read now."))
    Opening.objects.create(page=page, mode="off")
    response = client.post(f"{page.get_absolute_url()}comment/", {"answer": answered.pk}, **HERE)
    assert "canary" not in response.text


def test_mended_address_of_a_form_sent_again_is_not_lost(client, page):
    hidden = form_values(client, page)
    send(client, page, hidden=hidden, email="ada@exmaple.org")
    again = send(client, page, hidden=hidden, email="ada@example.org")
    assert (again.status_code, "has sent a comment already" in again.text) == (200, True)
    assert "ada@example.org" in again.text


def test_more_than_any_form_can_hold_is_refused_before_it_is_read(client, page):
    response = client.post(f"{page.get_absolute_url()}comment/", {"text": "x" * 600_000}, **HERE)
    assert (response.status_code, "This is too much text" in response.text) == (413, True)
