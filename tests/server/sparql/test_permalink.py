"""Citing a result over HTTP: the address holds all of it, and never shows another result."""

import csv
import io
import json

import pytest

from kg.cite.permalink import Permalink, code_in, read_code
from kg.limits import Limits
from kg.sparql.dataset import Dataset
from kg.worker.job import LEEWAY
from server import create_app
from server.sparql import permalink
from server.sparql.endpoint import run
from server.workers.errors import TooSlow
from server.workers.pool import Pool

QUERY = "SELECT ?place (COUNT(?claim) AS ?n) { ?claim wh:place ?place } GROUP BY ?place"


@pytest.fixture
def link(client):
    answer = client.get("/cite", query_string={"query": QUERY})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_cited_result_is_the_result(client, link):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{link}.csv").text)))
    direct = client.get("/sparql.csv", query_string={"query": QUERY}).text
    assert rows == list(csv.DictReader(io.StringIO(direct))) != []
    assert client.get(link, headers={"Accept": "application/json"}).json["head"]
    assert client.get(f"{link}.ttl").status_code == 404


def test_the_page_says_how_to_cite_and_check_it(client, link, release):
    page = client.get(link, headers={"Accept": "text/html"}).text
    assert release.digest in page and read_code(code_in(link)).result in page
    assert f"whoholds verify --online {link}" in page and "@misc{whoholds-" in page


def test_another_result_is_never_shown(client, link):
    cited = read_code(code_in(link))
    other = Permalink("ASK { ?s ?p ?o }", cited.dataset, cited.release, cited.result)
    answer = client.get(f"/q/{other.code}")
    assert answer.status_code == 409 and cited.result in answer.json["detail"]


def test_a_release_that_is_not_here_is_told(client, link):
    cited = read_code(code_in(link))
    other = Permalink(cited.query, cited.dataset, f"sha256:{'0' * 64}", cited.result)
    assert client.get(f"/q/{other.code}").status_code == 404


@pytest.mark.parametrize("code", ["x", "AAAA", "A" * 7000])
def test_what_is_no_permalink_is_told(client, code):
    answer = client.get(f"/q/{code}")
    assert answer.status_code == 400 and "no whole permalink" in answer.json["detail"]
    assert answer.json["detail"].endswith("Copy all of it.")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT (BNODE() AS ?x) {}", "blank nodes"),
        ("SELECT", "not SPARQL"),
        ("SELECT (NOW() AS ?now) {}", "another each time"),
        ("ASK { FILTER(RAND() < 2) }", "another each time"),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "Refused"),
    ],
)
def test_what_cannot_be_cited_is_told(client, query, says):
    answer = client.get("/cite", query_string={"query": query})
    assert answer.status_code == 400 and says in answer.json["detail"]


def test_a_graph_that_cannot_be_named_canonically_in_time_hurts_nobody(release):
    """Twelve blank nodes that all lead to each other: what names them tries 12! orders."""
    names = [f"_:n{i}" for i in range(12)]
    every = " ".join(f"{a} <urn:p> {b} ." for a in names for b in names if a != b)
    pool = Pool(Limits(seconds=1, workers=1))
    client = create_app(release, pool=pool).test_client()
    query = f"CONSTRUCT {{ {every} }} WHERE {{}}"
    answer = client.get("/cite", query_string={"query": query})
    assert answer.status_code in (504, 507) and "was stopped" in answer.json["detail"]
    assert client.get("/sparql.nt", query_string={"query": query}).status_code == 200
    pool.close()


def test_graphs_that_the_request_names_are_cited_too(client):
    graph = "https://example.org/valley/graph/article/aven"
    asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": graph}
    link = client.get("/cite", query_string=asked).headers["Location"]
    assert read_code(code_in(link)).dataset == Dataset((graph,))
    found = json.loads(client.get(f"{link}.json").data)
    assert found == client.get("/sparql.json", query_string=asked).json


def test_who_has_it_already_is_told_so(client, link):
    tag = client.get(f"{link}.csv").headers["ETag"]
    assert client.get(f"{link}.csv", headers={"If-None-Match": tag}).status_code == 304


OPEN = "SELECT ?place ?claim { ?claim wh:place ?place } ORDER BY ?place LIMIT 3"
MAY_DIFFER = "LIMIT cuts where ORDER BY may leave rows equal. Add ?claim to ORDER BY."


def test_what_a_query_leaves_open_is_said_before_it_is_cited(client):
    answer = client.get("/cite", query_string={"query": OPEN})
    link = answer.headers["Location"]
    assert answer.status_code == 303 and answer.mimetype == "text/plain"
    assert answer.text.startswith(link) and MAY_DIFFER in answer.text
    page = client.get(link, headers={"Accept": "text/html"}).text
    assert "Before you cite it" in page and MAY_DIFFER in page
    assert client.get(f"{link}.csv").status_code == 200


@pytest.mark.parametrize("query", [f"{OPEN} OFFSET 0".replace("3", "3000"), QUERY])
def test_nothing_is_said_where_nothing_is_left_open(client, query):
    answer = client.get("/cite", query_string={"query": query})
    assert answer.status_code == 303 and "leaves" not in answer.text
    page = client.get(answer.headers["Location"], headers={"Accept": "text/html"}).text
    assert "Before you cite it" not in page


def test_another_result_of_such_a_query_says_why(client, release):
    other = Permalink(OPEN, Dataset(), release.digest, f"sha256:{'0' * 64}")
    answer = client.get(f"/q/{other.code}")
    assert answer.status_code == 409 and MAY_DIFFER in answer.json["detail"]


@pytest.mark.parametrize(
    "query",
    [
        OPEN,
        "ASK { ?claim wh:place ?place }",
        "CONSTRUCT { ?claim wh:place ?place } { ?claim wh:place ?place }",
        "CONSTRUCT { [] wh:place ?place } { ?claim wh:place ?place }",
        'SELECT ?x ?y { VALUES (?x ?y) { (1.50 "a,\\n\\"b\\"") (UNDEF "ب"@ar) (<urn:x> 1e1) } }',
    ],
)
def test_each_form_is_made_of_the_run_whose_digest_is_taken(client, query):
    link = client.get("/cite", query_string={"query": query}).headers["Location"]
    for suffix in ("nt", "ttl", "rdf") if "CONSTRUCT" in query else ("csv", "tsv", "xml", "json"):
        cited = client.get(f"{link}.{suffix}")
        direct = client.get(f"/sparql.{suffix}", query_string={"query": query})
        assert cited.status_code == 200
        if "[]" not in query:
            assert alike(cited) == alike(direct)
        assert len(cited.data.splitlines()) == len(direct.data.splitlines())


def alike(answer):
    """An answer's content, and its lines in order of their bytes: graphs have none."""
    return answer.content_type, sorted(answer.data.splitlines())


def test_another_result_is_shown_in_no_form(client, release):
    other = Permalink(QUERY, Dataset(), release.digest, f"sha256:{'0' * 64}")
    for suffix in ("csv", "json", "xml", "tsv", "html"):
        answer = client.get(f"/q/{other.code}.{suffix}")
        assert answer.status_code == 409 and "asked again, it is sha256:" in answer.json["detail"]


def test_what_takes_too_long_to_find_out_is_left_open(client, monkeypatch):
    def slow(query, form):
        if form == LEEWAY:
            raise TooSlow(1)
        return run(query, form)

    monkeypatch.setattr(permalink, "run", slow)
    answer = client.get("/cite", query_string={"query": f"{OPEN} OFFSET 1"})
    assert answer.status_code == 303 and MAY_DIFFER in answer.text
