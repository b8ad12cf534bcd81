"""The W3C's tests of the protocol: what reads is answered as they say, what updates is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse
from pyoxigraph import parse_query_results as read_results
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
KASEI = "http://kasei.us/2009/09/sparql/data/"
UPDATES = {
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
}


@dataclass(frozen=True)
class Exchange:
    """A request of a test, and what its response must be."""

    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    statuses: set[str]
    format: str | None
    says: bool | None
    given: dict[str, str] = field(default_factory=dict)


def exchanges(manifest: Graph, test: URIRef) -> list[Exchange]:
    action = manifest.value(test, MF.action)
    found = manifest.value(action, HT.requests)
    return [_exchange(manifest, request) for request in Collection(manifest, found)]


def _exchange(manifest: Graph, request: URIRef) -> Exchange:
    def of(node, term):
        found = manifest.value(node, term)
        return None if found is None else found.toPython()

    content, response = manifest.value(request, HT.body), manifest.value(request, HT.resp)
    listed = manifest.value(request, HT.headers)
    headers = Collection(manifest, listed) if listed else []
    chars = of(content, CNT.chars) if content else None
    return Exchange(
        of(request, HT.methodName),
        "/sparql" + of(request, HT.absolutePath).removeprefix("/sparql/"),
        None if chars is None else chars.encode(of(content, CNT.characterEncoding)),
        {of(h, HT.fieldName): of(h, HT.fieldValue) for h in headers},
        {
            str(one).rpartition("StatusCode")[2]
            for one in manifest.objects(response, MF.expectedStatus)
        },
        of(response, MF.expectedFormat),
        of(response, MF.expectedBoolean),
    )


@pytest.fixture(scope="session")
def manifest(standards: Path) -> Graph:
    return Graph().parse(standards / "protocol" / "manifest.ttl", publicID=f"{MF}")


@pytest.fixture(scope="session")
def kasei(serve, standards):
    """The tests' graphs; the first, which they name but do not hold, says what the others say."""
    kind = b"a <http://xmlns.com/foaf/0.1/Document> ."
    graphs = {f"{KASEI}data0.rdf": f"<{KASEI}data0.rdf> ".encode() + kind}
    for number in (1, 2, 3):
        content = (standards / "protocol" / f"data{number}.nt").read_bytes()
        graphs[f"{KASEI}data{number}.rdf"] = content
    return serve(graphs)


def entries(manifest: Graph) -> dict[str, URIRef]:
    (listed,) = manifest.objects(None, MF.entries)
    return {str(one).rpartition("#")[2]: one for one in Collection(manifest, listed)}


def send(client, exchange: Exchange):
    return client.open(
        exchange.path, method=exchange.method, data=exchange.body, headers=exchange.headers
    )


def test_every_test_of_what_reads_is_passed(manifest, kasei):
    passed = set()
    for name, test in entries(manifest).items():
        if name not in UPDATES:
            for exchange in exchanges(manifest, test):
                answer = send(kasei, exchange)
                assert f"{answer.status_code // 100}xx" in exchange.statuses, (name, answer.text)
                check_content(answer, exchange)
            passed.add(name)
    assert len(passed) == 27


def check_content(answer, exchange: Exchange) -> None:
    if exchange.format in {"boolean", "tabular"}:
        assert answer.mimetype == "application/sparql-results+json"
        found = read_results(answer.data, format=QueryResultsFormat.JSON)
        kind = QueryBoolean if exchange.format == "boolean" else QuerySolutions
        assert isinstance(found, kind)
        assert exchange.says is None or bool(found) == exchange.says
    elif exchange.format == "RDF":
        assert answer.mimetype == "text/turtle"
        list(parse(answer.data, format=RdfFormat.TURTLE))


def test_every_update_is_refused_with_the_reason_and_changes_nothing(manifest, kasei):
    every = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    before = kasei.get("/sparql.csv", query_string=every).data
    for name in UPDATES:
        first = exchanges(manifest, entries(manifest)[name])[0]
        answer = send(kasei, first)
        assert answer.status_code in {400, 415}, name
        assert "only reads" in answer.json["detail"]
    assert kasei.get("/sparql.csv", query_string=every).data == before
