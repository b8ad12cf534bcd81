"""Requests and replies as they travel: one at a time, bounded, and no redirect is followed."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from importlib.metadata import version
from typing import Final

from kg.errors import InputError
from kg.probe.address import Endpoint, find_endpoint

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a reply that are read at most."""
PAUSE: Final = 0.2
"""Seconds between two requests to a machine that is not this one."""
AGAIN: Final = 5
"""Seconds that a kind of request gets at most which was not answered in time before.

Some servers never answer a method, or a type of body; that is to be waited for once.
"""
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: method, query string as it stands, headers, and a body in its encoding.

    `at` is where to, if that is another address than the endpoint's.
    """

    method: str = "GET"
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    encoding: str = "utf-8"
    at: str = ""

    @property
    def content(self) -> bytes | None:
        """The body's bytes."""
        return None if self.body is None else self.body.encode(self.encoding)

    @property
    def kind(self) -> tuple[str, str]:
        """The method, and the type of the body without parameters, in small letters."""
        types = [value for name, value in self.headers if name.lower() == "content-type"]
        return self.method, "".join(types).partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Why the body is not whole: the server broke it off, or we stopped reading."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    broken: str = ""
    cut: str = ""

    @property
    def ok(self) -> bool:
        """Whether the status says success."""
        return 200 <= self.status < 300

    @property
    def media(self) -> str:
        """The media type without parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class NoReplyError(Exception):
    """Nothing came back that is a reply; `late` if nothing came back in time."""

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


@dataclass(slots=True)
class Client:
    """Sends requests to one endpoint, each with a time limit, and politely to strangers."""

    endpoint: Endpoint
    seconds: float = 60
    verb: str = "check-endpoint"
    _last: float = field(default=0.0, init=False)
    _late: set[tuple[str, str]] = field(default_factory=set, init=False)

    def send(self, request: Request) -> Reply:
        """The reply to a request. Raises NoReplyError."""
        to = self._to(request)
        self._pause(to)
        seconds = min(self.seconds, AGAIN) if request.kind in self._late else self.seconds
        deadline = time.monotonic() + seconds
        connection = self._connection(to, seconds)
        try:
            connection.request(
                request.method,
                to.target(request.query),
                request.content,
                self._headers(request, to),
            )
            response = connection.getresponse()
            self._late.discard(request.kind)
            return _read(connection, response, deadline)
        except TimeoutError:
            self._late |= {request.kind} if request.method != "GET" else set()
            raise NoReplyError(f"no reply within {seconds:g} s", late=True) from None
        except (OSError, HTTPException) as error:
            raise NoReplyError(f"no reply: {type(error).__name__} {error}") from None
        finally:
            connection.close()
            self._last = time.monotonic()

    def _to(self, request: Request) -> Endpoint:
        if not request.at:
            return self.endpoint
        try:
            to = find_endpoint(request.at)
        except InputError as error:
            raise NoReplyError(f"{error}") from None
        if to.private and not self.endpoint.private:
            raise NoReplyError(f"{request.at} is on this machine's network; it is not asked")
        return to

    def _pause(self, to: Endpoint) -> None:
        if not to.loopback:
            time.sleep(max(0.0, self._last + PAUSE - time.monotonic()))

    def _connection(self, to: Endpoint, seconds: float) -> HTTPConnection:
        """A connection; where the host is this machine, to the address that was seen to be it."""
        if to.secure:
            return HTTPSConnection(to.host, to.port, timeout=seconds)
        host = to.addresses[0] if to.loopback else to.host
        return HTTPConnection(host, to.port, timeout=seconds)

    def _headers(self, request: Request, to: Endpoint) -> dict[str, str]:
        agent = f"WhoHolds/{version('whoholds')} ({self.verb})"
        return {"Host": to.authority, "User-Agent": agent, **dict(request.headers)}


def _read(connection: HTTPConnection, response: HTTPResponse, deadline: float) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    body, broken, cut = bytearray(), "", ""
    try:
        for piece in _pieces(connection.sock, response, deadline):
            body += piece
            if len(body) > LARGEST:
                cut = f"longer than {LARGEST:,} bytes"
                break
    except TimeoutError:
        cut = "not complete in time"
    except IncompleteRead as error:
        body += error.partial
        broken = "the body ends before its end"
    except (OSError, HTTPException) as error:
        broken = f"the body breaks off: {type(error).__name__} {error}"
    return Reply(response.status, headers, bytes(body), broken, cut)


def _pieces(sock: socket.socket | None, response: HTTPResponse, deadline: float) -> Iterator[bytes]:
    """The body in pieces. Raises TimeoutError after the deadline."""
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if sock is not None and sock.fileno() >= 0:
            sock.settimeout(left)
        piece = response.read1(_PIECE)
        if not piece:
            break
        yield piece
    if response.length:
        raise IncompleteRead(b"", response.length)
