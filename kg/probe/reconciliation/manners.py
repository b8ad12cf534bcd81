"""Probes of what is around answers: other origins, errors, and what is too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from kg.probe.answer import NoAnswerError, sent
from kg.probe.found import PASSED, Found, Probe, cannot_tell, failed
from kg.probe.manners import ORIGIN
from kg.probe.reconciliation.forms import RESULTS
from kg.probe.reconciliation.ground import JSON, Ground, batch, filled, read, written
from kg.probe.reconciliation.probes import probe
from kg.probe.wire import Client, NoReplyError, Reply, Request

LARGE: Final = 10_000_000
"""Bytes of a body that is too much for most."""
DEEP: Final = 100_000
"""Brackets in brackets."""
MANY: Final = 20_000
"""Queries in a batch."""
_UNKNOWN: Final = "whoholds-probe-nothing-has-this-id"
_WRONG: Final = {
    "no-json": ("What is no JSON is refused", "queries", "{'q0': no"),
    "no-object": ("A list instead of a batch is refused", "queries", '[{"query": "a"}]'),
    "empty-query": ("A query that asks nothing is refused", "queries", '{"q0": {"limit": 1}}'),
    "wrong-type": ("A number instead of a name is refused", "queries", '{"q0": {"query": 3}}'),
    "no-ids": ("Data extension without ids is refused", "extend", '{"properties": []}'),
    "unknown-field": ("A form without queries is refused", "nothing", "{}"),
}
"""Names, what should be so, and the field and value that is sent."""


def manners_probes() -> Iterator[Probe]:
    """Whether pages of other origins can use it."""
    why = "Since version 0.2 clients in a browser need no other way."
    for method in ("GET", "POST"):
        says = f"Pages of other origins may read what {method} gives"
        look = partial(_origin, method)
        name = f"origins-by-{method.lower()}"
        yield probe(name, "manners", says, why, "cross-origin-access", look)


def error_probes(ground: Ground) -> Iterator[Probe]:
    """Whether mistakes of a client are told as such."""
    why, section = "A status is what programs see first.", "error-handling-and-rate-limiting"
    for name, (says, field, value) in _WRONG.items():
        request = written(field, value)
        yield probe(name, "errors", says, why, section, partial(_refused, request))
    declared = ground.manifest.get("preview")
    template = declared.get("url") if isinstance(declared, dict) else None
    if isinstance(template, str):
        request = Request(headers=(JSON,), at=filled(template, _UNKNOWN))
        look = partial(_refused, request)
        yield probe("unknown-id", "errors", "An unknown id has no preview", why, section, look)


def strain_probes() -> Iterator[Probe]:
    """Whether what is too much harms nobody; these may keep the service busy."""
    why, section = "One client must not stop the others.", "error-handling-and-rate-limiting"
    large = {f"q{at}": {"query": "a"} for at in range(MANY)}
    stated: tuple[tuple[str, str, Callable[[], Request]], ...] = (
        ("large-body", "10 MB are refused or answered", lambda: written("queries", "x" * LARGE)),
        ("deep-json", "Brackets in brackets are refused", lambda: written("queries", "[" * DEEP)),
        ("large-batch", "Very many queries are refused or answered", lambda: batch(large)),
    )
    for name, says, make in stated:
        found = probe(name, "strain", says, why, section, partial(_survives, make))
        yield replace(found, touches=frozenset({"strain"}))
    found = probe("alive", "strain", "It answers at once afterwards", why, section, _alive)
    yield replace(found, touches=frozenset({"strain"}))


def _origin(method: str, client: Client) -> Found:
    request = batch({"q0": {"query": "a"}}) if method == "POST" else Request(headers=(JSON,))
    request = replace(request, headers=(*request.headers, ("Origin", ORIGIN)))
    allowed = sent(client, request).headers.get("access-control-allow-origin", "")
    if allowed in ("*", ORIGIN):
        return PASSED
    return failed("Access-Control-Allow-Origin: *", allowed or "no such header", request)


def _refused(request: Request, client: Client) -> Found:
    reply = sent(client, request)
    if 400 <= reply.status < 500:
        return PASSED
    if reply.status >= 500:
        return failed("status 4xx", f"status {reply.status}", request)
    return failed("status 4xx", f"status {reply.status}{_begins(reply)}", request)


def _begins(reply: Reply) -> str:
    words = reply.body[:60].decode("utf-8", "replace")
    return f" with {words!r}"


def _survives(make: Callable[[], Request], client: Client) -> Found:
    request = make()
    shown = replace(request, body=f"{(request.body or '')[:80]}…")
    try:
        reply = client.send(request)
    except NoReplyError as error:
        return cannot_tell(f"{error}", shown)
    if reply.status >= 500 and reply.status not in (503, 507):
        return failed("status 4xx, or an answer", f"status {reply.status}", shown)
    if reply.ok:
        try:
            json.loads(reply.body)
        except (ValueError, RecursionError):
            return failed("JSON, or status 4xx", f"status {reply.status}", shown)
    return PASSED


def _alive(client: Client) -> Found:
    try:
        read(client, batch({"q0": {"query": "a"}}), RESULTS)
    except NoAnswerError as error:
        return error.found
    return PASSED
