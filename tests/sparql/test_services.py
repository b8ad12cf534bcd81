"""SERVICE: who is asked, what, and that the answer is joined as the standard says."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import time
from contextlib import suppress
from dataclasses import replace

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import QueryRefused, ServiceError
from kg.names import Names
from kg.sparql.prepare import Prepared, prepare
from kg.sparql.run import execute
from kg.sparql.services.address import check, target_of
from kg.sparql.services.ask import ask_services
from kg.sparql.services.values import values
from sparql.arq import HERE, Arq
from sparql.elsewhere import elsewhere, knows, says
from sparql.results import as_rows, comparable
from sparql.terms import term
from union import united

NAMES = Names("http://e/")
PREFIX = "PREFIX : <http://e/> "
LOCAL = ":a :p :b ; :q 1 . :b :p :c ; :q 2 . :c :p :d . :d :q 1 ."
REMOTE = ':a :n "Anna"@en , "A" ; :m 1 . :b :n "Ben" ; :m 2 . :c :m 2.0 . :x :n "X\\n\\"\\\\y" .'


def store_of(turtle, graph=None):
    text = f"@prefix : <http://e/> . {turtle}"
    quads = parse(text, format=RdfFormat.TURTLE)
    made = Store()
    if graph is None:
        made.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    else:
        made.extend(united(Quad(q.subject, q.predicate, q.object, graph) for q in quads))
    return made


@pytest.fixture(scope="module")
def here():
    return store_of(LOCAL, NamedNode("http://e/g1"))


@pytest.fixture(scope="module")
def there():
    with elsewhere(knows(store_of(REMOTE))) as found:
        yield found


def run(store, query, service, seconds=10):
    prepared = prepare(PREFIX + query, NAMES, services=[service.address])

    def solve(text):
        return execute(store, Prepared("SELECT", text, prepared.dataset), NAMES)

    text = ask_services(prepared.text, prepared.calls, NAMES.base, seconds, solve)
    return execute(store, replace(prepared, text=text, calls=()), NAMES)


GROUPS = [
    "SELECT * { ?s :p ?o SERVICE <X> { ?s :n ?n } }",
    "SELECT * { SERVICE <X> { ?s :n ?n } . ?s :p ?o }",
    "SELECT * { ?s :p ?o OPTIONAL { SERVICE <X> { ?s :n ?n } } }",
    "SELECT * { ?s :p ?o OPTIONAL { SERVICE <X> { ?s :m ?m } FILTER(?o != :b) } }",
    "SELECT * { ?s :p ?o MINUS { SERVICE <X> { ?s :n ?n } } }",
    "SELECT * { ?s :p ?o FILTER EXISTS { SERVICE <X> { ?s :n ?n } } }",
    "SELECT * { ?s :p ?o FILTER NOT EXISTS { SERVICE <X> { ?s :n ?n } } }",
    "SELECT * { { ?s :p ?o } UNION { SERVICE <X> { ?s :m ?o } } }",
    "SELECT * { ?s :q ?m { SELECT ?m (COUNT(*) AS ?c) { SERVICE <X> { ?z :m ?m } } GROUP BY ?m } }",
    "SELECT * { ?s :q ?m SERVICE <X> { SELECT ?m (COUNT(*) AS ?c) { ?z :m ?m } GROUP BY ?m } }",
    "SELECT ?s (COUNT(?n) AS ?c) { ?s :p ?o SERVICE <X> { ?s ?n ?v } } GROUP BY ?s",
    "SELECT * { SERVICE <X> { ?s :m ?m } SERVICE <X> { ?s :n ?n } ?s :q ?m }",
    "SELECT * { SERVICE <X> { ?s :m ?m OPTIONAL { ?s :n ?n } } FILTER(!BOUND(?n) || ?m < 2) }",
    "SELECT * { ?s :p ?o SERVICE <X> { :a :m 1 } }",
    "SELECT * { ?s :p ?o SERVICE <X> { :a :m 7 } }",
    "SELECT * { VALUES ?s { :a :x } SERVICE <X> { ?s :n ?n } BIND(STRLEN(?n) AS ?l) }",
    "SELECT * { SERVICE <X> { ?s :n ?n FILTER(?n = 'X\\n\"\\\\y') } }",
    "ASK { :a :p ?o SERVICE <X> { ?o :n 'Ben' } }",
    "ASK { :b :p ?o SERVICE <X> { ?o :n 'Ben' } }",
]


@pytest.mark.parametrize("query", GROUPS)
def test_arq_joins_alike_what_it_has_as_a_graph(query, here, there):
    """SERVICE <X> { … } is what GRAPH <X> { … } would be of the other endpoint's statements."""
    if not HERE:
        pytest.skip('needs the extra "arq": Jena ARQ')
    from pyoxigraph import QueryResultsFormat, parse_query_results

    both = Store()
    both.extend(here)
    both.extend(store_of(REMOTE, NamedNode(there.address)).quads_for_pattern(
        None, None, None, NamedNode(there.address)))  # fmt: skip
    arq = Arq(both.dump(format=RdfFormat.N_QUADS).decode())
    query = query.replace("<X>", f"<{there.address}>")
    theirs = arq.ask(PREFIX + query.replace("SERVICE", "GRAPH"))
    expected = comparable(parse_query_results(theirs, format=QueryResultsFormat.JSON))
    assert comparable(run(here, query, there)) == expected


@pytest.mark.parametrize("query", [q for q in GROUPS if "ASK" not in q and "SELECT ?m" not in q])
def test_rdflib_joins_alike_what_it_has_as_a_graph(query, here, there):
    both = rdflib.Dataset(default_union=False)
    both.parse(data=f"@prefix : <http://e/> . {LOCAL}", format="turtle")
    far = both.graph(rdflib.URIRef(there.address))
    far.parse(data=f"@prefix : <http://e/> . {REMOTE}", format="turtle")
    query = query.replace("<X>", f"<{there.address}>")
    found = both.query(PREFIX + query.replace("SERVICE", "GRAPH"))
    expected = as_rows(map(str, found.vars), [[term(cell) for cell in row] for row in found])
    assert comparable(run(here, query, there)) == expected


def test_in_a_graph_of_a_variable_it_is_joined_for_each_graph(here, there):
    rows = list(run(here, f"SELECT * {{ GRAPH ?g {{ ?s :p ?o SERVICE <{there.address}> {{ ?s :m 1 }} }} }}", there))  # fmt: skip # noqa: E501
    assert [(r["g"].value, r["s"].value) for r in rows] == [("http://e/g1", "http://e/a")]


def test_it_is_asked_with_whole_names_and_nothing_else(here, there):
    query = f"# a word\nSELECT * {{ SERVICE <{there.address}> {{ ?s :n <x> , ?n }} ?s :p ?o }}"
    list(run(here, query, there))
    assert there.asked[-1] == ("BASE <http://e/> SELECT * WHERE { ?s <http://e/n> <x> , ?n }")
    headers = there.headers[-1]
    assert headers["Host"] == f"127.0.0.1:{there.port}"
    assert headers["User-Agent"].startswith("WhoHolds/") and "Cookie" not in headers


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <{}> ASK {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "ASK {{ SERVICE <\\u0068{}> {{ ?s ?p ?o }} }}",
        "BASE <{}> ASK {{ SERVICE <> {{ ?s ?p ?o }} }}",
        "ASK {{ sErViCe# {{\n<{}>{{ ?s ?p ?o . }} }}",
        "PREFIX x: <http://127.0.0.1:> ASK {{ SERVICE SILENT x:{}\\/sparql {{ ?s ?p ?o }} }}",
    ],
)
def test_every_spelling_of_a_listed_endpoint_is_asked(query, here, there):
    value = there.address[1:] if "u0068" in query else there.address
    value = there.port if "x:{}" in query else value
    assert bool(run(here, query.format(value), there))


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("SERVICE ?x { ?s ?p ?o }", "variable"),
        ("VALUES ?x { <X> } SERVICE SILENT ?x { ?s ?p ?o }", "variable"),
        ("SERVICE <X/> { ?s ?p ?o }", "spelt exactly"),
        ("SERVICE <X?a=b> { ?s ?p ?o }", "spelt exactly"),
        ("SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", "spelt exactly"),
        ("SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o }", "spelt exactly"),
        ("SERVICE <X> { ?s ?p ?o SERVICE <X> { ?s ?p ?o } }", "in a SERVICE"),
        ("SERVICE <X> { ?s ?p ?o SERVICE SILENT <http://127.0.0.1:9/> {} }", "in a SERVICE"),
        ("SERVICE <X> { ?s ?p ?o } " * 5, "at most 4"),
        ("SERVICE <X> { ?s ?p ?o FILTER(<http://x/f>(?s)) }", "custom function"),
        ("LOAD", "LOAD"),
    ],
)
def test_what_is_not_asked_is_refused(pattern, why, here, there):
    before = len(there.asked)
    with pytest.raises(QueryRefused, match=why):
        run(here, f"SELECT * {{ {pattern.replace('X', there.address)} }}", there)
    assert len(there.asked) == before


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <X> ?s ?p ?o",
        "SERVICE { ?s ?p ?o }",
        "SERVICE",
        "SERVICE SILENT <X>",
        "SERVICE <X> { ?s ?p }",
        "SERVICE <X> { ?s ?p ?o } } LIMIT 1 {",
        "SERVICE <X> { ?s ?p ?o ( } )",
        "OPTIONAL SERVICE <X> { ?s ?p ?o }",
        "FILTER EXISTS SERVICE <X> { ?s ?p ?o }",
        "SERVICE 0",
        "?s ?p SERVICE <X> { ?s ?p ?o } ?o",
        "SERVICE <X> { ?s ?p ?o } ?s ?p",
    ],
)
def test_what_is_no_sparql_is_told_before_anybody_is_asked(pattern, here, there):
    before = len(there.asked)
    with pytest.raises(SyntaxError):
        run(here, f"SELECT * {{ {pattern.replace('X', there.address)} }}", there)
    assert len(there.asked) == before


def test_a_hole_that_is_not_filled_is_no_sparql(here, there):
    query = f"SELECT * {{ SERVICE <{there.address}> {{ ?s ?p ?o }} }}"
    with pytest.raises(SyntaxError):
        execute(here, prepare(query, NAMES, services=[there.address]), NAMES)


def table(*rows, names=("s",)):
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()


def drips(handler, _):
    with suppress(OSError):
        for byte in b"HTTP/1.0 200 OK\r\nX: " + b"x" * 200:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)


def waits(handler, _):
    with suppress(OSError):
        handler.wfile.write(
            b"HTTP/1.0 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{"
        )
        time.sleep(3)


def huge(handler, query):
    with suppress(OSError):
        says(b" " * 9 * 2**20)(handler, query)


URI = {"type": "uri"}
BROKEN = {
    "a redirect": (says(b"", status=302, Location="http://127.0.0.1:9/"), "302, a redirect"),
    "a permanent one": (says(b"", status=308, Location="/other"), "308, a redirect"),
    "an error": (says(b"{}", status=500), "answers 500"),
    "a page": (says(b"<html>", "text/html"), "text/html"),
    "XML": (says(b"<sparql/>", "application/sparql-results+xml"), "xml"),
    "squeezed": (says(b"", Content_Encoding="gzip"), "gzip"),
    "no JSON": (says(b"{"), "no table"),
    "nested": (says(b"[" * 2**20), "no table"),
    "broken off": (says(b'{"head": {', Content_Length="900"), "broke"),
    "yes": (says(b'{"head": {}, "boolean": true}'), "yes or no"),
    "other variables": (says(table(names=["t"])), "not asked for"),
    "no IRI": (says(table({"s": URI | {"value": "http://x/> } SERVICE <http://y/"}})), "<"),
    "a relative IRI": (says(table({"s": URI | {"value": "x"}})), "<"),
    "no datatype": (says(table({"s": {"type": "literal", "value": "x", "datatype": "x> "}})), "<"),
    "no language": (says(table({"s": {"type": "literal", "value": "x", "xml:lang": "e n"}})), "<"),
    "huge": (huge, "more than 8,388,608 bytes"),
    "rows": (says(table(*[{}] * 100_001)), "more than 100,000 rows"),
    "drips": (drips, "in time"),
    "waits": (waits, "in time"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_answer_is_an_error_or_silently_nothing(name, here):
    answer, why = BROKEN[name]
    asks = "SELECT * {{ VALUES ?z {{ 1 }} SERVICE {} <{}> {{ ?s :n 1 }} }}"
    with elsewhere(answer) as found:
        begin = time.monotonic()
        with pytest.raises(ServiceError, match=why):
            run(here, asks.format("", found.address), found, seconds=1)
        (row,) = run(here, asks.format("SILENT", found.address), found, seconds=1)
        assert row["z"].value == "1" and row["s"] is None
        assert time.monotonic() - begin < 3


def test_who_is_not_there_is_an_error_or_silently_nothing(here):
    with elsewhere(says(b"")) as found:
        pass
    query = f"ASK {{ SERVICE <{found.address}> {{ ?s ?p ?o }} }}"
    with pytest.raises(ServiceError, match="cannot be asked"):
        run(here, query, found)
    assert bool(run(here, query.replace("SERVICE", "SERVICE SILENT"), found))


def test_blank_nodes_cannot_be_carried_over_and_are_not_left_out_silently(here):
    with elsewhere(says(table({"s": {"type": "bnode", "value": "b"}}))) as found:
        for word in ("", "SILENT"):
            with pytest.raises(QueryRefused, match="blank node"):
                run(here, f"ASK {{ SERVICE {word} <{found.address}> {{ ?s ?p ?o }} }}", found)


@given(st.text(max_size=40), st.sampled_from(["", "en-GB", "http://x/own"]))
def test_every_literal_comes_over_as_it_is(text, kind):
    told = {"xml:lang": kind} if kind == "en-GB" else {"datatype": kind} if kind else {}
    body = table({"s": {"type": "literal", "value": text, **told}})
    (row,) = Store().query(f"SELECT * {{ {values([body], ['s'], 'http://x/')} }}")
    expected = (
        Literal(text, language=kind) if kind == "en-GB"
        else Literal(text, datatype=NamedNode(kind)) if kind else Literal(text)
    )  # fmt: skip
    assert row["s"] == expected


PUBLIC = ["93.184.215.14", "2606:4700::1111"]
PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_asked_only_where_the_list_names_its_port(address):
    check(target_of("http://name.example:7878/query"), [address])
    for addresses in ([address], [*PUBLIC, address], [address, *PUBLIC]):
        with pytest.raises(ServiceError, match="private"):
            check(target_of("http://name.example/query"), addresses)
    with pytest.raises(ServiceError, match="private"):
        check(target_of("http://name.example:7878/query"), [address, *PUBLIC])


def test_public_addresses_are_asked():
    check(target_of("https://name.example/query"), PUBLIC)


def test_this_machine_is_not_asked_without_its_port(here):
    with elsewhere(says(b"")) as found:
        found.address = "http://localhost/sparql"
        with pytest.raises(ServiceError, match="private"):
            run(here, "ASK { SERVICE <http://localhost/sparql> { ?s ?p ?o } }", found)


def test_a_certificate_that_nobody_vouches_for_is_not_believed(here, tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2"
    subprocess.run(
        ["openssl", *words.split(), "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with elsewhere(says(table()), context) as found:
        query = f"ASK {{ SERVICE <{found.address}> {{ ?s ?p ?o }} }}"
        with pytest.raises(ServiceError, match="CERTIFICATE_VERIFY_FAILED"):
            run(here, query, found)
        assert not found.asked
