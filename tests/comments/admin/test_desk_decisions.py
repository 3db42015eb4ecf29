"""What moderators do on the desk, with plain forms: as a browser without JavaScript sends them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation
from comments.admin.desk_filters import PER_PAGE
from comments.blocks import Block, last_moment
from comments.comments import Comment
from comments.decisions import Decision
from comments.prepared import PreparedReply
from publishing.models import ContentTask
from publishing.templatetags.page_admin import moment
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
    prepared = PreparedReply.objects.create(title="Thanks", text="See {page}. {site} <b>", purpose="answer")
    comment = make_comment(page)
    answer = send(client, "insert", comment, into="text", prepared=prepared.pk, text="Typed first.")
    [shown] = answer.context["items"]
    filled = f"Typed first.\n\nSee Abatacept. {settings.PUBLISHER_NAME} <b>"
    assert shown["item"].typed["text"] == filled
    assert f"See Abatacept. {settings.PUBLISHER_NAME} &lt;b&gt;" in answer.text
    assert [again(comment).state, Comment.objects.count()] == ["waiting", 1]


def test_prepared_text_for_a_rejection(client, moderator, page):
    prepared = PreparedReply.objects.create(title="Names", text="Please leave out names.", purpose="rejection")
    comment = make_comment(page)
    answer = send(client, "insert", comment, into="words", prepared=prepared.pk, rule="privacy")
    typed = answer.context["items"][0]["item"].typed
    assert [typed["do"], typed["words"], typed["rule"]] == ["reject", "Please leave out names.", "privacy"]


@pytest.mark.parametrize(("purpose", "into"), [("answer", "words"), ("rejection", "text")])
def test_prepared_text_goes_nowhere_but_to_its_place(client, moderator, page, purpose, into):
    prepared = PreparedReply.objects.create(title="Elsewhere", text="Words for elsewhere.", purpose=purpose)
    comment = make_comment(page)
    answer = send(client, "insert", comment, into=into, prepared=prepared.pk, rule="privacy", **{into: "Typed first."})
    typed = answer.context["items"][0]["item"].typed
    assert [answer.status_code, typed[into]] == [400, "Typed first."]
    assert typed["problem"] == "This prepared text is for something else."


def test_no_text_that_is_filled_in_holds_the_name_of_a_reader(client, moderator, page):
    comment = make_comment(page, name="Ulla")
    old = PreparedReply.objects.create(title="From before", text="Dear {name}, see {page}.", purpose="answer")
    answer = send(client, "insert", comment, into="text", prepared=old.pk)
    assert answer.context["items"][0]["item"].typed["text"] == "Dear {name}, see Abatacept."


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


@pytest.mark.parametrize(
    "values",
    [{"action": "reject", "rule": ""}, {"action": "fly", "rule": "kindness"}, {"action": "reject", "rule": "x"}],
)
def test_ticks_and_the_rule_stay_when_several_are_refused(client, moderator, page, values):
    ticked, left = [make_comment(page), make_comment(page)], make_comment(page)
    answer = client.post(URL, {"do": "all", "chosen": chosen(*ticked)} | values)
    ticks = re.findall(r'name="chosen" value="(\d+:\d+)" form="desk-several" checked', answer.text)
    assert [answer.status_code, ticks] == [400, chosen(*ticked)]
    assert f'value="{chosen(left)[0]}" form="desk-several" data-do' in answer.text
    assert ('<option value="kindness" selected>' in answer.text) is (values["rule"] == "kindness")


def test_ticked_comments_of_another_page_of_the_list_stay_in_view(client, moderator, page):
    first, *_others, last = [make_comment(page) for _ in range(PER_PAGE + 1)]
    answer = client.post(URL, {"do": "all", "action": "reject", "chosen": chosen(last)})
    shown = answer.context["items"]
    assert [each["item"].comment.pk for each in shown[:2]] == [last.pk, first.pk]
    assert [each["is_ticked"] for each in shown] == [True] + [False] * PER_PAGE


def test_what_changed_meanwhile_is_shown_and_not_ticked(client, moderator, page):
    comment = make_comment(page)
    seen = chosen(comment)
    changed_meanwhile(comment)
    answer = client.post(URL, {"do": "all", "action": "reject", "chosen": seen})
    assert [each["is_ticked"] for each in answer.context["items"]] == [False]


@pytest.mark.parametrize("rubbish", ["x", "1", ":", "\x00:1", f"{'9' * 40}:1", "٣:1", "-1:1"])
def test_ticks_that_mean_nothing_bring_nothing_up(client, moderator, rubbish):
    answer = client.post(URL, {"do": "all", "action": "reject", "chosen": rubbish})
    assert [answer.status_code, answer.context["items"]] == [400, []]


@pytest.mark.parametrize(
    "batch", ["a\x00b", "\x00" * 43, "é" * 43, "x" * 42, "x" * 44, "'" + "x" * 42, "x" * 43 + "\n"]
)
def test_undo_of_what_was_never_given_out_asks_no_database(client, moderator, monkeypatch, batch):
    asked = []
    monkeypatch.setattr(moderation, "undo", lambda *args, **options: asked.append(args))
    answer = client.post(URL, {"do": "undo", "batch": batch})
    assert [answer.status_code, asked] == [400, []]
    assert answer.context["problem"].startswith("There is nothing to undo any more")


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
    prepared = PreparedReply.objects.create(title="Thanks", text="See {page}", purpose="answer")
    comment = make_comment(page)
    sent = {"do": "insert", "item": comment.pk, "version": 1, "into": "text", "prepared": prepared.pk}
    accept = {"accept": "application/json"}
    assert client.post(URL, sent, headers=accept).json() == {"text": "See Abatacept"}
    answer = client.post(URL, sent | {"prepared": ""}, headers=accept)
    assert [answer.status_code, answer.json()] == [400, {"problem": "Choose a prepared text."}]


def block(client, comment, what, **values):
    return send(client, "block", comment, **{"what": what, "days": "7", "reason": "Floods"} | values)


@pytest.mark.parametrize("what", ["email", "network"])
@pytest.mark.parametrize("refuses", [True, False])
def test_writer_is_blocked_from_the_desk(client, moderator, page, what, refuses):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org", network="192.0.2.7"))
    assert block(client, comment, what, **({"refuses": "on"} if refuses else {})).status_code == 302
    made = Block.objects.get()
    assert [made.kind, made.value, made.refuses, made.reason, made.created_by] == [
        what, comment.email if what == "email" else comment.network, refuses, "Floods", moderator.first_name,
    ]  # fmt: skip
    assert timedelta(days=6.9) < made.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(("what", "email", "network"), [("email", "ada@example.org", ""), ("network", "", "192.0.2.7")])
@pytest.mark.parametrize(("refuses", "state", "outcome"), [("on", "spam", "reject"), ("", "waiting", "hold")])
def test_block_holds_or_refuses_what_comes_next(client, moderator, page, what, email, network, refuses, state, outcome):
    comment = make_comment(page, email=email, network=network)
    if email:
        comment = moderation.confirm_address(comment)
    block(client, comment, what, refuses=refuses)
    later = make_comment(page, email=email, network=network)
    assert [later.state, later.outcome] == [state, outcome]


def test_desk_says_what_was_blocked_and_until_when_without_the_address(client, moderator, page):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    answer = block(client, comment, "email", refuses="on")
    text = client.get(answer["Location"].partition("#")[0]).text
    until = moment(Block.objects.get().expires_at)
    said = f"he confirmed address of its writer is blocked until {until}. What comes from there goes among the spam."
    # Once as the answer, and as long as it holds with the comment.
    assert [text.count(said), "ada@example.org" in text] == [2, False]
    again_later = client.get(URL).text
    assert again_later.count(said) == 1
    Block.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert said not in client.get(URL).text


def test_block_for_good_is_for_good_only_for_an_address(client, moderator, page):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    block(client, comment, "email", days="")
    block(client, comment, "network", days="")
    ends = dict(Block.objects.values_list("kind", "expires_at"))
    assert ends == {"email": None, "network": last_moment(timezone.localdate(comment.posted_at))}


def test_block_stands_in_the_log_without_address_or_network(client, moderator, page):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    block(client, comment, "email")
    entry = Decision.objects.get(action="blocked")
    assert [entry.comment_id, entry.user_id, entry.reason, entry.state_after] == [
        comment.pk, moderator.pk, "Floods", "waiting",
    ]  # fmt: skip
    row = str(Decision.objects.filter(pk=entry.pk).values().get())
    assert [comment.email in row, comment.network in row] == [False, False]


def test_blocking_again_changes_the_block(client, moderator, page):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    block(client, comment, "email")
    block(client, comment, "email", reason="Threats", refuses="on", days="")
    made = Block.objects.get()
    assert [made.reason, made.refuses, made.expires_at] == ["Threats", True, None]


@pytest.mark.parametrize(
    "values", [{"reason": " "}, {"what": ""}, {"what": "phrase"}, {"days": "9"}, {"reason": "a\x00"}]
)
def test_block_that_says_too_little_is_not_made_and_typed_words_stay(client, moderator, page, values):
    comment = moderation.confirm_address(make_comment(page, email="ada@example.org"))
    answer = block(client, comment, **{"what": "email", "reason": "Typed <b>"} | values)
    assert [answer.status_code, Block.objects.exists()] == [400, False]
    assert answer.context["items"][0]["item"].typed["do"] == "block"


@pytest.mark.parametrize(("what", "email"), [("email", ""), ("email", "ada@example.org"), ("network", "")])
def test_what_is_not_known_or_not_proved_is_not_blocked(client, moderator, page, what, email):
    comment = make_comment(page, email=email)
    Comment.objects.filter(pk=comment.pk).update(network="")
    answer = block(client, comment, what)
    assert [answer.status_code, Block.objects.exists(), Decision.objects.exists()] == [409, False, False]
    assert 'data-do="block"' not in client.get(URL).text


def test_block_needs_its_own_permission(client, moderator, page):
    comment = make_comment(page)
    assert 'data-do="block"' in client.get(URL).text
    group = moderator.groups.first()
    group.permissions.remove(group.permissions.get(codename="add_block"))
    assert 'data-do="block"' not in client.get(URL).text
    assert block(client, comment, "network").status_code == 403
    assert not Block.objects.exists()
