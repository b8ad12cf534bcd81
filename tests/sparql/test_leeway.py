"""What a query leaves open: all that may be, and of that what asking shows to matter."""

import io
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.cite.digest import digest_of
from kg.cite.result import left_open
from kg.names import Names
from kg.sparql.leeway import leeways
from kg.sparql.prepare import prepare
from kg.sparql.results import write_result_to
from kg.sparql.run import execute

NAMES = Names("https://example.org/")
KEY, WORD = NamedNode("urn:key"), NamedNode("urn:word")
ROWS = [(1, "a"), (1, "b"), (2, "c"), (2, "c"), (3, "d")]
PATTERN = "{ ?s <urn:key> ?k ; <urn:word> ?w }"


def store_of(rows):
    store = Store()
    for number, (key, word) in enumerate(rows):
        subject = NamedNode(f"urn:s:{number}")
        store.add(Quad(subject, KEY, Literal(key)))
        store.add(Quad(subject, WORD, Literal(word)))
    return store


def left(query, rows=ROWS):
    """What asking some rows shows to be left open."""
    store = store_of(rows)
    prepared = prepare(query, NAMES)

    def asked(text):
        body = io.BytesIO()
        found = execute(store, replace(prepared, text=text, tokens=()), NAMES)
        count = write_result_to(found, "nt" if prepared.graph else "json", NAMES, body)
        body.seek(0)
        return digest_of(body, graph=prepared.graph), count

    _, count = asked(prepared.text)
    return left_open(leeways(prepared.text, count), lambda text: asked(text)[0])


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"SELECT ?w {PATTERN} ORDER BY ?k LIMIT 1", "Add ?w to ORDER BY."),
        (f"SELECT ?w {PATTERN} ORDER BY ?k OFFSET 1", "OFFSET cuts where ORDER BY may"),
        (f"SELECT ?w {PATTERN} ORDER BY ?k LIMIT 1 OFFSET 1", "LIMIT cuts where ORDER BY may"),
        (f"SELECT ?w {PATTERN} ORDER BY STR(?w) STRLEN(?w) LIMIT 3", ""),
        (f"SELECT ?w {PATTERN} LIMIT 1", "in no order. Add ORDER BY ?w."),
        (f"SELECT * {PATTERN} ORDER BY ?k LIMIT 1", "Add ?s, ?w to ORDER BY."),
        (f"SELECT DISTINCT ?w {PATTERN} ORDER BY ?k LIMIT 2", "sorted by ?k, which DISTINCT"),
        (f"SELECT ?k (COUNT(*) AS ?n) {PATTERN} GROUP BY ?k ORDER BY DESC(?n) LIMIT 1", "Add ?k"),
        (f"SELECT ?w {{ {{ SELECT ?w {PATTERN} LIMIT 1 }} }}", "LIMIT in a sub-SELECT cuts"),
        (f"SELECT ?w {{ {{ SELECT * {PATTERN} ORDER BY ?k LIMIT 1 }} }}", "Add all that is shown"),
        (f"SELECT ?x {{ ?x ?y ?z FILTER EXISTS {{ SELECT ?s {PATTERN} LIMIT 1 }} }}", "sub-SELECT"),
        (f"SELECT ?k (SAMPLE(?w) AS ?x) {PATTERN} GROUP BY ?k", "MIN or MAX"),
        (f"SELECT (GROUP_CONCAT(?w; SEPARATOR=';') AS ?x) {PATTERN}", "GROUP_CONCAT joins"),
        (f"SELECT (STRLEN(GROUP_CONCAT(?s)) AS ?x) {PATTERN}", "GROUP_CONCAT joins"),
        (f"SELECT (STRLEN(SAMPLE(?s)) AS ?x) {PATTERN}", "MIN or MAX"),
        (f"SELECT ?x {{ {{ SELECT (SAMPLE(?s) AS ?x) {PATTERN} }} }}", "MIN or MAX"),
        (f"SELECT REDUCED ?k {PATTERN}", "REDUCED may keep"),
        (f"CONSTRUCT {{ ?s <urn:x> ?k }} WHERE {PATTERN} LIMIT 1", "Add ORDER BY ?k ?s."),
        (f"CONSTRUCT WHERE {PATTERN} LIMIT 1", "Add ORDER BY ?k ?s ?w."),
        (f"DESCRIBE ?s {PATTERN} LIMIT 1", "Add ORDER BY ?s."),
    ],
)
def test_what_is_left_open_is_said_with_what_to_do(query, says):
    found = left(query)
    assert len(found) == 1 and says in found[0] if says else not found


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?w {PATTERN} ORDER BY ?k LIMIT 2",
        f"SELECT ?w {PATTERN} ORDER BY ?k OFFSET 2 LIMIT 1",
        f"SELECT ?w {PATTERN} ORDER BY DESC(?w) LIMIT 3",
        f"SELECT ?k {PATTERN} ORDER BY ?k LIMIT 1",
        f"SELECT ?w {PATTERN} LIMIT 5",
        f"SELECT ?w {PATTERN} LIMIT 50",
        f"SELECT ?w {{ {{ SELECT ?w ?k {PATTERN} ORDER BY ?k ASC(?w) LIMIT 1 }} }}",
        f"SELECT ?w (SAMPLE(?k) AS ?x) {PATTERN} GROUP BY ?w",
        f"SELECT ?k (GROUP_CONCAT(DISTINCT ?k) AS ?x) {PATTERN} GROUP BY ?k",
        f"SELECT REDUCED ?s {PATTERN}",
        f"ASK {PATTERN} LIMIT 1",
        f"CONSTRUCT WHERE {PATTERN} LIMIT 5",
        f"DESCRIBE ?s {PATTERN} ORDER BY ?k LIMIT 2",
        f"SELECT ?w {PATTERN} # LIMIT 1",
        "SELECT ('LIMIT 1 SAMPLE' AS ?LIMIT) {}",
    ],
)
def test_nothing_is_said_where_nothing_comes_of_it(query):
    assert left(query) == ()


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab")), max_size=5),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_a_cut_is_left_open_just_where_some_right_answer_differs(rows, offset, limit):
    query = f"SELECT ?w {PATTERN} ORDER BY ?k LIMIT {limit} OFFSET {offset}"
    right = {
        tuple(sorted(word for _, word in order[offset : offset + limit]))
        for order in permutations(rows)
        if [key for key, _ in order] == sorted(key for key, _ in rows)
    }
    assert len(right) == 1 or left(query, rows)
    assert not left(query, rows) or len(right) > 1 or offset
