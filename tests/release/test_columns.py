"""A release has columns beside its store, and queries that count are answered from them alike."""

import sys
from collections import Counter

import pytest

from kg.release.read import Release, open_release
from kg.sparql.columns.answer import answer
from kg.sparql.run import execute, prepare
from paths import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from groups import PREFIXES, QUERIES


@pytest.fixture(scope="module")
def release(shipped_releases) -> Release:
    return open_release(shipped_releases)


def test_its_union_is_whole(release):
    assert release.columns
    columns = len(release.columns.subjects.first)
    assert columns == sum(1 for _ in release.store.query("SELECT ?s ?p ?o { ?s ?p ?o }"))


@pytest.mark.parametrize("name", QUERIES)
def test_the_queries_of_the_benchmark_are_answered_alike(release, name):
    query = prepare(PREFIXES + QUERIES[name], release.names)
    about = {"base_iri": release.names.base, "prefixes": release.names.prefixes()}
    assert answer(release.columns, query.text, about) is not None
    counted = rows(execute(release.store, query, release.names, release.columns))
    assert counted == rows(execute(release.store, query, release.names))


def rows(found):
    return Counter(tuple(map(str, row)) for row in found)
