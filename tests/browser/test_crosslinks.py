"""The definition that a crosslink shows: by pointer and keyboard, as WCAG 1.4.13 asks, and never in the way."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ARTICLE = "/articles/ivig-what-it-does-and-does-not-do/"
IVIG = "/therapies/intravenous-immunoglobulin/"
DEFINITION = "Subcutaneous immunoglobulin"
# The width and height of a window of 1280 by 1024 pixels at a zoom of 400 %.
ZOOMED = {"width": 320, "height": 256}
# Milliseconds in which what opens or closes after a moment has done so.
LONG = 5_000


@pytest.fixture
def open_article(open_tab):
    def opened(address=ARTICLE, **options):
        tab = open_tab(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options)
        if options.get("java_script_enabled", True):
            tab.page.clock.install()
        tab.page.goto(address)
        return tab.page

    return opened


def link_in(page, name="subcutaneous immunoglobulin"):
    return page.locator("a.crosslink", has_text=name).first


def shown(page):
    return page.get_by_role("tooltip")


def focus(page, link):
    """As the keyboard does: from the last thing before the link, one step on."""
    link.evaluate(
        """link => {
          const all = [...document.querySelectorAll("a[href], [tabindex]")]
          all[all.indexOf(link) - 1].focus()
        }"""
    )
    page.keyboard.press("Tab")
    expect(link).to_be_focused()


def overlap(page, link):
    """Whether the definition covers any line of the link."""
    return link.evaluate(
        """link => {
          const card = document.querySelector("[role=tooltip]").getBoundingClientRect()
          return [...link.getClientRects()].some(line => line.right > card.left && line.left < card.right
            && line.bottom > card.top && line.top < card.bottom)
        }"""
    )


def inside(page):
    return shown(page).evaluate(
        """card => {
          const { left, right, top, bottom } = card.getBoundingClientRect()
          return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
        }"""
    )


def test_pointer_opens_it_may_move_onto_it_and_closes_it_by_leaving(open_article):
    page = open_article()
    link = link_in(page)
    link.hover()
    expect(shown(page)).to_contain_text(DEFINITION)
    expect(shown(page)).to_contain_text("usually at home")
    expect(link).to_have_accessible_description(
        f"{DEFINITION} Donor antibodies infused slowly under the skin, "
        "usually at home. It replaces missing antibodies, and keeps some people with CIDP stable."
    )
    assert not overlap(page, link)
    box = shown(page).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=25)
    page.clock.run_for(LONG)
    expect(shown(page)).to_be_visible()
    page.mouse.move(1, 1)
    expect(shown(page)).to_be_hidden()
    expect(link).not_to_have_attribute("aria-describedby", "definition")


def test_keyboard_focus_opens_it_and_escape_closes_it_without_moving_focus(open_article):
    page = open_article()
    link = link_in(page)
    focus(page, link)
    expect(shown(page)).to_contain_text(DEFINITION)
    expect(link).to_have_attribute("aria-describedby", "definition")
    assert not overlap(page, link)
    page.clock.run_for(LONG)
    expect(shown(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(shown(page)).to_contain_text(DEFINITION)
    page.keyboard.press("Tab")
    expect(link).not_to_be_focused()
    expect(shown(page).filter(has_text=DEFINITION)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/therapies/subcutaneous-immunoglobulin/")


def test_escape_closes_it_under_a_resting_pointer(open_article):
    page = open_article()
    link_in(page).hover()
    expect(shown(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown(page)).to_be_hidden()
    page.clock.run_for(LONG)
    expect(shown(page)).to_be_hidden()


def test_definition_of_the_focused_link_comes_back_when_the_pointer_leaves_another(open_article):
    page = open_article()
    link, other = link_in(page), link_in(page, "selective IgA")
    focus(page, link)
    other.hover()
    expect(shown(page)).to_contain_text("Selective IgA deficiency")
    page.mouse.move(1, 1)
    expect(shown(page)).to_contain_text(DEFINITION)
    expect(link).to_be_focused()


def test_pointer_that_passes_over_a_link_opens_nothing(open_article):
    page = open_article()
    page.clock.pause_at("2100-01-01")
    link_in(page).hover()
    page.clock.run_for(100)
    expect(shown(page)).to_be_hidden()
    page.mouse.move(1, 1)
    page.clock.run_for(LONG)
    expect(shown(page)).to_be_hidden()


@pytest.mark.parametrize("edge", ["start", "end"])
@pytest.mark.parametrize("viewport", [ZOOMED, {"width": 320, "height": 700}, {"width": 1280, "height": 900}], ids=str)
def test_it_stays_in_the_window_beside_every_link(open_article, viewport, edge):
    page = open_article(viewport=viewport)
    links = page.locator("a.crosslink").all()
    assert len(links) > 5
    for link in links:
        page.keyboard.press("Escape")
        page.mouse.move(1, 1)
        link.evaluate("(link, block) => link.scrollIntoView({ block, behavior: 'instant' })", edge)
        x, y = link.evaluate("link => { const line = link.getClientRects()[0]; return [line.x, line.y] }")
        page.mouse.move(x + 3, y + 10)
        expect(shown(page)).to_be_visible()
        assert inside(page)
        assert not overlap(page, link)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_keyboard_focus_brings_it_into_a_very_low_window(open_article):
    page = open_article(viewport=ZOOMED)
    for link in page.locator("a.crosslink").all():
        link.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
        focus(page, link)
        expect(shown(page)).to_be_visible()
        expect(shown(page)).to_be_in_viewport(ratio=1)
        expect(link).to_be_in_viewport()


def test_first_tap_follows_the_link(open_article):
    page = open_article(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    link_in(page).tap()
    page.wait_for_url("**/therapies/subcutaneous-immunoglobulin/")
    page.go_back()
    expect(shown(page)).to_be_hidden()


def test_without_scripts_it_is_an_ordinary_link(open_article):
    page = open_article(java_script_enabled=False)
    link = link_in(page)
    assert link.evaluate("link => link.getAttributeNames().sort()") == ["class", "href"]
    link.hover()
    expect(shown(page)).to_have_count(0)
    link.click()
    page.wait_for_url("**/therapies/subcutaneous-immunoglobulin/")


def test_definitions_cost_one_request_of_a_file(open_tab):
    tab = open_tab()
    tab.page.goto(ARTICLE)
    tab.page.wait_for_load_state("networkidle")
    scripts = [url for url in tab.requests if "definitions" in url and ".js" in url]
    assert len(scripts) == 1
    before = len(tab.requests)
    link_in(tab.page).hover()
    expect(shown(tab.page)).to_be_visible()
    assert tab.requests[before:] == []
    assert tab.page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_while_it_is_open(open_article, width, scheme):
    page = open_article(viewport={"width": width, "height": 900}, color_scheme=scheme)
    focus(page, link_in(page))
    expect(shown(page)).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_list_of_pages_that_mention_one(open_article, width, scheme):
    address = "/therapies/corticosteroids/"
    page = open_article(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.get_by_role("link", name="All pages that mention Corticosteroids").click()
    page.wait_for_url(f"**{address}mentioned-in/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_printed_page_has_the_words_without_addresses(open_article):
    page = open_article()
    page.emulate_media(media="print")
    style = link_in(page).evaluate(
        "link => [getComputedStyle(link, '::after').content, getComputedStyle(link).textDecorationLine]"
    )
    assert style == ["none", "none"]
    expect(page.locator(".mentioned-in")).to_be_hidden()


PUBLISH_ARTICLE = """
from articles.models import Article, Category
from publishing.models import Person
from tests.builders import published
page = Article(title="Drips at home", slug="drips-at-home", summary="Who has them.", category=Category.objects.first())
page.body = "<p>Some people have donor globulin at home.</p>"
page.save()
page.authors.add(Person.objects.first())
published(page)
"""
STORED = """
from publishing.models import Edition
edition = Edition.objects.live().get(slug="drips-at-home")
print(edition.digest, edition.html)
"""
ADD_NAME = """
from crosslinks.changes import Change, apply
from crosslinks.models import Name
from publishing.models import Page
page = Page.objects.get(address="intravenous-immunoglobulin")
apply(Change(save=(Name(page=page, text="donor globulin", kind="plain"),)), by="tests")
"""
REMOVE_NAME = """
from crosslinks.changes import Change, apply
from crosslinks.models import Name
apply(Change(remove=(Name.objects.get(text="donor globulin"),)), by="tests")
"""


def test_new_synonym_links_on_the_next_request_and_leaves_the_stored_text_alone(open_article, site):
    site.shell(PUBLISH_ARTICLE)
    stored = site.shell(STORED)
    page = open_article("/articles/drips-at-home/")
    link = link_in(page, "donor globulin")
    expect(page.get_by_text("donor globulin at home")).to_be_visible()
    expect(link).to_have_count(0)

    site.shell(ADD_NAME)
    page.reload()
    expect(link).to_have_attribute("href", IVIG)
    link.hover()
    expect(shown(page)).to_contain_text("Intravenous immunoglobulin")
    assert site.shell(STORED) == stored

    site.shell(REMOVE_NAME)
    page.reload()
    expect(page.get_by_text("donor globulin at home")).to_be_visible()
    expect(link).to_have_count(0)
    assert site.shell(STORED) == stored
