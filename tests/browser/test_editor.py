"""The rich-text editor in a real browser, from the keyboard to the stored text and back.

`page` (tests/browser/conftest.py) is open on the form of a condition whose field `overview` is empty. There are the
references `ema-kiovig` and `mplus-ra`, each found alone by its key, and one picture whose alternative text contains
"mast cell".
"""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PICTURE = r"[0-9a-f]{32}"
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset="utf-8"><meta name="Generator" content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif; color:red} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang="EN-GB" style="tab-interval:36.0pt"><!--StartFragment-->
<h1 style="mso-margin-top-alt:auto"><a name="_Toc1"></a><span style="color:#2F5496">What it is<o:p></o:p></span></h1>
<p class="MsoNormal" align="center" style="margin-bottom:8pt"><b><span style="font-size:14pt">Mast&nbsp;cells</span></b>
<i>release</i> <u>histamine</u><sup>2</sup>, 5&nbsp;mg a day<a href="#_ftn1" name="_ftnref1">[1]</a>.<o:p></o:p></p>
<p class="MsoListParagraphCxSpFirst" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7pt &quot;Times New Roman&quot;">&nbsp;
</span></span></span><![endif]>itching</p>
<p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o<span>&nbsp;&nbsp;
</span></span>of the palms</p>
<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;
</span></span>swelling</p>
<table class="MsoTableGrid" border="1" style="border-collapse:collapse"><colgroup><col width="120"></colgroup>
<tr style="height:12pt"><td width="301" valign="top" style="background:yellow">
<p class="MsoNormal" align="right">Cell</p></td></tr>
</table>
<p class="MsoNormal"><a href="https://www.ema.europa.eu/en" target="_blank">EMA</a>,
<a href="javascript:alert(1)">bad</a>, <font color="red">red</font>
<span style="background:yellow" onclick="alert(2)">marked</span>
<img src="file:///C:/Temp/clip_image001.png" width="20"></p>
<script>alert(3)</script><!--EndFragment--></body></html>
"""


@pytest.fixture(autouse=True)
def messages(page: Page):
    """Everything the browser says from the loading of the form on; nothing is expected."""
    said = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.reload()
    box(page)
    yield said
    assert said == []


def box(page: Page):
    found = page.locator(".field-overview .ProseMirror")
    expect(found).to_have_attribute("aria-labelledby", re.compile("."))
    return found


def tool(page: Page, name: str):
    return page.get_by_role("toolbar", name="Overview").get_by_role("button", name=name)


def value(page: Page) -> str:
    return page.locator("#id_overview").input_value()


def save(page: Page) -> str:
    """The stored text: the form comes back with it, and the editor has not touched it yet."""
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    box(page)
    # The one no-break space that is kept may be written as a character or as an entity.
    return value(page).replace("&nbsp;", "\u00a0")


def move(page: Page, key: str) -> None:
    """Moves the cursor; the editor hears of it a moment later, which no person is fast enough to notice."""
    page.keyboard.press(key)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def cite(page: Page, words: str) -> None:
    page.keyboard.press("Control+Alt+c")
    dialog = page.get_by_role("dialog", name="Cite a reference")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(words)
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def paste(page: Page, html: str) -> None:
    box(page).click()
    box(page).evaluate(
        """(element, html) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/html", html)
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        html,
    )


def test_two_words_are_stored_with_a_plain_space(page):
    box(page).click()
    page.keyboard.type("Hello mast cells")
    assert save(page) == "<p>Hello mast cells</p>"


def test_box_and_toolbar_have_names(page):
    expect(box(page)).to_have_role("textbox")
    expect(box(page)).to_have_accessible_name(re.compile("Overview"))
    expect(tool(page, "Cite")).to_be_visible()


def test_label_leads_into_the_box(page):
    page.locator("label[for=id_overview]").click()
    expect(box(page)).to_be_focused()


def test_toolbar_is_one_tab_stop_with_arrow_keys(page):
    box(page).focus()
    page.keyboard.press("Alt+F10")
    first = page.evaluate("document.activeElement.dataset.name")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.name") != first
    assert page.locator(".field-overview .prose-menubar button[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()


def test_citation_by_keyboard_is_stored(page):
    box(page).click()
    page.keyboard.type("It helps")
    cite(page, "ema-kiovig")
    page.keyboard.type(". And more.")
    assert save(page) == '<p>It helps<sup data-ref="ema-kiovig"></sup>. And more.</p>'


def test_citations_are_numbered_by_first_use_and_named(page):
    box(page).click()
    for words in ("ema-kiovig", "mplus-ra", "ema-kiovig"):
        page.keyboard.type("word")
        cite(page, words)
    chips = box(page).locator(".citation-chip")
    expect(chips).to_have_text(["1", "2", "1"])
    expect(chips.first).to_have_attribute("title", re.compile("Kiovig"))
    box(page).locator("p").click(position={"x": 1, "y": 8})
    page.keyboard.type("first")
    cite(page, "mplus-ra")
    expect(chips).to_have_text(["1", "2", "1", "2"])
    assert save(page).startswith('<p>first<sup data-ref="mplus-ra"></sup>word')
    expect(chips.nth(1)).to_have_attribute("aria-label", re.compile("Citation 2: .*Kiovig"))


def test_enter_never_inserts_what_was_found_for_other_words(page):
    box(page).click()
    page.keyboard.press("Control+Alt+c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("option").first).to_be_visible()
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing found")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    assert value(page) == ""
    page.keyboard.press("Escape")


def test_escape_closes_the_dialog_and_typing_goes_on(page):
    box(page).click()
    page.keyboard.type("One two")
    move(page, "ArrowLeft")
    tool(page, "Cite").click()
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.type("-")
    assert value(page) == "<p>One tw-o</p>"


def test_citation_is_chosen_with_the_arrow_keys(page):
    box(page).click()
    page.keyboard.type("Text")
    page.keyboard.press("Control+Alt+c")
    field = page.get_by_role("dialog").get_by_role("combobox")
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    key = options.nth(1).locator(".editor-dialog__key").inner_text()
    page.keyboard.press("Enter")
    assert value(page) == f'<p>Text<sup data-ref="{key}"></sup></p>'


def test_selected_words_stay_when_they_are_cited(page):
    box(page).click()
    page.keyboard.type("It helps")
    move(page, "Shift+Home")
    cite(page, "ema-kiovig")
    assert value(page) == '<p>It helps<sup data-ref="ema-kiovig"></sup></p>'


@pytest.mark.parametrize("level", ["non-urgent", "urgent", "emergency"])
def test_help_box_is_stored(page, level):
    box(page).click()
    tool(page, {"emergency": "immediate action"}.get(level, f": {level}")).click()
    page.keyboard.type("you cannot breathe")
    page.keyboard.press("Enter")
    page.keyboard.type("your lips swell")
    for _ in range(3):
        page.keyboard.press("Enter")
    page.keyboard.type("After the box.")
    heading = box(page).locator("div[data-help] h3").inner_text()
    assert save(page) == (
        f'<div data-help="{level}"><h3>{heading}</h3><ul><li>you cannot breathe</li><li>your lips swell</li></ul></div>'
        "<p>After the box.</p>"
    )


def test_help_box_changes_its_level_and_goes_without_the_words(page):
    box(page).click()
    tool(page, ": urgent").click()
    page.keyboard.type("fever")
    tool(page, "immediate action").click()
    expect(box(page).locator("div[data-help=emergency] h3")).to_have_text("Call your local emergency number now if")
    expect(tool(page, "immediate action")).to_have_attribute("aria-pressed", "true")
    tool(page, "immediate action").click()
    assert save(page) == "<p>Call your local emergency number now if</p><ul><li>fever</li></ul>"


def test_selected_blocks_are_put_into_a_help_box(page):
    paste(page, "<h3>Go to hospital if</h3><ul><li>one</li><li>two</li></ul>")
    page.keyboard.press("Control+a")
    tool(page, ": urgent").click()
    assert save(page) == '<div data-help="urgent"><h3>Go to hospital if</h3><ul><li>one</li><li>two</li></ul></div>'


def test_figure_is_shown_and_stored_with_its_caption(page):
    box(page).click()
    page.keyboard.type("Before.")
    tool(page, "Figure").click()
    page.keyboard.type("mast cell")
    dialog = page.get_by_role("dialog", name="Insert a figure")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("A mast cell")
    stored = save(page)
    assert re.fullmatch(
        rf'<p>Before\.</p><figure data-image="{PICTURE}"><figcaption>A mast cell</figcaption></figure>', stored
    )
    picture = box(page).locator("figure img")
    expect(picture).to_have_attribute("alt", re.compile("mast cell", re.IGNORECASE))
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_table_with_caption_and_header_row_is_stored(page):
    box(page).click()
    tool(page, "Insert table").click()
    page.keyboard.type("Side effects")
    box(page).locator("th").first.click()
    for words in ("Effect", "How often", "", "Rash", "Rare"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    stored = save(page)
    assert stored.startswith(
        '<table><caption>Side effects</caption><thead><tr><th scope="col">Effect</th><th scope="col">How often</th>'
        "<td></td></tr></thead><tbody><tr><td>Rash</td><td>Rare</td>"
    )
    expect(box(page).locator("tr").first.locator("th")).to_have_count(3)


def test_link_takes_only_what_may_be_stored(page):
    box(page).click()
    page.keyboard.type("asthma")
    move(page, "Shift+Home")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Link")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("//evil.example")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    page.keyboard.press("Control+a")
    page.keyboard.type("/conditions/asthma/")
    page.keyboard.press("Enter")
    assert save(page) == '<p><a href="/conditions/asthma/">asthma</a></p>'


def test_word_paste_keeps_only_allowed_elements(page):
    paste(page, WORD)
    assert save(page) == (
        "<h3>What it is</h3>"
        "<p><strong>Mast cells</strong> <em>release</em> histamine<sup>2</sup>, 5\u00a0mg a day[1].</p>"
        "<ul><li>itching<ul><li>of the palms</li></ul></li><li>swelling</li></ul>"
        "<table><tbody><tr><td>Cell</td></tr></tbody></table>"
        '<p><a href="https://www.ema.europa.eu/en">EMA</a>, bad, red marked</p>'
    )


def test_meaning_of_pasted_styles_is_kept(page):
    paste(
        page,
        '<style>p{color:red}</style><b style="font-weight:normal" id="docs-internal-guid-1"><p style="margin:0">'
        '<span style="font-weight:700">bold</span> <span style="font-style:italic;color:red">lean</span> '
        'CO<span style="font-size:0.6em;vertical-align:sub">2</span></p></b>',
    )
    assert save(page) == "<p><strong>bold</strong> <em>lean</em> CO<sub>2</sub></p>"


def test_pasted_citations_and_boxes_survive_in_the_editor(page):
    html = '<div data-help="urgent"><h3>Call if</h3><p>fever<sup data-ref="ema-kiovig"></sup></p></div><p>End.</p>'
    paste(page, html)
    expect(box(page).locator(".citation-chip")).to_have_text("1")
    assert save(page) == html


def test_stored_text_opens_identically(page):
    html = (
        "<h3>Overview</h3><p>Text <strong>bold</strong> <em>it</em> H<sub>2</sub>O x<sup>2</sup><br>next"
        '<sup data-ref="ema-kiovig"></sup><sup data-ref="mplus-ra"></sup> '
        '<a href="https://example.org/">link</a>, 5\u00a0mg.</p><h4>More</h4>'
        "<ul><li>one<ul><li>inner</li></ul></li><li><p>two</p><p>paragraphs</p></li></ul>"
        '<ol start="3"><li>three</li></ol><blockquote><p>Quoted.</p></blockquote>'
        '<table><caption>Doses <sup data-ref="ema-kiovig"></sup></caption><thead><tr><td></td><th scope="col">A</th>'
        '</tr></thead><tbody><tr><th scope="row">B</th><td colspan="2">C</td></tr></tbody></table>'
        '<div data-help="emergency"><h3>Call now if</h3><ul><li>you faint</li></ul><p>Do not drive.</p></div>'
        '<figure data-image="0123456789abcdef0123456789abcdef"><figcaption>Gone</figcaption></figure>'
    )
    paste(page, html)
    first = save(page)
    assert first.count("<") > 80
    box(page).locator("p", has_text="Text").click()
    move(page, "End")
    page.keyboard.type("!")
    second = save(page)
    assert second.replace("!", "") == first
