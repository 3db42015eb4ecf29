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


EMPTY = """
from comments.comments import Comment
Comment.objects.filter(state="waiting").delete()
Comment.objects.queued().update(queued_at=None, queued_for="")
"""


@pytest.fixture(autouse=True)
def empty_queue(site):
    """Other tests leave comments that wait."""
    site.shell(EMPTY)


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


def test_rejection_with_words_goes_from_the_rule_to_the_words_to_the_button(open_tab, site):
    worded, plain = post(
        site, ("Ada", "Is there a word for this?", ["emergency"], 1), ("Theo", "And for that?", ["emergency"], 1)
    )
    tab = open_tab()
    log_in(tab, "moderator")
    page = tab.page
    page.goto(f"{DESK}?at={worded}")
    ready(page)
    press(page, "r", "ArrowDown", "Tab")
    expect(page.locator(f"#words-{worded}")).to_be_focused()
    page.keyboard.type("2 words, not 9.")
    press(page, "Tab")
    follow(page, "Enter")
    log = "from comments.decisions import Decision; d = Decision.objects.get(comment_id={}); print(d.rule, d.reason)"
    assert site.shell(log.format(worded)) == "no-medical-advice 2 words, not 9."

    # Wherever in the form the focus is, but for its fields.
    press(page, "r", "Tab", "Tab")
    expect(page.locator(f"#item-{plain} [value=reject]")).to_be_focused()
    follow(page, "4")
    assert site.shell(log.format(plain)) == "privacy"


def test_digits_are_switched_off_with_the_key_that_opens_the_rules(open_tab, site):
    [number] = post(site, ("Ada", "Does a digit decide by accident?", ["emergency"], 1))
    site.shell(
        "from comments.keys import KeysOff; from django.contrib.auth.models import User;"
        "user = User.objects.get(username='administrator');"
        "KeysOff.objects.update_or_create(user=user, defaults={'actions': ['reject']})"
    )
    tab = open_tab()
    log_in(tab, "administrator")
    page = tab.page
    page.goto(f"{DESK}?at={number}")
    ready(page)
    form = page.locator(f"#item-{number} [data-do=reject]")
    form.locator("summary").click()
    form.get_by_role("radio").first.focus()
    expect(form).not_to_contain_text("A digit rejects at once")
    press(page, "1")
    form.get_by_role("radio").last.check()
    with page.expect_navigation():
        form.get_by_role("button", name="Reject").click()
    log = f"print(*Decision.objects.filter(comment_id={number}).values_list('rule', flat=True))"
    log = f"from comments.decisions import Decision; {log}"
    assert site.shell(log) == "emergency"
    site.shell("from comments.keys import KeysOff; KeysOff.objects.all().delete()")


def test_refused_decision_on_several_keeps_the_ticks(open_tab, site):
    first, second = post(site, ("Ada", "One?", ["emergency"], 1), ("Theo", "Two?", ["emergency"], 1))
    tab = open_tab()
    log_in(tab, "moderator")
    page = tab.page
    page.goto(f"{DESK}?at={first}")
    ready(page)
    press(page, "x", "j", "x")
    with page.expect_navigation():
        page.get_by_role("button", name="Reject selected").click()
    ready(page)
    expect(page.locator(".desk-problem")).to_contain_text("Choose the rule")
    expect(page.locator(".desk-several-count")).to_have_text("Selected: 2")
    page.get_by_label("Selected comments: reject for").select_option("kindness")
    with page.expect_navigation():
        page.get_by_role("button", name="Reject selected").click()
    assert [state_of(site, each) for each in (first, second)] == ["rejected", "rejected"]
    tab.messages[:] = [each for each in tab.messages if "400 (Bad Request)" not in each]


REASONED = """
from comments import moderation
from comments.comments import Comment
from django.contrib.auth.models import User
by = User.objects.get(username="moderator")
for number in {numbers}:
    comment = Comment.objects.get(pk=number)
    moderation.reject(comment, by=by, version=comment.version, rule="own-experience", words="Kind words. " * 80)
"""


def test_list_of_decisions_fits_a_small_screen(open_tab, site):
    numbers = post(site, ("Ada", "Is the reason too long?", [], 7), ("Theo", "Is the rule cut off?", [], 7))
    site.shell(REASONED.format(numbers=numbers))
    tab = open_tab(viewport={"width": 1100, "height": 900})
    log_in(tab, "moderator")
    page = tab.page
    page.goto("/admin/comments/decision/")
    ready(page)
    table = page.locator("#changelist .results")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
    rows = page.locator("#result_list tbody tr")
    assert max(row.bounding_box()["height"] for row in rows.all()) < 150


def test_second_moderator_is_told_who_has_it_open(open_tab, site):
    [number] = post(site, ("Ada", "Do two of you look at this?", ["emergency"], 1))
    one, other = open_tab(), open_tab()
    log_in(one, "moderator")
    log_in(other, "administrator")
    with one.page.expect_response(f"**{DESK}open/"):
        one.page.goto(f"{DESK}?at={number}")
    with other.page.expect_response(f"**{DESK}open/"):
        other.page.goto(f"{DESK}?at={number}")
    expect(other.page.locator(f"#item-{number} .desk-opened")).to_have_text("Moderator has it open.")
    one.page.get_by_role("button", name=f"Approve number {number}").click()
    one.page.wait_for_url("**/desk/**")
    assert state_of(site, number) == "approved"
    with other.page.expect_navigation():
        other.page.keyboard.press("s")
    expect(other.page.locator(".desk-problem")).to_be_focused()
    expect(other.page.locator(".desk-problem")).to_contain_text("Nothing was done")
    assert state_of(site, number) == "approved"
    other.messages[:] = [each for each in other.messages if "409 (Conflict)" not in each]


def test_network_of_a_writer_is_blocked_with_the_keyboard(open_tab, site):
    [number] = post(site, ("Ada", "Is this the last of many?", ["emergency"], 1))
    tab = open_tab()
    log_in(tab, "moderator")
    page = tab.page
    page.goto(f"{DESK}?at={number}")
    ready(page)
    press(page, "b")
    expect(page.locator(f"#item-{number} [name=what]")).to_be_focused()
    press(page, "Tab")
    page.keyboard.type("Floods")
    press(page, "Tab", "Tab", "Tab")
    follow(page, "Enter")
    expect(page.locator(".messagelist")).to_contain_text("the network it came from is blocked until")
    expect(page.locator(f"#item-{number} .desk-known")).to_contain_text("The network it came from is blocked until")
    assert state_of(site, number) == "waiting"


def test_prepared_text_is_put_where_the_cursor_is(open_tab, site):
    site.shell(
        "from comments.prepared import PreparedReply;"
        "PreparedReply.objects.create("
        "title='A browser test', text='About {page}.', flag='emergency', purpose='answer')"
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
    expect(field).to_have_value("Before. About Asthma. After.")
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
