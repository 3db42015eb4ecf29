"""The public pages in a browser: accessible in both colour schemes, narrow and wide, and complete without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
ADDRESSES = {
    "home": "/",
    "conditions": "/conditions/",
    "therapies": "/therapies/",
    "condition": "/conditions/rheumatoid-arthritis/",
    "short condition": "/conditions/crohns-disease/",
    "therapy": "/therapies/intravenous-immunoglobulin/",
    "therapy with many rows": "/therapies/corticosteroids/",
    "articles": "/articles/",
    "article": "/articles/ivig-what-it-does-and-does-not-do/",
    "category": "/articles/category/myths-and-facts/",
    "tag": "/tags/antibodies/",
    "person": "/people/demonstration-editor/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_tab, address, width, scheme):
    tab = open_tab(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.page.goto(address)
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_page_reads_without_scripts_and_sets_no_cookie(open_tab, address):
    tab = open_tab(java_script_enabled=False)
    response = tab.page.goto(address)
    assert response.status == 200
    assert tab.page.locator("h1").count() == 1
    assert tab.page.context.cookies() == []


def test_citation_leads_to_its_source_and_back(open_tab):
    tab = open_tab()
    tab.page.goto("/therapies/intravenous-immunoglobulin/")
    tab.page.locator("sup.citation a").first.click()
    assert tab.page.url.endswith("#reference-1")
    tab.page.locator("#reference-1 a[href^='#citation-1-']").first.click()
    assert tab.page.url.endswith("#citation-1-1")


def test_not_found_page_helps(open_tab):
    tab = open_tab(viewport={"width": 320, "height": 700})
    assert tab.page.goto("/therapies/nothing-here/").status == 404
    assert tab.page.get_by_role("link", name="Therapies").count() >= 1
    assert Axe().run(tab.page).violations_count == 0
    tab.messages.clear()  # the browser itself reports the status 404
