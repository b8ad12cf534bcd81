"""Literals of several kinds, sorted by the engine: MIN, MAX and ORDER BY without columns."""

from __future__ import annotations

import itertools
import random

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.names import Names
from kg.sparql.order import place_of
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.standard.sorting import sort_kinds
from kg.store import stored as kept

XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = Names("http://e/")
P = NamedNode("http://e/p")


def typed(kind, *words):
    return [kept(Literal(word, datatype=NamedNode(XSD + kind))) for word in words]


KINDS = {
    "numbers": [
        *typed("integer", "7", "20", "100", "-3"),
        *typed("double", "9.5", "1e300", "-INF"),
        *typed("decimal", "19.75", "0.001"),
    ],
    "words": [Literal(word) for word in ("15x", "7", "", "é", "z", "10")],
    "spoken": [Literal(w, language=tag) for w, tag in (("b", "de"), ("a", "en"), ("c", "de"))],
    "zoned": typed("dateTime", "2014-05-22T10:00:00Z", "2015-05-22T10:00:00+03:00"),
    "local": typed("dateTime", "2014-12-31T00:00:00", "2016-01-01T00:00:00"),
    "days": typed("date", "2014-05-22", "2015-05-21Z", "2013-01-01+02:00"),
    "truths": typed("boolean", "true", "false"),
    "odd": [*typed("double", "NaN"), *typed("integer", "abc"), Literal("x", datatype=P)],
    "names": [NamedNode("http://e/b"), NamedNode("http://e/a")],
}
ORDERED = ("numbers", "words", "truths", "days")
"""Those of which the standard orders any two, and times together."""
EVERY = [*itertools.chain(*KINDS.values())]


def stored(values):
    store = Store()
    for i, value in enumerate(values):
        store.add(Quad(NamedNode(f"http://e/{i}"), P, value))
    return store


def asked(store, query):
    query = prepare(query, NAMES)
    return [row[0] for row in execute(store, query, NAMES)]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("descending", [False, True])
def test_what_the_standard_orders_is_in_order(seed, descending):
    draw = random.Random(seed)
    values = draw.sample(EVERY, draw.randint(10, len(EVERY)))
    key = "DESC(?v)" if descending else "?v"
    found = asked(stored(values), f"SELECT ?v {{ ?s ?p ?v }} ORDER BY {key}")
    found = found[::-1] if descending else found
    assert sorted(map(str, found)) == sorted(map(str, values))
    kinds = [[str(v) for v in KINDS[kind]] for kind in ORDERED]
    kinds.append([str(v) for v in KINDS["zoned"] + KINDS["local"]])
    for kind in kinds:
        places = [place_of(str(v)) for v in found if str(v) in kind]
        assert places == sorted(places)
    literal = [isinstance(v, Literal) for v in found]
    assert literal == sorted(literal)


@pytest.mark.parametrize("kinds", list(itertools.combinations(KINDS, 2)))
def test_min_and_max_are_those_of_that_order(kinds):
    values = [value for kind in kinds for value in KINDS[kind]]
    places = sorted(values, key=lambda v: place_of(str(v)))
    store = stored(values)
    assert asked(store, "SELECT (MIN(?v) AS ?x) { ?s ?p ?v }") == places[:1]
    assert asked(store, "SELECT (MAX(DISTINCT ?v) AS ?x) { ?s ?p ?v }") == places[-1:]


def test_of_an_error_and_of_nothing_there_is_no_first():
    store = stored([*KINDS["numbers"], Literal("a")])
    assert asked(store, "SELECT (MIN(?v + 1) AS ?x) { ?s ?p ?v }") == [None]
    assert asked(store, "SELECT (MAX(?v) AS ?x) { ?s <urn:none> ?v }") == [None]
    assert asked(store, "SELECT (MIN(?w) AS ?x) { ?s ?p ?v }") == [None]
    grouped = "SELECT ?k { ?s ?p ?v BIND(ISNUMERIC(?v) AS ?k) } GROUP BY ?k HAVING(MIN(?v) < 0)"
    assert [k.value for k in asked(store, grouped)] == ["true"]


@pytest.mark.parametrize(
    "keys", ["DESC(?v) ?s", "ASC(?v)", "(?v) DESC(?s)", "COALESCE(?v, 1) ?s", "DESC(STR(?v)) ?v"]
)
def test_keys_of_any_form_sort(keys):
    store = stored(EVERY)
    query = f"SELECT ?v {{ {{ SELECT ?s ?v {{ ?s ?p ?v }} ORDER BY {keys} LIMIT 20 }} }}"
    assert len(asked(store, query)) == 20


@pytest.mark.parametrize(
    "key", ["DESC((COUNT(?s)))", "STRLEN(STR(?s))", "RAND()", "(EXISTS { ?s ?p _:b })"]
)
def test_a_key_of_one_kind_stays_as_it_is(key):
    text = f"SELECT ?s {{ ?s ?p ?v }} GROUP BY ?s ORDER BY {key}"
    assert sort_kinds(text) == text


def test_many_of_several_kinds_end_nothing():
    draw = random.Random(1)
    values = [Literal(draw.randint(0, 2000)) for _ in range(1500)]
    values += [Literal(f"{draw.randint(0, 2000)}x") for _ in range(500)]
    found = asked(stored(values), "SELECT ?v { ?s ?p ?v } ORDER BY ?v")
    numbers = [int(v.value) for v in found if v.datatype.value == f"{XSD}integer"]
    assert numbers == sorted(numbers) and len(found) == 2000
