"""The form of a draft: what saving does, and what it refuses."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from publishing.models import Event, Page
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_reference,
    make_tag,
    make_therapy,
    make_user,
    published,
)
from tests.publishing.admin.forms import address, opened, posted
from therapies.models import Indication

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def again(obj):
    return type(obj).objects.get(pk=obj.pk)


def test_saving_counts_one_version_and_keeps_what_is_public(editor):
    page = published(make_article(title="Mast cells"))
    data = opened(editor, page) | {"title": "Mast cells explained", "tags": [make_tag("allergy").pk]}
    response = editor.post(address(page), data)
    assert response.url == address(page)
    saved = again(page)
    assert (saved.title, saved.state, saved.version) == ("Mast cells explained", "draft", page.version + 1)
    assert [tag.name for tag in saved.tags.all()] == ["allergy"]
    assert saved.live.title == "Mast cells"


def test_saving_without_a_change_leaves_the_page_published(editor):
    page = published(make_therapy())
    make_indication(therapy=page, references=[make_reference()])
    page = published(page)
    editor.post(address(page), opened(editor, page))
    assert (again(page).state, again(page).version) == ("published", page.version)


def test_new_page_is_a_draft_owned_by_its_maker(client):
    user, category = make_user("author"), make_article().category
    client.force_login(user)
    add = reverse("admin:articles_article_add")
    form = client.get(add).context["adminform"].form
    data = {"version": "1", "title": "New", "slug": "new", "category": category.pk, "owner": form.initial["owner"]}
    response = client.post(add, data | {"review_interval": 12, "language": "en"})
    page = Page.objects.get(slug="new")
    assert response.url == page.get_admin_url()
    assert (page.state, page.live, page.owner, page.kind) == ("draft", None, user, "article")


@pytest.mark.parametrize(
    "forged", [{"state": "published"}, {"live": "1"}, {"address": "elsewhere"}, {"kind": "therapy"}]
)
def test_forged_fields_change_nothing(editor, forged):
    page = make_article()
    editor.post(address(page), opened(editor, page) | forged | {"title": "Saved"})
    saved = again(page)
    assert (saved.title, saved.state, saved.live, saved.address, saved.kind) == (
        "Saved",
        "draft",
        None,
        None,
        "article",
    )


@pytest.mark.parametrize("version", ["", "99", "-1", "x", "0"])
def test_form_with_another_version_is_refused(editor, version):
    page = make_article(title="Before")
    response = editor.post(address(page), opened(editor, page) | {"version": version, "title": "After"})
    assert response.status_code == 200
    assert (again(page).title, again(page).version) == ("Before", page.version)


def test_stale_form_shows_both_texts_and_a_second_save_passes(editor):
    page = make_article(title="First", body="<p>old text</p>")
    mine = opened(editor, page) | {"title": "Mine", "body": "<p>my text</p>"}
    other = again(page)
    other.title, other.summary, other.body = "Theirs", "Their summary.", "<p>their text</p>"
    other.save()

    refused = editor.post(address(page), mine)
    lines = {line.label.lower(): (line.stored, line.typed) for line in refused.context["comparison"]}
    assert lines["title"] == ("Theirs", "Mine")
    assert lines["text"] == ("their text", "my text")
    assert lines["summary"] == ("Their summary.", mine["summary"])
    assert again(page).title == "Theirs"
    shown = refused.content.decode()
    assert 'value="Mine"' in shown
    assert "my text" in shown

    second = mine | {"version": refused.context["adminform"].form["version"].value()}
    assert editor.post(address(page), second).status_code == 302
    assert again(page).title == "Mine"


def test_a_page_published_meanwhile_stays_public_when_an_older_form_is_saved(editor):
    page = make_article()
    data = opened(editor, page)
    published(page)
    editor.post(address(page), data | {"title": "Later"})
    assert again(page).live is not None


def test_stale_form_compares_rows_and_keeps_a_row_that_was_removed_meanwhile(editor):
    therapy = make_therapy()
    first, second = make_indication(therapy=therapy, description="One."), make_indication(therapy=therapy)
    mine = opened(editor, therapy) | {"indications-1-description": "My words."}
    first.description = "Changed by others."
    first.save()
    second.remove()
    therapy.touch()

    refused = editor.post(address(therapy), mine)
    texts = [(line.stored, line.typed) for line in refused.context["comparison"]]
    assert ("Changed by others.", "One.") in texts
    assert any("My words." in typed for _stored, typed in texts)
    assert editor.post(address(therapy), posted(refused)).status_code == 302
    assert sorted(therapy.indications.values_list("description", flat=True)) == ["My words.", "One."]


def test_address_of_another_page_of_the_kind_is_refused_in_the_form(editor):
    make_article(slug="taken")
    page = make_article()
    response = editor.post(address(page), opened(editor, page) | {"slug": "taken"})
    assert "slug" in response.context["adminform"].form.errors


def test_dangerous_html_never_reaches_the_draft(editor):
    page = make_article()
    editor.post(address(page), opened(editor, page) | {"body": "<p>x<script>alert(1)</script></p>"})
    assert again(page).body == "<p>x</p>"


# Rows


def test_changed_row_counts_on_both_pages_once(editor):
    row = make_indication(references=[make_reference()])
    therapy, condition = published(row.therapy), published(row.condition)
    editor.post(address(therapy), opened(editor, therapy) | {"indications-0-description": "It helps much."})
    assert (again(therapy).version, again(condition).version) == (therapy.version + 1, condition.version + 1)
    assert (again(therapy).state, again(condition).state) == ("draft", "draft")
    assert Indication.objects.get().live.snapshot["description"] == "It helps."


def test_deleting_a_public_row_takes_it_out_of_the_draft_only(editor):
    row = make_indication()
    therapy = published(row.therapy)
    response = editor.post(address(therapy), opened(editor, therapy) | {"indications-0-DELETE": "on"})
    assert response.status_code == 302
    row = Indication.objects.get()
    assert (row.is_removed, row.live is None) == (True, False)
    assert [form.instance.pk for form in formset(editor, therapy).initial_forms] == []


def test_a_row_that_was_removed_can_be_added_again(editor):
    row = make_indication()
    therapy = published(row.therapy)
    row.refresh_from_db()
    row.remove()
    data = opened(editor, therapy)
    new = {"condition": row.condition_id, "role": "adjunct", "description": "Back.", "status": ""}
    editor.post(address(therapy), data | {f"indications-0-{name}": value for name, value in new.items()})
    back = Indication.objects.get()
    assert (back.pk, back.is_removed, back.description, back.live is None) == (row.pk, False, "Back.", False)


def test_deleting_a_row_that_was_never_public_deletes_it(editor):
    row = make_indication()
    editor.post(address(row.therapy), opened(editor, row.therapy) | {"indications-0-DELETE": "on"})
    assert not Indication.objects.exists()


def test_new_row_goes_last_on_both_pages(editor):
    therapy, condition = make_therapy(), make_condition()
    make_indication(therapy=therapy, position_on_therapy=4)
    make_indication(condition=condition, position_on_condition=7)
    data = opened(editor, therapy)
    new = {"condition": condition.pk, "role": "adjunct", "description": "New."}
    editor.post(address(therapy), data | {f"indications-1-{name}": value for name, value in new.items()})
    row = Indication.objects.get(description="New.")
    assert (row.position_on_therapy, row.position_on_condition) == (5, 8)


def test_rows_are_ordered_by_the_places_on_this_page(editor):
    therapy = make_therapy()
    first = make_indication(therapy=therapy, position_on_therapy=2, position_on_condition=1)
    second = make_indication(therapy=therapy, position_on_therapy=1, position_on_condition=2)
    assert [form.instance.pk for form in formset(editor, therapy).initial_forms] == [second.pk, first.pk]


def test_row_cannot_be_moved_to_another_partner(editor):
    row = make_caution()
    data = opened(editor, row.therapy) | {"cautions-0-condition": make_condition().pk}
    assert editor.post(address(row.therapy), data).status_code == 200
    row.refresh_from_db()
    assert row.condition_id == int(opened(editor, row.therapy)["cautions-0-condition"])


def test_approved_indication_without_authority_is_explained(editor):
    row = make_indication()
    data = opened(editor, row.therapy) | {"indications-0-authority": ""}
    assert "Say who approved it" in editor.post(address(row.therapy), data).content.decode()


@pytest.mark.parametrize(
    ("make", "changed", "which"),
    [
        (make_indication, {"qualifier": "in children"}, "Only for: in children"),
        (make_caution, {"kind": "not-effective"}, "Kind: Does not work"),
    ],
)
def test_row_does_not_become_one_that_was_removed_and_says_which(editor, make, changed, which):
    removed = make(**changed)
    therapy = published(removed.therapy)
    again(removed).remove()
    row = make(therapy=therapy, condition=removed.condition)
    prefix = f"{row._meta.model_name}s-0-"
    data = opened(editor, therapy) | {prefix + name: value for name, value in changed.items()}
    response = editor.post(address(therapy), data)
    shown = response.context["errors"]
    assert len(shown) == 1
    assert f"“{removed}” ({which})" in shown[0][0]
    assert "add it as a new row instead" in shown[0][0]
    assert (again(row).qualifier, again(removed).is_removed) == (row.qualifier, True)


def formset(client, page):
    return client.get(address(page)).context["inline_admin_formsets"][0].formset


# Deleting


def test_pages_chosen_from_cannot_be_deleted_there(editor):
    page = make_article()
    make_article().related.add(page)
    assert editor.post(f"/admin/publishing/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Page.objects.filter(pk=page.pk).exists()


def test_page_that_was_public_cannot_be_deleted(editor):
    page = published(make_article())
    response = editor.post(address(page, "delete"), {"post": "yes"}, follow=True)
    assert Page.objects.filter(pk=page.pk).exists()
    assert "Withdraw it instead" in response.content.decode()


def test_page_in_use_cannot_be_deleted(editor):
    page = make_article()
    make_article().related.add(page)
    response = editor.post(address(page, "delete"), {"post": "yes"}, follow=True)
    assert Page.objects.filter(pk=page.pk).exists()
    assert "used in 1 place" in response.content.decode()


def test_draft_that_was_never_public_is_deleted_by_an_editor_not_by_an_author(client):
    page = make_article()
    page.tags.add(make_tag("asthma"))
    client.force_login(make_user("author"))
    assert client.post(address(page, "delete"), {"post": "yes"}).status_code == 403
    client.force_login(make_user("editor"))
    assert client.post(address(page, "delete"), {"post": "yes"}).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert Event.objects.get(action="deleted").subject_name == page.title


# Lists


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("make", "queries"), [(make_article, 9), (make_condition, 8), (make_therapy, 8)])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, make, queries, count):
    pages = [make(owner=make_user("author")) for _ in range(count)]
    published(pages[0])
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(queries):
        response = editor.get(reverse(f"admin:{pages[0]._meta.app_label}_{pages[0].kind}_changelist"))
    assert response.context["cl"].result_count == count


def test_index_shows_work_to_those_who_may_see_pages(client, django_assert_num_queries):
    user = make_user("moderator")
    draft, public = make_article(title="Only a draft", owner=user), published(make_article(title="Public now"))
    client.force_login(user)
    response = client.get(reverse("admin:index"))
    assert [page.pk for page in response.context["drafts"]] == [draft.pk]
    assert [edition.page_id for edition in response.context["published"]] == [public.pk]


# Requests


@pytest.fixture
def owner(emptied_database, client):
    # The roles are gone when the database was emptied before.
    client.force_login(User.objects.create_superuser("owner", password="a password for tests"))
    return client


def test_page_is_saved_and_deleted_when_every_request_commits(owner):
    page = make_article(title="Before")
    assert owner.post(address(page), opened(owner, page) | {"title": "After"}).status_code == 302
    assert again(page).title == "After"
    assert owner.post(address(page, "delete")).status_code == 200
    assert owner.post(address(page, "delete"), {"post": "yes"}).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()


def test_history_of_a_page_is_only_read(owner):
    page = make_article()
    assert owner.get(address(page, "history")).status_code == 200
    assert owner.post(address(page, "history")).status_code == 405


@pytest.mark.parametrize("number", ["9" * 23, "9" * 5000, "abc", "%00"])
@pytest.mark.parametrize("model", ["articles/article", "publishing/page", "publishing/edition", "publishing/reference"])
def test_form_of_what_is_not_there_leads_back(editor, model, number):
    response = editor.get(f"/admin/{model}/{number}/change/")
    assert response.status_code == 302
    assert "change" not in response.url


@pytest.mark.parametrize("number", [7, "9" * 23])
@pytest.mark.parametrize("name", ["preview", "publish", "schedule", "withdraw", "unschedule"])
def test_door_of_a_page_that_is_not_there_answers_404(editor, name, number):
    assert editor.post(f"/admin/articles/article/{number}/{name}/").status_code == 404
