"""Tries to hurt a served release: what each deadly query answers, and what others feel of it.

    python benchmarks/hurt.py 400 [ROUNDS]
    python benchmarks/hurt.py WORKSPACE [ROUNDS]

generates a corpus of that many articles and builds it, or takes a workspace that has a release,
starts `whoholds serve` with the limits that the workspace sets, and prints a table in Markdown.
The workspace must trust 127.0.0.1 as a proxy: each client here has an address of its own. Queries
are drawn anew, so that nothing that is kept answers them. "next ASK" is what a quick query takes
right after. Beside fifty slow clients, quick requests are sent at fixed times, whether those before
were answered or not, and are timed from then on.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from kg.release.build import build
from kg.release.read import open_release
from kg.synth import write_corpus
from kg.workspace import open_workspace

SERVE = "import sys; from kg.cli import main; sys.exit(main())"
TRUST = '\n[endpoint]\ntrusted-proxies = ["127.0.0.1"]\n'
QUICK = "10.1.0.1"
"""The address of who asks quick queries."""
ASK = "ASK {{ ?s ?p ?o FILTER({0} = {0}) }}"
POINTS = (
    "SELECT ?p ?o {{ <{1}> ?p ?o FILTER({0} = {0}) }}",
    "ASK {{ <{1}> ?p <{2}> FILTER({0} = {0}) }}",
    "SELECT ?s ?p {{ ?s ?p <{1}> FILTER({0} = {0}) }} LIMIT 50",
    "SELECT ?q ?x {{ <{1}> ?p ?o . ?o ?q ?x FILTER({0} = {0}) }} LIMIT 50",
)
CROSS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER({0} = {0}) }}"
SEVEN = " ".join(f"VALUES ?v{i} {{{{ {' '.join(map(str, range(60)))} }}}}" for i in range(7))
SLOW = (
    CROSS,
    f"SELECT (COUNT(*) AS ?n) {{{{ {SEVEN} FILTER({{0}} = {{0}}) }}}}",
    "SELECT (SUM(STRLEN(STR(?c))) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(STR(?f) != '{0}') }}",
    "SELECT ?a {{ ?a ?b ?c . ?d ?e ?f FILTER(MD5(CONCAT(STR(?a), STR(?f))) = 'x{0}') }}",
    "SELECT (COUNT(*) AS ?n) {{ ?a !<urn:{0}>/^!<urn:{0}>/!<urn:{0}>/^!<urn:{0}> ?b }}",
)
DEADLY = {
    "a query of 40 KB, nested": "ASK {{ " + "{{ " * 10_000 + "}} " * 10_000 + "FILTER({0}={0}) }}",
    "a cross product": CROSS,
    "a seven-fold product of VALUES": (
        f"SELECT (COUNT(DISTINCT *) AS ?n) {{{{ {SEVEN} FILTER({{0}} = {{0}}) }}}}"
    ),
    "a cross product, sorted": (
        "SELECT ?a ?f {{ ?a ?b ?c . ?d ?e ?f FILTER({0} = {0}) }} ORDER BY ?a ?f"
    ),
    "a result of more than 100 MB": (
        "SELECT * {{ ?a ?b ?c . ?d ?e ?f FILTER({0} = {0}) }} LIMIT 1000000"
    ),
}
SECONDS = 60
"""How long fifty clients ask slow queries, one after the other, while quick requests are timed."""
WARM = 12
"""Seconds after a server's begin when that is asked: it has computed its dear pages then."""
EVERY = {"point queries": 0.1, "/healthz": 0.2, "/readyz": 1.0, "/metrics": 1.0, "/about": 1.0}
"""Seconds between two requests of a kind."""

Timed = tuple[int, float]
"""A status, and the seconds until the whole answer was there."""
_new = count(random.SystemRandom().randrange(10**6, 10**8))


def drawn(query: str, *things: str) -> str:
    """A query that nobody has asked before."""
    return query.format(next(_new), *things)


def get(port: int, path: str, client: str = QUICK, begin: float | None = None) -> Timed:
    """What a path takes, from now, or from when it should have been asked."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    since = time.monotonic() if begin is None else begin
    try:
        headers = {"Accept": "application/json", "X-Forwarded-For": client}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return answer.status, time.monotonic() - since


def ask(port: int, query: str, client: str = QUICK, begin: float | None = None) -> Timed:
    """The same of a query."""
    return get(port, f"/sparql?{urlencode({'query': query})}", client, begin)


@contextmanager
def served(workspace: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server that has just begun."""
    words = [sys.executable, "-c", SERVE, "serve", "-w", str(workspace), "--port", "0"]
    words += ["--log", os.devnull]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 it was asked for
        said = [process.stdout.readline() for _ in range(4)]
        try:
            yield int(said[1].rpartition(":")[2].strip("/\n")), process.pid
        finally:
            process.kill()


def things_of(workspace: Path) -> list[str]:
    """Some of the things that a release tells of."""
    store = open_release(workspace / "releases", "current").store
    rows = store.query("SELECT DISTINCT ?s { ?s a ?c FILTER(ISIRI(?s)) } LIMIT 20000")
    found = [row["s"].value for row in rows]  # type: ignore[union-attr]
    return random.sample(found, min(len(found), 2000))


def point(things: list[str]) -> str:
    """A point query of any kind, about anything."""
    return drawn(random.choice(POINTS), random.choice(things), random.choice(things))  # noqa: S311


def cold(workspace: Path, things: list[str]) -> str:
    """Eight clients, before anything else."""
    with served(workspace) as (port, _), ThreadPoolExecutor(8) as clients:
        found = list(clients.map(lambda _: ask(port, point(things)), range(80)))
    return f"{_statuses(found)}; slowest {max(t for _, t in found) * 1000:.0f} ms"


def deadly(port: int, number: int) -> Iterator[str]:
    """A row for each query that should not hurt, asked twice, and for what came right after."""
    for i, (name, query) in enumerate(DEADLY.items()):
        ends, after = list[Timed](), list[Timed]()
        for j in range(2):
            ends.append(ask(port, drawn(query), f"10.2.{number}.{2 * i + j}"))
            after.append(ask(port, drawn(ASK)))
        taken = ", ".join(f"{t:.1f}" for _, t in ends)
        nexts = ", ".join(f"{t * 1000:.0f}" for _, t in after)
        yield f"{name} | {_statuses(ends)} after {taken} s | {_statuses(after)}, {nexts} ms"


def killed(port: int, pid: int, things: list[str]) -> str:
    """What kill -9 of the worker that runs a query does to it, and to others."""
    with ThreadPoolExecutor(9) as clients:
        slow = clients.submit(ask, port, drawn(CROSS), "10.3.0.1")
        time.sleep(0.7)  # long by now, and within its limits
        others = [clients.submit(ask, port, point(things)) for _ in range(200)]
        os.kill(max(_offspring(pid), key=_nice), signal.SIGKILL)
        found = [other.result() for other in others]
        return f"the query {slow.result()[0]}; 200 others meanwhile {_statuses(found)}"


def left(port: int, pid: int) -> str:
    """How soon the worker of a client that closes its connection is no more."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/sparql?{urlencode({'query': drawn(CROSS)})}")
    time.sleep(0.7)
    worker = max(_offspring(pid), key=_nice)
    begin = time.monotonic()
    connection.close()
    while worker in _offspring(pid) and time.monotonic() < begin + 10:
        time.sleep(0.005)
    return f"its worker ended after {(time.monotonic() - begin) * 1000:.0f} ms"


def slow(port: int, things: list[str]) -> Iterator[str]:
    """What quick requests take while fifty clients ask slow queries, each as soon as it may."""
    end = time.monotonic() + SECONDS
    ends = Counter[int]()
    with ThreadPoolExecutor(50) as many, ThreadPoolExecutor(64) as few:
        asking = [many.submit(_ask_slow, port, f"10.4.0.{i}", end, ends) for i in range(50)]
        timed = {name: list[Future[Timed]]() for name in EVERY}
        begin = time.monotonic() + 2
        times = sorted(
            (begin + i * every, name)
            for name, every in EVERY.items()
            for i in range(int((end - begin) / every))
        )
        for at, name in times:
            time.sleep(max(0.0, at - time.monotonic()))
            query = point(things)
            path = name if name.startswith("/") else f"/sparql?{urlencode({'query': query})}"
            timed[name].append(few.submit(get, port, path, QUICK, at))
        for name, requests in timed.items():
            found = [request.result() for request in requests]
            yield f"{name} | {_statuses(found)}; {_quantiles([t for _, t in found])}"
        for client in asking:
            client.result()
    yield "the slow ones | " + ", ".join(f"{n} × {status}" for status, n in sorted(ends.items()))


def _ask_slow(port: int, client: str, end: float, ends: Counter[int]) -> None:
    while time.monotonic() < end:
        ends[ask(port, drawn(random.choice(SLOW)), client)[0]] += 1  # noqa: S311


def _offspring(pid: int) -> set[int]:
    """The processes that a process, or one that it has begun, has begun."""
    found = set[int]()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            found.update(map(int, task.read_text("ascii").split()))
    return found.union(*map(_offspring, found))


def _nice(pid: int) -> int:
    """Long queries let others go first."""
    return os.getpriority(os.PRIO_PROCESS, pid)


def _statuses(found: list[Timed]) -> str:
    return ", ".join(f"{n} × {status}" for status, n in Counter(s for s, _ in found).items())


def _quantiles(seconds: list[float]) -> str:
    ordered = sorted(1000 * second for second in seconds)
    at: Callable[[float], float] = lambda share: ordered[int(share * (len(ordered) - 1))]  # noqa: E731
    return f"median {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, slowest {ordered[-1]:.0f} ms"


def main(given: str, rounds: int = 1) -> None:
    """Prints the table."""
    workspace = Path(given)
    if given.isdecimal():
        workspace = Path(tempfile.mkdtemp(prefix="hurt-")) / "corpus"
        write_corpus(int(given), workspace)
        with (workspace / "whoholds.toml").open("a") as settings:
            settings.write(TRUST)
        build(open_workspace(workspace), workspace / "releases")
    things = things_of(workspace)
    print("| what | answer | next ASK |\n|---|---|---|")
    for number in range(rounds):
        print(f"| load {os.getloadavg()[0]:.1f} before round {number + 1} | | |")
        print(f"| eight clients, cold | {cold(workspace, things)} | |")
        with served(workspace) as (port, pid):
            for row in deadly(port, number):
                print(f"| {row} |", flush=True)
            print(f"| kill -9 of a worker | {killed(port, pid, things)} | |")
            print(f"| a client that leaves | {left(port, pid)} | |", flush=True)
        with served(workspace) as (port, _):
            time.sleep(WARM)
            for row in slow(port, things):
                print(f"| fifty slow clients: {row} | |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
