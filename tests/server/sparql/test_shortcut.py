"""The short way past the framework: the same answers, and everything else left to it."""

from __future__ import annotations

import json

import pytest
from werkzeug.http import parse_date

from server import create_app
from server.operations.log import close_log, open_log

TABLE = "SELECT ?c { ?c a wh:Claim }"
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s a wh:Claim ; ?p ?o }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 8000"
APART = ("Date", "Server")


@pytest.fixture(scope="module")
def app(release):
    app = create_app(release)
    yield app
    app.extensions["whoholds"].pool.close()


@pytest.fixture
def asked(app, monkeypatch):
    """Whether the framework was asked, by what it was asked."""
    found = []
    real = app.full_dispatch_request
    monkeypatch.setattr(app, "full_dispatch_request", lambda: found.append(1) or real())
    return found


def get(app, query, **headers):
    answer = app.test_client().get("/sparql", query_string={"query": query}, headers=headers)
    found = {name: answer.headers.get_all(name) for name, _ in answer.headers}
    return answer.status_code, {k: v for k, v in found.items() if k not in APART}, answer.data


@pytest.mark.parametrize("query", [TABLE, GRAPH, "ASK {}", "SELECT (STRUUID() AS ?x) {}", LARGE])
@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/csv, text/turtle"])
def test_it_answers_as_the_application_does(app, asked, query, accept):
    short = get(app, query, Accept=accept)
    assert short[0] == 200 and not asked
    whole = get(app, query, Accept=accept, **{"If-None-Match": '"another"'})
    assert asked
    varies = "UUID" in query
    for answer in (short, whole):
        assert answer[1].pop("ETag") and answer[1]["Vary"] == ["Accept"]
    assert short[:2] == whole[:2] and (varies or short[2] == whole[2])


def test_what_has_no_result_is_asked_once_and_told_by_the_application(app, asked, tmp_path):
    tally = app.extensions["whoholds"].results.tally
    before = tally.misses
    log = open_log(tmp_path / "log", queries=False)
    wrong = get(app, "SELECT * { ?s ?p }")
    refused = get(app, "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
    close_log(log)
    assert (wrong[0], refused[0], len(asked)) == (400, 400, 2)
    assert "not SPARQL" in json.loads(wrong[2])["detail"]
    assert [json.loads(x)["status"] for x in (tmp_path / "log").open()] == [400, 400]
    assert tally.misses == before + 1  # the engine's own no, once


def test_pages_and_who_has_it_already_are_the_applications(app, asked):
    assert get(app, TABLE, Accept="text/html")[2].startswith(b"<!doctype html>")
    tag = get(app, TABLE)[1]["ETag"][0]
    assert get(app, TABLE, **{"If-None-Match": tag})[::2] == (304, b"")
    assert get(app, TABLE, Accept="text/turtle")[0] == 406
    assert app.test_client().get("/sparql").status_code == 200
    assert len(asked) == 4


def test_a_result_has_the_date_of_its_release(app, release):
    date = get(app, TABLE)[1]["Last-Modified"][0]
    assert parse_date(date) == release.written
    assert get(app, TABLE, **{"If-Modified-Since": date})[0] == 304
    assert get(app, TABLE, **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})[0] == 200
    assert "Last-Modified" not in get(app, "SELECT (RAND() AS ?x) {}")[1]
