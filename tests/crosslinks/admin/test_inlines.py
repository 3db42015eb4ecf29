"""The names of a page on its own form: previewed like those of the vocabulary, saved with the draft or not at all."""

import pytest

from crosslinks import changes
from crosslinks.admin import forms
from crosslinks.changes import Change
from crosslinks.models import Name, VocabularyState
from crosslinks.showing import links_of
from publishing.models import Event
from tests.builders import make_article, make_condition, make_name, make_therapy, make_user, published
from tests.publishing.admin.forms import address, opened, posted
from therapies.models import Condition, Therapy

pytestmark = pytest.mark.django_db

NEW = {"kind": "plain", "language": "en", "linking": "automatic"}


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def therapy():
    return published(make_therapy(title="Immunoglobulin infusion"))


@pytest.fixture
def page():
    return published(make_article(title="Infusions", body="<p>A gamma drip helps.</p>"))


def row(number, text, **values):
    return {f"names-{number}-{name}": value for name, value in (NEW | {"text": text} | values).items()}


def new_row(data, text, **values):
    number = int(data["names-TOTAL_FORMS"]) - 1
    return data | row(number, text, **values)


def names_of(response):
    [formset] = [each.formset for each in response.context["inline_admin_formsets"] if each.formset.prefix == "names"]
    return formset


def other_names(page):
    return [name.text for name in Name.objects.filter(page=page.pk).exclude(kind="preferred")]


def again(obj):
    return type(obj).objects.get(pk=obj.pk)


def links(page):
    return [link.target.title for link in links_of(again(page).live)]


def added(page, text):
    name = Name(page=page, text=text, kind="plain")
    changes.apply(Change(save=(name,)), by="tests")
    return name


def test_form_lists_all_names_but_the_preferred_one(editor, therapy):
    make_name(therapy, "IVIG", kind="abbreviation", exact_case=True)
    response = editor.get(address(therapy))
    assert [form.instance.text for form in names_of(response).initial_forms] == ["IVIG"]
    assert names_of(response).preferred.text == "Immunoglobulin infusion"
    assert "that name follows the title" in response.content.decode()


def test_nothing_is_saved_before_the_outcome_was_looked_at_then_all_of_it(editor, therapy, page):
    data = new_row(opened(editor, therapy), "gamma drip") | {"summary": "Typed as well."}
    shown = editor.post(address(therapy), data)
    html = shown.content.decode()
    assert shown.status_code == 200
    assert html.count('value="Save draft and change 1 page"') == 2
    assert 'value="Save draft"' not in html
    assert f'href="{address(therapy)}">Leave everything as it is</a>' in html
    assert "Nothing is saved yet. On 1 public page links change." in html
    assert 'value="gamma drip"' in html
    assert "Typed as well." in html
    assert (other_names(therapy), again(therapy).summary) == ([], therapy.summary)

    assert editor.post(address(therapy), posted(shown)).status_code == 302
    assert (other_names(therapy), again(therapy).summary) == (["gamma drip"], "Typed as well.")
    assert links(page) == ["Immunoglobulin infusion"]


def test_names_act_at_once_and_count_as_a_change_that_a_review_covers(editor, therapy):
    data = new_row(opened(editor, therapy), "gamma drip")
    assert editor.post(address(therapy), data).status_code == 302
    assert other_names(therapy) == ["gamma drip"]
    assert (again(therapy).version, again(therapy).state) == (therapy.version + 1, "draft")
    assert Event.objects.latest("pk").details["name"]["is"]["text"] == "gamma drip"


def test_names_of_a_page_that_never_was_public_are_saved_at_once(editor, page):
    draft = make_therapy()
    assert editor.post(address(draft), new_row(opened(editor, draft), "gamma drip")).status_code == 302
    assert other_names(draft) == ["gamma drip"]
    assert links(page) == []


def test_new_page_that_takes_a_name_from_a_public_one_can_be_left(editor, therapy, page):
    added(therapy, "gamma drip")
    add = "/admin/therapies/condition/add/"
    data = posted(editor.get(add)) | {"title": "Drip", "slug": "drip", "group": "autoimmune"}
    shown = editor.post(add, new_row(data, "gamma drip") | {"names-0-meaning": "this"})
    html = shown.content.decode()
    assert "It means Drip only" in editor.post(add, new_row(data, "gamma drip")).content.decode()
    assert 'href="/admin/therapies/condition/">Leave everything as it is</a>' in html
    assert editor.post(add, posted(shown)).status_code == 302
    assert links(page) == []


def test_new_page_is_saved_with_its_names(editor):
    add = "/admin/therapies/condition/add/"
    data = posted(editor.get(add)) | {"title": "Lupus", "slug": "lupus", "group": "autoimmune"}
    assert editor.post(add, new_row(data, "SLE", kind="abbreviation")).status_code == 302
    assert other_names(Condition.objects.get(slug="lupus")) == ["SLE"]


def test_changed_and_deleted_names_are_previewed_together(editor, therapy, page):
    first, second = added(therapy, "gamma drip"), added(therapy, "other")
    data = opened(editor, therapy)
    numbers = {data[f"names-{number}-id"]: number for number in range(2)}
    data |= {f"names-{numbers[first.pk]}-DELETE": "on", f"names-{numbers[second.pk]}-text": "helps"}
    shown = editor.post(address(therapy), data)
    assert "1 link moves" in shown.content.decode()
    assert sorted(other_names(therapy)) == ["gamma drip", "other"]
    deleted = f"names-{numbers[first.pk]}-DELETE"
    assert editor.post(address(therapy), posted(shown) | {deleted: "on"}).status_code == 302
    assert other_names(therapy) == ["helps"]


def test_name_given_up_by_one_row_can_be_taken_by_another(editor, therapy):
    make_name(therapy, "gamma drip")
    data = opened(editor, therapy) | {"names-0-DELETE": "on"}
    assert editor.post(address(therapy), new_row(data, "Gamma drips", kind="former")).status_code == 302
    assert other_names(therapy) == ["Gamma drips"]


def test_outcome_that_changed_meanwhile_is_shown_again_and_nothing_is_saved(editor, therapy, page):
    data = new_row(opened(editor, therapy), "gamma drip") | {"summary": "Typed as well."}
    seen = posted(editor.post(address(therapy), data))
    published(make_article(title="Another", body="<p>The gamma drip.</p>"))
    shown = editor.post(address(therapy), seen)
    assert "Pages or names changed since you looked" in shown.content.decode()
    assert [each.title for each in names_of(shown).preview.pages] == ["Another", "Infusions"]
    assert (other_names(therapy), again(therapy).summary) == ([], therapy.summary)
    assert editor.post(address(therapy), posted(shown)).status_code == 302
    assert (other_names(therapy), again(therapy).summary) == (["gamma drip"], "Typed as well.")


def test_incomplete_index_is_a_clear_error(editor, therapy):
    VocabularyState.objects.filter(pk=1).update(is_index_complete=False)
    data = new_row(opened(editor, therapy), "gamma drip")
    for seen in ("", "0" * 64):
        response = editor.post(address(therapy), data | {"names-outcome": seen, "summary": "Typed"})
        assert "manage.py rederive" in str(names_of(response).non_form_errors())
    assert (other_names(therapy), again(therapy).summary) == ([], therapy.summary)


def test_page_that_is_stale_is_refused_with_its_names(editor, therapy, page):
    data = new_row(opened(editor, therapy), "gamma drip") | {"title": "Mine"}
    other = again(therapy)
    other.title = "Theirs"
    other.save()
    refused = editor.post(address(therapy), data)
    lines = {line.label.lower(): (line.stored, line.typed) for line in refused.context["comparison"]}
    assert lines["title"] == ("Theirs", "Mine")
    assert "Name: gamma drip" in lines["new name"][1]
    assert (again(therapy).title, other_names(therapy)) == ("Theirs", [])
    assert editor.post(address(therapy), posted(refused)).status_code == 302
    assert (again(therapy).title, other_names(therapy)) == ("Mine", ["gamma drip"])


def test_names_that_somebody_changed_meanwhile_are_compared_not_overwritten(editor, therapy):
    name = make_name(therapy, "gamma drip")
    data = opened(editor, therapy) | {"names-0-text": "mine"}
    name.text = "theirs"
    name.save()
    refused = editor.post(address(therapy), data)
    assert ("theirs", "mine") in [(line.stored, line.typed) for line in refused.context["comparison"]]
    assert other_names(therapy) == ["theirs"]
    assert editor.post(address(therapy), posted(refused)).status_code == 302
    assert other_names(therapy) == ["mine"]


def test_name_deleted_meanwhile_keeps_what_was_typed(editor, therapy):
    name = make_name(therapy, "gamma drip")
    data = opened(editor, therapy) | {"names-0-text": "mine"}
    name.delete()
    refused = editor.post(address(therapy), data)
    assert names_of(refused).is_stale
    assert editor.post(address(therapy), posted(refused)).status_code == 302
    assert other_names(therapy) == ["mine"]


def test_names_that_only_somebody_else_changed_are_not_set_back(editor, therapy):
    name = make_name(therapy, "gamma drip")
    data = opened(editor, therapy)
    Name.objects.filter(pk=name.pk).update(linking="never")
    refused = editor.post(address(therapy), data | {"summary": "Typed."})
    assert ("no", "yes") in [(line.stored, line.typed) for line in refused.context["comparison"]]
    assert Name.objects.get(pk=name.pk).linking == "never"


@pytest.mark.parametrize("meaning", ["both", "this", "other"])
def test_name_of_another_page_is_refused_until_its_meaning_is_chosen(editor, therapy, meaning):
    theirs = make_name(make_condition(title="Gamma disease"), "gamma")
    refused = editor.post(address(therapy), new_row(opened(editor, therapy), "gamma"))
    html = refused.content.decode()
    assert "“gamma” is already a name of “Gamma disease”" in html
    assert html.count('type="radio"') == 3
    assert other_names(therapy) == []
    assert editor.post(address(therapy), posted(refused) | {"names-0-meaning": meaning}).status_code == 302
    mine = Name.objects.get(page=therapy, text="gamma")
    theirs.refresh_from_db()
    expected = {"both": ("evidence", "evidence"), "this": ("automatic", "never"), "other": ("never", "automatic")}
    assert (mine.linking, theirs.linking) == expected[meaning]


def test_name_taken_between_check_and_save_is_the_same_error(editor, therapy, monkeypatch):
    make_name(make_condition(title="Gamma disease"), "gamma")
    rivals_of = forms.rivals_of

    def not_there_yet(name):
        monkeypatch.setattr(forms, "rivals_of", rivals_of)
        return []

    monkeypatch.setattr(forms, "rivals_of", not_there_yet)
    data = new_row(opened(editor, therapy), "gamma") | {"summary": "Typed."}
    response = editor.post(address(therapy), data)
    assert "is already a name of “Gamma disease”" in response.content.decode()
    assert (other_names(therapy), again(therapy).summary) == ([], therapy.summary)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": "..."}, "Punctuation alone"),
        ({"text": "x" * 201}, "at most 200 characters"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "a\x07b"}, "nobody can see"),
        ({"text": "Immunoglobulin infusions"}, "what the page is called"),
        ({"text": "Known Name"}, "already has the name “known name”"),
        ({"text": "x"}, "One character"),
        ({"text": "x<1"}, "no “&lt;” or “&gt;”"),
        ({"text": "known name", "exact_case": "on"}, "already has the name “known name”"),
        ({"text": "of"}, "ordinary word"),
        ({"text": "x1", "kind": "class"}, "whole class"),
        ({"text": "x1", "kind": "preferred"}, "Select a valid choice"),
        ({"text": "x1", "kind": ""}, "required"),
    ],
)
def test_row_that_is_no_name_is_explained(editor, therapy, values, message):
    make_name(therapy, "known name")
    response = editor.post(address(therapy), new_row(opened(editor, therapy), **values))
    assert message in response.content.decode()
    assert other_names(therapy) == ["known name"]


def test_same_name_twice_in_one_form_is_refused(editor, therapy):
    data = opened(editor, therapy) | row(0, "TNF alpha") | row(1, "TNF-α") | {"names-TOTAL_FORMS": 2}
    response = editor.post(address(therapy), data)
    assert "stands here twice" in response.content.decode()
    assert other_names(therapy) == []


def test_same_text_twice_in_one_form_is_refused_whatever_its_case_rule(editor, therapy):
    rows = row(0, "IVIG") | row(1, "IVIG", exact_case="on") | {"names-TOTAL_FORMS": 2}
    response = editor.post(address(therapy), opened(editor, therapy) | rows)
    assert "stands here twice" in response.content.decode()
    assert other_names(therapy) == []


def test_preferred_name_cannot_be_changed_through_the_form(editor, therapy):
    preferred = Name.objects.get(page=therapy)
    make_name(therapy, "gamma drip")
    data = opened(editor, therapy) | {"names-0-id": preferred.pk, "names-0-text": "other"}
    editor.post(address(therapy), data)
    assert Name.objects.get(pk=preferred.pk).text == "Immunoglobulin infusion"


def test_name_of_another_page_cannot_be_changed_through_the_form(editor, therapy):
    make_name(therapy, "gamma drip")
    foreign = make_name(make_therapy(), "foreign")
    data = opened(editor, therapy) | {"names-0-id": foreign.pk, "names-0-text": "mine", "names-0-DELETE": "on"}
    editor.post(address(therapy), data)
    foreign.refresh_from_db()
    assert foreign.text == "foreign"


def test_author_edits_the_draft_and_only_reads_the_names(client, therapy):
    make_name(therapy, "gamma drip")
    client.force_login(make_user("author"))
    response = client.get(address(therapy))
    assert "gamma drip" in response.content.decode()
    assert 'name="names-0-text"' not in response.content.decode()
    forged = row(0, "forged") | row(1, "added") | {"names-0-DELETE": "on", "names-TOTAL_FORMS": 2}
    assert client.post(address(therapy), opened(client, therapy) | forged | {"summary": "Mine."}).status_code == 302
    assert (other_names(therapy), again(therapy).summary) == (["gamma drip"], "Mine.")


@pytest.mark.parametrize("count", [1, 3])
def test_form_costs_the_same_for_any_number_of_names(editor, django_assert_num_queries, count):
    therapy = make_therapy()
    for number in range(count):
        make_name(therapy, f"name number {number}")
    editor.get(address(therapy))
    with django_assert_num_queries(73):
        response = editor.get(address(therapy))
    assert len(names_of(response).initial_forms) == count


def test_article_has_no_names(editor):
    response = editor.get(address(make_article()))
    assert [each.formset.prefix for each in response.context["inline_admin_formsets"]] == []
    assert Therapy.is_named


@pytest.mark.parametrize(
    "forged", [{"names-INITIAL_FORMS": "9" * 20}, {"names-version": "\x00"}, {"names-TOTAL_FORMS": "9" * 20}]
)
def test_forged_hidden_fields_are_answered(editor, therapy, forged):
    make_name(therapy, "IVIG")
    data = opened(editor, therapy) | forged
    assert editor.post(address(therapy), data).status_code in {200, 302}
    assert other_names(therapy) == ["IVIG"]
