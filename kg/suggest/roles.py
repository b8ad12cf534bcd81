"""Which roles a type of event needs and may have, as the shapes say: there is no second table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.names import WH, concept_key
from kg.vocabulary import resource

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SHAPES: Final = "https://w3id.org/whoholds/shapes#"


@dataclass(frozen=True, slots=True)
class Roles:
    """Of one type of event: sets of roles of which each needs one filled, and what it lacks."""

    needed: tuple[frozenset[str], ...] = ()
    forbidden: frozenset[str] = frozenset()

    def allow(self, role: str) -> bool:
        """Whether an event of the type can have a role, such as gained-by."""
        return role not in self.forbidden

    def suffice(self, filled: frozenset[str]) -> bool:
        """Whether some filled roles are enough for a claim."""
        return all(filled & one for one in self.needed)


@lru_cache(maxsize=1)
def role_table() -> dict[str, Roles]:
    """The roles of each type of event, by its kebab-case value."""
    from rdflib import Graph

    graph = Graph().parse(resource("shapes") / "claims.ttl", format="turtle")
    return dict(_tables(graph))


def _tables(graph: Graph) -> Iterator[tuple[str, Roles]]:
    from rdflib import SH

    for shape in sorted(set(graph.subjects(SH["or"])), key=str):
        if not str(shape).startswith(_SHAPES) or not str(shape).endswith("Roles"):
            continue
        other, table = _listed(graph, graph.value(shape, SH["or"]))
        kind = graph.value(graph.value(other, SH["not"]), SH.hasValue)
        rows = list(graph.objects(table, SH.property))
        needed = [_paths(graph, row) for row in rows if (row, SH.minCount, None) in graph]
        barred = [_paths(graph, row) for row in rows if (row, SH.maxCount, None) in graph]
        yield (
            concept_key(str(kind).rpartition("/")[2]),
            Roles(tuple(sorted(needed, key=sorted)), frozenset().union(*barred)),
        )


def _paths(graph: Graph, row: Node) -> frozenset[str]:
    """The roles that a property shape speaks of."""
    from rdflib import SH

    path = graph.value(row, SH.path)
    among = graph.value(path, SH.alternativePath)
    properties = [path] if among is None else _listed(graph, among)
    named = (str(one).removeprefix(WH) for one in properties)
    return frozenset("place" if name == "atPlace" else concept_key(name) for name in named)


def _listed(graph: Graph, head: Node | None) -> list[Node]:
    """The items of an RDF list."""
    return list(graph.items(head)) if head is not None else []
