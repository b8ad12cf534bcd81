"""One request to another machine: after the pause that is due, and its answer whole.

No cookie, no proxy, no redirect: whoever asks decides whether one is followed.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPResponse
from typing import Final
from urllib.parse import quote, urlsplit

from kg.connection import Link, connect, left, secured

REDIRECTS: Final = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the body only of an answer that is 200."""

    status: int
    headers: Message
    content: bytes


class Pace:
    """When each host was asked last, so that there is a pause before it is asked again."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` and `sleep` are time's, or a test's."""
        self._clock, self.sleep = clock, sleep
        self._asked: dict[str, float] = {}

    def wait(self, url: str, pause: float) -> None:
        """Returns once a host's last answer is so many seconds ago."""
        last = self._asked.get(machine(url)[0])
        if last is not None and (due := last + pause - self._clock()) > 0:
            self.sleep(due)

    def note(self, url: str) -> None:
        """Remembers that a host has just answered, or failed to."""
        self._asked[machine(url)[0]] = self._clock()


def machine(url: str) -> tuple[str, int]:
    """Host and port of an address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


@contextmanager
def linked(url: str, addresses: Sequence[str], deadline: float) -> Iterator[Link]:
    """A connection to the first of a host's addresses that answers. Raises OSError."""
    host, port = machine(url)
    with connect(addresses, port, left(deadline)) as plain:
        if urlsplit(url).scheme == "http":
            yield Link(plain, deadline)
            return
        with secured(plain, host, deadline) as sock:
            yield Link(sock, deadline)


def ask(
    url: str, link: Link, headers: dict[str, str], most: int, form: bytes | None = None
) -> Reply:
    """The answer to a GET, or to a POST of a form; its body unpacked, of so many bytes at most.

    Raises OSError, HTTPException for an answer that broke off, ValueError for one that is too long,
    zlib.error for one that cannot be unpacked.
    """
    parts = urlsplit(url)
    connection = HTTPConnection(*machine(url))
    connection.default_port = 443 if parts.scheme == "https" else 80  # Host leaves it out
    connection.sock = link
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    told = {"Accept-Encoding": "gzip, identity", "Connection": "close", **headers}
    if form is not None:
        told["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path + query, form, told)
    response = connection.getresponse()
    content = _body(response, most) if response.status == 200 else b""
    return Reply(response.status, response.headers, content)


def _body(response: HTTPResponse, most: int) -> bytes:
    body = response.read(most + 1)
    encoding = response.headers.get("Content-Encoding", "identity").casefold()
    if response.length and len(body) <= most:
        raise ConnectionError("it broke its answer off")
    if encoding in ("gzip", "x-gzip"):
        body = _unpacked(body, most)
    elif encoding not in ("identity", ""):
        raise ValueError(f"it answers in {encoding}, which was not asked for")
    if len(body) > most:
        raise ValueError(f"it answers more than {most:,} bytes")
    return body


def _unpacked(body: bytes, most: int) -> bytes:
    packed = zlib.decompressobj(31)
    found = packed.decompress(body, most + 1)
    if not packed.eof and len(found) <= most:
        raise ConnectionError("it broke its answer off")
    return found
