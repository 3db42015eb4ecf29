"""Asks other sites: one request at a time, slowly for each host, by name, and never inside a private network."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

TIMEOUT = 15
MOST_ADDRESSES = 3
PORTS = {"http": 80, "https": 443}
# Left as they are in an address; whatever else is not plain ASCII is escaped.
KEPT = "%/:=&?~#+!$,;'@()*[]"
# IPv6 addresses that stand for an IPv4 address in their last 32 bits.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """The address is not one to ask; says why."""


class NoAnswer(Exception):
    """The call failed; says how. Nothing is known of what it asked for."""


@dataclass(frozen=True)
class Answer:
    status: int
    # Names in small letters.
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 address it stands for, belongs to the public internet."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.ip_address(ip.packed[-4:])
        if inner is None and (ip.is_site_local or ip.is_reserved):
            return False
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


def host_of(url: str) -> str:
    """The host of an address that may be asked at all. Raises Refused."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(_("not an address")) from error
    if parts.scheme not in PORTS:
        raise Refused(_("not an address of the web"))
    if not host:
        raise Refused(_("an address without a host"))
    return host


class Pace:
    """Lets at least `interval` seconds pass between two requests to one host, and as long as the host asks for."""

    def __init__(self, interval: float, *, clock=time.monotonic, sleep=time.sleep):
        self.interval, self.clock, self.sleep = interval, clock, sleep
        self._free_at: dict[str, float] = {}

    def free_at(self, host: str) -> float:
        return self._free_at.get(host, 0)

    def take_turn(self, host: str) -> None:
        self.sleep(max(0, self.free_at(host) - self.clock()))
        self._free_at[host] = self.clock() + self.interval

    def done(self, host: str) -> None:
        """The interval counts from the end of the answer."""
        self._free_at[host] = max(self.free_at(host), self.clock() + self.interval)

    def keep_off(self, host: str, seconds: float) -> None:
        self._free_at[host] = max(self.free_at(host), self.clock() + seconds)


# What asks: method, address, how many bytes of the body to read.
Ask = Callable[[str, str, int], Answer]


class WebClient:
    """Makes single requests; redirects are the caller's to follow, so that each step is guarded and paced.

    `may_connect` decides about each IP address a name leads to; the connection goes to the address that was judged.
    """

    def __init__(self, *, timeout: float = TIMEOUT, may_connect: Callable[[str], bool] = is_public):
        self.timeout, self.may_connect = timeout, may_connect
        self.tls = ssl.create_default_context()

    def __call__(self, method: str, url: str, limit: int = 0) -> Answer:
        """Raises Refused or NoAnswer."""
        host = host_of(url)
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
        try:
            connection = http.client.HTTPConnection(host, parts.port or PORTS[parts.scheme])
            connection.sock = self._connect(connection.host, connection.port, is_secure=parts.scheme == "https")
            is_late = threading.Event()
            deadline = threading.Timer(self.timeout, self._break_off, [connection.sock, is_late])
            deadline.start()
            try:
                if parts.scheme == "https":
                    connection.sock.do_handshake()
                answer = self._exchange(connection, method, path, parts.netloc.rpartition("@")[2], limit)
            finally:
                deadline.cancel()
                connection.close()
            if is_late.is_set():
                # What is broken off within its headers looks like an answer.
                raise TimeoutError
            return answer
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(self._in_words(error)) from error

    def _exchange(self, connection, method: str, path: str, host: str, limit: int) -> Answer:
        headers = {"Host": host.encode("idna").decode(), "User-Agent": f"ImmunoPortal (+{settings.SITE_URL})"}
        connection.request(method, path, headers=headers | {"Accept": "*/*", "Connection": "close"})
        with connection.getresponse() as response:
            body = response.read(limit) if limit else b""
            return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def _connect(self, host: str, port: int, *, is_secure: bool) -> socket.socket:
        found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
        if not all(self.may_connect(place[0]) for *_rest, place in found):
            raise Refused(_("leads into a private network"))
        plain = self._first_connection(found[:MOST_ADDRESSES])
        # The handshake waits until the deadline runs.
        return self.tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) if is_secure else plain

    def _first_connection(self, places) -> socket.socket:
        failure = OSError()
        for family, kind, protocol, _name, place in places:
            plain = socket.socket(family, kind, protocol)
            plain.settimeout(self.timeout)
            try:
                plain.connect(place)
            except OSError as error:
                plain.close()
                failure = error
            else:
                return plain
        raise failure

    @staticmethod
    def _break_off(connected: socket.socket, is_late: threading.Event) -> None:
        """Ends a call that took too long in all: a server may send one byte at a time for hours."""
        is_late.set()
        # It may have ended by itself meanwhile.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    @staticmethod
    def _in_words(error: Exception) -> str:
        if isinstance(error, socket.gaierror):
            return _("no such host was found")
        if isinstance(error, TimeoutError):
            return _("no answer in time")
        if isinstance(error, ssl.SSLError):
            return _("no secure connection (%s)") % (error.reason or _("broken off"))
        if isinstance(error, OSError):
            return _("no connection (%s)") % (error.strerror or type(error).__name__)
        return _("an answer that makes no sense (%s)") % type(error).__name__
