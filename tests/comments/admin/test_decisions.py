"""The log of moderation on the staff side: only read, searched, and redacted by legal order."""

import pytest
from django.urls import reverse

from comments import moderation
from comments.models import Comment, Decision, SpamFilter
from publishing.redactions import REMOVED, redact
from publishing.verification import verify
from tests.builders import approved, make_article, make_comment, make_user, published

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/decision/"
ORDER = {"order": "District court, 1 May 2026, no. 7", "reason": "It named a person."}
ADDRESS = "reader@home.example"


@pytest.fixture
def moderator(client):
    user = make_user("moderator")
    client.force_login(user)
    client.user = user
    return client


def address(decision, name="change"):
    return reverse(f"admin:comments_decision_{name}", args=[decision.pk])


def rejected(by, words="It names Mr Defamed", **values):
    comment = make_comment(published(make_article()), **values)
    return moderation.reject(comment, by=by, version=comment.version, rule="privacy", words=words)


def listed(client, query=""):
    return list(client.get(f"{LIST}{query}").context["cl"].result_list)


@pytest.mark.parametrize(("role", "sees"), [("author", 403), ("editor", 403), ("reviewer", 403),
                                            ("moderator", 200), ("administrator", 200)])  # fmt: skip
def test_who_reads_the_log(client, role, sees):
    decision = rejected(make_user("moderator"))
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == client.get(address(decision)).status_code == sees


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_nobody_changes_the_log(client, role):
    decision = rejected(make_user("moderator"))
    client.force_login(make_user(role))
    for url in (address(decision), address(decision, "delete"), f"{LIST}add/"):
        assert client.post(url, {"post": "yes", "reason": "Mine"}).status_code == 403
    assert Decision.objects.get().reason == "It names Mr Defamed"


def test_log_names_who_what_and_why_and_no_address(moderator):
    decision = rejected(moderator.user, email=ADDRESS, name="Rita Reader", text="My secret story of the illness")
    for url in (LIST, address(decision)):
        text = moderator.get(url).text
        for said in ("Moderator", "rejected", "Nothing that gives people away", "It names Mr Defamed"):
            assert said in text
        for unsaid in (ADDRESS, "Rita Reader", "My secret story"):
            assert unsaid not in text


def test_long_reason_is_cut_in_the_list_and_whole_on_its_page(moderator):
    decision = rejected(moderator.user, "Please be kind to others. " * 30 + "The very end.")
    assert "The very end." not in moderator.get(LIST).text
    assert "Please be kind to others. Please be kind" in moderator.get(LIST).text
    assert "The very end." in moderator.get(address(decision)).text


def test_list_counts_decisions(moderator):
    rejected(moderator.user)
    rejected(moderator.user)
    assert "2 decisions" in moderator.get(LIST).text


def test_log_is_searched_and_filtered(moderator):
    first, second = rejected(moderator.user, "Too loud"), rejected(moderator.user, "Too long")
    kept = approved(make_comment(published(make_article(title="Kept page"))))
    assert listed(moderator, "?q=loud") == [first]
    assert {each.comment_id for each in listed(moderator, f"?q={second.comment_id}")} >= {second.comment_id}
    assert [each.comment_id for each in listed(moderator, "?action__exact=approved")] == [kept.pk]
    assert listed(moderator, "?rule=privacy") == [second, first]
    assert [each.comment_id for each in listed(moderator, "?q=Kept+page")] == [kept.pk]


@pytest.mark.parametrize("words", ["99999999999999999999", "%00", "x%27", "%F0%9F%98%80"])
def test_strange_words_find_nothing(moderator, words):
    rejected(moderator.user)
    assert listed(moderator, f"?q={words}") in ([], list(Decision.objects.order_by("-pk")))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(moderator, django_assert_num_queries, count):
    for _number in range(count):
        rejected(moderator.user)
    moderator.get("/admin/")
    with django_assert_num_queries(7):
        assert moderator.get(LIST).context["cl"].result_count == count


def test_log_outlives_the_account_and_names_it(moderator):
    by = make_user("moderator")
    decision = rejected(by)
    by.delete()
    assert "Moderator" in moderator.get(address(decision)).text
    assert verify().faults == []


# Removing text by legal order


def test_words_of_a_decision_are_removed_and_its_digest_stays(moderator):
    decision = rejected(moderator.user)
    (redaction,) = redact(decision, by="tests", parts=("text", "title"), **ORDER)
    after = Decision.objects.get()
    assert (after.reason, after.page_title, after.digest) == (REMOVED, REMOVED, decision.digest)
    assert (after.user_name, after.rule, redaction.columns) == ("Moderator", "privacy", ["page_title", "reason"])
    assert verify().faults == []


def test_title_of_the_page_stays_unless_it_is_to_go(moderator):
    decision = rejected(moderator.user)
    redact(decision, by="tests", **ORDER)
    assert Decision.objects.get().page_title == decision.page_title


def test_button_to_remove_text_is_for_those_who_may(client, moderator):
    decision = rejected(moderator.user)
    url = reverse("admin:publishing_redaction_remove", args=["comments.decision", decision.pk])
    assert url not in moderator.get(address(decision)).text
    client.force_login(make_user("administrator"))
    assert f'href="{url}"' in client.get(address(decision)).text
    sent = {**ORDER, "parts": ["text"], "is_sure": "on"}
    assert client.post(url, sent).status_code == 302
    assert Decision.objects.get().reason == REMOVED


# Comments and filters, which are only looked up


def test_comments_are_searched_by_number_page_and_state(moderator):
    comments = [
        make_comment(published(make_article(title=f"About {name}")), name="Rita") for name in ("bees", "cats", "dogs")
    ]
    approved(comments[0])
    found = {
        query: [each.pk for each in moderator.get(f"/admin/comments/comment/{query}").context["cl"].result_list]
        for query in (
            f"?q={comments[1].pk}",
            "?q=dogs",
            "?state__exact=approved",
            f"?page__id__exact={comments[2].page_id}",
        )
    }
    assert [numbers[0] for numbers in found.values()] == [
        each.pk for each in (comments[1], comments[2], comments[0], comments[2])
    ]
    assert len(found["?state__exact=approved"]) == 1


def test_a_comment_is_only_read_and_leads_to_the_desk(moderator):
    comment = make_comment(published(make_article()), email=ADDRESS, text="<script>x</script> What does it do to me?")
    url = reverse("admin:comments_comment_change", args=[comment.pk])
    text = moderator.get(url).text
    assert "&lt;script&gt;x" in text
    assert "<script>x" not in text
    assert f"#item-{comment.pk}" in text
    assert ADDRESS not in text + moderator.get("/admin/comments/comment/").text
    assert moderator.post(url, {"state": "approved"}).status_code == 403
    assert Comment.objects.get().state != "approved"


@pytest.mark.parametrize(("role", "sees"), [("author", 403), ("editor", 403), ("reviewer", 403),
                                            ("moderator", 200), ("administrator", 200)])  # fmt: skip
def test_who_looks_comments_and_filters_up(client, role, sees):
    client.force_login(make_user(role))
    assert {client.get(f"/admin/comments/{model}/").status_code for model in ("comment", "spamfilter")} == {sees}


def test_a_filter_shows_when_and_from_how_many(moderator):
    made = SpamFilter.objects.create(spam_count=41, genuine_count=59, words={"casino": [9, 1]})
    text = moderator.get(reverse("admin:comments_spamfilter_change", args=[made.pk])).text
    assert "41" in text
    assert "casino" not in text
    assert (
        moderator.post(reverse("admin:comments_spamfilter_delete", args=[made.pk]), {"post": "yes"}).status_code == 403
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_comments_costs_the_same_for_any_length(moderator, django_assert_num_queries, count):
    for _number in range(count):
        make_comment(published(make_article()))
    moderator.get("/admin/")
    with django_assert_num_queries(7):
        assert moderator.get("/admin/comments/comment/").context["cl"].result_count == count
