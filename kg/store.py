"""Stores: opening, loading and querying a graph with every named graph in its union."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize


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


def settle(path: Path) -> None:
    """Compacts a store that was just written and let go of: no log is left to be replayed."""
    store = Store(str(path))
    store.optimize()
    del store
    Store(str(path))  # what the compaction replaced is removed when a store is opened
    for log in path.glob("LOG*"):
        log.unlink()


__all__ = ["Store", "nquads", "open_store", "quad_line", "read_turtle", "serialize", "settle"]
