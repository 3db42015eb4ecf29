"""manage.py send_mails: one run, and a process that keeps sending until it is stopped."""

import os
import signal

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import OperationalError

from comments.management.commands import send_mails
from comments.outbox import OutgoingMail
from tests.builders import make_article, make_comment, published

pytestmark = pytest.mark.django_db
ADA = "canary-ada@example.org"


@pytest.fixture
def waiting():
    return make_comment(published(make_article()), email=ADA)


def test_run_says_how_many_it_sent_and_dropped(waiting, capsys):
    OutgoingMail.objects.create(kind="own-data", email="nobody@example.org")
    call_command("send_mails")
    assert capsys.readouterr().out == "1 sent, 1 dropped because they no longer hold.\n"


def test_run_with_failures_ends_in_an_error_that_names_nobody(waiting, monkeypatch, capsys):
    def refuse(self, messages):
        raise OSError(f"550 no mailbox {ADA}")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(CommandError, match="1 messages were not sent"):
        call_command("send_mails")
    said = capsys.readouterr().err
    assert "OSError" in said
    assert ADA not in said


def test_production_without_a_mail_server_is_refused(waiting, settings):
    settings.PRODUCTION, settings.MAIL_HOST = True, ""
    with pytest.raises(CommandError, match="MAIL_HOST"):
        call_command("send_mails")
    assert OutgoingMail.objects.count() == 1


@pytest.fixture
def rounds(monkeypatch):
    """Call with what happens in each round of the loop; the last one is followed by the end of the test's patience."""
    monkeypatch.setattr(send_mails, "BREATH", 0.01)
    # It would end the transaction of the test.
    monkeypatch.setattr(send_mails, "close_old_connections", lambda: None)

    def play(*acts):
        left, send = list(acts), send_mails.send_due

        def round_(**options):
            act = left.pop(0)
            act()
            return send(**options)

        monkeypatch.setattr(send_mails, "send_due", round_)
        return left

    return play


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_loop_sends_until_a_signal_ends_it(waiting, rounds, number):
    before = signal.getsignal(number)
    left = rounds(lambda: None, lambda: None, lambda: os.kill(os.getpid(), number))
    call_command("send_mails", every=0.01)
    assert left == []
    assert len(mail.outbox) == 1
    assert signal.getsignal(number) == before


def test_loop_outlives_a_database_that_is_away(waiting, rounds, capsys):
    def fail():
        raise OperationalError("connection to canary refused")

    rounds(fail, lambda: None, lambda: os.kill(os.getpid(), signal.SIGTERM))
    call_command("send_mails", every=0.01)
    assert len(mail.outbox) == 1
    assert "canary" not in capsys.readouterr().err


def test_tied_loop_ends_with_the_process_that_started_it(rounds, monkeypatch):
    parents = iter([100, 100, 1])
    monkeypatch.setattr(send_mails.os, "getppid", lambda: next(parents))
    left = rounds(lambda: None)
    call_command("send_mails", every=60, tied=True)
    assert left == []
