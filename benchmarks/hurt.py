"""Tries to hurt a served release: what each deadly query answers, and what others feel of it.

    python benchmarks/hurt.py 400
    python benchmarks/hurt.py WORKSPACE

generates a corpus of that many articles and builds it, or takes a workspace that has a release,
starts `whoholds serve` with the limits that the workspace sets, and prints a table in Markdown.
"next ASK" is what a quick query takes right after. All clients have one address.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from kg.release.build import build
from kg.synth import write_corpus
from kg.workspace import open_workspace

SERVE = "import sys; from kg.cli import main; sys.exit(main())"
ASK = "ASK { ?s ?p ?o }"
POINT = "SELECT ?p ?o {{ <https://example.org/nothing/{0}> ?p ?o }}"
CROSS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER({0} = {0}) }}"
SEVEN = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(60)))} }}" for i in range(7))
DEADLY = {
    "a query of 40 KB, nested": "ASK { " + "{ " * 10_000 + "} " * 10_000 + "}",
    "a cross product": CROSS.format(0),
    "a seven-fold product of VALUES": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {SEVEN} }}",
    "a cross product, sorted": "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f",
    "a result of more than 100 MB": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000",
}
PAGES = ("/about", "/healthz", "/readyz", "/metrics")
SECONDS = 12
"""How long the slow queries are held while the quick ones are timed."""


def get(port: int, path: str, wait: float = 120) -> tuple[int, float]:
    """The status, and the seconds until the whole answer was there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=wait)
    begin = time.perf_counter()
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return answer.status, time.perf_counter() - begin


def ask(port: int, query: str, wait: float = 120) -> tuple[int, float]:
    """The same of a query."""
    return get(port, f"/sparql?{urlencode({'query': query})}", wait)


@contextmanager
def served(workspace: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server that has just begun."""
    words = [sys.executable, "-c", SERVE, "serve", "-w", str(workspace), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 it was asked for
        said = [process.stdout.readline() for _ in range(4)]
        try:
            yield int(said[1].rpartition(":")[2].strip("/\n")), process.pid
        finally:
            process.send_signal(signal.SIGTERM)


def cold(workspace: Path) -> str:
    """Eight clients, before anything else."""
    with served(workspace) as (port, _), ThreadPoolExecutor(8) as clients:
        found = list(clients.map(lambda i: ask(port, POINT.format(i)), range(80)))
    return f"{_statuses(found)}; slowest {max(t for _, t in found) * 1000:.0f} ms"


def deadly(port: int) -> None:
    """A row for each query that should not hurt."""
    for name, query in DEADLY.items():
        status, taken = ask(port, query)
        after, next_ask = ask(port, ASK)
        print(f"| {name} | {status} after {taken:.1f} s | {after}, {next_ask * 1000:.0f} ms |")


def killed(port: int, pid: int) -> str:
    """What kill -9 of the worker that runs a query does to it, and to others."""
    with ThreadPoolExecutor(9) as clients:
        slow = clients.submit(ask, port, CROSS.format(1))
        time.sleep(0.7)  # long by now, and within its limits
        others = [clients.submit(ask, port, POINT.format(i)) for i in range(200)]
        os.kill(max(_workers(pid), key=_nice), signal.SIGKILL)
        found = [other.result() for other in others]
        return f"the query {slow.result()[0]}; 200 others meanwhile {_statuses(found)}"


def slow(port: int) -> Iterator[str]:
    """What pages and point queries take while fifty slow queries run and wait."""
    with ThreadPoolExecutor(50) as clients:
        held = [clients.submit(_abandoned, port, CROSS.format(i)) for i in range(2, 52)]
        end = time.monotonic() + SECONDS
        points, pages = list[tuple[int, float]](), {path: [] for path in PAGES}
        while time.monotonic() < end:
            points.append(ask(port, POINT.format(len(points))))
            for path, found in pages.items():
                found.append(get(port, path))
        for name, found in (("point queries", points), *pages.items()):
            yield f"{name}: {_statuses(found)}; {_quantiles([t for _, t in found])}"
        yield f"the slow ones: {_statuses([one.result() for one in held])} (0: given up by us)"


def _abandoned(port: int, query: str) -> tuple[int, float]:
    try:
        return ask(port, query, SECONDS)
    except TimeoutError:
        return 0, SECONDS


def _workers(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text("ascii").split()]


def _nice(pid: int) -> int:
    """Long queries let others go first."""
    return os.getpriority(os.PRIO_PROCESS, pid)


def _statuses(found: list[tuple[int, float]]) -> str:
    return ", ".join(f"{n} × {status}" for status, n in Counter(s for s, _ in found).items())


def _quantiles(seconds: list[float]) -> str:
    ordered = sorted(1000 * second for second in seconds)
    at: Callable[[float], float] = lambda share: ordered[int(share * (len(ordered) - 1))]  # noqa: E731
    return f"median {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, slowest {ordered[-1]:.0f} ms"


def main(given: str) -> None:
    """Prints the table."""
    workspace = Path(given)
    if given.isdecimal():
        workspace = Path(tempfile.mkdtemp(prefix="hurt-")) / "corpus"
        write_corpus(workspace, int(given))
        build(open_workspace(workspace), workspace / "releases")
    print("| what | answer | next ASK |\n|---|---|---|")
    print(f"| eight clients, cold | {cold(workspace)} | |")
    with served(workspace) as (port, pid):
        ask(port, ASK)
        deadly(port)
        print(f"| kill -9 of a worker | {killed(port, pid)} | |")
    with served(workspace) as (port, _):
        for row in slow(port):
            print(f"| fifty slow queries: {row} | | |")


if __name__ == "__main__":
    main(sys.argv[1])
