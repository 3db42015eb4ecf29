"""Text that means harm on every screen of a reader, without the security policy, so that escaping alone must hold."""

import json
from itertools import count
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser
PAGE = "/therapies/etanercept/"
NETWORKS = count(1)
MARK = "document.title='broken'"
# What can be kept, as it was typed: a name, and the text of every other field.
KEPT = {
    "script": ("<script>" + MARK + "</script>", f"</textarea></title><script>{MARK};alert(1)</script>" * 3),
    "breaker": (
        f"\"'><img src=x onerror={MARK}>",
        f'\'"></textarea></p></form><img src=x onerror="{MARK}"><form action=//evil.example>\n\n' * 8,
    ),
    "bidi": ("\u202eeli\u2066ve\u202d nwo", "\u202eright to left\u2067 and on\n\n\u202e\u2066 not closed" * 20),
    "long": ("W" * 60, "W" * 1_900),
    "marks": ("Z" + "\u0301\u0302" * 4, ("Z" + "\u0489\u0300\u0301\u0302" * 2) * 200),
    "address": (
        f"javascript:{MARK}",
        f'https://example.org/"onmouseover="{MARK}" javascript:{MARK} https://a.b@evil.example',
    ),
    "template": ("{{ settings.SECRET_KEY }}", "{% load i18n %}{{ comment.email }}{% include 'base.html' %}${7*7}"),
}
# What cannot: each in every field of a form.
REFUSED = {
    "NUL": "with a NUL \0 and an escape \x1b[31m",
    "64 KB": f"<img src=x onerror={MARK}>" + "W" * 65_536,
    "header": "Ada\r\nBcc: everybody@example.org\r\nContent-Type: text/html\r\n\r\n<script>" + MARK + "</script>",
}
MARKS = "Z" + "\u0301" * 10_000
ADDRESSES = {
    "script": f'"<script>{MARK}</script>"@example.org',
    "header": "ada@example.org\r\nBcc: everybody@example.org",
    "breaker": f'ada@example.org" autofocus onfocus="{MARK}',
}
ALL = {name: text for name, (_name, text) in KEPT.items()} | REFUSED | ADDRESSES
MAKE = """
import json
from comments import moderation, tokens
from comments.comments import Comment
from comments.feedback import Feedback
from django.contrib.auth.models import User
from publishing.models import Page
from tests.builders import make_comment

page = Page.objects.select_related("live").get(address="etanercept")
moderator = User.objects.get(username="administrator")
texts = {texts!r}
own = []
fields = ("text", "how_given", "practical_tips", "unwanted_effects", "wish_known")
for name, text in texts:
    said = dict.fromkeys(fields, text)
    made = make_comment(page, kind="experience", name=name, email='"<b>"@example.org', **said)
    made = moderation.confirm_address(made)
    own.append(made)
public = [each for each in own]
for each in public:
    moderation.approve(each, by=moderator, version=each.version)
for each, (name, text) in zip(public, texts):
    answer = make_comment(page, name=name, text=text, parent=each, answers=each, kind="reply")
    moderation.approve(answer, by=moderator, version=answer.version)
moderation.reply(public[0], texts[1][1], by=moderator, version=Comment.objects.get(pk=public[0].pk).version)
changed = Comment.objects.get(pk=public[1].pk)
moderation.edit(changed, changed.written | {{"name": texts[0][0]}}, network="::1")
rejected = make_comment(page, name=texts[0][0], text=texts[0][1], email="rejected@example.org")
rejected = moderation.confirm_address(rejected)
moderation.reject(rejected, by=moderator, version=rejected.version, rule="kindness", words=texts[1][1])
waiting = make_comment(page, kind="experience")
answer = Feedback.objects.create(page=page, edition=page.live, is_useful=False)
asked = make_comment(page, email='"<b>"@example.org')
own_token = tokens.own_token
print(json.dumps({{
    "own": [own_token(each) for each in own],
    "numbers": [each.pk for each in public],
    "rejected": own_token(rejected),
    "waiting": own_token(waiting),
    "remark": tokens.remark_token(answer),
    "confirm": tokens.confirm_token(asked),
    "my data": tokens.own_data_token('"<b>"@example.org'),
}}))
"""
# Another form in the place of the real one, since a field of one line would drop line ends, and a limit the rest.
SEND = """([action, hidden, fields]) => {
  const form = document.createElement("form")
  Object.assign(form, { method: "post", action })
  for (const each of document.querySelectorAll(hidden)) form.append(each)
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input")
    Object.assign(input, { type: "hidden", name, value })
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}"""
# Elements of markup that no template has, and attributes that would act.
STRANGE = """() => [...document.querySelectorAll(
  "img[src='x'], main script:not([src], [type='application/json']), main iframe, [action*='evil']," +
  "[href^='javascript'], [onerror], [onmouseover], [onfocus]"
)].map((each) => each.outerHTML.slice(0, 200))"""
# Text that reaches out of the window, or out of its own box over others.
WIDE = """() => [...document.querySelectorAll("main *")].filter((each) => each.checkVisibility()
  && !each.closest(".visually-hidden") && each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def hostile(site):
    return json.loads(site.shell(MAKE.format(texts=list(KEPT.values()))))


@pytest.fixture
def page(open_tab):
    """A phone of somebody who has switched the security policy off."""
    tab = open_tab(viewport={"width": 390, "height": 800}, bypass_csp=True)
    tab.page.dialogs = []
    tab.page.on("dialog", lambda dialog: (tab.page.dialogs.append(dialog.message), dialog.dismiss()))
    yield tab.page
    # The browser itself reports that a page answers with an error.
    tab.messages[:] = [each for each in tab.messages if "Failed to load resource" not in each]


def look(page, address: str, *statuses: int) -> None:
    check(page, page.goto(address).status, statuses or (200,))


def send(page, action: str, fields: dict[str, str], hidden: str = "main form input[type=hidden]") -> int:
    """From a network of its own, so that no limit stands in the way."""
    number = next(NETWORKS)
    page.set_extra_http_headers({"X-Forwarded-For": f"10.200.{number // 256}.{number % 256}"})
    with page.expect_navigation(wait_until="domcontentloaded") as navigation:
        page.evaluate(SEND, [action, hidden, fields])
    return navigation.value.status


def check(page, status: int, statuses: tuple[int, ...]) -> None:
    assert status in statuses
    assert page.dialogs == []
    assert "broken" not in page.title()
    assert page.evaluate(STRANGE) == []
    assert page.evaluate(WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []


WRITTEN = ("text", "how_given", "practical_tips", "unwanted_effects", "wish_known")
FORMS = {
    "write": (
        f"{PAGE}comment/",
        ("name", *WRITTEN, "email", "section", "kind", "answer", "edition", "homepage", "token"),
    ),
    "edit": ("/comments/own/{waiting}/edit/", ("name", *WRITTEN)),
    "report": ("/comments/report/{number}/", ("reason", "words", "token")),
    "useful": (f"{PAGE}useful/", ("useful", "edition", "token")),
    "remark": ("/comments/remark/{remark}/", ("section", "remark")),
    "object": ("/comments/own/{rejected}/object/", ("text",)),
    "my data": ("/comments/my-data/", ("email", "token")),
    "my data opened": ("/comments/my-data/{my data}/", ("do", "own")),
    "confirm": ("/comments/confirm/{confirm}/", ("token",)),
}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_comes_back_from_every_field(page, hostile, form):
    pattern, fields = FORMS[form]
    address = pattern.format(**hostile, number=hostile["numbers"][0])
    look(page, address)
    for text in ALL.values():
        # What is too much in every field at once is refused as a whole.
        check(page, send(page, address, dict.fromkeys(fields, text)), (200, 400, 403, 413))
    for field in fields:
        # One field at a time: a browser takes a while to draw them.
        check(page, send(page, address, {field: MARKS}), (200, 400, 403))


@pytest.mark.parametrize("name", KEPT)
def test_hostile_comment_is_accepted_and_shown_on_its_own_page(page, name):
    look(page, f"{PAGE}comment/")
    said, text = KEPT[name]
    fields = {"name": said, "kind": "experience", "consent": "on", "email": '"<b>"@example.org'}
    check(page, send(page, f"{PAGE}comment/", fields | dict.fromkeys(WRITTEN, text)), (200,))
    own = page.url
    assert "/comments/own/" in own
    look(page, f"{own}edit/")
    look(page, f"{own}withdraw/")


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_comments_on_every_screen(page, hostile, width):
    page.set_viewport_size({"width": width, "height": 900})
    for address in (
        PAGE,
        f"{PAGE}comments/",
        *(f"{PAGE}comment/?answer={number}" for number in hostile["numbers"]),
        *(f"/comments/report/{number}/" for number in hostile["numbers"]),
        *(f"/comments/own/{token}/" for token in (*hostile["own"], hostile["rejected"])),
        f"/comments/my-data/{hostile['my data']}/",
        f"/comments/confirm/{hostile['confirm']}/",
    ):
        look(page, address)


@pytest.mark.parametrize(
    "text", [*ADDRESSES.values(), "<script>" + MARK + "</script>", "\u202e\0\r\nX: y", "9" * 5_000]
)
def test_hostile_words_in_addresses(page, text):
    said = quote(text, safe="")
    for address in (
        f"{PAGE}comment/?answer={said}&section={said}",
        f"{PAGE}comments/?page={said}&at={said}",
        f"{PAGE}useful/?thanks={said}",
        f"/comments/rules/?{said}",
        f"/comments/my-data/?sent={said}",
        f"/comments/own/{said}/",
        f"/comments/remark/{said}/",
        f"/comments/unsubscribe/{said}/",
        f"/comments/my-data/{said}/",
    ):
        look(page, address, 200, 404)
