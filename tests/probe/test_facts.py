"""What probes may name is found wherever an endpoint has it, by few queries."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, Store

from kg.probe.address import find_endpoint
from kg.probe.facts import Facts, find_facts
from kg.probe.wire import Client
from tests.probe.served import JSON, served

MOST = 30
"""Queries at most, however many graphs there are."""
KNOWS = NamedNode("http://example.org/knows")


def iri(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


def facts_of(*quads: Quad) -> tuple[Facts, int]:
    """What is found at an endpoint that has some statements, by how many queries."""
    store, queries = Store(), list[str]()
    store.extend(quads)
    with served(endpoint(store, queries)) as url:
        return find_facts(Client(find_endpoint(url), 20)), len(queries)


def endpoint(store: Store, queries: list[str]) -> Callable:
    """An endpoint that says nothing of itself."""

    def answer(environ, start):
        query = parse_qs(environ["QUERY_STRING"]).get("query", [""])[0]
        queries.append(query)
        start("200 OK" if query else "404 Not Found", [JSON])
        return [store.query(query).serialize(format=QueryResultsFormat.JSON)] if query else [b""]

    return answer


def test_graphs_of_literals_alone_are_told_apart():
    facts, _ = facts_of(
        Quad(iri("a"), KNOWS, Literal('"Anna"\n$graph', language="en"), iri("g1")),
        Quad(iri("a"), KNOWS, Literal("5", datatype=iri("age")), iri("g2")),
    )
    assert {facts.graph, facts.other} == {iri("g1").value, iri("g2").value}
    assert facts.statement and not {"graph", "other", "statement"} - set(facts.named())


def test_two_that_differ_are_found_among_thousands_that_cannot_be_asked_for():
    hidden = [Quad(BlankNode(), KNOWS, Literal("x" * 10), iri(f"g{n}")) for n in range(3000)]
    last = Quad(iri("a"), KNOWS, Literal("one"), iri("z"))
    facts, queries = facts_of(*hidden, last, Quad(iri("a"), KNOWS, BlankNode(), iri("y")))
    assert facts.graph == iri("z").value and facts.other != facts.graph
    assert facts.statement == f'{iri("a")} {KNOWS} "one" .' and queries < MOST


def test_graphs_that_begin_with_the_same_are_told_apart_by_the_one_that_has_more():
    same = [Quad(iri(f"{n}"), KNOWS, iri("b"), iri(f"g{i}")) for n in range(50) for i in range(9)]
    more = Quad(iri("more"), KNOWS, iri("b"), iri("g7"))
    facts, queries = facts_of(*same, more)
    assert (facts.graph, facts.statement) == (iri("g7").value, f"{more.triple} .")
    assert queries < MOST


@pytest.mark.parametrize(
    ("graphs", "said"), [(0, "it shows no two named graphs"), (1, "no two"), (20, "of the 12 ")]
)
def test_what_was_not_looked_at_is_not_spoken_of(graphs, said):
    same = [Quad(iri("a"), KNOWS, iri("b"), iri(f"{n}")) for n in range(graphs)]
    facts, queries = facts_of(*same)
    assert not facts.named() and said in facts.lack and queries < MOST
