"""The digest of a result: the same for whatever says the same, another for whatever does not."""

import hashlib
import io

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.cite.digest import digest_of
from kg.errors import CitationError
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.results import write_result
from kg.sparql.run import execute

NAMES = Names("https://example.org/")
A, B, C = (NamedNode(f"https://example.org/{name}") for name in "abc")
WORDS = (Literal("نهر", language="ar"), Literal("two\tlines\nof it"), Literal("1"))


def digest(query: str, *quads: Quad) -> str:
    store = Store()
    store.extend(quads or [Quad(A, B, word) for word in WORDS])
    prepared = prepare(query, NAMES)
    form = "nt" if prepared.graph else "json"
    body = write_result(execute(store, prepared, NAMES), form, NAMES)
    return digest_of(io.BytesIO(body), graph=prepared.graph)


def test_a_digest_is_what_its_definition_says():
    row = "<https://example.org/a>\tUNDEF"
    table = f"SELECT ?s\t?x\n{row}\n"
    assert digest("ASK {}") == "sha256:" + hashlib.sha256(b"ASK true\n").hexdigest()
    found = digest("SELECT DISTINCT ?s ?x WHERE { ?s ?p ?o OPTIONAL { ?o ?p ?x } }")
    assert found == f"sha256:{hashlib.sha256(table.encode()).hexdigest()}"


def test_order_does_not_count_but_rows_and_columns_do():
    up, down = (f"SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY {way}(?o)" for way in ("ASC", "DESC"))
    assert digest(up) == digest(down)
    assert digest(up) != digest("SELECT ?o ?s { ?s ?p ?o }")
    assert digest(up) != digest("SELECT ?s ?o { ?s ?p ?o } LIMIT 2")
    twice = "SELECT ?s ?o { { ?s ?p ?o } UNION { ?s ?p ?o } }"
    assert digest(twice) != digest(up), "a row that comes twice counts twice"


def test_kinds_of_terms_are_told_apart():
    kinds = [Literal("1"), Literal(1), Literal("1", language="en"), NamedNode("urn:x:1")]
    found = {digest("SELECT ?o { ?s ?p ?o }", Quad(A, B, kind)) for kind in kinds}
    assert len(found) == len(kinds)
    assert digest("ASK {}") != digest("ASK { FILTER(false) }")


def test_blank_nodes_are_named_canonically_in_graphs_and_refused_in_tables():
    chain = "CONSTRUCT { ?s ?p [ ?q ?o ] } WHERE { ?s ?p ?o BIND(?p AS ?q) }"
    assert digest(chain) == digest(chain)
    with pytest.raises(CitationError, match="blank nodes"):
        digest("SELECT (BNODE() AS ?x) {}")
