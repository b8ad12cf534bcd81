"""How many statements the graphs of a release hold, as its metadata has counted them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.names import VOCABULARIES
from kg.release.read import Release
from kg.store import UNION

_TRIPLES = NamedNode(f"{VOCABULARIES['void']}triples")


@dataclass(frozen=True, slots=True)
class Counts:
    """The statements of the default graph, and of each named graph, by IRI."""

    default: int
    named: dict[str, int]


def count(release: Release) -> Counts:
    """What a query would count. Graphs that the metadata is silent about, itself, are counted."""
    store = release.store
    said = _said(store, NamedNode(release.names.graph("metadata")))
    names = sorted(node.value for node in store.named_graphs() if isinstance(node, NamedNode))
    named = {name: said.get(name) or _count(store, NamedNode(name)) for name in names}
    total = said.get(release.names.release(release.digest))
    uncounted = [NamedNode(name) for name in names if name not in said]
    if total is None:
        return Counts(_count(store, None), named)
    return Counts(total + _beside(store, uncounted), named)


def _said(store: Store, metadata: NamedNode) -> dict[str, int]:
    found = store.quads_for_pattern(None, _TRIPLES, None, metadata)
    return {str(quad.subject.value): int(quad.object.value) for quad in found}  # type: ignore[union-attr]


def _beside(store: Store, graphs: Iterable[NamedNode]) -> int:
    """How many statements stand in some graphs and in no other."""
    apart = {*graphs, UNION}
    triples = {
        q.triple for graph in graphs for q in store.quads_for_pattern(None, None, None, graph)
    }
    return sum(
        all(
            quad.graph_name in apart
            for quad in store.quads_for_pattern(t.subject, t.predicate, t.object)
        )
        for t in triples
    )


def _count(store: Store, graph: NamedNode | None) -> int:
    where = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    found = store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {where} }}")
    assert isinstance(found, QuerySolutions)  # noqa: S101 the query is SELECT
    return next(int(row["count"].value) for row in found)
