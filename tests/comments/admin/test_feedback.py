"""What readers say of pages, on the staff side: read, dealt with, made a task, counted."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from comments.models import Feedback
from publishing.models import ContentTask, Event
from tests.builders import make_article, make_therapy, make_user, publish, published
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/feedback/"
COUNTS = "/admin/comments/feedback/counts/"
HOSTILE = "<script>x</script>\"'><img src=x onerror=x>\u202egnp."


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def answer(page, remark="Too hard to read", **values):
    return Feedback.objects.create(
        **{"page_id": page.pk, "edition": page.live, "is_useful": False, "remark": remark} | values
    )


def address(feedback, name="change"):
    return reverse(f"admin:comments_feedback_{name}", args=[feedback.pk])


def listed(client, query=""):
    return [each.remark for each in client.get(f"{LIST}{query}").context["cl"].result_list]


def again(feedback):
    return Feedback.objects.get(pk=feedback.pk)


@pytest.mark.parametrize(
    ("role", "deals"),
    [("author", False), ("editor", True), ("administrator", True), ("reviewer", False), ("moderator", True)],
)
def test_everybody_reads_answers_and_some_deal_with_them(client, role, deals):
    feedback = answer(published(make_article()))
    client.force_login(make_user(role))
    assert {client.get(url).status_code for url in (LIST, COUNTS, address(feedback))} == {200}
    assert client.post(address(feedback), {"task": ""}).status_code == (302 if deals else 403)
    assert (again(feedback).read_at is not None) is deals


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_whoever_only_reads_cannot_deal_with_many(client, role):
    feedback = answer(published(make_article()))
    client.force_login(make_user(role))
    client.post(LIST, {"action": "mark_dealt_with", "_selected_action": [feedback.pk]})
    assert again(feedback).read_at is None


def test_nobody_adds_answers_or_deletes_one_that_is_only_counted(client):
    feedback = answer(published(make_article()), "")
    client.force_login(make_user("administrator"))
    assert client.get(reverse("admin:comments_feedback_add")).status_code == 403
    assert client.post(address(feedback, "delete"), {"post": "yes"}).status_code == 403
    assert Feedback.objects.count() == 1


def test_administrators_delete_the_words_of_a_remark_and_the_answer_still_counts(client):
    page = published(make_article())
    feedback = answer(page, "Ada Reader, 1 Home Street", is_useful=True)
    user = make_user("administrator")
    client.force_login(user)
    assert address(feedback, "delete") in client.get(address(feedback)).text
    assert "Ada Reader, 1 Home Street" in client.get(address(feedback, "delete")).text
    answered = client.post(address(feedback, "delete"), {"post": "yes"}, follow=True)
    assert "The words of the remark are deleted." in answered.text
    [row] = client.get(COUNTS).context["page_obj"]
    assert (again(feedback).remark, row["useful"], row["remarks"]) == ("", 1, 0)
    event = Event.objects.get(subject_label="comments.feedback")
    assert (event.action, event.subject_id, event.user_id) == ("deleted", feedback.pk, user.pk)
    assert "Ada Reader" not in str(list(Event.objects.values()) + list(LogEntry.objects.values()))


def test_words_of_a_remark_that_is_dealt_with_can_go_too(client, editor):
    feedback = answer(published(make_article()))
    editor.post(address(feedback), {"task": ""})
    client.force_login(make_user("administrator"))
    assert address(feedback, "delete") in client.get(address(feedback)).text
    client.post(address(feedback, "delete"), {"post": "yes"})
    assert (again(feedback).remark, again(feedback).read_by) == ("", "Editor")


@pytest.mark.parametrize("role", ["author", "editor", "reviewer", "moderator"])
def test_nobody_else_deletes_the_words_of_a_remark(client, role):
    feedback = answer(published(make_article()))
    client.force_login(make_user(role))
    assert address(feedback, "delete") not in client.get(address(feedback)).text
    assert client.post(address(feedback, "delete"), {"post": "yes"}).status_code == 403
    assert again(feedback).remark == "Too hard to read"


def test_remarks_are_deleted_one_at_a_time(client):
    feedback = answer(published(make_article()))
    client.force_login(make_user("administrator"))
    client.post(LIST, {"action": "delete_selected", "_selected_action": [feedback.pk], "post": "yes"})
    assert again(feedback).remark == "Too hard to read"


def test_list_shows_remarks_to_be_read_unless_others_are_asked_for(editor):
    page, other = published(make_article()), published(make_article())
    answer(page, "First")
    answer(other, "Second", is_useful=True)
    answer(page, "")
    editor.post(address(answer(page, "Read")), {"task": ""})
    assert listed(editor) == ["Second", "First"]
    assert listed(editor, "?state=read") == ["Read"]
    assert sorted(listed(editor, "?state=all")) == ["", "First", "Read", "Second"]
    assert listed(editor, f"?page__id__exact={other.pk}") == listed(editor, "?is_useful__exact=1") == ["Second"]
    assert listed(editor, "?q=Firs") == ["First"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, count):
    for _number in range(count):
        answer(published(make_article()))
    editor.get("/admin/")
    with django_assert_num_queries(7):
        assert editor.get(LIST).context["cl"].result_count == count


def test_answer_is_shown_with_its_edition_and_the_heading_of_its_section(editor):
    page = published(make_therapy())
    feedback = answer(page, section="how-it-works")
    page.title = "Another title"
    page.save()
    publish(page)
    text = editor.get(address(feedback)).text
    assert "How it works" in text
    assert f'href="{page.get_absolute_url()}history/1/#how-it-works"' in text


def test_dealing_with_an_answer_keeps_who_and_opens_no_task_unasked(editor):
    feedback = answer(published(make_article()))
    editor.post(address(feedback), posted(editor.get(address(feedback))) | {"task": " "})
    assert (again(feedback).read_by, again(feedback).remark) == ("Editor", "Too hard to read")
    assert not ContentTask.objects.exists()


def test_a_remark_becomes_a_task_in_the_words_of_the_staff(editor):
    feedback = answer(published(make_therapy()), "Mrs Secret cannot read this", section="how-it-works")
    form = posted(editor.get(address(feedback)))
    assert not form.get("task")
    editor.post(address(feedback), form | {"task": "Shorter sentences"})
    task = ContentTask.objects.get()
    assert (task.page_id, task.edition_id, task.section) == (feedback.page_id, feedback.edition_id, "how-it-works")
    assert (task.text, task.is_from_reader, task.opened_by) == ("Shorter sentences", True, "Editor")
    assert "Secret" not in str(list(Event.objects.values()))


def test_what_is_dealt_with_is_only_read(editor):
    feedback = answer(published(make_article()))
    editor.post(address(feedback), {"task": "Once"})
    assert "Mark as dealt with" not in editor.get(address(feedback)).text
    assert editor.post(address(feedback), {"task": "Twice"}).status_code == 403
    assert ContentTask.objects.count() == 1


def test_many_are_dealt_with_at_once_and_those_that_were_keep_their_name(editor):
    page = published(make_article())
    first, second, left = answer(page), answer(page), answer(page)
    Feedback.objects.filter(pk=first.pk).update(read_at=page.live.valid_from, read_by="Ada")
    chosen = {"action": "mark_dealt_with", "_selected_action": [first.pk, second.pk]}
    response = editor.post(f"{LIST}?state=all", chosen, follow=True)
    assert [again(each).read_by for each in (first, second, left)] == ["Ada", "Editor", ""]
    assert "1 answer is dealt with." in response.text


def test_counts_are_for_each_page_and_edition(editor):
    page = published(make_article(title="Told about"))
    for useful, remark in ((True, ""), (True, "Well"), (False, "Hard")):
        answer(page, remark, is_useful=useful)
    page.summary = "Easier."
    page.save()
    page = published(page)
    answer(page, "", is_useful=True)
    rows = editor.get(COUNTS).context["page_obj"]
    found = [(row["page__title"], row["edition__number"], row["useful"], row["not_useful"]) for row in rows]
    assert found == [("Told about", 2, 1, 0), ("Told about", 1, 2, 1)]
    assert f'href="{LIST}?page__id__exact={page.pk}&amp;state=all"' in editor.get(COUNTS).text


@pytest.mark.parametrize("count", [1, 3])
def test_counts_cost_the_same_for_any_number_of_pages(editor, django_assert_num_queries, count):
    for _number in range(count):
        answer(published(make_article()))
    editor.get("/admin/")
    with django_assert_num_queries(7):
        assert len(editor.get(COUNTS).context["page_obj"]) == count


def test_hostile_remarks_stay_text(editor):
    feedback = answer(published(make_article()), HOSTILE, section=HOSTILE[:100])
    urls = {LIST: "editor", address(feedback): "editor", address(feedback, "delete"): "administrator"}
    for url, role in urls.items():
        editor.force_login(make_user(role))
        text = editor.get(url).text
        assert "&lt;script&gt;x" in text
        assert "<script>x" not in text
        assert "<img src=x" not in text


def test_work_list_leads_to_the_remarks_of_each_page(editor):
    page = published(make_article(title="Remarked on"))
    answer(page)
    answer(published(make_article(title="Only answered")), "")
    response = editor.get("/admin/publishing/work/", {"list": "remarks"})
    assert [each.title for each in response.context["page_obj"]] == ["Remarked on"]
    assert f'href="{LIST}?page__id__exact={page.pk}"' in response.text


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "x"])
def test_an_answer_that_is_not_there(editor, key):
    assert editor.get(f"{LIST}{key}/change/").status_code == 302
    assert editor.post(f"{LIST}{key}/change/", {"task": "x"}).status_code == 302
