"""The quick validator: the `shacl` package, its shapes compiled once a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import shacl
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.validate.report import Result, read_term
from kg.validate.shapes import SHACL, shapes_text

_TARGET: Final = NamedNode(f"{SHACL}targetClass")


@cache
def compile_shapes(classes: frozenset[str] | None = None) -> shacl.Shapes:
    """The shipped shapes, ready to validate with; or those alone that are about some classes."""
    if classes is None:
        return shacl.Shapes.from_turtle(shapes_text())
    triples = parse(shapes_text(), format=RdfFormat.TURTLE)
    kept = [t for t in triples if t.predicate != _TARGET or _value(t.object) in classes]
    return shacl.Shapes.from_text("".join(f"{t} .\n" for t in kept), format="ntriples")


def find_results(
    triples: Iterable[Triple], classes: frozenset[str] | None = None
) -> Iterator[Result]:
    """What the shapes find in some triples: of all classes, or of these."""
    ntriples = "".join(f"{triple} .\n" for triple in triples)
    report = compile_shapes(classes).validate_text(ntriples, format="ntriples")
    return map(_result, report.results)


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _result(found: shacl.Result) -> Result:
    return Result(
        focus=_plain(found.focus_node),
        path=_plain(found.path) if found.path is not None else None,
        value=str(read_term(found.value)) if found.value is not None else None,
        shape=_plain(found.source_shape or ""),
        component=found.component_iri,
        message=found.message or "",
        severity=found.severity_iri,
    )


def _plain(node: str) -> str:
    """An IRI without its brackets, where it is one; a path of several steps stays as it is."""
    inner = node[1:-1]
    return inner if node[:1] == "<" and node[-1:] == ">" and "<" not in inner else node
