"""The short way of most queries: past the framework, whose part in a quick one is the largest.

What is sent as most programs do, GET /sparql?query=…, and has a result, is answered here, in the
same words and with the same headers; everything else, every error and all that a browser is shown
by the application.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date, quote_etag

from kg.errors import ReleaseError
from server.headers import HEADERS, KEPT, UNSTORED
from server.negotiate import GRAPHS, HTML, TABLES, Offer, choose
from server.operations.again import AGAIN, Body
from server.operations.metrics import Metrics
from server.operations.proxies import Application
from server.operations.seen import Seen
from server.site import Site, release_in
from server.sparql.cache import Key
from server.sparql.inquiry import TRIED, Inquiry, Tried, body_of
from server.sparql.protocol import Asked, one_query, read_parameters
from server.workers.job import Done
from server.workers.steps import ANSWER, ASIDE, INLINE, PATH, STEPS, Steps, finish

_CONDITIONS: Final = frozenset(
    f"HTTP_IF_{name}"
    for name in ("MATCH", "NONE_MATCH", "MODIFIED_SINCE", "UNMODIFIED_SINCE", "RANGE")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent behind 200."""

    headers: list[tuple[str, str]]
    body: Iterable[bytes]


class Shortcut:
    """An application, and the short way past it."""

    def __init__(self, application: Application, here: Site, metrics: Metrics) -> None:
        self._application = application
        self._here = here
        self._metrics = metrics

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The result of a query, or what the application answers."""
        if STEPS in environ:
            environ[STEPS] = self._steps(environ)
            return ()
        answer = environ[ANSWER] if ANSWER in environ else finish(self._steps(environ))
        if answer is None:
            return self._application(environ, start_response)
        start_response("200 OK", answer.headers)
        return answer.body

    def _steps(self, environ: dict[str, Any]) -> Steps[Answer | None]:
        """To a query's result; to None where the application is to answer."""
        asked = _asked(environ)
        return (yield from self._answer(environ, asked)) if asked else None

    def _answer(self, environ: dict[str, Any], asked: Asked) -> Steps[Answer | None]:
        """To a query's result; where it has none, the application tells the error."""
        seen = Seen(asked.query, time.monotonic())
        try:
            inquiry = Inquiry(self._here, release_in(environ, self._here), environ, seen)
        except ReleaseError:
            return None
        try:
            query = inquiry.prepared(asked.dataset)
            offer = choose(environ.get("HTTP_ACCEPT"), GRAPHS if query.graph else TABLES)
            if offer is None or offer == HTML:
                return None
            done = yield from inquiry.steps(query, offer.suffix)
            if done.size > INLINE:
                yield ASIDE
            body, tag = body_of(done, environ)
        except Exception as error:  # noqa: BLE001 whatever it is, the application tells it
            environ[TRIED] = Tried(inquiry, error)
            return None
        told = partial(self._metrics.answered, seen, inquiry.release, 200)
        headers = _headers(offer, done, tag, None if query.varies else inquiry.release.written)
        if isinstance(body, list):
            if not query.varies:
                environ[AGAIN] = partial(self._again, inquiry.key(query, offer.suffix), tag, seen)
            return Answer(headers, Body(body, told))
        told()
        return Answer(headers, body)

    def _again(self, key: Key, tag: str, seen: Seen) -> Body | None:
        """The body of an answer, if its release is served and its result kept as they were."""
        begin = time.monotonic()
        try:
            release = self._here.release_of()
        except Exception:  # noqa: BLE001 whatever it is, the application tells it
            return None
        result = self._here.results.kept(key, tag) if release.folder.name == key[0] else None
        if result is None:
            return None
        now = replace(seen, begin=begin, cached=True)
        return Body([result], partial(self._metrics.answered, now, release, 200))


def _asked(environ: dict[str, Any]) -> Asked | None:
    """What is asked plainly: with GET, at no other address, whatever the client has already."""
    if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != PATH:
        return None
    if not _CONDITIONS.isdisjoint(environ):
        return None
    with suppress(HTTPException):
        return one_query(read_parameters(environ["QUERY_STRING"].encode("latin-1")))
    return None


def _headers(offer: Offer, done: Done, tag: str, written: datetime | None) -> list[tuple[str, str]]:
    """Those of a result of a release that was written then, or of one that varies."""
    return [
        ("Content-Type", offer.content_type),
        ("Content-Length", f"{done.size}"),
        ("ETag", quote_etag(tag)),
        ("Cache-Control", KEPT if written else UNSTORED),
        *([("Last-Modified", http_date(written))] if written else []),
        ("Vary", "Accept"),
        *HEADERS.items(),
    ]
