"""Stores: a release's named graphs, and beside them their union, each statement once.

The union stands in the default graph, so that a query without GRAPH reads it. Left to the engine,
the union of graphs would repeat a statement that stands in two of them, and count it twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
    serialize,
)

UNION: Final = DefaultGraph()
"""Where a store keeps every statement of its named graphs, once."""
LOAD: Final = 8 * 2**20
"""About how many bytes of N-Quads are loaded at once: quick, and small in memory."""
_WORDS: Final = frozenset((Literal("").datatype, Literal("", language="en").datatype))
"""Datatypes of literals that are nothing but their words."""
_ANY: Final = NamedNode("urn:any")


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


def load(store: Store, file: Path) -> None:
    """Adds the quads of a file of N-Quads, a graph's name on each line, and their union."""
    with file.open("rb") as content:
        while lines := content.readlines(LOAD):
            _add(store, b"".join(lines), RdfFormat.N_QUADS)
            union = b"".join(line.rpartition(b"<")[0] + b".\n" for line in lines)
            _add(store, union, RdfFormat.N_TRIPLES)


def _add(store: Store, lines: bytes, form: RdfFormat) -> None:
    """Loads lines; their blank nodes keep their labels, which loading alone would draw anew."""
    if b"_:" in lines:
        store.bulk_extend(parse(lines, format=form))
    else:
        store.bulk_load(lines, format=form)


@lru_cache(maxsize=2**16)
def stored(literal: Literal) -> Literal:
    """A literal as a store keeps it: numbers, days and times by what they are.

    >>> print(
    ...     stored(Literal("012", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    ... )
    "12"^^<http://www.w3.org/2001/XMLSchema#integer>
    """
    if literal.datatype in _WORDS:
        return literal
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    (found,) = (quad.object for quad in store)
    return found if isinstance(found, Literal) else literal


def make_store(path: Path, files: Iterable[Path]) -> None:
    """A new store on disk of all quads of some files of N-Quads and their union, for reading.

    It is compacted: there is no log to be replayed.
    """
    store = Store(str(path))
    for file in files:
        load(store, file)
    store.optimize()
    del store
    Store(str(path))  # what the compaction replaced is removed when a store is opened
    for log in path.glob("LOG*"):
        log.unlink()


__all__ = [
    "LOAD",
    "UNION",
    "Store",
    "load",
    "make_store",
    "nquads",
    "open_store",
    "quad_line",
    "read_turtle",
    "serialize",
]
