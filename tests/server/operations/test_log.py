"""One line of JSON a query; no address, no text unless it is wanted; and it hinders no answer."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from kg.errors import InputError
from server import create_app
from server.operations import log
from server.operations.log import Aside, Line, close_log, open_log
from server.operations.seen import Seen

QUERY = 'SELECT ?s { ?s a wh:Article FILTER("""two\nlines \u2028""" != "") }'
NAMES = [
    "time", "query", "form", "format", "status", "seconds", "rows", "bytes", "cached", "release",
    "edition",
]  # fmt: skip


@pytest.fixture
def client(release):
    app = create_app(release)
    yield app.test_client()
    app.extensions["whoholds"].pool.close()


@pytest.fixture
def lines(tmp_path):
    """Opens a log, and gives what it holds once it is closed."""

    def record(ask, *, queries: bool) -> list[dict]:
        path = tmp_path / "queries.log"
        handler = open_log(path, queries=queries)
        try:
            ask()
        finally:
            close_log(handler)
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    return record


def post(client, query: str):
    return client.post(
        "/sparql.tsv",
        data=query.encode(),
        content_type="application/sparql-query",
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )


def test_a_graph_that_is_asked_for_whole_is_told_from_others(client, release, lines):
    names = sorted(node.value for node in release.store.named_graphs())[:2]
    asked = [f"/graphs.nt?graph={quote(name)}" for name in names]
    found = lines(lambda: [client.get(address) for address in asked], queries=False)
    assert {line["form"] for line in found} == {"CONSTRUCT"}
    assert len({line["query"] for line in found}) == 2


def test_a_query_is_a_line_that_tells_neither_who_nor_what(client, release, lines):
    (line,) = lines(lambda: post(client, QUERY), queries=False)
    assert list(line) == NAMES
    assert (line["form"], line["format"], line["status"], line["rows"]) == ("SELECT", "tsv", 200, 3)
    assert line["release"] == release.digest and line["bytes"] > 0 < line["seconds"] < 60
    assert line["edition"] == release.folder.name
    assert line["cached"] is False and line["time"].endswith("Z")
    assert not any(word in json.dumps(line) for word in ("203.0.113.9", "Article", "lines"))


def test_the_text_is_there_when_it_is_wanted_in_one_line(client, lines):
    (line,) = lines(lambda: post(client, QUERY), queries=True)
    assert line["text"] == QUERY and "203.0.113.9" not in json.dumps(line)


def test_spaces_and_comments_do_not_make_another_query(client, lines):
    def ask():
        for query in (
            "ASK { ?s a wh:Claim }",
            "ASK  {\n?s a wh:Claim # so\n}",
            "ASK { ?s a wh:X }",
        ):
            post(client, query)

    found = lines(ask, queries=False)
    first, second, third = (line["query"] for line in found)
    assert first == second != third and len(first) == 16
    assert [line["cached"] for line in found] == [False, True, False]


def test_what_is_refused_is_a_line_too(client, lines):
    def ask():
        post(client, "nonsense")
        post(client, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
        client.get("/about")

    found = lines(ask, queries=False)
    assert [(line["status"], line["form"], line["rows"]) for line in found] == [(400, "", 0)] * 2


def test_a_log_that_cannot_be_written_hinders_no_answer(client, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    handler = open_log(folder / "queries.log", queries=False)
    (folder / "queries.log").unlink()
    folder.rmdir()
    try:
        assert post(client, QUERY).status_code == 200
    finally:
        close_log(handler)
    assert handler.lost == 1


def test_a_log_that_is_moved_away_is_begun_anew(client, tmp_path):
    path = tmp_path / "queries.log"
    handler = open_log(path, queries=False)
    path.rename(tmp_path / "queries.log.1")
    post(client, QUERY)
    close_log(handler)
    assert len(path.read_text("utf-8").splitlines()) == 1


def test_a_reader_that_stands_still_hinders_no_answer_and_no_end(monkeypatch):
    monkeypatch.setattr(log, "MOST", 3)
    monkeypatch.setattr(log, "LAST", 0.1)
    free = Event()
    handler = log.begin_log(Aside(lambda _: free.wait(20), queries=False))
    begin = time.monotonic()
    for _ in range(10):
        log.tell(Line(Seen("ASK {}", 0), "", "", 200, 0))
    close_log(handler)
    assert time.monotonic() - begin < 2
    assert handler.lost >= 6
    free.set()


def test_a_place_where_no_log_can_be_is_told(tmp_path):
    with pytest.raises(InputError, match="no log can be written there"):
        open_log(tmp_path / "none" / "queries.log", queries=False)


def test_standard_error_gets_whole_lines():
    read, write = os.pipe()
    kept = os.dup(2)
    os.dup2(write, 2)
    try:
        handler = open_log(None, queries=False)
        log.tell(Line(Seen("ASK {}", 0), "sha256:0", "0", 200, 0.5))
        close_log(handler)
    finally:
        os.dup2(kept, 2)
        os.close(write)
    with os.fdopen(read) as said:
        assert json.loads(said.read())["seconds"] == 0.5


def test_without_a_log_nothing_is_written(client, capfd):
    post(client, QUERY)
    assert capfd.readouterr().err == "" and not Path("queries.log").exists()


def test_lines_of_a_moment_are_written_at_once():
    written = list[bytes]()
    handler = log.begin_log(Aside(written.append, queries=False))
    for status in (200, 400, 504):
        log.tell(Line(Seen("ASK {}", 0), "", "", status, 0))
    close_log(handler)
    (whole,) = written
    assert [json.loads(line)["status"] for line in whole.splitlines()] == [200, 400, 504]
