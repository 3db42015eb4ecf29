"""The moderation desk: what it lists, what each comment shows, and who may see it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation
from comments.comments import Comment
from comments.keys import KeysOff
from comments.prepared import PreparedReply
from tests.builders import approved, make_article, make_comment, make_therapy, make_user, published

pytestmark = pytest.mark.django_db
URL = "/admin/comments/desk/"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe {{ 7 }} </textarea>'


@pytest.fixture
def page():
    return published(make_therapy(title="Abatacept"))


@pytest.fixture
def moderator(client):
    user = make_user("moderator")
    client.force_login(user)
    return user


def set_values(comment, **values):
    Comment.objects.filter(pk=comment.pk).update(**values)
    return Comment.objects.get(pk=comment.pk)


def flagged(comment, flag="emergency", priority=1, words=("dark thoughts",)):
    found = {"rule": "emergency", "outcome": "hold", "reason": "Speaks of ending a life.", "words": list(words)}
    return set_values(comment, priority=priority, flags=[flag], findings=[found | {"flag": flag}])


def listed(client, **filters):
    return [each["item"].comment.pk for each in client.get(URL, filters).context["items"]]


def item_of(client, comment, **filters):
    shown = client.get(URL, filters).context["items"]
    return next(each["item"] for each in shown if each["item"].comment.pk == comment.pk)


def test_safety_stands_first_then_the_oldest(client, moderator, page):
    first, second = make_comment(page), make_comment(page)
    urgent, less_urgent = flagged(make_comment(page)), flagged(make_comment(page), "miracle-cure", 6)
    assert listed(client) == [urgent.pk, less_urgent.pk, first.pk, second.pk]


def test_flag_is_marked_in_words(client, moderator, page):
    flagged(make_comment(page))
    assert "<strong>Emergency or self-harm</strong>" in client.get(URL).text


@pytest.mark.parametrize(
    ("outcome", "said"), [("reject", "spam for certain"), ("hold", "look closer"), ("pass", "does not count")]
)
def test_finding_says_whether_it_counts(client, moderator, page, outcome, said):
    comment = flagged(make_comment(page))
    set_values(comment, findings=[comment.findings[0] | {"outcome": outcome}])
    assert item_of(client, comment).findings[0].held == said
    assert "Speaks of ending a life." in client.get(URL).text


def test_what_is_decided_waits_no_more(client, moderator, page):
    approved(make_comment(page))
    waits = make_comment(page)
    assert listed(client) == [waits.pk]


def test_parts_of_the_queue(client, moderator, page):
    normal, safety = make_comment(page), flagged(make_comment(page))
    suspected = set_values(make_comment(page), priority=9)
    reported, changed = approved(make_comment(page)), approved(make_comment(page))
    moderation.report(reported, network="192.0.2.1", reason="unkind")
    moderation.edit(changed, changed.written | {"text": "Written anew."}, network="192.0.2.2")
    objected = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    moderation.reject(objected, by=moderator, version=objected.version, rule="kindness")
    moderation.object_to(objected, "That is not so.")
    spam = make_comment(page)
    moderation.mark_spam(spam, by=moderator, version=spam.version)
    shown = {name: listed(client, show=name) for name in ("safety", "suspected", "reported", "changed", "objections")}
    assert shown == {
        "safety": [safety.pk],
        "suspected": [suspected.pk],
        "reported": [reported.pk],
        "changed": [changed.pk],
        "objections": [objected.pk],
    }
    assert listed(client, show="normal") == [normal.pk, reported.pk, changed.pk, objected.pk]
    assert listed(client, show="spam") == [spam.pk]
    assert listed(client, show="decided") == [spam.pk, objected.pk, changed.pk, reported.pk]
    counts = {str(part["label"]): part["count"] for part in client.get(URL).context["parts"]}
    assert counts == {
        "All that wait": 6,
        "Safety": 1,
        "Normal": 4,
        "Suspected spam": 1,
        "Reported": 1,
        "Objections": 1,
        "Changed": 1,
        "Spam folder": None,
        "Recently decided": None,
    }


def test_filters_by_page_and_kind(client, moderator, page):
    other = published(make_article(title="Abatacept at home"))
    question, correction = make_comment(page), make_comment(page, kind="correction")
    elsewhere = make_comment(other)
    assert listed(client, about="Abatacept") == [question.pk, correction.pk]
    assert listed(client, about="at home") == [elsewhere.pk]
    assert listed(client, kind="correction") == [correction.pk]
    assert listed(client, kind="nonsense", show="nonsense", page="0", at="x") == [
        question.pk,
        correction.pk,
        elsewhere.pk,
    ]


def test_twenty_on_a_page(client, moderator, page):
    comments = [make_comment(page) for _ in range(21)]
    first, second = client.get(URL), client.get(URL, {"page": 2})
    assert [len(first.context["items"]), first.context["next_page"]] == [20, f"{URL}?page=2"]
    assert [each["item"].comment.pk for each in second.context["items"]] == [comments[20].pk]
    assert second.context["next_page"] == ""


def test_item_shows_everything_it_takes_to_decide(client, moderator, page):
    section = page.live.snapshot["sections"][0]
    thread = approved(make_comment(page, name="Thea", text="Does it hurt?"))
    comment = make_comment(
        page,
        kind="experience",
        section=section["id"],
        name="Ulla",
        email="ulla@example.org",
        text="First paragraph.\n\nSecond with dark thoughts inside.",
        how_given="As an infusion.",
        practical_tips="Bring a jumper.",
        unwanted_effects="A headache.",
        wish_known="That it takes weeks.",
    )
    flagged(comment)
    answer = make_comment(page, kind="reply", parent=thread, answers=thread, text="Not much.")
    moderation.add_note(comment, "I have seen this before.", by=moderator)
    text = client.get(URL).text
    for words in (
        '<p dir="auto">First paragraph.',
        "Second with <mark>dark thoughts</mark> inside.",
        "As an infusion.",
        "Bring a jumper.",
        "A headache.",
        "That it takes weeks.",
        '<bdi class="desk-name">Ulla',
        "address not confirmed",
        f'href="{page.get_absolute_url()}#{section["id"]}"',
        f"section “{section['title']}”",
        "edition 1",
        "Speaks of ending a life.",
        "I have seen this before.",
        "Does it hurt?",
        f"In answer to number {thread.pk}",
    ):
        assert words in text, words
    assert item_of(client, answer).comment.answers.text == "Does it hurt?"
    assert "ulla@example.org" not in text


def test_whether_the_address_is_proved(client, moderator, page):
    make_comment(page)
    assert "no address" in client.get(URL).text
    moderation.confirm_address(make_comment(page, email="ada@example.org"))
    text = client.get(URL).text
    assert "address confirmed" in text
    assert "ada@example.org" not in text


def test_earlier_decisions_on_the_same_proved_address(client, moderator, page):
    for decide in (
        lambda each: moderation.approve(each, by=moderator, version=each.version),
        lambda each: moderation.approve(each, by=moderator, version=each.version),
        lambda each: moderation.mark_spam(each, by=moderator, version=each.version),
        lambda each: moderation.reject(each, by=moderator, version=each.version, rule="kindness"),
    ):
        decide(moderation.confirm_address(make_comment(page, email="ada@example.org")))
    unproved = make_comment(page, email="ada@example.org")
    moderation.approve(unproved, by=moderator, version=unproved.version)
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    earlier = item_of(client, comment).earlier
    assert sorted(earlier.counts) == [("approved", 2), ("marked as spam", 1), ("rejected", 1)]
    assert [each.decision.action for each in earlier.last] == ["rejected", "spam", "approved"]
    assert earlier.last[0].rule == "Be kind"
    assert earlier.how_known == "the same confirmed address"


def test_earlier_decisions_on_the_same_network_and_no_other(client, moderator, page):
    same, other = (make_comment(page, network=network) for network in ("192.0.2.5", "192.0.2.6"))
    moderation.mark_spam(same, by=moderator, version=1)
    moderation.approve(other, by=moderator, version=1)
    comment = make_comment(page, network="192.0.2.5", email="ada@example.org")
    assert item_of(client, comment).earlier.counts == [("marked as spam", 1)]


def test_stranger_has_no_earlier_decisions(client, moderator, page):
    spam = set_values(make_comment(page), network="")
    moderation.mark_spam(spam, by=moderator, version=spam.version)
    comment = set_values(make_comment(page), network="")
    assert item_of(client, comment).earlier is None
    assert "Nothing was decided before about this writer." in client.get(URL).text


def test_reported_comment_comes_with_reports_and_the_earlier_decision(client, moderator, page):
    comment = approved(make_comment(page))
    moderation.report(comment, network="192.0.2.1", reason="dangerous", words="This could <kill> somebody.")
    item, text = item_of(client, comment), client.get(URL).text
    assert "This could &lt;kill&gt; somebody." in text
    assert "It could harm somebody&#x27;s health" in text
    assert [each.decision.action for each in item.log] == ["approved", "reported"]
    assert [item.approve_label, item.is_pressing] == ["Keep it", True]


def test_objection_comes_with_the_rejection_it_answers(client, moderator, page):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    moderation.reject(comment, by=moderator, version=comment.version, rule="privacy", words="You name your nurse.")
    moderation.object_to(comment, "My nurse agreed.")
    text = client.get(URL).text
    for words in ("My nurse agreed.", "“Nothing that gives people away”", "You name your nurse."):
        assert words in text
    assert item_of(client, comment).rejection.decision.reason == "You name your nurse."


def test_change_is_shown_word_by_word(client, moderator, page):
    comment = approved(make_comment(page, text="It takes two hours."))
    moderation.edit(comment, comment.written | {"text": "It takes four hours."}, network="192.0.2.1")
    item = item_of(client, comment)
    [(label, runs)] = item.changes
    assert label == "Text"
    assert [(run.kind, run.text) for run in runs] == [
        ("same", "It takes "),
        ("removed", "two"),
        ("added", "four"),
        ("same", " hours."),
    ]
    assert item.approve_label == "Approve the change"
    assert "<ins>" in client.get(URL).text


def test_another_moderator_is_named(client, moderator, page):
    comment, other = make_comment(page), make_user("moderator")
    moderation.open_item(comment, by=other)
    assert item_of(client, comment).opened_by == other.first_name
    assert f"{other.first_name} has it open." in client.get(URL).text
    client.force_login(other)
    assert item_of(client, comment).opened_by == ""


def test_current_comment_is_the_one_asked_for_else_the_first(client, moderator, page):
    first, second = make_comment(page), make_comment(page)
    assert [item_of(client, each).is_current for each in (first, second)] == [False, False]
    assert [item_of(client, each, at=second.pk).is_current for each in (first, second)] == [False, True]
    assert [item_of(client, each, at=10**9).is_current for each in (first, second)] == [True, False]


def test_prepared_replies_for_its_flags_come_first(client, moderator, page):
    PreparedReply.objects.all().delete()
    for title, flag in (("A cure", "miracle-cure"), ("Any", ""), ("Help now", "emergency")):
        PreparedReply.objects.create(title=title, text="See {page}", flag=flag, purpose="answer")
    flagged(make_comment(page))
    [shown] = client.get(URL).context["items"]
    assert [each.title for each in shown["answers"]] == ["Help now", "Any", "A cure"]


def test_prepared_replies_are_offered_at_their_place_only(client, moderator, page):
    PreparedReply.objects.all().delete()
    answer = PreparedReply.objects.create(title="Thanks", text="Thank you.", purpose="answer")
    reason = PreparedReply.objects.create(title="No names", text="Leave them out.", purpose="rejection")
    comment = make_comment(page)
    places = re.findall(r'<select name="prepared" id="(\w+)-prepared-(\d+)">(.*?)</select>', client.get(URL).text, re.S)
    offered = {place: re.findall(r'<option value="(\d+)"', options) for place, _number, options in places}
    assert offered == {"words": [str(reason.pk)], "text": [str(answer.pk)]}
    assert {number for _place, number, _options in places} == {str(comment.pk)}


def test_empty_desk_says_so(client, moderator):
    assert "Nothing waits here." in client.get(URL).text


def test_hostile_words_are_shown_as_words_everywhere(client, moderator, page):
    fields = ("text", "how_given", "practical_tips", "unwanted_effects", "wish_known")
    values = {name: f"{HOSTILE} {name}" for name in fields}
    thread = approved(make_comment(page, name=HOSTILE[:59], text=HOSTILE))
    comment = make_comment(page, kind="experience", name=HOSTILE[:59], parent=thread, answers=thread, **values)
    flagged(comment, words=['"><script>alert(1)</script>'])
    moderation.add_note(comment, HOSTILE, by=moderator)
    moderation.open_task(comment, HOSTILE, by=moderator)
    reported = approved(make_comment(page, text=HOSTILE))
    moderation.edit(reported, reported.written | {"text": f"{HOSTILE} again"}, network="192.0.2.7")
    moderation.report(reported, network="192.0.2.1", reason="other", words=HOSTILE)
    objected = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    moderation.reject(objected, by=moderator, version=objected.version, rule="kindness", words=HOSTILE)
    moderation.object_to(objected, HOSTILE)
    text = client.get(URL).text
    assert "<script>alert" not in text
    assert "onerror=alert(1)>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 12


@pytest.mark.parametrize("items", [1, 3])
def test_number_of_queries(client, moderator, page, items, django_assert_num_queries):
    other = make_user("moderator")
    for number in range(items):
        thread = approved(make_comment(page))
        comment = make_comment(page, email="ada@example.org", parent=thread, answers=thread)
        comment = flagged(moderation.confirm_address(comment))
        moderation.open_item(comment, by=other)
        moderation.add_note(comment, "A note.", by=moderator)
        moderation.open_task(comment, "To put right.", by=moderator)
        moderation.report(thread, network=f"192.0.2.{number}", reason="other")
    with django_assert_num_queries(16):
        assert len(client.get(URL).context["items"]) == 2 * items


@pytest.mark.parametrize("address", [URL, f"{URL}keys/"])
def test_desk_is_for_moderators_alone(client, address):
    assert client.get(address).status_code == 302
    for role, status in (
        ("author", 403),
        ("editor", 403),
        ("reviewer", 403),
        ("moderator", 200),
        ("administrator", 200),
    ):
        client.force_login(make_user(role))
        assert client.get(address).status_code == status, role


def test_looking_at_the_desk_changes_nothing(client, moderator, page):
    comment = make_comment(page)
    before = Comment.objects.filter(pk=comment.pk).values().get()
    client.get(URL, {"at": comment.pk})
    assert Comment.objects.filter(pk=comment.pk).values().get() == before


def test_keys_can_be_switched_off_for_the_own_account(client, moderator, page):
    make_comment(page)
    assert 'data-action="spam"' in client.get(URL).text
    on = ["next", "previous", "approve"]
    assert client.post(f"{URL}keys/", {"on": on}).status_code == 302
    text = client.get(URL).text
    assert 'data-action="spam"' not in text
    assert 'aria-keyshortcuts="a"' in text
    assert 'aria-keyshortcuts="s"' not in text
    assert "spam" in KeysOff.of(moderator)
    assert KeysOff.of(make_user("moderator")) == set()


def test_unknown_key_is_refused(client, moderator):
    assert client.post(f"{URL}keys/", {"on": ["fly"]}).status_code == 400
    assert not KeysOff.objects.exists()


def test_opening_marks_the_comment_and_names_who_has_it(client, moderator, page):
    comment = make_comment(page)
    assert client.post(f"{URL}open/", {"item": comment.pk}).json() == {"other": ""}
    assert Comment.objects.get(pk=comment.pk).opened_by == moderator
    client.force_login(make_user("moderator"))
    assert client.post(f"{URL}open/", {"item": comment.pk}).json() == {"other": moderator.first_name}
    assert Comment.objects.get(pk=comment.pk).opened_by == moderator


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "٣"])
def test_opening_what_is_not_there(client, moderator, number):
    assert client.post(f"{URL}open/", {"item": number}).status_code == 404


def test_waiting_time_is_told(client, moderator, page):
    set_values(make_comment(page), queued_at=timezone.now() - timedelta(hours=3))
    assert "waits for 3\xa0hours" in client.get(URL).text
