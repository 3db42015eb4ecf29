"""What moderators do on the desk, with plain forms: as a browser without JavaScript sends them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation
from comments.comments import Comment
from comments.decisions import Decision
from comments.prepared import PreparedReply
from publishing.models import ContentTask
from tests.builders import approved, make_comment, make_therapy, make_user, published

pytestmark = pytest.mark.django_db
URL = "/admin/comments/desk/"


@pytest.fixture
def page():
    return published(make_therapy(title="Abatacept"))


@pytest.fixture
def moderator(client):
    user = make_user("moderator")
    client.force_login(user)
    return user


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def send(client, do, comment, *, address=URL, **values):
    sent = {"do": do, "item": comment.pk, "version": again(comment).version}
    return client.post(address, sent | values)


def changed_meanwhile(comment):
    return moderation.edit(comment, comment.written | {"text": "Something else altogether."}, network="192.0.2.9")


@pytest.mark.parametrize(
    ("do", "values", "state", "action"),
    [
        ("approve", {}, "approved", "approved"),
        ("spam", {}, "spam", "spam"),
        ("reject", {"rule": "kindness", "words": "Please be kind."}, "rejected", "rejected"),
        ("reply", {"text": "Thank you."}, "approved", "approved"),
    ],
)
def test_decision_is_made_and_logged_for_its_maker(client, moderator, page, do, values, state, action):
    comment = make_comment(page)
    assert send(client, do, comment, **values).status_code == 302
    decision = Decision.objects.get(comment_id=comment.pk, action=action)
    assert [again(comment).state, decision.user_id, decision.batch != ""] == [state, moderator.pk, True]


def test_rejection_keeps_rule_and_words(client, moderator, page):
    comment = make_comment(page)
    send(client, "reject", comment, rule="privacy", words="You name your nurse.")
    rejection = moderation.rejection_of(comment)
    assert [rejection.rule, rejection.reason] == ["privacy", "You name your nurse."]


@pytest.mark.parametrize("values", [{}, {"rule": "nonsense"}, {"rule": "kindness", "words": "a\x00b"}])
def test_rejection_without_a_rule_or_with_odd_words_is_not_made(client, moderator, page, values):
    comment = make_comment(page)
    assert send(client, "reject", comment, **values).status_code == 400
    assert again(comment).state == "waiting"


def test_after_a_decision_the_next_comment_is_current_and_filters_stay(client, moderator, page):
    first, second = make_comment(page), make_comment(page)
    answer = send(client, "approve", first, address=f"{URL}?show=normal&at={first.pk}", next=second.pk)
    assert answer["Location"] == f"{URL}?show=normal&at={second.pk}#item-{second.pk}"
    [shown] = client.get(answer["Location"].partition("#")[0]).context["items"]
    assert shown["item"].is_current


def test_changed_comment_is_not_decided_and_typed_words_stay(client, moderator, page):
    comment = make_comment(page)
    changed_meanwhile(comment)
    sent = {"do": "reject", "item": comment.pk, "version": 1, "rule": "kindness", "words": "Typed with care <b>."}
    answer = client.post(URL, sent)
    assert [answer.status_code, again(comment).state] == [409, "waiting"]
    for words in ("Nothing was done", "Something else altogether.", "Typed with care &lt;b&gt;."):
        assert words in answer.text
    assert 'value="kindness" required data-digit="6" checked' in answer.text


def test_second_moderator_sees_what_became_of_the_comment(client, moderator, page):
    comment, _other = make_comment(page), make_comment(page)
    other = make_user("moderator")
    moderation.approve(comment, by=other, version=1)
    answer = client.post(URL, {"do": "spam", "item": comment.pk, "version": 1})
    assert [answer.status_code, again(comment).state] == [409, "approved"]
    item = answer.context["items"][0]["item"]
    assert [item.comment.pk, item.is_current] == [comment.pk, True]
    assert f"<strong>approved</strong>, {other.first_name}" in answer.text


def test_double_click_decides_once(client, moderator, page):
    comment = make_comment(page)
    sent = {"do": "approve", "item": comment.pk, "version": 1}
    assert [client.post(URL, sent).status_code, client.post(URL, sent).status_code] == [302, 409]
    assert Decision.objects.filter(comment_id=comment.pk).count() == 1


def test_answer_is_posted_as_the_organisation_and_the_log_keeps_the_person(client, moderator, page, settings):
    comment = make_comment(page)
    send(client, "reply", comment, text="Thank you <for> asking.")
    answer = Comment.objects.get(parent=comment)
    assert [answer.is_official, answer.name, answer.text, answer.state] == [
        True,
        settings.PUBLISHER_NAME,
        "Thank you <for> asking.",
        "approved",
    ]
    assert Decision.objects.get(comment_id=answer.pk, action="replied").user_name == moderator.first_name


def test_answer_needs_its_own_permission(client, moderator, page):
    comment = make_comment(page)
    moderator.groups.first().permissions.remove(
        moderator.groups.first().permissions.get(codename="reply_officially"),
    )
    assert "Post the answer" not in client.get(URL).text
    assert send(client, "reply", comment, text="Thank you.").status_code == 403
    assert again(comment).state == "waiting"


def test_prepared_text_is_filled_and_put_after_what_was_typed(client, moderator, page, settings):
    prepared = PreparedReply.objects.create(title="Thanks", text="Dear {name}, see {page}. {site}")
    comment = make_comment(page, name="Ulla {page} <b>")
    answer = send(client, "insert", comment, into="text", prepared=prepared.pk, text="Typed first.")
    [shown] = answer.context["items"]
    filled = f"Typed first.\n\nDear Ulla {{page}} <b>, see Abatacept. {settings.PUBLISHER_NAME}"
    assert shown["item"].typed["text"] == filled
    assert "Dear Ulla {page} &lt;b&gt;, see Abatacept." in answer.text
    assert [again(comment).state, Comment.objects.count()] == ["waiting", 1]


def test_prepared_text_for_a_rejection(client, moderator, page):
    prepared = PreparedReply.objects.create(title="Names", text="Please leave out names, {name}.")
    comment = make_comment(page, name="Ulla")
    answer = send(client, "insert", comment, into="words", prepared=prepared.pk, rule="privacy")
    typed = answer.context["items"][0]["item"].typed
    assert [typed["do"], typed["words"], typed["rule"]] == ["reject", "Please leave out names, Ulla.", "privacy"]


def test_note_is_kept_and_the_comment_stays_current(client, moderator, page):
    comment = make_comment(page)
    answer = send(client, "note", comment, text="Ask the editors.")
    assert answer["Location"].endswith(f"?at={comment.pk}#item-{comment.pk}")
    assert [each.text for each in comment.notes.all()] == ["Ask the editors."]
    assert again(comment).state == "waiting"


def test_task_is_tied_to_page_edition_and_section_and_says_what_the_moderator_typed(client, moderator, page):
    section = page.live.snapshot["sections"][0]["id"]
    comment = make_comment(page, kind="correction", text="The words of the reader.")
    assert 'rows="3" required></textarea>' in client.get(URL).text
    send(client, "task", comment, text="Say how long it takes.", section=section)
    task = ContentTask.objects.get()
    assert [task.page_id, task.edition_id, task.section, task.text, task.is_from_reader] == [
        page.pk,
        page.live_id,
        section,
        "Say how long it takes.",
        True,
    ]
    assert again(comment).task == task
    assert "The words of the reader." not in task.text


def test_task_for_a_section_that_is_not_there(client, moderator, page):
    comment = make_comment(page)
    assert send(client, "task", comment, text="Mend it.", section="nowhere").status_code == 400
    assert not ContentTask.objects.exists()


@pytest.mark.parametrize("do", ["note", "task", "reply"])
@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001, "a\x00b", "e" + "\u0301\u0302" * 20])
def test_texts_that_cannot_be_kept_are_refused(client, moderator, page, do, text):
    comment = make_comment(page)
    answer = send(client, do, comment, text=text)
    assert [answer.status_code, again(comment).state, Comment.objects.count()] == [400, "waiting", 1]
    assert answer.context["items"][0]["item"].typed["problem"]
    assert not comment.notes.exists()


def test_opening_without_a_script(client, moderator, page):
    comment = make_comment(page)
    send(client, "open", comment)
    assert again(comment).opened_by == moderator


def test_decided_comment_is_put_back(client, moderator, page):
    comment = make_comment(page)
    moderation.mark_spam(comment, by=moderator, version=1)
    assert "Put back into the queue" in client.get(URL, {"show": "spam"}).text
    send(client, "put-back", comment, address=f"{URL}?show=spam")
    assert [again(comment).state, again(comment).queued_for] == ["waiting", "new"]


def test_spam_is_approved_from_its_folder(client, moderator, page):
    comment = make_comment(page)
    moderation.mark_spam(comment, by=moderator, version=1)
    send(client, "approve", comment, address=f"{URL}?show=spam")
    assert again(comment).is_public


def test_undo_names_what_was_decided_and_brings_it_back(client, moderator, page):
    comment = make_comment(page, name="<Ulla>")
    send(client, "approve", comment)
    shown = client.get(URL)
    for words in (f"number {comment.pk}", "<bdi>&lt;Ulla&gt;</bdi>", "“Abatacept”"):
        assert words in shown.text
    answer = client.post(URL, {"do": "undo", "batch": shown.context["last"].batch})
    assert answer["Location"] == f"{URL}?at={comment.pk}#item-{comment.pk}"
    assert [again(comment).state, again(comment).queued_for] == ["waiting", "new"]
    last = client.get(URL).context["last"]
    assert [str(last.verb), last.batch, [each["number"] for each in last.done]] == ["Undone", "", [comment.pk]]


def test_undo_ends_after_ten_minutes(client, moderator, page, time_machine_at):
    now = timezone.now()
    time_machine_at(now)
    comment = make_comment(page)
    send(client, "approve", comment)
    batch = client.get(URL).context["last"].batch
    time_machine_at(now + timedelta(minutes=10, seconds=1))
    assert client.get(URL).context["last"] is None
    assert client.post(URL, {"do": "undo", "batch": batch}).status_code == 400
    assert again(comment).state == "approved"


def test_nobody_undoes_what_another_decided(client, moderator, page):
    comment = make_comment(page)
    send(client, "approve", comment)
    batch = client.get(URL).context["last"].batch
    client.force_login(make_user("moderator"))
    assert client.get(URL).context["last"] is None
    assert client.post(URL, {"do": "undo", "batch": batch}).status_code == 400
    assert again(comment).state == "approved"


def chosen(*comments):
    return [f"{comment.pk}:{comment.version}" for comment in comments]


@pytest.mark.parametrize(
    ("action", "rule", "state"),
    [("approve", "", "approved"), ("reject", "kindness", "rejected"), ("spam", "", "spam")],
)
def test_several_are_decided_named_and_undone_together(client, moderator, page, action, rule, state):
    comments, left = [make_comment(page) for _ in range(3)], make_comment(page)
    sent = {"do": "all", "action": action, "rule": rule, "chosen": chosen(*comments)}
    assert client.post(URL, sent)["Location"] == URL
    assert [again(each).state for each in [*comments, left]] == [state] * 3 + ["waiting"]
    last = client.get(URL).context["last"]
    assert [(each["number"], each["name"], each["page"]) for each in last.done] == [
        (each.pk, each.name, "Abatacept") for each in comments
    ]
    client.post(URL, {"do": "undo", "batch": last.batch})
    assert [again(each).state for each in comments] == ["waiting"] * 3


def test_what_changed_meanwhile_is_left_and_named_with_the_reason(client, moderator, page):
    fine, changed = make_comment(page), make_comment(page)
    changed_meanwhile(changed)
    client.post(URL, {"do": "all", "action": "approve", "chosen": chosen(fine, changed)})
    assert [again(fine).state, again(changed).state] == ["approved", "waiting"]
    last = client.get(URL).context["last"]
    assert [[each["number"] for each in last.done], [(each["number"], why) for each, why in last.refused]] == [
        [fine.pk],
        [(changed.pk, "It has changed since you saw it.")],
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"action": "approve"},
        {"action": "reject", "rule": "", "chosen": "REAL"},
        {"action": "fly", "chosen": "REAL"},
        {"action": "approve", "chosen": "x:1"},
        {"action": "approve", "chosen": "1"},
        {"action": "approve", "chosen": f"{'9' * 40}:1"},
    ],
)
def test_several_that_mean_nothing_are_refused(client, moderator, page, values):
    comment = make_comment(page)
    if values.get("chosen") == "REAL":
        values = values | {"chosen": chosen(comment)}
    answer = client.post(URL, {"do": "all"} | values)
    assert [answer.status_code, again(comment).state] == [400, "waiting"]
    assert answer.context["problem"]


def test_session_keeps_no_word_of_a_comment(client, moderator, page):
    comment = make_comment(page, name="Canary-name", text="Canary-text is what is written here.")
    changed = make_comment(page, name="Canary-name")
    changed_meanwhile(changed)
    client.post(URL, {"do": "all", "action": "approve", "chosen": chosen(comment, changed)})
    assert "anary" not in str(dict(client.session))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"do": "fly"},
        {"do": "approve"},
        {"do": "approve", "item": "x", "version": "y"},
        {"do": "approve", "item": 10**30, "version": 1},
        {"do": "undo", "batch": ""},
        {"do": "undo", "batch": "x" * 5_000},
        {"do": "insert"},
        {"do": "insert", "into": "words", "prepared": "x"},
    ],
)
def test_forms_that_mean_nothing_are_refused_with_a_word(client, moderator, values):
    answer = client.post(URL, values)
    assert [answer.status_code, bool(answer.context["problem"])] == [400, True]


def test_comment_that_is_gone(client, moderator):
    answer = client.post(URL, {"do": "approve", "item": 12345, "version": 1})
    assert [answer.status_code, answer.context["problem"]] == [404, "This comment is not there any more."]


def test_withdrawn_comment_can_be_looked_at_and_nothing_else(client, moderator, page):
    comment = make_comment(page)
    moderation.withdraw(comment)
    answer = send(client, "approve", comment)
    assert [answer.status_code, again(comment).state] == [409, "withdrawn"]
    assert "Its writer has withdrawn it." in answer.text


@pytest.mark.parametrize("role", ["author", "editor", "reviewer"])
def test_only_moderators_decide(client, page, role):
    comment = make_comment(page)
    client.force_login(make_user(role))
    for address in (URL, f"{URL}open/"):
        assert send(client, "approve", comment, address=address).status_code == 403
    assert [again(comment).state, again(comment).opened_by] == ["waiting", None]


@pytest.mark.parametrize("others", [0, 3])
def test_number_of_queries_of_a_decision(client, moderator, page, others, django_assert_num_queries):
    for _ in range(others + 1):
        comment = make_comment(page)
    # The first decision makes rows that the next ones find.
    send(client, "approve", make_comment(page))
    sent = {"do": "approve", "item": comment.pk, "version": comment.version}
    with django_assert_num_queries(22):
        client.post(URL, sent)
    assert again(comment).is_public


def test_approved_comment_has_no_approve_button(client, moderator, page):
    comment = approved(make_comment(page))
    [shown] = client.get(URL, {"show": "decided"}).context["items"]
    assert [shown["item"].comment.pk, shown["item"].may_approve, shown["item"].may_reject] == [comment.pk, False, True]


def test_prepared_text_alone_for_the_script(client, moderator, page):
    prepared = PreparedReply.objects.create(title="Thanks", text="Dear {name}")
    comment = make_comment(page, name="Ulla")
    sent = {"do": "insert", "item": comment.pk, "version": 1, "into": "text", "prepared": prepared.pk}
    accept = {"accept": "application/json"}
    assert client.post(URL, sent, headers=accept).json() == {"text": "Dear Ulla"}
    answer = client.post(URL, sent | {"prepared": ""}, headers=accept)
    assert [answer.status_code, answer.json()] == [400, {"problem": "Choose a prepared text."}]
