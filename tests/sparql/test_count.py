"""COUNT of an expression counts the rows for which it has a value."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from sparql.arq import HERE, Arq
from sparql.results import comparable

NAMES = Names("http://e/")
ROWS = [
    "1 'a'",
    "'a' 1",
    "",
    "1 UNDEF 1",
    "UNDEF 1 1 2",
    "'a' 'b'",
    "1 'a' <http://x/> 2.5 'b'@en",
    "UNDEF",
]
AGGREGATES = [
    f"{name}({distinct}{of})"
    for name in ("COUNT", "SUM", "AVG", "MIN", "MAX", "GROUP_CONCAT")
    for distinct in ("", "DISTINCT ")
    for of in ("?v + 1", "STR(?v + 1)", "(?v)", "COALESCE(?v, 'none')")
    # what mixes kinds has an order, and a sum, of each engine's own
    if name == "COUNT" or "+" in of
    # ARQ has no value for different words of no row; the standard has the empty word
    if not (name == "GROUP_CONCAT" and distinct)
]
SHAPES = [
    "SELECT (COUNT(?v + 1) AS ?n) (COUNT(?v) AS ?m) (COUNT(DISTINCT ?v * 2) - 1 AS ?k) { ROWS }",
    "SELECT ?v (COUNT(?v * 2) AS ?n) { ROWS } GROUP BY ?v HAVING(COUNT(?v * 2) > 0)",
    "SELECT ?v { ROWS } GROUP BY ?v HAVING COUNT(?v * 2) ORDER BY DESC(COUNT(?v + 1)) STR(?v)",
    "SELECT ?v { ROWS } GROUP BY ?v ORDER BY COUNT(DISTINCT ?v + 1) STR(?v)",
    "SELECT * { { SELECT (COUNT(-?v) AS ?n) { ROWS } } VALUES ?n { 0 1 2 } }",
    "SELECT (COUNT(DISTINCT *) AS ?n) (COUNT(*) AS ?m) (COUNT(DISTINCT 1) AS ?k) { ROWS }",
    "SELECT (COUNT(DISTINCT\n# a word )\nSTRLEN( ')' ) / ?v) AS ?n) { ROWS }",
]


@pytest.fixture(scope="module")
def arq():
    if not HERE:
        pytest.skip('needs the extra "arq": Jena ARQ')
    return Arq("")


def run(query):
    return comparable(execute(Store(), prepare(query, NAMES), NAMES))


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("shape", [f"SELECT ({a} AS ?n) {{ ROWS }}" for a in AGGREGATES] + SHAPES)
def test_arq_counts_alike(shape, rows, arq):
    query = shape.replace("ROWS", f"VALUES ?v {{ {rows} }}")
    theirs = arq.ask(query)
    expected = comparable(parse_query_results(theirs, format=QueryResultsFormat.JSON))
    assert run(query) == expected


def test_what_has_a_value_is_counted():
    query = "SELECT (COUNT(?v+1) AS ?n) (COUNT(DISTINCT ?v+1) AS ?m) { VALUES ?v { 1 'a' 1 } }"
    (row,) = execute(Store(), prepare(query, NAMES), NAMES)
    assert (row["n"].value, row["m"].value) == ("2", "1")


def test_a_group_within_is_refused():
    with pytest.raises(QueryRefused, match="BIND"):
        run("SELECT (COUNT(DISTINCT EXISTS { ?s ?p ?v }) AS ?n) { VALUES ?v { 1 } }")
