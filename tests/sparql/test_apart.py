"""Groups know nothing of what is bound around them, whatever the engine would tell them."""

import os
import random
from collections import Counter

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.standard.apart import APART, set_apart
from sparql.algebra import Unclear, solutions, written
from sparql.nesting import Drawing

NAMES = Names("http://x/")
PREFIX = "PREFIX x: <http://x/> "
DATA = "x:a x:k 1 ; x:p x:v ; x:w x:other ; x:to x:end . x:b x:p x:v ; x:to x:v ."
MINUS = "?s x:p ?x MINUS { ?s x:w ?o }"
MANY = int(os.environ.get("WHOHOLDS_SEEDS", "3000"))


@pytest.fixture(scope="module")
def store():
    return stored(DATA)


def stored(turtle):
    found = Store()
    text = f"@prefix x: <http://x/> . {turtle} x:g {{ {turtle} }}"
    found.load(text.encode(), format=RdfFormat.TRIG)
    return found


def rows(store, query):
    """The rows of a query, each as names and terms of our algebra."""
    found = execute(store, prepare(PREFIX + query, NAMES), NAMES)
    names = [name.value for name in found.variables]
    return Counter(
        frozenset((f"?{n}", _said(row[n].value)) for n in names if row[n] is not None)
        for row in found
    )


def _said(value):
    return value.replace("http://x/", "x:")


def asked(store, where):
    found = rows(store, f"SELECT ?s ?x {{ ?s ?k ?d {where} ?s x:to ?o }}")
    return {dict(row).get("?x") for row in found if ("?s", "x:a") in row}


@pytest.mark.parametrize(
    "where",
    [
        f"OPTIONAL {{ {MINUS} }}",
        f"OPTIONAL {{ {{ {MINUS} }} }}",
        f"optional {{ {{ {MINUS} }} UNION {{ ?s x:k ?x FILTER(?x > 1) }} }}",
        f"{{ SELECT * {{ ?s ?k ?d OPTIONAL {{ {MINUS} }} }} }}",
        f"OPTIONAL {{ ?s x:p ?y OPTIONAL {{ {MINUS} }} }}",
        f"OPTIONAL {{ {{ SELECT * {{ {MINUS} }} }} }}",
        f"OPTIONAL {{ {{ SELECT ?s ?x {{ {MINUS} }} }} }}",
        "OPTIONAL { ?s x:p ?x FILTER(STR(?x) = 'MINUS') }",
        "OPTIONAL { SELECT ?s ?x { ?s x:p ?x } ORDER BY DESC(?s) LIMIT 1 }",
        "OPTIONAL { SELECT * { ?s x:p ?x } ORDER BY DESC(?s) LIMIT 1 }",
        "OPTIONAL { ?s x:p ?x { ?x ^x:p ?t FILTER NOT EXISTS { ?t x:p ?x } } }",
    ],
)
def test_what_is_optional_and_not_there_leaves_its_row(store, where):
    assert asked(store, where) == {None}


def test_minus_elsewhere_is_answered(store):
    assert asked(store, "OPTIONAL { ?s x:p ?x } MINUS { ?s x:w ?o }") == set()


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("{ ?s x:to ?o { ?s x:p ?v FILTER NOT EXISTS { ?o x:w ?z } } }", 0),
        ("{ ?s x:to ?o { ?s x:p ?v FILTER EXISTS { ?o x:w ?z } } }", 2),
        ("{ ?s x:to ?o GRAPH x:g { ?s x:p ?v FILTER EXISTS { ?t x:w ?o } } }", 2),
        ("{ ?s x:to ?o { ?s x:p ?v BIND(EXISTS { ?t x:w ?o } AS ?e) } FILTER(?e) }", 2),
        ("{ ?s ?k ?v BIND(EXISTS { ?t x:w ?o } AS ?e) ?s x:to ?o FILTER(?e) }", 6),
        ("{ ?s x:to ?o { ?s x:p ?v } UNION { ?s x:p ?v FILTER EXISTS { ?t x:w ?o } } }", 4),
        ("{ { ?s ?k ?v FILTER EXISTS { ?t x:w ?o } } ?s x:to ?o }", 6),
        ("{ { ?s ?k ?v FILTER EXISTS { ?t x:w ?o } } } VALUES (?s ?o) { (x:b x:end) }", 2),
        ("{ ?s ?k ?v FILTER EXISTS { ?t x:w ?o } } VALUES (?s ?o) { (x:b x:end) }", 2),
        ("{ GRAPH ?g { ?s x:to ?o { ?s x:p ?v FILTER EXISTS { ?t x:w ?o } } } }", 2),
        ("{ ?s x:to ?o { { ?s x:p ?v } UNION { ?s x:w ?o } FILTER EXISTS { ?t x:w ?o } } }", 2),
        ("{ ?s x:p ?x FILTER NOT EXISTS { ?s x:w ?y MINUS { ?t x:k ?y } } }", 1),
    ],
)
def test_exists_is_told_of_its_own_group_alone(store, where, count):
    assert rows(store, f"SELECT * {where}").total() == count


@pytest.mark.parametrize(
    "inner",
    [
        "?s x:p ?x MINUS { ?s x:q ?y }",
        "?t x:p ?x MINUS { ?u x:q ?y }",
        "?s x:p ?x OPTIONAL { ?x x:w ?z } MINUS { ?s x:q ?z }",
        "BIND(1 AS ?d)",
        "?t x:p ?x { BIND(1 AS ?d) }",
        "{ SELECT (COUNT(*) AS ?d) { ?t x:p ?x } }",
        "?s x:p ?x FILTER EXISTS { ?s x:w ?w MINUS { ?s x:q ?x } }",
    ],
)
def test_what_the_standard_leaves_open_is_refused(store, inner):
    with pytest.raises(QueryRefused, match="within EXISTS"):
        rows(store, f"SELECT * {{ ?s x:k ?d FILTER NOT EXISTS {{ {inner} }} }}")


NONE = "VALUES ?s { x:a x:none }"
LOOP = "EXISTS { ?s x:to* ?t }"


@pytest.mark.parametrize(
    "where",
    [
        f"{{ {NONE} FILTER {LOOP} }}",
        f"{{ {NONE} FILTER NOT EXISTS {{ ?s (x:to*)+ ?t }} }}",
        f"{{ {NONE} FILTER EXISTS {{ ?s x:to*/(x:w|x:p?) [] }} }}",
        f"{{ {NONE} FILTER EXISTS {{ ?t ^x:to? ?s }} }}",
        f"{{ {NONE} FILTER EXISTS {{ {{ SELECT ?s {{ ?s x:to* ?t }} }} }} }}",
        f"{{ {NONE} FILTER EXISTS {{ ?u x:p ?v FILTER NOT {LOOP} }} }}",
        f"{{ {NONE} FILTER EXISTS {{ ?u x:p ?v OPTIONAL {{ ?s x:to* ?t }} }} }}",
        f"{{ {NONE} OPTIONAL {{ ?u x:p ?v FILTER {LOOP} }} }}",
        f"{{ {NONE} BIND({LOOP} AS ?e) }}",
        f"{{ {{ {NONE} FILTER {LOOP} }} ?t x:p ?v }}",
        f"{{ {{ SELECT ?s {{ {NONE} FILTER {LOOP} }} LIMIT 1 }} ?s x:p ?v }}",
        f"{{ {{ ?s x:p ?v }} UNION {{ {NONE} }} FILTER {LOOP} }}",
        f"{{ ?u x:p ?v OPTIONAL {{ ?u x:k ?s }} FILTER {LOOP} }}",
        "{ ?s x:p ?v FILTER EXISTS { GRAPH x:g { ?s x:to* ?t } } }",
        "{ GRAPH x:g { ?s x:p ?v } FILTER EXISTS { GRAPH x:h { ?s x:to* ?t } } }",
        "{ ?u x:k ?y BIND(?y + 100 AS ?s) FILTER NOT EXISTS { x:a x:p ?b . ?s x:p* ?t } }",
        "{ ?u ?s ?o FILTER EXISTS { ?t x:to* ?s } }",
        f"{{ ?s x:p ?v }} GROUP BY ?s (x:none AS ?t) HAVING({LOOP} && EXISTS {{ ?u x:p* ?t }})",
    ],
)
def test_a_path_of_no_length_at_what_may_be_no_node_is_refused(store, where):
    with pytest.raises(QueryRefused, match="path that may have no length"):
        rows(store, f"SELECT ?s {where}")


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (f"{{ ?s x:p ?v FILTER {LOOP} }}", 2),
        (f"{{ ?u x:to ?s FILTER NOT {LOOP} }}", 0),
        (f"{{ GRAPH x:g {{ ?s x:p ?v }} FILTER EXISTS {{ GRAPH x:g {LOOP[7:]} }} }}", 2),
        (f"{{ GRAPH ?g {{ ?s x:p ?v FILTER {LOOP} }} }}", 2),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to+ ?t }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to*/x:p ?t }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to*/!^x:p ?t }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to* x:end }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to* ?t . ?t x:p ?v }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?s x:to* ?t . ?t x:p* ?u . ?u x:k 1 }} }}", 1),
        (f"{{ {NONE} FILTER EXISTS {{ ?u x:to* ?t }} }}", 2),
        (f"{{ {NONE} FILTER EXISTS {{ SELECT ?t {{ ?s x:to* ?t }} }} }}", 2),
        (f"{{ {NONE} {{ ?u x:k ?v FILTER {LOOP} }} }}", 2),
        (f"{{ {NONE} ?s x:to* ?u FILTER {LOOP} }}", 2),
        (f"{{ ?s x:p ?v {{ {NONE} FILTER {LOOP} }} }}", 1),
        (f"{{ ?s x:p ?v OPTIONAL {{ ?u x:w ?o FILTER {LOOP} }} }}", 2),
        (f"{{ {{ ?s x:p ?v }} UNION {{ ?v x:k ?s }} FILTER {LOOP} }}", 3),
        (f"{{ ?s x:p ?v }} GROUP BY ?s HAVING({LOOP})", 2),
    ],
)
def test_a_path_of_no_length_at_nodes_is_answered(store, where, count):
    assert rows(store, f"SELECT ?s {where}").total() == count


@pytest.mark.parametrize(
    "where",
    [
        "{ ?s x:p ?v OPTIONAL { ?s x:w ?o FILTER(?o != ?v) } FILTER NOT EXISTS { ?s x:q ?z } }",
        "{ ?s x:p ?v OPTIONAL { ?s x:w ?o OPTIONAL { ?o x:w ?u } BIND(?u AS ?n) } ?s x:to ?z }",
        "{ ?s x:p ?v OPTIONAL { ?s x:w ?o MINUS { ?o x:w ?u } } MINUS { ?s x:q ?z } ?s x:to ?t }",
        "{ { ?s x:p ?v BIND(1 AS ?n) } UNION { ?s x:w ?v FILTER(?v > ?w) } ?s x:to ?w }",
        "{ ?s x:p ?v { ?s x:w ?o FILTER NOT EXISTS { ?o x:q ?z } } }",
        "{ ?s x:p ?v OPTIONAL { SELECT ?s (COUNT(*) AS ?n) { ?s x:w ?o } GROUP BY ?s } }",
    ],
)
def test_what_the_engine_reads_rightly_stays_as_it_is(where):
    query = f"{PREFIX}SELECT ?s ?o {where} ORDER BY ?o ?z"
    assert set_apart(query, NAMES.base) == query


def test_names_that_nothing_else_binds_are_told_apart_by_their_places():
    query = f"{PREFIX}ASK {{ ?s ?p ?o OPTIONAL {{ {{ ?s x:p ?v FILTER(?w > 1) }} }} ?s x:q ?w }}"
    assert set_apart(query, NAMES.base).count(APART) == 1
    assert set_apart(query.replace("?s x:q ?w", "?s x:q ?z"), NAMES.base).count(APART) == 0


def test_no_sparql_is_told_as_such():
    with pytest.raises(SyntaxError):
        set_apart("SELECT * { ?s ?p ?o OPTIONAL { ", NAMES.base)


def test_groups_in_groups_have_the_solutions_of_the_standard():
    answered = 0
    for seed in range(MANY):
        drawing = Drawing(random.Random(f"apart-{seed}"))
        group, triples = drawing.whole(), drawing.statements()
        try:
            expected = Counter(frozenset(row.items()) for row in solutions(group, triples))
            store = stored(" ".join(f"{' '.join(triple)} ." for triple in triples))
            found = rows(store, f"SELECT * {written(group)}")
        except (Unclear, QueryRefused):
            continue
        answered += 1
        assert found == expected, f"seed {seed}: {written(group)} over {triples}"
    assert answered > MANY * 0.8
