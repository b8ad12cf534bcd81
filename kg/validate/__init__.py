"""Validation: whether a graph has the form that the shapes demand, and in which line it has not.

Two validators give the same report: the `shacl` package, quick enough for every article, and
pyshacl, the reference that it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, Triple

from kg.validate.pointing import point
from kg.validate.report import Report, Result

__all__ = ["Report", "Result", "point", "validate"]


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
    triples = dict.fromkeys([*judged, *known])
    if fast:
        from kg.validate.fast import find_results
    else:
        from kg.validate.reference import find_results
    found = find_results(triples)
    if not known:
        return Report(tuple(found))
    subjects = {t.subject.value for t in judged if not isinstance(t.subject, Triple)}
    return Report(tuple(result for result in found if result.focus in subjects))


def _triple(found: Quad | Triple) -> Triple:
    return found.triple if isinstance(found, Quad) else found
