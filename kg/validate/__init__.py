"""Validation: whether a graph has the form that the shapes demand, and in which line it has not.

Two validators give the same report: the `shacl` package, quick enough for every article, and
pyshacl, the reference that it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Quad, Triple

from kg.lift.terms import term
from kg.validate.pointing import point
from kg.validate.report import Report, Result

__all__ = ["Report", "Result", "point", "validate"]

_TYPE: Final = term("rdf:type")


def validate(
    quads: Iterable[Quad | Triple],
    *,
    fast: bool = True,
    context: Iterable[Quad | Triple] = (),
) -> Report:
    """The report on a graph. Named graphs are taken as one.

    `context` is what the graph refers to: shapes see it (that a claim is a claim, say), and nothing
    that only it describes is reported. `fast=False` asks pyshacl.
    """
    judged = [_triple(q) for q in quads]
    known = [_triple(q) for q in context]
    triples = list(dict.fromkeys([*judged, *known]))
    subjects = {_value(t.subject) for t in judged}
    found = _find(triples, _classes(triples, subjects) if known else None, fast=fast)
    return Report(tuple(result for result in found if not known or result.focus in subjects))


def _find(triples: list[Triple], classes: frozenset[str] | None, *, fast: bool) -> Iterable[Result]:
    if fast:
        from kg.validate.fast import find_results

        return find_results(triples, classes)
    from kg.validate.reference import find_results as find_by_reference

    return find_by_reference(triples)


def _classes(triples: list[Triple], subjects: set[str]) -> frozenset[str]:
    """The classes of what is judged: shapes about other classes have nothing to say of it."""
    typed = (t for t in triples if t.predicate == _TYPE and _value(t.subject) in subjects)
    return frozenset(_value(t.object) for t in typed)


def _triple(found: Quad | Triple) -> Triple:
    return found.triple if isinstance(found, Quad) else found


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
