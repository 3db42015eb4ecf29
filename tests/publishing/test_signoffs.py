"""Sign-offs: four eyes, exactly this content, and what the database refuses whoever writes to it."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import doors, workflow
from publishing.content import content_digest, draft_content
from publishing.contributions import touch_drafts
from publishing.events import Event
from publishing.models import Edition, Page, SignOff
from publishing.workflow import MoveRefused
from tests.builders import (
    make_caution,
    make_indication,
    make_name,
    make_person,
    make_reference,
    make_reviewer,
    make_therapy,
    make_user,
    published,
    signed,
)
from tests.publishing.admin.test_review_views import ready
from therapies.models import IndicationEdition

pytestmark = pytest.mark.django_db


def again(page):
    return type(page).objects.get(pk=page.pk)


def waiting(**values) -> Page:
    """A page in medical review, through the rules."""
    page = ready(**values)
    workflow.submit(page, by=make_user("author"))
    workflow.send_on(page, by=make_user("editor"))
    return again(page)


def sign(page, by, **values) -> SignOff:
    content = draft_content(page)
    confirmed = [each.id for each in workflow.checks.human_questions(page, content)]
    return workflow.sign_off(page, by=by, **{"seen": content_digest(content), "confirmed": confirmed} | values)


def refusal(page, by, **values) -> list[str]:
    """Why it is refused. Nothing may have happened."""
    before = Event.objects.count(), again(page).state
    with pytest.raises(MoveRefused) as refused:
        sign(page, by, **values)
    assert (Event.objects.count(), again(page).state) == before
    assert not SignOff.objects.filter(page=page.pk, signed_by_id=by.pk).exists()
    return [str(problem.message) for problem in refused.value.problems]


def covering(page) -> SignOff | None:
    page = again(page)
    return SignOff.objects.covering(page, content_digest(draft_content(page)))


# What a sign-off holds


def test_sign_off_keeps_name_credentials_and_interests_as_they_were():
    page, reviewer = waiting(), make_reviewer(name="Dr Rosa", credentials="MD", interests="Shares in none")
    made = sign(page, reviewer, note="Well written.")
    reviewer.person.credentials = "Professor"
    reviewer.person.save()
    made = SignOff.objects.get(pk=made.pk)
    assert (made.reviewer_name, made.reviewer_credentials, made.reviewer_interests) == (
        "Dr Rosa",
        "MD",
        "Shares in none",
    )
    assert (made.signed_by_id, made.content, made.note) == (reviewer.pk, draft_content(again(page)), "Well written.")
    assert made.content_digest == content_digest(made.content)
    assert covering(page) == made
    assert Event.objects.latest("pk").details["sign_off"] == made.digest


# What refuses it, one by one


def test_nothing_refuses_a_reviewer_who_is_named_and_changed_nothing():
    assert sign(waiting(), make_reviewer()).pk


@pytest.mark.parametrize("is_superuser", [False, True])
def test_contributor_is_refused_superusers_too(is_superuser):
    reviewer = make_reviewer()
    User.objects.filter(pk=reviewer.pk).update(is_superuser=is_superuser)
    page = ready()
    touch_drafts([page.pk], by=reviewer)
    workflow.submit(page, by=make_user("author"))
    workflow.send_on(page, by=make_user("editor"))
    (message,) = refusal(again(page), User.objects.get(pk=reviewer.pk))
    assert "You have changed this draft" in message


def test_deleted_contributor_does_not_come_back_as_a_stranger():
    page, reviewer = waiting(), make_reviewer()
    page.contributions.create(user_id=reviewer.pk, user_name="Somebody", version=1)
    (message,) = refusal(page, reviewer)
    assert "You have changed this draft" in message


def test_contribution_to_what_is_public_now_does_not_count():
    reviewer = make_reviewer()
    page = ready()
    touch_drafts([page.pk], by=reviewer)
    page = published(again(page))
    page.title = "Changed by another"
    page.save()
    touch_drafts([page.pk], by=make_user("author"))
    workflow.submit(page, by=make_user("author"))
    workflow.send_on(page, by=make_user("editor"))
    assert sign(again(page), reviewer).pk


def test_contribution_while_a_plan_waits_still_counts_after_it_went_live(time_machine_at):
    page, reviewer = signed(ready()), make_reviewer()
    at = timezone.now() + timedelta(hours=1)
    doors.schedule(page, by="tests", at=at)
    page = again(page)
    page.title = "Changed after it was scheduled"
    page.save()
    touch_drafts([page.pk], by=reviewer)
    time_machine_at(at)
    assert doors.run_due() == 1
    assert page.contributions.filter(user_id=reviewer.pk).exists()


def test_other_content_than_was_read_is_refused():
    page = waiting()
    (message,) = refusal(page, make_reviewer(), seen="0" * 64)
    assert "was changed since you opened this page" in message


def test_each_question_that_is_not_confirmed_is_named():
    page = waiting()
    questions = [str(each.question) for each in workflow.checks.human_questions(page, draft_content(page))]
    assert len(questions) > 1
    assert refusal(page, make_reviewer(), confirmed=()) == questions


def test_open_comment_is_refused_until_it_is_resolved():
    page, reviewer = waiting(), make_reviewer()
    comment = workflow.comment(page, by=reviewer, part="title", part_label="Title", text="Why?")
    assert refusal(page, reviewer) == ["The comment on “Title” is not resolved yet."]
    workflow.resolve(comment, by=make_user("author"), resolution="Because.")
    assert sign(page, reviewer).pk


def test_account_without_a_person_is_refused():
    (message,) = refusal(waiting(), make_user("reviewer"))
    assert "Your account belongs to no person" in message


@pytest.mark.parametrize("missing", ["credentials", "interests"])
def test_person_without_credentials_or_interests_is_refused(missing):
    (message,) = refusal(waiting(), make_reviewer(**{missing: " "}))
    assert "needs credentials and declared interests" in message


def test_stand_in_is_refused_on_a_real_page_and_allowed_on_a_demonstration():
    reviewer = make_reviewer(is_demonstration=True)
    (message,) = refusal(waiting(), reviewer)
    assert "stands in for a clinician on demonstration content only" in message
    assert sign(waiting(is_demonstration=True), reviewer).is_demonstration


def test_review_that_another_has_taken_is_refused():
    page, other = waiting(), make_reviewer()
    workflow.claim(page, by=other)
    (message,) = refusal(page, make_reviewer())
    assert "has taken this review" in message
    assert sign(page, other).pk


def test_part_without_a_review_of_the_whole_page_is_refused():
    (message,) = refusal(waiting(), make_reviewer(), scope="part")
    assert "never reviewed" in message


def test_blocking_check_is_refused():
    page = waiting()
    type(page).objects.filter(pk=page.pk).update(summary="")
    assert refusal(again(page), make_reviewer()) == ["Write the summary: it leads the page."]


def test_all_refusals_come_at_once():
    page = waiting()
    assert len(refusal(page, make_user("reviewer"), seen="x", confirmed=(), scope="part")) >= 5


@pytest.mark.parametrize("role", ["author", "editor", "moderator", "administrator"])
def test_other_roles_may_not(role):
    page = waiting()
    with pytest.raises(PermissionDenied):
        sign(page, make_user(role))
    assert again(page).state == "medical"


# Exactly this content


def full_page() -> Page:
    """With something in every part that a review covers."""
    reference = make_reference()
    therapy = make_therapy(how_it_works=f'<p>It binds.<sup data-ref="{reference.key}"></sup></p>', routes="injection")
    make_indication(therapy=therapy, references=[reference])
    make_caution(therapy=therapy)
    make_name(therapy, "gamma drip")
    therapy.save()
    return published(therapy)


def columns(of, *names):
    return [(of, name) for name in names]


# Every column that readers see through the page, and where it lies.
REVIEWED = [
    *columns("page", "title", "summary", "plain_name", "routes", "therapy_class", "how_it_works", "harms"),
    *columns("page", "benefits", "monitoring", "daily_life", "when_to_get_help", "is_short", "is_demonstration"),
    *columns("author", "name", "credentials", "role", "interests", "is_role"),
    *columns("indication", "description", "qualifier", "role", "is_checked", "position_on_therapy"),
    *columns("caution", "description", "kind", "is_checked"),
    *columns("reference", "title", "authors", "publisher", "year", "doi", "url", "state", "is_checked"),
    *columns("name", "text", "exact_case"),
]
CHOICES = {"indication.role": "adjunct", "caution.kind": "not-effective", "reference.state": "retracted"}


def holder(page, of: str):
    return {
        "page": page,
        "author": page.authors.get(),
        "indication": page.indications.get(),
        "caution": page.cautions.get(),
        "reference": page.citations.get(),
        "name": page.names.get(text__startswith="gamma"),
    }[of]


def other_value(of: str, name: str, value, words: str):
    if f"{of}.{name}" in CHOICES:
        return CHOICES[f"{of}.{name}"]
    if isinstance(value, bool):
        return not value
    if name in ("year", "position_on_therapy"):
        return (value or 0) + 1
    return f"<p>{words}</p>" if str(value).startswith("<") else f"{value}{words}"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    which=st.sampled_from(REVIEWED), words=st.text("abcdefg ", min_size=3, max_size=20).map(lambda text: f"x{text}y")
)
def test_one_changed_field_ends_the_sign_off_and_putting_it_back_restores_it(db, which, words):
    of, name = which
    with transaction.atomic():
        page = full_page()
        assert covering(page) is not None
        model, pk = type(holder(page, of)), holder(page, of).pk
        before = getattr(holder(page, of), name)
        model.objects.filter(pk=pk).update(**{name: other_value(of, name, before, words)})
        assert covering(page) is None, which
        with pytest.raises(doors.CannotPublish):
            doors.publish(again(page), by="tests", note="Without a review")
        model.objects.filter(pk=pk).update(**{name: before})
        assert covering(page) is not None, which
        transaction.set_rollback(True)


@pytest.mark.parametrize("change", ["author", "row", "reference of a row", "name", "section"])
def test_what_is_added_or_taken_away_ends_it_too(change):
    page = full_page()
    if change == "author":
        page.authors.add(make_person())
    elif change == "row":
        page.cautions.get().remove()
    elif change == "reference of a row":
        page.indications.get().references.clear()
    elif change == "name":
        make_name(page, "another name")
    else:
        type(page).objects.filter(pk=page.pk).update(benefits="")
    assert covering(page) is None


def test_only_the_newest_sign_off_counts():
    page = signed(ready(title="First"))
    page.title = "Second"
    page.save()
    page = signed(page)
    page.title = "First"
    page.save()
    assert covering(page) is None


def test_sign_off_from_before_a_withdrawal_does_not_count():
    page = published(ready())
    assert covering(page) is not None
    doors.withdraw(page, by="tests", reason="Outdated.")
    assert covering(page) is None


def test_sign_off_that_was_taken_back_does_not_count_even_when_nothing_changes():
    page = waiting()
    sign(page, make_reviewer())
    assert covering(page) is not None
    workflow.send_back(again(page), by=make_user("editor"), reason="The dose is wrong.")
    assert covering(page) is None
    doors.settle(page, by="tests")
    assert again(page).state == "draft"
    with pytest.raises(doors.CannotPublish, match="No medical reviewer has signed off exactly this draft"):
        doors.publish(again(page), by="tests")


# What the database refuses


def insert(table: str, values: dict) -> None:
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values()))  # noqa: S608


def stored(model, pk: int) -> dict:
    """The columns of a record as the database has them, for a forged copy."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} WHERE id = %s", [pk])  # noqa: S608
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def forged(model, pk: int, **values) -> dict:
    return stored(model, pk) | {"id": pk + 1000, "digest": "f" * 64} | values


def raw(values: dict) -> dict:
    """JSON columns come back as text or as values; they go in as text."""
    return {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in values.items()}


@pytest.mark.parametrize(
    "values",
    [
        {"sign_off_id": None},
        {"content_digest": "0" * 64},
        {"content_digest": "", "sign_off_id": None},
    ],
)
def test_unsigned_edition_is_refused(values):
    edition = published(ready()).live
    row = raw(forged(Edition, edition.pk, number=2, change="minor", **values))
    with pytest.raises(IntegrityError, match="health information becomes public with a sign-off"):
        insert("publishing_edition", row)


def test_edition_with_the_sign_off_of_another_page_is_refused():
    edition, other = published(ready()).live, published(ready()).live
    row = raw(forged(Edition, edition.pk, number=2, change="minor", sign_off_id=other.sign_off_id))
    with pytest.raises(IntegrityError, match="health information becomes public with a sign-off"):
        insert("publishing_edition", row)


def test_spelling_corrections_need_the_sign_off_of_the_edition_before():
    page = published(ready())
    page.title = "Signed, and not published"
    page.save()
    newer = signed(page).sign_offs.latest("pk")
    row = raw(forged(Edition, page.live_id, number=2, change="minor", spelling_changes=2, sign_off_id=newer.pk))
    with pytest.raises(IntegrityError, match="health information becomes public with a sign-off"):
        insert("publishing_edition", row | {"content_digest": "1" * 64})


def test_signed_edition_that_is_inserted_the_same_way_passes():
    """Otherwise the refusals above could be those of something else."""
    edition = published(ready()).live
    insert("publishing_edition", raw(forged(Edition, edition.pk, number=2, change="minor")))
    assert Edition.objects.filter(page=edition.page_id).count() == 2


def test_major_change_without_a_note_is_refused():
    edition = published(ready()).live
    with pytest.raises(IntegrityError, match="has a note"):
        insert("publishing_edition", raw(forged(Edition, edition.pk, number=2, change="major", note="")))


def test_row_edition_without_a_signed_edition_is_refused():
    row = make_indication()
    published(row.therapy)
    first = IndicationEdition.objects.get()
    with pytest.raises(IntegrityError, match="a row becomes public with an edition that is signed off"):
        insert(
            "therapies_indicationedition",
            raw(forged(IndicationEdition, first.pk, number=2, published_with_id=None)),
        )


@pytest.mark.parametrize("is_superuser", [False, True])
def test_sign_off_of_a_contributor_is_refused(is_superuser):
    page, reviewer = signed(ready()), make_reviewer()
    User.objects.filter(pk=reviewer.pk).update(is_superuser=is_superuser)
    last = page.sign_offs.get()
    touch_drafts([page.pk], by=reviewer)
    row = raw(forged(SignOff, last.pk, signed_by_id=reviewer.pk))
    with pytest.raises(IntegrityError, match="whoever changed a draft does not sign it off"):
        insert("publishing_signoff", row)
    insert("publishing_signoff", row | {"signed_by_id": make_reviewer().pk})


def test_sign_off_of_a_stand_in_is_refused_on_a_real_page():
    last = signed(ready()).sign_offs.get()
    with pytest.raises(IntegrityError, match="signs off demonstration content only"):
        insert("publishing_signoff", raw(forged(SignOff, last.pk, is_demonstration=True)))
