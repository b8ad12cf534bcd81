"""A release has columns beside its store, and queries that count are answered from them alike."""

import sys
from collections import Counter

import pytest
from pyoxigraph import NamedNode, QueryBoolean, QueryTriples

from kg.release.read import Release, open_release
from kg.sparql.columns.answer import answer
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.table import Table
from paths import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from counted import COUNTED
from drawn import Drawer

SAMPLED = ("SAMPLE", "GROUP_CONCAT", "the newest of each, joined again")
"""What may be any of several, or in any order."""


@pytest.fixture(scope="module")
def release(shipped_releases) -> Release:
    return open_release(shipped_releases)


def test_its_union_is_whole(release):
    assert release.columns
    columns = len(release.columns.subjects.first)
    assert columns == sum(1 for _ in release.store.query("SELECT ?s ?p ?o { ?s ?p ?o }"))


def test_its_graphs_are_whole(release):
    columns = release.columns
    for graph in release.store.named_graphs():
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        found = answer(columns, prepare(text, release.names).text, {"base_iri": release.names.base})
        (row,) = found.solutions()
        quads = release.store.quads_for_pattern(None, None, None, NamedNode(graph.value))
        assert int(row["n"].value) == sum(1 for _ in quads)


@pytest.mark.parametrize("name", COUNTED)
def test_the_queries_of_the_benchmark_are_answered_alike(release, name):
    (text,) = Drawer(release, 7).draw(name, [COUNTED[name]], 1)
    query = prepare(text, release.names)
    about = {"base_iri": release.names.base}
    found = answer(release.columns, query.text, about, dataset=query.dataset)
    assert found is not None, f"columns do not know: {text}"
    expected = rows(execute(release.store, query, release.names))
    counted = rows(found)
    assert counted.total() == expected.total()
    assert name in SAMPLED or counted == expected


def rows(found):
    if isinstance(found, QueryBoolean):
        return Counter([bool(found)])
    if isinstance(found, QueryTriples):
        return Counter(map(str, found))
    found = found.solutions() if isinstance(found, Table) else found
    return Counter(tuple(map(str, row)) for row in found)
