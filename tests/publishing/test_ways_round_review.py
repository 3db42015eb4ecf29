"""Ways that were found to get round a review, or to claim one: each is closed."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.names import Name
from immunoportal.management.commands import load_content
from publishing import checks, doors, feeds, workflow
from publishing.content import content_digest, draft_content
from publishing.contributions import note_change
from publishing.documents import read_document
from publishing.drafts import make_draft
from publishing.models import Event, Person
from publishing.redactions import redact
from tests.builders import (
    ROLES,
    make_category,
    make_caution,
    make_condition,
    make_indication,
    make_person,
    make_reviewer,
    make_therapy,
    make_user,
    move,
    published,
    signed,
)
from therapies.models import Caution, Indication

pytestmark = pytest.mark.django_db

THERAPY = """---
kind: therapy
title: Fastimab
summary: A medicine.
group: biologic
authors: [{author}]
short: true
indications:
  - condition: {condition}
    role: first-line
    status: approved
    authority: EMA
    description: Take ten times the dose.
---
## How it works
It works.

## Harms
None.

## When to get help
Never.
"""

ARTICLE = """---
kind: article
title: Dose
summary: s
category: {category}
medical: false
authors: [{author}]
---
## Dose
Take 50 tablets.
"""

CONDITION = """---
kind: condition
title: Cc
summary: s
group: allergy
---
## Overview
Hi
"""


@pytest.fixture(autouse=True)
def _only_the_rules_of_the_door(monkeypatch):
    monkeypatch.setattr(workflow, "blocking_problems", lambda page, content: page.problems())


def reviewer_who_is_also(*roles) -> User:
    user = make_reviewer()
    for role in roles:
        user.groups.add(Group.objects.get(name=ROLES[role]))
    return User.objects.get(pk=user.pk)


def again(page):
    return type(page).objects.select_related("live").get(pk=page.pk)


def to_medical_review(page) -> None:
    move(page, "editorial", "medical")


def sign(page, *, by, **values):
    """Sign the draft off as the form does, with every question confirmed."""
    page = again(page)
    content = draft_content(page)
    confirmed = [question.id for question in checks.human_questions(page, content)]
    return workflow.sign_off(page, by=by, seen=content_digest(content), confirmed=confirmed, **values)


def edit(page, **values):
    page = again(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    doors.settle(page, by="tests")
    return again(page)


def import_text(text: str, *, by):
    return make_draft(read_document("document.md", text.encode()), by=by).page


def import_therapy(condition, *, by):
    return import_text(THERAPY.format(condition=condition.slug, author=make_person().slug), by=by)


def html_of(client, page) -> str:
    return client.get(again(page).get_absolute_url()).content.decode()


# Imported documents


def test_whoever_imports_a_document_is_noted_as_having_changed_its_page():
    importer = reviewer_who_is_also("author")
    page = import_therapy(published(make_condition()), by=importer)
    assert page.contributions.filter(user_id=importer.pk).exists()


def test_whoever_imports_a_row_does_not_sign_its_condition_off():
    importer = reviewer_who_is_also("author")
    condition = published(make_condition())
    import_therapy(condition, by=importer)
    to_medical_review(condition)
    with pytest.raises(workflow.MoveRefused):
        sign(condition, by=importer)


def test_whoever_imports_a_document_does_not_sign_it_off():
    importer = reviewer_who_is_also("author", "editor")
    page = import_therapy(published(make_condition()), by=importer)
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=importer)


def test_imported_row_takes_its_condition_out_of_review_and_the_log_says_so():
    importer = reviewer_who_is_also("author")
    condition = published(make_condition())
    to_medical_review(condition)
    import_therapy(condition, by=importer)
    assert again(condition).state == "draft"
    assert Event.objects.filter(subject_id=condition.pk, action=Event.Action.CHANGED_IN_REVIEW).exists()


def test_document_of_an_author_does_not_say_that_it_is_no_health_information():
    text = ARTICLE.format(category=make_category().slug, author=make_person().slug)
    page = import_text(text, by=make_user("author"))
    assert page.is_medical


def test_content_that_was_edited_on_the_site_is_known_to_load_content():
    page = edit(import_text(CONDITION, by=load_content.BY), overview="<p>Human work</p>")
    note_change([page.pk], by=make_user("author"))
    assert load_content.was_edited({"kind": "condition", "slug": page.slug})


# Reviews of a part


def test_review_of_a_part_does_not_bring_a_withdrawn_page_back():
    reviewer, page = make_reviewer(), published(make_condition())
    doors.withdraw(page, by="tests", reason="The doses are wrong")
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=reviewer, scope="part")


def test_review_of_a_part_does_not_build_on_a_sign_off_that_was_taken_back():
    first, second = make_reviewer(), make_reviewer()
    page = edit(published(make_condition()), symptoms="<p>Take ten grams.</p>")
    to_medical_review(page)
    sign(page, by=first, scope="part")
    workflow.send_back(again(page), by=first, reason="I was wrong about symptoms")
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=second, scope="part")


def test_review_of_a_part_does_not_build_on_a_review_for_demonstration():
    stand_in = make_person(user=make_user("reviewer"), name="Demo Role", interests="None", is_demonstration=True)
    page = signed(make_condition(is_demonstration=True), by=stand_in.user)
    doors.publish(page, by="tests")
    page = edit(page, is_demonstration=False)
    to_medical_review(page)
    reviewer = make_reviewer()
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=reviewer, scope="part")


def test_page_still_names_the_reviewer_of_an_earlier_part(client):
    whole, middle, last = make_reviewer(), make_reviewer(), make_reviewer()
    page = signed(make_condition(), by=whole)
    doors.publish(page, by="tests")
    page = edit(page, symptoms="<p>New symptoms text.</p>")
    to_medical_review(page)
    sign(page, by=middle, scope="part")
    doors.publish(page, by="tests", note="What changed")
    page = edit(page, causes="<p>New causes text.</p>")
    to_medical_review(page)
    sign(page, by=last, scope="part")
    doors.publish(page, by="tests", note="What changed")
    html = html_of(client, page)
    assert "Whole page reviewed by" in html
    assert middle.person.name in html


def test_feed_says_that_a_review_was_of_a_part():
    whole, part = make_reviewer(), make_reviewer()
    page = signed(make_condition(), by=whole)
    doors.publish(page, by="tests")
    page = edit(page, symptoms="<p>New symptoms text.</p>")
    to_medical_review(page)
    sign(page, by=part, scope="part")
    doors.publish(page, by="tests", note="What changed")
    assert "part" in feeds._review(again(page).live).lower()


# Who may sign


def test_account_made_again_under_the_same_name_does_not_sign_its_own_work_off():
    author = reviewer_who_is_also("author")
    page = edit(published(make_condition()), causes="<p>Mine.</p>")
    note_change([page.pk], by=author)
    username, person = author.username, author.person
    author.delete()
    recreated = User.objects.create_user(username, is_staff=True, first_name="Reviewer")
    recreated.groups.add(Group.objects.get(name=ROLES["reviewer"]))
    Person.objects.filter(pk=person.pk).update(user=recreated)
    recreated = User.objects.get(pk=recreated.pk)
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=recreated)


def test_whoever_is_named_as_an_author_does_not_sign_the_page_off():
    reviewer, page = make_reviewer(), make_condition()
    page.authors.set([reviewer.person])
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=reviewer)


def test_role_does_not_sign_as_a_clinician():
    reviewer, page = make_reviewer(is_role=True), make_condition()
    to_medical_review(page)
    with pytest.raises(workflow.MoveRefused):
        sign(page, by=reviewer)


# What stands without a review, and what is claimed


def test_spelling_is_not_corrected_under_a_sign_off_that_was_taken_back():
    reviewer = make_reviewer()
    page = make_condition(symptoms="<p>The patiens feel tired after a recieved dose.</p>")
    page = signed(page, by=reviewer)
    doors.publish(page, by="tests")
    page = edit(page, slug="other-slug")
    assert page.state == "approved"
    workflow.send_back(page, by=reviewer, reason="I take my sign-off back")
    page = edit(page, symptoms="<p>The patiens feel tired after a received dose.</p>")
    with pytest.raises(doors.CannotPublish):
        doors.publish_spelling(page, by="tests")


def test_row_published_in_an_emergency_is_reviewed_with_the_next_review_of_its_page():
    condition, therapy = published(make_condition()), published(make_therapy())
    make_indication(condition=condition, therapy=therapy)
    condition = edit(condition, causes="<p>Emergency.</p>")
    doors.publish(condition, by="tests", override_reason="urgent")
    condition = signed(condition)
    doors.publish(condition, by="tests", note="Reviewed now")
    assert Indication.objects.shown_on(again(condition))[0].is_reviewed


def test_row_removed_in_an_emergency_takes_the_claim_of_its_other_page(client):
    condition, therapy = make_condition(), make_therapy()
    row = make_caution(condition=condition, therapy=therapy, description="It can kill.")
    condition, therapy = published(condition), published(therapy)
    assert Caution.objects.shown_on(therapy)
    Caution.objects.get(pk=row.pk).remove()
    doors.publish(again(condition), by="tests", override_reason="urgent")
    assert Caution.objects.shown_on(again(therapy)) == []
    assert "Reviewed by" not in html_of(client, therapy)


def test_former_name_is_not_shown_under_a_claim_that_does_not_cover_it(client):
    page = published(make_condition())
    name = Name(page=page, text="Harmless wart", kind="former")
    changes.apply(Change(save=(name,)), by=make_user("editor"))
    html = html_of(client, page)
    assert not ("Harmless wart" in html and "Reviewed by" in html)


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_page_whose_newest_sign_off_was_redacted_can_be_reviewed(client, is_withdrawn):
    page = published(make_condition())
    if is_withdrawn:
        doors.withdraw(page, by="tests", reason="names a patient")
    else:
        page = edit(page, causes="<p>Emergency.</p>")
        doors.publish(page, by="tests", override_reason="names a patient")
        page = edit(page, causes="<p>Other.</p>")
    redact(page.sign_offs.last(), by="tests", order="Court, no. 7", reason="A name")
    to_medical_review(page)
    reviewer = make_reviewer()
    client.force_login(reviewer)
    address = reverse("admin:therapies_condition_review", args=[page.pk])
    assert client.get(address).status_code == 200
    assert client.get(address, {"against": "sign-off"}).status_code == 200
    sign(page, by=reviewer)
