import os
import re
import runpy
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = secrets.token_urlsafe(48)
LOCAL = {"PROFILE": "demonstration", "SECRET_KEY": KEY}
PUBLIC = {"PROFILE": "production", "SECRET_KEY": KEY, "SITE_URL": "https://portal.example.org"}


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads the settings of a site in a folder of its own, with nothing but these values in the environment."""

    def read_settings(environment, env_file="", folder="site"):
        (tmp_path / folder / "immunoportal").mkdir(parents=True)
        copy = Path(shutil.copy(ROOT / "immunoportal" / "settings.py", tmp_path / folder / "immunoportal"))
        (tmp_path / folder / ".env").write_text(env_file)
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(copy))

    with monkeypatch.context():
        kept = dict(os.environ)
        yield read_settings
        # Reading a .env adds to the environment.
        os.environ.clear()
        os.environ.update(kept)


def test_an_empty_environment_is_refused_with_what_to_write(read):
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set\. Write a random text .*\.env\.example"):
        read({})


def test_a_production_site_must_name_its_address(read):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is not set"):
        read({"SECRET_KEY": KEY})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROFILE", "live"), ("SITE_URL", "portal"), ("PORT", "http"), ("PORT", "0"), ("PORT", "65536"), ("WORKERS", "")],
)
def test_an_impossible_value_is_refused_with_its_name(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is '{value}'; write "):
        read(LOCAL | {name: value})


def test_without_a_profile_the_site_is_a_production_site(read):
    settings = read({"SECRET_KEY": KEY, "SITE_URL": "https://portal.example.org"})
    assert settings["PRODUCTION"]
    assert not settings["DEBUG"]
    assert settings["ALLOWED_HOSTS"] == ["portal.example.org"]


def test_the_local_address_follows_the_port(read):
    settings = read({"PORT": "8123"}, env_file=f"PROFILE=demonstration\nSECRET_KEY={KEY}\nPORT=8000\n")
    assert settings["SITE_URL"] == "http://127.0.0.1:8123"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["http://127.0.0.1:8123"]
    assert {"127.0.0.1", "localhost"} <= set(settings["ALLOWED_HOSTS"])


def test_listening_on_every_address_keeps_a_usable_link(read):
    assert read(LOCAL | {"HOST": "0.0.0.0"})["SITE_URL"] == "http://127.0.0.1:8000"


def test_the_database_lies_in_the_project_whatever_the_folder_is_called(read, tmp_path):
    settings = read(LOCAL, folder="a b+c#d?100%")
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "a b+c#d?100%" / "var" / "immunoportal.sqlite3")


def test_every_setting_is_explained_and_every_explanation_is_read():
    read_names = re.findall(
        r'\b(?:env\.\w+|require|number)\(\s*"([A-Z_]+)"', (ROOT / "immunoportal" / "settings.py").read_text()
    )
    explained = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(read_names) == set(explained)
    assert len(explained) == len(set(explained))


def test_a_production_site_passes_the_deployment_checks():
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}} | PUBLIC
    environment["DATABASE_URL"] = "sqlite://:memory:"
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
