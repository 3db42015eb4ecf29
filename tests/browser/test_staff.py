"""Whole journeys: what staff do, and what readers see before and after."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.test_review import sign_off, submit_and_send_on

pytestmark = pytest.mark.browser
THERAPY = "/therapies/intravenous-immunoglobulin/"
CONDITION = "/conditions/long-covid/"
WORDS = "Studied in a small trial, written for this journey."


def form_of(site, path):
    kind, slug = path.strip("/").split("/")
    model = {"therapies": "Therapy", "conditions": "Condition"}[kind]
    return site.shell(
        f"from therapies.models import {model}; print({model}.objects.get(slug='{slug}').get_admin_url())"
    )


def choose(page, box, words):
    """Pick an entry of one of the admin's search boxes."""
    box.click()
    page.locator(".select2-container--open .select2-search__field").press_sequentially(words)
    page.locator(".select2-results__option--highlighted, .select2-results__option", has_text=words).first.click()


def test_editor_adds_an_indication_and_a_citation_and_readers_see_them_once_published(open_tab, site):
    staff, reader = open_tab(viewport={"width": 1280, "height": 1000}), open_tab()
    log_in(staff, "editor")
    page = staff.page
    page.goto(form_of(site, THERAPY))

    page.locator("#indications-group .add-row a").click()
    row = page.locator("#indications-group .inline-related.last-related:not(.empty-form)").last
    choose(page, row.locator(".field-condition .select2-selection"), "Long COVID")
    row.locator("select[name$=-role]").select_option("specialist")
    row.locator("select[name$=-status]").select_option("investigational")
    row.locator("textarea[name$=-description]").fill(WORDS)

    text = page.locator(".field-benefits .ProseMirror[aria-labelledby]")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" One sentence more.")
    page.get_by_role("toolbar", name="Benefits").get_by_role("button", name="Cite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").press_sequentially("hhs-longcovid-2024")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("Preview of the draft")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    for address in (THERAPY, CONDITION):
        reader.page.goto(address)
        expect(reader.page.get_by_text(WORDS)).to_have_count(0)
        expect(reader.page.get_by_text("One sentence more.")).to_have_count(0)

    form = form_of(site, THERAPY)
    submit_and_send_on({"author": page, "editor": page}, form)
    reviewer = open_tab(viewport={"width": 1280, "height": 1000})
    log_in(reviewer, "reviewer")
    sign_off(reviewer.page, form)
    page.goto(form.replace("change/", "publish/"))
    page.locator("#id_note").fill("What it may do after COVID-19.")
    expect(page.get_by_text("What readers will see differently")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    reader.page.goto(THERAPY)
    expect(reader.page.get_by_text(WORDS)).to_be_visible()
    sentence = reader.page.locator("p", has_text="One sentence more.")
    expect(sentence.locator("sup.citation a").last).to_be_visible()
    reader.page.goto(CONDITION)
    expect(reader.page.get_by_text(WORDS)).to_be_visible()
    expect(reader.page.get_by_role("link", name="Intravenous immunoglobulin").first).to_be_visible()


def test_two_editors_lose_nothing(open_tab, site, blank_drafts):
    address = next(blank_drafts)
    first, second = open_tab(), open_tab()
    log_in(first, "editor")
    log_in(second, "administrator")
    for tab in (first, second):
        tab.page.goto(address)
    first.page.get_by_label("Summary").fill("What the first editor wrote.")
    first.page.get_by_role("button", name="Save draft").click()
    expect(first.page.locator(".messagelist .success")).to_be_visible()
    second.page.get_by_label("Summary").fill("What the second editor wrote.")
    second.page.get_by_role("button", name="Save draft").click()
    expect(second.page.get_by_text("Somebody saved this draft")).to_be_visible()
    expect(second.page.get_by_label("Summary")).to_have_value("What the second editor wrote.")
    comparison = second.page.locator(".comparison, table", has_text="What the first editor wrote.").first
    expect(comparison).to_contain_text("What the second editor wrote.")
    second.page.get_by_role("button", name="Save draft").click()
    expect(second.page.locator(".messagelist .success")).to_be_visible()


def test_editor_adds_a_name_after_looking_at_what_it_changes(open_tab, site):
    staff, reader = open_tab(viewport={"width": 1280, "height": 1000}), open_tab()
    log_in(staff, "editor")
    page = staff.page
    readers_page = "/articles/immunosuppressants-and-infection/"
    reader.page.goto(readers_page)
    expect(reader.page.get_by_text("five statements")).to_be_visible()

    page.goto("/admin/crosslinks/name/add/")
    page.get_by_label("What it names").select_option(label="Azathioprine")
    page.locator("#id_text").fill("five statements")
    page.get_by_label("Kind").select_option("plain")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    outcome = page.get_by_role("region", name="public pages links change").or_(
        page.get_by_role("region", name="public page links change")
    )
    expect(outcome).to_contain_text("It sorts out")
    expect(page.locator("#id_text")).to_have_value("five statements")
    reader.page.reload()
    expect(reader.page.locator("a.crosslink", has_text="five statements")).to_have_count(0)

    outcome.get_by_role("button", name="Save and change").click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    reader.page.reload()
    expect(reader.page.locator("a.crosslink", has_text="five statements")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_the_staff_pages(open_tab, site, scheme):
    """Known and left to Django and the editor: the names of select2 boxes and an empty header cell of tables."""
    tab = open_tab(viewport={"width": 1280, "height": 1000}, color_scheme=scheme)
    log_in(tab, "editor")
    form = form_of(site, THERAPY)
    names = ("/admin/crosslinks/name/", "/admin/crosslinks/name/add/")
    links = (*names, "/admin/crosslinks/block/", "/admin/crosslinks/gaps/")
    for address in (
        *("/admin/", "/admin/therapies/therapy/", form, "/admin/publishing/import/"),
        *(f"/admin/publishing/{name}/" for name in ("queue", "work", "calendar", "notice", "notice/add")),
        *("/admin/publishing/referencetask/", "/admin/publishing/flaggedwork/", "/admin/publishing/signoff/"),
        *(*links, form.replace("/change/", "/links/")),
    ):
        tab.page.goto(address)
        found = Axe().run(tab.page).response["violations"]
        wrong = [
            (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found if each["id"] not in KNOWN
        ]
        assert wrong == [], address


KNOWN = ("empty-table-header",)
