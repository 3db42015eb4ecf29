"""Tasks on sources, flagged works, and what the form of a reference says of its checks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.admin.watching import link_standing, register_standing
from publishing.freshness import Stamp
from publishing.models import Contribution, Event, FlaggedWork, Reference, ReferenceTask
from publishing.watching import update_tasks
from tests.builders import make_article, make_indication, make_reference, make_user, published
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db
DOI = "10.1000/abc.1"
URL = "https://a.example/x"
LIST = "/admin/publishing/referencetask/"


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def address(obj, name="change"):
    return reverse(f"admin:publishing_{obj._meta.model_name}_{name}", args=[obj.pk])


def make_task(**values):
    owner = values.pop("owner", None)
    reference = make_reference(url=URL, link_state="problem", link_finding="404 Not Found")
    make_article(body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>', owner=owner, **values)
    update_tasks(reference)
    return reference.tasks.get()


def listed(client, query=""):
    return [task.page.title for task in client.get(f"{LIST}{query}").context["cl"].result_list]


def form_of(client, obj):
    return posted(client.get(address(obj)))


def flag(state="retracted"):
    return FlaggedWork.objects.create(doi=DOI, state=state, source="A list", noted_on="2026-01-31")


# Tasks


@pytest.mark.parametrize(
    ("role", "seen", "closed"),
    [("author", 200, True), ("editor", 200, True), ("administrator", 200, True), ("reviewer", 200, False),
     ("moderator", 403, False)],
)  # fmt: skip
def test_who_may_see_and_close_tasks(client, role, seen, closed):
    task = make_task()
    client.force_login(make_user(role))
    assert client.get(LIST).status_code == seen
    assert client.get(address(task)).status_code == seen
    client.post(address(task), {"remark": "Done"})
    task.refresh_from_db()
    assert task.is_open is not closed


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_nobody_adds_or_deletes_tasks(client, role):
    task = make_task()
    client.force_login(make_user(role))
    assert client.get(reverse("admin:publishing_referencetask_add")).status_code == 403
    assert client.post(address(task, "delete"), {"post": "yes"}).status_code == 403
    assert ReferenceTask.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, count):
    for number in range(count):
        make_task(title=f"Page {number}", owner=make_user("author"))
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(8):
        response = editor.get(LIST)
    assert response.context["cl"].result_count == count


def test_list_shows_open_tasks_and_filters_by_shareable_addresses(editor):
    ada = make_user("author")
    make_task(title="Mine", owner=ada)
    make_task(title="Another")
    make_task(title="Dealt with").close(by="Ada", remark="Seen")
    assert listed(editor) == ["Mine", "Another"]
    assert listed(editor, "?closed=yes") == ["Dealt with"]
    assert listed(editor, "?closed=all") == ["Mine", "Another", "Dealt with"]
    assert listed(editor, f"?page__owner__id__exact={ada.pk}") == ["Mine"]
    assert listed(editor, "?problem__exact=retracted") == []
    assert listed(editor, "?q=Anoth") == ["Another"]


def test_a_task_leads_to_the_source_and_to_the_fields_that_cite_it(editor):
    reference = make_reference(link_state="problem")
    row = make_indication(references=[reference])
    therapy = row.therapy
    therapy.benefits = f'<p>It helps.<sup data-ref="{reference.key}"></sup></p>'
    therapy.save()
    update_tasks(reference)
    response = editor.get(address(reference.tasks.get(page=therapy)))
    form = therapy.get_admin_url()
    assert [url for _name, url in response.context["places"]] == [f"{form}#id_benefits", f"{form}#indications-heading"]
    for url in (f"{form}#id_benefits", f"{form}#indications-heading", address(reference)):
        assert f'href="{url}"' in response.text
    assert 'id="indications-heading"' in editor.get(form).text


def test_closing_needs_a_remark_and_is_on_record(editor):
    task = make_task(title="A")
    response = editor.post(address(task), {"remark": " "})
    assert "remark" in response.context["adminform"].form.errors
    assert editor.post(address(task), {"remark": "Replaced it"}).status_code == 302
    task.refresh_from_db()
    assert (task.closed_by, task.remark, task.closed_at is not None) == ("Editor", "Replaced it", True)
    event = Event.objects.get(action="task-closed")
    assert (event.subject_name, event.reason) == ("A", "Replaced it")


def test_a_closed_task_is_only_read(editor):
    task = make_task()
    task.close(by="Ada", remark="Seen")
    response = editor.get(address(task))
    assert "Seen" in response.text
    assert "Close the task" not in response.text
    assert editor.post(address(task), {"remark": "Mine"}).status_code == 403
    task.refresh_from_db()
    assert (task.remark, task.closed_by) == ("Seen", "Ada")


def test_forged_fields_change_nothing_else(editor):
    task = make_task()
    other = make_reference()
    forged = {"remark": "x", "closed_by": "Nobody", "finding": "", "reference": other.pk, "problem": "retracted"}
    editor.post(address(task), forged)
    changed = ReferenceTask.objects.get()
    assert (changed.closed_by, changed.finding, changed.reference_id, changed.problem) == (
        "Editor", "404 Not Found", task.reference_id, "link",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "x"])
def test_a_task_that_is_not_there(editor, key):
    url = f"{LIST}{key}/change/"
    assert editor.get(url).status_code == 302
    assert editor.post(url, {"remark": "x"}).status_code == 302


# The form of a reference


def test_reference_shows_its_checks_and_tasks(editor):
    task = make_task(title="Citing page")
    Reference.objects.update(link_checked_at=timezone.now() - timedelta(days=3))
    text = editor.get(address(task.reference)).text
    assert "does not lead there, asked 3\xa0days ago: 404 Not Found" in text
    assert f'<a href="{address(task)}">Citing page</a>' in text


@pytest.mark.parametrize("count", [1, 3])
def test_reference_form_costs_the_same_for_any_number_of_tasks(editor, django_assert_num_queries, count):
    reference = make_reference(link_state="problem")
    for number in range(count):
        make_article(title=f"Page {number}", body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>')
    update_tasks(reference)
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(17):
        response = editor.get(address(reference))
    assert len(response.context["tasks"]) == count


def test_reference_list_filters_by_what_the_checks_found(editor):
    make_task()
    make_reference(state="retracted")
    url = reverse("admin:publishing_reference_changelist")
    assert editor.get(f"{url}?link_state__exact=problem").context["cl"].result_count == 1
    assert editor.get(f"{url}?state__exact=retracted").context["cl"].result_count == 1


def test_a_new_address_is_not_known_until_it_is_asked_and_the_task_waits(editor):
    task = make_task()
    Reference.objects.update(
        link_checked_at=timezone.now(), register_asked_at=timezone.now(), url="https://a.example/x"
    )
    form = form_of(editor, task.reference) | {"url": "https://b.example/x"}
    assert editor.post(address(task.reference), form).status_code == 302
    reference = Reference.objects.get()
    assert (reference.link_state, reference.link_checked_at, reference.register_asked_at) == ("unknown", None, None)
    assert ReferenceTask.objects.get().is_open


def test_other_changes_keep_what_the_checks_found(editor):
    task = make_task()
    Reference.objects.update(link_checked_at=timezone.now())
    editor.post(address(task.reference), form_of(editor, task.reference) | {"title": "Another title"})
    reference = Reference.objects.get()
    assert (reference.title, reference.link_state, reference.link_checked_at is not None) == (
        "Another title", "problem", True,
    )  # fmt: skip


def test_link_that_is_not_to_be_checked_closes_its_task(editor):
    task = make_task()
    editor.post(address(task.reference), form_of(editor, task.reference) | {"link_is_ignored": "on"})
    task.refresh_from_db()
    assert (task.closed_by, task.remark) == ("check", "The link is not checked any more.")


def test_editing_a_source_counts_as_a_change_of_the_drafts_that_cite_it(editor):
    reference = make_reference()
    page = published(make_article(body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>'))
    other = published(make_article())
    before = Stamp.current().counter
    editor.post(address(reference), form_of(editor, reference) | {"title": "Another title"})
    states = {}
    for each in (page, other):
        each.refresh_from_db()
        states[each.pk] = each.state
    assert states == {page.pk: "draft", other.pk: "published"}
    assert [each.page_id for each in Contribution.objects.filter(user_name="Editor")] == [page.pk]
    assert Stamp.current().counter == before, "readers see the source as it was published"


def test_saving_a_source_untouched_changes_no_draft(editor):
    reference = make_reference()
    page = published(make_article(body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>'))
    editor.post(address(reference), form_of(editor, reference))
    page.refresh_from_db()
    assert page.state == "published"
    assert not Event.objects.filter(action="source-flagged").exists()


def test_a_person_may_call_a_source_retracted_and_take_it_back(editor):
    reference = make_reference()
    make_article(title="A", body=f'<p>A.<sup data-ref="{reference.key}"></sup></p>')
    before = Stamp.current().counter
    editor.post(address(reference), form_of(editor, reference) | {"state": "retracted"})
    assert ReferenceTask.objects.get().is_open
    assert Stamp.current().counter > before
    editor.post(address(reference), form_of(editor, reference) | {"state": "ok"})
    task = ReferenceTask.objects.get()
    assert (task.closed_by, task.remark) == ("check", "The source is called “Available” now.")
    events = Event.objects.filter(action="source-flagged").order_by("pk")
    assert [event.details for event in events] == [
        {"was": "ok", "state": "retracted"},
        {"was": "retracted", "state": "ok"},
    ]
    assert {event.user_name for event in events} == {"Editor"}


def test_a_source_with_a_flagged_doi_is_marked_when_it_is_saved(editor):
    flag()
    add = reverse("admin:publishing_reference_add")
    form = posted(editor.get(add)) | {"key": "new-source", "title": "T", "doi": DOI.upper()}
    response = editor.post(add, form, follow=True)
    assert Reference.objects.get().state == "retracted"
    assert "is known as: Retracted" in response.text


def test_a_source_is_not_called_better_than_its_doi_without_a_second_step(editor):
    work = flag()
    reference = make_reference(doi=DOI, state="retracted")
    response = editor.post(address(reference), form_of(editor, reference) | {"state": "ok"})
    assert "delete it from the flagged works first" in response.context["adminform"].form.errors["state"][0]
    assert Reference.objects.get().state == "retracted"
    assert editor.post(address(work, "delete"), {"post": "yes"}).status_code == 302
    assert editor.post(address(reference), form_of(editor, reference) | {"state": "ok"}).status_code == 302
    assert Reference.objects.get().state == "ok"


# Flagged works


@pytest.mark.parametrize(
    ("role", "seen", "adds"),
    [("author", 403, False), ("editor", 200, True), ("administrator", 200, True), ("reviewer", 200, False),
     ("moderator", 403, False)],
)  # fmt: skip
def test_who_may_see_and_add_flagged_works(client, role, seen, adds):
    reference = make_reference(doi=DOI)
    client.force_login(make_user(role))
    assert client.get(reverse("admin:publishing_flaggedwork_changelist")).status_code == seen
    form = {
        "doi": f"https://doi.org/{DOI.upper()}",
        "state": "concern",
        "source": "Its editor",
        "noted_on": "2026-01-31",
    }
    client.post(reverse("admin:publishing_flaggedwork_add"), form)
    reference.refresh_from_db()
    assert reference.state == ("concern" if adds else "ok")
    assert [work.doi for work in FlaggedWork.objects.all()] == ([DOI] if adds else [])


@pytest.mark.parametrize("doi", ["", "10.1/x", "a title", "10.1000/a b"])
def test_a_flagged_work_needs_a_doi(editor, doi):
    form = {"doi": doi, "state": "concern", "source": "Its editor", "noted_on": "2026-01-31"}
    response = editor.post(reverse("admin:publishing_flaggedwork_add"), form)
    assert "doi" in response.context["adminform"].form.errors


def test_a_work_is_flagged_once(editor):
    flag()
    form = {"doi": DOI.upper(), "state": "concern", "source": "Its editor", "noted_on": "2026-01-31"}
    response = editor.post(reverse("admin:publishing_flaggedwork_add"), form)
    assert "doi" in response.context["adminform"].form.errors
    assert FlaggedWork.objects.get().state == "retracted"


@pytest.mark.parametrize("count", [1, 3])
def test_flagged_works_cost_the_same_for_any_number(editor, django_assert_num_queries, count):
    for number in range(count):
        FlaggedWork.objects.create(doi=f"{DOI}{number}", state="concern", source="x", noted_on="2026-01-31")
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(7):
        editor.get(reverse("admin:publishing_flaggedwork_changelist"))


# In words

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAYS_AGO = NOW - timedelta(days=3, hours=5)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "not known: never asked"),
        ({"url": ""}, "not known: there is no address to ask"),
        ({"link_is_ignored": True, "link_checked_at": DAYS_AGO}, "not checked, as somebody chose"),
        ({"link_state": "ok", "link_checked_at": DAYS_AGO}, "answered 3 days ago"),
        ({"link_state": "ok", "link_checked_at": NOW}, "answered just now"),
        ({"link_state": "unknown", "link_checked_at": DAYS_AGO, "link_finding": "503"},
         "not known, asked 3 days ago: 503"),
        ({"link_state": "problem", "link_checked_at": DAYS_AGO, "link_finding": "404"},
         "does not lead there, asked 3 days ago: 404"),
    ],
)  # fmt: skip
def test_state_of_a_link_in_words(time_machine_at, values, words):
    time_machine_at(NOW)
    assert link_standing(Reference(**{"url": "https://a.example/x"} | values)).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"doi": ""}, "not known: it has no DOI"),
        ({}, "not known: never asked"),
        ({"register_asked_at": DAYS_AGO, "register_checked_at": DAYS_AGO}, "nothing against it, asked 3 days ago"),
        ({"register_asked_at": DAYS_AGO, "register_checked_at": DAYS_AGO, "register_finding": "Retracted"},
         "Retracted, asked 3 days ago"),
        ({"register_asked_at": DAYS_AGO, "register_finding": "it answered 500"},
         "not known, asked 3 days ago: it answered 500"),
        ({"register_asked_at": NOW, "register_checked_at": DAYS_AGO, "register_finding": "it answered 500"},
         "not known, asked just now: it answered 500; it last answered 3 days ago"),
    ],
)  # fmt: skip
def test_state_in_the_register_in_words(time_machine_at, values, words):
    time_machine_at(NOW)
    assert register_standing(Reference(**{"doi": DOI} | values)).replace("\xa0", " ") == words
