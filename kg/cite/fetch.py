"""Asking a server for what a permalink cites: the one place where citing leaves the machine."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Final

from kg.address import is_address
from kg.cite.digest import digest_of
from kg.errors import CitationError

TABLE: Final = "application/sparql-results+json"
GRAPH: Final = "application/n-triples"
LONGEST: Final = 256 * 2**20
"""Bytes of a result that are read."""


class AnotherResultError(CitationError):
    """A server says that the result it now has is not the one that was cited."""


def digest_at(address: str) -> str:
    """The digest of the result that a server now has at a permalink's address.

    Raises CitationError where there is no whole result: with what the server says.
    AnotherResultError where that is 409, as of our own servers.
    """
    if not is_address(address):
        raise CitationError(f"'{address}' is no address that could be asked; expected http(s)://…")
    request = urllib.request.Request(address, headers={"Accept": f"{TABLE}, {GRAPH};q=0.9"})  # noqa: S310 it is http
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 it is http
            body = answer.read(LONGEST + 1)
            graph = answer.headers.get_content_type() == GRAPH
    except urllib.error.HTTPError as error:
        said = error.read(2_000).decode("utf-8", "replace").strip()
        kind = AnotherResultError if error.code == HTTPStatus.CONFLICT else CitationError
        raise kind(f"{address} answers {error.code}: {said}") from None
    except (OSError, HTTPException, UnicodeError) as error:
        raise CitationError(f"{address} cannot be reached ({error}).") from None
    if len(body) > LONGEST:
        raise CitationError(f"{address}: the result is longer than {LONGEST:,} bytes.")
    try:
        return digest_of(io.BytesIO(body), graph=graph)
    except SyntaxError as error:
        raise CitationError(f"{address}: what it answers is no result ({error}).") from None
