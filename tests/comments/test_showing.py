import gzip
import json
import random
import re

import pytest
from django.db import connection

from comments import moderation
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.decisions import Decision
from comments.openings import Opening
from publishing import doors
from tests.builders import (
    approved,
    make_article,
    make_comment,
    make_condition,
    make_indication,
    make_therapy,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return published(make_therapy())


@pytest.fixture
def moderator():
    return make_user("moderator")


def section(client, page) -> str:
    """What stands under the page about comments."""
    found = re.search(r'<section class="comments".*?</section>', client.get(page.get_absolute_url()).text, re.DOTALL)
    return found[0] if found else ""


def article(text: str, comment: Comment) -> str:
    return re.search(rf'<article class="comment" id="{comment.anchor}".*?</article>', text, re.DOTALL)[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def many(page, number: int) -> None:
    """So many approved comments, ten in each thread, without the time that decisions take."""
    words = "infusion clinic nurse home weeks headache water travel fever letter doctor hour".split()
    chance = random.Random(1)

    def unseen(each: int, **values) -> Comment:
        text = " ".join(chance.choices(words, k=60))
        queued = {"queued_at": "2026-03-01T00:00Z", "queued_for": "new"}
        return Comment(page=page, edition=page.live, name=f"Reader {each}", text=text, **queued, **values)

    firsts = Comment.objects.bulk_create(unseen(each, kind="question") for each in range(0, number, 10))
    answers = Comment.objects.bulk_create(
        unseen(each, kind="reply", parent=firsts[each // 10]) for each in range(number) if each % 10
    )
    for each in (*firsts, *answers):
        about = {"comment_id": each.pk, "page_id": page.pk, "page_title": page.title, "version": 1}
        Decision.append(action="approved", user_name="x", state_before="waiting", state_after="approved", **about)
    Comment.objects.filter(page=page).update(
        state="approved", decided_at="2026-03-01T00:00Z", queued_at=None, queued_for=""
    )


def test_approved_comment_stands_in_a_landmark_of_its_own_after_the_article(client, page):
    comment = approved(make_comment(page, name="Ada", text="How long does one infusion take?"))
    text = client.get(page.get_absolute_url()).text
    before, after = text.split("</article>\n", 1)
    assert comment.text not in before
    assert '<section class="comments" aria-labelledby="page-comments">' in after
    shown = section(client, page)
    assert "Comments (1)" in shown
    assert "no professional advice unless the writer is marked as a verified clinician" in shown
    assert "Ada reader Question" in plain(article(shown, comment))


@pytest.mark.parametrize("state", ["waiting", "rejected", "spam", "withdrawn"])
def test_comment_that_is_not_approved_is_nowhere(client, page, moderator, state):
    comment = make_comment(page, name="Canary", text="A canary that nobody may read")
    if state == "rejected":
        moderation.reject(comment, by=moderator, version=1, rule="kindness")
    elif state == "spam":
        moderation.mark_spam(comment, by=moderator, version=1)
    elif state == "withdrawn":
        moderation.withdraw(approved(comment))
    for address in (page.get_absolute_url(), f"{page.get_absolute_url()}comments/"):
        text = client.get(address).text
        assert "anary" not in text
        assert "Comments (0)" in text or "0 comments" in text


def test_comment_is_in_nothing_that_machines_read(client, page):
    approved(make_comment(page, name="Canary", text="A canary in the comments"))
    text = client.get(page.get_absolute_url()).text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    assert "anary" in text
    assert "anary" not in json.dumps(data)
    assert "anary" not in text[: text.index("</head>")]
    for address in ("/feeds/", f"{page.get_absolute_url()}feed/", "/sitemap.xml"):
        assert "anary" not in client.get(address).text


def test_answers_stand_one_level_deep_and_name_whom_they_answer(client, page):
    first = approved(make_comment(page, name="First"))
    second = approved(make_comment(page, name="Second", parent=first, answers=first, kind="reply"))
    other = approved(make_comment(page, name="Other"))
    third = approved(make_comment(page, name="Third", parent=first, answers=second, kind="reply"))
    shown = section(client, page)
    order = [int(number) for number in re.findall(r'id="comment-(\d+)"', shown)]
    assert order == [first.pk, second.pk, third.pk, other.pk]
    assert shown.count('<ol class="comment-replies">') == 1
    assert f'in answer to <a href="#comment-{second.pk}"><bdi>Second</bdi></a>' in article(shown, third)
    assert "in answer to" not in article(shown, first)


def test_roles_are_told_and_nobody_else_gets_one(client, page, moderator):
    Clinician.objects.create(email="doc@example.org", name="Dr Rosa", credentials="immunologist", verified_how="Seen")
    reader = approved(make_comment(page, name="Dr Impostor"))
    comment = moderation.confirm_address(make_comment(page, name="rosa", email="doc@example.org"), as_clinician=True)
    clinician = approved(comment)
    answer = moderation.reply(reader, "Thank you.", by=moderator, version=reader.version)
    shown = section(client, page)
    assert "Dr Impostor reader" in plain(article(shown, reader))
    assert "Dr Rosa verified clinician · immunologist" in plain(article(shown, clinician))
    assert "ImmunoPortal the organisation" in plain(article(shown, answer))
    assert shown.count("verified clinician ·") == 1


def test_clinician_for_whom_nobody_vouches_any_more_is_a_reader(client, page):
    doctor = Clinician.objects.create(email="d@example.org", name="Dr Rosa", credentials="MD", verified_how="Seen")
    comment = approved(
        moderation.confirm_address(make_comment(page, name="rosa", email="d@example.org"), as_clinician=True)
    )
    Clinician.objects.filter(pk=doctor.pk).update(ends_on="2020-01-01")
    assert "rosa reader" in plain(article(section(client, page), comment))


def test_address_of_the_writer_is_never_shown(client, page):
    approved(make_comment(page, email="canary@example.org"))
    assert "canary" not in client.get(page.get_absolute_url()).text


def test_experience_is_a_list_of_definitions_without_any_rating(client, page):
    comment = approved(make_comment(page, kind="experience", how_given="By drip", wish_known="To drink a lot"))
    shown = article(section(client, page), comment)
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.sub(r">\s+<", "><", shown))
    assert [(label, plain(value)) for label, value in found] == [
        ("How it was given", "By drip"),
        ("What I wish I had known", "To drink a lot"),
    ]
    assert not re.search(r"star|rating|average", client.get(page.get_absolute_url()).text.partition("</head>")[2])


def test_section_is_linked_where_the_page_still_has_it(client):
    page = published(make_article(body="<h2>One heading</h2><p>Text.</p>"))
    here = approved(make_comment(page, section="one-heading"))
    gone = approved(make_comment(page, section="no-such-heading"))
    shown = section(client, page)
    assert re.search(r'about\s+<a href="#one-heading">One heading</a>', article(shown, here))
    assert "about" not in article(shown, gone)


def test_rows_that_are_gone_are_not_linked(client):
    page = published(make_condition())
    comment = approved(make_comment(page, section="indications"))
    assert "#indications" not in article(section(client, page), comment)
    make_indication(condition=page, therapy=published(make_therapy()))
    assert 'href="#indications"' in article(section(client, published(page)), comment)


def test_two_links_at_most_and_none_that_passes_on_trust(client, page):
    text = "See https://one.example/a and https://two.example/b and https://three.example/c."
    comment = approved(make_comment(page, kind="experience", text=text, practical_tips="And https://four.example/d"))
    shown = article(section(client, page), comment)
    links = re.findall(r'<a href="(https?://[^"]+)" ([^>]*)>', shown)
    assert links == [(f"https://{each}", 'rel="nofollow ugc noopener"') for each in ("one.example/a", "two.example/b")]
    assert "https://three.example/c." in shown
    assert "https://four.example/d" in shown


def test_names_are_isolated_and_paragraphs_find_their_direction(client, page):
    comment = approved(make_comment(page, name="\u202eevil", text="One.\nTwo.\n\nThree."))
    shown = article(section(client, page), comment)
    assert "<bdi>\u202eevil</bdi>" in shown
    assert '<p dir="auto">One.<br>Two.</p><p dir="auto">Three.</p>' in shown


@pytest.mark.parametrize(("remove", "said"), [("withdraw", "by its writer"), ("reject", "by the moderators")])
def test_placeholder_says_who_removed_a_comment_with_answers(client, page, moderator, remove, said):
    first = approved(make_comment(page, name="Canary", text="A canary that was removed"))
    answer = approved(make_comment(page, parent=first, answers=first, kind="reply"))
    if remove == "withdraw":
        moderation.withdraw(first)
    else:
        moderation.reject(first, by=moderator, version=first.version, rule="kindness")
    shown = section(client, page)
    assert "anary" not in shown
    assert plain(article(shown, first)) == f"This comment was removed {said}."
    assert f'<a href="#comment-{first.pk}"><bdi>a comment that was removed</bdi></a>' in article(shown, answer)
    assert "Comments (1)" in shown


def test_answer_to_an_answer_that_was_removed_leads_nowhere(client, page):
    first = approved(make_comment(page))
    second = approved(make_comment(page, parent=first, answers=first, kind="reply", name="Canary"))
    third = approved(make_comment(page, parent=first, answers=second, kind="reply"))
    moderation.withdraw(second)
    shown = section(client, page)
    assert "in answer to a comment that was removed" in article(shown, third)
    assert f"comment-{second.pk}" not in shown


WRITE, REPLY, REPORT = "/comment/", "?answer=", "/comments/report/"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("open", [WRITE, REPLY, REPORT]), ("closed", [REPORT]), ("read-only", []), ("off", [])],
)
def test_ways_to_take_part_follow_the_setting(client, page, mode, expected):
    comment = approved(make_comment(page))
    Opening.objects.create(page=page, mode=mode)
    shown = section(client, page)
    assert [way for way in (WRITE, REPLY, REPORT) if way in shown] == expected
    assert (comment.text in shown) == (mode != "off")
    assert bool(shown) == (mode != "off")


def test_day_on_which_comments_close_is_told(client, page, time_machine_at):
    Opening.objects.create(page=page, mode="open", close_after_days=10)
    closes = Opening.objects.get().page.live.valid_from.replace(microsecond=0)
    assert "Comments close on" in section(client, page)
    time_machine_at(closes.replace(year=closes.year + 1))
    assert "are closed" in section(client, page)


def test_comments_stand_only_under_the_page_as_it_is_now(client, page):
    comment = approved(make_comment(page, text="A canary under the page"))
    today = page.live.valid_from.date().isoformat()
    for below in ("history/1/", f"as-of/{today}/", "history/"):
        response = client.get(f"{page.get_absolute_url()}{below}")
        assert response.status_code == 200
        assert "canary" not in response.text
        assert "page-useful" not in response.text
    client.force_login(make_user("editor"))
    preview = client.get(f"{page.get_admin_url().removesuffix('change/')}preview/")
    assert (preview.status_code, "canary" in preview.text, "page-useful" in preview.text) == (200, False, False)
    doors.withdraw(page, by="tests", reason="It was wrong.")
    assert comment.text not in client.get(page.get_absolute_url()).text
    assert client.get(f"{page.get_absolute_url()}comments/").status_code == 404


@pytest.mark.parametrize("comments", [5, 500])
def test_page_costs_the_same_for_any_number_of_comments(client, page, django_assert_num_queries, comments):
    many(page, comments)
    with django_assert_num_queries(11):
        response = client.get(page.get_absolute_url())
    assert f"Comments ({comments})" in response.text
    assert response.text.count('<article class="comment"') == min(comments, 50)
    assert len(gzip.compress(response.content, 6)) < 120_000
    with django_assert_num_queries(6):
        client.get(f"{page.get_absolute_url()}comments/")


def test_comments_cost_a_page_three_queries_and_none_elsewhere(client, page, django_assert_num_queries, settings):
    with django_assert_num_queries(11):
        client.get(page.get_absolute_url())
    settings.COMPANIONS = {"crosslinks": settings.COMPANIONS["crosslinks"]}
    with django_assert_num_queries(8):
        client.get(page.get_absolute_url())


def test_listing_reads_no_column_that_is_not_shown(client, page):
    approved(make_comment(page, email="ada@example.org"))
    with connection.execute_wrapper(refuse_private_columns):
        section(client, page)


def refuse_private_columns(execute, sql, params, many_values, context):
    for column in ("email", "network", "fingerprint", "salt", "findings"):
        assert f'"comments_comment"."{column}"' not in sql
    return execute(sql, params, many_values, context)


# All comments of a page


def test_all_comments_stand_fifty_a_page(client, page):
    many(page, 120)
    address = f"{page.get_absolute_url()}comments/"
    assert f'href="{address}"' in section(client, page)
    counts = [client.get(f"{address}?page={number}").text.count('<article class="comment"') for number in (1, 2, 3)]
    assert counts == [50, 50, 20]
    titles = {re.search(r"<title>(.*?)</title>", client.get(f"{address}?page={each}").text)[1] for each in (1, 2)}
    assert len(titles) == 2


def test_place_of_a_comment_is_found_on_its_page(client, page):
    many(page, 120)
    last = Comment.objects.order_by("-pk").first()
    address = f"{page.get_absolute_url()}comments/"
    assert f'id="comment-{last.pk}"' in client.get(f"{address}?at={last.pk}").text
    assert f'id="comment-{last.pk}"' not in client.get(address).text


def test_answer_leads_to_the_page_of_what_it_answers(client, page):
    first = approved(make_comment(page))
    many(page, 60)
    answer = approved(make_comment(page, parent=first, kind="reply", answers=first))
    text = client.get(f"{page.get_absolute_url()}comments/").text
    assert f'href="#comment-{first.pk}"' in article(text, answer)
    late = Comment.objects.filter(parent=None).order_by("-pk").first()
    far = approved(make_comment(page, parent=first, kind="reply", answers=late))
    assert f'?at={late.pk}#comment-{late.pk}"' in article(section(client, page), far)


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=99999999999999999999", "at=x", "at=0", "at=" + "9" * 18])
def test_odd_places_show_a_page(client, page, query):
    approved(make_comment(page))
    assert client.get(f"{page.get_absolute_url()}comments/?{query}").status_code == 200


def test_all_comments_set_no_cookie_and_are_the_same_for_all(client, page):
    approved(make_comment(page))
    response = client.get(f"{page.get_absolute_url()}comments/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["X-Robots-Tag"] == "noindex"
    assert response.content == client.get(f"{page.get_absolute_url()}comments/").content


def test_other_pages_comments_stay_there(client, page):
    approved(make_comment(published(make_article()), text="A canary of another page"))
    assert "canary" not in client.get(page.get_absolute_url()).text
