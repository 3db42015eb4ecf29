"""Tasks for pages on the staff side: the list, closing one, and choosing those that an edition puts right."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from publishing.models import ContentTask, Event, Schedule
from tests.builders import make_article, make_therapy, make_user, published, signed
from tests.publishing.admin.forms import address

pytestmark = pytest.mark.django_db
LIST = "/admin/publishing/contenttask/"
WORK = "/admin/publishing/work/"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return client


def task_address(task, name="change"):
    return reverse(f"admin:publishing_contenttask_{name}", args=[task.pk])


def task_for(page=None, **values):
    return ContentTask.open_task(page or published(make_therapy()), **{"text": "Say more", "by": "Ada"} | values)


def again(task):
    return ContentTask.objects.get(pk=task.pk)


def listed(client, query=""):
    return [task.text for task in client.get(f"{LIST}{query}").context["cl"].result_list]


@pytest.mark.parametrize(
    ("role", "closes"),
    [("author", True), ("editor", True), ("administrator", True), ("reviewer", False), ("moderator", False)],
)
def test_everybody_reads_tasks_and_some_close_them(client, role, closes):
    task = task_for()
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == client.get(task_address(task)).status_code == 200
    assert client.post(task_address(task), {"remark": "Done"}).status_code == (302 if closes else 403)
    assert again(task).is_open is not closes


def test_nobody_adds_or_deletes_tasks(client):
    task = task_for()
    client.force_login(make_user("administrator"))
    assert client.get(reverse("admin:publishing_contenttask_add")).status_code == 403
    assert client.post(task_address(task, "delete"), {"post": "yes"}).status_code == 403
    assert ContentTask.objects.count() == 1


def test_list_shows_open_ones_unless_others_are_asked_for(editor):
    task_for(text="Open")
    task_for(text="Of a reader", from_reader=True)
    task_for(text="Dealt with").close(by="Ada", remark="Seen")
    assert listed(editor) == ["Open", "Of a reader"]
    assert listed(editor, "?closed=yes") == ["Dealt with"]
    assert listed(editor, "?from=readers") == ["Of a reader"]
    assert listed(editor, "?from=staff") == ["Open"]
    assert listed(editor, "?q=reader") == ["Of a reader"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, count):
    for _number in range(count):
        task_for(published(make_article(owner=make_user("author"))))
    editor.get("/admin/")
    with django_assert_num_queries(8):
        assert editor.get(LIST).context["cl"].result_count == count


@pytest.mark.parametrize(
    ("section", "part", "field"),
    [
        ("", "", ""),
        ("how-it-works", "How it works", "#id_how_it_works"),
        ("indications", "What it treats", "#indications-heading"),
        ("no-such-part", "", ""),
    ],
)
def test_a_task_leads_to_the_field_of_its_part(editor, section, part, field):
    task = task_for(section=section)
    response = editor.get(task_address(task))
    url = f"{task.page.get_admin_url()}{field}"
    assert response.context["field_address"] == url
    assert f'href="{url}"' in response.text
    assert response.context["part"] == part


def test_a_heading_of_an_article_leads_to_its_text(editor):
    page = published(make_article(body="<h2>How it &amp; is</h2><p>Given.</p>"))
    response = editor.get(task_address(task_for(page, section="how-it-is")))
    assert (response.context["part"], response.context["field_address"]) == ("How it & is", f"{address(page)}#id_body")


def test_a_task_for_a_page_that_is_not_public_any_more_opens(editor):
    task = task_for(make_article(), section="x")
    assert editor.get(task_address(task)).context["part"] == ""


def test_closing_needs_a_remark_and_is_on_record(editor):
    task = task_for()
    assert "remark" in editor.post(task_address(task), {"remark": " "}).context["adminform"].form.errors
    editor.post(task_address(task), {"remark": "It is right", "closed_by": "Nobody", "text": "forged"})
    task = again(task)
    assert (task.closed_by, task.remark, task.text) == ("Editor", "It is right", "Say more")
    assert Event.objects.get(action="task-closed").reason == "It is right"


def test_a_closed_task_is_only_read(editor):
    task = task_for()
    task.close(by="Ada", remark="Seen")
    response = editor.get(task_address(task))
    assert "Seen" in response.text
    assert "Close the task" not in response.text
    assert editor.post(task_address(task), {"remark": "Mine"}).status_code == 403


def test_hostile_words_of_a_task_stay_text(editor):
    page = changed(published(make_article(owner=User.objects.get())))
    task = task_for(page, text='<script>x</script>"><img src=x>')
    for url in (LIST, task_address(task), address(page, "publish"), "/admin/"):
        text = editor.get(url).text
        assert "&lt;script&gt;x" in text
        assert "<script>x" not in text


# The door


def changed(page):
    page.title = "Better"
    page.save()
    return signed(page)


def sent(page, **values):
    return {"version": page.version, "change": "major", "note": "Better."} | values


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_the_door_asks_for_tasks_only_where_there_are_some(editor, name):
    page = changed(published(make_article()))
    assert "fixes" not in editor.get(address(page, name)).context["form"].fields
    task_for(page, text="Say more", from_reader=True)
    task_for(page).close(by="Ada", remark="Seen")
    task_for(published(make_article()))
    field = editor.get(address(page, name)).context["form"]["fixes"]
    assert [str(choice.choice_label).partition(";")[0] for choice in field] == ["Say more (a reader reported it"]


def test_publishing_closes_the_tasks_that_were_ticked(editor):
    page = changed(published(make_article()))
    fixed, left = task_for(page), task_for(page)
    editor.post(address(page, "publish"), sent(page, fixes=[fixed.pk]))
    assert (again(fixed).fixed_in, again(left).fixed_in) == (page.editions.get(number=2), None)


def test_a_schedule_remembers_the_tasks_that_were_ticked(editor):
    page = changed(published(make_article()))
    task = task_for(page)
    editor.post(address(page, "schedule"), sent(page, fixes=[task.pk], at="2999-01-01T10:00"))
    assert Schedule.objects.get().fixes == [task.pk]


def test_a_correction_of_spelling_closes_the_tasks_that_were_ticked(editor):
    page = published(make_therapy(how_it_works="<p>It helps swolllen joints.</p>"))
    task = task_for(page)
    page.how_it_works = "<p>It helps swollen joints.</p>"
    page.save()
    editor.post(address(page, "spelling"), {"version": page.version, "fixes": [task.pk]})
    assert again(task).fixed_in == page.editions.get(number=2)


@pytest.mark.parametrize("forged", ["other", "closed", "0", "x", "99999999999999999999"])
def test_a_task_that_cannot_be_put_right_is_refused_at_the_field(editor, forged):
    page = changed(published(make_article()))
    task_for(page)
    other, closed = task_for(published(make_article())), task_for(page)
    closed.close(by="Ada", remark="Seen")
    number = {"other": other.pk, "closed": closed.pk}.get(forged, forged)
    response = editor.post(address(page, "publish"), sent(page, fixes=[number]))
    assert "fixes" in response.context["form"].errors
    assert page.editions.count() == 1


def test_another_review_of_the_same_text_puts_nothing_right(editor):
    page = signed(published(make_therapy()))
    task = task_for(page)
    response = editor.post(address(page, "publish"), sent(page, change="review", fixes=[task.pk]))
    assert "so it puts nothing right" in response.context["form"].errors["fixes"][0]


# Work lists and the first page


def test_work_list_leads_to_the_tasks_of_each_page(editor):
    page = published(make_article(title="With a task"))
    task_for(page)
    task_for(published(make_article(title="Dealt with"))).close(by="Ada", remark="Seen")
    response = editor.get(WORK, {"list": "content-tasks"})
    assert [each.title for each in response.context["page_obj"]] == ["With a task"]
    url = f"{LIST}?page__id__exact={page.pk}"
    assert f'href="{url}"' in response.text
    assert editor.get(url).context["cl"].result_count == 1


def test_first_page_names_the_open_tasks_of_my_pages(client):
    author = make_user("author")
    client.force_login(author)
    mine = task_for(make_article(owner=author), text="Say which dose")
    task_for(make_article(owner=make_user("author")))
    task_for(make_article(owner=author)).close(by="Ada", remark="Seen")
    response = client.get("/admin/")
    assert list(response.context["content_tasks"]) == [mine]
    assert "Say which dose" in response.text
    assert f'href="{task_address(mine)}"' in response.text
