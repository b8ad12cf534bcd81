"""The W3C's tests of results as CSV, TSV and JSON.

Numbers are compared by their values, as the tests need: csvtsv03.tsv has 1.0e6 for the 1.0E6 of its
data. How a release spells them is tested with kg.release.adhoc.
"""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, parse_query_results

from sparql.results import comparable, table_of

GRAPH = "http://example.org/graph/test"
TABLES = [
    ("csvtsv01.rq", "data.ttl", "csvtsv01"),
    ("csvtsv02.rq", "data.ttl", "csvtsv02"),
    ("csvtsv01.rq", "data2.ttl", "csvtsv03"),
]
JSON = ["jsonres01", "jsonres02", "jsonres03", "jsonres04"]


def ask(serve, folder, query, content, suffix):
    client = serve({GRAPH: (folder / content).read_bytes()})
    text = (folder / query).read_text("utf-8")
    return client.get(f"/sparql.{suffix}", query_string={"query": text})


@pytest.mark.parametrize(("query", "content", "result"), TABLES)
def test_csv(serve, standards, query, content, result):
    folder = standards / "csv-tsv-res"
    answer = ask(serve, folder, query, content, "csv")
    assert answer.mimetype == "text/csv"
    assert table_of(answer.text) == table_of((folder / f"{result}.csv").read_text("utf-8"))


@pytest.mark.parametrize(("query", "content", "result"), TABLES)
def test_tsv(serve, standards, query, content, result):
    folder = standards / "csv-tsv-res"
    answer = ask(serve, folder, query, content, "tsv")
    assert answer.mimetype == "text/tab-separated-values"
    assert solutions(answer.data, "TSV") == solutions(
        (folder / f"{result}.tsv").read_bytes(), "TSV"
    )


@pytest.mark.parametrize("name", JSON)
def test_json(serve, standards, name):
    folder = standards / "json-res"
    answer = ask(serve, folder, f"{name}.rq", "data.ttl", "json")
    assert answer.mimetype == "application/sparql-results+json"
    assert solutions(answer.data, "JSON") == solutions(
        (folder / f"{name}.srj").read_bytes(), "JSON"
    )


def solutions(content, form):
    """Whether it is so; or the rows in any order by variable, blank nodes named by what they do."""
    return comparable(parse_query_results(content, format=getattr(QueryResultsFormat, form)))
