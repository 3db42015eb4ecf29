"""What is typed and not saved is offered again, to whoever typed it and to nobody else."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.test_staff import CONDITION, choose, form_of

pytestmark = pytest.mark.browser
# What the issue allows, in milliseconds: typed text is kept within 30 seconds.
WITHIN = 30_000


def opened(open_tab, site, name="author", address=None, **options):
    tab = open_tab(**{"viewport": {"width": 1280, "height": 1000}} | options)
    log_in(tab, name)
    tab.page.goto(address or form_of(site, CONDITION))
    expect(tab.page.locator(".field-overview .ProseMirror")).to_be_visible()
    return tab.page


def kept(page):
    return page.expect_response(
        lambda response: response.url.endswith("/unsaved/") and response.request.method == "POST", timeout=WITHIN
    )


def offer(page):
    return page.get_by_role("region", name="Unsaved text")


def type_into(page):
    """In a plain field, an editor, a search box, a tick box and a new row."""
    page.get_by_label("Summary").fill("A summary that was never saved.")
    choose(page, page.locator(".field-authors .select2-selection"), "Zelda")
    page.locator("#indications-group .add-row a").click()
    row = page.locator("#indications-group .inline-related.last-related:not(.empty-form)").last
    choose(page, row.locator(".field-therapy .select2-selection"), "Rituximab")
    row.locator("select[name$=-role]").select_option("specialist")
    row.locator("textarea[name$=-description]").fill("A row that was never saved.")
    page.locator(".field-overview .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" A sentence that was never saved.")


def test_typed_text_comes_back_after_a_crash_and_is_saved(open_tab, site):
    site.shell("from publishing.models import Person; Person.objects.create(name='Zelda Author', slug='zelda-author')")
    page = opened(open_tab, site)
    expect(offer(page)).to_be_hidden()
    authors = page.locator("#id_authors option:checked").count()
    before = page.locator("#indications-group .inline-related:not(.empty-form)").count()
    with kept(page):
        type_into(page)
    page.wait_for_timeout(100)
    page.context.close()

    other = opened(open_tab, site, "editor")
    expect(other.get_by_label("Summary")).not_to_have_value("A summary that was never saved.")
    expect(offer(other)).to_be_hidden()

    page = opened(open_tab, site)
    expect(offer(page)).to_contain_text("You typed something on")
    expect(offer(page)).to_contain_text("A summary that was never saved.")
    expect(offer(page)).to_contain_text("A row that was never saved.")
    expect(offer(page)).to_contain_text("A sentence that was never saved.")
    expect(offer(page)).to_contain_text("Rituximab")
    expect(offer(page)).to_contain_text("Zelda Author")
    expect(page.locator("#unsaved-stale")).to_be_hidden()
    assert Axe().run(page, context="#unsaved").response["violations"] == []
    offer(page).get_by_role("button", name="Restore").click()
    expect(offer(page)).to_be_hidden()
    expect(page.locator("#unsaved-status")).to_contain_text("It is not saved yet.")
    expect(page.get_by_label("Summary")).to_have_value("A summary that was never saved.")
    expect(page.locator(".field-overview .ProseMirror")).to_contain_text("A sentence that was never saved.")
    assert page.locator("#id_authors option:checked").count() == authors + 1

    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(offer(page)).to_be_hidden()
    expect(page.get_by_label("Summary")).to_have_value("A summary that was never saved.")
    assert "A sentence that was never saved." in page.locator("#id_overview").input_value()
    descriptions = page.locator("#indications-group textarea[name$=-description]")
    assert "A row that was never saved." in [descriptions.nth(at).input_value() for at in range(before + 1)]


def test_leaving_the_tab_keeps_it_at_once_and_discarding_ends_it(open_tab, site, blank_drafts):
    address = next(blank_drafts)
    page = opened(open_tab, site, address=address)
    page.get_by_label("Summary").fill("Left in a hurry.")
    with kept(page):
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.reload()
    expect(offer(page)).to_contain_text("Left in a hurry.")
    with page.expect_response(lambda response: response.request.method == "DELETE"):
        offer(page).get_by_role("button", name="Discard").click()
    expect(offer(page)).to_be_hidden()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(offer(page)).to_be_hidden()
    expect(page.get_by_label("Summary")).to_have_value("Nothing yet.")


def test_draft_that_was_saved_meanwhile_is_named(open_tab, site, blank_drafts):
    address = next(blank_drafts)
    first, second = opened(open_tab, site, address=address), opened(open_tab, site, "editor", address=address)
    first.get_by_label("Summary").fill("What the author typed.")
    with kept(first):
        first.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    second.locator("#id_plain_name").fill("What the editor saved")
    second.get_by_role("button", name="Save draft").click()
    expect(second.locator(".messagelist .success")).to_be_visible()
    first.reload()
    expect(offer(first).get_by_text("The draft was saved after you had opened it.")).to_be_visible()
    offer(first).get_by_role("button", name="Restore").click()
    expect(first.locator("#id_plain_name")).to_have_value("What the editor saved")
    expect(first.get_by_label("Summary")).to_have_value("What the author typed.")


def test_log_out_is_told_and_swallows_nothing(open_tab, site, blank_drafts):
    page = opened(open_tab, site, address=next(blank_drafts))
    page.context.clear_cookies(name="session")
    page.get_by_label("Summary").fill("Typed after the log-out.")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.locator("#unsaved-status")).to_contain_text("You are logged out")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("Summary")).to_have_value("Typed after the log-out.")
    with page.context.expect_page() as another:
        page.get_by_role("link", name="Log in in another tab").click()
    login = another.value
    login.get_by_label("Username").fill("author")
    login.get_by_label("Password").fill("a long password for browser tests")
    login.get_by_role("button", name="Log in").click()
    login.wait_for_url("**/unsaved/")
    page.bring_to_front()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("Typed after the log-out.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offer_fits_a_phone(open_tab, site, blank_drafts, scheme):
    address = next(blank_drafts)
    page = opened(open_tab, site, address=address, viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page.get_by_label("Summary").fill("Averylongwordthathasnoplacetobreakinit" * 3)
    with kept(page):
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.reload()
    expect(offer(page)).to_be_visible()
    box = offer(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    for name in ("Restore", "Discard"):
        assert offer(page).get_by_role("button", name=name).bounding_box()["height"] >= 24
    assert Axe().run(page, context="#unsaved").response["violations"] == []
