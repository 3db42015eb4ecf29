"""Tags on the staff side: choosing them, merging one into another, undoing that."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from publishing import tag_merges
from publishing.models import Event, Page, Tag
from tests.builders import make_article, make_tag, make_user, published, schedule
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def tags():
    return [make_tag(name) for name in ("alpha", "beta", "gamma")]


def url(tag, name="change"):
    return reverse(f"admin:publishing_tag_{name}", args=[tag.pk])


def tagged(*tags, title="Tagged"):
    page = make_article(title=title)
    page.tags.add(*tags)
    return page


def names(page) -> list[str]:
    return sorted(tag.name for tag in Page.objects.get(pk=page.pk).tags.all())


def again(tag):
    return Tag.objects.get(pk=tag.pk)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def merge(client, tag, into):
    """Look at the outcome, then agree to it."""
    form = client.post(url(tag, "merge"), {"into": into.pk}).context["form"]
    return client.post(url(tag, "merge"), {"into": into.pk, "seen": form.data["seen"]}, follow=True)


# Merging


def test_outcome_is_shown_before_anything_is_merged(editor, tags):
    alpha, beta, _gamma = tags
    published(tagged(alpha, title="One"))
    published(tagged(alpha, beta, title="Two"))
    tagged(alpha)
    response = editor.post(url(alpha, "merge"), {"into": beta.pk})
    text = " ".join(response.text.split())
    assert "3 drafts change. 1 of them has both tags now." in text
    assert "2 public pages change. 1 of them shows both tags now." in text
    assert again(alpha).leads_to is None
    assert not Event.objects.filter(action="merged").exists()


def test_merge_is_made_as_it_was_shown(editor, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha))
    response = merge(editor, alpha, beta)
    assert told(response) == ["“alpha” is merged into “beta”: 1 draft and 1 public page changed."]
    assert response.redirect_chain == [(url(alpha), 302)]
    assert names(page) == ["beta"]


def test_outcome_that_changed_meanwhile_is_shown_again(editor, tags):
    alpha, beta, gamma = tags
    seen = editor.post(url(alpha, "merge"), {"into": beta.pk}).context["form"].data["seen"]
    page = tagged(alpha)
    for into in (beta, gamma):
        response = editor.post(url(alpha, "merge"), {"into": into.pk, "seen": seen})
        assert (response.status_code, response.context["outcome"].drafts) == (200, {page.pk})
    assert again(alpha).leads_to is None


def test_form_offers_neither_the_tag_itself_nor_merged_ones(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(gamma, beta, by="tests")
    field = editor.get(url(alpha, "merge")).context["form"].fields["into"]
    assert list(field.queryset) == [beta]
    for other in (alpha, gamma):
        response = editor.post(url(alpha, "merge"), {"into": other.pk})
        assert "into" in response.context["form"].errors
    assert again(alpha).leads_to is None


def test_merged_tag_is_not_merged_again(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    response = editor.post(url(alpha, "merge"), {"into": gamma.pk}, follow=True)
    assert told(response) == ["“alpha” was merged into “beta”, and its address leads there. Undo that merge first."]
    assert again(alpha).leads_to == beta


def test_merge_refused_meanwhile_says_why(editor, tags, monkeypatch):
    alpha, beta, _gamma = tags

    def refuse(*args, **kwargs):
        raise tag_merges.CannotMerge("Somebody deleted the tag meanwhile.")

    monkeypatch.setattr(tag_merges, "merge", refuse)
    response = merge(editor, alpha, beta)
    assert response.context["refusal"] == "Somebody deleted the tag meanwhile."


def test_merge_is_undone_with_one_button(editor, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha))
    merge(editor, alpha, beta)
    shown = editor.get(url(alpha)).text
    assert f'action="{url(alpha, "unmerge")}"' in shown
    response = editor.post(url(alpha, "unmerge"), follow=True)
    assert told(response) == ["“alpha” is a tag of its own again: 1 draft and 1 public page changed."]
    assert names(page) == ["alpha"]
    assert url(alpha, "unmerge") not in response.text


def test_undoing_what_is_not_merged_says_so(editor, tags):
    response = editor.post(url(tags[0], "unmerge"), follow=True)
    assert "nothing to undo" in told(response)[0]


@pytest.mark.parametrize(("role", "may"), [("author", False), ("reviewer", False), ("editor", True)])
def test_ways_to_merge_are_shown_to_those_who_may(client, tags, role, may):
    alpha, beta, gamma = tags
    tag_merges.merge(gamma, beta, by="tests")
    client.force_login(make_user(role))
    there = [
        url(alpha, "merge") in client.get(reverse("admin:publishing_tag_changelist")).text,
        url(alpha, "merge") in client.get(url(alpha)).text,
        url(gamma, "unmerge") in client.get(url(gamma)).text,
    ]
    assert there == [may] * 3


def test_right_to_merge_is_enough_without_that_to_change(client, tags):
    alpha, beta, _gamma = tags
    user = make_user("reviewer")
    user.user_permissions.add(Permission.objects.get(codename="merge_tag"))
    client.force_login(user)
    merge(client, alpha, beta)
    assert again(alpha).leads_to == beta


def test_form_of_a_tag_says_what_was_merged_into_it(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    tag_merges.merge(beta, gamma, by="tests")
    assert list(editor.get(url(gamma)).context["merged"]) == [beta]
    shown = editor.get(url(alpha)).text
    assert "Merged into “beta”" in shown
    assert f'<a href="{url(gamma)}">gamma</a>' in shown


def test_list_says_where_tags_lead(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    tag_merges.merge(beta, gamma, by="tests")
    listed = editor.get(reverse("admin:publishing_tag_changelist")).context["cl"].result_list
    assert {str(tag): tag.leads_to and str(tag.leads_to) for tag in listed} == {
        "alpha": "gamma",
        "beta": "gamma",
        "gamma": None,
    }


# Where it is used, renaming, deleting


def uses(client, tag):
    return [(use.title, use.where[:6]) for use in client.get(url(tag)).context["uses"]]


def test_uses_of_a_tag_are_also_those_of_what_was_merged_into_it(editor, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha, title="Public"))
    tag_merges.merge(alpha, beta, by="tests")
    assert uses(editor, beta) == [("Public", "draft"), ("Public", "public")]
    schedule(page_changed(page), at=timezone.now() + timedelta(days=9))
    assert ("Public", "goes l") in uses(editor, beta)


def page_changed(page):
    page.summary = "Another summary."
    page.save()
    return page


def deletion(client, tag) -> str:
    response = client.post(url(tag, "delete"), {"post": "yes"}, follow=True)
    return " ".join(told(response))


def test_tag_others_were_merged_into_is_not_deleted(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    tag_merges.merge(gamma, beta, by="tests")
    assert deletion(editor, beta) == "Into “beta” were merged: “alpha”, “gamma”. Undo these merges first."
    assert "“alpha” was merged into “beta”" in deletion(editor, alpha)
    assert Tag.objects.count() == 3


def test_tag_that_nothing_uses_is_deleted_after_its_merge_was_undone(editor, tags):
    alpha, beta, _gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    tag_merges.undo(again(alpha), by="tests")
    for tag in (alpha, beta):
        assert "deleted successfully" in deletion(editor, tag)


def test_merged_tag_is_not_renamed(editor, tags):
    alpha, beta, _gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    editor.post(url(alpha), {"name": "Forged"})
    assert again(alpha).name == "alpha"


def test_tag_others_were_merged_into_is_renamed(editor, client, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha))
    tag_merges.merge(alpha, beta, by="tests")
    assert editor.post(url(beta), {"name": "Be\u0301ta \u00adcells"}).status_code == 302
    assert (again(beta).name, again(alpha).leads_to) == ("Béta cells", beta)
    assert ">Béta cells</a>" in client.get(page.get_absolute_url()).text


@pytest.mark.parametrize("name", ["ALPHA", "al\u00adpha", "\u200balpha\u00a0"])
def test_second_tag_of_a_name_is_refused_on_the_form(editor, tags, name):
    response = editor.post(reverse("admin:publishing_tag_add"), {"name": name})
    assert "“alpha”" in str(response.context["adminform"].form.errors["name"])


@pytest.mark.parametrize("name", ["\u00ad", "\u0958" * 60])
def test_name_that_cannot_be_is_refused_on_the_form(editor, name):
    response = editor.post(reverse("admin:publishing_tag_add"), {"name": name})
    assert "name" in response.context["adminform"].form.errors


def test_name_of_a_merged_tag_is_refused_with_the_other(editor, tags):
    alpha, beta, _gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    response = editor.post(reverse("admin:publishing_tag_add"), {"name": "Alpha"})
    assert "merged into “beta”: use that one" in str(response.context["adminform"].form.errors["name"])


# Choosing tags for a page


def offered(client, words):
    place = {"app_label": "publishing", "model_name": "taggedpage", "field_name": "tag"}
    found = client.get(reverse("admin:autocomplete"), place | {"term": words}).json()["results"]
    return [each["text"] for each in found]


@pytest.mark.parametrize(
    "words", ["Sjögren", "SJÖGREN", "sjo\u0308", "sjö\u00adgren disease", "disease sjögr", "\x00sjö"]
)
def test_tag_is_found_however_it_is_typed(editor, words):
    make_tag("Sjögren disease")
    make_tag("other")
    assert offered(editor, words) == ["Sjögren disease"]


def test_whoever_types_the_name_of_a_merged_tag_is_offered_the_other(editor, tags):
    alpha, beta, gamma = tags
    tag_merges.merge(alpha, beta, by="tests")
    assert offered(editor, "alph") == ["beta"]
    tag_merges.merge(beta, gamma, by="tests")
    assert [offered(editor, words) for words in ("alph", "bet", "a")] == [["gamma"]] * 3


@pytest.mark.parametrize("words", ["%", "_", "'; --", "a" * 5000, "\x00"])
def test_search_survives_any_words(editor, tags, words):
    assert editor.get(reverse("admin:publishing_tag_changelist"), {"q": words.replace("\x00", "")}).status_code == 200
    assert offered(editor, words) in ([], ["alpha", "beta", "gamma"])


def test_form_opened_before_a_merge_saves_the_other_tag(editor, tags):
    alpha, beta, gamma = tags
    page = tagged(alpha, beta)
    data = opened(editor, page)
    tag_merges.merge(alpha, beta, by="tests")
    assert editor.post(address(page), data | {"tags": [alpha.pk, beta.pk, gamma.pk]}).status_code == 302
    assert names(page) == ["beta", "gamma"]


def test_form_opened_before_a_merge_and_not_touched_changes_nothing(editor, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha))
    data = opened(editor, page)
    tag_merges.merge(alpha, beta, by="tests")
    assert editor.post(address(page), data).status_code == 302
    after = Page.objects.get(pk=page.pk)
    assert (after.state, after.version) == ("published", page.version)
    tag_merges.undo(again(alpha), by="tests")
    assert names(page) == ["alpha"]


def test_form_opened_before_a_merge_was_undone_is_refused_once(editor, tags):
    alpha, beta, _gamma = tags
    page = tagged(alpha)
    tag_merges.merge(alpha, beta, by="tests")
    data = opened(editor, page)
    tag_merges.undo(again(alpha), by="tests")
    response = editor.post(address(page), data)
    assert [(line.stored, line.typed) for line in response.context["comparison"]] == [("alpha", "beta")]
    assert names(page) == ["alpha"]


@pytest.mark.parametrize("sent", ["", "0", "-1"])
def test_tag_that_there_is_none_of_is_refused(editor, tags, sent):
    page = make_article()
    response = editor.post(address(page), opened(editor, page) | {"tags": [sent]})
    assert "tags" in response.context["adminform"].form.errors


def test_saving_a_page_keeps_what_its_tags_stand_for(editor, tags):
    alpha, beta, _gamma = tags
    page = tagged(alpha)
    tag_merges.merge(alpha, beta, by="tests")
    editor.post(address(page), opened(editor, page) | {"title": "Changed"})
    tag_merges.undo(again(alpha), by="tests")
    assert (names(page), Page.objects.get(pk=page.pk).title) == (["alpha"], "Changed")


def test_form_of_a_public_page_names_no_difference_after_a_merge(editor, tags):
    alpha, beta, _gamma = tags
    page = published(tagged(alpha))
    tag_merges.merge(alpha, beta, by="tests")
    assert editor.get(address(page)).context["differences"] == []
    page.tags.set([])
    [difference] = editor.get(address(page)).context["differences"]
    assert difference.key == "tags"
