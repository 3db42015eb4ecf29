"""The history of a page as readers find it: addresses, words, links, and what search engines are told."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from publishing import doors
from publishing.history_views import PageAddress
from publishing.models import Image, Notice, NoticeEnd, Page
from publishing.redactions import redact
from tests.builders import (
    make_article,
    make_category,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_person,
    make_reference,
    make_reviewer,
    make_therapy,
    publish,
    published,
    signed,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
ASTHMA = "/conditions/asthma/"


def words(text: str) -> str:
    main = re.search(r"<main.*</main>", text, re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def asthma(time_machine_at):
    """Published on Monday, changed on Tuesday; today is Thursday."""
    time_machine_at(MONDAY)
    page = published(make_condition(title="Asthma", slug="asthma", symptoms="<p>You wheeze at night.</p>"))
    time_machine_at(MONDAY + DAY)
    page.symptoms = "<p>You cough at night.</p>"
    page.save()
    publish(page, note="Coughing is more common.")
    time_machine_at(MONDAY + 3 * DAY)
    return type(page).objects.get(pk=page.pk)


def change(page, *, note="What changed", change="major", **values):
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    return publish(page, note=note, change=change)


def withdraw(page, reason="It was wrong."):
    return doors.withdraw(Page.objects.get(pk=page.pk), by="tests", reason=reason)


def issue(page, **values):
    person = make_person(name="Nora Notice", credentials="MD")
    defaults = {"page_id": page.pk, "subject": page.title, "text": "Stop and ask.", "issued_by": "tests"}
    signer = {"signer": person, "signer_name": person.name, "signer_credentials": person.credentials}
    return Notice.append(**defaults | signer | {"expires_at": MONDAY + 300 * DAY} | values)


# Addresses


@pytest.mark.parametrize("make", [make_article, make_condition, make_therapy])
def test_every_kind_has_its_history(client, make):
    page = published(make())
    day = page.live.valid_from.date()
    for below in ("history/", "history/1/", f"as-of/{day}/", "changes/", f"changes/?since={day}", "feed/"):
        assert client.get(f"{page.get_absolute_url()}{below}").status_code == 200, below


def test_addresses_are_made_from_names_too():
    address = PageAddress("condition", "asthma")
    assert reverse("publishing:history", args=[address]) == f"{ASTHMA}history/"
    assert reverse("publishing:edition", args=[address, 2]) == f"{ASTHMA}history/2/"
    assert reverse("publishing:as_of", args=[address, MONDAY.date()]) == f"{ASTHMA}as-of/2026-03-02/"


BELOW = ["history/", "history/1/", "as-of/2026-03-02/", "changes/", "changes/?since=2026-03-02", "feed/"]


@pytest.mark.parametrize("below", BELOW)
def test_draft_that_was_never_public_has_none(client, below):
    make_condition(slug="asthma")
    assert client.get(f"{ASTHMA}{below}").status_code == 404


@pytest.mark.parametrize("below", BELOW)
def test_past_address_leads_to_the_same_place_below_the_present_one(client, asthma, below):
    change(asthma, slug="bronchial-asthma")
    response = client.get(f"{ASTHMA}{below}")
    assert (response.status_code, response["Location"]) == (301, f"/conditions/bronchial-asthma/{below}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("place", ["conditions", "nowhere/asthma", "tags/asthma", "people/asthma", "admin/asthma", "x"])
def test_only_pages_have_a_history(client, asthma, place):
    assert client.get(f"/{place}/history/").status_code in {302, 404}
    assert client.get(f"/{place}/history/").headers.get("Location", "/admin/").startswith("/admin/")


ODD = ["%00", "a%00b", "%F0%9F", "%ED%A0%80", "9" * 30, "9" * 5000, "x" * 5000, "0", "-1", "%0A", "%27", "٣", "1e3"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
@pytest.mark.parametrize(
    "place", [f"{ASTHMA}history/{{}}/", f"{ASTHMA}as-of/{{}}/", "/conditions/{}/history/", "/conditions/{}/feed/"]
)
def test_odd_addresses_answer_404(client, asthma, place, odd):
    assert client.get(place.format(odd)).status_code == 404


@pytest.mark.parametrize(
    "day", ["0000-01-01", "0001-01-01", "2026-02-30", "2026-13-01", "9999-12-31", "2026-3-2", "٢٠٢٦-٠٣-٠٢"]
)
def test_odd_days_answer_404(client, asthma, day, settings):
    for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
        settings.TIME_ZONE = zone
        assert client.get(f"{ASTHMA}as-of/{day}/").status_code == 404


@pytest.mark.parametrize("since", [*ODD, "", "0001-01-01", "9999-12-31", "2026-02-30", "2999-01-01"])
def test_odd_days_in_the_form_are_answered_in_words(client, asthma, since):
    response = client.get(f"{ASTHMA}changes/?since={since}")
    assert response.status_code == 200
    assert "was not public on" in response.text or 'class="form-error"' in response.text


def test_none_of_it_is_for_search_engines_and_every_edition_names_the_present_page(client, asthma):
    for below in ("history/", "history/1/", "history/2/", "as-of/2026-03-02/", "as-of/2026-03-01/", "changes/"):
        response = client.get(f"{ASTHMA}{below}")
        assert response["X-Robots-Tag"] == "noindex", below
        assert '<meta name="robots" content="noindex">' in response.text, below
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', response.text)[1]
        assert canonical == settings.SITE_URL + ASTHMA + ("history/" if below == "history/" else ""), below


@pytest.mark.parametrize("below", BELOW)
def test_reading_sets_no_cookie_and_takes_no_other_method(client, asthma, below):
    response = client.get(f"{ASTHMA}{below}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(f"{ASTHMA}{below}").status_code == 405
    assert client.head(f"{ASTHMA}{below}").status_code == 200


# The history


def test_history_says_when_why_and_who_reviewed_newest_first(client, asthma):
    text = words(client.get(f"{ASTHMA}history/").text)
    newest, oldest = (
        text.index("Edition 2, public since 3 March 2026, 10:00 UTC"),
        text.index("Edition 1, public since"),
    )
    assert newest < oldest
    assert "Edition 1, public since 2 March 2026, 10:00 UTC until 3 March 2026, 10:00 UTC" in text
    assert "Coughing is more common." in text
    assert text.count("Whole page reviewed by Rosa Signer, MD, on") == 2


def test_history_keeps_credentials_and_scope_of_each_review(client, asthma):
    reviewer = make_reviewer(name="Dr Part", credentials="MD then")
    asthma.symptoms = "<p>You cough a lot.</p>"
    asthma.save()
    publish(signed(asthma, by=reviewer, scope="part"))
    reviewer.person.credentials = "PhD now"
    reviewer.person.save()
    text = words(client.get(f"{ASTHMA}history/").text)
    assert "Changed parts reviewed by Dr Part, MD then, on 5 March 2026." in text
    assert "Whole page reviewed by Rosa Signer, MD, on 3 March 2026." in text
    assert "PhD now" not in text


def test_history_labels_corrections_and_tells_of_emergencies(client, asthma):
    change(asthma, summary="Corrected now.", change="correction", note="The dose was wrong.")
    asthma = type(asthma).objects.get(pk=asthma.pk)
    asthma.summary = "In a hurry."
    asthma.save()
    doors.publish(asthma, by="tests", note="Recall", override_reason="A batch is poisoned.")
    text = words(client.get(f"{ASTHMA}history/").text)
    assert re.search(r"Correction : edition 3 Edition 3, public since", text)
    assert "The dose was wrong." in text
    assert "Published in an emergency, without a review. Reason: A batch is poisoned." in text


def test_history_tells_spelling_from_other_small_changes(client, asthma):
    asthma.symptoms = "<p>You couggh at night.</p>"
    asthma.save()
    publish(asthma)
    asthma = type(asthma).objects.get(pk=asthma.pk)
    asthma.symptoms = "<p>You cough at night.</p>"
    asthma.save()
    doors.publish_spelling(asthma, by="tests")
    text = words(client.get(f"{ASTHMA}history/").text)
    assert re.search(r"Spelling corrected : edition 4", text)
    assert re.search(r"\d+ characters? differs? from the text that was reviewed", text)


def test_page_that_is_not_health_information_says_that_editors_reviewed_it(client):
    page = published(make_article(is_medical=False))
    assert "reviewed by the editors only" in words(client.get(f"{page.get_absolute_url()}history/").text)


def test_withdrawn_page_keeps_its_history(client, asthma):
    withdraw(asthma, reason="The treatment harms.")
    response = client.get(f"{ASTHMA}history/")
    assert response.status_code == 200
    text = words(response.text)
    assert "This page was withdrawn on 5 March 2026. The treatment harms." in text
    assert "Not public since 5 March 2026, 10:00 UTC" in text
    assert client.get(ASTHMA).status_code == 410
    old = words(client.get(f"{ASTHMA}history/1/").text)
    assert "You wheeze at night." in old
    assert "The page was withdrawn on 5 March 2026: The treatment harms." in old
    assert "Read the present page" not in old
    assert "“Asthma” was withdrawn" in words(client.get(f"{ASTHMA}history/3/").text)


def test_history_tells_of_rows_changed_from_the_other_page(client, asthma, time_machine_at):
    therapy = make_therapy(title="Cortisone spray")
    make_indication(condition=asthma, therapy=therapy)
    make_caution(condition=asthma, therapy=therapy)
    publish(therapy, note="It is in use now.")
    text = words(client.get(f"{ASTHMA}history/").text)
    assert "Published with the page “Cortisone spray”. On this page: indication added, caution added." in text
    time_machine_at(MONDAY + 4 * DAY)
    withdraw(therapy)
    text = words(client.get(f"{ASTHMA}history/").text)
    assert "The page “Cortisone spray” was withdrawn. On this page: indication removed, caution removed." in text


def test_history_tells_of_notices(client, asthma):
    notice = issue(asthma, text="Do not use batch 7.")
    NoticeEnd.append(notice=notice, reason="The batch is gone.", ended_by="tests")
    text = client.get(f"{ASTHMA}history/").text
    assert f'id="notice-{notice.pk}"' in text
    assert "Do not use batch 7." in text
    assert "Signed by Nora Notice, MD." in words(text)
    assert "The batch is gone." in text


def test_history_of_a_long_life_has_pages(client, asthma, time_machine_at):
    for number in range(50):
        time_machine_at(MONDAY + (4 + number) * DAY)
        issue(asthma, text=f"Notice number {number:02}.", expires_at=MONDAY + 400 * DAY)
    first, second = (words(client.get(f"{ASTHMA}history/?page={number}").text) for number in (1, 2))
    assert first.count("Notice number") == 50
    assert "Notice number" not in second
    assert "First published" in second


def test_notes_and_titles_are_text_and_never_markup(client, asthma):
    change(asthma, title="<b>Asthma</b>", note="<script>alert(1)</script>")
    withdraw(asthma, reason="<i>No</i>")
    for below in (
        "history/",
        "history/3/",
        "history/4/",
        "as-of/2026-03-05/",
        "as-of/2026-03-04/",
        "changes/?since=2026-03-02",
    ):
        text = client.get(f"{ASTHMA}{below}").text
        assert "<script>alert" not in text
        assert "<b>Asthma" not in text
        assert "<i>No" not in text


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("below", "queries"),
    [
        ("history/", 9),
        ("history/1/", 12),
        ("as-of/2026-03-02/", 12),
        ("as-of/2026-03-01/", 3),
        ("changes/", 3),
        ("changes/?since=2026-03-02", 22),
        ("feed/", 6),
    ],
)
def test_number_of_queries_does_not_depend_on_how_much_happened(
    client, django_assert_num_queries, time_machine_at, below, queries, items
):
    time_machine_at(MONDAY)
    page = make_condition(slug="asthma")
    for number in range(items):
        therapy = published(make_therapy(title=f"Spray {number}"))
        make_indication(condition=page, therapy=therapy, references=[make_reference()])
        make_caution(condition=page, therapy=therapy)
    publish(page)
    for number in range(items):
        time_machine_at(MONDAY + (number + 1) * DAY)
        change(page, summary=f"Changed {number}.")
        issue(page, reach="mentions")
        change(therapy, summary=f"Changed {number}.")
        NoticeEnd.append(notice=Notice.objects.first(), reason="Over", ended_by="tests")
    time_machine_at(MONDAY + 9 * DAY)
    with django_assert_num_queries(queries):
        client.get(f"{ASTHMA}{below}")


# One edition


def test_earlier_edition_is_shown_as_it_was(client, asthma):
    text = client.get(f"{ASTHMA}history/1/").text
    assert "You wheeze at night." in text
    assert "You cough" not in text
    assert "This is an earlier edition, public from 2 March 2026, 10:00 UTC to 3 March 2026, 10:00 UTC." in words(text)
    assert f'<a href="{ASTHMA}">Read the present page</a>' in text
    assert "Reviewed by Rosa Signer, MD, on 2 March 2026: the whole page." in words(text)


def test_present_edition_has_an_address_too(client, asthma):
    text = words(client.get(f"{ASTHMA}history/2/").text)
    assert "This is the present edition, public since 3 March 2026, 10:00 UTC." in text
    assert "You cough at night." in text


def test_edition_shows_the_rows_of_its_last_moment(client, asthma, time_machine_at):
    row = make_indication(condition=asthma, therapy=make_therapy(title="Spray"), description="It helps a little.")
    publish(row.therapy)
    time_machine_at(MONDAY + 5 * DAY)
    change(asthma, summary="Third edition.")
    time_machine_at(MONDAY + 6 * DAY)
    row.description = "It helps a lot."
    row.save()
    publish(row.therapy)
    second, third = (client.get(f"{ASTHMA}history/{number}/").text for number in (2, 3))
    assert "It helps a little." in second
    assert "It helps a lot." not in second
    assert "It helps a lot." in third
    assert "Spray" not in client.get(f"{ASTHMA}history/1/").text


def test_edition_has_no_automatic_links_and_no_ways_of_the_present(client, asthma, time_machine_at):
    therapy = published(make_therapy(title="Cortisone"))
    asthma = type(asthma).objects.get(pk=asthma.pk)
    asthma.tags.add("breathing")
    change(asthma, overview="<p>Take cortisone.</p>")
    published(make_article(body="<p>About asthma.</p>"))
    assert f'href="{therapy.get_absolute_url()}"' in client.get(ASTHMA).text
    change(asthma, summary="The next one.")
    old = client.get(f"{ASTHMA}history/3/").text
    assert "Take cortisone." in old
    assert f'href="{therapy.get_absolute_url()}"' not in old
    assert "About asthma" not in old
    assert "/tags/breathing/" not in old


def test_links_of_an_edition_lead_somewhere(client, asthma, time_machine_at):
    """Also where the category, the author and the linked page are no longer public."""
    category, author = make_category(name="Emptied"), make_person(name="Left Author")
    gone = published(make_therapy(title="Gone"))
    page = make_article(
        slug="kept", category=category, body=f'<h2>A</h2><p><a href="{gone.get_absolute_url()}">Gone</a></p>'
    )
    page.authors.set([author])
    make_indication(condition=asthma, therapy=gone)
    publish(page)
    publish(asthma)
    time_machine_at(MONDAY + 4 * DAY)
    page = type(page).objects.get(pk=page.pk)
    page.authors.set([make_person()])
    change(page, category=make_category())
    withdraw(gone)
    for address in ("/articles/kept/history/1/", f"{ASTHMA}history/3/", f"{ASTHMA}as-of/2026-03-05/"):
        text = client.get(address).text
        links = {link for link in re.findall(r'href="(/[^"#]*)"', text) if not link.startswith("/static/")}
        wrong = {link: client.get(link).status_code for link in links}
        assert {link: status for link, status in wrong.items() if status != 200} == {}
    assert "Emptied" in client.get("/articles/kept/history/1/").text


def test_edition_names_the_page_as_it_was_called(client, asthma, time_machine_at):
    make_name(asthma, "chesty", kind="brand")
    change(asthma, title="Bronchial asthma")
    time_machine_at(MONDAY + 4 * DAY)
    asthma.names.filter(kind="brand").delete()
    make_name(asthma, "wheezy", kind="brand")
    change(asthma, title="Asthma of the airways")
    third, fourth = (words(client.get(f"{ASTHMA}history/{number}/").text) for number in (3, 4))
    assert "Brand names chesty" in third
    assert "wheezy" not in third
    assert "Formerly called Asthma Part" in third
    assert "Brand names wheezy" in fourth
    assert "Formerly called Asthma, Bronchial asthma" in fourth
    assert "Formerly called" not in words(client.get(f"{ASTHMA}history/1/").text)


@pytest.mark.parametrize("number", [0, 3, 99, 2**63, 2**64])
def test_edition_that_does_not_exist_answers_404(client, asthma, number):
    assert client.get(f"{ASTHMA}history/{number}/").status_code == 404


# As of a day


def test_day_is_answered_with_what_was_public_at_its_end(client, asthma):
    monday, tuesday = (words(client.get(f"{ASTHMA}as-of/2026-03-0{day}/").text) for day in (2, 3))
    assert "This is what readers saw at the end of 2 March 2026. It is edition 1" in monday
    assert "You wheeze at night." in monday
    assert "Whole page reviewed by Rosa Signer, MD, on 2 March 2026." in monday
    assert "You cough at night." in tuesday
    today = words(client.get(f"{ASTHMA}as-of/2026-03-05/").text)
    assert "This is what readers see today, 5 March 2026." in today


def test_day_before_the_first_edition_answers_404_and_says_why(client, asthma):
    response = client.get(f"{ASTHMA}as-of/2026-03-01/")
    assert response.status_code == 404
    text = words(response.text)
    assert "“Asthma” was not public on 1 March 2026" in text
    assert "It was first published on 2 March 2026, 10:00 UTC." in text


def test_day_after_the_withdrawal_answers_404_and_says_why(client, asthma):
    withdraw(asthma, reason="The treatment harms.")
    response = client.get(f"{ASTHMA}as-of/2026-03-05/")
    assert response.status_code == 404
    text = words(response.text)
    assert "It was withdrawn on 5 March 2026, 10:00 UTC. Reason: The treatment harms." in text
    assert "Earlier on that day readers saw: edition 2" in text
    assert "You cough at night." in words(client.get(f"{ASTHMA}as-of/2026-03-04/").text)


def test_day_to_come_answers_404_and_says_so(client, asthma):
    response = client.get(f"{ASTHMA}as-of/2026-03-06/")
    assert response.status_code == 404
    assert "That day is still to come" in response.text


def test_day_with_several_editions_links_each(client, asthma):
    text = client.get(f"{ASTHMA}as-of/2026-03-03/").text
    assert "On that day readers saw more than one edition:" in text
    for number in (1, 2):
        assert f'<a href="{ASTHMA}history/{number}/">edition {number}</a>' in text
    assert "more than one edition" not in client.get(f"{ASTHMA}as-of/2026-03-02/").text


def test_day_ends_at_midnight_in_the_time_zone_of_the_site(client, settings, time_machine_at):
    settings.TIME_ZONE = "Pacific/Auckland"
    time_machine_at(datetime(2026, 3, 2, 10, tzinfo=UTC))
    page = published(make_article(slug="kept", summary="First words."))
    time_machine_at(datetime(2026, 3, 2, 11, tzinfo=UTC))
    change(page, summary="Second words.")
    time_machine_at(datetime(2026, 3, 9, tzinfo=UTC))
    assert "First words." in client.get("/articles/kept/as-of/2026-03-02/").text
    assert "Second words." in client.get("/articles/kept/as-of/2026-03-03/").text


def test_day_shows_the_notices_that_stood_then(client, asthma, time_machine_at):
    issue(asthma, text="Do not use batch 7.", expires_at=MONDAY + 5 * DAY)
    time_machine_at(MONDAY + 9 * DAY)
    assert "Do not use batch 7." in client.get(f"{ASTHMA}as-of/2026-03-05/").text
    for day in ("2026-03-04", "2026-03-07"):
        assert "Do not use batch 7." not in client.get(f"{ASTHMA}as-of/{day}/").text


def test_review_that_was_in_date_then_is_not_called_overdue(client, asthma, time_machine_at):
    time_machine_at(MONDAY + 4000 * DAY)
    assert "overdue" in client.get(ASTHMA).text
    assert "overdue" not in client.get(f"{ASTHMA}as-of/2026-03-05/").text
    assert "overdue" in client.get(f"{ASTHMA}as-of/2031-03-05/").text


# Changes since a day


def test_changes_mark_what_was_added_and_removed_with_the_notes_since(client, asthma):
    text = client.get(f"{ASTHMA}changes/?since=2026-03-02").text
    assert re.search(r"<del[^>]*>.*?wheeze", text, re.DOTALL)
    assert re.search(r"<ins[^>]*>.*?cough", text, re.DOTALL)
    assert "Coughing is more common." in text
    assert "First published" not in text


def test_changes_of_rows_are_marked(client, asthma, time_machine_at):
    publish(make_indication(condition=asthma, therapy=make_therapy(title="Spray"), description="It helps.").therapy)
    time_machine_at(MONDAY + 4 * DAY)
    text = words(client.get(f"{ASTHMA}changes/?since=2026-03-04").text)
    assert "It helps." in text
    assert "Published with the page “Spray”" in text


def test_day_of_a_change_is_compared_with_what_readers_saw_before_it(client, asthma):
    assert "<del" in client.get(f"{ASTHMA}changes/?since=2026-03-03").text


@pytest.mark.parametrize("since", ["2026-03-04", "2026-03-05"])
def test_nothing_changed_is_said(client, asthma, since):
    text = client.get(f"{ASTHMA}changes/?since={since}").text
    assert "Nothing of what the page says has changed since." in text
    assert "<ins" not in text


def test_change_that_was_taken_back_is_listed_but_marks_nothing(client, asthma):
    change(asthma, symptoms="<p>You wheeze at night.</p>", note="It was right before.")
    text = client.get(f"{ASTHMA}changes/?since=2026-03-02").text
    assert "Nothing of what the page says has changed since." in text
    assert "It was right before." in text


def test_changes_of_a_withdrawn_page_say_that_it_is_gone(client, asthma):
    withdraw(asthma, reason="The treatment harms.")
    text = client.get(f"{ASTHMA}changes/?since=2026-03-02").text
    assert "This page was withdrawn on 5 March 2026." in text
    assert "<ins" not in text


def test_day_without_a_public_page_cannot_be_compared(client, asthma):
    text = words(client.get(f"{ASTHMA}changes/?since=2026-03-01").text)
    assert "“Asthma” was not public on 1 March 2026. It was first published on 2 March 2026." in text


def test_form_works_without_script_and_keeps_nothing(client, asthma):
    text = client.get(f"{ASTHMA}history/").text
    form = re.search(r'<form class="since-form".*?</form>', text, re.DOTALL)[0]
    assert f'action="{ASTHMA}changes/"' in form
    assert 'method="get"' in form
    assert '<label for="id_since">' in form
    assert 'name="since"' in form
    assert "csrf" not in form
    empty = re.search(r'<form class="since-form".*?</form>', client.get(f"{ASTHMA}changes/").text, re.DOTALL)[0]
    assert "value=" not in empty


# Review dates


@pytest.mark.parametrize("make", [make_article, make_condition, make_therapy])
def test_page_shows_both_review_dates_which_no_small_change_moves_and_says_when_it_is_overdue(
    client, time_machine_at, make
):
    time_machine_at(MONDAY)
    page = published(make())
    time_machine_at(MONDAY + 30 * DAY)
    reviewer = make_reviewer(name="Dr Part")
    page.summary = "A small change."
    page.save()
    publish(signed(page, by=reviewer, scope="part"), change="minor")
    text = words(client.get(page.get_absolute_url()).text)
    assert "Whole page reviewed by Rosa Signer, MD, on 2 March 2026." in text
    assert "Next review due 2 March 2029" in text
    assert "overdue" not in text
    time_machine_at(MONDAY.replace(year=2029))
    assert "overdue" not in client.get(page.get_absolute_url()).text
    time_machine_at(MONDAY.replace(year=2029) + DAY)
    assert "Review overdue since 2 March 2029" in words(client.get(page.get_absolute_url()).text)


# People


def test_reviewer_has_a_page_whose_changes_leave_past_reviews_alone(client, asthma):
    reviewer = make_reviewer(name="Dr Then", slug="dr-then", credentials="MD then", interests="Shares then")
    asthma.summary = "Reviewed again."
    asthma.save()
    publish(signed(asthma, by=reviewer))
    reviewer.person.credentials, reviewer.person.interests = "PhD now", "None now"
    reviewer.person.save()
    person = client.get("/people/dr-then/").text
    assert f'<a href="{ASTHMA}">Asthma</a>' in person
    assert ("PhD now" in person, "None now" in person) == (True, True)
    for address in (ASTHMA, f"{ASTHMA}history/3/", f"{ASTHMA}as-of/2026-03-05/"):
        text = words(client.get(address).text)
        assert "Reviewed by Dr Then, MD then, on 5 March 2026" in text
        assert "Declared interests of the reviewer: Shares then" in text


def test_person_of_an_earlier_edition_has_a_page_without_any_list(client, asthma):
    author, reviewer = asthma.authors.get(), "/people/rosa-signer/"
    withdraw(asthma)
    for address in (author.get_absolute_url(), reviewer):
        response = client.get(address)
        assert response.status_code == 200
        assert ASTHMA not in response.text


def test_person_who_was_never_named_has_no_page(client, asthma):
    make_reviewer(slug="dr-nobody")
    assert client.get("/people/dr-nobody/").status_code == 404


# Pictures


def test_picture_of_an_earlier_edition_is_shown_until_that_is_redacted(client):
    image = Image.objects.create(alternative_text="a", credit="c", width=1, height=1, widths=[480])
    name = default_storage.save(image.file_name(480), ContentFile(b"RIFF"))
    page = published(make_article(body=f'<figure data-image="{image.name}"><figcaption>x</figcaption></figure>'))
    change(page, body="<h2>Without</h2><p>Words.</p>")
    try:
        response = client.get(image.file_url(480))
        assert (response.status_code, response["Cache-Control"].split(",")[0]) == (200, "public")
        assert response.getvalue() == b"RIFF"
        redact(page.editions.get(number=1), by="tests", order="Court, 1 March 2026, 7", reason="Privacy")
        assert client.get(image.file_url(480)).status_code == 404
    finally:
        default_storage.delete(name)


# Redaction


def test_text_removed_by_legal_order_is_gone_from_the_history_too(client, asthma):
    redact(asthma.editions.get(number=1), by="tests", order="Court, 1 March 2026, 7", reason="Privacy")
    for below in ("history/", "history/1/", "as-of/2026-03-02/", "changes/?since=2026-03-02"):
        response = client.get(f"{ASTHMA}{below}")
        assert response.status_code == 200, below
        assert "You wheeze" not in response.text, below
    assert "[removed by legal order]" in client.get(f"{ASTHMA}history/1/").text
