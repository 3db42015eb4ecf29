"""Texts that never link: blocking one everywhere, and allowing one again."""

import pytest
from django.urls import reverse

from crosslinks import changes
from crosslinks.changes import Change
from crosslinks.models import Block, Name
from crosslinks.showing import links_of
from publishing.models import Event
from tests.builders import make_article, make_condition, make_user, published
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db

ADD = "/admin/crosslinks/block/add/"
LIST = "/admin/crosslinks/block/"


@pytest.fixture
def user():
    return make_user("editor")


@pytest.fixture
def editor(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def page():
    condition = published(make_condition(title="Lupus"))
    changes.apply(Change(save=(Name(page=condition, text="the wolf", kind="plain"),)), by="tests")
    return published(make_article(title="Fairy tale", body="<p>Once the wolf came.</p>"))


def block(page, text, **values):
    made = Block(page=page, text=text, **{"reason": "common-word", "blocked_by": "Somebody"} | values)
    changes.apply(Change(block=(made,)), by="tests")
    return made


def typed(text, **values):
    return {"text": text, "reason": "common-word", "remark": ""} | values


def address(block, view="change"):
    return reverse(f"admin:crosslinks_block_{view}", args=[block.pk])


def errors(response):
    form = response.context["adminform"].form
    return {field: [str(each) for each in messages] for field, messages in form.errors.items()}


def links(page):
    return [link.target.title for link in links_of(type(page).objects.get(pk=page.pk).live)]


def test_blocking_everywhere_is_previewed_and_then_done(editor, user, page):
    shown = editor.post(ADD, typed("The wolf"))
    assert "1 link vanishes" in shown.content.decode()
    assert "Save and change 1 page" in shown.content.decode()
    [changed] = shown.context["preview"].pages
    assert (len(changed.shifts), changed.besides) == (1, [])
    assert (Block.objects.count(), links(page)) == (0, ["Lupus"])
    assert editor.post(ADD, posted(shown)).status_code == 302
    made = Block.objects.get()
    assert (made.page, made.text, made.blocked_by) == (None, "The wolf", user.first_name)
    assert links(page) == []
    assert Event.objects.filter(action="changed").latest("pk").details["blocked"] == "The wolf"


def test_text_that_links_nowhere_is_blocked_at_once(editor, page):
    assert editor.post(ADD, typed("nothing")).status_code == 302
    assert Block.objects.get().text == "nothing"


@pytest.mark.parametrize("on_page", [False, True])
def test_allowing_again_shows_what_links_and_needs_it(editor, page, on_page):
    made = block(page if on_page else None, "the wolf")
    assert links(page) == []
    shown = editor.get(address(made, "delete"))
    assert "1 link appears" in shown.content.decode()
    assert editor.post(address(made, "delete"), {"post": "yes", "outcome": "x"}).status_code == 200
    assert links(page) == []
    seen = shown.context["preview"].outcome.digest
    assert editor.post(address(made, "delete"), {"post": "yes", "outcome": seen}).status_code == 302
    assert (Block.objects.count(), links(page)) == (0, ["Lupus"])


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"text": "..."}, "text", "Punctuation alone"),
        ({"text": "x" * 201}, "text", "at most 200 characters"),
        ({"text": "a\x00b"}, "text", "Null characters"),
        ({"text": "a\x07b"}, "text", "nobody can see"),
        ({"text": ""}, "text", "required"),
        ({"reason": "other"}, "remark", "Say in the remark"),
        ({"reason": "x"}, "reason", "Select a valid choice"),
        ({"reason": "other", "remark": "x" * 301}, "remark", "at most 300 characters"),
    ],
)
def test_what_cannot_be_a_block_is_explained(editor, values, field, message):
    response = editor.post(ADD, typed("word") | values)
    assert message in errors(response)[field][0]
    assert not Block.objects.exists()


def test_same_text_in_another_spelling_is_blocked_once(editor):
    block(None, "TNF alpha")
    response = editor.post(ADD, typed("TNF-α"))
    assert errors(response) == {"text": ["“TNF-α” is blocked on the whole site already."]}


def test_block_is_not_edited(editor, page):
    made = block(page, "the wolf")
    assert 'name="_save"' not in editor.get(address(made)).content.decode()
    assert editor.post(address(made), typed("other")).status_code == 403
    assert Block.objects.get().text == "the wolf"


def test_author_reads_what_is_blocked_and_changes_nothing(client, page):
    made = block(page, "the wolf")
    client.force_login(make_user("author"))
    for read in (LIST, address(made)):
        assert client.get(read).status_code == 200
    for refused in (ADD, address(made, "delete")):
        assert client.get(refused).status_code == 403
        assert client.post(refused, typed("other") | {"post": "yes"}).status_code == 403
    assert [each.text for each in Block.objects.all()] == ["the wolf"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(editor, django_assert_num_queries, count):
    pages = [published(make_article()) for _number in range(count)]
    for page in pages:
        block(page, "a word", remark="It is said often.")
    block(None, "everywhere")
    editor.get(reverse("admin:index"))
    with django_assert_num_queries(7):
        html = editor.get(LIST).content.decode()
    assert all(page.get_admin_url() in html for page in pages)
    assert html.count("It is said often.") == count
    assert "on the whole site" in html
    assert [each.text for each in editor.get(LIST, {"where": "site"}).context["cl"].result_list] == ["everywhere"]
