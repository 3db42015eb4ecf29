"""Mails to the staff: which, to whom, once."""

import random
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import override_settings

from publishing import doors, workflow
from publishing.models import Edition, Page, ReviewReminder, ReviewRequest
from tests.builders import make_article, make_reviewer, make_user, move, published

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 10, 9, tzinfo=UTC)


def with_mail(user, address=None):
    user.email = address if address is not None else f"{user.username}@example.org"
    user.save()
    return user


@pytest.fixture
def owned(time_machine_at):
    """A page reviewed on the day of the start, to be reviewed 12 months later: on 10 January 2027."""
    time_machine_at(START)

    def make(**values):
        values.setdefault("owner", with_mail(make_user("author")))
        return published(make_article(review_interval=12, **values))

    return make


@pytest.fixture
def days_before(time_machine_at):
    """Call with the days that are left: the clock stands there."""
    return lambda days: time_machine_at(datetime(2027, 1, 10, 9, tzinfo=UTC) - timedelta(days=days))


def remind(**options):
    """The subjects of the messages sent by one run."""
    before = len(mail.outbox)
    call_command("remind_reviews", **options)
    return [message.subject for message in mail.outbox[before:]]


def test_one_message_at_each_step_and_none_between(owned, days_before):
    page = owned(title="Asthma")
    said = {}
    for days in (61, 60, 59, 31, 30, 29, 1, 0, -1, -30):
        days_before(days)
        said[days] = remind()
    assert {days: texts for days, texts in said.items() if texts} == {
        60: ["Review due in 60 days: Asthma"],
        30: ["Review due in 30 days: Asthma"],
        0: ["Review due today: Asthma"],
    }
    assert sorted(ReviewReminder.objects.filter(page=page.pk).values_list("days", flat=True)) == [0, 30, 60]


def test_message_names_the_page_the_dates_and_the_form(owned, days_before):
    page = owned(title="Asthma")
    days_before(30)
    remind()
    (message,) = mail.outbox
    assert message.to == [page.owner.email]
    for text in ("Asthma", "10 January 2026", "10 January 2027", f"http://testserver{page.get_absolute_url()}"):
        assert text in message.body
    assert f"http://testserver{page.get_admin_url()}" in message.body
    assert message.content_subtype == "plain"


def test_owner_and_deputy_each_get_one(owned, days_before):
    owner, deputy = with_mail(make_user("author")), with_mail(make_user("editor"))
    owned(owner=owner, deputy=deputy)
    owned(owner=owner, deputy=owner)
    days_before(60)
    remind()
    assert sorted(to for message in mail.outbox for to in message.to) == [owner.email, owner.email, deputy.email]


@pytest.mark.parametrize(("days", "subject"), [(45, "in 45 days"), (5, "in 5 days"), (-100, "overdue")])
def test_missed_runs_send_the_last_one_only(owned, days_before, days, subject):
    owned()
    days_before(days)
    (said,) = remind()
    assert subject in said
    assert remind() == []


def test_new_review_begins_anew(owned, days_before, time_machine_at):
    page = owned()
    days_before(0)
    assert len(remind()) == 1
    page.summary = "Looked through again."
    page.save()
    published(page)
    assert remind() == []
    time_machine_at(datetime(2028, 1, 10, 9, tzinfo=UTC) - timedelta(days=60))
    assert len(remind()) == 1


def test_page_that_is_not_public_reminds_nobody(owned, days_before):
    page = owned()
    doors.withdraw(page, by="tests", reason="Old")
    make_article(owner=page.owner)
    days_before(0)
    assert remind() == []


@pytest.mark.parametrize("change", ["inactive", "no-staff", "no-rights", "no-mail"])
def test_only_those_entitled_when_it_is_sent(owned, days_before, change, capsys):
    page = owned()
    user = page.owner
    match change:
        case "inactive":
            user.is_active = False
        case "no-staff":
            user.is_staff = False
        case "no-rights":
            user.groups.clear()
        case "no-mail":
            user.email = ""
    user.save()
    days_before(60)
    assert remind() == []
    assert "nobody to tell" in capsys.readouterr().err
    assert not ReviewReminder.objects.exists()


def test_rights_that_change_while_it_runs(owned, days_before, monkeypatch):
    """504 messages could be sent; with each one that is, somebody's rights are taken or given back."""
    chance = random.Random(7)
    people = [with_mail(make_user("author")) for _ in range(20)]
    for _ in range(84):
        owner, deputy = chance.sample(people, 2)
        owned(owner=owner, deputy=deputy)
    entitled, wrong, send = {user.email for user in people}, [], EmailBackend.send_messages

    def send_and_change(backend, messages):
        wrong.extend(message.to[0] for message in messages if message.to[0] not in entitled)
        user = chance.choice(people)
        user.groups.set([] if user.email in entitled else Group.objects.filter(name="Author"))
        entitled.symmetric_difference_update({user.email})
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_and_change)
    for days in (60, 30, 0):
        days_before(days)
        remind()
    assert len(mail.outbox) > 150
    assert wrong == []


def test_message_that_is_refused_stays_due_and_others_go_on(owned, days_before, monkeypatch, capsys):
    broken, other = owned(title="Broken"), owned(title="Other")
    days_before(60)
    send = EmailBackend.send_messages

    def refuse(backend, messages):
        if messages[0].to == [broken.owner.email]:
            raise SMTPException("mailbox full")
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(CommandError, match="1 messages were not sent"):
        remind()
    assert "mailbox full" in capsys.readouterr().err
    assert [message.subject for message in mail.outbox] == ["Review due in 60 days: Other"]
    assert [reminder.page_id for reminder in ReviewReminder.objects.all()] == [other.pk]
    monkeypatch.undo()
    assert remind() == ["Review due in 60 days: Broken"]


def test_dry_run_sends_and_records_nothing(owned, days_before, capsys):
    owned()
    days_before(60)
    assert remind(dry_run=True) == []
    assert "1 messages would be sent" in capsys.readouterr().out
    assert not ReviewReminder.objects.exists()
    remind()
    remind(dry_run=True)
    assert "0 messages would be sent" in capsys.readouterr().out


@override_settings(PRODUCTION=True, MAIL_HOST="")
def test_without_a_server_it_says_what_to_write(owned, days_before):
    owned()
    days_before(60)
    with pytest.raises(CommandError, match="MAIL_HOST is not set"):
        remind()
    assert not ReviewReminder.objects.exists()


def test_title_with_a_line_break_is_sent(owned, days_before):
    owned(title="Asthma\nBcc: everybody@example.org")
    days_before(60)
    assert remind() == ["Review due in 60 days: Asthma Bcc: everybody@example.org"]


# Reviews that went back to the pool


@pytest.fixture
def taken(time_machine_at):
    time_machine_at(START)
    page, reviewer = make_article(title="Asthma"), with_mail(make_reviewer())
    move(page, "editorial", "medical")
    ReviewRequest.objects.create(page_id=page.pk, stage="medical", requested_by="tests", due_on=START.date())
    workflow.claim(page, by=reviewer)
    return page, reviewer


def test_reviewer_is_told_once_that_a_review_went_back(taken, time_machine_at):
    page, reviewer = taken
    time_machine_at(START + timedelta(days=6))
    assert remind() == []
    time_machine_at(START + timedelta(days=8))
    assert remind() == ["Review back in the pool: Asthma"]
    assert mail.outbox[0].to == [reviewer.email]
    assert remind() == []
    # Taken again and left again: told again.
    workflow.claim(page, by=reviewer)
    time_machine_at(START + timedelta(days=16))
    assert len(remind()) == 1


def test_reviewer_who_may_no_longer_review_is_not_told(taken, time_machine_at):
    _page, reviewer = taken
    reviewer.groups.set([Group.objects.get(name="Author")])
    time_machine_at(START + timedelta(days=8))
    assert remind() == []
    assert ReviewRequest.objects.get().return_told_at is None


def test_review_that_is_done_goes_back_to_nobody(taken, time_machine_at):
    page, _reviewer = taken
    move(page, "draft")
    time_machine_at(START + timedelta(days=8))
    assert remind() == []
    assert not Edition.objects.exists()
    assert Page.objects.get(pk=page.pk).state == "draft"
