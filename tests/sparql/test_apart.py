"""MINUS within OPTIONAL is answered as the standard has it, or refused."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.run import execute, prepare

NAMES = Names("http://x/")
DATA = "x:a x:k 1 ; x:p x:v ; x:w x:other ; x:to x:end ."
MINUS = "?s x:p ?x MINUS { ?s x:w ?o }"


@pytest.fixture(scope="module")
def store():
    found = Store()
    found.load(f"@prefix x: <http://x/> . {DATA}".encode(), format=RdfFormat.TURTLE)
    return found


def asked(store, where):
    query = f"PREFIX x: <http://x/> SELECT * {{ ?s ?k ?d {where} ?s x:to ?o }}"
    return {str(row["x"]) for row in execute(store, prepare(query, NAMES), NAMES)}


@pytest.mark.parametrize(
    "where",
    [
        f"OPTIONAL {{ {MINUS} }}",
        f"OPTIONAL {{ {{ {MINUS} }} }}",
        f"optional {{ {{ {MINUS} }} UNION {{ ?s x:p ?x }} }}",
        f"{{ SELECT * {{ ?s ?k ?d OPTIONAL {{ {MINUS} }} }} }}",
        f"OPTIONAL {{ ?s x:p ?y OPTIONAL {{ {MINUS} }} }}",
    ],
)
def test_what_the_engine_would_join_is_refused(store, where):
    with pytest.raises(QueryRefused, match="sub-SELECT"):
        asked(store, where)


@pytest.mark.parametrize(
    "where",
    [
        f"OPTIONAL {{ {{ SELECT * {{ {MINUS} }} }} }}",
        f"OPTIONAL {{ {{ SELECT ?s ?x {{ {MINUS} }} }} }}",
        "OPTIONAL { ?s x:p ?x FILTER(STR(?x) = 'MINUS') }",
    ],
)
def test_what_it_keeps_apart_is_answered(store, where):
    assert asked(store, where) == {"None"}


def test_minus_elsewhere_is_answered(store):
    assert asked(store, "OPTIONAL { ?s x:p ?x } MINUS { ?s x:w ?o }") == set()
