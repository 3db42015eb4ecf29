"""From a change to readers with four accounts, and what readers can ask about it afterwards."""

import re

import pytest

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser
CONDITION = "/conditions/asthma/"
CLAIM = "Signed off by ImmunoPortal demonstration reviewer"


@pytest.fixture
def staff(open_tab):
    tabs = {}
    for name in ("author", "editor", "reviewer", "administrator"):
        tabs[name] = open_tab(viewport={"width": 1280, "height": 1000})
        log_in(tabs[name], name)
    return {name: tab.page for name, tab in tabs.items()}


def form_of(site) -> str:
    code = "from therapies.models import Condition; print(Condition.objects.get(slug='asthma').get_admin_url())"
    return site.shell(code)


def set_summary(page, form: str, text: str) -> None:
    page.goto(form)
    page.locator("#id_summary").fill(text)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()


def submit_and_send_on(staff, form: str) -> None:
    author, editor = staff["author"], staff["editor"]
    author.goto(form.replace("change/", "submit/"))
    author.get_by_role("button", name="Submit for review").click()
    editor.goto(form.replace("change/", "send-on/"))
    editor.get_by_role("button", name="Send on").click()
    editor.wait_for_load_state()


def sign_off(page, form: str) -> None:
    page.goto(form.replace("change/", "review/"))
    for box in page.locator(".questions input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Sign off").click()
    page.wait_for_url(f"**{form}")


def publish(page, form: str, note: str) -> None:
    page.goto(form.replace("change/", "publish/"))
    page.locator("#id_note").fill(note)
    page.get_by_role("button", name="Publish now").click()
    page.wait_for_url(f"**{form}")


def text_of(page, address: str) -> str:
    page.goto(address)
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def test_journey(site, staff, open_tab):
    form, reader = form_of(site), open_tab().page
    author, editor, reviewer = staff["author"], staff["editor"], staff["reviewer"]
    was = text_of(reader, CONDITION)

    set_summary(author, form, "Airways that tighten and swell, and come back with treatment.")
    submit_and_send_on(staff, form)
    assert "Airways that tighten and swell" not in text_of(reader, CONDITION)

    author.goto(form.replace("change/", "review/"))
    assert author.get_by_role("button", name="Sign off").count() == 0
    token = author.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    sent = {"csrfmiddlewaretoken": token, "scope": "whole", "seen": "x"}
    refused = author.context.request.post(form.replace("change/", "sign-off/"), form=sent)
    assert refused.status == 403

    reviewer.goto(form.replace("change/", "review/"))
    assert reviewer.locator("del").first.is_visible()
    assert reviewer.locator("ins").first.is_visible()
    reviewer.get_by_text("Comment on “Summary”").first.click()
    reviewer.get_by_label("Your comment").first.fill("Say “usually”: not everybody gets better.")
    reviewer.get_by_role("button", name="Keep the comment").first.click()
    reviewer.wait_for_load_state()
    assert "is not resolved yet" in reviewer.locator("#sign-off").inner_text()

    author.goto(form.replace("change/", "review/"))
    author.get_by_label("What was done about it").fill("“Usually” is in the summary now.")
    author.get_by_role("button", name="Resolve this comment").click()
    author.wait_for_load_state()
    set_summary(author, form, "Airways that tighten and swell, and usually open again with treatment.")
    submit_and_send_on(staff, form)
    sign_off(reviewer, form)
    publish(editor, form, "The summary says what treatment can do.")

    shown = text_of(reader, CONDITION)
    assert "usually open again" in shown
    assert CLAIM in shown
    assert shown != was

    administrator = staff["administrator"]
    set_summary(administrator, form, "Airways that tighten and swell, and rarely open again with treatment.")
    assert CLAIM in text_of(reader, CONDITION)
    administrator.goto(form.replace("change/", "emergency/"))
    administrator.locator("#id_override_reason").fill("A rehearsal of an emergency.")
    administrator.get_by_role("button", name="Publish without a review").click()
    administrator.wait_for_url(f"**{form}")
    shown = text_of(reader, CONDITION)
    assert "rarely open again" in shown
    assert CLAIM not in shown
    assert "A rehearsal of an emergency." in shown

    set_summary(author, form, "Airways that tighten and swell, and often open again with treatment.")
    submit_and_send_on(staff, form)
    sign_off(reviewer, form)
    publish(editor, form, "Corrected after the rehearsal.")
    assert CLAIM in text_of(reader, CONDITION)

    history = text_of(reader, f"{CONDITION}history/")
    for told in (
        "Corrected after the rehearsal.",
        "A rehearsal of an emergency.",
        "The summary says what treatment can do.",
    ):
        assert told in history
    today = site.shell("from django.utils.timezone import localdate; print(localdate())")
    assert "often open again" in text_of(reader, f"{CONDITION}as-of/{today}/")
    editions = text_of(reader, f"{CONDITION}history/2/"), text_of(reader, f"{CONDITION}history/3/")
    assert ["usually open again" in editions[0], "rarely open again" in editions[1]] == [True, True]
