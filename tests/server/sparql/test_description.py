"""The description of the service: where, in which forms, and that what it says is so."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, parse
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, VOID

from kg.sparql.results import FORMATS
from server.sparql.description import RESULTS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PLACE = URIRef("http://localhost/sparql")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DOMAINS = {
    SD.endpoint: SD.Service,
    SD.feature: SD.Service,
    SD.supportedLanguage: SD.Service,
    SD.resultFormat: SD.Service,
    SD.defaultDataset: SD.Service,
    SD.defaultGraph: SD.Dataset,
    SD.namedGraph: SD.Dataset,
    SD.name: SD.NamedGraph,
    SD.graph: SD.NamedGraph,
}
RANGES = {
    SD.defaultDataset: SD.Dataset,
    SD.defaultGraph: SD.Graph,
    SD.namedGraph: SD.NamedGraph,
    SD.graph: SD.Graph,
}
"""https://www.w3.org/TR/sparql11-service-description/#vocabulary"""


@pytest.fixture(scope="module")
def described(client) -> Graph:
    return Graph().parse(data=client.get("/sparql").data, format="turtle")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, RdfFormat.TURTLE),
        ("*/*", RdfFormat.TURTLE),
        ("text/turtle", RdfFormat.TURTLE),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/trig;q=0.9, text/html;q=0.5", RdfFormat.TRIG),
    ],
)
def test_an_address_without_a_query_gives_rdf(client, accept, form):
    """The W3C's test returns-rdf."""
    answer = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200 and "Accept" in answer.headers["Vary"]
    assert answer.mimetype == form.media_type
    turtle = client.get("/sparql.ttl").data
    same = {str(q.triple) for q in parse(turtle, format=RdfFormat.TURTLE)}
    assert len(list(parse(answer.data, format=form))) == len(same) > 20


def test_a_browser_gets_the_form(client):
    answer = client.get("/sparql", headers={"Accept": BROWSER})
    assert answer.mimetype == "text/html" and "Accept" in answer.headers["Vary"]


def test_the_service_names_the_endpoint_that_was_asked(described):
    """The W3C's test has-endpoint-triple; clients look for a service without a name."""
    (service,) = described.subjects(SD.endpoint, PLACE)
    assert isinstance(service, BNode) and (service, RDF.type, SD.Service) in described


def test_what_stands_elsewhere_names_itself(client):
    answer = client.get("/sparql.nt", base_url="https://data.example/valley")
    assert "<https://data.example/valley/sparql>" in answer.text
    assert "https://data.example/valley/graphs?graph=IRI" in answer.text
    assert client.get("/sparql", headers={"Host": "a<b> c"}).status_code < 500


def test_properties_join_what_the_vocabulary_says_they_join(described):
    """The W3C's test conforms-to-schema."""
    for subject, link, value in described:
        for kind, end in ((DOMAINS.get(link), subject), (RANGES.get(link), value)):
            assert kind is None or (end, RDF.type, kind) in described, (link, kind)


def test_it_lists_what_is_supported_and_nothing_else(client, described):
    (service,) = described.subjects(RDF.type, SD.Service)
    assert set(described.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert set(described.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert RESULTS.keys() == set(FORMATS)
    assert len(set(described.objects(service, SD.resultFormat))) == len(FORMATS)
    for suffix in RESULTS:
        query = (
            "ASK {}" if suffix in {"json", "xml", "csv", "tsv"} else "CONSTRUCT WHERE { ?s ?p 1 }"
        )
        assert client.get(f"/sparql.{suffix}", query_string={"query": query}).status_code == 200


def test_its_counts_are_what_a_query_counts(release, described):
    dataset = URIRef(release.names.release(release.digest))
    default = described.value(dataset, SD.defaultGraph)
    assert described.value(default, VOID.triples) == Literal(number(release, "?s ?p ?o"))
    named = {described.value(node, SD.name) for node in described.objects(dataset, SD.namedGraph)}
    assert {str(one) for one in named} == {g.value for g in release.store.named_graphs()}
    for graph in named:
        counted = number(release, f"GRAPH <{graph}> {{ ?s ?p ?o }}")
        assert described.value(graph, VOID.triples) == Literal(counted), graph


def test_what_the_metadata_does_not_count_is_counted(serve):
    graphs = {
        "http://example.org/graph/a": b"<x:s> <x:p> 1, 2 .",
        "http://example.org/graph/b": b"<x:s> <x:p> 2, 3 .",
    }
    turtle = serve(graphs).get("/sparql").data
    found = Graph().parse(data=turtle, format="turtle")
    counted = sorted(int(value) for value in found.objects(None, VOID.triples))
    assert counted == [2, 2, 3]


def number(release, where) -> int:
    found = release.store.query(f"SELECT (COUNT(*) AS ?n) {{ {where} }}")
    assert isinstance(found, QuerySolutions)
    return int(next(iter(found))["n"].value)


def test_it_is_sent_again_only_when_it_changed(client):
    first = client.get("/sparql", headers={"Accept": "text/turtle"})
    asked = {"Accept": "text/turtle", "If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", headers=asked).status_code == 304
