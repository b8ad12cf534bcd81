"""Comunica, which finds out for itself that the address is a SPARQL endpoint."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from clients import asked
from paths import ROOT

FOLDER = ROOT / "comunica"
NAMES = asked.NAMES.replace("?name WHERE", "?name (LANG(?name) AS ?language) WHERE")
"""The language stands in a column of its own: among the packages that Comunica 4.5.0 is installed
with today is a reader of results that loses it."""
QUERIES = [
    NAMES,
    asked.DATED,
    asked.YES,
    asked.NO,
    asked.GRAPH_OF_NAMES,
    asked.MANY,
    f"SELECT ?g WHERE {{ GRAPH ?g {{ <{asked.PALMYRA}> a ?class }} }}",
    asked.LEAVES,
]


@pytest.fixture(scope="module")
def answers(endpoint):
    if shutil.which("node") is None or not (FOLDER / ".filled").exists():
        pytest.skip("needs node, and comunica/: run the tests by `make test` where npm is there")
    words = ["node", str(Path(__file__).with_name("ask.mjs")), str(FOLDER), endpoint]
    done = subprocess.run(
        words, input=json.dumps(QUERIES), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(QUERIES, json.loads(done.stdout), strict=True))


def test_names_with_their_languages(answers):
    assert {(r["name"]["value"], r["language"]["value"]) for r in answers[NAMES]} == asked.TOLD


def test_types(answers):
    (row,) = answers[asked.DATED]
    assert row["day"]["value"] == asked.DAY and row["day"]["datatype"]["value"].endswith("#date")
    assert row["least"]["datatype"]["value"].endswith("#integer")


def test_yes_and_no(answers):
    assert answers[asked.YES] is True and answers[asked.NO] is False


def test_a_graph(answers):
    assert sorted(answers[asked.GRAPH_OF_NAMES]) == ["Palmyra", "تدمر"]


def test_counts_and_graphs(answers):
    assert [row["claims"]["value"] for row in answers[asked.MANY]] == [str(asked.CLAIMS)]
    assert asked.GRAPH in {row["g"]["value"] for row in answers[QUERIES[6]]}


def test_an_error_is_an_error_and_no_empty_result(answers):
    assert "400" in answers[asked.LEAVES]["error"]
