"""Columns give what the engine gives, for any query that counts, or leave it to the engine."""

from collections import Counter
from contextlib import suppress

import pytest
from pyoxigraph import Literal, Store

from kg.names import Names
from kg.sparql.columns.answer import answer, solutions
from kg.sparql.columns.file import Columns, make_columns, open_columns
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.run import execute, prepare
from kg.store import make_store, open_store
from sparql.counting import dirty, queries

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MANY = 600
NUMERIC = ("integer", "decimal", "double", "float")


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> tuple[Store, Columns]:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "data.nq").write_text(dirty(1), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    store = open_store(folder / "store")
    make_columns(folder / "columns", folder / "store")
    columns = open_columns(folder / "columns")
    assert columns
    return store, columns


def test_every_query_gives_what_the_engine_gives(stored):
    store, columns = stored
    known = 0
    for text, meant in queries(7, MANY):
        query = prepare(PREFIXES + text, NAMES)
        expected = bag(execute(store, prepare(PREFIXES + meant, NAMES), NAMES))
        about = {"base_iri": NAMES.base, "prefixes": NAMES.prefixes()}
        if (counts := recognise(query.text)) is None:
            continue
        with suppress(Unrecognised):
            found = solutions(columns, counts, Engine(counts.prologue, about))
            known += 1
            assert bag(found) == expected, text
    assert known > MANY * 0.6, f"{known} of {MANY} queries were answered from columns"


def bag(found):
    """The rows as a multiset, without what is for the engine to choose."""
    names = [variable.value for variable in found.variables]
    return Counter(tuple(_told(n, row[n]) for n in names) for row in found)


def _told(name, term):
    """A term, without what of it depends on an order that nobody sets."""
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if name.startswith("words"):
        return "".join(sorted(term.value))
    if name.startswith("end") and kind in NUMERIC and term.value != "not":
        return str(float(term.value))
    if name.startswith("sum") and kind in ("double", "float"):
        return f"{float(term.value):.5g} {kind}"
    return str(term)


def asked(stored, text):
    """What columns answer, or None."""
    _, columns = stored
    query = prepare(PREFIXES + text, NAMES)
    return answer(columns, query.text, {"base_iri": NAMES.base, "prefixes": NAMES.prefixes()})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s x:p1 ?v }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT (COUNT(*) AS ?n) { ?s x:to+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1|x:p2 ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER NOT EXISTS { ?s x:p2 ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o MINUS { ?s x:p2 ?o } }",
        "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } } }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s x:p1 ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o BIND(RAND() AS ?r) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } ?c x:p2 ?b }",
        "SELECT ?o (COUNT(*) AS ?n) { ?s x:p3 ?o FILTER(isBlank(?o)) } GROUP BY ?o",
        "SELECT (COUNT(*) AS ?n) FROM x:g { ?s x:p1 ?o }",
    ],
)
def test_what_columns_do_not_know_is_left_to_the_engine(stored, text):
    store, columns = stored
    if "FROM" not in text:
        assert asked(stored, text) is None
    query = prepare(PREFIXES + text, NAMES)
    assert len(list(execute(store, query, NAMES, columns))) > 0


def test_what_is_no_sparql_is_refused_as_the_engine_refuses_it(stored):
    with pytest.raises(SyntaxError):
        asked(stored, "SELECT ?o (COUNT(*) AS ?n) { ?s x:p1 ?o }")


def test_capitals_tell_variables_apart(stored):
    (row,) = asked(
        stored, "SELECT (COUNT(?v) AS ?n) (COUNT(?V) AS ?N) { VALUES (?v ?V) { (1 UNDEF) } }"
    )
    assert [int(n.value) for n in row] == [1, 0]


def test_an_error_in_an_expression_is_not_counted(stored):
    (row,) = asked(stored, "SELECT (COUNT(?v + 1) AS ?n) { VALUES ?v { 1 'a' 2 } }")
    assert int(row[0].value) == 2


def test_sums_are_exact_and_none_where_the_engine_has_none(stored):
    (row,) = asked(stored, "SELECT (SUM(?v) AS ?n) { VALUES ?v { 0.1 0.1 0.1 } }")
    assert row[0].value == "0.3"
    large = "9223372036854775807"
    found = asked(stored, f"SELECT (SUM(?v) AS ?n) {{ VALUES ?v {{ {large} 1 }} }}")
    assert found is None or next(found)[0] is None
