"""Interim notices: who may issue one, where it stands, and that it leaves by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from crosslinks.models import Mention
from publishing import doors, due, notices
from publishing.models import Edition, Event, Notice, NoticeEnd, Page, Stamp
from publishing.notice_board import notices_for, pages_reached
from publishing.notices import NoticeRefused
from publishing.records import RecordIsImmutable
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_person,
    make_reviewer,
    make_therapy,
    make_user,
    published,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def issued(page, *, by=None, reach="mentions", days=30, text="One batch is recalled."):
    by = by or make_reviewer()
    return notices.issue(page, by=by, text=text, reach=reach, expires_at=timezone.now() + days * DAY)


def on(page):
    """What readers of the page are told."""
    live = Edition.objects.live().get(page=page.pk)
    return [notice.text for notice in notices_for(live)]


def article_about(text, **values):
    return published(make_article(body=f"<p>{text}</p>", **values))


def test_notice_is_signed_recorded_and_raises_the_stamp():
    page, reviewer = published(make_therapy(title="Methotrexate")), make_reviewer(name="Dr Ada", credentials="MD, PhD")
    before, edition = Stamp.current().counter, page.live
    notice = issued(page, by=reviewer, text="Take it once a week only.")
    reviewer.person.credentials = "None"
    reviewer.person.save()
    stored = Notice.objects.get()
    assert (stored.signer_name, stored.signer_credentials, stored.subject) == ("Dr Ada", "MD, PhD", "Methotrexate")
    event = Event.objects.get(action="notice-issued")
    assert (event.subject_id, event.reason, event.details["notice"]) == (page.pk, stored.text, notice.digest)
    assert Stamp.current().counter > before
    # No edition, so no date of the page moves.
    assert Page.objects.get(pk=page.pk).live == edition


def test_notice_is_never_changed_or_deleted():
    notice = issued(published(make_article()))
    notice.text = "Something else"
    with pytest.raises(RecordIsImmutable):
        notice.save()
    with pytest.raises(RecordIsImmutable):
        notice.delete()
    assert Notice.objects.get().text == "One batch is recalled."


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_those_with_the_right_issue_and_end(role):
    page, user = published(make_article()), make_user(role)
    make_person(user=user)
    notice = issued(page)
    with pytest.raises(PermissionDenied):
        issued(page, by=user)
    with pytest.raises(PermissionDenied):
        notices.end(notice, by=user, reason="Over")
    assert Notice.objects.count() == 1
    assert not NoticeEnd.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "  "}, "text"),
        ({"days": -1}, "expires_at"),
        ({"days": 0}, "expires_at"),
        ({"days": 367}, "expires_at"),
    ],
)
def test_refused_notice_says_why_and_leaves_nothing(values, field):
    page = published(make_article())
    with pytest.raises(NoticeRefused) as refusal:
        issued(page, **values)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert not Notice.objects.exists()
    assert not Event.objects.filter(action="notice-issued").exists()


def test_every_reason_is_given_at_once():
    with pytest.raises(NoticeRefused) as refusal:
        issued(make_article(), by=make_user("editor"), text="", days=-1)
    assert [problem.field for problem in refusal.value.problems] == ["page", "text", "expires_at", ""]


def test_signer_has_credentials_and_stands_in_for_nobody():
    page = published(make_article())
    for person in ({"credentials": ""}, {"is_demonstration": True}):
        with pytest.raises(NoticeRefused):
            issued(page, by=make_reviewer(**person))
    demonstration = published(make_article(is_demonstration=True))
    assert issued(demonstration, by=make_reviewer(is_demonstration=True)).page_id == demonstration.pk


def test_account_signs_as_itself_whoever_else_is_named():
    page, reviewer, other = published(make_article()), make_reviewer(), make_person()
    tomorrow = timezone.now() + DAY
    notices.issue(page, by=reviewer, text="Take care.", reach="page", expires_at=tomorrow, signer=other)
    assert Notice.objects.get().signer == reviewer.person


# Where it stands


def test_notice_about_a_page_stands_there_alone_unless_it_reaches_further():
    therapy = published(make_therapy(title="Rituximab"))
    naming, other = article_about("Rituximab helps some."), article_about("Nothing of it.")
    issued(therapy, reach="page", text="Here only.")
    assert (on(therapy), on(naming), on(other)) == (["Here only."], [], [])
    issued(therapy, text="Everywhere.")
    assert (on(therapy), on(naming), on(other)) == (["Everywhere.", "Here only."], ["Everywhere."], [])


def test_notice_reaches_pages_whose_mention_shows_no_link():
    therapy = published(make_therapy(title="Rituximab", slug="rituximab"))
    heading = published(make_article(body="<h2>Rituximab today</h2><p>Some text.</p>"))
    by_hand = article_about('<a href="/therapies/rituximab/">This one</a> helps.')
    assert not Mention.objects.accepted().exists()
    issued(therapy)
    assert on(heading) == on(by_hand) == ["One batch is recalled."]


def test_notice_reaches_links_to_an_address_of_the_past():
    therapy = published(make_therapy(slug="old-name"))
    linking = article_about('<a href="/therapies/old-name/">This one</a> helps.')
    therapy.slug = "new-name"
    therapy.save()
    therapy = published(therapy)
    issued(therapy)
    assert on(linking) == ["One batch is recalled."]


def test_notice_keeps_away_from_names_that_mean_something_else():
    therapy = make_therapy(title="Methotrexate")
    make_name(therapy, "MTX", kind="abbreviation")
    therapy = published(therapy)
    doubtful, meant = article_about("MTX is a song."), article_about("Methotrexate (MTX) is a medicine.")
    assert {mention.reason for mention in doubtful.live.mentions.all()} == {"no-evidence"}
    issued(therapy)
    assert (on(doubtful), on(meant)) == ([], ["One batch is recalled."])


@pytest.mark.parametrize("make_row", [make_indication, make_caution])
def test_notice_reaches_the_other_page_of_a_public_row_in_both_directions(make_row):
    row = make_row()
    published(row.condition)
    therapy = published(row.therapy)
    issued(therapy, text="About the therapy.")
    issued(row.condition, text="About the condition.")
    assert on(row.condition) == on(therapy) == ["About the condition.", "About the therapy."]


def test_row_that_is_only_a_draft_carries_no_notice():
    condition, therapy = published(make_condition()), published(make_therapy())
    make_indication(condition=condition, therapy=therapy)
    issued(therapy)
    assert on(condition) == []


@pytest.mark.parametrize("items", [1, 3])
def test_one_query_whatever_there_is(django_assert_num_queries, items):
    therapies = [published(make_therapy(title=f"Substance {'xyz'[number]}")) for number in range(items)]
    article = article_about(" and ".join(therapy.title for therapy in therapies))
    for therapy in therapies:
        issued(therapy)
    live = Edition.objects.live().get(page=article.pk)
    with django_assert_num_queries(1):
        found = notices_for(live)
        assert len({notice.page.get_absolute_url() for notice in found}) == items


def test_pages_reached_are_those_on_which_it_then_stands():
    therapy = published(make_therapy(title="Rituximab"))
    row = make_indication(therapy=therapy)
    published(row.condition)
    article_about("Rituximab helps some.")
    article_about("Nothing of it.")
    for reach, count in (("page", 1), ("mentions", 3)):
        told = set(pages_reached(therapy, reach).values_list("pk", flat=True))
        notice = issued(therapy, reach=reach)
        assert told == {live.pk for live in Edition.objects.live() if notice in notices_for(live)}
        assert len(told) == count


# Its end


def test_notice_expires_without_a_worker(time_machine_at):
    page = published(make_article())
    issued(page, days=30)
    counter, now = Stamp.current().counter, timezone.now()
    time_machine_at(now + 29 * DAY)
    due.run_what_is_due()
    assert Stamp.current().counter == counter
    time_machine_at(now + 31 * DAY)
    due.run_what_is_due()
    assert Stamp.current().counter == counter + 1
    assert on(page) == []
    # Nothing is due any more.
    due.run_what_is_due()
    assert (Stamp.current().counter, Stamp.current().next_due_at) == (counter + 1, None)


def test_whatever_is_due_first_is_noted():
    page = published(make_article())
    late, soon = issued(page, days=30), issued(page, days=10)
    assert Stamp.current().next_due_at == soon.expires_at
    # Any door counts again what is due next.
    notices.end(soon, by=make_reviewer(), reason="Over")
    published(make_article())
    assert Stamp.current().next_due_at == late.expires_at


def test_ended_notice_is_gone_and_stays_on_record():
    page, reviewer = published(make_article()), make_reviewer()
    notice, counter = issued(page), Stamp.current().counter
    notices.end(notice, by=reviewer, reason="The batch was replaced.")
    assert on(page) == []
    assert Stamp.current().counter > counter
    assert Notice.objects.get().ending.reason == "The batch was replaced."
    assert not Notice.objects.get().is_in_force
    assert Event.objects.get(action="notice-ended").reason == "The batch was replaced."
    with pytest.raises(NoticeRefused, match="no longer in force"):
        notices.end(notice, by=reviewer, reason="Again")


def test_end_needs_a_reason():
    notice = issued(published(make_article()))
    with pytest.raises(NoticeRefused, match="Say why"):
        notices.end(notice, by=make_reviewer(), reason=" ")
    assert Notice.objects.in_force().get() == notice


# Withdrawal


def withdrawn_with_warning(page, **values):
    until = timezone.now() + 90 * DAY
    return doors.withdraw(page, by="tests", reason="It harms.", warn_until=until, signer=make_person(), **values)


def test_withdrawal_warns_on_every_page_that_mentions_it():
    therapy = published(make_therapy(title="Rituximab", slug="rituximab"))
    naming = [article_about(f"Article {number} says that Rituximab helps.") for number in range(10)]
    linking = [article_about(f'<a href="/therapies/rituximab/">This {number}</a> helps.') for number in range(10)]
    rows = [make_indication(therapy=therapy) for _ in range(10)]
    therapy = published(therapy)
    with_rows = [published(row.condition) for row in rows]
    stranger = article_about("Nothing of it.")

    withdrawn_with_warning(therapy)
    told = [on(page) for page in (*naming, *linking, *with_rows)]
    assert len(told) == 30
    assert {len(texts) for texts in told} == {1}
    assert all(text.startswith("“Rituximab” was withdrawn on ") and "It harms." in text for (text,) in told)
    assert on(stranger) == []


def test_warning_outlives_a_new_edition_of_the_page_that_mentions(time_machine_at):
    therapy = published(make_therapy(title="Rituximab"))
    row = make_indication(therapy=therapy)
    condition = published(row.condition)
    naming = article_about("Rituximab helps.")
    withdrawn_with_warning(therapy)
    for page in (condition, naming):
        page.summary = "Said again."
        page.save()
        published(page)
        assert len(on(page)) == 1


def test_withdrawal_without_a_warning_stays_possible():
    therapy = published(make_therapy(title="Rituximab"))
    naming = article_about("Rituximab helps.")
    doors.withdraw(therapy, by="tests", reason="Old")
    assert on(naming) == []


def test_page_stays_public_when_its_warning_is_refused():
    therapy = published(make_therapy())
    with pytest.raises(doors.CannotPublish) as refusal:
        doors.withdraw(therapy, by="tests", reason="Old", warn_until=timezone.now() - DAY)
    assert [problem.field for problem in refusal.value.problems] == ["warn_until", ""]
    assert Edition.objects.live().filter(page=therapy.pk).exists()


def test_warning_can_follow_a_withdrawal():
    therapy = published(make_therapy(title="Rituximab"))
    naming = article_about("Rituximab helps.")
    doors.withdraw(therapy, by="tests", reason="Old")
    with pytest.raises(NoticeRefused, match="pages that mention it"):
        issued(therapy, reach="page")
    issued(therapy, text="Do not take it.")
    assert on(naming) == ["Do not take it."]
