"""Comments in a browser: from a reader's form without scripts to the moderator's keys, to the page, and away again."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import fill_in_login

pytestmark = pytest.mark.browser
PAGE = "/therapies/adalimumab/"
OTHER_PAGE = "/therapies/abatacept/"
DESK = "/admin/comments/desk/"
# Each in a word of its own that stands nowhere else.
NAME, TEXT, TIP = "Quillfeather", "The injection stung, zibbelnox.", "Let it warm up, vornaple."
WORDS = ("Quillfeather", "zibbelnox", "vornaple")
STORED = """
from django.db import connection
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        for row in cursor.fetchall():
            for word in %r:
                if word in repr(row):
                    print(table, row)
"""
COUNT = "from comments.comments import Comment; print(Comment.objects.filter(name={!r}).count())"


def write(page, *, name: str, text: str) -> None:
    """Up to the button, which stays to be pressed."""
    page.get_by_label("Your name or a nickname").fill(name)
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("I agree that this site stores").check()


def test_comment_from_the_form_to_the_page_and_away_again(open_tab, site):
    reader, other = open_tab(java_script_enabled=False), open_tab(java_script_enabled=False)
    moderator = open_tab(viewport={"width": 1280, "height": 900})
    writes, reads = reader.page, other.page

    writes.goto(PAGE)
    writes.get_by_role("link", name="Write a comment").click()
    writes.get_by_label("My experience").check()
    write(writes, name=NAME, text=TEXT)
    writes.get_by_label("Practical tips").fill(TIP)
    writes.get_by_role("button", name="Send for moderation").click()
    expect(writes.get_by_role("heading", name="Your comment")).to_be_visible()
    expect(writes.get_by_text("Only moderators can see your comment.")).to_be_visible()
    private = writes.get_by_label("Private link").input_value()
    assert private.startswith(f"{site.url}/comments/own/")
    assert found_in(reads, *PUBLIC) == []

    decide_with_the_keyboard_alone(moderator.page)
    reads.goto(PAGE)
    for said in (NAME, TEXT, TIP):
        expect(reads.get_by_text(said)).to_be_visible()
    assert len(found_in(reads, PAGE, f"{PAGE}comments/")) == 2

    writes.goto(private)
    expect(writes.get_by_text("Everybody can read it.")).to_be_visible()
    writes.get_by_role("link", name="Withdraw it and delete what you wrote").click()
    writes.get_by_role("button", name="Withdraw it").click()
    expect(writes.get_by_text("everything you wrote in it was deleted")).to_be_visible()
    assert writes.url == private
    reads.goto(PAGE)
    expect(reads.get_by_role("heading", name="Comments (0)")).to_be_visible()
    assert found_in(reads, *PUBLIC, private) == []
    assert found_in(moderator.page, *STAFF) == []
    assert site.shell(STORED % (WORDS,)) == ""
    for tab in (reader, other):
        assert tab.page.context.cookies() == []


PUBLIC = (
    PAGE,
    f"{PAGE}comments/",
    f"{PAGE}comment/",
    f"{PAGE}feed/",
    f"{PAGE}history/",
    "/",
    "/feeds/",
    "/sitemap.xml",
)
STAFF = (
    *(f"{DESK}{query}" for query in ("", "?about=Adalimumab", "?show=decided", "?show=spam")),
    *(f"/admin/comments/comment/{query}" for query in ("", "?q=Adalimumab", "?state__exact=withdrawn")),
    *("/admin/comments/decision/", "/admin/"),
)


def found_in(page, *addresses: str) -> list[str]:
    """Where a word of the comment can be read, asked for as this browser would."""
    answers = {address: page.context.request.get(address) for address in addresses}
    assert [address for address, answer in answers.items() if answer.status >= 400 and "feeds" not in address] == []
    return [address for address, answer in answers.items() if any(word in answer.text() for word in WORDS)]


def decide_with_the_keyboard_alone(page) -> None:
    fill_in_login(page, "moderator")
    page.goto(f"{DESK}?about=Adalimumab")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    expect(page.locator(".desk-item[aria-current]")).to_contain_text(TIP)
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Approved: 1")


def test_button_pressed_twice_makes_one_comment(open_tab, site):
    page = open_tab().page
    page.goto(f"{OTHER_PAGE}comment/")
    write(page, name="Twice", text="Is this sent once or twice?")
    page.get_by_role("button", name="Send for moderation").dblclick()
    expect(page.get_by_role("heading", name="Your comment")).to_be_visible()
    assert site.shell(COUNT.format("Twice")) == "1"


def test_form_sent_eight_times_at_once_makes_one_comment(open_tab, site):
    page = open_tab(bypass_csp=True).page
    page.goto(f"{OTHER_PAGE}comment/")
    write(page, name="Eight times", text="Is this sent once or eight times?")
    answers = page.evaluate("""() => {
      const form = document.querySelector(".comment-form"), body = new URLSearchParams(new FormData(form))
      const sent = Array.from({ length: 8 }, () => fetch(form.action, { method: "POST", body }))
      return Promise.all(sent.map(async (each) => [(await each).status, new URL((await each).url).pathname]))
    }""")
    assert {(status, address.split("/")[2]) for status, address in answers} == {(200, "own")}
    assert site.shell(COUNT.format("Eight times")) == "1"


# Without a mouse

FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it)
  const name = it.name && it.type === "radio" ? `radio ${it.name}` : it.id || it.href || it.value
  const isSeen = style.outlineStyle !== "none" || style.boxShadow !== "none"
  return [it.outerHTML.slice(0, 120), name, isSeen, !!it.closest("footer"), !!it.closest("main")]
}"""
REACHABLE = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")]
  .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && each.type !== "hidden")
  .map((each) => each.name && each.type === "radio" ? `radio ${each.name}` : each.id || each.href || each.value)"""


def walked(page) -> list[str]:
    """All that the tab key comes to in the main part of the page."""
    page.evaluate("document.querySelector('main').focus()")
    found = []
    for _step in range(300):
        page.keyboard.press("Tab")
        html, name, is_seen, is_over, is_inside = page.evaluate(FOCUSED)
        if is_over:
            return found
        assert is_inside, html
        assert is_seen, f"Nothing shows the focus of {html}"
        found.append(name)
    raise AssertionError("The tab key never comes to the end of the page.")


@pytest.mark.parametrize("name", ["write", "page with comments", "thread", "own", "report", "useful", "my data opened"])
def test_everything_is_reached_without_a_mouse(open_tab, screens, name):
    page = open_tab().page
    page.goto(screens[name])
    page.evaluate("for (const each of document.querySelectorAll('input[value=experience]')) each.click()")
    expected = set(page.evaluate(REACHABLE))
    assert expected
    assert expected - set(walked(page)) == set()


def test_error_leads_to_its_field_with_the_keyboard(open_tab, screens):
    page = open_tab(java_script_enabled=False).page
    page.goto(screens["write"])
    page.get_by_role("button", name="Send for moderation").focus()
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Nothing was sent yet")
    assert page.title().startswith("Error:")
    for said, label in (("Write a name", "Your name or a nickname"), ("Write your comment", "Your comment")):
        summary.get_by_role("link", name=said).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label(label)).to_be_focused()
        expect(page.get_by_label(label)).to_have_accessible_description(re.compile(said))
    summary.get_by_role("link", name="Without your agreement").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("I agree that this site stores")).to_be_focused()


def test_error_of_a_choice_leads_to_the_choices(open_tab, screens):
    page = open_tab(java_script_enabled=False).page
    page.goto(screens["report"])
    page.get_by_role("button", name="Send the report").focus()
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=reason]").first).to_be_focused()


# Without barriers


@pytest.fixture(scope="module")
def screens(site) -> dict[str, str]:
    """Every screen of a reader, by its name."""
    return json.loads(site.shell(SCREENS))


SCREENS = """
import json
from comments import moderation, tokens
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.feedback import Feedback
from comments.outbox import Subscription
from django.contrib.auth.models import User
from publishing.models import Page
from tests.builders import approved, make_comment

page = Page.objects.select_related("live").get(address="abatacept")
moderator = User.objects.get(username="administrator")
Clinician.objects.create(email="doctor@example.org", name="A verified name", credentials="consultant")

def comment(**values):
    return make_comment(page, **values)

def confirmed(**values):
    return moderation.confirm_address(comment(**values))

def address(name, token):
    return f"/comments/{name}/{token}/"

tips = {each: "Several words about it." for each in ("how_given", "practical_tips", "unwanted_effects", "wish_known")}
text = "One\\n\\nTwo https://example.org/study and on"
first = approved(comment(kind="experience", section="harms", text=text, **tips))
answer = {"parent": first, "answers": first, "kind": "reply"}
doctor = approved(confirmed(email="doctor@example.org", **answer))
moderation.reply(first, "Thank you.", by=moderator, version=first.version)
gone = approved(comment())
approved(comment(parent=gone, answers=gone, kind="reply"))
moderation.withdraw(gone)
mine = confirmed(email="mine@example.org", follow=True)
comment(email="mine@example.org")
rejected = confirmed(email="rejected@example.org")
moderation.reject(rejected, by=moderator, version=rejected.version, rule="kindness", words="Two words about it.")
objecting = confirmed(email="objecting@example.org")
moderation.reject(objecting, by=moderator, version=objecting.version, rule="kindness")
changed = approved(comment())
moderation.edit(changed, changed.written | {"text": "Other words than before."}, network="::1")
asked = comment(email="asked@example.org", follow=True)
useful = Feedback.objects.create(page=page, edition=page.live, is_useful=False)
own = tokens.own_token
print(json.dumps({
    "page with comments": "/therapies/abatacept/",
    "thread": "/therapies/abatacept/comments/",
    "write": "/therapies/abatacept/comment/",
    "answer": f"/therapies/abatacept/comment/?answer={first.pk}",
    "rules": "/comments/rules/",
    "report": f"/comments/report/{first.pk}/",
    "reported": f"/comments/report/{first.pk}/?thanks",
    "useful": "/therapies/abatacept/useful/",
    "remark": address("remark", tokens.remark_token(useful)),
    "remark over": address("remark", "unknown"),
    "own": address("own", own(mine)),
    "own rejected": address("own", own(rejected)),
    "own changed": address("own", own(changed)),
    "own withdrawn": address("own", own(gone)),
    "own unknown": address("own", "unknown"),
    "edit": address("own", own(mine)) + "edit/",
    "withdraw": address("own", own(mine)) + "withdraw/",
    "object": address("own", own(objecting)) + "object/",
    "confirm": address("confirm", tokens.confirm_token(asked)),
    "confirmed": address("confirm", tokens.confirm_token(mine)),
    "unsubscribe": address("unsubscribe", tokens.unsubscribe_token(Subscription.objects.get(email="mine@example.org"))),
    "link too old": address("unsubscribe", "unknown"),
    "my data": "/comments/my-data/",
    "my data asked": "/comments/my-data/?sent",
    "my data opened": address("my-data", tokens.own_data_token("mine@example.org")),
}))
"""
SENT = {
    "write": "Send for moderation",
    "answer": "Send for moderation",
    "report": "Send the report",
    "remark": "Send the remark",
    "edit": "Save the change",
    "object": "Send the objection",
    "my data": "Send me the link",
    "my data opened": "Erase all of it",
}
NAMES = (
    "page with comments,thread,write,answer,rules,report,reported,useful,remark,remark over,own,own rejected,"
    "own changed,own withdrawn,own unknown,edit,withdraw,object,confirm,confirmed,unsubscribe,link too old,my data,"
    "my data asked,my data opened"
).split(",")


@pytest.mark.parametrize("name", NAMES)
def test_no_barriers(open_tab, screens, name):
    tab = open_tab(reduced_motion="reduce")
    page = tab.page
    page.goto(screens[name])
    assert barriers(page) == []
    if name in SENT:
        for field in page.locator(".comment-form :is(textarea, input[type=text])").all():
            field.evaluate("each => { each.value = '' }")
        page.get_by_role("button", name=SENT[name]).click()
        expect(page.get_by_role("alert").or_(page.get_by_text("This cannot be undone."))).to_be_visible()
        assert barriers(page) == []
    # The browser itself reports the status 404.
    tab.messages[:] = [each for each in tab.messages if "status of 404" not in each]


def barriers(page) -> list:
    """On a screen and a phone, in both colour schemes, with everything unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    page.evaluate("for (const each of document.querySelectorAll('input[value=experience]')) each.checked = true")
    found = []
    for width, scheme, options in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for each in Axe().run(page, options=options).response["violations"]:
            found.append((width, scheme, each["id"], [node["html"][:200] for node in each["nodes"]]))
    return found


# In the last two only colours can be wrong that were not seen before.
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast"]}
VIEWS = (
    (1280, "light", EVERYTHING),
    (390, "dark", EVERYTHING),
    (390, "light", COLOURS),
    (1280, "dark", COLOURS),
)
