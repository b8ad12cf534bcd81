"""Queries of pages: over the union of all graphs, about one thing that is bound, never pasted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyoxigraph import NamedNode, Variable

from server.facts import Value, property_of
from server.site import release

Row = dict[str, Value]

MOST: Final = 5_000
"""Rows of a listing that are looked at, most of them only to be counted."""


def select(query: str, **given: str) -> Iterator[Row]:
    """The rows of a SELECT, by the names of their variables; what is unbound is left out."""
    names = release().names
    found: Any = release().store.query(
        query,
        base_iri=names.base,
        prefixes=names.prefixes(),
        use_default_graph_as_union=True,
        substitutions={Variable(name): NamedNode(iri) for name, iri in given.items()},
    )
    variables = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name] for name in variables if row[name] is not None}


def iris(query: str, **given: str) -> list[str]:
    """The values of the first variable of each row."""
    return [next(iter(row.values())).value for row in select(query, **given) if row]


def objects(iri: str, curie: str) -> list[str]:
    """What a thing leads to by a property: IRIs, sorted, each once."""
    quads = release().store.quads_for_pattern(NamedNode(iri), property_of(curie), None, None)
    return sorted({q.object.value for q in quads if isinstance(q.object, NamedNode)})


def subjects(curie: str, iri: str) -> list[str]:
    """What leads to a thing by a property: IRIs, sorted, each once."""
    quads = release().store.quads_for_pattern(None, property_of(curie), NamedNode(iri), None)
    return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})


def has(iri: str, curie: str) -> bool:
    """Whether a thing has any value of a property."""
    return any(release().store.quads_for_pattern(NamedNode(iri), property_of(curie), None, None))


def typed(iri: str, curie: str) -> bool:
    """Whether a thing is of a class."""
    pattern = NamedNode(iri), property_of("rdf:type"), property_of(curie), None
    return any(release().store.quads_for_pattern(*pattern))
