"""Brings the site up to date and serves it: what `make run` and `make dev` call.

Each step looks first whether there is anything to do, so a second start changes nothing. The demonstration content and
its accounts are made only where DEMONSTRATION is on, and never in the production profile.
"""

import errno
import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from crosslinks.models import VocabularyState
from immunoportal.management.commands.load_content import BY
from publishing.models import Edition, Person
from search.entries import VERSION
from search.models import IndexState

# user name: group
ACCOUNTS = {
    "author": "Author",
    "editor": "Editor",
    "reviewer": "Medical reviewer",
    "moderator": "Moderator",
    "administrator": "Administrator",
}
# Python answers one request at a time; the others wait for the database, each with one of the pool's 8 connections.
THREADS = 4
# Without the letters and digits that look like another one.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def refuse_unusable_address(host, port):
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Else the connections of a server stopped a moment ago would count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is taken on {host}: stop what listens there, or choose another: PORT=8001 make run")
        sys.exit(f"Nothing can listen on HOST={host} PORT={port}: {error.strerror}.")


def make_folders():
    folders = [settings.MEDIA_ROOT, settings.STATIC_ROOT]
    if connection.vendor == "sqlite":
        folders.insert(0, Path(connection.settings_dict["NAME"]).parent)
    for folder in folders:
        try:
            # Drafts and password hashes are nobody else's business on a shared machine.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            sys.exit(f"The folder {folder} cannot be made: {error.strerror}.")
        if not os.access(folder, os.W_OK):
            sys.exit(f"The folder {folder} cannot be written to by this user.")


def has_pending_migrations():
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def load_content_once():
    """An interrupted load leaves its mark, and is repeated at the next start."""
    mark = settings.MEDIA_ROOT.with_name("content-unfinished")
    if apps.get_model("publishing", "Page").objects.exists() and not mark.exists():
        return
    print("Loading the demonstration content", flush=True)
    mark.touch()
    call_command("load_content")
    mark.unlink()


def password_name(account):
    return f"DEMO_PASSWORD_{account.upper()}"


def new_password():
    letters = "".join(secrets.choice(LETTERS) for _position in range(20))
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def keep_password(account, password):
    name = password_name(account)
    path = settings.BASE_DIR / ".env"
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as env:
        text = env.read()
        env.write("\n" * (text != "" and not text.endswith("\n")) + f"{name}={password}\n")
    os.environ[name] = password


def make_account(name, group):
    """A lost half is made again: the account from the password in .env, or a new password for the account."""
    user = get_user_model().objects.filter(username=name).first()
    kept = os.environ.get(password_name(name))
    if user and kept:
        return
    if not kept:
        keep_password(name, new_password())
    user = user or get_user_model()(username=name, is_staff=True, is_superuser=name == "administrator")
    user.set_password(os.environ[password_name(name)])
    user.save()
    user.groups.add(Group.objects.get(name=group))
    if name == "reviewer":
        # Readers are told who signed off: here a role that stands in for a clinician.
        Person.objects.filter(is_demonstration=True, user=None).update(user=user)


def has_unsigned_content():
    """Content loaded by an earlier version, before there were sign-offs."""
    return Edition.objects.live().filter(sign_off=None, override_reason="", published_by=BY).exists()


def static_fingerprint():
    lines = []
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            status = os.stat(storage.path(name))
            lines.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def collect_static_if_changed():
    # Kept among the collected files: whoever removes them removes it too.
    kept = settings.STATIC_ROOT / ".fingerprint"
    fingerprint = static_fingerprint()
    if kept.exists() and kept.read_text() == fingerprint:
        return
    print("Collecting the static files", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(fingerprint)


def announcement(demonstrates):
    yield f"\nReaders: {settings.SITE_URL}/\nStaff:   {settings.SITE_URL}/admin/"
    if settings.PRODUCTION:
        yield f"Served to the proxy on {settings.HOST} port {settings.PORT}."
    if demonstrates:
        yield "\nAccounts with their first passwords, kept in .env:"
        yield from (f"  {name:15}{os.environ[password_name(name)]}" for name in ACCOUNTS)
    yield "\nCTRL-C stops the site."


class Command(BaseCommand):
    help = "Brings database, content and static files up to date, then serves the site on HOST and PORT."
    # `migrate` and the tests run the checks; here they would only delay the start.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--reload", action="store_true", help="serve with Django's reloading development server")

    def handle(self, *, reload, **options):
        refuse_unusable_address(settings.HOST, settings.PORT)
        try:
            self.bring_up_to_date()
        except OperationalError as error:
            sys.exit(f"The database cannot be used: {error}".strip())
        except KeyboardInterrupt:
            sys.exit("\nStopped before the site was ready.")
        connections.close_all()
        self.serve(reload=reload)

    def bring_up_to_date(self):
        make_folders()
        if has_pending_migrations():
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0)
        demonstrates = settings.DEMONSTRATION and not settings.PRODUCTION
        has_all_links = VocabularyState.current().is_index_complete
        if not has_all_links or IndexState.objects.exclude(is_complete=True, version=VERSION).exists():
            self.stdout.write("Deriving the links and the search index of the pages")
            call_command("rederive")
            if demonstrates and not has_all_links:
                # Content loaded by an earlier version has no names yet.
                call_command("load_content")
        if demonstrates:
            load_content_once()
            if has_unsigned_content():
                self.stdout.write("Signing off the demonstration content")
                call_command("load_content")
            for name, group in ACCOUNTS.items():
                make_account(name, group)
        if not settings.DEBUG:
            collect_static_if_changed()
        self.stdout.write("\n".join(announcement(demonstrates)))

    def serve(self, *, reload):
        """Replaces this process, so that signals reach the server itself."""
        os.chdir(settings.BASE_DIR)
        host, port = settings.HOST, str(settings.PORT)
        if reload:
            arguments = ["manage.py", "runserver", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
        else:
            arguments = ["-m", "immunoportal.scripts.serve", host, port, str(settings.WORKERS), str(THREADS)]
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 (there is no shell to be fooled)
