"""A release that is published while the server answers: no request is lost, none is of both."""

from __future__ import annotations

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from kg.release.read import Release, open_release
from serving import COMMAND, Served, serving, until

pytestmark = pytest.mark.slow
CLIENTS = 6
SIZES = "SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({0} = {0}) }} GROUP BY ?g"
"""Tells two releases apart by each of their graphs."""


def test_no_request_is_lost_and_each_answer_is_of_one_release(workspace):
    with serving(workspace, "budget-seconds = 100000") as server, ThreadPoolExecutor() as clients:
        old = open_release(workspace / "releases")
        done = Event()
        asking = [clients.submit(_ask_until, server, n, done) for n in range(CLIENTS)]
        new = _publish_another(workspace)
        until(lambda: new.digest in server.get("/metrics")[2])
        done.set()
        found = [one for client in asking for one in client.result()]
    assert {status for status, _ in found} == {200}
    answers = [answer for _, answer in found]
    assert set(answers) == {sizes(old), sizes(new)} and sizes(old) != sizes(new)
    assert answers[0] == sizes(old) and answers[-1] == sizes(new)


def _ask_until(server: Served, number: int, done: Event) -> list[tuple[int, frozenset | str]]:
    """What a client is answered, to the first answer after all is done."""
    found = []
    last = False
    while not last:
        last = done.is_set()
        mark = 1 + number + CLIENTS * len(found)
        for query in (SIZES.format(0), SIZES.format(mark)):  # one that others ask, too, and a new
            status, _, said = server.ask(query)
            found.append((status, _sizes(said) if status == 200 else said))
        assert server.get("/", Accept="text/html")[0] == 200
    return found


def _publish_another(workspace: Path) -> Release:
    shutil.rmtree(workspace / "articles" / "aven-arabic")
    path = workspace / "whoholds.toml"
    path.write_text(path.read_text("utf-8").replace("three invented", "two invented"), "utf-8")
    subprocess.run([*COMMAND, "build", "--quiet", "-w", str(workspace), "--jobs", "1"], check=True)
    return open_release(workspace / "releases")


def sizes(release: Release) -> frozenset:
    """How many statements each graph of a release has."""
    counted = dict[str, int]()
    for graph in release.store.named_graphs():
        quads = release.store.quads_for_pattern(None, None, None, graph)
        counted[graph.value] = sum(1 for _ in quads)
    return frozenset(counted.items())


def _sizes(said: str) -> frozenset:
    rows = json.loads(said)["results"]["bindings"]
    return frozenset((row["g"]["value"], int(row["n"]["value"])) for row in rows)
