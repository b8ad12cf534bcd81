"""The digest of a query's result: what it says, whatever format and order it comes in.

The SHA-256 of lines, each ended by a line feed, in order of their bytes:

- a table: `SELECT` with its columns as they stand, then a line a row: its terms as N-Triples has
  them, `UNDEF` for what is unbound, a tab between; a row that comes twice has two lines. A row's
  place does not count: where an order leaves two rows equal, engines may turn them round;
- a yes or no: `ASK true` or `ASK false`;
- a graph: `GRAPH`, then its statements as N-Triples, blank nodes named as RDFC-1.0 names them.

https://www.w3.org/TR/n-triples/ https://www.w3.org/TR/rdf-canon/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO, Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import CitationError

TABLE: Final = "json"
GRAPH: Final = "nt"
"""The formats of results that digests are taken from."""


def digest_of(result: IO[bytes], *, graph: bool) -> str:
    """sha256:… of a result as SPARQL JSON or, for a graph, N-Triples.

    Raises CitationError for a table with blank nodes: their names mean nothing elsewhere.
    """
    head, lines = _graph(result) if graph else _table(result)
    found = hashlib.sha256(f"{head}\n".encode())
    for line in sorted(line.encode() for line in lines):
        found.update(line + b"\n")
    return f"sha256:{found.hexdigest()}"


def _table(result: IO[bytes]) -> tuple[str, Iterable[str]]:
    found = parse_query_results(result, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return f"ASK {str(bool(found)).lower()}", ()
    columns = "\t".join(str(variable) for variable in found.variables)
    return f"SELECT {columns}", (_row(tuple(row)) for row in found)


def _row(cells: tuple[object, ...]) -> str:
    if any(_is_blank(cell) for cell in cells):
        raise CitationError(
            "the result has blank nodes, whose names mean nothing elsewhere. "
            "Select what they stand for, or ask for a graph (CONSTRUCT)."
        )
    return "\t".join("UNDEF" if cell is None else str(cell) for cell in cells)


def _is_blank(cell: object) -> bool:
    if isinstance(cell, Triple):
        return any(map(_is_blank, (cell.subject, cell.object)))
    return isinstance(cell, BlankNode)


def _graph(result: IO[bytes]) -> tuple[str, Iterator[str]]:
    graph = Dataset(parse(result, format=RdfFormat.N_TRIPLES))
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "GRAPH", (f"{quad} ." for quad in graph)
