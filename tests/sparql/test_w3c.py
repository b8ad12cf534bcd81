"""W3C's tests of query evaluation and syntax, where ../shared has them.

https://w3c.github.io/rdf-tests/sparql/sparql11/
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from paths import ROOT
from sparql.results import as_graph, as_rows, comparable, table_of
from sparql.terms import term

SHARED = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared")
FOLDER = SHARED / "standards" / "w3c-rdf-tests" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
EVALUATION = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
)
BASE = "http://example.org/w3c/"
FORMATS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
TABLES = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
}


REFUSED = {
    "property-path/zero_or_more_set_start": "the engine leaves out the path of no length",
    "property-path/zero_or_more_set_end": "the engine leaves out the path of no length",
    "property-path/zero_or_one_set_start": "the engine leaves out the path of no length",
    "property-path/zero_or_one_set_end": "the engine leaves out the path of no length",
    "functions/bnode01": "the engine's BNODE('a') is one blank node in all rows",
    "syntax-query/test_4": "there is no such function, and FROM names no graph of the release",
    "syntax-query/test_42": "FROM names no graph of the release",
}


def cases(folders, kinds):
    return list(_cases(folders, kinds))


def _cases(folders, kinds):
    for folder in folders:
        path = FOLDER / folder / "manifest.ttl"
        if not path.is_file():
            continue
        manifest = Graph().parse(path, publicID=f"{BASE}{folder}/")
        for test in Collection(manifest, next(manifest.objects(None, MF.entries))):
            if manifest.value(test, RDF.type) in kinds:
                name = f"{folder}/{test.rpartition('#')[2]}"
                yield pytest.param(manifest, test, id=name, marks=_marks(name))


def _marks(name):
    if name in REFUSED:
        return [pytest.mark.xfail(reason=REFUSED[name], raises=QueryRefused)]
    return []


def file(iri):
    return FOLDER / str(iri).removeprefix(BASE)


def load(store, iri, graph):
    path = file(iri)
    form = FORMATS[path.suffix]
    quads = parse(path=str(path), format=form, base_iri=str(iri))
    store.extend(type(q)(q.subject, q.predicate, q.object, graph) for q in quads)
    if graph != DefaultGraph():
        store.add_graph(graph)


def expected(iri):
    path = file(iri)
    if path.suffix in TABLES:
        return comparable(parse_query_results(path=str(path), format=TABLES[path.suffix]))
    if path.suffix == ".csv":
        return table_of(path.read_text("utf-8"))
    graph = Graph().parse(path, publicID=str(iri))
    table = graph.value(None, RDF.type, RS.ResultSet)
    if table is None:
        return as_graph(
            q.triple for q in parse(path=str(path), format=FORMATS[path.suffix], base_iri=str(iri))
        )
    columns = [str(c) for c in graph.objects(table, RS.resultVariable)]
    rows = []
    for solution in graph.objects(table, RS.solution):
        bound = {
            str(graph.value(b, RS.variable)): term(graph.value(b, RS.value))
            for b in graph.objects(solution, RS.binding)
        }
        rows.append([bound.get(c) for c in columns])
    return as_rows(columns, rows)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/standards: W3C's tests")
@pytest.mark.parametrize(
    ("manifest", "test"), cases(EVALUATION, {MF.QueryEvaluationTest, MF.CSVResultFormatTest})
)
def test_a_query_is_answered_as_w3c_has_it(manifest, test):
    action = manifest.value(test, MF.action)
    store = Store()
    for data in manifest.objects(action, QT.data):
        load(store, data, DefaultGraph())
    for data in manifest.objects(action, QT.graphData):
        load(store, data, NamedNode(str(data)))
    query = manifest.value(action, QT.query)
    names = Names(str(query))
    result = execute(store, prepare(file(query).read_text("utf-8"), names), names)
    outcome = manifest.value(test, MF.result)
    if str(outcome).endswith(".csv"):
        text = result.serialize(format=QueryResultsFormat.CSV).decode()
        assert table_of(text) == expected(outcome)
    else:
        assert comparable(result) == expected(outcome)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/standards: W3C's tests")
@pytest.mark.parametrize(
    ("manifest", "test"), cases(["syntax-query", *EVALUATION], {MF.PositiveSyntaxTest11})
)
def test_what_w3c_calls_a_query_is_one(manifest, test):
    query = manifest.value(test, MF.action)
    names = Names(str(query))
    execute(Store(), prepare(file(query).read_text("utf-8"), names), names)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/standards: W3C's tests")
@pytest.mark.parametrize(
    ("manifest", "test"), cases(["syntax-query", *EVALUATION], {MF.NegativeSyntaxTest11})
)
def test_what_w3c_calls_none_is_none(manifest, test):
    query = manifest.value(test, MF.action)
    names = Names(str(query))
    with pytest.raises((SyntaxError, QueryRefused)):
        execute(Store(), prepare(file(query).read_text("utf-8"), names), names)
