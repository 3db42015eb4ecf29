import pytest

from comments.comments import Comment
from comments.notes import Report
from comments.openings import Opening
from tests.builders import approved, make_article, make_comment, published
from tests.comments.filling import HERE, token_in

pytestmark = pytest.mark.django_db
SENT = {"reason": "advertising", "words": "It sells pills."}


@pytest.fixture
def comment():
    return approved(make_comment(published(make_article()), text="Buy it here, it is cheap."))


def address(comment):
    return f"/comments/report/{comment.pk}/"


def test_report_brings_the_comment_back_to_the_moderators(client, comment):
    assert comment.text in client.get(address(comment)).text
    response = client.post(address(comment), SENT, **HERE)
    assert (response.status_code, response["Location"]) == (303, f"{address(comment)}?thanks")
    made = Report.objects.get()
    assert (made.comment, made.reason, made.words) == (comment, "advertising", "It sells pills.")
    assert Comment.objects.get().queued_for == "report"
    assert "Thank you" in client.get(response["Location"]).text


def test_second_report_of_a_reader_is_answered_alike_and_not_counted(client, comment):
    first, second = (client.post(address(comment), SENT, **HERE) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_report_without_a_reason_keeps_the_words(client, comment):
    response = client.post(address(comment), SENT | {"reason": ""}, **HERE)
    assert (response.status_code, "It sells pills." in response.text) == (200, True)
    assert not Report.objects.exists()


def test_report_from_the_writers_network_counts_for_nothing_and_nobody_is_told(client, comment):
    own = approved(make_comment(comment.page.concrete, network="127.0.0.1"))
    answers = [client.post(address(each), SENT, **HERE) for each in (own, comment)]
    assert [each.status_code for each in answers] == [303, 303]
    assert [each.comment_id for each in Report.objects.all()] == [comment.pk]


def test_too_many_reports_are_refused_for_a_while(client, comment):
    others = [approved(make_comment(comment.page.concrete)) for _ in range(5)]
    for other in others:
        client.post(address(other), SENT, **HERE)
    assert client.post(address(comment), SENT, **HERE).status_code == 429
    assert Report.objects.count() == 5


def test_comment_that_is_not_public_cannot_be_reported_or_read(client, comment):
    waiting = make_comment(comment.page.concrete, text="A canary that waits")
    response = client.get(address(waiting))
    assert (response.status_code, "canary" in response.text) == (404, False)
    assert client.post(address(waiting), SENT, **HERE).status_code == 404
    assert client.get("/comments/report/99999999999999999999999/").status_code == 404


def test_nothing_is_reported_where_comments_can_only_be_read(client, comment):
    Opening.objects.create(page=comment.page, mode="read-only")
    assert client.get(address(comment)).status_code == 404


def test_report_needs_a_page_of_this_site_or_a_token(client, comment):
    refused = client.post(address(comment), SENT)
    assert (refused.status_code, Report.objects.count()) == (403, 0)
    assert "It sells pills." in refused.text
    client.post(address(comment), SENT | {"token": token_in(refused.text)})
    assert Report.objects.count() == 1


def test_foreign_page_reports_nothing(client, comment):
    token = token_in(client.get(address(comment)).text)
    response = client.post(address(comment), SENT | {"token": token}, HTTP_SEC_FETCH_SITE="cross-site")
    assert (response.status_code, Report.objects.count()) == (403, 0)


def test_looking_changes_nothing_and_nobody_keeps_it(client, comment):
    response = client.get(address(comment))
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert not response.cookies
    assert Comment.objects.get().version == comment.version
