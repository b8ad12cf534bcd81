"""What probes stand on: the service's manifest, and something that it knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin

from kg.errors import InputError
from kg.probe.answer import NoAnswerError, sent
from kg.probe.found import failed
from kg.probe.reconciliation.forms import ENTITIES, RESULTS, Form
from kg.probe.wire import Client, NoReplyError, Reply, Request

FORM: Final = ("Content-Type", "application/x-www-form-urlencoded")
JSON: Final = ("Accept", "application/json")
_TRIED: Final = ("a", "e", "s", "m", "the", "1")
"""What is looked for where nobody says what the service knows."""


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that the service has: its id and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The manifest, as it came, and a thing that was found; None where nothing was."""

    manifest: dict[str, Any]
    known: Known | None
    url: str

    def address(self, *path: str) -> str:
        """The address of a service by where the manifest declares it; empty if it does not.

        The parts of an address are joined as they stand, as the specification has it.
        """
        found: Any = self.manifest
        for name in path[:-1]:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            return ""
        prefix = "flyout_" if path[-1] == "flyout" else ""
        service_path = found.get(f"{prefix}service_path")
        base = found.get(f"{prefix}service_url") or found.get("service_url") or ""
        whole = f"{base}{service_path}" if isinstance(service_path, str) else ""
        return urljoin(self.url, whole) if whole else ""


def batch(queries: dict[str, Any], method: str = "POST") -> Request:
    """The request that sends a batch."""
    return _encoded("queries", json.dumps(queries, ensure_ascii=False), method)


def extension(query: dict[str, Any], method: str = "POST") -> Request:
    """The request for data extension."""
    return _encoded("extend", json.dumps(query, ensure_ascii=False), method)


def written(name: str, value: str) -> Request:
    """A POST of one field as it stands."""
    return _encoded(name, value, "POST")


def _encoded(name: str, value: str, method: str) -> Request:
    pairs = urlencode([(name, value)])
    if method == "GET":
        return Request(query=pairs, headers=(JSON,))
    return Request(method, headers=(FORM, JSON), body=pairs)


def get(address: str, **parameters: str) -> Request:
    """A GET of an address, which may have parameters of its own."""
    return Request(query=urlencode(parameters), headers=(JSON,), at=address)


def filled(template: str, identifier: str) -> str:
    """An address for an id, encoded as a part of it."""
    part = quote(identifier, safe="")
    return template.replace("{{id}}", part).replace("${id}", part)


def read(client: Client, request: Request, form: Form) -> Any:
    """The JSON that came, which has a form. Raises NoAnswerError with what is wrong."""
    reply = sent(client, request)
    if not reply.ok:
        raise NoAnswerError(failed("status 2xx", f"status {reply.status}", request))
    value = parsed(reply, request)
    for wrong in form(value, "the body"):
        raise NoAnswerError(failed("an answer as the specification has it", wrong, request))
    return value


def parsed(reply: Reply, request: Request) -> Any:
    """The body as JSON. Raises NoAnswerError."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        found = f"{len(reply.body):,} bytes that are none, as {reply.media or 'nothing'}"
        raise NoAnswerError(failed("JSON", found, request)) from None


def find_ground(client: Client, queries: Iterable[str]) -> Ground:
    """The manifest and a thing. Raises InputError where there is no service to be probed."""
    manifest = _manifest(client)
    url = client.endpoint.url
    bare = Ground(manifest, None, url)
    tried = chain(_asked(client, queries), _suggested(client, bare), _asked(client, _TRIED))
    return Ground(manifest, next(tried, None), url)


def _manifest(client: Client) -> dict[str, Any]:
    url = client.endpoint.url
    try:
        reply = client.send(Request(headers=(JSON,)))
    except NoReplyError as error:
        raise InputError(f"{url} cannot be reached: {error}.") from None
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        found = None
    if not reply.ok or not isinstance(found, dict) or "name" not in found:
        raise InputError(
            f"{url} answers {reply.status} with {reply.media or 'nothing'}, and no manifest: there "
            "is no reconciliation service to check."
        )
    return found


def _suggested(client: Client, ground: Ground) -> Iterator[Known]:
    address = ground.address("suggest", "entity", "service")
    for prefix in _TRIED if address else ():
        with suppress(NoAnswerError):
            for one in read(client, get(address, prefix=prefix), ENTITIES)["result"][:1]:
                yield Known(one["id"], one["name"])
                return


def _asked(client: Client, queries: Iterable[str]) -> Iterator[Known]:
    for words in queries:
        with suppress(NoAnswerError):
            found = read(client, batch({"q0": {"query": words}}), RESULTS)
            for one in found.get("q0", {"result": []})["result"][:1]:
                yield Known(one["id"], one["name"])
                return
