"""A real site for the browser: its own database and files, the demonstration content, the real application server."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = count(1)
PASSWORD = "a long password for browser tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
MAKE_STAFF = """
from django.contrib.auth.models import Group, User
from publishing.models import Person
for name in ("Author", "Editor", "Medical reviewer", "Moderator", "Administrator"):
    user = User.objects.create_user(name.split()[-1].lower(), password={password!r}, first_name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    if name == "Medical reviewer":
        Person.objects.filter(slug="demonstration-reviewer").update(user=user)
"""


@dataclass
class Site:
    url: str
    environment: dict[str, str]
    # Of those who have logged in before, by name.
    cookies: dict[str, list] = field(default_factory=dict)
    interpreter: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        # What it says of an error is shown with the failed test.
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def shell(self, code: str) -> str:
        """What the code prints, without spaces at its ends. One process runs all of it."""
        if self.interpreter is None:
            command = [sys.executable, "-m", "tests.browser.interpreter"]
            self.interpreter = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        self.interpreter.stdin.write(json.dumps(code) + "\n")
        self.interpreter.stdin.flush()
        answer = self.interpreter.stdout.readline()
        assert answer, f"The interpreter has ended ({self.interpreter.wait()}) with:\n{code}"
        printed, raised = json.loads(answer)
        assert not raised, f"{raised}\nin:\n{code}"
        return printed.strip()

    def close(self) -> None:
        if self.interpreter is not None:
            self.interpreter.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (an address of this machine)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)


def new_site(folder: Path, **settings: str) -> Site:
    """With an empty database of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PROFILE": "demonstration",
        "DEMONSTRATION": "true",
        "SITE_URL": url,
        "PORT": str(port),
        "ALLOWED_HOSTS": "127.0.0.1",
        # So that each reader can come from a network of his own.
        "PROXIES": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }
    made = Site(url, environment | settings)
    made.manage("migrate", "--verbosity=0")
    return made


@contextmanager
def served(site: Site):
    """The application server of the site, for as long as it is needed."""
    port = site.environment["PORT"]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
    server = subprocess.Popen([*granian, "immunoportal.wsgi:application"], cwd=ROOT, env=site.environment)
    try:
        wait_for(f"{site.url}/healthz")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    made = new_site(tmp_path_factory.mktemp("site"))
    try:
        made.manage("collectstatic", "--noinput", "--verbosity=0")
        made.manage("load_content")
        made.shell(MAKE_STAFF.format(password=PASSWORD))
        with served(made):
            yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only the browser tests need it)

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("Chromium is missing: install it with `apt-get install chromium`, or set CHROMIUM to its path.")
    options = OPTIONS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=options)
        yield chromium
        chromium.close()


@dataclass
class Tab:
    """A page and all it said and asked for."""

    page: object
    site: Site
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def open_tab(browser, site):
    """Opens a tab in a context of its own. At the end its console is empty, and no other host was asked."""
    tabs = []

    def opened(**options) -> Tab:
        number = next(NETWORKS)
        headers = {"X-Forwarded-For": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"}
        context = browser.new_context(base_url=site.url, extra_http_headers=headers, **options)
        tab = Tab(context.new_page(), site)
        tab.page.on("console", lambda message: tab.messages.append(f"{message.type}: {message.text}"))
        tab.page.on("pageerror", lambda error: tab.messages.append(str(error)))
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        tabs.append((context, tab))
        return tab

    yield opened
    for context, tab in tabs:
        context.close()
        assert tab.messages == []
        assert [url for url in tab.requests if not url.startswith((site.url, "data:", "blob:"))] == []


def log_in(tab: Tab, name: str) -> None:
    """Through the form for the first time; after that with the cookies it gave."""
    known = tab.site.cookies
    if name not in known:
        fill_in_login(tab.page, name)
        known[name] = tab.page.context.cookies()
    tab.page.context.add_cookies(known[name])


def fill_in_login(page, name: str) -> None:
    """With the keyboard alone."""
    page.goto("/admin/login/")
    page.get_by_label("Username").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


MAKE_PICTURE = """
import io
from PIL import Image as Pillow
from publishing.images import WIDTHS, Image
from publishing.pictures import decode
output = io.BytesIO()
Pillow.new("RGB", (600, 300), "teal").save(output, "PNG")
Image(alternative_text="A mast cell, drawn", credit="Own work").keep(decode(output.getvalue(), WIDTHS))
"""
MAKE_DRAFTS = """
from therapies.models import Condition
for number in range({count}):
    page = Condition(title=f"Blank {{number}}", slug=f"blank-{{number}}", group="allergy", summary="Nothing yet.")
    page.save()
    print(page.get_admin_url())
"""


@pytest.fixture(scope="session")
def blank_drafts(site):
    """Addresses of the forms of drafts without any text, one for each test that writes in one."""
    site.shell(MAKE_PICTURE)
    return iter(site.shell(MAKE_DRAFTS.format(count=40)).splitlines())


@pytest.fixture
def page(open_tab, blank_drafts):
    """An editor's browser, open on the form of a draft without any text."""
    tab = open_tab(viewport={"width": 1280, "height": 1000})
    log_in(tab, "editor")
    tab.page.goto(next(blank_drafts))
    return tab.page
