"""What an endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.names import VOCABULARIES
from kg.probe.results import UnreadableError, read_graph
from kg.probe.wire import Client, NoReplyError, Request

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_TRIPLES: Final = NamedNode(f"{VOCABULARIES['void']}triples")
DIGITS: Final = 18
"""Of a count at most: no graph has more statements."""
_Node = NamedNode | BlankNode
REQUEST: Final = Request(headers=(("Accept", "text/turtle, application/rdf+xml;q=0.8"),))


@dataclass(frozen=True, slots=True)
class Description:
    """The endpoints and languages named, and how many statements the graphs are said to have."""

    endpoints: tuple[str, ...]
    languages: tuple[str, ...]
    default: int | None
    graphs: dict[str, int | None]

    @property
    def offers_update(self) -> bool:
        """Whether it says that it takes updates."""
        return f"{SD}SPARQL11Update" in self.languages


def read_description(client: Client) -> Description | None:
    """The service description that GET without a query gives; None if there is none to read."""
    try:
        reply = client.send(REQUEST)
        if not reply.ok:
            return None
        return describe(read_graph(reply, client.endpoint.url))
    except (NoReplyError, UnreadableError):
        return None


def describe(triples: tuple[Triple, ...]) -> Description | None:
    """What the statements say; None where they speak of no service."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    endpoints = tuple(sorted(_values(store, "endpoint")))
    if not endpoints and not list(_objects(store, None, "supportedLanguage")):
        return None
    defaults = [_count(store, graph) for graph in _objects(store, None, "defaultGraph")]
    return Description(
        endpoints,
        tuple(sorted(_values(store, "supportedLanguage"))),
        next((count for count in defaults if count is not None), None),
        dict(sorted(_graphs(store))),
    )


def _graphs(store: Store) -> Iterator[tuple[str, int | None]]:
    for node in _objects(store, None, "namedGraph"):
        for name in _said_of(store, node, "name"):
            counts = [_count(store, graph) for graph in _said_of(store, node, "graph")]
            if isinstance(name, NamedNode):
                yield name.value, next((count for count in counts if count is not None), None)


def _values(store: Store, relation: str) -> set[str]:
    found = _objects(store, None, relation)
    return {node.value for node in found if isinstance(node, NamedNode)}


def _objects(store: Store, subject: _Node | None, relation: str) -> Iterator[object]:
    for quad in store.quads_for_pattern(subject, NamedNode(f"{SD}{relation}"), None):
        yield quad.object


def _said_of(store: Store, subject: object, relation: str) -> Iterator[object]:
    """The same of a thing of which something can be said: of a literal there is nothing."""
    return _objects(store, subject, relation) if isinstance(subject, _Node) else iter(())


def _count(store: Store, graph: object) -> int | None:
    if not isinstance(graph, _Node):
        return None
    found = [q.object for q in store.quads_for_pattern(graph, _TRIPLES, None)]
    words = [node.value for node in found if isinstance(node, Literal)]
    return next((int(word) for word in words if word.isdecimal() and len(word) <= DIGITS), None)
