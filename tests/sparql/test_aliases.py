"""Names that a SELECT gives may be used in the expressions behind them, in groups, too."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute

NAMES = Names("http://e/")
WHERE = "{ ?s :p ?v } GROUP BY ?s ORDER BY ?s"
INNER = "SELECT (SUM(?v) AS ?t) (?t+1 AS ?u) { ?s :p ?v }"


@pytest.fixture(scope="module")
def store():
    store = Store()
    for name, number in (("a", 1), ("a", 2), ("b", 5)):
        subject, verb = NamedNode(f"http://e/{name}"), NamedNode("http://e/p")
        store.add(Quad(subject, verb, Literal(number)))
    return store


def rows(store, query):
    found = execute(store, prepare(f"PREFIX : <http://e/> {query}", NAMES), NAMES)
    return [[cell and cell.value.removeprefix("http://e/") for cell in row] for row in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            f"SELECT ?s (SUM(?v) AS ?t) (?t*2 AS ?u) (?u+?t AS ?w) {WHERE}",
            [["a", "3", "6", "9"], ["b", "5", "10", "15"]],
        ),
        (
            f"SELECT (STR(?s) AS ?t) (CONCAT('<', ?t, '>') AS ?u) {WHERE}",
            [["a", "<http://e/a>"], ["b", "<http://e/b>"]],
        ),
        (
            "SELECT (SUM(?v) AS ?t) (COUNT(*) AS ?n) (?t / ?n + 0.0 AS ?mean) { ?s :p ?v }",
            [["8", "3", "2.666666666666666666"]],
        ),
        (
            f"SELECT (MAX(?u) AS ?m) {{ {{ SELECT (MIN(?v) AS ?t) (-?t AS ?u) {WHERE} }} }}",
            [["-1"]],
        ),
        ("SELECT (SUM(?no) AS ?t) (COALESCE(?t, 'none') AS ?u) { ?s :p ?v }", [[None, "none"]]),
        (f"SELECT (SUM(?v) AS ?t) (SUM(?t) AS ?u) {WHERE}", [["3", None], ["5", None]]),
        (
            f"SELECT (EXISTS {{ {INNER} }} AS ?e) (COUNT(*) AS ?n) (?n+1 AS ?m) {{ ?s :p ?v }}",
            [["true", "3", "4"]],
        ),
        ("SELECT (?v*2 AS ?t) (?t*2 AS ?u) { :b :p ?v }", [["10", "20"]]),
    ],
)
def test_a_name_stands_for_what_it_was_given(store, query, expected):
    assert rows(store, query) == expected


def test_what_doubles_each_time_is_refused(store):
    heads = " ".join(f"(?a{n}*?a{n} AS ?a{n + 1})" for n in range(20))
    with pytest.raises(QueryRefused, match="stands for more than"):
        rows(store, f"SELECT (SUM(?v) AS ?a0) {heads} {{ ?s :p ?v }}")
