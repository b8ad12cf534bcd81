"""Bodies of replies, read in the format that they say they are in."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, Triple, parse
from pyoxigraph import parse_query_results as parse_results

from kg.probe.wire import Reply

BOOLEAN: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""What yes or no is sent as (https://www.w3.org/TR/sparql11-protocol/#conneg)."""
TABLES: Final = BOOLEAN | {
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
}
Row = tuple[str, ...]


class UnreadableError(Exception):
    """A body that is not what it says it is; the message says how."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: names of columns, and rows of terms as N-Triples (CSV: as words), "" for none."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_answer(reply: Reply) -> Table | bool:
    """The table, or yes or no, that a reply holds. Raises UnreadableError."""
    form = TABLES.get(reply.media)
    if form is None:
        raise UnreadableError(f"{reply.media or 'no media type'}, which is no format of tables")
    if reply.broken or reply.cut:
        raise UnreadableError(reply.broken or reply.cut)
    try:
        return _csv(reply.body) if form == QueryResultsFormat.CSV else _parsed(reply.body, form)
    except (SyntaxError, ValueError, expat.ExpatError) as error:
        raise UnreadableError(f"not readable as {reply.media}: {error}") from None


def read_graph(reply: Reply, base: str) -> tuple[Triple, ...]:
    """The statements that a reply holds. Raises UnreadableError."""
    form = GRAPHS.get(reply.media)
    if form is None:
        raise UnreadableError(f"{reply.media or 'no media type'}, which is no format of graphs")
    if reply.broken or reply.cut:
        raise UnreadableError(reply.broken or reply.cut)
    try:
        return tuple(quad.triple for quad in parse(reply.body, format=form, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise UnreadableError(f"not readable as {reply.media}: {error}") from None


def _parsed(body: bytes, form: QueryResultsFormat) -> Table | bool:
    """The parser of tables takes a body that ends too soon: whether it does is found first."""
    if form == QueryResultsFormat.JSON:
        json.loads(body)
    elif form == QueryResultsFormat.XML:
        expat.ParserCreate().Parse(body, True)  # noqa: FBT003 the last piece; takes no name
    found = parse_results(body, format=form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple("" if cell is None else f"{cell}" for cell in row) for row in found)
    return Table(columns, rows)


def _csv(body: bytes) -> Table | bool:
    text = body.decode("utf-8")
    if text.strip().lower() in ("true", "false"):
        return text.strip().lower() == "true"
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if not rows:
        raise ValueError("there is no row of names")
    wide = [number for number, row in enumerate(rows, 1) if len(row) not in (len(rows[0]), 0)]
    if wide:
        raise ValueError(f"row {wide[0]} has another number of cells than the first")
    return Table(tuple(rows[0]), tuple(tuple(row) or ("",) for row in rows[1:]))
