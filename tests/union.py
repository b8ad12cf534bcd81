"""Quads as a release's store has them: in their graphs, and in the union of these."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.store import UNION


def united(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Each quad, followed by its statement in the union."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, UNION)
