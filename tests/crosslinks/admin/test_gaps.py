"""The screen of gaps: what each line says and where it leads, for whom, and at what cost."""

import pytest
from django.urls import reverse

from crosslinks.admin import gaps
from publishing import doors
from tests.builders import (
    make_article,
    make_condition,
    make_indication,
    make_name,
    make_therapy,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db
URL = "/admin/crosslinks/gaps/"


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def sections(client):
    return {each.id: each for each in client.get(URL).context["sections"]}


def a_gap_of_each_kind(number):
    letter = "abc"[number]
    therapy = make_therapy(
        title=f"Lion {letter}x drug", slug=f"lion-{letter}", harms=f"<p>Zebra {letter}x disease.</p>"
    )
    make_name(therapy, f"mane {letter}x")
    therapy = published(therapy)
    condition = published(
        make_condition(
            title=f"Zebra {letter}x disease",
            symptoms=f"<p>First. Take lion {letter}x drug &amp; "
            '<a href="/therapies/typo/">some <em>bad</em> link</a>, yes.</p>',
        )
    )
    row = make_indication()
    published(row.therapy), published(row.condition)
    return therapy, condition, row


def test_each_gap_is_told_with_its_sentence_and_leads_to_the_form_that_mends_it(editor):
    therapy, condition, row = a_gap_of_each_kind(0)
    found = sections(editor)
    totals = {name: section.total for name, section in found.items()}
    assert totals == {
        "rows-condition": 1,
        "rows-therapy": 1,
        "mentions-indication-condition": 1,
        "mentions-indication-therapy": 1,
        "pages": 2,
        "names": 3,
        "by-hand": 1,
    }
    [gap] = found["rows-condition"].gaps
    assert (gap.title, gap.message, gap.url) == (condition.title, therapy.title, condition.get_admin_url())
    assert gap.sentence.before == "Take "
    [gap] = found["mentions-indication-condition"].gaps
    assert (gap.title, gap.message) == (row.condition.title, row.therapy.title)
    assert gap.url == row.condition.get_admin_url()
    names = {(gap.message, gap.url) for gap in found["names"].gaps}
    assert ("mane ax (plain-English name)", f"{therapy.get_admin_url()}#names-heading") in names
    [gap] = found["by-hand"].gaps
    assert (gap.url, gap.message, gap.sentence.mention) == (
        condition.get_admin_url(),
        "/therapies/typo/",
        "some bad link",
    )
    text = editor.get(URL).text
    assert "Take <mark>lion ax drug</mark> &amp; some bad link, yes." in text
    assert "A condition names a therapy, and no row joins them (1)" in text


def test_every_place_a_gap_leads_to_is_there(editor):
    a_gap_of_each_kind(0)
    for section in sections(editor).values():
        for gap in section.gaps:
            page, _, place = gap.url.partition("#")
            text = editor.get(page).text
            assert f'value="{gap.title}"' in text
            assert not place or f'id="{place}"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_screen_costs_the_same_for_any_number_of_gaps(editor, django_assert_num_queries, count):
    for number in range(count):
        a_gap_of_each_kind(number)
    editor.get(URL)
    with django_assert_num_queries(20):
        found = sections(editor)
    assert found["rows-condition"].total == count


def test_long_lists_are_cut_and_counted(editor, monkeypatch):
    monkeypatch.setattr(gaps, "LONGEST_LIST", 2)
    for letter in "abc":
        published(make_therapy(title=f"Lion {letter}x drug"))
    section = sections(editor)["pages"]
    assert (section.total, len(section.gaps)) == (3, 2)
    assert "The first 2 of them:" in editor.get(URL).text


def test_brand_names_that_stand_in_no_text_are_only_counted(editor):
    therapy = published(make_therapy(title="Lion drug"))
    make_name(therapy, "Manezor", kind="brand")
    make_name(therapy, "Roarix", kind="brand")
    section = sections(editor)["names"]
    assert [gap.message for gap in section.gaps] == ["Lion drug (preferred name)"]
    assert section.left_out == "2 brand names that stand in no text are left out."
    assert section.left_out in editor.get(URL).text


def test_empty_site_has_no_gaps(editor):
    text = editor.get(URL).text
    assert text.count("None.") == len(sections(editor)) == 7


def test_withdrawing_a_page_puts_links_by_hand_to_it_on_the_list(editor):
    therapy = published(make_therapy(slug="lion"))
    page = published(make_article(body='<p>Take <a href="/therapies/lion/#harms">this <b>drug</b></a> now.</p>'))
    assert sections(editor)["by-hand"].total == 0
    doors.withdraw(therapy, by="tests", reason="Outdated.")
    [gap] = sections(editor)["by-hand"].gaps
    assert (gap.title, gap.url) == (page.title, page.get_admin_url())
    assert (gap.sentence.before, gap.sentence.mention, gap.sentence.after) == ("Take ", "this drug", " now.")


@pytest.mark.parametrize("role", ["author", "editor", "reviewer", "moderator", "administrator"])
def test_every_role_finds_the_gaps_from_the_first_page(client, role):
    client.force_login(make_user(role))
    assert f'href="{URL}"' in client.get(reverse("admin:index")).text
    assert client.get(URL).status_code == 200


def test_gaps_are_for_those_who_may_see_names(client):
    assert "/admin/login/" in client.get(URL).url
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    assert f'href="{URL}"' not in client.get(reverse("admin:index")).text
    assert client.get(URL).status_code == 403


def test_gaps_are_only_read(editor):
    assert editor.post(URL).status_code == 405


def test_link_that_was_noted_under_another_address_of_the_site_is_listed_without_its_sentence(editor, settings):
    published(make_article(body=f'<p><a href="{settings.SITE_URL}/conditions/nowhere/">Zebra</a>.</p>'))
    settings.SITE_URL = "https://another.example"
    assert "/conditions/nowhere/" in editor.get(URL).content.decode()
