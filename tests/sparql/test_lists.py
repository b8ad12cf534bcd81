"""Nothing is IN an empty list, and everything is NOT IN it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute

NAMES = Names("http://e/")
TERMS = (
    *("<http://x/a>", "'q'@en", "''", "1", "true", "'abc'^^<http://www.w3.org/2001/XMLSchema#int>"),
    "'2014-05-22'^^<http://www.w3.org/2001/XMLSchema#date>",
)


@pytest.mark.parametrize("spelling", ["IN ()", "in( )", "IN (\n) # none\n"])
def test_an_empty_list_has_nothing(spelling):
    values = f"VALUES ?v {{ {' '.join(TERMS)} }}"
    for text, kept in ((f"?v NOT {spelling}", len(TERMS)), (f"?v {spelling}", 0)):
        query = prepare(f"SELECT ?v {{ {values} FILTER({text}) }}", NAMES)
        assert len(list(execute(Store(), query, NAMES))) == kept
    query = prepare(f"SELECT (?no {spelling} AS ?v) {{ }}", NAMES)
    assert next(execute(Store(), query, NAMES))["v"] is None
