"""The links of a page: on its form, and where editors reject them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from crosslinks.admin.pages import LONGEST_LIST
from crosslinks.models import Block, Name, VocabularyState
from crosslinks.showing import links_of
from publishing import doors
from publishing.models import Event, Page
from tests.builders import make_article, make_condition, make_name, make_therapy, make_user, published
from tests.publishing.admin.forms import address, opened

pytestmark = pytest.mark.django_db
ROLES = ("author", "editor", "reviewer", "moderator", "administrator")
REJECTING = {"editor", "administrator"}


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def lion():
    """A public therapy with two names."""
    therapy = make_therapy(title="Lion drug", slug="lion")
    make_name(therapy, "mane medicine")
    return published(therapy)


@pytest.fixture
def page(lion):
    return published(
        make_article(body="<p>Some take lion drug &amp; rest. The mane medicine helps. Lion drugs too.</p>")
    )


def links(page):
    """What readers get."""
    edition = Page.objects.get(pk=page.pk).live
    return [edition.html[link.place.start : link.place.end] for link in links_of(edition)]


def rejection(client, page, number=0, **values):
    """What the form beside a link sends."""
    _line, form = client.get(address(page, "links")).context["forms"][number]
    return {name: form[name].value() for name in ("name", "start")} | {"reason": "wrong-sense", "remark": ""} | values


def reject(client, page, number=0, **values):
    return client.post(address(page, "links"), rejection(client, page, number, **values), follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


# On the form


@pytest.mark.parametrize("make", [make_article, make_condition, make_therapy])
def test_form_shows_the_links_of_the_draft_not_of_the_public_page(editor, lion, make):
    page = published(make())
    field = page.sections[0].field
    setattr(page, field, "<p>New: lion drug.</p><h2>Lion drug</h2>")
    page.save()
    response = editor.get(address(page))
    assert [line.target.title for line in response.context["draft_links"].links] == ["Lion drug"]
    text = response.text
    assert "New: <mark>lion drug</mark>." in text
    assert f'<a href="{lion.get_absolute_url()}">Lion drug</a>' in text
    assert "It stands in a heading." in text
    assert f'href="{address(page, "links")}"' in text
    assert links(page) == []


def test_form_of_a_new_page_has_no_list_of_links(editor):
    make_article()
    response = editor.get(reverse("admin:articles_article_add"))
    assert response.status_code == 200
    assert "Links readers will get" not in response.text


def test_refused_forms_show_the_links_of_what_is_stored(editor, page):
    data = opened(editor, page) | {"body": "<p>Nothing.</p>"}
    for refused in (data | {"version": "99"}, data | {"slug": ""}):
        response = editor.post(address(page), refused)
        assert response.status_code == 200
        assert "take <mark>lion drug</mark> &amp; rest." in response.text


def test_form_of_a_draft_with_an_unknown_image_or_source_opens(editor, lion):
    body = f'<p>Lion drug.<sup data-ref="nowhere"></sup></p><figure data-image="{"0" * 32}"></figure>'
    response = editor.get(address(make_article(body=body)))
    assert "<mark>Lion drug</mark>" in response.text


def test_very_many_mentions_that_do_not_link_are_counted_and_cut(editor, lion):
    page = make_article(body="<p>Lion drug.</p>" * (LONGEST_LIST + 5))
    response = editor.get(address(page))
    assert f"{LONGEST_LIST + 4} mentions that do not link" in response.text
    assert len(response.context["unlinked"]) == LONGEST_LIST


@pytest.mark.parametrize("count", [1, 3])
def test_screen_costs_the_same_for_any_number_of_links(editor, django_assert_num_queries, count):
    words = ["lion", "tiger", "bear"][:count]
    for word in words:
        published(make_therapy(title=f"{word} drug"))
    page = published(make_article(body="".join(f"<p>{word} drug</p><h2>{word} drug</h2>" for word in words)))
    for _ in range(count):
        Block.objects.create(page=page, text=f"word {_}", reason="common-word")
    editor.get(address(page, "links"))
    with django_assert_num_queries(22):
        response = editor.get(address(page, "links"))
    assert len(response.context["forms"]) == count
    assert len(response.context["blocks"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_form_costs_the_same_for_any_number_of_links(editor, django_assert_num_queries, count):
    words = ["lion", "tiger", "bear"][:count]
    for word in words:
        published(make_therapy(title=f"{word} drug"))
    page = published(make_article(body="".join(f"<p>{word} drug</p><h2>{word} drug</h2>" for word in words)))
    editor.get(address(page))
    with django_assert_num_queries(54):
        response = editor.get(address(page))
    assert len(response.context["draft_links"].links) == count


# Who may


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_the_links_and_some_may_reject_them(client, page, role):
    client.force_login(make_user(role))
    response = client.get(address(page, "links"))
    assert "take <mark>lion drug</mark> &amp; rest." in response.text
    assert ("Do not link this here" in response.text) is (role in REJECTING)
    name = Name.objects.get(text="Lion drug")
    data = {"name": name.pk, "start": "0", "reason": "wrong-sense"}
    status = client.post(address(page, "links"), data).status_code
    assert status == (302 if role in REJECTING else 403)
    assert Block.objects.count() == (role in REJECTING)


@pytest.mark.parametrize("role", ROLES)
def test_some_roles_may_allow_a_link_again(client, page, role):
    block = Block.objects.create(page=page, text="Lion drug", reason="wrong-sense")
    client.force_login(make_user(role))
    assert ("link here again" in client.get(address(page, "links")).text) is (role in REJECTING)
    status = client.post(address(page, "links"), {"allow": block.pk}).status_code
    assert status == (302 if role in REJECTING else 403)
    assert Block.objects.count() == (role not in REJECTING)


def test_right_to_block_is_all_that_a_rejection_needs(client, page):
    user = make_user("author")
    user.user_permissions.add(Permission.objects.get(codename="add_block", content_type__app_label="crosslinks"))
    client.force_login(user)
    assert client.post(address(page, "links"), rejection(client, page)).status_code == 302
    assert client.post(address(page, "links"), {"allow": Block.objects.get().pk}).status_code == 403


def test_links_need_an_account_and_a_page(client, editor, page):
    assert editor.put(address(page, "links")).status_code == 405
    assert editor.get(f"/admin/articles/article/{'9' * 23}/links/").status_code == 404
    client.logout()
    assert "/admin/login/" in client.get(address(page, "links")).url


# Rejecting


def test_rejected_link_is_gone_at_the_next_request_and_stays_away(editor, client, page):
    public = client.get(page.get_absolute_url()).text
    assert '<a class="crosslink" href="/therapies/lion/">lion drug</a>' in public
    html = page.live.html
    reject(editor, page, reason="common-word")
    public = client.get(page.get_absolute_url()).text
    assert "lion drug</a>" not in public
    assert links(page) == ["mane medicine"]
    page = Page.objects.get(pk=page.pk).concrete
    assert page.live.html == html
    page.body += "<p>Again, lion drug.</p>"
    page.save()
    assert links(published(page)) == ["mane medicine"]


def test_rejection_says_who_why_and_blocks_the_name_not_what_was_written(editor, page):
    page.body = "<p>Lion drugs are strong.</p>"
    page.save()
    response = reject(editor, published(page), reason="other", remark="A cartoon.")
    block = Block.objects.get()
    assert (block.text, block.page_id, block.reason, block.remark) == ("Lion drug", page.pk, "other", "A cartoon.")
    assert block.blocked_by == "Editor"
    event = Event.objects.latest("pk")
    assert (event.action, event.subject_id, event.user_name) == ("changed", page.pk, "Editor")
    assert event.details["blocked"] == "Lion drug"
    assert "A cartoon. Editor," in " ".join(response.text.split())


def test_three_rejections_of_a_name_have_one_key(editor, lion):
    for text in ("Lion drug", "lion drugs", "LION DRUG"):
        reject(editor, published(make_article(body=f"<p>{text}</p>")))
    assert set(Block.objects.values_list("key", flat=True)) == {Name.objects.get(text="Lion drug").key}
    assert Block.objects.count() == 3


def test_other_name_that_links_now_is_told(editor, page):
    response = reject(editor, page)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    messages = told(response)
    assert messages[0] == "“Lion drug” does not link on this page any more."
    assert "now stands at “mane medicine”: “The mane medicine helps.”" in messages[1]
    assert "reject it as well" in messages[1]
    messages = told(reject(editor, page))
    assert "the link to “Lion drug” is gone from: “The mane medicine helps.”" in messages[1]
    assert len(messages) == 2
    assert links(page) == []


def test_draft_that_never_was_public_can_be_rejected_from(editor, lion):
    page = make_article(body="<p>Lion drug, or mane medicine.</p>")
    messages = told(reject(editor, page))
    assert "The page is not public, so readers see no change now." in messages
    assert any("still links “Lion drug”, at “mane medicine”" in message for message in messages)
    assert links(published(page)) == ["mane medicine"]


def test_rejecting_what_only_the_draft_says_tells_that_readers_see_no_change(editor, page):
    page.body = "<p>Nothing.</p>"
    page.save()
    page = published(page)
    page.body = "<p>Lion drug.</p>"
    page.save()
    assert "Readers see no change: the public page had no such link." in told(reject(editor, page))


def test_rejection_is_for_one_page_only(editor, page):
    held = "This holds for every mention of the name “Lion drug” on this page, and for no other page."
    assert held in editor.get(address(page, "links")).text
    other = published(make_article(body="<p>Lion drug.</p>"))
    reject(editor, page)
    assert links(other) == ["Lion drug"]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"reason": ""}, "reason", "This field is required."),
        ({"reason": "nonsense"}, "reason", "Select a valid choice"),
        ({"reason": "other"}, "remark", "Say what the reason is."),
        ({"reason": "other", "remark": "  "}, "remark", "Say what the reason is."),
        ({"remark": "x" * 301}, "remark", "at most 300 characters"),
    ],
)
def test_bad_rejection_is_explained_beside_its_link(editor, page, values, field, message):
    values = {"remark": "Typed words."} | values if field == "reason" else values
    response = reject(editor, page, **values)
    [(line, form)] = response.context["forms"]
    assert message in form.errors[field][0]
    assert form.non_field_errors() == []
    assert f'id="link-{line.mention.start}-{field}_error"' in response.text
    assert f'aria-describedby="link-{line.mention.start}-{field}_error' in response.text or field == "remark"
    if field == "reason":
        assert 'value="Typed words."' in response.text
    assert not Block.objects.exists()


def test_rejection_sent_twice_is_made_once_and_says_so(editor, page):
    data = rejection(editor, page, reason="other", remark="Typed words.")
    assert editor.post(address(page, "links"), data).status_code == 302
    response = editor.post(address(page, "links"), data)
    assert "This link is rejected already." in response.text
    assert "Another reason. Typed words." in " ".join(response.text.partition("written:")[2].split())
    assert Block.objects.count() == 1


def test_link_that_is_no_longer_there_is_said_and_keeps_what_was_typed(editor, page):
    data = rejection(editor, page, remark="Typed words.")
    page.body = "<p>Nothing.</p>"
    page.save()
    response = editor.post(address(page, "links"), data)
    assert "This link is no longer there" in response.text
    assert "Typed words." in response.text
    assert not Block.objects.exists()


@pytest.mark.parametrize("values", [{"name": ""}, {"name": "x"}, {"name": "9" * 30}, {"start": "<b>"}, {"start": ""}])
def test_forged_rejection_changes_nothing(editor, page, values):
    response = reject(editor, page, **values)
    assert response.status_code == 200
    assert "Nothing was rejected" in response.text
    assert "This link is no longer there" in response.text
    assert "__all__" not in response.text
    assert "<b>" not in response.text
    assert not Block.objects.exists()


def test_nothing_is_rejected_while_links_are_derived_again(editor, page):
    data = rejection(editor, page)
    VocabularyState.objects.update(is_index_complete=False)
    assert "derived again" in editor.post(address(page, "links"), data).text
    block = Block.objects.create(page=page, text="tiger", reason="common-word")
    assert "derived again" in editor.post(address(page, "links"), {"allow": block.pk}, follow=True).text
    assert Block.objects.get() == block


# Allowing again


def test_link_allowed_again_comes_back(editor, page):
    reject(editor, page)
    block = Block.objects.get()
    response = editor.post(address(page, "links"), {"allow": block.pk}, follow=True)
    assert told(response)[0] == "“Lion drug” may link on this page again."
    assert links(page) == ["lion drug"]
    assert Event.objects.latest("pk").details["unblocked"] == "Lion drug"
    again = editor.post(address(page, "links"), {"allow": block.pk}, follow=True)
    assert told(again) == ["It was allowed again already."]


def test_block_of_another_page_or_of_the_site_is_not_taken_away_here(editor, page):
    others = [
        Block.objects.create(page=make_article(), text="Lion drug", reason="wrong-sense"),
        Block.objects.create(page=None, text="Lion drug", reason="wrong-sense"),
    ]
    for block in others:
        editor.post(address(page, "links"), {"allow": block.pk})
    for forged in ("", "x", "9" * 30):
        assert editor.post(address(page, "links"), {"allow": forged}).status_code == 302
    assert Block.objects.count() == 2


def test_withdrawn_page_still_has_its_screen(editor, page):
    doors.withdraw(page, by="tests", reason="Outdated.")
    assert "not public" in told(reject(editor, page))[1]
