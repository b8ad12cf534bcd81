"""A request that comes again gets the answer that reading it anew would give."""

from __future__ import annotations

import re
import socket
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any, BinaryIO
from urllib.parse import urlencode

import pytest

from kg.cli.serve import _listen
from kg.limits import Limits
from kg.release.read import Release, open_release
from server import create_app
from server.operations import again as module
from server.operations.again import AGAIN, Answered, Body, Repeated, answered
from server.operations.log import close_log, open_log
from server.site import Site
from serving import until

TABLE = "SELECT ?c { ?c a wh:Claim } ORDER BY ?c LIMIT "
DATE = re.compile(rb"\r\nDate: [^\r]+ GMT\r\n")


@dataclass(slots=True)
class Here:
    """A server in this process, and each request that its application has read."""

    server: Any
    site: Site
    read: list[str]
    serves: Release

    @property
    def port(self) -> int:
        return self.server.effective_port

    def send(self, *packets: bytes, answers: int = 1) -> list[bytes]:
        """Whole answers to what is sent over one connection."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for packet in packets:
                client.sendall(packet)
                time.sleep(0.02 * (len(packets) > 1))  # so that they come apart
            stream = client.makefile("rb")
            return [_answer(stream) for _ in range(answers)]

    def get(self, query: str, *headers: str) -> bytes:
        """The whole answer to a query."""
        return self.send(request(query, *headers))[0]


def _answer(stream: BinaryIO) -> bytes:
    lines = list(iter(stream.readline, b"\r\n"))
    size = sum(int(line[16:]) for line in lines if line.startswith(b"Content-Length: "))
    return b"".join(lines) + b"\r\n" + stream.read(size)


def request(query: str, *headers: str, version: str = "1.1") -> bytes:
    line = f"GET /sparql?{urlencode({'query': query})} HTTP/{version}"
    accept = () if any(header.startswith("Accept") for header in headers) else ("Accept: text/csv",)
    return "\r\n".join([line, "Host: here", *accept, *headers, "", ""]).encode()


def body(came: bytes) -> bytes:
    return came.partition(b"\r\n\r\n")[2]


@pytest.fixture(scope="module")
def here(release) -> Iterator[Here]:
    limits, sockets = Limits(workers=1), {}
    found = Here(None, None, [], release)
    app = create_app(lambda: found.serves)
    found.site = app.extensions["whoholds"]
    inner = app.wsgi_app

    def counted(environ: dict[str, Any], begin: Any) -> Any:
        found.read.append(environ["QUERY_STRING"])
        return inner(environ, begin)

    found.server = server = _listen(counted, Namespace(host="127.0.0.1", port=0), limits, sockets)
    found.site.pool.start(release.folder)
    Thread(target=server.run, daemon=True).start()
    try:
        until(lambda: _at_once(found))
        yield found
    finally:
        server.trigger.pull_trigger(sockets.clear)
        server.task_dispatcher.shutdown()
        found.site.pool.close()


def _at_once(here: Here) -> bool:
    """Whether what is asked again need not be read again."""
    here.get(f"{TABLE}1")
    here.read.clear()
    return b" 200 OK" in here.get(f"{TABLE}1") and not here.read


def test_the_same_bytes_get_the_same_answer_unread(here):
    first = here.get(f"{TABLE}2")
    here.read.clear()
    hits = here.site.results.tally.hits
    again = here.get(f"{TABLE}2")
    assert not here.read and here.site.results.tally.hits == hits + 1
    assert DATE.sub(b"", first) == DATE.sub(b"", again) and DATE.search(again)
    assert first.count(b"http") == 2 and b"\r\nETag: " in first


def test_the_date_is_that_of_the_answer(here, monkeypatch):
    here.get(f"{TABLE}3")
    monkeypatch.setattr(module.time, "time", lambda: 1e9)
    assert b"\r\nDate: Sun, 09 Sep 2001 01:46:40 GMT\r\n" in here.get(f"{TABLE}3")


def test_it_is_counted_and_logged_as_any_other(here, tmp_path):
    here.get(f"{TABLE}4")
    log = open_log(tmp_path / "log", queries=True)
    again = here.get(f"{TABLE}4")
    until((tmp_path / "log").read_bytes)  # it is told once it is sent
    close_log(log)
    (line,) = (tmp_path / "log").read_text("utf-8").splitlines()
    assert '"cached": true' in line and f'"text": "{TABLE}4"' in line and '"rows": 4' in line
    assert f'"bytes": {len(body(again))}' in line


def test_what_differs_in_one_byte_is_read(here):
    here.get(f"{TABLE}5")
    here.read.clear()
    other = here.get(f"{TABLE}5", "Accept: application/json")
    assert here.read and body(other).startswith(b'{"head"')


def test_over_one_connection_each_gets_its_own_in_order(here):
    one, other = request(f"{TABLE}6"), request(f"{TABLE}7")
    apart = [DATE.sub(b"", here.get(f"{TABLE}{n}")) for n in (6, 7, 6)]
    for sent in ((one, other, one), (one + other, one), (one[:50], one[50:] + other, one)):
        assert [DATE.sub(b"", came) for came in here.send(*sent, answers=3)] == apart


def test_a_part_of_a_request_is_answered_to_nobody(here):
    one, other = request(f"{TABLE}11"), request(f"{TABLE}12")
    right = [DATE.sub(b"", here.get(f"{TABLE}{n}")) for n in (11, 12)]
    for cut in (30, len(one) - 2, 2):
        for sent, expected in ((one, right[0]), (other, right[1]), (one, right[0])):
            assert DATE.sub(b"", here.send(sent[:cut], sent[cut:])[0]) == expected


def test_a_blank_line_behind_a_request_is_answered_to_nobody(here):
    one = request(f"{TABLE}13")
    here.send(one + b"\r\n", one, answers=2)
    with socket.create_connection(("127.0.0.1", here.port), 0.3) as client:
        client.sendall(b"\r\n")
        with pytest.raises(TimeoutError):
            client.recv(1)
        client.sendall(one)
        assert client.recv(2**16).startswith(b"HTTP/1.1 200 OK")


def test_who_waits_to_be_asked_for_a_body_decides_on_no_other_answer(here):
    waits = request(f"{TABLE}14", "Expect: 100-continue")
    other = request(f"{TABLE}14", "Accept: application/json;q=0.5")
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        client.sendall(waits)
        assert client.recv(2**16).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(other)
        client.recv(2**16)
    assert body(here.send(other)[0]).startswith(b'{"head"')


def test_a_connection_keeps_no_answer_that_is_sent(here):
    """Otherwise each that asks on would hold megabytes."""
    wide = request("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 300")
    with socket.create_connection(("127.0.0.1", here.port), 20) as client:
        stream = client.makefile("rb")
        for _ in range(40):
            client.sendall(wide)
            size = len(_answer(stream))
        channel = next(iter(here.server.active_channels.values()))
        assert size > 20_000 and sum(map(_held, channel.outbufs)) < 4 * size


def _held(kept: Any) -> int:
    file = getattr(kept.buf, "file", None)
    return len(file.getvalue()) if file else len(kept.strbuf)


@pytest.mark.parametrize(("headers", "version"), [(("Connection: close",), "1.1"), ((), "1.0")])
def test_a_connection_that_ends_with_its_answer_ends_each_time(here, headers, version):
    for _ in range(2):
        here.read.clear()
        (came,) = here.send(request(f"{TABLE}8", *headers, version=version))
        assert b"\r\nConnection: close\r\n" in came and here.read


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("SELECT (RAND() AS ?x) {}", ()),
        ("SELECT * { ?s ?p }", ()),
        (f"{TABLE}9", ("If-None-Match: *",)),
        (f"{TABLE}9", ("Accept: text/html",)),
    ],
)
def test_what_may_be_answered_otherwise_is_read_each_time(here, query, headers):
    for _ in range(2):
        here.read.clear()
        here.get(query, *headers)
        assert here.read


def test_a_result_that_is_not_kept_any_more_is_worked_out_anew(here):
    first = here.get(f"{TABLE}10")
    here.read.clear()
    here.site.results._kept.clear()
    assert DATE.sub(b"", here.get(f"{TABLE}10")) == DATE.sub(b"", first) and here.read


def test_a_release_that_is_served_no_more_answers_nothing(here, monkeypatch, shipped_releases):
    other = open_release(shipped_releases)
    query = "SELECT (COUNT(*) AS ?n) { ?s a wh:Article }"
    first = body(here.get(query))
    assert body(here.get(query)) == first
    monkeypatch.setattr(here, "serves", other)
    assert body(here.get(query)) == b"n\r\n5\r\n" != first
    monkeypatch.undo()
    assert body(here.get(query)) == first


def test_the_least_recently_asked_make_room():
    repeated = Repeated(most=2)
    for sent in (b"one", b"two"):
        repeated.keep(sent, _known(sent))
    assert repeated.find(b"one")
    repeated.keep(b"three", _known(b"three"))
    assert [bool(repeated.find(sent)) for sent in (b"one", b"two", b"three")] == [True, False, True]


def test_what_gives_nothing_again_is_forgotten():
    repeated, asked = Repeated(), list[int]()
    repeated.keep(b"one", replace(_known(b""), again=lambda: asked.append(1)))
    assert repeated.find(b"one") is None and repeated.find(b"one") is None
    assert asked == [1]


def test_an_answer_without_a_date_or_a_way_to_give_it_again_is_not_kept():
    head = b"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n"
    environ = {AGAIN: lambda: None}
    assert answered(head, 0, environ) and not answered(head, 1, environ)
    assert not answered(head, 0, {})


def test_its_date_is_that_of_the_answer_and_no_other(monkeypatch):
    head = b"HTTP/1.1 200 OK\r\nLast-Modified: %b\r\nDate: %b\r\nServer: x\r\n\r\n"
    first, later = b"Thu, 01 Jan 1970 00:00:00 GMT", b"Thu, 01 Jan 1970 00:01:00 GMT"
    found = answered(head % (first, first), 0, {AGAIN: lambda: None})
    monkeypatch.setattr(time, "time", lambda: 60.0)
    assert found.head() == head % (first, later)


def _known(body: bytes) -> Answered:
    return Answered(b"", b"", lambda: Body([body], lambda: None))
