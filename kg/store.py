"""Stores: opening, loading and querying a graph with every named graph in its union."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

LOAD: Final = 8 * 2**20
"""About how many bytes of N-Quads are loaded at once: quick, and small in memory."""


def quad_line(quad: Quad) -> str:
    """One quad as a line of N-Quads."""
    return f"{quad} .\n"


def nquads(quads: Iterable[Quad]) -> bytes:
    """The quads as N-Quads, sorted by code point, each once: the same graph, the same bytes."""
    return "".join(sorted({quad_line(q) for q in quads})).encode("utf-8")


def read_turtle(path: Path, graph: object) -> list[Quad]:
    """The triples of a Turtle file, in a named graph."""
    return [
        Quad(t.subject, t.predicate, t.object, graph)  # type: ignore[arg-type]
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    ]


def open_store(path: Path) -> Store:
    """A store on disk, for reading only. Raises OSError where it is missing or broken."""
    try:
        return Store.read_only(str(path))
    except RuntimeError as corruption:
        raise OSError(str(corruption)) from None


def make_store(path: Path, files: Iterable[Path]) -> None:
    """A new store on disk of all quads of some files of N-Quads, to be opened for reading.

    It is compacted: there is no log to be replayed.
    """
    store = Store(str(path))
    for file in files:
        with file.open("rb") as content:
            while lines := content.readlines(LOAD):
                store.bulk_load(b"".join(lines), format=RdfFormat.N_QUADS)
    store.optimize()
    del store
    Store(str(path))  # what the compaction replaced is removed when a store is opened
    for log in path.glob("LOG*"):
        log.unlink()


__all__ = [
    "LOAD",
    "Store",
    "make_store",
    "nquads",
    "open_store",
    "quad_line",
    "read_turtle",
    "serialize",
]
