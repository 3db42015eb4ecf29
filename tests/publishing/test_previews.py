"""Preview links: one version of a draft, for three days, to whoever has the address."""

import random
import string
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from publishing import previews
from publishing.images import WIDTHS, Image
from publishing.models import Event, Page
from publishing.pictures import decode
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_reviewer,
    make_therapy,
    make_user,
    move,
    publish,
    published,
)
from tests.publishing.admin.forms import address

pytestmark = pytest.mark.django_db
BUILDERS = (make_condition, make_therapy, make_article)
LETTERS = string.ascii_letters + string.digits + "-_:"


def link_to(page) -> str:
    return reverse("publishing:preview", args=[previews.token_of(page)])


def article(response) -> str:
    """The page without the site's head, which marks where in the menu one is."""
    return response.text.partition("<article")[2]


@pytest.mark.parametrize("make", BUILDERS)
def test_link_shows_the_draft_as_staff_see_it_to_anyone(client, make):
    page = published(make(title="Public title"))
    page.title = "Draft title"
    page.save()
    seen = client.get(link_to(page))
    assert "<h1>Draft title</h1>" in seen.text
    assert "Public title" not in seen.text
    assert not seen.cookies
    client.force_login(make_user("author"))
    assert article(client.get(address(page, "preview"))) == article(seen)


def test_link_shows_rows_of_the_draft(client):
    row = make_indication(description="A row nobody has published.", condition=published(make_condition()))
    assert "A row nobody has published." in client.get(link_to(row.therapy)).text


def test_answer_is_stored_by_nobody_and_gives_its_address_to_nobody(client):
    response = client.get(link_to(make_article()))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in response.text


def test_link_takes_no_post(client):
    assert client.post(link_to(make_article())).status_code == 405


def test_reading_stores_nothing(client):
    page = make_article()
    events = Event.objects.count()
    client.get(link_to(page))
    stored = Page.objects.get(pk=page.pk)
    assert (stored.version, stored.changed_at) == (page.version, page.changed_at)
    assert (Event.objects.count(), Session.objects.count()) == (events, 0)


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (73, 404)])
def test_link_ends_after_72_hours(client, time_machine_at, hours, status):
    now = timezone.now()
    time_machine_at(now)
    link = link_to(make_article())
    time_machine_at(now + timedelta(hours=hours))
    assert client.get(link).status_code == status


def saved(page):
    page.save()


def deleted(page):
    page.delete()


def made_public(page):
    publish(page)


def changed_from_the_other_end(page):
    Page(pk=page.pk).touch()


@pytest.mark.parametrize("superseded", [saved, deleted, made_public, changed_from_the_other_end])
def test_link_ends_when_the_draft_is_superseded(client, superseded):
    page = make_condition()
    link = link_to(page)
    assert client.get(link).status_code == 200
    superseded(page)
    assert client.get(link).status_code == 404


def test_link_ends_when_the_page_is_withdrawn(client):
    from publishing import doors  # noqa: PLC0415 (one use)

    page = published(make_condition())
    link = link_to(page)
    assert client.get(link).status_code == 200
    doors.withdraw(page, by="tests", reason="Outdated.")
    assert client.get(link).status_code == 404


def test_link_outlives_a_move_through_review(client):
    page = make_condition()
    link = link_to(page)
    move(page, "editorial", "medical")
    assert client.get(link).status_code == 200


def mutations(token: str, number: int):
    """So many different texts that are almost the token."""
    chance = random.Random(72)
    for _ in range(number):
        at, letters = chance.randrange(len(token)), "".join(chance.choices(LETTERS, k=chance.randint(1, 3)))
        yield (
            token[:at] + letters + token[at + len(letters) :],
            token[:at] + token[at + len(letters) :],
            token[:at] + letters + token[at:],
            token[at:] + letters + token[:at],
            token[:at] + letters + token[at:].swapcase(),
        )[chance.randrange(5)]


def test_no_mutated_token_is_taken(django_assert_num_queries):
    token = previews.token_of(make_article())
    tried = {mutated for mutated in mutations(token, 14_000) if mutated != token}
    assert len(tried) >= 10_000
    with django_assert_num_queries(0):
        assert [mutated for mutated in tried if previews.page_of(mutated)] == []
    assert previews.page_of(token) is not None


def test_tokens_signed_for_something_else_are_not_taken():
    page = make_article()
    shown = [page.kind, page.pk, page.version, page.live_id]
    assert previews.page_of(signing.dumps(shown, salt=previews.SALT)) == page.page_ptr
    assert previews.page_of(signing.dumps(shown)) is None
    assert previews.page_of(signing.dumps(shown, key="another key", salt=previews.SALT)) is None


def test_another_kind_version_or_page_has_another_link():
    page, other = make_article(), make_article()
    for shown in (
        ["therapy", page.pk, page.version, None],
        ["article", page.pk, page.version + 1, None],
        ["article", page.pk, page.version, 1],
        ["article", other.pk + 1, page.version, None],
    ):
        assert previews.page_of(signing.dumps(shown, salt=previews.SALT)) is None


def test_every_wrong_link_gets_the_answer_of_an_unknown_address(client, time_machine_at):
    now = timezone.now()
    time_machine_at(now - timedelta(hours=80))
    expired = link_to(make_article())
    time_machine_at(now)
    page = make_article()
    superseded = link_to(page)
    page.save()
    token = previews.token_of(make_article())
    wrong = ["x", "%00", "%F0%9F", ":::", token[:-1], token[1:], token + "a", "a" * 5000]
    answers = [client.get(address) for address in [expired, superseded, *(f"/preview/{each}/" for each in wrong)]]
    unknown = client.get("/preview/there/is/no/such/address/")
    assert {each.status_code for each in answers} == {404}
    assert {each.content for each in answers} == {unknown.content}
    assert {str(each.headers) for each in answers} == {str(unknown.headers)}


@pytest.mark.parametrize("make", BUILDERS)
@pytest.mark.parametrize("name", ["version", "preview", "draft", "edition", "token", "revision", "state", "as_of"])
def test_no_parameter_of_a_public_page_shows_a_draft(client, make, name):
    page = published(make(title="Public title"))
    page.title = "Draft title"
    page.save()
    plain = client.get(page.get_absolute_url()).content
    for value in ("1", str(page.version), "draft", "true", previews.token_of(page)):
        assert client.get(page.get_absolute_url(), {name: value}).content == plain


@pytest.fixture
def pictured():
    """A draft with a picture that no public page shows, and another such picture."""
    for name in ("First", "Second"):
        output = BytesIO()
        Pillow.new("RGB", (600, 300), "teal" if name == "First" else "red").save(output, "PNG")
        Image(alternative_text=f"{name} picture", credit="Own work").keep(decode(output.getvalue(), WIDTHS))
    shown, other = Image.objects.order_by("pk")
    body = f'<figure data-image="{shown.name}"><figcaption>A figure</figcaption></figure>'
    return make_article(body=body), shown, other


def test_pictures_of_the_draft_are_shown_and_no_others(client, pictured):
    page, shown, other = pictured
    link, file = link_to(page), f"{shown.name}-{shown.widths[0]}.webp"
    text = client.get(link).text
    assert f"{link}media/{file}" in text
    assert f'"/media/{shown.name}' not in text
    response = client.get(f"{link}media/{file}")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert client.get(f"/media/{file}").status_code == 404
    assert client.get(f"{link}media/{other.name}-{other.widths[0]}.webp").status_code == 404
    assert client.get(f"{link}media/{shown.name}-7.webp").status_code == 404
    page.save()
    assert client.get(f"{link}media/{file}").status_code == 404


# Who makes one


@pytest.mark.parametrize(
    ("role", "status"),
    [("author", 200), ("editor", 200), ("reviewer", 200), ("moderator", 403), ("administrator", 200)],
)
def test_those_who_write_or_review_make_links(client, role, status):
    page = make_condition()
    client.force_login(make_reviewer() if role == "reviewer" else make_user(role))
    assert client.get(address(page, "preview_link")).status_code == status
    response = client.post(address(page, "preview_link"), {"recipient": "Dr Outside"})
    assert response.status_code == status
    assert Event.objects.filter(action="preview-shared").count() == (1 if status == 200 else 0)
    if status == 200:
        link = response.context["link"].url
        assert link in response.text
        client.logout()
        assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_link_says_for_whom_and_until_when_and_is_on_record(client):
    page, user = make_article(), make_user("author")
    client.force_login(user)
    response = client.post(address(page, "preview_link"), {"recipient": "Dr Outside"})
    assert "It is for Dr Outside" in response.text
    assert response.context["link"].expires_at <= timezone.now() + timedelta(hours=72)
    assert "no-store" in response["Cache-Control"]
    event = Event.objects.get(action="preview-shared")
    assert (event.user_id, event.reason, event.details) == (user.pk, "Dr Outside", {"version": page.version})
    assert previews.token_of(page) not in str(event.details)


def test_link_is_made_for_somebody_and_by_post_only(client):
    page = make_article()
    client.force_login(make_user("author"))
    assert "/preview/" not in client.get(address(page, "preview_link")).text
    assert "recipient" in client.post(address(page, "preview_link"), {}).context["form"].errors
    assert not Event.objects.filter(action="preview-shared").exists()


def test_reader_without_account_is_sent_to_log_in(client):
    assert "/admin/login/" in client.post(address(make_article(), "preview_link"), {"recipient": "Me"}).url
