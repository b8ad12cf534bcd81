"""Measures the endpoint over HTTP, beside `oxigraph serve-read-only` and Virtuoso.

    python benchmarks/endpoint.py WORKSPACE FOLDER --oxigraph oxigraph --virtuoso virtuoso-t

asks the current release of a workspace, such as one of `whoholds synth 400`, queries of seven
classes, drawn anew at each run by a seed that is printed (benchmarks/drawn.py). Each server gets
the same queries over connections that are kept alive, and gives JSON, read to its end. What others
need is kept in FOLDER. First one client asks each query of each server in turn, in an order that is
drawn; then eight clients (processes) ask one server at a time some queries of one class, and then
the next, servers and rounds in an order that is drawn. No query comes twice, so that nothing is
answered from what was kept ("cold"); then ours is asked the same again ("warm"). Before, other
queries of all classes have warmed each server; what a server that has just begun takes is a table
of its own. Rows are compared. Prints Markdown.
"""

from __future__ import annotations

import json
import random
import time
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from drawn import PREFIXES, SHAPES, Drawer
from peers import Server, oxigraph, virtuoso, whoholds

from kg.release.read import open_release

CLIENTS: Final = 8
ROUND: Final = 5 * CLIENTS
"""Queries that eight clients ask of one server before they ask the next."""
JSON: Final = "application/sparql-results+json"
Rows = Counter[tuple[tuple[str, str], ...]]
Times = dict[tuple[str, str], list[float]]
"""Milliseconds, by class and server."""


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: the milliseconds until all of it was there, and its bytes."""

    taken: float
    body: bytes


class Client:
    """One connection to a server, kept alive."""

    def __init__(self, server: Server, seconds: float = 120) -> None:
        self._server = server
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=seconds)

    def ask(self, query: str, accept: str = JSON) -> Got:
        """Its answer. Raises RuntimeError for any but a 200, TimeoutError where none comes."""
        path = f"{self._server.path}?{urlencode({'query': query})}"
        begin = time.perf_counter()
        self._connection.request("GET", path, headers={"Accept": accept})
        answer = self._connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - begin) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{self._server.name}: {answer.status} {body[:500]!r} for {query}")
        return Got(taken, body)

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def rows(body: bytes) -> Rows:
    """The rows of a result in JSON, as a multiset of what is bound."""
    found = json.loads(body)["results"]["bindings"]
    return Counter(tuple(sorted((k, v["value"]) for k, v in row.items())) for row in found)


def alone(servers: list[Server], asked: list[tuple[str, str]], order: random.Random) -> Times:
    """One client asks each server each query; prints where rows differ."""
    clients = {server.name: Client(server) for server in servers}
    times: Times = defaultdict(list)
    for name, query in order.sample(asked, len(asked)):
        found = dict[str, Rows]()
        for server in order.sample(servers, len(servers)):
            got = clients[server.name].ask(query)
            times[name, server.name].append(got.taken)
            found[server.name] = rows(got.body)
        _compare(name, query, found)
    for client in clients.values():
        client.close()
    return times


def together(servers: list[Server], asked: list[tuple[str, str]], order: random.Random) -> Times:
    """Eight clients ask one server at a time, some queries of one class."""
    times: Times = defaultdict(list)
    rounds = [(name, some) for name in SHAPES for some in _rounds(asked, name)]
    with ProcessPoolExecutor(CLIENTS) as clients:
        list(clients.map(time.sleep, [0.2] * CLIENTS))  # all have begun
        for name, queries in order.sample(rounds, len(rounds)):
            shares = [queries[i::CLIENTS] for i in range(CLIENTS)]
            for server in order.sample(servers, len(servers)):
                for taken in clients.map(partial(_share, server), shares):
                    times[name, server.name] += taken
    return times


def _rounds(asked: list[tuple[str, str]], name: str) -> list[list[str]]:
    queries = [query for of, query in asked if of == name]
    return [queries[begin : begin + ROUND] for begin in range(0, len(queries), ROUND)]


def _share(server: Server, queries: list[str]) -> list[float]:
    client = Client(server)
    taken = [client.ask(query).taken for query in queries]
    client.close()
    return taken


def _compare(name: str, query: str, found: dict[str, Rows]) -> None:
    ours = found["whoholds"]
    for server, theirs in found.items():
        if ours != theirs:
            words = " ".join(query.removeprefix(PREFIXES).split())
            same = "the same number, " if ours.total() == theirs.total() else ""
            print(
                f"- {name}: {server} has {theirs.total()} rows, ours {ours.total()}; {same}"
                f"{(theirs & ours).total()} alike: `{words}`"
            )


def table(cold: Times, warm: Times) -> Iterator[str]:
    """A row for each class: medians, and after a stroke 95 % of the queries at most."""
    yield "| class | ours | oxigraph | difference | Virtuoso | ratio | ours, warm |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name in SHAPES:
        ours, oxi, virt = (cold[name, s] for s in ("whoholds", "oxigraph", "Virtuoso"))
        difference, ratio = median(ours) - median(oxi), median(ours) / median(virt)
        yield (
            f"| {name} | {_shown(ours)} | {_shown(oxi)} | {difference:+.1f} | {_shown(virt)} "
            f"| {ratio:.2f} | {_shown(warm[name, 'whoholds'])} |"
        )


def _shown(times: list[float]) -> str:
    return f"{median(times):.1f} / {sorted(times)[int(0.95 * (len(times) - 1))]:.1f}"


def first(servers: Iterable[Any], drawer: Drawer) -> Iterator[str]:
    """What servers that have just begun take: to begin, and for one query of each class."""
    yield f"| server | begins, s | {' | '.join(f'{name}, ms' for name in SHAPES)} |"
    yield f"|---|---:|{'---:|' * len(SHAPES)}"
    queries = [drawer.queries(name, 1)[0] for name in SHAPES]
    for begins in servers:
        with begins() as server:
            client = Client(server)
            taken = [f"{client.ask(query).taken:.1f}" for query in queries]
            client.close()
            yield f"| {server.name} | {server.began:.1f} | {' | '.join(taken)} |"


def measure(args: Namespace) -> None:
    """Prints the tables."""
    release = open_release(args.workspace / "releases")
    drawer, order = Drawer(release, args.seed), random.Random(args.seed)  # noqa: S311 as printed
    args.folder.mkdir(exist_ok=True)
    servers = [
        partial(whoholds, args.workspace),
        partial(oxigraph, args.oxigraph, release.folder, args.folder),
        partial(virtuoso, args.virtuoso, release.folder, args.folder),
    ]
    print(f"{release.summary['quads']:,} quads; seed {args.seed}\n")
    with ExitStack() as stack:
        running = [stack.enter_context(begins()) for begins in servers]
        time.sleep(args.rest)
        alone(running, _asked(drawer, 9), order)
        together(running, _asked(drawer, 2 * CLIENTS), order)
        for clients, ask in ((1, alone), (CLIENTS, together)):
            asked = _asked(drawer, args.each)
            cold = ask(running, asked, order)
            warm = ask(running[:1], asked, order)
            print(f"\n{clients} client{'s' * (clients > 1)}, {args.each} queries of each class:\n")
            print("\n".join(table(cold, warm)), flush=True)
    print("\nServers that have just begun, one client:\n")
    print("\n".join(first(servers, drawer)))


def _asked(drawer: Drawer, each: int) -> list[tuple[str, str]]:
    return [(name, query) for name in SHAPES for query in drawer.queries(name, each)]


if __name__ == "__main__":
    parser = ArgumentParser(description="Measures the endpoint beside others.")
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--oxigraph", default="oxigraph", help="the program")
    parser.add_argument("--virtuoso", default="virtuoso-t", help="the program; isql-vt beside it")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--each", type=int, default=40, help="queries of each class")
    parser.add_argument("--rest", type=float, default=20, help="seconds until all are at rest")
    measure(parser.parse_args())
