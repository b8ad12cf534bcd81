"""What the protocol promises, over graphs of which each says one thing of its own.

https://www.w3.org/TR/sparql11-protocol/: our own statement of it. An endpoint that passes over the
graphs that a request names fails here.
"""

from __future__ import annotations

import pytest

BASE = "http://example.org/graph/"
A, B, C = (f"{BASE}{name}" for name in "abc")
SAYS = "ASK {{ <{0}> a <http://example.org/Graph> }}"
WITHIN = "ASK {{ GRAPH <{0}> {{ <{0}> a <http://example.org/Graph> }} }}"
SOMEWHERE = "ASK {{ GRAPH ?g {{ <{0}> a <http://example.org/Graph> }} }}"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ACCENT = "SELECT ('é' AS ?word) {}"
TYPE = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
WAYS = ["get", "form", "body"]


@pytest.fixture(scope="session")
def abc(serve):
    """Graphs a, b and c; all three say that a is a letter."""
    shared = f"<{A}> a <http://example.org/Letter> ."
    return serve({g: f"<{g}> a <http://example.org/Graph> . {shared}".encode() for g in (A, B, C)})


def ask(client, query, way="get", default=(), named=(), **headers):
    graphs = {"default-graph-uri": list(default), "named-graph-uri": list(named)}
    given = {name: iris for name, iris in graphs.items() if iris}
    if way == "get":
        return client.get("/sparql", query_string={"query": query} | given, headers=headers)
    if way == "form":
        return client.post("/sparql", data={"query": query} | given, headers=headers)
    return client.post(
        "/sparql", query_string=given, data=query, content_type=TYPE, headers=headers
    )


def says(*args, **kwargs):
    return ask(*args, **kwargs).json["boolean"]


def number(*args, **kwargs):
    return int(ask(*args, **kwargs).json["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("way", WAYS)
def test_where_no_graph_is_named_the_default_graph_is_the_union(abc, way):
    for graph in (A, B, C):
        for query in (SAYS, WITHIN, SOMEWHERE):
            assert says(abc, query.format(graph), way)
    assert number(abc, COUNT, way) == 4


@pytest.mark.parametrize("way", WAYS)
def test_the_default_graph_is_the_union_of_exactly_those_named_for_it(abc, way):
    assert says(abc, SAYS.format(A), way, [A])
    assert not says(abc, SAYS.format(B), way, [A])
    assert says(abc, SAYS.format(B), way, [A, B])
    assert not says(abc, SAYS.format(C), way, [A, B])
    assert number(abc, COUNT, way, [A]) == number(abc, COUNT, way, [A, A]) == 2
    assert number(abc, COUNT, way, [A, B]) == 3


@pytest.mark.parametrize("way", WAYS)
def test_with_a_default_graph_alone_no_named_graph_is_reached(abc, way):
    for query in (WITHIN, SOMEWHERE):
        assert not says(abc, query.format(A), way, [A])
        assert not says(abc, query.format(B), way, [A, B])


@pytest.mark.parametrize("way", WAYS)
def test_with_named_graphs_alone_the_default_graph_is_empty(abc, way):
    assert not says(abc, SAYS.format(A), way, named=[A])
    assert number(abc, COUNT, way, named=[A, B]) == 0


@pytest.mark.parametrize("way", WAYS)
def test_exactly_the_graphs_that_are_named_are_reached_by_name(abc, way):
    for query in (WITHIN, SOMEWHERE):
        assert says(abc, query.format(A), way, named=[A])
        assert not says(abc, query.format(B), way, named=[A])
        assert says(abc, query.format(B), way, [C], [A, B])
        assert not says(abc, query.format(C), way, [C], [A, B])
    each = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(abc, each, way, [C], [A, B]) == 2


@pytest.mark.parametrize("way", WAYS)
def test_what_the_request_names_overrides_what_the_query_names(abc, way):
    from_b = f"ASK FROM <{B}> {{ <{B}> a <http://example.org/Graph> }}"
    assert says(abc, from_b, way) and not says(abc, from_b, way, [A])
    assert not says(abc, from_b, way, named=[B])
    named_b = f"ASK FROM NAMED <{B}> {{ GRAPH <{B}> {{ ?s ?p ?o }} }}"
    assert says(abc, named_b, way) and not says(abc, named_b, way, named=[A])
    assert not says(abc, named_b, way, [B])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("foreign", [f"{BASE}none", "file:///etc/passwd", "relative", ""])
def test_a_graph_that_is_not_published_is_refused_with_the_reason(abc, way, foreign):
    for graphs in ({"default": [foreign]}, {"named": [foreign]}, {"default": [A, foreign]}):
        answer = ask(abc, "ASK {}", way, **graphs)
        assert answer.status_code == 400
        assert f"<{foreign}> is no graph of this release" in answer.json["detail"]


def test_graphs_that_the_address_names_hold_for_a_form_too(abc):
    place = {"default-graph-uri": A}
    sent = abc.post("/sparql", query_string=place, data={"query": SAYS.format(B)})
    assert sent.json["boolean"] is False
    both = abc.post("/sparql", query_string=place, data={"query": COUNT, "default-graph-uri": B})
    assert both.json["results"]["bindings"][0]["n"]["value"] == "3"


def test_the_same_question_has_the_same_answer_however_it_is_sent(abc):
    answers = {ask(abc, ACCENT, way).data for way in WAYS}
    answers.add(abc.post("/sparql", data=ACCENT, content_type=f"{TYPE}; charset=utf-8").data)
    unescaped = {"QUERY_STRING": f"query={ACCENT}".encode().decode("latin-1")}
    answers.add(abc.get("/sparql", environ_overrides=unescaped).data)
    assert len(answers) == 1 and "é".encode() in answers.pop()


@pytest.mark.parametrize("extra", [{"format": "csv"}, {"output": "xml"}, {"results": "json"}])
def test_parameters_of_other_endpoints_choose_nothing(abc, extra):
    answer = abc.get("/sparql", query_string={"query": "ASK {}"} | extra)
    assert answer.mimetype == "application/sparql-results+json"


WRONG = [
    ("/sparql?nothing=else", None, None, 400, "no query"),
    ("/sparql?query=ASK{}&query=ASK{}", None, None, 400, "given 2 times"),
    ("/sparql?query=ASK{}%E9", None, None, 400, "not UTF-8"),
    ("/sparql?" + "x=1&" * 1_001, None, None, 400, "1,000 parameters"),
    ("/sparql?query=ASK%20{%0A%20?s%20?p", None, None, 400, "line 2, column"),
    ("/sparql", b"", None, 415, "'nothing'"),
    ("/sparql", b"", FORM, 400, "no query"),
    ("/sparql", b"", TYPE, 400, "not SPARQL"),
    ("/sparql", b"query=%E9", FORM, 400, "not UTF-8"),
    ("/sparql", b"ASK {}", "text/plain", 415, "text/plain"),
    ("/sparql", b"ASK {}", "multipart/form-data; boundary=x", 415, "multipart"),
    ("/sparql", b"CLEAR ALL", "application/sparql-update", 415, "only reads"),
    ("/sparql", "ASK {}".encode("utf-16"), f"{TYPE}; charset=UTF-16", 415, "UTF-16"),
    ("/sparql", "ASK {}".encode("utf-16-le"), f'{TYPE}; charset="utf-16"', 415, "utf-16"),
    ("/sparql", "ASK {}".encode("utf-16"), TYPE, 400, "not UTF-8"),
    ("/sparql", b"query=ASK{}", f"{FORM}; charset=ISO-8859-1", 415, "ISO-8859-1"),
    ("/sparql?query=ASK{}", b"ASK {}", TYPE, 400, "given 2 times"),
    ("/sparql?query=ASK{}", b"query=ASK{}", FORM, 400, "given 2 times"),
    ("/sparql", b"#" * 70_000, TYPE, 413, "at most 65,536"),
    ("/sparql", b"#" * 2**21, TYPE, 413, "too long"),
]


@pytest.mark.parametrize(("address", "body", "kind", "status", "detail"), WRONG)
def test_a_request_that_is_wrong_is_told_what_is_wrong(abc, address, body, kind, status, detail):
    method = "GET" if body is None else "POST"
    answer = abc.open(address, method=method, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert detail in answer.json["detail"]
    assert (answer.headers.get("Accept-Post") is not None) == (status == 415)


@pytest.mark.parametrize("kind", [TYPE, FORM])
@pytest.mark.parametrize(
    ("coding", "status"),
    [("gzip", 415), ("identity, br", 415), ("x", 415), ("Identity", 200), ("", 200)],
)
def test_a_body_that_is_packed_is_not_read_as_if_it_were_not(abc, kind, coding, status):
    body = b"query=ASK{}" if kind == FORM else b"ASK {}"
    coded = {"Content-Encoding": coding}
    answer = abc.post("/sparql", data=body, content_type=kind, headers=coded)
    assert answer.status_code == status
    assert answer.headers.get("Accept-Encoding") == ("identity" if status == 415 else None)
    if status == 415:
        assert coding in answer.json["detail"] and "as it is" in answer.json["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_told_which_there_are(abc, method):
    answer = abc.open("/sparql?query=ASK{}", method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:b> <a:c> }", "PREFIX x: <x:> DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"],
)
def test_an_update_sent_as_a_query_is_refused_as_what_it_is(abc, update):
    for way in WAYS:
        answer = ask(abc, update, way)
        assert answer.status_code == 400 and "only reads" in answer.json["detail"]
    assert number(abc, COUNT) == 4


def test_a_preflight_lets_a_page_elsewhere_post_a_query(abc):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = abc.options("/sparql", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(("suffix", "body"), [("csv", b"true"), ("tsv", b"true")])
def test_yes_or_no_as_a_table_is_a_word(abc, suffix, body):
    assert abc.get(f"/sparql.{suffix}?query=ASK{{}}").data == body
    assert abc.get(f"/sparql.{suffix}?query=ASK{{FILTER(false)}}").data == b"false"


def test_a_large_result_is_sent_whole_in_pieces(abc):
    values, word = " ".join(map(str, range(2_000))), "x" * 900
    query = f"SELECT ?n ('{word}' AS ?word) {{ VALUES ?n {{ {values} }} }}"
    answer = ask(abc, query, Accept="text/csv")
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == len(answer.data) > 2**20
    assert len(answer.text.splitlines()) == 2_001
    head = abc.head("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    assert (head.data, head.headers["Content-Length"]) == (b"", answer.headers["Content-Length"])
