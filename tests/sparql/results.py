"""Results of queries as values that can be compared, whatever engine they come from."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal, InvalidOperation

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

from kg.names import VOCABULARIES

XSD = VOCABULARIES["xsd"]
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}
INTEGERS = {
    f"{XSD}{name}"
    for name in (
        *("nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger"),
        *("long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
}
"""What is kept as an integer (https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes)."""
ROW, CELL = "urn:row:", "urn:cell:"


def canonical(term):
    """A term, its number or truth spelt in one way: the store keeps values, not spellings."""
    if not isinstance(term, Literal):
        return term
    kind = f"{XSD}integer" if term.datatype.value in INTEGERS else term.datatype.value
    if kind in NUMBERS:
        return Literal(_number(term.value, kind), datatype=NamedNode(kind))
    if kind == f"{XSD}boolean":
        return Literal(
            {"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype
        )
    return term


def _number(text, kind):
    try:
        if kind.endswith(("double", "float")):
            return f"{float(text):.9g}"
        value = Decimal(text).quantize(Decimal("1e-12")).normalize()
        return format(value, "f")
    except (ValueError, InvalidOperation):
        return text


def as_rows(columns, rows):
    """A table as a multiset of rows, each cell by its column, blank nodes named by what they do."""
    columns = list(columns)
    plain = [
        {c: canonical(t) for c, t in zip(columns, row, strict=True) if t is not None}
        for row in rows
    ]
    if not any(isinstance(t, BlankNode) for row in plain for t in row.values()):
        return Counter(frozenset((c, str(t)) for c, t in row.items()) for row in plain)
    quads = Dataset()
    for row in plain:
        subject = BlankNode()
        quads.add(Quad(subject, NamedNode(ROW), Literal("row")))
        for column, term in row.items():
            quads.add(Quad(subject, NamedNode(CELL + column), term))
    quads.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return Counter(map(str, quads))


def table_of(text):
    """A CSV table, its columns in any order, its numbers spelt in one way, blank nodes alike."""
    return Counter(
        frozenset((name, _spelt(cell)) for name, cell in row.items())
        for row in csv.DictReader(io.StringIO(text))
    )


def _spelt(cell):
    try:
        return "_:" if cell.startswith("_:") else f"{float(cell):.9g}"
    except ValueError:
        return cell


def as_graph(triples):
    """A graph as a set of statements, blank nodes named by what they do."""
    quads = Dataset(Quad(t.subject, t.predicate, canonical(t.object)) for t in triples)
    quads.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return Counter(map(str, quads))


def comparable(result):
    """A result of the engine as a value that can be compared."""
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QuerySolutions):
        columns = [v.value for v in result.variables]
        return as_rows(columns, [[row[c] for c in columns] for row in result])
    return as_graph([t for t in result if isinstance(t, Triple)])
