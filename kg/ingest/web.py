"""Getting pages as a polite visitor: robots.txt obeyed, one request at a time, a pause between.

No cookie, no proxy, no script. Redirects are followed a few times, each as if it had been asked for
itself: its robots.txt is read, and it may not lead to a private machine. A private machine is asked
only where the user named it with its port.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from importlib.metadata import version
from typing import Final
from urllib.parse import urljoin, urlsplit

from kg.address import is_address
from kg.connection import Link, is_public, look_up
from kg.errors import IngestError
from kg.ingest.received import Received
from kg.ingest.robots import NAME, Robots, rules_of
from kg.visit import REDIRECTS, Pace, ask, linked, machine

BYTES: Final = 10 * 2**20
"""Bytes of a page at most, as sent and as unpacked."""
SECONDS: Final = 30.0
"""Seconds that one answer may take."""
_HOPS: Final = 5
_ACCEPT: Final = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: where it was found at last, its kind, its charset, its bytes."""

    url: str
    media: str
    charset: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    location: str | None
    answer: Answer


class Web:
    """A visitor of the web: remembers whom it asked when, and what their robots.txt say."""

    def __init__(self, named: tuple[str, ...] = (), delay: float = 2.0) -> None:
        """`named` are the addresses that the user gave; `delay` is in seconds, between requests."""
        self._named = {machine(a) for a in named if urlsplit(a).port is not None}
        self._delay = delay
        self._robots: dict[str, Robots] = {}
        self._pace = Pace()

    def get(self, url: str) -> Answer:
        """What an address gives, after redirects. Raises IngestError for whatever goes wrong."""
        at = url
        for _ in range(_HOPS + 1):
            robots = self._robots_of(at)
            if not robots.allows(at):
                raise IngestError(f"<{at}>: its robots.txt asks not to be visited there.")
            reply = self._ask(at, max(self._delay, robots.delay))
            if reply.status == 200:
                return reply.answer
            if reply.status not in REDIRECTS or not reply.location:
                raise IngestError(f"<{at}> answers {reply.status}.")
            at = urljoin(at, reply.location).partition("#")[0]
        raise IngestError(f"<{url}> redirects more than {_HOPS} times.")

    def read(self, url: str) -> Received:
        """The article of a page. Raises IngestError."""
        from kg.ingest.pages import read_page

        answer = self.get(url)
        if answer.media not in ("text/html", "application/xhtml+xml"):
            raise IngestError(f"<{url}> is {answer.media}; expected a page.")
        return read_page(answer.content, f"<{url}>", answer.url, answer.charset)

    def _robots_of(self, url: str) -> Robots:
        """What a host asks of visitors; asked once. https://www.rfc-editor.org/rfc/rfc9309"""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(f"{site}/robots.txt")
        return self._robots[site]

    def _read_robots(self, url: str) -> Robots:
        at = url
        for _ in range(_HOPS + 1):
            reply = self._ask(at, 0)
            if reply.status not in REDIRECTS or not reply.location:
                return rules_of(reply.status, reply.answer.content)
            at = urljoin(at, reply.location)
        return rules_of(404, b"")

    def _ask(self, url: str, pause: float) -> _Reply:
        """One request, after the pause that is due. Raises IngestError."""
        if not is_address(url):
            raise IngestError(f"<{url}> is no http address.")
        self._pace.wait(url, pause)
        try:
            with self._connected(url, time.monotonic() + SECONDS) as link:
                return _asked(url, link)
        except TimeoutError:
            raise IngestError(f"<{url}> did not answer in {SECONDS:.0f} seconds.") from None
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            raise IngestError(f"<{url}>: {f'{error}' or type(error).__name__}.") from None
        finally:
            self._pace.note(url)

    @contextmanager
    def _connected(self, url: str, deadline: float) -> Iterator[Link]:
        host, port = machine(url)
        addresses = look_up(host, port)
        if not all(map(is_public, addresses)) and (host, port) not in self._named:
            raise IngestError(f"<{url}> is not asked: it stands on a private address.")
        with linked(url, addresses, deadline) as link:
            yield link


def _asked(url: str, link: Link) -> _Reply:
    headers = {"Accept": _ACCEPT, "User-Agent": f"{NAME}/{version('whoholds')} (ingest)"}
    reply = ask(url, link, headers, BYTES)
    charset = reply.headers.get_content_charset()
    answer = Answer(url, reply.headers.get_content_type(), charset, reply.content)
    return _Reply(reply.status, reply.headers.get("Location"), answer)
