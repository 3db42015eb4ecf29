"""The search in a browser: suggestions from the keyboard, the pages of results, and all of it without scripts."""

import re
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PAGE = "/conditions/rheumatoid-arthritis/"
MISTYPED = "methotrexat"
# Each with words that stand on it.
SCREENS = {
    "nothing typed": ("/search/", "What you can search for"),
    "results": ("/search/?q=immune", "results for “immune”"),
    "caution": ("/search/?q=ivig+lupus", "Can cause harm|Not approved|Caution"),
    "indication": ("/search/?q=methotrexate+rheumatoid+arthritis", "Evidence"),
    "no row joins them": ("/search/?q=infliximab+asthma", "That says nothing about whether it helps or harms"),
    "mistyped": (f"/search/?q={MISTYPED}", "Search instead for"),
    "narrowed": ("/search/?q=immune&kind=therapy", "take this filter off"),
    "nothing found": ("/search/?q=qqqqqq", "Nothing found for “qqqqqq”"),
    "very long": (f"/search/?q={'x' * 300}", "not all of it was looked for"),
}
SCREEN = pytest.mark.parametrize(("address", "words"), SCREENS.values(), ids=SCREENS)


def field(page: Page):
    return page.get_by_role("combobox")


def option(page: Page, name: str | None = None):
    return page.get_by_role("option", name=name)


def asked(tab) -> list[str]:
    return [url.partition("?q=")[2] for url in tab.requests if "/search/suggest" in url]


# Suggestions


@pytest.fixture
def tab(open_tab):
    """On the page of a condition, with suggestions under its search field."""
    opened = open_tab(viewport={"width": 1280, "height": 800})
    opened.page.goto(PAGE)
    return opened


@pytest.fixture
def suggested(tab):
    field(tab.page).press_sequentially("met")
    expect(option(tab.page).nth(1)).to_be_visible()
    return tab.page


def test_typing_shows_suggestions_and_tells_how_many(suggested):
    expect(field(suggested)).to_have_attribute("aria-expanded", "true")
    expect(option(suggested, "Methotrexate Therapy")).to_be_visible()
    expect(suggested.get_by_role("status")).to_have_text(f"Suggestions: {option(suggested).count()}")
    expect(suggested.get_by_role("option", selected=True)).to_have_count(0)


def test_suggestion_by_another_name_says_whose_it_is(tab):
    field(tab.page).press_sequentially("humira")
    expect(option(tab.page, "Humira – Adalimumab Therapy")).to_be_visible()


def test_arrows_walk_round_the_list_and_the_focus_stays_in_the_field(suggested):
    count = option(suggested).count()
    for key, number in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", count - 1), ("ArrowDown", 0)):
        suggested.keyboard.press(key)
        expect(option(suggested).nth(number)).to_have_attribute("aria-selected", "true")
        expect(suggested.get_by_role("option", selected=True)).to_have_count(1)
        identifier = option(suggested).nth(number).get_attribute("id")
        expect(field(suggested)).to_have_attribute("aria-activedescendant", identifier)
        expect(field(suggested)).to_be_focused()
    expect(field(suggested)).to_have_value("met")


@pytest.mark.parametrize(("key", "typed"), [("Home", "xmet"), ("End", "metx")])
def test_home_and_end_go_back_into_the_text(suggested, key, typed):
    suggested.keyboard.press("ArrowDown")
    suggested.keyboard.press(key)
    expect(suggested.get_by_role("option", selected=True)).to_have_count(0)
    suggested.keyboard.type("x")
    expect(field(suggested)).to_have_value(typed)


def test_enter_opens_the_page_of_the_suggestion(suggested):
    suggested.keyboard.press("ArrowDown")
    suggested.keyboard.press("Enter")
    suggested.wait_for_url("**/therapies/methotrexate/")


def test_enter_without_a_chosen_suggestion_searches(suggested):
    suggested.keyboard.press("Enter")
    suggested.wait_for_url("**/search/?q=met")


def test_escape_closes_the_list_and_then_clears_the_field(suggested):
    suggested.keyboard.press("Escape")
    expect(suggested.get_by_role("listbox")).to_be_hidden()
    expect(field(suggested)).to_have_attribute("aria-expanded", "false")
    expect(field(suggested)).to_have_value("met")
    suggested.keyboard.press("ArrowDown")
    expect(option(suggested).first).to_have_attribute("aria-selected", "true")
    suggested.keyboard.press("Escape")
    suggested.keyboard.press("Escape")
    expect(field(suggested)).to_have_value("")
    expect(field(suggested)).to_be_focused()


def test_list_of_what_was_typed_before_is_not_offered_again(suggested):
    expect(suggested.get_by_role("option").filter(has_text="methimazole")).to_have_count(1)
    suggested.keyboard.type("hot")
    suggested.keyboard.press("Tab")
    field(suggested).focus()
    suggested.keyboard.press("ArrowDown")
    expect(option(suggested, "Methotrexate Therapy")).to_be_visible()
    expect(suggested.get_by_role("option").filter(has_text="methimazole")).to_have_count(0)


def test_tab_leaves_the_field_and_closes_the_list(suggested):
    suggested.keyboard.press("ArrowDown")
    suggested.keyboard.press("Tab")
    expect(suggested.get_by_role("button", name="Search")).to_be_focused()
    expect(suggested.get_by_role("listbox")).to_be_hidden()
    assert suggested.url.endswith(PAGE)


def test_suggestion_is_opened_with_the_mouse(suggested):
    option(suggested, "Methotrexate Therapy").click()
    suggested.wait_for_url("**/therapies/methotrexate/")


def test_suggestion_is_opened_with_a_finger(open_tab):
    page = open_tab(viewport={"width": 320, "height": 700}, has_touch=True).page
    page.goto(PAGE)
    field(page).tap()
    page.keyboard.type("humira")
    option(page, "Humira").tap()
    page.wait_for_url("**/therapies/adalimumab/")


def test_site_is_asked_once_for_what_is_typed_without_a_pause_and_never_for_one_letter(tab):
    page = tab.page
    page.clock.install()
    page.goto(PAGE)
    field(page).press_sequentially("m")
    page.clock.run_for(2000)
    field(page).press_sequentially("etho")
    page.clock.run_for(2000)
    expect(option(page, "Methotrexate Therapy")).to_be_visible()
    assert asked(tab) == ["metho"]


def test_older_question_is_taken_back(tab):
    page, held = tab.page, []
    page.route("**/search/suggest?q=hu", lambda route: held.append(route))
    with page.expect_event("requestfailed") as failed:
        with page.expect_request("**/search/suggest?q=hu"):
            field(page).press_sequentially("hu")
        page.keyboard.type("mira")
    assert failed.value.url.endswith("?q=hu")
    expect(option(page, "Humira")).to_be_visible()
    assert len(held) == 1


def test_suggestions_are_text_whatever_they_hold(tab):
    page = tab.page
    hostile = {"text": "<img src=x onerror=alert(1)>", "title": "<b>Bold</b>", "kind": "<i>Kind</i>", "url": PAGE}
    page.route("**/search/suggest?*", lambda route: route.fulfill(json={"query": "im", "suggestions": [hostile]}))
    field(page).press_sequentially("im")
    expect(option(page)).to_have_text("<img src=x onerror=alert(1)> – <b>Bold</b> <i>Kind</i>")
    assert page.locator(".suggestions :is(img, b, i)").count() == 0


def test_answer_that_is_none_leaves_a_field_that_searches(tab):
    page = tab.page
    page.route("**/search/suggest?*", lambda route: route.fulfill(body="<p>Not what was asked for"))
    with page.expect_response("**/search/suggest?*"):
        field(page).press_sequentially("immune")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=immune")


def test_arrow_asks_at_once_and_what_it_chose_stays_chosen(tab):
    page = tab.page
    page.clock.install()
    page.goto(PAGE)
    field(page).press_sequentially("metho")
    page.keyboard.press("ArrowDown")
    expect(option(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.clock.run_for(2000)
    expect(option(page).first).to_have_attribute("aria-selected", "true")
    assert asked(tab) == ["metho"]


def test_nothing_suggested_is_told_and_shows_no_list(tab):
    field(tab.page).press_sequentially("qqqq")
    expect(tab.page.get_by_role("status")).to_have_text("Suggestions: 0")
    expect(tab.page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", PAGE])
def test_open_list_is_accessible_and_inside_the_window(open_tab, address, width, scheme):
    page = open_tab(viewport={"width": width, "height": 900}, color_scheme=scheme).page
    page.goto(address)
    field(page).press_sequentially("met")
    expect(option(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option(page).first).to_have_attribute("aria-selected", "true")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


# The field in the head of every page


@pytest.mark.parametrize("width", [320, 390, 768])
def test_links_of_the_head_keep_their_place_while_somebody_types(open_tab, width):
    page = open_tab(viewport={"width": width, "height": 700}).page
    page.goto(PAGE)
    link = page.get_by_label("Main").get_by_role("link", name="Articles")
    before = link.bounding_box()
    page.locator("header input").focus()
    assert link.bounding_box() == before
    box = page.locator("header .search-field").bounding_box()
    assert box["width"] >= 240
    assert box["x"] + box["width"] <= width


def test_field_and_button_of_the_head_are_large_enough_for_a_finger(open_tab):
    page = open_tab(viewport={"width": 320, "height": 700}).page
    page.goto(PAGE)
    for part in ("input", "button"):
        box = page.locator(f"header {part}").bounding_box()
        assert box["height"] >= 44, part
    assert page.locator("header button").bounding_box()["width"] >= 44


def test_search_is_not_printed(open_tab):
    page = open_tab().page
    for address in (PAGE, "/", "/search/?q=immune"):
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.locator(".search-field")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.emulate_media(media="screen")


# Results


@SCREEN
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_tab, address, words, width, scheme):
    page = open_tab(viewport={"width": width, "height": 900}, color_scheme=scheme).page
    page.goto(address)
    expect(page.locator("main")).to_contain_text(re.compile(words))
    if page.locator("summary").is_visible():
        page.locator("summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@SCREEN
def test_everything_is_there_without_scripts(open_tab, address, words):
    page = open_tab(java_script_enabled=False).page
    page.goto(address)
    expect(page.locator("main")).to_contain_text(re.compile(words))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", ["/", PAGE, "/search/"])
def test_form_searches_without_scripts(open_tab, address):
    page = open_tab(java_script_enabled=False).page
    page.goto(address)
    page.get_by_role("searchbox").fill("methotrexate")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page.get_by_role("searchbox")).to_have_value("methotrexate")
    expect(page).to_have_title(re.compile("methotrexate"))
    expect(page.get_by_role("heading", level=3).get_by_role("link", name="Methotrexate").first).to_be_visible()


def test_marked_words_are_seen(open_tab):
    page = open_tab(java_script_enabled=False).page
    page.goto("/search/?q=immune")
    mark = page.locator(".hit-snippet mark").first
    expect(mark).to_be_visible()
    expect(mark).to_have_text(re.compile("immun", re.IGNORECASE))
    assert mark.evaluate("it => getComputedStyle(it).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_mistyped_word_can_be_looked_for_as_it_is(open_tab):
    page = open_tab(java_script_enabled=False).page
    page.goto(f"/search/?q={MISTYPED}")
    page.get_by_role("link", name=f"Search instead for {MISTYPED}").click()
    expect(page.get_by_role("searchbox")).to_have_value(MISTYPED)
    expect(page.get_by_text("Search instead for")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_filter_is_put_on_and_taken_off_without_scripts(open_tab, width):
    page = open_tab(java_script_enabled=False, viewport={"width": width, "height": 900}).page
    page.goto("/search/?q=immune")
    kinds = set(page.locator(".hit .card-kind").all_inner_texts())
    assert len(kinds) > 1
    nav = page.get_by_role("navigation", name="Narrow the results")
    if width == 390:
        expect(nav.get_by_role("link").first).to_be_hidden()
        nav.locator("summary").click()
    nav.get_by_role("link", name=re.compile("^Conditions")).click()
    expect(page).to_have_url(re.compile("kind=condition"))
    expect(nav.locator("[aria-current]")).to_have_count(1)
    assert {each.strip() for each in page.locator(".hit .card-kind").all_inner_texts()} == {"Condition"}
    page.get_by_role("link", name=re.compile("Conditions.*– take this filter off")).locator("visible=true").click()
    expect(nav.locator("[aria-current]")).to_have_count(0)
    assert "kind=" not in page.url


def test_next_page_goes_on_and_previous_comes_back(open_tab):
    page = open_tab(java_script_enabled=False).page
    page.goto("/search/?q=immune")
    first = page.locator(".hit h3").all_inner_texts()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_label("Pages", exact=True)).to_contain_text("Page 2 of")
    expect(page).to_have_title(re.compile("page 2"))
    assert set(first).isdisjoint(page.locator(".hit h3").all_inner_texts())
    page.get_by_role("link", name="Previous").click()
    assert page.locator(".hit h3").all_inner_texts() == first


def test_section_of_a_hit_leads_to_that_section(open_tab):
    page = open_tab().page
    page.goto("/search/?q=methotrexate")
    link = page.locator(".hit-sections a").first
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    assert target
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


# Beyond the page of results


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_address_without_a_page_offers_what_it_may_have_meant(open_tab, width, scheme):
    tab = open_tab(viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert tab.page.goto(f"/therapies/{MISTYPED}/").status == 404
    tab.messages.clear()  # the browser itself reports the status 404
    expect(field(tab.page)).to_have_value(MISTYPED)
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.page.locator(".nearest").get_by_role("link", name="methotrexate").first.click()
    tab.page.wait_for_url("**/therapies/methotrexate/")


def test_browser_can_add_the_search_to_its_own(open_tab, site):
    page = open_tab().page
    page.goto("/")
    answer = page.context.request.get(page.locator("link[rel=search]").get_attribute("href"))
    tree = ET.fromstring(answer.text())  # noqa: S314 (a page of this site)
    spaces = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert 1 <= len(tree.findtext("o:ShortName", namespaces=spaces)) <= 16
    template = tree.find("o:Url[@type='text/html']", spaces).get("template")
    assert template.startswith(site.url)
    page.goto(template.replace("{searchTerms}", "t%20cells"))
    expect(field(page)).to_have_value("t cells")
    images = [image.text for image in tree.findall("o:Image", spaces)]
    assert [page.context.request.get(image).status for image in images] == [200] * len(images)
    assert images
