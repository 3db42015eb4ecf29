"""What readers saw at any moment: editions, rows, names, people and sources as they were."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from random import Random

import pytest

from publishing import doors
from publishing.history import as_it_was, history_of
from publishing.models import Notice, NoticeEnd, Page
from publishing.reading import Reading
from tests.builders import (
    make_article,
    make_caution,
    make_condition,
    make_indication,
    make_name,
    make_person,
    make_reference,
    make_therapy,
    publish,
    published,
    signed,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
HOUR = timedelta(hours=1)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows_of(state, name="indications"):
    return [(row.partner_title, row.description) for row in state.rows[name]]


def test_page_is_not_public_before_its_first_edition_and_after_its_withdrawal(time_machine_at):
    time_machine_at(MONDAY)
    page = published(make_article())
    time_machine_at(TUESDAY)
    doors.withdraw(page, by="tests", reason="Wrong")
    time_machine_at(WEDNESDAY)
    publish(page)
    assert [as_it_was(page, moment) is not None for moment in (MONDAY - HOUR, MONDAY, TUESDAY, WEDNESDAY)] == [
        False,
        True,
        False,
        True,
    ]
    assert as_it_was(page, TUESDAY - HOUR).edition.number == 1
    assert as_it_was(page, WEDNESDAY).edition.number == 3


def test_everything_is_as_it_was_after_all_of_it_has_changed(time_machine_at):
    time_machine_at(MONDAY)
    person, reference = make_person(name="Old Name", credentials="MD"), make_reference(key="kept", title="Old source")
    therapy = published(make_therapy(title="Old therapy"))
    condition = make_condition(title="Old title", overview='<p>Old text.<sup data-ref="kept"></sup></p>')
    condition.authors.set([person])
    make_name(condition, "old name", kind="plain")
    row = make_indication(condition=condition, therapy=therapy, description="Old row", references=[reference])
    condition = published(condition)
    time_machine_at(TUESDAY)
    person.name, person.credentials, reference.title = "New Name", "PhD", "New source"
    person.save()
    reference.save()
    condition.names.filter(text="old name").delete()
    make_name(condition, "new name", kind="plain")
    condition.title, condition.slug, condition.overview = "New title", "new-title", "<p>New text.</p>"
    condition.save()
    row.description = "New row"
    row.save()
    publish(condition)
    therapy.title = "New therapy"
    therapy.save()
    publish(therapy)
    before, after = as_it_was(condition, TUESDAY - HOUR), as_it_was(condition, TUESDAY)
    old, new = (Reading(state.edition, state.rows) for state in (before, after))
    assert (before.edition.title, after.edition.title) == ("Old title", "New title")
    assert "Old text." in before.edition.text
    assert "New text." in after.edition.text
    assert rows_of(before) == [("Old therapy", "Old row")]
    assert rows_of(after) == [("New therapy", "New row")]
    assert [(author["name"], author["credentials"]) for author in old.authors] == [("Old Name", "MD")]
    assert [(author["name"], author["credentials"]) for author in new.authors] == [("New Name", "PhD")]
    assert [each.title for each in old.references] == ["Old source"]
    assert "old name" in str(before.edition.snapshot["names"])
    assert "new name" not in str(before.edition.snapshot["names"])


def test_row_is_shown_only_while_its_other_page_was_public(time_machine_at):
    time_machine_at(MONDAY)
    condition, therapy = published(make_condition()), make_therapy(title="Partner")
    make_indication(condition=condition, therapy=therapy, description="It helps.")
    publish(condition)
    time_machine_at(TUESDAY)
    therapy = published(therapy)
    time_machine_at(WEDNESDAY)
    doors.withdraw(therapy, by="tests", reason="Wrong")
    shown = [rows_of(as_it_was(condition, moment)) for moment in (MONDAY, TUESDAY, WEDNESDAY)]
    assert shown == [[], [("Partner", "It helps.")], []]


def test_row_leads_to_where_its_other_page_is_now(time_machine_at):
    time_machine_at(MONDAY)
    row = make_indication()
    therapy, condition = published(row.therapy), published(row.condition)
    assert as_it_was(condition, MONDAY).rows["indications"][0].partner_url == therapy.get_absolute_url()
    time_machine_at(TUESDAY)
    doors.withdraw(therapy, by="tests", reason="Wrong")
    old = as_it_was(condition, MONDAY).rows["indications"][0]
    assert old.partner_url == f"{therapy.get_absolute_url()}history/"


def test_row_taken_away_is_gone_from_then_on(time_machine_at):
    time_machine_at(MONDAY)
    row = make_indication(description="It helps.")
    condition, therapy = published(row.condition), published(row.therapy)
    time_machine_at(TUESDAY)
    row.remove()
    publish(therapy)
    assert [len(as_it_was(condition, moment).rows["indications"]) for moment in (MONDAY, TUESDAY)] == [1, 0]


def notice(page, **values):
    person = make_person(credentials="MD")
    defaults = {
        "page_id": page.pk,
        "subject": page.title,
        "text": "Stop and ask.",
        "expires_at": THURSDAY,
        "signer": person,
        "signer_name": person.name,
        "signer_credentials": person.credentials,
        "issued_by": "tests",
    }
    return Notice.append(**defaults | values)


def test_notices_stand_from_their_issue_until_they_expire_or_end(time_machine_at):
    time_machine_at(MONDAY)
    page = published(make_article())
    time_machine_at(TUESDAY)
    expiring, ended = notice(page), notice(page)
    time_machine_at(WEDNESDAY)
    NoticeEnd.append(notice=ended, reason="Solved", ended_by="tests")
    stood = [set(as_it_was(page, moment).notices) for moment in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)]
    assert stood == [set(), {expiring, ended}, {expiring}, set()]


def test_notice_for_every_page_that_mentions_its_subject_stands_on_these(time_machine_at):
    time_machine_at(MONDAY)
    row = make_indication()
    therapy, condition = published(row.therapy), published(row.condition)
    naming = published(make_article(body=f"<h2>A</h2><p>Take {therapy.title}.</p>"))
    other = published(make_article())
    notice(therapy, reach="mentions")
    notice(other)
    assert [len(as_it_was(page, MONDAY).notices) for page in (therapy, condition, naming, other)] == [1, 1, 1, 1]
    assert as_it_was(other, MONDAY).notices[0].page_id == other.pk


@pytest.mark.parametrize("rows", [1, 3])
def test_state_takes_few_queries_however_much_is_in_it(django_assert_num_queries, rows):
    condition = make_condition()
    for _ in range(rows):
        therapy = published(make_therapy())
        make_indication(condition=condition, therapy=therapy, references=[make_reference()])
        make_caution(condition=condition, therapy=therapy)
    for _ in range(rows):
        condition.summary += "!"
        condition.save()
        publish(condition)
        notice(condition, expires_at=condition.changed_at + timedelta(days=9))
    moment = condition.changed_at + HOUR
    with django_assert_num_queries(7):
        state = as_it_was(condition, moment)
        shown = Reading(state.edition, state.rows)
    assert (len(state.rows["indications"]), len(shown.cautions), len(state.notices)) == (rows, rows, rows)


@pytest.mark.parametrize("times", [1, 3])
def test_history_takes_few_queries_however_long_it_is(django_assert_num_queries, times):
    row = make_indication()
    published(row.therapy)
    for number in range(times):
        row.description = f"It helps {number}."
        row.save()
        publish(row.condition)
        row.description += " Really."
        row.save()
        publish(row.therapy)
        notice(row.condition, expires_at=row.changed_at + timedelta(days=9))
    page = Page.objects.get(pk=row.condition.pk)
    with django_assert_num_queries(6):
        entries = history_of(page)
        for entry in entries:
            str(entry.kind == "edition" and entry.what)
    assert len([entry for entry in entries if entry.kind == "edition"]) == times
    assert len([entry for entry in entries if entry.kind == "rows"]) == times
    assert len([entry for entry in entries if entry.kind == "notice"]) == times


def told(page):
    """The kinds of entry with what they say, oldest first."""
    return [
        (entry.kind, str(entry.what) if entry.kind == "edition" else getattr(entry, "changes", []))
        for entry in reversed(history_of(page))
    ]


def test_history_names_what_other_pages_did_to_the_rows(time_machine_at):
    moments = (MONDAY + timedelta(days=days) for days in range(20))
    row = make_indication(description="First")
    condition, therapy = row.condition, row.therapy

    def at_next():
        time_machine_at(next(moments))

    at_next()
    publish(condition)
    at_next()
    publish(therapy)
    at_next()
    row.description = "Second"
    row.save()
    publish(therapy)
    at_next()
    therapy.refresh_from_db()
    therapy.summary = "Another summary"
    therapy.save()
    publish(therapy)
    at_next()
    doors.withdraw(Page.objects.get(pk=therapy.pk), by="tests", reason="Wrong")
    at_next()
    publish(therapy)
    at_next()
    row.remove()
    publish(therapy)
    assert told(condition) == [
        ("edition", "First published"),
        ("rows", ["indication added"]),
        ("rows", ["indication changed"]),
        ("rows", ["indication removed"]),
        ("rows", ["indication added"]),
        ("rows", ["indication removed"]),
    ]


def test_history_tells_rows_of_its_own_editions_with_them_and_none_while_it_is_gone(time_machine_at):
    row = make_indication(description="First")
    condition, therapy = row.condition, row.therapy
    time_machine_at(MONDAY - HOUR)
    publish(therapy)
    time_machine_at(MONDAY)
    publish(condition)
    time_machine_at(TUESDAY)
    row.description = "Second"
    row.save()
    publish(condition)
    time_machine_at(WEDNESDAY)
    doors.withdraw(Page.objects.get(pk=condition.pk), by="tests", reason="Wrong")
    time_machine_at(THURSDAY)
    row.description = "Third"
    row.save()
    publish(therapy)
    assert told(condition) == [("edition", "First published"), ("edition", "Major change"), ("edition", "Withdrawn")]


def test_history_says_what_kind_of_change_each_edition_was(time_machine_at):
    time_machine_at(MONDAY)
    page = published(make_article())
    for day, change in enumerate(("minor", "correction", "review"), start=1):
        time_machine_at(MONDAY + timedelta(days=day))
        publish(signed(page), change=change)
    time_machine_at(MONDAY + timedelta(days=4))
    doors.withdraw(Page.objects.get(pk=page.pk), by="tests", reason="Wrong")
    time_machine_at(MONDAY + timedelta(days=5))
    publish(page)
    assert [what for _kind, what in told(page)] == [
        "First published",
        "Minor change",
        "Correction",
        "Reviewed again, unchanged",
        "Withdrawn",
        "Published again",
    ]


class Site:
    """A condition, two therapies and their rows, changed at random one day after the other."""

    def __init__(self, chance: Random):
        self.chance = chance
        self.person = make_person(name="Ada", credentials="MD")
        self.reference = make_reference(title="Source")
        cited = f'<p>Text.<sup data-ref="{self.reference.key}"></sup></p>'
        self.condition = make_condition(title="Watched condition", overview=cited)
        self.condition.authors.set([self.person])
        self.therapies = [make_therapy(title=f"Partner {letter}") for letter in "AB"]
        self.rows = [
            make_indication(condition=self.condition, therapy=self.therapies[0], references=[self.reference]),
            make_indication(condition=self.condition, therapy=self.therapies[1], role="second-line"),
            make_caution(condition=self.condition, therapy=self.therapies[1]),
        ]
        self.number = 0

    @property
    def pages(self):
        return [self.condition, *self.therapies]

    def change_something(self):
        self.number += 1
        steps = (
            self.publish_one,
            self.publish_one,
            self.publish_one,
            self.withdraw_one,
            self.rename_one,
            self.change_row,
            self.take_row_away_or_back,
            self.change_text,
            self.change_name,
            self.change_person_and_source,
        )
        self.chance.choice(steps)()

    def publish_one(self):
        publish(self.chance.choice(self.pages))

    def withdraw_one(self):
        page = Page.objects.get(pk=self.chance.choice(self.pages).pk)
        if page.live_id:
            doors.withdraw(page, by="tests", reason="Wrong")

    def rename_one(self):
        page = self.chance.choice(self.pages)
        page = type(page).objects.get(pk=page.pk)
        page.title = f"{page.kind} called {self.number}"
        page.save()

    def change_row(self):
        row = self.chance.choice(self.rows)
        row.description = f"Description {self.number}."
        row.position_on_condition = self.chance.randrange(9)
        row.save()

    def take_row_away_or_back(self):
        row = self.chance.choice(self.rows)
        row.is_removed = not row.is_removed
        row.save()

    def change_text(self):
        condition = type(self.condition).objects.get(pk=self.condition.pk)
        condition.symptoms = f"<p>Symptoms {self.number}, not those of Partner A.</p>"
        condition.plain_name = f"plain {self.number}"
        condition.save()

    def change_name(self):
        self.condition.names.filter(kind="brand").delete()
        make_name(self.condition, f"Brand {self.number}", kind="brand")
        publish(self.condition)

    def change_person_and_source(self):
        self.person.credentials, self.reference.title = f"MD {self.number}", f"Source {self.number}"
        self.person.save()
        self.reference.save()


def shown_at(client, address):
    """The words of the page but for ways to other pages, or None where there is no page."""
    response = client.get(address)
    if response.status_code != 200:
        return None
    article = re.search(r"<article class=.*</article>", response.text, re.DOTALL)[0]
    article = re.sub(r'<nav class="(?:related|tags|mentioned-in)".*?</nav>', "", article, flags=re.DOTALL)
    return words(re.sub(r"</?a\b[^>]*>", "", article))


@pytest.mark.parametrize("seed", range(8))
def test_every_day_is_answered_with_what_was_public_at_its_end(client, time_machine_at, seed):
    """Whatever is published, withdrawn, renamed or changed, in any order: nothing in it is of another day."""
    site, seen = Site(Random(seed)), {}
    for day in range(25):
        moment = MONDAY + timedelta(days=day)
        time_machine_at(moment)
        site.change_something()
        address = Page.objects.get(pk=site.condition.pk).get_absolute_url()
        time_machine_at(moment + HOUR)
        seen[moment.date()] = shown_at(client, address)
    assert len(set(seen.values())) > 4
    time_machine_at(MONDAY + timedelta(days=40))
    address = Page.objects.get(pk=site.condition.pk).get_absolute_url()
    for day, words_then in seen.items():
        assert shown_at(client, f"{address}as-of/{day}/") == words_then, day
