"""Sends the mails to readers and moderators that are due. Run it every minute, or leave it running with --every."""

import os
import signal
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections

from comments.sending import Tally, send_due

# Seconds until it notices that it is to stop.
BREATH = 0.5


class Command(BaseCommand):
    help = "Send the mails about comments that are due."

    is_stopped = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="look again after so many seconds, until stopped"
        )
        parser.add_argument("--tied", action="store_true", help="with --every: end with the process that started it")

    def handle(self, *, every, tied, **options):
        if settings.PRODUCTION and not settings.MAIL_HOST:
            raise CommandError("MAIL_HOST is not set, so no mail can be sent. See .env.example for what to write.")
        if every:
            self._keep_sending(every, parent=os.getppid() if tied else None)
            return
        tally = self._send()
        self.stdout.write(f"{tally.sent} sent, {tally.dropped} dropped because they no longer hold.")
        if tally.failed:
            raise CommandError(f"{tally.failed} messages were not sent; they are tried again later.")

    def _keep_sending(self, seconds: float, *, parent: int | None) -> None:
        before = {each: signal.signal(each, self._stop) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.is_stopped:
                try:
                    self._send()
                except OperationalError:
                    self.stderr.write("The database cannot be used just now; mails are sent later.")
                close_old_connections()
                self._wait(seconds, parent)
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _send(self) -> Tally:
        return send_due(complain=self.stderr.write, is_stopped=lambda: self.is_stopped)

    def _wait(self, seconds: float, parent: int | None) -> None:
        end = time.monotonic() + seconds
        while not self.is_stopped and (left := end - time.monotonic()) > 0:
            time.sleep(min(BREATH, left))
            self.is_stopped |= parent is not None and os.getppid() != parent

    def _stop(self, *_signal) -> None:
        self.is_stopped = True
