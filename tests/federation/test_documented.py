"""docs/federation.md: each query joins two endpoints as if their statements lay in one store.

The tests run them as they stand, but for the two addresses.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from paths import ROOT, TESTS

PAGE = ROOT / "docs" / "federation.md"
OURS, THEIRS = "https://data.example.org/sparql", "https://query.wikidata.org/sparql"
COMUNICA = ROOT / "comunica"
_BLOCK = re.compile(r"^```(sparql|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SERVICE = re.compile(r"SERVICE <[^>]+>")

pytestmark = pytest.mark.slow


def blocks(heading: str) -> list[str]:
    """The queries and programs under a heading of the page."""
    text = PAGE.read_text("utf-8")
    section = re.split(rf"^## {heading}$", text, flags=re.MULTILINE)[1]
    return [code for _, code in _BLOCK.findall(re.split(r"^## ", section, flags=re.MULTILINE)[0])]


POINTS, RECORDS = blocks("Wikidata's service asks ours")
(LINKS,) = blocks("What is linked")
(PROGRAM,) = blocks("A program of yours asks both")
(RDFLIB,) = blocks("rdflib")
(BOTH,) = blocks("Comunica")
(INSIDE,) = blocks("Our endpoint asks Wikidata")


@pytest.fixture(scope="module")
def one_store(known, shipped_releases):
    """All statements of both endpoints in one graph."""
    store = Store()
    store.extend(known.quads_for_pattern(None, None, None, DefaultGraph()))
    path = shipped_releases / "current" / "data.nq"
    for quad in parse(path.read_bytes(), format=RdfFormat.N_QUADS):
        store.add(Quad(quad.subject, quad.predicate, quad.object))
    return store


def joined(store: Store, query: str) -> list[tuple[str, ...]]:
    """What a query finds where nothing has to be asked elsewhere."""
    rows = store.query(_SERVICE.sub("", query))
    return sorted({tuple(row[name].value for name in rows.variables) for row in rows})


def ask(endpoint: str, query: str) -> list[tuple[str, ...]]:
    """What an endpoint finds."""
    headers = {"Accept": "application/sparql-results+json"}
    form = urlencode({"query": query}).encode()
    with urlopen(Request(endpoint, form, headers)) as answer:  # noqa: S310 - loopback
        found = json.load(answer)
    names = found["head"]["vars"]
    return [tuple(row[n]["value"] for n in names) for row in found["results"]["bindings"]]


def placed(text: str, ours, wikidata) -> str:
    """A query or program with the addresses of this test's endpoints."""
    here = ours.address.removesuffix("/sparql")
    return text.replace("https://data.example.org", here).replace(THEIRS, wikidata.address)


def printed(program: str) -> list[tuple[str, ...]]:
    """The rows that a program prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program, "docs/federation.md", "exec"), {})  # noqa: S102 - the page's own
    return sorted(map(tuple, csv.reader(said.getvalue().splitlines())))


def test_what_is_linked(ours, one_store):
    rows = ask(ours.address, LINKS)
    assert rows == joined(one_store, LINKS)
    assert len(rows) > 10 and all("/entity/Q" in item for _, item in rows)


@pytest.mark.parametrize("query", [POINTS, RECORDS], ids=["points", "records"])
def test_their_service_asks_ours_once(query, ours, wikidata, one_store):
    assert ask(wikidata.address, placed(query, ours, wikidata)) == joined(one_store, query)
    assert len(ours.asked) == 1


def test_points_are_found_and_records_that_differ_would_be(ours, wikidata, one_store):
    assert len(joined(one_store, POINTS)) >= 2
    same = RECORDS.replace("FILTER(?theirs != ?ours)", "")
    assert ask(wikidata.address, placed(same, ours, wikidata)) == joined(one_store, same)


def test_a_program_asks_each_once(ours, wikidata, one_store):
    expected = joined(
        one_store,
        """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?place ?item ?label { ?place a <https://w3id.org/whoholds/ns#Place> ;
        skos:exactMatch ?item . ?item rdfs:label ?label . FILTER(LANG(?label) = "ar")
        FILTER(STRSTARTS(STR(?item), "http://www.wikidata.org/entity/")) }""",
    )
    assert printed(placed(PROGRAM, ours, wikidata)) == expected and len(expected) >= 2
    assert (len(ours.asked), len(wikidata.asked)) == (1, 1)


def test_rdflib_asks_for_each_link(ours, wikidata, our_address, one_store):
    program = placed(RDFLIB, ours, wikidata)
    program = program.replace(ours.address.removesuffix("/sparql"), our_address[: -len("/sparql")])
    assert printed(program) == joined(one_store, POINTS)
    places = """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?place ?item { ?place skos:exactMatch ?item ; geo:hasGeometry ?geometry
        FILTER(STRSTARTS(STR(?item), "http://www.wikidata.org/entity/")) }"""
    assert len(wikidata.asked) == len(joined(one_store, places))


def test_rdflib_leaves_a_second_service_out(ours, wikidata):
    """As the page warns: it would be a reason to change the page if it did not."""
    from rdflib import Graph

    rows = list(Graph().query(placed(BOTH, ours, wikidata)))
    assert rows and all(row.there is None for row in rows) and wikidata.asked == []


def test_comunica_joins_both(ours, wikidata, one_store):
    if shutil.which("node") is None or not (COMUNICA / ".filled").exists():
        pytest.skip("needs node, and comunica/: run the tests by `make test` where npm is there")
    query = placed(BOTH, ours, wikidata)
    words = ["node", TESTS / "clients" / "ask.mjs", COMUNICA, ours.address, wikidata.address]
    done = subprocess.run(
        words, input=json.dumps([query]), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    (rows,) = json.loads(done.stdout)
    names = ("place", "item", "here", "there")
    assert [tuple(row[n]["value"] for n in names) for row in rows] == joined(one_store, BOTH)
    for_each = 2 * len(rows) + 1  # where the other side has many more, a count and a SELECT each
    assert len(ours.asked) == 2 and len(wikidata.asked) in (2, for_each)


def test_our_endpoint_asks_once_for_its_items_alone(ours, inner_door, one_store):
    before = len(inner_door.asked)
    assert ask(ours.address, placed(INSIDE, ours, inner_door)) == joined(one_store, INSIDE)
    (asked,) = inner_door.asked[before:]
    assert asked.count("(<http://www.wikidata.org/entity/Q") == asked.count("(<") > 5


def test_our_endpoint_asks_nobody_else(ours, wikidata):
    with pytest.raises(OSError, match="400"):
        ask(ours.address, placed(INSIDE, ours, wikidata))
    assert wikidata.asked == []
