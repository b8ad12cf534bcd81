"""Whether what an endpoint says of itself is there, and true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.probe.answer import guarded, number, sent
from kg.probe.description import REQUEST, describe
from kg.probe.facts import Facts, ask
from kg.probe.found import PASSED, Found, Probe, failed, inapplicable
from kg.probe.results import UnreadableError, read_graph
from kg.probe.stated import OURS
from kg.probe.wire import Client, Request

SPEC: Final = "https://www.w3.org/TR/sparql11-service-description/"
MOST: Final = 1_000_000
"""Graphs that are said to be larger are not counted by strangers."""
GRAPHS: Final = 10


def described_probes(facts: Facts) -> Iterator[Probe]:
    """Probes of the service description."""

    def count(client: Client) -> Found:
        return _counts(client, facts)

    yield Probe(
        f"{OURS}service-description",
        "description",
        "GET without a query gives a service description",
        "Clients and federations find out by it what they may ask.",
        f"{SPEC}#accessing",
        guarded(_described),
    )
    yield Probe(
        f"{OURS}true-counts",
        "description",
        "Graphs have as many statements as the service description says",
        "Clients plan by these numbers, and people cite them.",
        f"{SPEC}#sd-graph",
        guarded(count),
    )


def _described(client: Client) -> Found:
    reply = sent(client, REQUEST)
    if not reply.ok:
        return failed("status 2xx", f"status {reply.status}", REQUEST)
    try:
        found = describe(read_graph(reply, client.endpoint.url))
    except UnreadableError as error:
        return failed("a graph", f"{error}", REQUEST)
    if found is None:
        return failed("a description of a service", "nothing is said of one", REQUEST)
    return PASSED


def _counts(client: Client, facts: Facts) -> Found:
    said = list(_said(client, facts))
    if not said:
        return inapplicable("it says of no graph how many statements it has")
    for request, count in said:
        found = number(client, request)
        if found != count:
            return failed(f"{count:,} statements, as it says", f"{found:,}", request)
    return PASSED


def _said(client: Client, facts: Facts) -> Iterator[tuple[Request, int]]:
    """Requests that count, and what should come of them: the smallest graphs first."""
    described = facts.description
    if described is None:
        return
    counts = sorted((n, iri) for iri, n in described.graphs.items() if n is not None)
    for count, iri in counts[:GRAPHS]:
        if count <= MOST or client.endpoint.loopback:
            yield ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"), count
    if described.default is not None and (described.default <= MOST or client.endpoint.loopback):
        yield ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), described.default
