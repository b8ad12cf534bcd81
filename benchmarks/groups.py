"""Measures queries that count over HTTP, beside Virtuoso, of shapes that others do not measure.

    python benchmarks/groups.py WORKSPACE FOLDER --virtuoso virtuoso-t --each 5

asks the current release of a workspace, such as one of `whoholds synth 400`, queries of each shape
of benchmarks/counted.py, with things drawn from the data by a seed that is printed. What Virtuoso
needs is kept in FOLDER. One client asks both servers each query once over connections that are kept
alive, in an order that is drawn; one more query of each shape, asked before, has warmed both.
Prints a table in Markdown: medians, and of how many queries the answers differ. Those are printed
to stderr. Numbers are compared to six digits, since Virtuoso writes decimals and doubles its own
way.
"""

from __future__ import annotations

import json
import random
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from counted import COUNTED
from drawn import PREFIXES, Drawer
from endpoint import JSON, Client
from peers import Server, rest, virtuoso, whoholds
from pyoxigraph import RdfFormat, parse

from kg.release.read import open_release

SECONDS: Final = 60
"""How long a server may take for a query."""
MOST: Final = 2
"""The ratio to Virtuoso that ours should keep to."""
ASKED: Final = "__ASK_RETVAL"
"""The variable of a row that Virtuoso gives instead of yes, and of none instead of no."""
TRIPLES: Final = "application/n-triples"
Rows = Counter[tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Measured:
    """What came of a shape: milliseconds and rows by server, and why one was not run."""

    name: str
    taken: dict[str, list[float]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    differ: int = 0
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Ours to Virtuoso's; infinite where one gave no answer."""
        if self.missing:
            return float("inf")
        return median(self.taken["whoholds"]) / median(self.taken["Virtuoso"])

    @property
    def near(self) -> int:
        """How many queries are within the ratio."""
        if self.missing:
            return 0
        both = zip(self.taken["whoholds"], self.taken["Virtuoso"], strict=True)
        return sum(ours <= MOST * theirs for ours, theirs in both)

    def __str__(self) -> str:
        same = f"{self.differ} of {len(self.rows)} differ" if self.differ else "yes"
        same = "; ".join(self.missing.values()) or same
        ratio = "" if self.missing else f"{self.ratio:.2f}"
        ours, theirs = (self._shown(server) for server in ("whoholds", "Virtuoso"))
        rows = f"{median(self.rows):,.0f}" if self.rows else ""
        return f"| {self.name} | {rows} | {ours} | {theirs} | {ratio} | {same} |"

    def _shown(self, server: str) -> str:
        if server in self.missing:
            return f"> {SECONDS} s" if "late" in self.missing[server] else "not run"
        return f"{median(self.taken[server]):.1f}" if self.taken[server] else ""


def asked(client: Client, query: str) -> tuple[float, Rows]:
    """The milliseconds that a query takes, and its rows. Raises RuntimeError, TimeoutError."""
    graph = query.removeprefix(PREFIXES).startswith("CONSTRUCT")
    got = client.ask(query, TRIPLES if graph else JSON)
    return got.taken, triples(got.body) if graph else rows(got.body)


def triples(body: bytes) -> Rows:
    """The triples of a graph."""
    found = parse(body, format=RdfFormat.N_TRIPLES)
    return Counter(
        (("s", str(t.subject)), ("p", str(t.predicate)), ("o", str(t.object))) for t in found
    )


def rows(body: bytes) -> Rows:
    """The rows of a result in JSON; yes or no is a row."""
    answer = json.loads(body)
    found = answer["results"]["bindings"] if "results" in answer else []
    if "boolean" in answer or answer["head"]["vars"] == [ASKED]:
        return Counter([(("boolean", str(bool(answer.get("boolean") or found))),)])
    return Counter(tuple(sorted((k, _value(k, v)) for k, v in row.items())) for row in found)


def _value(name: str, term: dict[str, Any]) -> str:
    """What has to be the same of a term."""
    if name == "some":
        return ""
    value = str(term["value"])
    if name == "list":
        return "|".join(sorted(value.split("|")))
    if "XMLSchema#" in term.get("datatype", ""):
        with suppress(ValueError):
            return f"{float(value):.6g}"
    return value


def measured(
    name: str, queries: list[str], servers: list[Server], order: random.Random
) -> Measured:
    """What comes of the queries of a shape, the first of which is not counted."""
    found = Measured(name, {server.name: [] for server in servers})
    clients = {server.name: Client(server, SECONDS) for server in servers}
    for number, query in enumerate(queries):
        answers = dict[str, Rows]()
        for server in order.sample(servers, len(servers)):
            try:
                taken, answers[server.name] = asked(clients[server.name], query)
            except TimeoutError:
                found.missing[server.name] = f"{server.name} is late"
            except RuntimeError as error:
                found.missing[server.name] = _refused(server, error)
            else:
                found.taken[server.name] += [taken] if number else []
        if found.missing:
            _show(found.name, query, "; ".join(found.missing.values()))
            rest(*servers)
            break
        _compare(found, query, answers)
    for client in clients.values():
        client.close()
    return found


def _refused(server: Server, error: RuntimeError) -> str:
    return f"{server.name} answers {str(error).split()[1]}"


def _compare(found: Measured, query: str, answers: dict[str, Rows]) -> None:
    ours, theirs = answers["whoholds"], answers["Virtuoso"]
    found.rows.append(ours.total())
    if ours != theirs:
        found.differ += 1
        alike = (ours & theirs).total()
        _show(found.name, query, f"ours {ours.total()}, Virtuoso's {theirs.total()}, {alike} alike")


def _show(name: str, query: str, says: str) -> None:
    words = " ".join(query.removeprefix(PREFIXES).split())
    print(f"- {name}: {says}: `{words}`", file=sys.stderr, flush=True)


def table(args: Namespace) -> Iterator[str]:
    """A row for each shape, and how many are within the ratio."""
    release = open_release(args.workspace / "releases")
    drawer, order = Drawer(release, args.seed), random.Random(args.seed)  # noqa: S311 as printed
    args.folder.mkdir(exist_ok=True)
    yield f"{release.summary['quads']:,} quads; seed {args.seed}; {args.each} queries of a shape\n"
    yield "| shape | rows | ours, ms | Virtuoso, ms | ratio | same rows |"
    yield "|---|---:|---:|---:|---:|---|"
    within, near, shapes = 0, 0, [name for name in COUNTED if args.only in name]
    with (
        whoholds(args.workspace) as ours,
        virtuoso(args.virtuoso, release.folder, args.folder) as theirs,
    ):
        rest(ours, theirs)
        for name in shapes:
            queries = drawer.draw(name, [COUNTED[name]], args.each + 1)
            found = measured(name, queries, [ours, theirs], order)
            within, near = within + (found.ratio <= MOST), near + found.near
            yield f"{found}"
    of = f"{near} of {args.each * len(shapes)} queries"
    yield f"\n{within} of {len(shapes)} shapes, {of}, are within {MOST} × Virtuoso."


if __name__ == "__main__":
    parser = ArgumentParser(description="Measures queries that count beside Virtuoso.")
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--virtuoso", default="virtuoso-t", help="the program; isql-vt beside it")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--each", type=int, default=5, help="queries of each shape")
    parser.add_argument("--only", default="", help="only shapes whose names have these words")
    for line in table(parser.parse_args()):
        print(line, flush=True)
