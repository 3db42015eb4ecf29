"""Sending: once, again after a failure, and never with a word about the address in the log."""

import random
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import QuerySet
from django.utils import timezone

from comments.outbox import OutgoingMail
from comments.sending import CONFIRMATIONS, MOST_FAILURES, send_due
from tests.builders import make_article, make_comment, published

pytestmark = pytest.mark.django_db
ADA = "canary-ada@example.org"
START = "2026-03-02T10:00Z"


@pytest.fixture
def page():
    return published(make_article())


@pytest.fixture
def refusing(monkeypatch):
    """Call with addresses that the server refuses; without any it refuses all."""

    def refuse(*addresses, error=None):
        send = EmailBackend.send_messages

        def answer(self, messages):
            (to,) = messages[0].to
            if not addresses or to in addresses:
                raise error or SMTPRecipientsRefused({to: (550, f"no mailbox for {to}".encode())})
            return send(self, messages)

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", answer)

    return refuse


def ignore(_complaint):
    pass


def test_refused_mail_is_tried_again_with_growing_delay_and_then_dropped(page, refusing, time_machine_at):
    time_machine_at(START)
    make_comment(page, email=ADA)
    refusing()
    waits = []
    while row := OutgoingMail.objects.first():
        waits.append((row.due_at - timezone.now()).total_seconds() / 60)
        time_machine_at(max(row.due_at, timezone.now()))
        send_due(complain=ignore)
    assert waits == [0, 5, 10, 20, 40, 80, 160, 320]
    assert len(waits) == MOST_FAILURES


def test_refused_mail_does_not_keep_the_others(page, refusing):
    make_comment(page, email=ADA)
    make_comment(page, email="bo@example.org")
    refusing(ADA)
    tally = send_due(complain=ignore)
    assert (tally.sent, tally.failed) == (1, 1)
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]


def test_mail_is_sent_once_the_server_takes_it_again(page, refusing, monkeypatch, time_machine_at):
    time_machine_at(START)
    make_comment(page, email=ADA)
    refusing()
    send_due(complain=ignore)
    monkeypatch.undo()
    time_machine_at("2026-03-02T10:05:01Z")
    send_due(complain=pytest.fail)
    assert len(mail.outbox) == 1
    assert not OutgoingMail.objects.exists()


def test_server_that_is_away_is_asked_three_times_and_not_for_every_mail(page, refusing):
    for number in range(6):
        make_comment(page, email=f"reader-{number}@example.org")
    refusing(error=SMTPServerDisconnected("gone"))
    assert send_due(complain=ignore).failed == 3
    assert OutgoingMail.objects.filter(failures=0).count() == 3


@pytest.mark.parametrize("error", [None, OSError(f"no route for {ADA}"), ValueError(f"bad header {ADA}")])
def test_complaint_names_no_address(page, refusing, error, caplog):
    make_comment(page, email=ADA)
    refusing(error=error)
    said = []
    send_due(complain=said.append)
    assert len(said) == 1
    assert ADA not in said[0] + caplog.text


def test_run_in_the_middle_of_another_sends_nothing_twice(page, monkeypatch):
    """Each time a mail is sent, another run begins and takes what is left."""
    for number in range(20):
        make_comment(page, email=f"reader-{number}@example.org")
    send, dice = EmailBackend.send_messages, random.Random(3)

    def interrupted(self, messages):
        if dice.random() < 0.4:
            send_due(complain=pytest.fail)
        return send(self, messages)

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", interrupted)
    send_due(complain=pytest.fail)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        f"reader-{number}@example.org" for number in range(20)
    )


def test_mail_claimed_by_another_run_is_left_to_it(page, monkeypatch):
    """Both runs find the row; the other is faster."""
    make_comment(page, email=ADA)
    find = QuerySet.first

    def overtaken(rows):
        row = find(rows)
        OutgoingMail.objects.update(due_at=timezone.now() + timedelta(minutes=5))
        return row

    monkeypatch.setattr(QuerySet, "first", overtaken)
    send_due(complain=pytest.fail)
    assert mail.outbox == []
    assert OutgoingMail.objects.count() == 1


def test_mail_of_a_run_that_died_is_sent_after_a_while(page, monkeypatch, time_machine_at):
    time_machine_at(START)
    make_comment(page, email=ADA)

    class Killed(BaseException):
        pass

    def die(self, messages):
        raise Killed

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", die)
    with pytest.raises(Killed):
        send_due(complain=pytest.fail)
    monkeypatch.undo()
    send_due(complain=pytest.fail)
    assert mail.outbox == []
    time_machine_at("2026-03-02T10:05:01Z")
    send_due(complain=pytest.fail)
    assert len(mail.outbox) == 1


def test_run_stops_between_two_mails_when_told_to(page):
    for number in range(3):
        make_comment(page, email=f"reader-{number}@example.org")
    send_due(complain=pytest.fail, is_stopped=lambda: len(mail.outbox) >= 2)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("number", [1, 4])
def test_nothing_due_costs_three_queries(page, django_assert_num_queries, number):
    for _ in range(number):
        make_comment(page)
    with django_assert_num_queries(3):
        send_due(complain=pytest.fail)


def test_one_mailbox_under_many_spellings_is_one(page):
    for number in range(12):
        make_comment(page, email=f"ada+{number}@example.org")
    send_due(complain=pytest.fail)
    assert len(mail.outbox) == CONFIRMATIONS.most
