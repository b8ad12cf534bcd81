"""The endpoint: what it answers, in which forms, and what it refuses."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from rdflib import Graph
from waitress.buffers import ReadOnlyFileBasedBuffer
from werkzeug.wsgi import FileWrapper

from server.sparql.endpoint import INLINE

SELECT = """SELECT ?claim WHERE { ?claim wh:aboutEvent event:aven-bridge-takeover ; a wh:Claim }
ORDER BY ?claim"""
ASK = "ASK { ?claim a wh:Claim }"
CONSTRUCT = "CONSTRUCT { ?c wh:place ?p } WHERE { ?c a wh:EventClaim ; wh:place ?p }"
DESCRIBE = "DESCRIBE claim:aven.bridge-taken"
GRAPH = "https://example.org/valley/graph/article/aven"


def get(client, query, accept=None, **more):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query} | more, headers=headers)


def count(client, query):
    found = json.loads(get(client, query).data)
    return int(found["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_varies_is_worked_out_each_time(client, call):
    answers = [get(client, f"SELECT ({call} AS ?x) {{}}") for _ in range(2)]
    assert answers[0].data != answers[1].data
    assert answers[0].headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_tables_and_answers_come_in_four_forms(client, query, accept, sent):
    answer = get(client, query, accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    assert answer.data and "Accept" in answer.headers["Vary"]


def test_a_table_is_what_was_asked_for(client):
    rows = list(csv.DictReader(io.StringIO(get(client, SELECT, "text/csv").text)))
    assert [row["claim"].rpartition("/")[2] for row in rows] == [
        "aven-courier.bridge-fell",
        "aven-courier.hands-changed",
        "aven-courier.nine-dead",
        "aven.bridge-taken",
        "aven.twelve-dead",
    ]
    again = parse_query_results(
        get(client, SELECT, "application/sparql-results+xml").data,
        format=QueryResultsFormat.XML,
    )
    assert [row[0].value for row in again] == [row["claim"] for row in rows]


@pytest.mark.parametrize(
    ("accept", "sent", "form"),
    [
        (None, "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/n-quads", "application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", "application/trig", RdfFormat.TRIG),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_graphs_come_in_six_forms_that_say_the_same(client, query, accept, sent, form):
    answer = get(client, query, accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    plain = get(client, query, "application/n-triples").data
    triples = {q.triple for q in parse(answer.data, format=form)}
    assert triples == {q.triple for q in parse(plain, format=RdfFormat.N_TRIPLES)} != set()


def test_three_ways_to_send_a_query_have_one_result(client):
    by_get = get(client, SELECT).data
    by_form = client.post("/sparql", data={"query": SELECT}).data
    by_body = client.post("/sparql", data=SELECT, content_type="application/sparql-query").data
    declared = "application/sparql-query; charset=utf-8"
    assert by_get == by_form == by_body
    assert client.post("/sparql", data=SELECT, content_type=declared).data == by_get


def test_a_suffix_chooses_the_form(client):
    assert client.get("/sparql.csv", query_string={"query": SELECT}).mimetype == "text/csv"
    assert client.get("/sparql.ttl", query_string={"query": CONSTRUCT}).mimetype == "text/turtle"
    assert client.get("/sparql.ttl", query_string={"query": SELECT}).status_code == 404


def test_the_default_graph_is_the_union_and_each_graph_can_be_named(client):
    everything = count(client, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    one = count(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}")
    assert 0 < one < everything


def test_from_narrows_the_default_graph(client):
    one = count(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}")
    assert count(client, f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}> WHERE {{ ?s ?p ?o }}") == one  # noqa: S608 constants


REFUSED = [
    "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { SeRvIcE?where{ ?s ?p ?o } }",
    "SELECT * WHERE {\n# a comment }\nSERVICE# another\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { S\\U00000045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * WHERE { { { OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } } }",
    "SELECT * WHERE { { SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "SELECT * WHERE { ?s ?p 'it\\'s' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * WHERE { ?s ?p """a"b""" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    "SELECT * WHERE { FILTER(?a<?b && ?c>?d) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { BIND(IRI('http://127.0.0.1:9/') AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "load silent <http://127.0.0.1:9/> into graph <http://x/>",
    "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * from#c\nnamed#c\n<file:///etc/passwd> WHERE { ?s ?p ?o }",
    "PREFIX f: <file:///etc/> SELECT * FROM f:passwd WHERE { ?s ?p ?o }",
    "PREFIX : <file:///etc/> SELECT * FROM :passwd WHERE { ?s ?p ?o }",
    "BASE <file:///etc/> SELECT * FROM <passwd> WHERE { ?s ?p ?o }",
    "SELECT * FROM <\\u0066ile:///etc/passwd> WHERE { ?s ?p ?o }",
    f"SELECT * FROM <{GRAPH}> FROM <file:///etc/passwd> WHERE {{ ?s ?p ?o }}",  # noqa: S608 constants
    "DESCRIBE ?x FROM <http://127.0.0.1:9/> WHERE { ?x ?p ?o }",
    "SELECT * WHERE " + "{" * 100 + "}" * 100,
]


@pytest.mark.parametrize("query", REFUSED)
def test_what_would_leave_the_machine_or_is_too_large_is_refused(client, query):
    answer = get(client, query)
    assert answer.status_code == 400 and answer.mimetype == "application/problem+json"
    assert answer.json["detail"].startswith("Refused: ")


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <http://x/>" AS ?said) WHERE {}',
        "SELECT ('''LOAD\n<file:///x>''' AS ?said) WHERE {}",
        "SELECT (<http://example.org/SERVICE> AS ?said) WHERE {}",
        "# SERVICE <http://x/> LOAD FROM <file:///etc/passwd>\nSELECT (1 AS ?said) WHERE {}",
        "SELECT ?service WHERE { BIND(1 AS ?service) }",
        "PREFIX service: <http://x/> SELECT (service:load AS ?said) WHERE {}",
        "SELECT ('x'@service AS ?said) WHERE {}",
        f"SELECT * FROM <{GRAPH}> WHERE {{ ?s ?p ?o }} LIMIT 1",  # noqa: S608 constants
        "PREFIX g: <https://example.org/valley/graph/article/> ASK FROM g:aven { ?s ?p ?o }",
        "BASE <https://example.org/valley/graph/> ASK FROM NAMED <article/aven> { ?s ?p ?o }",
    ],
)
def test_a_name_that_only_looks_forbidden_is_no_reason_to_refuse(client, query):
    assert get(client, query).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["SELECT", "SELECT * WHERE { ?s ?p }", "SELECT ?x { ?x a nowhere:x }", "", "\x00"],
)
def test_what_is_no_sparql_is_answered_with_400(client, query):
    answer = get(client, query)
    assert answer.status_code == 400 and "not SPARQL" in answer.json["detail"]


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <a:b> <a:c> }", "CLEAR ALL", "DELETE WHERE { ?s ?p ?o }"]
)
def test_updates_are_refused_however_they_are_sent(client, update):
    assert get(client, update).status_code == 400
    assert client.post("/sparql", data={"update": update}).status_code == 400
    assert client.post("/sparql?update=CLEAR+ALL").status_code == 415
    sent = client.post("/sparql", data=update, content_type="application/sparql-update")
    assert sent.status_code == 415 and "sparql-query" in sent.headers["Accept-Post"]
    assert count(client, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") > 1000


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri", "update"])
def test_what_would_change_the_meaning_is_not_passed_over(client, name):
    for answer in (
        client.get("/sparql", query_string={"query": ASK, name: GRAPH}),
        client.post("/sparql", data={"query": ASK, name: GRAPH}),
        client.post(
            "/sparql",
            query_string={name: GRAPH},
            data=ASK,
            content_type="application/sparql-query",
        ),
    ):
        assert answer.status_code == 400 and name in answer.json["detail"]


def test_a_request_without_one_query_is_wrong(client):
    for address in ("/sparql?q=ASK", "/sparql.csv"):
        assert "no query" in client.get(address).json["detail"]
    rows = {"Accept": "application/sparql-results+json"}
    assert "no query" in client.get("/sparql", headers=rows).json["detail"]
    assert client.get("/sparql?query=ASK{}&query=ASK{}").status_code == 400
    assert client.post("/sparql", data={"q": ASK}).status_code == 400
    body = {"data": b"ASK \xff", "content_type": "application/sparql-query"}
    assert "not UTF-8" in client.post("/sparql", **body).json["detail"]


def test_other_methods_types_and_sizes_are_answered_as_http_has_it(client):
    put = client.put("/sparql", data="x")
    assert put.status_code == 405 and {"GET", "POST"} <= set(put.headers["Allow"].split(", "))
    assert get(client, SELECT, "text/turtle").status_code == 406
    assert get(client, CONSTRUCT, "text/csv").status_code == 406
    assert client.post("/sparql", data="{}", content_type="application/json").status_code == 415
    long = {"data": b"x" * 1_100_000, "content_type": "application/sparql-query"}
    assert client.post("/sparql", **long).status_code == 413


def test_head_and_options(client):
    head = client.head("/sparql", query_string={"query": ASK})
    assert (head.status_code, head.data) == (200, b"")
    assert head.mimetype == "application/sparql-results+json"
    options = client.options("/sparql", headers={"Origin": "https://elsewhere.example"})
    assert options.status_code == 200
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in options.headers["Access-Control-Allow-Headers"]
    assert options.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_the_graphs_that_a_request_names_are_all_that_is_read(client, way):
    """https://www.w3.org/TR/sparql11-protocol/#dataset"""
    whole = count(client, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    inside = count(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}")
    query = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}-courier> WHERE {{ ?s ?p ?o }}"  # noqa: S608
    given = {"default-graph-uri": GRAPH}
    answer = {
        "get": lambda: get(client, query, **given),
        "form": lambda: client.post("/sparql", data={"query": query} | given),
        "body": lambda: client.post(
            "/sparql", query_string=given, data=query, content_type="application/sparql-query"
        ),
    }[way]()
    found = int(answer.json["results"]["bindings"][0]["n"]["value"])
    assert 0 < found == inside < whole


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.mark.parametrize(
    "name", ["http://x/1", "urn:x:1", "http://x/p#", f"{RDF}li", f"{RDF}bagID"]
)
def test_what_has_no_name_in_xml_is_refused_as_xml_alone(client, name):
    query = f"CONSTRUCT {{ <x:s> <{name}> 1 }} {{}}"
    answer = get(client, query, "application/rdf+xml")
    assert answer.status_code == 400
    assert f"<{name}> cannot be written as RDF/XML" in answer.json["detail"]
    assert get(client, query, "text/turtle").status_code == 200


@pytest.mark.parametrize("name", ["http://x/1a", "http://x/a.b", "http://x/\u00e9", f"{RDF}_1"])
def test_other_properties_are_written_as_xml(client, name):
    answer = get(client, f"CONSTRUCT {{ <x:s> <{name}> 1 }} {{}}", "application/rdf+xml")
    assert [str(p) for p in Graph().parse(data=answer.data, format="xml").predicates()] == [name]


@pytest.mark.parametrize("wrapper", [ReadOnlyFileBasedBuffer, FileWrapper])
def test_a_large_result_comes_whole_behind_the_server_that_serves_it(client, wrapper):
    server = {"wsgi.file_wrapper": wrapper}
    asked = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 8000"}
    answer = client.get("/sparql.json", query_string=asked, environ_overrides=server)
    assert answer.status_code == 200 and len(answer.data) == answer.content_length > INLINE
    assert len(json.loads(answer.data)["results"]["bindings"]) == 8000
    kept = {"If-None-Match": answer.headers["ETag"]}
    again = client.get("/sparql.json", query_string=asked, headers=kept, environ_overrides=server)
    assert again.status_code == 304 and not again.data
