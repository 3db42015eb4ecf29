"""The checklist in a real browser: it follows what is typed, keeps its reader's place, and leads to the fields."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def panel(page: Page):
    return page.get_by_role("region", name="Checks")


def fold(page: Page, name: str):
    return panel(page).locator(f"details[data-key={name}]")


def test_checklist_follows_what_is_typed_and_saves_nothing(page: Page):
    expect(panel(page)).to_contain_text("The section “Symptoms” is empty.")
    text = page.locator(".field-symptoms .ProseMirror[aria-labelledby]")
    text.click()
    page.keyboard.type("Renal pain comes first.")
    expect(panel(page)).not_to_contain_text("The section “Symptoms” is empty.")
    expect(text).to_be_focused()
    expect(fold(page, "hint")).to_contain_text("“Renal”: say “of the kidneys”")
    counts = panel(page).locator(".checklist-counts").text_content()
    expect(panel(page).get_by_role("status")).to_have_text(counts)
    page.get_by_label("Summary:").fill("")
    expect(panel(page)).to_contain_text("Write the summary")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(panel(page)).to_contain_text("The section “Symptoms” is empty.")


def test_people_chosen_count_at_once(page: Page):
    expect(panel(page)).to_contain_text("Name at least one author.")
    page.locator(".field-authors .select2-selection").click()
    page.keyboard.type("demonstration")
    page.locator(".select2-results__option--highlighted").click()
    expect(panel(page)).not_to_contain_text("Name at least one author.")


def test_folds_and_focus_are_kept_when_the_list_is_made_anew(page: Page):
    page.locator(".field-symptoms .ProseMirror[aria-labelledby]").click()
    page.keyboard.type("Renal pain comes first.")
    expect(fold(page, "hint")).to_be_visible()
    fold(page, "hint").locator("summary").click()
    fold(page, "block").locator("summary").click()
    page.get_by_label("Summary:").fill("")
    link = fold(page, "hint").get_by_role("link").first
    link.focus()
    expect(fold(page, "block")).to_contain_text("Write the summary")
    assert fold(page, "hint").evaluate("fold => fold.open")
    assert not fold(page, "block").evaluate("fold => fold.open")
    expect(fold(page, "hint").get_by_role("link").first).to_be_focused()


def test_links_lead_to_fields_of_every_kind_without_losing_what_is_typed(page: Page):
    page.get_by_label("Title:").fill("Typed and not saved")
    panel(page).get_by_role("link", name="The section “Symptoms” is empty.").click()
    expect(page.locator(".field-symptoms .ProseMirror")).to_be_focused()
    panel(page).get_by_role("link", name="Name at least one author.").click()
    expect(page.locator(".field-authors .select2-search__field")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Title:")).to_have_value("Typed and not saved")


def test_checks_that_cannot_run_say_so_and_keep_the_list(page: Page):
    page.context.clear_cookies(name="session")
    page.get_by_label("Summary:").fill("")
    status = panel(page).get_by_role("status")
    expect(status).to_have_text(
        "The checks could not be run on what you typed. They will be tried again when you go on typing."
    )
    expect(panel(page)).to_contain_text("The section “Symptoms” is empty.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_checklist_is_accessible_and_fits(page: Page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()
    for summary in panel(page).locator("details:not([open]) > summary").all():
        summary.click()
    result = Axe().run(page, context="#checks")
    assert result.response["violations"] == [], result.generate_report()
    assert panel(page).evaluate("panel => panel.scrollWidth <= panel.clientWidth + 1")
