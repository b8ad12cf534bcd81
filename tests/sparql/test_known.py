"""What is sent along to a SERVICE: it makes the answer smaller, and never the result another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.names import Names
from kg.sparql.prepare import Prepared, prepare
from kg.sparql.run import execute
from kg.sparql.services import known
from kg.sparql.services.ask import ask_services
from sparql.elsewhere import elsewhere, knows
from sparql.results import comparable
from union import united

NAMES = Names("http://e/")
PREFIX = "PREFIX : <http://e/> "
LOCAL = """:a :p :b ; :q 1 . :b :p :c ; :q 2 . :c :p :d . :d :q 1 ; :p "x" ; :r :a , :b .
[] :s :c . :a :s :c ."""
REMOTE = ':a :n "Anna"@en , "A" ; :m 1 . :b :n "Ben" ; :m 2 . :c :m 2.0 . :x :n "X" ; :o :a .'


def read(turtle):
    return parse(f"@prefix : <http://e/> . {turtle}", format=RdfFormat.TURTLE)


@pytest.fixture(scope="module")
def here():
    store = Store()
    graph = NamedNode("http://e/g1")
    store.extend(united(Quad(q.subject, q.predicate, q.object, graph) for q in read(LOCAL)))
    return store


@pytest.fixture(scope="module")
def there():
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in read(REMOTE))
    with elsewhere(knows(store)) as found:
        yield found


def run(store, query, there, *, tells=True):
    """The result of a query, and what the other endpoint was asked for it."""
    text = PREFIX + query.replace("<X>", f"<{there.address}>")
    prepared = prepare(text, NAMES, services=[there.address])
    asked = len(there.asked)

    def solve(text):
        return execute(store, Prepared("SELECT", text, prepared.dataset), NAMES)

    calls = prepared.text, prepared.calls, NAMES.base, 10, solve if tells else None
    whole = replace(prepared, text=ask_services(*calls), calls=())
    return comparable(execute(store, whole, NAMES)), there.asked[asked:]


def sent(query, here, there):
    """What is sent along, after the SELECT, once the result was seen to be the same without."""
    found, asked = run(here, query, there)
    alone, _ = run(here, query, there, tells=False)
    assert found == alone
    return [one.partition("WHERE ")[2] for one in asked]


def test_iris_that_the_group_before_binds_are_sent_along(here, there):
    (asked,) = sent("SELECT * { ?s :p ?o SERVICE <X> { ?s :n ?n } }", here, there)
    values = "(<http://e/a>) (<http://e/b>) (<http://e/c>) (<http://e/d>)"
    assert asked == f"{{ VALUES (?s) {{ {values} }}  ?s <http://e/n> ?n \n}}"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s :p ?o FILTER(BOUND(?n) && ?s = :a) SERVICE <X> { ?s :n ?n } }",
        "SELECT * { ?s :p ?o FILTER NOT EXISTS { ?s :q ?n } SERVICE <X> { ?s :n ?n } }",
        "SELECT * { ?s :p ?o FILTER REGEX(STR(?s), 'a') . SERVICE <X> { ?s :n ?n } }",
        "SELECT ?s (EXISTS { ?s :z 1 } AS ?z) { ?s :p ?o SERVICE <X> { ?s :n ?n } }",
        "ASK { ?s :p ?o SERVICE <X> { ?s :n ?n } }",
        "SELECT ?s (COUNT(*) AS ?c) WHERE { ?s :p ?o SERVICE <X> { ?s :n ?n } } GROUP BY ?s",
        "SELECT ?s { { SELECT ?s { ?s :p ?z } } SERVICE <X> { ?s :n ?n } }",
        "SELECT * { ?s :p ?o OPTIONAL { ?s :q ?n } SERVICE <X> { ?s :n ?n } }",
    ],
)
def test_filters_before_it_are_left_aside(query, here, there):
    (asked,) = sent(query, here, there)
    assert asked.startswith("{ VALUES (?s) { (<http://e/a>) (<http://e/b>)")
    assert asked.count("(<http://e/") == 4


def test_a_graph_is_constructed_with_what_is_known(there):
    prologue, group = "CONSTRUCT { ?s :is ?n }", "{ ?s :q 2 SERVICE <X> { ?s :n ?n } }"
    text = f"{PREFIX}{prologue} WHERE {group.replace('<X>', f'<{there.address}>')}"
    (call,) = prepare(text, NAMES, services=[there.address]).calls
    assert call.before.strip() == "?s <http://e/q> 2"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <X> { ?s :n ?n } ?s :p ?o }",
        "SELECT * { ?s :p ?o OPTIONAL { SERVICE <X> { ?s :n ?n } } }",
        "SELECT * { ?s :p ?o { SERVICE <X> { ?s :n ?n } } }",
        "SELECT * { { ?s :p ?o } UNION { ?s :q 1 SERVICE <X> { ?s :n ?n } } }",
        "SELECT * { ?z :p ?o SERVICE <X> { ?s :n ?n } }",
        "SELECT * { ?s :q ?m SERVICE <X> { ?x :m ?m } }",  # numbers compare in more than one way
        "SELECT * { OPTIONAL { ?s :z ?o } SERVICE <X> { ?s :n ?n } }",  # not always bound
        "SELECT * { ?s :s :c SERVICE <X> { ?s :n ?n } }",  # a blank node among them
        "SELECT * { { SELECT ?s { ?s :p ?o } LIMIT 9 } SERVICE <X> { ?s :n ?n } }",
        "SELECT * { ?s :p ?o BIND(RAND() AS ?r) SERVICE <X> { ?s :n ?n } }",
    ],
)
def test_what_is_not_known_for_certain_is_not_sent(query, here, there):
    found, asked = run(here, query, there)
    assert ["VALUES" in one for one in asked] == [False]
    if "RAND" not in query:
        assert found == run(here, query, there, tells=False)[0]


def test_whoever_knows_that_there_is_nothing_asks_nobody(here, there):
    assert sent("SELECT * { ?s :nowhere ?o SERVICE <X> { ?s :n ?n } }", here, there) == []


def test_several_variables_are_sent_as_rows(here, there):
    query = "SELECT * { ?x :r ?s , ?t SERVICE <X> { ?s :n ?n . ?t :m ?m } }"
    (asked,) = sent(query, here, there)
    assert asked.startswith("{ VALUES (?s ?t) { (<http://e/a> <http://e/a>) (<http://e/a>")


@pytest.mark.parametrize(
    "group",
    [
        "{ OPTIONAL { ?s :n ?n } }",
        "{ { ?s :n ?n } UNION { ?s :m ?n } }",
        "{ SELECT ?s (COUNT(*) AS ?n) { ?s ?y ?z } GROUP BY ?s }",
        "{ SELECT ?s { ?s :n ?n } ORDER BY ?s LIMIT 1 }",
        "{ ?z :n ?n OPTIONAL { ?z :o ?s } }",
        "{ ?z :n ?n BIND(?z AS ?s) }",
        "{ ?s :n ?n MINUS { ?s :m 1 } }",
    ],
)
def test_a_group_that_is_no_plain_one_keeps_its_brackets(group, here, there):
    (asked,) = sent(f"SELECT * {{ ?s :p ?o SERVICE <X> {group} }}", here, there)
    assert asked.startswith("{ VALUES (?s)") and asked.count("{") >= 3


def test_a_second_service_is_told_what_the_first_answered(here, there):
    query = "SELECT * { ?s :p ?o SERVICE <X> { ?s :m 2 } SERVICE <X> { ?s :n ?n } }"
    _, second = sent(query, here, there)
    assert second.startswith("{ VALUES (?s) { (<http://e/b>) }")


def test_rows_are_sent_in_blocks_and_not_at_all_beyond_some(here, there, monkeypatch):
    query = "SELECT * { ?s :p ?o SERVICE <X> { ?s :n ?n } }"
    monkeypatch.setattr(known, "BLOCK", 3)
    assert [one.count("(<http://e/") for one in sent(query, here, there)] == [3, 1]
    monkeypatch.setattr(known, "MOST", 3)
    assert ["VALUES" in one for one in sent(query, here, there)] == [False]


_LEFT = st.sampled_from(
    [
        "?s :p ?o .",
        "?o :p ?s .",
        "?s :q ?m .",
        "OPTIONAL { ?s :p ?o }",
        "OPTIONAL { ?o :q ?m FILTER(?m > 1) }",
        "{ ?s :q 1 } UNION { ?o :q 2 }",
        "MINUS { ?s :q 2 }",
        "FILTER(!BOUND(?n) || ?s != :a)",
        "FILTER EXISTS { ?s ?x ?y }",
        "BIND(:a AS ?t)",
        "VALUES (?s ?o) { (:a UNDEF) (:b :c) (:x :a) }",
        "GRAPH ?g { ?s :p ?o }",
        "?s (:p|:r)* ?o .",
    ]
)
_FAR = st.sampled_from(
    [
        "SERVICE <X> { ?s :n ?n }",
        "SERVICE <X> { ?s :m ?m }",
        "SERVICE <X> { ?o :n ?n OPTIONAL { ?o :m ?m } }",
        "SERVICE <X> { ?x :o ?s . ?s :n ?n FILTER(?s != :b) }",
        "SERVICE <X> { { ?s :n ?n } UNION { ?t :m ?m } }",
        "SERVICE <X> { SELECT ?s (MAX(?m) AS ?k) { ?s :m ?m } GROUP BY ?s }",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LEFT, max_size=4), _FAR, st.lists(st.one_of(_LEFT, _FAR), max_size=2))
def test_the_result_is_the_same_as_without(here, there, before, far, after):
    query = f"SELECT * {{ {' '.join([*before, far, *after])} }}"
    try:
        alone, _ = run(here, query, there, tells=False)
    except SyntaxError:
        return  # a variable is bound twice
    assert run(here, query, there)[0] == alone
