"""Fields and keys that a form does not offer change nothing, and what joins two objects needs the right to both.

Each form is sent twice, as a browser would send it and with everything else that its tables hold added, each time to
the same database. What the two leave behind must not differ.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from publishing import doors, notices
from publishing.models import FlaggedWork, Page, ReferenceTask, ReviewComment, ReviewRequest
from tests.builders import (
    make_article,
    make_category,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_person,
    make_reference,
    make_reviewer,
    make_tag,
    make_therapy,
    make_user,
    move,
    published,
    signed,
)
from tests.publishing.admin.forms import address, posted
from therapies.models import Indication

pytestmark = pytest.mark.django_db
# The session is that of whoever asks.
APART = {"sessions.session"}
# Drawn by lot: the salt of a password, the mark of a vocabulary.
UNCOUNTED = {"password", "token"}
# Names that no table has, or not this one, and that some code somewhere might read.
COMMON = {
    "pk": "1",
    "id": "1",
    "user": "1",
    "by": "1",
    "is_staff": "on",
    "is_superuser": "on",
    "groups": "5",
    "user_permissions": "1",
    "state": "published",
    "status": "published",
    "approved": "on",
    "published_by": "Forged",
    "published_at": "2001-01-01",
    "published_on": "2001-01-01",
    "reviewed_by": "Forged",
    "reviewed_at": "2001-01-01",
    "reviewed_on": "2001-01-01",
    "sign_off": "1",
    "sign_off_id": "1",
    "author": "1",
    "page": "1",
    "page_id": "1",
    "page_ptr": "1",
    "page_ptr_id": "1",
    "live_id": "1",
    "kind": "article",
    "digest": "0" * 64,
    "content_digest": "0" * 64,
    "override_reason": "Forged",
    "written_by": "Forged",
    "signed_by": "Forged",
    "action": "delete_selected",
    "_selected_action": "1",
}


@dataclass
class Form:
    """One form: where it is, what a person changes in it, and who may send it."""

    path: str
    typed: dict
    roles: str
    # The tables whose every column is forged; a form's own fields are left as they were sent.
    tables: list = field(default_factory=list)
    # Whether the form is shown by GET, with all that it sends.
    is_shown: bool = True


def everything() -> dict:
    """Every row of every table."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in APART:
            continue
        names = [each.attname for each in model._meta.concrete_fields if each.attname not in UNCOUNTED]
        for values in model._base_manager.values_list("pk", *names):
            rows[model._meta.label_lower, values[0]] = dict(zip(names, values[1:], strict=True))
    return rows


def effect(client, form: Form, data: dict) -> dict:
    """The rows that sending this adds, changes or takes away, as they are then; the database stays as it was."""
    if connection.vendor == "postgresql":
        # A sequence does not go back with the transaction.
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    before = everything()
    with transaction.atomic():
        client.post(form.path, data)
        after = everything()
        transaction.set_rollback(True)
    return {key: after.get(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def plausible(column: models.Field) -> str:
    match column:
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return "2001-01-01 10:00"
        case models.DateField():
            return "2001-01-01"
        case models.ForeignKey() | models.IntegerField() | models.AutoField() | models.ManyToManyField():
            return "1"
        case _ if column.choices:
            return str(column.flatchoices[-1][0])
        case _:
            return "forged"


def offered(response) -> set[str]:
    context = response.context
    if "adminform" not in context:
        return {bound.html_name for bound in context["form"]}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {bound.html_name for form in forms for bound in form}


def forged(form: Form, known: set[str]) -> dict:
    """All that the tables behind a form hold and that the form does not offer."""
    found = dict(COMMON)
    for table in form.tables:
        columns = [*table._meta.concrete_fields, *table._meta.many_to_many]
        values = {each.name: plausible(each) for each in columns}
        values |= {each.attname: plausible(each) for each in table._meta.concrete_fields}
        prefixes = ["", *{name.rpartition("-")[0] + "-" for name in known if name.count("-") == 2}]
        found |= {prefix + name: value for prefix in prefixes for name, value in values.items()}
    return {name: value for name, value in found.items() if name not in known}


def opened(client, form: Form):
    """What the form sends when nothing is forged, and the names it has."""
    if not form.is_shown:
        return dict(form.typed), set(form.typed)
    response = client.get(form.path)
    if response.status_code != 200:
        return dict(form.typed), set(form.typed)
    if "adminform" in response.context:
        # Who only looks is shown no fields.
        shown = response.context["adminform"].form.fields
        return (posted(response) if shown else {}) | form.typed, offered(response) | set(form.typed)
    return posted_plain(response) | form.typed, offered(response) | set(form.typed)


def posted_plain(response) -> dict:
    values = {bound.html_name: bound.value() for bound in response.context["form"]}
    return {name: value for name, value in values.items() if value not in (None, False)}


# The forms


def page_forms():
    row = make_indication(references=[make_reference()])
    make_caution(condition=row.condition, therapy=row.therapy)
    make_name(row.therapy, "another word")
    rows = [apps.get_model("therapies", name) for name in ("Indication", "Caution", "Code")]
    names = [apps.get_model("crosslinks", "Name")]
    for page in (row.condition, row.therapy, make_article()):
        tables = [type(page), *([] if page.kind == "article" else rows + names)]
        yield f"{page.kind} change", Form(address(page), {"title": "Typed"}, "aex", tables)
    article = make_article()
    new = {"version": "1", "title": "New", "slug": "new", "language": "en", "review_interval": "12"}
    add = reverse("admin:articles_article_add")
    yield "article add", Form(add, new | {"category": article.category_id}, "aex", [type(article)])
    for kind, group in (("condition", "allergy"), ("therapy", "biologic")):
        model = apps.get_model("therapies", kind)
        yield f"{kind} add", Form(reverse(f"admin:therapies_{kind}_add"), new | {"group": group}, "aex", [model])


def table_forms():
    def url(label, name, *arguments):
        return reverse(f"admin:{label.replace('.', '_')}_{name}", args=arguments)

    page = published(make_condition())
    reference, other = make_reference(key="kept"), make_reference()
    task = ReferenceTask.objects.create(page=page, reference=reference, problem="link")
    flagged = FlaggedWork.objects.create(
        doi="10.1000/1", state="retracted", source="A list", noted_on=timezone.localdate()
    )
    name = make_name(make_therapy(), "another word")
    new_flag = {"doi": "10.1000/2", "state": "retracted", "source": "A list", "noted_on": "2026-01-02"}
    account = User.objects.create_user("somebody")
    until = timezone.now() + timedelta(9)
    notice = notices.issue(page, by=make_reviewer(), text="Wait.", reach="page", expires_at=until)
    password = {"username": "new", "password1": "a password for tests", "password2": "a password for tests"}
    for label, changed, added in (
        ("publishing.person", (make_person().pk, {"name": "Typed"}, "ex"), ({"name": "New", "slug": "new"}, "ex")),
        ("publishing.reference", (other.pk, {"title": "Typed"}, "ex"), ({"key": "new", "title": "New"}, "aex")),
        ("publishing.tag", (make_tag("kept").pk, {"name": "Typed"}, "ex"), ({"name": "New"}, "aex")),
        ("articles.category", (make_category().pk, {"name": "Typed"}, "ex"), ({"name": "New", "slug": "new"}, "ex")),
        ("crosslinks.name", (name.pk, {"text": "typed word"}, "ex"), None),
        ("publishing.referencetask", (task.pk, {"remark": "Typed"}, "aex"), None),
        ("publishing.flaggedwork", (flagged.pk, {"source": "Typed"}, "ex"), (new_flag, "ex")),
        (
            "auth.user",
            (account.pk, {"username": "typed", "date_joined_0": "2026-01-02", "date_joined_1": "10:00"}, "x"),
            (password, "x"),
        ),
        ("auth.group", (Group.objects.get(name="Author").pk, {"name": "Typed"}, "x"), ({"name": "New"}, "x")),
    ):
        model = apps.get_model(label)
        number, typed, roles = changed
        yield f"{label} change", Form(url(label, "change", number), typed, roles, [model])
        if added:
            yield f"{label} add", Form(url(label, "add"), added[0], added[1], [model])
    block = {"text": "blocked word", "reason": "other", "remark": "No."}
    yield (
        "crosslinks.block add",
        Form(url("crosslinks.block", "add"), block, "ex", [apps.get_model("crosslinks.Block")]),
    )
    text = {
        "page": page.pk,
        "reach": "page",
        "text": "New.",
        "expires_at": f"{until:%Y-%m-%dT%H:%M}",
        "seen": f"{page.pk} page",
    }
    table = [apps.get_model("publishing.Notice")]
    # An editor and an administrator without a record of their own cannot sign a notice.
    yield "notice add", Form(url("publishing.notice", "add"), text, "r", table)
    end = {"reason": "Over."}
    yield "notice end", Form(url("publishing.notice", "end", notice.pk), end, "erx", table)


def move_forms():
    def waiting(stage: str) -> Page:
        page = make_condition()
        move(page, *("editorial", "medical")[: 1 + (stage == "medical")])
        ReviewRequest.objects.create(page=page, stage=stage, requested_by="tests", due_on=timezone.localdate())
        return page

    medical, ready = waiting("medical"), signed(make_condition())
    public = published(make_condition())
    comment = ReviewComment.objects.create(
        page_id=medical.pk, part="summary", part_label="Summary", text="Why?", written_by_id=0, written_by="tests"
    )
    tables = [Page, *(apps.get_model(f"publishing.{name}") for name in ("Edition", "Schedule", "SignOff", "Event"))]
    asked = [*tables, ReviewRequest, ReviewComment]
    version = {"version": ready.version}
    later = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    note = {"change": "major", "note": "What changed"}
    yield "publish", Form(address(ready, "publish"), version | note, "ex", tables)
    yield "schedule", Form(address(ready, "schedule"), version | note | {"at": later}, "ex", tables)
    withdrawal = {"version": public.version, "reason": "Outdated.", "gone": "on"}
    yield "withdraw", Form(address(public, "withdraw"), withdrawal, "ex", tables)
    back = {"version": medical.version, "reason": "Not yet."}
    yield "send back", Form(address(medical, "send_back"), back, "aerx", asked)
    said = {"part": "summary", "text": "Why?"}
    yield "comment", Form(address(medical, "comment"), said, "r", asked, is_shown=False)
    answer = reverse("admin:therapies_condition_resolve", args=[medical.pk, comment.pk])
    yield "resolve", Form(answer, {"resolution": "Done."}, "aerx", asked, is_shown=False)
    yield "claim", Form(address(medical, "claim"), {}, "r", asked, is_shown=False)
    yield "preview link", Form(address(public, "preview_link"), {"recipient": "Dr Outside"}, "aerx", tables)
    signature = {"scope": "whole", "seen": "0" * 64}
    refused = Form(address(medical, "sign_off"), signature, "", asked, is_shown=False)
    yield "sign off of what was not seen", refused


@pytest.mark.parametrize("make", [page_forms, table_forms, move_forms])
def test_what_a_form_does_not_offer_changes_nothing(client, time_machine_at, make):
    time_machine_at(timezone.now().replace(microsecond=0))
    users = {"a": make_user("author"), "e": make_user("editor"), "r": make_reviewer()}
    users |= {"m": make_user("moderator"), "x": make_user("administrator")}
    wrong, tried = [], 0
    for name, form in make():
        for letter, user in users.items():
            client.force_login(user)
            data, known = opened(client, form)
            honest = effect(client, form, data)
            added = forged(form, known)
            assert len(added) > 15
            tried += len(added)
            if bool(honest) != (letter in form.roles):
                wrong.append(f"{name} as {letter}: sending it changes {sorted(honest)}")
            found = effect(client, form, added | data)
            different = {key for key in honest.keys() | found.keys() if honest.get(key) != found.get(key)}
            if different:
                wrong.append(f"{name} as {letter}: {[(key, honest.get(key), found.get(key)) for key in different]}")
    assert not wrong, "\n".join(wrong)
    assert tried > 500


# Rows of other pages


def test_row_of_another_page_is_not_changed_by_its_number(client):
    mine, other = make_indication(), make_indication(description="Of another page.")
    client.force_login(make_user("editor"))
    data = posted(client.get(address(mine.therapy))) | {
        "indications-0-id": other.pk,
        "indications-0-description": "Forged.",
    }
    before = Indication.objects.filter(pk=other.pk).values().get()
    client.post(address(mine.therapy), data)
    assert Indication.objects.filter(pk=other.pk).values().get() == before


def test_row_of_another_page_is_not_taken_over_or_deleted(client):
    mine, other = make_indication(), make_indication()
    client.force_login(make_user("editor"))
    data = posted(client.get(address(mine.therapy)))
    for extra in ({"indications-0-therapy": other.therapy_id}, {"indications-0-DELETE": "on"}):
        client.post(address(mine.therapy), data | {"indications-0-id": other.pk} | extra)
        stored = Indication.objects.get(pk=other.pk)
        assert (stored.therapy_id, stored.is_removed) == (other.therapy_id, False)


def test_comment_of_another_page_is_not_resolved_from_here(client):
    here, there = make_condition(), make_condition()
    comment = ReviewComment.objects.create(
        page_id=there.pk, part="summary", part_label="Summary", text="Why?", written_by_id=0, written_by="tests"
    )
    client.force_login(make_user("editor"))
    path = reverse("admin:therapies_condition_resolve", args=[here.pk, comment.pk])
    assert client.post(path, {"resolution": "Forged."}).status_code == 404
    comment.refresh_from_db()
    assert comment.is_open


# Two objects


def user_with(*rights: str) -> User:
    user = make_user("moderator")
    found = Permission.objects.filter(codename__in=[right.partition(".")[2] for right in rights])
    user.user_permissions.add(*[each for each in found if f"{each.content_type.app_label}.{each.codename}" in rights])
    return user


BOTH = [(True, True), (True, False), (False, True), (False, False)]
ROW_RIGHTS = tuple(f"therapies.{right}_indication" for right in ("view", "add", "change", "delete"))


@pytest.mark.parametrize(("here", "there"), BOTH)
def test_row_is_changed_by_who_may_change_both_its_pages(client, here, there):
    row = make_indication()
    rights = [*ROW_RIGHTS, *["therapies.change_therapy"] * here, *["therapies.change_condition"] * there]
    client.force_login(make_user("editor"))
    data = posted(client.get(address(row.therapy))) | {"indications-0-description": "Changed."}
    client.force_login(user_with(*rights))
    client.post(address(row.therapy), data)
    row.refresh_from_db()
    assert (row.description == "Changed.") == (here and there)


@pytest.mark.parametrize(("here", "there"), BOTH)
def test_row_is_added_by_who_may_change_both_its_pages(client, here, there):
    therapy, condition = make_therapy(), make_condition()
    rights = [*ROW_RIGHTS, *["therapies.change_therapy"] * here, *["therapies.change_condition"] * there]
    client.force_login(make_user("editor"))
    data = posted(client.get(address(therapy)))
    new = {"condition": condition.pk, "role": "adjunct", "description": "New."}
    client.force_login(user_with(*rights))
    client.post(address(therapy), data | {f"indications-0-{name}": value for name, value in new.items()})
    assert Indication.objects.filter(description="New.").exists() == (here and there)


@pytest.mark.parametrize(("is_mine", "is_public"), BOTH)
def test_withdrawn_page_leads_to_a_public_page_only(client, is_mine, is_public):
    page, other = published(make_article()), make_article()
    other = published(other) if is_public else other
    client.force_login(make_user("editor" if is_mine else "author"))
    data = {"version": page.version, "reason": "Outdated.", "replacement": other.pk}
    client.post(address(page, "withdraw"), data)
    assert (Page.objects.get(pk=page.pk).live is None) == (is_mine and is_public)


def test_editions_of_another_page_are_not_compared_from_here(client):
    here, there = published(make_article()), published(make_article(title="Another page"))
    there.summary = "Changed."
    there.save()
    move(there, "editorial", "approved")
    doors.publish(there, by="tests", note="More.") if not there.needs_sign_off else published(there)
    client.force_login(make_user("editor"))
    assert client.get(address(there, "compare"), {"from": "1", "to": "2"}).status_code == 200
    assert client.get(address(here, "compare"), {"from": "1", "to": "2"}).status_code == 404
