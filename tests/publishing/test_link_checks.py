"""Links of sources: three states, slow for each host, never inside a private network. No test leaves this machine."""

import socket
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publishing.link_checks import LinkChecker, addresses_of, check_reference, in_polite_order, patience
from publishing.models import Reference
from publishing.web_client import Answer, NoAnswer, Pace, Refused, WebClient, is_public
from tests.builders import make_reference

PAGE = "https://a.example/article"


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


class Web:
    """Answers by address, or by method and address: a status, an Answer, or an exception. Notes when it was asked."""

    def __init__(self, answers, clock=None):
        self.answers, self.clock, self.asked = answers, clock or Clock(), []

    def __call__(self, method, url, limit=0):
        self.asked.append((method, url, self.clock.now))
        answer = self.answers.get((method, url), self.answers.get(url, NoAnswer("nothing there")))
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer) if isinstance(answer, int) else answer


def to(url, status=301):
    return Answer(status, {"location": url})


def checked(answers, url=PAGE):
    web = Web(answers)
    return LinkChecker(web, Pace(0, clock=web.clock, sleep=web.clock.sleep)).check(url)


STATES = [
    ({PAGE: 200}, "ok", ""),
    ({PAGE: 204}, "ok", ""),
    ({PAGE: 404}, "problem", "404 Not Found"),
    ({PAGE: 410}, "problem", "410 Gone"),
    # Servers that know no HEAD.
    ({("HEAD", PAGE): 405, ("GET", PAGE): 200}, "ok", ""),
    ({("HEAD", PAGE): 404, ("GET", PAGE): 200}, "ok", ""),
    ({("HEAD", PAGE): 403, ("GET", PAGE): 404}, "problem", "404 Not Found"),
    *(({PAGE: status}, "unknown", str(status)) for status in (400, 401, 403, 418, 429, 451, 500, 502, 503, 504, 999)),
    ({}, "unknown", "nothing there"),
    ({PAGE: NoAnswer("no answer in time")}, "unknown", "no answer in time"),
    ({PAGE: Refused("leads into a private network")}, "unknown", "private network"),
    ({("HEAD", PAGE): 500, ("GET", PAGE): NoAnswer("broken off")}, "unknown", "broken off"),
    ({PAGE: to("/new"), "https://a.example/new": 200}, "ok", "moved to https://a.example/new"),
    ({PAGE: to("/new", 308), "https://a.example/new": 200}, "ok", "moved to https://a.example/new"),
    ({PAGE: to("/new", 302), "https://a.example/new": 200}, "ok", ""),
    ({PAGE: to("/new"), "https://a.example/new": 404}, "problem", "404"),
    ({PAGE: to("/")}, "problem", "front page https://a.example/"),
    ({PAGE: to("https://b.example")}, "problem", "front page"),
    ({PAGE: to("/en/")}, "problem", "front page"),
    ({PAGE: to("/", 302)}, "unknown", "front page"),
    ({PAGE: to("/x"), "https://a.example/x": to(PAGE)}, "unknown", "without end"),
    ({PAGE: Answer(301)}, "unknown", "leads nowhere"),
    ({PAGE: to("file:///etc/passwd")}, "unknown", "not an address of the web"),
    ({PAGE: to("http://[")}, "unknown", "leads nowhere"),
]


@pytest.mark.parametrize(("answers", "state", "text"), STATES)
def test_state_of_a_link(answers, state, text):
    finding = checked(answers)
    assert finding.state == state
    assert text in finding.text if text else finding.text == ""


def test_a_front_page_that_is_cited_may_redirect_to_itself():
    assert checked(
        {"http://a.example/": to("https://a.example/"), "https://a.example/": 200}, "http://a.example/"
    ).state == ("ok")


def test_at_most_five_redirects_are_followed():
    steps = {f"https://a.example/step-{number}": to(f"/step-{number + 1}") for number in range(1, 9)}
    web = Web(steps)
    LinkChecker(web, Pace(0, clock=web.clock, sleep=web.clock.sleep)).check("https://a.example/step-1")
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/x", "javascript:alert(1)", "file:///etc/passwd", "//a.example", "", "http://", "http://a:x/"],
)
def test_what_is_no_web_address_is_not_asked(url):
    web = Web({url: 200})
    assert LinkChecker(web, Pace(0)).check(url).state == "unknown"
    assert web.asked == []


# Pace


def test_two_requests_to_a_host_are_apart_and_other_hosts_come_between():
    clock = Clock()
    web = Web({f"https://{host}.example/{number}": 200 for host in "ab" for number in range(3)}, clock)
    pace = Pace(10, clock=clock, sleep=clock.sleep)
    references = [Reference(pk=number, url=f"https://a.example/{number}") for number in range(3)]
    references += [Reference(pk=10 + number, url=f"https://b.example/{number}") for number in range(3)]
    checker = LinkChecker(web, pace)
    for reference in in_polite_order(references, pace):
        checker.check(reference.url)
    assert [(url[8:9], int(url[-1]), at - 1000) for _method, url, at in web.asked] == [
        ("a", 0, 0), ("b", 0, 0), ("a", 1, 10), ("b", 1, 10), ("a", 2, 20), ("b", 2, 20),
    ]  # fmt: skip


def test_the_second_request_about_the_same_link_waits_too():
    web = Web({("HEAD", PAGE): 405, ("GET", PAGE): 200})
    LinkChecker(web, Pace(5, clock=web.clock, sleep=web.clock.sleep)).check(PAGE)
    assert [(method, at) for method, _url, at in web.asked] == [("HEAD", 1000), ("GET", 1005)]


def test_a_slow_answer_does_not_shorten_the_rest_of_its_host():
    clock = Clock()

    def ask(method, url, limit):
        clock.sleep(30)
        return Answer(200)

    pace = Pace(10, clock=clock, sleep=clock.sleep)
    LinkChecker(ask, pace).check(PAGE)
    assert pace.free_at("a.example") == clock.now + 10


def test_a_busy_host_is_left_alone_and_its_other_links_keep_their_place():
    clock = Clock()
    busy = Answer(429, {"retry-after": "3600"})
    web = Web({"https://a.example/0": busy, "https://b.example/0": 200}, clock)
    pace = Pace(1, clock=clock, sleep=clock.sleep)
    references = [Reference(url=f"https://{name}") for name in ("a.example/0", "a.example/1", "b.example/0")]
    checker = LinkChecker(web, pace)
    states = [checker.check(reference.url).state for reference in in_polite_order(references, pace)]
    assert states == ["unknown", "ok"]
    assert [url for _method, url, _at in web.asked] == ["https://a.example/0", "https://b.example/0"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), ("0", 0), ("", 60), ("soon", 60), ("-5", 60), ("9" * 400, 86_400), ("²", 60),
        ("Sat, 21 Nov 2026 12:10:00 GMT", 600), ("Sat, 21 Nov 2020 12:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_patience_with_a_busy_host(time_machine_at, header, seconds):
    time_machine_at(datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert patience(header) == seconds


# What is stored


def check(reference, answers):
    web = Web(answers)
    check_reference(reference, LinkChecker(web, Pace(0, clock=web.clock, sleep=web.clock.sleep)))
    reference.refresh_from_db()
    return reference.link_state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ([200, NoAnswer("x")], ["ok", "unknown"]),
        ([404, NoAnswer("x"), 503, 200], ["problem", "problem", "problem", "ok"]),
        ([NoAnswer("x"), 404, 410], ["unknown", "problem", "problem"]),
        ([200, 404], ["ok", "problem"]),
    ],
)
def test_a_failed_call_is_never_ok_and_a_problem_stays_until_it_answers(answers, states):
    reference = make_reference(url=PAGE)
    assert [check(reference, {PAGE: answer}) for answer in answers] == states
    assert reference.link_checked_at is not None


@pytest.mark.django_db
def test_a_problem_that_could_not_be_asked_again_keeps_its_reason():
    reference = make_reference(url=PAGE)
    for answer in (404, NoAnswer("first"), NoAnswer("second")):
        check(reference, {PAGE: answer})
    assert reference.link_finding == f"{PAGE}: 404 Not Found ⟶ {PAGE}: second"


@pytest.mark.django_db
def test_what_was_found_of_an_address_that_was_changed_meanwhile_is_not_stored():
    reference = make_reference(url=PAGE)

    def ask(method, url, limit):
        Reference.objects.update(url="https://b.example/x")
        return Answer(404)

    check_reference(reference, LinkChecker(ask, Pace(0)))
    assert Reference.objects.get().link_state == "unknown"
    assert Reference.objects.get().link_checked_at is None


COPY = "https://archive.example/copy"


@pytest.mark.parametrize(
    ("values", "addresses"),
    [
        ({"url": PAGE}, [PAGE]),
        ({"url": PAGE, "doi": "10.1000/x"}, [PAGE]),
        ({"doi": "10.1000/x"}, ["https://doi.org/10.1000/x"]),
        ({"url": PAGE, "archive_url": COPY}, [PAGE, COPY]),
        ({"url": PAGE, "archive_url": COPY, "state": "archived"}, [COPY]),
        ({"url": PAGE, "state": "archived"}, [PAGE]),
        ({"archive_url": COPY}, [COPY]),
        ({}, []),
    ],
)
def test_addresses_that_are_asked(values, addresses):
    assert addresses_of(Reference(**values)) == addresses


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "copy", "state", "text"),
    [
        (404, 200, "problem", "the archived copy answers"),
        (404, 404, "problem", f"{COPY}: 404"),
        (200, 404, "problem", f"{COPY}: 404"),
        (200, 503, "unknown", f"{COPY}: 503"),
        (503, 200, "unknown", "the archived copy answers"),
        (200, 200, "ok", ""),
    ],
)
def test_the_worse_of_link_and_copy_counts(page, copy, state, text):
    reference = make_reference(url=PAGE, archive_url=COPY)
    assert check(reference, {PAGE: page, COPY: copy}) == state
    assert text in reference.link_finding


# What may be asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
    ],
)
def test_no_spelling_of_this_machine_is_connected_to(server, host):
    client = WebClient(timeout=5)
    with pytest.raises((Refused, NoAnswer)):
        client("GET", f"http://{host}:{server.server_port}/fine", 10)
    assert server.asked == []


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: places)
    with pytest.raises(Refused, match="private network"):
        WebClient()("GET", "http://a.example/")


def test_a_redirect_into_this_machine_is_refused(server):
    """The first step is let through, the second is not."""
    seen = []

    def may_connect(address):
        seen.append(address)
        return len(seen) < 2

    checker = LinkChecker(WebClient(timeout=5, may_connect=may_connect), Pace(0))
    finding = checker.check(f"http://127.0.0.1:{server.server_port}/redirect")
    assert (finding.state, finding.text) == ("unknown", "leads into a private network")
    assert [path for _method, path, _headers in server.asked] == ["/redirect"]


# A server of our own


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        if self.path == "/redirect":
            self.send_response(301)
            self.send_header("Location", "/fine")
        elif self.path == "/slow-headers":
            self.drip(b"HTTP/1.0 200 OK\r\nX-Drops: ", b"\r\nContent-Length: 0\r\n\r\n")
            return
        elif self.path == "/slow-body":
            self.drip(b"HTTP/1.0 200 OK\r\nContent-Length: 60\r\n\r\n", b"")
            return
        elif self.path == "/rubbish":
            self.wfile.write(b"\x00\x01\x02\r\n\r\n")
            return
        else:
            self.send_response({"/missing": 404, "/busy": 503}.get(self.path, 200))
        body = b"x" * 100_000 if self.command == "GET" else b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def drip(self, before, after):
        """A proper answer in the end, of which each byte comes well before a time-out."""
        self.wfile.write(before)
        for _drop in range(60):
            if self.server.stopping.wait(0.05):
                break
            self.wfile.write(b"x")
        self.wfile.write(after)

    def handle(self):
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.asked, made.stopping = [], threading.Event()
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        made.stopping.set()
        made.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "state"),
    [("/fine", "ok"), ("/missing", "problem"), ("/busy", "unknown"), ("/redirect", "ok"), ("/rubbish", "unknown")],
)
def test_a_real_server_is_asked(server, path, state):
    checker = LinkChecker(WebClient(timeout=5, may_connect=lambda address: True), Pace(0))
    assert checker.check(f"http://127.0.0.1:{server.server_port}{path}").state == state
    assert all(headers["User-Agent"] == "ImmunoPortal (+http://testserver)" for *_rest, headers in server.asked)


def test_only_the_beginning_of_a_page_is_read(server):
    answer = WebClient(timeout=5, may_connect=lambda address: True)(
        "GET", f"http://127.0.0.1:{server.server_port}/fine", 50
    )
    assert answer.body == b"x" * 50


@pytest.mark.parametrize("path", ["slow-headers", "slow-body"])
def test_a_server_that_drips_is_not_waited_for(server, path):
    client = WebClient(timeout=0.3, may_connect=lambda address: True)
    with pytest.raises(NoAnswer, match="no answer in time"):
        client("GET", f"http://127.0.0.1:{server.server_port}/{path}", 60)


def test_nobody_listening_is_no_answer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoAnswer, match="no connection"):
        WebClient(timeout=5, may_connect=lambda address: True)("GET", f"http://127.0.0.1:{port}/")


def test_a_plain_server_at_a_secure_address_is_no_answer(server):
    with pytest.raises(NoAnswer):
        WebClient(timeout=5, may_connect=lambda address: True)("GET", f"https://127.0.0.1:{server.server_port}/fine")
