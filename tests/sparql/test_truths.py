"""What is true, and what is not, as the standard has it: https://www.w3.org/TR/sparql11-query/#ebv."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.names import VOCABULARIES, Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.standard.expressions import say_expressions

NAMES = Names("http://e/")
PREFIX = f"PREFIX xsd: <{VOCABULARIES['xsd']}> PREFIX : <http://e/> "
TRUTHS = {
    "'a'@en": True,
    "''@en": False,
    "'a'": True,
    "''": False,
    "'false'": True,
    "0": False,
    "0.0": False,
    "-1": True,
    "'NaN'^^xsd:double": False,
    "true": True,
    "false": False,
    "'abc'^^xsd:integer": False,
    "'yes'^^xsd:boolean": False,
    "''^^xsd:unsignedByte": False,
    "'2014-05-22'^^xsd:date": None,
    "'a'^^:t": None,
    ":a": None,
    "UNDEF": None,
}
WAYS = {
    "?v && true": lambda truth: truth,
    "true && ?v AS": lambda truth: truth,
    "?v || ?v": lambda truth: truth,
    "((?v)) || false": lambda truth: truth,
    "!?v": lambda truth: None if truth is None else not truth,
    "!(?v)": lambda truth: None if truth is None else not truth,
    "!?v = true": lambda truth: None if truth is None else not truth,
    "IF(?v, true, false)": lambda truth: truth,
    "1 = 2 || IF((?v) , 1 = 1, false)": lambda truth: truth,
    "false || ?v && ?v": lambda truth: truth,
}


@pytest.mark.parametrize("term", TRUTHS)
@pytest.mark.parametrize("way", WAYS)
def test_a_variable_is_as_true_as_what_it_stands_for(term, way):
    expected = WAYS[way](TRUTHS[term])
    for text in (
        f"SELECT ({way.removesuffix(' AS')} AS ?x) {{ VALUES ?v {{ {term} }} }}",
        f"SELECT ?x {{ VALUES ?v {{ {term} }} BIND({way.removesuffix(' AS')} AS ?x) }}",
    ):
        (row,) = execute(Store(), prepare(PREFIX + text, NAMES), NAMES)
        found = None if row["x"] is None else {"true": True, "false": False}[row["x"].value]
        assert found is expected


@pytest.mark.parametrize("test", ["FILTER(?v)", "FILTER ((?v))", "filter(?v)FILTER(1 || ?v)"])
def test_a_filter_keeps_what_is_true(test):
    values = " ".join(TRUTHS)
    query = prepare(f"{PREFIX} SELECT ?v {{ VALUES ?v {{ {values} }} {test} }}", NAMES)
    assert len(list(execute(Store(), query, NAMES))) == sum(map(bool, TRUTHS.values()))
    query = prepare(
        f"{PREFIX} SELECT ?v {{ VALUES ?v {{ {values} }} }} GROUP BY ?v HAVING(?v)", NAMES
    )
    assert len(list(execute(Store(), query, NAMES))) == sum(map(bool, TRUTHS.values()))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (?v AS ?w) { ?s ?p ?v FILTER(?v = 1 && 2 < ?v || ?v IN (?v)) } ORDER BY (?v)",
        "SELECT (IF(BOUND(?v), ?v, (?v)) AS ?w) { ?s ?p ?v FILTER(STR(?v) = 'x') }",
        "SELECT (COUNT(?v) AS ?w) { ?s ?p ?v FILTER(<http://e/f>((?v))) } GROUP BY (?v)",
        "SELECT (COALESCE(?v, 1 + ?v) AS ?w) { VALUES (?v) { (1) } FILTER REGEX(?v, 'a') }",
    ],
)
def test_elsewhere_a_variable_is_what_it_is(text):
    assert "COALESCE(IF(?v, true" not in say_expressions(text)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("COALESCE(?none, 'a'@en) && true", "true"),
        ("!STRLANG('', 'en')", "true"),
        ("IF(UCASE('a'@en), 1, 2)", "1"),
        ("IF(STRBEFORE('abc'@en, 'x'), 1, 2)", "2"),
        ("'foo'^^xsd:boolean || false", "false"),
        ("!'abc'^^xsd:int || false", "true"),
        ("!!COALESCE(?none, 'a'@en) = true", "true"),
        ("IF(1 < 2 && (COALESCE('x'@en)), 'yes', 'no')", "yes"),
        ("COALESCE(?none, 'a'@en) && 1 = 2 || 'b'@en", "true"),
        ("IF(xsd:date('2014-05-22'), 1, 2)", None),
    ],
)
def test_what_is_computed_is_as_true(expression, result):
    query = prepare(f"{PREFIX} SELECT ({expression} AS ?x) {{}}", NAMES)
    (row,) = execute(Store(), query, NAMES)
    assert (row["x"] and row["x"].value) == result


@pytest.mark.parametrize("clause", ["FILTER COALESCE(?v, 1)", "FILTER(IF(1 = 1, ?v, 0))"])
def test_a_call_in_a_filter_is_as_true(clause):
    query = prepare(f"{PREFIX} SELECT * {{ VALUES ?v {{ 'a'@en ''@en }} {clause} }}", NAMES)
    assert len(list(execute(Store(), query, NAMES))) == 1


def test_groups_that_would_be_written_twice_are_refused():
    with pytest.raises(QueryRefused, match="BIND EXISTS to a variable"):
        prepare("ASK { ?s ?p ?o FILTER(COALESCE(EXISTS { ?s ?p _:b }, ?o)) }", NAMES)
