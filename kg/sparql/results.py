"""Results as bytes, in the formats that SPARQL and RDF have for them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg.names import Names
from kg.sparql.elements import writable
from kg.sparql.streams import Counted, Out, Rows, SoundXml
from kg.sparql.table import Table

SOLUTION_FORMATS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
FORMATS: Final = (*SOLUTION_FORMATS, *GRAPH_FORMATS)
Result = QuerySolutions | QueryBoolean | QueryTriples | Table | Iterator[Triple]


def write_result(found: Result, form: str, names: Names) -> bytes:
    """A result in one of SOLUTION_FORMATS (tables, yes or no) or GRAPH_FORMATS (graphs)."""
    out = io.BytesIO()
    write_result_to(found, form, names, out)
    return out.getvalue()


def write_result_to(found: Result, form: str, names: Names, out: Out) -> int:
    """Writes a result piece by piece; how many rows or statements it has, 1 for a yes or no.

    Raises QueryRefused for what XML cannot write.
    """
    if not isinstance(found, QuerySolutions | QueryBoolean | Table):
        counted = Counted(found)
        write_graph_to(counted, form, names.prefixes(), out)
        return counted.count
    form = form if form in SOLUTION_FORMATS else "json"
    if isinstance(found, Table):
        if form == "json":
            out.write(found.json().encode())
            return found.rows
        found = found.solutions()
    sound = SoundXml(out, "JSON") if form == "xml" else out
    rows = Rows(sound, form)
    found.serialize(rows, SOLUTION_FORMATS[form])  # type: ignore[arg-type]
    return 1 if isinstance(found, QueryBoolean) else rows.count


def read_result(body: IO[bytes], form: str) -> Result:
    """A result that was written as JSON or N-Triples."""
    if form in SOLUTION_FORMATS:
        return parse_query_results(body, format=SOLUTION_FORMATS[form])
    return (quad.triple for quad in parse(body, format=GRAPH_FORMATS[form]))


def write_graph(triples: Iterable[Triple], form: str, prefixes: dict[str, str]) -> bytes:
    """Triples in one of GRAPH_FORMATS. Raises QueryRefused for what RDF/XML cannot write."""
    out = io.BytesIO()
    write_graph_to(triples, form, prefixes, out)
    return out.getvalue()


def write_graph_to(
    triples: Iterable[Triple], form: str, prefixes: dict[str, str], out: Out
) -> None:
    """Writes triples in one of GRAPH_FORMATS piece by piece. Raises as write_graph does."""
    graph_format = GRAPH_FORMATS.get(form, RdfFormat.TURTLE)
    sound: Out = out
    if graph_format == RdfFormat.RDF_XML:
        triples, sound = writable(triples), SoundXml(out, "Turtle")
    serialize(triples, sound, graph_format, prefixes=prefixes)  # type: ignore[arg-type]
