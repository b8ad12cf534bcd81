"""A server that is told to stop lets queries end, refuses others, and leaves no process behind."""

from __future__ import annotations

import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.operations.stop import signals
from serving import COMMAND, SLOW, alive, serving, until

pytestmark = pytest.mark.slow
HASTY = [*COMMAND[:-1], f"from server.operations import stop; stop.GRACE = 2; {COMMAND[-1]}"]
"""A server that gives two seconds instead of ten to what runs."""


def test_a_running_query_ends_others_are_refused_no_process_is_left(workspace):
    with serving(workspace, "seconds = 4") as server, ThreadPoolExecutor(1) as client:
        children = server.children()
        assert children
        begin = time.monotonic()
        held = client.submit(server.ask, SLOW)
        until(lambda: "whoholds_queries_running 1.0" in server.get("/metrics")[2])
        server.process.send_signal(signal.SIGTERM)
        until(lambda: server.get("/readyz")[0] == 503)
        assert "being stopped" in server.get("/readyz")[2]
        status, headers, said = server.ask("ASK { ?late ?p ?o }")
        assert (status, headers["Retry-After"]) == (503, "5") and "being stopped" in said
        assert server.get("/healthz")[0] == 200
        # It ran to its own end, which here is its limit.
        assert held.result()[0] == 504 and time.monotonic() - begin > 3.9
        assert server.process.wait(5) == 0
        assert not [pid for pid in children if alive(pid)]


def test_told_twice_it_ends_at_once(workspace):
    with serving(workspace) as server, ThreadPoolExecutor(1) as client:
        children = server.children()
        held = client.submit(server.ask, SLOW)
        until(lambda: "whoholds_queries_running 1.0" in server.get("/metrics")[2])
        server.process.send_signal(signal.SIGINT)
        until(lambda: server.get("/readyz")[0] == 503)
        begin = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(10) == 0
        assert time.monotonic() - begin < 4
        assert held.exception() is not None or held.result()[0] == 503
        assert not [pid for pid in children if alive(pid)]


def test_told_again_and_again_it_ends_in_order(workspace, capfd):
    with serving(workspace) as server, ThreadPoolExecutor(1) as client:
        client.submit(server.ask, SLOW)
        until(lambda: "whoholds_queries_running 1.0" in server.get("/metrics")[2])
        for number in (signal.SIGINT, signal.SIGTERM) * 10:
            server.process.send_signal(number)
        assert server.process.wait(10) == 0
    assert "Traceback" not in capfd.readouterr().err


def test_a_query_that_outlives_the_grace_is_told_so(workspace):
    with serving(workspace, command=HASTY) as server, ThreadPoolExecutor(1) as client:
        begin = time.monotonic()
        held = client.submit(server.ask, SLOW, wait=30)
        until(lambda: "whoholds_queries_running 1.0" in server.get("/metrics")[2])
        server.process.send_signal(signal.SIGTERM)
        status, headers, said = held.result()
        assert (status, headers["Retry-After"]) == (503, "5") and "being stopped" in said
        assert time.monotonic() - begin > 2
        assert server.process.wait(10) == 0


def test_it_ends_in_order_when_its_terminal_is_closed(workspace):
    with serving(workspace) as server:
        children = server.children()
        server.process.send_signal(signal.SIGHUP)
        assert server.process.wait(10) == 0
        assert not [pid for pid in children if alive(pid)]


def test_a_closed_terminal_is_nothing_to_who_was_told_to_outlive_it():
    called = list[int]()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with signals(lambda number, _: called.append(number)):
            signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)
        assert called == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_server_that_is_idle_ends_at_once(workspace):
    with serving(workspace) as server:
        assert server.get("/healthz")[0] == 200
        begin = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert time.monotonic() - begin < 2


def test_stopped_while_files_load_it_leaves_nothing_behind(tmp_path, monkeypatch):
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setenv("TMPDIR", str(aside))
    path = tmp_path / "many.nt"
    lines = (f'<https://example.org/{n}> <https://example.org/p> "{n}" .\n' for n in range(400_000))
    path.write_text("".join(lines), "utf-8")
    words = [*COMMAND, "serve", "--port", "0", "--rdf", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: bool(list(aside.glob("whoholds-*/*/*"))))
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stdout.read() == b"" and b"Traceback" not in process.stderr.read()
    assert left(aside) == []


def left(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))
