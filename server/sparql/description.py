"""What the service is and does, for programs (https://www.w3.org/TR/sparql11-service-description/).

It says what is supported and nothing else: no update, no reading of addresses, and federated
queries only where the workspace's list names endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask import Response
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.names import VOCABULARIES
from kg.sparql.results import write_graph
from kg.sparql.services.ask import SECONDS
from kg.sparql.services.call import MOST
from kg.sparql.services.known import MOST as ROWS
from kg.sparql.services.values import CELLS
from server.negotiate import Offer
from server.site import once, release, site
from server.sparql.counts import Counts, count
from server.sparql.limits import spoken

PREFIXES: Final = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    **{name: VOCABULARIES[name] for name in ("rdf", "rdfs", "dcat", "dcterms", "void", "xsd")},
}
RESULTS: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
}
"""What https://www.w3.org/ns/formats/ calls the formats of results, by suffix."""
_SAYS: Final = (
    "This service only reads: updates, LOAD and graphs that it does not list are refused. "
    "{federated} {limits} As CSV and TSV, ASK is answered true or false. Each graph is served "
    "whole at {graphs}?graph=IRI, the default graph, the union of all, at {graphs}?default."
)


def federated(services: Sequence[str]) -> str:
    """What is said of SERVICE, a sentence or two."""
    if not services:
        return "SERVICE is refused."
    return (
        f"SERVICE asks {', '.join(f'<{service}>' for service in services)} and nobody else, "
        f"{MOST} times in a query at most; its group is asked by itself, with up to {ROWS:,} rows "
        f"of IRIs that the patterns before it bind, has {SECONDS} seconds, and gives {CELLS:,} "
        "cells and no blank nodes."
    )


def describe(place: str, offer: Offer) -> Response:
    """The description of the service at a place, in one of the forms of graphs."""
    triples = [*_service(place), *_dataset(place, once("statements", count))]
    body = write_graph(triples, offer.suffix, PREFIXES)
    return Response(body, content_type=offer.content_type)


def _term(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _release() -> NamedNode:
    return NamedNode(release().names.release(release().digest))


def _service(place: str) -> Iterator[Triple]:
    """The service, without a name of its own: programs look for it so.

    [] a sd:Service ; sd:endpoint <…/sparql> ; sd:feature sd:UnionDefaultGraph ;
        sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat formats:Turtle ;
        sd:defaultDataset <…/release/sha256-…> .
    """
    graphs = place.removesuffix("sparql") + "graphs"
    limits = site().pool.limits
    said_of = {"federated": federated(limits.services), "limits": " ".join(spoken(limits))}
    says = _SAYS.format(graphs=graphs, **said_of)
    said: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", _term("sd:Service")),
        ("rdf:type", _term("dcat:DataService")),
        ("sd:endpoint", NamedNode(place)),
        ("sd:supportedLanguage", _term("sd:SPARQL11Query")),
        ("sd:feature", _term("sd:UnionDefaultGraph")),
        *((("sd:feature", _term("sd:BasicFederatedQuery")),) if limits.services else ()),
        *(("sd:resultFormat", _term(f"formats:{name}")) for name in RESULTS.values()),
        ("sd:defaultDataset", _release()),
        ("dcat:endpointURL", NamedNode(place)),
        ("dcat:servesDataset", _release()),
        ("dcterms:title", Literal(str(release().summary["title"]), language="en")),
        ("rdfs:comment", Literal(says, language="en")),
    ]
    yield from (Triple(BlankNode("service"), _term(curie), value) for curie, value in said)


def _dataset(place: str, counts: Counts) -> Iterator[Triple]:
    """What is asked where a request names no graphs: the release.

    <…/release/sha256-…> a sd:Dataset ; void:sparqlEndpoint <…/sparql> ;
        sd:defaultGraph [ a sd:Graph ; void:triples 5162 ] ;
        sd:namedGraph [ a sd:NamedGraph ; sd:name <…/graph/article/aven> ;
            sd:graph <…/graph/article/aven> ] .
    <…/graph/article/aven> a sd:Graph ; void:triples 812 .
    """
    node, default = _release(), BlankNode("default")
    yield Triple(node, _term("rdf:type"), _term("sd:Dataset"))
    yield Triple(node, _term("rdf:type"), _term("void:Dataset"))
    yield Triple(node, _term("void:sparqlEndpoint"), NamedNode(place))
    yield Triple(node, _term("sd:defaultGraph"), default)
    yield from _graph(default, counts.default)
    for number, (iri, triples) in enumerate(counts.named.items(), 1):
        named, graph = BlankNode(f"graph{number}"), NamedNode(iri)
        yield Triple(node, _term("sd:namedGraph"), named)
        yield Triple(named, _term("rdf:type"), _term("sd:NamedGraph"))
        yield Triple(named, _term("sd:name"), graph)
        yield Triple(named, _term("sd:graph"), graph)
        yield from _graph(graph, triples)


def _graph(node: NamedNode | BlankNode, triples: int) -> Iterator[Triple]:
    yield Triple(node, _term("rdf:type"), _term("sd:Graph"))
    yield Triple(node, _term("void:triples"), Literal(triples))
