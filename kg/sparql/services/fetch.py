"""Asking a service: one request, no redirect, no proxy, no cookie, and an end to all patience."""

from __future__ import annotations

import socket
from http.client import HTTPConnection, HTTPException, HTTPResponse
from importlib.metadata import version
from typing import Final
from urllib.parse import urlencode

from kg.connection import Link, left, secured
from kg.errors import ServiceError
from kg.sparql.services.address import Target, connect, target_of

BYTES: Final = 8 * 2**20
"""Bytes of an answer at most."""
JSON: Final = "application/sparql-results+json"


def fetch(address: str, query: str, deadline: float) -> bytes:
    """The results of a query at a listed address, as JSON, by a time of time.monotonic().

    Raises ServiceError for whatever else comes, or does not.
    https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded
    """
    target = target_of(address)
    try:
        with connect(target, left(deadline)) as plain, _wrapped(plain, target, deadline) as sock:
            return _asked(target, Link(sock, deadline), query)
    except TimeoutError:
        raise ServiceError(f"<{address}> did not answer in time.") from None
    except (OSError, HTTPException) as error:
        why = f"{error}" or type(error).__name__
        raise ServiceError(f"<{address}> cannot be asked: {why}.") from None


def _wrapped(sock: socket.socket, target: Target, deadline: float) -> socket.socket:
    """The connection, by TLS if the address says so."""
    return secured(sock, target.host, deadline) if target.secure else sock


def _asked(target: Target, link: Link, query: str) -> bytes:
    connection = HTTPConnection(target.host, target.port)
    connection.default_port = 443 if target.secure else 80  # the header Host leaves it out
    connection.sock = link
    headers = {
        "Accept": JSON,
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": f"WhoHolds/{version('whoholds')} (SERVICE)",
    }
    connection.request("POST", target.path, urlencode({"query": query}).encode(), headers)
    return _body(target, connection.getresponse())


def _body(target: Target, response: HTTPResponse) -> bytes:
    """The answer's body, if it is one, and whole. Raises ServiceError."""
    if response.status != 200:
        redirects = ", a redirect, which is not followed" * (300 <= response.status < 400)
        raise ServiceError(f"<{target.address}> answers {response.status}{redirects}.")
    media = response.headers.get_content_type()
    encoding = response.headers.get("Content-Encoding", "identity")
    if media != JSON or encoding != "identity":
        raise ServiceError(f"<{target.address}> answers {media}, {encoding}; expected {JSON}.")
    body = response.read(BYTES + 1)
    if len(body) > BYTES:
        raise ServiceError(f"<{target.address}> answers more than {BYTES:,} bytes. Ask for less.")
    if response.length:
        raise ServiceError(f"<{target.address}> broke its answer off.")
    return body
