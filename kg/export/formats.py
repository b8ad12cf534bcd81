"""The graph in the usual syntaxes, all streamed from data.nq, which is sorted by subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.export.file import File
from kg.names import Names
from kg.runs import Runs

DATA: Final = File(
    "data.nq", "application/n-quads", "All statements with their graphs; its SHA-256 is the digest."
)
FILES: Final = (
    DATA,
    File("data.ttl", "text/turtle", "All statements without their graphs, each once."),
    File("data.trig", "application/trig", "All statements with their graphs, graph by graph."),
    File("data.jsonld", "application/ld+json", "The same as JSON-LD, expanded; it has no context."),
    File("asserted.nq", "application/n-quads", "What was mapped or judged by people, with graphs."),
    File("asserted.ttl", "text/turtle", "What was mapped or judged by people, without graphs."),
    File("derived.nq", "application/n-quads", "What rules derived, with the rules' graphs."),
    File("derived.ttl", "text/turtle", "What rules derived, without graphs."),
)


def write(names: Names, folder: Path) -> None:
    """Writes them all. Memory does not grow with the graph."""
    prefixes = names.prefixes()
    split(folder, names.graph("derived/"))
    for name in ("data", "asserted", "derived"):
        triples = once(_read(folder / f"{name}.nq"))
        turtle = folder / f"{name}.ttl"
        serialize(triples, output=turtle, format=RdfFormat.TURTLE, prefixes=prefixes)
    with TemporaryDirectory(dir=folder.parent) as aside:
        grouped = group(folder / DATA.name, Path(aside))
        trig, jsonld = folder / "data.trig", folder / "data.jsonld"
        serialize(_read(grouped), output=trig, format=RdfFormat.TRIG, prefixes=prefixes)
        serialize(_read(grouped), output=jsonld, format=RdfFormat.JSON_LD)


def split(folder: Path, derived: str) -> None:
    """Parts data.nq into derived.nq, whose graphs' IRIs begin so, and asserted.nq."""
    start = f"<{derived}".encode()
    with (
        (folder / DATA.name).open("rb") as data,
        (folder / "asserted.nq").open("wb") as asserted,
        (folder / "derived.nq").open("wb") as rest,
    ):
        for line in data:
            (rest if graph_of(line).startswith(start) else asserted).write(line)


def once(quads: Iterable[Quad]) -> Iterator[Triple]:
    """The triples of sorted quads: one that stands in several graphs comes once."""
    last = None
    for quad in quads:
        if quad.triple != last:
            last = quad.triple
            yield last


def group(data: Path, aside: Path) -> Path:
    """The same lines graph by graph, in a file in the other folder."""
    runs, grouped = Runs(aside), aside / "grouped.nq"
    with data.open("rb") as lines:
        runs.add_all(graph_of(line) + b" " + line for line in lines)
    with grouped.open("wb") as out:
        out.writelines(line.partition(b" ")[2] for line in runs.merged())
    return grouped


def graph_of(line: bytes) -> bytes:
    """The graph of a line of N-Quads, in its angle brackets."""
    return line[line.rindex(b" <") + 1 : line.rindex(b">") + 1]


def count_objects(data: Path, aside: Path) -> int:
    """How many different objects the statements have."""
    runs = Runs(aside)
    with data.open("rb") as lines:
        runs.add_all(line[: line.rindex(b" <")].split(b" ", 2)[2] + b"\n" for line in lines)
    return sum(1 for _ in runs.merged())


def _read(path: Path) -> Iterator[Quad]:
    return parse(path=str(path), format=RdfFormat.N_QUADS)
