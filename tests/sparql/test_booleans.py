"""The order of booleans: false is before true, wherever they come from."""

from __future__ import annotations

import itertools

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.sparql.prepare import prepare
from tests.sparql.expressions import NAMES, value

TRUTHS = (
    "true",
    "false",
    '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    "(1 > 2)",
    "!(1 > 2)",
    "(true < false)",
    "IF(1 < 2, true, 0)",
    'CONTAINS("Aleppo", "l")',
    '<http://www.w3.org/2001/XMLSchema#boolean>("0")',
    'STRDT("true", <http://www.w3.org/2001/XMLSchema#boolean>)',
)
ORDERS = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


@pytest.mark.parametrize("sign", ORDERS)
def test_false_is_before_true(sign):
    said = {text: value(text) in ("true", "1") for text in TRUTHS}
    for one, other in itertools.product(TRUTHS, repeat=2):
        expected = ORDERS[sign](said[one], said[other])
        assert value(f"{one} {sign} {other}") == str(expected).lower(), (one, other)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("true < 5", None),
        ("?unbound < true", None),
        ('"true" < true', None),
        ('"perhaps"^^<http://www.w3.org/2001/XMLSchema#boolean> < true', None),
        ("<http://e/a> < true", None),
        ("IF(2 > 1, 2, 1) <= IF(2 < 1, 2, 1)", "false"),
        ("(true < false) = (false > true)", "true"),
        ("((true < false) < (false < true)) && 1 < 2", "true"),
        ("-1 < 2", "true"),
        ("IF(1 < 2 || true < 5, 'yes', 'no')", "yes"),
        ("(((true > false) > false) > false) > (1 > 2)", "true"),
    ],
)
def test_others_are_compared_as_ever(expression, result):
    assert value(expression) == result


@pytest.fixture
def store():
    found = Store()
    for name, held, doubted in (("a", True, False), ("b", False, True), ("c", True, True)):
        for predicate, said in (("held", held), ("doubted", doubted)):
            about = NamedNode(f"http://e/{name}"), NamedNode(f"http://e/{predicate}")
            found.add(Quad(*about, Literal(said)))
    return found


def test_what_the_data_say_is_compared(store):
    where = "?x <http://e/held> ?h ; <http://e/doubted> ?d FILTER(?h > ?d)"
    assert value("STR(?x)", store, where) == "http://e/a"
    where = "?x <http://e/held> ?h ; <http://e/doubted> ?d FILTER(?h >= ?d)"
    assert value("COUNT(?x)", store, where) == "2"
    where = "?x <http://e/held> ?h . ?y <http://e/doubted> ?d"
    assert value("IF(MIN(?h) < MAX(?d), 1, 0)", store, where) == "1"
    assert value("COUNT(?h < ?d)", store, where) == "9"


def test_groups_are_written_once():
    with pytest.raises(QueryRefused, match="BIND EXISTS to a variable"):
        prepare("ASK { ?s ?p ?o FILTER(EXISTS { ?s ?p _:b } < ?o) }", NAMES)
    assert prepare("ASK { ?s ?p ?o FILTER(EXISTS { ?s ?p _:b } && ?o < 5) }", NAMES)


def test_what_grows_without_end_is_refused():
    deep = "?a"
    for _ in range(30):
        deep = f"({deep} < ?b)"
    with pytest.raises(QueryRefused, match="too deep"):
        prepare(f"ASK {{ ?a ?b ?c FILTER({deep}) }}", NAMES)
