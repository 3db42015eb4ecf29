"""The scripts behind `make`, run in folders of their own against interpreters that only pretend to be Python."""

import hashlib
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from crosslinks.models import Mention, VocabularyState
from immunoportal.management.commands import start
from immunoportal.scripts import prepare
from search.entries import VERSION
from search.models import IndexState
from search.searching import search
from tests import postgres
from tests.builders import make_article, make_condition, published

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = Path("immunoportal") / "scripts" / "environment.sh"
OLD_PYTHON = 'echo "is Python 3.8.18"; exit 1'
# Passes as a good interpreter, makes a .venv holding itself, and ends pip the way $PIP says.
GOOD_PYTHON = """
case "$*" in
*"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*"-m pip"*) echo "$PIP_SAYS"; exit "$PIP_ENDS" ;;
*) echo "$0" ;;
esac
"""


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / ENVIRONMENT.parent).mkdir(parents=True)
    shutil.copy(ROOT / ENVIRONMENT, folder / ENVIRONMENT)
    (folder / "requirements.txt").write_text("django==6.1.3\n")
    (folder / "requirements-dev.txt").write_text("pytest==9.2.0\n")
    return folder


@pytest.fixture
def environment(project, tmp_path):
    """Runs environment.sh where every interpreter on the PATH, and uv, is the given text."""

    def run(python, *arguments, **variables):
        programs = tmp_path / "programs"
        programs.mkdir(exist_ok=True)
        for name in ("python3.14", "python3.13", "python3.12", "python3"):
            program(programs / name, python)
        program(programs / "uv", "exit 1")
        known = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), "PIP_SAYS": "", "PIP_ENDS": "0"}
        command = ["sh", str(project / ENVIRONMENT), *arguments]
        return subprocess.run(command, env=known | variables, capture_output=True, text=True, check=False)

    return run


def assert_refused(answer, *words):
    assert answer.returncode == 1
    sentence = answer.stderr.strip()
    assert sentence.count("\n") == 0, sentence
    for word in words:
        assert word in sentence


def tree(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_an_old_python_is_refused_in_one_sentence(environment, project):
    answer = environment(OLD_PYTHON)
    assert_refused(answer, "No usable Python", "3.12", "is Python 3.8.18", "PYTHON=/path")
    assert not (project / ".venv").exists()


def test_a_python_named_by_hand_is_not_replaced_by_another(environment, tmp_path):
    old = program(tmp_path / "old", OLD_PYTHON)
    assert_refused(environment(GOOD_PYTHON, PYTHON=str(old)), f"PYTHON={old}", "is Python 3.8.18")
    assert_refused(environment(GOOD_PYTHON, PYTHON="missing"), "PYTHON=missing", "does not start")


def test_the_newest_python_of_pyenv_is_found(environment, tmp_path, project):
    for version in ("3.9.18", "3.12.1", "3.13.0"):
        folder = tmp_path / ".pyenv" / "versions" / version / "bin"
        folder.mkdir(parents=True)
        program(folder / "python", GOOD_PYTHON)
    answer = environment(OLD_PYTHON)
    assert answer.returncode == 0, answer.stderr
    assert "versions/3.13.0/bin/python" in answer.stdout


def test_the_environment_is_made_once(environment, project):
    first = environment(GOOD_PYTHON)
    assert first.returncode == 0, first.stderr
    assert "Installing the packages of requirements.txt\n" in first.stdout
    before = tree(project)
    second = environment(GOOD_PYTHON)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert tree(project) == before


def test_a_changed_list_is_installed_again(environment, project):
    environment(GOOD_PYTHON)
    (project / "requirements.txt").write_text("django==6.1.4\n")
    assert "Installing" in environment(GOOD_PYTHON).stdout
    assert "Installing" not in environment(GOOD_PYTHON).stdout


def test_the_tools_of_developers_come_when_asked_for(environment):
    environment(GOOD_PYTHON)
    assert "requirements.txt requirements-dev.txt" in environment(GOOD_PYTHON, "--dev").stdout
    assert environment(GOOD_PYTHON, "--dev").stdout == ""
    assert environment(GOOD_PYTHON).stdout == ""


def test_a_missing_network_is_named_and_the_next_try_starts_again(environment):
    offline = environment(GOOD_PYTHON, PIP_SAYS="Temporary failure in name resolution", PIP_ENDS="1")
    assert_refused(offline, "no connection to the package index", "Check the network")
    assert environment(GOOD_PYTHON).returncode == 0


def test_another_failure_of_the_installation_is_shown(environment):
    answer = environment(GOOD_PYTHON, PIP_SAYS="ERROR: No space left on device", PIP_ENDS="1")
    assert_refused(answer, "cannot be installed", "No space left on device")


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(project):
    folder = Path(tempfile.mkdtemp(prefix="immunoportal-", dir="/tmp"))
    try:
        shutil.copytree(project, folder, dirs_exist_ok=True)
        folder.chmod(0o555)
        # Root may write everywhere, so the script runs as somebody else.
        identity = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
        answer = subprocess.run(
            ["sh", folder / ENVIRONMENT], capture_output=True, text=True, check=False, cwd="/", **identity
        )
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
    assert_refused(answer, f"{folder} cannot be written to")


def test_the_first_settings_are_written_for_their_owner_only(tmp_path):
    assert prepare.main(tmp_path, environ={}) is None
    path = tmp_path / ".env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.search(r"^SECRET_KEY=\S{50,}$", path.read_text(), re.MULTILINE)
    assert "PROFILE=demonstration" in path.read_text()
    assert [file.name for file in tmp_path.iterdir()] == [".env"]


def test_each_key_is_different(tmp_path):
    keys = set()
    for _time in range(3):
        prepare.main(tmp_path, environ={})
        keys.add((tmp_path / ".env").read_text())
        (tmp_path / ".env").unlink()
    assert len(keys) == 3


def test_existing_settings_are_left_alone(tmp_path):
    (tmp_path / ".env").write_text("PROFILE=production\n")
    prepare.main(tmp_path, environ={})
    assert (tmp_path / ".env").read_text() == "PROFILE=production\n"


@pytest.mark.parametrize("environ", [{"PROFILE": "production"}, {"SECRET_KEY": "from a vault"}])
def test_a_site_set_up_by_its_environment_gets_no_demonstration_settings(tmp_path, environ):
    assert prepare.main(tmp_path, environ=environ) is None
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_written_are_reported_in_one_sentence(tmp_path):
    sentence = prepare.main(tmp_path / "missing", environ={})
    assert "cannot be written" in sentence
    assert "\n" not in sentence


def test_prepare_refuses_an_old_python(tmp_path):
    assert prepare.main(tmp_path, environ={}, version=(3, 11, 2)) == "Python 3.12 or newer is needed; this is 3.11."
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_with_a_way_out(listener):
    with pytest.raises(SystemExit, match=rf"^Port {listener} is taken on 127\.0\.0\.1: .*PORT=8001 make run$"):
        start.refuse_unusable_address("127.0.0.1", listener)


def test_a_free_port_is_accepted_at_once_after_its_server_stopped(listener):
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    client = socket.create_connection(("127.0.0.1", port))
    free.accept()[0].close()
    client.close()
    free.close()
    start.refuse_unusable_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(SystemExit, match=r"HOST=192\.0\.2\.1 PORT=8000"):
        start.refuse_unusable_address("192.0.2.1", 8000)


@pytest.fixture
def env_file(settings, tmp_path, monkeypatch):
    settings.BASE_DIR = tmp_path
    for account in start.ACCOUNTS:
        # Set first, so that what the command adds is taken back at the end.
        monkeypatch.setenv(start.password_name(account), "")
        monkeypatch.delenv(start.password_name(account))
        Group.objects.get_or_create(name=start.ACCOUNTS[account])
    (tmp_path / ".env").write_text("PROFILE=demonstration")
    return tmp_path / ".env"


def make_accounts():
    for account, group in start.ACCOUNTS.items():
        start.make_account(account, group)


@pytest.mark.django_db
def test_each_role_gets_an_account_that_can_log_in(env_file, client):
    make_accounts()
    for account, group in start.ACCOUNTS.items():
        user = get_user_model().objects.get(username=account)
        assert user.check_password(os.environ[start.password_name(account)])
        assert user.is_staff
        assert [found.name for found in user.groups.all()] == [group]
        assert user.is_superuser == (account == "administrator")


@pytest.mark.django_db
def test_passwords_are_kept_in_the_settings_file_and_differ(env_file):
    make_accounts()
    lines = env_file.read_text().splitlines()
    assert lines[0] == "PROFILE=demonstration"
    passwords = dict(line.split("=", 1) for line in lines[1:])
    assert passwords == {start.password_name(name): os.environ[start.password_name(name)] for name in start.ACCOUNTS}
    assert len(set(passwords.values())) == len(start.ACCOUNTS)
    assert all(len(password) >= 20 for password in passwords.values())


@pytest.mark.django_db
def test_existing_accounts_are_left_alone(env_file):
    make_accounts()
    before = env_file.read_text(), list(get_user_model().objects.values())
    make_accounts()
    assert (env_file.read_text(), list(get_user_model().objects.values())) == before


@pytest.mark.django_db
def test_an_account_lost_with_its_database_keeps_its_password(env_file, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD_AUTHOR", "kept from the first start")
    start.make_account("author", "Author")
    assert get_user_model().objects.get(username="author").check_password("kept from the first start")
    assert "DEMO_PASSWORD_AUTHOR" not in env_file.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize(("profile", "demonstration"), [("production", True), ("demonstration", False)])
def test_a_real_site_gets_neither_accounts_nor_content(env_file, settings, monkeypatch, profile, demonstration, capsys):
    settings.PRODUCTION = profile == "production"
    settings.DEMONSTRATION = demonstration
    monkeypatch.setattr(start, "load_content_once", lambda: pytest.fail("content loaded"))
    monkeypatch.setattr(start, "collect_static_if_changed", lambda: None)
    start.Command().bring_up_to_date()
    assert not get_user_model().objects.exists()
    assert env_file.read_text() == "PROFILE=demonstration"


@pytest.mark.django_db
def test_links_that_an_upgrade_left_to_be_derived_are_there_when_the_site_is_served(env_file, settings, monkeypatch):
    settings.DEMONSTRATION = False
    monkeypatch.setattr(start, "collect_static_if_changed", lambda: None)
    published(make_condition(title="Zebra disease"))
    published(make_article(body="<p>Zebra disease.</p>"))
    Mention.objects.all().delete()
    start.Command().bring_up_to_date()
    assert not Mention.objects.exists()
    VocabularyState.objects.update(is_index_complete=False)
    start.Command().bring_up_to_date()
    assert Mention.objects.exists()
    assert VocabularyState.current().is_index_complete


@pytest.mark.django_db
@pytest.mark.parametrize("state", [{"is_complete": False}, {"version": VERSION - 1}])
def test_search_index_that_lacks_pages_is_filled_before_the_site_is_served(env_file, settings, monkeypatch, state):
    settings.DEMONSTRATION = False
    monkeypatch.setattr(start, "collect_static_if_changed", lambda: None)
    published(make_article(title="Zebras", is_medical=False))
    IndexState.objects.update(**state)
    start.Command().bring_up_to_date()
    assert IndexState.objects.filter(version=VERSION, is_complete=True).exists()
    assert [hit.edition.title for hit in search("zebras").hits] == ["Zebras"]


def test_static_files_are_collected_only_when_they_changed(settings, tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(start, "call_command", lambda name, **options: calls.append(name))
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    start.collect_static_if_changed()
    start.collect_static_if_changed()
    assert calls == ["collectstatic"]
    (source / "site.css").write_text("b {} ")
    start.collect_static_if_changed()
    assert len(calls) == 2


@pytest.fixture
def copied_project(tmp_path):
    """The project as it comes out of the repository, with a free port and no settings of its own."""
    folder = tmp_path / "site"
    unwanted = shutil.ignore_patterns(".git", ".venv", "var", ".env", "__pycache__", "tests", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=unwanted)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return folder, {"PATH": os.environ["PATH"], "PORT": str(port)}


def serve_until_healthy(folder, environment):
    """What `make run` does once .venv is there; returns what was printed."""
    end = time.monotonic() + 300
    subprocess.run([sys.executable, prepare.__file__.replace(str(ROOT), str(folder))], env=environment, check=True)
    with subprocess.Popen(
        [sys.executable, "manage.py", "start"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            while not healthy(environment["PORT"]):
                assert server.poll() is None, server.communicate()
                assert time.monotonic() < end
                time.sleep(0.02)
        finally:
            server.terminate()
        printed, _nothing = server.communicate(timeout=60)
    assert server.returncode == 0
    return printed


def healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_a_second_start_changes_nothing(copied_project):
    folder, environment = copied_project
    first = serve_until_healthy(folder, environment)
    assert f"http://127.0.0.1:{environment['PORT']}/admin/" in first
    for account in start.ACCOUNTS:
        assert re.search(rf"^  {account} +\S{{20,}}$", first, re.MULTILINE)
    before = tree(folder)
    serve_until_healthy(folder, environment)
    assert tree(folder) == before


def test_a_script_that_calls_postgres_is_not_taken_for_one(tmp_path):
    program(tmp_path / "initdb", "exit 0")
    assert postgres.version(tmp_path) == 0
    program(tmp_path / "postgres", 'echo "postgres (PostgreSQL) 17.2 (Debian 17.2-1)"')
    assert postgres.version(tmp_path) == 17


@pytest.mark.parametrize(("ci", "result"), [("true", 1), ("", 0)])
def test_a_missing_postgres_is_a_hint_at_home_and_a_failure_in_ci(monkeypatch, capsys, tmp_path, ci, result):
    program(tmp_path / "initdb", "exit 0")
    program(tmp_path / "postgres", 'echo "postgres (PostgreSQL) 14.9"')
    monkeypatch.setattr(postgres, "candidates", lambda: iter([tmp_path]))
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setenv("CI", ci)
    assert postgres.main(["--", "false"]) == result
    assert "apt-get install postgresql" in capsys.readouterr().err
