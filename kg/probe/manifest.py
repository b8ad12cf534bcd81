"""The W3C's tests of the protocol, read from their manifest: requests and what has to come back.

http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import InputError
from kg.probe.case import Expected, Step, follow
from kg.probe.facts import Facts, ask
from kg.probe.found import Found, Outcome, Probe, failed, inapplicable, untested
from kg.probe.results import UnreadableError, read_answer
from kg.probe.wire import Client, NoReplyError, Request

CNT: Final = Namespace("http://www.w3.org/2011/content#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SPEC: Final = "https://www.w3.org/TR/sparql11-protocol/"
USUAL: Final = "standards/w3c-rdf-tests/sparql11/protocol/manifest.ttl"
_ERASES: Final = re.compile(r"\b(?:CLEAR|DROP)(?:\s|\+|%20)+(?:ALL|NAMED|DEFAULT)\b", re.IGNORECASE)
REFUSED: Final = (500, 501)
"""By which updates may be refused, too (https://www.w3.org/TR/sparql11-protocol/#update-failure).

Not enough to send afterwards what erases: a server that failed may obey the next time.
"""
_GRAPHS: Final = ("default-graph-uri", "named-graph-uri")


def usual_manifest() -> Path | None:
    """The manifest where a copy of the W3C's tests is kept, if it is there.

    That is $WHOHOLDS_SHARED/standards, or ../shared/standards beside the folder one works in.
    """
    shared = os.environ.get("WHOHOLDS_SHARED")
    path = (Path(shared) if shared else Path.cwd().parent / "shared") / USUAL
    return path if path.is_file() else None


def manifest_probes(path: Path, facts: Facts, *, erase: bool) -> Iterator[Probe]:
    """A probe for each test of a manifest, those that write last. Raises InputError.

    What erases all data is run on an endpoint that takes updates only if `erase` is said.
    """
    graph = _read(path)
    lists = list(graph.objects(None, MF.entries))
    if not lists:
        raise InputError(f"{path} lists no tests (mf:entries); expected a manifest of the W3C.")
    tests = [test for one in lists for test in Collection(graph, one)]
    probes = [_probe(graph, test, facts, erase=erase) for test in tests]
    yield from sorted(probes, key=lambda probe: "write" in probe.touches)


def _read(path: Path) -> Graph:
    try:
        return Graph().parse(data=path.read_text("utf-8"), format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a manifest: {error}") from None


def _probe(graph: Graph, test: Node, facts: Facts, *, erase: bool) -> Probe:
    requests = graph.value(graph.value(test, MF.action), HT.requests)
    steps = [_step(graph, node) for node in Collection(graph, requests)] if requests else []
    labels = [graph.value(data, RDFS.label) for data in graph.objects(test, UT.graphData)]
    needed = tuple(sorted(f"{label}" for label in labels if label is not None))
    says = f"{graph.value(test, MF.name)}"
    run = _runner(steps, needed, facts, erase=erase)
    touches = frozenset({"write"} if any(_updates(step) for step in steps) else ())
    return Probe(f"{test}", "W3C", says, "The W3C's test.", SPEC, run, touches)


def _step(graph: Graph, node: Node) -> Step:
    body, headers = graph.value(node, HT.body), graph.value(node, HT.headers)
    request = Request(
        f"{graph.value(node, HT.methodName)}",
        f"{graph.value(node, HT.absolutePath)}".partition("?")[2],
        tuple(_header(graph, one) for one in (Collection(graph, headers) if headers else ())),
        None if body is None else f"{graph.value(body, CNT.chars)}",
        "utf-8" if body is None else f"{graph.value(body, CNT.characterEncoding)}".lower(),
    )
    return Step(request, _expected(graph, graph.value(node, HT.resp)))


def _header(graph: Graph, node: Node) -> tuple[str, str]:
    return f"{graph.value(node, HT.fieldName)}", f"{graph.value(node, HT.fieldValue)}"


def _expected(graph: Graph, response: Node | None) -> Expected:
    codes = graph.objects(response, MF.expectedStatus)
    status = tuple(sorted(f"{code}".rpartition("StatusCode")[2] for code in codes))
    form = graph.value(response, MF.expectedFormat)
    boolean = graph.value(response, MF.expectedBoolean)
    says = None if boolean is None else f"{boolean}" == "true"
    return Expected(status, f"{form}" if form else "", says)


def _runner(
    steps: list[Step], needed: tuple[str, ...], facts: Facts, *, erase: bool
) -> Callable[[Client], Found]:
    takes = facts.description is not None and facts.description.offers_update
    refusal = any("4xx" in step.expected.status for step in steps)
    writes = any(_updates(step) for step in steps) and not refusal

    def run(client: Client) -> Found:
        missing = [iri for iri in needed if not writes and not _is_there(client, iri)]
        if missing:
            return inapplicable(f"graph {missing[0]} is not there: load the test's data")
        if not erase:
            found = _tried(steps, client, refusal=refusal)
            if found:
                return found
        found = follow(steps, client)
        if found.outcome is not Outcome.FAILED:
            return found
        if writes and not takes and _is_refused(steps[0], client, REFUSED):
            return inapplicable("it takes no updates, and says so")
        return _without_data(steps, client) or found

    return run


def _tried(steps: list[Step], client: Client, *, refusal: bool) -> Found | None:
    """Why steps that erase are not sent: the same requests, with something harmless, are obeyed."""
    for step in steps:
        harmless = _harmless(step)
        if harmless == step or _is_refused(harmless, client):
            continue
        if refusal:
            return failed(f"{step.expected}", "it is obeyed", harmless.request)
        return untested("it takes updates, and this one erases all data: --i-operate-this")
    return None


def _harmless(step: Step) -> Step:
    """The same step, where what erases all data drops a graph that does not exist."""
    sent = step.request
    body = None if sent.body is None else _ERASES.sub(_instead, sent.body)
    return replace(step, request=replace(sent, query=_ERASES.sub(_instead, sent.query), body=body))


def _instead(erasing: re.Match[str]) -> str:
    words = "DROP SILENT GRAPH <urn:whoholds:probe:nothing>"
    return words if " " in erasing[0] else quote(words)


def _without_data(steps: list[Step], client: Client) -> Found | None:
    """Why a failure is for want of data: a graph named is not there, and without it all is well."""
    absent = [iri for step in steps for iri in _named(step) if not _is_there(client, iri)]
    if absent and follow([_unnamed(step) for step in steps], client).outcome is Outcome.PASSED:
        return inapplicable(f"graph {absent[0]} is not there, and graphs that are not are refused")
    return None


def _named(step: Step) -> list[str]:
    return [value for name, value in parse_qsl(step.request.query) if name in _GRAPHS]


def _unnamed(step: Step) -> Step:
    """The same step, without graphs that the request names."""
    pairs = parse_qsl(step.request.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] not in _GRAPHS])
    return replace(step, request=replace(step.request, query=query))


def _is_there(client: Client, iri: str) -> bool:
    try:
        reply = client.send(ask(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"))
        return reply.ok and read_answer(reply) is True
    except (NoReplyError, UnreadableError):
        return False


def _is_refused(step: Step, client: Client, also: tuple[int, ...] = ()) -> bool:
    """Whether it is answered by 4xx, or by another status of some."""
    try:
        status = client.send(step.request).status
    except NoReplyError:
        return False
    return 400 <= status < 500 or status in also


def _updates(step: Step) -> bool:
    """Whether it would change data: what says that it is an update, or has such words."""
    sent = step.request
    words = " ".join((sent.query, sent.body or "", *(value for _, value in sent.headers)))
    return "sparql-update" in words or "update=" in words or bool(_ERASES.search(words))
