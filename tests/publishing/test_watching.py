"""Sources in trouble: one task for each page that cites one, and what readers are told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from publishing.citing import cited_references, pages_citing
from publishing.freshness import Stamp
from publishing.models import Event, FlaggedWork, Page, Reference, ReferenceTask
from publishing.reading import Numbering
from publishing.watching import (
    alerts,
    flag_references,
    is_worse,
    normal_doi,
    note_flagged,
    update_all_tasks,
    update_tasks,
)
from tests.builders import (
    make_article,
    make_caution,
    make_indication,
    make_reference,
    make_user,
    publish,
    published,
    schedule,
    signed,
)

pytestmark = pytest.mark.django_db
DOI = "10.1000/abc.1"


def text_citing(reference):
    return f'<p>A claim.<sup data-ref="{reference.key}"></sup></p>'


def citing(reference, **values):
    return make_article(body=text_citing(reference), **values)


def flagged(state="retracted", doi=DOI, source="A list"):
    note_flagged([FlaggedWork(doi=doi, state=state, source=source, noted_on="2026-01-31")])
    for work in FlaggedWork.objects.all():
        work.refresh_from_db()
    return flag_references(by="tests")


def tasks(**values):
    found = ReferenceTask.objects.filter(**values).order_by("page__title", "problem")
    return [(task.page.title, task.problem, task.closed_by) for task in found]


def dead(reference):
    Reference.objects.filter(pk=reference.pk).update(link_state="problem", link_finding="404 Not Found")
    reference.refresh_from_db()


# DOIs


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC.1", DOI),
        (" 10.1000/abc.1 ", DOI),
        ("https://doi.org/10.1000/Abc.1", DOI),
        ("HTTP://DX.DOI.ORG/10.1000/abc.1", DOI),
        ("doi: 10.1000/abc.1", DOI),
        ("https://doi.org/10.1000%2Fabc.1", DOI),
        ("10.1000/a<b>;2-#", "10.1000/a<b>;2-#"),
        ("10.1000/a%2Fb", "10.1000/a%2fb"),
        *((text, "") for text in ("", "unavailable", "10.1000", "10.1/x", "11.1000/x", "10.1000/a b", "10.1000/a\0b")),
        ("10.1000/" + "x" * 300, ""),
        ("https://example.org/10.1000/abc.1", ""),
    ],
)
def test_dois_are_compared_in_one_form(text, doi):
    assert normal_doi(text) == doi


# Which pages cite a source


def test_pages_citing_are_those_of_drafts_editions_and_rows():
    reference, other = make_reference(), make_reference()
    draft = citing(reference)
    public = published(citing(reference))
    public.body = "<p>Nothing.</p>"
    public.save()
    left = published(citing(reference))
    left.body = "<p>Nothing.</p>"
    left.save()
    publish(left)
    row = make_indication(references=[reference])
    live_row = make_caution(references=[reference])
    published(live_row.therapy)
    live_row.references.clear()
    citing(other)
    expected = {draft.pk, public.pk, row.condition_id, row.therapy_id, live_row.condition_id, live_row.therapy_id}
    assert pages_citing(reference) == expected
    assert left.pk not in expected
    assert cited_references() == {reference.pk, other.pk}


def test_a_source_nobody_cites_is_not_among_the_cited():
    reference = make_reference()
    page = published(citing(reference))
    assert cited_references() == {reference.pk}
    page.body = "<p>Nothing.</p>"
    page.save()
    assert cited_references() == {reference.pk}
    publish(page)
    assert cited_references() == set()


@pytest.mark.parametrize("count", [1, 3])
def test_cited_sources_cost_the_same_for_any_number(django_assert_num_queries, count):
    for _number in range(count):
        reference = make_reference()
        published(citing(reference))
        make_indication(references=[reference])
    with django_assert_num_queries(7):
        assert len(cited_references()) == count


# Tasks


def test_each_citing_page_gets_one_task_however_often_it_is_looked_at():
    reference = make_reference()
    published(citing(reference, title="A"))
    citing(reference, title="B")
    dead(reference)
    for _time in range(3):
        update_tasks(reference)
    update_all_tasks()
    assert tasks() == [("A", "link", ""), ("B", "link", "")]
    assert {task.finding for task in ReferenceTask.objects.all()} == {"404 Not Found"}


def test_the_database_refuses_a_second_open_task_and_one_closed_by_nobody():
    reference = make_reference()
    page = citing(reference)
    dead(reference)
    update_tasks(reference)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceTask.objects.create(reference=reference, page=page, problem="link")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceTask.objects.update(closed_by="Somebody")


def test_a_task_closed_by_a_person_stays_closed_while_the_problem_lasts():
    reference = make_reference()
    citing(reference, title="A")
    dead(reference)
    update_tasks(reference, new={"link"})
    ReferenceTask.objects.get().close(by="Ada", remark="Behind a login")
    update_all_tasks()
    assert tasks() == [("A", "link", "Ada")]
    citing(reference, title="B")
    update_all_tasks()
    assert tasks() == [("A", "link", "Ada"), ("B", "link", "")]
    update_tasks(reference, new={"link"})
    assert tasks(closed_by="") == [("A", "link", ""), ("B", "link", "")]


def test_closing_is_on_record():
    reference = make_reference()
    citing(reference, title="A")
    dead(reference)
    update_tasks(reference)
    editor = make_user("editor")
    ReferenceTask.objects.get().close(by=editor, remark="Replaced")
    event = Event.objects.get(action="task-closed")
    assert (event.subject_name, event.reason, event.user_id) == ("A", "Replaced", editor.pk)
    assert event.details["reference"] == reference.key


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"link_state": "ok"}, "The link answers."),
        ({"link_is_ignored": True}, "The link is not checked any more."),
        ({"link_state": "unknown"}, None),
    ],
)
def test_a_task_on_a_link_settles_itself_when_it_answers(values, remark):
    reference = make_reference()
    citing(reference)
    dead(reference)
    update_tasks(reference)
    Reference.objects.update(**values)
    update_all_tasks()
    task = ReferenceTask.objects.get()
    assert (task.closed_by, task.remark) == (("check", remark) if remark else ("", ""))


def test_a_task_settles_itself_when_its_page_no_longer_cites_the_source_and_comes_back_if_it_does():
    reference = make_reference()
    page = published(citing(reference, title="A"))
    dead(reference)
    update_all_tasks()
    page.body = "<p>Nothing.</p>"
    page.save()
    update_all_tasks()
    assert tasks() == [("A", "link", "")], "the public page still cites it"
    publish(page)
    update_all_tasks()
    assert ReferenceTask.objects.get().remark == "The page no longer cites it."
    page.body = text_citing(reference)
    page.save()
    update_all_tasks()
    assert tasks() == [("A", "link", "check"), ("A", "link", "")]


def test_each_problem_has_a_task_of_its_own():
    reference = make_reference(doi=DOI)
    citing(reference, title="A")
    dead(reference)
    update_tasks(reference)
    flagged("corrected")
    assert tasks() == [("A", "corrected", ""), ("A", "link", "")]
    flagged("retracted")
    assert tasks() == [("A", "corrected", "check"), ("A", "link", ""), ("A", "retracted", "")]


# Retracted, corrected, of concern


@pytest.mark.parametrize(
    ("worse", "better"),
    [("retracted", "concern"), ("retracted", "corrected"), ("concern", "corrected"), ("corrected", "ok"),
     ("corrected", "archived"), ("retracted", "ok")],
)  # fmt: skip
def test_states_have_an_order(worse, better):
    assert is_worse(worse, better)
    assert not is_worse(better, worse)
    assert not is_worse(worse, worse)


@pytest.mark.parametrize(
    ("first", "then", "stored"),
    [
        ("corrected", "retracted", "retracted"),
        ("retracted", "corrected", "retracted"),
        ("concern", "concern", "concern"),
    ],
)
def test_what_is_known_of_a_work_only_gets_worse(first, then, stored):
    make_reference(doi=DOI.upper())
    flagged(first)
    flagged(then)
    assert FlaggedWork.objects.get().state == stored
    assert Reference.objects.get().state == stored


def test_flagging_tells_drafts_readers_tasks_and_the_audit_trail():
    reference = make_reference(doi=DOI.upper())
    page = published(citing(reference, title="A"))
    before, version = Stamp.current().counter, page.version
    assert [each.pk for each in flagged()] == [reference.pk]
    page.refresh_from_db()
    assert (page.state, page.version) == (Page.State.DRAFT, version + 1)
    assert Stamp.current().counter > before
    event = Event.objects.get(action="source-flagged")
    assert (event.subject_id, event.user_name, event.reason) == (reference.pk, "tests", "A list, 2026-01-31")
    assert event.details == {"was": "ok", "state": "retracted"}
    assert tasks() == [("A", "retracted", "")]


def test_flagging_twice_changes_nothing_more():
    citing(make_reference(doi=DOI))
    flagged()
    counted = (Stamp.current().counter, Event.objects.count(), ReferenceTask.objects.count())
    assert flagged() == []
    assert (Stamp.current().counter, Event.objects.count(), ReferenceTask.objects.count()) == counted


def test_other_works_are_left_alone():
    reference = make_reference(doi="10.1000/abc.11")
    make_reference()
    assert flagged() == []
    reference.refresh_from_db()
    assert reference.state == "ok"


def test_a_draft_signed_off_before_a_source_was_retracted_is_no_longer_approved():
    row = make_indication(references=[make_reference(doi=DOI)])
    therapy = signed(row.therapy)
    assert therapy.state == "approved"
    flagged()
    therapy.refresh_from_db()
    assert therapy.state == "draft"
    assert Event.objects.filter(action="changed-in-review", subject_id=therapy.pk).exists()


def test_what_is_scheduled_stays_scheduled_and_gets_its_task():
    page = citing(make_reference(doi=DOI), title="Soon")
    schedule(page, at=timezone.now() + timedelta(hours=1))
    flagged()
    page.refresh_from_db()
    assert page.state == "scheduled"
    assert tasks() == [("Soon", "retracted", "")]


# What readers are told


@pytest.mark.parametrize("count", [1, 3])
def test_alerts_cost_one_query_for_any_number(django_assert_num_queries, count):
    keys = [make_reference(state="retracted").key for _number in range(count)]
    make_reference(state="retracted")
    with django_assert_num_queries(1):
        assert alerts(keys) == dict.fromkeys(keys, "retracted")


def test_alerts_cost_nothing_without_sources(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert alerts([]) == {}


def test_alerts_tell_of_a_notice_that_was_taken_back():
    reference = make_reference(state="ok")
    assert alerts([reference.key, "no-such-key"]) == {reference.key: "ok"}


STATES = [
    ("retracted", "Retracted", "This source was retracted: do not rely on it."),
    ("concern", "Expression of concern", "Its publisher has doubts about it"),
    ("corrected", "Corrected since", "Its publisher has corrected it"),
]


def shown(reference, **alerted):
    numbering = Numbering({reference.key: reference.snapshot()}, alerted)
    numbering.mark(reference.key)
    [numbered] = numbering.cited.values()
    return render_to_string("publishing/_reference.html", {"reference": numbered})


@pytest.mark.parametrize(("state", "label", "sentence"), STATES)
def test_readers_are_told_at_the_source_in_a_word_and_a_sentence(state, label, sentence):
    reference = make_reference(key="source")
    html = shown(reference, source=state)
    assert f'data-state="{state}">{label}</strong>' in html
    assert sentence in html
    assert html.index(label) < html.index(reference.title)
    assert shown(make_reference(key="frozen", state=state)).count(label) == 1


def test_a_source_nothing_is_known_against_carries_no_warning():
    html = shown(make_reference(key="source", state="retracted"), source="ok")
    assert "source-state" not in html
    assert "source-warning" not in html


def test_a_task_tells_of_its_own_problem_only():
    reference = make_reference(doi=DOI)
    dead(reference)
    citing(reference, title="A")
    flagged("retracted")
    found = dict(ReferenceTask.objects.values_list("problem", "finding"))
    assert found == {"link": "404 Not Found", "retracted": "A list, 2026-01-31"}
