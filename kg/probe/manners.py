"""What HTTP and browsers ask of an endpoint: Accept, HEAD, other origins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.probe.answer import guarded, sent
from kg.probe.facts import ask
from kg.probe.found import PASSED, Found, Probe, cannot_tell, failed
from kg.probe.stated import OURS
from kg.probe.wire import Client, Request

HTTP: Final = "https://www.rfc-editor.org/rfc/rfc9110"
CORS: Final = "https://fetch.spec.whatwg.org/#http-cors-protocol"
ORIGIN: Final = "https://probe.example"
IMPOSSIBLE: Final = "image/x-whoholds-probe"


def manners_probes() -> Iterator[Probe]:
    """Probes of what is around a result."""
    yield _probe(
        "impossible-accept",
        "A type that no result has is answered 406",
        "A client that asked for one thing must not take another for it.",
        f"{HTTP}#name-406-not-acceptable",
        _accept,
    )
    yield _probe(
        "head-equals-get",
        "HEAD is answered as GET, without the body",
        "Clients and caches look before they load.",
        f"{HTTP}#name-head",
        _head,
    )
    yield _probe(
        "other-origins",
        "Pages of other origins may read results",
        "Otherwise no query page but its own can use it.",
        CORS,
        _origin,
    )
    yield _probe(
        "preflight",
        "Pages of other origins may send queries by POST",
        "Browsers ask before they send application/sparql-query.",
        CORS,
        _preflight,
    )


def _probe(name: str, says: str, why: str, spec: str, look: Callable[[Client], Found]) -> Probe:
    return Probe(f"{OURS}{name}", "manners", says, why, spec, guarded(look))


def _accept(client: Client) -> Found:
    request = ask("ASK {}", IMPOSSIBLE)
    reply = sent(client, request)
    if reply.status == 406:
        return PASSED
    if reply.ok and reply.media and reply.media != IMPOSSIBLE:
        return cannot_tell(f"{reply.media} is sent instead, which HTTP allows", request)
    found = f"status {reply.status}, sent as {reply.media or 'nothing'}"
    return failed("status 406", found, request)


def _head(client: Client) -> Found:
    get = ask("SELECT (1 AS ?one) {}")
    request = Request("HEAD", get.query, get.headers)
    full, head = sent(client, get), sent(client, request)
    names = ("content-type", "content-length", "etag")
    for name in names if head.status == full.status else ():
        if name in head.headers and head.headers[name] != full.headers.get(name):
            found = f"{name} {head.headers[name]}"
            return failed(f"{name} {full.headers.get(name, 'absent')}", found, request)
    if head.status != full.status:
        return failed(f"status {full.status}, as GET", f"status {head.status}", request)
    return PASSED


def _origin(client: Client) -> Found:
    asked = ask("ASK {}")
    request = Request("GET", asked.query, (*asked.headers, ("Origin", ORIGIN)))
    allowed = sent(client, request).headers.get("access-control-allow-origin", "")
    if allowed in ("*", ORIGIN):
        return PASSED
    return failed("Access-Control-Allow-Origin: *", allowed or "no such header", request)


def _preflight(client: Client) -> Found:
    asks = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    asks["Access-Control-Request-Headers"] = "content-type"
    request = Request("OPTIONS", "", tuple(asks.items()))
    reply = sent(client, request)
    allowed = {
        name: _listed(reply.headers.get(f"access-control-allow-{name}", ""))
        for name in ("origin", "headers")
    }
    if not reply.ok:
        return failed("status 2xx", f"status {reply.status}", request)
    if not allowed["origin"] & {"*", ORIGIN}:
        return failed("Access-Control-Allow-Origin: *", "no such header", request)
    if not allowed["headers"] & {"*", "content-type"}:
        return failed("Access-Control-Allow-Headers: Content-Type", "no such header", request)
    return PASSED


def _listed(header: str) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in header.split(","))
