"""Mails owner and deputy of each page 60, 30 and 0 days before its review is due, once each. Run it once a day.

A run that was missed sends the last reminder that is due, not all of them.
"""

from itertools import chain

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from publishing.mails import due_reviews, returned_reviews


class Command(BaseCommand):
    help = "Remind owners and deputies of reviews that fall due, and tell reviewers which reviews went back."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")

    def handle(self, *, dry_run, **options):
        if settings.PRODUCTION and not settings.MAIL_HOST and not dry_run:
            raise CommandError("MAIL_HOST is not set, so no mail can be sent. See .env.example for what to write.")
        sent = failed = 0
        for notice in chain(due_reviews(), returned_reviews()):
            users = notice.recipients()
            if not users:
                self.stderr.write(f"{notice}: nobody to tell. Give it an owner who has a mail address.")
            for user in users:
                try:
                    sent += not notice.was_sent(user) if dry_run else notice.send(user)
                except (OSError, ValueError) as refusal:
                    failed += 1
                    self.stderr.write(f"{notice}, {user.email}: not sent. {refusal}")
        self.stdout.write(f"{sent} messages {'would be sent' if dry_run else 'sent'}.")
        if failed:
            raise CommandError(f"{failed} messages were not sent; the next run tries again.")
