from django.core.management.base import BaseCommand
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own, but that what is missing in the database does not stop what installs it: triggers."""

    def get_check_kwargs(self, options):
        return BaseCommand.get_check_kwargs(self, options)
