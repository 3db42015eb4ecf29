"""What pages share: who may look it up, where it is used, and that what is used stays."""

import contextlib
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from publishing.models import Event, Image, Person, Reference, Tag
from tests.builders import (
    make_article,
    make_category,
    make_indication,
    make_person,
    make_reference,
    make_tag,
    make_user,
    published,
    schedule,
)
from tests.publishing.admin.forms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def admin_address(obj, name):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{name}", args=[obj.pk])


def citing(reference, **values):
    return make_article(body=f'<p>A claim.<sup data-ref="{reference.key}"></sup></p>', **values)


def uses(client, obj):
    return [(use.title, use.where) for use in client.get(admin_address(obj, "change")).context["uses"]]


def refused_deletion(client, obj):
    response = client.post(admin_address(obj, "delete"), {"post": "yes"}, follow=True)
    assert type(obj).objects.filter(pk=obj.pk).exists()
    return response.content.decode()


def test_reference_lists_drafts_editions_and_rows_that_cite_it(editor):
    reference = make_reference()
    published(citing(reference, title="Public one"))
    citing(reference, title="Draft one")
    row = make_indication(references=[reference])
    assert uses(editor, reference) == [
        ("Draft one", "draft"),
        ("Public one", "draft"),
        ("Public one", "public, edition 1"),
        (str(row), "indication, draft"),
    ]
    assert "used in 4 places" in refused_deletion(editor, reference)


def test_reference_that_only_a_row_cites_is_not_deleted_either(editor):
    row = make_indication(references=[make_reference()])
    refused_deletion(editor, row.references.get())
    assert row.references.count() == 1


def test_reference_in_an_earlier_edition_stays_on_record(editor):
    reference = make_reference()
    page = published(citing(reference))
    page.body = "<p>Nothing cited.</p>"
    page.save()
    published(page)
    assert "earlier editions" in refused_deletion(editor, reference)


def test_author_of_pages_cannot_be_deleted(editor):
    person = make_person()
    make_article(title="Written by them").authors.set([person])
    assert uses(editor, person) == [("Written by them", "draft")]
    refused_deletion(editor, person)


def test_tag_and_category_in_use_cannot_be_deleted(editor):
    tag, category = make_tag("asthma"), make_category()
    make_article(category=category).tags.add(tag)
    assert "used in 1 place" in refused_deletion(editor, tag)
    assert "Move them to another category first" in refused_deletion(editor, category)


def test_what_a_schedule_will_publish_cannot_be_deleted(editor):
    reference, category, person, tag = make_reference(), make_category(), make_person(), make_tag("soon")
    image = Image.objects.create(alternative_text="a", credit="c", width=1, height=1, widths=[480])
    figure = f'<figure data-image="{image.name}"><figcaption>x</figcaption></figure>'
    page = citing(reference, title="Soon public", category=category)
    page.body += figure
    page.save()
    page.authors.set([person])
    page.tags.add(tag)
    schedule(page, by="tests", at=timezone.now() + timedelta(hours=1))
    page.category, page.body = make_category(), "<p>Nothing.</p>"
    page.save()
    page.authors.set([make_person()])
    page.tags.clear()
    for obj in (reference, category, person, tag, image):
        [(title, where)] = uses(editor, obj)
        assert (title, where[:10]) == ("Soon public", "goes live ")
        assert "used in 1 place" in refused_deletion(editor, obj)
        other = type(obj).objects.exclude(pk=obj.pk).first()
        assert other is None or not any("live" in where for _title, where in uses(editor, other))


def test_reference_of_a_scheduled_row_cannot_be_deleted(editor):
    row, kept = make_indication(references=[make_reference()]), make_reference()
    schedule(row.therapy, by="tests", at=timezone.now() + timedelta(hours=1))
    reference = row.references.get()
    row.references.set([kept])
    assert [title for title, _where in uses(editor, reference)] == [row.therapy.title]
    refused_deletion(editor, reference)


def test_schedule_that_takes_a_row_away_names_no_reference(editor):
    row, reference = make_indication(), make_reference()
    therapy = published(row.therapy)
    row.refresh_from_db()
    row.remove()
    schedule(therapy, by="tests", at=timezone.now() + timedelta(hours=1))
    assert uses(editor, reference) == []


def test_page_that_a_schedule_will_relate_to_cannot_be_deleted(editor):
    related, page = make_article(), make_article()
    page.related.add(related)
    schedule(page, by="tests", at=timezone.now() + timedelta(hours=1))
    page.related.clear()
    assert "used in 1 place" in refused_deletion(editor, related)


def test_what_nothing_uses_is_deleted(editor):
    for obj in (make_reference(), make_person(), make_tag("unused"), make_category()):
        assert editor.post(admin_address(obj, "delete"), {"post": "yes"}).status_code == 302
        assert not type(obj).objects.filter(pk=obj.pk).exists()


@pytest.mark.parametrize("obj", ["reference", "person", "category"])
def test_key_of_what_is_stored_never_changes(editor, obj):
    made = {"reference": make_reference, "person": make_person, "category": make_category}[obj]()
    name = "key" if obj == "reference" else "slug"
    before = getattr(made, name)
    assert name not in editor.get(admin_address(made, "change")).context["adminform"].form.fields
    editor.post(
        admin_address(made, "change"), {name: "forged", "name": "x", "title": "x", "kind": "other", "state": "ok"}
    )
    made.refresh_from_db()
    assert getattr(made, name) == before


def test_authors_add_references_but_do_not_change_them(client):
    reference = make_reference(title="As it was")
    client.force_login(make_user("author"))
    assert client.get(reverse("admin:publishing_reference_add")).status_code == 200
    assert client.post(admin_address(reference, "change"), {"title": "Changed"}).status_code == 403
    assert Reference.objects.get().title == "As it was"


# Searches of the editor


def results(client, name, **parameters):
    return client.get(reverse(f"admin:{name}"), parameters).json()["results"]


@pytest.mark.parametrize("words", ["mast cells", "Okafor", "2019", "mast 2019"])
def test_reference_is_found_by_title_author_or_year(editor, words):
    make_reference(key="okafor-2019", title="Mast cells", authors="Okafor A", year=2019)
    make_reference(title="Something else", year=2001)
    assert [each["key"] for each in results(editor, "publishing_reference_search", q=words)] == ["okafor-2019"]


def test_references_are_found_by_their_keys(editor):
    for key in ("a", "b", "c"):
        make_reference(key=key)
    assert {each["key"] for each in results(editor, "publishing_reference_search", key=["a", "c", "none"])} == {
        "a",
        "c",
    }


@pytest.mark.parametrize("name", ["publishing_reference_search", "publishing_image_search"])
@pytest.mark.parametrize(("role", "status"), [("author", 200), ("reviewer", 200), ("moderator", 403), (None, 302)])
def test_searches_are_for_staff_who_may_see(client, name, role, status):
    if role:
        client.force_login(make_user(role))
    assert client.get(reverse(f"admin:{name}"), {"q": "x"}).status_code == status


@pytest.mark.parametrize("words", ["", "\x00", "%", "'; --", "a" * 5000])
def test_search_survives_any_words(editor, words):
    assert results(editor, "publishing_reference_search", q=words) == []
    assert results(editor, "publishing_image_search", q=words) == []


@pytest.mark.parametrize("key", ["", "\x00", "a\x00b", "9" * 5000, "\U0001f489"])
def test_search_survives_any_key(editor, key):
    make_reference()
    assert results(editor, "publishing_reference_search", key=key) == []
    assert editor.get(reverse("admin:publishing_image_search"), {"name": key}).json() == {"results": []}


# Images


def picture_file(name="cell.png"):
    file = io.BytesIO()
    Pillow.new("RGB", (600, 300), "red").save(file, "PNG")
    file.seek(0)
    file.name = name
    return file


def test_image_is_decoded_kept_and_found(editor):
    data = {"file": picture_file(), "alternative_text": "A mast cell", "credit": "CC0"}
    assert editor.post(reverse("admin:publishing_image_add"), data).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height) == (600, 300)
    [found] = results(editor, "publishing_image_search", q="mast")
    assert (found["name"], found["label"]) == (image.name, "A mast cell")
    with contextlib.closing(editor.get(found["preview"])) as preview:
        assert preview.status_code == 200


@pytest.mark.parametrize("missing", ["file", "alternative_text", "credit"])
def test_image_without_file_words_or_credit_is_refused(editor, missing):
    data = {"file": picture_file(), "alternative_text": "A mast cell", "credit": "CC0"}
    del data[missing]
    response = editor.post(reverse("admin:publishing_image_add"), data)
    assert missing in response.context["adminform"].form.errors
    assert not Image.objects.exists()


def test_file_that_is_no_picture_is_refused(editor):
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "x.png"
    data = {"file": file, "alternative_text": "A mast cell", "credit": "CC0"}
    response = editor.post(reverse("admin:publishing_image_add"), data)
    assert "file" in response.context["adminform"].form.errors


def test_picture_of_an_image_is_not_replaced(editor):
    editor.post(
        reverse("admin:publishing_image_add"), {"file": picture_file(), "alternative_text": "One", "credit": "CC0"}
    )
    image = Image.objects.get()
    change = {"file": picture_file(), "alternative_text": "Two", "credit": "CC0"}
    assert editor.post(admin_address(image, "change"), change).status_code == 302
    assert (Image.objects.get().alternative_text, Image.objects.get().name) == ("Two", image.name)


def test_image_in_use_cannot_be_deleted(editor):
    editor.post(
        reverse("admin:publishing_image_add"), {"file": picture_file(), "alternative_text": "One", "credit": "CC0"}
    )
    image = Image.objects.get()
    make_article(body=f'<figure data-image="{image.name}"><figcaption>x</figcaption></figure>')
    assert "used in 1 place" in refused_deletion(editor, image)


# Lists and records


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["person", "reference", "tag"])
def test_lists_cost_the_same_for_any_length(editor, django_assert_num_queries, name, count):
    make = {"person": make_person, "reference": make_reference, "tag": lambda: make_tag(f"tag {Tag.objects.count()}")}
    for _number in range(count):
        make[name]()
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(8):
        response = editor.get(reverse(f"admin:publishing_{name}_changelist"))
    assert response.context["cl"].result_count == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("edition", 8), ("event", 7)])
def test_records_are_only_read_and_listed_at_constant_cost(client, django_assert_num_queries, name, queries, count):
    pages = [published(make_article()) for _number in range(count)]
    client.force_login(make_user("administrator"))
    client.get(reverse("admin:index"))
    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:publishing_{name}_changelist"))
    record = pages[0].live if name == "edition" else Event.objects.first()
    assert client.get(admin_address(record, "change")).status_code == 200
    for action in ("change", "delete"):
        assert client.post(admin_address(record, action), {"post": "yes", "title": "x"}).status_code == 403
    assert client.get(reverse(f"admin:publishing_{name}_add")).status_code == 403


def test_page_lists_the_rows_and_pages_that_use_it(editor):
    row = make_indication()
    make_article(title="Related").related.add(row.condition)
    assert [where for _title, where in uses(editor, row.condition)] == ["draft", "indication, draft"]
    assert editor.get(address(row.condition)).status_code == 200
    assert Person.objects.count() == 3
