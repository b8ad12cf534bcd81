"""An answer as a table for people, as CSV, JSON or Turtle for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.names import Names
from kg.question.ask import Answer, Cell

FORMATS: Final = ("table", "csv", "json", "ttl")
_RESULT_SET: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def show(answer: Answer, form: str, names: Names) -> str:
    """The answer in one of FORMATS."""
    if form == "table":
        return table(answer, names)
    return {"csv": as_csv, "json": as_json, "ttl": as_turtle}[form](answer)


def short(cell: Cell, names: Names) -> str:
    """A term as people read it: an id or a value's name instead of an IRI; empty for none."""
    if cell is None:
        return ""
    if not isinstance(cell, NamedNode):
        return cell.value if isinstance(cell, Literal) else str(cell)
    for prefix, iri in sorted(names.prefixes().items(), key=lambda item: -len(item[1])):
        if cell.value.startswith(iri) and len(cell.value) > len(iri):
            local = cell.value.removeprefix(iri)
            kept = prefix in ("claim", "event", "article", "voice")
            return f"{prefix}:{local}" if kept else local
    return cell.value


def table(answer: Answer, names: Names) -> str:
    """Aligned columns; those that the parameters fix, or that are empty, are left out."""
    shown = [
        (name, [short(row[i], names) for row in answer.rows])
        for i, name in enumerate(answer.columns)
        if name in answer.question.shown and name not in answer.given
    ]
    filled = [(name, cells) for name, cells in shown if any(cells)]
    if not filled:
        return f"{answer.question.empty}\n"
    widths = [max(len(name), *map(len, cells)) for name, cells in filled]
    head = "  ".join(name.ljust(w) for (name, _), w in zip(filled, widths, strict=True))
    rows = zip(*(cells for _, cells in filled), strict=True)
    body = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    rule = "  ".join("─" * w for w in widths)
    return "".join(f"{line.rstrip()}\n" for line in (head, rule, *body))


def as_csv(answer: Answer) -> str:
    """CSV with a header, IRIs whole (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([_plain(cell) for cell in row] for row in answer.rows)
    return out.getvalue()


def as_json(answer: Answer) -> str:
    """SPARQL 1.1 results in JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    bindings = [
        {c: _json_term(v) for c, v in zip(answer.columns, row, strict=True) if v is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_turtle(answer: Answer) -> str:
    """The table as an RDF result set (https://www.w3.org/2001/sw/DataAccess/tests/result-set)."""
    root = BlankNode("answer")
    triples = [Triple(root, _RDF_TYPE, _rs("ResultSet"))]
    triples += [Triple(root, _rs("resultVariable"), Literal(name)) for name in answer.columns]
    for number, row in enumerate(answer.rows, 1):
        solution = BlankNode(f"row{number}")
        triples.append(Triple(root, _rs("solution"), solution))
        for name, cell in zip(answer.columns, row, strict=True):
            if cell is not None:
                binding = BlankNode(f"row{number}{name}")
                triples.append(Triple(solution, _rs("binding"), binding))
                triples.append(Triple(binding, _rs("variable"), Literal(name)))
                triples.append(Triple(binding, _rs("value"), cell))
    # No prefixes but one: the store writes several in an order of its own, and bytes would differ.
    prefixes = {"rs": _RESULT_SET}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8")


def _rs(name: str) -> NamedNode:
    return NamedNode(_RESULT_SET + name)


def _plain(cell: Cell) -> str:
    return "" if cell is None else getattr(cell, "value", str(cell))


def _json_term(cell: Cell) -> dict[str, str]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, Literal):
        return {"type": "bnode", "value": str(cell)}
    found = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        found["datatype"] = cell.datatype.value
    return found
