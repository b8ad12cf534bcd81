"""The loop answers what is quick by itself, and leaves the rest to threads: nobody sees by whom."""

from __future__ import annotations

import json
import os
import signal
import socket
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from kg.cli.serve import _listen
from kg.limits import MEBIBYTE, Limits
from server import create_app
from server.operations import front as module
from server.operations.front import Begun, Front
from server.operations.log import _open, begin_log
from server.operations.metrics import KEY, Metrics
from server.operations.seen import outcome_of
from server.workers.pool import Pool
from serving import SLOW, until

QUICK = "SELECT ?c { ?c a wh:Claim } ORDER BY ?c LIMIT "
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 3000"
JSON = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Here:
    """A server in this process, and what it has handed to threads."""

    port: int
    pool: Pool
    front: Front
    handed: list[object]
    metrics: Metrics

    def get(self, query: str, **headers: str) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as client:
            client.request("GET", address(query), headers=JSON | headers)
            answer = client.getresponse()
            return answer.status, answer.read()


def address(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def request(query: str, *headers: str, version: str = "1.1") -> bytes:
    lines = [f"GET {address(query)} HTTP/{version}", "Host: here", "Accept: text/csv", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.fixture(scope="module")
def here(release) -> Iterator[Here]:
    limits = Limits(seconds=2, workers=2)
    pool, sockets, handed = Pool(limits), {}, []
    app = create_app(release, pool=pool)
    server = _listen(app, Namespace(host="127.0.0.1", port=0), limits, sockets)
    front = server.task_dispatcher
    real = front.threads.add_task
    front.threads.add_task = lambda task: handed.append(task) or real(task)
    pool.start(release.folder)
    Thread(target=server.run, daemon=True).start()
    found = Here(server.effective_port, pool, front, handed, app.extensions[KEY])
    try:
        until(lambda: found.get("ASK {}")[0] == 200 and found.get("ASK {1 a 1}")[0] == 200)
        yield found
    finally:
        server.trigger.pull_trigger(sockets.clear)
        front.shutdown()
        pool.close()


@pytest.fixture(autouse=True)
def anew(here):
    """No query runs, and nothing was handed over yet."""
    until(lambda: here.pool.counts().running == 0)
    here.handed.clear()


def test_what_is_quick_is_answered_without_a_thread_new_or_kept(here):
    until(lambda: here.get(f"{QUICK}{2 + len(here.handed)}")[0] == 200)
    here.handed.clear()
    first, again = here.get(f"{QUICK}1"), here.get(f"{QUICK}1")
    assert first == again and len(json.loads(first[1])["results"]["bindings"]) == 1
    assert not here.handed and not here.front.begun


def test_whoever_says_how_they_are_connected_gets_the_same_head(here):
    def head(number: int, *lines: str, version: str = "1.1") -> dict[bytes, bytes]:
        with socket.create_connection(("127.0.0.1", here.port), 20) as client:
            client.sendall(request(f"{QUICK}{number}", *lines, version=version))
            came = client.recv(2**16).partition(b"\r\n\r\n")[0].split(b"\r\n")
        assert came[0] == f"HTTP/{version} 200 OK".encode()
        found = dict(line.split(b": ", 1) for line in came[1:])
        return {k.lower(): v for k, v in found.items() if k not in (b"Date", b"Connection")}

    for number in (1, 11):  # kept, and new
        found = head(number)
        assert found[b"server"] == b"whoholds" and found[b"etag"] and found[b"last-modified"]
        assert found == head(number, "Connection: keep-alive") == head(number, "Connection: close")
        assert found == head(number, version="1.0")


def test_what_is_no_short_query_of_a_program_is_a_threads(here):
    assert here.get(LARGE)[0] == 200
    assert b"<!doctype html>" in here.get(f"{QUICK}2", Accept="text/html")[1]
    assert here.get("SELECT * { ?s ?p }")[0] == 400
    assert here.get(f"{QUICK}3 #{'x' * module.SHORT}")[0] == 200
    assert len(here.handed) == 4


def test_answers_come_in_the_order_of_their_requests(here):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a wh:Claim }"
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(slow) + request(f"{QUICK}4") + request("ASK {}"))
        client.sendall(request(f"{QUICK}5", "Connection: close"))
        came = b"".join(iter(lambda: client.recv(2**16), b""))
    bodies = [part.partition(b"\r\n\r\n")[2] for part in came.split(b"HTTP/1.1 200 OK")[1:]]
    assert [body.split(b"\r\n")[0] for body in bodies] == [b"n", b"c", b"true", b"c"]
    assert [body.count(b"\r\n") for body in bodies[1::2]] == [5, 6]


def test_a_client_of_1_0_gets_its_answer_and_the_end(here):
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(f"{QUICK}6", version="1.0"))
        came = b"".join(iter(lambda: client.recv(2**16), b""))
    assert came.startswith(b"HTTP/1.0 200 OK") and came.count(b"\r\nhttp") == 6


def test_who_names_no_host_is_told_so(here):
    """https://www.rfc-editor.org/rfc/rfc9112#section-3.2"""
    unnamed = request("ASK {}").replace(b"Host: here\r\n", b"")
    for version, status in ((b"1.1", b"400 Bad Request"), (b"1.0", b"200 OK")):
        with socket.create_connection(("127.0.0.1", here.port), 20) as client:
            client.sendall(unnamed.replace(b"HTTP/1.1", b"HTTP/" + version))
            came = b"".join(iter(lambda: client.recv(2**16), b""))
        assert came.startswith(b"HTTP/%b %b" % (version, status))


def test_a_worker_that_is_killed_while_the_loop_waits_is_one_error(here, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 60)
    before = {child.pid for child in here.pool._idle}
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(SLOW))
        until(lambda: len(here.pool._idle) < len(before))
        (pid,) = before - {child.pid for child in here.pool._idle}
        assert not here.handed
        os.kill(pid, signal.SIGKILL)
        assert client.recv(2**16).startswith(b"HTTP/1.1 500 ")
    assert here.get(f"{QUICK}7")[0] == 200


def test_what_takes_long_is_handed_over_and_stopped_in_time(here):
    assert here.get(SLOW.replace("(*)", "(?a)"))[0] == 504
    assert [type(task) for task in here.handed] == [Begun]


def test_nobody_waits_for_a_query_whose_client_is_gone(here):
    ended = here.pool.counts().ended
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(SLOW.replace("(*)", "(?b)")))
        until(lambda: here.pool.counts().running == 1)
    until(lambda: here.pool.counts().ended == ended + 1)
    until(lambda: here.pool.counts().running == 0)


@pytest.fixture
def told(here) -> Iterator[list[int]]:
    """The statuses that were logged, each of which is counted by its outcome."""
    found, before = [], counted(here)
    log = SimpleNamespace(take=lambda line: found.append(line.status))
    begin_log(log)
    yield found
    _open.remove(log)
    after = counted(here)
    words = [outcome_of(status) for status in found]
    assert {word: after[word] - before.get(word, 0) for word in after} == {
        word: words.count(word) for word in after
    }


def counted(here) -> dict[str, float]:
    """How many queries came to which end."""
    found: dict[str, float] = {}
    for metric in here.metrics.registry.collect():
        for sample in metric.samples if metric.name == "whoholds_queries" else ():
            if sample.name.endswith("_total"):
                outcome = sample.labels["outcome"]
                found[outcome] = found.get(outcome, 0) + sample.value
    return found


def test_a_query_whose_client_is_gone_is_logged_and_counted_once(here, told):
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(SLOW.replace("(*)", "(?c)")))
        until(lambda: here.pool.counts().running == 1)
    until(lambda: here.pool.counts().running == 0 and told)
    assert told == [408] and [type(task) for task in here.handed] == [Begun]


def test_a_result_whose_client_is_gone_is_logged_and_counted_once(here, told, monkeypatch):
    """It was complete when its client had gone, and nobody had noticed."""
    monkeypatch.setattr("server.sparql.inquiry.gone_of", lambda _: lambda: False)
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a wh:Claim . ?e a wh:Claim }"
    monkeypatch.setattr(module, "PATIENCE", 0)
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(query))
        until(lambda: here.handed)
    until(lambda: told)
    assert told == [200]


def test_a_large_result_lies_on_the_disk_until_it_is_taken_or_its_client_has_left(here):
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(request(large))
        until(lambda: here.pool.counts().spooled > 8 * MEBIBYTE)
    until(lambda: here.pool.counts().spooled == 0)
    assert here.get(large)[0] == 200
    until(lambda: here.pool.counts().spooled == 0)


def test_a_mistake_of_ours_ends_one_request(here, monkeypatch):
    def wrong(_: object) -> None:
        raise ValueError("never")

    with monkeypatch.context() as patched:
        patched.setattr("server.sparql.shortcut.Seen", wrong)
        with socket.create_connection(("127.0.0.1", here.port), 20) as client:
            client.sendall(request(f"{QUICK}8"))
            assert client.recv(2**16).startswith(b"HTTP/1.1 200 ")
    assert len(here.handed) == 1 and here.get(f"{QUICK}8")[0] == 200


def test_queries_that_are_refused_disturb_no_other(here):
    """Of what a process has answered, nothing is waited for again."""
    wrong = [f"SELECT * {{ ?s ?p{' ' * n}" for n in range(150)]
    with ThreadPoolExecutor(8) as clients:
        found = list(clients.map(lambda query: here.get(query)[0], wrong))
    assert found == [400] * len(wrong)
