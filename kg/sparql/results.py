"""Results as bytes, in the formats that SPARQL and RDF have for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.names import Names
from kg.sparql.elements import writable

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
_NOT_XML: Final = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What an XML document cannot hold, or not as it is (https://www.w3.org/TR/xml/#charsets)."""
Result = QuerySolutions | QueryBoolean | QueryTriples


def write_result(found: Result, form: str, names: Names) -> bytes:
    """A result in one of SOLUTION_FORMATS (tables, yes or no) or GRAPH_FORMATS (graphs)."""
    if isinstance(found, QueryTriples):
        return write_graph(found, form, names.prefixes())
    body = found.serialize(format=SOLUTION_FORMATS.get(form, QueryResultsFormat.JSON)) or b""
    return _sound_xml(body) if form == "xml" else body


def write_graph(triples: Iterable[Triple], form: str, prefixes: dict[str, str]) -> bytes:
    """Triples in one of GRAPH_FORMATS. Raises QueryRefused for what RDF/XML cannot write."""
    graph_format = GRAPH_FORMATS.get(form, RdfFormat.TURTLE)
    if graph_format != RdfFormat.RDF_XML:
        return serialize(triples, format=graph_format, prefixes=prefixes) or b""
    return _sound_xml(serialize(writable(triples), format=graph_format, prefixes=prefixes) or b"")


def _sound_xml(body: bytes) -> bytes:
    """XML that every parser reads: line ends of words kept, what XML has no sign for replaced."""
    text = _NOT_XML.sub(lambda found: "&#13;" if found[0] == "\r" else "\ufffd", body.decode())
    return text.encode()
