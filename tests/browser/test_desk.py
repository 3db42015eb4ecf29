"""The moderation desk with the keyboard alone, and with text that means harm."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser
DESK = "/admin/comments/desk/"
POST = """
from secrets import token_hex
from comments import moderation
from comments.comments import Comment
from publishing.models import Page
page = Page.objects.select_related("live").get(slug="asthma")
for name, text, flags, priority in {comments!r}:
    made = Comment(page=page, edition=page.live, kind="question", name=name, text=text)
    made = moderation.post(made, network=token_hex(8), form_age=60)
    found = {{"rule": "emergency", "outcome": "hold", "reason": "A reason.", "words": [text[:20]], "flag": "emergency"}}
    Comment.objects.filter(pk=made.pk).update(
        flags=flags, priority=priority, findings=[found] if flags else [],
        state="waiting", queued_for="new", queued_at="2026-01-01T00:00Z",
    )
    print(made.pk)
"""
HOSTILE = [
    ("\u202eevil\"><script>document.title='broken'</script>", "<img src=x onerror=\"document.title='broken'\">" * 40),
    ("javascript:alert(1)", "x" * 5_000),
    ("a" + "\u0301" * 8, ("Z" + "\u0489\u0300\u0301\u0302" * 2) * 500),
    ("\u202d\u2066right", "\u202eright to left\u2067 and on\n\n\u202e" * 50),
    ("<b>" * 20, "'\"></textarea></select></details></form><form action=//example.org>" * 20),
]


def post(site, *comments) -> list[int]:
    """Each of (name, text, flags, priority), older than whatever else waits."""
    return [int(number) for number in site.shell(POST.format(comments=list(comments))).split()]


def state_of(site, number: int) -> str:
    return site.shell(f"from comments.comments import Comment; print(Comment.objects.get(pk={number}).state)")


def ready(page) -> None:
    """The answer is there and its script has run."""
    page.wait_for_load_state("load")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def follow(page, *keys: str) -> None:
    """Keys that send a form."""
    with page.expect_navigation():
        press(page, *keys)
    ready(page)


def current(page):
    return page.locator(".desk-item[aria-current]")


def test_moderator_decides_with_the_keyboard_alone(open_tab, site):
    first, second, third, fourth = post(
        site,
        ("Emma", "I do not want to wake up any more.", ["emergency"], 1),
        ("Ulla", "How long does it take?", [], 7),
        ("Theo", "You are all idiots.", [], 7),
        ("Nora", "Thank you for this page.", [], 7),
    )
    tab = open_tab(viewport={"width": 1280, "height": 900})
    log_in(tab, "moderator")
    page = tab.page
    page.goto(DESK)
    ready(page)
    expect(current(page)).to_have_count(0)

    press(page, "j")
    expect(page.locator(f"#item-{first}")).to_be_focused()
    expect(current(page)).to_have_attribute("id", f"item-{first}")
    expect(current(page)).to_contain_text("Emergency or self-harm")
    press(page, "j", "n", "k", "p")
    expect(page.locator(f"#item-{first}")).to_be_focused()
    press(page, "k")
    expect(page.get_by_role("status")).to_have_text("There is no other comment in this direction.")

    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    press(page, "a")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert state_of(site, first) == "waiting"

    press(page, "m")
    page.keyboard.type("a note: j and r are letters here")
    press(page, "Tab")
    follow(page, "Enter")
    expect(page.locator(f"#item-{first}")).to_be_focused()
    expect(current(page)).to_contain_text("a note: j and r are letters here")
    press(page, "m", "Escape")
    expect(page.locator(f"#item-{first}")).to_be_focused()

    follow(page, "r", "9")
    assert state_of(site, first) == "rejected"
    expect(page.locator(f"#item-{second}")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Rejected: 1")
    follow(page, "u")
    assert state_of(site, first) == "waiting"
    expect(page.locator(f"#item-{first}")).to_be_focused()

    press(page, "j")
    follow(page, "a")
    assert state_of(site, second) == "approved"
    expect(page.locator(f"#item-{third}")).to_be_focused()
    follow(page, "s")
    assert state_of(site, third) == "spam"
    expect(page.locator(f"#item-{fourth}")).to_be_focused()

    press(page, "e")
    page.keyboard.type("Thank you.")
    press(page, "Tab")
    follow(page, "Enter")
    assert state_of(site, fourth) == "approved"

    press(page, "j", "x")
    expect(page.get_by_role("status")).to_have_text("Selected: 1")
    press(page, "x")
    press(page, "t")
    page.keyboard.type("Say where help is to be found.")
    press(page, "Tab", "Tab")
    follow(page, "Enter")
    expect(page.locator(".messagelist")).to_contain_text("A task for “Asthma” is open.")
    with page.context.expect_page() as opened:
        press(page, "o")
    expect(opened.value).to_have_url(f"{site.url}/conditions/asthma/")
    follow(page, "a")
    assert state_of(site, first) == "approved"


def test_key_that_is_held_down_or_switched_off_decides_nothing(open_tab, site):
    [number] = post(site, ("Ada", "Is a key held down by accident?", ["emergency"], 1))
    tab = open_tab()
    log_in(tab, "administrator")
    page = tab.page
    page.goto(f"{DESK}?at={number}")
    ready(page)
    expect(page.locator(f"#item-{number}")).to_be_focused()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))"
    )
    page.goto(f"{DESK}keys/")
    page.get_by_label("a Approve", exact=True).uncheck()
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{DESK}?at={number}")
    ready(page)
    press(page, "a")
    expect(page.locator(f"#item-{number}")).to_be_focused()
    assert state_of(site, number) == "waiting"
    follow(page, "s")
    assert state_of(site, number) == "spam"


def test_second_moderator_is_told_who_has_it_open(open_tab, site):
    [number] = post(site, ("Ada", "Do two of you look at this?", ["emergency"], 1))
    one, other = open_tab(), open_tab()
    log_in(one, "moderator")
    log_in(other, "administrator")
    with one.page.expect_response(f"**{DESK}open/"):
        one.page.goto(f"{DESK}?at={number}")
    other.page.goto(f"{DESK}?at={number}")
    expect(other.page.locator(f"#item-{number} .desk-opened")).to_have_text("Moderator has it open.")
    with other.page.expect_response(f"**{DESK}open/"):
        ready(other.page)
    one.page.get_by_role("button", name=f"Approve number {number}").click()
    one.page.wait_for_url("**/desk/**")
    assert state_of(site, number) == "approved"
    with other.page.expect_navigation():
        other.page.keyboard.press("s")
    expect(other.page.locator(".desk-problem")).to_be_focused()
    expect(other.page.locator(".desk-problem")).to_contain_text("Nothing was done")
    assert state_of(site, number) == "approved"
    other.messages[:] = [each for each in other.messages if "409 (Conflict)" not in each]


def test_prepared_text_is_put_where_the_cursor_is(open_tab, site):
    site.shell(
        "from comments.prepared import PreparedReply;"
        "PreparedReply.objects.create(title='A browser test', text='Dear {name} of {page}.', flag='emergency')"
    )
    [number] = post(site, ("Ada", "What will be said to me?", ["emergency"], 1))
    tab = open_tab()
    log_in(tab, "moderator")
    page = tab.page
    page.goto(f"{DESK}?at={number}")
    ready(page)
    press(page, "e")
    field = page.locator(f"#reply-{number}")
    expect(field).to_be_focused()
    field.fill("Before.  After.")
    field.evaluate("each => each.setSelectionRange(8, 8)")
    page.locator(f"#text-prepared-{number}").select_option("A browser test (Emergency or self-harm)")
    page.locator(f"#item-{number} [data-do=reply]").get_by_role("button", name="Insert").click()
    expect(field).to_have_value("Before. Dear Ada of Asthma. After.")
    assert state_of(site, number) == "waiting"


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_text_stays_in_its_box_and_runs_nowhere(open_tab, site, width):
    post(site, *((name[:60], text[:5_000], ["emergency"], 1) for name, text in HOSTILE))
    # Without the security policy, so that escaping alone must hold.
    tab = open_tab(viewport={"width": width, "height": 900}, bypass_csp=True)
    log_in(tab, "moderator")
    page = tab.page
    page.goto(f"{DESK}?show=safety")
    ready(page)
    page.evaluate("document.querySelectorAll('.desk details').forEach(each => { each.open = true })")
    assert page.locator(".desk-item").count() >= len(HOSTILE)
    assert page.title().startswith("Moderation desk")
    assert page.locator(".desk img, .desk script, form[action*='example.org']").count() == 0
    wide = """[...document.querySelectorAll(".desk-item, .desk-item *")].filter(each => each.offsetParent
        && !each.closest(".visually-hidden")
        && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length"""
    assert page.evaluate(wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [f"{DESK}?show=safety", f"{DESK}keys/", "/admin/"])
def test_no_barriers(open_tab, site, scheme, address):
    post(site, ("Ada", "Is there something that I cannot reach?", ["emergency"], 1))
    tab = open_tab(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    log_in(tab, "moderator")
    tab.page.goto(address)
    ready(tab.page)
    if "safety" in address:
        tab.page.keyboard.press("j")
        tab.page.evaluate("document.querySelectorAll('.desk details').forEach(each => { each.open = true })")
    found = Axe().run(tab.page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
