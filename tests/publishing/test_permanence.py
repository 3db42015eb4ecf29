"""What was public is never deleted or altered: each way there is, tried."""

from functools import partial

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import PROTECT, ProtectedError
from django.urls import reverse

from articles.models import Category
from publishing import workflow
from publishing.models import Contribution, Edition, Event, Image, Page, Person, Reference, ReviewComment, SignOff, Tag
from publishing.records import Record, RecordIsImmutable, WrittenOnce
from publishing.verification import verify
from tests.builders import make_article, make_reviewer, make_user, move, published
from tests.publishing.recorded import portal
from therapies.models import Caution, Indication

pytestmark = pytest.mark.django_db

PROTECTED = sorted(
    (model for model in apps.get_models() if issubclass(model, WrittenOnce)), key=lambda each: each.__name__
)
IDS = [model.__name__ for model in PROTECTED]
# What editions name or hang on.
NAMED = [Page, Person, Tag, Reference, Image, Category, Indication, Caution]
NAMING = {Category: "articles__isnull"}


@pytest.fixture
def recorded():
    portal()
    return everything()


def everything() -> dict:
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in PROTECTED}


def attempt(action) -> None:
    """It is refused at once, or at the end of the transaction."""
    with pytest.raises((RecordIsImmutable, ProtectedError, IntegrityError)):
        committed(action)


@transaction.atomic
def committed(action) -> None:
    action()
    connection.check_constraints()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", PROTECTED, ids=IDS)
def test_nothing_takes_records_along_when_it_is_deleted(model):
    for field in model._meta.concrete_fields:
        if field.remote_field:
            assert field.remote_field.on_delete is PROTECT, field


def test_no_way_changes_or_deletes_a_record(recorded):
    for model in PROTECTED:
        for way in ways_to_change(model):
            attempt(way)
    assert everything() == recorded


def ways_to_change(model):
    row, column, table = model.objects.order_by("pk").last(), model._meta.concrete_fields[-1], model._meta.db_table
    return [
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(**{column.name: None}),
        lambda: model.objects.bulk_update([row], [column.name]),
        lambda: model._base_manager.filter(pk=row.pk).delete(),
        lambda: model._base_manager.filter(pk=row.pk)._raw_delete("default"),
        lambda: model._base_manager.update(**{column.attname: getattr(row, column.attname)}),
        lambda: sql(f"UPDATE {table} SET {column.column} = {column.column}, id = id + 1"),  # noqa: S608
        lambda: sql(f"DELETE FROM {table}"),  # noqa: S608
    ]


def test_what_records_name_cannot_be_deleted_under_them(recorded):
    for model in NAMED:
        named = model.objects.filter(**{NAMING.get(model, "editions__isnull"): False}).distinct()
        assert named, model
        for each in named:
            attempt(each.delete)
            attempt(model.objects.filter(pk=each.pk).delete)
            attempt(partial(sql, f"DELETE FROM {model._meta.db_table} WHERE id = {each.pk}"))  # noqa: S608
    assert everything() == recorded


def test_no_delete_button_of_the_admin_takes_a_record(recorded, client):
    owner = User.objects.create_superuser("owner", password="a password for tests")
    for model in (Page, Person, Tag, Reference, Image, Category, Edition, Event, SignOff, Group, User):
        client.force_login(owner)
        for each in model.objects.exclude(pk=owner.pk if model is User else 0):
            name = each.concrete._meta.label_lower if model is Page else each._meta.label_lower
            client.post(reverse(f"admin:{name.replace('.', '_')}_delete", args=[each.pk]), {"post": "yes"})
    now = everything()
    for kind, rows in recorded.items():
        # The deletions themselves are entered behind what was there.
        assert now[kind][: len(rows)] == rows
    assert verify().faults == []


def test_flush_is_refused(recorded):
    with pytest.raises(CommandError), transaction.atomic():
        call_command("flush", interactive=False, verbosity=0)
    assert everything() == recorded


def test_deriving_anew_changes_no_record(recorded):
    call_command("rederive", afresh=True, verbosity=0)
    assert everything() == recorded


def test_deleting_accounts_keeps_their_names():
    author, editor, reviewer = make_user("author"), make_user("editor"), make_reviewer()
    page = published(make_article(is_medical=False))
    page.title = "Another"
    page.save()
    page.authors.update(interests="None")
    workflow.submit(page, by=author, message="Please")
    move(page, "medical")
    made = ReviewComment.objects.create(
        page=page,
        part="title",
        part_label="Title",
        text="Why?",
        written_by_id=reviewer.pk,
        written_by=reviewer.get_full_name(),
        content_digest="d",
    )
    workflow.resolve(made, by=editor, resolution="Because.")
    Contribution.objects.create(page=page, user_id=author.pk, user_name=author.get_full_name(), version=1)
    before = everything()
    User.objects.all().delete()
    assert everything() == before
    assert Event.objects.get(action="submitted").user_name == "Author"
    assert Event.objects.get(action="resolved").user_name == "Editor"
    made.refresh_from_db()
    assert (made.written_by, made.resolved_by) == ("Reviewer", "Editor")
    assert Contribution.objects.get(page=page).user_name == "Author"
    assert verify().faults == []


def test_sign_off_keeps_who_signed_when_the_account_is_gone(recorded):
    signed = SignOff.objects.first()
    User.objects.all().delete()
    kept = SignOff.objects.get(pk=signed.pk)
    assert (kept.signed_by, kept.signed_by_id) == (signed.signed_by, signed.signed_by_id)
    assert kept.reviewer_name == kept.reviewer.name == "Rosa Signer"


def test_every_record_has_a_chain():
    assert {model for model in PROTECTED if issubclass(model, Record)} >= {Edition, Event, SignOff}
